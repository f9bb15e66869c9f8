"""What makes a book read itself aloud: an overlay for each content document, its sound, and what is said of it."""

import msgspec

from converters.document import Document
from converters.narration.model import Narration
from converters.phrases import Phrases
from converters.writers import WriteContext
from converters.writers.epub_package import AUDIO, Aloud, Page
from converters.writers.heard import is_wholly_heard, narrators
from converters.writers.overlays import overlay, spoken
from converters.writers.sound_files import sound_files


def read_aloud(
    pages: tuple[Page, ...], document: Document, context: WriteContext
) -> tuple[tuple[Page, ...], Aloud | None]:
    """Return the pages with their overlays; as they were, where nothing in them is heard."""
    narration = context.narration
    if narration is None:
        return pages, None
    files = sound_files(narration, AUDIO)
    heard = spoken(document, narration, {file.track: file.name for file in files}, context.options.rate)
    told = tuple(msgspec.structs.replace(p, overlay=overlay(p.content, p.file, heard)) for p in pages)
    played = {track for page in told if page.overlay for track in page.overlay.tracks}
    if not played:
        return pages, None
    is_whole = is_wholly_heard(document, narration)
    sounds = tuple(file for file in files if file.track in played)
    summary = _summary(context.phrases, narration, is_whole=is_whole)
    return told, Aloud(sounds, narrators(document, narration, context.phrases), summary, is_whole)


def _summary(phrases: Phrases, narration: Narration, *, is_whole: bool) -> str:
    """Return what the accessibility summary says of the sound."""
    how = phrases.read_aloud_by_people if narration.timeline == "recording" else phrases.read_aloud
    return how if is_whole else f"{how} {phrases.read_aloud_in_part}"
