"""``report.html``: the report as a page, for staff, and so in English."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from converters.archive.doubts import Doubt, Doubtful
from converters.archive.report import Failure, New, RunReport
from converters.checking_words import many
from converters.evidence.markup import listed, page, paragraph, section, titled
from converters.untranscribed import Unread
from converters.writers.markup import Markup, element, joined, text

_MOST: Final = 200
"""Entries of each list on the page; the data has all of them."""
_UNITS: Final = ((3600, "hour"), (60, "minute"))


def page_of(found: RunReport) -> bytes:
    """Return the page, complete by itself. Links to editions are relative to its own folder."""
    return page(
        "Report of a run over the archive", text("Report of a run over the archive"),
        *_summary(found),
        *_failed(found.failed),
        *_doubtful(found.doubtful),
        *_unread(found),
        *_new(found.new),
    )  # fmt: skip


def _summary(found: RunReport) -> Iterator[Markup]:
    totals = found.totals
    began = found.began.replace("T", " ").replace("+00:00", " UTC")
    yield paragraph(f"Begun {began} by {found.tool}; it took {_duration(found.seconds)}.{_stopped(found)}")
    asked, made = many(totals.episodes, "episode"), many(totals.editions_made, "edition")
    yield listed((
        text(f"{asked}: {totals.converted} converted, {totals.current} current, {totals.failed} with failures"),
        text(f"{made} made, {totals.editions_current} current"),
        text(f"{many(len(found.doubtful), 'episode')} to look at"),
        text(_share(found)),
    ))  # fmt: skip


def _stopped(found: RunReport) -> str:
    if found.end == "whole":
        return ""
    left = many(found.totals.not_begun, "episode")
    return f" It was stopped with {left} to go. Run the same command again, and it goes on where this one ended."


def _share(found: RunReport) -> str:
    readable = found.readable
    if readable.percent is None:
        return "No episode is there yet"
    return f"{readable.episodes} of {readable.of} episodes can be read: {readable.percent} %"


def _failed(failures: tuple[Failure, ...]) -> Iterator[Markup]:
    if not failures:
        yield section(2, text("What failed"), paragraph("Nothing failed."), id_="failed")
        return
    items = (_failure(failure) for failure in failures[:_MOST])
    advice = "When it is mended, run the same command again: it makes what is missing, and nothing else."
    yield section(2, text("What failed"), paragraph(advice), listed(items), *_more(len(failures)), id_="failed")


def _failure(failure: Failure) -> Markup:
    which = f"{failure.source}, {failure.edition}" if failure.edition else failure.source
    return joined(
        element("p", element("strong", text(which))),
        element("p", text(failure.why)),
        element("p", text(f"What mends it: {failure.mend}")),
    )


def _doubtful(episodes: tuple[Doubtful, ...]) -> Iterator[Markup]:
    heading = text("What a person should look at")
    if not episodes:
        yield section(2, heading, paragraph("No reading is in doubt."), id_="doubtful")
        return
    counted = paragraph(f"{many(len(episodes), 'episode')}, the worst first.")
    yield section(2, heading, counted, *map(_episode, episodes[:_MOST]), *_more(len(episodes)), id_="doubtful")


def _episode(one: Doubtful) -> Markup:
    kinds: defaultdict[str, list[Doubt]] = defaultdict(list)
    for doubt in one.doubts:
        kinds[doubt.kind].append(doubt)
    items = (
        joined(element("p", text(f"{kind.capitalize()}:")), listed(text(_said(doubt)) for doubt in doubts))
        for kind, doubts in kinds.items()
    )
    return section(3, titled(one.title, one.language), paragraph(f"{one.source}, in {one.folder}/"), listed(items))


def _said(doubt: Doubt) -> str:
    return f"{doubt.text} ({f'{doubt.where}, ' if doubt.where else ''}{doubt.code})"


def _unread(found: RunReport) -> Iterator[Markup]:
    """Yield what can be heard and not read: work to do."""
    if not found.unread:
        return
    count = many(len(found.unread), "recording")
    yield section(
        2, text("Recordings without a transcript"),
        paragraph(f"{count}, the newest first. {_share(found)}. This is work to do, not a failure."),
        listed(_recording(one) for one in found.unread[:_MOST]), *_more(len(found.unread)), id_="unread",
    )  # fmt: skip


def _recording(one: Unread) -> Markup:
    when = f"{one.published.isoformat()}: " if one.published else ""
    is_address = one.recording.startswith(("http://", "https://"))
    where = element("a", text(one.recording), attributes={"href": one.recording}) if is_address else text(one.recording)
    return joined(text(f"{when}{one.title}, "), where)


def _new(episodes: tuple[New, ...]) -> Iterator[Markup]:
    if episodes:
        items = (text(f"{one.title} ({one.folder}/): {', '.join(one.editions)}") for one in episodes[:_MOST])
        yield section(2, text("What is new"), listed(items), *_more(len(episodes)), id_="new")


def _more(count: int) -> Iterator[Markup]:
    if count > _MOST:
        yield paragraph(f"And {count - _MOST} more, which report.json has.")


def _duration(seconds: float) -> str:
    for size, unit in _UNITS:
        if seconds >= 2 * size:
            return many(round(seconds / size), unit)
    return many(round(seconds), "second")
