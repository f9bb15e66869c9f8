"""WebVTT (.vtt): captions with voices, notes and a header (W3C, https://www.w3.org/TR/webvtt1/)."""

import re
from collections.abc import Iterator
from typing import Final

from converters.document import Document
from converters.errors import SourceError
from converters.readers import ReadContext
from converters.readers.caption_blocks import tidied
from converters.readers.captions import Captions, captions_of, check_cues
from converters.readers.decoding import decode
from converters.readers.front_matter_facts import Entry, FrontMatter, facts_of, is_known
from converters.readers.limits import check_lines, check_turns
from converters.readers.manuscript import Facts, Manuscript
from converters.readers.understanding import understand

_FIELD: Final = re.compile(r"(?P<key>[^\W\d_][^:=;\n]{0,40}?)\s*[:=]\s*(?P<value>\S.*)")
_NO_TITLE: Final = re.compile(
    r"(?i)file|.*\b(?:generated|created|exported|made|transcribed|converted) (?:by|with|using)\b.*"
)
_OTHER_KINDS: Final = {
    "chapters": "the chapters of an episode, without what is said",
    "metadata": "data for a player, without what is said",
}
_PICTURE: Final = re.compile(r"(?im)^\S+\.(?:jpe?g|png|webp)(?:#xywh=\S*)?$")


def read_webvtt(source: bytes, context: ReadContext) -> Document:
    """Return the transcript that WebVTT captions hold.

    Raises ``SourceError`` where there are no cues, where the file says that it holds
    chapters or data, and where there are more cues than the options allow.
    """
    check_lines(source, context.name, context.options.limits)
    check_turns(source.count(b"-->"), context.name, context.options.limits)
    return understand(webvtt_manuscript(decode(source, context.report), context), context)


def webvtt_manuscript(text: str, context: ReadContext) -> Manuscript:
    """Return the captions, a piece a line and voice. Raises ``SourceError`` as ``read_webvtt`` does."""
    check_cues(text, context)
    text = text.lstrip("\ufeff \n")
    captions = captions_of(tidied(text if text.startswith("WEBVTT") else f"WEBVTT\n\n{text}", has_header=True), context)
    fields = tuple(_fields(captions))
    _refuse_what_is_not_speech(captions, fields, context)
    return Manuscript(captions.pieces, _facts(captions, fields, context), speech_only=True)


def _fields(captions: Captions) -> Iterator[tuple[str, str]]:
    """Yield what the header says of the file, such as ``Kind: captions; Language: en``."""
    for line in (captions.header, *captions.metadata):
        for part in line.split(";"):
            if match := _FIELD.fullmatch(part.strip()):
                yield match["key"], match["value"]


def _refuse_what_is_not_speech(captions: Captions, fields: tuple[tuple[str, str], ...], context: ReadContext) -> None:
    kind = next((value.lower() for key, value in fields if key.lower() == "kind"), "")
    pictures = sum(1 for piece in captions.pieces if _PICTURE.fullmatch(piece.text))
    told = _OTHER_KINDS.get(kind) or ("pictures for a player" if pictures * 2 > len(captions.pieces) else "")
    if told:
        raise SourceError(
            f"{context.name}: this WebVTT file holds {told}. Convert the captions of the episode instead."
        )


def _facts(captions: Captions, fields: tuple[tuple[str, str], ...], context: ReadContext) -> Facts:
    """Return what header and notes say of the episode; the rest of their words go to the report."""
    title = captions.header.strip(" \t-–—:") if not _FIELD.fullmatch(captions.header.strip()) else ""
    if _NO_TITLE.fullmatch(title):
        context.report.leave_out("The header of the captions", title, "line 1")
        title = ""
    told = [Entry("title", title)] if title else []
    told += [Entry(key, value) for key, value in fields if key.lower() != "kind"]
    noted = [_fields_of_note(note) for note in captions.notes]
    told += [entry for fields_of_note in noted for entry in fields_of_note]
    left = [note for note, found in zip(captions.notes, noted, strict=True) if not found]
    context.report.leave_out("A note in the captions", " ".join(left))
    context.report.leave_out("How the captions are dressed", " ".join(captions.styles))
    return facts_of(FrontMatter(tuple(told)), context.report)


def _fields_of_note(note: str) -> tuple[Entry, ...]:
    """Return the facts of a note that consists of facts; a remark to a colleague has colons too."""
    matches = [_FIELD.fullmatch(line.strip()) for line in note.split("\n") if line.strip()]
    found = [(match["key"], match["value"]) for match in matches if match]
    known = sum(is_known(key) and key.lower() not in {"speaker", "speakers"} for key, _ in found)
    return tuple(Entry(key, value) for key, value in found) if len(found) == len(matches) <= 2 * known else ()
