"""Doing something for many files beside the pages: the worker takes one after the other, each with what came of it
in one transaction, so that a run that died is gone on with and no file is taken twice."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.engine.jobs.signs_of_life import is_gone, nobody_at_it
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Reason, Refused, wording
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.allocation.drawing import draw_reviewers
from accreditation_engine.written import kept_text

from .models import Batch, BatchFile

log = logging.getLogger(__name__)
FEW = 5
"""So many files are done while whoever asks waits for the page."""
KEPT = timedelta(days=30)
BROKE_OFF = "batch_broke_off"


@wording(BROKE_OFF)
def _broke_off(parameters: Mapping[str, Any]) -> str:
    return _(
        "Something went wrong here, and this file was left as it was. The administrator finds it in the log."
    )


def ask_for(
    *, key: UUID, by: User, files: Sequence[tuple[Dossier, int | None]], step: str = "", comment: str = ""
) -> Batch:
    """Have `step` taken for `files`, or reviewers drawn for each, which then comes with how many assignments the
    drawer knows of. The worker does it. Asked twice under one `key` it is done once."""
    with transaction.atomic():
        batch, new = Batch.objects.get_or_create(
            pk=key,
            defaults={
                "asked_by": by,
                "asked_at": timezone.now(),
                "step": step,
                "comment": kept_text(comment),
            },
        )
        if new:
            rows = [BatchFile(of=batch, dossier=file, so_far=so_far) for file, so_far in files]
            BatchFile.objects.bulk_create(rows)
    if new:
        do_batch.enqueue(str(batch.pk))
    return batch


@task
def do_batch(pk: str) -> None:
    """What is left of it, unless somebody else does it."""
    run(UUID(pk))


@periodic("batches", every=timedelta(minutes=2))
def go_on_with_batches() -> None:
    """What a worker left half done, or never began. What ended long ago goes, with what was typed for it."""
    Batch.objects.filter(ended_at__lte=timezone.now() - KEPT).delete()
    for pk in list(
        Batch.objects.filter(nobody_at_it(), ended_at=None).order_by("asked_at").values_list("pk", flat=True)
    ):
        run(pk)


def is_dead(batch: Batch) -> bool:
    """Whether the process that did it is gone."""
    return batch.ended_at is None and is_gone(batch.seen_at)


def run(pk: UUID) -> None:
    mine = Batch.objects.filter(nobody_at_it(), pk=pk, ended_at=None)
    if not mine.update(seen_at=timezone.now()):
        return
    batch = Batch.objects.select_related("asked_by").get(pk=pk)
    for each in batch.files.filter(done=None).select_related("dossier").order_by("pk"):
        try:
            _one(batch, each)
        except Exception:
            log.exception("Something asked for many files broke off at one of them")
            _keep(each, done=False, reasons=[Reason(BROKE_OFF)])
        Batch.objects.filter(pk=pk).update(seen_at=timezone.now())
    left = batch.files.filter(done=False).exists()
    Batch.objects.filter(pk=pk).update(ended_at=timezone.now(), comment=batch.comment if left else "")


def _one(batch: Batch, file: BatchFile) -> None:
    with transaction.atomic():
        if not BatchFile.objects.select_for_update().filter(pk=file.pk, done=None).exists():
            return
        try:
            came = _taken(batch, file) if batch.step else _drawn(batch, file)
        except Refused as refused:
            _keep(file, done=False, reasons=refused.reasons)
        else:
            _keep(file, done=True, came=came)


def _taken(batch: Batch, file: BatchFile) -> dict[str, Any]:
    perform(file.dossier, batch.step, batch.asked_by, comment=batch.comment)
    return {}


def _drawn(batch: Batch, file: BatchFile) -> dict[str, Any]:
    outcome = draw_reviewers(dossier=file.dossier, by=batch.asked_by, so_far=file.so_far)
    return {
        "people": [str(each.pk) for each in outcome.people],
        "open": outcome.drawn.open,
        "seniors_missing": outcome.drawn.seniors_missing,
    }


def _keep(
    file: BatchFile, *, done: bool, reasons: Sequence[Reason] = (), came: dict[str, Any] | None = None
) -> None:
    kept = [each.as_data() for each in reasons]
    BatchFile.objects.filter(pk=file.pk).update(done=done, reasons=kept, came=came or {})
