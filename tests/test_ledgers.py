"""The ledger: of every format, what is lost, doubled, moved, altered or given to somebody else is told by its id."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from converters.checks import flow
from converters.checks.ledger import Ledger, Part, Run, letters
from converters.checks.parity import ledger
from converters.document import Document, Sentence, Text, Turn
from converters.headings import exchange_entry
from converters.narration.model import ChapterMark, Narration
from converters.outline import exchanges
from converters.phrases import phrases_for
from converters.settings import Show
from converters.traverse import person_named, sentence_text, turns
from converters.writers import Artifact, WriteContext, writer_named

from .conftest import Context, ReadText, conversation
from .writers.narrations import everything, narration
from .writers.talking_books import with_asides

LOST = "transcript-t06-s2"
TURN = "transcript-t06"
SILENT = ("html", "html-fragment", "epub", "pdf", "docx", "txt", "brf", "pef", "ebraille", "json")
SPOKEN = ("vtt", "srt", "podcast-json", "mp3", "m4b", "opus", "lpf", "daisy202", "daisy3")
BY_CLIPS = ("mp3-set", "chapters-json")
"""Editions that hold no sentence of their own."""

WITH_IDS = ("html", "epub", "daisy202", "daisy3", "lpf", "vtt")
Change = Callable[[Turn], Turn]


def _with_sentences(turn: Turn, change: Callable[[tuple[Sentence, ...]], tuple[Sentence, ...]]) -> Turn:
    first, *others = turn.paragraphs
    return msgspec.structs.replace(
        turn, paragraphs=(msgspec.structs.replace(first, sentences=change(first.sentences)), *others)
    )


def _words(sentence: Sentence) -> Sentence:
    return msgspec.structs.replace(sentence, inlines=(Text("It is no more wrong than a broken one."),))


CHANGES: dict[str, tuple[Change, str, set[str]]] = {
    "dropped": (lambda turn: _with_sentences(turn, lambda s: s[:1]), "missing", {LOST}),
    "doubled": (lambda turn: _with_sentences(turn, lambda s: (*s, s[1])), "doubled", {LOST}),
    "swapped": (lambda turn: _with_sentences(turn, lambda s: s[::-1]), "out_of_order", {"transcript-t06-s1", LOST}),
    "altered": (lambda turn: _with_sentences(turn, lambda s: (s[0], _words(s[1]))), "altered", {LOST}),
    "given away": (lambda t: msgspec.structs.replace(t, people=("wilhelmina-dunnock",)), "misattributed", {TURN}),
    "given to nobody": (lambda t: msgspec.structs.replace(t, people=()), "misattributed", {TURN}),
}


def _changed(document: Document, change: Change) -> Document:
    sections = tuple(
        msgspec.structs.replace(
            section, blocks=tuple(change(b) if isinstance(b, Turn) and b.id == TURN else b for b in section.blocks)
        )
        for section in document.sections
    )
    return msgspec.structs.replace(document, sections=sections)


@pytest.fixture
def document(sample: str, read_text: ReadText, show: Show) -> Document:
    return read_text(sample, show)[0]


def _spoken_words(document: Document) -> str:
    lines = []
    for turn in turns(document):
        said = "\n".join(sentence_text(s) for paragraph in turn.paragraphs for s in paragraph.sentences)
        names = ", ".join(person_named(document, person).name for person in turn.people)
        lines.append(f"{names}: {said}" if names else said)
    return "\n\n".join(lines)


def _spoken(document: Document, context: WriteContext, folder: Path) -> Narration:
    """Return a narration by hand, its chapters the exchanges, its samples silence."""
    folder.mkdir()
    made = narration(document, folder, everything(document))
    begins = {str(clip.node): clip.begin for clip in made.clips}
    phrases = phrases_for(document.metadata.language)
    marks = tuple(
        ChapterMark(exchange_entry(phrases, one), 1, "03-transcript", begins[f"{one.blocks[0].id}-name"])
        for one in exchanges(document, conversation(document))
    )
    pcm = folder / "silence.pcm"
    pcm.write_bytes(bytes(2 * 22_050))
    tracks = tuple(msgspec.structs.replace(track, samples=pcm) for track in made.tracks)
    whole = msgspec.structs.replace(made, chapters=marks, spoken_text=_spoken_words(document), tracks=tracks)
    return with_asides(document, context, whole, folder)


@pytest.fixture
def make(context: Context, show: Show, tmp_path: Path) -> Callable[[str, Document], tuple[Artifact, ...]]:
    def making(name: str, document: Document) -> tuple[Artifact, ...]:
        plain = context(document, (name,))
        told = msgspec.structs.replace(plain, options=msgspec.structs.replace(plain.options, show=show))
        if name not in SILENT or name == "epub":
            told = msgspec.structs.replace(told, narration=_spoken(document, told, tmp_path / "tracks"))
        return writer_named(name).load()(document, told)

    return making


Make = Callable[[str, Document], tuple[Artifact, ...]]


def _ledger(name: str, made: tuple[Artifact, ...], document: Document) -> Ledger:
    main, *further = (artifact.content for artifact in made)
    return ledger(name, main, tuple(further), document)


@pytest.mark.parametrize("name", [*SILENT, *SPOKEN, *BY_CLIPS])
def test_the_ledger_of_a_sound_edition_is_clean(name: str, document: Document, make: Make) -> None:
    found = _ledger(name, make(name, document), document)
    assert found.is_clean, found
    assert found.found == found.expected
    assert found.expected >= 12 or name in BY_CLIPS


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", [*SILENT, *SPOKEN])
def test_what_went_wrong_with_a_sentence_is_told_by_its_id(
    name: str, change: str, document: Document, make: Make
) -> None:
    damage, kind, ids = CHANGES[change]
    found = _ledger(name, make(name, _changed(document, damage)), document)
    assert ids & set(getattr(found, kind)), found


# finished files, altered --------------------------------------------------------------------


def _altered(content: bytes | Path, pattern: str, new: str) -> bytes:
    """Return a finished file in whose text, or in one file of whose zip, something was replaced once."""
    whole = content if isinstance(content, bytes) else content.read_bytes()
    if whole[:2] != b"PK":
        text, count = re.subn(pattern, new, whole.decode(), count=1, flags=re.DOTALL)
        assert count
        return text.encode()
    packed, count = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(packed, "w") as made:
        for name in old.namelist():
            held = old.read(name)
            if not count and name.endswith((".xhtml", ".html", ".xml", ".smil")):
                text, count = re.subn(pattern, new, held.decode(), count=1, flags=re.DOTALL)
                held = text.encode()
            made.writestr(name, held)
    assert count
    return packed.getvalue()


@pytest.mark.parametrize("name", WITH_IDS)
def test_an_id_that_was_renamed_is_told(name: str, document: Document, make: Make) -> None:
    main, *further = make(name, document)
    pattern = rf"(?m)^()()(){LOST}$" if name == "vtt" else rf'(<(span|sent) id=("|)){LOST}'
    renamed = _altered(main.content, pattern, r"\1other")
    found = ledger(name, renamed, tuple(one.content for one in further), document)
    assert LOST in found.missing
    assert found.faults


@pytest.mark.parametrize("name", ["html", "epub", "lpf"])
def test_a_sentence_that_stands_once_more_without_an_id_is_told(name: str, document: Document, make: Make) -> None:
    main, *further = make(name, document)
    again = _altered(main.content, r"</h1>", "</h1><p>It is no more wrong than a stopped one.</p>")
    found = ledger(name, again, tuple(one.content for one in further), document)
    assert found.doubled == (LOST,)


def test_words_that_nobody_says_are_told(document: Document, make: Make) -> None:
    (page,) = make("html", document)
    more = _altered(page.content, r"(stopped one\.</span>)", r"\1 Indeed.")
    assert ledger("html", more, (), document).altered == (LOST,)
    (text,) = make("txt", document)
    more = _altered(text.content, "It can. ", "It can. Indeed. ")
    assert ledger("txt", more, (), document).altered == ("transcript-t06-s1",)


@pytest.mark.parametrize("begin", ["0:00:33.800", "+"])
def test_a_clip_of_a_book_that_was_shifted_is_told_without_its_narration(
    begin: str, document: Document, make: Make
) -> None:
    (book,) = make("epub", document)
    pattern = rf'(#{LOST}"/><audio src="[^"]*" clipBegin=")0:00:(\d\d)(\.\d+")'
    seconds = 2 if begin == "+" else -2
    whole = book.content.read_bytes() if isinstance(book.content, Path) else book.content
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        overlay = packed.read("EPUB/04-transcript.smil").decode()
    match = re.search(pattern, overlay)
    assert match
    late = _altered(whole, pattern, rf"\g<1>0:00:{int(match[2]) + seconds:02d}\g<3>")
    assert LOST in ledger("epub", late, (), document).mistimed


def test_a_cue_that_was_shifted_is_told(document: Document, make: Make, context: Context, tmp_path: Path) -> None:
    (captions,) = make("vtt", document)
    spoken = _spoken(document, context(document, ("vtt",)), tmp_path / "again")
    late = _altered(captions.content, rf"({LOST}\n00:00:\d)\d", r"\g<1>9")
    assert LOST in ledger("vtt", late, (), document, spoken).mistimed


def test_a_chapter_that_was_lost_is_told_by_its_title(document: Document, make: Make) -> None:
    (chapters,) = make("chapters-json", document)
    fewer = _altered(chapters.content, r'\{[^{}]*"2\. Tamsin Orrelby, Wilhelmina Dunnock[^{}]*\},?\s*', "")
    assert "“2. Tamsin Orrelby, Wilhelmina Dunnock" in ledger("chapters-json", fewer, (), document).faults[0]


def test_a_chapter_that_was_lost_from_an_audio_file_is_told(document: Document, make: Make) -> None:
    (sound,) = make("mp3", document)
    whole = sound.content.read_bytes() if isinstance(sound.content, Path) else sound.content
    lost = whole.replace(b"CHAP", b"XHAP", 1)
    assert "is missing" in ledger("mp3", lost, (), document).faults[0]


@pytest.mark.parametrize("name", [*SILENT, *SPOKEN, *BY_CLIPS])
def test_a_file_that_cannot_be_read_lacks_everything_and_says_why(name: str, document: Document) -> None:
    found = ledger(name, b"\xff\xfenothing", (), document)
    assert found.unread or found.faults or found.missing
    assert not found.is_clean
    assert found.found == 0 or name in BY_CLIPS


def test_the_manifest_tells_what_was_found(source: Path, out: Path, run: Callable[..., object]) -> None:
    run("convert", source, "-o", out, "--to", "html,txt")
    rows = msgspec.json.decode((out / "backward-clock" / "manifest.json").read_bytes())["artifacts"]
    assert [row["parity"] for row in rows] == [{"expected": 29, "found": 29}] * 2


# the seam between two volumes -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "missing", "doubled"),
    [
        (slice(0, 2), slice(2, None), 0, 0),
        (slice(0, 1), slice(2, None), 1, 0),
        (slice(0, 2), slice(1, None), 0, 1),
    ],
    ids=["whole", "dropped", "doubled"],
)
def test_a_sentence_at_the_seam_of_two_volumes_is_told_by_its_id(
    before: "slice[int, int, None]", after: "slice[int, int | None, None]", missing: int, doubled: int
) -> None:
    said = ["The river rose in the night.", "Nobody had moved the boats away.", "The mill stood until morning."]
    parts = [Part(f"t0{n}-s1", words, letters(words)) for n, words in enumerate(said, 1)]
    runs = [Run(part.id[:3], "talk", (part,), head="Ann", said=True) for part in parts]
    first, second = ("".join(f"Ann{part.letters}" for part in parts[those]) for those in (before, after))
    account = flow.compare(f"{first}{flow.SEAM}VolumeTwo{second}", runs, "", ["Ann"]).account
    assert account.missing == ("t02-s1",) * missing
    assert account.doubled == ("t02-s1",) * doubled
    assert account.altered == ()
