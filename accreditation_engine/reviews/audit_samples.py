"""Which files an auditor looks at: drawn by the site's own chance, written down with all that is needed to draw
again.

The population is read from the trail as it stood at a moment, so that it can be read again at any time later: a
file belongs to it by its scheme, by the day it was opened, and by the state that its events say it was in.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.days import beginning_of
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.models import User
from accreditation_engine.scoring.sampling import first_of, population_digest
from accreditation_engine.trail.content import timestamp
from accreditation_engine.trail.models import Event

AUDIT_SAMPLE_DRAWN = "audit_sample_drawn"
READER = "auditor"
MOST = 500
"""Files of one sample: more than anybody reads."""


@dataclass(frozen=True)
class Population:
    """The files of `schemes` that were opened between two days, the last one included, and stood in `state` at the
    moment `as_of`; "" and None ask for nothing. Of each, the trail was open to auditors then."""

    schemes: tuple[str, ...]
    as_of: datetime
    state: str = ""
    opened_since: date | None = None
    opened_until: date | None = None

    def numbers(self) -> list[str]:
        """The numbers of the files. One query, and one a new edition."""
        return [number for number, edition, state in self._standing() if self._fits(edition, state)]

    def _standing(self) -> Iterator[tuple[str, str | None, str | None]]:
        """Number, edition and state of each file as its events up to the moment say."""
        moves = (
            Event.objects.filter(stream=OuterRef("pk"), at__lte=self.as_of)
            .exclude(target="")
            .order_by("-seq")
        )
        files = Dossier.objects.filter(scheme__in=self.schemes, opened_at__lte=self.as_of).order_by("number")
        if self.opened_since:
            files = files.filter(opened_at__gte=beginning_of(self.opened_since))
        if self.opened_until:
            files = files.filter(opened_at__lt=beginning_of(self.opened_until + timedelta(days=1)))
        then = [Subquery(moves.values(name)[:1]) for name in ("edition", "target")]
        return files.values_list("number", *then).iterator()

    def _fits(self, edition: str | None, state: str | None) -> bool:
        if not edition or not state or self.state not in ("", state):
            return False
        return "trail" in compiled(edition).workflow.states[state].shows.get(READER, ())

    def as_json(self) -> dict[str, Any]:
        return {
            "schemes": sorted(self.schemes),
            "as_of": timestamp(self.as_of),
            "state": self.state or None,
            "opened_since": self.opened_since.isoformat() if self.opened_since else None,
            "opened_until": self.opened_until.isoformat() if self.opened_until else None,
        }

    def is_asked_in(self, stored: dict[str, Any]) -> bool:
        """Whether a draw asked for these files, at whatever moment."""
        mine = self.as_json()
        return all(stored[name] == mine[name] for name in mine if name != "as_of")

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Population:
        since, until = stored["opened_since"], stored["opened_until"]
        return cls(
            schemes=tuple(stored["schemes"]),
            as_of=datetime.fromisoformat(stored["as_of"]),
            state=stored["state"] or "",
            opened_since=date.fromisoformat(since) if since else None,
            opened_until=date.fromisoformat(until) if until else None,
        )


def draw_audit_sample(
    *, population: Population, by: Person, size: int | None = None, percent: int | None = None
) -> Event:
    """Draw `size` files, or `percent` of a hundred rounded up, and write that down in the stream of `by`.

    The seed is made here, in the moment of the draw. Raises Refused where there is nothing to draw from, or not
    enough, or nobody said how many; nothing is written then.
    """
    numbers = population.numbers()
    wanted = size if size is not None else -(-len(numbers) * (percent or 0) // 100)
    reasons = _unlike(numbers, wanted)
    if reasons:
        raise Refused(reasons)
    seed, user = secrets.token_hex(16), by.acting.id
    assert user is not None  # noqa: S101 - only people audit
    data = {
        "population": {
            **population.as_json(),
            "count": len(numbers),
            "sha256": population_digest(numbers),
        },
        "asked": {"size": size, "percent": percent},
        "seed": seed,
        "drawn": list(first_of(numbers, seed=seed, size=wanted)),
    }
    return record(user, AUDIT_SAMPLE_DRAWN, by, role=READER, data=data)


def draw_once(
    *, population: Population, by: Person, seen: int, size: int | None = None, percent: int | None = None
) -> tuple[Event, bool]:
    """As `draw_audit_sample`, and whether it was drawn now. `seen` is the number of the last draw in the stream of
    `by` that stood on the page, 0 for none: what the same page has brought about already is not drawn again."""
    user = by.acting.id
    assert user is not None  # noqa: S101 - only people audit
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).only("pk").get(pk=user)
        asked = {"size": size, "percent": percent}
        later = Event.objects.filter(stream=user, kind=AUDIT_SAMPLE_DRAWN, seq__gt=seen)
        for each in later.order_by("seq"):
            if each.data["asked"] == asked and population.is_asked_in(each.data["population"]):
                return each, False
        return draw_audit_sample(population=population, by=by, size=size, percent=percent), True


def _unlike(numbers: list[str], wanted: int) -> list[Reason]:
    if not numbers:
        return [Reason("nothing_to_draw_from")]
    if wanted < 1:
        return [Reason("no_size")]
    if wanted > len(numbers):
        return [Reason("sample_beyond_population", {"wanted": wanted, "count": len(numbers)})]
    return [Reason("audit_sample_too_large", {"wanted": wanted, "most": MOST})] if wanted > MOST else []


def drawn_again(event: Event) -> tuple[bool, bool]:
    """Whether the population read again is the one of the draw, and whether its seed draws the same from it."""
    data = event.data
    numbers = Population.from_json(data["population"]).numbers()
    same = population_digest(numbers) == data["population"]["sha256"]
    return same, list(first_of(numbers, seed=data["seed"], size=len(data["drawn"]))) == data["drawn"]
