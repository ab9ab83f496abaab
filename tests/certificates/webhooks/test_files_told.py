"""Other sites are told of files what their owners may read of them at that moment, and nothing else."""

from __future__ import annotations

import json

import pytest

from accreditation_engine.certificates.models import Certificate, Delivery, Endpoint
from accreditation_engine.certificates.upkeep.opening import call_upkeep
from accreditation_engine.certificates.webhooks.endpoints import add_endpoint, change_types, send_span_again
from accreditation_engine.certificates.webhooks.telling import tell_webhooks
from accreditation_engine.certificates.webhooks.told.topics import TYPES
from accreditation_engine.complaints.domain import Concern, raise_concern
from accreditation_engine.complaints.models import Complaint
from accreditation_engine.dossiers.domain import open_dossier
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.organisations.domain import end_grant, grant_role
from accreditation_engine.organisations.models import Organisation, RoleGrant, User
from accreditation_engine.reviews.models import Finding
from accreditation_engine.trail.content import SYSTEM
from accreditation_engine.trail.models import Event
from tests.support.world import SHIPPED, TINY, World

from .other_site import Site

pytestmark = pytest.mark.django_db


def opened(world: World, organisation: Organisation, scheme: str = SHIPPED) -> Dossier:
    return open_dossier(organisation=organisation, scheme=scheme, by=world.applicant)


def states(site: Site) -> list[str]:
    return [each["data"]["state_title_en"] for each in site.told if "dossier" in each["type"]]


def test_organisation_is_told_of_its_own_file_in_its_own_words(
    world: World, site: Site, endpoint: Endpoint, organisation: Organisation
) -> None:
    world.dossier("certified")
    dossier = opened(world, organisation)
    world.take_to(dossier, "certified")
    tell_webhooks()
    assert {each["data"]["number"] for each in site.told if each["type"].startswith("dossier")} == {
        dossier.number
    }
    files = [each for each in site.told if each["type"].startswith("dossier")]
    assert [each["type"] for each in files][:2] == ["dossier.opened", "dossier.submitted"]
    decided = files[-1]
    certificate = Certificate.objects.get(dossier=dossier)
    assert (decided["type"], decided["data"]["certificate"]) == ("dossier.decided", certificate.number)
    outer = {
        (each.public_title or each.title).en for each in compiled(dossier.edition_id).workflow.states.values()
    }
    assert set(states(site)) <= outer
    assert all(before != after for before, after in zip(states(site), states(site)[1:], strict=False))
    assert {each["data"]["state"] for each in files} == {None}
    assert [each["data"]["number"] for each in site.told if each["type"] == "certificate.issued"] == [
        certificate.number
    ]
    said = json.dumps(site.told, ensure_ascii=False)
    names = User.objects.exclude(pk=world.applicant.pk).values_list("name", flat=True)
    assert not any(name in said for name in names if name)


def test_decision_is_told_when_it_is_announced_and_not_before(
    world: World, site: Site, endpoint: Endpoint, organisation: Organisation
) -> None:
    dossier = opened(world, organisation)
    world.take_to(dossier, "deciding", level=0.2)
    tell_webhooks()
    before = len(site.came)
    world.take_to(dossier, "refusal_decided", level=0.2)
    tell_webhooks()
    assert len(site.came) == before
    assert not Delivery.objects.filter(type="dossier.decided").exists()
    world.take_to(dossier, "refused", level=0.2)
    tell_webhooks()
    assert "dossier.decided" in site.types[before:]
    assert states(site)[-1] == "Refused"


def test_body_is_told_what_whoever_added_the_address_may_read(
    world: World, site: Site, administrator: User
) -> None:
    world.scheme(TINY)
    add_endpoint(url=site.url, types=TYPES, by=administrator)
    dossier = world.dossier("draft", scheme="tiny")
    tell_webhooks()
    assert site.came == [], "administering is not reading"
    grant_role(user=administrator, role="coordinator", by=SYSTEM)
    world.perform(dossier, "submit")
    tell_webhooks()
    assert [(each["type"], each["data"]["state"]) for each in site.told] == [
        ("dossier.opened", "draft"),
        ("dossier.state_changed", "checking"),
    ]
    site.status = 500
    world.perform(dossier, "finish")
    tell_webhooks()
    end_grant(
        grant=RoleGrant.objects.get(user=administrator, role="coordinator"),
        by=SYSTEM,
        reason="لأسباب الاختبار",
    )
    Delivery.objects.filter(next_at__isnull=False).update(next_at=dossier.opened_at)
    came = len(site.came)
    tell_webhooks()
    assert len(site.came) == came
    assert Delivery.objects.get(error="kept_back").next_at is None


def test_what_an_auditor_alone_reads_is_not_told(world: World, site: Site, administrator: User) -> None:
    world.scheme(TINY)
    grant_role(user=administrator, role="auditor", by=SYSTEM)
    add_endpoint(url=site.url, types=TYPES, by=administrator)
    world.dossier("draft", scheme="tiny")
    tell_webhooks()
    assert site.came == []
    assert not Event.objects.filter(stream=administrator.pk, kind="looked").exists()


def test_findings_are_told_once_the_file_shows_them_and_moves_afterwards(
    world: World, site: Site, endpoint: Endpoint, organisation: Organisation
) -> None:
    dossier = opened(world, organisation)
    world.take_to(dossier, "reviewed", level=0.2)
    tell_webhooks()
    assert not [each for each in site.types if each.startswith("finding")]
    world.perform(dossier, "request_correction")
    tell_webhooks()
    raised = [each["data"] for each in site.told if each["type"] == "finding.raised"]
    shown = {str(each.pk): each for each in Finding.objects.filter(dossier=dossier)}
    assert {each["finding"] for each in raised} == set(shown)
    assert raised[0]["severity"] == shown[raised[0]["finding"]].severity
    finding = shown[raised[0]["finding"]]
    world.perform(finding, "answer", comment="صححنا ما وجدتموه")
    tell_webhooks()
    last = site.told[-1]
    assert (last["type"], last["data"]["state"]) == ("finding.changed", "answered")
    assert "صححنا" not in json.dumps(site.told, ensure_ascii=False)
    tell_webhooks()
    assert len({headers["webhook-id"] for headers, _body in site.came}) == len(site.came)


def test_upkeep_is_told(world: World, site: Site, endpoint: Endpoint, organisation: Organisation) -> None:
    dossier = opened(world, organisation)
    world.take_to(dossier, "certified")
    certificate = Certificate.objects.get(dossier=dossier)
    upkeep = call_upkeep(
        certificate,
        kind="surveillance",
        actor=world.person("coordinator"),
        role="coordinator",
        reason="لأسباب الاختبار",
    )
    world.perform(upkeep, "file", comment="التقرير السنوي")
    tell_webhooks()
    told = [each for each in site.told if each["data"].get("upkeep") == str(upkeep.pk)]
    assert [each["data"]["state"] for each in told] == ["planned", "called", "filed"]
    assert told[0]["data"]["certificate"] == certificate.number
    assert "التقرير" not in json.dumps(site.told, ensure_ascii=False)


def test_concerns_are_told_from_when_they_are_put_to_the_organisation_and_nothing_of_what_they_say(
    world: World, site: Site, endpoint: Endpoint, organisation: Organisation
) -> None:
    dossier = opened(world, organisation)
    world.take_to(dossier, "certified")
    concern = Concern("They asked for money.", name="Salwa Example", mail="salwa@tests.example")
    first, rejected = (raise_concern(dossier=dossier, concern=concern).complaint for _each in range(2))
    elsewhere = raise_concern(dossier=world.dossier("certified"), concern=concern).complaint
    world.perform(rejected, "reject", comment="لا تخصها")
    tell_webhooks()
    assert not [each for each in site.told if "concern" in each["data"]]
    for each in (first, elsewhere):
        world.perform(each, "admit")
    due = Complaint.objects.get(pk=first.pk).deadline_at
    tell_webhooks()
    world.perform(first, "answer", comment="A fee of the bank.")
    world.perform(first, "dismiss", comment="It was.")
    tell_webhooks()
    told = [each for each in site.told if "concern" in each["data"]]
    assert {each["data"]["concern"] for each in told} == {str(first.pk)}
    assert [(each["type"], each["data"]["state"]) for each in told] == [
        ("concern.raised", "answering"),
        ("concern.changed", "deciding"),
        ("concern.changed", "dismissed"),
    ]
    assert due is not None
    assert [each["data"]["due"] for each in told] == [due.isoformat(), None, None]
    sent = json.dumps(site.told, ensure_ascii=False)
    assert not any(hidden in sent for hidden in ("money", "Salwa", "salwa@", "fee", first.receipt))


def test_types_that_were_not_chosen_are_not_told(
    world: World, site: Site, endpoint: Endpoint, organisation: Organisation
) -> None:
    change_types(endpoint=endpoint, types=["dossier.state_changed"], by=world.applicant)
    dossier = opened(world, organisation)
    world.take_to(dossier, "screening")
    tell_webhooks()
    assert set(site.types) == {"dossier.state_changed"}, "handing in is a change to whoever asks for changes"
    assert site.types


def test_what_happened_before_the_address_was_added_is_sent_when_it_is_asked_for(
    world: World, site: Site, organisation: Organisation
) -> None:
    dossier = opened(world, organisation)
    endpoint = add_endpoint(url=site.url, types=TYPES, by=world.applicant, organisation=organisation)
    tell_webhooks()
    assert site.came == []
    now = endpoint.made_at.replace(year=endpoint.made_at.year + 1)
    for count in (1, 1):
        assert (
            send_span_again(endpoint=endpoint, since=dossier.opened_at, until=now, by=world.applicant)
            == count
        )
        tell_webhooks()
    assert site.types == ["dossier.opened", "dossier.opened"]
    assert len({headers["webhook-id"] for headers, _body in site.came}) == 1
