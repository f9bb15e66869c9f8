"""An engine process that speaks the protocol and misbehaves where a line's words ask for it.

``silent``, ``short``, ``nothing``, ``broken``, ``crash``; with ``once`` before it, only the first time.
"""

import json
import os
import sys
import wave
from pathlib import Path

RATE = 22_050


def write(path: Path, samples: bytes, rate: int = RATE) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples)


def fault(text: str, path: Path) -> str:
    words = text.split()
    if words[0] != "once":
        return words[0]
    tried = path.with_suffix(".tried")
    if tried.exists():
        return "well"
    tried.touch()
    return words[1]


def say(text: str, path: Path) -> str:
    loud = b"\x00\x40\x00\xc0" * RATE * len(text)
    match fault(text, path):
        case "silent":
            write(path, bytes(len(loud)))
        case "short":
            write(path, loud[:400])
        case "slow":
            write(path, loud, 8_000)
        case "broken":
            path.write_bytes(b"RIFF")
        case "refused":
            return "no such voice"
        case "crash":
            os._exit(9)
        case "nothing":
            pass
        case _:
            write(path, loud)
    return ""


def send(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


send({"engine": "fake 1", "voices": [["gmw/en-us", "en-us", "English"]]})
for row in sys.stdin:
    request = json.loads(row)
    if "line" in request:
        failure = say(request["text"], Path(request["path"]))
        send({"line": request["line"], "failure": failure})
