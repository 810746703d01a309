"""What a telephone heard: its RTP put together to sound, and where in it a sentence was spoken.

A sentence is found by correlation with the very same sentence spoken by espeak-ng into a file: first roughly, by how
loud it is from moment to moment, then sample by sample. 1 is the same sound; a sentence comes to 0.99 through a real
call, other words to 0.1.
"""

from __future__ import annotations

import subprocess
import wave
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from pathlib import Path
from typing import Final

RATE: Final = 8000
ULAW: Final = 0
FRAME: Final = 80
"""Samples of a moment: a hundredth of a second."""


PIECE: Final = RATE
"""Another day or another dollar spoils a piece of a second, though hardly the sentence."""
SAME, OTHER = 0.9, 0.3
"""The same sound; other words."""


@dataclass(frozen=True)
class Found:
    """How alike the whole is, and the piece of it that is least so."""

    likeness: float
    weakest: float
    at_seconds: float

    @property
    def was_said(self) -> bool:
        return self.weakest > SAME


def sound(tape: Path, port: int) -> array[int]:
    """All that went to the telephone's port, with silence where nothing was sent."""
    packets = [line.split() for line in tape.read_text().splitlines()[1:] if line.startswith(f"{port} ")]
    spoken = [(int(stamp), bytes.fromhex(payload)) for _, _, stamp, kind, payload in packets if int(kind) == ULAW]
    if not spoken:
        return array("h")
    first = spoken[0][0]
    heard = array("h", bytes(2 * (max(stamp - first + len(payload) for stamp, payload in spoken))))
    for stamp, payload in spoken:
        heard[stamp - first : stamp - first + len(payload)] = array("h", (_LINEAR[byte] for byte in payload))
    return heard


def speech(root: Path, voice: str, text: str, folder: Path) -> array[int]:
    """The sentence as espeak-ng speaks it, with the settings of the exchange, at the rate of a telephone."""
    made, told = folder / "spoken.wav", folder / "telephone.wav"
    done = subprocess.run(["chroot", str(root), "espeak-ng", "-v", voice, "--stdout", "--", text],
                          capture_output=True, check=True)
    made.write_bytes(done.stdout)
    subprocess.run(["sox", "--ignore-length", str(made), "-r", str(RATE), "-c", "1", "-b", "16", str(told)], check=True,
                   stderr=subprocess.DEVNULL)
    with wave.open(str(told)) as file:
        return array("h", file.readframes(file.getnframes()))


def find(sentence: Sequence[int], heard: Sequence[int]) -> Found:
    """Where in what was heard the sentence is most alike, and how much."""
    sentence = _without_silence(sentence)
    moments, pattern = _loudness(heard), _loudness(sentence)
    rough = max(range(len(moments) - len(pattern) + 1), default=0,
                key=lambda start: _likeness(pattern, moments[start : start + len(pattern)]))
    begin, end = max(0, rough * FRAME - 2 * FRAME), rough * FRAME + 2 * FRAME
    excerpt = sentence[: 2 * RATE]
    at = max(range(begin, min(end, len(heard) - len(excerpt)) + 1), default=0,
             key=lambda start: _likeness(excerpt, heard[start : start + len(excerpt)]))
    spoken = heard[at : at + len(sentence)]
    starts = range(0, max(1, len(sentence) - PIECE + 1), PIECE)
    weakest = min(_likeness(sentence[start : start + PIECE], spoken[start : start + PIECE]) for start in starts)
    return Found(_likeness(sentence, spoken), weakest, at / RATE)


def _likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """The correlation coefficient; 0 where one of them is silence or too short."""
    size = len(one)
    if len(other) != size or not size:
        return 0.0
    mean, mean_other = sum(one) / size, sum(other) / size
    together = sum(map(mul, one, other)) - size * mean * mean_other
    power = sum(map(mul, one, one)) - size * mean**2
    power_other = sum(map(mul, other, other)) - size * mean_other**2
    return together / (power * power_other) ** 0.5 if power > 0 and power_other > 0 else 0.0


def _loudness(samples: Sequence[int]) -> list[int]:
    starts = range(0, len(samples) - FRAME + 1, FRAME)
    return [sum(map(abs, samples[start : start + FRAME])) // FRAME for start in starts]


def _without_silence(samples: Sequence[int]) -> Sequence[int]:
    loud = [place for place, sample in enumerate(samples) if abs(sample) > 100]
    return samples[loud[0] : loud[-1] + 1]


def _linear(byte: int) -> int:
    """One byte of G.711 mu-law."""
    byte = ~byte & 0xFF
    size = (((byte & 0x0F) << 3) + 132 << (byte >> 4 & 7)) - 132
    return -size if byte & 0x80 else size


_LINEAR = [_linear(byte) for byte in range(256)]
