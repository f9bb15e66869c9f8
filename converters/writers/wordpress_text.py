"""Words that WordPress leaves alone: what it would rewrite in a post is written as character references.

What a transcript prints as ``[video plays]`` is to WordPress a shortcode, and is gone when the post is shown; ``--``,
``...``, ``4x4``, ``:)`` and straight quotes become other characters (``do_shortcode``, ``wptexturize``,
``convert_smilies``, ``capital_P_dangit``); a new line becomes a line break (``wpautop``). A reference is the same
character to every browser, and to none of these functions. It has three digits at least, as ``wp_kses`` writes it.
"""

import re
from typing import Final

_REWRITTEN: Final = re.compile(
    r"""
      [\[\]'"`]                              # shortcodes; quotes, primes and apostrophes
    | (?<!\w)-(?!\w) | (?<=-)- | -(?=-)      # dashes
    | (?<=\.)\. | \.(?=\.)                  # three full stops
    | (?<=[\d.,])x(?=\d)                     # a sign of multiplication
    | \((?=tm\))                             # a trade mark
    | (?<=Word)p(?=ress)                     # a name that WordPress spells for others
    | (?<!\S)[:;](?=\S) | (?<=:)[?!](?=:)    # smileys, by their eyes
    | (?<!\S)8(?=-?[)O])
    | (?<=&amp;)\#                           # a reference that is printed as such
    """,
    re.VERBOSE,
)


def left_alone(text: str) -> str:
    """Return the text of markup, escaped as it is, so that WordPress shows it letter for letter."""
    if not text.strip():
        return text
    return _REWRITTEN.sub(_reference, re.sub(r"\s*\n\s*", " ", text))


def without_brackets(tag: str) -> str:
    """Return a tag whose attributes hold no shortcode either: WordPress looks for them there too."""
    return tag.replace("[", "&#091;").replace("]", "&#093;")


def _reference(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(character):03};" for character in found[0])
