"""What an edition says of where it comes from, as its writer asks for it."""

from typing import Final

from converters.narration.model import Timeline
from converters.provenance import Told, told
from converters.writers import WriteContext, Writer, writer_named

_TERMS: Final = {
    "source": "dcterms.source", "settings": "dcterms.provenance", "voices": "dcterms.provenance",
}  # fmt: skip
"""What was transformed, and how it came to be what it is (DCMI Metadata Terms)."""


def origin(context: WriteContext, own: str, timeline: Timeline | None = None) -> Told | None:
    """Return what the edition ``own`` says, None where nothing is known; ``timeline`` says it of timed text."""
    if context.provenance is None:
        return None
    narrated = is_narrated(writer_named(own), context, timeline)
    return told(context.provenance, context.options, own, is_narrated=narrated)


def origin_lines(context: WriteContext, own: str, timeline: Timeline | None = None) -> tuple[tuple[str, str], ...]:
    """Return the same as names and values, nothing where nothing is known."""
    said = origin(context, own, timeline)
    return said.lines if said else ()


def as_meta(context: WriteContext, own: str) -> tuple[tuple[str, str], ...]:
    """Return names and contents of ``meta`` elements, as DCMI expresses its terms in HTML (DC-HTML)."""
    return tuple((_TERMS[name], value) for name, value in origin_lines(context, own))


def as_terms(context: WriteContext, own: str) -> tuple[tuple[str, str], ...]:
    """Return the same as properties with a prefix, for packages: ``dcterms:source`` and ``dcterms:provenance``."""
    return tuple((name.replace(".", ":"), value) for name, value in as_meta(context, own))


def as_custom(context: WriteContext, own: str) -> tuple[tuple[str, str], ...]:
    """Return the same as names and values for formats that have no vocabulary."""
    return tuple((name.capitalize(), value) for name, value in origin_lines(context, own))


def is_narrated(writer: Writer, context: WriteContext, timeline: Timeline | None) -> bool:
    """Tell whether the narration is in an edition, or in step with it; one that plays another's file needs that one."""
    if writer.plays and writer.plays not in {sibling.name for sibling in context.siblings}:
        return False
    in_step = timeline == "narration" if writer.timed else writer.narration != "ignores"
    return in_step and context.narration is not None
