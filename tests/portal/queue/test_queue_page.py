"""The queue as a page: what stands in it, taking a place, and that nothing of a file is told too early."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import engage, grant_role
from accreditation_engine.reviews.allocation.profiles import change_profile
from accreditation_engine.reviews.domain import Rated, rate
from accreditation_engine.reviews.interests.declaring import declare_none
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queue.claiming import claim
from accreditation_engine.reviews.queue.waiting import offered_to, queue_of
from accreditation_engine.trail.models import Event
from tests.portal.visitor import hidden, page_of, queries_for, text_of, visitor
from tests.reviews.queue.waiting_files import QUEUED, ask_for, reviewers, waiting
from tests.support.world import World, later

pytestmark = pytest.mark.django_db

PAGE, NEXT = reverse("queue"), reverse("take_next")


def test_a_reviewer_sees_what_waits_in_their_order_and_no_organisation(world: World) -> None:
    files, (me,) = waiting(world, 5), reviewers(world, 1)
    content = text_of(visitor(me).get(PAGE))
    order = [each.number for each in offered_to(me)]
    assert sorted(order, key=content.index) == order
    assert len(order) == 5
    assert "0 of 2 taken" in content
    assert "5 Files that wait for a reviewer" in content or "Files that wait for a reviewer 5" in content
    for file in files:
        assert file.organisation.name_en not in content
    assert "Egypt" in content
    assert "مصر" in text_of(visitor(me, "ar").get(PAGE))


def test_ones_own_reviews_stand_first_with_progress_and_days_left(world: World) -> None:
    first, other = waiting(world, 2)
    (me,) = reviewers(world, 1)
    assignment = claim(dossier=first, by=me)
    rate(assignment=assignment, ratings={("mini", "a-1"): Rated("3")}, by=me)
    content = text_of(visitor(me).get(PAGE))
    assert content.index(first.number) < content.index(other.number)
    assert first.organisation.name_en in content
    assert "1 of 3" in content
    assert "due in 21 days" in content


def test_an_overdue_review_says_so(world: World) -> None:
    (file,), (me,) = waiting(world, 1), reviewers(world, 1)
    claim(dossier=file, by=me)
    with later(days=24):
        content = text_of(visitor(me).get(PAGE))
    assert "overdue for 3 days" in content
    assert "Of these overdue" in content


def test_whoever_takes_the_next_gets_the_first_and_stands_before_its_file(world: World) -> None:
    waiting(world, 3)
    (me,) = reviewers(world, 1)
    first = offered_to(me)[0]
    client = visitor(me)
    response = client.post(NEXT, {"had": hidden(client.get(PAGE), "had")})
    assert response.url == page_of(first)
    assert f"The file {first.number} is yours to review" in text_of(client.get(response.url))
    assert [each.dossier for each in Assignment.objects.all()] == [first]


def test_a_form_that_is_sent_twice_takes_one(world: World) -> None:
    waiting(world, 3)
    (me,) = reviewers(world, 1)
    client = visitor(me)
    typed = {"had": hidden(client.get(PAGE), "had")}
    client.post(NEXT, typed)
    again = client.post(NEXT, typed, follow=True)
    assert "Your reviews have changed since this page was opened" in text_of(again)
    assert Assignment.objects.count() == 1


@pytest.mark.parametrize("had", ["", "abc", "-1", "9" * 40, "١"])
def test_a_form_of_somebodys_own_takes_one_or_says_why_not(world: World, had: str) -> None:
    waiting(world, 1)
    (me,) = reviewers(world, 1)
    assert visitor(me).post(NEXT, {"had": had}).status_code == 302


def test_whoever_was_slower_is_told_in_words_and_keeps_their_queue(world: World) -> None:
    (file,), (me, other) = waiting(world, 1, places=1), reviewers(world, 2)
    client = visitor(me)
    client.get(PAGE)
    claim(dossier=file, by=other)
    answer = client.post(reverse("take_place", args=[file.pk]), follow=True)
    assert "Somebody was faster: the one place of this file is taken." in text_of(answer)
    assert Event.objects.filter(stream=file.pk, kind="refused", actor=me.pk).count() == 1
    nothing = client.post(NEXT, {"had": "0"}, follow=True)
    assert "Nothing waits for you now" in text_of(nothing)


def test_whoever_writes_as_many_reviews_as_they_may_is_told_and_takes_none(world: World) -> None:
    first, other = waiting(world, 2)
    (me,) = reviewers(world, 1)
    change_profile(reviewer=me, by=world.person("coordinator"), most=1)
    assert reverse("take_place", args=[other.pk]) in visitor(me).get(PAGE).content.decode()
    claim(dossier=first, by=me)
    seen = visitor(me).get(PAGE)
    assert "1 at a time. Send or release one first" in text_of(seen)
    assert reverse("take_place", args=[other.pk]) not in seen.content.decode()
    assert NEXT not in seen.content.decode()


def test_a_file_one_has_an_interest_in_is_not_there_and_cannot_be_taken(world: World) -> None:
    (file,), (me,) = waiting(world, 1), reviewers(world, 1)
    engage(coach=me, organisation=file.organisation, began_on=timezone.localdate(), by=SYSTEM)
    client = visitor(me)
    assert file.number not in text_of(client.get(PAGE))
    client.post(reverse("take_place", args=[file.pk]))
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("role", ["applicant", "coordinator", "panel", "auditor"])
def test_the_queue_does_not_exist_for_who_reviews_nothing(world: World, role: str) -> None:
    (file,) = waiting(world, 1)
    client = visitor(world.person(role))
    assert client.get(PAGE).status_code == 404
    assert client.post(NEXT).status_code == 404
    assert client.post(reverse("take_place", args=[file.pk])).status_code == 404


def test_a_guessed_address_is_no_file_for_who_reviews_under_another_scheme(world: World) -> None:
    (file,) = waiting(world, 1)
    grant_role(user=world.stranger, role="reviewer", by=SYSTEM, scheme="institutional-commitment")
    client = visitor(world.stranger)
    assert file.number not in text_of(client.get(PAGE))
    assert client.post(reverse("take_place", args=[file.pk])).status_code == 404
    assert not Event.objects.filter(stream=file.pk, kind="refused").exists()


def test_nothing_is_read_of_a_file_before_a_place_is_taken(world: World) -> None:
    (file,), (me,) = waiting(world, 1), reviewers(world, 1)
    client = visitor(me)
    assert client.get(page_of(file)).status_code == 404
    claim(dossier=file, by=me)
    assert client.get(page_of(file)).status_code == 200


def test_the_queue_names_no_organisation_before_interests_are_declared(world: World) -> None:
    text = QUEUED.replace("due: P21D", "due: P21D, declare: true")
    (file,), (me,) = waiting(world, 1, text=text), reviewers(world, 1)
    client = visitor(me)
    response = client.post(NEXT, {"had": hidden(client.get(PAGE), "had")})
    assert response.url == page_of(file)
    content = text_of(client.get(PAGE))
    assert "Declare your interests first" in content
    assert "Begin" not in content
    assert file.organisation.name_en not in content
    declare_none(dossier=file, role="reviewer", by=me)
    opened = client.get(PAGE)
    assert file.organisation.name_en in text_of(opened)
    assert "Begin" in text_of(opened)
    assert f'href="{page_of(file, "review")}"' in opened.text


def test_an_empty_queue_says_what_comes(world: World) -> None:
    (me,) = reviewers(world, 1)
    content = text_of(visitor(me).get(PAGE))
    assert "Nothing waits for a reviewer" in content
    assert "once they have passed screening" in content
    assert "Take the next" not in content


def test_the_page_is_in_arabic_for_who_reads_arabic(world: World) -> None:
    (file, _other), (me,) = waiting(world, 2), reviewers(world, 1)
    claim(dossier=file, by=me)
    content = text_of(visitor(me, "ar").get(PAGE))
    for words in ("قائمة الانتظار", "بقي 21 يوما", "شُغل 0 من 2", "استلام التالي"):
        assert words in content


def test_a_long_queue_has_pages_and_costs_no_more(world: World) -> None:
    (me, other) = reviewers(world, 2)
    files = waiting(world, 3)
    ask_for(files[0], me)
    few = queries_for(visitor(me), PAGE)
    many = waiting(world, 45, text=QUEUED.replace('edition: "1"', 'edition: "2"'))
    for file in many[:15]:
        ask_for(file, me)
        ask_for(file, other)
    assert queries_for(visitor(me), PAGE) == few <= 15
    content = text_of(visitor(me).get(f"{PAGE}?page=2"))
    assert "of 48" in content
    assert queries_for(visitor(me), f"{PAGE}?page=2") == few


def test_pages_hold_every_file_once(world: World) -> None:
    waiting(world, 45)
    (me,) = reviewers(world, 1)
    pages = [text_of(visitor(me).get(f"{PAGE}?page={number}")) for number in (1, 2, 3)]
    for file in queue_of(me):
        assert sum(f"{file.number} Queued" in each for each in pages) == 1


def test_reviewers_find_their_queue_from_home(world: World) -> None:
    (me,) = reviewers(world, 1)
    link = f'href="{PAGE}"'
    assert link in visitor(me).get(reverse("home")).content.decode()
    assert link not in visitor(world.person("coordinator")).get(reverse("home")).content.decode()


def test_a_review_due_later_today_is_not_overdue_yet(world: World) -> None:
    (file,), (me,) = waiting(world, 1), reviewers(world, 1)
    assignment = ask_for(file, me)
    Assignment.objects.filter(pk=assignment.pk).update(due_at=timezone.now() + timedelta(seconds=30))
    content = text_of(visitor(me).get(PAGE))
    assert "due today" in content or "due in 1 day" in content  # half a minute before midnight
