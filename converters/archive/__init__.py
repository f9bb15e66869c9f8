"""Many episodes: a process for each, several at once, and what is remembered between runs."""

from typing import Final

import msgspec

SEVERAL: Final = 4
"""From so many episodes on, a second process saves more than it costs to start."""


class Bounds(msgspec.Struct, frozen=True):
    """What one episode of several may take: ``minutes`` in all, ``megabytes`` of memory."""

    minutes: float = 60
    megabytes: int = 2000
