"""Files as other programs might write them, with and without what they say of themselves. All of it is invented."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

CONTAINER: Final = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
TALK: Final = "<h1>A talk by the river</h1><p>The heron stood still while the two friends talked of bridges.</p>"
ACCESS: Final = {
    "accessMode": ("textual",), "accessModeSufficient": ("textual",), "accessibilityFeature": ("tableOfContents",),
    "accessibilityHazard": ("none",), "accessibilitySummary": ("Text with headings.",),
}  # fmt: skip
SPACES: Final = (
    'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
    'xmlns:ssml="http://www.w3.org/2001/10/synthesis" xmlns:m="http://www.w3.org/1998/Math/MathML"'
)


class Item(msgspec.Struct, frozen=True):
    """A further file of a book."""

    media_type: str
    content: bytes = b"x"
    properties: str = ""


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """An EPUB of one page and its contents. ``says`` takes the place of what ``ACCESS`` has."""

    says: Mapping[str, tuple[str, ...]] = {}
    further: str = ""
    body: str = TALK
    nav: str = '<nav epub:type="toc"><ol><li><a href="talk.xhtml">A talk</a></li></ol></nav>'
    title: str = "A talk by the river"
    language: str = "en"
    overlay: bool = False
    spine: str = '<itemref idref="talk"/>'
    items: Mapping[str, Item] = {}
    loose: Mapping[str, bytes] = {}

    def write(self, path: Path) -> Path:
        """Write the book, and return where it is."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            packed.writestr("META-INF/container.xml", CONTAINER)
            packed.writestr("content.opf", self._package())
            packed.writestr("talk.xhtml", _page(self.title, self.body))
            packed.writestr("nav.xhtml", _page("Contents", self.nav))
            for name, item in self.items.items():
                packed.writestr(name, item.content)
            for name, content in self.loose.items():
                packed.writestr(name, content)
        return path

    def _package(self) -> str:
        said = {**ACCESS, **self.says}
        metas = "".join(
            f'<meta property="schema:{name}">{value}</meta>' for name, values in said.items() for value in values
        )
        rows = "".join(
            f'<item id="i{n}" href="{name}" media-type="{item.media_type}" properties="{item.properties}"/>'
            for n, (name, item) in enumerate(self.items.items())
        ).replace(' properties=""', "")
        heard = ' media-overlay="heard"' if self.overlay else ""
        smil = '<item id="heard" href="talk.smil" media-type="application/smil+xml"/>' if self.overlay else ""
        return f"""<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:uuid:1</dc:identifier>
<dc:title>{self.title}</dc:title><dc:language>{self.language}</dc:language>
<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>{metas}{self.further}</metadata>
<manifest><item id="talk" href="talk.xhtml" media-type="application/xhtml+xml"{heard}/>{smil}{rows}
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>
<spine>{self.spine}</spine></package>"""


def _page(title: str, body: str) -> str:
    return f'<html {SPACES} lang="en"><head><title>{title}</title></head><body>{body}</body></html>'


def gif(delay: int, frames: int = 2) -> bytes:
    """Return so much of a GIF as tells how quickly it moves; ``delay`` in hundredths of a second."""
    control = b"\x21\xf9\x04\x00" + delay.to_bytes(2, "little") + b"\x00\x00"
    return b"GIF89a" + b"\x01\x00\x01\x00\x00\x00\x00" + (control + b"\x2c" + bytes(9)) * frames + b"\x3b"


def talking_book(path: Path, kind: str, files: Mapping[str, bytes]) -> Path:
    """Write so much of a DAISY 2.02 book as tells its kind."""
    ncc = f'<html><head><title>A talk</title><meta name="ncc:multimediaType" content="{kind}"/></head><body/></html>'
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in {"ncc.html": ncc.encode(), **files}.items():
            packed.writestr(name, content)
    return path
