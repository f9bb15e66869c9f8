"""What the structure of is looked at, for the table of checkers, which loads nothing that reads files."""

from typing import Final

FORMATS: Final = (
    "html", "html-fragment", "epub", "pdf", "docx", "txt", "json", "vtt", "srt", "podcast-json", "chapters-json", "pef",
    "ebraille", "lpf", "daisy202", "daisy3",
)  # fmt: skip
"""Formats whose structure is looked at."""
