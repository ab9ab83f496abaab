"""Whatever somebody changes in a table behind the engine's back is named, with what the trail says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.decisions.models import (
    AgendaItem,
    Ballot,
    Closing,
    Convened,
    Dissent,
    Minute,
    Recusal,
    Sitting,
    SittingScheme,
    Vote,
)
from accreditation_engine.dossiers.domain import Given, save_answers
from accreditation_engine.dossiers.models import Answer, Dossier, Evidence
from accreditation_engine.engine.replay.sharing import differences
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import end_engagement, engage, join, leave
from accreditation_engine.organisations.models import Engagement, Membership, Organisation, RoleGrant
from accreditation_engine.reviews.allocation.models import Leave, ReviewerProfile
from accreditation_engine.reviews.interests.models import (
    Declaration,
    Interest,
    Objection,
    Override,
    TieWithdrawal,
)
from accreditation_engine.reviews.models import (
    Agreed,
    Assignment,
    Consent,
    Correction,
    Finding,
    Proposal,
    Rating,
)
from accreditation_engine.reviews.questions.models import Question, QuestionFile
from accreditation_engine.reviews.report.models import Contest, ContestFile
from accreditation_engine.reviews.site_visits.models import Visit
from accreditation_engine.trail import protection
from accreditation_engine.trail.canonical import canonical_bytes
from accreditation_engine.trail.models import Event
from tests.support.world import World

from .busy import busy, first_criterion, reconciled, self_assessed

pytestmark = pytest.mark.django_db

COMPARED: dict[type[models.Model], set[str]] = {
    Dossier: {"state", "opened", "dossier"},
    Answer: {"answer"},
    Evidence: {"evidence", "correction", "question", "contest"},
    Assignment: {"assignment", "rating"},
    Rating: {"rating"},
    Proposal: {"proposal", "consent", "agreed"},
    Consent: {"consent"},
    Agreed: {"agreed"},
    Finding: {"state", "opened", "finding"},
    Correction: {"correction"},
    Declaration: {"declaration"},
    Interest: {"interest", "tie_withdrawal"},
    Objection: {"objection"},
    Visit: {"visit"},
    Override: {"override"},
    TieWithdrawal: {"tie_withdrawal"},
    Question: {"question"},
    QuestionFile: {"question"},
    Contest: {"contest"},
    ContestFile: {"contest"},
    Ballot: {"ballot", "vote", "closing", "dissent"},
    Vote: {"vote"},
    Closing: {"closing", "ballot"},
    Dissent: {"dissent"},
    Recusal: {"recusal"},
    Minute: {"minutes"},
    Sitting: {"sitting"},
    SittingScheme: {"sitting"},
    Convened: {"sitting"},
    AgendaItem: {"sitting"},
    Certificate: {"state", "opened", "certificate"},
    RoleGrant: {"role"},
    Membership: {"membership"},
    Engagement: {"engagement"},
    Organisation: {"organisation"},
    ReviewerProfile: {"reviewer_profile"},
    Leave: {"leave"},
}
"""Every table that is compared, and the codes under which a change in it may be named."""

OTHER: dict[type[models.Field[Any, Any]], Any] = {
    models.CharField: "ab",
    models.TextField: "ab",
    models.FileField: "ab",
    models.DateTimeField: ("2099-01-01 00:00:00+00:00", "2000-01-01 00:00:00+00:00"),
    models.DateField: ("2099-01-01", "2000-01-01"),  # what ends does so after it begins
    models.PositiveIntegerField: 97,
    models.PositiveBigIntegerField: 97,
    models.PositiveSmallIntegerField: 97,
    models.BigIntegerField: 97,
    models.JSONField: '["ab"]',
}


def everything(world: World) -> None:
    """A busy world, and people who begin and end what ties them to organisations."""
    busy(world)
    coach, today = world.person("coach"), timezone.localdate()
    ended = engage(coach=coach, organisation=world.organisation(), began_on=today, by=coach)
    end_engagement(engagement=ended, ended_on=today, by=coach)
    engage(coach=coach, organisation=ended.organisation, began_on=today, by=coach)
    leave(membership=Membership.objects.filter(organisation=ended.organisation).get(), by=coach)
    join(organisation=ended.organisation, user=world.applicant, by=coach)


def others(field: Any, row: models.Model) -> list[Any]:
    """Values that the row does not have there, as SQL takes them; the database may refuse some."""
    if isinstance(field, models.BooleanField):
        return [not getattr(row, field.attname)]
    if not field.is_relation:
        other = OTHER[type(field)]
        return [*other] if isinstance(other, tuple) else [other]
    keys = field.related_model._default_manager.exclude(pk=getattr(row, field.attname)).order_by("-pk")
    return [
        field.target_field.get_db_prep_value(key, connection) for key in keys.values_list("pk", flat=True)
    ]


Change = tuple[type[models.Model], str, str, list[list[Any]]]


def changes() -> Iterator[Change]:
    """A change of each column of each table, in a row where something stands in it: a statement, and what may be
    its values."""
    for model in COMPARED:
        for field in model._meta.concrete_fields:
            if field.primary_key:
                continue
            name = field.attname.removesuffix("_salt")  # where there is no text, its salt says nothing
            rows: list[Any] = list(model._default_manager.order_by("pk"))
            rows = [each for each in rows if getattr(each, name)] or rows
            sql = f"UPDATE {model._meta.db_table} SET {field.column} = %s WHERE {model._meta.pk.column} = %s"  # noqa: S608 - our own names
            keyed = [(row, model._meta.pk.get_db_prep_value(row.pk, connection)) for row in rows]
            yield (
                model,
                field.column,
                sql,
                [[value, key] for row, key in keyed for value in others(field, row)],
            )


def in_turns(waiting: list[Change]) -> Iterator[list[Change]]:
    """At a time as many as no code could confuse, because it takes a while to compare everything."""
    while waiting:
        turn: list[Change] = []
        for each in waiting:
            if all(COMPARED[each[0]].isdisjoint(COMPARED[other[0]]) for other in turn):
                turn.append(each)
        yield turn
        waiting = [each for each in waiting if each not in turn]


def changed_somehow(sql: str, attempts: list[list[Any]]) -> None:
    for values in attempts:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, values)
            return
        except IntegrityError:
            continue
    pytest.fail(f"the database takes no other value: {sql}")


def test_what_nobody_touched_is_no_difference(world: World) -> None:
    everything(world)
    assert list(verify_all()) == []


def test_any_column_that_is_changed_in_silence_is_named(world: World) -> None:
    everything(world)
    with protection.lifted(connection):
        for turn in in_turns(list(changes())):
            with transaction.atomic():
                for _, _, sql, attempts in turn:
                    changed_somehow(sql, attempts)
                found = list(differences(None))
                transaction.set_rollback(True)
            codes = {each.code for each in found}
            for model, column, _, _ in turn:
                assert codes & COMPARED[model], f"{model.__name__}.{column} can be changed and nobody notices"
            expected = {code for model, *_ in turn for code in COMPARED[model]}
            assert codes <= expected, (turn, [str(each) for each in found if each.code not in expected])


def test_rows_that_are_gone_are_named(world: World) -> None:
    everything(world)
    with protection.lifted(connection):
        for model, codes in COMPARED.items():
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 - of our own names
                found = {each.code for each in verify_all()}
                transaction.set_rollback(True)
            assert found & codes, f"{model.__name__} can be emptied and nobody notices"


def test_a_row_that_no_event_speaks_of_is_named(world: World) -> None:
    file = self_assessed(world)
    Answer.objects.create(
        dossier=file, rubric="another", criterion="c", rating="4", updated_at=timezone.now()
    )
    (problem,) = differences(file.pk)
    assert (problem.code, problem.seq) == ("answer", 0)
    assert problem.detail == "the answer to c (another): it is there, and no event speaks of it"


def test_a_difference_says_both_values_and_which_event_said_it_last(world: World) -> None:
    file = self_assessed(world)
    rubric, criterion = first_criterion(file)
    Answer.objects.filter(dossier=file).update(rating="4")
    (problem,) = differences(file.pk)
    last = Event.objects.filter(stream=file.pk, kind="answers_saved").latest("seq")
    assert str(problem) == (
        f"stream {file.pk} event {last.seq}: answer: the answer to {criterion} ({rubric}):"
        " rating is '4' and its trail says '3'"
    )


def test_events_of_before_say_nothing_of_texts_and_stay_valid(world: World) -> None:
    """A body as it was written before digests of texts were kept in it."""
    file = self_assessed(world)
    with protection.lifted(connection):
        for event in Event.objects.filter(stream=file.pk):
            data = event.data
            for name in ("narratives", "file_name", "media_type", "size"):
                data.pop(name, None)
            Event.objects.filter(pk=event.pk).update(body=_with_data(event, data))
        Answer.objects.filter(dossier=file).update(narrative_salt="")
        Evidence.objects.filter(dossier=file).update(name_salt="")
        assert list(differences(file.pk)) == []
        Answer.objects.filter(dossier=file).update(rating="4")
        assert [each.code for each in differences(file.pk)] == ["answer"]


def _with_data(event: Event, data: dict[str, Any]) -> bytes:
    return canonical_bytes({**{k: v for k, v in event.content.items() if k != "hash"}, "data": data})


def test_an_event_whose_data_cannot_be_told_is_named_and_the_others_are_told(world: World) -> None:
    file = self_assessed(world)
    saved = Event.objects.filter(stream=file.pk, kind="answers_saved").earliest("seq")
    with protection.lifted(connection):
        Event.objects.filter(pk=saved.pk).update(body=_with_data(saved, {"answers": ["x"]}))
        found = list(differences(file.pk))
    assert [(each.seq, each.code) for each in found] == [(saved.seq, "replay")]


def test_the_command_names_a_vote_that_was_turned(world: World) -> None:
    file = reconciled(world)
    with protection.lifted(connection):
        Vote.objects.filter(ballot__dossier=file, choice="deny").update(choice="grant")
    output = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_trail", stdout=output)
    assert "choice is 'grant' and its trail says 'deny'" in output.getvalue()


def replayed(*arguments: str) -> tuple[int, str]:
    output = StringIO()
    try:
        call_command("verify_trail", "--replay", *arguments, stdout=output)
    except SystemExit as end:
        return int(end.code or 0), output.getvalue()
    return 0, output.getvalue()


def test_replay_alone_counts_what_was_told(world: World) -> None:
    file = self_assessed(world)
    events = Event.objects.filter(stream=file.pk).count()
    said = f"{events} events in 1 streams: told again, and all tables are as they say.\n"
    assert replayed("--stream", str(file.pk)) == (0, said)
    assert replayed()[0] == 0


def test_replay_alone_names_differences_and_leaves_hashes_alone(world: World) -> None:
    file = self_assessed(world)
    with protection.lifted(connection):
        Event.objects.filter(stream=file.pk, seq=1).update(hash="0" * 64)
        Evidence.objects.filter(dossier=file).update(size=1)
    code, said = replayed("--format", "json")
    problems = json.loads(said)["problems"]
    assert (code, {each["code"] for each in problems}) == (1, {"evidence"})
    assert "size is '1' and its trail says '" in problems[0]["detail"]


def test_replay_of_a_bundle_is_refused(world: World) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("verify_trail", "--replay", "--bundle", "x.zip")
    assert refusal.value.returncode == 2


def test_the_number_of_queries_does_not_grow_with_answers(
    world: World, django_assert_max_num_queries: Any
) -> None:
    file = self_assessed(world)
    with django_assert_max_num_queries(54):
        list(differences(None))
    key = first_criterion(file)
    save_answers(dossier=file, answers={key: Given("1", "")}, by=world.applicant)
    with django_assert_max_num_queries(54):
        list(differences(None))
