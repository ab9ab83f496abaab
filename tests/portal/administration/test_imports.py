"""The pages on which organisations are imported: looking first, then taking in, followed and gone on with."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import end_role, grant_role
from accreditation_engine.organisations.importing.sheets import table_in
from accreditation_engine.organisations.models import Organisation, RoleGrant
from accreditation_engine.organisations.registering import register_organisation
from accreditation_engine.portal.administration import import_running
from accreditation_engine.portal.administration.import_running import go_on_with_imports, read_file
from accreditation_engine.portal.administration.models import ImportRow, OrganisationImport
from accreditation_engine.trail.models import Event
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import SHIPPED, World

TABLE = "رقم القيد;الاسم;المحافظة;ملاحظات\n7001;جمعية الأمل;قنا;-\n7002;=1+1;قنا;-\n;جمعية بلا رقم;;-\n"


def send(client: Client, content: bytes, name: str = "جمعيات.csv") -> HttpResponse:
    return client.post(reverse("imports"), {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_a_table_is_looked_at_then_taken_in_once(world: World) -> None:
    administrator = world.person("administrator")
    client = visitor(administrator)
    looked = send(client, TABLE.encode("cp1256"))
    said = text_of(looked)
    for words in (
        "read as Windows-1256",
        "passed over: ملاحظات.",
        "جمعية الأمل new",
        "a formula stands here",
        "An organisation needs this as well: registration number.",
        "1 row is taken in",
    ):
        assert words in said
    assert not Organisation.objects.filter(registration_number="7001").exists()
    found = OrganisationImport.objects.get()
    page = reverse("import", args=[found.pk])
    assert "جمعية بلا رقم" not in text_of(client.get(page, {"what": "new"}))
    assert "taken in" in text_of(client.post(page, follow=True))
    again = client.post(page, follow=True)
    assert "begun already" in text_of(again)
    organisation = Organisation.objects.get(registration_number="7001")
    registered = Event.objects.get(stream=organisation.pk)
    assert (registered.actor, registered.role) == (administrator.pk, "administrator")
    told = Event.objects.get(kind="organisations_imported")
    assert told.stream == administrator.pk
    assert told.data == {"file": found.sha256, "new": 1, "changed": 0, "known": 0, "wrong": 2}
    assert queries_for(client, page) <= 15
    assert queries_for(client, reverse("imports")) <= 15


def test_what_is_no_table_is_refused_at_the_field(world: World) -> None:
    client = visitor(world.person("administrator"), "ar")
    for content, words in (
        (b"%PDF-1.7 \xff\xfe", "هذا ليس جدولا"),
        (b"\xff\x00 of no letters", "تعذرت قراءة حروف هذا الملف"),
        (b"a,b\n1,2\n", "لا يوجد صف بأسماء الأعمدة"),
    ):
        refused = send(client, content)
        assert refused.status_code == 409
        assert words in text_of(refused)
    assert client.post(reverse("imports")).status_code == 409
    assert not OrganisationImport.objects.exists()


def test_a_table_that_was_dropped_while_it_arrived_is_too_large_and_not_empty(
    world: World, settings: Settings
) -> None:
    settings.EVIDENCE_MAX_BYTES = 100
    table = SimpleUploadedFile("t.csv", bytes(10_000_001))
    refused = visitor(world.person("administrator")).post(reverse("imports"), {"file": table})
    assert refused.status_code == 409
    assert "larger than 10 MB" in text_of(refused)


def test_an_import_that_died_is_gone_on_with_and_takes_nothing_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_running, "AT_ONCE", 2)
    rows = "\n".join(f"{number};جمعية {number}" for number in range(8000, 8005))
    found = read_file(f"رقم القيد;الاسم\n{rows}".encode(), name="x", by=world.person("administrator"))
    now = timezone.now()
    OrganisationImport.objects.update(begun_at=now, seen_at=now)
    found.begun_at = now
    assert import_running._next_rows(found)  # and then its process is gone
    go_on_with_imports()
    assert found.rows.filter(done=True).count() == 2  # it may still be alive
    OrganisationImport.objects.update(seen_at=now - timedelta(minutes=3))
    page = reverse("import", args=[found.pk])
    assert "no sign of life" in text_of(visitor(world.person("administrator")).get(page))
    go_on_with_imports()
    go_on_with_imports()
    assert ImportRow.objects.filter(done=True, what="new").count() == 5
    assert Organisation.objects.filter(registration_number__startswith="800").count() == 5
    assert Event.objects.filter(kind="organisations_imported").count() == 1


def test_what_nobody_was_shown_is_not_changed(world: World) -> None:
    found = read_file(
        "رقم القيد;الاسم\n9101;جمعية\n9102;ب\n".encode(), name="x", by=world.person("administrator")
    )
    kept = register_organisation(name_ar="باسمها", name_en="Own", registration_number="9101", by=SYSTEM)
    OrganisationImport.objects.update(begun_at=timezone.now())
    go_on_with_imports()
    assert Organisation.objects.get(pk=kept.pk).name_ar == "باسمها"
    assert Organisation.objects.filter(registration_number="9102").exists()
    page = visitor(world.person("administrator")).get(reverse("import", args=[found.pk]))
    assert "registered under this number after you looked" in text_of(page)


def test_an_import_stops_when_whoever_asked_administers_no_more(world: World) -> None:
    person = world.new_person("former", "administrator")
    found = read_file("رقم القيد;الاسم\n9001;جمعية\n".encode(), name="x", by=person)
    end_role(grant=RoleGrant.objects.get(user=person), by=SYSTEM, reason="-")
    OrganisationImport.objects.update(begun_at=timezone.now())
    go_on_with_imports()
    assert not Organisation.objects.filter(registration_number="9001").exists()
    page = visitor(world.person("administrator")).get(reverse("import", args=[found.pk]))
    assert "It was stopped" in text_of(page)


@pytest.mark.parametrize("spoken", ["ar", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_template_is_a_table_that_is_known(world: World, spoken: str, kind: str) -> None:
    url = reverse("import_template", kwargs={"spoken": spoken, "kind": kind})
    table = table_in(visitor(world.person("administrator")).get(url).content)
    assert table.ignored == ()
    ((_line, row),) = table.rows
    assert len(row) == 7


def test_pages_of_imports_exist_for_administrators_of_every_scheme_alone(world: World) -> None:
    local = world.new_person("local")
    grant_role(user=local, role="administrator", scheme=SHIPPED, by=SYSTEM)
    found = read_file("رقم القيد;الاسم\n9001;جمعية\n".encode(), name="x", by=world.person("administrator"))
    for person in (local, world.person("coordinator"), world.applicant):
        for address in (reverse("imports"), reverse("import", args=[found.pk])):
            assert visitor(person).get(address).status_code == 404
            assert visitor(person).post(address).status_code == 404
