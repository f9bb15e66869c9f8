"""The block of fields that many transcripts begin with: ``TITLE: …``, ``DATE: …``, ``Guests: …``."""

import datetime
import re
from typing import Final

import msgspec

from converters.document import Part
from converters.findings import Report
from converters.readers.labels.candidates import Candidate, fold
from converters.readers.labels.names import bare, is_name, name_and_role
from converters.readers.manuscript import Facts, Listed
from converters.readers.pieces import Piece, without_beginning

_TITLES: Final = frozenset(
    "title titel título titre titolo tytuł название заголовок שם כותרת 标题 標題 题目 題目 タイトル 제목 العنوان "
    "subject "
    "topic".split()
)
_DATES: Final = frozenset(
    "date datum fecha data дата תאריך 日期 放送日 配信日 収録日 日時 날짜 التاريخ aired published sendedatum "
    "airdate recorded".split()
)
_SUMMARIES: Final = frozenset(
    "description summary abstract descripción resumen beschreibung zusammenfassung résumé descrição описание "
    "תקציר 概要 "
    "简介 簡介".split()
)
_HOSTS: Final = frozenset(
    "host hosts interviewer interviewers presenter moderator presenta moderation animation "
    "ведущий ведущая ведущие מנחה 主持人 主持 司会 聞き手 진행 تقديم".split()
)
_GUESTS: Final = frozenset(
    "guest guests interviewee interviewees invitado invitada invitados invitadas gast gäste invité invitée invités "
    "convidado convidada гость гостья гости אורח אורחת אורחים 嘉宾 嘉賓 ゲスト 게스트 الضيوف الضيف".split()
)
_OTHERS: Final = frozenset(
    "speakers speaker participants present participantes teilnehmer anwesend présents участники משתתפים "
    "出演 출연 参会人".split()
)
_BETWEEN_NAMES: Final = re.compile(r"\s*(?:[,;&、，/|]|\s(?:and|und|y|et|e|и)\s)\s*")
_INITIALS: Final = re.compile(r"((?:[^\W\d_][\w.'’-]*\s+){1,4})\(([A-Z]{1,4})\)")
"""``Ann Lee (AL)``: who is meant by two letters further on."""
_MOST_NAMES: Final = 12


class Header(msgspec.Struct, frozen=True):
    """What the fields say, and which pieces they are.

    Of the ``consumed``, every word but the field's name is in the facts.
    """

    facts: Facts
    fields: frozenset[int] = frozenset()
    consumed: frozenset[int] = frozenset()


def header_of(
    pieces: tuple[Piece, ...], found: tuple[Candidate, ...], places: frozenset[int], report: Report
) -> Header:
    """Return what the fields say that stand at ``places``."""
    fields = [c for c in found if c.index in places and c.shape in {"colon", "item"}]
    values = {c.index: without_beginning(pieces[c.index], c.words_at).text for c in fields}
    title = _value(fields, values, _TITLES)
    summary = [c for c in fields if fold(bare(c.label)) in _SUMMARIES and values[c.index]]
    for candidate in summary:
        report.leave_out("The name of a field", candidate.label)
    facts = Facts(
        title=title,
        published=_day(fields, values),
        summary=tuple(values[c.index] for c in summary),
        people=_people(fields, values),
    )
    return Header(facts, frozenset(values), frozenset(c.index for c in summary))


def _value(fields: list[Candidate], values: dict[int, str], names: frozenset[str]) -> str | None:
    return next((values[c.index] for c in fields if fold(bare(c.label)) in names and values[c.index]), None)


def _day(fields: list[Candidate], values: dict[int, str]) -> datetime.date | None:
    dated = [values[c.index] for c in fields if _DATES.intersection(fold(bare(c.label)).split())]
    if not dated:
        return None
    from converters.readers.dates import day_of  # loaded on first use: few sources have a header

    return next((day for text in dated if (day := day_of(text))), None)


def _people(fields: list[Candidate], values: dict[int, str]) -> tuple[Listed, ...]:
    told = ((fold(bare(c.label)), values[c.index]) for c in fields)
    lists = ((value, _part(name)) for name, value in told if name in _HOSTS | _GUESTS | _OTHERS)
    return tuple(listed for value, part in lists for listed in _names(value, part))


def _part(field: str) -> Part | None:
    if field in _HOSTS:
        return "host"
    return "guest" if field in _GUESTS else None


def _names(value: str, part: Part | None) -> tuple[Listed, ...]:
    """Return the people of a field; one name with a description is one person."""
    if initials := _INITIALS.findall(value):
        return tuple(Listed(name.strip(" ,;&"), None, part, label) for name, label in initials)
    name, role = name_and_role(value.strip(" ."))
    if role and is_name(name) and not is_name(role):
        return (Listed(name, role, part),)
    parts = [piece.strip(" .") for piece in _BETWEEN_NAMES.split(value)]
    return tuple(Listed(name, None, part) for name in parts if len(parts) <= _MOST_NAMES and is_name(name))
