"""Reads a PDF back, with a program that had no part in making it."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass

from tests.support import programs

MILLIMETRE = 72 / 25.4
_DIRECTIONS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">')


@dataclass(frozen=True)
class Box:
    """Where a word stands, in millimetres from the upper left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float


def text_of(pdf: bytes) -> str:
    """The words in reading order, without directional marks, with Arabic letters in their basic forms."""
    return " ".join(unicodedata.normalize("NFKC", _DIRECTIONS.sub("", _pdftotext(pdf))).split())


def boxes_of(pdf: bytes) -> list[Box]:
    found = _WORD.findall(_pdftotext(pdf, "-bbox"))
    return [Box(*(float(edge) / MILLIMETRE for edge in edges)) for edges in found]


def words_of(pdf: bytes, word: str) -> list[Box]:
    """Where `word` stands, each time."""
    found = re.findall(_WORD.pattern + re.escape(word) + "</word>", _pdftotext(pdf, "-bbox"))
    return [Box(*(float(edge) / MILLIMETRE for edge in edges)) for edges in found]


def _pdftotext(pdf: bytes, *options: str) -> str:
    if not shutil.which("pdftotext"):
        programs.cannot_run("pdftotext is not here")
    command = ["pdftotext", "-enc", "UTF-8", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
