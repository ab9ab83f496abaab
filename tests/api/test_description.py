"""/api/v1/openapi.json."""

from __future__ import annotations

from typing import Any

import pytest
from ninja import Schema

from accreditation_engine.api import queue
from accreditation_engine.api.dossiers import answers as dossiers
from accreditation_engine.api.dossiers import steps
from accreditation_engine.api.problems import MEDIA_TYPE, Problem
from accreditation_engine.api.register import answers as register
from accreditation_engine.api.trail import answers as trail

from .asking import told

pytestmark = pytest.mark.django_db
SCHEMAS = [
    Problem,
    *(
        each
        for answers in (register, trail, dossiers, steps, queue)
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
        "/api/v1/queue",
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
    assert len(SCHEMAS) == 23
