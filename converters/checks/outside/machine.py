"""Where checkers are looked for: on the PATH, among Python's packages, and in folders of npm's packages."""

import functools
import importlib.metadata
import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
CHECKOUT: Final = HERE.parents[2] / "tests" / "conformance"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
JARS: Final = Path("/usr/share/java")
DTDS: Final = Path("/usr/share/xml/w3c-sgml-lib/schema/dtd")
MODULES_VARIABLE: Final = "CURBCUT_NODE_MODULES"
"""Tells our Node programs which folders of packages to look into, separated as in a PATH."""

Lack = str | None
"""What is missing, in words; None: nothing."""


def node_modules() -> tuple[Path, ...]:
    """Return the folders of npm's packages: of the working folder, of this checkout, and of the whole machine."""
    there = (Path.cwd() / "node_modules", CHECKOUT / "node_modules", *_global_modules())
    return tuple(dict.fromkeys(folder.resolve() for folder in there if folder.is_dir()))


def _global_modules() -> tuple[Path, ...]:
    """Return where npm's packages for the whole machine may be: its variables say so; npm itself is slow to ask."""
    prefixes = [Path(found).resolve().parents[1] for name in ("node",) if (found := shutil.which(name))]
    if prefix := os.environ.get("npm_config_prefix"):  # noqa: SIM112 - npm's own spelling
        prefixes.insert(0, Path(prefix))
    named = [Path(one) for one in os.environ.get("NODE_PATH", "").split(os.pathsep) if one]
    return (*named, *(prefix / "lib" / "node_modules" for prefix in (*prefixes, Path("/usr/local"), Path("/usr"))))


def npm_package(name: str) -> Path | None:
    """Return the folder of an npm package."""
    return next((folder / name for folder in node_modules() if (folder / name / "package.json").is_file()), None)


def npm_version(name: str) -> str:
    """Return the version that an npm package says it has."""
    folder = npm_package(name)
    return str(json.loads((folder / "package.json").read_bytes())["version"]) if folder else ""


def python_version(name: str) -> str:
    """Return the version of an installed Python distribution, empty where it is none."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def python_folder(name: str) -> Path | None:
    """Return the folder of an importable Python package, without importing it."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def beside_python(name: str) -> str | None:
    """Return a command, that of this Python's environment first."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


def node() -> str | None:
    """Return the command of Node.js."""
    return beside_python("node")


def browser() -> str | None:
    """Return the command of the system's own browser."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


# what is missing ---------------------------------------------------------------------------


def command(*names: str) -> Callable[[], Lack]:
    """Return a probe for commands, all of which are needed."""

    def lack() -> Lack:
        missing = [name for name in names if beside_python(name) is None]
        return f"there is no command {' or '.join(missing)}" if missing else None

    return lack


def module(name: str) -> Callable[[], Lack]:
    """Return a probe for a Python package."""
    return lambda: None if importlib.util.find_spec(name) else f"there is no Python package {name}"


def npm(*names: str) -> Callable[[], Lack]:
    """Return a probe for npm's packages, all of which are needed."""

    def lack() -> Lack:
        missing = [name for name in names if npm_package(name) is None]
        return f"there is no npm package {' or '.join(missing)}" if missing else None

    return lack


def jars(package: str, *names: str) -> Callable[[], Lack]:
    """Return a probe for the Java libraries of a Debian package."""
    there = [JARS / f"{name}.jar" for name in names]
    return lambda: None if all(path.is_file() for path in there) else f"there is no Debian package {package}"


def dtds() -> Lack:
    """Return what is missing of the document types of the W3C."""
    return None if DTDS.is_dir() else "there is no Debian package w3c-sgml-lib"


def a_browser() -> Lack:
    """Return what is missing of a browser."""
    return None if browser() else f"there is no browser ({', '.join(BROWSERS)})"


def a_node() -> Lack:
    """Return what is missing of Node.js."""
    return None if node() else "there is no command node"


def all_of(*probes: Callable[[], Lack]) -> Callable[[], Lack]:
    """Return a probe for several things: the first that is missing."""
    return functools.partial(_first, probes)


def _first(probes: tuple[Callable[[], Lack], ...]) -> Lack:
    return next(filter(None, (probe() for probe in probes)), None)
