"""The self-assessment: what is taken, what is refused, and what the trail says of it."""

from __future__ import annotations

from typing import Any

import pytest

from accreditation_engine.dossiers.domain import Given, accept_code, save_answers
from accreditation_engine.dossiers.models import Answer, Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.domain import leave
from accreditation_engine.organisations.models import Membership
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.salted import salted_digest
from tests.support.world import World, at_once, overdue

COMMITMENT, CODE = "institutional-commitment", "code-of-conduct"
FIRST, SECOND = (COMMITMENT, "integrity-1"), (COMMITMENT, "integrity-2")


@pytest.fixture
def file(world: World) -> Dossier:
    return world.dossier()


def save(world: World, file: Dossier, answers: dict[tuple[str, str], str], narrative: str = "") -> Any:
    given = {key: Given(rating, narrative) for key, rating in answers.items()}
    return save_answers(dossier=file, answers=given, by=world.applicant)


def refusal(world: World, file: Dossier, answers: dict[tuple[str, str], str]) -> list[dict[str, Any]]:
    with pytest.raises(Refused) as refused:
        save(world, file, answers)
    return [each.as_data() for each in refused.value.reasons]


def stored(file: Dossier) -> dict[str, str]:
    return dict(Answer.objects.filter(dossier=file).values_list("criterion", "rating"))


def saved_events(file: Dossier) -> list[dict[str, Any]]:
    events = Event.objects.filter(stream=file.pk, kind="answers_saved").order_by("seq")
    return [each.data["answers"] for each in events]


def test_answers_are_kept_and_told(world: World, file: Dossier) -> None:
    assert save(world, file, {FIRST: "3", (CODE, "duty-1"): "2"}) == [FIRST, (CODE, "duty-1")]
    assert stored(file) == {"integrity-1": "3", "duty-1": "2"}
    event = Event.objects.get(stream=file.pk, kind="answers_saved")
    assert (event.actor, event.role, event.edition) == (world.applicant.pk, "applicant", file.edition_id)
    assert event.data == {
        "answers": {COMMITMENT: {"integrity-1": "3"}, CODE: {"duty-1": "2"}},
        "narratives": {},
    }


def test_the_event_of_a_narrative_holds_its_salted_digest_alone(world: World, file: Dossier) -> None:
    answers = {FIRST: Given("3", "بإشراف منى"), SECOND: Given("2", "بإشراف منى")}
    save_answers(dossier=file, answers=answers, by=world.applicant)
    told = Event.objects.get(stream=file.pk, kind="answers_saved").data["narratives"]
    kept = {each.criterion: each for each in Answer.objects.filter(dossier=file)}
    for name, answer in kept.items():
        assert told[COMMITMENT][name] == salted_digest(answer.narrative_salt, "بإشراف منى")
    assert len(set(told[COMMITMENT].values())) == 2


def test_an_event_lists_only_what_changed(world: World, file: Dossier) -> None:
    save(world, file, {FIRST: "3", SECOND: "2"})
    assert save(world, file, {FIRST: "3", SECOND: "4"}) == [SECOND]
    assert saved_events(file)[-1] == {COMMITMENT: {"integrity-2": "4"}}


def test_answers_that_are_the_same_write_nothing(world: World, file: Dossier) -> None:
    save(world, file, {FIRST: "3"}, "سياسة معتمدة")
    moment = Answer.objects.get(criterion="integrity-1").updated_at
    assert save(world, file, {FIRST: " 3 ", SECOND: ""}, " سياسة معتمدة") == [SECOND]
    assert save(world, file, {FIRST: "3"}, "سياسة معتمدة\n") == []
    assert Answer.objects.get(criterion="integrity-1").updated_at == moment
    assert len(saved_events(file)) == 2


def test_a_blank_answer_where_there_was_none_is_no_answer(world: World, file: Dossier) -> None:
    assert save(world, file, {FIRST: " ", SECOND: ""}) == []
    assert stored(file) == {}


def test_an_answer_can_be_taken_back(world: World, file: Dossier) -> None:
    save(world, file, {FIRST: "3"})
    assert save(world, file, {FIRST: ""}) == [FIRST]
    assert stored(file) == {"integrity-1": ""}


def test_answers_that_are_not_mentioned_stay(world: World, file: Dossier) -> None:
    save(world, file, {FIRST: "3"})
    save(world, file, {SECOND: "1"})
    assert stored(file) == {"integrity-1": "3", "integrity-2": "1"}


@pytest.mark.parametrize(
    "typed", ["3", "٣", "۳", "+3", "3.0", "٣٫٠", "0003", "3." + "0" * 20, "0" * 19 + "3"]
)
def test_a_number_is_kept_in_one_form_however_it_is_typed(world: World, file: Dossier, typed: str) -> None:
    save(world, file, {FIRST: typed})
    assert stored(file) == {"integrity-1": "3"}
    assert saved_events(file) == [{COMMITMENT: {"integrity-1": "3"}}]
    assert save(world, file, {FIRST: "3"}) == []


def test_minus_nothing_is_nothing(world: World, file: Dossier) -> None:
    save(world, file, {FIRST: "-0.0"})
    assert stored(file) == {"integrity-1": "0"}


def test_that_a_criterion_does_not_apply_is_an_answer(world: World, file: Dossier) -> None:
    save(world, file, {FIRST: "not_applicable"})
    assert stored(file) == {"integrity-1": "not_applicable"}


@pytest.mark.parametrize("typed", ["5", "-1", "2.5", "three", "3,5", "1e3", "NaN", "Infinity", "²", "9" * 21])
def test_what_is_not_on_the_scale_is_refused(world: World, file: Dossier, typed: str) -> None:
    (reason,) = refusal(world, file, {FIRST: typed})
    assert (reason["code"], reason["criterion"]) == ("bad_rating", "integrity-1")
    assert stored(file) == {}
    assert saved_events(file) == []


def test_everything_wrong_is_said_at_once_and_nothing_is_kept(world: World, file: Dossier) -> None:
    answers = {
        FIRST: "3",
        SECOND: "9",
        (COMMITMENT, "integrety-3"): "2",
        (CODE, "duty-1"): "not_applicable",
        ("green-ngos", "water-1"): "1",
    }
    found = refusal(world, file, answers)
    wrong = {each.get("criterion") or each.get("rubric") for each in found}
    assert wrong == {"integrity-2", "integrety-3", "duty-1", "green-ngos"}
    assert {each["code"] for each in found} == {"bad_rating", "unknown_rubric"}
    assert stored(file) == {}


def test_an_unknown_criterion_is_refused_even_when_left_blank(world: World, file: Dossier) -> None:
    (reason,) = refusal(world, file, {(COMMITMENT, "x" * 300): ""})
    assert reason["problem"] == "unknown_criterion"


def test_a_criterion_belongs_to_its_rubric(world: World, file: Dossier) -> None:
    (reason,) = refusal(world, file, {(CODE, "integrity-1"): "1"})
    assert reason["code"] == "bad_rating"


def test_a_reason_says_what_may_be_given(world: World, file: Dossier) -> None:
    with pytest.raises(Refused) as refused:
        save(world, file, {FIRST: "5"})
    assert "integrity-1" in str(refused.value)
    assert "0" in str(refused.value)
    assert "4" in str(refused.value)


def test_a_long_narrative_is_kept_whole(world: World, file: Dossier) -> None:
    text = "نص طويل. " * 2_000
    save(world, file, {FIRST: "3"}, text)
    assert Answer.objects.get(criterion="integrity-1").narrative == text.strip()


def test_characters_that_no_database_keeps_are_left_out(world: World, file: Dossier) -> None:
    save(world, file, {FIRST: "3"}, "قبل\x00بعد\ud800.")
    assert Answer.objects.get(criterion="integrity-1").narrative == "قبلبعد."


def test_a_narrative_alone_is_a_change(world: World, file: Dossier) -> None:
    save(world, file, {FIRST: "3"}, "أ")
    assert save(world, file, {FIRST: "3"}, "ب") == [FIRST]


@pytest.mark.parametrize("role", ["coordinator", "reviewer", "panel", "auditor", "administrator"])
def test_only_members_answer(world: World, file: Dossier, role: str) -> None:
    for person in (world.stranger, world.person(role)):
        with pytest.raises(Refused) as refused:
            save_answers(dossier=file, answers={FIRST: Given("3")}, by=person)
        assert [each.code for each in refused.value.reasons] == ["not_your_role"]
    assert stored(file) == {}


def test_a_former_member_does_not_answer(world: World, file: Dossier) -> None:
    leave(membership=Membership.objects.get(organisation=file.organisation_id), by=SYSTEM)
    with pytest.raises(Refused):
        save(world, file, {FIRST: "3"})


@pytest.mark.parametrize("state", ["screening", "in_review", "deciding", "refused", "withdrawn"])
def test_answers_are_closed_once_they_are_being_judged(world: World, state: str) -> None:
    file = world.dossier(state)
    (reason,) = refusal(world, file, {FIRST: "1"})
    assert (reason["code"], reason["state"]) == ("answers_closed", state)


def test_a_page_from_before_the_submission_changes_no_answer(world: World) -> None:
    file = world.dossier("screening")
    file.state = "draft"  # what the page's own copy still says
    (reason,) = refusal(world, file, {FIRST: "1"})
    assert reason["code"] == "answers_closed"


def test_a_file_returned_for_completion_is_open_again(world: World) -> None:
    file = world.dossier("returned")
    assert save(world, file, {FIRST: "1"}) == [FIRST]


@pytest.mark.django_db(transaction=True)
def test_two_members_saving_at_once_lose_nothing(world: World) -> None:
    file = world.dossier()
    outcomes = at_once(lambda: save(world, file, {FIRST: "3"}), lambda: save(world, file, {SECOND: "2"}))
    assert outcomes == [[FIRST], [SECOND]]
    assert stored(file) == {"integrity-1": "3", "integrity-2": "2"}


def test_the_code_is_accepted_once(world: World, file: Dossier) -> None:
    accept_code(dossier=file, by=world.applicant)
    moment = Dossier.objects.get(pk=file.pk).code_accepted_at
    accept_code(dossier=Dossier.objects.get(pk=file.pk), by=world.applicant)
    assert file.code_accepted_at == moment == Dossier.objects.get(pk=file.pk).code_accepted_at
    assert Event.objects.filter(stream=file.pk, kind="code_accepted").count() == 1


def test_only_members_accept_the_code(world: World, file: Dossier) -> None:
    with pytest.raises(Refused):
        accept_code(dossier=file, by=world.person("coordinator"))
    assert Dossier.objects.get(pk=file.pk).code_accepted_at is None


def test_the_code_is_not_accepted_on_a_file_that_is_finished(world: World) -> None:
    file = world.dossier("withdrawn")
    assert file.code_accepted_at is None
    with pytest.raises(Refused) as refused:
        accept_code(dossier=file, by=world.applicant)
    assert [each.code for each in refused.value.reasons] == ["answers_closed"]


def test_answers_come_too_late_after_the_deadline_before_any_sweep(world: World) -> None:
    file = world.dossier("draft")
    with overdue(file), pytest.raises(Refused) as refused:
        save_answers(dossier=file, answers={FIRST: Given("3")}, by=world.applicant)
    assert [each.code for each in refused.value.reasons] == ["deadline_passed"]
    assert not file.answers.exists()


def test_an_organisation_cannot_say_that_it_could_not_verify(world: World) -> None:
    file = world.dossier("draft")
    with pytest.raises(Refused) as refused:
        save_answers(dossier=file, answers={FIRST: Given("unable_to_verify")}, by=world.applicant)
    assert [each.code for each in refused.value.reasons] == ["reviewers_word"]


def test_an_endless_narrative_is_refused_and_nothing_is_kept(world: World) -> None:
    file = world.dossier("draft")
    with pytest.raises(Refused) as refused:
        save_answers(dossier=file, answers={FIRST: Given("3", "x" * 20_001)}, by=world.applicant)
    assert [each.as_data() for each in refused.value.reasons] == [
        {"code": "entry_too_long", "criterion": "integrity-1", "count": 20_001, "most": 20_000}
    ]
    assert "عدد حروف النص 20001، والحد الأقصى 20000" in str(refused.value)
    assert not file.answers.exists()


def test_a_narrative_that_nobody_sees_explains_nothing(world: World, file: Dossier) -> None:
    save_answers(dossier=file, answers={FIRST: Given("not_applicable", "\u200b\u3164")}, by=world.applicant)
    assert Answer.objects.get(criterion="integrity-1").narrative == ""
