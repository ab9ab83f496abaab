"""What stands behind every page: who may come in, what is kept, and pages that cannot be shown."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.models import RoleGrant
from tests.portal.visitor import page_of, text_of, visitor
from tests.support.world import World, later

FOR_STRANGERS = {
    "sign_in",
    "set_language",
    "home",
    "about",
    "about_in",
    "api_page",
    "api_page_in",
    "about_scheme",
    "register",
    "register_entry",
    "complain",
    "concern",
    "register_organisation",
    "register_export",
    "check_certificate",
    "certificate_badge",
    "robots",
    "sitemap",
    "sitemap_part",
    "certificate_pdf",
    "certificate_credential",
    "did",
    "paper_keys",
    "status_list",
    "checkpoints",
    "latest_checkpoint",
    "checkpoint_note",
    "trail_keys",
    "event_place",
    "subscribe",
    "confirm_subscription",
    "unsubscribe",
    "calendar",
    "account_login",
    "account_signup",
    "join_organisation",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
SAMPLES = {
    "key": "cut-off",
    "uidb36": "0",
    "dossier_pk": "00000000-0000-4000-8000-000000000000",
    "pk": "00000000-0000-4000-8000-000000000000",
    "finding_pk": "00000000-0000-4000-8000-000000000000",
    "evidence_pk": 1,
    "document_pk": "00000000-0000-4000-8000-000000000000",
    "document": "licence",
    "form": "point",
    "about": "new",
    "arriving_pk": "00000000-0000-4000-8000-000000000000",
    "page": 1,
    "part": 1,
    "criterion": "integrity-1",
    "assignment_pk": 1,
    "objection_pk": 1,
    "override_pk": 1,
    "interest_pk": 1,
    "batch_pk": "00000000-0000-4000-8000-000000000000",
    "withdrawal_pk": 1,
    "question_pk": 1,
    "contest_pk": 1,
    "webhook_pk": "00000000-0000-4000-8000-000000000000",
    "complaint_pk": "00000000-0000-4000-8000-000000000000",
    "certificate_pk": "00000000-0000-4000-8000-000000000000",
    "change_pk": "00000000-0000-4000-8000-000000000000",
    "upkeep_pk": "00000000-0000-4000-8000-000000000000",
    "file_pk": "00000000-0000-4000-8000-000000000000",
    "rubric": "institutional-commitment",
    "area": "integrity",
    "number": "C-1",
    "name": "institutional-commitment",
    "size": 1,
    "token": "cut-off",
    "subscriber": "00000000-0000-4000-8000-000000000000",
    "stream": "00000000-0000-4000-8000-000000000000",
    "seq": 1,
    "kind": "csv",
    "grant_pk": 1,
    "import_pk": "00000000-0000-4000-8000-000000000000",
    "spoken": "ar",
    "edition_hash": "0",
    "run": 1,
    "mail_pk": "00000000-0000-4000-8000-000000000000",
    "secret": "0",
    "sample": "western",
}
OF_ONE_PAGE: dict[str, dict[str, object]] = {
    "mfa_remove_webauthn": {"pk": 1},
    "status_list": {"purpose": "revocation", "number": 0},
}


def every_page() -> list[tuple[str, str]]:
    """The name and an address of every page of the site."""
    found = []
    for name, (patterns, *_rest) in get_resolver().reverse_dict.items():
        if isinstance(name, str):
            wanted = patterns[0][1]
            samples = SAMPLES | OF_ONE_PAGE.get(name, {})
            found.append((name, reverse(name, kwargs={each: samples[each] for each in wanted})))
    return sorted(set(found))


@pytest.mark.parametrize(("name", "address"), every_page())
def test_strangers_are_asked_to_sign_in_when_a_page_is_not_for_them(
    db: None, name: str, address: str
) -> None:
    response = visitor().get(address)
    asked = response.status_code == 302 and response.url.startswith(reverse("sign_in"))
    assert asked is (name not in FOR_STRANGERS)


def test_pages_are_kept_by_nobody_when_they_are_answered(world: World) -> None:
    dossier = world.dossier()
    for address in (reverse("home"), page_of(dossier), reverse("register"), "/nowhere/"):
        response = visitor(world.applicant).get(address)
        assert response["Cache-Control"] == "private, no-store"
        assert "default-src 'self'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "DENY"


def test_missing_page_is_told_in_words_when_the_address_is_wrong(db: None) -> None:
    response = visitor(language="ar").get("/nowhere/")
    assert response.status_code == 404
    assert "هذه الصفحة غير موجودة" in text_of(response)


def test_old_page_is_told_in_words_when_its_secret_does_not_fit(world: World) -> None:
    dossier: Dossier = world.dossier()
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.force_login(world.applicant)
    sent = {"transition": "withdraw", "comment": "a long text"}
    back = f"http://testserver{page_of(dossier)}"
    response = client.post(page_of(dossier), sent, headers={"referer": back})
    assert response.status_code == 403
    assert "This page is too old" in text_of(response)
    assert back in response.content.decode()
    assert "a long text" in text_of(response)


def test_what_was_typed_is_given_back_when_the_session_has_ended_or_the_page_is_gone(world: World) -> None:
    dossier: Dossier = world.dossier()
    address, typed = reverse("consensus", args=[dossier.pk]), {"act": "propose", "reason": "كلام طويل"}
    ended = visitor().post(address, typed)
    assert ended.status_code == 401
    assert "كلام طويل" in text_of(ended)
    assert visitor().post(address, {"act": "propose"}).status_code == 302
    gone = visitor(world.applicant).post(address, typed)
    assert gone.status_code == 404
    assert "كلام طويل" in text_of(gone)


def test_way_back_is_home_when_the_form_came_from_elsewhere(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("sign_in"), headers={"referer": "http://elsewhere.example/"})
    assert "elsewhere" not in response.content.decode()


def test_whoever_lost_a_role_meanwhile_is_told_so_and_nothing_of_the_file(world: World) -> None:
    file, person = world.dossier("screening"), world.new_person("brief", "coordinator")
    client = visitor(person)
    assert client.get(f"/files/{file.pk}/").status_code == 200
    RoleGrant.objects.filter(user=person).update(until=timezone.now())
    typed = {"transition": "return_for_completion", "comment": "ينقص الملف تقرير مالي"}
    for address in (f"/files/{file.pk}/", f"/files/{uuid4()}/", "/together/"):
        told = text_of(client.post(address, typed))
        assert "Your role ended on" in told
        assert "coordinator" in told
        assert typed["comment"] in told
        assert file.number not in told
    with later(days=40):
        assert "Your role ended" not in text_of(visitor(person).get("/together/"))
