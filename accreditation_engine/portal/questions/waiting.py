"""Questions that wait for the reader's answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.queries import acted_on_by, standing_in
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.isolates import isolate
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import parts_of
from accreditation_engine.reviews.questions.models import Question
from accreditation_engine.reviews.questions.open import APPLICANT, takes_answers

SHOWN = 20


def waiting_questions(person: User, schemes: Iterable[Compiled]) -> QuerySet[Question]:
    """Open questions in files under `schemes` that the person can answer for an organisation, the most urgent
    first. None, without a query, for whoever acts for no organisation."""
    if APPLICANT not in parts_of(person):
        return Question.objects.none()
    welcome = standing_in(schemes, takes_answers, prefix="dossier__")
    own = acted_on_by(person.pk, APPLICANT)
    rows = Question.objects.filter(welcome, dossier__in=own, answered_seq=None, withdrawn_seq=None)
    return rows.select_related("dossier__organisation").order_by("due_on", "pk")


def questions_waiting(person: User, schemes: Iterable[Compiled]) -> list[dict[str, Any]]:
    """[{title, number, url, words}] for home. One query, none for whoever answers nothing."""
    return [
        {
            "title": each.dossier.organisation.name_in(language()),
            "number": each.dossier.number,
            "url": reverse("questions", args=[each.dossier_id]) + f"#question-{each.pk}",
            "words": _("A question is to be answered by %(day)s.")
            % {"day": isolate(date_format(each.due_on, "j F Y"))},
        }
        for each in waiting_questions(person, schemes)[:SHOWN]
    ]
