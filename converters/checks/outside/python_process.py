"""A program: asks checkers that are commands or Python packages about many files, and prints what they found."""

import sys
from collections.abc import Callable
from typing import Final

import msgspec

from converters.checks.outside import books, documents, sounds, talking_books
from converters.checks.outside.answers import Answer, Work

_TOOLS: Final[dict[str, Callable[[tuple[str, ...]], Answer]]] = {
    "nu": documents.nu,
    "ace": books.ace,
    "page-validation": documents.page_validation,
    "outloud": documents.outloud,
    "ooxml-integrity": documents.ooxml_integrity,
    "ffmpeg": sounds.ffmpeg,
    "daisy": talking_books.daisy,
}


def main() -> None:
    """Answer the work on the standard input."""
    work = msgspec.json.decode(sys.stdin.buffer.read(), type=Work)
    answers = {tool: _TOOLS[tool](work.files) for tool in work.tools}
    sys.stdout.buffer.write(msgspec.json.encode(answers))


if __name__ == "__main__":
    main()
