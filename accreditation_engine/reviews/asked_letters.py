"""A reviewer whom others gave a review is told so by mail: in the transaction of what happened. Whoever took it
themselves knows."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accreditation_engine.engine.acting import Actor
from accreditation_engine.engine.isolates import isolate
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.readers import Addressee
from accreditation_engine.organisations.letters.told import Readings, Told, told_in_mail
from accreditation_engine.organisations.letters.writing import ToWrite, write

from .models import Assignment

KIND = "asked_to_review"


def tell_of_task(assignment: Assignment, by: Actor) -> None:
    reviewer = assignment.reviewer
    if by.id != reviewer.pk:
        who = Addressee(reviewer.pk, reviewer.digest)
        facts = {"assignment": assignment.pk}
        write([ToWrite(who.person, who.digest, KIND, dossier=assignment.dossier_id, facts=facts)])


@told_in_mail(KIND)
def _told(letters: Sequence[Letter], readings: Readings) -> Told:
    """Of the reviews that are still to be done. One query."""
    asked = Assignment.objects.filter(pk__in=[each.facts["assignment"] for each in letters])
    still = {each.pk: each for each in asked.filter(sent_at=None, released_at=None)}
    told: dict[UUID, str] = {}
    for each in letters:
        task = still.get(each.facts["assignment"])
        if task is not None and each.dossier in readings:
            told[each.pk] = _sentence(task)
    return told


def _sentence(task: Assignment) -> str:
    if task.due_at is None:
        return _("You are asked to review this file.")
    day = isolate(date_format(localtime(task.due_at), "j F Y"))
    return _("You are asked to review this file by %(day)s.") % {"day": day}
