"""Which branches or programmes are visited: drawn by the site's own chance, written into the trail, drawn again by
anybody."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import get_language

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import require_role
from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.scoring.sampling import Audit, Choice, Sample, SamplingError, draw
from accreditation_engine.trail.models import Event

SAMPLE_DRAWN = "sample_drawn"


def draw_sample(
    *, dossier: Dossier, units: Iterable[str], audit: Audit, chosen: Mapping[str, str], by: Person
) -> Sample:
    """Draw the sample of `units` to visit; `chosen` are {unit: why} that the drawer wants in it anyway.

    The seed is made here, in the moment of the draw, so that nobody can try seeds until one pleases; the event
    holds it with all that is needed to draw again. Every draw is an event: a second one does not hide the
    first. Raises Refused for anybody but a coordinator or a reviewer of the dossier, and for a sample that
    cannot be drawn.
    """
    role = require_role(dossier, by, "coordinator", "reviewer")
    choices = [Choice(unit, str(by.acting.id), reason) for unit, reason in chosen.items()]
    try:
        sample = draw(units, audit=audit, seed=secrets.token_hex(16), chosen=choices)
    except SamplingError as error:
        raise Refused(
            [Reason("sample_undrawable", {"problem": error.code, "values": error.parameters})]
        ) from error
    with transaction.atomic():
        record(
            dossier.pk,
            SAMPLE_DRAWN,
            by,
            role=role,
            edition=dossier.edition_id,
            data={"sample": sample.as_json()},
        )
    return sample


def drawn_samples(dossier: Dossier) -> list[tuple[Event, Sample]]:
    """Every draw for the dossier with its event, the first one first. One query."""
    events = Event.objects.filter(stream=dossier.pk, kind=SAMPLE_DRAWN).order_by("seq")
    return [(event, Sample.from_json(event.data["sample"])) for event in events]


def undrawable_in_words(code: str, values: Mapping[str, str]) -> str:
    """Why a sample cannot be drawn, in the active language."""
    return SamplingError(code, **values).in_words(get_language() or "ar") + "."
