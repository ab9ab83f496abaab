"""How far something for many files has come, and what came of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.jobs.worker_seen import worker_was_seen
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.words import transition_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.allocation.outcome_words import outcome_in_words
from accreditation_engine.portal.dossier.acts import reason_shown
from accreditation_engine.portal.people import files_of
from accreditation_engine.reviews.allocation.drawing import Outcome
from accreditation_engine.reviews.allocation.lottery import Drawn

from .models import Batch, BatchFile
from .running import is_dead
from .steps import COORDINATOR


def batch_page(batch: Batch) -> dict[str, Any]:
    """The context of portal/batch.html. The same number of queries for 6 files as for 50. Of a file that whoever
    asked coordinates no more it says whether it was done."""
    files = list(batch.files.select_related("dossier__organisation").order_by("pk"))
    told = set(files_of(batch.asked_by, COORDINATOR).filter(pk__in=[each.dossier_id for each in files]))
    people = _people(files)
    waiting = sum(each.done is None for each in files)
    running = batch.ended_at is None
    return {
        "head": {"title": _title(batch, files)},
        "running": running,
        "lonely": running and batch.seen_at is None and not worker_was_seen(),
        "dead": is_dead(batch),
        "progress": {
            "label": _("Files that have had their turn"),
            "value": len(files) - waiting,
            "maximum": max(1, len(files)),
        },
        "done": [_row(each, told, people) for each in files if each.done],
        "refused": [_row(each, told, people) for each in files if each.done is False],
        "comment": batch.comment,
        "waiting": waiting,
        "back": f"{reverse('together')}?step={batch.step}" if batch.step else reverse("draw_many"),
    }


def _title(batch: Batch, files: Sequence[BatchFile]) -> str:
    if not batch.step:
        return _("Draw for many files")
    named = (
        each.dossier.edition_id for each in files if batch.step in compiled(each.dossier.edition_id).steps
    )
    edition = next(named, None)
    return transition_title(edition, batch.step) if edition else _("One step for many files")


def _people(files: Iterable[BatchFile]) -> dict[str, User]:
    """Those who were drawn, by id. One query, none where nobody was."""
    wanted = {pk for each in files for pk in each.came.get("people", ())}
    return {str(each.pk): each for each in User.objects.filter(pk__in=wanted)} if wanted else {}


def _row(file: BatchFile, told: set[Dossier], people: Mapping[str, User]) -> dict[str, Any]:
    dossier = file.dossier
    if dossier not in told:
        return {"number": dossier.number, "url": "", "words": ""}
    return {
        "number": dossier.number,
        "url": reverse("dossier", args=[dossier.pk]),
        "words": " ".join(_reasons(file)) if file.reasons else _came(file, people),
    }


def _reasons(file: BatchFile) -> Iterable[str]:
    scheme = compiled(file.dossier.edition_id)
    for each in file.reasons:
        yield reason_shown(Reason.of_data(each), scheme, {})["text"]


def _came(file: BatchFile, people: Mapping[str, User]) -> str:
    if not file.came:
        return ""
    drawn = [people[pk] for pk in file.came["people"] if pk in people]
    names = tuple(file.came["people"])
    return outcome_in_words(Outcome(drawn, Drawn(names, file.came["seniors_missing"], file.came["open"])))
