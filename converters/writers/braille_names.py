"""The short forms by which people are named before what they say: each turn of a conversation costs their cells."""

from typing import Final

from converters.document import Document, NodeId, Person

_NO_NAMES: Final = frozenset(
    "the a an mr mrs ms miss dr prof professor sir dame lord lady rev father sister brother saint st president senator "
    "judge justice captain general speaker caller audience voice host guest reporter interviewer narrator man woman "
    "der die das ein eine herr frau el la los las un una don doña señor señora le les monsieur madame".split()
)
_FEWEST: Final = 2
_JOINTS: Final = str.maketrans("", "", "-'\u2019\u2010")


def short_forms(document: Document) -> dict[NodeId, str]:
    """Return how each person is named after their first speech: the first of their names that nobody else has.

    A name that is none (“The Night Watchman”, “Audience Member 2”) stays whole, as does one that could be another's.
    """
    return {person.id: _short(person, document.people) for person in document.people}


def _short(person: Person, people: tuple[Person, ...]) -> str:
    words = person.name.split()
    others = {word.casefold() for other in people if other.id != person.id for word in other.name.split()}
    while words and words[0].rstrip(".").casefold() in _NO_NAMES and words[0].endswith("."):
        words = words[1:]
    whole = all(word[:1].isupper() and word.translate(_JOINTS).isalpha() for word in words)
    first = words[0] if len(words) >= _FEWEST and whole else person.name
    usable = len(first) >= _FEWEST and first.casefold() not in _NO_NAMES and first.casefold() not in others
    return first if usable else person.name
