"""Somebody judged, or may judge, with an interest: two people allowed it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.reviews.interests.models import Override
from accreditation_engine.reviews.interests.words import interests_in_words

from .pattern import Hit, Pattern
from .scope import Scope


def found(scope: Scope) -> Pattern:
    rows = [each for each in Override.objects.order_by("-proposed_at") if each.dossier_id in scope.files]
    return Pattern(
        "overrides",
        _("Judging with an interest"),
        _(
            "Somebody with an interest was let judge a file, by one person who proposed it and another who agreed."
            " Where a body is small there may have been nobody else; their reasons stand in the trail."
        ),
        _("Every one that was allowed is listed, and those that wait for an answer."),
        _("Proposals looked at: %(count)d") % {"count": len(rows)},
        [_hit(scope, each) for each in rows if each.allowed is not False],
    )


def _hit(scope: Scope, override: Override) -> Hit:
    names = {
        "name": scope.name(override.person_id),
        "what": interests_in_words(override.interests),
        "first": scope.name(override.proposed_by_id),
    }
    if override.answered_by_id is None:
        words = _("%(name)s: %(what)s. Proposed by %(first)s, not answered yet.")
    else:
        words = _("%(name)s: %(what)s. Proposed by %(first)s, allowed by %(second)s.")
        names["second"] = scope.name(override.answered_by_id)
    url = reverse("interests", args=[override.dossier_id]) + f"#override-{override.pk}"
    return Hit(scope.number(override.dossier_id), url, words % isolated(names), 2 if override.allowed else 1)
