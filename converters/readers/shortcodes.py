"""WordPress's codes in square brackets: told from stage directions, made markup where words stand in them, or left out.

``[audio src="…"]`` and ``[/su_spoiler]`` are codes; ``[laughter]``, ``[inaudible 00:12:01]``
and ``[00:01:02]`` are what somebody has heard. A code has attributes, or comes with an
end of its own, or is one that everybody knows.
"""

import re
from typing import Final

import msgspec

_CODE: Final = re.compile(
    r"\[(?P<escaped>\[)?(?P<end>/)?(?P<name>[A-Za-z][\w-]{0,60})(?P<attributes>[\s/][^\[\]<>]{0,2000})?\](?(escaped)\])"
)
_ATTRIBUTE: Final = re.compile(r"[\w-]{1,60}\s?=\s?[\"'“”″&\w]")
_KNOWN: Final = frozenset(
    """audio video playlist gallery embed caption wp_caption powerpress podcast_player podcast_episode podlove-episode
    podlove-web-player podlove-transcript ss_player smart_podcast_player buzzsprout libsyn more toc contact-form
    contact-form-7 jetpack_subscription_form gravityform mc4wp_form social_share sharethis addtoany""".split()
)
_NOTES: Final = frozenset({"footnote", "footnotes", "fn", "ref", "efn_note", "mfn", "sidenote", "note"})
_CAPTION: Final = re.compile(r"\[(?P<end>/)?(?:wp_)?caption\b[^\[\]]{0,2000}\]")
_PICTURE: Final = re.compile(r"^\s*(?:<a\b[^>]{0,2000}>\s*)?<img\b[^>]{0,4000}>(?:\s*</a>)?", re.IGNORECASE)


_BREAK: Final = "<curbcut-break></curbcut-break>"
"""Ends a paragraph without moving a line: an element that HTML does not know is a box of its own."""


class Unwrapped(msgspec.Struct, frozen=True):
    """A post's markup without codes, and the codes that were taken out."""

    markup: str
    codes: tuple[str, ...]


def unwrapped(text: str) -> Unwrapped:
    """Return a post's text with what stands inside codes as plain markup: captions as such, notes as notes.

    A code's own words, such as the heading of a box that unfolds, are among those taken out.
    """
    if "[" not in text:
        return Unwrapped(text, ())
    text, notes = _with_notes(_with_figures(text))
    ended = {match["name"] for match in _CODE.finditer(text) if match["end"]}
    codes: list[str] = []

    def replaced(match: re.Match[str]) -> str:
        if match["escaped"]:
            return match[0][1:-1]
        if not _is_code(match, ended):
            return match[0]
        codes.append(match[0])
        return _BREAK if _stands_alone(match) else ""

    return Unwrapped(_CODE.sub(replaced, text) + notes, tuple(codes))


def _stands_alone(match: re.Match[str]) -> bool:
    """Tell whether a code stands at the beginning or end of a line, or of an element, and not between words."""
    before, after = (
        match.string[max(0, match.start() - 20) : match.start()],
        match.string[match.end() : match.end() + 20],
    )
    return before.rstrip(" ")[-1:] in {"", "\n", ">", "]"} or after.lstrip(" ")[:1] in {"", "\n", "<", "["}


def _is_code(match: re.Match[str], ended: set[str]) -> bool:
    if match["end"] or match["name"] in ended or match["name"].lower() in _KNOWN:
        return True
    return bool(_ATTRIBUTE.search(match["attributes"] or ""))


def _with_figures(text: str) -> str:
    """Return the text with each picture and its caption as a figure."""
    parts, done = list[str](), 0
    begun: re.Match[str] | None = None
    for match in _CAPTION.finditer(text):
        if not match["end"]:
            begun = match
        elif begun:
            inner = text[begun.end() : match.start()]
            picture = _PICTURE.match(inner)
            image = picture[0] if picture else ""
            figure = f"<figure>{image}<figcaption>{inner[len(image) :]}</figcaption></figure>"
            parts += [text[done : begun.start()], figure]
            done, begun = match.end(), None
    return "".join((*parts, text[done:]))


def _with_notes(text: str) -> tuple[str, str]:
    """Return the text with a mark for each note that stands in it, and the notes as markup."""
    notes: list[str] = []

    def marked(match: re.Match[str]) -> str:
        notes.append(match["inner"])
        number = len(notes)
        return f'<sup><a role="doc-noteref" href="#curbcut-note-{number}">{number}</a></sup>'

    for name in _NOTES:
        if f"[/{name}]" in text:
            pattern = rf"\[{name}(?:\s[^\[\]<>]{{0,200}})?\](?P<inner>[^\[\]]{{1,5000}})\[/{name}\]"
            text = re.sub(pattern, marked, text)
    return text, "".join(f'\n<div id="curbcut-note-{number}">{words}</div>' for number, words in enumerate(notes, 1))
