"""Where on the site a reason against a step can be put right."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accreditation_engine.engine.reasons import Reason

# Reason -> the page where it is mended, and the words of the link.
PLACES = {
    "answers_missing": ("self_assessment", _("Complete the self-assessment")),
    "evidence_missing": ("self_assessment", _("Add the evidence")),
    "not_applicable_unexplained": ("self_assessment", _("Explain it in the self-assessment")),
    "code_not_accepted": ("code", _("Read and accept the code of conduct")),
    "declaration_missing": ("preview", _("Read and sign")),
    "declared_over_other": ("preview", _("Read and sign")),
    "not_authorised": ("colleagues", _("Owners of the organisation")),
    "ratings_missing": ("review", _("Complete your review")),
    "to_reconcile": ("consensus", _("Agree on ratings")),
    "visits_missing": ("visits", _("Visits of this file")),
    "units_unvisited": ("visits", _("Visits of this file")),
    "no_sample_yet": ("sample", _("Draw a sample")),
    "reviewers_missing": ("reviewers", _("Assign reviewers")),
}


def remedy_of(reason: Reason, links: Mapping[str, str]) -> dict[str, str]:
    """The words and the address, where the page that asks has that address to offer: that of the first criterion
    which the reason names, where there is one."""
    place, words = PLACES.get(reason.code, ("", ""))
    if place not in links:
        return {}
    named = [place_of(place, each) for each in reason.parameters.get("criteria", ())]
    return {"remedy": str(words), "url": next((links[each] for each in named if each in links), links[place])}


def place_of(place: str, criterion: str) -> str:
    """What links call the place on a page that speaks of `criterion`."""
    return f"{place} {criterion}"
