"""``curbcut formats``: the editions that can be made, and the sources that can be read."""

import msgspec

from converters import readers, writers
from converters.document import Document
from converters.human_checks import TEMPLATES


def schema() -> str:
    """Return the JSON Schema of the document model."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Document))).decode()


def lines() -> tuple[str, ...]:
    """Return a line for each edition and each kind of source, in the order of their tables."""
    made = (f"  {one.name}: {one.summary}. NAME{one.ending}, {_when(one)}{_template(one)}" for one in writers.TABLE)
    read = (f"  {one.name}: {one.summary} ({', '.join(filter(None, one.suffixes))})" for one in readers.TABLE)
    return ("Editions that can be made:", *made, "Sources that can be read:", *read)


def _when(writer: writers.Writer) -> str:
    return "made by default" if writer.default else f"made with --to {writer.name}"


def _template(writer: writers.Writer) -> str:
    return f", template {TEMPLATES[writer.name].version}" if writer.name in TEMPLATES else ""
