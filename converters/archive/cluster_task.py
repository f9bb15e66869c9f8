"""What goes to a worker of a cluster, and what comes back: both are pickled, between the same versions of the tool."""

import msgspec

from converters.archive import Bounds
from converters.convert import Result
from converters.planning import Job


class Task(msgspec.Struct, frozen=True):
    """An episode with all that is needed for it: the bytes of its source, and the files that lie in its folder."""

    job: Job
    source: bytes
    there: dict[str, bytes]
    bounds: Bounds


class Brought(msgspec.Struct, frozen=True):
    """What came of it: the files of its folder that are new or other now, and the names of those that are gone.

    Paths of the result are relative to the episode's folder.
    """

    result: Result
    files: dict[str, bytes]
    gone: tuple[str, ...]
