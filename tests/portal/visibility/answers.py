"""All that an answer tells: its body, unpacked and read, and its headers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse


def told(response: Any) -> str:
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{headers}\n{_text(_body(response))}"


def _body(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def _text(body: bytes) -> str:
    if not body.startswith(b"PK\x03\x04"):
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return "\n".join([*packed.namelist(), *(_text(packed.read(each)) for each in packed.namelist())])


class Marks:
    """Finds marks in what was told: words anywhere, longer ones first, numbers where no other digit stands beside
    them."""

    def __init__(self, marks: Iterable[str]) -> None:
        words: list[str] = []
        numbers: list[str] = []
        for each in marks:
            (numbers if each[0].isdigit() else words).append(each)
        self._words = sorted(words, key=len, reverse=True)
        self._numbers = re.compile(rf"(?<![\d.])(?:{'|'.join(map(re.escape, numbers))})(?!\d)")

    def found(self, text: str) -> set[str]:
        found, left = set(self._numbers.findall(text)), text.lower()
        for each in self._words:
            if each.lower() in left:
                found.add(each)
                left = left.replace(each.lower(), " ")
        return found
