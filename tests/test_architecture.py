"""The picture of the house holds: who may import whom, who prints, what is loaded when."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import ROOT

PACKAGE = ROOT / "converters"

LAYERS = (
    ("timing",),
    ("document",),
    ("addresses", "characters", "errors", "findings", "languages", "version", "stylesheets", "traverse", "identifiers",
     "word_ledger", "pronunciation",
     "sentences", "settings", "provenance", "human_checks",
     "outline", "cover", "quotations", "phrases", "headings", "show_file",
     "recording_times", "recording_chapters",
     "liblouis", "braille_tables", "braille_letters", "braille_cutting", "braille"),
    ("readers", "writers", "narration", "checks"),
    ("published", "sources", "planning", "profiles", "saving", "untranscribed", "episode_facts", "manifest",
     "currency", "shelf", "making", "convert", "assignment", "audition", "checking", "evidence", "checking_words"),
    ("archive",),
    ("cli", "desk", "at_work", "arguments", "argument_values", "asked", "outcome", "progress", "inspection",
     "interview", "doctor", "voices_told", "plan_told", "profiles_told",
     "formats_told", "names_check", "profile_interview", "lexicon_text", "checking_told", "__main__"),
)  # fmt: skip
"""From below upward; a part imports its own layer and those below it."""

STRANGERS = {
    "readers": {"writers", "narration", "checks"},
    "writers": {"readers", "checks"},
    "narration": {"readers", "writers", "checks"},
    "checks": {"readers", "writers"},
}
"""Neighbours in one layer that may not know each other."""

SHARED_BY_WRITERS = {
    *("markup", "xhtml", "parts", "additions", "newer_audio", "sound_files", "read_along"),
    *("toolbar", "find_in_page", "one_person", "reading_settings", "place_kept", "typeface"),
    *("timed", "cues", "caption_pieces", "phrase_ends", "feed"),
    *("page_contents", "wordpress_text", "print_standards"),
    *("chapter_files", "braille_edition", "braille_names", "braille_pages", "braille_text"),
    *("id3", "piece_files", "heard", "zip_entries", "origin", "accessibility"),
}
ROOMS_OF_THE_BOOK = {
    *("epub", "epub_aloud", "epub_container", "epub_cover", "epub_navigation", "epub_package", "overlays"),
}
"""The book is one format in several files."""
ROOMS_OF_TALKING_BOOKS = {
    *("talking_book", "talking_blocks", "talking_parts", "talking_levels", "talking_sound", "talking_facts"),
    *("talking_files", "daisy202", "daisy202_text", "daisy3", "daisy3_text", "daisy3_package"),
}
"""Two formats of one book, that share all but their markup."""
ROOMS_OF_PRINT = {"pdf", "print_dials", "print_pages", "print_metadata", "print_tags", "print_volumes", "typefaces"}
"""So is large print."""
ROOMS_OF_EBRAILLE = {"ebraille", "ebraille_manner", "ebraille_package", "ebraille_text"}
"""And braille for displays."""
ROOMS_OF_WORD = {
    *("docx", "docx_added", "docx_body", "docx_look", "docx_markup", "docx_package", "docx_parts", "docx_styles"),
    *("docx_text", "docx_theme"),
}
"""So is the Word edition."""
ROOMS_OF_THE_AUDIOBOOK = {"lpf", "lpf_manifest"}
"""And the audiobook."""

HEAVY = {
    "weasyprint": "writers/pdf.py",
    "pydyf": ("writers/print_metadata.py", "writers/print_tags.py"),  # what is said, and the tags
    "fontTools": "writers/typefaces.py",
    "ebooklib": "writers/epub_package.py",
    "pyttsx3": "narration/voice_process.py",
    "piper": "narration/piper_process.py",
    "onnxruntime": "narration/piper_process.py",
    "numpy": "narration/natural_sound.py",
    "lameenc": "narration/encoding.py",
    "pypdfium2": ("checks/pdf_pages.py", "checks/reading_back/print_text.py", "checks/structure/prints.py"),
    "pycld2": "readers/language.py",
    "charset_normalizer": "readers/decoding.py",
    "markdown_it": "readers/markdown_parser.py",
    "docx": ("readers/word_package.py", "writers/docx_package.py"),  # Word files are read, and made
    "yaml": "readers/front_matter.py",
    "webvtt": "readers/captions.py",
    "sentencex": "sentences.py",
    "av": "narration/libav.py",
    "PIL": "cover.py",
    "distributed": "archive/cluster.py",
    "fsspec": "archive/object_store.py",
}

MODULES = sorted(PACKAGE.rglob("*.py"))


def _part(name: str) -> str:
    return name.split(".")[1] if "." in name else "__init__"


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(tree: ast.AST) -> Iterator[str]:
    """Yield the full names of modules (and of what is taken from them) that a module imports anywhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative imports hide where a module stands"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


IDS = [_name(path) for path in MODULES]


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_imports_go_down_the_picture_and_never_up(path: Path) -> None:
    heights = {part: height for height, parts in enumerate(LAYERS) for part in parts}
    own = _part(_name(path))
    if own == "__init__":
        return
    for name in _imports(_tree(path)):
        if name.split(".")[0] == "converters":
            assert heights[_part(name)] <= heights[own], name
            assert _part(name) not in STRANGERS.get(own, set()), name


def test_every_module_has_its_place_in_the_picture() -> None:
    placed = {part for parts in LAYERS for part in parts}
    assert {_part(name) for name in IDS} - {"__init__"} <= placed


def test_the_model_imports_nothing_of_ours_but_timing() -> None:
    ours = {name for name in _imports(_tree(PACKAGE / "document.py")) if name.startswith("converters")}
    assert {_part(name) for name in ours} == {"timing"}


@pytest.mark.parametrize("folder", ["readers", "writers"])
def test_one_format_knows_nothing_of_another(folder: str) -> None:
    import converters.readers
    import converters.writers

    table = converters.readers.TABLE if folder == "readers" else converters.writers.TABLE
    formats = {row.function.partition(":")[0] for row in table}
    for name in formats:
        path = ROOT / Path(*name.split(".")).with_suffix(".py")
        if path.exists():
            others = formats - {name}
            assert not [used for used in _imports(_tree(path)) if any(used.startswith(f"{o}.") for o in others)]


@pytest.mark.parametrize("path", sorted((PACKAGE / "writers").glob("*.py")), ids=lambda path: path.stem)
def test_writers_share_nothing_but_the_markup(path: Path) -> None:
    used = {name.split(".")[2] for name in _imports(_tree(path)) if name.startswith("converters.writers.")}
    modules = {module.stem for module in (PACKAGE / "writers").glob("*.py")}
    houses = (
        *(ROOMS_OF_THE_BOOK, ROOMS_OF_TALKING_BOOKS, ROOMS_OF_PRINT, ROOMS_OF_EBRAILLE, ROOMS_OF_WORD),
        ROOMS_OF_THE_AUDIOBOOK,
    )
    rooms = next((rooms for rooms in houses if path.stem in rooms), set())
    assert used & modules <= SHARED_BY_WRITERS | rooms


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_only_the_command_prints(path: Path) -> None:
    if path.name in {
        "cli.py",
        "voice_process.py",
        "phoneme_process.py",
        "java_process.py",
        "python_process.py",
        "own_process.py",
    }:  # the voice and the checkers have processes of their own, which speak through their pipes
        return
    for node in ast.walk(_tree(path)):
        assert not (isinstance(node, ast.Name) and node.id in {"print", "input"}), node.lineno
        assert not (isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr"} and _is_sys(node)), (
            node.lineno
        )


def _is_sys(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "sys"


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_only_saving_and_the_command_put_files_anywhere(path: Path) -> None:
    """A writer returns bytes; the staging folder is filled by saving, and by narration, whose audio is long.

    A run over an archive keeps a record and a lock, and an interview writes down what was answered.
    """
    own = _part(_name(path))
    if own in {"saving", "archive", "cli", "interview", "profile_interview", "progress", "narration"}:
        return
    calls = [node.func for node in ast.walk(_tree(path)) if isinstance(node, ast.Call)]
    names = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    assert not names & {"write_bytes", "write_text", "mkdir", "unlink", "rmtree", "rename"}


@pytest.mark.parametrize("library", HEAVY)
def test_each_heavy_library_is_imported_in_one_file(library: str) -> None:
    used = [
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if any(name.split(".")[0] == library for name in _imports(_tree(path)))
    ]
    places = HEAVY[library]
    assert used in ([], [places] if isinstance(places, str) else list(places))


LOADED = """
import sys
from converters.cli import main
main(["convert", sys.argv[1], "-o", sys.argv[2], "--to", "html"])
print("\\n".join(sorted({name.split(".")[0] for name in sys.modules})))
"""
NOT_FOR_HTML = {
    "weasyprint",
    "ebooklib",
    "pyttsx3",
    "lameenc",
    "av",
    "pypdfium2",
    "mutagen",
    "PIL",
    "fontTools",
    "numpy",
    "typing_extensions",
}


def test_a_run_that_makes_only_html_loads_no_heavy_library(source: Path, out: Path) -> None:
    command = [sys.executable, "-c", LOADED, str(source), str(out)]
    loaded = set(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.splitlines())
    assert "converters" in loaded
    assert not loaded & NOT_FOR_HTML


def test_asking_for_help_loads_no_library_of_any_format() -> None:
    asked = "import sys, converters.cli; print(*sys.modules, sep='\\n')"
    command = [sys.executable, "-c", asked]
    loaded = set(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.splitlines())
    assert not loaded & {*HEAVY, "lxml", "anyascii", "platformdirs"}


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_no_file_and_no_function_is_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, node.name


def test_no_module_is_named_for_nothing() -> None:
    assert not {path.stem for path in MODULES} & {"utils", "helpers", "base", "common", "misc"}
