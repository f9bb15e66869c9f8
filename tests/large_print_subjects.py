"""Large print as each standard has it, in a few lines of HTML: right, or wrong in one way."""

from functools import cache
from importlib.resources import files
from typing import Final

import weasyprint  # type: ignore[import-untyped]  # it has no types

from converters.settings import Standard

ARIMO: Final = files("fontpkg_arimo") / "files"
ATKINSON: Final = files("fontpkg_atkinson_hyperlegible") / "files"

FACES: Final = f"""
@font-face {{ font-family: Arimo; src: url("file://{ARIMO}/Arimo%5Bwght%5D.ttf"); font-weight: 400 700 }}
@font-face {{ font-family: Arimo; src: url("file://{ARIMO}/Arimo-Italic%5Bwght%5D.ttf"); font-weight: 400 700;
              font-style: italic }}
@font-face {{ font-family: Atkinson; src: url("file://{ATKINSON}/AtkinsonHyperlegible-Regular.ttf") }}
@font-face {{ font-family: Atkinson; src: url("file://{ATKINSON}/AtkinsonHyperlegible-Bold.ttf"); font-weight: bold }}
"""

SHARED: Final = """
@page { size: letter; margin: 1.05in; @bottom-right { content: counter(page); font: bold 18pt Arimo } }
@page :left { @bottom-right { content: none } @bottom-left { content: counter(page); font: bold 18pt Arimo } }
@page :first { @bottom-left { content: none } @bottom-right { content: none } }
body { font: 18pt/1.35 Arimo; margin: 0; widows: 2; orphans: 2 }
h1, h2 { font-size: 22pt; line-height: 1.2; margin: 0 0 .5em; break-after: avoid }
h2 { font-size: 20pt }
p { margin: 0 0 1.35em }
.contents { break-after: page }
.contents p { margin: 0 0 .4em }
.contents a { color: black; text-decoration: none }
.contents a::after { content: "  " target-counter(attr(href), page) }
"""

STYLES: Final[dict[Standard, str]] = {
    "acb": ".contents a::after { content: leader('.') target-counter(attr(href), page) }",
    "aph": "@page { margin-left: 1.95in; margin-right: 1.95in }",
    "ukaaf": "",
    "clear": "body { font: 14pt/1.5 Arimo } h1, h2 { font-size: 18pt } @page { margin: 1.05in 1.5in }",
    "house": "body { font-family: Atkinson }",
}

WORDS: Final = (
    "When the kiln was lit for the first time in eleven years, half the village stood on the bridge to see the smoke.",
    "Nobody had thought to ask who would mind the fire at night, so the two of us took turns, and we talked.",
    "You learn a great deal about clay in the dark, mostly that it does not care for your opinion of it.",
    "My grandmother kept the books, and she wrote down every pot that broke, with the weather of the day.",
    "We still have those books, and a student from the coast is reading them now for what they say of the winters.",
    "What I like best is the list of excuses, because it runs to four pages and each of them is a good one.",
)
NAMES: Final = ("Ottilie Brandreth", "Piet Oosterhuis")


@cache
def conversation(turns: int = 14) -> str:
    """Two people who talk, in turns of three to five sentences, under a heading for every four turns."""
    said = []
    for turn in range(turns):
        if turn % 4 == 0:
            said.append(f'<h2 id="part{turn // 4}">Part {"one two three four five six".split()[turn // 4]}</h2>')
        words = " ".join(WORDS[(turn + place) % len(WORDS)] for place in range(3 + turn % 3))
        said.append(f"<p><b>{NAMES[turn % 2]}:</b> {words}</p>")
    return "\n".join(said)


def contents(turns: int = 14) -> str:
    """The contents of that conversation."""
    parts = range((turns + 3) // 4)
    names = "one two three four five six".split()
    return "".join(f'<p><a href="#part{part}">The conversation, part {names[part]}</a></p>' for part in parts)


def page(standard: Standard, *, style: str = "", body: str | None = None) -> str:
    """A whole document as a standard has it; ``style`` and ``body`` make it differ."""
    title = '<h1>The kiln at Amberley Reach</h1><p>A conversation for the long evenings.</p><div class="contents">'
    whole = f"{title}{contents()}</div>{conversation()}" if body is None else body
    sheet = f"{FACES}{SHARED}{STYLES[standard]}{style}"
    return f'<!DOCTYPE html><html lang="en"><title>The kiln</title><style>{sheet}</style><body>{whole}</body></html>'


def pdf(standard: Standard, *, style: str = "", body: str | None = None) -> bytes:
    """The document, set by WeasyPrint."""
    return bytes(weasyprint.HTML(string=page(standard, style=style, body=body)).write_pdf(uncompressed_pdf=True))
