"""The theme of the Word edition: the palette that Word offers to whoever colours something, and our typeface.

No style asks the theme for anything: what a style says must hold when another theme is chosen. Word wants one in
each file all the same.
"""

from typing import Final

from converters.writers.docx_look import Look
from converters.writers.markup import text

_COLOURS: Final = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "1B1B1B", "lt2": "FFF8E1", "accent1": "0B3D91", "accent2": "8A1C00",
    "accent3": "1E5631", "accent4": "5B2A86", "accent5": "7A4B00", "accent6": "4A4A4A", "hlink": "0B3D91",
    "folHlink": "5B2A86",
}  # fmt: skip
"""By the names that the theme has for them (§20.1.6.2); each dark one has 7:1 or better on white (WCAG 1.4.6)."""

_SPACE: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_FILL: Final = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE: Final = f'<a:ln w="9525">{_FILL}</a:ln>'
_EFFECT: Final = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme(look: Look) -> bytes:
    """Return the part (ECMA-376 part 1, §14.2.7)."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in _COLOURS.items())
    fonts = f'<a:latin typeface="{text(look.font.name)}"/><a:ea typeface=""/><a:cs typeface=""/>'
    styles = (
        f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<a:theme xmlns:a="{_SPACE}" name="Curbcut"><a:themeElements>'
        f'<a:clrScheme name="Curbcut">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Curbcut"><a:majorFont>{fonts}</a:majorFont><a:minorFont>{fonts}</a:minorFont>'
        f'</a:fontScheme><a:fmtScheme name="Curbcut">{styles}</a:fmtScheme></a:themeElements></a:theme>'
    ).encode()
