"""Profiles: what one person needs, so that the next request for the same reader takes one word.

A profile is a small TOML file whose keys are the long options of ``curbcut convert``: ``font-size = 24``. It says how
editions are to be and nothing about the person, whose name belongs in no file of ours; the built-in ones are named by
need and never by diagnosis. What the command line says outweighs it.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from converters.errors import UsageError
from converters.settings import Announce, Blocks, CastSize, Engine, Paper, Standard, Theme, Typeface
from converters.writers import TABLE

FOLDER: Final = "profiles"
_SUFFIX: Final = ".toml"

Pages = Annotated[int, msgspec.Meta(ge=20, le=100_000)]


class Profile(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, rename="kebab"
):
    """How editions are to be for one reader; None leaves a setting to show.toml and the defaults.

    ``about`` says in words whom it suits. The others are the options of the same names, with the same bounds.
    """

    about: str = ""
    formats: tuple[str, ...] = ()
    large_print: Standard | None = None
    font_size: Annotated[int, msgspec.Meta(ge=18, le=48)] | None = None
    theme: Theme | None = None
    paper: Paper | None = None
    typeface: Typeface | None = None
    pages_per_volume: Pages | None = None
    engine: Engine | None = None
    rate: Annotated[int, msgspec.Meta(ge=80, le=550)] | None = None
    announce: Announce | None = None
    cast: CastSize | None = None
    read_aloud: bool | None = None
    blocks: Blocks | None = None
    text_width: Annotated[int, msgspec.Meta(ge=10, le=10_000)] | None = None
    grade: Literal[1, 2] | None = None
    cells: Annotated[int, msgspec.Meta(ge=20, le=80)] | None = None
    lines: Annotated[int, msgspec.Meta(ge=10, le=60)] | None = None
    braille_pages_per_volume: Pages | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a format that there is not."""
        known = {writer.name for writer in TABLE}
        for name in self.formats:
            if name not in known:
                raise ValueError(f"there is no format “{name}” - at `$.formats`; see: curbcut formats")

    def settings(self) -> "Iterator[tuple[str, str | int | bool]]":
        """Yield what it settles, by the names that arguments have."""
        if self.formats:
            yield "to", ",".join(self.formats)
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if name not in _NO_OPTIONS and value is not None:
                yield name, value


_NO_OPTIONS: Final = frozenset(("about", "formats"))

BUILT_IN: Final = {
    "large-print": Profile(
        about="large print, on paper or to set up in a word processor", formats=("pdf", "docx"), font_size=24
    ),
    "light-on-dark": Profile(
        about="large print in white on black, for eyes that bright pages tire", formats=("pdf", "docx"),
        font_size=24, theme="white-on-black",
    ),
    "screen-reader": Profile(
        about="text with headings and landmarks, for a screen reader or a braille display of any kind",
        formats=("html", "epub", "docx", "txt"),
    ),
    "slow-audio": Profile(
        about="slow speech that says each speaker’s name", formats=("mp3",), rate=130, announce="always"
    ),
    "fast-audio": Profile(
        about="fast speech in one clear voice that says each speaker’s name", formats=("mp3",), rate=320, cast="one",
        announce="always",
    ),
    "braille": Profile(
        about="braille for embossers and displays, and text for notetakers", formats=("txt", "brf", "ebraille")
    ),
    "talking-book": Profile(
        about="books for talking-book players, and numbered MP3 files for the simplest", formats=("mp3-set", "daisy202")
    ),
    "everything": Profile(about="every edition, to choose from", formats=tuple(writer.name for writer in TABLE)),
}  # fmt: skip


class Chosen(msgspec.Struct, frozen=True):
    """A profile that was found: its ``name``, which is that of the file, and ``place``, None where it is built in."""

    name: str
    place: Path | None
    profile: Profile


def chosen(asked: str, show_file: Path | None) -> Chosen:
    """Return the profile: a path, or the name of one beside show.toml, among the user's own or built in.

    Raises ``UsageError`` where there is none, or naming the file and the key where it says something wrong.
    """
    if asked.endswith(_SUFFIX) or "/" in asked or "\\" in asked:
        path = Path(asked)
        return Chosen(settled_name(path), path, _load(path))
    for path in (folder / f"{asked}{_SUFFIX}" for folder in folders(show_file)):
        if path.is_file():
            return Chosen(settled_name(path), path, _load(path))
    if asked in BUILT_IN:
        return Chosen(asked, None, BUILT_IN[asked])
    raise UsageError(f"There is no profile “{asked}”. There are: {', '.join(one.name for one in known(show_file))}")


def known(show_file: Path | None) -> tuple[Chosen, ...]:
    """Return every profile that a name stands for here, by its name."""
    found = {name: Chosen(name, None, profile) for name, profile in BUILT_IN.items()}
    for folder in reversed(folders(show_file)):
        for path in sorted(folder.glob(f"*{_SUFFIX}")):
            found[path.stem] = Chosen(settled_name(path), path, _load(path))
    return tuple(found[name] for name in sorted(found))


def folders(show_file: Path | None) -> tuple[Path, ...]:
    """Return where profiles may lie, the nearest first: beside show.toml, and in the user's configuration folder."""
    from platformdirs import user_config_path

    beside = () if show_file is None else (show_file.parent / FOLDER,)
    return (*beside, user_config_path("curbcut") / FOLDER)


def settled_name(path: Path) -> str:
    """Return the name that folders bear. Raises ``UsageError`` for one that is no name for all file systems."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", path.stem):
        raise UsageError(
            f"{path}: a profile's name has small letters, digits and hyphens only, 40 at most: reader-17.toml. "
            "Rename the file; the reader's own name belongs in no file."
        )
    return path.stem


def _load(path: Path) -> Profile:
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8-sig")), Profile)
    except OSError as error:
        raise UsageError(f"{path}: this profile cannot be read ({error.strerror}).") from error
    except ValueError as error:  # msgspec's and tomllib's are such
        raise UsageError(f"{path}: {error}. Mend that line; curbcut profiles large-print shows a whole one.") from error


def as_toml(profile: Profile) -> str:
    """Return a profile as the lines of its file."""
    return "\n".join(f"{name} = {_value(value)}" for name, value in msgspec.to_builtins(profile).items())


def _value(value: object) -> str:
    """Return a TOML value; JSON's strings, numbers and lists are TOML's."""
    return msgspec.json.encode(value).decode()
