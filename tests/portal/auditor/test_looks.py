"""An auditor's looks are events of the auditor's own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accreditation_engine.engine.verification import verify_all
from accreditation_engine.portal.auditor.looked_words import PAGES
from accreditation_engine.trail.models import Event, Text
from tests.portal.visibility.answers import told
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.world import World, later

DESK = reverse("audit")


def looks(world: World) -> list[Event]:
    return list(Event.objects.filter(kind="looked", stream=world.person("auditor").pk).order_by("seq"))


def test_each_page_is_one_look_however_often_it_is_loaded(world: World) -> None:
    dossier = world.dossier("screening")
    client = visitor(world.person("auditor"))
    pages = (
        DESK,
        f"{DESK}?kind=transition",
        reverse("audit_event", args=[dossier.pk, 1]),
        page_of(dossier, "trail"),
        reverse("audit_export", args=["csv"]),
    )
    for _time in range(2):
        for address in pages:
            client.get(address)
        client.post(page_of(dossier, "verify_trail"))
    assert [each.data["page"] for each in looks(world)] == [
        "search", "search", "event", "trail", "export", "verification"
    ]  # fmt: skip
    assert looks(world)[1].data["asked"] == {"kind": "transition"}
    assert looks(world)[3].data["dossier"] == str(dossier.pk)


def test_look_is_a_new_one_when_some_minutes_have_passed(world: World) -> None:
    client = visitor(world.person("auditor"))
    client.get(DESK)
    with later(minutes=9):
        client.get(DESK)
        assert len(looks(world)) == 1
    with later(minutes=11):
        client.get(DESK)
    assert len(looks(world)) == 2


def test_what_was_typed_lies_beside_the_event_where_it_can_be_erased(world: World) -> None:
    client = visitor(world.person("auditor"))
    client.get(DESK, {"q": "اسم شخص", "actor": "فلان"})
    client.get(DESK, {"q": "اسم آخر", "actor": "فلان"})
    client.get(DESK, {"q": "اسم شخص", "actor": "فلان"})
    first, second = looks(world)
    assert "فلان" not in bytes(first.body).decode()
    texts = Text.objects.filter(stream=first.stream, seq__in=(first.seq, second.seq)).order_by("seq")
    assert [each.text for each in texts] == ["اسم شخص\nفلان", "اسم آخر\nفلان"]


def test_nothing_that_was_typed_stands_in_the_event_wherever_it_was_typed(world: World) -> None:
    secrets = {
        name: f"سر {name}"
        for name in ("file", "role", "kind", "transition", "state", "scheme", "since", "stream")
    }
    visitor(world.person("auditor")).get(DESK, secrets | {"until": "2026-03-31"})
    (look,) = looks(world)
    assert look.data["asked"] == {"until": "2026-03-31"}
    assert "سر" not in bytes(look.body).decode()
    text = Text.objects.get(stream=look.stream, seq=look.seq).text
    assert all(secret in (text or "") for secret in secrets.values())


def test_looks_are_left_out_of_the_events_unless_they_are_asked_for(world: World) -> None:
    client = visitor(world.person("auditor"))
    client.get(DESK, {"q": "بيانات"})
    found = client.get(DESK, {"q": "بيانات"}).context
    assert [each.event.kind for each in found["events"]] == []
    assert "every=1" in found["quiet"]
    aloud = client.get(DESK, {"q": "بيانات", "every": "1"}).context
    assert {each.event.kind for each in aloud["events"]} == {"looked"}
    assert {each.event.kind for each in client.get(DESK, {"kind": "looked"}).context["events"]} == {"looked"}


def test_look_is_never_in_the_stream_of_the_file(world: World) -> None:
    dossier = world.dossier("screening")
    before = Event.objects.filter(stream=dossier.pk).count()
    visitor(world.person("auditor")).get(page_of(dossier, "trail"))
    assert Event.objects.filter(stream=dossier.pk).count() == before
    assert not list(verify_all(stream=world.person("auditor").pk))


def test_others_who_read_a_trail_leave_no_look(world: World) -> None:
    visitor(world.person("coordinator")).get(page_of(world.dossier("screening"), "trail"))
    assert not Event.objects.filter(kind="looked").exists()


def test_look_costs_one_query_when_it_is_the_same_look(world: World) -> None:
    client = visitor(world.person("auditor"))

    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as captured:
            client.get(DESK)
        sent = [each["sql"] for each in captured.captured_queries]
        return len(sent), len([sql for sql in sent if "INSERT" in sql])

    cost()
    again, written = cost()
    assert written == 0
    with later(minutes=11):
        first, written = cost()
    assert written == 1
    assert first - again <= 6  # the lock of the stream and the event, within a transaction


def test_auditors_read_their_own_looks_and_administrators_everybody_s(world: World) -> None:
    dossier = world.dossier("screening")
    other = world.new_person("second auditor", "auditor")
    visitor(world.person("auditor")).get(page_of(dossier, "trail"))
    visitor(other).get(DESK)
    mine = text_of(visitor(other).get(reverse("audit_looks")))
    assert "Searched the events" in mine
    assert "Read the trail of a file" not in mine
    everybody = text_of(visitor(world.person("administrator")).get(reverse("audit_looks")))
    assert "Searched the events" in everybody
    assert (
        f'href="{DESK}"'
        not in visitor(world.person("administrator")).get(reverse("audit_looks")).content.decode()
    )
    assert "Read the trail of a file" in everybody
    assert "قرأ سجل قرارات أحد الملفات" in text_of(
        visitor(world.person("administrator"), "ar").get(reverse("audit_looks"))
    )


@pytest.mark.parametrize("role", ["applicant", "coordinator", "methodologist"])
def test_looks_do_not_exist_for_anybody_else(world: World, role: str) -> None:
    assert visitor(world.person(role)).get(reverse("audit_looks")).status_code == 404


def test_look_says_which_file_event_filter_and_sample_it_was(world: World) -> None:
    dossier = world.dossier("screening")
    client = visitor(world.person("auditor"))
    client.get(page_of(dossier, "trail"))
    client.get(reverse("audit_event", args=[dossier.pk, 1]))
    client.get(DESK, {"kind": "transition", "transition": "submit", "stream": str(dossier.pk)})
    text = text_of(client.get(reverse("audit_looks")))
    assert f"File number {dossier.number}" in text
    assert f"event 1 of {dossier.number}" in text
    assert "Step Submit the file" in text
    assert f"Events of one thing {dossier.number}" in text
    arabic = text_of(visitor(world.person("auditor"), "ar").get(reverse("audit_looks")))
    assert "تقديم الملف" in arabic
    assert "الواقعة 1 من" in arabic


def test_page_of_looks_costs_at_most_fifteen_queries(world: World) -> None:
    dossier = world.dossier("screening")
    client = visitor(world.person("auditor"))
    for seq in (1, 2, 3):
        client.get(reverse("audit_event", args=[dossier.pk, seq]))
    assert queries_for(client, reverse("audit_looks")) <= 15


def test_every_page_of_a_file_that_auditors_have_is_a_look_with_words_of_its_own(world: World) -> None:
    dossier = world.dossier("certified")
    client = visitor(world.person("auditor"))
    tabs = client.get(page_of(dossier)).context["tabs"]
    evidence = dossier.evidence.all()[0]
    read = [*(each["url"] for each in tabs), page_of(dossier, "evidence", evidence.pk)]
    for address in read:
        response = client.get(address)
        assert response.status_code == 200
        told(response)  # a file that is not read to its end stays open
    found = [each.data["page"] for each in looks(world)]
    assert len(found) == len(read)
    assert {"file", "answers", "ratings", "report", "interests", "evidence"} <= set(found) <= PAGES.keys()
    assert {each.data["dossier"] for each in looks(world)} == {str(dossier.pk)}
    assert "Read the ratings in a file" in text_of(client.get(reverse("audit_looks")))


def test_what_others_read_of_a_file_and_what_an_auditor_may_not_read_is_no_look(world: World) -> None:
    dossier = world.dossier("draft")
    visitor(world.person("coordinator")).get(page_of(dossier))
    assert visitor(world.person("auditor")).get(page_of(dossier, "ratings")).status_code == 404
    assert not Event.objects.filter(kind="looked").exists()
