"""Markdown before it is parsed: what is no text is taken out, what only looks like markup is made plain.

Every line stays where it was, so that line numbers hold.
"""

import re
from typing import Final

import msgspec

from converters.readers.ledger import Ledger

LONGEST_SHORTCODE: Final = 2_000
DEEPEST: Final = 10
"""Lists and quotations within each other that a line may begin with."""
BULLETS: Final = "•‣◦▪●∙·"
"""Signs that begin an item though Markdown does not know them. A dash at the beginning of a line may be anything."""
_COMMENT: Final = "A comment in the source"
_SHORTCODE: Final = "A shortcode of the site"
_CLOSINGS: Final = {
    "<!--": (re.compile("-->"), _COMMENT),
    "{{<": (re.compile(">}}"), _SHORTCODE),
    "{{%": (re.compile("%}}"), _SHORTCODE),
    "{%": (re.compile("%}"), _SHORTCODE),
    "<script": (re.compile("(?i)</script>"), "A script of the page"),
    "<style": (re.compile("(?i)</style>"), "A style sheet of the page"),
}
_OPENING: Final = re.compile(r"(?i)<!--|\{\{[<%]|\{%|<(?:script|style)\b")
_ATTRIBUTES: Final = re.compile(
    r"(?m)(?<!`)\{\{[^{}\n]{0,300}\}\}|\{:[^{}\n]{0,300}\}|(?<=\s)\{[#.][\w#. =\"-]{1,100}\}(?=[ ]*$)"
)
_BLANK: Final = re.compile(r"(?m)^[^\S\n]+$")
_CAPTION_MARK: Final = re.compile(r"(?m)^([ ]*)>>")
_DEFINITION: Final = re.compile(r"(?m)^([ >*+-]*)(?=\[(?!\^)[^\]\n]{1,200}\]:\s*(?P<to>\S*))")
_ADDRESS: Final = re.compile(r"<?(?:(?i:https?|mailto|tel|data|ftp):|www\.|[/#]|\.{1,2}/|[\w-]+(?:\.[\w-]+)*[/.]\w)")
_FENCE: Final = re.compile(r"(?m)^[ ]*(?:`{3,}(?P<info>[^`\n]*)|~{3,}(?P<name>[^~`\n]*))$")
_NESTED: Final = re.compile(rf"(?m)^((?:[ ]*(?:>|[*+-][ ]|\d{{1,9}}[.)][ ])){{{DEEPEST}}})")
_NOTE: Final = re.compile(r"\[\^(?P<label>[^\]\s]{1,40})\]:[ ]*(?P<words>.*)")
_REFERENCE: Final = re.compile(r"\[\^([^\]\s]{1,40})\](?!:)")


class Footnote(msgspec.Struct, frozen=True):
    """A note as it is defined: what it is called, on which line (from 1) it begins, and its Markdown."""

    label: str
    line: int
    text: str


def without_asides(text: str, ledger: Ledger, first_line: int) -> str:
    """Return the text without comments, shortcodes, scripts and attributes: each goes into the ledger."""
    parts, position, start, unclosed = list[str](), 0, 0, set[str]()
    while match := _OPENING.search(text, position):
        opening = match[0].lower()
        closing, reason = _CLOSINGS[opening]
        furthest = match.start() + LONGEST_SHORTCODE if opening[0] == "{" else len(text)
        end = None if opening in unclosed else closing.search(text, match.end(), furthest)
        position = end.end() if end else match.end()
        if end:
            taken = text[match.start() : position]
            line = first_line + text.count("\n", 0, match.start()) if not parts else 0
            ledger.add(reason, taken, f"line {line}" if line else None)
            parts += (text[start : match.start()], "\n" * taken.count("\n"))
            start = position
        elif furthest == len(text):
            unclosed.add(opening)  # nothing later closes it either: it is text, and is not looked for again
    return _without_attributes("".join((*parts, text[start:])), ledger)


def _without_attributes(text: str, ledger: Ledger) -> str:
    """Leave out what a site's own software reads: ``{: .note}``, ``{{ page.title }}``, ``{#part-two}``."""
    if "{" not in text:
        return text
    for match in _ATTRIBUTES.finditer(text):
        ledger.add("What the software of the site reads", match[0])
    return _ATTRIBUTES.sub("", text)


def made_plain(text: str, ledger: Ledger) -> str:
    r"""Return the text with markup that would swallow words made plain.

    Lines of no-break spaces are blank. ``>> NAME`` is how captions mark a new speaker,
    no quotation of a quotation; ``[ALL]: Yes!`` is a label, no address of a link. What
    stands between fences is read like the rest: it is a transcript that somebody set
    apart, and an opening that is never closed swallows nothing.
    """
    text = _BLANK.sub("", text)
    if ">>" in text:
        text = _CAPTION_MARK.sub(r"\1\\>\\>", text)
    if "]:" in text:
        text = _DEFINITION.sub(lambda m: m[0] if _ADDRESS.match(m["to"]) else f"{m[1]}\\", text)
    if "```" in text or "~~~" in text:
        text = _FENCE.sub(lambda match: _fence(match, ledger), text)
    return _NESTED.sub(r"\1\\", text)


def _fence(match: re.Match[str], ledger: Ledger) -> str:
    ledger.add("The name of a block's language", match["info"] or match["name"] or "")
    return "" if match["info"] is not None else "* * *"


def footnotes(text: str) -> tuple[str, tuple[Footnote, ...]]:
    """Return the text without the notes that it refers to, and these; a note that nothing refers to is text."""
    if "[^" not in text:
        return text, ()
    wanted, found, lines = set(_REFERENCE.findall(text)), list[Footnote](), text.split("\n")
    at = 0
    while at < len(lines):
        match = _NOTE.fullmatch(lines[at])
        if not match or match["label"] not in wanted:
            at += 1
            continue
        end = _end_of_note(lines, at + 1)
        words = [match["words"], *(line.strip() for line in lines[at + 1 : end])]
        found.append(Footnote(match["label"], at + 1, "\n".join(words).rstrip()))
        lines[at:end] = [""] * (end - at)
        wanted.discard(match["label"])
        at = end
    return "\n".join(lines), tuple(found)


def _end_of_note(lines: list[str], at: int) -> int:
    """Return where a note ends: its paragraph runs on until a blank line; after that, what is indented is still its."""
    end, blank = at, False
    for number in range(at, len(lines)):
        line = lines[number]
        if line.strip() and ((blank and not line.startswith("  ")) or _NOTE.match(line)):
            break
        blank = not line.strip()
        end = end if blank else number + 1
    return end
