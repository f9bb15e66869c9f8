"""Curbcut: the transcript of a conversation, in editions that everyone can use.

The public names, loaded when they are first used: ``Document`` (the model),
``read`` (bytes to a document) and ``convert`` (one episode to its editions).
"""

import sys
from importlib import import_module

__all__ = ["Document", "convert", "read"]

_HOMES = {
    "Document": "converters.document",
    "convert": "converters.convert",
    "read": "converters.readers",
}


def _load_msgspec() -> None:
    """Load msgspec without typing_extensions, which it asks for one name that Python itself has had since 3.9.

    Every command needs msgspec; the other costs each of them a tenth of its start. A
    module that is None is one that cannot be imported, so that msgspec does without.
    """
    if "typing_extensions" not in sys.modules:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # what the import system itself puts there
        try:
            import_module("msgspec")
        finally:
            del sys.modules["typing_extensions"]


_load_msgspec()


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(_HOMES[name]), name)
