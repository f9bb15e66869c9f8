"""The catalogue of an archive: pages by which readers find an episode, and have the edition that they need.

``index.html`` has the newest episodes and leads to all by date, by person and by subject. Each page is complete by
itself, and works without CSS and without JavaScript. Its address stays the same between runs.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from typing import Final

from converters.archive.entries import Manner, entry
from converters.archive.holdings import SHEETS, Archive, Files, Held
from converters.archive.indexes import UNDATED, Group, people, subjects, years
from converters.characters import clean
from converters.identifiers import slug
from converters.phrases import phrases_for
from converters.settings import Show
from converters.stylesheets import stylesheet
from converters.version import TOOL
from converters.writers.additions import Fact, contact_ways, statement_paragraphs
from converters.writers.markup import Markup, element, lines, meta, text, unclosed, void
from converters.writers.xhtml import root_attributes

INDEX: Final = "index.html"
PEOPLE: Final = "people.html"
SUBJECTS: Final = "subjects.html"
OPDS_2: Final = "opds.json"
OPDS_1: Final = "opds.xml"
PODCAST: Final = "podcast.xml"

_NEWEST: Final = 20
"""Episodes on the first page."""
_LONG: Final = 40
"""From so many names on, a list of them is divided by letters."""


def catalogue(archive: Archive) -> Files:
    """Return every page. There is none where there is no episode."""
    if not archive.episodes:
        return {}
    return {name: make() for name, make in _Pages(archive).files}


def page_names(archive: Archive) -> tuple[str, ...]:
    """Return the names of the pages."""
    return tuple(name for name, _ in _Pages(archive).files) if archive.episodes else ()


def has_podcast(show: Show) -> bool:
    """Tell whether the show asks for a feed of its audio editions; its enclosures need addresses."""
    return show.catalogue.podcast and show.catalogue.address is not None


def address_of(page: str, show: Show) -> str | None:
    """Return where a file of the output folder will be, None where the show has not said."""
    below = show.catalogue.address
    return f"{below.rstrip('/')}/{page}" if below else None


class _Pages:
    """The pages, which share their language, their style and their indexes."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.phrases = phrases_for(archive.language)
        self._manner = Manner(self.phrases, archive.show)
        self._style = Markup(stylesheet(*SHEETS))
        self.years = years(archive.episodes)
        self.people = people(archive.episodes, archive.show)
        self.subjects = subjects(archive.episodes)

    @property
    def files(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Yield the names of all pages, and what makes each."""
        yield INDEX, self.index
        for group in (*self.years, *self.people, *self.subjects):
            yield group.page, partial(self.of_group, group)
        if self.people:
            yield PEOPLE, partial(self.of_names, self.phrases.catalogue_by_person, self.people, PEOPLE)
        if self.subjects:
            yield SUBJECTS, partial(self.of_names, self.phrases.catalogue_by_subject, self.subjects, SUBJECTS)

    # the three kinds of pages -------------------------------------------------------------------

    def index(self) -> bytes:
        """Return the page that everything begins with."""
        episodes = self._archive.episodes
        heading = element("h2", text(self.phrases.catalogue_newest))
        newest = (entry(held, self._manner, 3) for held in episodes[:_NEWEST])
        find = element("nav", lines(*self._find()), attributes={"aria-labelledby": "list--find"})
        introduction = (element("p", text(self._count(len(episodes)))), find)
        return self._page(INDEX, self._title(), introduction, (heading, *newest))

    def of_group(self, group: Group) -> bytes:
        """Return the page of a year, a person or a subject."""
        said = (element("p", text(words)) for words in group.said)
        introduction = (*said, element("p", text(self._count(len(group.episodes)))), self._way_back(group))
        return self._page(group.page, self._heading(group), introduction, tuple(self._entries(group)))

    def of_names(self, title: str, groups: tuple[Group, ...], page: str) -> bytes:
        """Return the page that lists people or subjects; a long one is divided by first letters."""
        if len(groups) < _LONG:
            content: tuple[Markup, ...] = (self._names(groups),)
        else:
            letters = groupby(groups, key=lambda group: (slug(group.name) or "?")[0].upper())
            content = tuple(
                lines(element("h2", text(letter)), self._names(tuple(several))) for letter, several in letters
            )
        return self._page(page, title, (self._way_back(),), content)

    # what they consist of -----------------------------------------------------------------------

    def _page(self, page: str, title: str, introduction: tuple[Markup, ...], content: tuple[Markup, ...]) -> bytes:
        skip = element("a", text(self.phrases.catalogue_skip), attributes={"class": "skip", "href": "#list--episodes"})
        main = element("main", Markup("\n"), lines(*content), attributes={"id": "list--episodes"})
        header = element("header", lines(skip, element("h1", text(title)), *introduction))
        root = element(
            "html", lines(self._head(page, title), element("body", lines(header, main, self._footer()))),
            attributes=root_attributes(self.phrases.language),
        )  # fmt: skip
        return f"<!DOCTYPE html>\n{root}\n".encode()

    def _head(self, page: str, title: str) -> Markup:
        own = self._title()
        address = address_of(page, self._archive.show)
        return element(
            "head",
            lines(
                Markup('<meta charset="utf-8">'),
                Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
                element("title", text(title if title == own else f"{title} – {own}")),
                unclosed(meta("generator", TOOL)),
                *(self._led_to(rel, kind, href) for rel, kind, href in self._links(address)),
                element("style", self._style),
            ),
        )

    def _links(self, address: str | None) -> Iterator[tuple[str, str | None, str]]:
        if address:
            yield "canonical", None, address
        yield "alternate", "application/opds+json", OPDS_2
        yield "alternate", "application/atom+xml;profile=opds-catalog;kind=acquisition", OPDS_1
        if has_podcast(self._archive.show):
            yield "alternate", "application/rss+xml", PODCAST

    def _led_to(self, rel: str, kind: str | None, href: str) -> Markup:
        return unclosed(void("link", {"rel": rel, "type": kind, "href": href}))

    def _title(self) -> str:
        name = self._archive.show.name
        return self.phrases.catalogue_title.format(show=clean(name)) if name else self.phrases.catalogue_title_unnamed

    def _heading(self, group: Group) -> str:
        phrases = self.phrases
        match group.kind:
            case "year" if group.key == UNDATED:
                return phrases.catalogue_undated
            case "year":
                return phrases.catalogue_of_year.format(year=group.name)
            case "person":
                return phrases.catalogue_of_person.format(name=group.name)
            case "subject":
                return phrases.catalogue_of_subject.format(subject=group.name)

    def _count(self, number: int) -> str:
        phrases = self.phrases
        return phrases.catalogue_count_one if number == 1 else phrases.catalogue_count.format(count=number)

    def _find(self) -> Iterator[Markup]:
        phrases = self.phrases
        yield element("h2", text(phrases.catalogue_find), attributes={"id": "list--find"})
        yield element("h3", text(phrases.catalogue_by_date))
        yield self._names(self.years)
        further = (
            (phrases.catalogue_by_person, PEOPLE, self.people),
            (phrases.catalogue_by_subject, SUBJECTS, self.subjects),
        )
        items = [self._item(words, page, len(groups)) for words, page, groups in further if groups]
        if items:
            yield element("ul", *items)

    def _item(self, words: str, page: str, count: int) -> Markup:
        return element("li", element("a", text(words), attributes={"href": page}), text(f" ({count})"))

    def _names(self, groups: tuple[Group, ...]) -> Markup:
        items = (self._item(self._short(group), group.page, len(group.episodes)) for group in groups)
        return element("ul", Markup("\n"), lines(*items), attributes={"class": "names"})

    def _short(self, group: Group) -> str:
        return self.phrases.catalogue_undated if group.key == UNDATED and group.kind == "year" else group.name

    def _way_back(self, group: Group | None = None) -> Markup:
        """Return a link to the first page, and to the list in which the group stands."""
        phrases = self.phrases
        ways = [(INDEX, self._title())]
        if group and group.kind == "person":
            ways.append((PEOPLE, phrases.catalogue_by_person))
        if group and group.kind == "subject":
            ways.append((SUBJECTS, phrases.catalogue_by_subject))
        items = (element("li", element("a", text(words), attributes={"href": page})) for page, words in ways)
        return element("nav", element("ul", *items), attributes={"aria-label": self.phrases.catalogue_find})

    def _entries(self, group: Group) -> Iterator[Markup]:
        """Yield the episodes, those of a year under its months."""
        if group.kind != "year" or group.key == UNDATED:
            yield from (entry(held, self._manner, 2) for held in group.episodes)
            return
        months = self.phrases.months.split()
        for month, episodes in groupby(group.episodes, key=_month):
            yield element("h2", text(months[month - 1]))
            yield from (entry(held, self._manner, 3) for held in episodes)

    def _footer(self) -> Markup:
        return element("footer", lines(*self._apps(), *self._help()))

    def _apps(self) -> Iterator[Markup]:
        phrases = self.phrases
        yield element("h2", text(phrases.catalogue_apps))
        feeds = [(OPDS_2, phrases.catalogue_opds_2), (OPDS_1, phrases.catalogue_opds_1)]
        if has_podcast(self._archive.show):
            feeds.append((PODCAST, phrases.catalogue_podcast))
        items = (element("li", element("a", text(words), attributes={"href": page})) for page, words in feeds)
        yield element("ul", *items)

    def _help(self) -> Iterator[Markup]:
        """Yield the show's statement, and how to ask for help or for another format (WCAG 2.2, 3.2.6)."""
        show, phrases = self._archive.show, self.phrases
        yield element("h2", text(phrases.accessibility), attributes={"id": "list--help"})
        yield from (element("p", text(words)) for words in statement_paragraphs(show))
        ways = contact_ways(show.contact, phrases)
        if ways:
            yield element("p", text(phrases.help_intro))
            yield element("ul", *(element("li", _line(fact)) for fact in ways))
        else:
            named = phrases.help_none.format(show=show.name) if show.name else phrases.help_none_unnamed
            yield element("p", text(named))


def _line(fact: Fact) -> Markup:
    value = element("a", text(fact.value), attributes={"href": fact.href}) if fact.href else text(fact.value)
    return Markup(f"{text(fact.before)}{value}{text(fact.after)}")


def _month(held: Held) -> int:
    return held.facts.published.month if held.facts.published else 1
