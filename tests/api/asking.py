"""A program that asks the API."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from accreditation_engine.api.problems import MEDIA_TYPE, Problem

API = "/api/v1/"


def ask(address: str, language: str = "en", **query: Any) -> HttpResponse:
    return Client(headers={"accept-language": language}).get(API + address, query)


def told(address: str, **query: Any) -> Any:
    """The answer, of an address that answers."""
    response = ask(address, **query)
    assert response.status_code == 200, response.content.decode()
    return json.loads(response.content)


def refused(response: HttpResponse) -> Problem:
    """The problem, of a request that is refused."""
    assert response["Content-Type"] == MEDIA_TYPE
    assert response["Cache-Control"] == "no-store"
    found = Problem(**json.loads(response.content))
    assert found.status == response.status_code
    assert found.type == f"urn:problem:{found.code}"
    assert found.title
    assert found.detail
    return found
