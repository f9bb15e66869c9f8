"""One run at a time where there is no lock to be had: a file in the store that says who is at work, and since when.

It is renewed while the run goes on. One that was not renewed for a minute is of a run that is no more.
"""

import contextlib
import threading
import time
import uuid
from collections.abc import Iterator
from typing import Final

import msgspec

from converters.archive.lock import PATIENCE
from converters.archive.object_store import Place
from converters.errors import CurbcutError, SavingError
from converters.published import OUR_FOLDER

_NAME: Final = f"{OUR_FOLDER}/lease.json"
DEAD_AFTER: Final = 60.0
"""Seconds after which a lease that nobody renews holds no more."""
_RENEWED: Final = 15.0
_PAUSE: Final = 0.5


class _Lease(msgspec.Struct, frozen=True):
    """Who is at work, and when that was said last, in seconds since 1970."""

    owner: str
    at: float


@contextlib.contextmanager
def leased(out: Place) -> Iterator[None]:
    """Hold the lease of an output folder at an address. Raises ``SavingError`` where another run has it."""
    owner, over = uuid.uuid4().hex, threading.Event()
    _take(out, owner)
    renewing = threading.Thread(target=_renew, args=(out, owner, over), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        over.set()
        renewing.join(timeout=PATIENCE)
        with contextlib.suppress(CurbcutError):
            out.remove(_NAME)


def _take(out: Place, owner: str) -> None:
    """Write the lease, and look whether another run has done so at the same moment: the last one has it."""
    last = time.monotonic() + PATIENCE
    while _is_held(out):
        if time.monotonic() >= last:
            raise SavingError(
                f"{out.address}: another run is at work there. Wait until it is done, or choose another place with -o."
            )
        time.sleep(_PAUSE)
    _write(out, owner)
    time.sleep(_PAUSE)
    now = _read(out)
    if now is None or now.owner != owner:
        raise SavingError(f"{out.address}: another run has begun there just now. Wait until it is done.")


def _is_held(out: Place) -> bool:
    lease = _read(out)
    return lease is not None and time.time() - lease.at < DEAD_AFTER


def _read(out: Place) -> _Lease | None:
    try:
        return msgspec.json.decode(out.read(_NAME) or b"", type=_Lease)
    except msgspec.DecodeError:
        return None


def _write(out: Place, owner: str) -> None:
    out.write(_NAME, msgspec.json.encode(_Lease(owner, time.time())))


def _renew(out: Place, owner: str, over: threading.Event) -> None:
    while not over.wait(_RENEWED):
        with contextlib.suppress(CurbcutError):
            _write(out, owner)
