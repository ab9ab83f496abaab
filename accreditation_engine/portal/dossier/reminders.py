"""The reminders ahead of a reader, as the workflow says when they come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.definitions.reminders import Reminder
from accreditation_engine.definitions.reviewing import REVIEWER
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.organisations.letters.reminder_times import Span, moment_of
from accreditation_engine.portal.templatetags.dates import day_in_words
from accreditation_engine.reviews.models import Assignment

from .reader import Reader


def reminders_ahead(reader: Reader, own: Assignment | None) -> dict[str, Any] | None:
    """For parts/facts.html: on which days mail reminds the reader of this file, as long as nothing is done; None
    where none is to come. `own` is their review of it."""
    days = sorted({timezone.localdate(each) for each in [*_of_the_state(reader), *_of_a_review(reader, own)]})
    if not days:
        return None
    said = [day_in_words(each) for each in days]
    sentence = (
        _("We will remind you on %(day)s.") % isolated({"day": said[0]})
        if len(said) == 1
        else _("We will remind you on %(day)s, and again on %(later)s.")
        % isolated({"day": said[0], "later": _(", ").join(said[1:])})
    )
    return {"term": _("Reminders"), "value": sentence}


def _of_the_state(reader: Reader) -> Iterable[datetime]:
    dossier = reader.dossier
    state = reader.scheme.workflow.states[dossier.state]
    mine = [each for each in state.reminders if each.to in reader.roles]
    return _ahead(mine, Span(dossier.entered_at, dossier.deadline_at))


def _of_a_review(reader: Reader, own: Assignment | None) -> Iterable[datetime]:
    reviewing = reader.scheme.workflow.reviewing
    if reviewing is None or own is None or own.sent_at is not None:
        return []
    mine = [each for each in reviewing.reminders if each.to == REVIEWER]
    return _ahead(mine, Span(own.assigned_at, own.due_at))


def _ahead(reminders: Iterable[Reminder], span: Span) -> Iterable[datetime]:
    """Only those that come while there is still something to be in time for."""
    now = timezone.now()
    moments = (moment_of(each, span) for each in reminders if not each.after)
    return [moment for moment in moments if moment is not None and moment > now]
