"""Taking dossiers out of a busy site whole: covered by a checkpoint, as they stood at one moment."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.trail.append import lock_every_head, lock_heads
from accreditation_engine.trail.bundle.verify_trail import FORMAT
from accreditation_engine.trail.bundle.writing import Writer
from accreditation_engine.trail.models import Checkpoint, Event, Head, Key, StreamHead
from accreditation_engine.trail.transparency.checkpoints import latest, make_checkpoint
from accreditation_engine.trail.transparency.covering import TrailBroken
from accreditation_engine.trail.transparency.locking import locked_tree

from . import registry
from .parts import write_files, write_trail

AT_ONCE = 2000


class NoCheckpoint(Exception):  # noqa: N818 - said of what cannot be made
    """The bundle would not be covered; the message says why, and what to do."""


@dataclass(frozen=True)
class Made:
    """What went into a bundle. `problem` says why there is no checkpoint of now, "" where there is."""

    checkpoint: Checkpoint | None
    streams: int
    events: int
    problem: str = ""


def make_bundle(
    dossiers: Collection[UUID] | None,
    to: IO[bytes],
    *,
    with_evidence: bool = False,
    against: int | None = None,
    without_checkpoint: bool = False,
) -> Made:
    """Write a bundle of `dossiers` into the file `to`, covered by a checkpoint made for it.

    The streams of keys go along, so that trust in one key leads to the others. None is everything: all dossiers,
    and the streams of people and schemes as well, so that whoever checks it sees that none is missing.
    `against` is the size of a checkpoint that the auditor holds: the bundle then proves that it continues that.
    Rows and streams are locked while they are read; stored files, which never change, are read afterwards. Memory
    does not grow with what goes in. Raises NoCheckpoint when nothing can be signed, unless `without_checkpoint`:
    then the last checkpoint that there is must do.
    """
    problem = _covered(without_checkpoint)  # the bulk of the work, before anything is locked
    with Writer(to) as writer:
        with transaction.atomic():
            streams = _locked(dossiers) if dossiers is not None else _every_stream()
            chosen = dossiers if dossiers is not None else registry.every()
            problem = problem or _covered(without_checkpoint)
            locked_tree()
            streams |= set(Key.objects.values_list("pk", flat=True))
            checkpoint = latest()
            events = write_trail(writer, chosen, sorted(streams), checkpoint, against)
        write_files(writer, chosen, with_content=with_evidence)
        writer.finish(_manifest(chosen, checkpoint, problem, everything=dossiers is None))
    return Made(checkpoint, len(streams), events, problem)


def _covered(without_checkpoint: bool) -> str:
    """Cover everything; give why that cannot be, "" where it can."""
    try:
        make_checkpoint()
    except (TrailBroken, KeyUnusable) as error:
        if without_checkpoint:
            return str(error)
        raise NoCheckpoint(
            _(
                "no checkpoint can be made: %(why)s; what there is can be had with --without-checkpoint, under the"
                " last checkpoint before"
            )
            % {"why": error}
        ) from error
    return ""


def _locked(dossiers: Collection[UUID]) -> set[UUID]:
    """The streams of `dossiers`, and those beside. Rows and streams stay as they are until the transaction ends;
    rows are locked first, as everywhere. (Those of keys change under the lock of the tree.)"""
    found = set(dossiers)
    for belonging in registry.subjects.values():
        rows = belonging(dossiers).select_for_update().order_by("pk")
        found |= set(rows.values_list("pk", flat=True))
    found |= set(_opened_for(dossiers))
    found |= {stream for each in registry.streams for stream in each(dossiers)}
    lock_heads(found)
    return found


def _every_stream() -> set[UUID]:
    """Whatever is left of any stream: its events, its head, or its place in the tree. None grows until the
    transaction ends, and with that no row changes of which events tell."""
    lock_every_head()
    models = (Event, Head, StreamHead)
    return {
        each
        for model in models
        for each in model._default_manager.values_list("stream", flat=True).distinct()
    }


def _opened_for(dossiers: Collection[UUID]) -> Iterator[UUID]:
    """Streams that were opened for one of `dossiers`, whether their rows are still there or not."""
    wanted = frozenset(map(str, dossiers))
    speaks = re.compile("|".join(sorted(wanted)).encode())
    opened = Event.objects.filter(seq=1, kind="opened").values_list("stream", "body")
    for stream, body in opened.iterator(AT_ONCE):
        if speaks.search(bytes(body)) and _opened_with(bytes(body)).get("dossier") in wanted:
            yield stream


def _opened_with(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)["data"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _manifest(
    dossiers: Collection[UUID], checkpoint: Checkpoint | None, problem: str, *, everything: bool
) -> dict[str, Any]:
    """Nothing that the verifier could not compare: not when it was made, which nobody could prove."""
    return {
        "format": FORMAT,
        "origin": checkpoint.note.split("\n")[0] if checkpoint else None,
        "checkpoint": checkpoint.size if checkpoint else None,
        "everything": everything,
        "no_checkpoint": problem or None,
        "dossiers": sorted(map(str, dossiers)),
    }
