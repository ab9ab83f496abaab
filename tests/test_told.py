"""What went wrong, in the language of whoever reads it."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import override

from accreditation_engine.key_files import holds_no_key
from accreditation_engine.told import in_each_language, in_this_language


def test_what_went_wrong_is_said_in_the_language_that_is_active_when_it_is_read() -> None:
    with override("ar"):
        error = holds_no_key(Path("/keys/paper.pem"))
    with override("en"):
        assert str(error) == "/keys/paper.pem holds no key; put it back from the backup"
    with override("ar"):
        assert str(error).startswith("لا مفتاح في الملف")


def test_a_line_for_each_language_is_kept_and_one_is_read() -> None:
    kept = in_each_language(holds_no_key(Path("/keys/paper.pem")))
    assert len(kept.splitlines()) == 2
    with override("en"):
        assert in_this_language(kept).startswith("/keys/paper.pem holds no key")
    with override("ar"):
        assert in_this_language(kept).startswith("لا مفتاح")


def test_what_was_not_made_to_be_read_is_called_by_its_name_once() -> None:
    kept = in_each_language(ValueError("the disk\nis full"))
    assert kept == in_this_language(kept) == "ValueError: the disk is full"
