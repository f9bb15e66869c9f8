"""Finding a file of ``styles/``: inside the package when installed, else beside it in a checkout."""

from pathlib import Path


def stylesheet(*names: str) -> str:
    """Return the style sheets of those names, one after the other."""
    here = Path(__file__).parent
    folder = here / "styles" if (here / "styles").is_dir() else here.parent / "styles"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)
