"""Erasing files that are kept for good by law: their names and their content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accreditation_engine.engine import erasures
from accreditation_engine.engine.erasures import By, Piece
from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.trail.erasure import NothingToErase
from accreditation_engine.trail.models import Event

from .kept import KeptFile


def piece_of(what: str, filed: KeptFile, which: Mapping[str, Any], *, goes_with: str = "") -> Piece:
    return Piece(
        what,
        filed.stream,
        which,
        filed.name,
        at=filed.filed_at,
        author=filed.filed_by_id,
        row=filed.pk,
        goes_with=goes_with,
    )


def erase_kept(model: type[KeptFile], piece: Piece, by: By) -> Event:
    """The content goes when nothing of `model` that still stands has the same. Its event names no edition: that of
    the file in which it is erased is not what it was filed for is judged by."""
    row = model._default_manager.filter(pk=piece.row, erased_at=None)
    path = row.values_list("path", flat=True).first()
    if path is None or not row.update(name="", name_salt="", erased_at=timezone.now()):
        raise NothingToErase(piece.key)
    transaction.on_commit(lambda: _remove_unneeded(model, path))
    return erasures.say(piece, replace(by, edition=""))


def remove_daily(job: str, model: type[KeptFile]) -> None:
    """Register the `job` that removes erased content of `model` which still lies there: removing comes after the
    commit, and may fail where nobody sees it."""
    periodic(job, every=timedelta(days=1))(partial(_remove_what_stayed, model))


def _remove_what_stayed(model: type[KeptFile]) -> None:
    erased = model._default_manager.exclude(erased_at=None).values_list("path", flat=True)
    for path in erased.distinct():
        _remove_unneeded(model, path)


def _remove_unneeded(model: type[KeptFile], path: str) -> None:
    standing = model._default_manager.filter(path=path, erased_at=None)
    if not standing.exists() and default_storage.exists(path):
        default_storage.delete(path)
