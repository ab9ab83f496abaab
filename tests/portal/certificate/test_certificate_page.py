"""The appeal of 2023 on pages: suspended on a finding, contested, heard, the report amended, reinstated."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import join
from accreditation_engine.organisations.models import Standing
from accreditation_engine.reviews.report.models import Contest
from tests.certificates.test_amending import upheld
from tests.certificates.test_suspension_appealed import certified_with_a_closed_major
from tests.portal.visitor import hidden, page_of, queries_for, text_of, visitor
from tests.support.world import World, later


def pressed(client: Client, dossier: Dossier, step: str, said: str) -> Any:
    address = page_of(dossier, "certificate", Certificate.objects.get(dossier=dossier).pk)
    version = hidden(client.get(address), "version")
    return client.post(address, {"transition": step, "comment": said, "version": version})


def test_suspension_is_appealed_against_and_lifted_on_pages(world: World) -> None:
    dossier, finding = certified_with_a_closed_major(world)
    with later(days=100):
        world.perform(finding, "reopen", comment="السجل لا يُستعمل")
        panel, applicant = visitor(world.person("panel")), visitor(world.applicant)
        assert pressed(panel, dossier, "suspend", "A major is open.").status_code == 302
        address = page_of(dossier, "certificate", Certificate.objects.get().pk)
        told = [text_of(each.get(address)) for each in (panel, applicant)]
        assert all("A major is open." in each and "it is withdrawn" in each for each in told)
        point = {"about": f"finding:{finding.pk}", "text": "The file does not show it."}
        assert applicant.post(page_of(dossier, "report"), point).status_code == 302
        assert pressed(applicant, dossier, "appeal_suspension", "No objective evidence.").status_code == 302
        judge = visitor(world.person("appeal_panel"))
        address = page_of(dossier, "answer_contest", Contest.objects.get().pk)
        assert judge.post(address, {"act": "accept", "text": "It does not."}).status_code == 302
        world.perform(finding, "annul_on_appeal", comment="Not enough.")
        assert pressed(judge, dossier, "uphold_appeal", "The finding is withdrawn.").status_code == 302
        assert "Withdrawn:" in text_of(applicant.get(page_of(dossier, "report")))
    assert Certificate.objects.get(dossier=dossier).state == "active"


def test_page_is_there_for_those_who_see_the_decision(world: World) -> None:
    dossier = world.dossier("certified")
    address = page_of(dossier, "certificate", Certificate.objects.get(dossier=dossier).pk)
    assert "Steps and appeals" in text_of(visitor(world.applicant).get(page_of(dossier)))
    assert visitor(world.stranger).get(address).status_code == 404
    assert visitor(world.person("reviewer")).get(address).status_code == 404
    assert queries_for(visitor(world.person("panel")), address) <= 15


def test_reasons_of_a_withdrawal_stand_on_its_page_as_the_letter_says(world: World) -> None:
    dossier = world.dossier("certified")
    certificate = Certificate.objects.get(dossier=dossier)
    address = page_of(dossier, "certificate", certificate.pk)
    applicant = visitor(world.applicant)
    page = text_of(applicant.get(address))
    assert "What happened so far It was issued" in page
    assert "Points against the report" not in page
    assert reverse("certificate_pdf", args=[certificate.number]) in applicant.get(address).content.decode()
    world.perform(certificate, "decide_withdrawal", comment="The accounts were forged.")
    page = text_of(applicant.get(address))
    assert "Decide to withdraw the certificate" in page
    assert "The accounts were forged." in page
    assert "Its withdrawal is decided It takes effect on" in page
    assert "unless you appeal before" in page
    join(organisation=dossier.organisation, user=world.stranger, by=SYSTEM, standing=Standing.READER)
    assert "unless the organisation appeals before" in text_of(visitor(world.stranger).get(address))
    assert "You may appeal against the withdrawal" in text_of(applicant.get(page_of(dossier)))
    assert pressed(applicant, dossier, "appeal_withdrawal", "They were not.").status_code == 302
    judge = visitor(world.person("appeal_panel"))
    assert pressed(judge, dossier, "dismiss_withdrawal_appeal", "They were.").status_code == 302
    page = text_of(applicant.get(address))
    assert "They were." in page
    assert "its term was until" in page
    assert "valid until" not in page


def test_holder_reads_at_home_what_can_be_done_against_a_withdrawal(world: World) -> None:
    dossier = world.dossier("certified")
    certificate = Certificate.objects.get(dossier=dossier)
    applicant = visitor(world.applicant)
    told = "What you can do until"
    assert told not in text_of(applicant.get("/"))
    world.perform(certificate, "decide_withdrawal", comment="The accounts were forged.")
    shown = applicant.get("/")
    assert "Suspended, withdrawal decided. What you can do until" in text_of(shown)
    assert "Appeal against the withdrawal" in text_of(shown)
    assert page_of(dossier, "certificate", certificate.pk) in shown.content.decode()
    with later(days=32):
        assert told not in text_of(visitor(world.applicant).get("/"))
    world.perform(certificate, "appeal_withdrawal", comment="They are true.")
    assert told not in text_of(applicant.get("/"))


def test_page_tells_that_an_appeal_amended_the_certificate(world: World) -> None:
    dossier = world.dossier("certified")
    certificate = Certificate.objects.get(dossier=dossier)
    with later(days=100):
        upheld(world, certificate)
        address = page_of(dossier, "certificate", certificate.pk)
        for person in (world.applicant, world.person("panel")):
            page = text_of(visitor(person).get(address))
            assert page.index("Uphold the appeal and reinstate") < page.index(
                "It was amended after an appeal"
            )
