"""A well-formed event that somebody puts in by SQL, triggers and all, is held against what was possible."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.colleagues import change_standing
from accreditation_engine.organisations.domain import end_role, join
from accreditation_engine.organisations.models import RoleGrant, Standing, User
from accreditation_engine.trail.content import SYSTEM
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from tests.support.world import World, later
from tests.trail.forging import forged

pytestmark = pytest.mark.django_db

SOMETHING = "0" * 64


def put(dossier: Dossier, by: User, **said: Any) -> Event:
    """An ordinary INSERT, which the triggers let pass."""
    event = forged(dossier.pk, actor=by.acting, **{"edition": dossier.edition_id, **said})
    event.save(force_insert=True)
    return event


def found(code: str = "impossible") -> str:
    return "; ".join(each.detail for each in verify_all() if each.code == code)


def vote(dossier: Dossier, by: User, **said: Any) -> Event:
    data = {"choice": "certify", "judged": {"ballot": 1, "salt": "00" * 16}}
    step = {"transition": "vote", "source": "deciding", "target": "deciding", "role": "panel"}
    return put(dossier, by, **{**step, "data": data, **said})


def like_others(dossier: Dossier, **judged: Any) -> dict[str, Any]:
    """What a vote says in a ballot that has just begun."""
    refer = Event.objects.get(stream=dossier.pk, transition="refer").data["judged"]
    return {"choice": "certify", "judged": {**refer, "ballot": 1, "salt": "00" * 16, **judged}}


def test_a_step_that_leaves_another_state_and_judges_nothing_is_named(world: World) -> None:
    dossier = world.dossier("screening")
    step = {"transition": "certify", "source": "screening", "target": "certified", "role": "panel"}
    put(dossier, world.person("panel"), **step)
    assert "the step 'certify' does not leave 'screening'" in found()
    assert "it decides, and does not say what was judged" in found()


def test_a_step_from_where_the_file_did_not_stand_in_a_part_that_has_none_is_named(world: World) -> None:
    dossier = world.dossier("screening")
    vote(dossier, world.person("auditor"), role="auditor")
    assert "it leaves 'deciding' and its stream stood in 'screening'" in found()
    assert "the step 'vote' is not for 'auditor'" in found()


def test_a_step_that_nobody_wrote_into_the_edition_is_named(world: World) -> None:
    dossier = world.dossier("screening")
    put(dossier, world.person("panel"), transition="magic", source="screening", target="certified")
    assert "its edition has no step 'magic'" in found()


def test_a_vote_of_somebody_who_has_no_such_part_is_named(world: World) -> None:
    dossier = world.dossier("deciding")
    vote(dossier, world.person("applicant"), data=like_others(dossier))
    assert found() == "events do not say that its actor was panel then"


def test_a_vote_after_the_part_had_ended_is_named(world: World) -> None:
    dossier = world.dossier("deciding")
    member = world.person("panel")
    grant = RoleGrant.objects.get(user=member, role="panel")
    end_role(grant=grant, by=world.person("administrator"), reason="Moved away")
    vote(dossier, member, at=timezone.now() + timedelta(minutes=5))
    assert "events do not say that its actor was panel then" in found()


def test_a_second_vote_and_one_without_chance_are_named(world: World) -> None:
    dossier = world.dossier("deciding")
    member = world.person("panel")
    vote(dossier, member)
    vote(dossier, member, data={"choice": "acclaim"})
    for why in ("had voted in this ballot", "nobody offered", "a secret vote without a salt"):
        assert why in found()


def test_a_vote_on_what_another_file_holds_is_named(world: World) -> None:
    another, dossier = world.dossier("deciding", level=0.85), world.dossier("deciding")
    vote(dossier, world.person("panel"), data=like_others(another))
    assert found() == "it judged other ratings than were given by then"
    vote(dossier, world.person("panel", 1), data=like_others(dossier, evidence=SOMETHING))
    assert found().endswith("; it judged other files than were filed by then")
    vote(dossier, world.person("panel", 2))
    assert found().endswith("; it does not say what was judged, as steps before it do")


def test_a_review_that_names_other_ratings_is_named(world: World) -> None:
    another, dossier = world.dossier("reviewed", level=0.85), world.dossier("reviewed")
    step = {"transition": "send_review", "source": "in_review", "target": "in_review", "role": "reviewer"}
    for of in (dossier, another):
        sent = Event.objects.filter(stream=of.pk, transition="send_review").latest("seq")
        put(dossier, User.objects.get(pk=sent.actor), **step, data={"judged": sent.data["judged"]})
    assert found().count("it judged other ratings than its actor had given") == 1


def test_a_decision_that_counts_other_votes_than_were_cast_is_named(world: World) -> None:
    dossier = world.dossier("deciding")
    judged = {"ballot": 1, "votes": {"refuse": 3}, "cast": []}
    refused = compiled(dossier.edition_id).steps["refuse"].definition.to
    step = {"transition": "refuse", "source": "deciding", "target": refused, "role": "panel"}
    put(dossier, world.person("panel"), **step, data={"judged": judged}, comment_digest=SOMETHING)
    assert found() == "it counts other votes than were cast"


def test_an_event_that_is_dated_back_or_ahead_is_named(world: World) -> None:
    dossier, owner = world.dossier("screening"), world.person("applicant")
    accepted = {"kind": "code_accepted", "role": "applicant"}
    put(dossier, owner, **accepted, at=timezone.now() - timedelta(days=300))
    assert found("moment") == "it is dated before the event that it continues"
    put(dossier, owner, **accepted, at=timezone.now() + timedelta(days=300))
    assert "which is to come" in found("moment")
    make_checkpoint()
    assert "after the checkpoint that covers it" in found("moment")


def test_a_stream_that_begins_before_what_was_covered_is_named(world: World) -> None:
    world.dossier("screening")
    make_checkpoint()
    other = User.objects.create_user("new@example.org", password=None)
    forged(other.pk, kind="account_opened", at=timezone.now() - timedelta(days=2)).save(force_insert=True)
    make_checkpoint()
    assert "and was covered after an event of" in found("moment")


def test_a_kind_that_nothing_writes_is_named_once(world: World) -> None:
    dossier = world.dossier("screening")
    for _ in range(2):
        put(dossier, world.person("applicant"), kind="totally_new")
    assert found("kind") == "nothing here writes events of the kind 'totally_new'"


def test_an_erasure_by_somebody_who_might_not_or_without_a_reason_is_named(world: World) -> None:
    dossier, data = world.dossier("screening"), {"what": "note"}
    put(dossier, world.person("panel"), kind="erased", role="administrator", data=data)
    put(dossier, world.person("panel"), kind="erased", role="panel", data=data)
    put(dossier, world.person("administrator"), kind="erased", role="administrator", data=data)
    assert found().startswith(
        "events do not say that its actor was administrator then; nobody erases as 'panel'"
    )
    assert "it gives no reason" in found()


def test_all_that_people_do_is_possible(world: World) -> None:
    for state in ("certified", "refused", "correcting"):
        world.dossier(state)
    assert found() == found("moment") == found("kind") == ""


def test_a_step_of_somebody_who_only_reads_for_the_organisation_is_named(world: World) -> None:
    dossier, owner = world.dossier("draft"), world.person("applicant")
    other = join(organisation=dossier.organisation, user=world.stranger, by=SYSTEM, standing=Standing.EDITOR)
    put(dossier, world.stranger, kind="code_accepted", role="applicant")
    assert not found()
    change_standing(membership=other, standing="reader", by=owner)
    change_standing(membership=other, standing="reader", by=owner)
    put(
        dossier,
        world.stranger,
        kind="code_accepted",
        role="applicant",
        at=timezone.now() + timedelta(minutes=5),
    )
    assert found() == "events do not say that its actor was applicant then"
    with later(minutes=10):
        change_standing(membership=other, standing="editor", by=owner)
        put(dossier, world.stranger, kind="code_accepted", role="applicant", at=timezone.now())
    assert found().count("applicant then") == 1
