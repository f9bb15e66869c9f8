"""One decision for the whole document: which of the candidates are speakers.

Each label is weighed with what the whole document says of it: does it recur, does
it alternate with others, is it shaped like a name and like the other labels, is it
on a list of people? No line is decided for itself.
"""

import itertools
import re
import unicodedata
from collections import Counter
from typing import Final, Literal

import msgspec

from converters.readers.labels.candidates import Candidate, fold
from converters.readers.labels.names import bare

ENOUGH: Final = 2
CERTAIN: Final = 50
"""What staff have written down outweighs everything."""
OFTEN: Final = 3
NEAR: Final = 2
"""Labels so many paragraphs apart answer each other: one paragraph may lie between."""

Style = Literal["capitals", "name", "other"]

_NOT_A_NAME: Final = frozenset(
    "a about above after all also an and any are as at be because before below but by can click content did do does "
    "donate editor's either every find finally first follow for from get had has have here his how however if in is "
    "it its join last listen look more most my new next no not note now of on one or our please read remember see "
    "she so some that the their then there these they thing this those to today tomorrow trigger until update upon "
    "visit want warning was watch we were what when where which while who why will with would yes you your".split()
)  # fmt: skip
_HEADER_FIELDS: Final = frozenset(
    "air author copyright date description disclaimer duration email e-mail episode fax file guest guests host hosts "
    "keywords length link links location music note notes number participants phone photo place producer producers "
    "published recorded series show source speaker speakers subject subtitle summary tags tel telephone time title "
    "topic topics transcriber transcript transcription url version web website".split()
)  # fmt: skip
_PARTS_PLAYED: Final = re.compile(
    r"(?i)^(?:announcer|audience(?: member)?|caller|chair|host|interviewer|interviewee|moderator|narrator|"
    r"operator|presenter|q|a|reporter|speaker|voice|participant|man|woman|all|both)(?: ?#?\d{1,3})?$"
)
_NAME_WORD: Final = re.compile(r"^[^\W\d_][\w.'’-]*$")
_PARTICLES: Final = frozenset(
    "al bin da das de del della den der des di do dos du el ibn la le ten ter van von y zu".split()
)
_LONGEST_NAME: Final = 4


class Evidence(msgspec.Struct, frozen=True):
    """What speaks for a label being a speaker's (points above 0), and what against."""

    reason: str
    points: int


class Verdict(msgspec.Struct, frozen=True):
    """A label as first printed, how often it is there, and what was found for and against it."""

    label: str
    count: int
    evidence: tuple[Evidence, ...]

    @property
    def points(self) -> int:
        """All the evidence added up."""
        return sum(evidence.points for evidence in self.evidence)

    @property
    def is_speaker(self) -> bool:
        """Whether it is read as a speaker's label."""
        return self.points >= ENOUGH

    @property
    def is_doubtful(self) -> bool:
        """Whether staff should know that it is read as text: it might have been a label."""
        return not self.is_speaker and self.points > -CERTAIN and (self.points >= 0 or self.label.isupper())

    @property
    def against(self) -> str:
        """The reasons why it is no label, in words."""
        return "; ".join(e.reason for e in self.evidence if e.points < 0) or "it stands alone"


class Told(msgspec.Struct, frozen=True):
    """What is known before the labels are weighed, all folded.

    ``listed`` are the names on a list of people, ``given`` the names and labels that
    staff have written down, ``refused`` the labels that staff say are none.
    """

    listed: frozenset[str]
    given: frozenset[str]
    refused: frozenset[str]


class _Whole(msgspec.Struct, frozen=True):
    """What the whole document says: how often each label stands, how labels look, which are answered."""

    counts: Counter[str]
    usual: Style | None
    answered: frozenset[str]
    speechless: frozenset[str]
    told: Told


def decide(found: tuple[Candidate, ...], told: Told) -> dict[str, Verdict]:
    """Return the verdict on each label, by its key."""
    counts = Counter(candidate.key for candidate in found)
    first = {candidate.key: candidate for candidate in reversed(found)}
    speechless = frozenset(counts) - {c.key for c in found if _has_words(c.words)}
    whole = _Whole(counts, _usual_style(counts, first), _answered(found), speechless, told)
    return {
        key: Verdict(candidate.label, counts[key], tuple(e for e in _evidence(candidate, whole) if e.points))
        for key, candidate in first.items()
    }


def _evidence(candidate: Candidate, whole: _Whole) -> tuple[Evidence, ...]:
    key, label, count = candidate.key, candidate.label, whole.counts[candidate.key]
    alike = style_of(label) == whole.usual
    return (
        Evidence("staff say that it is no label", -2 * CERTAIN if key in whole.told.refused else 0),
        Evidence("staff say whose label it is", CERTAIN if key in whole.told.given else 0),
        Evidence("is on a list of people", 4 if _is_known(key, whole.told.listed) else 0),
        Evidence("is what a part in a conversation is called", 2 if _PARTS_PLAYED.match(label) else 0),
        Evidence(f"stands {count} times", min(count - 1, 2)),
        Evidence("stands next to another label", int(key in whole.answered)),
        Evidence("is shaped like a name", int(is_name(label))),
        Evidence("is not shaped like a name", 0 if is_name(label) else -2),
        Evidence("looks like the other labels", int(alike)),
        Evidence("does not look like the other labels", 0 if alike or not whole.usual else -2),
        Evidence("begins like a sentence", -3 if fold(label).split()[0] in _NOT_A_NAME else 0),
        Evidence("has no words after it", -4 if key in whole.speechless and count < OFTEN else 0),
        Evidence("is a field of a header", -4 if key in _HEADER_FIELDS and count < OFTEN else 0),
    )


def _has_words(text: str) -> bool:
    """Tell whether anything is said: a number or a web address is no speech."""
    words = (word for word in text.split() if "://" not in word and not word.startswith("www."))
    return any(letter.isalpha() for word in words for letter in word)


def style_of(label: str) -> Style:
    """Tell how a label is printed."""
    if label.isupper():
        return "capitals"
    return "name" if is_name(label) else "other"


def is_name(label: str) -> bool:
    """Tell whether a label is one to four words that all begin like a name's."""
    name = _without_marks(bare(label))
    words = name.replace(",", " ").split()
    proper = [w for w in words if w.lower() not in _PARTICLES and _NAME_WORD.match(w)]
    cased = all(not w[0].islower() for w in proper)
    return (
        0 < len(words) <= _LONGEST_NAME
        and len(proper) > 0
        and cased
        and all(_NAME_WORD.match(w) or w.rstrip(".").isdigit() for w in words)
    )


def _without_marks(text: str) -> str:
    """Return text without vowel signs and accents that stand as characters of their own."""
    return text if text.isascii() else "".join(c for c in text if not unicodedata.category(c).startswith("M"))


def _is_known(key: str, known: frozenset[str]) -> bool:
    return key in known or any(key in name.split() and len(key) > OFTEN for name in known)


def _usual_style(counts: Counter[str], first: dict[str, Candidate]) -> Style | None:
    """Return how most of the recurring labels are printed, None while none recurs."""
    styles: Counter[Style] = Counter()
    for key, count in counts.items():
        if count >= OFTEN and key.split()[0] not in _NOT_A_NAME:
            styles[style_of(first[key].label)] += count
    return styles.most_common(1)[0][0] if styles else None


def _answered(found: tuple[Candidate, ...]) -> frozenset[str]:
    """Return the labels that stand next to a different label, as in a dialogue."""
    near = (pair for pair in itertools.pairwise(found) if pair[1].index - pair[0].index <= NEAR)
    pairs = (pair for pair in near if pair[0].key != pair[1].key)
    return frozenset(candidate.key for pair in pairs for candidate in pair)
