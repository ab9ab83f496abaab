"""/api/v1/dossiers and /api/v1/queue: a program sees what its owner sees, and does what they may."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accreditation_engine.api import callers
from accreditation_engine.certificates.upkeep.opening import call_upkeep
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.outer_words import step_read
from accreditation_engine.organisations.domain import end_grant
from accreditation_engine.organisations.models import ApiToken, RoleGrant, User
from accreditation_engine.organisations.tokens.domain import SCOPES, make_token
from accreditation_engine.trail.content import SYSTEM
from accreditation_engine.trail.models import Event
from tests.api.asking import API, refused
from tests.support.world import TINY, World, changed

pytestmark = pytest.mark.django_db


def program(person: User, *scopes: str, language: str = "en") -> Client:
    _token, secret = make_token(person=person, name=str(uuid4()), scopes=scopes or SCOPES, days=1)
    return Client(headers={"authorization": f"Bearer {secret}", "accept-language": language})


def read(client: Client, address: str, **query: Any) -> Any:
    response = client.get(API + address, query)
    assert response.status_code == 200, response.content.decode()
    return response.json()


def take(client: Client, dossier: Dossier, key: str = "", **step: Any) -> HttpResponse:
    return client.post(
        f"{API}dossiers/{dossier.pk}/transitions",
        json.dumps(step),
        content_type="application/json",
        headers={"idempotency-key": key or str(uuid4())},
    )


def post(client: Client, address: str, key: str, step: dict[str, Any]) -> HttpResponse:
    return client.post(
        address, json.dumps(step), content_type="application/json", headers={"idempotency-key": key}
    )


@pytest.fixture
def dossier(world: World) -> Dossier:
    world.scheme(TINY)
    found = world.dossier("draft", scheme="tiny")
    world.perform(found, "submit")
    return found


def test_stranger_and_token_of_too_little_are_told_so(dossier: Dossier, world: World) -> None:
    response = Client(headers={"accept-language": "en"}).get(f"{API}dossiers")
    assert (response.status_code, refused(response).code) == (401, "no-token")
    assert response["WWW-Authenticate"] == "Bearer"
    client = program(world.person("coordinator"), "queue:read")
    for address in ("dossiers", f"dossiers/{dossier.pk}", f"dossiers/{dossier.pk}/events"):
        assert refused(client.get(API + address)).code == "not-in-scope"
    assert refused(take(client, dossier, transition="finish", version="")).code == "not-in-scope"
    signed_in = Client()
    signed_in.force_login(world.person("coordinator"))
    assert signed_in.get(f"{API}dossiers").status_code == 401


def test_program_sees_the_files_of_its_owner_and_no_others(dossier: Dossier, world: World) -> None:
    mine = read(program(world.person("coordinator")), "dossiers", scheme="tiny")
    assert [(each["number"], each["state"]) for each in mine["dossiers"]] == [(dossier.number, "checking")]
    theirs = read(program(world.applicant), "dossiers")["dossiers"][0]
    assert (theirs["id"], theirs["state"], theirs["organisation"]) == (
        str(dossier.pk),
        None,
        "A trial association",
    )
    stranger = program(world.stranger)
    assert read(stranger, "dossiers") == {"dossiers": [], "next": None}
    for pk in (dossier.pk, uuid4()):
        found = refused(stranger.get(f"{API}dossiers/{pk}"))
        assert (found.status, found.code) == (404, "no-such-dossier")
    kept_back = refused(program(world.applicant).get(f"{API}dossiers/{dossier.pk}/events"))
    assert (kept_back.status, kept_back.code) == (404, "not-shown"), "the file itself they see"


def test_list_is_narrowed_and_goes_on_where_it_ended(dossier: Dossier, world: World) -> None:
    client = program(world.person("coordinator"))
    others = [world.dossier("draft", scheme="tiny") for _number in range(2)]
    waiting = read(client, "dossiers", waiting=True, scheme="tiny", state="checking")["dossiers"]
    assert [each["id"] for each in waiting] == [str(dossier.pk)]
    assert len(read(client, "dossiers", state="draft", scheme="tiny")["dossiers"]) == len(others)
    first = read(client, "dossiers", scheme="tiny", limit=1)
    world.dossier("draft", scheme="tiny")
    second = read(client, "dossiers", scheme="tiny", limit=2, after=first["next"])
    ids = [each["id"] for page in (first, second) for each in page["dossiers"]]
    assert ids == [str(each.pk) for each in (*reversed(others), dossier)]
    assert second["next"] is None
    assert refused(client.get(f"{API}dossiers", {"after": "x"})).code == "no-such-cursor"


def test_step_is_taken_once_however_often_it_is_sent(dossier: Dossier, world: World) -> None:
    client = program(world.person("coordinator"))
    before = read(client, f"dossiers/{dossier.pk}")
    assert [each["transition"] for each in before["steps"]] == ["send_back", "finish"]
    step = {"transition": "send_back", "version": before["version"], "comment": "لأسباب الاختبار"}
    first, again = (take(client, dossier, "k-1", **step) for _time in range(2))
    assert (first.status_code, first.json()["state"]) == (200, "draft")
    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    assert Event.objects.filter(stream=dossier.pk, transition="send_back").count() == 1
    other = take(client, dossier, "k-1", **(step | {"transition": "finish"}))
    assert (other.status_code, refused(other).code) == (422, "key-used")
    assert read(client, f"dossiers/{dossier.pk}")["version"] == first.json()["version"] != before["version"]


def test_all_that_stands_against_a_step_is_told_and_it_is_not_taken(dossier: Dossier, world: World) -> None:
    client = program(world.person("coordinator"), language="ar")
    version = read(client, f"dossiers/{dossier.pk}")["version"]
    response = take(client, dossier, transition="send_back", version=version)
    assert response.status_code == 409
    assert [each["code"] for each in refused(response).reasons or []] == ["comment_missing"]
    assert refused(response).detail == "اكتب سبب هذا الإجراء."
    stale = refused(take(client, dossier, transition="finish", version="0" * 20))
    assert [each["code"] for each in stale.reasons or []] == ["stale_page"]
    theirs = refused(take(program(world.applicant), dossier, transition="finish", version="0" * 20))
    assert [each["code"] for each in theirs.reasons or []] == ["not_your_role"]
    dossier.refresh_from_db()
    assert dossier.state == "checking"
    assert refused(take(client, dossier, transition="fly", version=version)).code == "no-such-transition"
    assert refused(take(client, dossier, transition="finish", version=version, data=1)).code == "not-readable"
    no_key = client.post(f"{API}dossiers/{dossier.pk}/transitions", "{}", content_type="application/json")
    assert refused(no_key).status == 422


@pytest.mark.parametrize(
    ("body", "status", "code", "words"),
    [
        ('{"transition": ', 400, "bad-request", "see line 1, column 16"),
        ("[" * 100_000, 400, "bad-request", "Send an object in UTF-8"),
        (b"\xff{", 400, "bad-request", "Send an object in UTF-8"),
        ('{"version": ' + "9" * 5000 + "}", 400, "bad-request", "Send an object in UTF-8"),
        ('"' + "a" * 2_700_000 + '"', 413, "too-large", "longer than 2621440 bytes"),
    ],
    ids=["cut off", "deep", "not UTF-8", "huge number", "long"],
)
def test_body_that_cannot_be_read_is_told_apart(
    dossier: Dossier, world: World, body: str | bytes, status: int, code: str, words: str
) -> None:
    response = program(world.applicant).post(
        f"{API}dossiers/{dossier.pk}/transitions",
        body,
        content_type="application/json",
        headers={"idempotency-key": str(uuid4())},
    )
    found = refused(response)
    assert (found.status, found.code) == (status, code)
    assert words in found.detail
    if status == 413:
        assert response.wsgi_request.read() == b"", "or the server closes on the next request"


def test_role_that_ended_ends_what_its_program_may(
    dossier: Dossier, world: World, settings: Settings
) -> None:
    person = world.new_person("new", "coordinator")
    client = program(person)
    assert read(client, "dossiers", scheme="tiny")["dossiers"]
    end_grant(grant=RoleGrant.objects.get(user=person), by=SYSTEM, reason="لأسباب الاختبار")
    assert read(client, "dossiers") == {"dossiers": [], "next": None}
    settings.SECOND_FACTOR_REQUIRED = True
    found = refused(program(world.person("reviewer")).get(f"{API}queue"))
    assert (found.status, found.code) == (403, "second-factor-missing")


def test_trail_is_read_page_by_page_and_whoever_audits_is_read(world: World) -> None:
    dossier = world.dossier("screening")
    auditor = world.person("auditor")
    client = program(auditor)
    first = read(client, f"dossiers/{dossier.pk}/events", limit=3)
    second = read(client, f"dossiers/{dossier.pk}/events", limit=100, after=first["next"])
    seqs = [each["seq"] for page in (first, second) for each in page["events"]]
    assert seqs == list(Event.objects.filter(stream=dossier.pk).order_by("seq").values_list("seq", flat=True))
    assert first["events"][0]["event"]["hash"] == first["events"][0]["hash"]
    looks = Event.objects.filter(stream=auditor.pk, kind="looked")
    assert {each.data["page"] for each in looks} == {"trail"}


def test_reviewer_reads_the_queue_and_scores_where_they_are_shown(world: World) -> None:
    in_review, deciding = world.dossier("in_review"), world.dossier("deciding")
    queue = read(program(world.person("reviewer")), "queue")
    assert {each["dossier"] for each in (*queue["own"], *queue["waiting"])} <= {str(in_review.pk)}
    assert refused(program(world.applicant).get(f"{API}queue")).code == "no-queue"
    seen = read(program(world.person("panel")), f"dossiers/{deciding.pk}")
    vote = next(each for each in seen["steps"] if each["choices"])
    assert "certify" in vote["choices"]
    if seen["scores"] is not None:
        assert {each["rubric"] for each in seen["scores"]}
    assert read(program(world.applicant), f"dossiers/{deciding.pk}")["scores"] is None


def test_each_token_is_counted_by_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = program(world.stranger)
    codes = {client.get(f"{API}dossiers").status_code for _request in range(callers.PER_MINUTE)}
    assert codes == {200}
    assert refused(client.get(f"{API}dossiers")).code == "too-many-requests"
    assert program(world.stranger).get(f"{API}dossiers").status_code == 200
    assert ApiToken.objects.exclude(last_used_on=None).count() == 2


def test_findings_are_read_and_answered_by_a_program(world: World) -> None:
    dossier = world.dossier("correcting")
    client = program(world.applicant)
    found = read(client, f"dossiers/{dossier.pk}/findings")["findings"]
    assert {each["id"] for each in found} == {str(each.pk) for each in dossier.findings.all()}
    first = found[0]
    assert (first["open"], [each["transition"] for each in first["steps"]]) == (True, ["answer"])
    address = f"{API}dossiers/{dossier.pk}/findings/{first['id']}/transitions"
    step = {"transition": "answer", "version": first["version"], "comment": "صححنا ما وجدتموه"}
    answers = [post(client, address, each, step | {"comment": each}) for each in ("k-1", "k-2")]
    assert [each.status_code for each in answers] == [200, 409]
    assert (answers[0].json()["state"], answers[0].json()["seq"]) == ("answered", None)
    assert [each["code"] for each in refused(answers[1]).reasons or []] == ["stale_page"]
    stranger = program(world.stranger)
    assert refused(stranger.get(f"{API}dossiers/{dossier.pk}/findings")).code == "no-such-dossier"
    other = world.dossier("correcting")
    elsewhere = f"{API}dossiers/{other.pk}/findings/{first['id']}/transitions"
    assert refused(post(client, elsewhere, "k-9", step)).code == "no-such-dossier"
    hidden = world.dossier("in_review")
    assert read(client, f"dossiers/{hidden.pk}/findings") == {"findings": []}


def called_for(world: World, dossier: Dossier, kind: str) -> None:
    certificate, actor = dossier.certificates.get(), world.person("coordinator")
    call_upkeep(certificate, kind=kind, actor=actor, role="coordinator", reason="لأسباب الاختبار")


def test_upkeep_that_waits_is_read_and_filed_by_a_program(world: World) -> None:
    dossier = world.dossier("certified")
    client = program(world.applicant)
    assert read(client, "upkeep") == {"upkeep": [], "more": False, "next": None}
    for kind in ("surveillance", "special_audit"):
        called_for(world, dossier, kind)
    first = read(client, "upkeep", limit=1)
    second = read(client, "upkeep", limit=1, after=first["next"])
    assert (first["more"], second["more"], second["next"]) == (True, False, None)
    both = [*first["upkeep"], *second["upkeep"]]
    assert both == read(client, "upkeep")["upkeep"]
    (waiting,) = (each for each in both if each["kind"] == "surveillance")
    assert (waiting["kind"], waiting["state"]) == ("surveillance", "called")
    asked = read(client, f"dossiers/{dossier.pk}/upkeep")["upkeep"]
    (called,) = (each for each in asked if each["id"] == waiting["id"])
    step = {"transition": "file", "version": called["version"], "comment": "التقرير السنوي"}
    address = f"{API}dossiers/{dossier.pk}/upkeep/{called['id']}/transitions"
    assert post(client, address, "k-1", step).json()["state"] == "filed"
    draft = world.dossier("draft")
    assert refused(client.get(f"{API}dossiers/{draft.pk}/upkeep")).code == "not-shown"
    assert read(program(world.stranger), "upkeep") == {"upkeep": [], "more": False, "next": None}


OWN_WORDS = (
    "en: Being looked at}",
    "en: Being looked at}\n    public_title: {ar: لدى الجهة, en: With the body}",
)


def test_code_of_a_state_of_upkeep_is_told_only_to_those_who_read_its_own_name(world: World) -> None:
    """As webhooks withhold it; once in each answer that has it."""
    world.scheme(changed((settings.WORKFLOWS_DIR / "upkeep.yaml").read_text(), OWN_WORDS))
    dossier = world.dossier("certified")
    upkeep = call_upkeep(
        dossier.certificates.get(),
        kind="surveillance",
        actor=world.person("coordinator"),
        role="coordinator",
        reason="لأسباب الاختبار",
    )
    of_file, address = f"dossiers/{dossier.pk}/upkeep", f"{API}dossiers/{dossier.pk}/upkeep/{upkeep.pk}"
    holder, coordinator = program(world.applicant), program(world.person("coordinator"))
    (called,) = (each for each in read(holder, of_file)["upkeep"] if each["id"] == str(upkeep.pk))
    step = {"transition": "file", "version": called["version"], "comment": "التقرير السنوي"}
    assert called["state"] == "called", "it has one name for everybody"
    assert post(holder, f"{address}/transitions", "k-1", step).json()["state"] is None
    stands = [
        next(each for each in read(who, of_file)["upkeep"] if each["id"] == str(upkeep.pk))
        for who in (holder, coordinator)
    ]
    assert [(each["state"], each["state_title"]) for each in stands] == [
        (None, "With the body"),
        ("filed", "Being looked at"),
    ]
    upkeep.refresh_from_db()
    eyes = frozenset({"applicant"}), frozenset({"coordinator"})
    assert [step_read(upkeep.edition_id, upkeep.state, each)[0] for each in eyes] == [None, "filed"]
    assert read(coordinator, "upkeep")["upkeep"][0]["state"] == "filed"


def test_upkeep_of_a_file_costs_as_many_queries_however_much_it_is(world: World) -> None:
    dossier = world.dossier("certified")
    client, address = program(world.applicant), f"{API}dossiers/{dossier.pk}/upkeep"
    counts = []
    for kind in ("surveillance", "yearly_filing", "special_audit"):
        called_for(world, dossier, kind)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            found = client.get(address).json()["upkeep"]
        assert all(each["steps"] for each in found if each["state"] == "called")
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts
