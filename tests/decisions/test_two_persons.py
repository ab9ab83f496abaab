"""Nobody decides in a case they had a hand in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.options import options
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.domain import grant_role, join, leave
from accreditation_engine.organisations.models import Engagement, RoleGrant, User
from accreditation_engine.reviews.domain import assign, release
from tests.support.world import BADLY, World

HANDS = [
    "reviewer",
    "released reviewer",
    "former reviewer",
    "member",
    "former member",
    "coach",
    "former coach",
]
PART = {"reviewer": "reviewer", "member": "applicant", "coach": "coach"}


def with_a_hand(world: World, hand: str) -> tuple[Dossier, User]:
    """A file before the panel, and somebody of the panel who had that hand in it."""
    person = world.new_person("twofold", "panel", "reviewer")
    file = world.dossier("screening")
    organisation, today = file.organisation, timezone.localdate()
    if hand.endswith("reviewer"):
        task = assign(dossier=file, reviewer=person, by=world.person("coordinator"))
        if hand == "released reviewer":
            release(assignment=task, by=person, reason="-")
    elif hand.endswith("member"):
        membership = join(organisation=organisation, user=person, by=SYSTEM)
        if hand == "former member":
            leave(membership=membership, by=SYSTEM)
    else:
        ended = today - timedelta(days=700) if hand == "former coach" else None
        Engagement.objects.create(
            coach=person, organisation=organisation, began_on=today - timedelta(days=900), ended_on=ended
        )
    world.take_to(file, "deciding")
    if hand == "former reviewer":
        RoleGrant.objects.filter(user=person, role="reviewer").update(until=timezone.now())
    return file, person


def involved(file: Dossier, step: str, person: User, **more: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        perform(file, step, person, **more)  # type: ignore[arg-type]
    return [
        role for each in refused.value.reasons if each.code == "involved" for role in each.parameters["roles"]
    ]


@pytest.mark.parametrize("hand", HANDS)
def test_whoever_had_a_hand_in_a_file_neither_votes_nor_decides_on_it(world: World, hand: str) -> None:
    file, person = with_a_hand(world, hand)
    part = PART[hand.split()[-1]]
    assert involved(file, "vote", person, data={"choice": "certify"}) == [part]
    assert involved(file, "certify", person) == [part]
    assert involved(file, "refuse", person, comment="-") == [part]
    shown = {each.name: [reason.code for reason in each.reasons] for each in options(file, person)}
    assert all("involved" in shown[step] for step in ("vote", "certify", "refuse"))


def test_a_hand_in_one_file_bars_from_no_other(world: World) -> None:
    _, person = with_a_hand(world, "reviewer")
    other = world.dossier("deciding")
    perform(other, "vote", person, data={"choice": "certify"})


def test_who_decided_does_not_hear_the_appeal(world: World) -> None:
    file = world.dossier("appealing", level=BADLY)
    member = world.person("panel")
    grant_role(user=member, role="appeal_panel", by=SYSTEM)
    assert involved(file, "vote_on_appeal", member, data={"choice": "uphold"}) == ["panel"]
    assert involved(file, "uphold", member, comment="-") == ["panel"]
    assert involved(file, "dismiss", member, comment="-") == ["panel"]


def test_who_reviewed_or_coached_does_not_hear_the_appeal(world: World) -> None:
    file = world.dossier("appealing", level=BADLY)
    reviewer, coach = world.person("reviewer"), world.person("coach")
    Engagement.objects.create(coach=coach, organisation=file.organisation, began_on=timezone.localdate())
    for person, part in ((reviewer, "reviewer"), (coach, "coach"), (world.applicant, "applicant")):
        grant_role(user=person, role="appeal_panel", by=SYSTEM)
        assert involved(file, "vote_on_appeal", person, data={"choice": "uphold"}) == [part]


def test_who_heard_the_appeal_does_not_decide_anew(world: World) -> None:
    file = world.dossier("appealing", level=BADLY)
    judges = [world.person("appeal_panel", number) for number in range(2)]
    for judge in judges:
        perform(file, "vote_on_appeal", judge, data={"choice": "uphold"})
    perform(file, "uphold", judges[0], comment="-")
    for judge in judges:
        grant_role(user=judge, role="panel", by=SYSTEM)
        assert involved(file, "vote", judge, data={"choice": "certify"}) == ["appeal_panel"]


def test_a_refused_attempt_is_no_hand_in_the_case(world: World) -> None:
    file = world.dossier("refused", level=BADLY)
    outsider = world.new_person("outsider", "panel", "appeal_panel")
    with pytest.raises(Refused):
        perform(file, "certify", outsider)
    world.perform(file, "appeal")
    perform(file, "vote_on_appeal", outsider, data={"choice": "dismiss"})


def test_a_coach_becomes_free_two_years_later(world: World) -> None:
    person = world.new_person("coach-once", "panel")
    file = world.dossier("deciding")
    today = timezone.localdate()
    Engagement.objects.create(
        coach=person,
        organisation=file.organisation,
        began_on=today - timedelta(days=1000),
        ended_on=today - timedelta(days=735),
    )
    perform(file, "vote", person, data={"choice": "certify"})


def test_reviewer_and_panel_of_one_file_cannot_be_one_person_even_with_both_roles(world: World) -> None:
    person = world.new_person("twofold", "panel", "reviewer")
    file = world.dossier("deciding")
    perform(file, "vote", person, data={"choice": "certify"})
    with pytest.raises(Refused):
        assign(dossier=file, reviewer=person, by=world.person("coordinator"))
