"""Pieces of the pages of evidence, and the frame round them. The pages are English: they are for staff."""

from collections.abc import Iterable

from converters.checking_words import many
from converters.checks.evidence import Remark
from converters.checks.outside.table import BY_NAME
from converters.stylesheets import stylesheet
from converters.version import TOOL
from converters.writers.markup import NOTHING, Markup, element, lines, meta, text, unclosed, void

WEIGHTS = {"error": "Error", "warning": "Warning", "info": "To look at"}


def page(title: str, shown: Markup, *content: Markup) -> bytes:
    """Return a whole page, complete by itself, with its title as the first heading."""
    head = element(
        "head",
        lines(
            Markup('<meta charset="utf-8">'),
            Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            element("title", text(title)),
            unclosed(meta("generator", TOOL)),
            element("style", Markup(stylesheet("tokens.css", "screen.css", "evidence.css"))),
        ),
    )
    body = element("body", element("main", lines(element("h1", shown), *content)))
    root = element("html", lines(head, body), attributes={"lang": "en"})
    return f"<!DOCTYPE html>\n{root}\n".encode()


def section(level: int, heading: Markup, *content: Markup, id_: str | None = None) -> Markup:
    """Return a heading with what it heads; a stable id where somebody may lead others to it."""
    return lines(element(f"h{level}", heading, attributes={"id": id_}), *content)


def paragraph(words: str) -> Markup:
    """Return a paragraph of plain words, nothing where there are none."""
    return element("p", text(words)) if words else NOTHING


def listed(items: Iterable[Markup], kind: str | None = None) -> Markup:
    """Return a list, nothing where there is nothing in it."""
    found = [element("li", item) for item in items]
    return element("ul", Markup("\n"), lines(*found), attributes={"class": kind}) if found else NOTHING


def box(name: str, words: str) -> Markup:
    """Return a box to tick with its label; without a script nothing is kept."""
    ticked = unclosed(void("input", {"type": "checkbox", "id": name}))
    return lines(ticked, element("label", text(words), attributes={"for": name}))


def facts(pairs: Iterable[tuple[str, str]]) -> Markup:
    """Return names and values."""
    said = (Markup(f"{element('dt', text(name))}{element('dd', text(value))}") for name, value in pairs if value)
    return element("dl", Markup("\n"), lines(*said))


def table(caption: str, heads: tuple[str, ...], rows: Iterable[tuple[Markup, ...]], kind: str | None = None) -> Markup:
    """Return a table whose first column names its rows."""
    top = element("tr", *(element("th", text(head), attributes={"scope": "col"}) for head in heads))
    body = [
        element("tr", element("th", first, attributes={"scope": "row"}), *(element("td", cell) for cell in cells))
        for first, *cells in rows
    ]
    return element(
        "table", element("caption", text(caption)), element("thead", top), element("tbody", Markup("\n"), lines(*body)),
        attributes={"class": kind},
    )  # fmt: skip


def titled(title: str, language: str | None) -> Markup:
    """Return words of the show, marked as its language where that is known and is not the page's."""
    is_other = language is not None and language.partition("-")[0] != "en"
    return element("span", text(title), attributes={"lang": language}) if is_other else text(title)


def checker(name: str) -> str:
    """Return what a checker is called."""
    return BY_NAME[name].title if name in BY_NAME else name


def remark(one: Remark) -> Markup:
    """Return a finding: how heavy, in whose words, where, by which clause, and what to do."""
    times = f", {many(one.count, 'time')}" if one.count > 1 else ""
    said = [
        f"{WEIGHTS[one.severity]}: {one.text} ({checker(one.checker)}, {one.rule}{times})",
        f"Where: {one.where[:200]}" if one.where else "",
        f"By: {', '.join(one.clauses)}" if one.clauses else "",
        f"What to do: {one.advice}" if one.severity != "info" else "",
    ]
    return lines(*(element("p", text(words)) for words in said if words))
