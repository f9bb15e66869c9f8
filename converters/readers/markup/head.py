"""What a page says of itself in its head, and in data for search engines: read as given, never guessed."""

import datetime
import re
from typing import TYPE_CHECKING, Final

import msgspec

from converters.readers.dates import day_of
from converters.readers.markup.addresses import Addresses
from converters.readers.markup.inlining import language_of
from converters.readers.markup.tree import tag_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DATES: Final = (
    "article:published_time", "og:article:published_time", "datepublished", "dcterms.issued", "dcterms.date", "dc.date",
    "dc.date.issued", "citation_publication_date", "publish_date", "publication_date", "pubdate", "date",
)  # fmt: skip
_JSON_DATE: Final = re.compile(r"\"datePublished\"\s{0,9}:\s{0,9}\"([^\"\\]{4,40})\"")
_ISO: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")
_KEYWORDS: Final = ("keywords", "news_keywords", "article:tag", "parsely-tags")
_OF_OTHERS: Final = frozenset({"nav", "aside", "footer"})
LONGEST_SCRIPT: Final = 1_000_000


class Head(msgspec.Struct, frozen=True):
    """Facts that a page states; ``titles`` are those it gives itself, the one it gives for sharing first."""

    titles: tuple[str, ...] = ()
    site: str | None = None
    language: str | None = None
    published: datetime.date | None = None
    recording: str | None = None
    subjects: tuple[str, ...] = ()


def head_of(root: "Element", addresses: Addresses) -> Head:
    """Return what the head, and the elements that speak of the whole page, state."""
    metas = _metas(root)
    shared = [words for name in ("og:title", "twitter:title", "dc.title") for words in metas.get(name, ())]
    own = [_plain("".join(map(str, title.itertext()))) for title in root.iter("title") if _is_in_head(title)]
    subjects = (word.strip() for name in _KEYWORDS for words in metas.get(name, ()) for word in words.split(","))
    sites = metas.get("og:site_name") or metas.get("application-name") or ()
    return Head(
        titles=tuple(dict.fromkeys(title for title in (*shared, *own[:1]) if title)),
        site=next(iter(sites), None),
        language=_language(root, metas),
        published=_published(root, metas),
        recording=_recording(root, metas, addresses),
        subjects=tuple(dict.fromkeys(word for word in subjects if word)),
    )


def _metas(root: "Element") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        if content := _plain(meta.get("content") or ""):
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _plain(words: str) -> str:
    return " ".join(words.split())


def _is_in_head(title: "Element") -> bool:
    outer = title.getparent()
    return outer is None or tag_of(outer) != "svg"


def _language(root: "Element", metas: dict[str, list[str]]) -> str | None:
    """Return the language of the page: what ``html`` or ``body`` says, else the head."""
    said = [language_of(root), *(language_of(body) for body in root.iter("body"))]
    headed = (metas.get(name, [""])[0] for name in ("content-language", "og:locale", "dc.language"))
    return next((language for language in (*said, *map(_tag, headed)) if language), None)


def _tag(words: str) -> str | None:
    language = words.strip().replace("_", "-")
    return language if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}", language) else None


def _published(root: "Element", metas: dict[str, list[str]]) -> datetime.date | None:
    """Return the day the page was published: as its head says, its data for search engines, its first ``time``."""
    said = [words for name in _DATES for words in metas.get(name, ())]
    scripts = (s.text or "" for s in root.iter("script") if "json" in (s.get("type") or ""))
    data = (match[1] for text in scripts if (match := _JSON_DATE.search(text[:LONGEST_SCRIPT])))
    times = (time.get("datetime") or "" for time in root.iter("time") if not _is_of_others(time))
    return next((day for words in (*said, *data, *times) if (day := day_said(words))), None)


def day_said(words: str) -> datetime.date | None:
    """Return the day of a date as machines or people write it."""
    if not (match := _ISO.match(words.strip())):
        return day_of(words)
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _is_of_others(time: "Element") -> bool:
    """Tell whether a ``time`` speaks of something else than the page: a comment, a post beside it."""
    for outer in time.iterancestors():
        names = f"{outer.get('class') or ''} {outer.get('id') or ''}".lower()
        if tag_of(outer) in _OF_OTHERS or any(name in names for name in ("comment", "related", "sidebar", "recent")):
            return True
    return False


def _recording(root: "Element", metas: dict[str, list[str]], addresses: Addresses) -> str | None:
    players = (audio.get("src") or "" for audio in root.iter("audio"))
    sources = (s.get("src") or "" for audio in root.iter("audio") for s in audio.iter("source"))
    shared = (words for name in ("og:audio", "og:audio:secure_url", "og:audio:url") for words in metas.get(name, ()))
    found = (addresses.recording(src) for src in (*players, *sources, *shared))
    return next((address for address in found if address), None)
