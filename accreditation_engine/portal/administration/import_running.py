"""Imports of organisations: a file is read and planned when it comes, and taken in by the worker, some hundreds of
rows at a time. Whatever was taken in is known from then on, so a run that died is gone on with."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.engine.jobs.signs_of_life import nobody_at_it
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.administering import ADMINISTRATOR, administered_by
from accreditation_engine.organisations.importing.planning import Planned, What, plan
from accreditation_engine.organisations.importing.rows import Row, rows_of
from accreditation_engine.organisations.importing.sheets import table_in
from accreditation_engine.organisations.importing.taking_in import AT_ONCE, take_in
from accreditation_engine.organisations.models import User
from accreditation_engine.written import kept_line

from .models import ImportRow, OrganisationImport

log = logging.getLogger(__name__)
NOT_ADMINISTRATOR, BROKE_OFF = "not_administrator", "broke_off"


def read_file(content: bytes, *, name: str, by: User) -> OrganisationImport:
    """Keep what the file says and what would be done with each row; nothing is taken in. Raises Refused where it
    holds no table."""
    table = table_in(content, name=name)
    planned = plan(rows_of(table))
    with transaction.atomic():
        found = OrganisationImport.objects.create(
            asked_by=by,
            asked_at=timezone.now(),
            file_name=kept_line(name)[:200],
            sha256=hashlib.sha256(content).hexdigest(),
            notes={
                "windows": table.windows,
                "ignored": table.ignored,
                "others": table.others,
                "doubled": table.doubled,
                "nameless": table.nameless,
            },
        )
        ImportRow.objects.bulk_create([_row(found, each) for each in planned], batch_size=1000)
    return found


def _row(of: OrganisationImport, planned: Planned) -> ImportRow:
    return ImportRow(of=of, line=planned.row.line, values=dict(planned.row.values), **_came(planned))


def _came(planned: Planned) -> dict[str, Any]:
    return {
        "what": planned.what.value,
        "before": planned.before,
        "after": planned.after,
        "reasons": [each.as_data() for each in planned.reasons],
    }


def begin(found: OrganisationImport) -> bool:
    """Let it be taken in; False where somebody said so already. The worker does it."""
    begun = OrganisationImport.objects.filter(pk=found.pk, begun_at=None).update(begun_at=timezone.now())
    if begun:
        import_organisations.enqueue(str(found.pk))
    return bool(begun)


@task
def import_organisations(pk: str) -> None:
    """Take in what is left of it, unless somebody else does."""
    run(UUID(pk))


@periodic("organisation_imports", every=timedelta(minutes=2))
def go_on_with_imports() -> None:
    """What a worker left half done, or never began."""
    waiting = OrganisationImport.objects.filter(nobody_at_it(), ended_at=None).exclude(begun_at=None)
    for pk in list(waiting.order_by("begun_at").values_list("pk", flat=True)):
        run(pk)


def run(pk: UUID) -> None:
    mine = OrganisationImport.objects.filter(nobody_at_it(), pk=pk, ended_at=None).exclude(begun_at=None)
    if not mine.update(seen_at=timezone.now()):
        return
    found = OrganisationImport.objects.select_related("asked_by").get(pk=pk)
    try:
        while _next_rows(found):
            pass
    except Exception:
        log.exception("An import of organisations broke off")
        _end(found, BROKE_OFF)


def _next_rows(found: OrganisationImport) -> bool:
    """Take in the next rows: False where none was left, or it was ended."""
    by = found.asked_by
    if by is None or administered_by(by) is not None:
        _end(found, NOT_ADMINISTRATOR)
        return False
    rows = list(found.rows.filter(done=False).exclude(what=What.WRONG).order_by("line")[:AT_ONCE])
    if not rows:
        _end(found, "")
        return False
    try:
        _take_in(found, rows, by)
    except (IntegrityError, Refused):  # somebody registered one of them at the same moment: now it is known
        _take_in(found, rows, by)
    return True


def _take_in(found: OrganisationImport, rows: Sequence[ImportRow], by: User) -> None:
    with transaction.atomic():
        shown = [
            Planned(Row(each.line, each.values), What(each.what), each.before, each.after) for each in rows
        ]
        done = take_in([each.row for each in shown], by=by, role=ADMINISTRATOR, shown=shown)
        for row, came in zip(rows, done, strict=True):
            if row.what != came.what or row.after != came.after:
                ImportRow.objects.filter(pk=row.pk).update(**_came(came))
        ImportRow.objects.filter(pk__in=[each.pk for each in rows]).update(done=True)
        OrganisationImport.objects.filter(pk=found.pk).update(seen_at=timezone.now())


def _end(found: OrganisationImport, stopped: str) -> None:
    """What came of it is an event in the stream of whoever asked."""
    counts = Counter(found.rows.filter(Q(done=True) | Q(what=What.WRONG)).values_list("what", flat=True))
    with transaction.atomic():
        ended = OrganisationImport.objects.filter(pk=found.pk, ended_at=None)
        if not ended.update(ended_at=timezone.now(), stopped=stopped) or found.asked_by is None:
            return
        data = {"file": found.sha256, **{what: counts[what] for what in What.values}}
        record(
            found.asked_by.pk,
            "organisations_imported",
            found.asked_by,
            role="" if stopped == NOT_ADMINISTRATOR else ADMINISTRATOR,
            data=data,
        )
