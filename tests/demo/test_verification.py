"""What decides a file and is no state of it, changed with raw SQL: `verify_trail` names it all the same."""

from __future__ import annotations

import pytest
from django.db import connection

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import end_role
from accreditation_engine.organisations.models import RoleGrant
from accreditation_engine.trail import protection
from tests.support.world import World

pytestmark = pytest.mark.django_db

TAMPERING = {
    "a rating is raised": ("rating", "update reviews_rating set value = '4' where value <> '4'"),
    "a rating is gone": ("rating", "delete from reviews_rating"),
    "a vote is turned": ("vote", "update decisions_vote set choice = 'refuse'"),
    "a vote is gone": ("vote", "delete from decisions_vote"),
    "a role is another": ("role", "update organisations_rolegrant set role = 'panel' where role = 'coach'"),
    "a role is gone": ("role", "delete from organisations_rolegrant where role = 'auditor'"),
    "a role has no end": ("role", "update organisations_rolegrant set until = null"),
}


JUDGED = {"rating", "vote"}
"""What a decision's event names as well: these are problems twice."""


@pytest.fixture(autouse=True)
def certified(world: World) -> None:
    world.dossier("certified")
    end_role(grant=RoleGrant.objects.filter(role="coach").first(), by=SYSTEM, reason="Moved away")


def test_what_nobody_touched_is_no_problem() -> None:
    assert list(verify_all()) == []


@pytest.mark.parametrize(("code", "statement"), TAMPERING.values(), ids=TAMPERING)
def test_a_row_that_its_events_do_not_explain_is_named(code: str, statement: str) -> None:
    with protection.lifted(connection), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0
    found = list(verify_all())
    assert {each.code for each in found} == ({code, "judged"} if code in JUDGED else {code})
    assert next(verify_all(stream=found[0].stream)) == found[0]
