"""The pages on which administrators see, give, change and end roles."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import end_role, grant_role, join
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.trail.models import Event
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.world import SHIPPED, World, later

GIVE = {"person": "", "role": "reviewer", "scheme": SHIPPED, "until": ""}


def test_a_role_is_given_seen_shortened_and_ended_again(world: World) -> None:
    administrator = world.person("administrator")
    client, until = visitor(administrator), timezone.localdate() + timedelta(days=90)
    sent = {**GIVE, "person": "Stranger@tests.example", "until": until.isoformat()}
    done = client.post(reverse("give_role"), sent, follow=True)
    assert "stranger has the role from now on: reviewer." in text_of(done)
    assert "Given by mistake" in done.content.decode()
    grant = RoleGrant.objects.get(user=world.stranger)
    assert timezone.localtime(grant.until).date() == until
    page = reverse("role", args=[grant.pk])
    listed = text_of(client.get(reverse("roles"), {"q": "STRANG", "role": "reviewer", "scheme": SHIPPED}))
    assert "reviewer Institutional Commitment Certificate" in listed
    assert str(administrator) in listed.split("Until", 1)[1]
    client.post(page, {"act": "change", "until": ""})
    grant.refresh_from_db()
    assert grant.until is None
    ended = client.post(page, {"act": "end", "reason": "انتقل إلى جهة أخرى"}, follow=True)
    assert "انتقل إلى جهة أخرى" in text_of(ended)
    assert 'name="act"' not in ended.content.decode()
    kinds = Event.objects.filter(stream=world.stranger.pk, actor=administrator.pk).order_by("seq")
    assert list(kinds.values_list("kind", flat=True)) == ["role_granted", "role_end_changed", "role_ended"]
    assert "stranger" not in text_of(client.get(reverse("roles"), {"q": "stranger"}))
    assert "stranger" in text_of(client.get(reverse("roles"), {"standing": "ended"}))


def test_pages_close_at_once_when_the_role_behind_them_is_ended(world: World) -> None:
    person = world.new_person("short", "auditor")
    client = visitor(person)
    assert client.get(reverse("audit")).status_code == 200
    grant = RoleGrant.objects.get(user=person)
    visitor(world.person("administrator")).post(
        reverse("role", args=[grant.pk]), {"act": "end", "reason": "-"}
    )
    assert client.get(reverse("audit")).status_code == 404


def test_who_is_meant_is_asked_when_a_name_is_typed(world: World) -> None:
    one, other = (
        User.objects.create_user(f"{name}@tests.example", name="أحمد علي") for name in ("first", "second")
    )
    client = visitor(world.person("administrator"), "ar")
    asked = client.post(reverse("give_role"), {**GIVE, "person": "احمد"})
    assert asked.status_code == 409
    assert {str(one.pk), str(other.pk)} <= set(asked.content.decode().split('"'))
    assert not RoleGrant.objects.filter(user__in=(one, other)).exists()
    client.post(reverse("give_role"), {**GIVE, "person": "احمد", "chosen": str(other.pk)})
    assert RoleGrant.objects.get(user__in=(one, other)).user == other
    nobody = {**GIVE, "person": "احمد", "chosen": str(world.stranger.pk)}  # not among those offered
    assert client.post(reverse("give_role"), nobody).status_code == 409


def test_an_account_is_opened_with_its_role_or_not_at_all(world: World) -> None:
    client = visitor(world.person("administrator"))
    sent = {**GIVE, "person": "new@tests.example"}
    assert "Nobody has this address yet" in text_of(client.post(reverse("give_role"), sent))
    chair = {**sent, "name": "منى سالم", "role": "chair"}
    refused = client.post(reverse("give_role"), chair)
    assert "منى سالم" in refused.content.decode()
    assert not User.objects.filter(email="new@tests.example").exists()
    given = client.post(reverse("give_role"), {**sent, "name": "منى سالم"}, follow=True)
    assert "new@tests.example has no password yet" in text_of(given)
    grant = RoleGrant.objects.get(user__email="new@tests.example")
    assert (grant.user.name, grant.role) == ("منى سالم", "reviewer")
    (invitation,) = mail.outbox
    assert invitation.to == ["new@tests.example"]
    link = re.search(r"https?://[^/]+(/\S+?)[\u2068\u2069\s]", str(invitation.body))
    assert link is not None
    choosing = visitor().get(link[1], follow=True)
    assert choosing.status_code == 200
    assert 'type="password"' in choosing.content.decode()
    client.post(reverse("give_role"), sent)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"person": ""}, "Write the name or the e-mail address"),
        ({"person": "a@b"}, "is no e-mail address"),
        ({"person": "nobody-of-that-name"}, "Nobody here is called that"),
        ({"role": "applicant"}, "Choose a role"),
        ({"scheme": "tiny"}, "Choose the scheme"),
        ({"until": "31.12.2030"}, "31.12.2030"),
        ({"until": "2020-01-01"}, "Give a later date"),
        ({"role": "chair"}, "Whoever chairs is one of those who decide"),
        ({"person": "administrator-1@"}, "is no e-mail address"),
    ],
)
def test_a_role_is_refused_in_words_and_nothing_typed_is_lost(
    world: World, typed: dict[str, str], words: str
) -> None:
    sent = {**GIVE, "person": "stranger@tests.example", "until": "2099-01-01", **typed}
    refused = visitor(world.person("administrator")).post(reverse("give_role"), sent)
    assert refused.status_code == 409
    assert words in text_of(refused) + refused.content.decode()
    for name in ("person", "until"):
        assert f'value="{sent[name]}"' in refused.content.decode()
    assert not RoleGrant.objects.filter(user=world.stranger).exists()


def test_nobody_gives_a_role_to_themself_and_the_last_administrator_stays(world: World) -> None:
    administrator = world.person("administrator")
    client = visitor(administrator)
    refused = client.post(reverse("give_role"), {**GIVE, "person": administrator.email})
    assert "Nobody gives a role to themself" in text_of(refused)
    own = RoleGrant.objects.get(user=administrator)
    page = reverse("role", args=[own.pk])
    refused = client.post(page, {"act": "end", "reason": "سفر"})
    assert refused.status_code == 409
    assert "Give that role to somebody else first" in text_of(refused)
    assert "سفر" in refused.content.decode()
    assert client.post(page, {"act": "change", "until": "2099-01-01"}).status_code == 409
    assert client.post(page, {"act": "sing"}).status_code == 400


def test_an_administrator_of_one_scheme_sees_and_gives_only_there(world: World) -> None:
    person = world.new_person("local")
    grant_role(user=person, role="administrator", scheme=SHIPPED, by=SYSTEM)
    elsewhere = grant_role(user=world.stranger, role="reviewer", scheme="tiny", by=SYSTEM)
    client = visitor(person)
    assert "stranger" not in text_of(client.get(reverse("roles"), {"standing": "all"}))
    assert client.get(reverse("role", args=[elsewhere.pk])).status_code == 404
    refused = client.post(reverse("give_role"), {**GIVE, "person": world.stranger.email, "scheme": "every"})
    assert refused.status_code == 409
    everywhere = RoleGrant.objects.get(user=world.person("coordinator"))
    page = reverse("role", args=[everywhere.pk])
    assert 'name="act"' not in client.get(page).content.decode()
    assert client.post(page, {"act": "end", "reason": "-"}).status_code == 409
    everywhere.refresh_from_db()
    assert everywhere.until is None


def test_pages_of_roles_exist_for_administrators_alone(world: World) -> None:
    grant = RoleGrant.objects.order_by("pk")[0]
    for address in (reverse("roles"), reverse("give_role"), reverse("role", args=[grant.pk])):
        for person in (world.stranger, world.applicant, world.person("auditor"), world.person("coordinator")):
            assert visitor(person).get(address).status_code == 404


def test_the_list_is_paged_and_costs_the_same_for_many(world: World) -> None:
    client = visitor(world.person("administrator"))
    few = queries_for(client, reverse("roles"))
    for number in range(30):
        grant_role(
            user=world.new_person(f"reviewer-{number:02d}"),
            role="reviewer",
            by=SYSTEM,
            until=timezone.now() + timedelta(days=5),
        )
    assert queries_for(client, reverse("roles")) == few <= 15
    found = client.get(reverse("roles"), {"standing": "soon", "page": "2"})
    assert "of 30" in text_of(found)
    assert text_of(found).count("@tests.example") == 5
    with later(days=6):
        nothing = visitor(world.person("administrator")).get(reverse("roles"), {"standing": "soon"})
        assert "No role fits what you chose." in text_of(nothing)


def test_a_role_that_ended_meanwhile_is_left_as_it_ended(world: World) -> None:
    grant = grant_role(user=world.stranger, role="coach", by=SYSTEM)
    end_role(grant=grant, by=SYSTEM, reason="-")
    client = visitor(world.person("administrator"))
    refused = client.post(reverse("role", args=[grant.pk]), {"act": "change", "until": ""})
    assert "Give it anew" in text_of(refused)


def test_what_a_role_does_not_reach_is_told_when_it_is_given(world: World) -> None:
    own, other = world.dossier("screening"), world.dossier("screening")
    join(organisation=own.organisation, user=world.stranger, by=SYSTEM)
    sent = {**GIVE, "person": "stranger@tests.example", "role": "auditor"}
    told = visitor(world.person("administrator")).post(reverse("give_role"), sent, follow=True)
    (sentence,) = told.context["not_reached"]
    assert "1 file is not reached" in text_of(told)
    assert own.number in sentence
    assert other.number not in sentence


def test_open_reviews_are_warned_of_and_released_when_the_reviewers_role_is_ended(world: World) -> None:
    file = world.dossier("in_review")
    review = Assignment.objects.filter(dossier=file)[0]
    grant = RoleGrant.objects.get(user=review.reviewer, role="reviewer")
    client, page = visitor(world.person("administrator")), reverse("role", args=[grant.pk])
    assert client.get(page).context["reviews"] == [file.number]
    client.post(page, {"act": "end", "reason": "انتقل إلى جهة أخرى"})
    review.refresh_from_db()
    released = Event.objects.get(stream=file.pk, kind="released")
    assert review.released_at == released.at
    assert (released.role, released.data["reviewer"]) == ("administrator", str(review.reviewer_id))
    assert not list(verify_all(stream=file.pk))
    coordinator = world.person("coordinator")
    assert Letter.objects.filter(person=coordinator, kind="reviewers_role_over", dossier=file.pk).count() == 1
    assert "released when their role ended" in text_of(visitor(coordinator).get(page_of(file)))
    home = text_of(visitor(review.reviewer).get(reverse("home")))
    assert "Your role ended on" in home
    assert "You act for no organisation yet" not in home


def test_a_reviewer_whose_role_ended_by_itself_is_shown_as_such(world: World) -> None:
    file = world.dossier("in_review")
    review = Assignment.objects.filter(dossier=file)[0]
    RoleGrant.objects.filter(user=review.reviewer).update(until=timezone.now())
    page = visitor(world.person("coordinator")).get(page_of(file))
    badges = {each["name"]: each["badge"]["title"] for each in page.context["reviewers"]["asked"]}
    assert badges[review.reviewer.name] == "no longer a reviewer"
    assert sorted(badges.values()) == ["at work", "no longer a reviewer"]
    season = visitor(world.person("coordinator")).get(reverse("season")).context["loads"]["rows"]
    notes = {row["cells"][0]["value"]: row["cells"][0]["note"] for row in season}
    assert [name.partition(". ")[2] for name, note in notes.items() if note] == [review.reviewer.name]
