"""Every translation says everything that the English words say."""

import re
from pathlib import Path

import msgspec
import pytest

import converters.phrases
from converters.document import LanguageTag
from converters.phrases import Phrases, phrases_for

from .conftest import Run

FILES = sorted(Path(converters.phrases.__file__).parent.glob("*.toml"))
ENGLISH = msgspec.structs.asdict(phrases_for(LanguageTag("en")))

SPANISH = """\
El puente de abajo

MARTA QUIJANO: Buenas tardes. ¿Quién construyó el puente?

IÑAKI SOLANA: Lo construimos entre todos los vecinos, en un solo invierno.

MARTA QUIJANO: ¿Y quién lo pagó?

IÑAKI SOLANA: Nadie quiso cobrar.
"""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_translation_has_the_same_places_to_fill_in(file: Path) -> None:
    phrases = msgspec.structs.asdict(msgspec.toml.decode(file.read_bytes(), type=Phrases))
    assert phrases["language"] == file.stem
    assert len(phrases["months"].split()) == 12
    places = {name: sorted(re.findall(r"{\w+}", words)) for name, words in phrases.items()}
    assert places == {name: sorted(re.findall(r"{\w+}", words)) for name, words in ENGLISH.items()}


def test_a_language_without_a_translation_has_english_words() -> None:
    assert phrases_for(LanguageTag("he")).language == "en"
    assert phrases_for(LanguageTag("de-AT")).language == "de"


def test_an_episode_in_spanish_is_spanish_throughout(tmp_path: Path, run: Run) -> None:
    (tmp_path / "puente.txt").write_text(SPANISH, encoding="utf-8")
    (tmp_path / "puente.toml").write_text("date = 2025-03-14\n", encoding="utf-8")
    made = run("convert", tmp_path / "puente.txt", "-o", tmp_path / "out", "--to", "html", "--show", "none")
    page = (tmp_path / "out" / "puente" / "puente.html").read_text(encoding="utf-8")
    assert "text-001" not in made.err
    assert '<html lang="es" dir="ltr">' in page
    assert 'lang="en"' not in page
    assert "Publicado el 14 de marzo de 2025" in page
