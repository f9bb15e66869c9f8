"""Elements of XHTML as text, escaped and well formed by construction."""

from typing import Final, NewType

from converters.characters import clean

Markup = NewType("Markup", str)
"""Finished markup: never escaped again."""

NOTHING: Final = Markup("")


def text(value: str) -> Markup:
    """Return text as markup, without the characters that XML forbids."""
    return Markup(clean(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def element(tag: str, *content: Markup, attributes: dict[str, str | None] | None = None) -> Markup:
    """Return ``<tag …>content</tag>``; an attribute that is None is left out."""
    return Markup(f"<{tag}{_attributes(attributes)}>{''.join(content)}</{tag}>")


def void(tag: str, attributes: dict[str, str | None]) -> Markup:
    """Return an element that has no content; the form is right in XML and in HTML."""
    return Markup(f"<{tag}{_attributes(attributes)}/>")


def unclosed(void_element: Markup) -> Markup:
    """Return a void element as HTML writes it: a slash there means nothing (HTML §13.1.2.1)."""
    return Markup(void_element.removesuffix("/>") + ">")


def meta(name: str, content: str | None) -> Markup:
    """Return a ``meta`` element, nothing where there is nothing to say."""
    return void("meta", {"name": name, "content": content}) if content else NOTHING


def joined(*parts: Markup) -> Markup:
    """Return the parts one after the other."""
    return Markup("".join(parts))


def lines(*parts: Markup) -> Markup:
    """Return the parts that are there, each on a line of its own."""
    return Markup("\n".join(part for part in parts if part))


def _attributes(attributes: dict[str, str | None] | None) -> str:
    pairs = (attributes or {}).items()
    return "".join(f' {name}="{text(value).replace(chr(34), "&quot;")}"' for name, value in pairs if value is not None)
