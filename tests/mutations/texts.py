"""Damage to plain text, to the model and to timed text."""

import re

from .episode import AFTER, BEFORE, LATE
from .planting import both, cut, damage, gone, moved, other_encoding, swap, words, written

ID = "transcript-t06-s2"
TURN = "transcript-t06 is not under the name of who says it"

TEXT = (
    damage("a sentence dropped", written(words(f" {LATE}", "")), "parity", f"{ID} is missing"),
    damage("a sentence doubled", written(words(LATE, f"{LATE} {LATE}")), "parity", f"{ID} is there twice"),
    damage(
        "a sentence swapped with the next",
        written(words(f"{BEFORE} {LATE}", f"{LATE} {BEFORE}")),
        "parity",
        "is out of order",
        "transcript-t06-s",
    ),
    damage(
        "a sentence moved to another chapter",
        written(moved(f" {LATE}", "nobody is late?")),
        "parity",
        f"{ID} is out of order",
    ),
    damage(
        "a turn given to another",
        written(words(f"Ignace Fellowdale: {BEFORE}", f"Wilhelmina Dunnock: {BEFORE}")),
        "parity",
        TURN,
    ),
    damage("a name taken away", written(words(f"Ignace Fellowdale: {BEFORE}", BEFORE)), "parity", TURN),
    damage("a word altered", written(words("no more wrong", "no less wrong")), "parity", f"{ID} reads otherwise"),
    damage("words of nobody", written(words(LATE, f"{LATE} I never said so.")), "parity", f"{ID} reads otherwise"),
    damage("a note lost", written(swap(r"He said this on the radio[^\n]*\n", "")), "parity", "note-1-s1 is missing"),
    damage(
        "the title removed", written(swap(r"^The Clock in the Harbour\n", "")), "title-lost", "The Clock in the Harbour"
    ),
    damage(
        "a heading lost",
        written(words("3. Tamsin Orrelby, Ignace Fellowdale\n", "")),
        "heading-lost",
        "transcript-t05-exchange",
    ),
    damage("the heading of a part lost", written(words("\nAfter the talk\n", "\n")), "heading-lost", "after-the-talk"),
    damage("the language removed", written(words("Language of the transcript: en\n", "")), "language-lost", "en"),
    damage("another encoding", other_encoding, "encoding", "no UTF-8", "line"),
    damage("the file cut in half", cut, "parity", "missing"),
    damage("the file missing", gone, "missing", "tide.txt"),
)

_SENTENCE = (
    r'\{\s*"type": "sentence",\s*"inlines": \[\s*\{\s*"type": "text",\s*"value": "%s"\s*\}\s*\],\s*"id": "[^"]*"\s*\}'
)
_ONE, _TWO = (_SENTENCE % re.escape(one) for one in (BEFORE, LATE))
MODEL = (
    damage("a sentence dropped", written(swap(rf",\s*{_TWO}", "")), "parity", f"{ID} is missing"),
    damage("a sentence doubled", written(swap(f"({_TWO})", r"\1,\1")), "parity", f"{ID} is there twice"),
    damage(
        "a sentence swapped with the next",
        written(swap(rf"({_ONE})(,\s*)({_TWO})", r"\3\2\1")),
        "parity",
        "is out of order",
    ),
    damage("a word altered", written(words("no more wrong", "no less wrong")), "parity", f"{ID} reads otherwise"),
    damage(
        "a turn given to another",
        written(
            swap(
                r'("people": \[\s*")ignace-fellowdale("\s*\],\s*"label": "[^"]*",\s*"id": "transcript-t06")',
                r"\1wilhelmina-dunnock\2",
            )
        ),
        "parity",
        TURN,
    ),
    damage(
        "a name taken away",
        written(swap('"name": "Ignace Fellowdale"', '"name": "Ignace"')),
        "model-differs",
        "ignace-fellowdale",
        "Ignace Fellowdale",
    ),
    damage("an id renamed", written(words(f'"{ID}"', '"other"')), "parity", f"{ID} is missing"),
    damage("the title removed", written(swap(r'"title": "[^"]*",\s*', "")), "title-lost", "The Clock in the Harbour"),
    damage(
        "the language removed", written(swap(r'("title": "[^"]*",\s*)"language": "en",', r"\1")), "language-lost", "en"
    ),
    damage(
        "the language of a passage removed",
        written(words('"language": "es"', '"language": "en"')),
        "model-differs",
        "es",
    ),
    damage(
        "a link leading nowhere",
        written(words("https://harbour.example/office", "https://nowhere.example/")),
        "model-differs",
        "https://nowhere.example/",
    ),
    damage(
        "a note lost", written(swap(r'"notes": \[.*?\n \](?=,?\n)', '"notes": []')), "parity", "note-1-s1 is missing"
    ),
    damage(
        "what somebody does changed",
        written(words('"part": "host"', '"part": "guest"')),
        "model-differs",
        "host",
        "tamsin-orrelby",
    ),
    damage(
        "a heading altered",
        written(words('"value": "After the talk"', '"value": "Later"')),
        "model-differs",
        "After the talk",
    ),
    damage("another encoding", other_encoding, "encoding", "no UTF-8"),
    damage("the file cut in half", cut, "parity", "cannot be read"),
)

# timed text -------------------------------------------------------------------------------------

_CUE = rf"{ID}\n.*?wall\.\n\n"
CAPTIONS = (
    damage("a sentence dropped", written(swap(_CUE, "")), "parity", f"{ID}"),
    damage("a sentence doubled", written(swap(f"({_CUE})", r"\1\1")), "parity", f"{ID}"),
    damage(
        "a sentence swapped with the next",
        written(
            swap(r"(It is no more wrong\nthan a stopped one on the wall\.)(.*?)(We built one.*?flood\.)", r"\3\2\1")
        ),
        "parity",
        "transcript-t06-s3 reads otherwise",
        "1 more",
    ),
    damage("a sentence moved to another chapter", written(moved(_CUE, r"WEBVTT\n.*?0\.1\.0\n\n")), "parity", ID),
    damage(
        "a turn given to another",
        written(words("<v Ignace Fellowdale>It is", "<v Wilhelmina Dunnock>It is")),
        "parity",
        "transcript-t06",
    ),
    damage("a name taken away", written(words("<v Ignace Fellowdale>It is", "It is")), "parity", "transcript-t06"),
    damage("a word altered", written(words("no more wrong", "no less wrong")), "parity", ID),
    damage(
        "a cue shifted by 2 s",
        written(words("00:00:25.000 --> 00:00:28.500", "00:00:27.000 --> 00:00:30.500")),
        "parity",
        ID,
    ),
    damage("an id renamed", written(words(f"{ID}\n", "other\n")), "parity", ID),
    damage(
        "the title removed",
        written(words("Title: The Clock in the Harbour\n", "")),
        "title-lost",
        "The Clock in the Harbour",
    ),
    damage("the language removed", written(words("Language: en\n", "")), "language-lost", "en"),
    damage("another encoding", other_encoding, "encoding", "no UTF-8"),
    damage("the file cut in half", cut, "parity", "missing"),
    damage("the file missing", gone, "missing", "talk.vtt"),
)

_NUMBERED = r"9\n00:00:25,000.*?wall\.\n\n"
SUBRIP = (
    damage("a sentence dropped", written(swap(_NUMBERED, "")), "parity", ID),
    damage("a sentence doubled", written(swap(f"({_NUMBERED})", r"\1\1")), "parity", ID),
    damage(
        "a sentence swapped with the next",
        written(
            swap(r"(It is no more wrong\nthan a stopped one on the wall\.)(.*?)(We built one.*?flood\.)", r"\3\2\1")
        ),
        "parity",
        ID,
    ),
    damage("a sentence moved to another chapter", written(moved(_NUMBERED, r"^1\n.*?\n\n")), "parity", ID),
    damage(
        "a turn given to another",
        written(words("Ignace Fellowdale:\nIt can", "Wilhelmina Dunnock:\nIt can")),
        "parity",
        "transcript-t06",
    ),
    damage("a name taken away", written(words("Ignace Fellowdale:\nIt can", "It can")), "parity", "transcript-t06"),
    damage("a word altered", written(words("no more wrong", "no less wrong")), "parity", ID),
    damage(
        "a cue shifted by 2 s",
        written(words("00:00:25,000 --> 00:00:28,500", "00:00:27,000 --> 00:00:30,500")),
        "parity",
        ID,
    ),
    damage("the number of a cue lost", written(words("9\n00:00:25,000", "7\n00:00:25,000")), "cue-number", "7"),
    damage(
        "a cue without its words",
        written(swap(r"It is no more wrong\nthan a stopped one on the wall\.", "")),
        "parity",
        ID,
    ),
    damage("another encoding", other_encoding, "encoding", "no UTF-8"),
    damage("the file cut in half", cut, "parity", "missing"),
    damage("the file missing", gone, "missing", "talk.srt"),
)

_SEGMENT = r'  \{\s*"startTime": 25\.0.*?\},\n'
PODCAST = (
    damage("a sentence dropped", written(swap(_SEGMENT, "")), "parity", ID),
    damage("a sentence doubled", written(swap(f"({_SEGMENT})", r"\1\1")), "parity", ID),
    damage(
        "a sentence swapped with the next",
        written(both(words(LATE, "?"), words(AFTER, LATE), words('?"', AFTER + '"'))),
        "parity",
        ID,
    ),
    damage("a sentence moved to another chapter", written(moved(_SEGMENT, r'"segments": \[\n')), "parity", ID),
    damage(
        "a turn given to another",
        written(swap(rf'({re.escape(LATE)}",\s*"speaker": ")[^"]*', r"\1Wilhelmina Dunnock")),
        "parity",
        "transcript-t06",
    ),
    damage(
        "a name taken away",
        written(swap(rf'({re.escape(LATE)}"),\s*"speaker": "[^"]*"', r"\1")),
        "parity",
        "transcript-t06",
    ),
    damage("a word altered", written(words("no more wrong", "no less wrong")), "parity", ID),
    damage(
        "a segment shifted by 2 s", written(swap(r'25\.0,\s*"endTime": 28\.5', '27.0, "endTime": 30.5')), "parity", ID
    ),
    damage(
        "a segment that ends before it begins",
        written(swap(r'("startTime": 25\.0,\s*"endTime": )28\.5', r"\g<1>20.5")),
        "parity",
        ID,
    ),
    damage("another encoding", other_encoding, "encoding", "no UTF-8"),
    damage("the file cut in half", cut, "parity", "cannot be read"),
    damage("the file missing", gone, "missing", "talk.transcript.json"),
)

THIRD = "3. Tamsin Orrelby, Ignace Fellowdale"
_CHAPTER = r'  \{\s*"startTime": 17\.0.*?\},\n'
CHAPTERS = (
    damage("a chapter lost", written(swap(_CHAPTER, "")), "parity", f"“{THIRD}", "is missing"),
    damage("a chapter doubled", written(swap(f"({_CHAPTER})", r"\1\1")), "parity", "there twice"),
    damage(
        "a chapter swapped with the next",
        written(both(words('"3. ', '"9. '), words('"4. ', '"3. '), words('"9. ', '"4. '))),
        "parity",
        "chapter",
    ),
    damage("a chapter moved", written(moved(_CHAPTER, r'"chapters": \[\n')), "parity", "out of order"),
    damage(
        "a chapter given to another", written(words(THIRD, "3. Tamsin Orrelby, Wilhelmina Dunnock")), "parity", THIRD
    ),
    damage("a name taken away", written(words(THIRD, "3. Tamsin Orrelby")), "parity", THIRD),
    damage("a word altered", written(words("without any harm", "without harm")), "parity", THIRD),
    damage(
        "a chapter shifted by 2 s",
        written(words('"startTime": 17.0', '"startTime": 19.0')),
        "parity",
        THIRD,
        "19000 ms",
    ),
    damage(
        "a chapter too many",
        written(words('"chapters": [', '"chapters": [{"startTime": 1.0, "endTime": 1.0, "title": "Advert"},')),
        "parity",
        "Advert",
    ),
    damage("a chapter without a title", written(swap(r'"3\. Tamsin[^"]*"', '""')), "parity", "no title"),
    damage(
        "the title removed",
        written(swap(r'"title": "The Clock[^"]*",\s*', "")),
        "title-lost",
        "The Clock in the Harbour",
    ),
    damage("the file cut in half", cut, "parity", "cannot be read"),
    damage("the file missing", gone, "missing", "talk.chapters.json"),
)
