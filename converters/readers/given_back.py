"""What staff give to a source that does not have it: lost links, sounds that nobody wrote down, other videos."""

from converters.addresses import followable
from converters.document import Video, VideoKind
from converters.readers import ReadContext
from converters.readers.inlines import with_sound_put_in
from converters.readers.pieces import Piece, one_space
from converters.settings import Episode, LostLink, VideoFacts


def with_sounds(pieces: tuple[Piece, ...], context: ReadContext) -> tuple[Piece, ...]:
    """Return the pieces with the sounds that staff name; one whose words are nowhere is a finding."""
    for sound in context.options.episode.sounds:
        for index, piece in enumerate(pieces):
            if with_it := with_sound_put_in(piece, sound):
                pieces = (*pieces[:index], with_it, *pieces[index + 1 :])
                break
        else:
            context.report.add("read-012", f"“{sound.before or sound.after or sound.description}” under [[sounds]]")
    return pieces


def videos_of(episode: Episode) -> tuple[Video, ...]:
    """Return the videos that staff have named in the episode's file."""
    told: tuple[tuple[VideoKind, VideoFacts | None], ...] = (
        ("sign-language", episode.sign_language),
        ("described", episode.described_video),
    )
    return tuple(Video(kind, facts.href, facts.name) for kind, facts in told if facts)


def links_found(text: str, context: ReadContext) -> tuple[LostLink, ...]:
    """Return the links of the episode's file whose words are in the text; the others are findings."""
    links = context.options.episode.links
    whole = one_space(text) if links else ""
    for link in links:
        if one_space(link.words) not in whole:
            context.report.add("read-012", f"“{link.words}” under [[links]]")
        if not followable(link.href):
            context.report.add("read-013", f"“{link.href}”")
    return tuple(
        LostLink(one_space(link.words), link.href)
        for link in links
        if one_space(link.words) in whole and followable(link.href)
    )
