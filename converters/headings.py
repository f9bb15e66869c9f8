"""What the parts of an edition are called, the same in text, contents, bookmarks and chapters."""

from converters.document import SectionKind
from converters.outline import Exchange
from converters.phrases import Phrases


def section_heading(phrases: Phrases, kind: SectionKind) -> str:
    """Return our heading for a section that the source gives none."""
    return {
        "notice": phrases.notice,
        "summary": phrases.summary,
        "quotes": phrases.quotes,
        "people": phrases.people,
        "transcript": phrases.conversation,
        "closing": phrases.closing,
        "accessibility": phrases.accessibility,
        "furniture": phrases.furniture,
    }[kind]


def exchange_heading(phrases: Phrases, exchange: Exchange) -> str:
    """Return number and names: ``9. Laura Flanders, Phyllis Bennis``. No spoken word is repeated."""
    if not exchange.people:
        return phrases.exchange_unattributed.format(number=exchange.number)
    return phrases.exchange.format(number=exchange.number, names=exchange.names)


def exchange_entry(phrases: Phrases, exchange: Exchange) -> str:
    """Return the heading with the exchange's question, for contents, bookmarks and chapter titles only."""
    heading = exchange_heading(phrases, exchange)
    return phrases.exchange_with_clue.format(heading=heading, clue=exchange.clue) if exchange.clue else heading
