"""Triggers as SQLite and PostgreSQL write them."""

from __future__ import annotations

from .triggers import Trigger

INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}


def create(trigger: Trigger, vendor: str) -> list[str]:
    """The statements that make `trigger`, in place of an older one of its name."""
    if trigger.only not in ("", vendor):
        return []
    return _create_sqlite(trigger) if vendor == "sqlite" else _create_postgresql(trigger)


def drop(trigger: Trigger, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {trigger.name}"]
    return [f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}"]


def _create_sqlite(trigger: Trigger) -> list[str]:
    refuse = f"SELECT RAISE(ABORT, '{trigger.message}') WHERE {trigger.refuse_when.format(differs='IS NOT')};"
    then = "".join(f" {statement};" for statement in trigger.then)
    return [
        *drop(trigger, "sqlite"),
        f"CREATE TRIGGER {trigger.name} {trigger.moment} ON {trigger.table} FOR EACH ROW"
        f" BEGIN {refuse}{then} END",
    ]


def _create_postgresql(trigger: Trigger) -> list[str]:
    """PostgreSQL wants a function behind each trigger. A refusal is an integrity error, as on SQLite."""
    each = "STATEMENT" if trigger.moment.endswith("TRUNCATE") else "ROW"
    condition = trigger.refuse_when.format(differs="IS DISTINCT FROM")
    then = "".join(f" {statement};" for statement in trigger.then)
    result = "OLD" if trigger.moment.endswith("DELETE") else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {condition} THEN RAISE EXCEPTION '{trigger.message}' USING ERRCODE = '23000'; END IF;"
        f"{then} RETURN {'NULL' if each == 'STATEMENT' else result}; END $$",
        *drop(trigger, "postgresql"),
        f"CREATE TRIGGER {trigger.name} {trigger.moment} ON {trigger.table} FOR EACH {each}"
        f" EXECUTE FUNCTION {trigger.name}()",
    ]
