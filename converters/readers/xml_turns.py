"""XML in which people take turns: Transcriber, TEI, parliaments' records, timed text, and home-made files."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from converters.document import Document
from converters.errors import SourceError
from converters.readers import ReadContext
from converters.readers.column_roles import words_in
from converters.readers.ledger import Ledger
from converters.readers.limits import check_turns
from converters.readers.manuscript import Facts, Listed, Manuscript
from converters.readers.pieces import Form, Moment, Piece
from converters.readers.rolling_captions import kept_once
from converters.readers.source_times import Scale, are_of_day, scale_of
from converters.readers.timed_words import Word, pieces_of_words
from converters.readers.understanding import understand
from converters.readers.xml_facts import cast_of, declared_people, header_facts, labels_in
from converters.readers.xml_paragraphs import paragraphs_of
from converters.readers.xml_source import Element, Parsed, parsed
from converters.readers.xml_speech import Shape, shape_of
from converters.readers.xml_talk import EVENTS, Draft, Talk, bracketed
from converters.readers.xml_tiers import tiered

_HEADINGS: Final = frozenset("head heading title topic h1 h2 h3 h4 h5 h6 titel titre titulo subject".split())
_HEADERS: Final = frozenset(
    "teiheader meta metadata header info speakers topics styling layout front back standoff".split()
)
_UTTERANCE: Final = 15
_A_WORD: Final = 2
_NAMES: Final = 2
_PRINTED_NAME: Final = re.compile(r"[^\W\d][^:：\n]{1,60}[:：](?:\s|$)")
_WORDS: Final = 20
_NEARLY_ALL: Final = 0.9
_READ: Final = "Transcriber, TEI, TTML and other files whose elements say who speaks"


def read_xml_turns(source: bytes, context: ReadContext) -> Document:
    """Return the transcript whose turns are elements of an XML file.

    Raises ``SourceError`` where no element is speech, and where the file is unsound,
    unsafe, or larger or deeper than the options allow.
    """
    return understand(xml_manuscript(source, context), context)


def xml_manuscript(source: bytes, context: ReadContext) -> Manuscript:
    """Return what the elements of speech say, in the order of the file or of their times. Raises ``SourceError``.

    Labels are as the file has them (``spk1``); whom it declares under them is in the facts.
    """
    found = parsed(source, context)
    if manuscript := tiered(found.root, context):
        return manuscript
    shape = shape_of(found.root)
    if shape is None or not shape.tells:
        return _of_paragraphs(found, context)
    check_turns(sum(1 for e in found.root.everything() if e.tag in shape.tags), context.name, context.options.limits)
    reading = _Reading(found.root, shape, context)
    pieces, facts = reading.pieces(), reading.facts()
    context.report.leave_out("Remarks in the file's code", " · ".join(found.comments))
    if not pieces:
        raise SourceError(f"{context.name}: nobody says anything in this XML. Export it again with its text.")
    return Manuscript(pieces, facts, speech_only=True)


def _of_paragraphs(found: Parsed, context: ReadContext) -> Manuscript:
    """Return the paragraphs of a file whose elements do not say who speaks: the names may be printed in them."""
    ledger = Ledger()
    pieces = paragraphs_of(found.root, ledger)
    if sum(bool(piece.label or _PRINTED_NAME.match(piece.text)) for piece in pieces) < _NAMES:
        raise SourceError(f"{context.name}: no element of this XML says who speaks, or when. Curbcut reads {_READ}.")
    ledger.settle(context.report)
    context.report.leave_out("Remarks in the file's code", " · ".join(found.comments))
    return Manuscript(pieces, Facts(language=found.root.attributes.get("lang")))


class _Reading:
    """One file on its way to pieces: its people, its times, and what it has beside the speech."""

    def __init__(self, root: Element, shape: Shape, context: ReadContext) -> None:
        self._root, self._shape, self._report = root, shape, context.report
        self._ledger = Ledger()
        self._holds = _holders(root, shape.tags)
        self._declared = {one.identifier: one for one in declared_people(root, shape.tags)}
        self._topics = {
            e.attributes["id"]: e for e in root.everything() if e.attributes.get("desc") and "id" in e.attributes
        }
        self._clock = _timeline(root)
        self._people: dict[str, Listed] = {}
        self._above: list[Element] = []
        self._headers: list[Element] = []
        self._printed: str | None = None
        self._count = 0

    def pieces(self) -> tuple[Piece, ...]:
        """Return what is said, and headings and sounds between it."""
        drafts = tuple(self._talk(self._root, (), None))
        self._ledger.settle(self._report)
        timed = tuple(self._timed(drafts))
        if any(piece.form == "cue" for piece in timed):
            kept = kept_once(tuple((piece,) for piece in timed))
            if kept.repeated:
                self._report.add("read-020", f"{kept.repeated} of them")
            return tuple(piece for cue in kept.cues for piece in cue)
        return tuple(pieces_of_words(tuple(map(_word, timed)))) if _are_words(timed) else timed

    def facts(self) -> Facts:
        """Return what the file says of the episode and its people; other words go to the report."""
        cast, items = cast_of(self._root)
        read = {id(item) for item in items} | {id(topic) for topic in self._topics.values()}
        speaking = [self._declared[label] for label in self._people if label in self._declared]
        read |= {id(one.element) for one in speaking}
        facts = header_facts(self._headers, self._above, frozenset(read), self._report)
        language = facts.language or self._root.attributes.get("lang") or None
        people = (*self._people.values(), *cast, *facts.people)
        return msgspec.structs.replace(facts, language=language, people=people)

    # walking ------------------------------------------------------------------------

    def _talk(self, element: Element, voices: tuple[str, ...], language: str | None) -> Iterator[Draft]:
        """Yield the drafts of an element that holds speech; what else stands in it is heading, sound or header."""
        self._above.append(element)
        language = element.attributes.get("lang") or language
        topic = self._topics.get(element.attributes.get("topic", ""))
        if topic is not None:
            yield Draft(topic.attributes["desc"], self._count + 1, "heading", level=2)
        voices = labels_in(element.attributes.get(self._shape.speaker, ""), self._declared) or voices
        for child in element.content:
            if isinstance(child, str):
                self._ledger.add("Between the turns", child)
            elif child.tag in self._shape.tags:
                yield from self._turn(child, voices, language)
            elif id(child) in self._holds:
                yield from self._talk(child, voices, language)
            else:
                yield from self._between(child)

    def _turn(self, element: Element, voices: tuple[str, ...], language: str | None) -> Iterator[Draft]:
        """Yield the drafts of a turn; where another turn stands in it, what is said before and after that."""
        if id(element) not in self._holds:
            yield from self._speech(element, voices, language)
            return
        run, tags = Element(element.tag, element.attributes, []), self._shape.tags
        for inner in [*element.content, None]:
            if inner is None or (isinstance(inner, Element) and (inner.tag in tags or id(inner) in self._holds)):
                if any(not isinstance(part, str) or part.strip() for part in run.content):
                    yield from self._speech(run, voices, language)
                run = Element(element.tag, {self._shape.speaker: element.attributes.get(self._shape.speaker, "")}, [])
            if isinstance(inner, Element) and inner.tag in tags:
                yield from self._turn(inner, voices, language)
            elif isinstance(inner, Element) and id(inner) in self._holds:
                yield from self._talk(inner, voices, language)
            elif inner is not None:
                run.content.append(inner)

    def _between(self, element: Element) -> Iterator[Draft]:
        """Yield a heading or a sound that stands between turns; the rest belongs to the header, or to nobody."""
        tag = element.tag.casefold()
        kind = element.attributes.get("type", "").casefold()
        if tag == "note" and kind == "speaker":
            self._print_name(element.text)
        elif tag in _HEADERS or _heads_file(element) or self._stands_before(tag):
            self._headers.append(element)
        elif tag == "note" and kind in {"time", "date"}:
            self._ledger.add("Times of day between the turns", element.text)
        elif _is_heading(tag) and element.words:
            yield Draft(element.text, self._count + 1, "heading", level=1 if "major" in tag else 2)
        elif tag in EVENTS:
            if words := bracketed(element):
                yield Draft(words, self._count + 1, "row", times=tuple(_own_time(element)))
        else:
            self._ledger.add("Between the turns", element.text)

    def _stands_before(self, tag: str) -> bool:
        """Tell whether an element before the first turn is of the header: no sound, and no heading in the text."""
        return not self._count and not _is_heading(tag, strictly=True) and tag not in EVENTS

    def _print_name(self, words: str) -> None:
        """Remember a name that is printed above a turn, until it is known whether it tells more than the turn."""
        if self._printed:
            self._ledger.add("Names printed above the turns", self._printed)
        self._printed = words

    def _speech(self, element: Element, voices: tuple[str, ...], language: str | None) -> Iterator[Draft]:
        self._count += 1
        shape = self._shape
        said = labels_in(shape.label(element), self._declared) or (
            () if element.attributes.get("nospeaker") else voices
        )
        self._meet(said, element)
        switches = any("nb" in inner.attributes for inner in element.children)
        label = None if switches else " & ".join(said) or None
        times = tuple(self._times_of(element))
        own = element.attributes.get("lang")
        talk = Talk(
            Draft("", self._count, "row", label, times=times, language=own if own != language else None),
            said,
            self._ledger,
        )
        self._say(talk, element)
        drafts = talk.end()
        if label and not drafts:
            self._ledger.add("A name with no words", label)
        yield from drafts

    def _say(self, talk: Talk, element: Element) -> None:
        shape = self._shape
        if shape.text:
            talk.words(element.attributes.get(shape.text, ""))
            return
        names = frozenset({shape.speaker_child, shape.begin, shape.end, shape.duration}) - {""}
        if not shape.text_child:
            talk.take(element, names)
            return
        for child in element.children:
            if child.tag == shape.text_child:
                talk.take(child)
            elif child.tag not in names:
                self._ledger.add(f"“{child.tag}” beside the words of a turn", child.text)

    def _meet(self, labels: Sequence[str], element: Element) -> None:
        """Put down whom the file declares under the labels of a turn, or prints above it."""
        printed, self._printed = self._printed, None
        referred = labels_in(element.attributes.get("who", "") or element.attributes.get("ref", ""), self._declared)
        for label in labels:
            known = self._declared.get(label) or (self._declared.get(referred[0]) if len(referred) == 1 else None)
            if known:
                self._people.setdefault(label, msgspec.structs.replace(known.person, label=label))
            elif printed and len(labels) == 1 and label not in self._people:
                self._people[label] = Listed(printed.rstrip(": "), label=label)
                printed = None
        self._ledger.add("Names printed above the turns", printed or "")

    # times --------------------------------------------------------------------------

    def _times_of(self, element: Element) -> Iterator[tuple[int, str, str]]:
        shape = self._shape
        if begin := shape.time(element, shape.begin):
            yield 0, begin, shape.time(element, shape.end) or f"+{shape.time(element, shape.duration)}".rstrip("+")

    def _timed(self, drafts: Sequence[Draft]) -> Iterator[Piece]:
        """Yield the drafts as pieces, their times read in the way in which all of them are written."""
        told = [(self._clock.get(begin.lstrip("#"), begin), draft) for draft in drafts for _, begin, _ in draft.times]
        words = [words_in(draft.text) // len(draft.times) for _, draft in told]
        scale = scale_of([value for value, _ in told], words, self._shape.begin)
        of_day = are_of_day([scale.read(value) for value, _ in told])
        lengths = sorted(words_in(draft.text) for draft in drafts if draft.form == "row")
        captions = not self._shape.speaker and told and lengths and lengths[len(lengths) // 2] < _UTTERANCE
        for draft in drafts:
            form: Form = "cue" if captions and draft.form == "row" else draft.form
            moments = () if of_day else tuple(self._moments(draft, scale))
            yield Piece(
                draft.text,
                draft.line,
                form,
                draft.marks,
                draft.label,
                moments,
                level=draft.level,
                language=draft.language,
            )

    def _moments(self, draft: Draft, scale: Scale) -> Iterator[Moment]:
        last = -1
        for offset, begins, ends in draft.times:
            begin = scale.read(self._clock.get(begins.lstrip("#"), begins))
            end = scale.read(self._clock.get(ends.lstrip("#"), ends.lstrip("+")))
            if begin is None or begin <= last:
                continue
            if end is not None and ends.startswith("+"):
                end = type(end)(begin + end)
            yield Moment(offset, begin, end if end is not None and end >= begin else None)
            last = begin


def _holders(root: Element, tags: frozenset[str]) -> frozenset[int]:
    """Return the elements (by identity) that hold elements of speech below them."""
    found: set[int] = set()

    def look(element: Element) -> bool:
        inside = [look(child) for child in element.children]
        if any(inside):
            found.add(id(element))
        return any(inside) or element.tag in tags

    look(root)
    return frozenset(found)


def _is_heading(tag: str, *, strictly: bool = False) -> bool:
    """Tell whether a tag is a heading's; ``strictly`` leaves out those that also head a file."""
    ends = tag.endswith(("heading", "head")) or tag in {"h1", "h2", "h3", "h4", "h5", "h6"}
    return ends or (not strictly and tag in _HEADINGS)


def _are_words(pieces: Sequence[Piece]) -> bool:
    """Tell whether the elements of speech are words, one by one."""
    short = sum(words_in(piece.text) <= _A_WORD for piece in pieces)
    return len(pieces) >= _WORDS and short >= _NEARLY_ALL * len(pieces) and all(piece.moments for piece in pieces)


def _word(piece: Piece) -> Word:
    moment = piece.moments[0]
    return Word(piece.text, piece.label, 0, piece.line, moment.begin, moment.end, piece.language)


def _heads_file(element: Element) -> bool:
    """Tell whether an element called *head* holds data on the file, and no heading."""
    return any(child.tag.casefold() in _HEADERS or child.children for child in element.children)


def _own_time(element: Element) -> Iterator[tuple[int, str, str]]:
    begin = next(
        (element.attributes[n] for n in ("at", "begin", "start", "time", "startTime") if element.attributes.get(n)), ""
    )
    if begin:
        yield 0, begin, element.attributes.get("end", "")


def _timeline(root: Element) -> dict[str, str]:
    """Return the times that a file gives names to, such as ``<when xml:id="T1" interval="1.5" since="T0">``."""
    found: dict[str, str] = {}
    for element in root.everything():
        name, attributes = element.attributes.get("id", ""), element.attributes
        if name and element.tag.casefold() in {"when", "tli", "anchor", "timepoint"}:
            value = attributes.get("absolute") or attributes.get("time") or attributes.get("interval") or ""
            if value:
                found[name] = value
    return found
