"""The tables of criteria, in the shape of an accessibility conformance report."""

from collections.abc import Iterator

from converters.checks.evidence import Verdict
from converters.evidence.criteria import Row, Standard, address, standards
from converters.evidence.dossier import never_run
from converters.evidence.markup import checker, paragraph, section, table
from converters.writers.markup import Markup, element, joined, lines, text

_STATES = {
    "failed": "Failed.",
    "judged": "Judged by a person.",
    "judged in part": "Judged by a person in part.",
    "passed by machine": "Machine rules found nothing; no person has judged it.",
    "to look at": "A machine could not decide, or warns; no person has judged it.",
    "not evaluated": "Not evaluated.",
}
_HOW_TO_READ = (
    "“Failed” means that a rule found a fault. “Machine rules found nothing” is not “supports”: rules look at a part "
    "of what a criterion asks for, and no person has judged the rest. “Not evaluated” means that nobody and nothing "
    "has looked. WCAG’s level AAA was not evaluated."
)


def conformance(verdict: Verdict, prefix: str) -> Markup:
    """Return the tables of an edition, or that nobody looks at its format criterion by criterion."""
    found = standards(verdict)
    if not found:
        silent = paragraph("Not evaluated: no checker here looks at this format criterion by criterion.")
        return section(3, text("Criterion by criterion"), silent)
    return section(
        3, text("Criterion by criterion"), paragraph(_HOW_TO_READ), *map(_table, found), id_=f"{prefix}-criteria"
    )


def screen_readers(verdict: Verdict) -> Markup:
    """Return with which screen readers somebody has read an edition like this, and with which nobody has."""
    human = verdict.made.human_check if verdict.made else None
    silent = f"Never run on an edition of this template, by any record: {', '.join(never_run(verdict))}."
    if human is None:
        return lines(
            paragraph("No record says that a person has checked an edition of this template."), paragraph(silent)
        )
    said = (
        f"{human.who} ({human.role}) checked one like it, of template {human.template}, on {human.date.isoformat()}, "
        f"with {', '.join(human.tools)}, and passed these points of the script: "
        f"{', '.join(map(str, sorted(human.passed)))}."
    )
    return lines(paragraph(said), paragraph(silent))


def _table(standard: Standard) -> Markup:
    rows = ((_criterion(row), joined(*_result(row))) for row in standard.rows)
    return table(standard.name, ("Criterion", "What is known"), rows, "criteria")


def _criterion(row: Row) -> Markup:
    one = row.criterion
    level = f", level {one.level}" if one.level else ""
    where = f" (PDF/UA-1 §{one.section})" if one.section else ""
    words = text(f"{one.number} {one.name}{level}{where}")
    return element("a", words, attributes={"href": there}) if (there := address(one)) else words


def _result(row: Row) -> Iterator[Markup]:
    yield element("span", text(_STATES[row.state]), attributes={"class": "result"})
    if row.human:
        points = f", {_points(row.points)}" if row.points else ""
        yield text(f" By {row.human.who} on {row.human.date.isoformat()}{points}, of an edition like it.")
    for one in row.found:
        yield text(f" Found by {checker(one.checker)}, {one.rule}: {one.text[:160]}.")
    if row.machine:
        yield text(f" Rules that looked: {'; '.join(_looked(*one) for one in row.machine)}.")


def _points(points: tuple[int, ...]) -> str:
    return f"point{'s' if len(points) > 1 else ''} {', '.join(map(str, points))} of the script"


def _looked(who: str, rules: tuple[str, ...]) -> str:
    name, _, version = who.partition(" ")
    some = ", ".join(rules[:_MOST]) + (f" and {len(rules) - _MOST} more" if len(rules) > _MOST else "")
    return f"{checker(name)} {version} ({some})"


_MOST = 4
"""Rules of a checker that a row names; evidence.json has them all."""
