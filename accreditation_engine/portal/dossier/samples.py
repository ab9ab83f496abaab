"""The samples that were drawn for a dossier: what came of each draw, how it came about, and whether it can be made
again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.definitions.base import as_text
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.reviews.visits import DRAWERS, drawing_role
from accreditation_engine.scoring.sampling import (
    FACTORS,
    Audit,
    Sample,
    SamplingError,
    least_random,
    place,
    sample_size,
)
from accreditation_engine.scoring.unit_names import in_natural_order
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import Told, told

from .reader import Reader
from .sample_form import audit_title

Drawn = Sequence[tuple[Event, Sample]]


def why_not_drawing(reader: Reader) -> tuple[Reason, ...]:
    """Why the reader draws no sample; none for those who may. Two queries at most."""
    if not any(reader.plays(role) for role in DRAWERS):
        return (Reason("not_your_role", {"roles": list(DRAWERS)}),)
    try:
        drawing_role(reader.dossier, reader.person)
    except Refused as refused:
        return refused.reasons
    return ()


def shown_draws(reader: Reader, drawn: Drawn) -> list[dict[str, Any]]:
    """For drawn_sample.html, the first draw first. Two queries, however many draws."""
    said = told([event for event, _sample in drawn])
    pairs = zip(said, (sample for _event, sample in drawn), strict=True)
    return [_draw(reader, number, each, sample) for number, (each, sample) in enumerate(pairs, start=1)]


def _draw(reader: Reader, number: int, each: Told, sample: Sample) -> dict[str, Any]:
    return {
        "id": anchor(number),
        "number": number,
        "at": each.event.at,
        "by": _by(reader, each),
        "role": role_title(each.event.role),
        "badge": _repeated(sample),
        "facts": _facts(reader, each.event, sample),
        "drawn": [{"unit": unit, "digest": place(sample.seed, unit)} for unit in sample.drawn],
        "chosen": sample.chosen,
        "all": in_natural_order(sample.population),
    }


def anchor(number: int) -> str:
    return f"draw-{number}"


def _by(reader: Reader, each: Told) -> str:
    """Reviewers do not learn from each other's draws who reviews beside them."""
    own = each.event.actor == reader.person.pk
    if own or reader.names or reader.plays("coordinator"):
        return each.actor or _("a name that was erased by law")
    return ""


def _repeated(sample: Sample) -> dict[str, str]:
    try:
        same = sample.drawn_as_said()
    except SamplingError:
        same = False
    if same:
        return {"title": _("drawn again: the same"), "tone": "good"}
    return {"title": _("drawn again: not the same"), "tone": "bad"}


def _facts(reader: Reader, event: Event, sample: Sample) -> list[dict[str, Any]]:
    sites = len(sample.population)
    facts: list[dict[str, Any]] = [
        {"term": _("Kind of visit"), "value": audit_title(sample.audit)},
        {"term": _("Branches or programmes"), "value": sites, "kind": "number"},
        {
            "term": _("Size of the sample"),
            "value": len(sample.units),
            "kind": "number",
            "note": root_in_words(sites, sample.audit),
        },
        {"term": _("Seed"), "value": sample.seed, "kind": "code"},
    ]
    if reader.sees("trail"):
        trail = reverse("trail", args=[reader.dossier.pk])
        facts.append({"term": _("Event in the trail"), "value": event.seq, "kind": "number", "url": trail})
    return facts


def size_in_words(sites: int, audit: Audit) -> list[str]:
    """How large the sample of so many sites is, how that came about, and how much of it is left to chance."""
    size = sample_size(sites, audit)
    least = least_random(size)
    return [
        root_in_words(sites, audit),
        _("Left to chance: at least %(least)s, a quarter rounded up. May be chosen: at most %(most)s.")
        % isolated({"least": str(least), "most": str(size - least)}),
    ]


def root_in_words(sites: int, audit: Audit) -> str:
    """The formula of IAF MD 1 with its numbers. Roots are shown rounded up, as the size is."""
    root, factor = Decimal(sites).sqrt(), Decimal(FACTORS[audit]) / 10
    numbers = isolated(
        {
            "sites": str(sites),
            "root": _two_places(root),
            "factor": as_text(factor),
            "share": _two_places(root * factor),
            "size": str(sample_size(sites, audit)),
        }
    )
    if factor == 1:
        return _("The square root of %(sites)s is %(root)s, rounded up: %(size)s.") % numbers
    return (
        _(
            "The square root of %(sites)s is %(root)s; %(factor)s of it, as for every visit of this kind, is"
            " %(share)s, rounded up: %(size)s."
        )
        % numbers
    )


def _two_places(number: Decimal) -> str:
    return as_text(number.quantize(Decimal("0.01"), rounding=ROUND_CEILING))
