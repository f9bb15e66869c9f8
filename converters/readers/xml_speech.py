"""Which elements of an XML file are speech: those that say who speaks, in an attribute or in an element of theirs."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, assert_never

import msgspec

from converters.readers.column_roles import recurs, words_in
from converters.readers.field_names import Kind, Named, meanings
from converters.readers.source_times import is_time
from converters.readers.xml_source import Element

SPEECH_TAGS: Final = frozenset(
    """turn speech utterance u sp statement contribution question answer intervention line segment seg said says
    quote dialogue dialog caption cue remark rede beitrag redebeitrag intervencion turno tour replique fala""".split()
)
"""Tags under which people speak, and under which an attribute called *name* is theirs."""
_MOST_WORDS_OF_NAME: Final = 9
_HALF: Final = 0.5
_ENOUGH: Final = 2
_BITS: Final = frozenset("w t word token line phrase frase quote s".split())
"""Elements of which a turn has many, and other words between them."""
_NEARLY_ALL: Final = 0.8
_PRINTED: Final = "from"
"""What Akoma Ntoso calls the name as it is printed above a speech."""
_REFERENCE: Final = re.compile(r"#?[A-Za-z_][\w.-]{0,40}\d")
"""A time that stands elsewhere in the file, under this name."""


class Shape(msgspec.Struct, frozen=True):
    """What an element of speech looks like: its tag, and where it says who speaks, what, and when.

    ``speaker`` is an attribute, ``speaker_child`` the tag of an element in it; so with
    ``text`` (empty: all of the element) and the times. Empty where it says no such thing.
    ``kin`` are other tags of elements that say so in the same way.
    """

    tag: str
    speaker: str = ""
    speaker_child: str = ""
    text: str = ""
    text_child: str = ""
    begin: str = ""
    end: str = ""
    duration: str = ""
    kin: frozenset[str] = frozenset()

    @property
    def tags(self) -> frozenset[str]:
        """The tags of all elements of speech: a file may call a question something else than its answer."""
        return self.kin | {self.tag}

    @property
    def tells(self) -> bool:
        """Whether it says who speaks, or when."""
        return bool(self.speaker or self.speaker_child or self.begin)

    def label(self, element: Element) -> str:
        """Return who speaks, as the element says it; empty where it does not."""
        inner = next((_name_in(child) for child in element.children if child.tag == self.speaker_child), "")
        return inner or element.attributes.get(self.speaker, "").strip()

    def time(self, element: Element, name: str) -> str:
        """Return a time of the element as it stands there, in an attribute or in an element of its own."""
        inner = next((child.text for child in element.children if child.tag == name), "") if name else ""
        return element.attributes.get(name, "") or inner


def _name_in(element: Element) -> str:
    """Return the name of a speaker, where it stands among numbers and offices in an element of its own, or else all."""
    named = (inner.text for inner in element.everything() if inner.tag.casefold() in _NAMES)
    return next(filter(None, named), "") or element.text


_NAMES: Final = frozenset({"nom", "name", "nombre", "nome", "имя", "persname"})


def shape_of(root: Element) -> Shape | None:
    """Return what the file's speech looks like; None where there is none.

    Of the tags that name speakers it is the one with most words, but no element that
    stands alone if others come again. Where nobody is named, it is the one with times.
    """
    groups: dict[str, list[Element]] = defaultdict(list)
    for element in root.everything():
        if element.words or any(_is_kind(name, "text") for name in element.attributes):
            groups[element.tag].append(element)
    shapes = [shape for tag, group in groups.items() for shape in _shapes(tag, group)]
    named = [shape for shape in shapes if shape.speaker or shape.speaker_child]
    spoken = [Shape(tag) for tag in groups if tag.casefold() in SPEECH_TAGS - {"quote", "line", "seg"}]
    best = next((found for some in (named, shapes, spoken) if (found := _best(some, groups))), None)
    return msgspec.structs.replace(best, kin=_kin(best, groups)) if best else None


def _kin(best: Shape, groups: dict[str, list[Element]]) -> frozenset[str]:
    """Return the other tags of speech whose elements say who speaks in the same way, and are not in one another."""
    inside = {inner.tag for element in groups[best.tag] for inner in element.everything()}
    return frozenset(
        tag
        for tag, group in groups.items()
        if tag.casefold() in SPEECH_TAGS and tag not in inside and all(map(best.label, group))
        if not any(inner.tag == best.tag for element in group for inner in element.everything())
    )


def _best(shapes: Sequence[Shape], groups: dict[str, list[Element]]) -> Shape | None:
    several = [shape for shape in shapes if len(groups[shape.tag]) >= _ENOUGH] or list(shapes)
    return max(several, key=lambda shape: sum(map(_words, groups[shape.tag])), default=None)


def _words(element: Element) -> int:
    told = (value for name, value in element.attributes.items() if _is_kind(name, "text"))
    return element.words or sum(map(words_in, told))


class _Fields(msgspec.Struct, frozen=True):
    """What the elements of a tag have beside their words: values by attribute, and by the tag of an inner element."""

    tag: str
    count: int
    attributes: dict[str, list[str]]
    children: dict[str, list[str]]

    def best(self, kind: Kind) -> str:
        """Return the attribute, else the inner tag, that says so of most elements; empty where none does."""
        return self.best_of(self.attributes, kind) or self.best_of(self.children, kind)

    def best_of(self, fields: dict[str, list[str]], kind: Kind) -> str:
        """Return the field of this kind: names before numbers, sure names of fields before others."""
        fitting = [
            (not _has_letters(values), one.weak, one.rank, name)
            for name, values in fields.items()
            if len(values) >= _HALF * self.count
            for one in meanings(name)
            if one.kind == kind and self._is_proved(values, one)
        ]
        return min(fitting)[-1] if fitting else ""

    def _is_proved(self, values: Sequence[str], named: Named) -> bool:
        """Tell whether values can be names or times; an uncertain field names people only where people speak."""
        match named.kind:
            case "text":
                return True
            case "speaker":
                short = all(words_in(value) <= _MOST_WORDS_OF_NAME for value in values)
                again = recurs(tuple(values)) or all(value.startswith("#") for value in values)
                sure = not named.weak or (self.is_spoken and again and _has_letters(values))
                return short and sure
            case "begin" | "end" | "duration":
                times = sum(is_time(value) or bool(_REFERENCE.fullmatch(value)) for value in values)
                return times >= _NEARLY_ALL * len(values)
            case _:
                assert_never(named.kind)

    @property
    def is_spoken(self) -> bool:
        """Whether it is what somebody says, going by its tag, or by its having a time."""
        return self.tag.casefold() in SPEECH_TAGS or bool(self.best("begin"))


def _fields(tag: str, group: Sequence[Element]) -> _Fields:
    attributes: dict[str, list[str]] = defaultdict(list)
    children: dict[str, list[str]] = defaultdict(list)
    for element in group:
        for name, value in element.attributes.items():
            if value.strip():
                attributes[name].append(value)
        for child in {child.tag: child for child in element.children if child.words}.values():
            if meanings(child.tag):
                children[child.tag].append(child.text)
    return _Fields(tag, len(group), attributes, children)


def _shapes(tag: str, group: Sequence[Element]) -> Iterator[Shape]:
    """Yield the shape of a tag whose elements say who speaks, or when; nothing where they say neither."""
    fields = _fields(tag, group)
    speaker = fields.best_of(fields.attributes, "speaker")
    printed = _PRINTED if len(fields.children.get(_PRINTED, ())) == len(group) and fields.is_spoken else ""
    child = fields.best_of(fields.children, "speaker") or printed
    begin, end, duration = fields.best("begin"), fields.best("end"), fields.best("duration")
    told = all(not element.words for element in group)
    if speaker or child or (begin and len(group) >= _ENOUGH):
        yield Shape(
            tag, speaker, child,
            text=fields.best_of(fields.attributes, "text") if told else "",
            text_child="" if told else _text_child(group, child),
            begin=begin, end=end, duration="" if end else duration,
        )  # fmt: skip


def _is_kind(name: str, kind: Kind) -> bool:
    named = meanings(name)
    return bool(named) and not named[0].weak and named[0].kind == kind


def _has_letters(values: Sequence[str]) -> bool:
    return any(letter.isalpha() for value in values for letter in value)


def _text_child(group: Sequence[Element], speaker: str) -> str:
    """Return the tag of the inner elements that hold what is said, where the others say something else."""
    words: dict[str, int] = defaultdict(int)
    for element in group:
        for child in element.children:
            if child.tag not in {speaker, *_BITS} and any(one.kind == "text" for one in meanings(child.tag)):
                words[child.tag] += child.words
    best = max(words, key=lambda tag: words[tag], default="")
    everything = sum(child.words for element in group for child in element.children if child.tag != speaker)
    return best if best and words[best] >= _HALF * everything else ""
