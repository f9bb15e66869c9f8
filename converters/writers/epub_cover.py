"""The cover of a book: the picture, what it says in words, and where it stands.

It stands at the head of the title page and is no page of its own. A page of nothing but a picture at the
beginning of the spine is where a book that reads itself aloud would begin, with silence (Thorium shows it for
a few seconds and goes on); one marked ``linear="no"`` is left out by some reading systems and is a stray
window in others. So pressing play begins at the title.
"""

from typing import Final

import msgspec

from converters.cover import PAGE, cover
from converters.phrases import written_date
from converters.writers import WriteContext
from converters.writers.epub_package import COVER
from converters.writers.markup import Markup, void
from converters.writers.xhtml import Rendering

IDENTIFIER: Final = "title-page-cover"
"""The id of the picture; ``identifiers.RESERVED`` keeps it for us."""


class Cover(msgspec.Struct, frozen=True):
    """The picture, a PNG, and its alternative text."""

    picture: bytes
    words: str


def cover_of(rendering: Rendering, context: WriteContext) -> Cover | None:
    """Return the cover with title, show and date, None where it cannot be drawn rightly."""
    below = _below(rendering, context)
    picture = cover(rendering.title, below, rendering.document.metadata.language, PAGE)
    return Cover(picture, _alternative(rendering, below)) if picture else None


def _below(rendering: Rendering, context: WriteContext) -> tuple[str, ...]:
    """Return show and date; where we do not speak the document's language, the date in figures (ISO 8601)."""
    metadata = rendering.document.metadata
    day = metadata.published
    date = day and (day.isoformat() if rendering.marks else written_date(day, rendering.phrases))
    return tuple(words for words in (metadata.show or context.options.show.name, date) if words)


def _alternative(rendering: Rendering, below: tuple[str, ...]) -> str:
    """Return what stands on the cover, and what it looks like where we can say it in the same language."""
    words = " – ".join((rendering.title, *below))
    return words if rendering.marks else rendering.phrases.cover_description.format(words=words)


def cover_markup(drawn: Cover) -> Markup:
    """Return the picture; its role says what it is (DPUB-ARIA 1.1, ``doc-cover`` is for the picture itself)."""
    marks = {"epub:type": "cover", "role": "doc-cover", "src": COVER, "alt": drawn.words, "id": IDENTIFIER}
    return void("img", {**marks, "class": "cover"})
