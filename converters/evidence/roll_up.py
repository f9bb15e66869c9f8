"""An archive in one page and one file: which episodes pass, which fall short of what, the worst first."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from converters.checking_words import many
from converters.checks.evidence import SCHEMA
from converters.evidence.dossier import Dossier
from converters.evidence.markup import checker, listed, page, paragraph, section, titled
from converters.version import TOOL
from converters.writers.markup import NOTHING, Markup, element, joined, lines, text

MOST_SHOWN: Final = 3
"""Kinds of fault that the page names of one episode."""
MOST_FREQUENT: Final = 20


class Kind(msgspec.Struct, frozen=True, order=True):
    """One kind of finding, whatever its place."""

    severity: str
    checker: str
    rule: str
    text: str


class Summary(msgspec.Struct, frozen=True):
    """One episode or loose file: ``page`` is where its evidence lies, ``differing`` the editions that lack words."""

    title: str
    language: str | None
    page: str
    editions: int
    errors: int
    differing: tuple[str, ...]
    warnings: int
    not_run: int
    kinds: tuple[Kind, ...]

    @property
    def weight(self) -> tuple[int, int, int, int, str]:
        """What it is ordered by: errors, words that differ, warnings, what was not checked, then its place."""
        return (-self.errors, -len(self.differing), -self.warnings, -self.not_run, self.page)

    @property
    def passes(self) -> bool:
        """Whether nothing that looked found a fault."""
        return not self.errors and not self.differing


class Frequent(msgspec.Struct, frozen=True):
    """A kind of finding, and in how many episodes it is."""

    kind: Kind
    episodes: int


class RollUp(msgspec.Struct, frozen=True):
    """``evidence.json`` of an archive; episodes stand worst first."""

    schema: int
    tool: str
    passing: int
    falling_short: int
    editions: int
    errors: int
    not_run: int
    frequent: tuple[Frequent, ...]
    not_run_by_checker: dict[str, int]
    episodes: tuple[Summary, ...]


def summary(dossier: Dossier, there: str) -> Summary:
    """Return what an archive tells of one episode, whose page lies ``there``."""
    kinds = {Kind(one.severity, one.checker, one.rule, one.text[:200]) for one in (*dossier.errors, *dossier.warnings)}
    return Summary(
        dossier.title, dossier.language, there, len(dossier.verdicts), len(dossier.errors),
        tuple(one.format for one in dossier.differing), len(dossier.warnings), dossier.not_run, tuple(sorted(kinds)),
    )  # fmt: skip


def silent(dossier: Dossier) -> Iterator[str]:
    """Yield the checkers that did not look, once for each edition."""
    yield from (one.checker for verdict in dossier.verdicts for one in verdict.not_run)


def roll_up(summaries: Iterable[Summary], not_run: Counter[str]) -> RollUp:
    """Return all episodes of an archive together."""
    episodes = tuple(sorted(summaries, key=lambda one: one.weight))
    passing = sum(one.passes for one in episodes)
    return RollUp(
        SCHEMA, TOOL, passing, len(episodes) - passing, sum(one.editions for one in episodes),
        sum(one.errors for one in episodes), sum(one.not_run for one in episodes), tuple(_frequent(episodes)),
        dict(sorted(not_run.items(), key=lambda pair: (-pair[1], pair[0]))), episodes,
    )  # fmt: skip


def _frequent(episodes: Sequence[Summary]) -> Iterator[Frequent]:
    """Yield the kinds that most episodes have; words of one rule may differ from place to place."""
    found: defaultdict[tuple[str, str, str], list[Kind]] = defaultdict(list)
    for episode in episodes:
        for key, kind in {(one.severity, one.checker, one.rule): one for one in episode.kinds}.items():
            found[key].append(kind)
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    yield from (Frequent(kinds[0], len(kinds)) for _, kinds in ordered[:MOST_FREQUENT])


def page_of(found: RollUp) -> bytes:
    """Return the page of an archive."""
    short = [one for one in found.episodes if not one.passes]
    well = [one for one in found.episodes if one.passes]
    return page(
        "Evidence of an archive", text("Evidence of an archive"),
        paragraph(_what(found)),
        paragraph(_result(found)),
        section(2, text(f"Fall short, the worst first ({len(short)})"), listed(map(_short, short)), id_="short")
        if short else NOTHING,
        section(2, text("The most frequent findings"), listed(map(_kind, found.frequent)), id_="frequent")
        if found.frequent else NOTHING,
        section(2, text("What was not checked"), _not_run(found), id_="not-checked"),
        section(2, text(f"No fault found ({len(well)})"), listed(map(_well, well)), id_="well") if well else NOTHING,
    )  # fmt: skip


def _what(found: RollUp) -> str:
    return (
        f"This page says what was found when {many(found.editions, 'edition')} of "
        f"{many(len(found.episodes), 'episode')} or loose files were looked at by {found.tool}. "
        "Each has a page of its own with the evidence."
    )


def _result(found: RollUp) -> str:
    return (
        f"In {found.passing} of {len(found.episodes)} nothing that looked found a fault; {found.falling_short} fall "
        f"short, with {many(found.errors, 'error')} in all. {many(found.not_run, 'check')} did not run, and "
        "no fault found is not yet what a person would say."
    )


def _link(one: Summary) -> Markup:
    return element("a", titled(one.title, one.language), attributes={"href": address(one.page)})


def address(page_name: str) -> str:
    """Return a path as an address in a page that lies above it."""
    from urllib.parse import quote  # loaded for roll-ups only

    return f"./{quote(page_name)}"


def _short(one: Summary) -> Markup:
    wrong = [kind for kind in one.kinds if kind.severity == "error"]
    named = [text(f"{kind.text} ({checker(kind.checker)}, {kind.rule})") for kind in wrong[:MOST_SHOWN]]
    more = [text(f"and {len(wrong) - MOST_SHOWN} more kinds")] if len(wrong) > MOST_SHOWN else []
    lost = f" Not what the transcript says: {', '.join(one.differing)}." if one.differing else ""
    return lines(joined(_link(one), text(f": {_figures(one)}.{lost}")), listed([*named, *more]))


def _figures(one: Summary) -> str:
    return f"{many(one.errors, 'error')}, {many(one.warnings, 'warning')}, {many(one.not_run, 'check')} not run"


def _well(one: Summary) -> Markup:
    return joined(_link(one), text(f": {_figures(one)}"))


def _kind(one: Frequent) -> Markup:
    kind = one.kind
    words = f"{kind.severity}: {kind.text} ({checker(kind.checker)}, {kind.rule})"
    return text(f"In {many(one.episodes, 'episode')}: {words}")


def _not_run(found: RollUp) -> Markup:
    silent_ones = (
        text(f"{checker(name)}: did not look at {many(count, 'edition')}")
        for name, count in found.not_run_by_checker.items()
    )
    return listed(silent_ones) or paragraph("Every checker known for these formats has looked.")
