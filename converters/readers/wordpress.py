"""WordPress exports (WXR): many posts in one file, read one at a time, each as the page that it makes."""

import datetime
import functools
import re
from typing import Final

import msgspec

from converters.characters import clean
from converters.document import Document
from converters.errors import SourceError
from converters.findings import Report
from converters.identifiers import slug
from converters.readers import ReadContext
from converters.readers.manuscript import Facts, Manuscript
from converters.readers.markup.addresses import Addresses
from converters.readers.markup.head import Head, day_said
from converters.readers.markup.tree import tree_of, visible_words
from converters.readers.page_words import PageKind, words_of_page
from converters.readers.shortcodes import unwrapped
from converters.readers.understanding import understand
from converters.readers.wordpress_export import Channel, Item, named_items, posts
from converters.settings import LANGUAGE_SHAPE, Limits

_LANGUAGE: Final = re.compile(LANGUAGE_SHAPE)
ANOTHER: Final = "Choose another with --episode SLUG."


class Entry(msgspec.Struct, frozen=True):
    """A post that may hold a transcript: its name in addresses, its title, and what kind of post it is."""

    slug: str
    title: str
    kind: str


class Untranscribed(msgspec.Struct, frozen=True):
    """An episode that can be heard and not read; ``recording`` and ``page`` are addresses, or None."""

    slug: str
    title: str
    recording: str | None
    published: datetime.date | None = None
    page: str | None = None


def episodes_of(source: bytes, name: str = "the WordPress export", limits: Limits | None = None) -> tuple[Entry, ...]:
    """Return every published post that may hold a transcript, in the order of the file; drafts are not among them.

    ``name`` is for the ``SourceError`` that a damaged file raises, or one with more posts than ``limits.turns``.
    """
    found = posts(source, name, limits or Limits())
    return tuple(Entry(item.slug, item.title, item.kind) for _, item in found if item.status == "publish")


def untranscribed_in(source: bytes, name: str, limits: Limits) -> tuple[Untranscribed, ...]:
    """Return the published posts that have a recording, and no more than a few words about it. Raises as the others."""
    found = named_items(source, name, limits)
    return tuple(_untranscribed(item) for _, item in found if item.status == "publish" and item.lacks_a_transcript)


def _untranscribed(item: Item) -> Untranscribed:
    recording = next((address for address in item.recordings if address.startswith("http")), None)
    day = next((day for date in item.dates if (day := day_said(date))), None)
    return Untranscribed(item.slug, item.title, recording, day, item.link or None)


def read_wordpress(source: bytes, context: ReadContext) -> Document:
    """Return the episode that ``context.entry`` names; the only one, where it names none.

    Raises ``SourceError`` where there is no such episode, it is not published, or several are there to choose from.
    """
    return understand(wordpress_manuscript(source, context), context)


def wordpress_manuscript(source: bytes, context: ReadContext) -> Manuscript:
    """Return one post as its page would show it, with what the export says of it. Raises as ``read_wordpress``."""
    channel, item = _chosen(source, context)
    addresses = Addresses(item.link or None, item.link or channel.link or None)
    head = Head(
        titles=(item.title,) if item.title else (),
        language=channel.language if _LANGUAGE.match(channel.language) else None,
    )
    post = unwrapped(item.content)
    kind = PageKind(post=True, line_breaks="<!-- wp:" not in item.content)
    root = tree_of("\n" * (item.line - 1) + clean(post.markup), context)  # so that lines are counted as in the file
    if root is None:
        raise SourceError(f"{context.name}: the post “{item.slug}” holds no words. {ANOTHER}")
    context.report.leave_out("Codes of WordPress", " ".join(post.codes))
    words = words_of_page(root, head, addresses, context, kind)
    if not any(piece.text for piece in words.pieces):
        raise SourceError(f"{context.name}: the post “{item.slug}” holds no words. {ANOTHER}")
    _account(item, context.report)
    printed = {piece.text for piece in words.pieces}
    facts = Facts(
        title=words.title,
        language=words.language,
        show=channel.title or None,
        published=next((day for date in item.dates if (day := day_said(date))), None),
        page=addresses.page,
        recording=next((address for src in item.recordings if (address := addresses.recording(src))), None),
        subjects=item.subjects,
        summary=tuple(text for text in _paragraphs(item.excerpt, context) if text not in printed),
    )
    return Manuscript(words.pieces, facts, words.notes)


def _account(item: Item, report: Report) -> None:
    """Say what of the post is in no edition."""
    report.leave_out("The name under which the post was put on the site", item.creator)
    comments = (f"{comment.author}: {comment.words}" for comment in item.comments)
    report.leave_out("Comments of readers", " ".join(comments))


def _paragraphs(markup: str, context: ReadContext) -> tuple[str, ...]:
    """Return the paragraphs of an excerpt as plain words."""
    found: list[str] = []
    for part in re.split(r"\n\s*\n|</p>", markup):
        root = tree_of(clean(part), context) if part.strip() else None
        words = " ".join(" ".join(visible_words(root)).split()) if root is not None else ""
        found += [words] if words else []
    return tuple(found)


# which post ---------------------------------------------------------------------------------


def _chosen(source: bytes, context: ReadContext) -> tuple[Channel, Item]:
    """Return the post that is asked for, or the only one."""
    name = context.name
    if context.entry is not None:
        return _named(source, context.entry, context)
    found: list[tuple[Channel, Item]] = []
    drafts: list[str] = []
    count = 0
    for channel, item in posts(source, name, context.options.limits):
        if item.status != "publish":
            drafts.append(f"“{item.slug}”")
            continue
        count += 1
        found = found or [(channel, item)]
    if count == 1:
        return found[0]
    if not count:
        only = f" ({', '.join(drafts[:5])}: not published)" if drafts else ""
        raise SourceError(
            f"{name}: no post in this export holds a transcript{only}. Export the episodes from WordPress."
        )
    raise SourceError(
        f"{name}: this export holds {count} episodes. Choose one with --episode SLUG; inspect lists them."
    )


def _named(source: bytes, entry: str, context: ReadContext) -> tuple[Channel, Item]:
    name = context.name.removesuffix(f"#{entry}")
    found = _index(source, name, context.options.limits)
    if entry in found:
        channel, item = found[entry]
        if item.status != "publish":
            advice = "Publish it in WordPress and export again."
            raise SourceError(f"{name}: “{item.slug}” is not published ({item.status}). {advice}")
        return channel, item
    slugs = list(dict.fromkeys(item.slug for _, item in found.values()))
    near = ", ".join(slugs[:5]) + (" …" if len(slugs) > len(slugs[:5]) else "")
    raise SourceError(f"{name}: there is no episode “{entry}” in this export. It has: {near or 'none'}.")


@functools.lru_cache(maxsize=1)
def _index(source: bytes, name: str, limits: Limits) -> dict[str, tuple[Channel, Item]]:
    """Return the posts by the names they can be asked for: an export of thousands is gone through once, not for each.

    Of several that could be meant the first is.
    """
    found: dict[str, tuple[Channel, Item]] = {}
    for channel, item in posts(source, name, limits):
        for key in (item.slug, slug(item.slug)):
            found.setdefault(key, (channel, item))
    return found
