"""Clips that were made before, kept on disk: correct one name, and only its sentences are spoken again.

An SQLite database in the user's cache folder: many processes may use it at once, a crash leaves it
whole, and what was not used for longest is dropped when it grows too large. It may be deleted at
any time. Where it cannot be had (no room, no permission, a damaged file) all is made anew, and no
edition is any different.
"""

import contextlib
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

MEGABYTE: Final = 1_000_000
LARGEST: Final = 1000 * MEGABYTE
"""Bytes; some 45 hours of speech as MP3."""

KEPT_AFTER_DROPPING: Final = 0.8
WRITTEN_AT_ONCE: Final = 4 * MEGABYTE
PATIENCE: Final = 10.0
"""Seconds to wait for another process that writes."""

ASKED_AT_ONCE: Final = 500

_TABLE: Final = """
create table if not exists clips (key text primary key, used integer not null, content blob not null) without rowid
"""
_DROP: Final = """
delete from clips where key in (
  select key from (select key, sum(length(content)) over (order by used desc, key) as so_far from clips)
  where so_far > ?
)
"""


class ClipCache:
    """Clips by key; a context manager. ``folder`` of None, or one that cannot be used, keeps nothing."""

    def __init__(self, folder: Path | None, largest: int = LARGEST) -> None:
        self._largest = largest
        self._waiting: dict[str, bytes] = {}
        self._used: set[str] = set()
        self._database = _opened(folder / "clips.sqlite") if folder else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def known(self, keys: Iterable[str]) -> frozenset[str]:
        """Return those of the keys whose clips are kept."""
        wanted = tuple(dict.fromkeys(keys))
        found: set[str] = set()
        for first in range(0, len(wanted), ASKED_AT_ONCE):
            part = wanted[first : first + ASKED_AT_ONCE]
            marks = ",".join("?" * len(part))
            found |= {str(row[0]) for row in self._rows(f"select key from clips where key in ({marks})", part)}  # noqa: S608 - question marks
        return frozenset(found)

    def get(self, key: str) -> bytes | None:
        """Return a clip, None where it is not kept (any more)."""
        rows = self._rows("select content from clips where key = ?", (key,))
        if not rows:
            return self._waiting.get(key)
        self._used.add(key)
        (content,) = rows[0]
        return content if isinstance(content, bytes) else None

    def drop(self, key: str) -> None:
        """Forget a clip."""
        self._waiting.pop(key, None)
        with contextlib.suppress(sqlite3.Error), self._database or contextlib.nullcontext():
            if self._database:
                self._database.execute("delete from clips where key = ?", (key,))

    def put(self, key: str, content: bytes) -> None:
        """Keep a clip; it is written with others, at the latest by ``close``."""
        if self._database:
            self._waiting[key] = content
            if sum(map(len, self._waiting.values())) > WRITTEN_AT_ONCE:
                self._write()

    def close(self) -> None:
        """Write what waits, drop what is too much, and let go of the file. Closing twice is well."""
        if self._database:
            self._write()
            self._drop()
            self._database.close()
            self._database = None

    def _rows(self, query: str, values: tuple[str, ...]) -> list[tuple[bytes | str]]:
        with contextlib.suppress(sqlite3.Error):
            return self._database.execute(query, values).fetchall() if self._database else []
        return []

    def _write(self) -> None:
        """Write all that waits in one transaction: a clip is kept whole or not at all."""
        now, rows, self._waiting = int(time.time()), self._waiting, {}
        with contextlib.suppress(sqlite3.Error), self._database or contextlib.nullcontext():
            if self._database:
                new = ((key, now, content) for key, content in rows.items())
                self._database.executemany("insert or replace into clips values (?, ?, ?)", new)
                self._database.executemany("update clips set used = ? where key = ?", ((now, k) for k in self._used))
                self._used = set()

    def _drop(self) -> None:
        """Drop what was not used for longest, where all together is too much."""
        with contextlib.suppress(sqlite3.Error), self._database or contextlib.nullcontext():
            if not self._database:
                return
            pages = self._database.execute("select page_count * page_size from pragma_page_count, pragma_page_size")
            if pages.fetchone()[0] <= self._largest:
                return
            room = int(self._largest * KEPT_AFTER_DROPPING)
            self._database.execute(_DROP, (room,))
            self._database.commit()
            self._database.execute("vacuum")


def _opened(path: Path) -> sqlite3.Connection | None:
    """Open the database; one that is damaged is removed and begun anew. None where neither can be done."""
    for _ in range(2):
        try:
            return _connected(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                return None
            path.unlink(missing_ok=True)
        except OSError:
            return None
    return None


def _connected(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path, timeout=PATIENCE, check_same_thread=True)
    try:
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = normal")
        database.execute(_TABLE)
        database.commit()
    except sqlite3.Error:
        database.close()
        raise
    return database
