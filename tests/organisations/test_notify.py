"""Letters that say a file has moved: written with the step, sent by the worker, told as its reader may know it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accreditation_engine.decisions.sittings.doubts import DOUBTS
from accreditation_engine.decisions.sittings.plan import Plan
from accreditation_engine.decisions.sittings.planning import call_sitting
from accreditation_engine.dossiers.domain import open_dossiers
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.perform import perform, perform_many
from accreditation_engine.organisations.domain import end_role, grant_role, join, leave
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.readers import people_by_subject
from accreditation_engine.organisations.letters.told import tell
from accreditation_engine.organisations.models import Membership, Organisation, RoleGrant, Standing, User
from accreditation_engine.organisations.registering import register_organisations
from accreditation_engine.portal.letters.readings import readings_of
from accreditation_engine.portal.templatetags.dates import day_in_words
from accreditation_engine.reviews.domain import Rated, rate
from accreditation_engine.reviews.models import Assignment, Finding
from tests.support.post import delivered, nobody_is_written_to
from tests.support.world import BADLY, TINY, World, changed, overdue


def written(dossier: Dossier) -> set[str]:
    """To whom letters about `dossier` wait."""
    waiting = Letter.objects.filter(dossier=dossier.pk, mail=None)
    return set(waiting.values_list("person__email", flat=True))


def moved(world: World, state: str, step: str, **more: object) -> Dossier:
    """A file in `state`, of which only the letters about `step` wait."""
    dossier = world.dossier(state)
    nobody_is_written_to()
    world.perform(dossier, step, **more)  # type: ignore[arg-type]
    return dossier


def test_a_letter_goes_to_everybody_who_plays_the_role(world: World) -> None:
    moved(world, "in_review", "escalate")
    assert [each.to for each in delivered()] == [[world.person("coordinator").email]]


def test_whoever_submits_and_the_owners_get_a_receipt(world: World) -> None:
    file = world.dossier("screening")
    world.perform(file, "return_for_completion")
    owner, editor = world.new_person("owner"), world.new_person("editor")
    for each, standing in ((owner, Standing.OWNER), (editor, Standing.EDITOR)):
        join(user=each, organisation=file.organisation, standing=standing, by=SYSTEM)
    User.objects.filter(pk=owner.pk).update(language="en")
    nobody_is_written_to()
    event = world.perform(file, "submit")
    mails = {each.to[0]: str(each.body) for each in delivered()}
    assert world.applicant.email in mails
    assert editor.email not in mails
    for each in (file.number, "40 answers", event.data["judged"]["answers"], "What comes next: “Screening”"):
        assert each in re.sub("[\u2066-\u2069]", "", mails[owner.email])


@pytest.mark.parametrize(
    ("language", "words"), [("ar", "أُعيد ملفكم للاستكمال"), ("en", "Your file has come back for completion")]
)
def test_mail_is_in_the_readers_language(world: World, language: str, words: str) -> None:
    User.objects.filter(pk=world.applicant.pk).update(language=language)
    dossier = moved(world, "screening", "return_for_completion")
    with translation.override("ar" if language == "en" else "en"):
        (message,) = delivered()
    assert words in message.subject
    assert dossier.number in message.subject
    assert f"/files/{dossier.pk}/" in message.body


def test_mail_does_not_carry_the_comment(world: World) -> None:
    moved(world, "screening", "return_for_completion", comment="sensitive words")
    (message,) = delivered()
    assert "sensitive" not in message.message().as_string()
    assert "sensitive" not in str(Letter.objects.values_list("facts", flat=True))


def test_an_applicant_reads_the_state_in_words_made_for_applicants(world: World) -> None:
    User.objects.update(language="en")
    moved(world, "correcting", "end_correction")
    bodies = {each.to[0]: each.body for each in delivered()}
    assert "Being decided" in bodies[world.applicant.email]
    assert "Before the panel" in bodies[world.person("panel").email]


def test_whoever_took_the_step_gets_no_letter_about_it(world: World) -> None:
    dossier = world.dossier("in_review")
    reviewer, coordinator = world.person("reviewer"), world.person("coordinator")
    grant_role(user=reviewer, role="coordinator", by=SYSTEM)
    assignment = Assignment.objects.get(dossier=dossier, reviewer=reviewer)
    rubrics = compiled(dossier.edition_id).rubrics.values()
    keys = [(rubric.id, each.id) for rubric in rubrics for each in rubric.every_criterion()]
    rate(assignment=assignment, ratings={key: Rated("2") for key in keys}, by=reviewer)
    nobody_is_written_to()
    perform(dossier, "send_review", reviewer)
    assert written(dossier) == {coordinator.email}


def test_an_inactive_person_gets_no_letter(world: World) -> None:
    dossier = world.dossier("screening")
    nobody_is_written_to()
    User.objects.filter(pk=world.applicant.pk).update(is_active=False)
    world.perform(dossier, "return_for_completion")
    assert written(dossier) == set()


def test_a_letter_about_a_finding_leads_to_its_file(world: World) -> None:
    dossier = world.dossier("correcting", level=BADLY)
    finding = Finding.objects.filter(dossier=dossier)[0]
    nobody_is_written_to()
    world.perform(finding, "lapse")
    mails = delivered()
    assert mails
    for message in mails:
        assert f"/files/{dossier.pk}/" in message.body
        assert dossier.number in message.subject


def test_what_is_rolled_back_is_told_to_nobody(world: World) -> None:
    dossier = world.dossier("screening")
    nobody_is_written_to()
    with transaction.atomic():
        world.perform(dossier, "return_for_completion")
        assert written(dossier)
        transaction.set_rollback(True)
    assert written(dossier) == set()


# Written once and sent later: what holds then counts.


def test_whoever_has_left_the_organisation_meanwhile_reads_nothing(world: World) -> None:
    dossier = moved(world, "screening", "return_for_completion")
    leave(
        membership=Membership.objects.get(organisation=dossier.organisation, user=world.applicant), by=SYSTEM
    )
    assert delivered() == []
    assert Letter.objects.get().dropped_at


def test_whoever_has_lost_the_role_meanwhile_reads_nothing(world: World) -> None:
    moved(world, "in_review", "escalate")
    grant = RoleGrant.objects.get(user=world.person("coordinator"), role="coordinator")
    end_role(grant=grant, by=SYSTEM, reason="moved on")
    assert delivered() == []


def test_a_letter_says_where_the_file_is_when_it_is_sent(world: World) -> None:
    User.objects.update(language="en")
    dossier = moved(world, "screening", "return_for_completion")
    world.perform(dossier, "submit")
    body = next(each.body for each in delivered() if each.to == [world.applicant.email])
    assert "The file is now in “Screening”.\n- Your file has come back for completion;" in body


def test_a_decision_is_not_told_while_the_state_does_not_show_it(world: World) -> None:
    """The refusal was appealed and came back to the panel: what was decided is open again."""
    User.objects.update(language="en")
    dossier = world.dossier("refused")
    told = Letter.objects.filter(dossier=dossier.pk, facts__transition="announce_refusal")
    refusal = told.get()
    world.perform(dossier, "appeal")
    for number in range(2):
        voter = world.person("appeal_panel", number)
        perform(dossier, "vote_on_appeal", voter, data={"choice": "uphold"})
    world.perform(dossier, "uphold")
    Letter.objects.exclude(pk=refusal.pk).delete()
    (message,) = delivered()
    assert "The file is now in “Being decided”." in message.body
    assert "certificate" not in message.body.split("--")[0].replace("Certificate", "")


def test_letter_of_a_refusal_says_where_its_reasons_are_and_until_when_one_may_appeal(world: World) -> None:
    User.objects.update(language="en")
    dossier = moved(world, "refusal_decided", "announce_refusal")
    (message,) = delivered()
    what = "The decision on your file: your organisation is not granted the certificate"
    assert message.subject.replace("\u2068", "").replace("\u2069", "") == f"File {dossier.number}: {what}"
    with translation.override("en"):
        until = day_in_words(timezone.localdate(dossier.deadline_at))
    for said in (f"- {what}.\n", "under “Decision”.", f"may appeal until {until}"):
        assert said in message.body
    with overdue(dossier):
        world.perform(dossier, "end_appeal_time")
    bodies = [each.body for each in delivered()]
    assert ["the refusal is final." in each for each in bodies] == [True]


def test_upheld_appeal_is_told_when_the_file_is_decided_anew(world: World) -> None:
    User.objects.update(language="en")
    dossier = world.dossier("appealing")
    for number in range(2):
        perform(dossier, "vote_on_appeal", world.person("appeal_panel", number), data={"choice": "uphold"})
    nobody_is_written_to()
    world.perform(dossier, "uphold")
    bodies = {each.to[0]: each.body for each in delivered()}
    assert "- Your appeal is upheld; your file is being decided anew.\n" in bodies[world.applicant.email]
    assert "The reasons stand on the page" in bodies[world.applicant.email]
    assert "The organisation's appeal is upheld" in bodies[world.person("panel").email]


def test_members_are_called_to_a_vote_when_it_is_theirs_to_cast(world: World) -> None:
    """Not those who reviewed the file, were not convened or have voted; nobody once the file stands elsewhere."""
    reviewing = world.person("reviewer")
    grant_role(user=reviewing, role="panel", by=SYSTEM)
    dossier = moved(world, "reviewed", "refer")
    members = [world.person("panel", number) for number in range(3)]
    assert {each.email for each in (*members, reviewing)} <= written(dossier)
    convene(world, dossier, members)
    perform(dossier, "vote", members[0], data={"choice": "certify"})
    letters = Letter.objects.filter(dossier=dossier.pk, facts__transition="refer")
    assert called(letters) == {each.email for each in members[1:]}
    world.perform(dossier, "withdraw")
    assert called(letters) == set()


def convene(world: World, dossier: Dossier, members: list[User]) -> None:
    plan = Plan(
        title_ar="جلسة",
        title_en="Sitting",
        place="القاعة",
        starts_at=timezone.now() + timedelta(days=1),
        schemes=[dossier.scheme],
        members=members,
        agenda=[dossier],
        sure=DOUBTS,
    )
    call_sitting(plan=plan, by=world.person("coordinator"))


def called(letters: QuerySet[Letter]) -> set[str]:
    """Whom their letters tell anything now."""
    found = set()
    for person in User.objects.filter(letters__in=letters).distinct():
        mine = list(letters.filter(person=person))
        if tell(mine, readings_of(person.pk, mine)):
            found.add(person.email)
    return found


def test_people_are_found_for_all_files_in_one_query(world: World) -> None:
    dossiers = [world.dossier("in_review") for _ in range(3)]
    for role in ("applicant", "coordinator", "reviewer"):
        with CaptureQueriesContext(connection) as captured:
            found = people_by_subject(Dossier, role, [each.pk for each in dossiers])
        assert len(captured) == 1
        assert {len(people) for people in found.values()} == {2 if role == "reviewer" else 1}
    assert {each.person for each in found[dossiers[0].pk]} == set(
        Assignment.objects.filter(dossier=dossiers[0]).values_list("reviewer", flat=True)
    )


def test_somebody_with_two_grants_is_written_to_once(world: World) -> None:
    person = world.person("coordinator")
    grant_role(user=person, role="coordinator", by=SYSTEM, scheme="institutional-commitment")
    RoleGrant.objects.create(
        user=person,
        role="coordinator",
        scheme="institutional-commitment",
        since=RoleGrant.objects.filter(user=person).first().since,  # type: ignore[union-attr]
    )
    dossier = moved(world, "in_review", "escalate")
    assert Letter.objects.filter(dossier=dossier.pk, person=person).count() == 1


@pytest.mark.parametrize("count", [3, 300])
def test_letters_cost_two_statements_whatever_the_number_of_files(world: World, count: int) -> None:
    told = changed(
        TINY, ("to: draft, by: [coordinator]}", "to: draft, by: [coordinator], then: [{notify: auditor}]}")
    )
    world.scheme(told)
    new = [Organisation(name_ar="م", name_en="O", registration_number=f"N-{n}") for n in range(count)]
    organisations = register_organisations(new, by=SYSTEM)
    dossiers = open_dossiers(organisations=organisations, scheme="tiny", by=SYSTEM, role="system")
    with CaptureQueriesContext(connection) as captured:
        perform_many(dossiers, "remark", world.person("coordinator"))
    assert Letter.objects.filter(kind="step", role="auditor").count() == count
    sent = [each["sql"] for each in captured.captured_queries]
    assert (
        len([sql for sql in sent if not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]) == 4 + 2
    )
