"""Two texts told as one, word by word."""

from __future__ import annotations

from accreditation_engine.portal.dossier.since_last import MOST_WORDS, compared


def test_both_texts_are_read_from_the_pieces() -> None:
    then, now = "يجتمع المجلس كل شهر ويوثق محاضره", "يجتمع المجلس كل شهرين، ويوثق محاضره وينشرها"
    pieces = compared(then, now)
    assert "".join(each["text"] for each in pieces if each["kind"] != "new") == then
    assert "".join(each["text"] for each in pieces if each["kind"] != "gone") == now
    assert {"kind": "gone", "text": "شهر"} in pieces


def test_texts_that_are_too_long_are_not_told_word_by_word() -> None:
    assert compared("word " * MOST_WORDS, "other " * MOST_WORDS) == []
