"""``podcast.xml``: the audio editions as a podcast (RSS 2.0), only where show.toml asks for it.

It is no feed of the show: its title and its items say that synthetic voices read, directories are asked to leave it out
(``itunes:block``), and it leads to the show's own feed and recordings. Tags of the podcast namespace
(https://podcastindex.org/namespace/1.0) lead to transcript and chapters that fit what is heard here.
"""

import uuid
from collections.abc import Iterator
from email.utils import format_datetime
from typing import Final

from converters.archive.catalogue import address_of, has_podcast
from converters.archive.entries import offers
from converters.archive.feed_elements import ATOM, Element, Vocabulary, encoded
from converters.archive.holdings import Archive, Files, Held
from converters.archive.indexes import is_somebody
from converters.archive.publications import COVER, covers, moment_of_day
from converters.identifiers import publication_urn
from converters.manifest import Row
from converters.phrases import phrases_for
from converters.settings import Show

NAME: Final = "podcast.xml"
_TYPE: Final = "application/rss+xml"
_ITUNES: Final = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST: Final = "https://podcastindex.org/namespace/1.0"
_PREFIXES: Final[dict[str | None, str]] = {"itunes": _ITUNES, "podcast": _PODCAST, "atom": ATOM}
_R: Final = Vocabulary(None, _PREFIXES)
_I: Final = Vocabulary(_ITUNES, _PREFIXES)
_P: Final = Vocabulary(_PODCAST, _PREFIXES)
_A: Final = Vocabulary(ATOM, _PREFIXES)
_GUIDS: Final = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of ``podcast:guid`` (podcast namespace, "guid")."""
_HEARD: Final = ("mp3", "m4b", "opus")
"""Editions that podcast apps play, the best known first."""
_TRANSCRIPTS: Final = ("vtt", "srt", "podcast-json", "html")


def podcast(archive: Archive) -> Files:
    """Return the feed, none where the show does not ask for it."""
    if not (archive.episodes and has_podcast(archive.show)):
        return {}
    items = (item for held in archive.episodes for item in _item(held, archive.show))
    return {NAME: encoded(_R.element("rss", _channel(archive, tuple(items)), attributes={"version": "2.0"}))}


def _channel(archive: Archive, items: tuple[Element, ...]) -> Element:
    show, phrases = archive.show, phrases_for(archive.language)
    own, name = _address(NAME, show), show.name or phrases.catalogue_title_unnamed
    return _R.element(
        "channel",
        _R.element("title", phrases.podcast_title.format(title=name)),
        _R.element("link", show.url or _address("index.html", show)),
        _R.element("description", _about(archive)),
        _R.element("language", archive.language),
        _A.element("link", attributes={"rel": "self", "href": own, "type": _TYPE}),
        _I.element("block", "Yes"),
        _I.element("author", name),
        _P.element("guid", str(uuid.uuid5(_GUIDS, own.partition("://")[2]))),
        _P.element("medium", "podcast"),
        *_show_itself(archive),
        *items,
    )


def _about(archive: Archive) -> str:
    show, phrases = archive.show, phrases_for(archive.language)
    about = phrases.podcast_about.format(show=show.name or phrases.catalogue_title_unnamed)
    return f"{about} {phrases.podcast_own_feed.format(address=show.catalogue.feed)}" if show.catalogue.feed else about


def _show_itself(archive: Archive) -> Iterator[Element]:
    """Yield a link to the show's own feed, and the picture."""
    if feed := archive.show.catalogue.feed:
        yield _A.element("link", attributes={"rel": "related", "href": feed, "type": _TYPE})
    if covers(archive):
        yield _I.element("image", attributes={"href": _address(COVER, archive.show)})


def _item(held: Held, show: Show) -> Iterator[Element]:
    """Yield the episode where it can be heard."""
    heard = {offer.format: offer.main for offer in offers(held) if not offer.main.stale}
    row = next((heard[name] for name in _HEARD if name in heard), None)
    if row is None:
        return
    title = phrases_for(held.language).podcast_title.format(title=held.title) if row.voices else held.title
    enclosure = {"url": _place(held, row, show), "length": str(row.bytes), "type": row.media_type}
    guid = publication_urn(held.facts.show or show.name or "", f"{held.folder}.{row.format}")
    yield _R.element(
        "item",
        _R.element("title", title),
        _R.element("description", " ".join(_said(held, row))),
        _R.element("guid", guid, attributes={"isPermaLink": "false"}),
        _R.element("enclosure", attributes=enclosure),
        _I.element("block", "Yes"),
        *_facts(held, row, heard.get("html"), show),
        *_transcripts(held, row, show),
        *_people(held, show),
    )


def _said(held: Held, row: Row) -> Iterator[str]:
    """Yield what the episode is about, that the voices are synthetic, and where it is heard as it was."""
    phrases, facts = phrases_for(held.language), held.facts
    if facts.summary:
        yield facts.summary
    if row.voices:
        yield phrases.voices_synthetic
    if facts.recording:
        yield f"{phrases.recording}: {facts.recording}"


def _facts(held: Held, row: Row, page: Row | None, show: Show) -> Iterator[Element]:
    if link := held.facts.page or (_place(held, page, show) if page else None):
        yield _R.element("link", link)
    if held.facts.published:
        yield _R.element("pubDate", format_datetime(moment_of_day(held.facts.published)))
    if row.seconds:
        yield _I.element("duration", str(row.seconds))


def _transcripts(held: Held, heard: Row, show: Show) -> Iterator[Element]:
    """Yield transcripts and chapters whose times are those of what is heard here; the page has no times."""
    timeline = "narration" if heard.voices else "recording"
    fitting = {row.format: row for row in held.rows if row.timeline == timeline and not row.stale}
    fitting |= {row.format: row for row in held.rows if row.format == "html" and not row.stale}
    language = "" if held.language == "und" else held.language
    for row in (fitting[name] for name in _TRANSCRIPTS if name in fitting):
        said = {"url": _place(held, row, show), "type": row.media_type, "language": language}
        yield _P.element("transcript", attributes=said)
    if chapters := fitting.get("chapters-json"):
        yield _P.element("chapters", attributes={"url": _place(held, chapters, show), "type": chapters.media_type})


def _people(held: Held, show: Show) -> Iterator[Element]:
    for person in held.facts.people:
        if is_somebody(person, show):
            yield _P.element("person", person.name, attributes={"role": person.part or ""})


def _place(held: Held, row: Row, show: Show) -> str:
    return _address(f"{held.folder}/{row.path}", show)


def _address(name: str, show: Show) -> str:
    """Return where a file will be; a show that asks for a podcast has said below which address."""
    return address_of(name, show) or name
