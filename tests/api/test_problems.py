"""Every refusal is a problem, whatever refused it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from accreditation_engine.api import limits
from accreditation_engine.api.trail import endpoints

from .asking import API, ask, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["", "nowhere", "trail", "trail/checkpoint/", "docs", "trail/nothing"])
def test_unknown_address_is_a_problem(address: str) -> None:
    response = ask(address)
    assert (response.status_code, refused(response).code) == (404, "no-such-address")


def test_another_version_is_a_problem_as_well() -> None:
    assert refused(Client().get("/api/v9/trail/keys")).code == "no-such-address"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_what_is_only_read_is_not_written(method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(f"{API}trail/keys")
    assert (response.status_code, refused(response).code) == (405, "not-this-method")
    assert response["Allow"] == "GET, HEAD"


def test_values_that_cannot_be_read_are_named() -> None:
    response = ask("trail/consistency", second="many")
    found = refused(response)
    assert (response.status_code, found.code) == (422, "not-readable")
    assert found.errors == [
        {"value": "first", "rule": "missing"},
        {"value": "second", "rule": "int_parsing"},
    ]
    assert "first, second" in found.detail


def test_problem_is_told_in_arabic_when_that_is_asked() -> None:
    assert refused(ask("nowhere", "ar")).title == "غير موجود"
    assert "لا توجد نقطة تحقق بعد" in refused(ask("trail/checkpoint", "ar")).detail
    assert "غير مقروءة" in refused(ask("trail/consistency", "ar")).detail


def test_own_mistake_is_a_problem_that_says_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(endpoints, "latest_published", broken)
    response = Client(raise_request_exception=False).get(f"{API}trail/checkpoint")
    assert (response.status_code, refused(response).code) == (500, "our-fault")
    assert "secret" not in response.content.decode()


def test_host_that_is_not_ours_is_a_problem() -> None:
    response = Client(headers={"host": "elsewhere.example"}).get(f"{API}trail/keys")
    assert (response.status_code, refused(response).code) == (400, "bad-request")


def test_too_many_requests_wait_and_others_do_not(settings: Settings) -> None:
    client = Client(REMOTE_ADDR="203.0.113.1")
    for _request in range(limits.PER_MINUTE):
        client.get(f"{API}trail/keys", headers={"x-forwarded-for": "198.51.100.7"})
    response = client.get(f"{API}trail/keys", headers={"x-forwarded-for": "198.51.100.8"})
    assert (response.status_code, refused(response).code) == (429, "too-many-requests")
    assert 1 <= int(response["Retry-After"]) <= 60
    assert Client(REMOTE_ADDR="203.0.113.2").get(f"{API}trail/keys").status_code == 200


def test_tokens_that_are_none_are_counted_for_their_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_MINUTE", 3)
    client = Client(REMOTE_ADDR="203.0.113.3", headers={"authorization": "Bearer aet_guessed"})
    answers = [client.get(f"{API}dossiers") for _request in range(4)]
    assert [each.status_code for each in answers] == [401, 401, 401, 429]
    assert refused(answers[-1]).code == "too-many-requests"
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60


def test_requests_at_the_same_time_are_counted_each_for_its_own_address() -> None:
    (throttle,) = limits.everybody()
    mine, others = (RequestFactory(REMOTE_ADDR=each).get(API) for each in ("203.0.113.4", "203.0.113.5"))
    assert throttle.allow_request(mine)
    with ThreadPoolExecutor(1) as meanwhile:
        assert meanwhile.submit(throttle.allow_request, others).result()
    assert throttle.key == throttle.get_cache_key(mine)


def test_pages_are_refused_in_words_as_before() -> None:
    response = Client().get("/nowhere/")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")
    assert "Access-Control-Allow-Origin" not in response


def test_pages_of_other_sites_may_ask_with_a_token_and_read_what_comes() -> None:
    response = ask("trail/keys")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert {"ETag", "Retry-After", "Idempotency-Replayed"} <= set(
        response["Access-Control-Expose-Headers"].split(", ")
    )
    assert json.loads(response.content) == []
    asked_before = Client(headers={"access-control-request-method": "POST"}).options(f"{API}dossiers")
    assert (asked_before.status_code, asked_before["Access-Control-Allow-Origin"]) == (204, "*")
    assert "POST" in asked_before["Access-Control-Allow-Methods"]
    for header in ("Authorization", "Idempotency-Key", "Content-Type", "If-None-Match"):
        assert header in asked_before["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in asked_before
    assert Client(headers={"access-control-request-method": "POST"}).options("/").status_code != 204
