"""Telling an organisation that its file is under another edition, and what of it changes for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.migrating import FROM, MIGRATED
from accreditation_engine.engine.states import DEADLINE
from accreditation_engine.engine.unusable import usable
from accreditation_engine.engine.words import state_title, words_for_applicants
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.readers import people_by_subject
from accreditation_engine.organisations.letters.told import Readings, Told, told_in_mail
from accreditation_engine.organisations.letters.writing import ToWrite, write
from accreditation_engine.trail.models import Event

from .models import Dossier

APPLICANT = "applicant"


def tell_of_migrating(moved: Collection[UUID]) -> None:
    """In the transaction in which these files came under another edition. Three statements."""
    if not moved:
        return
    numbers = dict(Dossier.objects.filter(pk__in=moved).values_list("pk", "state_seq"))
    people = people_by_subject(Dossier, APPLICANT, moved)
    write(
        ToWrite(
            each.person, each.digest, MIGRATED, role=APPLICANT, dossier=file, stream=file, seq=numbers[file]
        )
        for file, readers in people.items()
        for each in readers
    )


@told_in_mail(MIGRATED)
def _told(letters: Sequence[Letter], readings: Readings) -> Told:
    events = Event.objects.filter(kind=MIGRATED, stream__in={each.stream for each in letters})
    by_place = {(each.stream, each.seq): each for each in events}
    found = {}
    for letter in letters:
        reading, event = readings.get(letter.dossier), by_place.get((letter.stream, letter.seq))  # type: ignore[arg-type]
        if reading is not None and event is not None and reading.plays(letter):
            found[letter.pk] = "\n".join(_lines(event))
    return found


def _lines(event: Any) -> Iterator[str]:
    old, new = usable(event.data[FROM]), usable(event.edition)
    if old is None or new is None:
        yield _("Your file is under another edition of the scheme from now on.")
        return
    said = isolated({"old": old.workflow.edition, "new": new.workflow.edition})
    yield (
        _(
            "Your file is under another edition of the scheme from now on: %(new)s in place of %(old)s. What you"
            " entered stays."
        )
        % said
    )
    changes = list(_changes(old, new))
    yield from changes or [_("What is asked of you stays the same.")]
    if ends := event.data.get(DEADLINE):
        with words_for_applicants():
            stage = state_title(event.edition, event.target)
        yield _("The stage “%(stage)s” ends on %(day)s.") % isolated({"stage": stage, "day": _day(ends)})


def _changes(old: Compiled, new: Compiled) -> Iterator[str]:
    """What an organisation meets: criteria, how they are judged, and the way of the file."""
    before, after = _criteria(old), _criteria(new)
    if added := len(after.keys() - before.keys()):
        yield ngettext("%(count)d criterion is new.", "%(count)d criteria are new.", added) % {"count": added}
    if gone := len(before.keys() - after.keys()):
        words = ngettext(
            "%(count)d criterion is not asked any more.", "%(count)d criteria are not asked any more.", gone
        )
        yield words % {"count": gone}
    if other := sum(before[key] != after[key] for key in before.keys() & after.keys()):
        words = ngettext(
            "%(count)d criterion is worded or weighed otherwise: read it again.",
            "%(count)d criteria are worded or weighed otherwise: read them again.",
            other,
        )
        yield words % {"count": other}
    if _judged(old) != _judged(new):
        yield _("What is needed for each outcome has changed.")
    if _way(old.workflow) != _way(new.workflow):
        yield _("The stages of the file, their time limits or the steps between them have changed.")


def _criteria(scheme: Compiled) -> dict[tuple[str, str], Any]:
    return {
        (name, each.id): each for name, rubric in scheme.asked.items() for each in rubric.every_criterion()
    }


def _judged(scheme: Compiled) -> dict[str, Any]:
    """By how much each area weighs, and which outcome follows from what."""
    return {
        name: (
            rubric.outcomes,
            rubric.findings,
            [(each.id, each.weight, each.combine) for each in rubric.every_area()],
        )
        for name, rubric in scheme.rubrics.items()
    }


def _way(workflow: Workflow) -> Any:
    return workflow.states, workflow.transitions, workflow.calendar


def _day(moment: str) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(moment)), "j F Y")
