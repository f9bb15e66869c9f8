"""The episode and the captions, converted once."""

from pathlib import Path

import pytest

from converters.cli import main

from .episode import CAPTIONS, SHOW, TIDE

SILENT = "html,html-fragment,epub,pdf,txt,json,docx,brf,pef,ebraille"
TIMED = "json,vtt,srt,podcast-json,chapters-json"

SPOKEN = "json,html,epub,mp3,m4b,opus,mp3-set,lpf,daisy202,daisy3"


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mutations")
    (folder / "show.toml").write_text(SHOW, encoding="utf-8")
    (folder / "tide.md").write_text(TIDE, encoding="utf-8")
    (folder / "talk.vtt").write_text(CAPTIONS, encoding="utf-8")
    (folder / "talk.toml").write_text('title = "The Clock in the Harbour"\nlanguage = "en"\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def silent(sources: Path) -> Path:
    """The editions that nobody speaks."""
    assert main(["convert", str(sources / "tide.md"), "-o", str(sources / "silent"), "--to", SILENT]) == 0
    return sources / "silent" / "tide"


@pytest.fixture(scope="session")
def timed(sources: Path) -> Path:
    """Timed text, with the times of the show's own recording."""
    assert main(["convert", str(sources / "talk.vtt"), "-o", str(sources / "timed"), "--to", TIMED]) == 0
    return sources / "timed" / "talk"


@pytest.fixture(scope="session")
def narrated(sources: Path) -> Path:
    """The editions that are heard, in the embedded voice."""
    assert main(["convert", str(sources / "tide.md"), "-o", str(sources / "narrated"), "--to", SPOKEN]) == 0
    return sources / "narrated" / "tide"
