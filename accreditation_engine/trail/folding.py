"""Arabic as it is looked for: the same letters however a hand or a keyboard writes them.

The forms of alef are one letter, as are teh marbuta and heh, alef maksura and yeh; a hamza, vowel marks and the
stretching stroke are left out, Arabic-Indic digits are Western ones, and Latin capitals small letters. Python and
both databases fold alike, letter by letter.
"""

from __future__ import annotations

import unicodedata
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from django.db.models import BooleanField, CharField, Func, TextField, Value
from django.db.models.functions import Concat

ONE_LETTER = {
    **dict.fromkeys("أإآٱ", "ا"),
    "ى": "ي",
    "ئ": "ي",
    "ؤ": "و",
    "ة": "ه",
    **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
    **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)),
}
MARKS = "".join(chr(mark) for mark in range(0x064B, 0x0656))  # vowels, their doubling, marks of hamza
LEFT_OUT = f"ء\u0640{MARKS}\u0670"  # hamza on the line, the stretching stroke, and the small alef
FIRST_PARTS, LAST_PARTS = ("عبد", "ابو", "ابن"), ("الله", "الدين")
"""Of names that one hand writes as a word and another as two: عبد الله، أبو بكر، نور الدين."""
CAPITALS = dict(zip(ascii_uppercase, ascii_lowercase, strict=True))
HYPHEN = "-"
NESTED = 12

_table = str.maketrans({**ONE_LETTER, **CAPITALS, **dict.fromkeys(LEFT_OUT, "")})


def folded(text: str) -> str:
    return text.translate(_table)


def as_meant(typed: str) -> str:
    """What was typed or pasted, without marks that nobody sees, and with one kind of hyphen and blank."""
    plain = "".join(HYPHEN if unicodedata.category(each) == "Pd" else each for each in typed)
    return "".join(each for each in plain if unicodedata.category(each) != "Cf")


def spellings(word: str) -> tuple[str, ...]:
    """The ways to write a folded word of a name: as it is, and with the blank that others write in it. Where the
    blank was typed there are two words, and each is found by itself."""
    for first in FIRST_PARTS:
        if word.startswith(first) and len(word) > len(first) + 1:
            return word, f"{first} {word.removeprefix(first)}"
    for last in LAST_PARTS:
        if word.endswith(last) and len(word) > len(last) + 1:
            return word, f"{word.removesuffix(last)} {last}"
    return (word,)


def folding_sql(expression: str, vendor: str) -> str:
    """SQL for the folded form of the SQL `expression`. SQLite's lower() knows ASCII alone, as is wanted here."""
    if vendor == "postgresql":
        letters = {**ONE_LETTER, **CAPITALS}
        return f"translate({expression}, '{''.join(letters)}{LEFT_OUT}', '{''.join(letters.values())}')"
    found = f"SELECT lower({expression}) AS x"
    for some in _batches():
        nested = "x"
        for letter, written in some:
            nested = f"replace({nested}, '{letter}', '{written}')"
        found = f"SELECT {nested} AS x FROM ({found})"  # noqa: S608 - SQL of our own
    return f"({found})"


def _batches() -> list[list[tuple[str, str]]]:
    """SQLite's parser takes only so many calls within one another."""
    letters = [*ONE_LETTER.items(), *((mark, "") for mark in LEFT_OUT)]
    return [letters[start : start + NESTED] for start in range(0, len(letters), NESTED)]


class HoldsEvery(Func):
    """Whether a text column holds every one of `words` as somebody typed them, however both are spelt. The text is
    folded once for all of them: on PostgreSQL that is what takes the time."""

    function = "trail_holds_every"
    output_field = BooleanField()
    arity = 1

    def __init__(self, column: Any, *, words: str) -> None:
        super().__init__(column)
        self.words = folded(as_meant(words)).split()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        sql, parameters = compiler.compile(self.source_expressions[0])
        words = "\n".join("\t".join(spellings(each)) for each in self.words)
        return f"{self.function}({sql}, %s)", [*parameters, words]

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        sql, parameters = compiler.compile(self.source_expressions[0])
        text, ways = folding_sql(sql, connection.vendor), [spellings(each) for each in self.words]
        one_way = [_pattern(each[0], connection) for each in ways if len(each) == 1]
        several = [[_pattern(each, connection) for each in some] for some in ways if len(some) > 1]
        asked = [f"{text} LIKE ALL (%s::text[])", *[f"{text} LIKE ANY (%s::text[])"] * len(several)]
        values = [each for patterns in (one_way, *several) for each in (*parameters, patterns)]
        return f"({' AND '.join(asked)})", values


def _pattern(word: str, connection: Any) -> str:
    return f"%{connection.ops.prep_for_like_query(word)}%"


def together(*columns: str) -> Concat:
    """Several text columns as one, for words of which each may stand in another."""
    apart = [part for column in columns for part in (Value("\n"), column)]
    return Concat(*apart, output_field=TextField())


class Folded(Func):
    """A text column, folded: for comparing with what Python has folded."""

    function = "trail_folded"
    arity = 1
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        sql, parameters = compiler.compile(self.source_expressions[0])
        return folding_sql(sql, connection.vendor), parameters


def teach(*, connection: Any, **more: Any) -> None:
    """Give a new connection to SQLite the functions that `HoldsEvery` and `Folded` call there: within a larger
    question its parser has no room for the SQL that triggers use."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(HoldsEvery.function, 2, _holds_every, deterministic=True)
        connection.connection.create_function(Folded.function, 1, _folded, deterministic=True)


def _holds_every(text: str | None, words: str) -> bool | None:
    if text is None:
        return None
    found = folded(text)
    return all(any(way in found for way in word.split("\t")) for word in words.split("\n"))


def _folded(text: str | None) -> str | None:
    return None if text is None else folded(text)
