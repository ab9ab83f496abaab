"""The list of all upkeep, what home tells of it, and the way from a late filing to an active certificate."""

from __future__ import annotations

import csv
from io import StringIO

from django.test import Client
from django.urls import reverse

from accreditation_engine.certificates.models import Certificate, Upkeep
from accreditation_engine.certificates.upkeep.opening import call_upkeep
from accreditation_engine.engine.deadlines import sweep
from tests.portal.visitor import hidden, page_of, queries_for, text_of, visitor
from tests.support.world import World, later

HOME, LIST, EXPORT = reverse("home"), reverse("upkeep_list"), reverse("upkeep_export")
MOST = 15


def certified(world: World) -> Certificate:
    return Certificate.objects.get(dossier=world.dossier("certified"))


def asked(world: World, certificate: Certificate) -> Upkeep:
    person = world.person("coordinator")
    return call_upkeep(certificate, kind="special_audit", actor=person, role="coordinator", reason="زيارة")


def pressed(client: Client, address: str, step: str) -> None:
    sent = {"transition": step, "comment": "لأن", "version": hidden(client.get(address), "version")}
    assert client.post(address, sent).status_code == 302


def names(client: Client, address: str) -> list[str]:
    return [row["cells"][1]["value"] for row in client.get(address).context["table"]["rows"]]


def test_list_is_narrowed_down_and_taken_away(world: World) -> None:
    certificate = certified(world)
    upkeep = asked(world, certificate)
    coordinator = visitor(world.person("coordinator"))
    assert sorted(names(coordinator, LIST)) == [
        *("Special audit", "Surveillance", "Surveillance"),
        *("Yearly filing", "Yearly filing", "Yearly filing"),
    ]
    assert names(coordinator, f"{LIST}?state=called") == ["Special audit"]
    assert names(coordinator, f"{LIST}?kind=surveillance&year={certificate.issued_on.year + 1}") == [
        "Surveillance"
    ]
    holder = certificate.dossier.organisation
    assert len(names(coordinator, f"{LIST}?q={holder.name_ar}")) == 6
    assert names(coordinator, f"{LIST}?q=nobody") == []
    assert names(coordinator, f"{LIST}?late=1") == []
    assert names(coordinator, f"{LIST}?year=soon&scheme=x&state=%00") == []
    taken = b"".join(coordinator.get(f"{EXPORT}?state=called").streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(taken))
    assert (row["kind"], row["certificate"], row["due_on"]) == (
        "special_audit",
        certificate.number,
        upkeep.due_on.isoformat(),
    )
    panel, auditor = visitor(world.person("panel")), visitor(world.person("auditor"))
    assert len(names(panel, f"{LIST}?state=any")) == len(names(auditor, f"{LIST}?state=any")) == 6
    for reader in (coordinator, panel, auditor):
        assert queries_for(reader, LIST) <= MOST
        assert LIST in reader.get(HOME).content.decode()
    for closed in (visitor(world.applicant), visitor(world.stranger), visitor(world.person("reviewer"))):
        assert (closed.get(LIST).status_code, closed.get(EXPORT).status_code) == (404, 404)


def test_late_filing_leads_to_a_certificate_that_is_active_again(world: World) -> None:
    certificate = certified(world)
    upkeep = asked(world, certificate)
    dossier = certificate.dossier
    own, page = (
        page_of(dossier, "upkeep", certificate.pk, upkeep.pk),
        page_of(dossier, "certificate", certificate.pk),
    )
    with later(days=62):
        coordinator, applicant = visitor(world.person("coordinator")), visitor(world.applicant)
        panel = visitor(world.person("panel"))
        sweep()
        assert names(coordinator, f"{LIST}?late=1") == ["Special audit"]
        assert "1 thing that keeps a certificate was not filed in time" in text_of(coordinator.get(HOME))
        assert "Something is still asked of the organisation" in text_of(panel.get(HOME))
        shown = text_of(applicant.get(own))
        assert "The certificate is suspended" in shown
        assert "File what is asked" in shown
        assert "it is withdrawn" in shown
        pressed(applicant, own, "file_late")
        assert "Filed late, being looked at" in text_of(coordinator.get(HOME))
        pressed(coordinator, own, "accept_late")
        assert "the panel finds it on its home page" in text_of(coordinator.get(own))
        assert "Nothing more is asked of you" in text_of(applicant.get(page))
        home = panel.get(HOME)
        assert "Nothing is asked of the organisation now" in text_of(home)
        assert page in home.content.decode()
        assert "reinstate the certificate" in text_of(panel.get(page))
        for reader in (coordinator, panel, applicant):
            for address in (HOME, own, page, page_of(dossier)):
                assert queries_for(reader, address) <= MOST, address
        pressed(panel, page, "reinstate")
        assert "The certificate is suspended" not in text_of(applicant.get(own))
        assert Certificate.objects.get().state == "active"
        assert certificate.number not in text_of(panel.get(HOME))


def test_what_is_passed_to_the_panel_waits_at_its_home(world: World) -> None:
    certificate = certified(world)
    upkeep = asked(world, certificate)
    world.perform(upkeep, "file", comment="ها هو")
    assert "Being looked at, waits for less than a day" in text_of(
        visitor(world.person("coordinator")).get(HOME)
    )
    world.perform(upkeep, "pass_to_panel", comment="خطير")
    assert "Before the panel" in text_of(visitor(world.person("panel")).get(HOME))


def test_organisation_reads_what_comes_within_a_year(world: World) -> None:
    certificate = certified(world)
    applicant = visitor(world.applicant)
    shown = text_of(applicant.get(HOME))
    assert "What your certificates need within a year" in shown
    assert shown.count("you can file it from") == 2
    assert "What keeps it valid" in text_of(applicant.get(page_of(certificate.dossier)))


def test_register_says_when_surveillance_was_satisfied_and_is_due(world: World) -> None:
    certificate = certified(world)
    entry = reverse("register_entry", args=[certificate.number])
    shown = text_of(Client(headers={"Accept-Language": "en"}).get(entry))
    assert "Surveillance due next" in shown
    assert "Surveillance last satisfied" not in shown
    assert "Yearly filing" not in shown
    first = certificate.upkeep.filter(kind="surveillance").order_by("due_on")[0]
    for step in ("call", "file", "satisfy"):
        world.perform(first, step, comment="لأن")
    assert "Surveillance last satisfied" in text_of(Client(headers={"Accept-Language": "en"}).get(entry))
