"""Titles and abbreviations in English: in full where a voice would spell them, or stop at their point."""

import re
from functools import cache
from typing import Final

UNDOTTED: Final = re.compile(r"\bMs\b|\bMx\b|\b[Vv]s\b|\b[JS]r\b|[a-z] (?:Ave|Blvd)\b|\bMt [A-Z]|\bFt [A-Z]")

BEFORE_A_NAME: Final = {
    "Mr": "Mr", "Mrs": "Mrs", "Messrs": "Messrs", "Ms": "Miz", "Mx": "Mix", "Dr": "Doctor", "Drs": "Doctors",
    "Prof": "Professor", "Rev": "Reverend", "Hon": "Honorable", "Fr": "Father", "Pres": "President", "Gov": "Governor",
    "Sen": "Senator", "Sens": "Senators", "Rep": "Representative", "Reps": "Representatives", "Gen": "General",
    "Adm": "Admiral", "Col": "Colonel", "Maj": "Major", "Capt": "Captain", "Cpt": "Captain", "Lt": "Lieutenant",
    "Sgt": "Sergeant", "Cpl": "Corporal", "Pvt": "Private", "Amb": "Ambassador", "Atty": "Attorney", "Supt":
    "Superintendent", "St": "Saint", "Ste": "Sainte", "Mt": "Mount", "Ft": "Fort",
}  # fmt: skip

ANYWHERE: Final = {
    "vs": "versus", "Vs": "Versus", "Jr": "Junior", "Sr": "Senior", "approx": "approximately",
    "Approx": "Approximately", "dept": "department", "Dept": "Department", "govt": "government", "Govt": "Government",
    "esp": "especially", "Ave": "Avenue", "Blvd": "Boulevard", "Rd": "Road", "Inc": "Inc", "Corp": "Corp",
    "Co": "Company", "Ltd": "Limited", "Bros": "Brothers", "Univ": "University", "Assn": "Association",
    "Intl": "International",
}  # fmt: skip

BEFORE_A_NUMBER: Final = {
    "no": "number", "nos": "numbers", "vol": "volume", "vols": "volumes", "p": "page", "pp": "pages", "ch": "chapter",
    "fig": "figure", "figs": "figures", "sec": "section", "art": "article", "ep": "episode", "ca": "circa", "c":
    "circa",
}  # fmt: skip


def abbreviations_said(text: str) -> str:
    """Return a sentence in which no abbreviation ends the voice’s breath."""
    text = _known().sub(_in_full, text)
    if "." not in text:
        return text
    text = _before_a_number().sub(_numbered, text)
    text = _letters().sub(_without_last_point, text)
    return _initial().sub(lambda found: found[0][:-1], text)


@cache
def _known() -> re.Pattern[str]:
    """Match what stands in the tables, with its point where it has one."""
    words = "|".join(sorted({*BEFORE_A_NAME, *ANYWHERE}, key=len, reverse=True))
    return re.compile(rf"(?<![\w.’'])({words})\b(\.?)(?!\.?[\w@])(?P<after>\s+[A-Z“\"(]|\s+[a-z0-9]|)")


def _in_full(found: re.Match[str]) -> str:
    word, point, after = found[1], found[2], found["after"]
    name_follows = bool(after) and after.strip().isupper()
    if word == "St" and not name_follows and _follows_a_name(found):
        return f"Street{_kept(point, after)}{after}"
    if word in BEFORE_A_NAME and name_follows and (point or word in {"Ms", "Mx", "Mt", "Ft"}):
        return BEFORE_A_NAME[word] + after
    if word in ANYWHERE and (point or word in {"vs", "Vs", "Jr", "Sr", "Ave", "Blvd"}):
        return f"{ANYWHERE[word]}{_kept(point, after)}{after}"
    return found[0]


def _kept(point: str, after: str) -> str:
    """Return the point where it ends the sentence as well."""
    return "" if after else point


def _follows_a_name(found: re.Match[str]) -> bool:
    before = found.string[: found.start()].split()[-1:]
    return bool(before) and (before[0][:1].isupper() or before[0][:1].isdigit())


@cache
def _before_a_number() -> re.Pattern[str]:
    capitals = (word.capitalize() for word in BEFORE_A_NUMBER if word not in {"c", "ca", "p"})
    words = "|".join(sorted({*BEFORE_A_NUMBER, *capitals}, key=len, reverse=True))
    return re.compile(rf"\b({words})\. ?(?=\d)")


def _numbered(found: re.Match[str]) -> str:
    said = BEFORE_A_NUMBER[found[1].lower()]
    return f"{said.capitalize() if found[1][0].isupper() else said} "


@cache
def _letters() -> re.Pattern[str]:
    """Match ``U.S.``, ``p.m.`` and ``Ph.D.`` where the sentence goes on."""
    what = r"Ph\.D|(?:[A-Z]\.)+[A-Z]|[ap]\.m|a\.k\.a"
    return re.compile(rf"\b({what})\.(s\b|[’']s\b)?(?=(\s+[A-Z“\"(]|\s+\w|[’'-]|,|$)?)")


def _without_last_point(found: re.Match[str]) -> str:
    letters, ending, after = found[1], found[2] or "", found[3]
    if letters == "Ph.D":
        return f"PhD{ending}" if ending or after else "PhD."
    if ending:
        return f"{letters.replace('.', '') if letters[-1] == 'S' else letters}’s"  # an engine says “dot” in S’s
    return letters if after and (after.strip()[:1].isupper() or after[0] in "’'-") else found[0]


@cache
def _initial() -> re.Pattern[str]:
    """Match ``W.`` in ``George W. Bush`` and ``v.`` in ``Roe v. Wade``.

    Not A, which would be said as the article, and not I, which is a word.
    """
    return re.compile(r"(?:(?<=[\w.] )(?:[B-HJ-Z]|v)|^[B-HJ-Z])\.(?=\s+[A-Z])")
