"""What a checker's remark means: by which clause of which standard, and what to do; the table is clauses.toml."""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from converters.checks.evidence import Remark
from converters.checks.outside.answers import Said
from converters.checks.outside.machine import HERE

_OWN_WORDS: Final = "See the checker's own words."
_WEIGHTS: Final = {"error": 0, "warning": 1, "info": 2}


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of remark: how it is known, and what it means."""

    checker: str
    rule: str = ""
    where: str = ""
    words: str = ""
    clauses: tuple[str, ...] = ()
    advice: str = ""

    def fits(self, checker: str, said: Said) -> bool:
        """Tell whether a remark is of this kind."""
        return (
            self.checker == checker
            and said.rule.startswith(self.rule)
            and self.where in said.where
            and self.words in said.text
        )


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All kinds, and what to do where a clause is not kept."""

    advice: dict[str, str]
    rules: tuple[Row, ...]


@functools.cache
def table() -> Table:
    """Return the table, read once."""
    return msgspec.toml.decode((HERE / "clauses.toml").read_bytes(), type=Table)


def remarks(checker: str, said: Iterable[Said]) -> tuple[Remark, ...]:
    """Return what was said in plain words, errors first; what is the same but for its place stands there once."""
    found: dict[tuple[str, str, str], Remark] = {}
    for one in said:
        remark = _remark(checker, one)
        key = (remark.rule, remark.severity, "" if remark.severity == "info" else remark.text)
        first = found.get(key)
        found[key] = remark if first is None else msgspec.structs.replace(first, count=first.count + remark.count)
    return tuple(sorted(found.values(), key=lambda remark: _WEIGHTS[remark.severity]))


_OF_ITSELF: Final = {"claims", "display"}
"""Those that look at what a file says of itself: that tells of no success criterion whether it is met."""


def covered(checker: str, *told: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return by clause the rules of a checker that looked: those that it tells itself, and those of our own table."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for one in told:
        for clause, rules in one.items():
            found[clause] |= dict.fromkeys(rules)
    for row in table().rules:
        if row.checker == checker:
            for clause in (one for one in row.clauses if not (checker in _OF_ITSELF and one.startswith("WCAG"))):
                found[clause] |= {row.rule or row.words or checker: None} if not found[clause] else {}
    return {clause: tuple(sorted(found[clause])) for clause in sorted(found)}


def _remark(checker: str, said: Said) -> Remark:
    row = next((row for row in table().rules if row.fits(checker, said)), None)
    clauses = tuple(dict.fromkeys((*said.clauses, *(row.clauses if row else ()))))
    advice = (row.advice if row else "") or said.advice or next(_by_clause(clauses), _OWN_WORDS)
    return Remark(checker, said.rule, said.severity, clauses, " ".join(said.text.split()), advice,
                  " ".join(said.where.split()), said.count)  # fmt: skip


def _by_clause(clauses: tuple[str, ...]) -> Iterator[str]:
    """Yield the advice of each clause, or of the clause that it is a part of (§7.18.5: §7.18)."""
    known = table().advice
    for clause in clauses:
        whole = clause
        while whole not in known and re.search(r"§[\d.]*\.\d+$", whole):
            whole = whole.rpartition(".")[0]
        if whole in known:
            yield known[whole]
