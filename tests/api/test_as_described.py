"""Schemathesis asks every address whatever its description allows, and what it does not: no server error, and no
answer that is not described. AE_API_EXAMPLES asks for more than the suite has time for."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks
from schemathesis.core.failures import FailureGroup
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from schemathesis.pytest.lazy import get_all_tests
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from accreditation_engine.api.callers import PerToken
from accreditation_engine.api.limits import PerProcess
from accreditation_engine.certificates.models import Certificate, Upkeep
from accreditation_engine.certificates.upkeep.opening import call_upkeep
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.tokens.domain import SCOPES, make_token
from accreditation_engine.reviews.models import Finding
from accreditation_engine.trail.models import Checkpoint, Event
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from accreditation_engine.wsgi import application
from tests.support.world import World

pytestmark = [pytest.mark.django_db]
EXAMPLES = int(os.environ.get("AE_API_EXAMPLES", "3"))
STATES = ("draft", "screening", "in_review", "deciding", "correcting", "certified")
REFUSED_THOUGH_VALID = [positive_data_acceptance]
"""A cursor is a text as any other to its description, and none but those that were given is one."""

bounded = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Requests go on in the transaction of the test, as those of Django's own client."""
    signals = (request_started, request_finished)
    for each in signals:
        each.disconnect(close_old_connections)
    yield
    for each in signals:
        each.connect(close_old_connections)


@pytest.fixture
def seeded(
    world: World, one_connection: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> World:
    for each in (PerToken, PerProcess):
        monkeypatch.setattr(each, "allow_request", lambda *_asked: True)
    caplog.set_level(logging.ERROR, "django.request")
    for state in STATES:
        world.dossier(state)
    call_upkeep(
        Certificate.objects.get(),
        kind="yearly_filing",
        actor=world.person("coordinator"),
        role="coordinator",
        reason="لأسباب الاختبار",
    )
    make_checkpoint()
    return world


def described(seeded: World, person: User | None) -> BaseSchema:
    """The description, asked as a stranger or as a program of `person`'s with every scope."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    if person is not None:
        _token, secret = make_token(person=person, name="tests", scopes=SCOPES, days=1)
        schema.config.update(headers={"Authorization": f"Bearer {secret}"})
    return schema


def what_is_there() -> dict[str, list[Any]]:
    """What an address may name, by the name of its part; and of what hangs on a file, "of" which it is."""
    of = {
        str(pk): str(dossier)
        for rows in (Finding.objects, Upkeep.objects)
        for pk, dossier in rows.values_list("pk", "dossier")
    }
    return {
        "of": [of],
        "pk": [str(each) for each in Dossier.objects.order_by("number").values_list("pk", flat=True)],
        "number": list(Certificate.objects.order_by("number").values_list("number", flat=True)),
        "event": list(Event.objects.order_by("pk").values_list("hash", flat=True)[:20]),
        "size": list(Checkpoint.objects.values_list("size", flat=True)),
        "finding_pk": [
            str(each) for each in Finding.objects.order_by("criterion").values_list("pk", flat=True)
        ],
        "upkeep_pk": [str(each) for each in Upkeep.objects.order_by("due_on").values_list("pk", flat=True)],
    }


def ask_everything(schema: BaseSchema) -> None:
    """Each address by itself; all that is wrong is told at once."""
    there, wrong = what_is_there(), list[str]()

    def answered(case: schemathesis.Case) -> None:
        name_what_is_there(case, there)
        case.call_and_validate(excluded_checks=REFUSED_THOUGH_VALID)

    load_all_checks()
    for result in get_all_tests(schema=schema, test_func=answered, settings=bounded, given_kwargs={}):
        operation, ask_it = result.ok()
        try:
            ask_it()
        except FailureGroup as failures:
            wrong += [f"{operation.label}: {each}" for each in failures.exceptions]
    assert not wrong, "\n\n".join(wrong)


def name_what_is_there(case: schemathesis.Case, there: dict[str, list[Any]]) -> None:
    """Half of the names that were made up, and could be, are put right."""
    parts = case.path_parameters
    made = case.meta.components.get(ParameterLocation.PATH) if case.meta else None
    which = crc32(repr(case.as_curl_command()).encode())
    if not parts or (made is not None and made.mode is not GenerationMode.POSITIVE) or which % 2:
        return
    for name in sorted(name for name in parts if there.get(name)):
        parts[name] = there[name][which // 2 % len(there[name])]
    if whole := there["of"][0].get(parts.get("finding_pk") or parts.get("upkeep_pk")):
        parts["pk"] = whole


@pytest.mark.parametrize("roles", [[], ["applicant"], ["coordinator"], ["auditor", "reviewer"]], ids=repr)
def test_everything_is_answered_as_described(seeded: World, roles: list[str]) -> None:
    person = seeded.applicant if "applicant" in roles else seeded.new_person("asks", *roles)
    ask_everything(described(seeded, person if roles else None))
