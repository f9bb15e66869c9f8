"""Putting finished editions in their place: whole files only, the manifest last.

Everything is written to a staging folder of its own in ``OUT/.curbcut/`` first;
each file is then moved over the old one in a single step (``os.replace``). After a
kill at any moment every file is old or new, and whole. What a killed run left
behind is cleared away by the next.
"""

import contextlib
import itertools
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from converters.errors import SavingError, UsageError
from converters.published import OUR_FOLDER

_STAGING: Final = "staging-"
_TRIES: Final = 100


@contextlib.contextmanager
def staging(out: Path) -> Iterator[Path]:
    """Yield an empty folder on the same disk as ``out``; afterwards no trace of it is left.

    Folders that had to be made for it, ``out`` too, go again where nothing was put
    into them. Raises ``SavingError`` where nothing can be written.
    """
    made = _make_folders(out / OUR_FOLDER)
    try:
        clear_abandoned(out)
        folder, held = _new_folder(out / OUR_FOLDER)
    except OSError as error:
        _remove_empty(made)
        raise SavingError(_said(out, error)) from error
    try:
        yield folder
    except OSError as error:
        raise SavingError(_said(out, error)) from error
    finally:
        _remove(folder)
        _let_go(held)
        _remove_empty((*made, out / OUR_FOLDER))


def staged(content: bytes | Path, name: str, folder: Path) -> Path:
    """Return a finished file in the staging folder; bytes are written to it by that name."""
    if isinstance(content, Path):
        return content
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def place(finished: Path, target: Path) -> None:
    """Move a finished file over what stands at ``target``, in one step.

    Its content is on the disk before its name is: after a power cut there is no file whose content is lost.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _flush(finished)
    finished.replace(target)


def settle(folder: Path) -> None:
    """Have the names of a folder's files on the disk, before anything says that they are there."""
    if os.name == "posix":
        _flush(folder)


def _flush(path: Path) -> None:
    number = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(number)
    except OSError:
        return  # a file system that cannot: it is as safe as it is
    finally:
        os.close(number)


def clear(path: Path, folder: Path) -> None:
    """Remove a file below ``folder`` that an edition has no more, and its own folder where that is empty now."""
    if folder.resolve() not in path.resolve().parents:
        return  # a manifest that somebody altered
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
        path.parent.rmdir()


def place_together(files: Mapping[Path, bytes]) -> None:
    """Write files of one folder: all of them are whole before the first is put in its place, and the last is last."""
    folder = next(iter(files)).parent
    with staging(folder.parent if (folder / "manifest.json").is_file() else folder) as staged:
        ready = [(staged / path.name, path) for path in files]
        for new, path in ready:
            new.write_bytes(files[path])
        for new, path in ready:
            place(new, path)


def withdraw(folder: Path, names: Iterable[str]) -> bool:
    """Remove what was written about files that are about to change; tell whether there was anything."""
    there = [folder / name for name in names if (folder / name).is_file()]
    for path in there:
        path.unlink(missing_ok=True)
    return bool(there)


def place_new(path: Path, text: str) -> None:
    """Write a file that is not there yet: nothing of anybody's is lost."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{path} is there already. Name a new file with -o, and compare the two.") from error
    except OSError as error:
        raise SavingError(f"{path}: cannot be written ({error.strerror}). Choose another folder.") from error


def _make_folders(folder: Path) -> tuple[Path, ...]:
    """Make a folder and those above it; return the ones that were not there, outermost first."""
    missing = [f for f in (folder, *folder.parents) if not f.exists()][::-1]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SavingError(_said(folder.parent, error)) from error
    return tuple(missing)


def _remove_empty(folders: tuple[Path, ...]) -> None:
    for folder in reversed(folders):
        with contextlib.suppress(OSError):
            folder.rmdir()


def _new_folder(within: Path) -> tuple[Path, int | None]:
    """Make a folder that no other run has, named for this process, and hold it as long as it is needed."""
    for number in itertools.count():
        folder = within / f"{_STAGING}{os.getpid()}-{number}"
        try:
            folder.mkdir(parents=True)
            held = _held(folder)
        except FileExistsError:
            continue
        except FileNotFoundError:  # another run has just removed it, or the one above it, when it was empty
            if number > _TRIES:
                raise
            continue
        if folder.exists():
            return folder, held
        _let_go(held)
    raise AssertionError


def _held(folder: Path) -> int | None:
    """Hold a folder, so that it can be told from one that was left. Return None where there are no locks.

    The lock is the operating system's, which goes with the process, however that ends: the number of a process
    tells less, as another may have it by now. Raises ``BlockingIOError`` where another process has it.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(number)
        raise
    except OSError:
        os.close(number)
        return None
    return number


def _let_go(held: int | None) -> None:
    if held is not None:
        os.close(held)


def _remove(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()
        return
    import shutil  # loaded for a folder that holds something only: its archive formats take 20 ms

    shutil.rmtree(folder, ignore_errors=True)


def clear_abandoned(out: Path) -> None:
    """Remove what runs have left in an output folder that are no more."""
    for folder in (out / OUR_FOLDER).glob(f"{_STAGING}*"):
        with contextlib.suppress(OSError):  # another run has it, or has just removed it
            held = _held(folder)
            if held is not None or not _is_running(folder.name.removeprefix(_STAGING).partition("-")[0]):
                _remove(folder)
            _let_go(held)


def _is_running(process: str) -> bool:
    """Tell whether a process is there; where that cannot be asked (Windows), say that it is."""
    if os.name != "posix" or not process.isdigit():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _said(out: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    return (
        f"{out}: cannot be written to ({reason}). What was there before is whole. "
        "Make room, or choose another folder with -o."
    )


def replace_file(path: Path, content: bytes) -> None:
    """Put whole new content in the place of a file, in one step. Raises ``SavingError``; then it stands as before."""
    target = path.resolve()  # a link stays one
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        new.write_bytes(content)
        new.chmod(target.stat().st_mode if target.exists() else 0o644)
        new.replace(target)
    except OSError as error:
        raise SavingError(f"{path}: cannot be written ({error.strerror}). What was there before is whole.") from error
    finally:
        with contextlib.suppress(OSError):
            new.unlink()
