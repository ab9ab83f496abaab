"""Reviewers to choose from by hand, each with what the page of the draw says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolate
from accreditation_engine.reviews.allocation.fitness import Against
from accreditation_engine.reviews.allocation.pool import Candidate
from accreditation_engine.reviews.allocation.words import against_in_words

OPEN_TO_COLLEAGUES = frozenset({"load_full", "on_leave"})
"""What reviewers may know of each other: not who reviewed a file or an organisation before, nor what would tell of
an organisation that is kept from them."""


def everything(_against: Against) -> bool:
    return True


def open_to_colleagues(against: Against) -> bool:
    return against["code"] in OPEN_TO_COLLEAGUES


def choices(
    pool: Iterable[Candidate], chosen: str = "", told: Callable[[Against], bool] = everything
) -> list[dict[str, Any]]:
    """For a select with groups: those against whom nothing is `told`, and those whom one may ask all the same,
    with every reason that is. Whoever must not review at all is not among them. `chosen` is an address."""
    groups: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for each in pool:
        if each.askable:
            against = [against_in_words(reason) for reason in each.against if told(reason)]
            groups[not against].append(
                {
                    "value": each.person.email,
                    "label": f"{isolate(str(each.person))} – {_listed(against) or _load(each)}",
                    "chosen": each.person.email == chosen,
                }
            )
    titles = {True: _("Available"), False: _("Can be asked all the same")}
    return [{"title": titles[fit], "options": group} for fit, group in groups.items() if group]


def barred(pool: Iterable[Candidate]) -> list[str]:
    """Who must not review at all, and why. Those who review already are told of elsewhere."""
    return [
        _("%(name)s: %(why)s")
        % {
            "name": isolate(str(each.person)),
            "why": _listed(against_in_words(reason) for reason in each.against),
        }
        for each in pool
        if not each.askable and "assigned_already" not in {reason["code"] for reason in each.against}
    ]


def _listed(phrases: Iterable[str]) -> str:
    return str(_("; ")).join(phrases)


def _load(candidate: Candidate) -> str:
    if not candidate.load:
        return _("writes no review now")
    words = ngettext("writes %(count)d review now", "writes %(count)d reviews now", candidate.load)
    return words % {"count": candidate.load}
