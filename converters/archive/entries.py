"""An episode as lists of episodes have it: when, who, what about, and each edition with its size and running time."""

from collections.abc import Iterator
from typing import Final

import msgspec

from converters.archive.holdings import Held
from converters.archive.indexes import is_known, is_somebody
from converters.document import LanguageTag
from converters.manifest import Row
from converters.phrases import Phrases, written_date
from converters.settings import Show
from converters.writers import TABLE, Writer
from converters.writers.additions import edition_name
from converters.writers.markup import NOTHING, Markup, element, joined, lines, text
from converters.writers.xhtml import root_attributes

_KILO: Final = 1000
_SECONDS: Final = 60
_WHOLE_FROM: Final = 10
"""From so many megabytes on, the first decimal says nothing."""
_FOR_READERS: Final = {writer.name: writer for writer in TABLE if not writer.for_staff}


class Offer(msgspec.Struct, frozen=True):
    """An edition that readers can have: its files, the main one first, and how long it is heard, in seconds."""

    format: str
    rows: tuple[Row, ...]

    @property
    def main(self) -> Row:
        """The file that leads to the whole edition."""
        return self.rows[0]

    @property
    def writer(self) -> Writer:
        """The row of its format."""
        return _FOR_READERS[self.format]

    @property
    def bytes(self) -> int:
        """The size of all its files together."""
        return sum(row.bytes for row in self.rows)


class Manner(msgspec.Struct, frozen=True):
    """In what a list is written: our ``phrases``, and the ``show``, whose name goes without saying."""

    phrases: Phrases
    show: Show

    @property
    def language(self) -> LanguageTag:
        """The language of our own words."""
        return self.phrases.language


def offers(held: Held) -> tuple[Offer, ...]:
    """Return the editions of an episode for readers, in the order of the table."""
    found: dict[str, list[Row]] = {}
    for row in held.rows:
        if row.format in _FOR_READERS:
            found.setdefault(row.format, []).append(row)
    return tuple(Offer(name, tuple(rows)) for name, rows in found.items())


def entry(held: Held, manner: Manner, level: int) -> Markup:
    """Return an episode under a heading of that level. Its id is the name of its folder."""
    return element(
        "article",
        Markup("\n"),
        lines(
            element(f"h{level}", _title(held, manner), attributes={"id": held.folder}),
            _when_and_where(held, manner),
            _who(held, manner),
            *_what(held, manner),
            _editions(held, manner),
        ),
        Markup("\n"),
    )


def foreign(words: str, language: str, manner: Manner) -> Markup:
    """Return words of a show, marked as its language where that is not the list's."""
    if language == "und" or language.partition("-")[0] == manner.language.partition("-")[0]:
        return text(words)
    return element("span", text(words), attributes=root_attributes(language))


def _title(held: Held, manner: Manner) -> Markup:
    page = next((offer.main for offer in offers(held) if offer.format == "html"), None)
    words = foreign(held.title, held.language, manner)
    return element("a", words, attributes={"href": address(held, page)}) if page else words


def address(held: Held, row: Row) -> str:
    """Return where a file lies, relative to the output folder; names of ours need no escapes."""
    return f"{held.folder}/{row.path}"


def _when_and_where(held: Held, manner: Manner) -> Markup:
    phrases, facts = manner.phrases, held.facts
    said = [
        phrases.published.format(date=written_date(facts.published, phrases)) if facts.published else "",
        phrases.from_show.format(show=facts.show) if facts.show and facts.show != manner.show.name else "",
        phrases.catalogue_words.format(words=_number(facts.words, phrases)) if facts.words else "",
    ]
    return element("p", text(". ".join(filter(None, said)) + "."), attributes={"class": "by"}) if any(said) else NOTHING


def _who(held: Held, manner: Manner) -> Markup:
    """Return who takes part; whoever is known by name leads to all that they take part in."""
    named = [
        element("a", text(person.name), attributes={"href": f"person-{person.id}.html"})
        if is_known(person, manner.show)
        else text(person.name)
        for person in held.facts.people
        if is_somebody(person, manner.show)
    ]
    if not named:
        return NOTHING
    between = [part for name in named for part in (text(", "), name)][1:]
    return element("p", text(f"{manner.phrases.people}: "), *between)


def _what(held: Held, manner: Manner) -> Iterator[Markup]:
    if held.facts.summary:
        yield element("p", foreign(held.facts.summary, held.language, manner))


def _editions(held: Held, manner: Manner) -> Markup:
    items = [item for offer in offers(held) for item in _offered(offer, held, manner)]
    label = manner.phrases.catalogue_editions
    listed = (element("li", item) for item in items)
    return element("ul", *listed, attributes={"aria-label": label, "class": "editions"}) if items else NOTHING


def _offered(offer: Offer, held: Held, manner: Manner) -> Iterator[Markup]:
    """Yield a link to an edition with what is to be known before it is followed, or to each of its volumes."""
    rows = offer.rows if _is_in_volumes(offer) else offer.rows[:1]
    name, phrases = edition_name(manner.phrases, offer.writer), manner.phrases
    for number, row in enumerate(rows, 1):
        words = phrases.print_volume.format(number=number, volumes=len(rows)) if len(rows) > 1 else ""
        size = row.bytes if len(rows) > 1 else offer.bytes
        yield _link(row, f"{name}, {words}" if words else name, size, held, manner)


def _is_in_volumes(offer: Offer) -> bool:
    """Tell whether each file is a part that is opened by itself; a folder's is opened by its first."""
    return all("/" not in row.path and row.media_type == offer.main.media_type for row in offer.rows)


def _link(row: Row, words: str, size: int, held: Held, manner: Manner) -> Markup:
    """Return a link whose name, heard alone, says of which episode it is (WCAG 2.4.9)."""
    identifier = f"{held.folder}--{row.path.removeprefix(held.folder).lstrip('-.').replace('/', '-')}"
    facts = filter(None, (
        running_time(row.seconds, manner.phrases) if row.seconds else "", written_size(size, manner.phrases),
        manner.phrases.catalogue_stale if row.stale else "",
    ))  # fmt: skip
    marks: dict[str, str | None] = {
        "href": address(held, row), "type": row.media_type, "id": identifier,
        "aria-labelledby": f"{identifier} {held.folder}",
    }  # fmt: skip
    return joined(element("a", text(words), attributes=marks), text(f" ({', '.join(facts)})"))


def running_time(seconds: int, phrases: Phrases) -> str:
    """Return how long something is heard, in whole minutes."""
    minutes = max(1, round(seconds / _SECONDS))
    return phrases.catalogue_minutes.format(minutes=minutes) if minutes > 1 else phrases.catalogue_one_minute


def written_size(size: int, phrases: Phrases) -> str:
    """Return the size of a file in decimal units, as file managers do."""
    if size < _KILO * _KILO:
        return f"{max(1, round(size / _KILO))} kB"
    large = size / (_KILO * _KILO)
    point = "." if phrases.thousands == "," else ","
    return f"{large:.0f} MB" if large >= _WHOLE_FROM else f"{large:.1f} MB".replace(".", point)


def _number(number: int, phrases: Phrases) -> str:
    return f"{number:,}".replace(",", phrases.thousands)
