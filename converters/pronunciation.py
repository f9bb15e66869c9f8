"""How staff write down the way a name is said: a respelling, or IPA between slashes.

``muh-KAR-off`` is a respelling, ``/məˈkɑːrɒf/`` is IPA; a table has either or both.
"""

import unicodedata
from typing import Annotated, Final

import msgspec

from converters.document import LanguageTag

LONGEST: Final = 200
"""Characters of a word or of how it is said: no name has more."""

IPA_SIGNS: Final = frozenset(
    "abcdefghijklmnopqrstuvwxyz"
    "ɑɐɒæɓʙβɔɕɗɖðʤəɘɚɛɜɝɞɟʄɡɠɢʛɦɧħɥʜɨɪʝɭɬɫɮʟɱɯɰŋɳɲɴøɵɸœɶʘɹɺɾɻʀʁɽʂʃʈʧʉʊʋⱱʌɣɤʍχʎʏʑʐʒʔʡʕʢǀǁǂǃθʦʣʨʥᵻ"
    "ˈˌːˑˠˤʰʲʷˡⁿʼ˞.‿|‖˥˦˧˨˩↗↘ꜛꜜ'’: ()"
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0308\u030a\u030b\u030c\u030f\u0318\u0319\u031a\u031c\u031d\u031e\u031f"
    "\u0320\u0324\u0325\u0327\u0329\u032a\u032c\u032f\u0330\u0339\u033a\u033b\u033c\u033d\u035c\u0361"
    "\u1dc4\u1dc5\u1dc8"
)
"""The signs of the International Phonetic Alphabet (rev. 2020), decomposed, and what is typed for them."""


class Pronunciation(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How a word is said: respelled, in IPA (without slashes), or both.

    ``language`` is that of the words around it for which this holds; None: the show's.
    """

    respelling: str | None = None
    ipa: str | None = None
    language: Annotated[LanguageTag, msgspec.Meta(pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")] | None = None


def pronunciation(written: str) -> Pronunciation:
    """Read the short notation. Raises ``ValueError`` where it is empty or no IPA."""
    text = " ".join(written.split())
    if len(text) > 1 and text.startswith("/") and text.endswith("/"):
        return checked(Pronunciation(ipa=text))
    return checked(Pronunciation(respelling=text))


def checked(said: Pronunciation) -> Pronunciation:
    """Return it in one form. Raises ``ValueError`` where nothing is said, or signs are not those of the IPA."""
    respelling = _one_line(said.respelling)
    ipa = _one_line((said.ipa or "").strip().strip("/"))
    if not respelling and not ipa:
        raise ValueError('say how it is said, as in "muh-KAR-off" or "/məˈkɑːrɒf/"')
    if respelling and not any(map(str.isalpha, respelling)):
        raise ValueError(f"“{respelling}” has no letter to say")
    if any(len(text) > LONGEST for text in (respelling, ipa)):
        raise ValueError(f"it is longer than {LONGEST} characters")
    strange = dict.fromkeys(sign for sign in unicodedata.normalize("NFD", ipa) if sign not in IPA_SIGNS)
    if strange:
        raise ValueError(f"“{''.join(strange)}” in /{ipa}/ is not of the International Phonetic Alphabet")
    return Pronunciation(respelling or None, ipa or None, said.language)


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def checked_word(word: str) -> str:
    """Return the word of an entry in one form. Raises ``ValueError`` where there is nothing to find in a text."""
    found = unicodedata.normalize("NFC", _one_line(word))
    if not any(map(str.isalnum, found)) or len(found) > LONGEST:
        raise ValueError(f"an entry is a word or a name of at most {LONGEST} characters")
    return found


def written(said: Pronunciation) -> str:
    """Return the notation that show.toml takes, in TOML."""
    import json

    values = {
        "respelling": said.respelling or "",
        "ipa": f"/{said.ipa}/" if said.ipa else "",
        "language": said.language or "",
    }
    given = {key: json.dumps(value, ensure_ascii=False) for key, value in values.items() if value}
    if len(given) == 1:
        return next(iter(given.values()))
    return "{ " + ", ".join(f"{key} = {value}" for key, value in given.items()) + " }"
