"""Damage to what is written in markup: the page, its fragment, the book and braille for displays have the same ids."""

import re
from collections.abc import Iterator
from pathlib import Path

from .episode import AFTER, LATE
from .planting import (
    Damage,
    Edit,
    cut,
    damage,
    gone,
    inside,
    moved,
    other_encoding,
    swap,
    without,
    words,
    written,
)

ID = "transcript-t06-s2"
SPAN = rf'<(?:span|sent) id="{ID}"[^>]*>.*?</(?:span|sent)>'
LI = r'<li><a href="[^"]*#transcript-t05-exchange">.*?</a></li>'


def _doubled(text: str) -> str:
    (first,) = re.findall(SPAN, text)
    return text.replace(first, f"{first} {first}")


def _swapped(text: str) -> str:
    one, two = (rf'(<(?:span|sent) id="transcript-t06-s{number}".*?</(?:span|sent)>)' for number in (1, 2))
    return swap(rf"{one}(\s*){two}", r"\3\2\1")(text)


def _speechless(text: str) -> str:
    """Take the language from the first element that says one."""
    first = re.search(r'<(?:html|div)[^>]* lang="[^>]*>', text)
    assert first
    return text.replace(first[0], re.sub(r' (?:xml:)?lang="[^"]*"', "", first[0]), 1)


def in_text(heading: int) -> Iterator[tuple[str, Edit, str, tuple[str, ...]]]:
    """Yield damage to the page of the conversation, whose exchanges have headings of that level."""
    h, deep = f"h{heading}", f"h{heading + 2}"
    exchange = rf'<{h}(?: class="exchange")? id="transcript-t05-exchange"([^>]*)>(.*?)</{h}>'
    first = rf'<{h}(?: class="exchange")? id="transcript-t01-exchange"([^>]*)>(.*?)</{h}>'
    name = r'(<(?:b|span|strong)\b[^>]* id="transcript-t06-name"[^>]*>)[^<]*(</(?:b|span|strong)>)'
    yield "a sentence dropped", swap(SPAN, ""), "parity", (f"{ID} is missing",)
    yield "a sentence doubled", _doubled, "parity", (f"{ID} is there twice",)
    yield "the same id twice", _doubled, "id-doubled", (ID,)
    yield "a sentence swapped with the next", _swapped, "parity", ("is out of order", "transcript-t06-s")
    yield (
        "a sentence moved to another chapter",
        moved(SPAN, r'<(?:span|sent) id="transcript-t01-s1".*?</(?:span|sent)>'),
        "parity",
        (f"{ID} is out of order",),
    )
    yield (
        "a turn given to another",
        swap(name, r"\1Wilhelmina Dunnock:\2"),
        "parity",
        ("transcript-t06 is not under the name of who says it",),
    )
    yield "a name taken away", swap(name, ""), "parity", ("transcript-t06 is not under the name of who says it",)
    yield "an id renamed", words(f'id="{ID}"', 'id="other"'), "parity", (f"{ID} is missing",)
    yield (
        "the id of a turn renamed",
        words('id="transcript-t06"', 'id="other"'),
        "id-lost",
        ("nothing has the id transcript-t06",),
    )
    yield (
        "a heading skipped",
        swap(first, rf'<{deep} id="transcript-t01-exchange"\1>\2</{deep}>'),
        "heading-skipped",
        (
            f"level {heading + 2} after level {heading - 1}",
            "transcript-t01-exchange",
        ),
    )
    yield "a heading lost", swap(exchange, ""), "heading-lost", ("transcript-t05-exchange has no heading",)
    yield (
        "a heading that is none",
        swap(exchange, r'<p id="transcript-t05-exchange">\2</p>'),
        "heading-lost",
        ("transcript-t05-exchange has no heading",),
    )
    yield (
        "the language removed",
        _speechless,
        "language-lost",
        (
            "language en",
            "it does not say so",
        ),
    )
    yield (
        "a link leading nowhere",
        swap(r'(id="transcript-t02-s2".*?href=")[^"]*#note-1"', r'\1#note-9"'),
        "link-nowhere",
        ("#note-9",),
    )
    yield (
        "a link of the source lost",
        swap(r'<a href="https://harbour.example/office">(.*?)</a>', r"\1"),
        "link-lost",
        ("https://harbour.example/office",),
    )
    yield (
        "the mark of a note lost",
        swap(r'<a href="[^"]*#note-1" role="doc-noteref">[^<]*</a>', ""),
        "note-lost",
        (
            "note-1",
            "transcript-t02-s2",
        ),
    )


def in_words() -> Iterator[tuple[str, Edit, str, tuple[str, ...]]]:
    """Yield damage that needs letters to be told, which braille has not."""
    yield "a word altered", words("no more wrong", "no less wrong"), "parity", (f"{ID} reads otherwise",)
    yield (
        "words of nobody",
        words(AFTER + "</span>", AFTER + "</span> I never said so."),
        "parity",
        ("transcript-t06-s3 reads otherwise",),
    )
    yield (
        "the language of a passage removed",
        swap('( xml:lang="es")? lang="es"( xml:lang="es")?', ""),
        "language-lost",
        ("la vida lenta", "es"),
    )
    yield (
        "a heading altered",
        swap(r'(id="transcript-t05-exchange"[^>]*>)3\. Tamsin Orrelby', r"\1Tamsin"),
        ("heading-altered"),
        ("transcript-t05-exchange", "Ignace"),
    )


NOTE = swap(r'<div id="note-1">.*?</div>', "")
LINE = swap(LI, "")
LINE_ALTERED = swap(r'(<li><a href="[^"]*#transcript-t05-exchange">).*?(</a></li>)', r"\1Something else\2")
ASTRAY = swap(r'(<li><a href=")[^"]*#transcript-t05-exchange"', r'\1#nowhere"')


def _cut_text(path: Path) -> None:
    text = path.read_bytes().decode()
    path.write_bytes(text[: text.index(LATE)].encode())


def _whole(heading: int) -> tuple[Damage, ...]:
    """Return damage to an edition that is one page."""
    several = (*in_text(heading), *in_words())
    return (
        *(damage(name, written(edit), rule, *told) for name, edit, rule, told in several),
        damage("a note lost", written(NOTE), "parity", "note-1-s1 is missing"),
        damage("a chapter lost from the contents", written(LINE), "contents-lost", "transcript-t05-exchange"),
        damage("a chapter called otherwise", written(LINE_ALTERED), "contents-altered", "Something else"),
        damage("a chapter that leads nowhere", written(ASTRAY), "link-nowhere", "#nowhere"),
        damage("another encoding", other_encoding, "encoding", "no UTF-8"),
        damage("the file cut in half", _cut_text, "parity", "missing"),
    )


_FEATURE = r'(<meta property="schema:accessibilityFeature"[^<]*?)readingOrder'
_MODE = r'(<meta property="schema:accessMode"[^<]*?)textual'
CLAIMS = (
    ("sound claimed that is not there", swap(_FEATURE, r"\1synchronizedAudioText"), "synchronized-without-overlay"),
    ("captions claimed that are not there", swap(_FEATURE, r"\1captions"), "captions-missing"),
    ("sound claimed in what is silent", swap(_MODE, r"\1auditory"), "auditory-without-sound"),
    ("text no longer claimed", swap(_MODE, r"\1visual"), "sufficient-not-a-mode"),
)
"""Metadata that claim what is not there, or no longer claim what is."""
CONFORMS = '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta></metadata>'
PAGE = (
    *_whole(3),
    *(damage(name, written(edit), rule, "access") for name, edit, rule in CLAIMS),
    damage(
        "the title removed",
        written(swap("<title>.*?</title>", "")),
        "title-lost",
        "The Clock in the Harbour",
        "title of the page",
    ),
    damage("the first heading removed", written(swap('<h1 id="title">.*?</h1>', "")), "title-lost", "first heading"),
    damage(
        "a picture without a text", written(words("<main>", '<main><img src="clock.png">')), "alt-lost", "clock.png"
    ),
    damage("the page missing", gone, "missing", "tide.html"),
)
FRAGMENT = (
    *_whole(3),
    damage("the title removed", written(swap(' data-title="[^"]*"', "")), "title-lost", "The Clock in the Harbour"),
    damage("its style sheet missing", lambda path: gone(path.with_suffix(".css")), "missing", "tide-fragment.css"),
)

TEXT, CONTENTS, PACKAGE = "EPUB/03-transcript.xhtml", "EPUB/nav.xhtml", "EPUB/content.opf"
BOOK = (
    *(damage(name, inside(TEXT, edit), rule, *told) for name, edit, rule, told in (*in_text(2), *in_words())),
    *(damage(name, inside(PACKAGE, edit), rule, "access") for name, edit, rule in CLAIMS),
    damage(
        "conformance claimed without a record",
        inside(PACKAGE, words("</metadata>", CONFORMS)),
        "claim-without-record",
        "WCAG 2.2 Level AA",
    ),
    damage("a note lost", inside("EPUB/90-notes.xhtml", NOTE), "parity", "note-1-s1 is missing"),
    damage("a chapter lost from the contents", inside(CONTENTS, LINE), "contents-lost", "transcript-t05-exchange"),
    damage("a chapter called otherwise", inside(CONTENTS, LINE_ALTERED), "contents-altered", "Something else"),
    damage("a chapter that leads nowhere", inside(CONTENTS, ASTRAY), "link-nowhere", "#nowhere"),
    damage(
        "a chapter lost from the NCX",
        inside("EPUB/toc.ncx", swap(r"<navPoint[^>]*>\s*<navLabel>\s*<text>3\. Tamsin.*?</navPoint>", "")),
        "contents-lost",
        "transcript-t05-exchange",
        "toc.ncx",
    ),
    damage(
        "a chapter lost from the spine",
        inside(PACKAGE, words('<itemref idref="page-transcript"/>', "")),
        "parity",
        "transcript-t01-s1 is missing",
    ),
    damage("the title removed", inside(PACKAGE, swap("<dc:title>.*?</dc:title>", "")), "title-lost", "dc:title"),
    damage(
        "the book's language removed",
        inside(PACKAGE, swap("<dc:language>.*?</dc:language>", "")),
        "language-lost",
        "dc:language",
    ),
    damage(
        "the cover's text removed",
        inside("EPUB/01-title-page.xhtml", swap(r'(<img[^>]*) alt="[^"]*"', r"\1")),
        "alt-lost",
        "cover.png",
    ),
    damage(
        "the cover's text emptied",
        inside("EPUB/01-title-page.xhtml", swap(r'(<img[^>]*) alt="[^"]*"', r'\1 alt=""')),
        "alt-lost",
        "cover.png",
    ),
    damage("a page missing in the book", without("EPUB/02-quotes.xhtml"), "file-lost", "EPUB/02-quotes.xhtml"),
    damage("the book missing", gone, "missing", "tide.epub"),
    damage("the file cut in half", cut, "unsafe", "no whole zip"),
)

CELLS, INDEX, BRAILLE = "ebraille/03-transcript.html", "index.html", "package.opf"
_ALTERED = swap(rf'(<span id="{ID}">.*?)⠺⠗', r"\1⠗⠺")
EBRAILLE = (
    *(damage(name, inside(CELLS, edit), rule, *told) for name, edit, rule, told in in_text(2)),
    damage("a word altered", inside(CELLS, _ALTERED), "parity", f"{ID}"),
    damage("a note lost", inside("ebraille/90-notes.html", NOTE), "parity", "note-1-s1 is missing"),
    damage("a chapter lost from the contents", inside(INDEX, LINE), "contents-lost", "transcript-t05-exchange"),
    damage("a chapter that leads nowhere", inside(INDEX, ASTRAY), "link-nowhere", "#nowhere"),
    damage("the title removed", inside(BRAILLE, swap("<dc:title[^>]*>.*?</dc:title>", "")), "title-lost", "dc:title"),
    damage(
        "the book's language removed",
        inside(BRAILLE, swap("<dc:language>.*?</dc:language>", "")),
        "language-lost",
        "dc:language",
    ),
    damage("a page missing in the book", without("ebraille/02-quotes.html"), "file-lost", "ebraille/02-quotes.html"),
    damage("the book missing", gone, "missing", "tide.ebrl"),
    damage("the file cut in half", cut, "unsafe", "no whole zip"),
)
