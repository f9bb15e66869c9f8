"""The file that WordPress exports (WXR): gone through as a stream, post by post.

No entity is expanded and nothing is fetched.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

import msgspec

from converters.characters import clean
from converters.errors import SourceError
from converters.identifiers import slug
from converters.readers.markup.tree import line_of
from converters.settings import Limits

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NO_EPISODE: Final = re.compile(
    r"attachment|nav_menu_item|revision|custom_css|customize_changeset|oembed_cache|user_request|elementor_.*|acf-.*|"
    r"wp_.*|wpcf7_.*|amp_.*|_.*"
)
_CONTROLS: Final = bytes({*range(0x20)} - {0x09, 0x0A, 0x0D})
_SPOKEN: Final = re.compile(
    r"(?:^|\n|<(?:p|div|li|br|td)\b[^>]{0,200}>)\s{0,20}(?:<(?:b|strong|span|cite)\b[^>]{0,200}>)?"
    r"(?P<name>[^<>:：\n\[\]]{1,40})(?:</(?:b|strong|span|cite)>)?\s{0,9}[:：]"
)
_RECORDINGS: Final = ("enclosure", "audio_file", "podcast_file", "episode_audio")
_UNSORTED: Final = frozenset({"uncategorized", "uncategorised", "allgemein", "sin-categoria", "non-classe"})
_TAG: Final = re.compile(r"<[^<>]{0,1000}>")
ENOUGH_LABELS: Final = 4
LONGEST_ADDRESS: Final = 300
"""Letters; what a plug-in keeps as a transcript and is no longer is where to find one."""


LONGEST_NOTES: Final = 600
"""Words that a show says of an episode; what is longer and has no names in it may be one person's talk."""


class Comment(msgspec.Struct, frozen=True):
    """What a reader wrote below a post."""

    author: str
    words: str


class Item(msgspec.Struct, frozen=True):
    """A post as the export has it; ``line`` is where its text begins in the file."""

    slug: str
    title: str
    kind: str
    status: str
    link: str
    dates: tuple[str, ...]
    creator: str
    content: str
    line: int
    excerpt: str
    subjects: tuple[str, ...]
    recordings: tuple[str, ...]
    comments: tuple[Comment, ...]

    @property
    def may_hold_a_transcript(self) -> bool:
        """Whether it has words of its own; a page of the site, whether people speak on it."""
        if _NO_EPISODE.fullmatch(self.kind) or not self.content.strip():
            return False
        return self.kind != "page" or _is_spoken(self.content)

    @property
    def lacks_a_transcript(self) -> bool:
        """Whether it has a recording, and at most a few words about it."""
        if _NO_EPISODE.fullmatch(self.kind) or not self.recordings or _is_spoken(self.content):
            return False
        return len(_plain(self.content).split()) <= LONGEST_NOTES


class Channel(msgspec.Struct, frozen=True):
    """What the export says of the whole site."""

    title: str = ""
    link: str = ""
    language: str = ""


def posts(source: bytes, name: str, limits: Limits) -> Iterator[tuple[Channel, Item]]:
    """Yield the posts that may hold a transcript, each with a slug of its own, and what is said of the whole site.

    Drafts are among them. Raises ``SourceError`` naming the file where it is damaged, or
    has more items than ``limits.turns``.
    """
    return ((channel, item) for channel, item in named_items(source, name, limits) if item.may_hold_a_transcript)


def named_items(source: bytes, name: str, limits: Limits) -> Iterator[tuple[Channel, Item]]:
    """Yield all items; those that may hold a transcript have slugs of their own. Raises as ``posts``."""
    taken: Counter[str] = Counter()
    for number, (channel, item) in enumerate(_items(source, name)):
        if number >= limits.turns:
            raise SourceError(f"{name}: it holds more than {limits.turns:,} posts. Export fewer of them at a time.")
        taken[item.slug] += item.may_hold_a_transcript
        again = item.may_hold_a_transcript and taken[item.slug] > 1
        yield channel, msgspec.structs.replace(item, slug=f"{item.slug}-{taken[item.slug]}") if again else item


def _items(source: bytes, name: str) -> Iterator[tuple[Channel, Item]]:
    """Yield all items. Control characters, which some plug-ins leave in posts, are no reason to refuse the file."""
    from lxml import etree

    text = source if source.startswith((b"\xff\xfe", b"\xfe\xff")) else source.translate(None, _CONTROLS)
    channel: Channel | None = None
    try:
        for _, element in etree.iterparse(
            io.BytesIO(text.lstrip()),
            events=("end",),
            tag="item",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
        ):
            channel = channel or _channel(element)
            yield channel, _item(element)
            element.clear(keep_tail=False)
            while (before := element.getprevious()) is not None and _local(before) == "item":
                element.getparent().remove(before)
    except etree.XMLSyntaxError as error:
        advice = "Export it again from WordPress (Tools, Export)."
        raise SourceError(f"{name}: the export is damaged in line {error.position[0]}. {advice}") from error


def _local(element: "Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _channel(item: "Element") -> Channel:
    outer = item.getparent()
    said = {_local(child): _words(child) for child in outer if _local(child) != "item"} if outer is not None else {}
    link = said.get("base_blog_url") or said.get("link", "")
    return Channel(said.get("title", ""), link, said.get("language", ""))


def _words(element: "Element") -> str:
    return clean((element.text or "").strip())


def _plain(words: str) -> str:
    return " ".join(unescape(_TAG.sub("", words)).split())


def _item(element: "Element") -> Item:
    said: dict[str, str] = {}
    for child in element:
        local = "excerpt" if "excerpt" in str(child.tag) else _local(child)
        said.setdefault(local, _words(child))
    metas = _metas(element)
    content = next((child for child in element if _local(child) == "encoded" and "excerpt" not in str(child.tag)), None)
    title, link = _plain(said.get("title", "")), said.get("link", "")
    own_slug = unquote(said.get("post_name", "")) or slug(unquote(link.rstrip("/").rpartition("/")[2])) or slug(title)
    enclosures = (child.get("url") or "" for child in element if _local(child) == "enclosure")
    stored = (metas[key].split("\n")[0].strip() for key in _RECORDINGS if metas.get(key))
    return Item(
        slug=own_slug or "post",
        title=title,
        kind=said.get("post_type", "post"),
        status=said.get("status", "publish"),
        link=link if link.startswith("http") else "",
        dates=(said.get("post_date", ""), said.get("pubDate", "")),
        creator=said.get("creator", ""),
        content="\n\n".join(((content.text or "") if content is not None else "", *_transcripts(metas))),
        line=line_of(content) if content is not None else 0,
        excerpt=said.get("excerpt", ""),
        subjects=_subjects(element),
        recordings=(*enclosures, *stored),
        comments=_comments(element),
    )


def _metas(element: "Element") -> dict[str, str]:
    """Return what plug-ins keep beside a post."""
    found: dict[str, str] = {}
    for meta in element:
        if _local(meta) == "postmeta":
            pair = {_local(child): _words(child) for child in meta}
            found.setdefault(pair.get("meta_key", ""), pair.get("meta_value", ""))
    return found


def _transcripts(metas: dict[str, str]) -> tuple[str, ...]:
    """Return transcripts that a plug-in keeps beside the post; an address alone, or a setting, is none."""
    return tuple(
        value
        for key, value in metas.items()
        if "transcript" in key.lower() and len(value) > LONGEST_ADDRESS and not value.startswith("http")
    )


def _subjects(element: "Element") -> tuple[str, ...]:
    sorted_under = (child for child in element if _local(child) == "category")
    words = (_plain(_words(child)) for child in sorted_under if (child.get("nicename") or "") not in _UNSORTED)
    return tuple(dict.fromkeys(word for word in words if word))


def _comments(element: "Element") -> tuple[Comment, ...]:
    found: list[Comment] = []
    for comment in element:
        if _local(comment) == "comment":
            said = {_local(child): _plain(_words(child)) for child in comment}
            found.append(Comment(said.get("comment_author", ""), said.get("comment_content", "")))
    return tuple(found)


def _is_spoken(content: str) -> bool:
    """Tell whether people speak in a page of the site: names come again and again at the beginning of paragraphs."""
    names = Counter(match["name"].strip().casefold() for match in _SPOKEN.finditer(content))
    again = [count for count in names.values() if count > 1]
    return sum(again) >= ENOUGH_LABELS
