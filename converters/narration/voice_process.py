"""The process that holds the speech engine: a request a line comes in, a reply a line goes out.

It is started as a file of its own and imports nothing of ours, so that it is up as soon as
Python is. All lines are JSON, and the first one is its own:

    ← {"engine": "eSpeak NG 1.52.0", "variants": ["f2", …], "voices": [[id, language, name], …]}
    → {"jobs": 3}                                               how many lines may be at work at once
    → {"line": 7, "text", "voice", "rate", "volume", "path", "seconds"}
    ← {"line": 7, "failure": ""}                                the wave stands at ``path``, or why it does not

Where there is ``fork`` and espeak-ng, a fresh child of this warm process speaks each line: espeak-ng carries state from
one utterance to the next, and this is what makes the samples of a line depend on that line alone. The engine is opened
here, in the mode that starts no thread: a child forked from a process with pyttsx3's usual thread waits for ever, and
settings that pass through it reach espeak-ng now before and now after the text. Elsewhere (the voices of macOS and
Windows) one line is spoken after the other.

The process ends when its input ends or its parent is gone, and ends its children first.
"""

import contextlib
import ctypes
import functools
import gc
import json
import os
import selectors
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Final, NoReturn, TypedDict

PARENT_WATCH: Final = 0.5
"""Seconds between looks for the parent: its end shows as the end of input, unless others hold that open."""
RANDOM_SEED: Final = 1
"""The breath in some voices is noise; espeak-ng seeds it from the clock unless told otherwise."""
LONGEST_DATA_PATH: Final = 110
"""espeak-ng keeps 160 bytes for a path, the names of voices included; a longer one finds no voice."""

USUAL_PITCH: Final = "50"
PR_SET_PDEATHSIG: Final = 1

Send = Callable[[object], None]
Say = Callable[["Request"], None]


class Request(TypedDict):
    """One line: ``rate`` in words a minute, ``volume`` in per cent, ``seconds`` the longest it may take."""

    line: int
    text: str
    voice: str
    rate: int
    volume: int
    path: str
    seconds: float


def main(arguments: list[str]) -> int:
    """Say what engine this is, then serve requests until the input ends."""
    send = claim_stdout()
    try:
        library = None if "--in-turn" in arguments else load_espeak()
        if library is not None and hasattr(os, "fork"):
            _speak_in_children(library, send)
        else:
            _speak_in_turn(send)
    except Exception as error:  # noqa: BLE001 - whatever an engine raises, the main process must hear of it
        send({"failure": _told(error)})
        return 1
    return 0


def claim_stdout() -> Send:
    """Keep the real stdout for replies: pyttsx3 prints to what others call stdout."""
    replies = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def send(message: object) -> None:
        os.write(replies, json.dumps(message).encode() + b"\n")

    return send


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


# which library ----------------------------------------------------------------------------


def load_espeak() -> ctypes.CDLL | None:
    """Load the newer of the system's espeak-ng and the one from PyPI, which has data of its own.

    pyttsx3 asks for ``libespeak-ng.so.1`` and is given what is loaded under that name, so the
    other one is closed again: 3 ms for certainty. None where neither goes by that name.
    """
    system = _opened("libespeak-ng.so.1")
    bundled, data = _bundled_espeak()
    if bundled is None or (system is not None and _version(system) > _version(bundled)):
        _close(bundled)
        return system
    _close(system)
    if len(data.encode()) > LONGEST_DATA_PATH:
        os.chdir(os.path.dirname(data))  # noqa: PTH120 - pathlib takes 5 ms to load
        data = "."
    os.environ["ESPEAK_DATA_PATH"] = data
    return bundled


def _bundled_espeak() -> tuple[ctypes.CDLL | None, str]:
    if not sys.platform.startswith("linux"):
        return None, ""  # elsewhere pyttsx3 would not find it, and the system has voices
    with contextlib.suppress(ImportError):
        import espeakng_loader  # type: ignore[import-untyped]  # none exist

        return _opened(espeakng_loader.get_library_path()), espeakng_loader.get_data_path()
    return None, ""


def _opened(path: str) -> ctypes.CDLL | None:
    with contextlib.suppress(OSError):
        return ctypes.CDLL(path)
    return None


def _close(library: ctypes.CDLL | None) -> None:
    if library is not None:
        import _ctypes

        _ctypes.dlclose(library._handle)  # noqa: SLF001 - ctypes closes nothing by itself


def _version(library: ctypes.CDLL) -> tuple[int, ...]:
    return tuple(map(int, _version_text(library).removesuffix("-dev").split(".")))


def _version_text(library: ctypes.CDLL) -> str:
    library.espeak_Info.restype = ctypes.c_char_p
    text: bytes = library.espeak_Info(None)
    return text.decode().split()[0]


# a fresh child for every line -----------------------------------------------------------------


def _speak_in_children(library: ctypes.CDLL, send: Send) -> None:
    """Open the engine for all children, with its voices listed: reading them takes a child 6 ms."""
    from pyttsx3.drivers import _espeak, espeak  # type: ignore[import-untyped]  # none exist

    if _espeak.Initialize(_espeak.AUDIO_OUTPUT_SYNCHRONOUS) < 0:
        raise RuntimeError("eSpeak NG finds none of its data")
    espeak.EspeakDriver._moduleInitialized = True  # noqa: SLF001 - it would open the engine again, with a thread
    espeak.EspeakDriver._defaultVoice = None  # noqa: SLF001 - each line names its voice
    espeak.EspeakDriver._data_buffer = property(_samples, _set_samples)  # noqa: SLF001 - see there
    voices = _voices(espeak.EspeakDriver)
    gc.collect()
    gc.freeze()  # so that a child touches, and copies, fewer pages
    send({"engine": f"eSpeak NG {_version_text(library)}", "variants": _variants(library), "voices": voices})
    Children(send, _say).serve()


def _variants(library: ctypes.CDLL) -> list[str]:
    """Return what can be put on any voice, as ``f2`` in ``gmw/en-us+f2``."""
    data = ctypes.c_char_p()
    library.espeak_Info(ctypes.byref(data))
    folder = os.path.join((data.value or b"").decode(), "voices", "!v")  # noqa: PTH118 - pathlib takes 5 ms to load
    return sorted(os.listdir(folder))  # noqa: PTH208 - likewise


class Children:
    """The children at work, and the requests that wait for one."""

    def __init__(self, send: Send, say: Say) -> None:
        self._send, self._say = send, say
        self._waiting: deque[Request] = deque()
        self._at_work: dict[int, tuple[int, Request]] = {}
        self._heard: dict[int, bytes] = {}
        self._jobs, self._input, self._input_open = 1, b"", True
        self._selector = selectors.DefaultSelector()

    def serve(self) -> None:
        """Take requests and hear children until input or parent is gone."""
        parent = os.getppid()
        self._selector.register(0, selectors.EVENT_READ)
        while self._input_open and os.getppid() == parent:
            for key, _ in self._selector.select(PARENT_WATCH):
                self._hear(key.fd) if key.fd else self._take_requests()
            while self._waiting and len(self._at_work) < self._jobs:
                self._start(self._waiting.popleft())
        for pid, _ in self._at_work.values():
            os.kill(pid, signal.SIGKILL)

    def _take_requests(self) -> None:
        arrived = os.read(0, 1 << 16)
        self._input_open = bool(arrived)
        *rows, self._input = (self._input + arrived).split(b"\n")
        for request in map(json.loads, rows):
            if "jobs" in request:
                self._jobs = request["jobs"]
            else:
                self._waiting.append(request)

    def _start(self, request: Request) -> None:
        pid, pipe = _fork(request, self._say)
        self._at_work[pipe] = pid, request
        self._heard[pipe] = b""
        self._selector.register(pipe, selectors.EVENT_READ)

    def _hear(self, pipe: int) -> None:
        """Read what a child says of itself; the end of its pipe is its own end."""
        said = os.read(pipe, 1 << 12)
        self._heard[pipe] += said
        if said:
            return
        self._selector.unregister(pipe)
        os.close(pipe)
        pid, request = self._at_work.pop(pipe)
        _, status = os.waitpid(pid, 0)
        self._send({"line": request["line"], "failure": _failure(status, self._heard.pop(pipe))})


def _failure(status: int, said: bytes) -> str:
    if status == 0:
        return ""
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
        return "it took too long"
    if os.WIFSIGNALED(status):
        return f"the engine was ended by signal {os.WTERMSIG(status)}"
    return said.decode(errors="replace") or "the engine stopped"


def _fork(request: Request, say: Say) -> tuple[int, int]:
    """Return the id of a child that speaks a line, and the pipe on which it tells what went wrong."""
    parent = os.getpid()
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        _speak_and_end(request, say, parent, writer)
    os.close(writer)
    return pid, reader


def _speak_and_end(request: Request, say: Say, parent: int, writer: int) -> NoReturn:
    """Speak as a child, not longer than the line may take, and not longer than the parent lives."""
    status = 1
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, request["seconds"])
        if sys.platform.startswith("linux"):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == parent:  # else it ended before we asked to be told
            say(request)
            status = 0
    except BaseException as error:  # noqa: BLE001 - a child tells what went wrong and ends, whatever it was
        os.write(writer, _told(error).encode()[:2000])
    finally:
        os._exit(status)


def _say(request: Request) -> None:
    """Speak into the file, with voice, rate, pitch and noise settled before the first word."""
    import pyttsx3  # type: ignore[import-untyped]  # none exist
    from pyttsx3.drivers import _espeak

    engine = pyttsx3.init("espeak")
    driver = engine.proxy._driver  # noqa: SLF001 - what goes through its queue may come after the text
    for name, value in _properties(request).items():
        driver.setProperty(name, value)
    if hasattr(_espeak.dll, "espeak_ng_SetRandSeed"):  # since 1.52
        _espeak.dll.espeak_ng_SetRandSeed(RANDOM_SEED)
    _espeak.Synth = functools.partial(_synthesize, driver)
    engine.save_to_file(request["text"], request["path"])
    engine.runAndWait()


def _synthesize(driver: Any, text: bytes, flags: int) -> None:
    """Have a text spoken, and its wave written, before this returns.

    The length of the text is its own: pyttsx3 states ten times that, and long texts crash. Phonemes
    in ``[[ ]]`` are said. Without a thread espeak-ng reports no end, so we do: the wave is written then.
    """
    from pyttsx3.drivers import _espeak

    _espeak.cSynth(text, len(text) + 1, 0, _espeak.POS_CHARACTER, 0, flags | _espeak.PHONEMES, None, None)
    events = (_espeak.EVENT * 2)()
    events[0].type = _espeak.EVENT_MSG_TERMINATED
    _espeak.SynthCallback(None, 0, events)
    if driver._speaking:  # noqa: SLF001 - errors in its callback are lost
        raise OSError("the wave could not be written")


def _samples(driver: Any) -> bytearray:
    """Let the driver's samples grow in place: it copies them all for each second that is added."""
    return driver.__dict__.setdefault("samples", bytearray())  # type: ignore[no-any-return]  # set below


def _set_samples(driver: Any, samples: bytes | bytearray) -> None:
    driver.__dict__["samples"] = samples if isinstance(samples, bytearray) else bytearray(samples)


def _properties(request: Request) -> dict[str, object]:
    """Return settings by the driver's names. Our name for a voice may end with a pitch, as in ``gmw/en@70``."""
    voice, _, pitch = request["voice"].partition("@")
    volume = request["volume"] / 100
    return {"voice": voice, "rate": request["rate"], "pitch": int(pitch or USUAL_PITCH), "volume": volume}


# one line after the other -----------------------------------------------------------------------


def _speak_in_turn(send: Send) -> None:
    import pyttsx3

    engine = pyttsx3.init()
    send({"engine": f"pyttsx3 {engine}", "variants": [], "voices": _voices(engine)})
    for row in sys.stdin.buffer:
        request = json.loads(row)
        if "line" in request:
            send({"line": request["line"], "failure": _say_in_turn(engine, request)})


def _voices(engine: Any) -> list[tuple[str, str, str]]:
    return [
        (str(voice.id), str((voice.languages or ["und"])[0]), str(voice.name)) for voice in engine.getProperty("voices")
    ]


def _say_in_turn(engine: Any, request: Request) -> str:
    """Speak into the file; the main process sees to it that there is something in it."""
    limit = threading.Timer(request["seconds"], os._exit, (1,))
    limit.daemon = True
    limit.start()
    try:
        for name in ("voice", "rate"):  # all that the drivers of other systems know, but for the next
            engine.setProperty(name, _properties(request)[name])
        engine.setProperty("volume", min(1.0, request["volume"] / 100))
        engine.save_to_file(request["text"], request["path"])
        engine.runAndWait()
    except Exception as error:  # noqa: BLE001 - each system's driver raises its own
        return _told(error)
    finally:
        limit.cancel()
    return ""


if __name__ == "__main__":
    os._exit(main(sys.argv[1:]))
