"""A program: our own proofs and measures, of files that may be anybody's. What they run into ends nobody else."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

import msgspec

from converters.checks import large_print
from converters.checks.ledger import FEWEST_WORDS, Ledger, Run, parity_of, told
from converters.checks.outside.answers import Answer, Ledgers, Question, Said, Work
from converters.checks.publication import Publication
from converters.document import Document
from converters.findings import Severity
from converters.settings import Braille, Standard
from converters.version import TOOL

if TYPE_CHECKING:
    from converters.narration.kept import Kept

MOST_QUOTED: Final = 20
"""How many sentences of each kind are shown with their first words."""
_BRAILLE: Final = {"brf", "pef"}
_ASCII: Final = {*range(0x20, 0x60), 0x0A, 0x0C, 0x0D}
"""Braille ASCII, and the ends of lines and pages."""
_WIDEST: Final = 40
"""Cells beyond which some embossers and displays drop what is written."""


def main() -> None:
    """Answer the work on the standard input."""
    work = msgspec.json.decode(sys.stdin.buffer.read(), type=Work)
    answers = {tool: _TOOLS[tool](work.questions) for tool in work.tools}
    sys.stdout.buffer.write(msgspec.json.encode(answers))


# parity -------------------------------------------------------------------------------------


def _parity(questions: tuple[Question, ...]) -> Answer:
    said: dict[str, tuple[Said, ...]] = {}
    refused: dict[str, str] = {}
    ledgers: dict[str, Ledgers] = {}
    for asked in questions:
        try:
            document = msgspec.json.decode(asked.model, type=Document)
            said[asked.key], ledgers[asked.key] = _compared(asked, document, _spoken(asked))
        except msgspec.DecodeError as error:
            refused[asked.key] = f"the model beside it cannot be read ({error})"[:300]
        except ValueError as error:
            refused[asked.key] = str(error)
    return Answer(TOOL, said, None, refused, ledgers=ledgers)


def _spoken(asked: Question) -> "Kept | None":
    """Return what was kept of what was spoken. Raises ``ValueError``."""
    if not asked.clips:
        return None
    from converters.narration.kept import unpacked  # loaded where something was spoken only

    return unpacked(asked.clips)


def _compared(asked: Question, document: Document, spoken: "Kept | None") -> tuple[tuple[Said, ...], Ledgers]:
    """Return what the ledger of an edition tells, and the ledger: the one place where parity is asked."""
    from converters.checks.expectations import expected_runs
    from converters.checks.parity import ledger

    main, *further = map(Path, asked.files)
    found = [ledger(asked.format, main, tuple(further), document, spoken, braille) for braille in _braille(asked)]
    best = next((one for one in found if one.is_clean), found[0])
    if best.is_clean:
        return (), Ledgers(parity_of(best))
    runs = expected_runs(document)
    words = f"it does not say what the transcript says: {told(best, runs)}"
    return (Said("parity", "error", words[:600]),), Ledgers(parity_of(best), _quoted(best, runs))


def _quoted(found: Ledger, runs: tuple[Run, ...]) -> dict[str, str]:
    """Return the first words of the sentences, or of the turns, that a ledger names first."""
    words = {part.id: part.words for run in runs for part in run.parts}
    kinds = (found.missing, found.doubled, found.out_of_order, found.altered, found.misattributed, found.mistimed)
    named = [one for ids in kinds for one in ids[:MOST_QUOTED]]
    quoted = {one: words.get(one) or words.get(f"{one}-s1", "") for one in named}
    return {one: said[:FEWEST_WORDS] for one, said in quoted.items() if said}


def _braille(asked: Question) -> tuple[Braille | None, ...]:
    """Return how braille may have been asked for: nothing in a file tells its grade, and its size is its own."""
    if asked.format not in _BRAILLE:
        return (None,)
    cells, lines = _size(asked)
    return tuple(Braille(grade, cells, lines) for grade in (None, 1, 2))


def _size(asked: Question) -> tuple[int, int]:
    content = Path(asked.files[0]).read_bytes()
    if asked.format == "pef":
        from lxml import etree

        try:
            root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
        except etree.XMLSyntaxError:
            return 40, 25  # parity will tell that it cannot be read
        volume = root.find(".//{*}volume")
        found = (volume.get("cols"), volume.get("rows")) if volume is not None else (None, None)
        return tuple(int(one) if one and one.isdigit() else usual for one, usual in zip(found, (40, 25), strict=True))  # type: ignore[return-value]  # two
    pages = [page.splitlines() for page in content.decode("ascii", "replace").split("\f")]
    widest = max((len(line) for page in pages for line in page), default=0)
    return max(widest, 20), max((len(page) for page in pages), default=25)


# structure ------------------------------------------------------------------------------------


def _structure(questions: tuple[Question, ...]) -> Answer:
    """Look at how editions are built. What cannot be read at all is parity's to tell."""
    from converters.checks.structure.judging import structure

    said: dict[str, tuple[Said, ...]] = {}
    refused: dict[str, str] = {}
    for asked in questions:
        try:
            document = msgspec.json.decode(asked.model, type=Document)
            said[asked.key] = tuple(structure(asked.format, [Path(name) for name in asked.files], document))
        except Exception as error:  # noqa: BLE001 - whatever a damaged file does to a parser, it costs no other file
            refused[asked.key] = f"it cannot be read ({type(error).__name__}: {error})"[:300]
    return Answer(TOOL, said, None, refused)


# large print --------------------------------------------------------------------------------


def _large_print(questions: tuple[Question, ...]) -> Answer:
    found = {asked.key: tuple(_measured(asked)) for asked in questions}
    return Answer(TOOL, found, len(get_args(large_print.Rule)))


def _measured(asked: Question) -> Iterator[Said]:
    """Yield the standards that a PDF meets, or in what it falls short of the nearest."""
    for place, name in enumerate(asked.files, 1):
        measures = large_print.measure(Path(name).read_bytes())
        where = f"volume {place}" if len(asked.files) > 1 else ""
        if met := large_print.meets(measures):
            yield Said("meets", "info", f"it meets these standards of large print: {', '.join(met)}", where)
            continue
        short = {standard: large_print.differences(measures, standard) for standard in get_args(Standard)}
        nearest: Standard = min(short, key=lambda standard: len(short[standard]))
        severity: Severity = "error" if asked.ours else "warning"
        for one in short[nearest]:
            page = f"page {one.page}" if one.page else ""
            words = f"by {nearest}, the standard it comes nearest to: {one.found}; wanted: {one.wanted}"
            yield Said(one.rule, severity, words, " ".join(filter(None, (where, page))))


# braille ------------------------------------------------------------------------------------


def _braille_cells(questions: tuple[Question, ...]) -> Answer:
    return Answer(TOOL, {asked.key: tuple(_cells(asked)) for asked in questions}, 3)


def _cells(asked: Question) -> Iterator[Said]:
    for name in asked.files:
        content = Path(name).read_bytes()
        where = Path(name).name if len(asked.files) > 1 else ""
        if strange := {byte for byte in content if byte not in _ASCII}:
            yield Said("characters", "error", f"byte {min(strange)} is no braille ASCII", where)
        lines = content.replace(b"\f", b"\n").splitlines()
        if long := [number for number, line in enumerate(lines, 1) if len(line) > _WIDEST]:
            words = f"a line has more than {_WIDEST} cells, which some displays and embossers cut off"
            yield Said("line-length", "warning", words, f"{where} line {long[0]}".strip(), count=len(long))
        if content.strip() and not content.endswith(b"\f"):
            yield Said("last-page", "warning", "the last page is not ended by a form feed", where)


# sound ---------------------------------------------------------------------------------------


def _pauses(questions: tuple[Question, ...]) -> Answer:
    from converters.checks.outside.pauses import pauses  # loaded for sound only

    return pauses(questions)


_IN_A_ZIP: Final = {"daisy202", "daisy3"}
"""Their folders hold the same once more, each file of it saying only a part."""


# what a file says of itself ------------------------------------------------------------------


def _claims(questions: tuple[Question, ...]) -> Answer:
    from converters.checks.claims import RULES, unsupported

    return _of_metadata(questions, lambda file: tuple(unsupported(file)), len(RULES))


def _display(questions: tuple[Question, ...]) -> Answer:
    from converters.checks.display_guide import shown

    def told(file: Publication) -> tuple[Said, ...]:
        if file.kind == "html" and not file.speaks_of_access:
            return ()  # a page is not sold, and the guide asks nothing of it
        return tuple(Said(one.id, "info", one.compact, one.heading, advice=one.descriptive) for one in shown(file))

    return _of_metadata(questions, told, None)


def _of_metadata(
    questions: tuple[Question, ...], told: Callable[[Publication], tuple[Said, ...]], rules: int | None
) -> Answer:
    """Ask about each file that has metadata of its own; of several volumes each is told by its name."""
    from converters.checks.publication_reading import UnreadableError, is_readable, read

    said: dict[str, tuple[Said, ...]] = {}
    refused: dict[str, str] = {}
    for asked in questions:
        wanted = ".zip" if asked.format in _IN_A_ZIP else ""
        files = [path for path in map(Path, asked.files) if is_readable(path) and path.name.endswith(wanted)]
        if not files:
            refused[asked.key] = "of this edition only the zip is looked at, and it is not there"
            continue
        try:
            found = [(path.name if len(files) > 1 else "", one) for path in files for one in told(read(path))]
        except UnreadableError as error:
            refused[asked.key] = str(error)[:300]
            continue
        said[asked.key] = tuple(
            msgspec.structs.replace(one, where=f"{name} {one.where}".strip()) if name else one for name, one in found
        )
    return Answer(TOOL, said, rules, refused)


_TOOLS: Final[dict[str, Callable[[tuple[Question, ...]], Answer]]] = {
    "parity": _parity,
    "structure": _structure,
    "large-print": _large_print,
    "braille-cells": _braille_cells,
    "pauses": _pauses,
    "claims": _claims,
    "display": _display,
}

if __name__ == "__main__":
    main()
