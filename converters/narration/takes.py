"""The clips of an episode's lines, in order: from the cache, or spoken, levelled and encoded now.

A line that stands several times, as names do, is spoken once. Speaking goes on in the engine's
processes while clips are encoded here in threads; what is ahead of the listener is bounded, so
memory does not grow with the length of the episode.
"""

import contextlib
import hashlib
from collections import Counter, deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

import msgspec

from converters.errors import SavingError
from converters.narration.cache import ClipCache
from converters.narration.encoding import RECIPE, Clip, encode
from converters.narration.limiter import CEILING, limited
from converters.narration.model import Line, Synthesizer

AHEAD: Final = 4
"""Clips for each job that may be on their way to the encoder, or out of it."""

_MAKING: Final = f"{RECIPE} {CEILING}"


class Takes:
    """Makes the clips of lines; ``samples`` asks for uncompressed sound too."""

    def __init__(self, engine: Synthesizer, cache: ClipCache, jobs: int, *, samples: bool = False) -> None:
        self._engine, self._cache, self._jobs, self._samples = engine, cache, jobs, samples
        self._stamp = f"{engine.version} {_MAKING} {'pcm' if samples else ''}".encode()

    def clips(self, lines: tuple[Line, ...]) -> Generator[Clip, None, None]:
        """Yield the clip of each line. Raises what the engine raises."""
        keys = tuple(map(self.key, lines))
        kept = self._cache.known(keys)
        fresh = {key: line for key, line in zip(keys, lines, strict=True) if key not in kept}
        left = Counter(keys)
        again: dict[str, Clip] = {}
        with contextlib.closing(self._spoken(fresh)) as spoken:
            for key in keys:
                left[key] -= 1
                clip = again.get(key) or self._kept(key, kept) or next(spoken)
                if left[key]:
                    again[key] = clip
                else:
                    again.pop(key, None)
                yield clip

    def key(self, line: Line) -> str:
        """Return what stands for all that the samples and frames of a line depend on."""
        return hashlib.sha256(self._stamp + msgspec.msgpack.encode(line)).hexdigest()

    def _kept(self, key: str, kept: frozenset[str]) -> Clip | None:
        """Return a clip of the cache, None where it is to be spoken."""
        if key not in kept:
            return None
        with contextlib.suppress(msgspec.DecodeError):
            if content := self._cache.get(key):
                return msgspec.msgpack.decode(content, type=Clip)
        self._cache.drop(key)
        raise SavingError("A clip was lost from the cache while it was in use. Run the same command again.")

    def _spoken(self, lines: dict[str, Line]) -> Generator[Clip, None, None]:
        """Yield the clips of lines that are not kept, in order, and keep them."""
        with ThreadPoolExecutor(self._jobs) as threads:
            encoding: deque[tuple[str, Future[Clip]]] = deque()
            for key, samples in self._speech(lines):
                encoding.append((key, threads.submit(self._made, samples)))
                while len(encoding) > AHEAD * self._jobs:
                    yield self._keep(*encoding.popleft())
            while encoding:
                yield self._keep(*encoding.popleft())

    def _speech(self, lines: dict[str, Line]) -> Iterator[tuple[str, bytes]]:
        if not lines:
            return
        with contextlib.closing(self._engine.speak(tuple(lines.values()), self._jobs)) as speech:
            yield from zip(lines, speech, strict=True)

    def _made(self, samples: bytes) -> Clip:
        quiet = limited(samples)
        clip = encode(quiet, self._engine.sample_rate)
        return msgspec.structs.replace(clip, samples=quiet) if self._samples else clip

    def _keep(self, key: str, made: Future[Clip]) -> Clip:
        clip = made.result()
        self._cache.put(key, msgspec.msgpack.encode(clip))
        return clip
