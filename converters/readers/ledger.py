"""What a reader leaves out, gathered by reason while it reads, so that each reason is one finding."""

from converters.findings import Report


class Ledger:
    """Words that no edition will have, in the order in which they came up."""

    def __init__(self) -> None:
        """Begin with none."""
        self._words: dict[str, list[str]] = {}
        self._first: dict[str, str | None] = {}

    def add(self, reason: str, words: str, where: str | None = None) -> None:
        """Put down words; ``where`` is a place in the source, of which the finding names the first."""
        if words.strip():
            self._words.setdefault(reason, []).append(" ".join(words.split()))
            self._first.setdefault(reason, where)

    def settle(self, report: Report) -> None:
        """Hand everything over to the report: one finding a reason, with all its words."""
        for reason, words in self._words.items():
            report.leave_out(reason, " · ".join(words), self._first[reason])
        self._words.clear()
