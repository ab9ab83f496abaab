"""The profile of an organisation: its people change it, coordinators read it, for others there is none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.organisations.documents.filing import newest_of
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.profile import Said, profile_of
from accreditation_engine.trail.models import Event
from tests.portal.ngo.test_arriving import SPOKEN, piece
from tests.portal.sending.ahead import CONTENT, begin_at
from tests.portal.visitor import hidden, queries_for, text_of, visitor
from tests.support.papers import office, pdf
from tests.support.world import World


def address(organisation: Organisation) -> str:
    return reverse("organisation_profile", args=[organisation.pk])


def send(world: World, organisation: Organisation, language: str = "en", **typed: Any) -> HttpResponse:
    fields = {name.replace("__", "-"): value for name, value in typed.items()}
    return visitor(world.applicant, language).post(address(organisation), fields)


def test_profile_is_kept_in_the_digits_of_any_keyboard(world: World) -> None:
    organisation = world.organisation()
    typed = {
        "legal_form": "association",
        "staff": "١٢",
        "budget": "1,250,000",
        "governorate": "المنيا",
        "sector": "health",
    }
    assert send(world, organisation, until__licence="2027-03-31", **typed).status_code == 302
    organisation.refresh_from_db()
    assert profile_of(organisation.pk).said == Said("association", 12, 1_250_000)
    assert (organisation.governorate, organisation.sector) == ("EG-MN", "health")
    page = text_of(visitor(world.applicant, "ar").get(address(organisation)))
    assert "ترخيص مزاولة النشاط" in page
    assert "سارية حتى 31 مارس 2027" in page


def test_all_that_was_typed_stays_and_nothing_is_kept_when_something_is_wrong(world: World) -> None:
    organisation = world.organisation()
    response = send(
        world, organisation, staff="twelve", budget="99", until__licence="31 March", governorate="Minya"
    )
    content = response.content.decode()
    assert response.status_code == 409
    assert "Paid staff: Write a whole number" in text_of(response)
    for part in (
        'href="#staff"',
        'href="#until-licence"',
        'value="twelve"',
        'value="99"',
        'value="31 March"',
        '<option value="Kafr El Sheikh">',
    ):
        assert part in content
    response = send(world, organisation, legal_form="club", governorate="Minya")
    assert response.status_code == 409
    organisation.refresh_from_db()
    assert organisation.governorate == ""
    assert not Event.objects.filter(stream=organisation.pk, kind="profile_said").exists()


def test_profile_is_read_by_coordinators_and_exists_for_nobody_else(world: World) -> None:
    dossier = world.dossier("screening")
    url = address(dossier.organisation)
    page = visitor(world.person("coordinator")).get(url)
    assert page.status_code == 200
    assert "<textarea" not in page.content.decode()
    assert 'name="staff"' not in page.content.decode()
    assert visitor(world.person("coordinator")).post(url, {"staff": "1"}).status_code == 404
    for person in (world.stranger, world.person("reviewer"), world.person("auditor")):
        assert visitor(person).get(url).status_code == 404


def test_page_costs_few_queries(world: World) -> None:
    assert queries_for(visitor(world.applicant), address(world.dossier().organisation)) <= 10


def test_two_who_save_one_after_the_other_keep_what_each_changed(world: World) -> None:
    organisation = world.organisation()
    send(world, organisation, staff="5", governorate="Minya")
    page = visitor(world.applicant).get(address(organisation))
    shown = {"staff": "5", "governorate": "Minya", "budget": "", "read": hidden(page, "read")}
    send(world, organisation, **shown | {"staff": "7", "until__licence": "2027-03-31"})
    assert send(world, organisation, **shown | {"governorate": "Asyut"}).status_code == 302
    organisation.refresh_from_db()
    profile = profile_of(organisation.pk)
    assert (organisation.governorate, profile.said.staff) == ("EG-AST", 7)
    assert profile.papers["licence"].until is not None


def test_what_both_changed_is_told_at_its_field_and_kept_when_sent_again(world: World) -> None:
    organisation = world.organisation()
    read = hidden(visitor(world.applicant).get(address(organisation)), "read")
    send(world, organisation, staff="7", read=read)
    refused = send(world, organisation, staff="9", read=read)
    assert refused.status_code == 409
    assert "a colleague has written “7” here" in text_of(refused)
    assert 'value="9"' in refused.content.decode()
    assert profile_of(organisation.pk).said.staff == 7
    assert send(world, organisation, staff="9", read=hidden(refused, "read")).status_code == 302
    assert profile_of(organisation.pk).said.staff == 9


def test_home_names_papers_that_have_run_out_or_soon_will(world: World) -> None:
    organisation, today = world.organisation(), timezone.localdate()
    days = {"licence": -2521, "board": 12, "audit": 90}
    until = {f"until__{kind}": str(today + timedelta(days=each)) for kind, each in days.items()}
    send(world, organisation, **until)
    home = text_of(visitor(world.applicant, "ar").get(reverse("home")))
    assert "انتهت منذ 6 سنوات" in home
    assert "مدة مجلس الإدارة: " in home
    assert "الحسابات" not in home


def test_documents_are_added_with_the_form_and_given_to_those_who_read_the_profile(
    world: World, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    dossier = world.dossier("screening")
    organisation = dossier.organisation
    for text in ("one", "two"):
        upload = SimpleUploadedFile(f"{text}.pdf", pdf(text), "application/pdf")
        response = send(world, organisation, file__licence=upload, until__licence="2027-03-31")
        assert response.status_code == 302
    page = visitor(world.applicant).get(address(organisation))
    assert "two.pdf" in text_of(page)
    assert "1 earlier version one.pdf" in text_of(page)
    newest = newest_of(organisation)["licence"]
    file = reverse("organisation_document", args=[organisation.pk, newest.pk])
    for reader in (world.applicant, world.person("coordinator")):
        given = visitor(reader).get(file)
        assert b"".join(given.streaming_content) == pdf("two")
        assert given["Content-Disposition"].startswith("attachment")
        assert "sandbox" in given["Content-Security-Policy"]
    assert visitor(world.stranger).get(file).status_code == 404
    other = reverse("organisation_document", args=[world.organisation().pk, newest.pk])
    assert visitor(world.applicant).get(other).status_code == 404


def test_a_document_that_is_refused_is_told_at_its_field_and_another_is_kept(
    world: World, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    organisation = world.organisation()
    good, bad = SimpleUploadedFile("a.pdf", pdf("a")), SimpleUploadedFile("b.exe", b"MZ")
    response = send(world, organisation, file__board=good, file__licence=bad, until__tax_card="31 March")
    assert response.status_code == 409
    content = response.content.decode()
    for part in ('href="#file-licence"', 'href="#until-tax_card"', 'value="31 March"'):
        assert part in content
    assert "1 document was added." in text_of(response)
    assert list(newest_of(organisation)) == ["board"]


def test_a_document_sent_ahead_in_pieces_is_added_as_what_it_was_sent_for(
    world: World, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    organisation, client = world.organisation(), visitor(world.applicant)
    for person, at, kind in (
        (world.stranger, organisation, "board"),
        (world.person("coordinator"), organisation, "board"),
        (world.applicant, organisation, "else"),
    ):
        place = reverse("document_files", args=[at.pk, kind])
        assert begin_at(visitor(person), place).status_code == 404
    begun = begin_at(client, reverse("document_files", args=[organisation.pk, "board"]))["Location"]
    piece(client, begun, 0, CONTENT)
    number = begun.split("/")[-2]
    assert begun in client.get(address(organisation)).text
    assert visitor(world.stranger).head(begun, headers=SPOKEN).status_code == 404
    wrong = send(world, organisation, arrived__licence=number)
    assert (wrong.status_code, newest_of(organisation)) == (409, {})
    assert send(world, organisation, arrived__board=number).status_code == 302
    assert list(newest_of(organisation)) == ["board"]
    assert begun not in client.get(address(organisation)).text


def test_documents_of_the_profile_are_offered_in_evidence(world: World, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    dossier = world.dossier()
    upload = SimpleUploadedFile("a.pdf", pdf("a"), "application/pdf")
    send(world, dossier.organisation, file__statutes=upload)
    where = [dossier.pk, "institutional-commitment", "integrity", "integrity-1"]
    reuse = reverse("reuse_evidence", args=where)
    assert "Statutes: a.pdf" in text_of(visitor(world.applicant).get(reuse))
    newest = newest_of(dossier.organisation)["statutes"]
    response = visitor(world.applicant).post(reuse, {"document": str(newest.pk)})
    assert response.status_code == 302
    assert dossier.evidence.get().sha256 == newest.sha256


def test_a_governorate_is_shown_in_the_readers_language_and_is_no_change_when_it_is_sent_back(
    world: World,
) -> None:
    organisation = world.organisation()
    send(world, organisation, governorate="Minya")
    for language, name in (("ar", "المنيا"), ("en", "Minya")):
        page = visitor(world.applicant, language).get(address(organisation))
        assert f'value="{name}"' in page.content.decode()
    read = hidden(page, "read")
    assert send(world, organisation, "ar", governorate="المنيا", staff="3", read=read).status_code == 302
    organisation.refresh_from_db()
    assert organisation.governorate == "EG-MN"
    assert Event.objects.filter(stream=organisation.pk, kind="organisation_changed").count() == 1


def test_what_is_no_governorate_of_egypt_is_refused_at_its_field_with_the_one_that_is_alike(
    world: World,
) -> None:
    organisation = world.organisation()
    refused = send(world, organisation, governorate="Aswann", staff="3")
    assert refused.status_code == 409
    said = text_of(refused).replace("\u2068", "").replace("\u2069", "")
    assert "is no governorate of Egypt. Is it Aswan?" in said
    assert 'value="Aswann"' in refused.content.decode()
    Organisation.objects.filter(pk=organisation.pk).update(governorate="Atlantis")
    assert send(world, organisation, governorate="Atlantis", staff="3").status_code == 302  # as it was found


def test_a_document_is_looked_at_as_pictures_by_those_who_read_the_profile(
    world: World, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    dossier = world.dossier("screening")
    organisation = dossier.organisation
    send(world, organisation, file__licence=SimpleUploadedFile("one.pdf", pdf("one"), "application/pdf"))
    send(world, organisation, file__board=SimpleUploadedFile("list.docx", office(".docx")))
    found = newest_of(organisation)
    here = reverse("document_preview", args=[organisation.pk, found["licence"].pk])
    picture = reverse("document_page", args=[organisation.pk, found["licence"].pk, 1])
    profile = visitor(world.applicant).get(address(organisation)).content.decode()
    assert here in profile
    assert reverse("document_preview", args=[organisation.pk, found["board"].pk]) not in profile
    for reader in (world.applicant, world.person("coordinator")):
        page = visitor(reader, "ar").get(here)
        assert picture in page.content.decode()
        assert found["licence"].sha256 in page.content.decode()
        drawn = visitor(reader).get(picture)
        assert drawn["Content-Type"] == "image/webp"
        assert "sandbox" in drawn["Content-Security-Policy"]
        assert visitor(reader).get(picture.replace("/1/", "/9/")).status_code == 404
    for each in (here, picture):
        assert visitor(world.stranger).get(each).status_code == 404
    board = reverse("document_preview", args=[organisation.pk, found["board"].pk])
    assert visitor(world.applicant).get(board).status_code == 404
    assert queries_for(visitor(world.applicant), here) <= 8
