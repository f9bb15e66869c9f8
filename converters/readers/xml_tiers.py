"""XML with a line for each speaker (ELAN, EXMARaLDA): the tiers' annotations, put in the order of their times."""

from collections.abc import Iterator
from typing import Final

import msgspec

from converters.readers import ReadContext
from converters.readers.ledger import Ledger
from converters.readers.limits import check_turns
from converters.readers.manuscript import Facts, Listed, Manuscript
from converters.readers.pieces import Moment, Piece, one_space
from converters.readers.source_times import scale_of
from converters.readers.xml_source import Element
from converters.timing import Milliseconds

_ELAN: Final = "ANNOTATION_DOCUMENT"
_EXMARALDA: Final = "basic-transcription"
_UTTERANCE: Final = 15


class _Said(msgspec.Struct, frozen=True):
    """One annotation of a tier."""

    begin: Milliseconds | None
    end: Milliseconds | None
    label: str | None
    text: str


def tiered(root: Element, context: ReadContext) -> Manuscript | None:
    """Return the tiers' annotations in the order of their times; None where the file has no tiers.

    Tiers that depend on others (translations, glosses) and those of remarks go to the report.
    """
    if root.tag not in {_ELAN, _EXMARALDA}:
        return None
    said = _of_elan(root, context) if root.tag == _ELAN else _of_exmaralda(root, context)
    people = tuple(_speakers(root)) if root.tag == _EXMARALDA else ()
    check_turns(len(said), context.name, context.options.limits)
    in_order = sorted(said, key=lambda one: one.begin if one.begin is not None else -1)
    lengths = sorted(len(one.text.split()) for one in in_order)
    form: Final = "cue" if lengths and lengths[len(lengths) // 2] < _UTTERANCE else "row"
    pieces = tuple(
        Piece(
            one.text, number, form, label=one.label,
            moments=(Moment(0, one.begin, one.end),) if one.begin is not None else (),
        )
        for number, one in enumerate(in_order, 1)
    )  # fmt: skip
    return Manuscript(pieces, Facts(people=people), speech_only=True) if pieces else None


def _of_elan(root: Element, context: ReadContext) -> list[_Said]:
    slots = {
        element.attributes.get("TIME_SLOT_ID", ""): Milliseconds(int(element.attributes["TIME_VALUE"]))
        for element in root.everything()
        if element.tag == "TIME_SLOT" and element.attributes.get("TIME_VALUE", "").isdecimal()
    }
    ledger, said = Ledger(), list[_Said]()
    for tier in (element for element in root.everything() if element.tag == "TIER"):
        label = tier.attributes.get("PARTICIPANT") or tier.attributes.get("TIER_ID") or None
        if tier.attributes.get("PARENT_REF"):
            ledger.add(f"The tier “{tier.attributes.get('TIER_ID', '')}”, which depends on another", tier.text)
            continue
        for annotation in (element for element in tier.everything() if element.tag == "ALIGNABLE_ANNOTATION"):
            begin = slots.get(annotation.attributes.get("TIME_SLOT_REF1", ""))
            end = slots.get(annotation.attributes.get("TIME_SLOT_REF2", ""))
            if text := one_space(annotation.text):
                said.append(_Said(begin, end, label, text))
    ledger.settle(context.report)
    return said


def _of_exmaralda(root: Element, context: ReadContext) -> list[_Said]:
    points = [element for element in root.everything() if element.tag == "tli" and element.attributes.get("time")]
    scale = scale_of((), (), "seconds")
    times = {point.attributes.get("id", ""): scale.read(point.attributes["time"]) for point in points}
    ledger, said = Ledger(), list[_Said]()
    for tier in (element for element in root.everything() if element.tag == "tier"):
        spoken = tier.attributes.get("type") == "t"
        for event in tier.children:
            text = one_space(event.text)
            if text and spoken:
                begin, end = (times.get(event.attributes.get(side, "")) for side in ("start", "end"))
                said.append(_Said(begin, end, tier.attributes.get("speaker") or None, text))
            elif text:
                name = tier.attributes.get("display-name") or tier.attributes.get("category") or ""
                ledger.add(f"The tier “{name}”, which is not spoken", text)
    head = next((element for element in root.children if element.tag == "head"), None)
    if head is not None:
        named = {one.name for one in _speakers(root)}
        words = (element.text for element in head.everything() if not element.children)
        ledger.add("Header of the file", " · ".join(word for word in words if word and word not in named))
    ledger.settle(context.report)
    return said


def _speakers(root: Element) -> Iterator[Listed]:
    for element in root.everything():
        if element.tag == "speaker" and element.attributes.get("id"):
            name = next((child.text for child in element.children if child.tag == "abbreviation"), "")
            if name:
                yield Listed(name, label=element.attributes["id"])
