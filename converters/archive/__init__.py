"""Many episodes: a process for each, several at once."""

from typing import Final

SEVERAL: Final = 4
"""From so many episodes on, a second process saves more than it costs to start."""
