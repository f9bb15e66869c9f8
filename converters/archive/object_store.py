"""Files at addresses (``s3://``, ``gs://``, ``file://``, ``memory://``), by fsspec, and how a path stands for one.

A path that is made of an address has its slashes merged (``s3:/bucket/a``); ``address_in`` gives it back.
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final

from converters.errors import MissingPartError, SavingError, SourceError

_SCHEME: Final = re.compile(r"[a-z][a-z0-9+]+:")
_WHOLE: Final = frozenset(("file", "local"))
"""Schemes whose address goes on with a path from the root."""


def address_in(path: Path) -> str | None:
    """Return the address that a path of the command line stands for, None where it is one of this machine."""
    scheme, *rest = path.parts or ("",)
    if not _SCHEME.fullmatch(scheme):
        return None
    return f"{scheme}//{'/' if scheme.rstrip(':') in _WHOLE else ''}{'/'.join(rest)}"


class Place:
    """A folder or a file at an address. Errors of the store are ``SourceError`` or ``SavingError`` in plain words."""

    def __init__(self, address: str) -> None:
        """Find the file system. Raises ``MissingPartError`` where the library for it is not on this machine."""
        self.address = address.rstrip("/")
        self._store, self._root = _opened(self.address)

    def files(self) -> Iterator[tuple[str, int]]:
        """Yield each file below by its path from here, with its size in bytes."""
        self._store.invalidate_cache()
        for path in self._found():
            size = self._store.info(path)["size"]
            yield PurePosixPath(path).relative_to(self._root).as_posix(), int(str(size))

    def _found(self) -> list[str]:
        try:
            return sorted(self._store.find(self._root)) if self._store.exists(self._root) else []
        except OSError as error:
            raise SourceError(f"{self.address}: it cannot be reached ({error}). Check address and rights.") from error

    def is_folder(self) -> bool:
        """Tell whether there is anything below."""
        try:
            self._store.invalidate_cache()
            return bool(self._store.isdir(self._root))
        except OSError as error:
            raise SourceError(f"{self.address}: it cannot be reached ({error}). Check address and rights.") from error

    def read(self, name: str = "") -> bytes | None:
        """Return a file's content, None where there is none."""
        try:
            return bytes(self._store.cat_file(self._path(name)))
        except FileNotFoundError:
            return None
        except OSError as error:
            where = f"{self.address}/{name}"
            raise SourceError(f"{where}: it cannot be read ({error}). Check address and rights.") from error

    def write(self, name: str, content: bytes) -> None:
        """Put a file there, whole: a store shows the old one or the new one. Raises ``SavingError``."""
        path = self._path(name)
        try:
            self._store.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._store.pipe_file(path, content)
        except OSError as error:
            raise SavingError(f"{self.address}: cannot be written to ({error}). Check address and rights.") from error

    def remove(self, name: str) -> None:
        """Remove a file, if it is there. Raises ``SavingError``."""
        try:
            self._store.rm_file(self._path(name))
        except FileNotFoundError:
            return
        except OSError as error:
            raise SavingError(f"{self.address}: cannot be written to ({error}). Check address and rights.") from error

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root


def _opened(address: str) -> tuple[Any, str]:
    """Return a file system of fsspec, which has no types, and where in it an address begins."""
    try:
        import fsspec  # type: ignore[import-untyped]  # it has no types
    except ImportError as error:
        raise MissingPartError(
            f"{address}: files at addresses need the library fsspec. Get it with: pip install 'curbcut[cluster]'"
        ) from error
    try:
        store, root = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise MissingPartError(f"{address}: this kind of address cannot be opened here: {error}") from error
    return store, str(root).rstrip("/")
