"""Our own model, back from its JSON: lossless, and refused where it is newer than we are."""

import msgspec

from converters.document import MODEL_VERSION, Document
from converters.errors import SourceError
from converters.readers import ReadContext


class _Header(msgspec.Struct):
    version: int = 0
    sections: object = None


def read_model_json(source: bytes, context: ReadContext) -> Document:
    """Return the document that ``--to json`` wrote. Raises ``SourceError`` with the place of a fault."""
    try:
        header = msgspec.json.decode(source, type=_Header)
        if header.version > MODEL_VERSION:
            raise SourceError(
                f"{context.name}: made by a newer Curbcut (model version {header.version}, this one reads "
                f"{MODEL_VERSION}). Install the newer Curbcut."
            )
        return msgspec.json.decode(source, type=Document)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SourceError(
            f"{context.name}: this JSON is not a Curbcut document ({error}). See: curbcut formats --schema"
        ) from error
