"""The parts of a bundle, one after another."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage

from accreditation_engine.trail.bundle import proving
from accreditation_engine.trail.bundle.rows import rows
from accreditation_engine.trail.bundle.writing import Writer
from accreditation_engine.trail.erasure import ERASED
from accreditation_engine.trail.models import Checkpoint, Event, Name, Text
from accreditation_engine.trail.transparency.checkpoints import verifier_keys

from ..models import Edition
from . import registry

CHUNK = 1 << 20
TEXT = ("seq", "field", "salt", "text")
DIGEST = re.compile(r"[0-9a-f]{64}\Z")


@dataclass
class _Mentioned:
    """What events speak of that lies beside them."""

    names: set[str] = field(default_factory=set)
    editions: set[str] = field(default_factory=set)
    events: int = 0


def write_trail(
    writer: Writer,
    dossiers: Collection[UUID],
    streams: Collection[UUID],
    checkpoint: Checkpoint | None,
    against: int | None,
) -> int:
    """Everything but stored files; gives the number of events."""
    mentioned, trees = _Mentioned(), proving.Trees()
    for stream in streams:
        found = proving.events(Event.objects.filter(stream=stream), checkpoint, trees)
        writer.lines(f"events/{stream}.jsonl", _noted(found, mentioned))
        texts = rows(Text.objects.filter(stream=stream), TEXT, order=("seq", "field"))
        writer.lines(f"texts/{stream}.jsonl", texts)
    writer.lines("erasures.jsonl", _erasures(mentioned, checkpoint, trees))
    writer.lines("names.jsonl", rows(Name.objects.filter(digest__in=mentioned.names)))
    mentioned.editions |= write_rows(writer, dossiers)
    _editions(writer, mentioned.editions)
    writer.document("proofs.json", proving.proofs(streams, checkpoint, against, trees))
    _checkpoints(writer, checkpoint, against)
    return mentioned.events


def write_rows(writer: Writer, dossiers: Collection[UUID]) -> set[str]:
    """The rows of subjects and of what stands beside, as they lie; gives the editions of the subjects."""
    editions: set[str] = set()
    writer.lines("subjects.jsonl", _subjects(dossiers, editions))
    for name, beside in sorted(registry.tables.items()):
        writer.lines(f"rows/{name}.jsonl", beside(dossiers))
    return editions


def write_files(writer: Writer, dossiers: Collection[UUID], *, with_content: bool) -> None:
    """What stored files hold now; and the files themselves, where they are asked for."""
    names = sorted({name for each in registry.files for name in each(dossiers)})
    found = [{"file": name, "sha256": _stored(writer, name, with_content)} for name in names]
    writer.lines("rows/stored_files.jsonl", found)


def _stored(writer: Writer, name: str, with_content: bool) -> str | None:
    """The SHA-256 of a stored file, None where it cannot be read. One that breaks off is left out as well."""
    try:
        with default_storage.open(name) as file:
            digest = hashlib.sha256()
            for chunk in file.chunks(CHUNK):
                digest.update(chunk)
            if with_content:
                writer.content(f"evidence/{name}", file.chunks(CHUNK))
            return digest.hexdigest()
    except (OSError, ValueError, SuspiciousOperation):
        return None


def _erasures(
    mentioned: _Mentioned, checkpoint: Checkpoint | None, trees: proving.Trees
) -> list[dict[str, Any]]:
    """That a name was erased stands in the stream of whoever bore it, of which nothing else goes along. Whoever
    erased it has a name as well."""
    while True:
        known = len(mentioned.names)
        erased = Name.objects.filter(digest__in=mentioned.names, name=None)
        events = Event.objects.filter(stream__in=erased.values("actor"), kind=ERASED)
        found = list(proving.events(events, checkpoint, trees))
        for each in found:
            _note(each["columns"]["body"], mentioned)
        if len(mentioned.names) == known:
            return found


def _noted(events: Iterable[dict[str, Any]], mentioned: _Mentioned) -> Iterator[dict[str, Any]]:
    """`events` as they come, while what they mention is noted."""
    for each in events:
        mentioned.events += 1
        _note(each["columns"]["body"], mentioned)
        yield each


def _note(body: Any, mentioned: _Mentioned) -> None:
    try:
        said = json.loads(body)
        name, edition, data = said["actor"]["name_digest"], said["edition"], said["data"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return
    mentioned.names |= {name} if isinstance(name, str) else set()
    mentioned.editions |= {edition} if isinstance(edition, str) else set()
    mentioned.editions |= _judged_by(data)


def _judged_by(data: Any) -> set[str]:
    """The editions of the rubrics that a decision names."""
    try:
        return {str(each) for each in data["judged"]["pieces"]["editions"].values()}
    except (LookupError, TypeError, AttributeError):
        return set()


def _subjects(dossiers: Collection[UUID], editions: set[str]) -> Iterator[dict[str, Any]]:
    """The rows of subjects; their editions are noted."""
    for kind, belonging in sorted(registry.subjects.items()):
        for row in rows(belonging(dossiers)):
            editions.add(str(row["edition_id"]))
            yield {"kind": kind, "row": row}


def _editions(writer: Writer, wanted: Collection[str]) -> None:
    """The editions `wanted`, and those of the rubrics to which they are bound: as they lie, for they may have been
    edited."""
    waiting = {each for each in wanted if DIGEST.match(each)}
    seen = set(waiting)
    while waiting:
        found = rows(Edition.objects.filter(pk__in=waiting), ("hash", "content"))
        waiting = set()
        for row in found:
            content = bytes.fromhex(row["content"]["hex"])
            writer.content(f"editions/{row['hash']}.json", [content])
            waiting |= _pinned(content)
        waiting -= seen
        seen |= waiting


def _pinned(content: bytes) -> set[str]:
    try:
        pins = json.loads(content).get("pins", {})
        return {str(each) for each in pins.values() if DIGEST.match(str(each))}
    except (ValueError, AttributeError, RecursionError):
        return set()


def _checkpoints(writer: Writer, checkpoint: Checkpoint | None, also: int | None) -> None:
    writer.text("keys.txt", "".join(f"{each}\n" for each in verifier_keys()))
    if checkpoint is None:
        return
    writer.text("checkpoint.txt", checkpoint.note)
    for each in proving.earlier(checkpoint, also):
        writer.text(f"checkpoints/{each.size:012d}.txt", each.note)
