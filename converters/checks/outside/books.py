"""EPUBs by Ace, DAISY's accessibility checker."""

import re
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from converters.checks.outside import machine
from converters.checks.outside.answers import Answer, Said
from converters.checks.outside.commands import CommandError, printed
from converters.findings import Severity

_NO_NETWORK: Final = "--proxy-server=http://127.0.0.1:9 '--proxy-bypass-list=<-loopback>'"
_CRITERION: Final = re.compile(r"wcag(\d)(\d)(\d+)")


def ace(files: tuple[str, ...]) -> Answer:
    """Ask Ace about each book; a browser opens for each."""
    said: dict[str, tuple[Said, ...]] = {}
    refused: dict[str, str] = {}
    for name in files:
        try:
            said[name] = tuple(_one(name))
        except CommandError as error:
            refused[name] = str(error)
        except (OSError, msgspec.DecodeError, KeyError):
            refused[name] = "it left no report that can be read"
    covers = _covers()
    return Answer(machine.npm_version("@daisy/ace-cli"), said, None, refused, dict.fromkeys(said, covers))


_RULES: Final = "process.stdout.write(JSON.stringify(require(process.argv[1]).getRules()))"


class _Rule(msgspec.Struct, frozen=True, rename="camel"):
    rule_id: str
    tags: tuple[str, ...]
    enabled: bool = True


def _covers() -> dict[str, tuple[str, ...]]:
    """Return by clause the rules that Ace asks of every page: those of its own axe. It does not tell which applied."""
    package = machine.npm_package("@daisy/axe-core-for-ace")
    if package is None:
        return {}
    try:
        told = msgspec.json.decode(printed((machine.node() or "node", "-e", _RULES, package)), type=tuple[_Rule, ...])
    except (CommandError, msgspec.DecodeError):
        return {}
    found: dict[str, list[str]] = {}
    for rule in told:
        for tag in rule.tags if rule.enabled else ():
            if match := _CRITERION.fullmatch(tag):
                found.setdefault(f"WCAG 2.2 SC {'.'.join(match.groups())}", []).append(rule.rule_id)
    return {clause: tuple(rules) for clause, rules in found.items()}


def _one(name: str) -> Iterator[Said]:
    program = (machine.npm_package("@daisy/ace-cli") or Path()) / "bin" / "ace.js"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        alone = {"PUPPETEER_EXECUTABLE_PATH": str(_alone(Path(folder)))}
        printed((machine.node() or "node", program, "--force", "--outdir", f"{folder}/report", name), variables=alone)
        report = msgspec.json.decode((Path(folder) / "report" / "report.json").read_bytes())
    for part in report["assertions"]:
        for claim in part["assertions"]:
            if claim["earl:result"]["earl:outcome"] == "fail":
                yield _said(claim, str(part["earl:testSubject"]["url"]))


def _alone(folder: Path) -> Path:
    """Return a command that opens the browser without a network, which Ace itself has no option for."""
    command = folder / "browser"
    with command.open("w", encoding="utf-8") as file:
        file.write(f'#!/bin/sh\nexec {shlex.quote(machine.browser() or "chromium")} {_NO_NETWORK} "$@"\n')
    command.chmod(0o700)
    return command


def _said(claim: dict[str, Any], where: str) -> Said:
    test, result = claim["earl:test"], claim["earl:result"]
    tags = [str(tag) for tag in test.get("rulesetTags", ())]
    criteria = [f"WCAG 2.2 SC {'.'.join(match.groups())}" for tag in tags if (match := _CRITERION.fullmatch(tag))]
    heavy = bool(criteria) or ("EPUB" in tags and test.get("earl:impact") in {"critical", "serious"})
    severity: Severity = "error" if heavy else "warning"
    words = " ".join(str(result["dct:description"]).split())
    place = result.get("earl:pointer", {}).get("css", [""])[0]
    advice = str(test.get("help", {}).get("dct:description", ""))
    return Said(str(test["dct:title"]), severity, words, f"{where} {place}".strip(), tuple(criteria), advice)
