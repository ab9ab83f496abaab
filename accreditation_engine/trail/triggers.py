"""The rules that the database keeps by itself, written once for both databases.

A rule refuses a row when `refuse_when` holds, and then does `then`. Both are SQL over OLD and NEW that SQLite
and PostgreSQL read alike; `{differs}` stands for their different words for "is not the same, null or not".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

Keys = Sequence[tuple[str, ...]]
"""The columns of each unique key of a table."""


@dataclass(frozen=True)
class Trigger:
    name: str
    table: str
    moment: str
    message: str
    refuse_when: str = "1 = 1"
    then: tuple[str, ...] = ()
    only: str = ""


def never(table: str, *operations: str, message: str) -> list[Trigger]:
    """Refuse `operations` ("UPDATE", "DELETE", "TRUNCATE") on every row of `table`."""
    return [
        Trigger(
            name=f"{table}_no_{operation.lower()}",
            table=table,
            moment=f"BEFORE {operation}",
            message=message,
            only="postgresql" if operation == "TRUNCATE" else "",
        )
        for operation in operations
    ]


def not_replaced(table: str, keys: Keys) -> Trigger:
    """SQLite's REPLACE removes the row in its way without asking any DELETE trigger; refuse that way round."""
    same = " OR ".join(f"({_same(key)})" for key in (*keys, ("rowid",)))
    return Trigger(
        name=f"{table}_no_replace",
        table=table,
        moment="BEFORE INSERT",
        message=f"{table}: a row with this key is there already and cannot be replaced",
        refuse_when=f"EXISTS (SELECT 1 FROM {table} WHERE {same})",
        only="sqlite",
    )


def not_pushed_out(table: str, keys: Keys) -> Trigger:
    """The same for UPDATE OR REPLACE, which removes whichever row has the key that a row is given."""
    taken = " OR ".join(
        f"(NOT ({_same(key, 'OLD')}) AND EXISTS (SELECT 1 FROM {table} WHERE {_same(key)}))" for key in keys
    )
    return Trigger(
        name=f"{table}_no_push_out",
        table=table,
        moment="BEFORE UPDATE",
        message=f"{table}: another row has this key and cannot be replaced",
        refuse_when=f"NEW.rowid <> OLD.rowid OR {taken}",
        only="sqlite",
    )


def _same(key: tuple[str, ...], row: str = "") -> str:
    """The row before a trigger has this key of `row`, of the table's own rows when none is named."""
    whose = f"{row}." if row else ""
    return " AND ".join(f"{whose}{column} = NEW.{column}" for column in key)


def append_only(table: str, keys: Keys) -> list[Trigger]:
    message = f"{table} is append-only: rows are added, never changed or removed"
    return [*never(table, "UPDATE", "DELETE", "TRUNCATE", message=message), not_replaced(table, keys)]


def kept(table: str, keys: Keys, *, message: str) -> list[Trigger]:
    """Rows stay, whatever may be changed in them."""
    return [
        *never(table, "DELETE", "TRUNCATE", message=message),
        not_replaced(table, keys),
        not_pushed_out(table, keys),
    ]


def _differ(columns: Iterable[str]) -> str:
    """Whether any of `columns` is given another value."""
    return " OR ".join(f"OLD.{each} {{differs}} NEW.{each}" for each in columns)


def erasable(
    table: str, keys: Keys, *, column: str, fixed: tuple[str, ...], explained: Callable[[str], str]
) -> list[Trigger]:
    """As append-only, but `column` may be set to null together with its salt, which is emptied, behind an event
    that says so: `explained(vendor)` is SQL over NEW. With the salt somebody could guess at what was erased, and
    know when they are right."""
    moved = _differ(fixed)
    message = f"{table} is append-only: text can be erased (set to null, its salt emptied), nothing else"
    unexplained = f"{table}: no event in the trail says that this was erased; use manage.py erase"
    return [
        Trigger(
            name=f"{table}_no_update",
            table=table,
            moment="BEFORE UPDATE",
            message=message,
            refuse_when=f"NEW.{column} IS NOT NULL OR length(NEW.salt) <> 0 OR {moved}",
        ),
        *(
            Trigger(
                name=f"{table}_explained_{vendor}",
                table=table,
                moment="BEFORE UPDATE",
                message=unexplained,
                refuse_when=f"NEW.{column} IS NULL AND OLD.{column} IS NOT NULL AND NOT ({explained(vendor)})",
                only=vendor,
            )
            for vendor in ("sqlite", "postgresql")
        ),
        *kept(table, keys, message=message),
    ]


def said_erased(events: str, stream: str, data: str, vendor: str) -> str:
    """SQL: an event of kind `erased` in the stream `stream` whose data are `data`, both SQL over NEW.

    In canonical bytes an unescaped quotation mark opens or closes a word of the event itself, so nothing but data
    looks like data.
    """
    needle = f"'\"data\":' || {data}"
    found = {
        "sqlite": f"instr(e.body, CAST({needle} AS blob)) > 0",
        "postgresql": f"position(convert_to({needle}, 'UTF8') IN e.body) > 0",
    }[vendor]
    return f"EXISTS (SELECT 1 FROM {events} e WHERE e.stream = {stream} AND e.kind = 'erased' AND {found})"


def folded(texts: str, events: str, copies: str, folding: Callable[[str, str], str]) -> list[Trigger]:
    """A comment has a folded copy, by the row of its event; erased, it has none. Refuses nothing."""
    event = f"SELECT e.id FROM {events} e WHERE e.stream = NEW.stream AND e.seq = NEW.seq"
    erased = f"DELETE FROM {copies} WHERE NEW.text IS NULL AND NEW.field = 'comment' AND event IN ({event})"
    message, never_so = f"{texts}: cannot be folded", "1 = 0"

    def copied(vendor: str) -> str:
        copy = f"SELECT e.id, {folding('NEW.text', vendor)} FROM {events} e"
        return (
            f"INSERT INTO {copies} (event, folded) {copy} WHERE e.stream = NEW.stream AND e.seq = NEW.seq"
            " AND NEW.field = 'comment' AND NEW.text IS NOT NULL"
        )

    return [
        *(
            Trigger(f"{texts}_folded_{each}", texts, "AFTER INSERT", message, never_so, (copied(each),), each)
            for each in ("sqlite", "postgresql")
        ),
        Trigger(f"{texts}_unfolded", texts, "AFTER UPDATE", message, never_so, (erased,)),
    ]


def chained(events: str, heads: str, places: str) -> list[Trigger]:
    """A new event continues its stream, moves the stream's head, and waits for its place in the tree."""
    continues = (
        f"(NEW.seq = 1 AND NEW.previous = '' AND NOT EXISTS (SELECT 1 FROM {heads} WHERE stream = NEW.stream))"
        f" OR EXISTS (SELECT 1 FROM {heads} WHERE stream = NEW.stream AND seq = NEW.seq - 1"
        " AND hash = NEW.previous)"
    )
    return [
        Trigger(
            name=f"{events}_continues",
            table=events,
            moment="AFTER INSERT",
            message=f"{events}: the event does not continue its stream",
            refuse_when=f"NOT ({continues})",
            then=(
                f"UPDATE {heads} SET seq = NEW.seq, hash = NEW.hash WHERE stream = NEW.stream",
                f"INSERT INTO {heads} (stream, seq, hash) SELECT NEW.stream, 1, NEW.hash WHERE NEW.seq = 1",
                f"INSERT INTO {places} (event) VALUES (NEW.id)",
            ),
        )
    ]


def head(heads: str, keys: Keys, events: str) -> list[Trigger]:
    """A head stands where an event stands, and moves on by one event at a time."""
    there = f"EXISTS (SELECT 1 FROM {events} WHERE stream = NEW.stream AND seq = NEW.seq AND hash = NEW.hash)"
    message = f"{heads}: a head only follows the events of its stream"
    step = "NEW.stream = OLD.stream AND NEW.seq = OLD.seq + 1"
    return [
        Trigger(f"{heads}_opens", heads, "BEFORE INSERT", message, f"NOT (NEW.seq = 1 AND {there})"),
        Trigger(f"{heads}_follows", heads, "BEFORE UPDATE", message, f"NOT ({step} AND {there})"),
        *kept(heads, keys, message=message),
    ]


def placed(places: str, keys: Keys) -> list[Trigger]:
    """An event is given its place in the tree once."""
    message = f"{places}: an event is given its place in the tree once"
    moved = "OLD.position IS NOT NULL OR NEW.position IS NULL OR NEW.event <> OLD.event"
    return [
        Trigger(f"{places}_once", places, "BEFORE UPDATE", message, moved),
        *kept(places, keys, message=message),
    ]


def growing(tiles: str, keys: Keys, *, only: str) -> list[Trigger]:
    """Hashes are put behind those that are there, which stay. Holds for the tree `only`."""
    message = f"{tiles}: what the tree holds stays as it is"
    moved = (
        f"OLD.tree = '{only}' AND (NEW.tree <> OLD.tree OR NEW.level <> OLD.level OR NEW.number <> OLD.number"
        " OR substr(NEW.hashes, 1, length(OLD.hashes)) <> OLD.hashes)"
    )
    return [
        Trigger(f"{tiles}_grow", tiles, "BEFORE UPDATE", message, moved),
        *kept(tiles, keys, message=message),
    ]


def retirable(table: str, keys: Keys, *, column: str, fixed: tuple[str, ...]) -> list[Trigger]:
    """As append-only, but `column` may be set once."""
    moved = _differ(fixed)
    message = f"{table} is append-only: {column} can be set once, nothing else"
    condition = f"OLD.{column} IS NOT NULL OR {moved}"
    return [
        Trigger(f"{table}_no_update", table, "BEFORE UPDATE", message, condition),
        *kept(table, keys, message=message),
    ]


def advancing(table: str, keys: Keys, *, column: str, fixed: tuple[str, ...]) -> list[Trigger]:
    """`column` only grows, and what is `fixed` stays."""
    moved = _differ(fixed)
    message = f"{table}: {column} only grows"
    condition = f"NEW.{column} < OLD.{column} OR {moved}"
    return [
        Trigger(f"{table}_advance", table, "BEFORE UPDATE", message, condition),
        *kept(table, keys, message=message),
    ]


STATE_COLUMNS = ("id", "edition_id", "state", "state_seq", "entered_seq", "entered_at", "deadline_at")


def unchanging(table: str, columns: tuple[str, ...]) -> Trigger:
    """What a row says in `columns` when it is made, it says for ever."""
    moved = _differ(columns)
    message = f"{table}: {', '.join(columns)} stand as they were opened"
    return Trigger(f"{table}_unchanging", table, "BEFORE UPDATE", message, moved)


def subject(table: str, keys: Keys, *, events: str, fixed: tuple[str, ...]) -> list[Trigger]:
    """A subject's state stands as the last event that speaks of a state says, what is `fixed` as it was opened,
    and a subject stays."""
    moved = _differ(STATE_COLUMNS)
    explains = (
        "e.stream = NEW.id AND e.seq = NEW.state_seq AND e.target = NEW.state AND e.edition = NEW.edition_id"
    )
    later = f"EXISTS (SELECT 1 FROM {events} l WHERE l.stream = NEW.id AND l.seq > e.seq AND l.target <> '')"
    moved_on = (
        f"NEW.id = OLD.id AND NEW.state_seq > OLD.state_seq AND EXISTS (SELECT 1 FROM {events} e"
        f" WHERE {explains} AND e.source = OLD.state AND NOT {later})"
    )
    opened = f"EXISTS (SELECT 1 FROM {events} e WHERE {explains} AND e.source = '' AND NOT {later})"
    message = f"{table}: no event in the trail explains this state; use engine.perform"
    return [
        Trigger(f"{table}_opened", table, "BEFORE INSERT", message, f"NOT ({opened})"),
        Trigger(f"{table}_explained", table, "BEFORE UPDATE", message, f"({moved}) AND NOT ({moved_on})"),
        unchanging(table, fixed),
        *kept(table, keys, message=f"{table}: what the trail speaks of is never deleted"),
    ]


def told(
    table: str, columns: Mapping[str, str], *, events: str, kind: str, as_json: Collection[str] = ()
) -> list[Trigger]:
    """`columns` change only into what the last event of `kind` in the row's own stream says of them: under the
    names that they are given here, which are the first of its data, in order. They are text, but those `as_json`,
    lists of objects whose names and values hold neither spaces nor what is escaped."""
    of_sqlite, of_postgresql = (
        "'\"data\":{{'" + " || ','".join(_said(each, said, as_json, vendor) for each, said in columns.items())
        for vendor in ("sqlite", "postgresql")
    )
    last = f"NOT EXISTS (SELECT 1 FROM {events} l WHERE l.stream = NEW.id AND l.kind = '{kind}' AND l.seq > e.seq)"
    found = {
        "sqlite": f"instr(e.body, CAST({of_sqlite} AS blob)) > 0",
        "postgresql": f"position(convert_to({of_postgresql}, 'UTF8') IN e.body) > 0",
    }
    of_it = f"SELECT 1 FROM {events} e WHERE e.stream = NEW.id AND e.kind = '{kind}'"
    return [
        Trigger(
            name=f"{table}_{kind}_{vendor}",
            table=table,
            moment="BEFORE UPDATE",
            message=f"{table}: no event in the trail says so: {', '.join(columns)}",
            refuse_when=f"({_differ(columns)}) AND NOT EXISTS ({of_it} AND {last} AND {each})",
            only=vendor,
        )
        for vendor, each in found.items()
    ]


def _said(column: str, said: str, as_json: Collection[str], vendor: str) -> str:
    """SQL: a column as canonical JSON has it, after its name."""
    if column not in as_json:
        return f" || '\"{said}\":\"' || {_escaped(column)} || '\"'"
    plain = f"json(NEW.{column})" if vendor == "sqlite" else f"replace(NEW.{column}::text, ' ', '')"
    return f" || '\"{said}\":' || {plain}"


def _escaped(column: str) -> str:
    """SQL: a line of text as it stands in canonical JSON."""
    return f"replace(replace(NEW.{column}, '\\', '\\\\'), '\"', '\\\"')"
