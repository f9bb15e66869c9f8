"""Sources and an output folder at addresses, as folders of this machine while a run goes on.

Of the sources what a run may read is copied. Of an output folder only what tells of the episodes comes here: an
episode that is as the last run left it stands here as names and sizes, and is fetched when something is to be made of
it. What was made goes there file by file, an episode's manifest last, so that no manifest names what is not there.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from converters import manifest
from converters.archive.lease import leased
from converters.archive.object_store import Place, address_in
from converters.archive.record import RECORD, Remembered, remembered
from converters.convert import WHOLE, Result
from converters.errors import SavingError, SourceError
from converters.published import OUR_FOLDER, published
from converters.readers import SUFFIXES
from converters.settings import SHOW_FILE

_OURS_TO_KEEP: Final = frozenset((f"{OUR_FOLDER}/{RECORD}", f"{OUR_FOLDER}/published.json"))
_OURS_TO_SEND: Final = (*sorted(_OURS_TO_KEEP), f"{OUR_FOLDER}/report.html", f"{OUR_FOLDER}/report.json")
_DIGITS: Final = 14
"""Of a digest, as nanoseconds: years that every file system knows."""
_OFTEN: Final = 25
"""After so many episodes the record is sent: a run that is killed has forgotten no more of them."""


class Mirror:
    """The folders of a run: ``sources`` and ``out``, and the addresses for which they stand."""

    def __init__(self, folder: Path) -> None:
        """Begin with an empty private folder."""
        self._folder = folder
        self._told: dict[str, str] = {}
        self._out: Place | None = None
        self._there: dict[str, int] = {}
        self._sent = 0
        self.out = Path()

    def told(self, words: str) -> str:
        """Return words with addresses in place of private folders."""
        for folder, address in self._told.items():
            words = words.replace(folder, address)
        return words

    def source(self, path: Path) -> Path:
        """Return where a source is to be read. Raises ``SourceError`` where its address has nothing."""
        address = address_in(path)
        if address is None:
            return path
        place, here = Place(address), self._stand_in(address)
        if place.is_folder():
            for name, _ in place.files():
                if _may_be_read(name):
                    _put(here / name, place.read(name) or b"", told_by_time=True)
        else:
            _put(here, _content(place), told_by_time=True)
            _beside(place, here, PurePosixPath(here.name).with_suffix(".toml").name)
        _above(address, here)
        return here

    def receive(self, path: Path) -> None:
        """Take an output folder at an address, and what tells of its episodes."""
        address = address_in(path)
        if address is None:
            self.out = path
            return
        self._out, self.out = Place(address), self._stand_in(address)
        self._there = dict(self._out.files())
        for name in self._there:
            if _tells(name):
                _put(self.out / name, self._out.read(name) or b"")
        for one in remembered(self.out):
            self._stand(one)
        for name, size, time in published(self.out).files:
            if self._there.get(name) == size:
                os.utime(self.out / name, ns=(time, time))

    def fetch(self, folder: Path) -> None:
        """Bring an episode here whole, so that what is current of it can be told by its content."""
        if self._out is None:
            return
        for name in [name for name in self._there if name.startswith(f"{folder.name}/")]:
            _put(self.out / name, self._out.read(name) or b"")

    def send(self, result: Result) -> Result:
        """Send what is new of an episode; where that cannot be done, it has failed."""
        if self._out is None or not (result.written or result.ledgers):
            return result
        try:
            self._send_folder(result.job.folder, self._out)
            self._sent += 1
            if self._sent % _OFTEN == 0:
                self.send_ours()
        except SavingError as error:
            return msgspec.structs.replace(result, failures=((WHOLE, error),), written=(), ledgers=())
        return result

    def send_ours(self) -> None:
        """Send the record and what tells of the whole archive. Raises ``SavingError``."""
        if self._out is None:
            return
        top = {path.name for path in self.out.iterdir() if path.is_file()}
        for name in (*sorted(top), *(name for name in _OURS_TO_SEND if (self.out / name).is_file())):
            content = (self.out / name).read_bytes()
            if self._there.get(name) != len(content) or self._out.read(name) != content:
                self._out.write(name, content)
                self._there[name] = len(content)
        for name in [name for name in self._there if "/" not in name and name not in top]:
            self._out.remove(name)
            del self._there[name]

    def _send_folder(self, folder: Path, out: Place) -> None:
        here = {f"{folder.name}/{path.relative_to(folder).as_posix()}": path
                for path in sorted(folder.rglob("*")) if path.is_file()}  # fmt: skip
        last = f"{folder.name}/{manifest.MANIFEST_NAME}"
        for name in sorted(here, key=lambda name: name == last):
            content = here[name].read_bytes()
            out.write(name, content)
            self._there[name] = len(content)
            if name != last:
                _hollow(here[name])
        for name in [name for name in self._there if name.startswith(f"{folder.name}/") and name not in here]:
            out.remove(name)
            del self._there[name]

    def _stand(self, one: Remembered) -> None:
        """Let files stand here by name, size and time, where they are at the address as the last run left them."""
        for name, size, time in one.files:
            place = self.out / one.folder / name
            if self._there.get(f"{one.folder}/{name}") == size:
                place.parent.mkdir(parents=True, exist_ok=True)
                with place.open("ab") as file:
                    file.truncate(size)
                os.utime(place, ns=(time, time))

    def _stand_in(self, address: str) -> Path:
        """Return the folder or file here that stands for an address."""
        scheme, _, rest = address.partition("://")
        here = self._folder / scheme / rest.strip("/")
        self._told[str(self._folder / scheme) + "/"] = f"{scheme}://{'/' if rest.startswith('/') else ''}"
        here.parent.mkdir(parents=True, exist_ok=True)
        return here


@contextmanager
def mirrored(sources: tuple[Path, ...], out: Path, *, only_looking: bool) -> Iterator[tuple[Mirror, tuple[Path, ...]]]:
    """Yield the mirror and the sources as they are to be read; afterwards nothing of it is left on this machine.

    ``only_looking``: nothing will be sent, so no other run is kept away. Raises ``SavingError``, ``SourceError``
    and ``MissingPartError``.
    """
    with tempfile.TemporaryDirectory(prefix="curbcut-") as folder, ExitStack() as stack:
        mirror = Mirror(Path(os.path.realpath(folder)))
        if not only_looking and (address := address_in(out)):
            stack.enter_context(leased(Place(address)))
        mirror.receive(out)
        yield mirror, tuple(map(mirror.source, sources))


def _may_be_read(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and (path.suffix.lower() in SUFFIXES or path.suffix == ".toml")


def _hollow(path: Path) -> None:
    """Leave of a file that was sent its name, size and time: an archive may be larger than this machine's disk."""
    found = path.stat()
    with path.open("wb") as file:
        file.truncate(found.st_size)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def _tells(name: str) -> bool:
    """Tell whether a file at the output's address says what is there: manifests, the catalogue, the record."""
    return name.endswith(f"/{manifest.MANIFEST_NAME}") or "/" not in name or name in _OURS_TO_KEEP


def _above(address: str, here: Path) -> None:
    """Bring the show.toml of each folder above, as the nearest of them holds."""
    scheme, _, rest = address.partition("://")
    for above in PurePosixPath(rest).parents:
        here = here.parent
        if above.name:
            _beside(Place(f"{scheme}://{above}/{SHOW_FILE}"), here / SHOW_FILE, SHOW_FILE)


def _beside(place: Place, here: Path, name: str) -> None:
    """Bring a file that may be there, and lies beside another or is one itself."""
    own = place if place.address.endswith(f"/{name}") else Place(f"{place.address.rpartition('/')[0]}/{name}")
    content = own.read()
    if content is not None:
        _put(here.with_name(name), content)


def _content(place: Place) -> bytes:
    content = place.read()
    if content is None:
        raise SourceError(f"{place.address}: there is no such file. Check the address.")
    return content


def _put(path: Path, content: bytes, *, told_by_time: bool = False) -> None:
    """Write a file; ``told_by_time``: its time stands for its content, so that it is the same in the next run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if told_by_time:
        time = int(manifest.digest(content)[:_DIGITS], 16)
        os.utime(path, ns=(time, time))
