"""The only way to change a state, step by step, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Event as Signal
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from accreditation_engine.dossiers.models import Answer, Dossier
from accreditation_engine.engine.acting import SYSTEM, Actor
from accreditation_engine.engine.models import Edition
from accreditation_engine.engine.perform import perform, perform_many
from accreditation_engine.engine.reasons import Refused, in_words
from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.domain import end_role, grant_role
from accreditation_engine.organisations.models import Membership, User
from accreditation_engine.trail import protection
from accreditation_engine.trail.append import append
from accreditation_engine.trail.canonical import NotCanonical
from accreditation_engine.trail.content import Entry
from accreditation_engine.trail.models import Event, Head, Text
from accreditation_engine.trail.verification import verify
from tests.support.world import TINY, World, at_once, changed, in_state, later

from .rules import RULED

pytestmark = pytest.mark.django_db
in_threads = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(world: World) -> Dossier:
    world.scheme(TINY)
    return world.dossier("draft", scheme="tiny")


@pytest.fixture
def checking(world: World) -> Dossier:
    world.scheme(TINY)
    return world.dossier("checking", scheme="tiny")


def ruled(world: World, effect: str = "explode", state: str = "draft") -> Dossier:
    world.scheme(RULED.replace("EFFECT", effect))
    return world.dossier(state, scheme="ruled")


def last_event(dossier: Dossier) -> Event:
    return Event.objects.filter(stream=dossier.pk).latest("seq")


def codes(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in error.value.reasons]


def assert_refused(dossier: Dossier, attempt: Callable[[], Any], *wanted: str) -> Event:
    """The attempt is refused for these reasons; nothing changes but that the trail says so, which is given."""
    before, shown, events = in_state(dossier), vars(dossier).copy(), Event.objects.count()
    with pytest.raises(Refused) as refusal:
        attempt()
    assert codes(refusal) == list(wanted)
    assert (in_state(dossier), Event.objects.count()) == (before, events + 1)
    assert vars(dossier) == shown
    event = last_event(dossier)
    assert (event.kind, event.target) == ("refused", "")
    assert [each["code"] for each in event.data["reasons"]] == list(wanted)
    assert list(verify(stream=dossier.pk)) == []
    return event


def assert_untouched(dossier: Dossier, error: type[Exception], attempt: Callable[[], Any]) -> None:
    """The attempt fails, and nothing at all is other than before, in the database and in the instance."""
    before, shown = in_state(dossier), vars(dossier).copy()
    rows = [list(model.objects.order_by("pk").values()) for model in (Event, Head, Text, Answer)]
    with pytest.raises(error), transaction.atomic():
        attempt()
    assert in_state(dossier) == before
    assert vars(dossier) == shown
    assert [list(model.objects.order_by("pk").values()) for model in (Event, Head, Text, Answer)] == rows


# A step that is taken


def test_the_state_is_the_target_in_the_database_and_in_the_instance(world: World, draft: Dossier) -> None:
    event = perform(draft, "submit", world.applicant)
    assert in_state(draft)["state"] == draft.state == event.target == "checking"
    assert in_state(draft)["state_seq"] == draft.state_seq == event.seq
    assert Dossier.objects.get(pk=draft.pk).entered_at == draft.entered_at == event.at


def test_the_event_says_who_in_which_role_from_where_to_where_and_why(
    world: World, checking: Dossier
) -> None:
    coordinator = world.person("coordinator")
    event = perform(checking, "send_back", coordinator, comment="  ناقص  ", data={"pages": [1, 2]})
    content = event.content
    assert content["actor"] == {"id": str(coordinator.pk), "name_digest": coordinator.name_digest}
    assert (event.kind, event.role, event.transition) == ("transition", "coordinator", "send_back")
    assert (event.source, event.target, event.edition) == ("checking", "draft", checking.edition_id)
    assert content["data"] == {"pages": [1, 2]}
    assert Text.objects.get(stream=checking.pk, seq=event.seq).text == "ناقص"


def test_the_event_keeps_what_guards_judged(world: World, rules: None) -> None:
    dossier = ruled(world)
    event = perform(dossier, "remark", world.person("coordinator"), data={"page": 3})
    assert event.data == {"page": 3, "judged": {"number": dossier.number}}


def test_nobody_says_for_a_guard_what_it_judged(world: World, draft: Dossier) -> None:
    forged = {"judged": {"votes": {"certify": 3}}}
    attempt = partial(perform, draft, "submit", world.applicant, data=forged)
    assert_untouched(draft, ValueError, attempt)


def test_a_step_that_returns_to_its_state_does_not_enter_it_anew(world: World, draft: Dossier) -> None:
    before = in_state(draft)
    with later(days=1):
        event = perform(draft, "remark", world.person("coordinator"))
    assert in_state(draft) == {**before, "state_seq": event.seq}


def test_the_role_is_the_first_of_those_that_may_take_the_step(world: World, checking: Dossier) -> None:
    both = world.new_person("both", "auditor", "coordinator")
    assert perform(checking, "finish", both).role == "coordinator"


def test_a_step_can_be_taken_by_any_of_its_roles(world: World, checking: Dossier) -> None:
    assert perform(checking, "finish", world.person("auditor")).role == "auditor"


def test_the_system_takes_its_own_steps(world: World, draft: Dossier) -> None:
    event = perform(draft, "lapse", SYSTEM)
    assert (event.role, event.actor, draft.state) == ("system", None, "lapsed")


def test_a_page_seen_in_this_state_is_not_stale(world: World, draft: Dossier) -> None:
    seen = draft.entered_seq
    perform(draft, "remark", world.person("coordinator"))
    assert perform(draft, "submit", world.applicant, seen=seen).target == "checking"


# A step that is refused


@pytest.mark.parametrize("role", ["coordinator", "reviewer", "panel", "auditor", "administrator"])
def test_a_wrong_role_is_refused(world: World, draft: Dossier, role: str) -> None:
    assert_refused(draft, partial(perform, draft, "submit", world.person(role)), "not_your_role")


def test_a_stranger_learns_nothing_but_that(world: World, checking: Dossier) -> None:
    """Not that the comment is missing, the page stale, or the step impossible from here."""
    attempt = partial(perform, checking, "submit", world.stranger, comment="x", seen=0)
    event = assert_refused(checking, attempt, "not_your_role")
    assert (event.role, event.actor, event.source) == ("", world.stranger.pk, "checking")


def test_somebody_who_does_not_exist_is_refused(world: World, draft: Dossier) -> None:
    nobody = Actor(uuid4())
    assert_refused(draft, partial(perform, draft, "submit", nobody), "not_your_role")


def test_a_role_that_ended_a_second_ago_is_refused(world: World, checking: Dossier) -> None:
    moment = timezone.now() + timedelta(hours=1)
    person = world.new_person("leaving", "coordinator", until=moment)
    with time_machine.travel(moment + timedelta(seconds=1), tick=False):
        assert_refused(checking, partial(perform, checking, "finish", person), "not_your_role")
    with time_machine.travel(moment - timedelta(seconds=1), tick=False):
        assert perform(checking, "finish", person).role == "coordinator"


def test_a_role_that_somebody_ended_is_refused(world: World, checking: Dossier) -> None:
    person = world.new_person("leaving")
    grant = grant_role(user=person, role="coordinator", by=SYSTEM)
    end_role(grant=grant, by=SYSTEM, reason="moved")
    assert_refused(checking, partial(perform, checking, "finish", person), "not_your_role")


def test_a_role_in_another_scheme_is_refused(world: World, checking: Dossier) -> None:
    person = world.new_person("elsewhere")
    grant_role(user=person, role="coordinator", scheme="institutional-commitment", by=SYSTEM)
    assert_refused(checking, partial(perform, checking, "finish", person), "not_your_role")


def test_a_member_of_another_organisation_is_refused(world: World, draft: Dossier) -> None:
    Membership.objects.filter(organisation=draft.organisation_id).update(ended_at=timezone.now())
    assert_refused(draft, partial(perform, draft, "submit", world.applicant), "not_your_role")


def test_an_account_that_was_closed_is_refused(world: World, checking: Dossier) -> None:
    person = world.person("coordinator")
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert_refused(checking, partial(perform, checking, "finish", person), "not_your_role")


@pytest.mark.parametrize("step", ["submit", "remark", "send_back", "finish"])
def test_the_system_takes_no_step_of_people(world: World, checking: Dossier, step: str) -> None:
    assert_refused(checking, partial(perform, checking, step, SYSTEM, comment="x"), "not_your_role")


def test_nobody_takes_a_step_of_the_system(world: World, draft: Dossier) -> None:
    for person in (world.applicant, world.person("administrator"), world.person("coordinator")):
        assert_refused(draft, partial(perform, draft, "lapse", person), "not_your_role")


def test_a_wrong_state_is_refused(world: World, checking: Dossier) -> None:
    event = assert_refused(checking, partial(perform, checking, "submit", world.applicant), "wrong_state")
    assert event.data["reasons"][0]["from"] == ["draft"]


def test_a_final_state_is_left_by_nothing(world: World, checking: Dossier) -> None:
    perform(checking, "finish", world.person("coordinator"))
    assert_refused(checking, partial(world.perform, checking, "send_back"), "wrong_state")


@pytest.mark.parametrize("comment", ["", "   ", "\n\t", "\u200b", "\u3164\u2800\u200f", "\0"])
def test_a_missing_comment_is_refused(world: World, checking: Dossier, comment: str) -> None:
    attempt = partial(perform, checking, "send_back", world.person("coordinator"), comment=comment)
    assert_refused(checking, attempt, "comment_missing")


def test_a_comment_that_is_not_taken_is_refused(world: World, draft: Dossier) -> None:
    attempt = partial(perform, draft, "submit", world.applicant, comment="please")
    assert_refused(draft, attempt, "comment_not_taken")
    assert not Text.objects.filter(stream=draft.pk).exists()


def test_a_comment_that_nobody_sees_is_none(world: World, draft: Dossier) -> None:
    perform(draft, "submit", world.applicant, comment="\u200b\u2060 ")
    assert not Text.objects.filter(stream=draft.pk).exists()


def test_a_comment_is_kept_without_what_is_unseen_around_it(world: World, checking: Dossier) -> None:
    comment = "\u200b بلا \r\nتوقيع\0 \ufeff"
    perform(checking, "send_back", world.person("coordinator"), comment=comment)
    assert Text.objects.get(stream=checking.pk).text == "بلا \nتوقيع"


def test_an_endless_comment_is_refused_with_its_length(world: World, draft: Dossier) -> None:
    perform(draft, "remark", world.person("coordinator"), comment=f" {'x' * 20_000}\r\n")
    attempt = partial(
        perform, draft, "remark", world.person("coordinator"), comment="\r\n".join("x" * 10_001)
    )
    event = assert_refused(draft, attempt, "text_too_long")
    assert event.data["reasons"] == [{"code": "text_too_long", "count": 20_001, "most": 20_000}]
    with translation.override("ar"):
        assert "20001" in in_words("text_too_long", event.data["reasons"][0])


def test_a_step_after_the_deadline_is_refused(world: World, draft: Dossier) -> None:
    with time_machine.travel(draft.deadline_at, tick=False):
        assert_refused(draft, partial(perform, draft, "submit", world.applicant), "deadline_passed")


def test_a_step_just_before_the_deadline_is_taken(world: World, draft: Dossier) -> None:
    assert draft.deadline_at is not None
    with time_machine.travel(draft.deadline_at - timedelta(milliseconds=1), tick=False):
        assert perform(draft, "submit", world.applicant).target == "checking"


def test_a_stale_page_is_refused(world: World, draft: Dossier) -> None:
    seen = draft.entered_seq
    perform(draft, "submit", world.applicant)
    world.perform(draft, "send_back")
    attempt = partial(perform, draft, "submit", world.applicant, seen=seen)
    assert_refused(draft, attempt, "stale_page")


UNKNOWN = ["publish", "", "__init__", "subject", "state", "x" * 5000, "null\0", "سطر\nجديد"]


@pytest.mark.parametrize("name", UNKNOWN, ids=range(len(UNKNOWN)))
def test_an_unknown_step_is_refused(world: World, draft: Dossier, name: str) -> None:
    """However it is called: the trail keeps no more of the name than it needs, and verifies."""
    event = assert_refused(draft, partial(perform, draft, name, world.applicant), "unknown_transition")
    assert event.transition == ""
    assert event.data["reasons"][0]["transition"] == name[:60]


def test_all_reasons_are_given_at_once(world: World, rules: None) -> None:
    dossier = ruled(world)
    with later(days=31):
        attempt = partial(perform, dossier, "submit", world.applicant)
        event = assert_refused(dossier, attempt, "comment_missing", "deadline_passed", "never", "never")
    assert [each.get("word") for each in event.data["reasons"]] == [None, None, "once", "twice"]


def test_a_refusal_is_kept_in_codes_and_read_in_the_language_of_the_reader(
    world: World, checking: Dossier
) -> None:
    event = assert_refused(checking, partial(perform, checking, "submit", world.applicant), "wrong_state")
    parameters = dict(event.data["reasons"][0])
    code = parameters.pop("code")
    with translation.override("ar"):
        arabic = in_words(code, parameters)
    with translation.override("en"):
        english = in_words(code, parameters)
    assert "“Submit” is not possible while the file is in “Checking”" in english
    assert "تقديم" in arabic
    assert "فحص" in arabic
    assert not {"Submit", "Checking"} & set(arabic.split())
    assert b"Checking" not in event.body


def test_the_text_of_a_refusal_is_in_the_language_that_is_active_when_it_is_read(
    world: World, checking: Dossier
) -> None:
    with translation.override("ar"), pytest.raises(Refused) as refusal:
        perform(checking, "send_back", world.person("coordinator"))
    with translation.override("en"):
        assert str(refusal.value) == "Say why: this step needs a comment."


def test_a_refused_step_can_be_tried_again(world: World, draft: Dossier) -> None:
    assert_refused(draft, partial(perform, draft, "submit", world.stranger), "not_your_role")
    event = perform(draft, "submit", world.applicant, seen=draft.entered_seq)
    assert (event.seq, draft.state) == (3, "checking")


# What fails leaves nothing behind


def test_a_subject_that_was_never_saved_fails(world: World, draft: Dossier) -> None:
    unsaved = Dossier(edition_id=draft.edition_id, scheme="tiny", organisation=draft.organisation)
    with pytest.raises(Dossier.DoesNotExist):
        perform(unsaved, "submit", world.applicant)
    assert not Event.objects.filter(stream=unsaved.pk).exists()


@pytest.mark.parametrize("data", [{"score": 1.5}, {"who": object()}, {"سبب": "x"}, {"n": 2**60}])
def test_data_that_the_trail_cannot_keep_fails(world: World, draft: Dossier, data: dict[str, Any]) -> None:
    assert_untouched(draft, NotCanonical, partial(perform, draft, "submit", world.applicant, data=data))


def test_a_comment_is_kept_without_what_the_trail_cannot_keep(world: World, checking: Dossier) -> None:
    perform(checking, "send_back", world.person("coordinator"), comment="half \ud83d, zero \0.")
    assert Text.objects.get(stream=checking.pk).text == "half , zero ."


def test_an_effect_that_fails_leaves_nothing(world: World, rules: None) -> None:
    dossier = Dossier.objects.get(pk=_at_checking(world, "explode").pk)
    attempt = partial(perform, dossier, "finish", world.person("coordinator"), comment="why")
    assert_untouched(dossier, ZeroDivisionError, attempt)


def _at_checking(world: World, effect: str) -> Dossier:
    """A file under RULED whose `submit` was taken while it asked for nothing."""
    free = changed(RULED.replace("EFFECT", effect), (", requires: [never, {never: twice}]", ""))
    world.scheme(free)
    dossier = world.dossier("draft", scheme="ruled")
    world.perform(dossier, "submit")
    return dossier


@in_threads
def test_a_commit_that_fails_leaves_nothing(world: World, rules: None) -> None:
    """The instance as well: what it says is what the database has kept."""
    dossier = _at_checking(world, "dangle")
    before, shown, events = in_state(dossier), vars(dossier).copy(), Event.objects.count()
    with pytest.raises(DatabaseError):
        perform(dossier, "finish", world.person("coordinator"))
    assert (in_state(dossier), vars(dossier), Event.objects.count()) == (before, shown, events)


def test_a_state_that_the_database_refuses_leaves_nothing(world: World, draft: Dossier) -> None:
    with protection.lifted(connection):
        Dossier.objects.filter(pk=draft.pk).update(state_seq=99)
    draft.refresh_from_db()
    assert_untouched(draft, DatabaseError, partial(perform, draft, "submit", world.applicant))


# What the caller holds is not what counts


def test_the_state_that_counts_is_that_of_the_database(world: World, draft: Dossier) -> None:
    draft.state = "checking"
    with pytest.raises(Refused) as refusal:
        perform(draft, "finish", world.person("coordinator"))
    assert codes(refusal) == ["wrong_state"]


def test_the_edition_that_counts_is_that_of_the_database(world: World, draft: Dossier) -> None:
    lax = changed(TINY, ('edition: "1"', 'edition: "2"'), ("by: [applicant]", "by: [applicant, auditor]"))
    draft.edition = Edition.objects.get(pk=world.scheme(lax))
    with pytest.raises(Refused) as refusal:
        perform(draft, "submit", world.person("auditor"))
    assert codes(refusal) == ["not_your_role"]
    assert (
        perform(draft, "submit", world.applicant).edition == in_state(draft)["edition_id"] != draft.edition_id
    )


def test_a_file_that_was_moved_to_another_edition_is_judged_by_it(
    world: World,
    draft: Dossier,
    rules: None,
) -> None:
    """Even by somebody who still holds it as it was: with other roles, other guards and other facts."""
    stricter = changed(
        TINY, ("by: [coordinator]}\n  send_back", "by: [auditor], requires: [numbered]}\n  send_back")
    )
    edition = world.scheme(stricter)
    moved = append(Entry(stream=draft.pk, kind="moved", edition=edition, source="draft", target="draft"))
    Dossier.objects.filter(pk=draft.pk).update(edition=edition, state_seq=moved.seq)
    with pytest.raises(Refused):
        perform(draft, "remark", world.person("coordinator"))
    event = perform(draft, "remark", world.person("auditor"))
    assert (event.edition, event.data) == (edition, {"judged": {"number": draft.number}})


# At the same time


def _outcomes(*jobs: Callable[[], Any]) -> tuple[list[Event], list[Refused]]:
    results = at_once(*jobs)
    events = [each for each in results if isinstance(each, Event)]
    refused = [each for each in results if isinstance(each, Refused)]
    assert len(events) + len(refused) == len(results), results
    return events, refused


@in_threads
def test_a_step_that_is_taken_twice_at_once_is_taken_once(world: World, draft: Dossier) -> None:
    copies = [Dossier.objects.get(pk=draft.pk) for _ in range(2)]
    events, refused = _outcomes(*(partial(perform, each, "submit", world.applicant) for each in copies))
    assert (len(events), len(refused)) == (1, 1)
    assert refused[0].reasons[0].code == "wrong_state"
    taken = Event.objects.filter(stream=draft.pk, kind="transition")
    assert [each.hash for each in taken] == [events[0].hash]
    assert list(verify()) == []


@in_threads
def test_of_two_steps_that_exclude_each_other_one_is_taken(world: World, checking: Dossier) -> None:
    copies = [Dossier.objects.get(pk=checking.pk) for _ in range(2)]
    finish = partial(perform, copies[0], "finish", world.person("auditor"))
    back = partial(perform, copies[1], "send_back", world.person("coordinator"), comment="no")
    events, refused = _outcomes(finish, back)
    assert (len(events), len(refused)) == (1, 1)
    assert in_state(checking)["state"] == events[0].target
    assert list(verify()) == []


@in_threads
def test_steps_that_do_not_exclude_each_other_are_all_taken(world: World, draft: Dossier) -> None:
    person = world.person("coordinator")
    copies = [Dossier.objects.get(pk=draft.pk) for _ in range(6)]
    events, refused = _outcomes(*(partial(perform, each, "remark", person) for each in copies))
    assert (len(events), refused) == (6, [])
    assert in_state(draft)["state_seq"] == 7
    assert list(verify()) == []


@in_threads
def test_work_on_a_file_and_a_step_do_not_block_each_other(world: World, draft: Dossier) -> None:
    """Answers and ratings lock the file's row and then write to its stream; a step takes both as well."""
    locked = Signal()

    def work() -> None:
        with transaction.atomic():
            Dossier.objects.select_for_update().get(pk=draft.pk)
            locked.set()
            if connection.vendor == "postgresql":
                _wait_until_somebody_waits()
            record(draft.pk, "worked", world.applicant)

    def step() -> Event:
        assert locked.wait(10)
        return perform(Dossier.objects.get(pk=draft.pk), "submit", world.applicant)

    worked, taken = at_once(work, step)
    assert worked is None
    assert isinstance(taken, Event), taken
    kinds = Event.objects.filter(stream=draft.pk).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["opened", "worked", "transition"]


def _wait_until_somebody_waits() -> None:
    """Until another session hangs on a lock of this one."""
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.01), count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[1]:
                return


# Many


def test_the_same_subject_twice_is_moved_once(world: World, draft: Dossier) -> None:
    again = Dossier.objects.get(pk=draft.pk)
    result = perform_many([draft, again], "submit", world.applicant)
    assert list(result.events) == [draft.pk]
    assert (draft.state, again.state) == ("checking", "checking")
