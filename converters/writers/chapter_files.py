"""Which file of a book each id stands in: a file for every section, and one for each part that we add."""

from converters import outline
from converters.document import Document, Section
from converters.traverse import walk_section


def files_of(document: Document, ending: str) -> dict[str, str]:
    """Return the file of every id from the second file on; the first is the book's own title page."""
    files: dict[str, str] = {}
    for number, section in enumerate(outline.outline(document).body, 2):
        exchanges = [e.id for s in _with_subsections(section) for e in outline.exchanges(document, s)]
        ids = (*(step.id for step in walk_section(section)), *exchanges)
        files |= dict.fromkeys(ids, f"{number:02}-{section.id}{ending}")
    for name in ("help", "notes", "about", "from-the-page"):
        files.setdefault(name, f"90-{name}{ending}")
    return files | {note.id: files["notes"] for note in document.notes}


def _with_subsections(section: Section) -> tuple[Section, ...]:
    return (section, *(inner for below in section.subsections for inner in _with_subsections(below)))
