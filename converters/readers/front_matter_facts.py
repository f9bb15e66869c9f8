"""What front matter says of an episode: which key means what, and what is left that nobody asked for."""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final, Literal, assert_never

import msgspec

from converters.document import Part
from converters.findings import Report
from converters.readers.dates import day_of
from converters.readers.labels.names import is_name, name_and_role
from converters.readers.lines import pieces_of
from converters.readers.manuscript import Facts, Listed
from converters.settings import LANGUAGE_SHAPE

Meaning = Literal["title", "date", "language", "summary", "people", "page", "recording", "show", "subjects"]


class Entry(msgspec.Struct, frozen=True):
    """One key with its value, both as printed."""

    key: str
    value: "Value"


class FrontMatter(msgspec.Struct, frozen=True):
    """Keys with their values in the order of the source, a key that stands twice twice; remarks that are no data."""

    entries: tuple[Entry, ...]
    comments: tuple[str, ...] = ()

    def printed(self) -> str:
        """Return all of it in one line of words."""
        return "; ".join(_printed(entry) for entry in self.entries)


Value = str | tuple["Value", ...] | FrontMatter

_KEYS: Final[dict[Meaning, str]] = {
    "title": "title titulo titel titre titolo tytul episodetitle posttitle headline",
    "date": """publishedtime publishedat published datepublished publishdate publicationdate pubdate date datetime
        releasedate released airdate aired fecha fechadepublicacion datum veroffentlicht data datapubblicazione
        datadepublicacao datepublication""",
    "language": "language lang locale idioma sprache langue lingua taal jezyk",
    "summary": """description summary subtitle excerpt abstract synopsis intro lead teaser descripcion resumen subtitulo
        extracto beschreibung zusammenfassung untertitel kurzbeschreibung resume soustitre chapeau extrait descrizione
        riassunto sommario sottotitolo descricao resumo""",
    "people": "",
    "page": "canonical canonicalurl permalink sourceurl url link pageurl episodeurl enlace liga lien collegamento",
    "recording": """audio audiourl audiofile audiosrc mp3 mp3url enclosure enclosureurl media mediaurl recording video
        videourl youtube grabacion aufnahme enregistrement registrazione gravacao""",
    "show": """show showname showtitle podcast podcasttitle podcastname series program programme programa sendung reihe
        emission serie trasmissione""",
    "subjects": """tags tag categories category keywords topics topic subjects subject etiquetas categorias temas
        palabrasclave schlagworte schlagworter kategorien themen motscles categorie categories sujets themes categorie
        argomenti parolechiave assuntos palavraschave""",
}
"""Names are folded: small letters without accents and signs. Of several dates or pages, the first one here counts."""

_PARTS: Final[dict[Part | None, str]] = {
    "host": """host hosts cohost cohosts presenter presenters presentedby moderator moderators moderation moderatorin
        interviewer interviewers anchor anfitrion anfitriona anfitriones presentador presentadora presentadores
        entrevistador entrevistadora conductor conductora gastgeber gastgeberin sprecher animateur animatrice animateurs
        presentateur presentatrice conduttore conduttrice conduttori apresentador apresentadora apresentadores""",
    "guest": """guest guests interviewee interviewees invitado invitada invitados invitadas entrevistado entrevistada
        gast gaste gasten invite invitee invites ospite ospiti convidado convidada convidados""",
    "narrator": "narrator narrators narrador narradora erzahler erzahlerin narrateur narratrice narratore",
    None: """speakers speaker people person panelists panelist panellists panel participants participant cast voices
        talent contributors participantes ponentes teilnehmer teilnehmende intervenants intervenant participants
        partecipanti oratori participantes""",
}
_PEOPLE: Final = {name: part for part, names in _PARTS.items() for name in names.split()}
_MEANINGS: Final[dict[str, Meaning]] = {
    **{name: meaning for meaning, names in _KEYS.items() for name in names.split()},
    **dict.fromkeys(_PEOPLE, "people"),
}
_LANGUAGES: Final = {
    name: code
    for code, names in (
        ("ar", "العربية arabic"), ("de", "deutsch german"), ("en", "english"), ("es", "espanol spanish castellano"),
        ("fr", "francais french"), ("he", "עברית hebrew"), ("it", "italiano italian"), ("ja", "日本語 japanese"),
        ("ko", "한국어 korean"), ("nl", "nederlands dutch"), ("pl", "polski polish"), ("pt", "portugues portuguese"),
        ("ru", "русскии russian"), ("uk", "украінська ukrainian"), ("zh", "中文 chinese"),
    )
    for name in names.split()
}  # fmt: skip
_NAME_KEYS: Final = ("name", "fullname", "displayname", "nombre", "nom", "nome", "title", "slug")
_ABOUT_KEYS: Final = frozenset(
    "role title job position affiliation organization organisation company bio about description rol cargo rolle beruf "
    "funktion fonction ruolo funcao biografia".split()
)  # fmt: skip
_LABEL_KEYS: Final = frozenset("label initials short abbreviation id speaker".split())
_ADDRESS_KEYS: Final = frozenset("url src href file link mp3".split())
_A_LABEL: Final = re.compile(r"(?i:s|sp|spk|speaker|person)[ _-]?\d{1,3}|[A-Z]{1,3}\d?")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")
_SLUG: Final = re.compile(r"[a-z]+(?:-[a-z]+)+")
_IN_BRACKETS: Final = re.compile(r"(?P<name>[^()]{2,60}?)\s*\((?P<about>[^()]{1,200})\)")
_BETWEEN_NAMES: Final = re.compile(r"\s*[,;&、，/|]\s*|\s(?:and|und|y|et|e|и)\s")
_LONGEST_NAME: Final = 60


def is_known(key: str) -> bool:
    """Tell whether a key, in any of its languages and spellings, means something here."""
    return _folded(key) in _MEANINGS


def facts_of(front: FrontMatter, report: Report) -> Facts:
    """Return what the front matter says of the episode; every word of the rest goes into one finding."""
    reading = _Reading()
    order = {name: rank for rank, name in enumerate(_MEANINGS)}
    for entry in sorted(front.entries, key=lambda e: order.get(_folded(e.key), len(order))):
        meaning = _MEANINGS.get(_folded(entry.key))
        if not (meaning and reading.takes(meaning, entry)):
            reading.left.append(_printed(entry))
    report.leave_out(
        "Facts beside the text that Curbcut has no use for", "; ".join((*reading.left, *front.comments)), "line 1"
    )
    return reading.facts


class _Reading:
    """What is known so far, and what was left of the entries."""

    def __init__(self) -> None:
        self.left: list[str] = []
        self._one: dict[Meaning, str] = {}
        self._several: dict[Meaning, dict[str, None]] = {"summary": {}, "subjects": {}}
        self._days: list[datetime.date] = []
        self._met: list[Listed] = []

    @property
    def facts(self) -> Facts:
        one = self._one.get
        return Facts(
            title=one("title"), language=one("language"), show=one("show"),
            published=self._days[0] if self._days else None, page=one("page"), recording=one("recording"),
            subjects=tuple(self._several["subjects"]), summary=tuple(self._several["summary"]), people=tuple(self._met),
        )  # fmt: skip

    def takes(self, meaning: Meaning, entry: Entry) -> bool:
        """Put an entry among the facts; False where it says nothing, or something else than one before it."""
        match meaning:
            case "title" | "show" | "language" | "page" | "recording":
                said = _said(meaning, entry.value)
                return bool(said) and self._one.setdefault(meaning, said) == said
            case "date":
                day = day_of(_text(entry.value))
                self._days += [day] if day else []
                return bool(day) and day == self._days[0]
            case "summary" | "subjects":
                more = tuple(_paragraphs(entry.value) if meaning == "summary" else _subjects(entry.value))
                self._several[meaning].update(dict.fromkeys(more))
                return bool(more)
            case "people":
                found = tuple(self._people(entry.value, _PEOPLE[_folded(entry.key)]))
                self._met += found
                return bool(found)
            case _:
                assert_never(meaning)

    def _people(self, value: Value, part: Part | None) -> Iterator[Listed]:
        match value:
            case str():
                yield from _named(value, part)
            case tuple():
                for one in value:
                    yield from self._item(one, part) if isinstance(one, str) else self._people(one, part)
            case FrontMatter():
                yield from self._described(value, part)
            case _:
                assert_never(value)

    def _item(self, value: str, part: Part | None) -> Iterator[Listed]:
        listed = _one_named(value, part)
        self.left += [] if listed else [value]
        yield from (listed,) if listed else ()

    def _described(self, person: FrontMatter, part: Part | None) -> Iterator[Listed]:
        """Yield the person whom a map tells of; of a map from labels or names, all its people."""
        key = next((key for key in _NAME_KEYS for entry in person.entries if _folded(entry.key) == key), None)
        if key is None:
            yield from (listed for entry in person.entries for listed in self._paired(entry, part))
            return
        name, label, about = "", None, list[str]()
        for entry in person.entries:
            folded, said = _folded(entry.key), _line(_text(entry.value))
            if folded == key and not name:
                name = _unslugged(said)
            elif folded in _ABOUT_KEYS and _folded(said) in _PEOPLE:
                part = _PEOPLE[_folded(said)]
            elif folded in _ABOUT_KEYS:
                about.append(said)
            elif folded in _LABEL_KEYS and not label:
                label = said
            else:
                self.left.append(_printed(entry))
        yield Listed(name, ", ".join(about) or None, part, label)

    def _paired(self, entry: Entry, part: Part | None) -> Iterator[Listed]:
        """Yield the person of ``S1: Ann Lee``, or of ``Ann Lee: baker``, or of a name with a map of facts."""
        said = _line(_text(entry.value))
        if isinstance(entry.value, FrontMatter):
            named = any(_folded(inner.key) in _NAME_KEYS for inner in entry.value.entries)
            own = () if named else (Entry("name", entry.key),)
            yield from self._described(FrontMatter((*own, *entry.value.entries)), part)
            self.left += [entry.key] if named else []
        elif _A_LABEL.fullmatch(entry.key):
            yield Listed(said, None, part, entry.key)
        else:
            yield Listed(entry.key, said or None, part)


def _named(value: str, part: Part | None) -> tuple[Listed, ...]:
    """Return the people of a line, none where it is no list of names; one name with a description is one person."""
    parts = [one for one in _BETWEEN_NAMES.split(value) if one]
    if not all(map(is_name, parts)) or _is_name_with_one_word(value, parts):
        parts = [one for one in value.split(";") if one.strip()]
    found = [_one_named(one, part) for one in parts]
    return tuple(listed for listed in found if listed) if all(found) else ()


def _is_name_with_one_word(value: str, parts: list[str]) -> bool:
    """Tell ``Ann Lee, Mycologist`` from ``Ann Lee, Bob Ray``: in a list, people have more than one name."""
    return len(parts) == 2 and "," in value and " " in parts[0] and " " not in parts[1]  # noqa: PLR2004 - name and word


def _one_named(value: str, part: Part | None) -> Listed | None:
    """Return the person of a line that names one: ``Ann Lee (host)``, ``Ann Lee, baker``, ``ann-lee``."""
    line = _line(value)
    name, about = line, ""
    if match := _IN_BRACKETS.fullmatch(line):
        name, about = match["name"], match["about"]
    elif (named := name_and_role(line))[1]:
        name, about = named[0], line[len(named[0]) :].strip(" ,，")
    if not name or len(name) > _LONGEST_NAME or _ADDRESS.search(name):
        return None
    plays = _PEOPLE.get(_folded(about)) if about else None
    return Listed(_unslugged(name), None if plays else about or None, plays or part)


def _unslugged(name: str) -> str:
    """Return ``Ann Lee`` for ``ann-lee``, which is how sites refer to their own pages of people."""
    return name.replace("-", " ").title() if _SLUG.fullmatch(name) else name


def _said(meaning: Meaning, value: Value) -> str:
    """Return the one thing that a value says, empty where it cannot mean that."""
    if meaning == "language":
        return _language(value)
    if meaning in {"page", "recording"}:
        return _address(value)
    text = _line(_name_in(value))
    believable = meaning == "title" or (any(map(str.isalpha, text)) and text.lower() not in {"true", "false"})
    return text if believable and not _ADDRESS.fullmatch(text) else ""


def _language(value: Value) -> str:
    tag = _text(value).strip().replace("_", "-")
    return _LANGUAGES.get(_folded(tag)) or (tag if re.match(LANGUAGE_SHAPE, tag) else "")


def _address(value: Value) -> str:
    """Return the whole web address that a value is, or that a map has and nothing else."""
    if isinstance(value, FrontMatter):
        own = len(value.entries) == 1 and _folded(value.entries[0].key) in _ADDRESS_KEYS
        return _address(value.entries[0].value) if own else ""
    text = _text(value).strip()
    return text if _ADDRESS.fullmatch(text) else ""


def _paragraphs(value: Value) -> Iterator[str]:
    """Yield the paragraphs of a text; what YAML folds has only one line end between them."""
    return (piece.text for piece in pieces_of(value if isinstance(value, str) else _text(value)))


def _subjects(value: Value) -> Iterator[str]:
    match value:
        case str():
            return (line for one in value.split(",") if (line := _line(one)))
        case tuple():
            return (line for one in value if (line := _line(_text(one))))
        case FrontMatter():
            return iter(())
        case _:
            assert_never(value)


def _name_in(value: Value) -> str:
    """Return a name, be it alone or in a map by itself."""
    if isinstance(value, FrontMatter):
        alone = len(value.entries) == 1 and _folded(value.entries[0].key) in _NAME_KEYS
        return _text(value.entries[0].value) if alone else ""
    return value if isinstance(value, str) else ""


def _printed(entry: Entry) -> str:
    said = _text(entry.value)
    return f"{entry.key}: {said}" if entry.key and said else entry.key or said


def _text(value: Value) -> str:
    match value:
        case str():
            return value
        case tuple():
            return ", ".join(map(_text, value))
        case FrontMatter():
            return value.printed()
        case _:
            assert_never(value)


def _line(text: str) -> str:
    return " ".join(text.split())


@cache
def _folded(name: str) -> str:
    """Return a key as it is looked up: ``fechadepublicacion`` for ``Fecha de publicación``."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())
