"""What the database itself refuses, whoever asks and however."""

# ruff: noqa: S608 - the SQL is of our own making, column by column
from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.migrations import Migration
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.models import Edition, Subject
from accreditation_engine.engine.opening import current_edition, open_subject
from accreditation_engine.reviews.models import Finding
from accreditation_engine.trail import protection
from accreditation_engine.trail.append import append
from accreditation_engine.trail.content import Entry
from accreditation_engine.trail.models import Event, Head, Name, Text
from accreditation_engine.trail.verification import verify
from tests.support.world import TINY, World

from .forging import (
    SUBJECT_TABLES,
    TABLES,
    assert_refused,
    columns_of,
    copied,
    everything,
    execute,
    forged,
    on_postgresql,
    on_sqlite,
    query,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    """The second of three events, with a comment."""
    stream = uuid4()
    events = [append(Entry(stream=stream, kind="test", comment="why")) for _ in range(3)]
    return Event.objects.get(hash=events[1].hash)


def a_dossier(world: World) -> Dossier:
    world.scheme(TINY)
    return world.dossier("checking", scheme="tiny")


def a_finding(world: World) -> Finding:
    finding = Finding(
        edition_id=current_edition("finding"),
        dossier=a_dossier(world),
        rubric="institutional-commitment",
        criterion="integrity-1",
        severity="minor",
        due_on=timezone.localdate(),
    )
    return open_subject(finding, SYSTEM, role="system")


def a_certificate(world: World) -> Certificate:
    certificate = Certificate(
        edition_id=current_edition("certificate"),
        dossier=a_dossier(world),
        number=f"C-{uuid4().hex[:8]}",
        rubric="institutional-commitment",
        outcome="certified",
        areas=[],
        issued_on=timezone.localdate(),
        valid_until=timezone.localdate(),
        decided_seq=1,
    )
    return open_subject(certificate, SYSTEM, role="system")


MAKERS: dict[str, Callable[[World], Any]] = {
    "dossier": a_dossier,
    "finding": a_finding,
    "certificate": a_certificate,
}


@pytest.fixture(params=MAKERS)
def subject(request: pytest.FixtureRequest, world: World) -> Any:
    return MAKERS[request.param](world)


def table_of(subject: Subject) -> str:
    return str(subject._meta.db_table)


# Events, heads, texts, names and editions


@pytest.mark.parametrize("column", [name for name in columns_of("trail_event") if name != "actor"])
def test_no_column_of_an_event_is_updated(event: Event, column: str) -> None:
    assert_refused(f"UPDATE trail_event SET {column} = {column} WHERE id = %s", event.pk)


@pytest.mark.parametrize("table", TABLES)
def test_no_row_of_the_trail_is_deleted(world: World, event: Event, table: str) -> None:
    assert query(f"SELECT count(*) FROM {table}") > [(0,)]
    assert_refused(f"DELETE FROM {table}")


@on_postgresql
@pytest.mark.parametrize("table", [*TABLES, *SUBJECT_TABLES, "organisations_organisation"])
def test_no_table_is_truncated(world: World, event: Event, table: str) -> None:
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert_refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("model", [Event, Head, Text, Name, Edition])
def test_the_orm_changes_no_row_of_the_trail(world: World, event: Event, model: type[models.Model]) -> None:
    rows, before = model._default_manager.all(), everything()
    key = model._meta.pk.name
    for attempt in (rows.delete, lambda: rows.update(**{key: rows[0].pk}), rows[0].delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    assert everything() == before


FORGERIES: dict[str, dict[str, Any]] = {
    "that continues nothing": {"previous": "0" * 64},
    "that leaves a gap": {"seq": 5},
    "in the place of another": {"seq": 2},
    "once more at the beginning": {"seq": 1, "previous": ""},
    "before the first": {"seq": 0, "previous": ""},
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_no_event_is_inserted(event: Event, forgery: dict[str, Any]) -> None:
    before = everything()
    with pytest.raises(IntegrityError), transaction.atomic():
        forged(event.stream, **forgery).save(force_insert=True)
    assert everything() == before


@pytest.mark.parametrize("forgery", [{"seq": 2}, {"seq": 1, "previous": "0" * 64}, {"seq": 0}])
def test_no_stream_begins_in_the_middle(forgery: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        forged(uuid4(), **forgery).save(force_insert=True)
    assert not Event.objects.exists()


def test_an_event_that_continues_its_stream_moves_the_head(event: Event) -> None:
    forged(event.stream).save(force_insert=True)
    assert Head.objects.get(pk=event.stream).seq == 4


@pytest.mark.parametrize(
    "change", ["seq = seq + 1", "seq = seq - 1", "hash = previous_hash", "stream = new_stream", "seq = seq"]
)
def test_no_head_is_moved_by_hand(event: Event, change: str) -> None:
    change = change.replace("previous_hash", f"'{event.hash}'").replace("new_stream", f"'{uuid4().hex}'")
    assert_refused(f"UPDATE trail_head SET {change} WHERE stream = %s", event.stream)


def test_no_head_is_made_by_hand() -> None:
    assert_refused("INSERT INTO trail_head (stream, seq, hash) VALUES (%s, 1, 'x')", uuid4())


@pytest.mark.parametrize("change", ["text = 'other'", "text = text", "field = 'reason'", "seq = 1", "id = 0"])
def test_no_text_beside_an_event_is_changed(event: Event, change: str) -> None:
    assert_refused(f"UPDATE trail_text SET {change} WHERE seq = 2")


@pytest.mark.parametrize("change", ["name = 'other'", "name = name", "digest = 'x'", "actor = another"])
def test_no_name_is_changed(world: World, change: str) -> None:
    change = change.replace("another", f"'{uuid4().hex}'")
    assert_refused(f"UPDATE trail_name SET {change} WHERE digest = %s", world.stranger.name_digest)


NO_SALT = "''::bytea" if connection.vendor == "postgresql" else "x''"


def say_erased(stream: UUID, **what: Any) -> None:
    append(Entry(stream=stream, kind="erased", comment="the law", data=what))


@pytest.mark.parametrize("also", ["salt = '00'", "salt = salt", "field = 'x'", "seq = 9"])
def test_nothing_else_changes_with_an_erased_text(event: Event, also: str) -> None:
    say_erased(event.stream, what="comment", seq=2)
    also = also.replace("'00'", "'00'::bytea" if connection.vendor == "postgresql" else "x'00'")
    also = also if also.startswith("salt") else f"salt = {NO_SALT}, {also}"
    assert_refused(f"UPDATE trail_text SET text = NULL, {also} WHERE seq = 2")


OTHER_SAYINGS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "another event": {"what": "comment", "seq": 22},
    "another thing": {"what": "note", "seq": 2},
    "a text that looks like it": {"what": '"data":{"seq":2,"what":"comment"}', "seq": 1},
    "more than one may say": {"what": "comment", "seq": 2, "and": "more"},
}


@pytest.mark.parametrize("what", OTHER_SAYINGS.values(), ids=OTHER_SAYINGS)
def test_no_text_is_erased_without_the_event_that_says_so(event: Event, what: dict[str, Any]) -> None:
    say_erased(event.stream, **what)
    say_erased(uuid4(), what="comment", seq=2)
    append(Entry(stream=event.stream, kind="other", data={"what": "comment", "seq": 2}))
    assert_refused(f"UPDATE trail_text SET text = NULL, salt = {NO_SALT} WHERE seq = 2")


def test_no_name_is_erased_without_the_event_that_says_so(world: World) -> None:
    digest = world.stranger.name_digest
    say_erased(world.stranger.pk, what="name", digest=world.applicant.name_digest)
    say_erased(world.applicant.pk, what="name", digest=digest)
    assert_refused(f"UPDATE trail_name SET name = NULL, salt = {NO_SALT} WHERE digest = %s", digest)


def test_a_text_is_erased_once_and_for_all(event: Event) -> None:
    say_erased(event.stream, what="comment", seq=2)
    erase = f"UPDATE trail_text SET text = NULL, salt = {NO_SALT} WHERE seq = 2"
    assert execute(f"{erase} AND stream = %s", event.stream) == 1
    assert_refused("UPDATE trail_text SET text = 'again' WHERE seq = 2")
    assert list(verify()) == []


def test_a_name_is_erased_once_and_for_all(world: World) -> None:
    digest = world.stranger.name_digest
    say_erased(world.stranger.pk, what="name", digest=digest)
    erase = f"UPDATE trail_name SET name = NULL, salt = {NO_SALT} WHERE digest = %s"
    assert execute(erase, digest) == 1
    assert_refused("UPDATE trail_name SET name = 'again' WHERE digest = %s", digest)
    assert list(verify()) == []


@pytest.mark.parametrize("column", columns_of("engine_edition"))
def test_no_column_of_an_edition_is_updated(world: World, column: str) -> None:
    assert_refused(f"UPDATE engine_edition SET {column} = {column}")


# Subjects: dossiers, findings, certificates


CHANGES = {
    "state": "state = 'certified'",
    "an earlier seq": "state_seq = 0",
    "a later seq": "state_seq = state_seq + 1",
    "entered seq": "entered_seq = entered_seq + 1",
    "entered at": "entered_at = '2020-01-01 00:00:00+00:00'",
    "deadline": "deadline_at = '2099-01-01 00:00:00+00:00'",
    "edition": "edition_id = (SELECT max(hash) FROM engine_edition WHERE kind = 'rubric')",
    "id": f"id = '{uuid4().hex}'",
    "state with a seq of its own": "state = 'certified', state_seq = state_seq + 1",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_no_state_changes_by_raw_sql(subject: Any, change: str) -> None:
    message = assert_refused(f"UPDATE {table_of(subject)} SET {change} WHERE id = %s", subject.pk)
    assert "no event in the trail explains this state" in message


ORM = {
    "update": lambda subject: type(subject).objects.filter(pk=subject.pk).update(state="certified"),
    "bulk_update": lambda subject: type(subject).objects.bulk_update([subject], ["state"]),
    "save": lambda subject: subject.save(),
    "save of one field": lambda subject: subject.save(update_fields=["state"]),
    "bulk_create over it": lambda subject: type(subject).objects.bulk_create(
        [subject], update_conflicts=True, unique_fields=["id"], update_fields=["state"]
    ),
    "delete": lambda subject: subject.delete(),
    "delete of a query": lambda subject: type(subject).objects.filter(pk=subject.pk).delete(),
    "raw delete": lambda subject: type(subject).objects.filter(pk=subject.pk)._raw_delete("default"),
}


@pytest.mark.parametrize("attempt", ORM.values(), ids=ORM)
def test_no_state_changes_by_the_orm(subject: Any, attempt: Callable[[Any], Any]) -> None:
    before = everything()
    subject.state = "certified"
    with pytest.raises(IntegrityError), transaction.atomic():
        attempt(subject)
    assert everything() == before


def test_no_subject_is_deleted_by_raw_sql(subject: Any) -> None:
    message = assert_refused(f"DELETE FROM {table_of(subject)} WHERE id = %s", subject.pk)
    assert "never deleted" in message


def test_no_subject_comes_in_by_bulk_create(subject: Any) -> None:
    before = everything()
    subject.pk, subject.state = uuid4(), "certified"
    if hasattr(subject, "number") and not isinstance(subject, Finding):
        subject.number = "NEW-1"
    with pytest.raises(IntegrityError, match="no event in the trail"), transaction.atomic():
        type(subject).objects.bulk_create([subject])
    assert everything() == before


def test_a_subject_that_was_opened_cannot_come_in_further_on(world: World) -> None:
    dossier, stream = a_dossier(world), uuid4()
    append(Entry(stream=stream, kind="opened", edition=dossier.edition_id, target="draft"))
    for state, seq in (("done", 1), ("draft", 2), ("draft", 0)):
        dossier.pk, dossier.number, dossier.state, dossier.state_seq = stream, "NEW-1", state, seq
        with pytest.raises(IntegrityError, match="no event in the trail"), transaction.atomic():
            Dossier.objects.bulk_create([dossier])


def test_what_is_no_state_may_be_changed(subject: Any) -> None:
    assert type(subject).objects.filter(pk=subject.pk).update(state=subject.state) == 1


def test_a_stale_instance_cannot_be_saved(world: World) -> None:
    dossier = a_dossier(world)
    stale = Dossier.objects.get(pk=dossier.pk)
    world.perform(dossier, "send_back")
    with pytest.raises(IntegrityError, match="no event in the trail"), transaction.atomic():
        stale.save()


def test_no_state_goes_back_by_an_older_event(world: World) -> None:
    dossier = a_dossier(world)
    world.perform(dossier, "send_back")
    older = Event.objects.get(stream=dossier.pk, target="checking")
    change = f"state = 'checking', state_seq = {older.seq}, entered_seq = {older.seq}"
    assert_refused(f"UPDATE dossiers_dossier SET {change} WHERE id = %s", dossier.pk)


def test_an_event_that_is_none_of_the_state_explains_nothing(world: World) -> None:
    dossier = a_dossier(world)
    for said in ({}, {"target": "done"}, {"target": "done", "source": "checking"}):
        fake = forged(dossier.pk, kind="fake", **said)
        fake.save(force_insert=True)
        assert_refused(
            "UPDATE dossiers_dossier SET state = 'done', state_seq = %s WHERE id = %s", fake.seq, dossier.pk
        )


def test_an_event_of_another_subject_explains_nothing(world: World) -> None:
    dossier, other = a_dossier(world), a_dossier(world)
    event = world.perform(other, "finish")
    change = f"state = 'done', state_seq = {event.seq}"
    assert_refused(f"UPDATE dossiers_dossier SET {change} WHERE id = %s", dossier.pk)


def test_a_fabricated_event_is_accepted_and_shows_in_the_trail(world: World) -> None:
    """The database asks for an event, not for the truth: what was slipped in stands there for all to see."""
    dossier = a_dossier(world)
    said = {"source": "checking", "target": "done", "edition": dossier.edition_id}
    fake = forged(dossier.pk, **said)
    fake.save(force_insert=True)
    change = "UPDATE dossiers_dossier SET state = 'done', state_seq = %s WHERE id = %s"
    assert execute(change, fake.seq, dossier.pk) == 1
    assert Event.objects.filter(stream=dossier.pk).latest("seq").content["target"] == "done"


# What SQLite and PostgreSQL each offer besides


REPLACING = {
    "replace": copied("trail_event", "REPLACE", kind="'forged'"),
    "insert or replace": copied("trail_event", "INSERT OR REPLACE", kind="'forged'"),
    "of the hash": copied(
        "trail_event", "INSERT OR REPLACE", id="NULL", stream="'new'", seq="1", previous="''"
    ),
    "of the place": copied("trail_event", "INSERT OR REPLACE", id="NULL", hash="'new'"),
    "upsert": copied("trail_event") + " ON CONFLICT (hash) DO UPDATE SET kind = 'forged'",
    "update or replace": "UPDATE OR REPLACE trail_event SET seq = 1 WHERE id = %s",
    "update or ignore": "UPDATE OR IGNORE trail_event SET kind = 'forged' WHERE id = %s",
    "update or fail": "UPDATE OR FAIL trail_event SET kind = 'forged' WHERE id = %s",
    "by rowid": "UPDATE trail_event SET rowid = 77 WHERE id = %s",
}


@on_sqlite
@pytest.mark.parametrize("sql", REPLACING.values(), ids=REPLACING)
def test_no_event_is_replaced_on_sqlite(event: Event, sql: str) -> None:
    assert_refused(sql, event.pk)


@on_sqlite
@pytest.mark.parametrize("table", ["trail_head", "trail_name", "engine_edition"])
def test_no_row_is_replaced_by_its_hidden_number(world: World, event: Event, table: str) -> None:
    key = columns_of(table)[0]
    one, other = (row for (row,) in query(f"SELECT {key} FROM {table} LIMIT 2"))
    taken = f"(SELECT rowid FROM {table} WHERE {key} = '{other}')"
    assert_refused(copied(table, "INSERT OR REPLACE", rowid=taken, **{key: "'new'"}), one)
    erase = f", name = NULL, salt = {NO_SALT}" if table == "trail_name" else ""
    assert_refused(f"UPDATE OR REPLACE {table} SET rowid = {taken}{erase} WHERE {key} = %s", one)


@pytest.fixture
def unkept_references() -> Iterator[None]:
    """As in the sqlite3 program: foreign keys are not looked after."""
    execute("PRAGMA defer_foreign_keys = ON")
    yield
    execute("PRAGMA defer_foreign_keys = OFF")


@on_sqlite
def test_no_subject_is_pushed_out_by_another_with_its_number(world: World, unkept_references: None) -> None:
    victim, new = a_dossier(world), uuid4()
    append(Entry(stream=new, kind="opened", edition=victim.edition_id, target="draft"))
    opened = {"id": f"'{new.hex}'", "state": "'draft'", "state_seq": "1"}
    assert_refused(copied("dossiers_dossier", "INSERT OR REPLACE", **opened), victim.pk)


@on_sqlite
def test_no_subject_is_pushed_out_by_another_with_its_hidden_number(
    world: World, unkept_references: None
) -> None:
    victim, new = a_dossier(world), uuid4()
    append(Entry(stream=new, kind="opened", edition=victim.edition_id, target="draft"))
    opened = {"id": f"'{new.hex}'", "state": "'draft'", "state_seq": "1", "number": "'NEW-1'"}
    assert_refused(copied("dossiers_dossier", "INSERT OR REPLACE", rowid="rowid", **opened), victim.pk)


@on_sqlite
@pytest.mark.parametrize("column", ["number", "rowid", "id"])
def test_no_subject_is_pushed_out_by_an_update(world: World, unkept_references: None, column: str) -> None:
    victim, other = a_dossier(world), a_dossier(world)
    taken = f"(SELECT {column} FROM dossiers_dossier WHERE id = '{victim.pk.hex}')"
    assert_refused(f"UPDATE OR REPLACE dossiers_dossier SET {column} = {taken} WHERE id = %s", other.pk)


@on_postgresql
def test_no_event_is_replaced_on_postgresql(event: Event) -> None:
    assert_refused(copied("trail_event") + " ON CONFLICT (hash) DO UPDATE SET kind = 'forged'", event.pk)
    merge = "MERGE INTO trail_event e USING (SELECT %s AS id) n ON e.id = n.id"
    assert_refused(f"{merge} WHEN MATCHED THEN UPDATE SET kind = 'forged'", event.pk)
    assert_refused(f"{merge} WHEN MATCHED THEN DELETE", event.pk)


def test_a_temporary_table_of_the_same_name_explains_nothing(world: World) -> None:
    """Temporary tables come first where a name is looked up, and anybody may make one."""
    dossier = a_dossier(world)
    real, ours = ("main", "temp") if connection.vendor == "sqlite" else ("public", "pg_temp")
    execute(f"CREATE TEMPORARY TABLE trail_event AS SELECT * FROM {real}.trail_event")
    try:
        change = "seq = 3, source = 'checking', target = 'done'"
        assert execute(f"UPDATE {ours}.trail_event SET {change} WHERE stream = %s AND seq = 2", dossier.pk)
        with pytest.raises(IntegrityError, match="no event in the trail"), transaction.atomic():
            execute("UPDATE dossiers_dossier SET state = 'done', state_seq = 3 WHERE id = %s", dossier.pk)
    finally:
        execute(f"DROP TABLE {ours}.trail_event")


# The triggers themselves


def test_nothing_is_missing() -> None:
    assert protection.missing(connection) == []


@pytest.mark.parametrize("name", ["trail_event_no_update", "dossiers_dossier_explained", "trail_head_opens"])
def test_a_dropped_trigger_is_named(name: str) -> None:
    table = name.rpartition("_no_")[0] or name.rpartition("_")[0]
    execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    assert protection.missing(connection) == [name]


@on_sqlite
def test_a_trigger_that_was_made_harmless_is_named_on_sqlite() -> None:
    execute("DROP TRIGGER trail_event_no_update")
    execute("CREATE TRIGGER trail_event_no_update BEFORE UPDATE ON trail_event BEGIN SELECT 1; END")
    assert protection.missing(connection) == ["trail_event_no_update"]


@on_postgresql
@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE trail_event DISABLE TRIGGER trail_event_no_update",
        "ALTER TABLE trail_event ENABLE REPLICA TRIGGER trail_event_no_update",
        "CREATE OR REPLACE FUNCTION trail_event_no_update() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NEW; END $$",
        "ALTER FUNCTION trail_event_no_update() RESET search_path",
        "CREATE OR REPLACE TRIGGER trail_event_no_update BEFORE UPDATE OF seq ON trail_event FOR EACH ROW"
        " EXECUTE FUNCTION trail_event_no_update()",
        "CREATE OR REPLACE TRIGGER trail_event_no_update BEFORE UPDATE ON trail_event FOR EACH ROW"
        " WHEN (false) EXECUTE FUNCTION trail_event_no_update()",
    ],
)
def test_a_trigger_that_was_made_harmless_is_named_on_postgresql(sql: str) -> None:
    execute(sql)
    assert protection.missing(connection) == ["trail_event_no_update"]


def test_every_unique_key_of_a_protected_table_is_known() -> None:
    """A key that the triggers do not know is a way to REPLACE."""
    for table in (*TABLES, *SUBJECT_TABLES):
        with connection.cursor() as cursor:
            there = connection.introspection.get_constraints(cursor, table)
        unique = {tuple(sorted(each["columns"])) for each in there.values() if each["unique"]}
        (model,) = (each for each in apps.get_models() if each._meta.db_table == table)
        assert unique <= {tuple(sorted(key)) for key in protection.unique_keys(model)}


def test_migrate_brings_back_what_was_dropped() -> None:
    with protection.lifted(connection):
        assert len(protection.missing(connection)) > 20
        call_command("migrate", verbosity=0, interactive=False)
        assert protection.missing(connection) == []


def test_lifting_brings_protection_back_after_an_error(event: Event) -> None:
    with pytest.raises(ZeroDivisionError), protection.lifted(connection):
        execute(f"UPDATE trail_event SET kind = '{1 // 0}'")
    assert protection.missing(connection) == []


@on_sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("model", "name"),
    [(Dossier, "number"), (Finding, "criterion"), (Event, "kind"), (Head, "hash"), (Text, "field")],
)
def test_protection_survives_a_migration_that_rebuilds_a_table(
    world: World, event: Event, model: type[models.Model], name: str
) -> None:
    """SQLite drops the triggers of a table that is rebuilt, and refuses to rename one that others' speak of."""
    old = model._meta.get_field(name)
    wider = models.CharField(max_length=200, unique=old.unique)
    wider.set_attributes_from_name(name)
    wider.model = model
    _migrate(model, old, wider)
    try:
        assert protection.missing(connection) == []
        with pytest.raises(IntegrityError):
            execute("UPDATE trail_event SET kind = 'forged'")
    finally:
        _migrate(model, wider, old)


def _migrate(model: type[models.Model], old: Any, new: Any) -> None:
    """As `migrate` does with one migration that alters a field."""
    plan = [(Migration("0002_wider", "trail"), False)]
    emit_pre_migrate_signal(0, False, connection.alias, plan=plan)
    with connection.schema_editor() as editor:
        editor.alter_field(model, old, new)
    emit_post_migrate_signal(0, False, connection.alias, plan=plan)


@on_sqlite
def test_a_migrate_with_nothing_to_do_leaves_protection_in_force() -> None:
    emit_pre_migrate_signal(0, False, connection.alias, plan=[])
    assert protection.missing(connection) == []


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_the_sqlite3_program_is_refused(world: World) -> None:
    dossier = a_dossier(world)
    file = str(connection.settings_dict["NAME"])
    sql = "update dossiers_dossier set state='certified'"
    if shutil.which("sqlite3"):
        done = subprocess.run(["sqlite3", file, sql], capture_output=True, text=True, check=False)
        assert done.returncode != 0
        assert "no event in the trail explains this state" in done.stderr
    with closing(sqlite3.connect(file)) as plain, pytest.raises(sqlite3.IntegrityError):
        plain.execute(sql)
    dossier.refresh_from_db()
    assert dossier.state == "checking"


def test_a_refusal_is_an_integrity_error_like_any_other(event: Event) -> None:
    """So that code which expects the database to refuse need not know which one it is."""
    assert issubclass(IntegrityError, DatabaseError)
    assert "append-only" in assert_refused("DELETE FROM trail_event")
