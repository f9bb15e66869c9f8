"""How a ledger and figures are put into words, for the terminal and for the page of evidence."""

from converters.checks.ledger import Parity


def many(count: int, what: str) -> str:
    """Return a figure with what it counts."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def in_words(found: Parity) -> str:
    """Return a ledger in one line."""
    if found.unread:
        return f"none of {found.expected} sentences, because it cannot be read"
    counts = f"{found.found} of {found.expected} sentences"
    if found.is_clean:
        return f"{counts}, in order, under the right speakers"
    return "; ".join((counts, *(f"{len(ids)} {what}" for what, ids in kinds(found) if ids)))


def kinds(found: Parity) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what is wrong of each kind: ids, or words for what is no sentence's."""
    return (
        ("missing", found.missing), ("there twice", found.doubled), ("out of order", found.out_of_order),
        ("worded otherwise", found.altered), ("not under the name of who says it", found.misattributed),
        ("heard or shown at another time", found.mistimed), ("wrong beside the sentences", found.faults),
    )  # fmt: skip
