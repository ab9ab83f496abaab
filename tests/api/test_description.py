"""/api/v1/openapi.json."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from ninja import Schema

from accreditation_engine import api
from accreditation_engine.api import queue
from accreditation_engine.api.dossiers import answers as dossiers
from accreditation_engine.api.dossiers import steps, within
from accreditation_engine.api.problem_examples import ELSEWHERE, KNOWN
from accreditation_engine.api.problems import MEDIA_TYPE, Problem
from accreditation_engine.api.register import answers as register
from accreditation_engine.api.trail import answers as trail
from accreditation_engine.certificates.webhooks.told.topics import TYPES
from accreditation_engine.organisations.tokens.domain import SCOPES

from .asking import API, ask, told

pytestmark = pytest.mark.django_db
SCHEMAS = [
    Problem,
    *(
        each
        for answers in (register, trail, dossiers, steps, within, queue)
        for each in vars(answers).values()
        if isinstance(each, type) and issubclass(each, Schema) and each not in (Schema, Problem)
    ),
]


def operations() -> list[tuple[str, dict[str, Any]]]:
    paths = told("openapi.json")["paths"]
    return [(path, operation) for path, methods in paths.items() for operation in methods.values()]


def test_every_address_is_described() -> None:
    assert {path for path, _operation in operations()} == {
        "/api/v1/register",
        "/api/v1/certificates/{number}",
        "/api/v1/dossiers",
        "/api/v1/dossiers/{pk}",
        "/api/v1/dossiers/{pk}/events",
        "/api/v1/dossiers/{pk}/transitions",
        "/api/v1/dossiers/{pk}/findings",
        "/api/v1/dossiers/{pk}/findings/{finding_pk}/transitions",
        "/api/v1/dossiers/{pk}/upkeep",
        "/api/v1/dossiers/{pk}/upkeep/{upkeep_pk}/transitions",
        "/api/v1/queue",
        "/api/v1/upkeep",
    } | {
        f"/api/v1/trail/{each}"
        for each in (
            "checkpoint",
            "checkpoints",
            "checkpoints/{size}",
            "keys",
            "events/{event}/inclusion",
            "consistency",
            "tiles/{level}/{number}",
        )
    }
    assert all(operation["summary"] for _path, operation in operations())


def test_description_is_not_sent_again_to_whoever_has_it() -> None:
    first = ask("openapi.json")
    assert "public" in first["Cache-Control"]
    again = Client(headers={"if-none-match": first["ETag"]}).get(API + "openapi.json")
    assert (again.status_code, again.content) == (304, b"")


def test_refusals_are_described_as_problems() -> None:
    for path, operation in operations():
        for status, response in operation["responses"].items():
            kinds = set(response["content"])
            assert (kinds == {MEDIA_TYPE}) is (int(status) >= 400), (path, status)
    tile = next(operation for path, operation in operations() if "tiles" in path)
    assert set(tile["responses"]["200"]["content"]) == {"application/octet-stream"}


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda each: each.__name__)
def test_every_answer_has_an_example_that_is_one(schema: type[Schema]) -> None:
    described = told("openapi.json")["components"]["schemas"][schema.__name__]
    assert schema(**described["example"]).model_dump(mode="json", exclude_none=True)


def test_every_answer_and_body_of_an_operation_has_its_example() -> None:
    for path, operation in operations():
        contents = [response["content"] for response in operation["responses"].values()]
        for content in (*contents, operation.get("requestBody", {}).get("content", {})):
            for kind, each in content.items():
                if kind == MEDIA_TYPE:
                    assert each["examples"], path
                    for example in each["examples"].values():
                        assert Problem(**example["value"])
                elif kind == "application/json":
                    assert each["example"], path


def test_every_code_that_the_source_refuses_with_is_described() -> None:
    source = Path(api.__file__).parent
    published = source.parent / "trail" / "transparency" / "published.py"
    text = "".join(each.read_text() for each in (*source.rglob("*.py"), published))
    refusing = r'(?:Refusal|problem|NotPublished|Unreadable|HttpError)\(\s*(?:\d+,\s*)?"([a-z][-a-z]+)"'
    of_ours = r'\d{3}: \("([-a-z]+)"'
    found = {*re.findall(refusing, text), *re.findall(of_ours, text)}
    assert len(found) > 15
    assert found == KNOWN.keys() | set(ELSEWHERE)


def test_operations_are_named_shortly_and_say_their_scope() -> None:
    names = [operation["operationId"] for _path, operation in operations()]
    assert len(names) == len(set(names))
    assert all(name.replace("_", "").isalpha() for name in names)
    asked = {
        operation["operationId"]: operation["security"][0]["Token"][0]
        for _path, operation in operations()
        if "security" in operation
    }
    assert asked["dossiers"] == "dossiers:read"
    assert set(asked.values()) == set(SCOPES)


def test_every_message_to_addresses_is_described() -> None:
    webhooks = told("openapi.json")["webhooks"]
    assert set(webhooks) == set(TYPES)
    for type_, each in webhooks.items():
        content = each["post"]["requestBody"]["content"]["application/json"]
        assert content["example"]["type"] == type_
        assert set(content["example"]["data"]) == set(content["schema"]["properties"]["data"]["required"])
