"""The show's lexicon from one notation into the other: show.toml to W3C PLS, and PLS to lines for show.toml."""

import json
from pathlib import Path

import msgspec

from converters.document import UNDETERMINED, Document, LanguageTag, Metadata
from converters.errors import UsageError
from converters.narration.lexicon import Lexicon, lexicon_of
from converters.narration.pls import pls_document, read_pls
from converters.pronunciation import Pronunciation, written
from converters.settings import Options, Show, load_show


class Converted(msgspec.Struct, frozen=True):
    """A lexicon in its other notation, and what to know of it, a line each."""

    text: str
    remarks: tuple[str, ...]


def converted(path: Path, show_file: Path | None, language: LanguageTag | None) -> Converted:
    """Return a show.toml's lexicon as PLS, or a PLS document as lines for ``show_file``.

    ``language`` says of which language the entries of a PLS document are to be, where not the
    show's. Raises ``UsageError`` where the file cannot be read as either.
    """
    if path.suffix.lower() == ".toml":
        return _exported(load_show(path), path, language)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}). Check the name and its permissions.") from error
    return _imported(content, path, load_show(show_file) if show_file else Show(), show_file)


def _exported(show: Show, path: Path, language: LanguageTag | None) -> Converted:
    wanted = language or show.language
    if wanted is None:
        raise UsageError(f'{path}: for which language is this lexicon? Put language = "…" there, or add --language.')
    lexicon = lexicon_of_show(show)
    found = lexicon.in_language(wanted)
    if not found:
        raise UsageError(f"{path}: nothing under [lexicon] and no pronunciation of a person is for “{wanted}”.")
    others = len(lexicon.entries) - len(found)
    remarks = (f"{others} entries for other languages are not in it; take them with --language.",) if others else ()
    return Converted(pls_document(lexicon, wanted).decode(), (f"{len(found)} entries.", *remarks))


def lexicon_of_show(show: Show) -> Lexicon:
    """Return what a show says of words and people, whatever the episode."""
    return lexicon_of(Document(Metadata(language=show.language or UNDETERMINED), (), ()), Options(show=show))


def _imported(content: bytes, path: Path, show: Show, show_file: Path | None) -> Converted:
    read = read_pls(content, str(path))
    other = show.language is not None and read.language.split("-")[0].lower() != show.language.split("-")[0].lower()
    lines, same = ["[lexicon]"], 0
    for word, said in read.entries:
        entry = Pronunciation(said.respelling, said.ipa, read.language) if other else said
        there = show.lexicon.get(word)
        same += there == entry
        if there is None:
            lines.append(f"{_key(word)} = {written(entry)}")
        elif there != entry:
            lines.append(f"# {_key(word)} = {written(entry)}  # {show_file} has {written(there)}")
    remarks = [f"{len(read.entries)} entries for texts in “{read.language}”."]
    remarks += [f"{same} of them are in {show_file} already."] if same else []
    remarks += [f"Left out: {reason}." for reason in read.left_out]
    return Converted("\n".join(lines) + "\n", tuple(remarks))


def _key(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)
