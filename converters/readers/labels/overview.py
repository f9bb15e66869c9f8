"""What the whole document says of its labels: how often they stand, how they look, which answer each other."""

import re
from collections import Counter
from typing import Final

import msgspec

from converters.readers.labels.candidates import BY_COLON, Candidate, Shape
from converters.readers.labels.looks import Key, Style, as_scanned, begins_like_a_sentence, key_of, style_of

OFTEN: Final = 3
MANY: Final = 10
NEARLY_ALL: Final = 0.8
MOSTLY: Final = 0.6
NEAR: Final = 2
"""Labels so many paragraphs apart answer each other: one paragraph may lie between."""


class Overview(msgspec.Struct, frozen=True):
    """What the whole document says: how often each label stands, how labels look, which are answered."""

    counts: Counter[Key]
    usual: Style | None
    styles: dict[Shape, Style]
    main: Shape | None
    usually_inline: bool
    usually_timed: bool
    usual_sign: str
    usual_level: int | None
    by_data: bool
    signs: frozenset[Key]
    within: frozenset[Key]
    everywhere: bool
    everywhere_open: frozenset[Shape]
    usually_above: bool
    inline: frozenset[Key]
    ordinary: frozenset[str]
    usually_marked: bool
    answered: frozenset[Key]
    speechless: frozenset[Key]
    unsupported: frozenset[Shape]
    by_colon: frozenset[str]
    scanned: frozenset[str]
    beside_time: frozenset[Key]
    numbered: frozenset[Key]


class Text(msgspec.Struct, frozen=True):
    """What the text says beside the labels.

    How many ``pieces`` it has, which of them begin with a time code, and the words that
    may stand in it in small letters.
    """

    pieces: int = 0
    beside_time: frozenset[int] = frozenset()
    words: str = ""


def see_whole(found: tuple[Candidate, ...], first: dict[Key, Candidate], text: Text) -> Overview:
    """Return what all candidates say together; ``first`` is the first of each key."""
    counts = Counter(map(key_of, found))
    usual = [
        key for key, count in counts.items() if count >= OFTEN and not begins_like_a_sentence(key[1], first[key].label)
    ]
    total = sum(counts[key] for key in usual if key[0] == "colon")
    inline = frozenset(key_of(c) for c in found if c.inline)
    timed = frozenset(key_of(c) for c in found if c.index in text.beside_time)
    chance = _unsupported(found, counts, text.beside_time)
    return Overview(
        counts=counts,
        usual=_usual_style(usual, counts, first),
        styles=_styles(usual, counts, first),
        main=_main(usual, counts, chance),
        usually_inline=sum(counts[key] for key in usual if key in inline and key[0] == "colon") * 2 >= total,
        inline=inline,
        usually_timed=_mostly(usual, counts, timed),
        usual_sign=">" if _mostly(usual, counts, frozenset(key_of(c) for c in found if c.sign == ">")) else "",
        by_data=sum(1 for c in found if c.shape == "data") >= OFTEN,
        usual_level=_usual_level(usual, counts, first),
        signs=frozenset(key_of(c) for c in found if c.sign == ">"),
        within=frozenset(counts) - {key_of(c) for c in found if not c.within},
        everywhere_open=_shapes_everywhere(found, counts),
        everywhere=_stand_everywhere(found, counts, text.pieces),
        usually_above=_mostly(
            [k for k in usual if k[0] == "alone"], counts, frozenset(key_of(c) for c in found if c.above)
        ),
        ordinary=_ordinary(counts, text.words),
        usually_marked=sum(counts[key] for key in usual if first[key].marked) * 2
        > sum(counts[key] for key in usual)
        > 0,
        answered=_answered(found),
        speechless=frozenset(counts) - {key_of(c) for c in found if c.has_words},
        unsupported=chance,
        by_colon=frozenset(key for shape, key in usual if shape == "colon"),
        scanned=frozenset(as_scanned(key) for shape, key in usual if shape == "colon" and len(key) >= OFTEN),
        beside_time=timed,
        numbered=frozenset(without_number(key) for key, count in counts.items() if count > 1 and key[1][-1:].isdigit()),
    )


def without_number(key: Key) -> Key:
    """Return what ``speaker 2`` shares with ``speaker 1``."""
    return key[0], key[1].rstrip("0123456789")


def _ordinary(counts: Counter[Key], text: str) -> frozenset[str]:
    """Return the labels of one word that stand once, and that the text has in small letters elsewhere."""
    single = {name for (_, name), count in counts.items() if count == 1 and " " not in name}
    return frozenset(single.intersection(_SMALL.findall(text))) if single else frozenset()


_SMALL: Final = re.compile(r"(?<!\w)[a-zß-öø-ÿа-яёα-ω]\w*")


def _mostly(usual: list[Key], counts: Counter[Key], having: frozenset[Key]) -> bool:
    """Tell whether most of the recurring labels have something."""
    return sum(counts[key] for key in usual if key in having) * 2 > sum(counts[key] for key in usual) > 0


def _usual_level(usual: list[Key], counts: Counter[Key], first: dict[Key, Candidate]) -> int | None:
    """Return the level of most headings that recur, None where none does."""
    levels: Counter[int] = Counter()
    for key in usual:
        levels[first[key].level] += counts[key] if first[key].level else 0
    return levels.most_common(1)[0][0] if levels and levels.most_common(1)[0][1] else None


def _stand_everywhere(found: tuple[Candidate, ...], counts: Counter[Key], pieces: int) -> bool:
    """Tell whether nearly every line has a label, as a meeting's captions do: then the odd one is a name, too."""
    own = {c.index for c in found if c.shape == "colon" and counts[key_of(c)] > 1}
    return pieces > MANY and len(own) >= NEARLY_ALL * pieces


def _shapes_everywhere(found: tuple[Candidate, ...], counts: Counter[Key]) -> frozenset[Shape]:
    """Return the shapes without a colon that most paragraphs have between the first and the last that recur."""
    again: dict[Shape, list[int]] = {}
    for candidate in found:
        if candidate.shape in {"set apart", "gap"} and counts[key_of(candidate)] > 1:
            again.setdefault(candidate.shape, []).append(candidate.index)
    wide = (shape for shape, at in again.items() if len(at) >= MOSTLY * (at[-1] - at[0] + 1) and len(at) > OFTEN)
    return frozenset(wide)


def _main(usual: list[Key], counts: Counter[Key], chance: frozenset[Shape]) -> Shape | None:
    """Return the shape that most recurring labels have, where it is not the colon's."""
    shapes: Counter[Shape] = Counter()
    for key in usual:
        shapes[key[0]] += counts[key] if key[0] not in chance else 0
    main = shapes.most_common(1)
    return main[0][0] if main and main[0][1] and main[0][0] != "colon" and shapes["colon"] * 3 < main[0][1] else None


def _styles(usual: list[Key], counts: Counter[Key], first: dict[Key, Candidate]) -> dict[Shape, Style]:
    """Return how most of the recurring labels of each shape are printed."""
    shapes = {key[0] for key in usual}
    found: dict[Shape, Style] = {}
    for shape in shapes:
        styles: Counter[Style] = Counter()
        for key in usual:
            styles[style_of(first[key].label)] += counts[key] if key[0] == shape else 0
        found[shape] = styles.most_common(1)[0][0]
    return found


def _usual_style(usual: list[Key], counts: Counter[Key], first: dict[Key, Candidate]) -> Style | None:
    """Return how most of the recurring labels are printed, None while none recurs."""
    styles: Counter[Style] = Counter()
    for key in usual:
        if first[key].shape in BY_COLON:
            styles[style_of(first[key].label)] += counts[key]
    return styles.most_common(1)[0][0] if styles else None


def _answered(found: tuple[Candidate, ...]) -> frozenset[Key]:
    """Return the labels that stand next to a different label, as in a dialogue."""
    answered: set[Key] = set()
    latest: dict[Shape, Candidate] = {}
    for candidate in found:
        shape, name = key_of(candidate)
        before = latest.get(shape)
        if before and before.key != name and 0 < candidate.index - before.index <= NEAR:
            answered |= {(shape, name), (shape, before.key)}
        latest[shape] = candidate
    return frozenset(answered)


def _unsupported(found: tuple[Candidate, ...], counts: Counter[Key], timed: frozenset[int]) -> frozenset[Shape]:
    """Return the shapes in which this document has no labels, but only what looks like some by chance.

    Most of what has the shape must recur: of bold words, of lines that are short or
    of words before a dash, chance makes many, and each of them once.
    """
    chance: set[Shape] = set()
    for shape in ("item", "set apart", "gap", "bracket", "alone", "dash", "stop"):
        own = [candidate for candidate in found if candidate.shape == shape]
        recurring = sum(1 for candidate in own if counts[key_of(candidate)] > 1 or candidate.index in timed)
        rivals = sum(1 for c in found if c.shape == "colon" and counts[key_of(c)] >= OFTEN) if shape == "item" else 0
        if len(own) < OFTEN or recurring * 2 < len(own) or rivals > recurring:
            chance.add(shape)
    return frozenset(chance)
