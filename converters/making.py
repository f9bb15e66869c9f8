"""Which editions of an episode are not current, and making those: written, and proved before anything is saved."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from converters.checks.parity import prove
from converters.currency import Origin
from converters.document import Document
from converters.errors import CurbcutError, MissingPartError, UsageError
from converters.findings import Finding, Report
from converters.recording_times import has_recording_times
from converters.settings import Options
from converters.shelf import Edition, Shelf
from converters.writers import WriteContext, Writer
from converters.writers.origin import is_narrated

if TYPE_CHECKING:
    from converters.narration.kept import Kept

Step = Literal["reading", "speaking", "writing", "saving"]
Progress = Callable[[Step, int, int], None]
"""Told of a step, how much of it is done, and of how much."""


class Failures:
    """Why editions were not made, each with the name of its format."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: dict[str, CurbcutError] = {}

    @property
    def found(self) -> tuple[tuple[str, CurbcutError], ...]:
        """The formats and their failures, in the order in which they came."""
        return tuple(self._found.items())

    def concern(self, writer: Writer) -> bool:
        """Tell whether this edition was not made."""
        return writer.name in self._found

    @contextlib.contextmanager
    def costing(self, formats: Iterable[str]) -> Iterator[None]:
        """Let what goes wrong inside cost these formats, and nothing else."""
        try:
            yield
        except UsageError:
            raise  # what was asked for does not exist: nothing is made, so that it can be put right
        except CurbcutError as error:
            self._found |= dict.fromkeys(formats, error)
        except ImportError as error:
            missing = MissingPartError(f"The library {error.name} is not on this machine. See: curbcut doctor")
            self._found |= dict.fromkeys(formats, missing)


class Making(msgspec.Struct, frozen=True):
    """An episode whose editions are to be made: from what, and what of it lies there already.

    ``heard`` are the findings of speech, which stand with every edition that has it; ``spoken`` is what stays of it.
    """

    document: Document
    origin: Origin
    shelf: Shelf
    context: WriteContext
    heard: tuple[Finding, ...] = ()
    spoken: "Kept | None" = None

    def with_context(self, context: WriteContext) -> "Making":
        """Return the same with another context."""
        return msgspec.structs.replace(self, context=context)

    @property
    def lacking(self) -> tuple[Writer, ...]:
        """The editions that are not there, or were made from something else."""
        return tuple(writer for writer in self.context.siblings if not self.shelf.has(writer, self._made_from(writer)))

    @property
    def outdated(self) -> tuple[Writer, ...]:
        """The same, with those that name others than are made with them now."""
        siblings, lacking = self.context.siblings, self.lacking
        return tuple(w for w in siblings if w in lacking or not self.shelf.has_beside(w, siblings))

    def _made_from(self, writer: Writer) -> str:
        return self.origin.digest(writer.name, is_narrated=expects_narration(writer, self.document, self.context))

    def all_made(self, failures: Failures, progress: Progress) -> tuple[Edition, ...]:
        """Make what is outdated, and keep what says what the transcript says.

        Editions name each other. Where one could not be made, those that named it are made again,
        so that none of them leads to a file that is not there.
        """
        wanted = tuple(writer for writer in self.context.siblings if not failures.concern(writer))
        now = self.with_context(msgspec.structs.replace(self.context, siblings=wanted))
        lacking = now.lacking
        made = now._made(lacking, failures, progress)  # noqa: SLF001 - its own class
        if len(made) == len(lacking):
            rest = tuple(writer for writer in now.outdated if writer not in lacking)
            made += now._made(rest, failures, progress)  # noqa: SLF001
            if len(made) == len(lacking) + len(rest):
                return made
        return now.all_made(failures, progress)

    def _made(self, writers: tuple[Writer, ...], failures: Failures, progress: Progress) -> tuple[Edition, ...]:
        made: list[Edition] = []
        for done, writer in enumerate(writers):
            progress("writing", done, len(writers))
            with failures.costing((writer.name,)):
                made.append(self._one(writer))
        return tuple(made)

    def _one(self, writer: Writer) -> Edition:
        """Write an edition and prove it. Raises ``CurbcutError`` or ``ImportError`` where that cannot be done."""
        report, context = Report(), self.context
        artifacts = writer.load()(self.document, msgspec.structs.replace(context, report=report))
        content, *further = (artifact.content for artifact in artifacts)
        braille = context.options.braille
        ledger = prove(writer.name, content, self.document, self.spoken, tuple(further), braille)
        heard = self.heard if is_narrated(writer, context, artifacts[0].timeline) else ()
        return Edition(writer, artifacts, ledger, context.siblings, (*heard, *report.findings))


def is_read_aloud(writer: Writer, options: Options) -> bool:
    """Tell whether an edition was asked for that cannot be had without a narration."""
    return writer.narration == "needs" or (options.aloud and writer.narration == "uses")


def expects_narration(writer: Writer, document: Document, context: WriteContext) -> bool:
    """Tell whether an edition will have the narration in it, or be in step with it, if nothing goes wrong."""
    if writer.narration == "ignores" or (writer.timed and has_recording_times(document)):
        return False
    if writer.plays and writer.plays not in {sibling.name for sibling in context.siblings}:
        return False
    return any(is_read_aloud(sibling, context.options) for sibling in context.siblings)
