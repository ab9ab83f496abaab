"""A file in which every kind of thing bears a mark of its own: a word or a number that stands nowhere else.

It is played to the end of its scheme, so that ratings, findings, votes, an appeal and decisions are all on record,
and can then be set into any state (`set_into`): what that state shows is then the only reason why it is seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.scope_change.opening import ask_for_scope
from accreditation_engine.certificates.upkeep.filing import add_file
from accreditation_engine.certificates.upkeep.opening import call_upkeep
from accreditation_engine.decisions.dissenting import dissent
from accreditation_engine.decisions.models import Sitting
from accreditation_engine.decisions.recusing import recuse
from accreditation_engine.decisions.sittings.doubts import DOUBTS
from accreditation_engine.decisions.sittings.minuting import write_minutes
from accreditation_engine.decisions.sittings.plan import Plan
from accreditation_engine.decisions.sittings.planning import call_sitting
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.dossiers.domain import Given, accept_code, open_dossier, save_answers
from accreditation_engine.dossiers.evidence import file_evidence, take_back
from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.dossiers.scope import Scope
from accreditation_engine.dossiers.stating_scope import state_scope
from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.editions import activate, load_schemes, store_workflow
from accreditation_engine.engine.locking import lock
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.states import enter, reckoned, write_states
from accreditation_engine.organisations.domain import grant_role, join, leave
from accreditation_engine.organisations.models import Organisation, Standing, User
from accreditation_engine.organisations.registering import register_organisation
from accreditation_engine.reviews.consensus import confirm, propose, withdraw
from accreditation_engine.reviews.domain import Rated, assign, rate, release
from accreditation_engine.reviews.findings import Found, file_correction, name_owner, raise_finding
from accreditation_engine.reviews.interests.declaring import asked_to_declare, declare_none
from accreditation_engine.reviews.interests.naming import name_tie
from accreditation_engine.reviews.interests.overriding import propose_override
from accreditation_engine.reviews.models import Assignment, Finding
from accreditation_engine.reviews.questions.answering import answer_question
from accreditation_engine.reviews.questions.asking import Asked, ask_question, withdraw_question
from accreditation_engine.reviews.report.contesting import Point, answer_contest, contest
from accreditation_engine.reviews.site_visits.holding import close_visit, hold_visit
from accreditation_engine.reviews.site_visits.planning import Meeting, plan_visit
from accreditation_engine.reviews.site_visits.seeing import note_on_visit
from accreditation_engine.trail.append import append_to
from accreditation_engine.trail.content import Entry
from tests.support.papers import pdf
from tests.support.world import shipped, signature

MAIN, CODE = "institutional-commitment", "code-of-conduct"
KEPT = 2
"""So many criteria of each rubric stay: a page costs what it shows, and hides alike."""

# What each criterion was given, by whom: no two are the same, and none is a round number.
GIVEN = {
    "answers": ("3.533", "3.617", "1.663", "1.717"),
    "ratings-a": ("3.137", "3.911", "1.459", "1.531"),
    "ratings-b": ("1.791", "3.823", "1.571", "1.553"),
    "ratings-released": ("2.213", "2.371", "1.237", "1.289"),
}
AGREED, WITHDRAWN = "2.719", "2.837"


def mark(name: str) -> str:
    return f"mk{name}z"


def trimmed(rubric: Rubric) -> Rubric:
    """The same with two criteria, on a scale so fine that every rating is a number of its own."""
    area = rubric.areas[0]
    return rubric.model_copy(
        update={
            "areas": (area.model_copy(update={"criteria": area.criteria[:KEPT]}),),
            "scale": rubric.scale.model_copy(update={"step": Decimal("0.001")}),
        }
    )


def open_trimmed(workflow: Workflow) -> None:
    """Open the scheme with rubrics that are trimmed."""
    rubrics = {name: trimmed(each) for name, each in shipped().rubrics.items()}
    activate(workflow, store_workflow(workflow, rubrics), SYSTEM)


@dataclass
class Planted:
    """The file and its people, by what they are to it; `other` is one of another organisation, in review."""

    dossier: Dossier
    people: dict[str, User]
    other: Dossier
    finding: Finding
    evidence: Evidence
    certificate: Certificate
    assignment: Assignment


def person(name: str, *roles: str, scheme: str = "") -> User:
    user = User.objects.create_user(f"{mark(name)}@tests.example", name=mark(name))
    for role in roles:
        grant_role(user=user, role=role, scheme=scheme, by=SYSTEM)
    return user


def organisation(name: str) -> Organisation:
    return register_organisation(
        name_ar=mark(name + "Ar"),
        name_en=mark(name + "En"),
        registration_number=mark(name + "Number"),
        by=SYSTEM,
    )


def everybody() -> dict[str, User]:
    """Whoever may come to the site, by what they are to the file. Some of its parties watch over other files."""
    return {
        "applicant": person("Applicant", "auditor"),
        "reader of the organisation": person("OnlyReads"),
        "former member": person("Former", "auditor", "methodologist"),
        "member elsewhere": person("Neighbour"),
        "stranger": person("Stranger"),
        "coordinator": person("Coordinator", "coordinator"),
        "reviewer a": person("ReviewerA", "reviewer"),
        "reviewer b": person("ReviewerB", "reviewer", "panel"),  # which is closed to them here
        "reviewer released": person("Released", "reviewer", "auditor", "coordinator"),
        "reviewer elsewhere": person("Elsewhere", "reviewer"),
        "panel": person("PanelA", "panel"),
        "panel b": person("PanelB", "panel", "appeal_panel", "auditor"),  # the two are closed to them here
        "panel c": person("PanelC", "panel", "chair"),
        "panel recused": person("Recused", "panel"),
        "panel barred": person("Barred", "panel"),
        "appeal panel": person("AppealA", "appeal_panel"),
        "appeal panel b": person("AppealB", "appeal_panel"),
        "coach": person("Coach", "coach"),
        "methodologist": person("Methodologist", "methodologist"),
        "auditor": person("Auditor", "auditor"),
        "auditor elsewhere": person("AuditorElsewhere", "auditor", scheme="another"),
        "administrator": person("Administrator", "administrator"),
    }


def planted(workflow: Workflow, *others: Workflow) -> Planted:
    """The file, played to its certificate under `workflow` (the shipped scheme, or one with the same steps). There
    is nobody at the site but its people."""
    load_schemes(shipped().workflows.values(), shipped().rubrics, SYSTEM)
    for each in (*others, workflow):
        open_trimmed(each)
    people = everybody()
    own, other = organisation("Organisation"), organisation("Other")
    join(organisation=own, user=people["applicant"], by=SYSTEM)
    reader = people["reader of the organisation"]
    join(organisation=own, user=reader, by=SYSTEM, standing=Standing.READER)
    leave(membership=join(organisation=own, user=people["former member"], by=SYSTEM), by=SYSTEM)
    join(organisation=other, user=people["member elsewhere"], by=SYSTEM)
    elsewhere = open_dossier(organisation=other, scheme=workflow.id, by=people["member elsewhere"])
    dossier = open_dossier(organisation=own, scheme=workflow.id, by=people["applicant"])
    play = _Play(dossier, people)
    play.assess()
    play.review()
    finding, assignment = (
        play.findings[0],
        Assignment.objects.get(dossier=dossier, reviewer=people["reviewer a"]),
    )
    play.settle()
    play.decide()
    certificate = Certificate.objects.get(dossier=dossier)
    play.suspend(certificate)
    play.keep_up(certificate)
    play.change_scope(certificate)
    _reviewed_elsewhere(elsewhere, people)
    dossier.refresh_from_db()
    return Planted(dossier, people, elsewhere, finding, play.evidence, certificate, assignment)


def _reviewed_elsewhere(dossier: Dossier, people: dict[str, User]) -> None:
    """Another file, in review, with a reviewer of its own."""
    set_into(dossier, "in_review")
    assign(dossier=dossier, reviewer=people["reviewer elsewhere"], by=people["coordinator"])


@dataclass
class _Play:
    dossier: Dossier
    people: dict[str, User]
    findings: list[Finding] = field(default_factory=list)

    @property
    def criteria(self) -> list[tuple[str, str]]:
        asked = compiled(self.dossier.edition_id).rubrics.values()
        return [(each.id, criterion.id) for each in asked for criterion in each.every_criterion()]

    def do(self, step: str, who: str, said: str = "", **data: Any) -> None:
        actor = self.people[who]
        data |= signature(self.dossier, step, actor).get("data", {})
        perform(self.dossier, step, actor, comment=mark(said) if said else "", data=data or None)

    def assess(self) -> None:
        who = self.people["applicant"]
        accept_code(dossier=self.dossier, by=who)
        state_scope(dossier=self.dossier, scope=Scope(mark("ScopeAr"), mark("ScopeEn")), by=who)
        given = zip(self.criteria, GIVEN["answers"], strict=True)
        save_answers(
            dossier=self.dossier,
            answers={
                key: Given(value, f"{mark('Answer')} {number}") for number, (key, value) in enumerate(given)
            },
            by=who,
        )
        for number, key in enumerate(self.criteria):
            self.evidence = self._file(key, "Evidence", str(number))
        take_back(evidence=self._file(self.criteria[0], "TakenBack", "x"), by=who)
        self.do("submit", "applicant")
        self.do("return_for_completion", "coordinator", "Returned")
        self.do("submit", "applicant")
        self.do("accept", "coordinator")

    def _file(self, key: tuple[str, str], what: str, number: str) -> Evidence:
        content = pdf(f"{mark(what + 'Content')} {number}")
        upload = SimpleUploadedFile(f"{mark(what + 'Name')} {number}.pdf", content)
        who = self.people["applicant"]
        return file_evidence(dossier=self.dossier, rubric=key[0], criterion=key[1], upload=upload, by=who)

    def review(self) -> None:
        coordinator = self.people["coordinator"]
        gone = self._rated("reviewer released", "ratings-released", "NoteReleased")
        release(assignment=gone, reason=mark("Release"), by=coordinator)
        for who, given, note in (("reviewer a", "ratings-a", "NoteA"), ("reviewer b", "ratings-b", "NoteB")):
            self._rated(who, given, note)
        found = Found(self.criteria[0], "minor", mark("FindingText"), [self.evidence])
        self.findings.append(raise_finding(dossier=self.dossier, found=found, by=self.people["reviewer a"]))
        self._ask()
        self._visit()
        for who in ("reviewer a", "reviewer b"):
            self.do("send_review", who)
        self.do("close_review", "coordinator")

    def _rated(self, who: str, given: str, note: str) -> Assignment:
        reviewer = self.people[who]
        assignment = assign(dossier=self.dossier, reviewer=reviewer, by=self.people["coordinator"])
        ratings = {
            key: Rated(value, mark(note)) for key, value in zip(self.criteria, GIVEN[given], strict=True)
        }
        if "reviewer" in asked_to_declare(self.dossier):
            declare_none(dossier=self.dossier, role="reviewer", by=reviewer)
        rate(assignment=assignment, ratings=ratings, by=reviewer)
        return assignment

    def _ask(self) -> None:
        """A question that was answered with a file, and one that was withdrawn."""
        due_on, reviewer = timezone.localdate() + timedelta(days=7), self.people["reviewer b"]
        asked = Asked(mark("Question"), due_on, self.criteria[0])
        upload = SimpleUploadedFile(f"{mark('ReplyName')}.pdf", pdf("mkReplyContentz"))
        answer_question(
            question=ask_question(dossier=self.dossier, asked=asked, by=reviewer),
            text=mark("Reply"),
            uploads=[upload],
            by=self.people["applicant"],
        )
        asked = Asked(mark("SecondQuestion"), due_on)
        question = ask_question(dossier=self.dossier, asked=asked, by=reviewer)
        withdraw_question(question=question, reason=mark("QuestionWithdrawn"), by=reviewer)

    def _visit(self) -> None:
        """One that was held, and told of."""
        reviewer, now = self.people["reviewer a"], timezone.now().replace(microsecond=0)
        meeting = Meeting(
            begins_at=now - timedelta(hours=1),
            ends_at=now + timedelta(hours=1),
            zone="Africa/Cairo",
            place=mark("VisitPlace"),
            people=[reviewer],
        )
        agenda = mark("VisitAgenda")
        visit = plan_visit(
            dossier=self.dossier, kind="on_site", unit="", meeting=meeting, agenda=agenda, by=reviewer
        )
        note_on_visit(visit=visit, criterion=self.criteria[0], text=mark("VisitNote"), by=reviewer)
        hold_visit(visit=visit, attended=[reviewer], met=mark("VisitMet"), by=reviewer)
        close_visit(visit=visit, report=mark("VisitReport"), by=reviewer)

    def settle(self) -> None:
        """Reviewers agree, the finding is corrected, and a member of the panel turns out to have a tie."""
        a, b = self.people["reviewer a"], self.people["reviewer b"]
        first: dict[str, Any] = {"dossier": self.dossier, "criterion": self.criteria[0]}
        proposal = propose(**first, value=WITHDRAWN, reason=mark("ProposalReason"), by=a)
        withdraw(proposal=proposal, by=a, reason=mark("ProposalWithdrawn"))
        proposal = propose(**first, value=AGREED, reason=mark("AgreedReason"), by=a)
        confirm(proposal=proposal, by=b, comment=mark("Consent"))
        self.do("request_correction", "coordinator", "Request")
        (finding,) = self.findings
        applicant = self.people["applicant"]
        name_owner(finding=finding, owner=applicant, by=applicant)
        upload = SimpleUploadedFile(f"{mark('CorrectionName')}.pdf", pdf("mkCorrectionContentz"))
        file_correction(finding=finding, upload=upload, by=applicant)
        perform(finding, "answer", applicant, comment=mark("FindingAnswer"))
        perform(finding, "verify", a, comment=mark("FindingVerified"))
        barred = self.people["panel barred"]
        name_tie(
            dossier=self.dossier, name=barred.name, kind="business", reason=mark("TieReason"), by=applicant
        )
        coordinator = self.people["coordinator"]
        propose_override(dossier=self.dossier, person=barred, reason=mark("OverrideReason"), by=coordinator)

    def decide(self) -> None:
        """Refused, with one member outvoted and one who stepped aside; appealed with success, and granted in the
        end."""
        panel = ("panel", "panel b", "panel c")
        self.do("refer", "coordinator")
        recuse(dossier=self.dossier, reason=mark("Recusal"), by=self.people["panel recused"])
        sitting = self._sit(*panel, "appeal panel", "appeal panel b")
        for who, choice in zip(panel, ("refuse", "refuse", "certify"), strict=True):
            self.do("vote", who, "VoteRefuse", choice=choice)
        dissent(dossier=self.dossier, reason=mark("Dissent"), by=self.people["panel c"])
        self.do("refuse", "panel", "Refusal")
        leader = self.people["coordinator"]
        write_minutes(sitting=sitting, dossier=self.dossier, text=mark("Minutes"), seen=None, by=leader)
        self.do("announce_refusal", "coordinator", "Announced")
        self._contest()
        self.do("appeal", "applicant", "Appeal")
        answer_contest(
            contest=self.dossier.contests.get(),
            accept=False,
            reason=mark("ContestAnswer"),
            by=self.people["appeal panel"],
        )
        for who in ("appeal panel", "appeal panel b"):
            self.do("vote_on_appeal", who, "VoteUphold", choice="uphold")
        self.do("uphold", "appeal panel", "Upheld")
        for who in panel:
            self.do("vote", who, "VoteCertify", choice="certify")
        self.do("certify", "panel", "Certified")
        self.do("announce_certificate", "coordinator", "Announced")

    def _contest(self) -> None:
        upload = SimpleUploadedFile(f"{mark('ContestName')}.pdf", pdf("mkContestContentz"))
        point = Point(mark("Contest"), self.criteria[1])
        contest(dossier=self.dossier, point=point, uploads=[upload], by=self.people["applicant"])

    def _sit(self, *members: str) -> Sitting:
        plan = Plan(
            title_ar=mark("SittingAr"),
            title_en=mark("SittingEn"),
            place=mark("SittingPlace"),
            starts_at=timezone.now() + timedelta(days=1),
            schemes=[self.dossier.scheme],
            members=[self.people[each] for each in members],
            agenda=[self.dossier],
            sure=DOUBTS,
        )
        return call_sitting(plan=plan, by=self.people["coordinator"])

    def suspend(self, certificate: Certificate) -> None:
        panel = self.people["panel"]
        perform(certificate, "suspend", panel, comment=mark("Suspension"))
        perform(certificate, "reinstate", panel, comment=mark("Reinstatement"))

    def keep_up(self, certificate: Certificate) -> None:
        people = self.people
        asked = call_upkeep(
            certificate,
            kind="special_audit",
            actor=people["coordinator"],
            role="coordinator",
            reason=mark("UpkeepReason"),
        )
        report = SimpleUploadedFile(f"{mark('UpkeepFile')}.pdf", pdf("mkUpkeepContentz"))
        add_file(upkeep=asked, upload=report, by=people["applicant"])
        perform(asked, "file", people["applicant"], comment=mark("UpkeepFiled"))

    def change_scope(self, certificate: Certificate) -> None:
        scope = Scope(mark("WantedAr"), mark("WantedEn"))
        by = self.people["applicant"]
        change = ask_for_scope(certificate, scope=scope, reason=mark("ScopeReason"), by=by)
        perform(change, "pass_to_panel", self.people["coordinator"], comment=mark("ScopePassed"))


def set_into(subject: Any, state: str) -> None:
    """Set `subject` into `state`, from wherever it stands, by an event that says so: no step of the workflow need
    lead there from here, and what is on record already stays."""
    scheme = compiled(subject.edition_id)
    steps = scheme.workflow.transitions
    named = next((name for name, each in steps.items() if each.to == state), next(iter(steps)))
    with transaction.atomic():
        heads, _editions = lock(type(subject), {subject.pk})
        subject.refresh_from_db()
        now = type(subject).objects.get(pk=subject.pk).entered_at
        entry = Entry(
            stream=subject.pk,
            kind="transition",
            actor=SYSTEM,
            role=SYSTEM_ROLE,
            edition=subject.edition_id,
            transition=named,
            source=subject.state,
            target=state,
            data=reckoned(subject, scheme.workflow, state, now),
        )
        (event,) = append_to(heads, [entry])
        enter(subject, event, scheme.workflow)
        write_states(type(subject), [subject])
