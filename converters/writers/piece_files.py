"""The narration as numbered files for players: what each is called, and the words that are heard in it."""

from collections.abc import Iterator
from typing import Final

import msgspec

from converters import outline
from converters.document import Document, NodeId, Sentence, Turn
from converters.errors import SavingError, SourceError
from converters.headings import exchange_entry
from converters.identifiers import slug
from converters.narration.frame_table import NoFramesError
from converters.narration.pieces import Piece, pieces_of
from converters.outline import Exchange
from converters.traverse import person_named, sections, sentence_text, turns, walk
from converters.writers import WriteContext

LONGEST_NAME: Final = 40
"""Letters of a name behind its number: with number and suffix it stays below the 64 that a data CD allows (Joliet)."""

FEWEST_DIGITS: Final = 2


class PieceFile(msgspec.Struct, frozen=True):
    """A piece with the name of its file, in ASCII and lower case; sorted by name, files stand in reading order."""

    piece: Piece
    name: str
    title: str


def piece_files(document: Document, context: WriteContext) -> tuple[PieceFile, ...]:
    """Return the whole narration, a file for each section without exchanges and for each exchange.

    Raises ``SavingError`` where the sound cannot be read.
    """
    if context.narration is None:
        raise ValueError("an edition of sound is made from a narration")
    try:
        pieces = pieces_of(context.narration)
    except NoFramesError as error:
        raise SourceError(
            f"{context.options.recording}: its MP3 is of a kind that cannot be cut into parts. "
            "Save it as WAV or FLAC, and name that file after --recording."
        ) from error
    except OSError as error:
        raise SavingError(f"{context.staging}: {error.strerror}. Make room and try again.") from error
    digits = max(FEWEST_DIGITS, len(str(len(pieces))))
    exchanges = _by_title(document, context)
    return tuple(
        PieceFile(
            piece, f"{piece.number:0{digits}}-{_spelled(piece, exchanges)}.mp3", piece.title.strip() or context.title
        )
        for piece in pieces
    )


def _by_title(document: Document, context: WriteContext) -> dict[str, Exchange]:
    """Return the exchanges by what contents and chapters call them."""
    every = (e for section in sections(document) for e in outline.exchanges(document, section))
    return {exchange_entry(context.phrases, exchange): exchange for exchange in every}


def _spelled(piece: Piece, exchanges: dict[str, Exchange]) -> str:
    """Return the name of a file behind its number; of an exchange, who speaks in it beside the host."""
    exchange = exchanges.get(piece.title)
    if not exchange:
        return _whole_words(slug(piece.title).split("-")) or "part"
    guests = [person.name for person in exchange.people if person.part != "host"] or [exchange.names]
    return _whole_words(["exchange", str(exchange.number), *map(slug, guests)])


def _whole_words(words: list[str]) -> str:
    """Return as many words as there is room for; one that is longer by itself is cut."""
    spelled = ""
    for word in filter(None, words):
        longer = f"{spelled}-{word}" if spelled else word[:LONGEST_NAME]
        if len(longer) > LONGEST_NAME:
            break
        spelled = longer
    return spelled


def transcripts(document: Document, files: tuple[PieceFile, ...]) -> Iterator[str]:
    """Yield the transcript of each piece, a line for each sentence, the name before the first of a turn."""
    speaking = {s.id: turn for turn in turns(document) for p in turn.paragraphs for s in p.sentences}
    said = {step.id: sentence_text(step) for step in walk(document) if isinstance(step, Sentence)}
    names = {
        turn.id: ", ".join(person_named(document, person).name for person in turn.people) for turn in turns(document)
    }
    for file in files:
        yield "\n".join(_lines([clip.node for clip in file.piece.clips if clip.node in said], speaking, said, names))


def _lines(
    nodes: list[NodeId], speaking: dict[NodeId, Turn], said: dict[NodeId, str], names: dict[NodeId, str]
) -> Iterator[str]:
    before = None
    for node in nodes:
        turn = speaking[node].id if node in speaking else None
        name = names[turn] if turn and turn != before else ""
        yield f"{name}: {said[node]}" if name else said[node]
        before = turn
