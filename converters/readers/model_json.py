"""Our own model, back from its JSON: lossless, and refused where it is newer than we are."""

import re
from typing import Final

import msgspec

from converters.document import MODEL_VERSION, Document, NodeId, PersonEntry, PullQuote, Turn
from converters.errors import SourceError
from converters.readers import ReadContext
from converters.traverse import walk

_IDENTIFIER: Final = re.compile(r"(?:[a-z][a-z0-9-]*)?")


class _Header(msgspec.Struct):
    version: int = 0


def read_model_json(source: bytes, context: ReadContext) -> Document:
    """Return the document that ``--to json`` wrote. Raises ``SourceError`` with the place of a fault."""
    text = source.removeprefix(b"\xef\xbb\xbf")
    try:
        version = msgspec.json.decode(text, type=_Header).version
        if version > MODEL_VERSION:
            raise SourceError(
                f"{context.name}: made by a newer Curbcut (model version {version}, this one reads "
                f"{MODEL_VERSION}). Install the newer Curbcut."
            )
        document = msgspec.json.decode(text, type=Document)
        fault = _fault(document)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        fault = str(error)
    if fault:
        raise SourceError(f"{context.name}: this JSON is no Curbcut document ({fault}). See: curbcut formats --schema")
    return document


def _fault(document: Document) -> str:
    """Return what no schema can say is wrong: ids that cannot be ids, that stand twice, that lead nowhere."""
    people = [person.id for person in document.people]
    given = [step.id for step in walk(document) if step.id] + people
    if wrong := next((i for i in given if not _IDENTIFIER.fullmatch(i)), None):
        return f"“{wrong[:60]}” cannot be an id"
    if len(set(given)) < len(given):
        return f"the id “{next(i for i in given if given.count(i) > 1)}” is given twice"
    stranger = next((i for i in _mentioned(document) if i not in people), None)
    return f"“{stranger[:60]}” is not among its people" if stranger else ""


def _mentioned(document: Document) -> list[NodeId]:
    turns = [person for step in walk(document) if isinstance(step, Turn) for person in step.people]
    blocks = [block for section in document.sections for block in section.blocks]
    quoted = [block.attribution.person for block in blocks if isinstance(block, PullQuote) and block.attribution]
    listed = [
        step.person for block in blocks for step in getattr(block, "entries", ()) if isinstance(step, PersonEntry)
    ]
    return [*turns, *listed, *(person for person in quoted if person)]
