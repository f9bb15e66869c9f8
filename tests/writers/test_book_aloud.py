"""A book that reads itself aloud: what is played, in which order, from which sound, and what is said of it."""

import tracemalloc
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from lxml import etree
from lxml.etree import _Element

from converters.checks.parity import prove
from converters.document import Document
from converters.errors import SavingError
from converters.narration.model import AudioTrack, Narration
from converters.settings import Show
from converters.timing import Milliseconds
from converters.traverse import sentences, turns
from converters.writers import WriteContext, writer_named
from converters.writers.epub import write_book
from tests.conftest import Context, ReadText, conversation

from .narrations import PAUSE, SECOND, everything, narration

EPUB = "EPUB/"
OPS = "{http://www.idpf.org/2007/ops}"


class Book(NamedTuple):
    path: Path

    def names(self) -> list[str]:
        with zipfile.ZipFile(self.path) as packed:
            return packed.namelist()

    def read(self, name: str) -> bytes:
        with zipfile.ZipFile(self.path) as packed:
            return packed.read(EPUB + name)

    def tree(self, name: str) -> _Element:
        return etree.fromstring(self.read(name))

    def played(self, name: str) -> list[str]:
        """The ids that an overlay plays, in order."""
        return [str(one.get("src")).partition("#")[2] for one in self.tree(name).iter("{*}text")]

    def metas(self, name: str) -> list[tuple[str | None, str | None]]:
        """What each meta of that property refines, and what it says."""
        found = self.tree("content.opf").iter("{*}meta")
        return [(meta.get("refines"), meta.text) for meta in found if meta.get("property") == name]


Make = Callable[..., Book]


@pytest.fixture
def document(sample: str, read_text: ReadText, show: Show) -> Document:
    return read_text(sample, show)[0]


@pytest.fixture
def whole(document: Document, tmp_path: Path) -> Narration:
    folder = tmp_path / "tracks"
    folder.mkdir()
    return narration(document, folder, everything(document))


@pytest.fixture
def said(context: Context, show: Show) -> Callable[[Document, Narration | None], WriteContext]:
    def making(document: Document, spoken: Narration | None) -> WriteContext:
        plain = context(document, ("epub",))
        options = msgspec.structs.replace(plain.options, show=show)
        return msgspec.structs.replace(plain, options=options, narration=spoken)

    return making


@pytest.fixture
def make(said: Callable[[Document, Narration | None], WriteContext]) -> Make:
    """Make a book with sound, prove it as a conversion does, and open it."""

    def making(document: Document, spoken: Narration, lexicon: bytes | None = None) -> Book:
        (artifact,) = write_book(document, said(document, spoken), lexicon)
        assert isinstance(artifact.content, Path)
        prove("epub", artifact.content, document, spoken)
        return Book(artifact.content)

    return making


# what is played ---------------------------------------------------------------------------


def test_a_book_without_a_narration_is_silent(
    document: Document, said: Callable[[Document, Narration | None], WriteContext], tmp_path: Path
) -> None:
    (artifact,) = writer_named("epub").load()(document, said(document, None))
    assert isinstance(artifact.content, bytes)
    path = tmp_path / "silent.epub"
    path.write_bytes(artifact.content)
    book = Book(path)
    assert not [name for name in book.names() if name.endswith((".smil", ".mp3", ".pls"))]
    assert b"media:" not in book.read("content.opf")
    assert b"auditory" not in book.read("content.opf")
    assert b"overlay" not in book.read("style.css")


def test_a_narration_of_which_nothing_stands_in_the_book_leaves_it_silent(
    document: Document, tmp_path: Path, said: Callable[[Document, Narration | None], WriteContext]
) -> None:
    nothing = narration(document, tmp_path, {"01-start": ("somewhere-else",)})
    (artifact,) = writer_named("epub").load()(document, said(document, nothing))
    assert isinstance(artifact.content, bytes)


def test_every_page_that_is_heard_has_an_overlay_the_contents_too(
    document: Document, whole: Narration, make: Make
) -> None:
    book = make(document, whole)
    package = book.tree("content.opf")
    items = {item.get("id"): item for item in package.iter("{*}item")}
    spine = [items[reference.get("idref")] for reference in package.iter("{*}itemref")]
    assert [item.get("href") for item in spine if not item.get("media-overlay")] == []
    assert {items[item.get("media-overlay")].get("media-type") for item in spine} == {"application/smil+xml"}
    assert book.played("nav.smil")[:2] == ["contents-heading", "nav-at-a-glance"]


def test_a_page_of_which_nothing_is_heard_has_no_overlay(document: Document, tmp_path: Path, make: Make) -> None:
    spoken = narration(document, tmp_path, {"t": [one.id for one in sentences(conversation(document))]})
    book = make(document, spoken)
    assert [name for name in book.names() if name.endswith(".smil")] == ["EPUB/04-transcript.smil"]


def test_a_turn_is_one_sequence_that_begins_with_a_name_that_can_be_skipped(
    document: Document, whole: Narration, make: Make
) -> None:
    overlay = make(document, whole).tree("04-transcript.smil")
    (outermost,) = overlay.iterfind("{*}body/{*}seq")
    assert outermost.get(f"{OPS}textref") == "04-transcript.xhtml#transcript"
    told = list(outermost.iterchildren("{*}seq"))
    assert [seq.get(f"{OPS}textref") for seq in told] == [f"04-transcript.xhtml#{t.id}" for t in turns(document)]
    for seq, turn in zip(told, turns(document), strict=True):
        name, *others = seq.iterchildren("{*}par")
        assert name.get(f"{OPS}type") == "z3998:persona"
        assert next(name.iter("{*}text")).get("src") == f"04-transcript.xhtml#{turn.id}-name"
        said = [one.id for paragraph in turn.paragraphs for one in paragraph.sentences]
        assert [str(next(par.iter("{*}text")).get("src")).partition("#")[2] for par in others] == said
        assert not [par for par in others if par.get(f"{OPS}type")]
    assert "z3998: " in str(overlay.get(f"{OPS}prefix"))


def test_a_long_turn_laid_out_in_blocks_is_still_one_sequence(read_text: ReadText, tmp_path: Path, make: Make) -> None:
    words = " ".join("The bridge was long and the evening was longer than that." for _ in range(40))
    document = read_text(f"A Bridge\n\nANN LEE: Who built it?\n\nBO RUIZ: {words}\n\nANN LEE: Thank you.\n")[0]
    said = [one.id for one in sentences(conversation(document))]
    book = make(document, narration(document, tmp_path, {"t": said}))
    assert book.read("02-transcript.xhtml").count(b'class="more same"') >= 2
    overlay = book.tree("02-transcript.smil")
    sequences = [str(seq.get(f"{OPS}textref")).partition("#")[2] for seq in overlay.iter("{*}seq")]
    assert sequences == ["transcript", *(turn.id for turn in turns(document))]
    assert book.played("02-transcript.smil") == said


def test_an_element_whose_parts_are_heard_is_not_played_as_well(document: Document, tmp_path: Path, make: Make) -> None:
    first = next(turns(document))
    said = [one.id for one in sentences(conversation(document))]
    book = make(document, narration(document, tmp_path, {"t": ["transcript", first.id, *said]}))
    assert book.played("04-transcript.smil") == said


def test_a_pull_quote_and_notes_keep_their_meaning(
    read_text: ReadText, tmp_path: Path, make: Make, document: Document, whole: Narration
) -> None:
    quotes = make(document, whole).tree("03-quotes.smil")
    assert {seq.get(f"{OPS}type") for seq in quotes.iterfind("{*}body/{*}seq/{*}seq")} == {"pullquote"}
    noted = read_text("# A Bridge\n\n**Ann Lee:** Who built it?[^1]\n\n**Bo Ruiz:** All of us.\n\n[^1]: In 1901.\n")[0]
    (note,) = noted.notes
    folder = tmp_path / "noted"
    folder.mkdir()
    spoken = narration(noted, folder, {"n": ["notes-heading", note.paragraphs[0].sentences[0].id]})
    overlay = make(noted, spoken).tree("90-notes.smil")
    assert [seq.get(f"{OPS}type") for seq in overlay.iter("{*}seq")][:2] == ["endnotes", "endnote"]


# when ---------------------------------------------------------------------------------------


def _times(book: Book, name: str) -> list[tuple[str | None, str | None]]:
    return [(one.get("clipBegin"), one.get("clipEnd")) for one in book.tree(name).iter("{*}audio")]


def test_a_pause_of_ours_belongs_to_what_stands_before_it(document: Document, whole: Narration, make: Make) -> None:
    times = _times(make(document, whole), "04-transcript.smil")
    assert times[:2] == [("0:00:00.000", "0:00:01.300"), ("0:00:01.300", "0:00:02.600")]
    assert times[-1][1] == _clock(len(times) * (SECOND + PAUSE) - PAUSE)


def test_a_longer_silence_is_left_out(document: Document, whole: Narration, make: Make) -> None:
    quick = [msgspec.structs.replace(clip, end=Milliseconds(clip.begin + 100)) for clip in whole.clips]
    book = make(document, msgspec.structs.replace(whole, clips=tuple(quick)))
    assert _times(book, "04-transcript.smil")[0] == ("0:00:00.000", "0:00:00.100")


def test_in_a_recording_a_clip_ends_where_the_source_says(document: Document, whole: Narration, make: Make) -> None:
    times = _times(make(document, msgspec.structs.replace(whole, timeline="recording")), "04-transcript.smil")
    assert times[:2] == [("0:00:00.000", "0:00:01.000"), ("0:00:01.300", "0:00:02.300")]


def test_lengths_are_exact_for_each_overlay_and_all_together(document: Document, whole: Narration, make: Make) -> None:
    book = make(document, whole)
    items = {f"#{item.get('id')}": str(item.get("href")) for item in book.tree("content.opf").iter("{*}item")}
    stated = dict(book.metas("media:duration"))
    sums = {
        refines: sum(_milliseconds(end) - _milliseconds(begin) for begin, end in _times(book, items[refines]))
        for refines in stated
        if refines
    }
    assert {refines: _milliseconds(length) for refines, length in stated.items() if refines} == sums
    assert _milliseconds(stated[None]) == sum(sums.values()) > 60 * SECOND


def _milliseconds(clock: str | None) -> int:
    hours, minutes, seconds = str(clock).split(":")
    return round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000)


def _clock(milliseconds: int) -> str:
    minutes, rest = divmod(milliseconds, 60_000)
    return f"0:{minutes:02}:{rest / 1000:06.3f}"


# what is said of it -------------------------------------------------------------------------


def test_it_says_which_synthetic_voices_read_and_how_what_is_heard_is_marked(
    document: Document, whole: Narration, make: Make
) -> None:
    book = make(document, whole)
    assert [words for _, words in book.metas("media:narrator")] == ["Synthetic voice: One", "Synthetic voice: Two"]
    ((_, active),) = book.metas("media:active-class")
    assert f".{active} {{" in book.read("style.css").decode()


def test_the_narrators_of_a_recording_are_the_people_themselves(
    document: Document, whole: Narration, make: Make
) -> None:
    book = make(document, msgspec.structs.replace(whole, timeline="recording"))
    narrators = [words for _, words in book.metas("media:narrator")]
    assert sorted(map(str, narrators)) == ["Ignace Fellowdale", "Tamsin Orrelby", "Wilhelmina Dunnock"]
    assert "synthetic" not in str(book.metas("schema:accessibilitySummary"))


def test_sound_alone_is_said_to_suffice_only_where_every_sentence_is_heard(
    document: Document, whole: Narration, make: Make
) -> None:
    book = make(document, whole)
    assert (None, "auditory") in book.metas("schema:accessMode")
    assert (None, "synchronizedAudioText") in book.metas("schema:accessibilityFeature")
    assert book.metas("schema:accessModeSufficient") == [(None, "textual"), (None, "auditory")]
    assert "reads itself aloud" in str(book.metas("schema:accessibilitySummary"))
    last = [one.id for one in sentences(conversation(document))][-1]
    short = msgspec.structs.replace(whole, clips=tuple(clip for clip in whole.clips if clip.node != last))
    partly = make(document, short)
    assert partly.metas("schema:accessModeSufficient") == [(None, "textual")]
    assert "Some of its sentences are not heard." in str(partly.metas("schema:accessibilitySummary"))


# its sound ----------------------------------------------------------------------------------


def test_each_track_is_in_the_book_once_stored_and_whole(document: Document, whole: Narration, make: Make) -> None:
    book = make(document, whole)
    with zipfile.ZipFile(book.path) as packed:
        entries = packed.infolist()
        assert (entries[0].filename, entries[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert len({entry.date_time for entry in entries}) == 1
        sound = [entry for entry in entries if entry.filename.endswith(".mp3")]
        assert [entry.compress_type for entry in sound] == [zipfile.ZIP_STORED] * len(whole.tracks)
        for entry, track in zip(sound, whole.tracks, strict=True):
            content = packed.read(entry)
            assert content.count(track.path.read_bytes()) == 1
            assert content[:2] == b"\xff\xf3"
            assert b"Info" in content[:100]


def test_a_track_that_nothing_plays_is_left_out(document: Document, whole: Narration, make: Make) -> None:
    unheard = msgspec.structs.replace(whole.tracks[0], name="09-unheard")
    book = make(document, msgspec.structs.replace(whole, tracks=(*whole.tracks, unheard)))
    assert "EPUB/audio/09-unheard.mp3" not in book.names()


def test_the_same_book_is_made_twice_byte_for_byte(document: Document, whole: Narration, make: Make) -> None:
    assert make(document, whole).path.read_bytes() == make(document, whole).path.read_bytes()


def test_a_recording_is_taken_as_it_is(document: Document, tmp_path: Path, make: Make) -> None:
    said = [one.id for one in sentences(conversation(document))]
    spoken = narration(document, tmp_path, {"The Show, Part 1": said}, "recording")
    (track,) = spoken.tracks
    track.path.write_bytes(b"ID3\x03\0\0\0\0\0\0" + track.path.read_bytes())
    book = make(document, spoken)
    assert book.read("audio/the-show-part-1.mp3") == track.path.read_bytes()


def test_memory_does_not_grow_with_the_length_of_the_sound(document: Document, whole: Narration, make: Make) -> None:
    long = _lengthened(whole.tracks[2], 64_000_000)
    tracks = (*whole.tracks[:2], long, whole.tracks[3])
    tracemalloc.start()
    try:
        book = make(document, msgspec.structs.replace(whole, tracks=tracks))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert book.path.stat().st_size > 64_000_000
    assert peak < 8_000_000


def _lengthened(track: AudioTrack, size: int) -> AudioTrack:
    with track.path.open("r+b") as file:
        file.truncate(size)
    return track


def test_where_the_sound_finds_no_room_the_error_says_so(
    document: Document, whole: Narration, said: Callable[[Document, Narration | None], WriteContext]
) -> None:
    elsewhere = msgspec.structs.replace(said(document, whole), staging=Path("/nowhere/at/all"))
    with pytest.raises(SavingError, match="nowhere"):
        write_book(document, elsewhere)


# names and addresses ------------------------------------------------------------------------


def test_a_lexicon_is_in_the_book_and_every_page_leads_to_it(document: Document, whole: Narration, make: Make) -> None:
    book = make(document, whole, b"<lexicon/>")
    assert book.read("lexicon.pls") == b"<lexicon/>"
    (item,) = (item for item in book.tree("content.opf").iter("{*}item") if item.get("href") == "lexicon.pls")
    assert item.get("media-type") == "application/pls+xml"
    for name in _pages(book.names()):
        links = [link for link in book.tree(name).iter("{*}link") if link.get("rel") == "pronunciation"]
        assert [(link.get("href"), link.get("hreflang")) for link in links] == [("lexicon.pls", "en")]


def test_without_a_lexicon_no_page_leads_to_one(document: Document, whole: Narration, make: Make) -> None:
    book = make(document, whole)
    assert not [name for name in _pages(book.names()) if b"pronunciation" in book.read(name)]


def _pages(names: Iterable[str]) -> list[str]:
    return [name.removeprefix(EPUB) for name in names if name.endswith(".xhtml")]


def test_what_is_heard_has_one_id_in_the_page_and_in_the_book(
    document: Document, whole: Narration, make: Make, context: Context, show: Show
) -> None:
    plain = context(document, ("html",))
    options = msgspec.structs.replace(plain.options, show=show)
    (page,) = writer_named("html").load()(document, msgspec.structs.replace(plain, options=options))
    assert isinstance(page.content, bytes)
    tree = etree.fromstring(page.content, etree.HTMLParser(encoding="utf-8"))
    on_page = [str(element.get("id")) for element in tree.iter() if element.get("id")]
    book = make(document, whole)
    in_book = [str(e.get("id")) for name in _pages(book.names()) for e in book.tree(name).iter() if e.get("id")]
    heard = {str(clip.node) for clip in whole.clips}
    repeated = {"contents-heading", *(node for node in heard if node not in in_book)}
    assert repeated <= {"contents-heading", "summary-heading"}, "a summary has no heading of its own"
    assert sorted(node for node in on_page if node in heard) == sorted(heard - repeated)
    assert len(in_book) == len(set(in_book))


@pytest.mark.parametrize("heading", ["Title", "Help intro", "Nav transcript", "Transcript heading", "Furniture"])
def test_a_section_headed_like_a_part_of_ours_gets_an_id_of_its_own(heading: str, read_text: ReadText) -> None:
    source = f"# A Bridge\n\n## {heading}\n\n**Ann Lee:** Who built it?\n\n**Bo Ruiz:** All of us, in one winter.\n"
    document = read_text(source)[0]
    ids = {section.id for section in document.sections}
    assert not ids & {"title", "help-intro", "nav-transcript", "transcript-heading", "furniture"}
