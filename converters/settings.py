"""What staff have written down (show.toml, the episode's .toml) and asked for, as one frozen Options.

Every key is checked: an unknown one, or a value of the wrong kind, is a
``UsageError`` that names the file and the key.
"""

import datetime
import re
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeVar

import msgspec

from converters.characters import clean
from converters.document import LanguageTag, Part
from converters.errors import UsageError
from converters.human_checks import HumanCheck, HumanChecks
from converters.pronunciation import Pronunciation, checked, checked_word, pronunciation

if TYPE_CHECKING:
    from pathlib import Path  # loading it takes as long as reading 4,000 words, and a text in memory needs none

SHOW_FILE: Final = "show.toml"


LANGUAGE_SHAPE: Final = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
Language = Annotated[LanguageTag, msgspec.Meta(pattern=LANGUAGE_SHAPE)]
"""BCP 47, as far as its shape goes."""


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ways in which a reader can ask for help or for another format."""

    email: str | None = None
    phone: str | None = None
    form: str | None = None
    text_relay: str | None = None
    post: str | None = None

    @property
    def ways(self) -> int:
        """How many ways are given."""
        return sum(1 for name in self.__struct_fields__ if getattr(self, name))


class PersonFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the show knows of somebody; ``labels`` are other names they are printed under.

    ``pronunciation`` is a respelling, or IPA between slashes.
    """

    name: str | None = None
    labels: tuple[str, ...] = ()
    role: Part | None = None
    description: str | None = None
    pronunciation: str | None = None
    voice: str | None = None


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How an archive's editions are published: below which ``address``, and whether there is a ``podcast`` of them.

    ``feed`` is the show's own, which the podcast leads to. Raises ``ValueError`` for a podcast without an address.
    """

    address: Annotated[str, msgspec.Meta(pattern="^https?://[^ ?#]+$")] | None = None
    podcast: bool = False
    feed: Annotated[str, msgspec.Meta(pattern="^https?://[^ ]+$")] | None = None

    def __post_init__(self) -> None:
        if self.podcast and not self.address:
            raise ValueError('podcast = true needs address = "https://…" too: a podcast\'s files have whole addresses')


class Show(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``show.toml``: facts that hold for every episode; ``lexicon`` says how words are said."""

    name: str | None = None
    url: str | None = None
    language: Language | None = None
    statement: str | None = None
    contact: Contact = Contact()
    people: dict[str, PersonFacts] = {}
    lexicon: dict[str, Pronunciation] = {}
    catalogue: Catalogue = Catalogue()


class LostLink(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the source whose link was lost in copying, and the address they led to."""

    words: Annotated[str, msgspec.Meta(min_length=1)]
    href: Annotated[str, msgspec.Meta(min_length=1)]


class MissingSound(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sound that the source does not mark: what is heard, and the words before which (or after which) it is."""

    description: Annotated[str, msgspec.Meta(min_length=1)]
    before: str | None = None
    after: str | None = None


class VideoFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a video is, and what it is called, such as the sign language in it."""

    href: Annotated[str, msgspec.Meta(pattern="^https?://[^ ]+$")]
    name: str | None = None


class Episode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``<source>.toml``: facts of one episode that its source does not hold.

    ``labels`` says of a label whose it is (a person's id or name), or ``""`` for
    words that are no label.
    """

    title: str | None = None
    date: datetime.date | None = None
    page: str | None = None
    recording: str | None = None
    language: Language | None = None
    sign_language: VideoFacts | None = None
    described_video: VideoFacts | None = None
    links: tuple[LostLink, ...] = ()
    sounds: tuple[MissingSound, ...] = ()
    labels: dict[str, str] = {}
    people: dict[str, PersonFacts] = {}


class Limits(msgspec.Struct, frozen=True):
    """How large a source may be: bytes in all and in a line, words, turns (or cues, or rows), labels, levels."""

    bytes: int = 50_000_000
    line: int = 1_000_000
    words: int = 2_000_000
    turns: int = 100_000
    labels: int = 2_000
    levels: int = 256


Blocks = Literal["short", "source"]
"""Long turns in blocks that a tired eye takes in, or in the source's own paragraphs."""

Announce = Literal["auto", "always", "first", "never"]
"""When a name is said before its bearer speaks: where it helps, at every change of speaker, once each, never."""

CastSize = Literal["each", "one"]
"""A voice for each person, or one narrator who says the names."""


Standard = Literal["acb", "aph", "ukaaf", "clear", "house"]
"""By whose rules large print is set: the American Council of the Blind's, the American Printing House's, the UK
Association for Accessible Formats', the RNIB's clear print, or our own. Their numbers
stand in styles/large-print-acb.css and its neighbours."""


Engine = Literal["pyttsx3", "piper"]
"""The embedded engine over espeak-ng (or the system's voices), or natural voices from files."""

Theme = Literal["black-on-white", "black-on-cream", "white-on-black", "yellow-on-black"]
Paper = Literal["letter", "a4", "a3"]
Typeface = Literal["atkinson", "arimo"]


class LargePrint(msgspec.Struct, frozen=True):
    """How the PDF is set. ``points`` is the size of its text; None leaves a dial to the standard.

    ``pages_per_volume``: an edition that is much longer is divided into volumes of about as many.
    """

    standard: Standard = "house"
    points: int | None = None
    theme: Theme = "black-on-white"
    paper: Paper | None = None
    typeface: Typeface | None = None
    pages_per_volume: int = 200


class Braille(msgspec.Struct, frozen=True):
    """How braille is written: ``grade`` None is the ordinary one of the language, ``cells`` a line, ``lines`` a page.

    ``pages_per_volume``: an edition that is longer is divided into volumes of about as many.
    """

    grade: Literal[1, 2] | None = None
    cells: int = 40
    lines: int = 25
    pages_per_volume: int = 80


class Options(msgspec.Struct, frozen=True):
    """Everything that a conversion may know beside its source.

    ``rate`` is in words a minute, ``text_width`` in characters (0: one paragraph a
    line), ``jobs`` in processes. ``language`` and ``speakers`` (label → whose it is, ""
    for nobody's) are what the command line says; they outweigh the files.
    ``read_aloud``: editions that can use the narration get it, whether or not another
    edition of the command needs it. ``voices`` is a folder of voices for piper. ``recording``:
    the file of the show's own sound, which takes the place of synthetic speech. ``human_checks``: what people found.
    ``requested``: the editions are for one reader, so no list of the archive names them.
    """

    show: Show = Show()
    episode: Episode = Episode()
    rate: int = 175
    text_width: int = 0
    blocks: Blocks = "short"
    limits: Limits = Limits()
    language: Language | None = None
    speakers: dict[str, str] = {}
    announce: Announce = "auto"
    cast: CastSize = "each"
    read_aloud: bool = False
    recording: str | None = None
    engine: Engine = "pyttsx3"
    voices: str | None = None
    large_print: LargePrint = LargePrint()
    braille: Braille = Braille()
    human_checks: tuple[HumanCheck, ...] = ()
    jobs: int = 1
    requested: bool = False

    @property
    def aloud(self) -> bool:
        """Whether editions get sound that could do without, though no audio edition is asked for."""
        return self.read_aloud or self.recording is not None


_Facts = TypeVar("_Facts", Show, Episode)
_Toml = dict[str, "_Toml"] | list["_Toml"] | str | int | float | bool | datetime.date | datetime.time


def find_show(source: "Path") -> "Path | None":
    """Return the nearest show.toml from the source's folder upward, not beyond the home folder."""
    folder = source.resolve().parent
    for place in (folder, *folder.parents):
        if (place / SHOW_FILE).is_file():
            return place / SHOW_FILE
        if place == place.home():
            return None
    return None


def load_show(path: "Path") -> Show:
    """Read a show.toml. Raises ``UsageError`` naming the file and the key."""
    return _load(path, Show)


def load_checks(path: "Path") -> tuple[HumanCheck, ...]:
    """Read a human-checks.toml, if there is one. Raises ``UsageError`` naming the file and the key."""
    if not _is_there(path):
        return ()
    try:
        return msgspec.convert(_parsed(_content(path)), HumanChecks).checks
    except (msgspec.ValidationError, ValueError) as error:
        raise UsageError(f"{path}: {error}. Mend that line, or see README, “human-checks.toml”.") from error


def show_in(content: bytes, path: "Path") -> Show:
    """Return the facts that a show.toml of this content would hold. Raises ``UsageError`` as ``load_show`` does."""
    return _understood(content, path, Show)


def load_episode(source: "Path") -> Episode:
    """Read the .toml file beside a source, if there is one."""
    path = source.with_suffix(".toml")
    return _load(path, Episode) if path.name != SHOW_FILE and _is_there(path) else Episode()


def _is_there(path: "Path") -> bool:
    try:
        return path.is_file()
    except OSError:
        return False  # a name that no file can have


def _load(path: "Path", kind: type[_Facts]) -> _Facts:
    return _understood(_content(path), path, kind)


def _content(path: "Path") -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from error


def _understood(content: bytes, path: "Path", kind: type[_Facts]) -> _Facts:
    try:
        found = msgspec.convert(_with_pronunciations(_parsed(content)), kind)
    except (msgspec.ValidationError, ValueError) as error:
        raise UsageError(f"{path}: {error}. Mend that line, or see README, “show.toml”.") from error
    for identifier in found.people:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", identifier):
            message = f"{path}: [people.{identifier}] is no id. Use small letters, digits, hyphens: [people.ann-lee]."
            raise UsageError(message)
    return found


def _parsed(content: bytes) -> _Toml:
    """Return what a TOML file says, without characters that no edition can hold."""
    import tomllib

    return _cleaned(tomllib.loads(content.decode("utf-8-sig")))


def _with_pronunciations(facts: _Toml) -> _Toml:
    """Return the facts with each entry of the lexicon as a table. Raises ``ValueError`` naming the key."""
    if not isinstance(facts, dict):
        return facts
    people = facts.get("people")
    for identifier, person in people.items() if isinstance(people, dict) else ():
        if isinstance(person, dict) and isinstance(said := person.get("pronunciation"), str):
            _naming(f"people.{identifier}.pronunciation", said)
    lexicon = facts.get("lexicon")
    if not isinstance(lexicon, dict):
        return facts
    entries = {checked_word(word): _naming(f'lexicon."{word}"', said) for word, said in lexicon.items()}
    return {**facts, "lexicon": msgspec.to_builtins(entries)}


def _naming(key: str, said: _Toml) -> Pronunciation:
    """Read how something is said; what is wrong with it names the key."""
    try:
        return pronunciation(said) if isinstance(said, str) else checked(msgspec.convert(said, Pronunciation))
    except ValueError as error:  # msgspec's is one
        raise ValueError(f"{key}: {error}") from error


def _cleaned(value: _Toml) -> _Toml:
    match value:
        case str():
            return clean(value)
        case dict():
            return {clean(key): _cleaned(inner) for key, inner in value.items()}
        case list():
            return [_cleaned(inner) for inner in value]
        case _:
            return value
