"""Sound by ffprobe and ffmpeg: whether it is sound at all, and can be heard from end to end."""

import re
from collections.abc import Iterator

from converters.checks.outside.answers import Answer, Said
from converters.checks.outside.commands import complaints, printed


def ffmpeg(files: tuple[str, ...]) -> Answer:
    """Look at each file's streams, and decode all of it. ``-xerror``: without it damage is no failure."""
    return Answer(_version(), {name: tuple(_one(name)) for name in files})


def _one(name: str) -> Iterator[Said]:
    local = f"file:{name}"  # nothing that a name could mean besides
    if found := complaints(("ffprobe", "-v", "error", "-protocol_whitelist", "file", "-show_streams", local)):
        yield Said("ffprobe", "error", _plain(found[0], local), count=len(found))
        return
    command = ("ffmpeg", "-nostdin", "-v", "error", "-xerror", "-protocol_whitelist", "file", "-i", local,
               "-map", "0:a", "-f", "null", "-")  # fmt: skip
    if found := complaints(command):
        yield Said("decoding", "error", _plain(found[0], local), count=len(found))


def _plain(line: str, name: str) -> str:
    """Return a complaint without places in memory, which differ from run to run."""
    return re.sub(r" @ 0x[0-9a-f]+", "", line).replace(name, "the file")


def _version() -> str:
    words = printed(("ffmpeg", "-version")).split(maxsplit=3)
    return words[2] if len(words) > 2 else ""  # noqa: PLR2004 - "ffmpeg version 5.1.9 …"
