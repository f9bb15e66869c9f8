"""Which Curbcut this is, as every edition and the manifest say."""

from typing import Final

VERSION: Final = "0.1.0"
TOOL: Final = f"curbcut {VERSION}"
