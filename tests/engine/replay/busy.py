"""Files in which everything has happened that a replay must tell: for tests that hold tables against events."""

from __future__ import annotations

from contextlib import suppress

from django.core.files.uploadedfile import SimpleUploadedFile

from accreditation_engine.certificates.models import Upkeep
from accreditation_engine.certificates.upkeep.filing import add_file, take_back_file
from accreditation_engine.complaints.domain import Concern, raise_concern
from accreditation_engine.decisions.dissenting import dissent
from accreditation_engine.decisions.recusing import recuse
from accreditation_engine.decisions.sittings.ending import cancel_sitting, close_sitting
from accreditation_engine.decisions.sittings.minuting import write_minutes
from accreditation_engine.dossiers.domain import Given, accept_code, save_answers
from accreditation_engine.dossiers.evidence import file_evidence, take_back
from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.domain import end_role
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.reviews.consensus import confirm, propose, withdraw
from accreditation_engine.reviews.domain import Rated, rate, release
from accreditation_engine.reviews.findings import file_correction, name_owner
from accreditation_engine.reviews.interests.declaring import declare
from accreditation_engine.reviews.interests.models import Interest
from accreditation_engine.reviews.interests.naming import name_tie
from accreditation_engine.reviews.interests.objecting import answer_objection, object_to
from accreditation_engine.reviews.interests.overriding import answer_override, propose_override
from accreditation_engine.reviews.interests.withdrawing import answer_withdrawal, withdraw_tie
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.questions.answering import answer_question
from accreditation_engine.reviews.questions.asking import WHOLE, withdraw_question
from accreditation_engine.reviews.queue.claiming import claim
from accreditation_engine.reviews.queue.handing_over import hand_over
from accreditation_engine.reviews.report.contesting import Point, answer_contest, contest
from accreditation_engine.reviews.site_visits.answering import ask_for_another_date, confirm_visit
from accreditation_engine.reviews.site_visits.holding import close_visit, hold_visit
from accreditation_engine.reviews.site_visits.planning import cancel_visit, move_visit
from accreditation_engine.reviews.site_visits.seeing import file_on_visit, note_on_visit, take_back_seen
from tests.decisions.secret import before_the_panel, vote
from tests.decisions.sittings.test_sittings import attended, called
from tests.reviews.allocation.drawn_files import drawn
from tests.reviews.interests.scheme import asked, declaring_scheme, free
from tests.reviews.questions.scheme import asking_scheme, in_review, question
from tests.reviews.queue.waiting_files import waiting
from tests.reviews.site_visits.planned import drawn_unit, meeting, planned
from tests.reviews.site_visits.planned import in_review as visits_in_review
from tests.support import papers
from tests.support.small import ASKED, RUBRIC, WORKFLOW, ask, fill
from tests.support.world import World, changed

RECONCILED = changed(RUBRIC, ("areas:\n", "reconcile_above: 1\nareas:\n"))
GUARDED = changed(WORKFLOW, (ASKED, "reconciled: 2"), ("[{may_vote", "[{reconciled: 2}, {may_vote"))
A1, A2, B1 = ("mini", "a-1"), ("mini", "a-2"), ("mini", "b-1")


def pdf(name: str, text: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, papers.pdf(text))


def first_criterion(dossier: Dossier) -> tuple[str, str]:
    rubric = next(iter(compiled(dossier.edition_id).rubrics.values()))
    return rubric.id, next(iter(rubric.every_criterion())).id


def self_assessed(world: World) -> Dossier:
    """A draft with answers, the code accepted, a file in evidence and one that was taken back and filed again."""
    dossier = world.dossier("draft")
    key, by = first_criterion(dossier), world.applicant
    accept_code(dossier=dossier, by=by)
    save_answers(dossier=dossier, answers={key: Given("2", "أعدّته منى")}, by=by)
    save_answers(dossier=dossier, answers={key: Given("3", "أعدّه سامي")}, by=by)
    filed = [_file(dossier, key, pdf(f"{text}.pdf", text), by) for text in ("أ", "ب")]
    take_back(evidence=filed[0], by=by)
    _file(dossier, key, pdf("أ.pdf", "أ"), by)
    return dossier


def _file(dossier: Dossier, key: tuple[str, str], upload: SimpleUploadedFile, by: User) -> Evidence:
    return file_evidence(dossier=dossier, rubric=key[0], criterion=key[1], upload=upload, by=by)


def reconciled(world: World) -> Dossier:
    """A file of the small scheme whose two reviewers, after a third gave the task back, agreed on the third of
    three proposals; voted on in two ballots and granted."""
    world.scheme(GUARDED, RECONCILED)
    dossier = world.dossier("in_review", scheme="mini")
    third = world.new_person("third", "reviewer")
    release(assignment=ask(world, dossier, third), by=world.person("coordinator"), reason="مسافر")
    for number, values in enumerate((("4", "3", "4"), ("1", "3", "4"))):
        reviewer = world.person("reviewer", number)
        assignment = ask(world, dossier, reviewer)
        fill(assignment, *values)
        rate(assignment=assignment, ratings={B1: Rated("3", "رأيت المحضر")}, by=reviewer)
        perform(dossier, "send_review", reviewer)
    world.perform(dossier, "close")
    one, other = (world.person("reviewer", number) for number in (0, 1))
    withdraw(proposal=propose(dossier=dossier, criterion=A1, value="4", reason="أ", by=one), by=one)
    propose(dossier=dossier, criterion=A1, value="3", reason="ب", by=one)
    confirm(proposal=propose(dossier=dossier, criterion=A1, value="2", reason="ج", by=one), by=other)
    perform(dossier, "vote", world.person("panel"), data={"choice": "deny"})
    world.perform(dossier, "new_ballot")
    for number in range(2):
        perform(dossier, "vote", world.person("panel", number), data={"choice": "grant"})
    perform(dossier, "grant", world.person("panel"))
    return dossier


def corrected(world: World) -> Finding:
    """A finding with an owner, and a file that shows what was done."""
    dossier = world.dossier("correcting")
    finding = Finding.objects.filter(dossier=dossier).order_by("pk")[0]
    name_owner(finding=finding, owner=world.applicant, by=world.applicant)
    file_correction(finding=finding, upload=pdf("تصحيح.pdf", "تم"), by=world.applicant)
    return finding


def interested(world: World) -> Dossier:
    """A file of the small scheme: somebody declared to have no interest, somebody to have two, the organisation
    named ties and objected, with either end; one tie was taken back, another not; one person was allowed to judge
    all the same, and one was not."""
    declaring_scheme(world)
    coordinator, administrator = world.person("coordinator"), world.person("administrator")
    assignments = [asked(world)]
    dossier = assignments[0].dossier
    assignments += [asked(world, number, dossier) for number in (1, 2)]
    objections = [object_to(assignment=each, reason="خصومة", by=world.applicant) for each in assignments]
    answer_objection(objection=objections[0], uphold=True, reason="صحيح", by=coordinator)
    answer_objection(objection=objections[1], uphold=False, reason="لا صلة", by=coordinator)
    free(assignments[1])
    third = assignments[2].reviewer
    declare(dossier=dossier, role="reviewer", ties={"family": "ابنة خالي", "other": "جار"}, by=third)
    named = {"family": world.person("panel").name, "business": "اسم لا يعرفه أحد هنا"}
    for kind, name in named.items():
        name_tie(dossier=dossier, name=name, kind=kind, reason="صلة", by=world.applicant)
    for tie, right in zip(Interest.objects.filter(person=third).order_by("pk"), (True, False), strict=True):
        withdrawal = withdraw_tie(interest=tie, reason="تشابه أسماء", by=third)
        answer_withdrawal(withdrawal=withdrawal, confirm=right, reason="تحققت", by=coordinator)
    for person, allow in ((third, True), (world.person("panel"), False)):
        override = propose_override(dossier=dossier, person=person, reason="لا غيره", by=coordinator)
        answer_override(override=override, allow=allow, reason="رأيت الملف", by=administrator)
    return dossier


def handed_over(world: World) -> Dossier:
    """A file of which one place was taken, given up to somebody else and back, one was refused, and whose first
    reviewer went on with an old page."""
    (dossier,) = waiting(world, 1)
    first, second = (world.person("reviewer", number) for number in (0, 1))
    assignment = claim(dossier=dossier, by=first)
    rate(assignment=assignment, ratings={A1: Rated("3", "رأيت المحضر")}, by=first)
    there = hand_over(assignment=assignment, to=second, reason="مسافرة", by=first)
    with suppress(Refused):
        rate(assignment=assignment, ratings={A1: Rated("4")}, by=first)
    hand_over(assignment=there, to=first, reason="عادت", by=world.person("coordinator"))
    with suppress(Refused):
        claim(dossier=dossier, by=second)
    return dossier


def questioned(world: World) -> Dossier:
    """A file of the small scheme whose organisation was asked four things: one was answered with a file, another
    asks on, one was withdrawn, one is open."""
    asking_scheme(world)
    dossier, reviewer = in_review(world)
    coordinator = world.person("coordinator")
    first = question(dossier, reviewer)
    answer_question(question=first, text="هو هنا", uploads=[pdf("محضر.pdf", "محضر")], by=world.applicant)
    question(dossier, reviewer, "ومن وقعه؟", follows=first)
    withdraw_question(question=question(dossier, coordinator, "لماذا؟"), reason="وجدته", by=coordinator)
    question(dossier, coordinator, "متى؟", criterion=WHOLE)
    return dossier


def visited(world: World) -> Dossier:
    """A file of which a branch was visited: moved, put off and confirmed before it was held and closed; another
    visit was cancelled, and one is still to be answered."""
    dossier = visits_in_review(world)
    reviewer, coordinator = world.person("reviewer"), world.person("coordinator")
    visit = planned(world, dossier, unit=drawn_unit(world, dossier), agenda="السجلات")
    answer_visit = {"visit": visit, "seen": visit.timed_at, "by": world.applicant}
    ask_for_another_date(**answer_visit, reason="الأحد بعده")
    begun = meeting(world, days=0, place="شارع آخر")
    move_visit(visit=visit, meeting=begun, reason="عطلة", by=coordinator)
    visit.refresh_from_db()
    confirm_visit(visit=visit, seen=visit.timed_at, by=world.applicant)
    note_on_visit(visit=visit, criterion=A1, text="الأختام في خزانة", by=reviewer)
    seen = [
        file_on_visit(visit=visit, criterion=A1, upload=pdf("خزانة.pdf", text), by=reviewer) for text in "أب"
    ]
    take_back_seen(visit=visit, evidence=seen[0], by=reviewer)
    hold_visit(visit=visit, attended=[reviewer], met="سامية، أمينة الصندوق", by=reviewer)
    close_visit(visit=visit, report="السجلات كاملة", by=reviewer)
    cancel_visit(visit=planned(world, dossier), reason="اعتذر", by=coordinator)
    late = planned(world, dossier, days=9)
    ask_for_another_date(visit=late, seen=late.timed_at, reason="بعد العيد", by=world.applicant)
    with suppress(Refused):
        hold_visit(visit=late, attended=[reviewer], met="أحد", by=world.person("reviewer", 1))
    return dossier


def sat(world: World) -> Dossier:
    """A file that a sitting decided by the casting vote, once the ballot was closed on somebody who did not vote;
    one member had stepped aside, one dissented, and it is written down."""
    dossier = before_the_panel(world)
    sitting = called(world, dossier)
    attended(world, sitting, members=2)
    recuse(dossier=dossier, reason="قريب", by=world.new_person("fourth", "panel"))
    chair, other = vote(world, dossier, "deny", "grant")
    perform(dossier, "close_ballot", chair)
    perform(dossier, "deny", chair)
    dissent(dossier=dossier, reason="الشواهد قليلة", by=other)
    write_minutes(sitting=sitting, dossier=dossier, text="نوقش طويلا", seen=None, by=chair)
    close_sitting(sitting=sitting, by=chair)
    cancelled = called(world, members=1, schemes=["institutional-commitment"])
    cancel_sitting(sitting=cancelled, reason="عطلة", by=world.person("coordinator"))
    return dossier


def appealed(world: World) -> Dossier:
    """A refused file whose organisation contested a rating, with a file, and a finding; the appeal panel kept the
    one and withdrew the other."""
    dossier = world.dossier("refused")
    finding = Finding.objects.filter(dossier=dossier).order_by("pk")[0]
    about = (finding.rubric, finding.criterion)
    rating = contest(
        dossier=dossier, point=Point("خطأ", about), uploads=[pdf("د.pdf", "د")], by=world.applicant
    )
    other = contest(dossier=dossier, point=Point("بلا دليل", finding=finding), by=world.applicant)
    contest(dossier=dossier, point=Point("القرار معيب"), by=world.applicant)
    world.perform(dossier, "appeal")
    judge = world.person("appeal_panel")
    answer_contest(contest=rating, accept=False, reason="ثابت", by=judge)
    answer_contest(contest=other, accept=True, reason="لا دليل", by=judge)
    perform(finding, "annul_on_appeal", judge, comment="لا دليل")
    return dossier


def kept_alive(world: World) -> Dossier:
    """A certified file whose organisation files what keeps its certificate, and takes a file of it back; a
    stranger raises a concern, with a file."""
    dossier = world.dossier("certified")
    asked = Upkeep.objects.filter(dossier=dossier, kind="yearly_filing").order_by("due_on")[0]
    perform(asked, "call", world.person("coordinator"))
    mistaken, *_rest = [
        add_file(upkeep=asked, upload=pdf(f"{text}.pdf", text), by=world.applicant) for text in ("ت", "ث")
    ]
    take_back_file(filed=mistaken, by=world.applicant)
    perform(asked, "file", world.applicant, comment="تقريرنا")
    raise_concern(dossier=dossier, concern=Concern("رأيت هذا"), uploads=[pdf("ج.pdf", "ج")])
    return dossier


def busy(world: World) -> tuple[Dossier, Dossier, Finding]:
    """All of them beside a certified file, and somebody whose role ended."""
    return world.past.outcome_of(lambda: _busy(world), "busy")


def _busy(world: World) -> tuple[Dossier, Dossier, Finding]:
    files = self_assessed(world), reconciled(world), corrected(world)
    interested(world)
    visited(world)
    handed_over(world)
    drawn(world)
    questioned(world)
    appealed(world)
    kept_alive(world)
    sat(world)
    end_role(grant=RoleGrant.objects.filter(role="coach")[0], by=SYSTEM, reason="انتقل")
    return files
