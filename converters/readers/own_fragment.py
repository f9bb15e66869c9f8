"""Curbcut's fragment for other pages, found where it was pasted and read back as one of our own pages is.

It is told by the class of its outermost element. The rest of the page that holds it is none of its words.
"""

import copy
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME: Final = "curbcut"
MARK: Final = f'class="{NAME}"'
"""What a page that holds a fragment has in it."""


def own_fragment(root: "Element") -> "Element | None":
    """Return the fragment in a page, with the classes that our pages have; None where there is none."""
    found = next(
        (e for e in root.iter("div") if (e.get("class") or "").split() == [NAME] and e.get("data-title")), None
    )
    if found is None:
        return None
    fragment = copy.deepcopy(found)
    fragment.tail = None
    for element in fragment.iter():
        if named := element.get("class"):
            element.set("class", " ".join(one.removeprefix(f"{NAME}-") for one in named.split()))
    return fragment
