"""What attributes say of who speaks, and when: nothing here reads the words of the page for it.

Sites name such classes as they like: ``speaker``, ``transcript__speakerName``, ``sprecher``.
The same word may name a whole turn, so a class whose elements hold long text anywhere on
the page is none of a name.
"""

import itertools
import re
from typing import TYPE_CHECKING, Final, Literal

from converters.readers.clock import milliseconds
from converters.readers.markup.elements import is_block
from converters.readers.markup.tree import parts_of_token, tag_of, words_of_token
from converters.readers.markup.writing import is_time_code
from converters.timing import Milliseconds

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Certainty = Literal["sure", "doubtful"]

_SPEAKER: Final = frozenset(
    """speaker spk talker voice interlocutor interviewer interviewee panelist sprecher sprecherin rednerin redner
    hablante orador oradora locuteur locutrice intervenant locutor locutora falante parlante relatore spreker talare
    taler mowca dokladchik participant discussant""".split()
)
_OF_A_NAME: Final = frozenset(
    "name names label id tag title heading head header display bold strong inline color colour".split()
)
"""Words that may follow in a class: ``speaker-name`` is a name, ``speaker-turn`` is not."""
_NOT_A_NAME: Final = frozenset("no change comment byline loud time".split())
"""Words that may not stand before."""
_DOUBTFUL: Final = frozenset("name author who person user username nick nickname nombre nom nome autor auteur".split())
_DATA: Final = re.compile(
    r"data-(?:\w+-)?(?:speaker|talker|voice|spk|sprecher|hablante|locuteur)(?:-?(?:name|label|title))?"
)
_TIME_CLASS: Final = frozenset(
    "time timestamp timecode timestamps timing tc zeit zeitmarke zeitstempel hora tiempo temps tempo minutage".split()
)
_DATA_TIME: Final = re.compile(
    r"data-(?:\w+-)?(?P<what>start|begin|time|timestamp|timecode|seconds|sec|starttime|start-time|begin-time|m|ms|tc|cue)"
    r"(?P<unit>-?(?:ms|milliseconds|s|sec|seconds))?"
)
_DATA_END: Final = re.compile(
    r"data-(?:\w+-)?(?:end|stop|endtime|end-time)(?P<unit>-?(?:ms|milliseconds|s|sec|seconds))?"
)
_NUMBER: Final = re.compile(r"\d{1,15}(?:\.\d{1,9})?")
_DURATION: Final = re.compile(r"PT(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,6}(?:\.\d{1,3})?)S)?", re.IGNORECASE)
LONGEST_NAME: Final = 80
LONGEST_RECORDING: Final = 100 * 3_600_000
"""Milliseconds; what is later is a date."""
SECONDS_HAVE_DIGITS: Final = 10


def written(element: "Element", most: int = LONGEST_NAME) -> str:
    """Return the words in an element, at most a little more than ``most`` letters of them."""
    parts, length = list[str](), 0
    for text in element.itertext():
        parts.append(str(text))
        length += len(text)
        if length > most * 4:
            break
    return " ".join("".join(parts).split())[: most + 1]


class Speakers:
    """Which elements of one page hold the name of a speaker."""

    def __init__(self, root: "Element") -> None:
        """Go through the page once: a class counts for all of its elements, or for none."""
        named = [(element, keys) for element in root.iter() if (keys := _keys(element))]
        texts = {element: written(element) for element, _ in named}
        long = {key for element, keys in named for key in keys if len(texts[element]) > LONGEST_NAME}
        self._sure = {
            element
            for element, keys in named
            if not (keys & long) and any(letter.isalnum() for letter in texts[element]) and not _holds_several(element)
        }
        for element in tuple(self._sure):
            self._sure.difference_update(element.iterancestors())
        self._sure |= _terms_that_speak(root)

    def certainty(self, element: "Element") -> Certainty | None:
        """Return whether an element sets a name apart: for sure, or only where the whole page bears it out."""
        if element in self._sure:
            return "sure"
        classes = element.get("class")
        if tag_of(element) == "cite" or (classes and not _DOUBTFUL.isdisjoint(classes.lower().split())):
            return "doubtful"
        return None


def _terms_that_speak(root: "Element") -> "set[Element]":
    """Return the terms of definition lists that are conversations: some term comes again, or else answers are long."""
    lists = {dl: list(dl.iter("dt")) for dl in root.iter("dl")}
    names = {dl: [written(term).casefold() for term in terms] for dl, terms in lists.items()}
    recurring = {dl for dl, words in names.items() if len(set(words)) < len(words)}
    if not recurring and len(lists) == 1:
        recurring = {dl for dl in lists if any(len(written(dd)) > LONGEST_NAME for dd in dl.iter("dd"))}
    return {term for dl in recurring for term in lists[dl] if len(written(term)) <= LONGEST_NAME}


def _holds_several(element: "Element") -> bool:
    """Tell whether an element holds several blocks: a name with what is said, not a name."""
    blocks = (inner for inner in element.iterdescendants() if is_block(inner) and written(inner, 1))
    return len(tuple(itertools.islice(blocks, 2))) > 1


def _keys(element: "Element") -> frozenset[str]:
    """Return what says of an element that it is a speaker's: its classes, ``itemprop``, data attributes."""
    if not element.attrib or not isinstance(element.tag, str):
        return frozenset()
    keys = [token for token in str(element.get("class") or "").split() if _names_a_speaker(token)]
    if (element.get("itemprop") or "").lower() in {"speaker", "interviewer", "interviewee"}:
        keys.append("itemprop")
    if (value := named_speaker(element)) and value.casefold() == written(element).casefold().strip(" :：-–—"):
        keys.append("data")
    return frozenset(keys)


def _names_a_speaker(token: str) -> bool:
    """Tell whether a class speaks of a speaker's name: ``transcript__speakerName`` does, ``speaker-turn`` does not."""
    words = words_of_token(_MADE_UP.sub("", token[:100]))
    last = max((index for index, word in enumerate(words) if word in _SPEAKER), default=None)
    if last is None or not _NOT_A_NAME.isdisjoint(words[:last]):
        return False
    return all(word in _OF_A_NAME or word.isdigit() or len(word) == 1 for word in words[last + 1 :])


_MADE_UP: Final = re.compile(r"_{1,3}[A-Za-z0-9-]{4,8}$")
"""What tools add to a class to make it the only one: ``Line_speaker__3xYzQ``."""


def _data_attributes(element: "Element") -> list[str]:
    return [str(name) for name in element.attrib if str(name).startswith("data-")]


def named_speaker(element: "Element") -> str | None:
    """Return the speaker whom a data attribute names for all that is in the element."""
    for name in _data_attributes(element):
        if _DATA.fullmatch(name) and (value := element.get(name, "")).strip():
            return " ".join(str(value).split())[:LONGEST_NAME]
    return None


# when ------------------------------------------------------------------------------------


def shows_time(element: "Element") -> bool:
    """Tell whether an element is there to show a time code."""
    classes = element.get("class")
    is_time = tag_of(element) == "time" or bool(
        classes and any(parts_of_token(token) & _TIME_CLASS for token in classes.split())
    )
    return is_time and is_time_code(written(element, 40))


def heard_at(element: "Element") -> tuple[Milliseconds, Milliseconds | None] | None:
    """Return when the words of an element are said, where only its attributes tell, and until when.

    A bare number is seconds; it is milliseconds where the attribute's name says so or it has more than
    ten digits. ``<time datetime="PT1M5S">`` counts, a date does not.
    """
    begin = end = None
    for name in _data_attributes(element):
        value = element.get(name, "")
        if begin is None and (match := _DATA_TIME.fullmatch(name)):
            begin = _time(value, in_milliseconds=match["what"] in {"m", "ms"} or "m" in (match["unit"] or ""))
        elif match := _DATA_END.fullmatch(name):
            end = _time(value, in_milliseconds="m" in (match["unit"] or ""))
    if begin is None and ":" in (said := element.get("begin") or ""):
        begin, end = _time(said, in_milliseconds=False), _time(element.get("end") or "", in_milliseconds=False)
    if begin is None and tag_of(element) == "time" and (match := _DURATION.fullmatch(element.get("datetime") or "")):
        begin = _of_duration(match)
    return (begin, end if end is not None and end >= begin else None) if begin is not None else None


def _time(value: str, *, in_milliseconds: bool) -> Milliseconds | None:
    text = value.strip()
    if match := _DURATION.fullmatch(text):
        return _of_duration(match)
    if not _NUMBER.fullmatch(text):
        return milliseconds(text) if ":" in text else None
    number = float(text)
    whole = len(text.partition(".")[0]) > SECONDS_HAVE_DIGITS
    time = round(number) if in_milliseconds or whole else round(number * 1000)
    return Milliseconds(time) if time <= LONGEST_RECORDING else None


def _of_duration(match: re.Match[str]) -> Milliseconds | None:
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return Milliseconds(round(((hours * 60 + minutes) * 60 + seconds) * 1000)) if any(match.groups()) else None
