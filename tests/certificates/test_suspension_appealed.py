"""The appeal of 2023: a certificate was suspended on a major finding; the appeal panel found that its evidence did
not show it. The finding was withdrawn, the report amended and not replaced, and the suspension lifted."""

from __future__ import annotations

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.reviews.findings import Found, raise_finding
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.report.contesting import Point, answer_contest, contest
from accreditation_engine.reviews.report.versions import versions_of
from tests.reviews.interests.scheme import refused
from tests.support.world import World, later


def certified_with_a_closed_major(world: World) -> tuple[Dossier, Finding]:
    """A reviewer raised a major nonconformity on a file in evidence; it was corrected, and the file certified."""
    dossier = world.dossier("reviewed")
    evidence = dossier.evidence.filter(rubric="institutional-commitment").order_by("pk")[0]
    found = Found((evidence.rubric, evidence.criterion), "major", "لا سجل لتضارب المصالح", [evidence])
    finding = raise_finding(dossier=dossier, found=found, by=world.person("reviewer"))
    world.perform(dossier, "request_correction")
    world.perform(finding, "answer", comment="أُنشئ السجل")
    world.perform(finding, "verify", comment="رأيناه")
    world.take_to(dossier, "certified")
    return dossier, finding


def suspended(world: World) -> tuple[Dossier, Finding, Certificate]:
    dossier, finding = certified_with_a_closed_major(world)
    certificate = Certificate.objects.get(dossier=dossier)
    with later(days=100):
        world.perform(finding, "reopen", comment="السجل لا يُستعمل")
        world.perform(certificate, "suspend", comment="عدم مطابقة جوهري قائم")
    return dossier, finding, certificate


def test_suspension_is_lifted_when_the_finding_lacked_evidence(world: World) -> None:
    dossier, finding, certificate = suspended(world)
    with later(days=110):
        point = Point("الشاهد لا يثبت ما ورد في التقرير", finding=finding)
        made = contest(dossier=dossier, point=point, by=world.applicant)
        perform(certificate, "appeal_suspension", world.applicant, comment="بلا دليل موضوعي")
        judge = world.person("appeal_panel")
        assert refused(lambda: perform(certificate, "uphold_appeal", judge, comment="x")) == ["contests_open"]
        answer_contest(contest=made, accept=True, reason="الشاهد لا يكفي", by=judge)
        perform(finding, "annul_on_appeal", judge, comment="لا دليل موضوعيا كافيا")
        perform(certificate, "uphold_appeal", judge, comment="أُسقطت الملاحظة")
        assert list(verify_all()) == []
    *_before, with_it, without = versions_of(dossier.pk)
    assert str(finding.pk) in with_it.content.findings
    assert (without.number, without.withdrawn) == (with_it.number + 1, [str(finding.pk)])
    certificate.refresh_from_db()
    finding.refresh_from_db()
    assert (certificate.state, finding.state) == ("active", "withdrawn")


def test_whoever_suspended_does_not_hear_the_appeal(world: World) -> None:
    _dossier, _finding, certificate = suspended(world)
    suspending = world.person("panel")
    grant_role(user=suspending, role="appeal_panel", by=world.person("administrator"))
    with later(days=110):
        perform(certificate, "appeal_suspension", world.applicant, comment="نتظلم")
        assert "involved" in refused(lambda: perform(certificate, "uphold_appeal", suspending, comment="x"))
        perform(certificate, "dismiss_appeal", world.person("appeal_panel"), comment="لا وجه له")
    certificate.refresh_from_db()
    assert certificate.state == "suspension_confirmed"
