"""A season in small: twelve organisations, reviewers and panel with interests of their own, one trail.

Who judged what, and that nobody judged where they had an interest, is read from the trail alone.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.demo.autopilot import play
from accreditation_engine.dossiers.domain import open_dossier
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import end_engagement, engage, join, leave
from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.trail.models import Event
from tests.support.world import SHIPPED, World

LEVELS = (0.93, 0.75, 0.2, 0.88, 0.7, 0.95, 0.15, 0.8, 0.9, 0.78, 0.3, 0.99)
JUDGING = {"reviewer", "panel", "appeal_panel"}


def test_a_season_in_which_nobody_judges_where_they_have_an_interest(world: World) -> None:
    _enlarge(world)
    files = [_file(world) for _ in LEVELS]
    interests = _interests(world, [each.organisation for each in files])
    for file, level in zip(files, LEVELS, strict=True):
        list(play(world.case(file, level=level)))

    counted = Counter(Dossier.objects.values_list("state", flat=True))
    assert set(counted) == {"certified", "refused"}
    assert counted["certified"] == Certificate.objects.count() == sum(level > 0.6 for level in LEVELS)
    assert len({each.number for each in Certificate.objects.all()}) == counted["certified"]

    judged = _who_judged()
    assert set(judged) == {each.pk for each in files}
    for file in files:
        assert not interests[file.organisation_id] & set().union(*judged[file.pk].values())
        assert len(judged[file.pk]["reviewer"]) == 2
        assert len(judged[file.pk]["panel"]) >= 3
        assert not judged[file.pk]["reviewer"] & judged[file.pk]["panel"]
    assert list(verify_all()) == []


def _enlarge(world: World) -> None:
    """More people, so that there are some left beside those with an interest."""
    for role, number in (("reviewer", 3), ("panel", 3)):
        for index in range(number):
            world.cast.people[role].append(world.new_person(f"{role}-more-{index}", role))
    twofold = world.new_person("twofold", "reviewer", "panel")
    world.cast.people["reviewer"].insert(0, twofold)
    world.cast.people["panel"].insert(0, twofold)


def _file(world: World) -> Dossier:
    return open_dossier(organisation=world.organisation(), scheme=SHIPPED, by=world.applicant)


def _interests(world: World, organisations: list[Organisation]) -> dict[UUID, set[UUID]]:
    """Members, former members and coaches among those who judge, by organisation."""
    judges: list[User] = [*world.cast.playing("reviewer"), *world.cast.playing("panel")]
    today, found = timezone.localdate(), defaultdict(set)
    for index, organisation in enumerate(organisations):
        member, former, coach = (judges[(index * 5 + step) % len(judges)] for step in (0, 1, 2))
        join(organisation=organisation, user=member, by=SYSTEM)
        leave(membership=join(organisation=organisation, user=former, by=SYSTEM), by=SYSTEM)
        began, ended = today - timedelta(days=500), today - timedelta(days=100)
        work = engage(coach=coach, organisation=organisation, began_on=began, by=SYSTEM)
        if index % 2:
            end_engagement(engagement=work, ended_on=ended, by=SYSTEM)
        found[organisation.pk] |= {member.pk, former.pk, coach.pk}
    return found


def _who_judged() -> dict[UUID, dict[str, set[UUID]]]:
    """By file and role, whoever took a judging step: from nothing but the bytes of the events."""
    judged: dict[UUID, dict[str, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    for stored in Event.objects.values_list("body", flat=True).iterator():
        event = json.loads(bytes(stored))
        if event["kind"] == "transition" and event["role"] in JUDGING:
            judged[UUID(event["stream"])][event["role"]].add(UUID(event["actor"]["id"]))
    return {stream: dict(roles) for stream, roles in judged.items()}
