"""The pages of visits: planned, answered by the organisation, changed, held and closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accreditation_engine.dossiers.erasing import erase_in_file
from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.engine.erasures import comment_key
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.portal.auditor.as_of import as_of_address
from accreditation_engine.reviews.site_visits.answering import ask_for_another_date
from accreditation_engine.reviews.site_visits.holding import close_visit, hold_visit
from accreditation_engine.reviews.site_visits.models import Visit
from accreditation_engine.reviews.site_visits.planning import cancel_visit, move_visit, place_of
from accreditation_engine.trail.models import Event
from tests.portal.sending.ahead import sent_ahead
from tests.portal.visitor import hidden, page_of, queries_for, text_of, visitor
from tests.reviews.interests.scheme import asked, declaring_scheme, free
from tests.reviews.site_visits.planned import AGENDA, PLACE, drawn_unit, in_review, meeting, now, planned
from tests.support.papers import picture
from tests.support.small import ask
from tests.support.world import World, later


@pytest.fixture
def file(world: World) -> Dossier:
    return in_review(world)


def typed(world: World, **other: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=10)
    usual = {
        "kind": "on_site",
        "unit": "",
        "day": day.isoformat(),
        "begins": "10:00",
        "ends": "13:30",
        "last": "",
        "zone": "Africa/Cairo",
        "place": PLACE,
        "agenda": AGENDA,
        "people": [str(world.person("reviewer").pk)],
    }
    return {**usual, **other}


def plan(client: Client, file: Dossier, **sent: Any) -> Any:
    return client.post(page_of(file, "new_visit"), sent)


def send(client: Client, visit: Visit, act: str, **sent: Any) -> Any:
    return client.post(page_of(visit.dossier, "visit", visit.seq), {"act": act, **sent})


def test_a_visit_is_planned_and_everybody_reads_it(world: World, file: Dossier) -> None:
    unit = drawn_unit(world, file)
    response = plan(visitor(world.person("coordinator")), file, **typed(world, unit=unit))
    visit = Visit.objects.get()
    assert response.url == page_of(file, "visit", visit.seq)
    assert visit.begins_at.astimezone(ZoneInfo("Africa/Cairo")).hour == 10
    assert visit.ends_at - visit.begins_at == timedelta(hours=3, minutes=30)
    for person in (world.applicant, world.person("reviewer"), world.person("coordinator")):
        text = text_of(visitor(person).get(page_of(file, "visit", visit.seq)))
        for seen in (unit, PLACE, AGENDA, "10:00 to 13:30 (Cairo time)", world.person("reviewer").name):
            assert seen in text, (person.name, seen)
        assert unit in text_of(visitor(person).get(page_of(file, "visits")))


def test_what_was_typed_stays_when_a_visit_cannot_be(world: World, file: Dossier) -> None:
    client = visitor(world.person("coordinator"))
    response = plan(client, file, **typed(world, ends="09:00", zone="Mars", place="", people=[]))
    text = text_of(response)
    assert response.status_code == 409
    for said in (
        "ends before it begins",
        "No time zone is called Mars",
        "Say where",
        "Choose who goes",
        AGENDA,
    ):
        assert said in text, said
    response = plan(client, file, **typed(world, day="31 March"))
    assert "Give day and time in full" in text_of(response)
    assert PLACE in text_of(response)
    assert not Visit.objects.exists()


def test_whoever_has_not_declared_is_offered_with_the_reason_and_cannot_be_ticked(world: World) -> None:
    declaring_scheme(world)
    assignment = asked(world)
    page = visitor(world.person("coordinator")).get(page_of(assignment.dossier, "new_visit"))
    assert "has not declared their interests yet" in text_of(page)
    tick = (
        f'id="goes-{assignment.reviewer_id}" type="checkbox" name="people" value="{assignment.reviewer_id}"'
    )
    assert f"{tick} disabled" in page.text
    free(assignment)
    page = visitor(assignment.reviewer).get(page_of(assignment.dossier, "new_visit"))
    assert f"{tick} checked>" in page.text


def test_time_zones_are_chosen_by_name_the_sites_own_first(world: World, file: Dossier) -> None:
    page = visitor(world.person("coordinator"), "ar").get(page_of(file, "new_visit")).text
    zones = page.partition('<select id="zone"')[2].partition("</select>")[0]
    assert zones.index('value="Africa/Cairo" selected>مصر') < zones.index('value="Asia/Amman"')
    visit = planned(world, file, zone="US/Pacific")
    page = visitor(world.person("coordinator")).get(page_of(file, "visit", visit.seq)).text
    assert '<option value="US/Pacific" selected>US/Pacific</option>' in page


def test_the_organisation_confirms_or_asks_for_another_date(world: World, file: Dossier) -> None:
    visit, client = planned(world, file), visitor(world.applicant)
    address = page_of(file, "visit", visit.seq)
    seen = hidden(client.get(address), "seen")
    assert send(client, visit, "confirm", seen=seen).status_code == 302
    assert "You have confirmed this visit" in text_of(client.get(address))
    response = send(client, visit, "other_date", seen=seen, reason=" ")
    assert response.status_code == 409
    assert "Say why the date does not suit" in text_of(response)
    send(client, visit, "other_date", seen=seen, reason="الأحد بعده")
    assert "الأحد بعده" in text_of(visitor(world.person("coordinator")).get(address))


def test_an_old_page_confirms_nothing_and_shows_the_new_date(world: World, file: Dossier) -> None:
    visit, client = planned(world, file), visitor(world.applicant)
    seen = hidden(client.get(page_of(file, "visit", visit.seq)), "seen")
    other = meeting(world, days=12)
    move_visit(visit=visit, meeting=other, reason="عطلة رسمية", by=world.person("coordinator"))
    response = send(client, visit, "confirm", seen=seen)
    assert response.status_code == 409
    text = text_of(response)
    assert "changed since this page was opened" in text
    assert "عطلة رسمية" in text
    assert hidden(response, "seen") != seen


def test_a_visit_is_moved_by_its_form_and_keeps_what_was_not_touched(world: World, file: Dossier) -> None:
    visit, client = planned(world, file), visitor(world.person("reviewer"))
    sent = typed(world, place="https://meet.example/9")
    response = send(client, visit, "move", **sent)
    assert response.status_code == 409, "no reason"
    assert "https://meet.example/9" in response.content.decode()
    assert send(client, visit, "move", **sent, reason="عطلة").status_code == 302
    stands = now(visit)
    assert place_of(stands) == "https://meet.example/9"
    assert stands.people == visit.people
    page = client.get(page_of(file, "visit", visit.seq)).content.decode()
    assert '<a href="https://meet.example/9"' in page


def test_what_was_typed_comes_back_when_the_visit_was_cancelled_meanwhile(
    world: World, file: Dossier
) -> None:
    visit = planned(world, file)
    cancel_visit(visit=visit, reason="عطلة", by=world.person("coordinator"))
    answer = send(visitor(world.person("reviewer")), visit, "agenda", agenda="سجلات الفروع كلها")
    assert answer.status_code == 409
    assert "سجلات الفروع كلها" in text_of(answer)


def test_a_visit_is_held_and_closed_on_the_spot(world: World, file: Dossier) -> None:
    visit, reviewer = planned(world, file), world.person("reviewer")
    early = visitor(reviewer).get(page_of(file, "visit", visit.seq))
    assert 'value="held"' not in early.content.decode()
    with later(days=7, minutes=1):
        client = visitor(reviewer)
        response = send(client, visit, "held", met="سامية، أمينة الصندوق")
        assert "Choose who of your side was there" in text_of(response)
        assert "سامية" in text_of(response)
        send(client, visit, "held", met="سامية، أمينة الصندوق", attended=visit.people)
        send(client, visit, "close", report="السجلات كاملة")
        text = text_of(client.get(page_of(file, "visit", visit.seq)))
    assert "visit closed" in text
    assert "السجلات كاملة" in text
    assert now(visit).attended == visit.people


def test_the_report_is_not_for_the_organisation(world: World, file: Dossier) -> None:
    visit = planned(world, file)
    with later(days=7, minutes=1):
        client = visitor(world.person("reviewer"))
        send(client, visit, "held", met="سامية", attended=visit.people)
        send(client, visit, "close", report="السجلات ناقصة")
        text = text_of(visitor(world.applicant).get(page_of(file, "visit", visit.seq)))
    assert "سامية" in text
    assert "ناقصة" not in text


def test_a_reviewer_does_not_learn_who_else_reviews(world: World, file: Dossier) -> None:
    visit, other = planned(world, file), visitor(world.person("reviewer", 1))
    assert other.get(page_of(file, "visit", visit.seq)).status_code == 404
    assert world.person("reviewer").name not in text_of(other.get(page_of(file, "visits")))
    assert world.person("reviewer").name not in text_of(other.get(page_of(file, "new_visit")))
    assert send(other, visit, "cancel", reason="x").status_code == 404


def test_the_organisation_plans_nothing(world: World, file: Dossier) -> None:
    client = visitor(world.applicant)
    assert client.get(page_of(file, "new_visit")).status_code == 404
    visit = planned(world, file)
    response = send(client, visit, "cancel", reason="لا نريد")
    assert response.status_code == 409
    assert Event.objects.filter(stream=file.pk, kind="refused").exists()
    assert now(visit).cancelled_at is None


def test_visits_are_told_in_the_trail_and_in_arabic(world: World, file: Dossier) -> None:
    visit = planned(world, file, agenda=AGENDA)
    ask_for_another_date(visit=visit, seen=visit.timed_at, reason="الأحد", by=world.applicant)
    text = text_of(visitor(world.person("coordinator"), "ar").get(page_of(file, "trail")))
    for said in ("تقررت زيارة", "طلبت المنظمة موعدا آخر", world.person("reviewer").name, PLACE, "الأحد"):
        assert said in text, said
    page = text_of(visitor(world.applicant, "ar").get(page_of(file, "visit", visit.seq)))
    assert "زيارة ميدانية" in page
    assert "إلى المنظمة نفسها" in page
    assert "بتوقيت القاهرة" in page


def photograph(name: str = "خزانة.jpg", content: bytes = picture()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_what_is_seen_is_kept_by_criterion_with_the_day(world: World, file: Dossier) -> None:
    visit, client = planned(world, file), visitor(world.person("reviewer"))
    pictures = [photograph(), photograph("سجل.png", picture("PNG"))]
    response = send(client, visit, "see", criterion="mini:a-1", note="الأختام في خزانة", camera=pictures)
    assert "criterion=mini%3Aa-1" in response.url
    page = client.get(response.url)
    assert '<option value="mini:a-1" selected>' in page.content.decode()
    for said in ("الأختام في خزانة", "خزانة.jpg", "سجل.png", "seen on the visit of"):
        assert said in text_of(page), said
    assert "seen on the visit of" in text_of(client.get(page_of(file, "answers")))
    kept = Evidence.objects.filter(dossier=file, visit=visit.seq)
    assert [each.seen_on for each in kept] == [timezone.localdate()] * 2
    send(client, visit, "", take_back=str(kept[0].pk))
    assert Evidence.objects.get(pk=kept[0].pk).taken_back_at


def test_what_can_be_kept_is_and_the_rest_is_told(world: World, file: Dossier) -> None:
    visit, client = planned(world, file), visitor(world.person("reviewer"))
    files = [photograph(), photograph("film.mov", b"film")]
    response = send(client, visit, "see", criterion="mini:a-1", note="كلمة", camera=files)
    assert response.status_code == 409
    assert "film.mov" in text_of(response)
    assert Evidence.objects.filter(visit=visit.seq).count() == 1
    ahead = sent_ahead(client, file, visit.seq, form="visit")
    mixed = send(client, visit, "see", criterion="mini:a-1", arrived=ahead, files=[files[1]])
    assert (mixed.status_code, f"{ahead}/" in mixed.text) == (409, False), "what was kept is not waited for"
    assert Evidence.objects.filter(visit=visit.seq, name="a.pdf").count() == 1
    send(client, visit, "see", criterion="mini:a-1", note="كلمة")
    assert Event.objects.filter(stream=file.pk, kind="visit_noted").count() == 1, "sent again, it is once"
    response = send(client, visit, "see", note="بلا معيار")
    assert "Choose the criterion" in text_of(response)
    assert "بلا معيار" in text_of(response)
    assert "Write a note" in text_of(send(client, visit, "see", criterion="mini:a-1"))


def test_notes_and_photographs_are_not_for_those_who_do_not_see_them(world: World, file: Dossier) -> None:
    visit, client = planned(world, file), visitor(world.person("reviewer"))
    send(client, visit, "see", criterion="mini:a-1", note="الأختام في خزانة", camera=[photograph()])
    for page in (page_of(file, "visit", visit.seq), page_of(file, "answers")):
        text = text_of(visitor(world.applicant).get(page))
        assert "الأختام" not in text
        assert "خزانة.jpg" not in text
    response = send(visitor(world.person("coordinator")), visit, "see", criterion="mini:a-1", note="أنا")
    assert response.status_code == 409, "coordinators do not go"


def test_those_who_decide_read_what_reviewers_reported(world: World) -> None:
    dossier = world.dossier("in_review")
    reviewer = world.person("reviewer")
    if not dossier.assignments.filter(reviewer=reviewer).exists():
        ask(world, dossier, reviewer)
    visit = planned(world, dossier, days=0)
    hold_visit(visit=visit, attended=[reviewer], met="سامية", by=reviewer)
    close_visit(visit=visit, report="السجلات كاملة", by=reviewer)
    panel = world.person("panel")
    assert visitor(panel).get(page_of(dossier, "visit", visit.seq)).status_code == 404, "not yet"
    world.take_to(dossier, "deciding")
    assert "السجلات كاملة" in text_of(visitor(panel).get(page_of(dossier, "visit", visit.seq)))


def test_a_look_at_the_past_tells_where_a_visit_stood(world: World, file: Dossier) -> None:
    visit = planned(world, file)
    cancel_visit(visit=visit, reason="اعتذر", by=world.person("coordinator"))
    client = visitor(world.person("coordinator"))
    for seq, said in ((visit.seq, "not confirmed yet"), (visit.seq + 1, "visit cancelled")):
        assert said in text_of(client.get(as_of_address(file.pk, file.pk, seq)))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "٢٠٢٧-٠٣-٣١", ""])
def test_odd_days_are_refused_in_words(world: World, file: Dossier, day: str) -> None:
    sent = typed(world, day=day, last=day, unit="\0", zone="../etc", kind="x", people=["1", "x"])
    response = plan(visitor(world.person("coordinator")), file, **sent)
    assert response.status_code == 409
    assert not Visit.objects.exists()


def test_words_that_were_erased_are_gone_and_the_page_says_so(world: World, file: Dossier) -> None:
    visit = planned(world, file, agenda=AGENDA)
    administrator = world.person("administrator")
    keys = [comment_key(file.pk, seq) for seq in (visit.place_seq, now(visit).agenda_seq)]
    erase_in_file(dossier=file, keys=keys, reason="طلب صاحبه", basis="قانون 151", by=administrator)
    text = text_of(visitor(world.applicant).get(page_of(file, "visit", visit.seq)))
    assert text.count("erased by law on") == 2
    assert PLACE not in text
    assert list(verify_all()) == []


@pytest.mark.parametrize("role", ["coordinator", "reviewer", "applicant"])
def test_pages_cost_few_queries(world: World, file: Dossier, role: str) -> None:
    visit = planned(world, file, agenda=AGENDA)
    client = visitor(world.person(role))
    for address in (page_of(file, "visits"), page_of(file, "visit", visit.seq)):
        assert queries_for(client, address) <= 15


def test_a_date_that_has_gone_by_is_not_asked_about(world: World, file: Dossier) -> None:
    visit = planned(world, file, days=1)
    address = page_of(file, "visit", visit.seq)
    assert "Does the date suit you?" in text_of(visitor(world.applicant).get(address))
    with later(days=1, hours=4):
        text = text_of(visitor(world.applicant).get(address))
        assert "its time is over" in text
        assert "Does the date suit you?" not in text


def test_a_visit_at_short_notice_is_planned_with_a_warning(world: World, file: Dossier) -> None:
    client = visitor(world.person("coordinator"))
    soon = timezone.localtime(timezone.now() + timedelta(hours=3), ZoneInfo("Africa/Cairo"))
    until = soon + timedelta(minutes=30)
    times = {"day": soon.date().isoformat(), "last": until.date().isoformat()}
    sent = typed(world, **times, begins=soon.strftime("%H:%M"), ends=until.strftime("%H:%M"))
    address = plan(client, file, **sent).url
    assert "begins in less than a day" in text_of(client.get(address))
    address = plan(client, file, **typed(world)).url
    assert "begins in less than a day" not in text_of(client.get(address))
