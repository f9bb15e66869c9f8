"""The document model itself: lossless, versioned, read back by ``readers/model_json.py``."""

import msgspec

from converters.document import Document
from converters.writers import Artifact, WriteContext, writer_named


def write_model_json(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the model as indented JSON; its schema is printed by ``curbcut formats --schema``."""
    row = writer_named("json")
    content = msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"
    return (Artifact(row.file_name(context.slug), row.media_type, content),)
