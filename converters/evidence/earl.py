"""The same as W3C EARL 1.0 in JSON-LD (Evaluation and Report Language 1.0 Schema): who asserts what of which file.

A rule that found nothing has passed itself, and is a part of the criterion that it belongs to: that criterion is not
told as passed. What a person has to judge, and nobody has, is ``untested``.
"""

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

import msgspec

from converters.checks.evidence import Remark, Run, Seen, Verdict
from converters.evidence.criteria import Criterion, Row, address, standards
from converters.evidence.dossier import Dossier
from converters.evidence.markup import checker

Outcome = Literal["passed", "failed", "cantTell", "untested", "inapplicable"]
Node: TypeAlias = dict[str, "str | Node | list[Node] | list[str]"]
"""An object of JSON-LD."""

_CONTEXT: Final[Node] = {
    "earl": "http://www.w3.org/ns/earl#",
    "dcterms": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "spdx": "http://spdx.org/rdf/terms#",
}
_WEIGHTS: Final[dict[str, Outcome]] = {"error": "failed", "warning": "cantTell", "info": "cantTell"}


def earl(dossier: Dossier) -> bytes:
    """Return the assertions of a dossier as indented JSON; ``@id`` are relative to the file."""
    graph = [*_graph(dossier)]
    return msgspec.json.format(msgspec.json.encode({"@context": _CONTEXT, "@graph": graph}), indent=2) + b"\n"


def _graph(dossier: Dossier) -> Iterator[Node]:
    runs = {(run.checker, run.version) for verdict in dossier.verdicts for run in verdict.runs}
    for name, version in sorted({*runs, ("curbcut", dossier.tool.rpartition(" ")[2])}):
        yield {
            "@id": _software(name), "@type": ["earl:Assertor", "earl:Software"],
            "dcterms:title": checker(name), "doap:revision": version,
        }  # fmt: skip
    for verdict in dossier.verdicts:
        yield _subject(verdict)
        yield from _assertions(verdict)


def _software(name: str) -> str:
    return f"#checker-{name}"


def _subject(verdict: Verdict) -> Node:
    parts: list[Node] = [_part(one) for one in verdict.seen]
    return {"@id": _file(verdict), "@type": "earl:TestSubject", "dcterms:title": verdict.file, "dcterms:hasPart": parts}


def _part(seen: Seen) -> Node:
    algorithm: Node = {"@id": "spdx:checksumAlgorithm_sha256"}
    checksum: Node = {"spdx:algorithm": algorithm, "spdx:checksumValue": seen.sha256}
    return {"dcterms:title": seen.name, "dcterms:extent": f"{seen.bytes} bytes", "spdx:checksum": checksum}


def _file(verdict: Verdict) -> str:
    return f"#edition-{verdict.format}"


def _assertions(verdict: Verdict) -> Iterator[Node]:
    for remark in verdict.remarks:
        yield _of_remark(verdict, remark)
    for run in verdict.runs:
        yield from _of_run(verdict, run)
    for silent in verdict.not_run:
        test: Node = {"@type": "earl:TestCase", "dcterms:title": f"All that {checker(silent.checker)} looks at"}
        yield _assertion(verdict, "curbcut", test, "untested", silent.why)
    for standard in standards(verdict):
        for row in standard.rows:
            yield from _of_row(verdict, row)


def _of_remark(verdict: Verdict, remark: Remark) -> Node:
    test: Node = {"@type": "earl:TestCase", "dcterms:title": remark.rule, "dcterms:isPartOf": _clauses(remark.clauses)}
    info = ". ".join(filter(None, (remark.text, remark.where)))
    return _assertion(verdict, remark.checker, test, _WEIGHTS[remark.severity], info)


def _of_run(verdict: Verdict, run: Run) -> Iterator[Node]:
    """Yield the rules of each clause that looked and found nothing."""
    found = {remark.rule for remark in verdict.remarks if remark.checker == run.checker}
    for clause, rules in run.covers.items():
        if clean := [rule for rule in rules if rule not in found]:
            part = {"dcterms:isPartOf": _clauses((clause,))}
            test: Node = {"@type": "earl:TestCase", "dcterms:title": f"Rules: {', '.join(clean)}", **part}
            yield _assertion(verdict, run.checker, test, "passed", "These rules looked and found nothing.")


def _of_row(verdict: Verdict, row: Row) -> Iterator[Node]:
    test = _criterion(row.criterion)
    if row.human:
        outcome: Outcome = "passed" if row.state == "judged" else "cantTell"
        points = f"Points {', '.join(map(str, row.points))} of the script were passed" if row.points else "Judged whole"
        node = _assertion(verdict, "", test, outcome, f"{points}, of an edition like it, on {row.human.date}.")
        person: Node = {"@type": ["earl:Assertor", "foaf:Person"], "foaf:name": row.human.who}
        yield {**node, "earl:assertedBy": person, "earl:mode": {"@id": "earl:manual"}}
    elif row.state == "not evaluated":
        yield _assertion(verdict, "curbcut", test, "untested", "Nobody and nothing has looked.")


def _criterion(one: Criterion) -> Node:
    test: Node = {"@type": "earl:TestRequirement", "dcterms:title": f"{one.number} {one.name}"}
    return {**test, "@id": there} if (there := address(one)) else test


def _clauses(clauses: tuple[str, ...]) -> list[Node]:
    return [{"@type": "earl:TestRequirement", "dcterms:title": clause} for clause in clauses]


def _assertion(verdict: Verdict, name: str, test: Node, outcome: Outcome, info: str) -> Node:
    result: Node = {"@type": "earl:TestResult", "earl:outcome": {"@id": f"earl:{outcome}"}, "earl:info": info}
    return {
        "@type": "earl:Assertion", "earl:assertedBy": {"@id": _software(name)}, "earl:subject": {"@id": _file(verdict)},
        "earl:test": test, "earl:result": result, "earl:mode": {"@id": "earl:automatic"},
    }  # fmt: skip
