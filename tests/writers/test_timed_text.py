"""Captions, transcript and chapters on both timelines: their names, their notes, their words, their times."""

import html
import io
import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest
import webvtt

from converters.checks.parity import prove
from converters.checks.reading_back.cues import bare_letters
from converters.checks.reading_back.cues import cues as read_back
from converters.document import Document, Sound
from converters.errors import MissingPartError, ProofError
from converters.narration.model import Narration
from converters.settings import Show
from converters.writers import WriteContext, writer_named
from converters.writers.timed import sound_text

Written = tuple[dict[str, str], WriteContext]
Write = Callable[..., Written]

TIMED = {
    "vtt": "episode.vtt",
    "srt": "episode.srt",
    "podcast-json": "episode.transcript.json",
    "chapters-json": "episode.chapters.json",
}
FIRST_TRACK = 10_005
PODCAST = "{https://podcastindex.org/namespace/1.0}"


def cues(text: str, kind: str = "vtt") -> list[webvtt.Caption]:
    return list(webvtt.WebVTT.from_buffer(io.StringIO(text), format=kind).captions)


def loaded(text: str) -> Any:
    return json.loads(text)


@pytest.mark.parametrize("name", ["vtt", "srt"])
def test_captions_are_read_back_as_anothers_parser_reads_them(name: str, timed: Document, write: Write) -> None:
    (text,) = write(timed, name)[0].values()
    ours = [(one.letters, one.begin, one.end, one.id) for one in read_back(text, name)]
    theirs = [
        (
            bare_letters(html.unescape(one.text)), one.start_time.in_milliseconds(), one.end_time.in_milliseconds(),
            one.identifier,
        )
        for one in cues(text, name)
    ]  # fmt: skip
    assert len(ours) > 0
    assert ours == theirs


@pytest.mark.parametrize("name", TIMED)
def test_with_times_of_its_source_a_file_has_the_plain_name(name: str, timed: Document, write: Write) -> None:
    assert next(iter(write(timed, name)[0])) == TIMED[name]


@pytest.mark.parametrize("name", TIMED)
def test_in_step_with_a_narration_its_name_says_so(
    name: str, episode: Document, narration: Narration, write: Write
) -> None:
    assert next(iter(write(episode, name, narration)[0])) == TIMED[name].replace("episode", "episode-narration")


@pytest.mark.parametrize("name", TIMED)
def test_times_of_the_recording_win_over_a_narration(
    name: str, timed: Document, narration: Narration, write: Write
) -> None:
    assert write(timed, name, narration)[0] == write(timed, name)[0]


@pytest.mark.parametrize("name", TIMED)
def test_without_any_times_it_cannot_be_made_and_says_what_to_do(name: str, episode: Document, write: Write) -> None:
    with pytest.raises(MissingPartError, match="Add mp3 to --to, or --read-aloud"):
        write(episode, name)


@pytest.mark.parametrize("name", TIMED)
def test_every_file_is_proved(
    name: str, episode: Document, timed: Document, narration: Narration, write: Write
) -> None:
    for document, spoken in ((timed, None), (episode, narration)):
        content = next(iter(write(document, name, spoken)[0].values())).encode()
        prove(name, content, document, spoken)


# WebVTT ---------------------------------------------------------------------------------


def test_captions_say_what_they_are_and_whose_times_they_have(
    episode: Document, timed: Document, narration: Narration, write: Write
) -> None:
    (recorded,) = write(timed, "vtt")[0].values()
    (narrated,) = write(episode, "vtt", narration)[0].values()
    assert recorded.startswith(
        "WEBVTT\n\nNOTE\nTitle: A Ramp for the Library\nShow: The Corner\nLanguage: en\n\nNOTE\n"
    )
    assert "NOTE\nThe times are those of the show’s own recording.\n" in recorded
    assert "They do not fit the show’s own recording or video.\n" in narrated


def test_a_cue_has_its_sentences_id_and_times(episode: Document, narration: Narration, write: Write) -> None:
    (text,) = write(episode, "vtt", narration)[0].values()
    by_id = {str(cue.identifier): cue for cue in cues(text)}
    offsets = {clip.node: FIRST_TRACK if clip.track == "02-rest" else 0 for clip in narration.clips}
    for clip in narration.clips:
        assert abs(by_id[clip.node].start_time.in_milliseconds() - clip.begin - offsets[clip.node]) <= 1
    (clip,) = (clip for clip in narration.clips if clip.node == "transcript-t02-s2")
    further = [identifier for identifier in by_id if identifier.startswith(f"{clip.node}-c")]
    assert further == [f"{clip.node}-c{number}" for number in range(2, 2 + len(further))]
    assert further
    assert abs(by_id[further[-1]].end_time.in_milliseconds() - clip.end - FIRST_TRACK) <= 1


def test_a_voice_is_given_throughout_and_its_name_is_seen_where_it_begins(timed: Document, write: Write) -> None:
    (text,) = write(timed, "vtt")[0].values()
    said = {cue.identifier: cue.raw_text for cue in cues(text)}
    assert said["transcript-t01-s1"] == "<v Ann Lee>Ann Lee: Welcome to the show."
    assert said["transcript-t01-s2"] == "<v Ann Lee>Who built the ramp?"
    assert said["transcript-t02-s1"] == "<v Bo Ruiz>Bo Ruiz: We all did."
    assert said["transcript-t04-s1"] == "<v Bo Ruiz><lang es>Bo Ruiz: Nadie.</lang>"
    assert said["transcript-t05-s1"] == "That is true."
    assert "a hammer &amp; a nail." in text


def test_a_sound_is_a_cue_of_its_own_in_lower_case_and_brackets(timed: Document, write: Write) -> None:
    (text,) = write(timed, "vtt")[0].values()
    assert [cue.raw_text for cue in cues(text) if cue.identifier == "transcript-x01"] == ["[laughter]"]


def test_what_a_narrator_reads_is_said_to_be_a_narrators(
    episode: Document, timed: Document, narration: Narration, write: Write
) -> None:
    (narrated,) = write(episode, "vtt", narration)[0].values()
    said = {cue.identifier: cue.raw_text for cue in cues(narrated)}
    assert said["summary-p01-s1"] == "<v Narrator>Narrator: Two neighbours talk."
    assert said["closing-p01-s1"] == "<v Narrator>Narrator: Write to us."
    (recorded,) = write(timed, "vtt")[0].values()
    assert "Two neighbours" not in recorded


@pytest.mark.parametrize(
    ("printed", "language", "shown"),
    [
        ("(LAUGHTER)", "en", "[laughter]"),
        ("[Applause.]", "en", "[applause]"),
        ("MUSIC: The Blue Danube", "en", "[music: The Blue Danube]"),
        ("[ANN LEE LAUGHS]", "en", "[Ann Lee laughs]"),
        ("[Ann laughs]", "en", "[Ann laughs]"),
        ("[BBC theme plays]", "en", "[BBC theme plays]"),
        ("(Gelächter)", "de", "[Gelächter]"),
        ("♪ Row, row, row your boat ♪", "en", "♪ Row, row, row your boat ♪"),
        ("（笑）", "ja", "[笑]"),
    ],
)
def test_sounds_are_told_as_captions_tell_them(printed: str, language: str, shown: str) -> None:
    assert sound_text(Sound(printed), language, frozenset({"Ann", "Lee"})) == shown


# SubRip -----------------------------------------------------------------------------------


def test_subrip_is_numbered_and_names_who_begins_to_speak(timed: Document, write: Write) -> None:
    (text,) = write(timed, "srt")[0].values()
    assert text.startswith("1\n00:00:10,000 --> 00:00:12,000\nAnn Lee: Welcome to the show.\n\n2\n00:00:12,500 --> ")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\r" not in text
    assert [cue.text for cue in cues(text, "srt")][:3] == [
        "Ann Lee: Welcome to the show.", "Who built the ramp?", "Bo Ruiz: We all did.",
    ]  # fmt: skip


def test_subrip_holds_nothing_that_a_player_takes_for_a_tag(episode: Document, write: Write, timed: Document) -> None:
    del episode
    talk = timed.sections[1]
    noisy = msgspec.structs.replace(talk, blocks=(*talk.blocks, Sound(r"<font> {\an8} a < b 00:00:01,000 --> x")))
    (text,) = write(msgspec.structs.replace(timed, sections=(noisy,)), "srt")[0].values()
    assert "<font>" not in text
    assert r"{\an8}" not in text
    assert "‹font›" in text
    assert "a < b" in text
    assert len(cues(text, "srt")) == text.count("-->")


# Podcasting 2.0 ------------------------------------------------------------------------------


def test_the_transcript_has_a_segment_a_sentence(timed: Document, write: Write) -> None:
    found = loaded(write(timed, "podcast-json")[0]["episode.transcript.json"])
    assert found["version"] == "1.0.0"
    assert found["segments"][0] == {
        "startTime": 10.0, "endTime": 12.0, "body": "Welcome to the show.", "speaker": "Ann Lee",
    }  # fmt: skip
    assert [one["body"] for one in found["segments"] if "speaker" not in one] == ["[laughter]", "That is true."]


def test_chapters_of_a_narration_are_those_of_the_mp3(episode: Document, narration: Narration, write: Write) -> None:
    found = loaded(
        write(episode, "chapters-json", narration, ("mp3", "chapters-json"))[0]["episode-narration.chapters.json"]
    )
    assert (found["version"], found["title"], found["podcastName"]) == ("1.2.0", "A Ramp for the Library", "The Corner")
    assert found["fileName"] == "episode.mp3"
    assert [one["title"] for one in found["chapters"]] == ["Title and voices", "Summary", "Transcript", "Closing"]
    assert found["chapters"][2]["startTime"] == 10.505


def test_chapters_of_a_recording_begin_where_its_exchanges_do(timed: Document, write: Write) -> None:
    found = loaded(write(timed, "chapters-json")[0]["episode.chapters.json"])
    first, second = found["chapters"]
    assert first["title"] == "1. Ann Lee, Bo Ruiz: Who built the ramp?"
    assert first["startTime"] == 10.0
    assert second["title"] == "2. Ann Lee, Bo Ruiz: And who paid for it?"
    assert first["endTime"] == second["startTime"]
    assert "fileName" not in found


# the lines for the feed ---------------------------------------------------------------------------


def links(text: str) -> dict[str, dict[str, str]]:
    return {str(one.get("url")): one.attrib for one in ET.fromstring(text)}  # noqa: S314 - we wrote it


EVERY = ("html", "vtt", "srt", "podcast-json", "chapters-json")


def test_the_lines_for_the_feed_lead_to_all_that_fits_the_recording(timed: Document, write: Write) -> None:
    found = links(write(timed, "podcast-json", None, EVERY)[0]["episode.rss.xml"])
    assert list(found) == [
        "episode.vtt", "episode.srt", "episode.transcript.json", "episode.html", "episode.chapters.json",
    ]  # fmt: skip
    assert found["episode.vtt"] == {"url": "episode.vtt", "type": "text/vtt", "language": "en", "rel": "captions"}
    assert "rel" not in found["episode.html"]
    assert found["episode.chapters.json"]["type"] == "application/json+chapters"


def test_nothing_in_step_with_a_narration_is_offered_for_the_feed(
    episode: Document, narration: Narration, write: Write
) -> None:
    assert list(links(write(episode, "podcast-json", narration, EVERY)[0]["episode.rss.xml"])) == ["episode.html"]
    assert list(write(episode, "podcast-json", narration)[0]) == ["episode-narration.transcript.json"]


def test_with_the_shows_address_the_lines_are_ready(timed: Document, context: Any) -> None:
    told = context(timed, EVERY)
    options = msgspec.structs.replace(told.options, show=Show(url="https://corner.example/a&b"))
    _, feed = writer_named("podcast-json").load()(timed, msgspec.structs.replace(told, options=options))
    assert isinstance(feed.content, bytes)
    assert "https://corner.example/a&b/episode/episode.vtt" in links(feed.content.decode())


# what the proof refuses -----------------------------------------------------------------------------

FAULTS: dict[str, Callable[[str], str]] = {
    "a word changed": lambda text: text.replace("winter", "summer"),
    "a name changed": lambda text: text.replace("<v Bo Ruiz>", "<v Ann Lee>", 1).replace('"Bo Ruiz"', '"Ann Lee"', 1),
    "a sentence lost": lambda text: text.replace("Who built the ramp?", ""),
    "a time that runs backward": lambda text: text.replace("00:00:10.000 -->", "00:59:10.000 -->").replace(
        '"startTime": 10.0', '"startTime": 3550.0'
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", ["vtt", "podcast-json"])
def test_a_file_with_a_fault_is_refused(name: str, fault: str, timed: Document, write: Write) -> None:
    text = next(iter(write(timed, name)[0].values()))
    spoiled = FAULTS[fault](text)
    assert spoiled != text
    with pytest.raises(ProofError, match=name):
        prove(name, spoiled.encode(), timed, None)


@pytest.mark.parametrize(
    ("old", "new"),
    [("winter", "summer"), ("Bo Ruiz: We", "Ann Lee: We"), ("Who built the ramp?", "-"), ("10,000 -->", "59,000 -->")],
)
def test_subrip_with_a_fault_is_refused(old: str, new: str, timed: Document, write: Write) -> None:
    (text,) = write(timed, "srt")[0].values()
    assert old in text
    with pytest.raises(ProofError, match="srt"):
        prove("srt", text.replace(old, new, 1).encode(), timed, None)


def test_captions_out_of_step_with_the_clips_are_refused(episode: Document, narration: Narration, write: Write) -> None:
    (text,) = write(episode, "vtt", narration)[0].values()
    late = msgspec.structs.replace(narration, clips=(*narration.clips[:-1], shifted(narration)))
    with pytest.raises(ProofError, match="closing-p01-s1 is not heard or shown when it is said"):
        prove("vtt", text.encode(), episode, late)


def shifted(narration: Narration) -> Any:
    last = narration.clips[-1]
    return msgspec.structs.replace(last, begin=last.begin + 100, end=last.end + 100)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"endTime": 29.8', '"endTime": 1.0'),
        ("1. Ann Lee, Bo Ruiz: Who built the ramp?", " "),
        ('"startTime": 10.0', '"startTime": 28.5'),
    ],
)
def test_chapters_with_a_fault_are_refused(old: str, new: str, timed: Document, write: Write) -> None:
    text = write(timed, "chapters-json")[0]["episode.chapters.json"]
    assert old in text
    with pytest.raises(ProofError, match="chapters-json"):
        prove("chapters-json", text.replace(old, new, 1).encode(), timed, None)
