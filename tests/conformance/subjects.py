"""Small pages, books, documents and recordings, made sound or with known faults.

They prove the checkers: what a checker cannot catch, it cannot vouch for.
"""

# mypy: disable-error-code="no-untyped-call"
# (mutagen says that it is typed, and half of it is)

import zipfile
from pathlib import Path

import lameenc  # type: ignore[import-not-found]  # it has no types
from mutagen.id3 import CHAP, CTOC, ID3, TIT2, TLAN, USLT, CTOCFlags
from weasyprint import HTML  # type: ignore[import-untyped]  # it has no types

STYLE = """
:root { color-scheme: light dark }
body { background: light-dark(#fff, #111); color: light-dark(#111, #eee); font-size: 18pt }
main { margin: auto; max-width: 40rem }
"""

SOUND_PAGE = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A talk by the river</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>A talk by the river</h1>
<p><b>Ann:</b> Good evening.</p>
<p><b>Ben:</b> Good evening to you.</p>
</main>
</body>
</html>
"""

# A picture from elsewhere without words, no language, no title, pale text, a line that cannot wrap,
# words that only a script brings, and an id that is there twice.
FAULTY_PAGE = """<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title></title>
<style>
body { background: #fff; color: #111 }
@media (prefers-color-scheme: dark) { body { background: #111; color: #333 } }
pre { width: 900px }
</style>
</head>
<body>
<img src="http://localhost:9/picture.png">
<p style="color: #ccc">Pale</p>
<pre>Wide</pre>
<p id="late">Early</p>
<p id="late">Twice</p>
<script>document.getElementById("late").textContent = "Late";</script>
</body>
</html>
"""

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles>
<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""

PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:11111111-2222-5333-8444-555555555555</dc:identifier>
<dc:title>A talk by the river</dc:title>
<dc:language>en</dc:language>
<meta property="dcterms:modified">2000-01-01T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">Plain text.</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="talk" href="talk.xhtml" media-type="application/xhtml+xml"/>
</manifest>
<spine><itemref idref="talk"/></spine>
</package>
"""

NAVIGATION = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en"
 xml:lang="en"><head><title>Contents</title></head><body>
<nav epub:type="toc" role="doc-toc"><h1>Contents</h1>
<ol><li><a href="talk.xhtml">The talk</a></li></ol></nav>
</body></html>
"""

TALK = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en"><head><title>The talk</title>
</head><body><h1>The talk</h1><p id="a">Good evening.</p></body></html>
"""


def write_page(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def write_book(path: Path, *, package: str = PACKAGE, talk: str = TALK) -> Path:
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("book.opf", package)
        book.writestr("nav.xhtml", NAVIGATION)
        book.writestr("talk.xhtml", talk)
    return path


def write_document(path: Path, text: str, variant: str | None = "pdf/ua-1") -> Path:
    HTML(string=text).write_pdf(path, pdf_variant=variant)
    return path


def write_recording(path: Path, chapters: tuple[tuple[int, int], ...], seconds: int = 4) -> Path:
    """Silence, with a chapter for each pair of begin and end in milliseconds."""
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(22050)
    encoder.set_bit_rate(48)
    encoder.silence()
    path.write_bytes(bytes(encoder.encode(bytes(2 * 22050 * seconds)) + encoder.flush()))
    _tag(path, chapters)
    return path


def _tag(path: Path, chapters: tuple[tuple[int, int], ...]) -> None:
    tags = ID3()
    names = [f"c{number}" for number, _ in enumerate(chapters)]
    top = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    tags.add(TIT2(encoding=3, text="A talk by the river"))
    tags.add(TLAN(encoding=3, text="eng"))
    tags.add(USLT(encoding=3, lang="eng", desc="", text="Ann: Good evening."))
    tags.add(CTOC(element_id="toc", flags=top, child_element_ids=names, sub_frames=[]))
    for name, (begin, end) in zip(names, chapters, strict=True):
        heading = TIT2(encoding=3, text=f"Part {name}")
        tags.add(CHAP(element_id=name, start_time=begin, end_time=end, sub_frames=[heading]))
    tags.save(path)
