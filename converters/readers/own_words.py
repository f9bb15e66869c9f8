"""Our own words in an edition that is read back: headings, parts played and the facts under the title."""

from collections.abc import Iterable, Iterator, Mapping

from converters.document import Part, Video, VideoKind
from converters.phrases import Phrases
from converters.readers.dates import day_of
from converters.readers.manuscript import Facts


def headings_of_ours(phrases: Phrases) -> frozenset[str]:
    """Return the headings that an edition gives to sections without one."""
    return frozenset(
        (
            phrases.at_a_glance, phrases.takes_part, phrases.conversation, phrases.notice, phrases.summary,
            phrases.quotes, phrases.people, phrases.closing, phrases.accessibility, phrases.notes, phrases.furniture,
            phrases.about,
        )
    )  # fmt: skip


def without_part(line: str, phrases: Phrases) -> tuple[str, Part | None]:
    """Return a line of a list of people without what somebody does here, and that."""
    parts: tuple[tuple[Part, str], ...] = (
        ("host", phrases.host),
        ("guest", phrases.guest),
        ("audience", phrases.audience),
        ("narrator", phrases.narrator),
    )
    for part, words in parts:
        if line.endswith(f" ({words})"):
            return line.removesuffix(f" ({words})"), part
    return line, None


def facts_said(words: Iterable[str], links: Mapping[str, str | None], phrases: Phrases) -> Facts:
    """Return what the lines under a title say; ``links`` are their addresses by the words that lead there."""
    lines = tuple(words)
    before, _, after = phrases.from_show.partition("{show}")
    published, _, _ = phrases.published.partition("{date}")
    shows = (w[len(before) : len(w) - len(after)] for w in lines if w.startswith(before) and w.endswith(after))
    return Facts(
        show=next(shows, None),
        published=next((day for w in lines if w.startswith(published) and (day := day_of(w))), None),
        page=links.get(phrases.page),
        recording=links.get(phrases.recording),
        videos=tuple(_videos(links, phrases)),
    )


def _videos(links: Mapping[str, str | None], phrases: Phrases) -> Iterator[Video]:
    """Yield the videos that the lines lead to, with the names that they have."""
    kinds: tuple[tuple[VideoKind, str], ...] = (
        ("sign-language", phrases.sign_language_video),
        ("described", phrases.described_video),
    )
    for words, href in links.items():
        for kind, ours in kinds:
            before = phrases.video_named.format(video=ours, name="")
            if href and (words == ours or words.startswith(before)):
                yield Video(kind, href, words.removeprefix(before) if words != ours else None)
