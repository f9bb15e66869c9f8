"""What an edition is made from, as one short digest: where it is the same, the edition is current.

The digest of an edition holds what shapes that edition and no more, so that a new entry of the lexicon makes no
PDF anew. What the document has of show.toml (names, roles, labels) counts through the document: an alias concerns
the episodes in which it stands.
"""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from converters.document import Document
from converters.human_checks import HumanCheck
from converters.manifest import digest
from converters.pronunciation import Pronunciation
from converters.provenance import settings_of
from converters.settings import Contact, Options
from converters.stylesheets import style_digest
from converters.version import TOOL
from converters.writers import WriteContext, Writer

NAMES_NO_OTHERS: Final = frozenset(("json", "mp3", "m4b", "opus", "mp3-set", "vtt", "srt", "podcast-json"))
"""Editions in which no other is named: which others are made beside them changes no byte of them."""

_DIGITS: Final = 16
"""Hexadecimal digits of a digest that is kept: enough that no two of an archive's are alike by chance."""
_SAYS_HOW: Final = frozenset(("json", "epub"))
"""Editions that hold how people are said, whether or not they are heard."""
_HAS_LEXICON: Final = "epub"
"""The edition that holds all of the show's lexicon, whether or not it is heard."""


class _Shape(msgspec.Struct, frozen=True):
    """All that shapes an edition beside the bytes of its source."""

    tool: str
    edition: str
    slug: str
    title: str
    name: str
    date: str
    document: str
    settings: str
    styles: str
    show: tuple[str | None, str | None, str | None, Contact]
    checks: tuple[HumanCheck, ...]
    sound: tuple[str, ...] = ()


class Origin(msgspec.Struct, frozen=True):
    """What the editions of one command are made from; ``name`` is the source's, ``sha256`` that of its bytes.

    ``date`` is the edition's, in ISO 8601. ``document`` is the digest of the document, ``silent`` that of it without
    what is said of people's voices, ``words`` all words in it by their letters.
    """

    options: Options
    slug: str
    title: str
    name: str
    sha256: str
    date: str
    document: str
    silent: str
    words: frozenset[str]

    @classmethod
    def of(cls, document: Document, context: WriteContext, sha256: str) -> "Origin":
        """Return what editions of this document are made from, with this context."""
        plain = (msgspec.structs.replace(person, pronunciation=None, voice=None) for person in document.people)
        encoded, options = msgspec.json.encode(document), context.options
        silent = msgspec.json.encode(msgspec.structs.replace(document, people=tuple(plain)))
        words = _words(f"{encoded.decode()} {context.title} {options.show.name or ''}")
        return cls(
            options, context.slug, context.title, context.source_name, sha256, context.modified.isoformat(),
            digest(encoded), digest(silent), words,
        )  # fmt: skip

    def digest(self, edition: str, *, is_narrated: bool) -> str:
        """Return what stands for all that shapes an edition but the others beside it."""
        options, says_how = self.options, edition in _SAYS_HOW
        shape = _Shape(
            TOOL, edition, self.slug, self.title, self.name, self.date,
            document=self.document if says_how or is_narrated else self.silent,
            settings=settings_of(options, edition, is_narrated=is_narrated),
            styles=style_digest(edition, options.large_print, is_narrated=is_narrated),
            show=(options.show.name, options.show.url, options.show.statement, options.show.contact),
            checks=tuple(check for check in options.human_checks if check.edition == edition),
            sound=self._sound(wholly=edition == _HAS_LEXICON) if is_narrated or edition == _HAS_LEXICON else (),
        )  # fmt: skip
        return digest(self.sha256.encode(), msgspec.json.encode(shape))[:_DIGITS]

    def _sound(self, *, wholly: bool) -> tuple[str, ...]:
        """Return what shapes speech beside the options that are told: how words are said, voices, a recording.

        ``wholly``: every entry of the lexicon counts, heard here or not.
        """
        entries = tuple(entry for entry in _entries(self.options) if wholly or _words(entry[0]) <= self.words)
        said = digest(msgspec.json.encode((self.options.show.language, entries)))
        files = (self.options.recording, self.options.voices)
        return (said, *(state_of(Path(name)) for name in files if name))


def _entries(options: Options) -> Iterator[tuple[str, Pronunciation | str]]:
    yield from options.show.lexicon.items()
    for facts in (*options.episode.people.values(), *options.show.people.values()):
        if facts.name and facts.pronunciation:
            yield facts.name, facts.pronunciation


def _words(text: str) -> frozenset[str]:
    """Return the words of a text, or of a model as JSON, by their letters and digits."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return frozenset("".join(sign if sign.isalnum() else " " for sign in plain).split())


def state_of(path: Path) -> str:
    """Return what changes when a file does, or any file of a folder: names, sizes and times, in nanoseconds."""
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        states = [(file.name, (found := file.stat()).st_size, found.st_mtime_ns) for file in files]
    except OSError as error:
        return f"{path.name}: {error.strerror}"
    return repr(states)


def beside(writer: Writer, siblings: tuple[Writer, ...]) -> tuple[str, ...]:
    """Return the editions whose presence shapes this one: all that are made with it, or none."""
    return () if writer.name in NAMES_NO_OTHERS else tuple(sibling.name for sibling in siblings)
