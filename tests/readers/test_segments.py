"""JSON of every program that writes who says what, and JSON that holds no speech."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.errors import SourceError
from converters.findings import Report
from converters.readers import ReadContext
from converters.readers.json_records import Json, loaded
from converters.readers.manuscript import Listed, Manuscript
from converters.readers.segments import segments_manuscript
from converters.settings import Limits, Options

Told = list[tuple[str | None, str, int | None]]


def context(limits: Limits | None = None) -> ReadContext:
    return ReadContext("episode.json", Options(limits=limits or Limits()), Report())


def read(value: Json, asked: ReadContext | None = None) -> Manuscript:
    asked = asked or context()
    return segments_manuscript(loaded(json.dumps(value), asked), asked)


def told(value: Json) -> Told:
    return [(p.label, p.text, p.moments[0].begin if p.moments else None) for p in read(value).pieces]


def findings(value: Json) -> list[str]:
    asked = context()
    read(value, asked)
    return [finding.text for finding in asked.report.findings]


def words(text: str, speaker: Json = None, begin: float = 0.0) -> list[Json]:
    """Half a second for each word."""
    return [
        {
            "word": word,
            "start": begin + place / 2,
            "end": begin + place / 2 + 0.4,
            **({} if speaker is None else {"speaker": speaker}),
        }
        for place, word in enumerate(text.split())
    ]


QUESTION, ANSWER = "Is it late up here?", "It is later than that, I think."

PODCASTING: Json = {"version": "1.0.0", "segments": [
    {"speaker": "Tamsin", "startTime": 0.5, "endTime": 2.0, "body": QUESTION},
    {"speaker": "Ignace", "startTime": 2.5, "endTime": 5.0, "body": ANSWER},
]}  # fmt: skip
BARE: Json = [
    {"speaker": "Tamsin", "text": QUESTION, "start": "00:00:00.5"},
    {"speaker": "Ignace", "text": ANSWER, "start": "00:00:02.5"},
]  # fmt: skip
OTHER_KEYS: Json = {"beitraege": [
    {"sprecher": "Tamsin", "zeit": "00:00:00,500", "wortlaut": QUESTION},
    {"sprecher": "Ignace", "zeit": "00:00:02,500", "wortlaut": ANSWER},
]}  # fmt: skip
NESTED: Json = {"data": {"items": [
    {"speaker": {"id": 7, "name": "Tamsin"}, "content": QUESTION, "offset": 0.5},
    {"speaker": {"id": 8, "name": "Ignace"}, "content": ANSWER, "offset": 2.5},
]}}  # fmt: skip
EVERY_WORD = [*words(QUESTION, "Tamsin", 0.5), *words(ANSWER, "Ignace", 2.5)]
UTTERANCES: Json = {"text": f"{QUESTION} {ANSWER}", "words": EVERY_WORD, "utterances": [
    {"speaker": "Tamsin", "text": QUESTION, "start": 500, "end": 2000},
    {"speaker": "Ignace", "text": ANSWER, "start": 2500, "end": 6000},
]}  # fmt: skip
PARAGRAPHS: Json = {"results": {"channels": [{"alternatives": [{
    "transcript": f"{QUESTION} {ANSWER}",
    "words": [*words(QUESTION.lower(), 0, 0.5), *words(ANSWER.lower(), 1, 2.5)],
    "paragraphs": {"transcript": f"\nSpeaker 0: {QUESTION}\n\nSpeaker 1: {ANSWER}", "paragraphs": [
        {"speaker": "Tamsin", "start": 0.5, "end": 2.0, "sentences": [{"text": QUESTION, "start": 0.5, "end": 2.0}]},
        {"speaker": "Ignace", "start": 2.5, "end": 6.0, "sentences": [{"text": ANSWER, "start": 2.5, "end": 6.0}]},
    ]},
}]}]}}  # fmt: skip
PHRASES: Json = {"recognizedPhrases": [
    {"speaker": "Tamsin", "offset": "PT0.5S", "nBest": [{"display": QUESTION, "lexical": "is it late up here"}]},
    {"speaker": "Ignace", "offset": "PT2.5S", "nBest": [{"display": ANSWER, "lexical": "it is later than that"}]},
]}  # fmt: skip
COLUMNS: Json = {
    "speaker": {"0": "Tamsin", "1": "Ignace"},
    "start": {"0": 0.5, "1": 2.5},
    "text": {"0": QUESTION, "1": ANSWER},
}
ROWS: Json = [["speaker", "start", "text"], ["Tamsin", "0.5", QUESTION], ["Ignace", "2.5", ANSWER]]


@pytest.mark.parametrize(
    "value",
    [PODCASTING, BARE, OTHER_KEYS, NESTED, UTTERANCES, PARAGRAPHS, PHRASES, COLUMNS, ROWS],
    ids=[
        "podcasting",
        "bare",
        "other keys",
        "nested",
        "utterances",
        "paragraphs",
        "phrases",
        "columns",
        "rows",
    ],
)
def test_utterances_are_found_in_every_nesting(value: Json) -> None:
    assert told(value) == [("Tamsin", QUESTION, 500), ("Ignace", ANSWER, 2500)]


def test_objects_under_keys_are_a_list() -> None:
    value: Json = {f"u{n}": {"speaker": "AB"[n % 2], "text": f"{QUESTION} {n}"} for n in range(9)}
    assert told(value)[:2] == [("A", f"{QUESTION} 0", None), ("B", f"{QUESTION} 1", None)]


def test_segments_without_speakers_are_nobodys() -> None:
    value: Json = {"text": f" {QUESTION} {ANSWER}", "language": "en", "segments": [
        {"id": 0, "seek": 0, "start": 0.0, "end": 2.0, "text": f" {QUESTION}", "tokens": [1, 2]},
        {"id": 1, "seek": 0, "start": 2.5, "end": 5.0, "text": f" {ANSWER}", "tokens": [3]},
    ]}  # fmt: skip
    assert told(value) == [(None, QUESTION, 0), (None, ANSWER, 2500)]
    assert read(value).facts.language == "en"
    assert not findings(value)


def test_words_that_stand_twice_are_read_once_and_give_their_times() -> None:
    every: list[Json] = words(QUESTION, "S0", 0.5)
    segment: Json = {"start": 0.5, "end": 3.0, "text": f" {QUESTION}", "speaker": "S0", "words": every}
    value: Json = {"segments": [segment], "word_segments": every}
    (piece,) = read(value).pieces
    assert (piece.label, piece.text) == ("S0", QUESTION)
    assert [(m.offset, m.begin, m.end) for m in piece.moments][:3] == [(0, 500, 900), (3, 1000, 1400), (6, 1500, 1900)]


def test_a_segment_is_cut_where_another_speaker_begins_inside_it() -> None:
    inner = [*words("Is it late?", "S0", 0.5), *words("It is.", "S1", 3.0)]
    inner[1] = {"word": "it"}  # a word that could not be aligned
    value: Json = {
        "segments": [{"start": 0.5, "end": 4.0, "text": " Is it late? It is.", "speaker": "S0", "words": inner}]
    }
    assert told(value) == [("S0", "Is it late?", 500), ("S1", "It is.", 3000)]


def test_words_one_by_one_are_joined() -> None:
    value: Json = {"version": "1.0.0", "segments": [
        {"speaker": speaker, "startTime": place, "endTime": place + 0.5, "body": word}
        for place, (speaker, word) in enumerate([("A", "Is"), ("A", "it?"), ("B", "It"), ("B", "is."), ("A", "Hm.")])
    ]}  # fmt: skip
    assert told(value) == [("A", "Is it?", 0), ("B", "It is.", 2000), ("A", "Hm.", 4000)]
    assert {piece.form for piece in read(value).pieces} == {"cue"}


def test_marks_of_their_own_are_joined_as_their_program_means_them() -> None:
    pronunciation = [
        ("A", "0.1", "Well"),
        ("A", None, ","),
        ("A", "0.5", "no"),
        ("A", None, "."),
        ("B", "1.5", "Oh"),
        ("B", None, "!"),
    ]
    items: list[Json] = [
        {
            "alternatives": [{"content": content, "confidence": "1"}],
            "speaker_label": who,
            **({"start_time": begin} if begin else {}),
        }
        for who, begin, content in pronunciation
    ]
    assert told({"results": {"items": items}}) == [("A", "Well, no.", 100), ("B", "Oh!", 1500)]
    french: list[Json] = [
        {"speaker": "A", "startTime": place, "body": body}
        for place, body in enumerate("Bon, c’est « la pendule » ?".split())
    ]
    assert told({"segments": french}) == [("A", "Bon, c’est « la pendule » ?", 0)]
    values = [("Well", 0.1), (",", None), (" ", None), ("no", 0.5), (".", None), (" ", None), ("<laugh>", None)]
    elements: list[Json] = [{"value": value, **({"ts": ts} if ts else {})} for value, ts in values]
    assert told({"monologues": [{"speaker": 0, "elements": elements}]}) == [("0", "Well, no. [laugh]", 100)]


def test_han_characters_one_by_one_are_joined_without_spaces() -> None:
    value: Json = [{"speaker": "甲", "start": place / 4, "text": one} for place, one in enumerate("現在是九點。")]
    assert told(value) == [("甲", "現在是九點。", 0)]


def test_who_speaks_may_stand_in_a_list_of_its_own() -> None:
    items: list[Json] = [
        {"start_time": begin, "end_time": begin, "alternatives": [{"content": word}]}
        for begin, word in [("0.1", "Is"), ("0.5", "it"), ("1.5", "Yes"), ("2.0", "Now")]
    ]
    spans: list[Json] = [
        {"start_time": "0.0", "end_time": "1.0", "speaker_label": "spk_0"},
        {"start_time": "1.4", "end_time": "1.9", "speaker_label": "spk_1"},
        {"start_time": "1.9", "end_time": "3.0", "speaker_label": "spk_0"},
    ]
    value: Json = {"results": {"speaker_labels": {"speakers": 2, "segments": spans}, "items": items}}
    assert told(value) == [("spk_0", "Is it", 100), ("spk_1", "Yes", 1500), ("spk_0", "Now", 2000)]


def test_of_several_guesses_the_first_is_read_and_the_others_accounted_for() -> None:
    every: list[Json] = [{"word": w, "startTime": f"{n}.5s", "speakerTag": 1} for n, w in enumerate(QUESTION.split())]
    guesses: Json = [{"transcript": QUESTION, "words": every}, {"transcript": "Is it slate up here?"}]
    value: Json = {"results": [{"alternatives": guesses}]}
    assert told(value) == [("1", QUESTION, 500)]
    assert any("Other guesses at the same words: “Is it slate up here?”" in text for text in findings(value))


def test_a_last_list_that_repeats_all_with_speakers_replaces_them() -> None:
    plain: Json = {"alternatives": [{"words": words(QUESTION)}]}
    named: Json = {"alternatives": [{"words": words(QUESTION, 2)}]}
    assert told({"results": [plain, named]}) == [("2", QUESTION, 0)]


@pytest.mark.parametrize(
    "people",
    [
        {
            "speakers": [
                {"id": 0, "name": "Tamsin Orrelby", "role": "host"},
                {"id": 1, "name": "Ignace Fellowdale", "role": "Winder"},
            ]
        },
        {"speakers": {"0": "Tamsin Orrelby", "1": "Ignace Fellowdale"}},
        {"speakers": {"0": {"name": "Tamsin Orrelby"}, "1": {"name": "Ignace Fellowdale"}}},
    ],
)
def test_ids_are_resolved_through_a_list_in_the_file(people: dict[str, Json]) -> None:
    value: Json = {**people, "utterances": [{"speakerId": 0, "text": QUESTION}, {"speakerId": 1, "text": ANSWER}]}
    assert [label for label, _, _ in told(value)] == ["0", "1"]
    assert [(one.name, one.label) for one in read(value).facts.people] == [
        ("Tamsin Orrelby", "0"),
        ("Ignace Fellowdale", "1"),
    ]


def test_roles_are_parts_and_other_remarks_descriptions() -> None:
    people: Json = [
        {"id": "a", "name": "Tamsin", "role": "host"},
        {"id": "b", "name": "Ignace", "role": "Spring winder"},
    ]
    value: Json = {"speakers": people, "turns": [{"speaker": "a", "text": QUESTION}, {"speaker": "b", "text": ANSWER}]}
    assert read(value).facts.people == (
        Listed("Tamsin", None, "host", "a"),
        Listed("Ignace", "Spring winder", None, "b"),
    )


def test_facts_of_the_episode_are_found_beside_the_speech() -> None:
    episode: Json = {
        "title": "Seven Clocks",
        "published": "2024-05-03",
        "language": "en-GB",
        "audio": "https://m.example/7.mp3",
    }
    facts = read({"episode": episode, "podcast": {"title": "The Mended Hour"}, "transcript": BARE}).facts
    assert (facts.title, facts.show, facts.language) == ("Seven Clocks", "The Mended Hour", "en-GB")
    assert (facts.recording, str(facts.published)) == ("https://m.example/7.mp3", "2024-05-03")


def test_all_other_words_are_accounted_for() -> None:
    value: Json = {"segments": BARE, "summary": "Two menders on lost time.", "chapters": [{"gist": "A tower at night"}],
                   "status": "completed", "id": "7c1e0b1a-0001"}  # fmt: skip
    found = "\n".join(findings(value))
    for lost in ("Two menders on lost time.", "A tower at night", "status: completed"):
        assert lost in found
    assert "7c1e0b1a" not in found
    assert QUESTION not in found


def test_one_text_alone_is_paragraphs() -> None:
    manuscript = read({"text": "Tamsin: Is it late?\nIgnace: It is."})
    assert [(p.form, p.text) for p in manuscript.pieces] == [
        ("prose", "Tamsin: Is it late?"),
        ("prose", "Ignace: It is."),
    ]
    assert not manuscript.speech_only


def test_lines_inside_a_text_are_pieces_of_their_own() -> None:
    long = "Is it later than it was when we came up all of these stairs in the dark tonight?"
    value: Json = [{"speaker": "A", "text": f"{long}\nIs it?", "start": 0}, {"speaker": "B", "text": long, "start": 9}]
    assert [(label, text) for label, text, _ in told(value)] == [("A", long), ("A", "Is it?"), ("B", long)]
    assert {piece.form for piece in read(value).pieces} == {"row"}


def test_what_programs_get_wrong_in_json_is_forgiven() -> None:
    for text in (
        '{"segments":[{"text":"Is it?","start":0.0,"score":NaN},{"text":"It is.","start":1.5}]}',
        '{"text":"Is it?","start":0.0}\n{"text":"It is.","start":1.5}\n',
        '[{"text":"Is\n it?","start":0.0},{"text":"It is.","start":1.5}]',
    ):
        pieces = segments_manuscript(loaded(text, context()), context()).pieces
        assert " ".join(piece.text for piece in pieces) == "Is it? It is."


def test_characters_that_no_text_can_hold_are_dropped() -> None:
    text = '[{"speaker":"A\\u0000","text":"Is\\u0007 it\\ud800?"},{"speaker":"B","text":"It is."}]'
    assert segments_manuscript(loaded(text, context()), context()).pieces[0].text == "Is it?"


@pytest.mark.parametrize(
    "value",
    [{}, [], 3, "hello", {"segments": []}, {"name": "curbcut", "version": 2, "files": ["a", "b"]},
     {"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Opening"}, {"startTime": 168, "title": "Clocks"}]}],
)  # fmt: skip
def test_data_without_speech_is_refused_with_what_is_read(value: Json) -> None:
    with pytest.raises(SourceError, match=r"^episode.json: no speech is in this JSON. Curbcut reads lists of records"):
        read(value)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"a":' * 300 + "1" + "}" * 300, "[" + "1," * 5_000_000 + "1]", "[" + "{}," * 1_000_000 + "{}]",
     '{"a": [1, 2', json.dumps({"text": "a b " * 2_000_000}), json.dumps({f"k{n}": "v" for n in range(200_000)})],
    ids=["deep", "deeper than the limit", "values", "objects", "broken", "words", "names"],
)  # fmt: skip
def test_hostile_data_is_refused_at_once(text: str) -> None:
    with pytest.raises(SourceError, match=r"^episode.json: [^\n]+\.$"):
        segments_manuscript(loaded(text, context()), context())


def test_a_word_of_the_data_that_names_a_field_is_a_word() -> None:
    value: Json = [{"speaker": "A", "text": "speaker", "start": 0.5}, {"speaker": "B", "text": "text", "start": 1.0}]
    assert [text for _, text, _ in told(value)] == ["speaker", "text"]


KEYS = st.sampled_from(
    ["text", "speaker", "start", "end", "words", "word", "segments", "alternatives", "id", "name", "0", "1"]
)
VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5000)
    | st.floats(0, 90)
    | st.sampled_from(["A", "hello you", "", "0:01", " "])
)
DATA = st.recursive(
    VALUES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=30
)


@given(DATA)
def test_whatever_the_data_they_are_read_or_refused(value: Json) -> None:
    with contextlib.suppress(SourceError):
        assert read(value).pieces
