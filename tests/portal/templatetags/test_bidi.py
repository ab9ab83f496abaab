from __future__ import annotations

from accreditation_engine.portal.templatetags.bidi import bdi, code, digest


def test_bdi_escapes_when_a_name_holds_markup() -> None:
    assert bdi("<b>نور</b>") == "<bdi>&lt;b&gt;نور&lt;/b&gt;</bdi>"


def test_bdi_is_empty_when_there_is_nothing_to_isolate() -> None:
    assert bdi(None) == bdi("") == ""


def test_bdi_keeps_zero_when_the_value_is_a_number() -> None:
    assert bdi(0) == "<bdi>0</bdi>"


def test_code_runs_left_to_right_when_shown_in_arabic() -> None:
    assert code("AE-2026-0142") == '<bdi class="code" dir="ltr">AE-2026-0142</bdi>'


def test_code_reads_in_the_direction_of_its_own_words_when_people_wrote_it() -> None:
    assert code("1452 لسنة 2009") == '<bdi class="code" dir="auto">1452 لسنة 2009</bdi>'


def test_digest_keeps_the_whole_hash_when_it_is_shortened() -> None:
    shown = digest("a" * 60 + "beef")
    assert f'title="{"a" * 60}beef"' in shown
    assert ">aaaaaaaa…beef<" in shown


def test_digest_is_not_shortened_when_it_is_short() -> None:
    assert ">abc123<" in digest("abc123")
