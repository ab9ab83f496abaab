"""Bundles as whoever edits a zip has them: files by name, and a manifest that is made to fit again."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from accreditation_engine.engine.bundles.making import make_bundle
from accreditation_engine.trail.bundle import verify_trail
from accreditation_engine.trail.bundle.verify_trail import Report, Trusted

Files = dict[str, bytes]


class Memory:
    """A bundle in memory, for the verifier."""

    def __init__(self, files: Files) -> None:
        self.files, self.names = files, frozenset(files)

    def open(self, name: str) -> BinaryIO:
        return io.BytesIO(self.files[name])


def files_of(dossiers: Collection[UUID], **asked: Any) -> Files:
    """The files of a bundle of `dossiers` that is made now."""
    file = io.BytesIO()
    make_bundle(dossiers, file, **asked)
    return files_in(file)


def files_in(file: BinaryIO | Path) -> Files:
    with zipfile.ZipFile(file) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def write_files(path: Path, files: Files) -> None:
    with zipfile.ZipFile(path, "w") as whole:
        for name, content in files.items():
            whole.writestr(name, content)


def edited(files: Files, edit: Callable[[Files], Any]) -> Files:
    """What `edit` makes of a copy of `files`; the manifest names what is there then."""
    copy = dict(files)
    edit(copy)
    manifest = json.loads(copy["manifest.json"])
    manifest["files"] = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for name, content in copy.items()
        if name != "manifest.json"
    }
    copy["manifest.json"] = json.dumps(manifest).encode()
    return copy


def objects(files: Files, name: str) -> list[Any]:
    return [json.loads(line) for line in files[name].splitlines()]


def write_objects(files: Files, name: str, found: list[Any]) -> None:
    files[name] = b"".join(_line(each) for each in found)


def _line(found: Any) -> bytes:
    text = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()


def checked(files: Files, trusted: Trusted | None = None) -> Report:
    return verify_trail.check(Memory(files), trusted)
