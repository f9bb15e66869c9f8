"""Where a line may end: how well a reader bears a break between two words, by light and general rules.

A line of captions ends where speech pauses: after punctuation, or before a conjunction or a
preposition; never between an article and its noun, inside a name, or between a number and what
it counts (DCMP Captioning Key, "Line Division"; https://www.captioningkey.org/text.html). Nothing
is parsed: what is known are the marks, the capitals, and a few dozen words of some languages.
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

import msgspec

AT_AN_END: Final = 0
AT_A_COMMA: Final = 1
AT_A_MARK: Final = 2
BEFORE_A_CLAUSE: Final = 3
BEFORE_A_PREPOSITION: Final = 5
BEFORE_OF: Final = 7
ANYWHERE: Final = 8
IN_A_LIST: Final = 10
A_NUMBER: Final = 18
A_BOND: Final = 22
A_NAME: Final = 34
"""What a break costs, from none to nearly forbidden; over ``BEARABLE`` it is taken only where nothing else fits."""
BEARABLE: Final = 12

_ENDS: Final = ".!?…;:。！？；：؟"
_COLONS: Final = ":："
_COMMAS: Final = ",，、،"
_CLOSING: Final = "\"'”’»)]}）」』】"
_OPENING: Final = "\"'“‘„«([{¿¡（「『【"
_SET_APART: Final = frozenset("? ! ; : » … % ?! !?".split())
"""Marks that French, for one, parts from the word before them with a space."""
_DASHES: Final = ("–", "—", "--", "-")
_STRIPPED: Final = _ENDS + _COMMAS + _CLOSING + _OPENING + "–—-"
_TITLES: Final = frozenset(
    "mr. mrs. ms. dr. prof. rev. st. sen. rep. gov. gen. hr. fr. sr. sra. d. dña. mme. m.".split()
)
_IN_NAMES: Final = frozenset("de la van von der den ten del della di da du le los bin ibn al el".split())
"""Small words in names of people and places: ``Juan de la Cruz``."""
_INITIAL: Final = re.compile(r"[^\W\d_]\.(?:[^\W\d_]\.)*")


class _Words(msgspec.Struct, frozen=True):
    """Of one language: what begins a clause or a phrase, and what is never left at the end of a line.

    ``of`` are the prepositions that hang most on the word before them, ``subjects`` are pronouns
    that begin a clause as a rule, ``objects`` those that stay with their verb. ``determiners`` are
    articles and the like.
    """

    clauses: frozenset[str]
    prepositions: frozenset[str]
    of: frozenset[str]
    subjects: frozenset[str]
    objects: frozenset[str]
    determiners: frozenset[str]
    bound: frozenset[str]
    nouns_are_capital: bool = False


def _words(openings: str, pronouns: str, bound: str, *, nouns_are_capital: bool = False) -> _Words:
    """Return the words of a language.

    ``openings`` are clauses | prepositions | of, ``pronouns`` are subjects | objects, ``bound`` determiners | others.
    """
    clauses, prepositions, of, subjects, objects, determiners, others = (
        frozenset(words.split()) for words in f"{openings}|{pronouns}|{bound}".split("|")
    )
    rest = others.union(clauses, prepositions, of, subjects, determiners)
    return _Words(clauses, prepositions, of, subjects, objects, determiners, rest, nouns_are_capital)


_NONE: Final = _words("||", "|", "|")
_KNOWN: Final = {
    "en": _words(
        "and but or nor so because since although though while when where who whom whose which that what why how "
        "whether if unless until as than then | in on at by for from with without to into onto about over under "
        "between through during after before against among across around behind beyond like near off per toward "
        "towards upon within | of",
        "i he she we they i’m i’ve i’ll i’d you’re we’re they’re it’s that’s there’s i'm i've i'll i'd you're "
        "we're they're it's that's there's | me him her them us",
        "a an the my your his her its our their this these those some any no every each another | you it one two three "
        "four five six seven eight nine ten many much few several such all both other own same is are was were be been "
        "being am have has had do does did will would shall should can could may might must not never ever also always "
        "only even still very more most too "
        "quite really just don't didn't isn't can't don’t didn’t isn’t can’t",
    ),
    "de": _words(
        "und aber oder denn sondern weil dass daß wenn als ob während obwohl damit bevor nachdem wo wie wer was "
        "| in im ins an am ans auf aus bei beim mit nach seit zu zum zur für gegen ohne um durch über unter vor hinter "
        "neben zwischen wegen trotz bis | von vom",
        "ich du er wir man | mich mir dich dir ihn ihm uns euch sich",
        "der die das den dem des ein eine einen einem einer eines mein meine dein deine sein seine ihr ihre unser "
        "unsere kein keine diese dieser dieses jede jeder jedes | sie es zwei drei vier viele alle ist sind war waren "
        "hat haben hatte wird werden kann nicht sehr so",
        nouns_are_capital=True,
    ),
    "es": _words(
        "y e o u ni pero sino porque que si cuando donde como aunque mientras quien cual pues | a al en con sin por "
        "para entre sobre desde hasta hacia según contra tras bajo ante | de del",
        "yo tú él ella nosotros ellos ellas usted ustedes |",
        "el la los las un una unos unas mi tu su mis tus sus nuestro nuestra este esta estos estas ese esa esos esas "
        "| lo le les se me te nos no es son era fue ha han hay muy más tan",
    ),
    "fr": _words(
        "et mais ou ni car donc parce que qu quand où comme si lorsque puisque qui dont | à au aux en dans avec sans "
        "par pour entre sur sous depuis vers chez contre après avant | de du des",
        "je tu il elle on nous vous ils elles |",
        "le la les l un une mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces | ne pas "
        "est sont était a ont très plus",
    ),
    "it": _words(
        "e ed ma o né perché che se quando dove come mentre chi quale poi | a al alla ai in nel nella con senza per "
        "tra fra su sul sulla da dal dalla verso | di del della dei delle",
        "io tu lui lei noi voi loro |",
        "il lo la i gli le un uno una mio mia tuo sua suo nostro questo questa quel quella | si mi ti ci vi non è "
        "sono era ha hanno molto più",
    ),
    "pt": _words(
        "e mas ou nem porque que se quando onde como embora enquanto quem qual pois | a ao à aos em no na nos nas com "
        "sem por pelo pela para entre sobre desde até contra | de do da dos das",
        "eu tu ele ela nós eles elas você vocês |",
        "o os as um uma uns umas meu minha seu sua nosso nossa este esta esse essa isso | me te lhe não é são era "
        "foi tem muito mais",
    ),
    "nl": _words(
        "en maar of want omdat dat als toen hoewel terwijl zodat wie wat waar hoe | in op aan uit bij met naar sinds "
        "te voor tegen zonder om door over onder achter naast tussen tot | van",
        "ik jij hij zij wij we | mij hem hen",
        "de het een mijn je jouw zijn haar ons onze hun deze dit die elke | er is was waren heeft hebben had wordt "
        "kan niet heel zo",
    ),
}  # fmt: skip


def break_costs(words: Sequence[str], language: str) -> list[int]:
    """Return what a break before each word costs; before the first one, nothing."""
    primary = language.partition("-")[0].lower()
    costs = [0, *(_cost(before, after, primary) for before, after in itertools.pairwise(words))][: len(words)]
    known = _KNOWN.get(primary, _NONE)
    for place in range(2, len(costs)):
        if costs[place] == ANYWHERE and words[place - 2].lower() in known.determiners:
            costs[place] = A_NUMBER  # “the peaceful | times”: after an article and one word often comes its noun
    for end, word in enumerate(words):
        if word[-1] in _COLONS:  # “he | said:” would begin a line as a speaker's name does
            costs[max(1, end - 2) : end + 1] = [max(cost, IN_A_LIST) for cost in costs[max(1, end - 2) : end + 1]]
    return costs


@functools.lru_cache(maxsize=16_384)
def _cost(before: str, after: str, language: str) -> int:
    marked = _cost_at_marks(before, after)
    if marked is not None:
        return marked
    known = _KNOWN.get(language, _NONE)
    if _bare(before) in known.bound:
        return A_BOND
    return A_NAME if _is_inside_a_name(before, after, known) else _between(before, after, _bare(after), known)


def _cost_at_marks(before: str, after: str) -> int | None:
    """Return what marks say of a break between two words; None where there are none."""
    end = before[-1:]
    if after in _SET_APART or before in _OPENING or (end in _ENDS and _is_short_form(before)):
        return A_NAME
    if end in _COMMAS:
        in_a_list = after[-1:] in _COMMAS and before[:1].isupper() and after[:1].isupper()
        return IN_A_LIST if in_a_list else AT_A_COMMA  # “Washington, DC,”
    inner = before.rstrip(_CLOSING)[-1:]
    if inner in _ENDS:
        return AT_AN_END
    if before.endswith(_DASHES) or after[:1] in _OPENING or after in _DASHES:
        return AT_A_MARK
    if end in _CLOSING:
        return AT_A_COMMA if inner in _COMMAS else BEFORE_A_CLAUSE
    return None


def _bare(word: str) -> str:
    """Return a word without its marks, in small letters, each accent on its letter."""
    bare = word.strip(_STRIPPED).lower()
    return bare if bare.isascii() else unicodedata.normalize("NFC", bare)


def _is_inside_a_name(before: str, after: str, known: _Words) -> bool:
    """Tell whether a small word that this language does not have binds capitals: ``Juan de la Cruz`` in English."""
    small = before in _IN_NAMES and before not in known.bound, after in _IN_NAMES and after not in known.bound
    return any(small) and (small[0] or before[:1].isupper()) and (small[1] or after[:1].isupper())


def _between(before: str, after: str, right: str, known: _Words) -> int:
    """Return the cost between two words that nothing but a space parts."""
    if right in known.objects:
        return A_NUMBER
    if right in known.clauses:
        return BEFORE_A_CLAUSE
    if right in known.prepositions or right in known.subjects:
        return BEFORE_A_PREPOSITION
    if right in known.of or right in known.determiners:
        return BEFORE_OF
    if before[:1].isupper() and after[:1].isupper():
        return A_NUMBER if known.nouns_are_capital else A_NAME
    return A_NUMBER if before[-1:].isdigit() or after[:1].isdigit() else ANYWHERE


def _is_short_form(word: str) -> bool:
    """Tell a title or an initial, ``Dr.`` or ``J.``, from a word that ends a sentence."""
    bare = word.lstrip(_OPENING)
    return bare.lower() in _TITLES or bool(_INITIAL.fullmatch(bare))
