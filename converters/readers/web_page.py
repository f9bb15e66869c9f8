"""Web pages: a whole page as a browser saves it, a fragment of one, or Podcasting 2.0's HTML transcript."""

import re
from typing import TYPE_CHECKING, Final

from converters.document import Document
from converters.errors import SourceError
from converters.readers import ReadContext
from converters.readers.manuscript import Facts, Manuscript
from converters.readers.markup.addresses import page_addresses
from converters.readers.markup.head import head_of
from converters.readers.markup.tree import page_text, tree_of
from converters.readers.own_fragment import MARK, own_fragment
from converters.readers.page_words import PageKind, words_of_page
from converters.readers.understanding import understand
from converters.version import TOOL

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OWN: Final = TOOL.partition(" ")[0] + " "
"""How Curbcut's own pages begin to say what made them."""
_HEAD: Final = 4_096
_WHOLE: Final = re.compile(r"<(?:body|html)\b", re.IGNORECASE)


def read_web_page(source: bytes, context: ReadContext) -> Document:
    """Return the transcript that a page holds. Raises ``SourceError`` where it holds no words, or far too many."""
    return understand(web_page_manuscript(page_text(source, context), context), context)


def web_page_manuscript(text: str, context: ReadContext) -> Manuscript:
    """Return the page's own text in pieces, with what it says of the episode.

    What belongs to the site is left out, each part with all its words in a finding.
    Raises ``SourceError`` where it is nested too deep or holds no words.
    """
    root = tree_of(text, context)
    manuscript = None
    if root is not None:
        manuscript = _own(root, text, context) or _manuscript(root, text, context)
    if manuscript is None or not any(piece.text for piece in manuscript.pieces):
        advice = "If it shows its words only in a browser, save it there as a whole page and convert that."
        raise SourceError(f"{context.name}: there are no words on this page. {advice}")
    return manuscript


def _own(root: "Element", text: str, context: ReadContext) -> Manuscript | None:
    """Return what Curbcut's own page says, or its fragment on a page of others; None where there is neither."""
    if _OWN not in text[:_HEAD] and MARK not in text:
        return None
    from converters.readers.own_page import is_own_page, own_page_manuscript

    page = root if is_own_page(root) else own_fragment(root)
    return None if page is None else own_page_manuscript(page, context)


def _manuscript(root: "Element", text: str, context: ReadContext) -> Manuscript:
    addresses = page_addresses(root, text)
    head = head_of(root, addresses)
    words = words_of_page(root, head, addresses, context, PageKind(whole=bool(_WHOLE.search(text))))
    facts = Facts(
        title=words.title,
        language=words.language,
        show=head.site,
        published=words.published,
        page=addresses.page,
        recording=head.recording,
        subjects=head.subjects,
    )
    return Manuscript(words.pieces, facts, words.notes)
