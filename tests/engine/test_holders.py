"""A scheme that is open needs somebody in every role."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from accreditation_engine.demo.cast import seed_cast
from accreditation_engine.demo.world import PROTAGONIST, seed_member
from accreditation_engine.organisations.models import RoleGrant

pytestmark = pytest.mark.django_db


def _checked() -> str:
    out = StringIO()
    call_command("check_definitions", stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_scheme_that_is_not_open_asks_for_nobody() -> None:
    assert "No problems" in _checked()


def test_an_open_scheme_is_sound_when_every_role_is_held() -> None:
    call_command("load_schemes", stdout=StringIO())
    seed_cast()
    seed_member(PROTAGONIST, None)
    assert "No problems" in _checked()


def test_a_role_that_nobody_holds_is_named_with_its_line() -> None:
    call_command("load_schemes", stdout=StringIO())
    seed_cast()
    seed_member(PROTAGONIST, None)
    RoleGrant.objects.filter(role="appeal_panel").delete()
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_definitions", stdout=out, stderr=StringIO())
    assert ended.value.code == 1
    assert "institutional-commitment.yaml:" in out.getvalue()
    assert "nobody holds the role 'appeal_panel', so nobody could take 'vote_on_appeal'" in out.getvalue()
