"""Each rule of large print is measured: a PDF that breaks it alone is told from one that keeps it."""

import re
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from converters.checks.large_print import Difference, Rule, differences, measure, meets
from converters.settings import Standard

from .large_print_subjects import NAMES, WORDS, conversation, pdf

LINES = "<br>".join(["A line of five words."] * 3)
PARAGRAPH = f"<p>{' '.join(WORDS)}</p>"
LENGTHY = "<p>Institutional considerations notwithstanding, representatives acknowledged unmistakable deterioration.</p>" * 3
ENDING = "and so on and on into the night with the fire"

WRONG: tuple[tuple[Rule, Standard, str, str], ...] = (
    ("body-size", "acb", "body, .contents { font-size: 17pt } h2 { font-size: 20pt }", ""),
    ("body-size", "aph", "body { font-size: 17.5pt } @page { margin-right: 2.05in }", ""),
    ("smallest-size", "house", "h2 + p { font-size: 14pt }", ""),
    ("smallest-size", "acb", "h2 + p { font-size: 17.8pt }", ""),
    ("x-height", "aph", "body { font-family: Atkinson }", ""),
    ("typeface", "acb", "h2 { font-family: Atkinson }", ""),
    ("bold-body", "house", "p { font-weight: bold }", ""),
    ("leading", "acb", "body { line-height: 1.1 }", ""),
    ("leading", "aph", "body { line-height: 1.2 }", ""),
    ("leading", "clear", "body { line-height: 1.35 }", ""),
    ("leading", "house", "body { line-height: 1.25 } p { margin-bottom: 1.2em }", ""),
    ("characters-per-line", "aph", "@page { margin-left: 1in; margin-right: 1in }", ""),
    ("characters-per-line", "aph", "@page { margin-left: 2.3in; margin-right: 2.3in }", ""),
    ("characters-per-line", "clear", "@page { margin-left: 1in; margin-right: 1in }", ""),
    ("paragraph-space", "ukaaf", "p { margin-bottom: .5em }", ""),
    ("paragraph-space", "house", "p { margin-bottom: .2em }", ""),
    ("alignment", "acb", "p { text-align: justify }", ""),
    ("alignment", "clear", "p { text-align: center }", ""),
    ("alignment", "house", "p { text-align: right }", ""),
    ("alignment", "house", "h2 { text-align: center }", ""),
    ("columns", "house", "@page { size: a3 landscape } body { columns: 2; column-gap: 1in }", ""),
    ("margins", "acb", "@page { margin-left: .9in; margin-right: .9in }", ""),
    ("margins", "acb", "@page { margin-top: .8in }", ""),
    ("hyphenation", "house", "p { hyphens: auto }", LENGTHY),
    ("hyphenation", "acb", "p { hyphens: auto; hyphenate-character: '-' }", LENGTHY),
    ("italics", "acb", "b { font-style: italic }", ""),
    ("italics", "ukaaf", "h2 { font-style: italic }", ""),
    ("italics", "house", "b { font-style: oblique }", ""),
    ("underline", "ukaaf", "b { text-decoration: underline }", ""),
    ("underline", "clear", "b { text-decoration: underline; text-decoration-thickness: 2pt }", ""),
    ("capitals", "ukaaf", "h1 { text-transform: uppercase }", ""),
    ("capitals", "acb", "h2 + p { text-transform: uppercase }", ""),
    ("headings", "acb", "h2 { font-size: 19pt }", ""),
    ("headings", "aph", "h2 { font-weight: normal }", ""),
    ("contrast", "house", "h2 { color: #666 }", ""),
    ("contrast", "house", "h2 { background: #555 }", ""),
    ("contrast", "ukaaf", "@page { background: #888 }", ""),
    ("contrast", "acb", "p { opacity: .6 }", ""),
    ("dark-on-light", "acb", "@page { background: black } html, .contents a { color: white }", ""),
    ("dark-on-light", "aph", "@page { background: black } html, .contents a { color: #ff0 }", ""),
    ("page-numbers", "house", "@page { @bottom-right { content: none } } @page :left { @bottom-left { content: none } }", ""),
    ("page-numbers", "acb", "@page :nth(4) { @bottom-left { content: none } }", ""),
    ("page-number-size", "ukaaf", "@page { @bottom-right { font-size: 16pt } } @page :left { @bottom-left { font-size: 16pt } }", ""),
    ("page-number-weight", "acb", "@page { @bottom-right { font-weight: 400 } }", ""),
    ("page-number-place", "acb", "@page { @bottom-right { content: none } @bottom-center { content: counter(page); font: bold 18pt Arimo } }"
     "@page :left { @bottom-left { content: none } }", ""),
    ("page-number-place", "clear", "@page :left { @bottom-left { content: none } @bottom-center { content: counter(page) } }", ""),
    ("contents-leaders", "acb", ".contents a::after { content: ' ' target-counter(attr(href), page) }", ""),
    ("contents-leaders", "aph", ".contents a::after { content: leader('.') target-counter(attr(href), page) }", ""),
    ("headings-at-foot", "house", "", f"{PARAGRAPH}<h2>The last heading</h2><h2 style='break-before: page'>Next</h2>{PARAGRAPH}"),
    ("names-at-foot", "acb", "", f"{PARAGRAPH}<p><b>Ann Lee:</b></p><p style='break-before: page'>{ENDING}</p>{PARAGRAPH}"),
    ("turn-at-foot", "house", "", f"{PARAGRAPH}<p><b>Ann Lee:</b> Oh yes.</p><p style='break-before: page'>{ENDING}</p>"),
)  # fmt: skip
"""The rule, a standard that has it, a style that breaks it (or a body), in the document that keeps all of them."""


def rules(found: tuple[Difference, ...]) -> set[str]:
    return {difference.rule for difference in found}


@pytest.mark.parametrize("standard", get_args(Standard))
def test_a_document_as_the_standard_has_it_meets_it(standard: Standard) -> None:
    measures = measure(pdf(standard))
    assert differences(measures, standard) == ()
    assert standard in meets(measures)


@pytest.mark.parametrize(("rule", "standard", "style", "body"), WRONG, ids=[f"{w[0]}-{w[1]}" for w in WRONG])
def test_a_document_that_breaks_one_rule_differs_in_that_alone(
    rule: Rule, standard: Standard, style: str, body: str
) -> None:
    numbered = f"<p>One.</p><div style='break-before: page'>{body}</div>" if body else None
    measures = measure(pdf(standard, style=style, body=numbered))
    found = differences(measures, standard)
    assert rules(found) == {rule}, found
    assert standard not in meets(measures)
    assert all(difference.found and difference.wanted and difference.found != difference.wanted for difference in found)
