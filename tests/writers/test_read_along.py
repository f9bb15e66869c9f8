"""The page that is read aloud, before any browser: what it plays, when, and what it leaves as it was."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from lxml import etree
from lxml.etree import _Element

from converters.checks.parity import prove
from converters.convert import identify
from converters.document import Document, LanguageTag
from converters.errors import MissingPartError, ProofError
from converters.findings import Report
from converters.narration.frames import FRAME_SAMPLES, silent_frames
from converters.narration.model import AudioClip, AudioTrack, Casting, ChapterMark, Narration, Voice
from converters.readers import ReadContext, read
from converters.settings import Options
from converters.timing import Milliseconds
from converters.traverse import sentences
from converters.writers import WriteContext, Writer, writer_named
from tests.conftest import Context, ReadText, Run, section_of

RATE = 22_050
FRAMES = 4_000
SECOND = 1000
BOTH = ("html", "mp3")

Read = Callable[..., tuple[bytes, Document]]


def _narration(document: Document, folder: Path) -> Narration:
    """Two tracks, the conversation the second; each sentence takes one second, and half a second's rest."""
    sound = folder / "silence.mp3"
    sound.write_bytes(silent_frames(FRAMES, 48, RATE))
    tracks = tuple(AudioTrack(name, sound, Milliseconds(FRAMES), FRAMES, RATE) for name in ("start", "talk"))
    spoken = [sentence.id for sentence in sentences(section_of(document, "transcript"))]
    clips = tuple(
        AudioClip(node, "talk", Milliseconds(n * 1500), Milliseconds(n * 1500 + SECOND))
        for n, node in enumerate(spoken)
    )
    chapters = (
        ChapterMark("Start </script><b>", 1, "start", Milliseconds(0)),
        ChapterMark("1. Who", 2, "talk", Milliseconds(0)),
        ChapterMark("2. Why", 2, "talk", Milliseconds(3000)),
    )
    voice = Voice("v", LanguageTag("en"), "for tests")
    return Narration(tracks, clips, chapters, Casting(voice, ()), "")


@pytest.fixture
def page(read_text: ReadText, context: Context, sample: str, tmp_path: Path) -> Read:
    """The page of the sample, read aloud or silent, and the document."""

    def making(text: str = sample, formats: tuple[str, ...] = BOTH, *, silent: bool = False) -> tuple[bytes, Document]:
        document, _ = read_text(text)
        whole = _aloud(context(document, formats), None if silent else _narration(document, tmp_path))
        (artifact,) = writer_named("html").load()(document, whole)
        assert isinstance(artifact.content, bytes)
        return artifact.content, document

    return making


def _aloud(context: WriteContext, narration: Narration | None) -> WriteContext:
    return msgspec.structs.replace(context, narration=narration)


def _tree(page: bytes) -> _Element:
    return etree.fromstring(page, etree.HTMLParser(encoding="utf-8"))


def _times(page: bytes) -> dict[str, list[list[str | int]]]:
    (script,) = (one for one in _tree(page).iter("script") if one.get("type") == "application/json")
    times: dict[str, list[list[str | int]]] = json.loads(script.text or "")
    return times


def _section(page: bytes, identifier: str) -> bytes:
    (found,) = (one for one in _tree(page).iter("section") if one.get("id") == identifier)
    return etree.tostring(found)


def test_the_page_plays_the_file_beside_it_and_asks_for_nothing_else(page: Read) -> None:
    tree = _tree(page()[0])
    assert [(one.tag, one.get("src")) for one in tree.iter() if one.get("src")] == [("audio", "episode.mp3")]
    assert [one.get("href") for one in tree.iter("link")] == []


def test_each_sentence_has_its_time_in_the_one_file(page: Read) -> None:
    made, document = page()
    before = FRAMES * FRAME_SAMPLES * 1000 // RATE
    spoken = [sentence.id for sentence in sentences(section_of(document, "transcript"))]
    found = _times(made)["sentences"]
    assert [node for node, _, _ in found] == spoken
    for n, (_, begin, end) in enumerate(found):
        assert begin == pytest.approx(before + n * 1500, abs=1)
        assert int(end) - int(begin) == SECOND


def test_chapters_have_their_depth_and_no_title_ends_the_list_early(page: Read) -> None:
    found = _times(page()[0])["chapters"]
    assert [(title, depth) for title, depth, _, _ in found] == [
        ("Start </script><b>", 1),
        ("1. Who", 2),
        ("2. Why", 2),
    ]


def test_nothing_is_added_to_the_transcript(page: Read) -> None:
    assert _section(page()[0], "transcript") == _section(page(silent=True)[0], "transcript")


@pytest.mark.parametrize(("formats", "silent"), [(BOTH, True), (("html",), False), (("html", "epub"), False)])
def test_a_page_with_nothing_to_play_has_no_player(page: Read, formats: tuple[str, ...], *, silent: bool) -> None:
    made, _ = page(formats=formats, silent=silent)
    assert b"<audio" not in made
    assert b'id="tool-listen"' not in made
    assert b"Listen, find" not in made
    assert b'"application/json"' not in made


def test_buttons_for_exchanges_are_there_only_where_there_are_several(
    page: Read, read_text: ReadText, context: Context, sample: str, tmp_path: Path
) -> None:
    assert b'data-does="next"' in page()[0]
    document, _ = read_text(sample)
    whole = _narration(document, tmp_path)
    one = msgspec.structs.replace(whole, chapters=whole.chapters[:2])
    (artifact,) = writer_named("html").load()(document, _aloud(context(document, BOTH), one))
    assert isinstance(artifact.content, bytes)
    assert b'data-does="next"' not in artifact.content
    assert b'data-does="forward"' in artifact.content


def test_every_button_has_its_name_in_words_and_does_something(page: Read) -> None:
    made, _ = page()
    buttons = list(_tree(made).iter("button"))
    code = made.decode().rpartition("<script>")[2]
    for button in buttons:
        assert "".join(map(str, button.itertext())).strip()
        assert button.get("type") == "button"
        does = button.get("data-does")
        assert does is None or re.search(rf"\b{does}(?:\(\) {{|,|:|\])", code), does
    names = [button.get("data-does") or button.get("data-tool") for button in buttons]
    assert len(set(names)) == len(buttons)
    assert len([button for button in buttons if button.get("data-does")]) == 16


def test_the_player_speaks_the_language_of_its_words(page: Read) -> None:
    (player,) = (one for one in _tree(page()[0]).iter("section") if one.get("id") == "tools")
    assert player.get("lang") is None
    german = page(GERMAN)[0]
    assert "Ab hier abspielen" in german.decode()
    (player,) = (one for one in _tree(page(HEBREW)[0]).iter("section") if one.get("id") == "tools")
    assert (player.get("lang"), player.get("dir")) == ("en", "ltr")


def test_several_other_editions_are_one_stop(page: Read) -> None:
    def folded(made: bytes) -> list[str | None]:
        return [a.get("href") for one in _tree(made).iter("details") for a in one.iter("a")]

    several = ("html", "epub", "mp3", "txt")
    assert "episode.epub" in folded(page(formats=several)[0])
    assert "episode.epub" in folded(page(formats=several, silent=True)[0])
    assert "episode.epub" not in folded(page(formats=("html", "epub"), silent=True)[0])
    assert "episode.mp3" not in folded(page()[0])


def test_what_is_read_back_is_the_transcript_alone(page: Read) -> None:
    def back(made: bytes) -> Document:
        return identify(read(made, ReadContext("episode.html", Options(), Report())))

    assert back(page()[0]) == back(page(silent=True)[0])


def test_a_page_that_lacks_a_time_is_not_saved(page: Read, tmp_path: Path) -> None:
    made, document = page()
    narration = _narration(document, tmp_path)
    prove("html", made, document, narration)
    nodes = [clip.node for clip in narration.clips]
    lacking = made.replace(f'["{nodes[1]}",'.encode(), f'["{nodes[2]}",'.encode(), 1)
    with pytest.raises(ProofError, match=nodes[2]):
        prove("html", lacking, document, narration)


def test_a_page_whose_times_run_backward_is_not_saved(page: Read, tmp_path: Path) -> None:
    made, document = page()
    _, begin, end = _times(made)["sentences"][0]
    swapped = made.replace(f"{begin},{end}".encode(), f"{end},{begin}".encode(), 1)
    with pytest.raises(ProofError, match="transcript-t01-s1 is not heard or shown when it is said"):
        prove("html", swapped, document, _narration(document, tmp_path))


@pytest.mark.speech
def test_a_page_that_is_to_be_read_aloud_brings_its_sound(run: Run, source: Path, out: Path) -> None:
    made = run("convert", source, "-o", out, "--to", "html", "--read-aloud")
    assert made.code == 0, made.err
    assert "The mp3 edition is made too" in made.err
    folder = out / "backward-clock"
    assert (folder / "backward-clock.mp3").is_file()
    assert b'src="backward-clock.mp3"' in (folder / "backward-clock.html").read_bytes()


@pytest.mark.speech
def test_where_the_sound_cannot_be_made_the_page_is_silent(
    run: Run, source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Writer.load

    def load(writer: Writer) -> object:
        if writer.name == "mp3":
            raise MissingPartError("no encoder here")
        return real(writer)

    monkeypatch.setattr(Writer, "load", load)
    assert run("convert", source, "-o", out, "--to", "html,mp3").code == 6
    assert b"<audio" not in (out / "backward-clock" / "backward-clock.html").read_bytes()


GERMAN = """\
Die Brücke unten

INGE FALKE: Guten Abend. Wer hat denn die Brücke gebaut?

OTTO BRANDL: Wir alle zusammen, in einem einzigen Winter, und ohne einen Plan.

INGE FALKE: Und wer hat das alles bezahlt?

OTTO BRANDL: Niemand wollte Geld dafür haben.
"""

HEBREW = """\
הגשר

דנה לוי: שלום לכולם, מי בנה את הגשר הזה?

אורי כהן: בנינו אותו כולנו יחד בחורף אחד.

דנה לוי: ומי שילם על זה?

אורי כהן: אף אחד לא רצה כסף.
"""
