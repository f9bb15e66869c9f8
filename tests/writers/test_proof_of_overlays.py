"""The proof of a book that reads itself aloud refuses one that plays anything else than what was recorded."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from converters.checks.parity import prove
from converters.document import Document
from converters.errors import ProofError
from converters.narration.model import Narration
from converters.writers import writer_named
from tests.conftest import Context, ReadText

from .narrations import everything, narration

OVERLAY = "EPUB/04-transcript.smil"
PACKAGE = "EPUB/content.opf"
SOUND = "EPUB/audio/03-transcript.mp3"
PAR = r"<par><text src=\"04-transcript.xhtml#transcript-t02-s1\"/>.*?</par>"

Change = Callable[[dict[str, bytes]], None]


def _in(name: str, old: str, new: str) -> Change:
    def change(files: dict[str, bytes]) -> None:
        before = files[name].decode()
        after = re.sub(old, new, before, count=1)
        assert before != after
        files[name] = after.encode()

    return change


def _without_sound(files: dict[str, bytes]) -> None:
    del files[SOUND]


def _other_sound(files: dict[str, bytes]) -> None:
    files[SOUND] = files["EPUB/audio/01-start.mp3"]


CHANGES = {
    "an element that is not there": _in(OVERLAY, "#transcript-t02-s1", "#transcript-t99-s1"),
    "another page's element": _in(OVERLAY, "04-transcript.xhtml#transcript-t02-s1", "03-quotes.xhtml#quotes-q01-s1"),
    "sound that is not there": _without_sound,
    "the sound of another track": _other_sound,
    "a sentence left out": _in(OVERLAY, PAR, ""),
    "a sentence twice": _in(OVERLAY, f"({PAR})", r"\1\1"),
    "two sentences exchanged": _in(OVERLAY, rf"({PAR})\n(<par>.*?</par>)", r"\2\n\1"),
    "a clip that begins late": _in(OVERLAY, 'clipBegin="0:00:02.600"', 'clipBegin="0:00:02.700"'),
    "a clip that ends early": _in(OVERLAY, 'clipEnd="0:00:02.600"', 'clipEnd="0:00:02.000"'),
    "a length that is not its own": _in(PACKAGE, r'(#overlay-transcript">0:00:)\d\d', r"\g<1>01"),
    "a sum that is not the whole": _in(PACKAGE, r'(media:duration">0:0)\d', r"\g<1>9"),
    "an overlay of no stated length": _in(
        PACKAGE, r'<meta property="media:duration" refines="#overlay-nav">.*?</meta>', ""
    ),
}


@pytest.fixture
def document(sample: str, read_text: ReadText) -> Document:
    return read_text(sample)[0]


@pytest.fixture
def spoken(document: Document, tmp_path: Path) -> Narration:
    folder = tmp_path / "tracks"
    folder.mkdir()
    made = narration(document, folder, everything(document))
    for number, track in enumerate(made.tracks):  # each sounds like no other
        track.path.write_bytes(bytes([number]) * 512 + track.path.read_bytes())
    return made


@pytest.fixture
def book(document: Document, spoken: Narration, context: Context) -> Path:
    said = msgspec.structs.replace(context(document, ("epub",)), narration=spoken)
    (artifact,) = writer_named("epub").load()(document, said)
    assert isinstance(artifact.content, Path)
    return artifact.content


def test_a_sound_book_passes(book: Path, document: Document, spoken: Narration) -> None:
    prove("epub", book, document, spoken)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_book_that_plays_something_else_is_refused(
    change: Change, book: Path, document: Document, spoken: Narration
) -> None:
    with zipfile.ZipFile(book) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    change(files)
    with zipfile.ZipFile(book, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    with pytest.raises(ProofError, match="epub edition"):
        prove("epub", book, document, spoken)


def test_a_clip_beyond_the_end_of_its_track_is_refused(book: Path, document: Document, spoken: Narration) -> None:
    short = [msgspec.structs.replace(t, duration=t.duration // 2) for t in spoken.tracks]
    with pytest.raises(ProofError, match="is not heard or shown when it is said"):
        prove("epub", book, document, msgspec.structs.replace(spoken, tracks=tuple(short)))


def test_a_sentence_that_was_spoken_and_has_no_overlay_is_refused(
    document: Document, spoken: Narration, context: Context
) -> None:
    (silent,) = writer_named("epub").load()(document, context(document, ("epub",)))
    with pytest.raises(ProofError, match="nothing in it is played"):
        prove("epub", silent.content, document, spoken)
