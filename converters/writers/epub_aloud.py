"""What makes a book read itself aloud: an overlay for each content document, its sound, and what is said of it."""

import msgspec

from converters.document import Document
from converters.writers import WriteContext
from converters.writers.epub_package import AUDIO, Aloud, Page
from converters.writers.heard import is_wholly_heard, narrators, sound_summary
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
    is_recorded = narration.timeline == "recording"
    sounds = tuple(file for file in files if file.track in played)
    summary = sound_summary(context.phrases, narration, is_whole=is_whole)
    return told, Aloud(sounds, narrators(document, narration, context.phrases), summary, is_whole, is_recorded)
