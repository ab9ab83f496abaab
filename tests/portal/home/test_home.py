"""Home and the list of files: what waits for whom, and that it costs the same for 3 as for 30."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accreditation_engine.certificates.renewing import renewed_from
from accreditation_engine.dossiers.domain import open_dossiers
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.models import Scheme
from accreditation_engine.organisations.domain import join
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.models import Standing, User
from accreditation_engine.portal.home.waiting import (
    _keys,
    schemes_of,
    waiting_dossiers,
    waiting_findings,
    waiting_keys,
)
from accreditation_engine.reviews.domain import Rated, rate
from tests.portal.visitor import act, page_of, queries_for, text_of, visitor
from tests.support.world import SHIPPED, World, later

HOME, FILES = reverse("home"), reverse("files")
MOST_QUERIES = 15


def waits_for(world: World, role: str, number: int = 0) -> set[str]:
    return {each.number for each in waiting_dossiers(world.person(role, number))}


def test_each_role_finds_what_waits_for_it_when_files_stand_everywhere(world: World) -> None:
    files = {
        state: world.dossier(state).number
        for state in ("draft", "screening", "in_review", "deciding", "certified", "appealing")
    }
    assert waits_for(world, "applicant") == {files["draft"]}
    assert waits_for(world, "coordinator") == {files["screening"]}
    assert waits_for(world, "reviewer") == {files["in_review"]}
    assert waits_for(world, "reviewer", 2) == set()
    assert waits_for(world, "panel") == {files["deciding"]}
    assert waits_for(world, "appeal_panel") == {files["appealing"]}
    assert waits_for(world, "auditor") == set()


def test_ids_of_what_waits_are_those_of_the_files_for_everybody_at_any_time(world: World) -> None:
    for state in ("draft", "screening", "in_review", "deciding", "appealing"):
        world.dossier(state)
    voted = world.dossier("deciding")
    act(visitor(world.person("panel")), voted, "vote", choice="certify")
    people = [person for cast in world.cast.people.values() for person in cast]
    for days in (0, 40):
        with later(days=days):
            for person in [*people, world.applicant, world.stranger]:
                person.__dict__.pop("_played", None)
                waiting = [each.pk for each in waiting_dossiers(person)]
                assert waiting_keys(person, schemes_of(person)) == waiting, (person.email, days)


def test_home_promises_nothing_to_whoever_only_reads(world: World) -> None:
    dossier, reader = world.dossier("certified"), world.new_person("reader")
    join(organisation=dossier.organisation, user=reader, by=SYSTEM, standing=Standing.READER)
    seen = text_of(visitor(reader).get(HOME))
    assert "You read the files of your organisation and change nothing" in seen
    assert "When something does" not in seen
    assert dossier.number in seen
    own = world.dossier("certified").organisation
    join(organisation=own, user=reader, by=SYSTEM, standing=Standing.EDITOR)
    assert "When something does" in text_of(visitor(reader).get(HOME))


@pytest.mark.parametrize("role", ["reviewer", "panel", "appeal_panel"])
def test_nothing_of_what_waits_keeps_the_moment_at_which_it_was_prepared(world: World, role: str) -> None:
    editions = tuple(Scheme.objects.filter(subject="dossier").values_list("edition_id", flat=True))
    built = []
    for days in (0, 30):
        _keys.cache_clear()
        with later(days=days):
            built.append(_keys((role,), editions))
    first, then = built
    assert (first.sql, first.values) == (then.sql, then.values)


def test_file_waits_for_the_reviewer_no_more_when_their_review_is_sent(world: World) -> None:
    dossier = world.dossier("in_review")
    one, other = world.person("reviewer", 0), world.person("reviewer", 1)
    act_as(one, dossier)
    assert dossier not in waiting_dossiers(one)
    assert dossier in waiting_dossiers(other)


def act_as(reviewer: User, dossier: Dossier) -> None:
    assignment = dossier.assignments.get(reviewer=reviewer)
    keys = [
        (rubric.id, each.id)
        for rubric in compiled(dossier.edition_id).rubrics.values()
        for each in rubric.every_criterion()
    ]
    rate(assignment=assignment, ratings={key: Rated("2") for key in keys}, by=reviewer)
    assert act(visitor(reviewer), dossier, "send_review").status_code == 302


def test_file_waits_for_the_panel_again_when_enough_have_voted(world: World) -> None:
    dossier = world.dossier("deciding")
    voter = world.person("panel")
    act(visitor(voter), dossier, "vote", choice="certify")
    assert dossier not in waiting_dossiers(voter)
    assert dossier in waiting_dossiers(world.person("panel", 1))
    for number in (1, 2):
        act(visitor(world.person("panel", number)), dossier, "vote", choice="certify")
    assert dossier in waiting_dossiers(voter)


def test_finding_waits_for_whoever_is_to_act_when_the_file_shows_findings(world: World) -> None:
    dossier = world.dossier("correcting")
    finding = dossier.findings.first()
    assert finding in waiting_findings(world.applicant)
    assert finding not in waiting_findings(world.person("reviewer"))
    world.perform(finding, "answer")
    assert finding in waiting_findings(world.person("reviewer"))
    assert finding not in waiting_findings(world.person("reviewer", 2))


def test_finding_waits_for_nobody_when_the_file_does_not_show_it_yet(world: World) -> None:
    world.dossier("reviewed", level=0.2)
    assert not waiting_findings(world.applicant).exists()


def test_most_urgent_comes_first_when_several_wait(world: World) -> None:
    with later(days=-20):
        old = world.dossier("draft")
    new = world.dossier("draft")
    content = text_of(visitor(world.applicant).get(HOME))
    assert content.index(old.number) < content.index(new.number)


def test_overdue_file_says_so_when_its_deadline_has_passed(world: World) -> None:
    world.dossier("draft")
    with later(days=181):
        assert "overdue" in text_of(visitor(world.applicant).get(HOME))


def test_stranger_is_told_what_to_do_when_they_act_for_nobody(world: World) -> None:
    page = visitor(world.stranger).get(HOME)
    assert "You act for no organisation yet" in text_of(page)
    assert reverse("found_organisation") in page.content.decode()


def test_applicant_opens_a_file_when_there_is_none(world: World) -> None:
    organisation = world.organisation()
    client = visitor(world.applicant)
    assert "Institutional Commitment Certificate A trial association" in text_of(client.get(HOME))
    response = client.post(
        reverse("open_file"), {"organisation": organisation.registration_number, "scheme": SHIPPED}
    )
    dossier = organisation.dossiers.get()
    assert response.url == page_of(dossier)
    assert f"The file {dossier.number} is open." in text_of(client.get(response.url))


@pytest.mark.parametrize(("state", "offered"), [("draft", False), ("deciding", False), ("withdrawn", True)])
def test_another_file_is_offered_when_the_last_one_has_ended(world: World, state: str, offered: bool) -> None:
    world.dossier(state)
    content = text_of(visitor(world.applicant).get(HOME))
    assert ("Apply for accreditation" in content) is offered
    assert ("Other files of yours" in content) is (state != "draft")


def test_second_file_is_refused_in_words_when_one_is_open(world: World) -> None:
    dossier = world.dossier("draft")
    typed = {"organisation": dossier.organisation.registration_number, "scheme": SHIPPED}
    response = visitor(world.applicant).post(reverse("open_file"), typed, follow=True)
    assert "has a file that is not finished yet" in text_of(response)


def test_nobody_opens_a_file_for_others_when_they_guess_a_number(world: World) -> None:
    organisation = world.organisation()
    typed = {"organisation": organisation.registration_number, "scheme": SHIPPED}
    assert visitor(world.stranger).post(reverse("open_file"), typed).status_code == 404
    assert (
        visitor(world.applicant).post(reverse("open_file"), typed | {"scheme": "finding"}).status_code == 404
    )


def test_list_is_narrowed_down_when_the_address_says_so(world: World) -> None:
    draft, screening = world.dossier("draft"), world.dossier("screening")
    client = visitor(world.person("coordinator"))
    assert numbers(client, "?state=screening") == {screening.number}
    assert numbers(client, f"?q={draft.number}") == {draft.number}
    assert numbers(client, "?q=trial") == {draft.number, screening.number}
    assert numbers(client, "?waiting=1") == {screening.number}
    assert "No file fits what you chose." in text_of(client.get(f"{FILES}?q=nothing-like-it"))


def numbers(client: Client, query: str) -> set[str]:
    return {word for word in text_of(client.get(FILES + query)).split() if word.startswith("IC-")}


def test_applicant_cannot_find_out_the_inner_state_when_they_filter_by_it(world: World) -> None:
    world.dossier("review_overdue")
    client = visitor(world.applicant)
    assert numbers(client, "?state=review_overdue") == numbers(client, "?state=in_review") == set()
    assert 'name="state"' not in client.get(FILES).content.decode()


def test_auditor_goes_straight_to_the_trails_when_they_look_at_the_list(world: World) -> None:
    dossier = world.dossier("screening")
    assert page_of(dossier, "trail") in visitor(world.person("auditor")).get(FILES).content.decode()


def test_list_is_shown_page_by_page_when_it_is_long(world: World) -> None:
    many(world, 45)
    client = visitor(world.person("coordinator"))
    pages = [numbers(client, f"?page={page}") for page in (1, 2, 3)]
    assert [len(each) for each in pages] == [20, 20, 5]
    assert len(set.union(*pages)) == 45
    assert numbers(client, "?page=nonsense") == pages[0]


def many(world: World, count: int) -> None:
    organisations = [world.organisation() for _number in range(count)]
    open_dossiers(organisations=organisations, scheme=SHIPPED, by=world.applicant)


def test_lists_cost_the_same_when_there_are_thirty_files_as_for_three(world: World) -> None:
    for state in ("screening", "in_review", "deciding", "correcting"):
        world.dossier(state)
    roles = ("applicant", "coordinator", "reviewer", "panel", "auditor")
    clients = {role: visitor(world.person(role)) for role in roles}
    few = {role: (queries_for(each, HOME), queries_for(each, FILES)) for role, each in clients.items()}
    many(world, 30)
    for _more in range(2):
        world.dossier("correcting")
    assert few == {
        role: (queries_for(each, HOME), queries_for(each, FILES)) for role, each in clients.items()
    }
    assert max(cost for both in few.values() for cost in both) <= MOST_QUERIES


def test_former_member_sees_nothing_when_the_membership_is_over(world: World) -> None:
    dossier = world.dossier("draft")
    person = world.new_person("former")
    membership = join(organisation=dossier.organisation, user=person, by=SYSTEM)
    assert dossier.number in text_of(visitor(person).get(HOME))
    membership.ended_at = membership.since
    membership.save()
    assert dossier.number not in text_of(visitor(person).get(HOME))
    assert visitor(person).get(page_of(dossier)).status_code == 404


def test_deadline_of_a_reviewer_is_that_of_the_review(world: World) -> None:
    dossier, reviewer = world.dossier("in_review"), world.person("reviewer")
    due = dossier.assignments.get(reviewer=reviewer).due_at
    (row,) = visitor(reviewer).get(HOME).context["waiting"]["rows"]
    assert row["cells"][4]["value"] == due != dossier.deadline_at


def test_a_late_review_waits_for_its_reviewer_who_asks_for_it_to_be_resumed(world: World) -> None:
    dossier, reviewer = world.dossier("review_overdue"), world.person("reviewer")
    client = visitor(reviewer)
    assert dossier in waiting_dossiers(reviewer)
    assert waiting_keys(reviewer, schemes_of(reviewer)) == [dossier.pk]
    assert "Ask for your review to be resumed" in text_of(client.get(HOME))
    queue = text_of(client.get(reverse("queue")))
    assert "Ask for it to be resumed" in queue
    assert "Go on" not in queue
    page = text_of(client.get(page_of(dossier)))
    assert "Nothing for you to do here now" not in page
    assert "Go on with your review" not in page
    assert "Your review is late and stands still" in text_of(client.get(page_of(dossier, "review")))
    assert act(client, dossier, "ask_to_resume", comment="أحتاج يومين").status_code == 302
    letters = Letter.objects.filter(person=world.person("coordinator"), dossier=dossier.pk)
    assert "ask_to_resume" in {each.facts.get("transition") for each in letters}
    world.perform(dossier, "resume_review")
    assert "Go on with your review" in text_of(client.get(page_of(dossier)))


def test_invitation_comes_last_and_names_the_certificate_when_one_holds(world: World) -> None:
    dossier = world.dossier("certified")
    page = visitor(world.applicant).get(HOME)
    content = text_of(page)
    assert content.index("Other files of yours") < content.index("Apply for accreditation")
    certificate = dossier.certificates.get()
    assert f"You hold this certificate until {certificate.valid_until.day} " in content
    assert reverse("about_scheme", args=["en", SHIPPED]) in page.content.decode()
    assert "One that is opened here begins empty." in content
    assert f"It is renewed from {renewed_from(certificate.valid_until).day} " in content
    with later(days=1000):
        assert "Renew it above" in text_of(visitor(world.applicant).get(HOME))
    with later(days=4000):
        assert "You hold this certificate" not in text_of(visitor(world.applicant).get(HOME))
