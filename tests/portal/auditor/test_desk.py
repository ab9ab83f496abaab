"""The auditor's desk: who has one, what is found, and how it is asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.visibility import visible
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.sign_ins import note_sign_in
from accreditation_engine.reviews.findings import Found, raise_finding
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from tests.portal.visibility.planted import set_into
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.small import ask
from tests.support.world import SHIPPED, TINY, World, changed, later

DESK = reverse("audit")


def desk(world: World, language: str = "en", **asked: str) -> HttpResponse:
    response = visitor(world.person("auditor"), language).get(DESK, asked)
    assert response.status_code == 200
    return response


def found(response: HttpResponse) -> list[Event]:
    return [each.event for each in response.context["events"]]


@pytest.mark.parametrize(
    "role", ["applicant", "coordinator", "reviewer", "panel", "methodologist", "administrator"]
)
def test_desk_does_not_exist_when_somebody_is_no_auditor(world: World, role: str) -> None:
    """Coordinators read the trail of a file, and have no desk all the same."""
    dossier = world.dossier("screening")
    client = visitor(world.person(role))
    for address in (
        DESK,
        reverse("audit_event", args=[dossier.pk, 1]),
        reverse("audit_export", args=["csv"]),
        reverse("audit_samples"),
    ):
        assert client.get(address).status_code == 404


def test_auditor_finds_the_desk_when_signed_in(world: World) -> None:
    home = visitor(world.person("auditor")).get("/")
    assert f'href="{DESK}"' in home.content.decode()
    assert "At your desk is every event of the files you audit" in text_of(home)
    assert f'href="{DESK}"' not in visitor(world.person("coordinator")).get("/").content.decode()


def test_sign_ins_and_looks_are_left_out_until_they_are_asked_for(world: World) -> None:
    note_sign_in(world.person("panel"), ["password"])
    first = desk(world)
    assert {"signed_in", "looked"}.isdisjoint(each.kind for each in found(first))
    assert {"signed_in", "looked"} <= {each.kind for each in found(desk(world, every="1"))}
    assert [each.kind for each in found(desk(world, kind="signed_in"))] == ["signed_in"]
    assert "every=1" in desk(world, every="1", order="oldest").context["order"]


def test_a_person_whose_name_was_erased_is_called_so(world: World) -> None:
    User.objects.filter(pk=world.stranger.pk).update(name="")
    told = text_of(desk(world, stream=str(world.stranger.pk)))
    assert "a name that was erased by law" in told


def test_newest_events_come_first_until_they_are_asked_for_in_turn(world: World) -> None:
    world.dossier("screening")
    newest, oldest = found(desk(world)), found(desk(world, order="oldest"))
    assert [each.at for each in newest] == sorted((each.at for each in newest), reverse=True)
    assert [each.at for each in oldest] == sorted(each.at for each in oldest)


def test_pages_hold_every_event_once_when_they_are_turned(world: World) -> None:
    dossier = world.dossier("deciding")
    client, address, hashes = visitor(world.person("auditor")), f"{DESK}?file={dossier.number}", []
    while address:
        response = client.get(address)
        hashes += [each.hash for each in found(response)]
        following = response.context["next_page"]
        assert f"file={dossier.number}" in following or not following
        address = following and DESK + following
    assert sorted(hashes) == sorted(Event.objects.filter(stream=dossier.pk).values_list("hash", flat=True))


def test_filters_find_what_they_name_and_nothing_else(world: World) -> None:
    dossier = world.dossier("returned")
    other = world.dossier("in_review")
    for asked, fits in (
        ({"kind": "transition"}, lambda each: each.kind == "transition"),
        ({"role": "coordinator"}, lambda each: each.role == "coordinator"),
        ({"transition": "submit"}, lambda each: each.transition == "submit"),
        ({"state": "screening"}, lambda each: each.target == "screening"),
        ({"file": dossier.number}, lambda each: each.stream == dossier.pk),
        ({"stream": str(other.pk)}, lambda each: each.stream == other.pk),
        (
            {"actor": world.person("coordinator").name},
            lambda each: each.actor == world.person("coordinator").pk,
        ),
        ({"actor": "كريم عبد اللة"}, lambda each: each.actor == world.person("coordinator").pk),
        ({"organisation": dossier.organisation.registration_number}, lambda each: each.stream == dossier.pk),
        ({"organisation": "TRIAL", "state": "returned"}, lambda each: each.target == "returned"),
        (
            {"scheme": SHIPPED, "kind": "opened"},
            lambda each: each.kind == "opened" and each.stream in (dossier.pk, other.pk),
        ),
    ):
        events = found(desk(world, **asked))
        expected = [
            each.hash for each in Event.objects.exclude(kind="looked").order_by("-at", "-pk") if fits(each)
        ]
        assert [each.hash for each in events if each.kind != "looked"] == expected[: len(events)], asked
        assert events, asked


def test_files_of_an_organisation_are_found_when_many_files_fit(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then all events are gone through instead of the streams of a few files."""
    monkeypatch.setattr("accreditation_engine.portal.auditor.filters.FEW", 1)
    streams = {world.dossier("draft").pk, world.dossier("screening").pk}
    events = found(desk(world, organisation="جمعيه تجريبيه", kind="opened"))
    assert {each.stream for each in events} == streams
    assert not found(desk(world, organisation="no such name", kind="opened"))


def test_days_are_whole_days_of_the_site_when_they_bound_a_search(world: World) -> None:
    with later(days=2):
        late = world.dossier("draft")
    today, then = timezone.localdate(), timezone.localdate() + timedelta(days=2)
    until = {each.stream for each in found(desk(world, until=today.isoformat(), kind="opened"))}
    assert late.pk not in until
    assert {each.stream for each in found(desk(world, since=then.isoformat(), kind="opened"))} == {late.pk}


def test_comment_is_found_however_it_is_spelt(world: World) -> None:
    dossier = world.dossier("screening")
    world.perform(dossier, "return_for_completion", comment="أُعيد لاستكمال اللائحة")
    response = desk(world, q="اعيد اللائحه")
    assert [each.transition for each in found(response)] == ["return_for_completion"]
    assert "No comment that you may read holds all these words." in text_of(desk(world, q="اعيد الميزانية"))


def test_words_of_a_withheld_comment_find_nothing(world: World) -> None:
    closed = changed(
        TINY, ("title: {ar: ملاحظة, en: Remark}, ", "title: {ar: ملاحظة, en: Remark}, comment: required, ")
    )
    world.scheme(
        closed.replace("coordinator: [answers, trail]}", "coordinator: [answers, trail], auditor: [trail]}")
    )
    dossier = world.dossier("draft", scheme="tiny")
    world.perform(dossier, "remark", comment="كلمة سرية")
    assert [each.transition for each in found(desk(world, q="سرية"))] == ["remark"]
    # Votes are shown to auditors later: neither the comment of one nor that it holds a word.
    voting = world.dossier("deciding")
    voter = world.person("panel")
    perform(voting, "vote", voter, comment="رأي مكتوم", data={"choice": "certify"})
    seen = "votes" in _things(world, voting)
    assert bool(found(desk(world, q="مكتوم"))) is seen


def _things(world: World, dossier: Dossier) -> frozenset[str]:
    dossier.refresh_from_db()
    return visible(dossier, ["auditor"])


def test_bad_days_are_refused_in_words_and_nothing_typed_is_lost(world: World) -> None:
    response = desk(world, since="yesterday", until="2026-13-40", q="شيء")
    assert text_of(response).count("This is no date.") == 2
    assert 'value="yesterday"' in response.content.decode()
    assert 'value="شيء"' in response.content.decode()
    assert "lies before the first day" in text_of(desk(world, since="2026-03-02", until="2026-03-01"))
    for odd in ("9999-12-31", "0001-01-01"):
        desk(world, since=odd)
        desk(world, until=odd)


def test_chips_take_one_choice_away_and_leave_the_others(world: World) -> None:
    response = desk(world, kind="transition", role="coordinator", order="oldest")
    chips = {each["field"]: each for each in response.context["chips"]}
    assert chips["Role"]["value"] == "coordinator"
    assert chips["Kind of event"]["value"] == "Step taken"
    assert chips["Role"]["url"] == "?kind=transition&order=oldest"


def test_auditor_of_one_scheme_finds_that_scheme_alone(world: World) -> None:
    world.scheme(changed(TINY, ("coordinator: [answers, trail]}", "auditor: [trail]}")))
    tiny, shipped = world.dossier("draft", scheme="tiny"), world.dossier("screening")
    person = world.new_person("narrow")
    grant_role(user=person, role="auditor", scheme="tiny", by=SYSTEM)
    client = visitor(person)
    streams = {each.stream for each in found(client.get(DESK))}
    assert tiny.pk in streams
    assert shipped.pk not in streams
    assert client.get(reverse("audit_event", args=[shipped.pk, 1])).status_code == 404
    assert client.get(reverse("audit_event", args=[tiny.pk, 1])).status_code == 200


def test_file_whose_trail_is_closed_to_auditors_does_not_exist(world: World) -> None:
    world.scheme(TINY)
    closed = world.dossier("draft", scheme="tiny")
    assert closed.pk not in {each.stream for each in found(desk(world, kind="opened"))}
    client = visitor(world.person("auditor"))
    assert client.get(reverse("audit_event", args=[closed.pk, 1])).status_code == 404
    assert str(closed.pk) not in b"".join(client.get(reverse("audit_export", args=["jsonl"]))).decode()


def test_people_schemes_keys_findings_and_certificates_are_found_with_what_they_are_of(world: World) -> None:
    make_checkpoint()
    world.dossier("certified")
    world.dossier("refused")
    kinds = set()
    client, address = visitor(world.person("auditor")), DESK
    while address:
        response = client.get(address)
        kinds |= {each.about.kind for each in response.context["events"]}
        address = response.context["next_page"] and DESK + response.context["next_page"]
    assert kinds >= {"dossier", "certificate", "finding", "person", "scheme", "key"}


def test_nothing_found_says_what_to_do(world: World) -> None:
    assert "Nobody by this name ever acted here." in text_of(desk(world, actor="Nobody Atall"))
    assert "Take one of the choices away." in text_of(desk(world, kind="transition", role="coach"))
    assert "لم يقم أحد بهذا الاسم" in text_of(desk(world, "ar", actor="لا أحد"))


@pytest.mark.parametrize(
    "odd",
    [
        "?q=%00&actor=%00",
        "?behind=x",
        "?stream=x",
        "?with=x",
        f"?q={'x' * 9000}",
        "?kind=x&role=y&state=z",
        "?q=%25",
    ],
)
def test_odd_addresses_are_answered(world: World, odd: str) -> None:
    assert visitor(world.person("auditor")).get(DESK + odd).status_code == 200


def test_search_costs_at_most_fifteen_queries_whatever_is_asked(world: World) -> None:
    make_checkpoint()
    dossier = world.dossier("certified")
    world.dossier("refused")
    client = visitor(world.person("auditor"))
    everything = f"?q=لأسباب&file={dossier.number}&organisation=trial&actor=ليلى&role=panel&kind=transition"
    for address in ("", "?order=oldest", everything, "?kind=joined", "?kind=opened", "?kind=role_granted"):
        assert queries_for(client, DESK + address) <= 15, address


def test_number_of_a_file_is_found_in_either_digits(world: World) -> None:
    dossier = world.dossier("screening")
    arabic = dossier.number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert arabic != dossier.number
    assert {each.stream for each in found(desk(world, file=arabic))} == {dossier.pk}


def test_code_that_is_unknown_is_said_and_finds_nothing(world: World) -> None:
    world.dossier("screening")
    response = desk(world, role="nobody")
    assert found(response) == []
    assert "Nothing here is called that. Choose from the list." in text_of(response)
    assert "Not understood: Role." in text_of(response)


def test_what_cannot_be_seen_is_no_search_and_said(world: World) -> None:
    world.dossier("screening")
    response = desk(world, "ar", q="\0", actor=" ")
    assert found(response) == []
    assert "لم يفهم: كلمات من تعليق." in text_of(response)


def test_file_is_found_by_its_certificate_s_number_and_as_copied_from_an_arabic_page(world: World) -> None:
    dossier = world.dossier("certified")
    certificate = dossier.certificates.get()
    for typed in (certificate.number, f"\u2068{certificate.number.lower()}\u2069", f"\u200f{dossier.number}"):
        assert {dossier.pk, certificate.pk} <= {each.stream for each in found(desk(world, file=typed))}, typed
    other = world.dossier("screening")
    assert other.pk not in {each.stream for each in found(desk(world, file=certificate.number))}


def test_actor_is_found_by_address_and_by_a_compound_name_in_one_word_or_two(world: World) -> None:
    person = world.person("coordinator")
    assert person.name == "كريم عبد الله"
    world.dossier("returned")
    for typed in (person.email.upper(), "كريم عبدالله", "عبد الله", "عَبدُالله كريم"):
        assert {each.actor for each in found(desk(world, actor=typed))} == {person.pk}, typed
    assert found(desk(world, actor="nobody@example.org")) == []


def test_text_of_a_finding_is_withheld_when_the_state_shows_auditors_no_findings_yet(world: World) -> None:
    """It is raised in review, when auditors see ratings and no findings; it is read once reviews are closed."""
    dossier, reviewer = world.dossier("in_review"), world.person("reviewer")
    if not dossier.assignments.filter(reviewer=reviewer).exists():
        ask(world, dossier, reviewer)
    said = Found(("institutional-commitment", "integrity-1"), "minor", "No policy was shown")
    raise_finding(dossier=dossier, found=said, by=reviewer)
    assert said.text not in text_of(desk(world))
    assert not found(desk(world, q=said.text))
    exported = visitor(world.person("auditor")).get(reverse("audit_export", args=["jsonl"]))
    assert said.text not in exported.getvalue().decode()
    set_into(dossier, "reviewed")
    assert [each.kind for each in found(desk(world, q=said.text))] == ["opened"]
