"""Does a finished edition say what the transcript says? Read back by a route that is not the writer's.

Every sentence must be there, once, in order, under the name of who says it. A page and a book are read by id with
lxml, a PDF by its text with pdfium, text by its lines, captions by their blocks, braille by translating it back,
the model by its own decoder, audio by its tags and clips. What was found is told in a ledger; one whose ledger is
not clean is not saved.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from converters.checks import flow
from converters.checks.expectations import asides, expected_runs
from converters.checks.ledger import (
    Account,
    Ledger,
    Run,
    Said,
    by_id,
    folded,
    letters,
    settled,
    told,
    unread,
)
from converters.checks.reading_back import markup
from converters.document import Document, Sentence
from converters.errors import ProofError
from converters.narration.model import Narration
from converters.outline import outline
from converters.settings import Braille
from converters.traverse import person_named, sentence_text, sentences, turns

if TYPE_CHECKING:
    from converters.narration.kept import Kept

LONGEST_REASON: Final = 200
"""Letters of another library's complaint that a ledger keeps."""


class Finished(msgspec.Struct, frozen=True):
    """An edition as it was made, with what it was made from; ``files`` are all of its files, the main one first.

    ``narration`` is what was kept of it, None where nothing is known.
    """

    name: str
    files: tuple[bytes | Path, ...]
    document: Document
    narration: "Kept | None"
    braille: Braille

    @property
    def runs(self) -> tuple[Run, ...]:
        """What is expected in it."""
        return expected_runs(self.document)

    @property
    def main(self) -> bytes:
        """The content of the main file."""
        return _bytes(self.files[0])

    def settled(self, *accounts: Account) -> Ledger:
        """Return the ledger of it, from all that was found to be wrong."""
        return settled(self.name, self.runs, *accounts)


def prove(
    format_name: str,
    content: bytes | Path,
    document: Document,
    narration: "Narration | Kept | None",
    further: tuple[bytes | Path, ...] = (),
    braille: Braille | None = None,
) -> Ledger:
    """Return the ledger of an edition. Raises ``ProofError`` naming what it lacks, doubles, misplaces or alters.

    ``further`` are an edition's other files; those of large print are its volumes, and are proved together.
    ``braille`` says how braille was to be set.
    """
    if format_name not in _ROUTES:
        raise ProofError(f"There is no proof for the format {format_name}, so it cannot be saved.")
    if narration is None and format_name in _SPOKEN:
        raise _refused(format_name, "nothing was spoken")
    found = ledger(format_name, content, further, document, narration, braille)
    if not found.is_clean:
        raise _refused(format_name, told(found, expected_runs(document)))
    return found


def ledger(
    format_name: str,
    content: bytes | Path,
    further: tuple[bytes | Path, ...],
    document: Document,
    narration: "Narration | Kept | None" = None,
    braille: Braille | None = None,
) -> Ledger:
    """Return the ledger of an edition, just made or saved long ago, whatever has become of it.

    ``narration`` is what was spoken, or what was kept of it. Without one, sound and times are compared with the
    document alone. What cannot be read at all is all missing, with the reason. Raises ``KeyError`` for a format that
    there is no route back from.
    """
    route = _ROUTES[format_name]
    spoken = _kept(narration) if isinstance(narration, Narration) else narration
    try:
        return route(Finished(format_name, (content, *further), document, spoken, braille or Braille()))
    except ImportError:
        raise  # a library that is not there says nothing about an edition
    except Exception as error:  # noqa: BLE001 - whatever a damaged file does to a parser, it is a damaged file
        return unread(format_name, expected_runs(document), f"{type(error).__name__}: {error}"[:LONGEST_REASON])


def _kept(narration: Narration) -> "Kept":
    from converters.narration.kept import kept  # loaded where something was spoken only

    return kept(narration)


def expected(document: Document) -> tuple[Sentence, ...]:
    """Return every sentence of the document in reading order; the page's furniture comes last."""
    shape = outline(document)
    said = [s for section in (*shape.summaries, *shape.people_sections, *shape.body) for s in sentences(section)]
    noted = [s for note in document.notes for paragraph in note.paragraphs for s in paragraph.sentences]
    return (*said, *noted, *(s for section in shape.furniture for s in sentences(section)))


def _bytes(content: bytes | Path) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


def _faults(*found: str | None) -> Account:
    return Account(faults=tuple(filter(None, found)))


def _refused(format_name: str, what: str) -> ProofError:
    return ProofError(
        f"The {format_name} edition does not say what the transcript says ({what}), so it was not saved. "
        "This is a fault in Curbcut: please report it with the transcript."
    )


# markup, by id ---------------------------------------------------------------------------


def _page(edition: Finished) -> Ledger:
    main = edition.main
    found = markup.account([markup.parsed(main, xml=False)], edition.document, edition.runs)
    from converters.checks.page_times import times_account  # the times of a page that plays its sound

    return edition.settled(found, times_account(main, edition.narration))


def _book(edition: Finished) -> Ledger:
    from converters.checks import book

    pages, overlays = book.read_book(edition.files[0])
    found = markup.account(pages, edition.document, edition.runs)
    return edition.settled(found, book.overlays_account(overlays, edition.document, edition.narration))


def _word(edition: Finished) -> Ledger:
    from converters.checks import word_text  # loaded for Word only, as is what proves the others

    return edition.settled(word_text.account(edition.main, edition.document, edition.runs))


def _talking_book(edition: Finished) -> Ledger:
    from converters.checks import talking_books

    return edition.settled(
        talking_books.account(edition.files[0], edition.files[1:], edition.document, edition.runs, edition.narration)
    )


# braille, by reading it back ------------------------------------------------------------------


def _brf(edition: Finished) -> Ledger:
    from converters.checks import brf

    volumes = [_bytes(one) for one in edition.files]
    return edition.settled(brf.account(volumes, edition.document, edition.runs, edition.braille))


def _pef(edition: Finished) -> Ledger:
    from converters.checks.pef import pef_account

    return edition.settled(pef_account(edition.main, edition.document, edition.runs, edition.braille))


def _ebraille(edition: Finished) -> Ledger:
    from converters.checks.ebraille import ebraille_account

    return edition.settled(ebraille_account(edition.main, edition.document, edition.runs))


# text, by its words ----------------------------------------------------------------------


def _text(edition: Finished) -> Ledger:
    return edition.settled(_flow(edition, (edition.main.decode("utf-8"),)))


def _print(edition: Finished) -> Ledger:
    from converters.checks.reading_back.print_text import pdf_text, turned

    volumes = [pdf_text(_bytes(volume)) for volume in edition.files]
    found = _flow(edition, volumes)
    if found != Account() and any(map(turned, volumes)):
        other = _flow(edition, [turned(volume) or volume for volume in volumes])
        found = other if other == Account() else found
    return edition.settled(found)


def _flow(edition: Finished, volumes: Sequence[str]) -> Account:
    """Compare the text of volumes by its letters.

    Spaces are left out on both sides: where a page breaks a line is no word's concern. So are letters that the
    transcript does not have at all, which pdfium reads for the parts of a letter that Indic scripts set apart.
    """
    document = edition.document
    names = [letters(person.name) for person in document.people]
    found = flow.SEAM.join(map(letters, volumes))
    if not found.isascii():
        wanted = (part.letters for run in edition.runs for part in run.parts)
        alphabet = set("0123456789".join((*names, *wanted, *(run.heading for run in edition.runs))))
        found = found.translate({ord(letter): None for letter in set(found) - alphabet - {flow.SEAM}})
    return flow.compare(found, edition.runs, asides(document), names).account


def _timed(edition: Finished) -> Ledger:
    from converters.checks import timed_text

    return timed_text.ledger(edition.name, edition.main.decode(), edition.document, edition.narration)


# the model and the audio ---------------------------------------------------------------------


def _model(edition: Finished) -> Ledger:
    there = msgspec.json.decode(edition.main, type=Document)
    if there == edition.document:
        return edition.settled()
    return edition.settled(by_id(edition.runs, _said(there)), _faults("it does not give the same document back"))


def _said(document: Document) -> list[Said]:
    """Return the sentences of a document, a name before the first of each turn."""
    names = {
        turn.paragraphs[0].sentences[0].id: ", ".join(person_named(document, person).name for person in turn.people)
        for turn in turns(document)
        if turn.paragraphs and turn.paragraphs[0].sentences
    }
    return [Said(one.id, folded(sentence_text(one)), names.get(one.id, "")) for one in expected(document)]


def _audio(edition: Finished) -> Ledger:
    from converters.checks import spoken_words

    return spoken_words.ledger(edition.name, edition.files[0], edition.document, edition.narration)


def _set(edition: Finished) -> Ledger:
    from converters.checks import audio_sets, spoken_words

    sounds = [file for file in edition.files[1:] if isinstance(file, Path)]
    found = audio_sets.playlist_account(edition.main, sounds, edition.narration)
    words = spoken_words.words_account(sounds, edition.document, edition.narration)
    return spoken_words.of_clips(edition.name, edition.document, edition.narration, found, words)


def _audiobook(edition: Finished) -> Ledger:
    from converters.checks import audio_sets

    page = markup.parsed(audio_sets.entry_page(edition.files[0]), xml=False)
    found = markup.account([page], edition.document, edition.runs)
    return edition.settled(found, audio_sets.audiobook_account(edition.files[0], edition.narration))


_SPOKEN: Final = frozenset({"mp3", "m4b", "opus", "mp3-set", "lpf", "daisy202", "daisy3"})
"""Formats that cannot be made without a narration."""

_ROUTES: Final[dict[str, Callable[[Finished], Ledger]]] = {
    **dict.fromkeys(("html", "html-fragment"), _page),
    "epub": _book,
    "pdf": _print,
    "docx": _word,
    "txt": _text,
    "json": _model,
    **dict.fromkeys(("vtt", "srt", "podcast-json", "chapters-json"), _timed),
    **dict.fromkeys(("mp3", "m4b", "opus"), _audio),
    "mp3-set": _set,
    "lpf": _audiobook,
    **dict.fromkeys(("daisy202", "daisy3"), _talking_book),
    "brf": _brf,
    "pef": _pef,
    "ebraille": _ebraille,
}
"""One route back a format; a format without one cannot be saved."""
