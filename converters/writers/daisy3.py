"""DAISY 3: the talking book of ANSI/NISO Z39.86-2005, its text in DTBook, each sentence with its sound.

Names of files are short, ASCII and lower case, of letters and digits: an address may hold little else.
"""

from typing import Final

from converters.document import Document
from converters.stylesheets import stylesheet
from converters.timing import Milliseconds
from converters.writers import Artifact, WriteContext
from converters.writers.daisy3_package import SMIL_TYPE, navigation, package, played_at, smil, smil_name
from converters.writers.daisy3_text import text_document
from converters.writers.markup import Markup
from converters.writers.talking_book import TalkingBook
from converters.writers.talking_facts import BookFacts, book_facts
from converters.writers.talking_files import BookFile, as_artifacts, sound_files
from converters.writers.talking_parts import talking_book
from converters.writers.talking_sound import BookSound, book_sound, nodes_heard

OWN: Final = "daisy3"
TEXT: Final = "text.xml"
STYLE: Final = "default.css"

_PROLOGUE: Final = '<?xml version="1.0" encoding="utf-8"?>\n'
_PACKAGE: Final = (
    '<!DOCTYPE package PUBLIC "+//ISBN 0-9673008-1-9//DTD OEB 1.2 Package//EN" '
    '"http://openebook.org/dtds/oeb-1.2/oebpkg12.dtd">\n'
)
_NAVIGATION: Final = (
    '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">\n'
)
_SMIL: Final = (
    '<!DOCTYPE smil PUBLIC "-//NISO//DTD dtbsmil 2005-2//EN" "http://www.daisy.org/z3986/2005/dtbsmil-2005-2.dtd">\n'
)
_TEXT: Final = (
    f'<?xml-stylesheet type="text/css" href="{STYLE}"?>\n'
    '<!DOCTYPE dtbook PUBLIC "-//NISO//DTD dtbook 2005-2//EN" "http://www.daisy.org/z3986/2005/dtbook-2005-2.dtd">\n'
)


def write_daisy3(document: Document, context: WriteContext) -> tuple[Artifact, ...]:
    """Return the book: a zip, and the same files in a folder. Raises ``SavingError`` where there is no room for it."""
    narration = context.narration
    if narration is None:
        raise ValueError("a talking book is made from a narration")
    book = talking_book(document, context, OWN, nodes_heard(narration))
    sound = book_sound(book, narration, context)
    facts = book_facts(book, sound, narration, context, OWN)
    return as_artifacts(OWN, context, _files(book, sound, facts))


def _files(book: TalkingBook, sound: BookSound, facts: BookFacts) -> tuple[BookFile, ...]:
    """Return all files; the package, which names them and itself, comes first."""
    text = _document(_TEXT, text_document(book, facts, played_at(book)))
    others = (
        BookFile("book.ncx", "application/x-dtbncx+xml", _document(_NAVIGATION, navigation(book, sound, facts))),
        BookFile(TEXT, "application/x-dtbook+xml", text),
        BookFile(STYLE, "text/css", stylesheet("daisy.css").encode("utf-8")),
        *_smils(book, sound, facts),
        *sound_files(sound.files),
    )
    own = BookFile("book.opf", "text/xml", b"")
    total = Milliseconds(sum(sound.length(part) for part in book.parts))
    known = {"book.opf": "opf", "book.ncx": "ncx", TEXT: "text"}
    written = _document(_PACKAGE, package(facts, total, (own, *others), known))
    return (BookFile(own.name, own.media_type, written), *others)


def _smils(book: TalkingBook, sound: BookSound, facts: BookFacts) -> tuple[BookFile, ...]:
    found, elapsed = [], 0
    for number, part in enumerate(book.parts, 1):
        content = smil(part, sound, facts, Milliseconds(elapsed), TEXT)
        found.append(BookFile(smil_name(number), SMIL_TYPE, _document(_SMIL, content)))
        elapsed += sound.length(part)
    return tuple(found)


def _document(kind: str, content: Markup) -> bytes:
    return (_PROLOGUE + kind + content + "\n").encode("utf-8")
