"""``opds.xml``: the same for older reading apps, as OPDS 1.2 has it: Atom (RFC 4287) with links to take editions by.

What schema.org says of accessibility stands in elements of its own namespace, which readers that do not know it skip.
"""

from collections.abc import Iterator
from typing import Final

from converters.archive.feed_elements import ATOM, Element, Vocabulary, encoded
from converters.archive.holdings import Archive, Files
from converters.archive.opds import OPEN
from converters.archive.publications import COVER, Publication, covers, modified, moment, name_of, pages, publications
from converters.characters import clean
from converters.identifiers import publication_urn

NAME: Final = "opds.xml"
TYPE: Final = "application/atom+xml;profile=opds-catalog;kind=acquisition"
_TERMS_AT: Final = "http://purl.org/dc/terms/"
_SCHEMA_AT: Final = "http://schema.org/"
_PREFIXES: Final[dict[str | None, str]] = {None: ATOM, "dcterms": _TERMS_AT, "schema": _SCHEMA_AT}
_ATOM: Final = Vocabulary(ATOM, _PREFIXES)
_TERMS: Final = Vocabulary(_TERMS_AT, _PREFIXES)
_SCHEMA: Final = Vocabulary(_SCHEMA_AT, _PREFIXES)
_PICTURES: Final = ("http://opds-spec.org/image", "http://opds-spec.org/image/thumbnail")


def opds_atom(archive: Archive) -> Files:
    """Return the files of the feed, none where there is no episode."""
    found = publications(archive)
    files = pages(found, NAME)
    names = tuple(name for name, _ in files)
    pictured, updated, fed = bool(covers(archive)), moment(modified(found)), dict[str, bytes]()
    for number, (name, several) in enumerate(files):
        feed = _feed(archive, updated, names, number)
        feed.extend(_entry(one, pictured=pictured) for one in several)
        fed[name] = encoded(feed)
    return fed


def _feed(archive: Archive, updated: str, names: tuple[str, ...], number: int) -> Element:
    show = clean(archive.show.name or name_of(archive))
    further = (("start", 0), ("previous", number - 1), ("next", number + 1))
    return _ATOM.element(
        "feed",
        _ATOM.element("id", publication_urn(show, names[number])),
        _ATOM.element("title", name_of(archive)),
        _ATOM.element("updated", updated),
        _named("author", show),
        _link("self", names[number], TYPE),
        _link("alternate", "index.html", "text/html"),
        *(_link(rel, names[place], TYPE) for rel, place in further if 0 <= place < len(names)),
    )


def _entry(one: Publication, *, pictured: bool) -> Element:
    hosts = [person.name for person in one.people if person.part == "host"] or [one.publisher or one.title]
    return _ATOM.element(
        "entry",
        _ATOM.element("id", one.identifier),
        _ATOM.element("title", one.title),
        _ATOM.element("updated", moment(one.modified)),
        *(_named("author", name) for name in hosts),
        *(_named("contributor", person.name) for person in one.people if person.part != "host"),
        *_facts(one),
        *_links(one, pictured=pictured),
        *(_SCHEMA.element(name, value) for name, value in one.access),
    )


def _facts(one: Publication) -> Iterator[Element]:
    facts = one.held.facts
    for subject in facts.subjects:
        yield _ATOM.element("category", attributes={"term": subject, "label": subject})
    if facts.published:
        yield _TERMS.element("issued", facts.published.isoformat())
    if one.language:
        yield _TERMS.element("language", one.language)
    if facts.summary:
        yield _ATOM.element("summary", facts.summary)


def _links(one: Publication, *, pictured: bool) -> Iterator[Element]:
    for edition in one.editions:
        yield _link(OPEN, edition.href, edition.media_type, edition.title, str(edition.size))
    for rel in _PICTURES if pictured else ():
        yield _link(rel, COVER, "image/png")
    if one.held.facts.page:
        yield _link("alternate", one.held.facts.page, "text/html")


def _named(tag: str, name: str) -> Element:
    return _ATOM.element(tag, _ATOM.element("name", name))


def _link(rel: str, href: str, kind: str, title: str = "", length: str = "") -> Element:
    said = {"rel": rel, "href": href, "type": kind, "title": title, "length": length}
    return _ATOM.element("link", attributes=said)
