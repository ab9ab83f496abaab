"""The page of the API, and the programs to copy from it."""

from __future__ import annotations

import io
import re
import shlex
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.request import Request

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from accreditation_engine.api.page import samples
from accreditation_engine.certificates.models import Delivery
from accreditation_engine.certificates.webhooks.endpoints import add_endpoint
from accreditation_engine.certificates.webhooks.signing import headers_for, secret_of
from accreditation_engine.certificates.webhooks.telling import message_of, tell_webhooks
from accreditation_engine.certificates.webhooks.told.topics import TYPES
from accreditation_engine.dossiers.domain import open_dossier
from accreditation_engine.organisations.tokens.domain import SCOPES, make_token
from tests.api.asking import API, told
from tests.support.world import TINY, World

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).parents[3] / "docs"
SITE = "https://accreditation.example"


def shown(language: str) -> str:
    response = Client().get(reverse("api_page_in", args=[language]))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_address_problem_scope_and_message_is_on_the_page(language: str) -> None:
    page = unescape(strip_tags(shown(language)))
    for path, methods in told("openapi.json")["paths"].items():
        assert path in page
        for operation in methods.values():
            assert (operation["summary"] in page) is (language == "en"), operation["summary"]
            for parameter in operation.get("parameters", ()):
                assert parameter["name"] in page
    for code in (*SCOPES, *TYPES, "no-such-cursor", "stale_page", "Sunset"):
        assert code in page


def test_whoever_types_the_address_alone_is_led_to_their_language() -> None:
    for language in ("ar", "en"):
        response = Client(headers={"accept-language": language}).get("/api/")
        assert response.url == reverse("api_page_in", args=[language])
    assert Client().get("/api/fr/").status_code == 404
    assert (
        reverse("api_page_in", args=["en"]) in Client().get(reverse("about_in", args=["en"])).content.decode()
    )


def asked(sample: str, secret: str = "") -> tuple[str, str, str, dict[str, str]]:
    """Method, address, body and headers of a call of curl."""
    call = samples.filled(sample, SITE).replace("aet_...", secret).replace("\\\n", " ")
    words = shlex.split(call)
    headers: dict[str, str] = {}
    method, body, address = "GET", "", ""
    assert words.pop(0) == "curl"
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-H":
            name, _colon, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = words.pop(0)
        else:
            address = word.removeprefix(SITE)
    return method, address, body, headers


def test_calls_of_curl_are_answered(world: World) -> None:
    world.scheme(TINY)
    dossier = world.dossier("draft", scheme="tiny")
    world.perform(dossier, "submit")
    _token, secret = make_token(person=world.person("coordinator"), name="x", scopes=SCOPES, days=1)
    for sample in (samples.REGISTER, samples.FILES):
        _method, address, _body, headers = asked(sample, secret)
        assert Client().get(address, headers=headers).status_code == 200
    method, address, body, headers = asked(samples.STEP, secret)
    address = re.sub(r"dossiers/[-0-9a-f]+", f"dossiers/{dossier.pk}", address)
    version = Client().get(f"{API}dossiers/{dossier.pk}", headers=headers).json()["version"]
    body = body.replace("4f1c...", version).replace("return_for_completion", "send_back")
    content_type = headers.pop("Content-Type")
    response = Client().generic(method, address, body, content_type, headers=headers)
    assert (response.status_code, response.json()["state"]) == (200, "draft")


def test_program_in_python_walks_through_all_pages(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    world.scheme(TINY)
    files = [world.dossier("draft", scheme="tiny") for _number in range(3)]
    _token, secret = make_token(person=world.person("coordinator"), name="x", scopes=SCOPES, days=1)

    def over_there(request: Request) -> io.BytesIO:
        address = request.full_url.removeprefix(SITE).replace("limit=100", "limit=2")
        response = Client().get(address, headers=dict(request.header_items()))
        assert response.status_code == 200
        return io.BytesIO(response.content)

    monkeypatch.setattr("urllib.request.urlopen", over_there)
    exec(samples.filled(samples.WALK, SITE).replace("aet_...", secret), {})  # noqa: S102 - what is to be copied
    printed = capsys.readouterr().out
    assert all(f"{each.number} Draft" in printed for each in files)


def test_receiver_takes_what_is_ours_and_refuses_what_is_not(world: World, settings: Any) -> None:
    settings.WEBHOOKS_ANYWHERE = True
    organisation = world.organisation()
    endpoint = add_endpoint(
        url="http://127.0.0.1:9/", types=TYPES, by=world.applicant, organisation=organisation
    )
    open_dossier(organisation=organisation, scheme="institutional-commitment", by=world.applicant)
    tell_webhooks()
    delivery = Delivery.objects.get()
    assert message_of(delivery) is not None
    copied: dict[str, Any] = {"__name__": "copied"}
    exec(samples.RECEIVER.replace("whsec_...", secret_of(endpoint)), copied)  # noqa: S102 - as above
    headers = headers_for(endpoint, delivery.pk, timezone.now(), b"{}")
    assert copied["is_ours"](headers, b"{}")
    assert not copied["is_ours"](headers, b"{} ")
    late = headers_for(endpoint, delivery.pk, timezone.now() - timedelta(minutes=6), b"{}")
    assert not copied["is_ours"](late, b"{}")


def test_documents_show_the_same_receiver() -> None:
    assert samples.RECEIVER in (DOCS / "webhooks.md").read_text()
