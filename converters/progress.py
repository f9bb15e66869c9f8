"""Progress on long work: one line that is drawn again on a terminal, a few plain lines elsewhere."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, TextIO

from converters.making import Step

_WORDS: Final[dict[Step, str]] = {
    "reading": "reading", "speaking": "speaking", "writing": "writing the editions", "saving": "saving",
    "converting": "converted",
}  # fmt: skip
_CLEAR_LINE: Final = "\r\x1b[K"
_QUARTERS: Final = 4


class Progress:
    """Says how far an episode is, or how many are done. ``write`` puts words on the terminal as they are."""

    def __init__(self, write: Callable[[str], None], name: str, *, plain: bool) -> None:
        """Begin in silence."""
        self._write, self._name, self._plain = write, name, plain
        self._last: tuple[Step, int] | None = None

    def tell(self, step: Step, done: int, of_all: int) -> None:
        """Draw the line anew, or print a plain line for each quarter of speaking."""
        if not self._plain:
            self._write(f"{_CLEAR_LINE}{self._line(step, done, of_all)}")
        elif step == "speaking" and of_all and self._last != (quarter := (step, done * _QUARTERS // of_all)):
            self._last = quarter
            self._write(f"{self._line(step, done, of_all)}\n")

    def close(self) -> None:
        """Take the drawn line away."""
        if not self._plain:
            self._write(_CLEAR_LINE)

    def _line(self, step: Step, done: int, of_all: int) -> str:
        amount = f" {done} of {of_all}" if of_all > 1 else ""
        return f"{self._name}: {_WORDS[step]}{amount}"


def wants_plain_lines(asked: bool | None, stream: TextIO) -> bool:  # noqa: FBT001 - three answers: yes, no, not said
    """Tell whether to print plain lines, and remember what was asked for on the command line.

    Plain are: --plain, NO_COLOR, a dumb terminal, anything that is no terminal.
    """
    if asked is not None:
        _remember(plain=asked)
        return asked or not stream.isatty()
    if not stream.isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return True
    return _remembered()


def _remembered() -> bool:
    import tomllib

    try:
        return bool(tomllib.loads(_preferences().read_text(encoding="utf-8")).get("plain", False))
    except (OSError, tomllib.TOMLDecodeError):
        return False


def _remember(*, plain: bool) -> None:
    try:
        path = _preferences()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"plain = {str(plain).lower()}\n", encoding="utf-8")
    except OSError:
        return  # a home that cannot be written to costs the memory, not the conversion


def _preferences() -> Path:
    from platformdirs import user_config_path

    return user_config_path("curbcut") / "preferences.toml"
