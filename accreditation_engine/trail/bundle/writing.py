"""Making the zip: file after file, each known by its digest, the same bytes for the same content."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Self

DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can say; when the bundle was made is in its manifest
HERE = Path(__file__).parent
VERIFIER = HERE / "verify_trail.py"
README = HERE / "README.txt"


class Writer:
    """A bundle being written, to be used in a `with`. Memory does not grow with what goes into it. One that breaks
    off has no manifest, and nobody takes it for whole."""

    def __init__(self, to: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED)
        self.files: dict[str, dict[str, Any]] = {}

    def content(self, name: str, chunks: Iterable[bytes]) -> str:
        """Write a file; give the SHA-256 of its content."""
        digest, size = hashlib.sha256(), 0
        with self._open(name) as file:
            for chunk in chunks:
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.files[name] = {"sha256": digest.hexdigest(), "size": size}
        return digest.hexdigest()

    def text(self, name: str, text: str) -> None:
        self.content(name, [text.encode()])

    def document(self, name: str, document: Any) -> None:
        self.text(name, json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n")

    def lines(self, name: str, objects: Iterable[Any]) -> None:
        self.content(name, map(_line, objects))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._zip.close()

    def finish(self, manifest: dict[str, Any]) -> None:
        """Put in how to check it, and last of all what it holds."""
        self.content("README.txt", [README.read_bytes()])
        self.content("verify_trail.py", [VERIFIER.read_bytes()])
        self.document("manifest.json", {**manifest, "files": dict(self.files)})

    @contextmanager
    def _open(self, name: str) -> Iterator[IO[bytes]]:
        if name in self.files:
            raise ValueError(f"the bundle has a file {name} already")
        info = zipfile.ZipInfo(name, DATE)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        with self._zip.open(info, "w", force_zip64=True) as file:
            yield file


def _line(each: Any) -> bytes:
    return (
        json.dumps(each, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "replace")
        + b"\n"
    )
