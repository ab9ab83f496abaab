"""Registering an organisation, and who acts for it: invited, accepted, made an owner, ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_tables
from accreditation_engine.organisations.colleagues import (
    accept_invitation,
    change_standing,
    close_old_invitations,
    end_membership,
    found_organisation,
    invite,
    withdraw_invitation,
)
from accreditation_engine.organisations.models import Invitation, Membership, Organisation, User
from accreditation_engine.trail.models import Event
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.post import links_mailed

NAMES = {
    "name_ar": "جمعية الأمل",
    "name_en": "Hope Association",
    "registration_number": "CAIRO-77",
    "country": "EG",
}
PASSWORD = "a-long-secret-of-my-own"  # noqa: S105 - made up, for people who are made up


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("nadia@tests.example", PASSWORD, name="Nadia", language="en")


@pytest.fixture
def hope(owner: User) -> Organisation:
    return found_organisation(by=owner, **NAMES)


def member(organisation: Organisation, owner: User, name: str, standing: str = "editor") -> Membership:
    invitation = invite(
        organisation=organisation, email=f"{name}@tests.example", standing=standing, language="en", by=owner
    )
    user = User.objects.create_user(f"{name}@tests.example", PASSWORD, name=name, language="en")
    return accept_invitation(invitation=invitation, user=user)


def act(client: Client, organisation: Organisation, act: str, **typed: object) -> HttpResponse:
    return client.post(reverse("colleagues", args=[organisation.pk]), {"act": act, **typed})


def test_whoever_registers_an_organisation_is_its_owner(owner: User) -> None:
    client = visitor(owner)
    assert reverse("found_organisation") in client.get(reverse("home")).content.decode()
    assert client.post(reverse("found_organisation"), NAMES).status_code == 302
    membership = Membership.objects.get(user=owner)
    assert (membership.organisation.name_en, membership.standing) == ("Hope Association", "owner")
    assert client.post(reverse("found_organisation"), NAMES).status_code == 302  # pressed twice
    assert Organisation.objects.count() == 1
    assert not list(verify_tables(stream=owner.pk))
    assert not list(verify_tables(stream=membership.organisation_id))


def test_a_number_that_is_taken_is_refused_with_what_to_do_and_keeps_what_was_typed(
    hope: Organisation,
) -> None:
    other = User.objects.create_user("other@tests.example", name="Other", language="en")
    page = visitor(other).post(reverse("found_organisation"), NAMES | {"name_en": "Another Hope"})
    assert page.status_code == 409
    assert "ask a colleague who acts for it to invite you" in text_of(page)
    assert 'value="Another Hope"' in page.content.decode()
    assert not Membership.objects.filter(user=other).exists()


def test_one_name_stands_for_both_and_none_is_refused(owner: User) -> None:
    client = visitor(owner)
    page = client.post(reverse("found_organisation"), NAMES | {"name_ar": "", "name_en": " "})
    assert page.status_code == 409
    assert "Write the name of the organisation, in Arabic or in English." in text_of(page)
    assert client.post(reverse("found_organisation"), NAMES | {"name_en": ""}).status_code == 302
    assert Organisation.objects.get().name_en == NAMES["name_ar"]


def test_the_sixth_organisation_of_a_day_waits(owner: User) -> None:
    client = visitor(owner)
    for number in range(6):
        page = client.post(reverse("found_organisation"), NAMES | {"registration_number": f"N-{number}"})
    assert "Go on tomorrow" in text_of(page)
    assert Organisation.objects.count() == 5


def test_an_invited_person_without_an_account_opens_one_and_accepts(owner: User, hope: Organisation) -> None:
    act(visitor(owner), hope, "invite", email="Salma@tests.example", standing="editor")
    assert mail.outbox[-1].to == ["salma@tests.example"]
    assert "Hope Association" in mail.outbox[-1].body
    assert "جمعية الأمل" in mail.outbox[-1].body
    stranger, link = visitor(), links_mailed()[0]
    page = stranger.get(link)
    assert "Hope Association" in text_of(page)
    assert "signed in as" not in text_of(page)
    typed = {"name": "Salma", "email": "salma@tests.example", "password1": PASSWORD, "next": link}
    assert stranger.post(reverse("account_signup"), typed).url == link  # the link has confirmed the address
    assert stranger.post(link).url == reverse("home")
    membership = Membership.objects.get(user__email="salma@tests.example")
    assert membership.standing == "editor"
    assert not Invitation.objects.exclude(email="").exists()
    assert stranger.post(link).url == reverse("home")  # pressed twice
    assert visitor().get(link).status_code == 404
    kinds = Event.objects.filter(stream=hope.pk).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["organisation_registered", "colleague_invited", "invitation_closed"]
    assert not any("salma" in each.content for each in Event.objects.all())
    assert not list(verify_tables(stream=hope.pk))
    assert not list(verify_tables(stream=membership.user_id))


def test_an_account_under_another_address_than_the_letter_went_to_is_confirmed_first(
    owner: User, hope: Organisation
) -> None:
    act(visitor(owner), hope, "invite", email="salma@tests.example", standing="editor")
    stranger, link = visitor(), links_mailed()[0]
    stranger.get(link)
    typed = {"name": "Salma", "email": "private@tests.example", "password1": PASSWORD, "next": link}
    assert stranger.post(reverse("account_signup"), typed).url == reverse("account_email_verification_sent")
    assert User.objects.filter(email="private@tests.example").exists()


def test_an_invitation_is_refused_in_words_when_it_cannot_be(owner: User, hope: Organisation) -> None:
    client = visitor(owner)
    for email, said in (
        ("no address", "no e-mail address"),
        (owner.email, "one of the people of the organisation already"),
    ):
        page = act(client, hope, "invite", email=email, standing="editor")
        assert page.status_code == 409
        assert said in text_of(page)
    act(client, hope, "invite", email="salma@tests.example", standing="editor")
    again = act(client, hope, "invite", email="salma@tests.example", standing="editor")
    assert "is invited already" in text_of(again)
    assert 'value="salma@tests.example"' in again.content.decode()


def test_only_owners_invite_and_only_members_see_who_acts(owner: User, hope: Organisation) -> None:
    salma = member(hope, owner, "salma")
    assert visitor(salma.user).get(reverse("colleagues", args=[hope.pk])).status_code == 200
    refused = act(visitor(salma.user), hope, "invite", email="x@tests.example", standing="owner")
    assert refused.status_code == 409
    stranger = User.objects.create_user("other@tests.example", name="Other")
    assert act(visitor(stranger), hope, "invite", email="x@tests.example").status_code == 404
    with pytest.raises(Refused):
        change_standing(membership=salma, standing="owner", by=salma.user)
    assert not Invitation.objects.filter(state="open").exists()


def test_the_last_owner_stays_until_there_is_another(owner: User, hope: Organisation) -> None:
    salma = member(hope, owner, "salma")
    mine = Membership.objects.get(user=owner)
    page = act(visitor(owner), hope, "end", which=mine.pk)
    assert page.status_code == 409
    assert "Make somebody else an owner first" in text_of(page)
    assert act(visitor(owner), hope, "standing", which=salma.pk, standing="owner").status_code == 302
    assert act(visitor(owner), hope, "end", which=mine.pk).url == reverse("organisations")
    assert visitor(owner).get(reverse("colleagues", args=[hope.pk])).status_code == 404
    assert not list(verify_tables(stream=owner.pk))
    assert not list(verify_tables(stream=salma.user_id))


def test_members_of_other_organisations_are_out_of_reach(owner: User, hope: Organisation) -> None:
    other = User.objects.create_user("other@tests.example", name="Other")
    theirs = found_organisation(by=other, **(NAMES | {"registration_number": "N-2"}))
    membership = Membership.objects.get(organisation=theirs)
    for which in (membership.pk, "", "x"):
        assert act(visitor(owner), hope, "end", which=which).status_code == 404
    with pytest.raises(Refused):
        end_membership(membership=membership, by=owner)


def test_a_withdrawn_or_old_invitation_leads_nowhere(owner: User, hope: Organisation) -> None:
    client = visitor(owner)
    act(client, hope, "invite", email="salma@tests.example", standing="editor")
    first, link = Invitation.objects.get(), links_mailed()[0]
    act(client, hope, "withdraw", which=first.pk)
    assert visitor().get(link).status_code == 404
    with pytest.raises(Refused):
        accept_invitation(invitation=first, user=owner)
    act(client, hope, "invite", email="salma@tests.example", standing="editor")
    Invitation.objects.filter(state="open").update(expires_at=timezone.now() - timedelta(seconds=1))
    assert visitor().get(links_mailed()[0]).status_code == 404
    close_old_invitations()
    assert not Invitation.objects.exclude(email="").exists()
    assert not list(verify_tables(stream=hope.pk))
    withdraw_invitation(invitation=first, by=owner)  # twice is as good as once


def test_people_cost_no_query_each(owner: User, hope: Organisation) -> None:
    here = reverse("colleagues", args=[hope.pk])
    before = queries_for(visitor(owner), here)
    for name in ("a", "b", "c"):
        member(hope, owner, name)
        invite(organisation=hope, email=f"{name}2@tests.example", standing="owner", language="en", by=owner)
    assert queries_for(visitor(owner), here) == before <= 15


def test_a_mailbox_is_not_filled_by_invitations(owner: User, hope: Organisation) -> None:
    client = visitor(owner)
    for _time in range(4):
        page = act(client, hope, "invite", email="salma@tests.example", standing="editor")
        for each in Invitation.objects.filter(state="open"):
            withdraw_invitation(invitation=each, by=owner)
    assert "several times today" in text_of(page)
    assert len(mail.outbox) == 3


def test_a_reader_is_invited_as_one_and_may_be_made_something_else(owner: User, hope: Organisation) -> None:
    act(visitor(owner), hope, "invite", email="salma@tests.example", standing="reader")
    assert "invites you to read" in mail.outbox[-1].body
    salma = User.objects.create_user("salma@tests.example", PASSWORD, name="Salma", language="en")
    client, link = visitor(salma), links_mailed()[0]
    assert "invites you to read" in text_of(client.get(link))
    assert "You read for" in text_of(client.post(link, follow=True))
    membership = Membership.objects.get(user=salma)
    assert membership.standing == "reader"
    assert "Reader: sees the files, and changes nothing" in text_of(
        client.get(reverse("colleagues", args=[hope.pk]))
    )
    for standing in ("editor", "reader", "owner"):
        assert (
            act(visitor(owner), hope, "standing", which=membership.pk, standing=standing).status_code == 302
        )
        membership.refresh_from_db()
        assert membership.standing == standing
    assert not list(verify_tables(stream=salma.pk))
    assert not list(verify_tables(stream=hope.pk))


def test_the_last_owner_is_made_neither_a_member_nor_a_reader(owner: User, hope: Organisation) -> None:
    mine = Membership.objects.get(user=owner)
    member(hope, owner, "salma", "reader")
    for standing in ("editor", "reader"):
        page = act(visitor(owner), hope, "standing", which=mine.pk, standing=standing)
        assert page.status_code == 409
        assert "Make somebody else an owner first" in text_of(page)


def test_a_reader_reads_the_profile_and_has_no_form_of_it(owner: User, hope: Organisation) -> None:
    salma = member(hope, owner, "salma", "reader")
    here = reverse("organisation_profile", args=[hope.pk])
    page = visitor(salma.user).get(here)
    assert page.status_code == 200
    assert "<textarea" not in page.content.decode()
    assert 'name="staff"' not in page.content.decode()
    assert visitor(salma.user).post(here, {"staff": "3", "read": "{}"}).status_code == 404
    assert not Event.objects.filter(stream=hope.pk, kind__startswith="profile").exists()


def test_a_governorate_that_egypt_does_not_have_is_refused_at_its_field(owner: User) -> None:
    page = visitor(owner).post(reverse("found_organisation"), NAMES | {"governorate": "Aswann"})
    assert page.status_code == 409
    assert "is no governorate of Egypt" in text_of(page)
    assert 'value="Aswann"' in page.content.decode()
    abroad = NAMES | {"governorate": "Amman", "country": "JO"}
    assert visitor(owner).post(reverse("found_organisation"), abroad).status_code == 302
    assert Organisation.objects.get().governorate == "Amman"
