"""Which branches or programmes are visited: drawn by the site's own chance, written into the trail, drawn again by
anybody."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import get_language

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import require_role
from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.scoring.sampling import Audit, Choice, Sample, SamplingError, draw
from accreditation_engine.scoring.unit_names import named_again
from accreditation_engine.trail.models import Event
from accreditation_engine.written import is_seen

from .rules import coordinator_unfit

SAMPLE_DRAWN = "sample_drawn"
DRAWERS = ("coordinator", "reviewer")
MOST_UNITS, LONGEST_UNIT, LONGEST_REASON = 2_000, 200, 2_000
"""Units of one draw, and characters: more than any organisation has, and no more than a trail should hold."""


def draw_sample(
    *,
    dossier: Dossier,
    units: Iterable[str],
    audit: Audit,
    chosen: Mapping[str, str],
    by: Person,
    seen: int | None = None,
) -> Sample:
    """Draw the sample of `units` to visit; `chosen` are {unit: why} that the drawer wants in it anyway.

    The seed is made here, in the moment of the draw, so that nobody can try seeds until one pleases; the event
    holds it with all that is needed to draw again. Every draw is an event: a second one does not hide the
    first. `seen` is how many draws the drawer knows of: where there are more by now, nothing is drawn. Raises
    Refused then, for those whom `drawing_role` refuses, and for a sample that cannot be drawn.
    """
    named = list(units)
    with transaction.atomic():
        locked = locked_row(dossier)
        role = drawing_role(locked, by)
        if seen is not None and seen != _draws(locked).count():
            raise Refused([Reason("drawn_meanwhile")])
        unlike = [*unlike_units(named), *unlike_reasons(chosen)]
        if unlike:
            raise Refused(unlike)
        sample = _drawn(named, audit, [Choice(unit, str(by.acting.id), why) for unit, why in chosen.items()])
        data = {"sample": sample.as_json()}
        record(dossier.pk, SAMPLE_DRAWN, by, role=role, edition=locked.edition_id, data=data)
    return sample


def drawing_role(dossier: Dossier, by: Person) -> str:
    """The role in which `by` draws for the dossier. Raises Refused for anybody but its coordinators and
    reviewers, and for one who has acted for the organisation or coached it. Two queries."""
    role = require_role(dossier, by, *DRAWERS)
    unfit = coordinator_unfit(dossier, by)
    if unfit:
        raise Refused(unfit)
    return role


def unlike_units(units: Sequence[str]) -> list[Reason]:
    """What is wrong with a list of names to draw from, all at once."""
    if not units:
        return [Reason("no_units")]
    reasons = []
    if len(units) > MOST_UNITS:
        reasons.append(Reason("too_many_units", {"count": len(units), "most": MOST_UNITS}))
    long = [each[:LONGEST_UNIT] for each in units if len(each) > LONGEST_UNIT]
    if long:
        reasons.append(Reason("unit_names_too_long", {**_some(long), "most": LONGEST_UNIT}))
    twice = named_again(units)
    if twice:
        reasons.append(Reason("units_twice", _some(twice)))
    return reasons


def unlike_reasons(chosen: Mapping[str, str]) -> list[Reason]:
    """What is wrong with the reasons for which units are chosen, {unit: why}."""
    silent = [unit for unit, why in chosen.items() if not is_seen(why)]
    endless = [unit for unit, why in chosen.items() if len(why) > LONGEST_REASON]
    reasons = []
    if silent:
        reasons.append(Reason("chosen_without_reason", _some(silent)))
    if endless:
        longest = max(len(chosen[unit]) for unit in endless)
        facts = {**_some(endless), "longest": longest, "most": LONGEST_REASON}
        reasons.append(Reason("choice_too_wordy", facts))
    return reasons


NAMED_IN_A_REASON = 10


def _some(units: Sequence[str]) -> dict[str, object]:
    return {"units": list(units[:NAMED_IN_A_REASON]), "count": len(units)}


def _drawn(units: Sequence[str], audit: Audit, chosen: Sequence[Choice]) -> Sample:
    try:
        return draw(units, audit=audit, seed=secrets.token_hex(16), chosen=chosen)
    except SamplingError as error:
        reason = Reason("sample_undrawable", {"problem": error.code, "values": error.parameters})
        raise Refused([reason]) from error


def drawn_samples(dossier: Dossier) -> list[tuple[Event, Sample]]:
    """Every draw for the dossier with its event, the first one first. One query."""
    return [(event, Sample.from_json(event.data["sample"])) for event in _draws(dossier).order_by("seq")]


def _draws(dossier: Dossier) -> QuerySet[Event]:
    return Event.objects.filter(stream=dossier.pk, kind=SAMPLE_DRAWN)


def undrawable_in_words(code: str, values: Mapping[str, str]) -> str:
    """Why a sample cannot be drawn, in the active language."""
    return SamplingError(code, **values).in_words(get_language() or "ar") + "."
