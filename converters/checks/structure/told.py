"""How a fault of structure is told: by the name of its rule, in words, with the place."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from converters.checks.ledger import letters
from converters.checks.outside.answers import Said
from converters.checks.structure.wanted import Entry

SHOWN: Final = 90
"""Letters of the words of an edition that a fault shows."""


def fault(rule: str, words: str, where: str = "") -> Said:
    """Return a fault of an edition of ours."""
    return Said(rule, "error", words, where)


def quoted(words: str) -> str:
    """Return the first words of something in quotation marks."""
    plain = " ".join(words.split())
    return f"“{plain[:SHOWN]}”"


def title_fault(found: str, title: str, where: str) -> Iterator[Said]:
    """Tell of a title that is not that of the episode; ``where`` says which of an edition's titles it is."""
    if title and letters(title) not in letters(found):
        there = f"it is {quoted(found)}" if found.strip() else "there is none"
        yield fault("title-lost", f"the title should be {quoted(title)}, and {there}", where)


def language_fault(found: str, language: str, where: str) -> Iterator[Said]:
    """Tell of a language tag that is missing or another one."""
    if language and found.split("-", maxsplit=1)[0].lower() != language.split("-", maxsplit=1)[0].lower():
        there = f"it says {quoted(found)}" if found else "it does not say so"
        yield fault("language-lost", f"the text is in the language {language}, and {there}", where)


def skipped(headings: Sequence[tuple[int, str, str]], top: int) -> Iterator[Said]:
    """Tell of headings that go down more than one level at a time; each is its level, its words and its place."""
    for (before, _, _), (level, words, where) in pairwise([(top - 1, "", ""), *headings]):
        if level > before + 1:
            what = f"after level {before}" if before >= top else "first of all"
            yield fault("heading-skipped", f"{quoted(words)} is a heading of level {level} {what}", where)


def in_contents(entries: Iterable[Entry], found: Iterable[str], where: str) -> Iterator[Said]:
    """Tell of parts that contents without ids have no line for, or a line that reads otherwise."""
    there = [letters(words) for words in found]
    for entry in entries:
        if letters(entry.contents) not in there:
            yield fault("contents-lost", f"{entry.id} has no entry {quoted(entry.contents)}", where)


def under_headings(entries: Iterable[Entry], found: Iterable[str], where: str) -> Iterator[Said]:
    """Tell of parts that no heading stands over, in editions whose headings have no ids."""
    there = [letters(words) for words in found]
    for entry in entries:
        if letters(entry.heading) not in there:
            yield fault("heading-lost", f"{entry.id} has no heading {quoted(entry.heading)}", where)
