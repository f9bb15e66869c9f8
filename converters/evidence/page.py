"""``evidence.html`` of one episode, or of one loose file: what staff send to whoever asks."""

from collections import Counter
from collections.abc import Iterator

from converters.checking_words import in_words, kinds, many
from converters.checks.evidence import NotRun, Run, Verdict
from converters.checks.ledger import Parity
from converters.evidence.conformance import conformance, screen_readers
from converters.evidence.dossier import Dossier
from converters.evidence.markup import box, checker, facts, listed, page, paragraph, remark, section, table, titled
from converters.writers.markup import NOTHING, Markup, element, joined, text


def page_of(dossier: Dossier) -> bytes:
    """Return the page. Each edition's part has an id, its format's name, so that it can be led to."""
    names = _anchors(dossier)
    entries = (
        joined(element("a", text(_label(one)), attributes={"href": f"#{name}"}), text(f": {_in_short(one)}"))
        for name, one in zip(names, dossier.verdicts, strict=True)
    )
    return page(
        f"Evidence: {dossier.title}",
        joined(text("Evidence: "), titled(dossier.title, dossier.language)),
        paragraph(_what(dossier)),
        paragraph(_result(dossier)),
        section(2, text("The editions"), listed(entries), id_="editions"),
        *(_edition(one, name, dossier) for name, one in zip(names, dossier.verdicts, strict=True)),
        _to_judge(dossier),
    )


def _anchors(dossier: Dossier) -> tuple[str, ...]:
    return tuple(one.format for one in dossier.verdicts)


def _label(verdict: Verdict) -> str:
    return f"{verdict.file} ({verdict.format})"


def _what(dossier: Dossier) -> str:
    count = len(dossier.verdicts)
    were = "was" if count == 1 else "were"
    source = dossier.source
    which = f" of this episode, made from {source.name}," if source else ", which another program made,"
    return (
        f"This page says what was found when {many(count, 'edition')}{which} {were} looked at by {dossier.tool} and "
        "the checkers that it names. Each file is told by its SHA-256; of any other file this page says nothing."
    )


def _result(dossier: Dossier) -> str:
    found = f"{many(len(dossier.errors), 'error')} and {many(len(dossier.warnings), 'warning')}"
    people = sum(one.made is not None and one.made.human_check is not None for one in dossier.verdicts)
    return f"{_compared(dossier)}; the checkers found {found}, and {many(dossier.not_run, 'check')} did not run. " + (
        f"A person has checked {people} like these." if people else "No record says that a person has checked them."
    )


def _compared(dossier: Dossier) -> str:
    compared = sum(one.parity is not None for one in dossier.verdicts)
    if not compared:
        return "None was compared with the transcript here"
    if dossier.differing:
        lacking = len(dossier.differing)
        do = "does" if lacking == 1 else "do"
        return f"Of {many(compared, 'edition')} compared with the transcript, {lacking} {do} not say what it says"
    return f"{_every(compared)} compared with the transcript, sentence by sentence, and says what it says"


def _every(count: int) -> str:
    return "The one edition that can be was" if count == 1 else f"Each of the {count} editions that can be was"


def _in_short(verdict: Verdict) -> str:
    counts = Counter(one.severity for one in verdict.remarks)
    parity = in_words(verdict.parity) if verdict.parity else "not compared with the transcript"
    found = f"{many(counts['error'], 'error')}, {many(counts['warning'], 'warning')}"
    return f"{parity}; {found if verdict.runs or verdict.remarks else 'looked at by nothing'}"


# one edition ---------------------------------------------------------------------------------


def _edition(verdict: Verdict, name: str, dossier: Dossier) -> Markup:
    return section(
        2, text(_label(verdict)),
        facts(_statement(verdict)),
        section(3, text("What the transcript says, and what this edition says"), *_parity(verdict, dossier.language)),
        section(3, text("What looked at it"), _runs(verdict), _findings(verdict)),
        section(3, text("What was not checked"), *_not_run(verdict)),
        section(3, text("Screen readers, and people"), screen_readers(verdict)),
        conformance(verdict, name),
        id_=name,
    )  # fmt: skip


def _statement(verdict: Verdict) -> Iterator[tuple[str, str]]:
    for one in verdict.seen:
        yield "File", f"{one.name}, {one.bytes:,} bytes, SHA-256 {one.sha256}"
    made = verdict.made
    if made is None:
        yield "Made by", "Another program; Curbcut knows nothing of its source."
        return
    yield "Made from", f"{made.source}, SHA-256 {made.source_sha256}"
    yield "Made by", f"{made.tool} {made.settings}".strip()
    voices = f"Synthetic: {made.voices.engine}, {', '.join(made.voices.ids)}" if made.voices else ""
    yield "Voices", voices or ("A recording’s own." if made.narrated else "None: nothing in it is spoken by a machine.")


def _parity(verdict: Verdict, language: str | None) -> Iterator[Markup]:
    made = verdict.made.parity if verdict.made else None
    if verdict.parity is None:
        why = next((one.why for one in verdict.not_run if one.checker == "parity"), "no transcript is at hand")
        yield paragraph(f"Not compared here: {why}.")
        if made:
            yield paragraph(f"When it was made, it was compared: {in_words(made)}.")
        return
    yield paragraph(f"{in_words(verdict.parity)[:1].upper()}{in_words(verdict.parity)[1:]}.")
    yield _ledger(verdict.parity)
    if not verdict.parity.is_clean:
        yield from _named(verdict, verdict.parity, language)


def _ledger(found: Parity) -> Markup:
    figures = (
        ("Sentences expected", found.expected), ("Found, word for word", found.found),
        *((what.capitalize(), len(ids)) for what, ids in kinds(found)),
    )  # fmt: skip
    return table("The ledger", ("What", "How many"), ((text(what), text(str(number))) for what, number in figures))


def _named(verdict: Verdict, found: Parity, language: str | None) -> Iterator[Markup]:
    if found.unread:
        yield paragraph(f"It cannot be read: {found.unread}")
        return
    for what, ids in kinds(found):
        if ids:
            more = (
                [text(f"and {len(ids) - _MOST_NAMED} more, which evidence.json names")]
                if len(ids) > _MOST_NAMED
                else []
            )
            shown = [_sentence(one, verdict.quoted.get(one, ""), language) for one in ids[:_MOST_NAMED]]
            yield section(4, text(what.capitalize()), listed([*shown, *more]))


_MOST_NAMED = 20
"""Sentences of each kind that the page names."""


def _sentence(name: str, words: str, language: str | None) -> Markup:
    return joined(text(f"{name}: “"), titled(words, language), text("”")) if words else text(name)


def _runs(verdict: Verdict) -> Markup:
    return listed(text(_run(one)) for one in verdict.runs) or paragraph("Nothing looked at it.")


def _run(run: Run) -> str:
    rules = f", {many(run.rules_run, 'rule')}" if run.rules_run else ""
    return f"{checker(run.checker)} {run.version}{rules}"


def _findings(verdict: Verdict) -> Markup:
    if not verdict.remarks:
        return paragraph("They found no fault." if verdict.runs else "")
    return section(4, text("Findings"), listed(map(remark, verdict.remarks)))


def _not_run(verdict: Verdict) -> Iterator[Markup]:
    """Yield what did not look, which is never counted as passed."""
    if not verdict.not_run:
        yield paragraph("Every checker known for this format has looked.")
        return
    yield paragraph("These have passed nothing, and found nothing:")
    yield listed(text(_silent(one)) for one in verdict.not_run)


def _silent(one: NotRun) -> str:
    return f"{checker(one.checker)}: {one.why}.{f' Get it with: {one.mend}' if one.mend else ''}"


# what is left to people ------------------------------------------------------------------------


def _to_judge(dossier: Dossier) -> Markup:
    """Return what only a person can judge, each point once, with a box to tick."""
    points: dict[str, list[str]] = {}
    for verdict in dossier.verdicts:
        for point in verdict.to_judge:
            points.setdefault(point, []).append(verdict.format)
    if not points:
        return NOTHING
    boxes = (
        box(f"judged-{number}", f"{_whose(formats, dossier)}: {point}")
        for number, (point, formats) in enumerate(points.items(), 1)
    )
    legend = element("legend", text("Points to tick"))
    return section(
        2, text("What only a person can judge"),
        paragraph("Print this list, or keep the page open while you go through it: nothing is stored."),
        element("fieldset", legend, listed(boxes, "to-tick")), id_="to-judge",
    )  # fmt: skip


def _whose(formats: list[str], dossier: Dossier) -> str:
    every = len(formats) == len(dossier.verdicts) > 1
    return "every edition" if every else ", ".join(dict.fromkeys(formats))
