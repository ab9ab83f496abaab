"""manage.py draw_sample: a draw from a list of names, the same for everybody who has the seed."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accreditation_engine.scoring.sampling import Choice, draw

SITES = [f"فرع {number}" for number in range(1, 24)]
WANTED = ["--audit", "surveillance", "--seed", "2026-11"]


@pytest.fixture
def names(tmp_path: Path) -> str:
    file = tmp_path / "names.txt"
    file.write_text("\ufeff" + "\r\n".join(SITES) + "\r\n\r\n", encoding="utf-8")
    return str(file)


def run(*words: str) -> str:
    out = StringIO()
    call_command("draw_sample", *words, stdout=out)
    return out.getvalue()


def plain(words: str) -> list[str]:
    return words.replace("\u2068", "").replace("\u2069", "").splitlines()


def test_draw_is_the_one_that_the_seed_gives(names: str) -> None:
    found = json.loads(run(names, *WANTED, "--format", "json"))
    assert found == draw(SITES, audit="surveillance", seed="2026-11").as_json()
    assert len(found["drawn"]) == 3


def test_choices_are_told_with_who_and_why(names: str) -> None:
    words = run(names, *WANTED, "--choose", "فرع 7=شكاوى = كثيرة", "--by", "كريم")
    sample = draw(
        SITES, audit="surveillance", seed="2026-11", chosen=[Choice("فرع 7", "كريم", "شكاوى = كثيرة")]
    )
    assert plain(words) == [
        "3 of 23, surveillance, seed 2026-11",
        "chosen  فرع 7: شكاوى = كثيرة (كريم)",
        *(f"drawn   {unit}" for unit in sample.drawn),
    ]


def test_it_speaks_arabic_when_asked_to(names: str) -> None:
    arabic = ["--language", "ar"]
    words = run(names, *WANTED, *arabic, "--choose", "فرع ٧=شكاوى", "--by", "Karim")
    first, chosen, *drawn = plain(words)
    assert first == "3 من 23، المتابعة الدورية، بذرة القرعة 2026-11"
    assert chosen == "مختار   فرع 7: شكاوى (Karim)"
    assert [each.split()[0] for each in drawn] == ["مسحوب", "مسحوب"]
    assert "\u20682026-11\u2069" in words
    for more, said in (
        (["--choose", "mars=far", "--by", "x"], "ليس من الوحدات المتاحة"),
        (["--choose", "فرع 7"], "اكتب اسما ثم = ثم السبب"),
        (["--choose", "فرع 7=far"], "--by"),
        (["--choose", "فرع 7=far", "--by", "\u200b"], "اذكر من اختار"),
    ):
        with pytest.raises(CommandError, match=said):
            run(names, *WANTED, *arabic, *more)
    with pytest.raises(CommandError, match="تعذرت القراءة"):
        run("nowhere.txt", *WANTED, *arabic)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--choose", "فرع ٧=\u200b", "--by", "x"], "give a name, = and the reason"),
        (["--choose", "فرع 7=" + "x" * 20_001, "--by", "x"], "has 20001 characters; at most 20000"),
        (["--choose", "mars=far", "--by", "x"], "'mars' is not among the units"),
        (["--choose", "فرع 7", "--by", "x"], "give a name, = and the reason"),
        (["--choose", "فرع 7=far"], "--by: say who chose"),
        (["--seed", " "], "needs a seed"),
    ],
)
def test_what_cannot_be_drawn_is_named(names: str, more: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run(names, *WANTED, *more)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\n \n", "holds no name"),
        (b"a\n\xe2\x80\x8fa\n", "'a' stands twice"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"a\n" * 5_000_001, "more than 10000000 bytes"),
    ],
)
def test_file_that_holds_no_list_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "names.txt"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        run(str(file), *WANTED)


def test_file_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run("nowhere.txt", *WANTED)
