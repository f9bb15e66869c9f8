"""A person's name as a reader would write it, from a label as it is printed."""

import re
import unicodedata
from collections import Counter
from typing import Final

from converters.readers.labels.candidates import fold
from converters.readers.labels.words import plays_a_part

PARTICLES: Final = frozenset(
    "al bin da das de del della den der des di dos du e el ibn la las le los ten ter van von und y zu zur".split()
)
_KEPT_LARGE: Final = re.compile(r"^[IVX]{2,4}$")
"""A number after a name, as in ``Ann Lee III``."""
_INITIALS: Final = re.compile(r"^(?:[A-Z]\.)+$|^[B-DF-HJ-NP-TV-XZ]{2}$")
"""``J.R.``, or two letters that no name is spelled with, as ``TJ``."""
_NAME_WORD: Final = re.compile(r"^[^\W\d_][\w.'’\"״׳·・‧�-]*$")
_LONGEST_NAME: Final = 5
_REMARK: Final = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）)\s*$|\s+\|\s.*$")
_ROLE: Final = re.compile(r"^(?P<name>[^,，]{2,40})[,，]\s+(?P<role>(?!(?:Jr|Sr|II|III|IV)\b).{2,})$")
_ARTICLES: Final = frozenset("the el la los las le der die das o a il lo de het".split())
HONORIFICS: Final = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend fr sen senator rep gov governor judge justice "
    "president secretary chairman chairwoman chair ambassador minister general gen col colonel capt captain lt sgt "
    "don doña sr sra srta dña herr frau hr m mme mlle monsieur madame signor signora sra dra ing lic "
    "hon honorable representative congressman congresswoman senators speaker clerk sister brother father mother mayor "
    "officer sheriff deputy chief detective inspector commissioner constable councilman councilwoman principal dean "
    "coach pastor rabbi imam administrator señor señora señorita alcalde alcaldesa presidente presidenta secretario "
    "secretaria "
    "diputado "
    "diputada senador senadora consejero consejera concejal ministro ministra portavoz don "
    "präsident präsidentin vizepräsident vizepräsidentin abg abgeordneter abgeordnete ministerin staatssekretär "
    "staatssekretärin bundeskanzler bundeskanzlerin bürgermeister bürgermeisterin frau "
    "président présidente ministre député députée rapporteur sénateur sénatrice maire mademoiselle maître "
    "deputado deputada dona seu mevrouw meneer pan pani "
    "г-н г-жа господин госпожа гн מר גב' גברת ד\"ר פרופ' פרופ".split()
)  # fmt: skip

_COUNTED: Final = re.compile(r"([^\W\d_]+)_0*(\d+)")
"""Somebody as a program that tells voices apart calls them."""
_BEFORE_A_NAME: Final = _ARTICLES | HONORIFICS


def bare(label: str) -> str:
    """Return a label without a remark in brackets at its end, such as ``(by phone)``."""
    return _REMARK.sub("", label).strip() or label.strip("()[]（） ")


def name_and_role(label: str) -> tuple[str, str | None]:
    """Return ``Ana Ruiz`` and ``presentadora`` for ``Ana Ruiz, presentadora``; None where the label has only a name."""
    plain = bare(label)
    part, colon, named = plain.partition(":")
    if colon and named.strip() and plays_a_part(part.strip()):
        return named.strip(), part.strip()
    name, role = split_role(plain)
    return (name, role) if role and is_name(name) else (bare(label), None)


def is_name(label: str) -> bool:
    """Tell whether a label is one to four words that all begin like a name's, titles left out."""
    plain = _without_marks(bare(label))
    part, colon, after = plain.partition(":")
    name, _ = split_role(after.strip() if colon and plays_a_part(part.strip()) else plain)
    words = name.replace(",", " ").split()
    named = _without_titles(words)
    proper = [w for w in named if w.lower() not in PARTICLES and _NAME_WORD.match(w)]
    cased = all(not w[0].islower() for w in proper)
    if words and not named:
        return True
    return (
        0 < len(named) <= _LONGEST_NAME
        and len(proper) > 0
        and cased
        and not named[0][0].isdigit()
        and all(_NAME_WORD.match(w) or w.rstrip(".").isdigit() for w in named)
    )


def _without_titles(words: list[str]) -> list[str]:
    """Return a name's words without the titles before it, and the articles that go with them."""
    named = words
    while named and named[0].casefold().strip(".,") in _BEFORE_A_NAME:
        named = named[1:]
    titled = any(word.casefold().strip(".,") in HONORIFICS for word in words[: len(words) - len(named)])
    return named if titled else words


def split_role(label: str) -> tuple[str, str | None]:
    """Return what stands before and after the comma of ``Ana Ruiz, presentadora``."""
    match = _ROLE.match(label)
    return (match["name"].strip(), match["role"].strip()) if match else (label, None)


def _without_marks(text: str) -> str:
    """Return text without vowel signs and accents that stand as characters of their own."""
    return text if text.isascii() else "".join(c for c in text if not unicodedata.category(c).startswith("M"))


def readable(label: str, text: str) -> str:
    """Return ``Laura Flanders`` for ``LAURA FLANDERS``, and ``Speaker 0`` for ``SPEAKER_00``.

    A spelling that the text itself uses elsewhere wins. A label with small letters
    is kept as it is, and so is a script without case.
    """
    name = _COUNTED.sub(r"\1 \2", unicodedata.normalize("NFC", name_and_role(label)[0]))
    if not name.isupper() or len(name) <= 2:  # noqa: PLR2004 - initials stay as they are
        return name
    return _as_printed(name, text) or " ".join(_cased(word, first=i == 0) for i, word in enumerate(name.split()))


def _as_printed(name: str, text: str) -> str | None:
    """Return the commonest spelling of the name in the text that is not all capitals."""
    pattern = r"\s+".join(map(_printed_word, name.split())) + r"\b"
    found = Counter(" ".join(match.split()) for match in re.findall(pattern, text))
    mixed = [(spelling, count) for spelling, count in found.items() if spelling == _plausible(spelling)]
    return max(mixed, key=lambda pair: pair[1])[0] if mixed else None


def _printed_word(word: str) -> str:
    """Return the pattern of a whole word of a name, however it is cased.

    It begins with a letter and looks back from there, because a letter is soon found in a long text.
    """
    first, rest = re.escape(word[0]), re.sub("['’]", "['’]", re.escape(word[1:]))
    begin = f"[{first}{first.lower()}]" if word.lower() in PARTICLES else first
    return rf"{begin}(?<!\w\w)(?i:{rest})"


def _plausible(spelling: str) -> str | None:
    """Return the spelling if each word in it begins large (or is a particle) and is not all capitals."""
    words = spelling.split()
    begins = all(word[0].isupper() or word in PARTICLES for word in words)
    return spelling if begins and not spelling.isupper() else None


def _cased(word: str, *, first: bool) -> str:
    if word.lower() in PARTICLES and not first:
        return word.lower()
    if (_KEPT_LARGE.match(word) and not first) or _INITIALS.match(word):
        return word
    cased = re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), word)
    cased = re.sub(r"(?<=['’])S$", "s", cased)
    return re.sub(r"^Mc(\w)", lambda match: f"Mc{match[1].upper()}", cased)


def name_words(label: str) -> tuple[str, ...]:
    """Return the words of a name that tell whose it is: folded, without titles, remarks and roles."""
    words = fold(name_and_role(label)[0]).replace(".", ". ").split()
    return tuple(w.strip(".,") for w in words if w.strip(".,") and w.strip(".,") not in HONORIFICS)


def is_part_played(label: str) -> bool:
    """Tell whether a label says what somebody does here, and not who it is: two people may share it."""
    return plays_a_part(bare(label))


def is_only_counted(name: str) -> bool:
    """Tell whether somebody is only told apart from others, ``Speaker 2``, and nobody says who it is."""
    return name[-1:].isdigit() and plays_a_part(name)
