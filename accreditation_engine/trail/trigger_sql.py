"""Triggers as SQLite and PostgreSQL write them."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from .triggers import Trigger

INSTALLED = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    # A trigger that is switched off, or on for replicas only, is as good as none.
    "postgresql": "SELECT tgname,"
    " pg_get_triggerdef(pg_trigger.oid, true) || prosrc || array_to_string(proconfig, '')"
    " FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
    " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
}


def create(trigger: Trigger, vendor: str, search_path: str) -> list[str]:
    """The statements that make `trigger`, in place of an older one of its name."""
    if trigger.only not in ("", vendor):
        return []
    if vendor == "sqlite":
        return [*drop(trigger, "sqlite"), _sqlite_trigger(trigger)]
    return [
        f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql"
        f" SET {search_path} AS $${_postgresql_body(trigger)}$$",
        *drop(trigger, "postgresql"),
        _postgresql_trigger(trigger),
    ]


def drop(trigger: Trigger, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {trigger.name}"]
    return [f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}"]


def written(trigger: Trigger, vendor: str, search_path: str) -> str:
    """`trigger` as the catalogue of the database shows it (INSTALLED) when it is there and nobody meddled."""
    if vendor == "sqlite":
        return _sqlite_trigger(trigger)
    return _postgresql_trigger(trigger) + _postgresql_body(trigger) + search_path


def search_path(connection: BaseDatabaseWrapper) -> str:
    """For PostgreSQL: the tables of the trail are those of the schema where they were made, never a temporary
    table that somebody has put before them under the same name. SQLite needs nothing."""
    if connection.vendor == "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
    return f"search_path={schema}, pg_temp"


def _sqlite_trigger(trigger: Trigger) -> str:
    refuse = f"SELECT RAISE(ABORT, '{trigger.message}') WHERE {trigger.refuse_when.format(differs='IS NOT')};"
    then = "".join(f" {statement};" for statement in trigger.then)
    return (
        f"CREATE TRIGGER {trigger.name} {trigger.moment} ON {trigger.table} FOR EACH ROW"
        f" BEGIN {refuse}{then} END"
    )


def _postgresql_body(trigger: Trigger) -> str:
    """A refusal is an integrity error, as on SQLite."""
    condition = trigger.refuse_when.format(differs="IS DISTINCT FROM")
    then = "".join(f" {statement};" for statement in trigger.then)
    result = "OLD" if trigger.moment.endswith("DELETE") else "NEW"
    return (
        f" BEGIN IF {condition} THEN RAISE EXCEPTION '{trigger.message}' USING ERRCODE = '23000'; END IF;"
        f"{then} RETURN {'NULL' if _of_statement(trigger) else result}; END "
    )


def _postgresql_trigger(trigger: Trigger) -> str:
    each = "STATEMENT" if _of_statement(trigger) else "ROW"
    return (
        f"CREATE TRIGGER {trigger.name} {trigger.moment} ON {trigger.table} FOR EACH {each}"
        f" EXECUTE FUNCTION {trigger.name}()"
    )


def _of_statement(trigger: Trigger) -> bool:
    return trigger.moment.endswith("TRUNCATE")
