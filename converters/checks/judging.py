"""What no machine can judge of an edition: short lists to tick, in judging.toml."""

import functools
from pathlib import Path
from typing import Final

import msgspec

_KINDS: Final = {
    "html": ("html",), "html-fragment": ("html",), "epub": ("epub",), "pdf": ("pdf",), "docx": ("word",),
    **dict.fromkeys(("mp3", "m4b", "opus", "mp3-set", "lpf", "sound"), ("sound",)),
    **dict.fromkeys(("daisy202", "daisy3"), ("epub", "sound")),
    **dict.fromkeys(("vtt", "srt", "podcast-json", "chapters-json"), ("captions",)),
    **dict.fromkeys(("brf", "pef"), ("braille",)), "ebraille": ("braille", "epub"), "txt": ("text",),
}  # fmt: skip


@functools.cache
def _lists() -> dict[str, tuple[str, ...]]:
    return msgspec.toml.decode(Path(__file__).with_suffix(".toml").read_bytes(), type=dict[str, tuple[str, ...]])


def to_judge(format_name: str) -> tuple[str, ...]:
    """Return what a person has to judge of an edition of this format, the most telling first."""
    known = _lists()
    return (*(point for kind in _KINDS.get(format_name, ()) for point in known[kind]), *known["all"])
