"""What the page shows on which reviewers are drawn for many files: which have open places and how many could be
drawn for each, how far it has come, and what the last press came to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.dossier.states import state_badge
from accreditation_engine.portal.people import files_of
from accreditation_engine.reviews.allocation.drawing import DRAWER
from accreditation_engine.reviews.allocation.many import Drawing, choosing, open_for_draws, prospects

from .outcome_words import outcome_in_words

Context = dict[str, Any]
AT_ONCE = 20
"""Files of one press: each is a draw of its own."""


def many_page(person: User, drawings: Sequence[Drawing] = ()) -> Context:
    """The context of portal/draw_many.html. The same number of queries for 1 file as for 20."""
    files = files_of(person, DRAWER)
    open_ = open_for_draws(files)
    rows: list[Any] = list(open_[:AT_ONCE])
    waiting, all_ = (open_.count(), choosing(files).count()) if rows else (0, choosing(files).count())
    there = prospects(rows) if rows else {}
    return {
        "head": {"title": _("Draw for many files")},
        "breadcrumbs": [
            {"title": _("Reviewers"), "url": reverse("reviewers")},
            {"title": _("Draw for many files")},
        ],
        "progress": {
            "value": all_ - waiting,
            "maximum": max(all_, 1),
            "label": _("Files that have all their reviewers"),
        },
        "rows": [_row(each, there[each.pk]) for each in rows],
        "more": waiting - len(rows),
        "batch": uuid4(),
        "results": [_result(each) for each in drawings],
        "empty": {
            "title": _("No file has an open place"),
            "sentence": _(
                "Files come here while reviewers are chosen for them and a place is open, under schemes that say"
                " how many reviews a file wants."
            ),
        },
    }


def _row(dossier: Any, there: int) -> Context:
    scheme = compiled(dossier.edition_id)
    return {
        "pk": dossier.pk,
        "so_far": dossier.so_far,
        "name": dossier.organisation.name_in(language()),
        "number": dossier.number,
        "url": reverse("draw", args=[dossier.pk]),
        "badge": state_badge(scheme, dossier.state, outside=False),
        "open": dossier.places - dossier.taken,
        "there": there,
    }


def _result(drawing: Drawing) -> Context:
    dossier: Dossier = drawing.dossier
    if drawing.outcome is None:
        words = str(drawing.refused)
        tone = "bad"
    else:
        words = outcome_in_words(drawing.outcome)
        whole = not (drawing.outcome.drawn.open or drawing.outcome.drawn.seniors_missing)
        tone = "good" if whole else "warning"
    return {
        "name": dossier.organisation.name_in(language()),
        "number": dossier.number,
        "url": reverse("dossier", args=[dossier.pk]) + "#reviewers",
        "badge": {"title": _TITLES[tone](), "tone": tone},
        "words": words,
    }


_TITLES = {
    "good": lambda: _("drawn in full"),
    "warning": lambda: _("drawn in part"),
    "bad": lambda: _("not drawn"),
}
