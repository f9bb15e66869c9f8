"""What WordPress keeps of a post by an author who may not use all of HTML (``wp_kses_post``), as data.

Elements and attributes are those of WordPress 5.0, where ``lang`` and ``dir`` stand on few elements
(from 6.0 on they are kept everywhere); protocols are those that ``wp_allowed_protocols`` has had since 4.7.
"""

import re
from typing import Final

from lxml import html
from lxml.etree import _Element

EVERYWHERE: Final = frozenset(
    "aria-describedby aria-details aria-label aria-labelledby aria-hidden class id style title role".split()
)
LANGUAGE: Final = frozenset({"dir", "lang", "xml:lang"})
ELEMENTS: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(
        "address abbr b br cite code dd dfn dl dt em i kbd s samp small strong sub sup u".split(), frozenset()
    ),
    **dict.fromkeys("h1 h2 h3 h4 h5 h6".split(), frozenset({"align"})),
    **dict.fromkeys("article aside div footer header nav p section span summary".split(), LANGUAGE | {"align"}),
    **dict.fromkeys("figure figcaption hgroup".split(), LANGUAGE | {"align"}),
    "a": frozenset("href rel rev name target download".split()),
    "blockquote": frozenset({"cite", "lang", "xml:lang"}),
    "details": LANGUAGE | {"align", "open"},
    "hr": frozenset("align noshade size width".split()),
    "li": frozenset({"align", "value"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "ul": frozenset({"type"}),
}
PROTOCOLS: Final = frozenset(
    "http https ftp ftps mailto news irc gopher nntp feed telnet mms rtsp sms svn tel fax xmpp webcal urn".split()
)

Shape = list[tuple[str, ...]]
"""A tree in one list: elements as they begin, with their attributes, and as they end, and the words between."""


def shape(fragment: str) -> Shape:
    """All that a browser sees of a fragment; runs of spaces are one."""
    return list(_shape(html.fragment_fromstring(fragment, create_parent="body")))


def kept(fragment: str) -> Shape:
    """What is left of a fragment when WordPress has saved it."""
    tree = html.fragment_fromstring(fragment, create_parent="body")
    for element in list(tree.iterdescendants()):
        if not isinstance(element.tag, str) or element.tag not in ELEMENTS:
            element.drop_tag()
        else:
            _keep_attributes(element)
    return _shape(tree)


def _keep_attributes(element: _Element) -> None:
    for name, value in list(element.attrib.items()):
        known = name in EVERYWHERE | ELEMENTS[str(element.tag)] or re.fullmatch(r"data-[a-z0-9_-]+", str(name))
        protocol = re.match(r"\s*([a-z][a-z0-9+.-]*):", str(value), re.IGNORECASE) if name == "href" else None
        if not known or (protocol and protocol[1].lower() not in PROTOCOLS):
            del element.attrib[name]


def _shape(element: _Element) -> Shape:
    attributes = (f"{name!s}={value!s}" for name, value in sorted(element.attrib.items()))
    found: Shape = [("<", str(element.tag), *attributes)]
    found += _words(element.text)
    for child in element:
        found += [*_shape(child), *_words(child.tail)]
    return [*found, (">", str(element.tag))]


def _words(text: str | None) -> Shape:
    return [(" ".join((text or "").split()),)] if (text or "").strip() else []
