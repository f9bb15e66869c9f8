"""Curbcut: the transcript of a conversation, in editions that everyone can use.

The public names, loaded when they are first used: ``Document`` (the model),
``read`` (bytes to a document) and ``convert`` (one episode to its editions).
"""

from importlib import import_module

__all__ = ["Document", "convert", "read"]

_HOMES = {
    "Document": "converters.document",
    "convert": "converters.convert",
    "read": "converters.readers",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(_HOMES[name]), name)
