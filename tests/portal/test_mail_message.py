"""Subjects as mail programs read them."""

from __future__ import annotations

from email import message_from_bytes, policy

from accreditation_engine.portal.mail_message import MailMessage


def test_subject_begins_without_a_blank_when_it_is_long_and_arabic() -> None:
    subject = "الملف \u2068IC-2026-0001\u2069: استيضاح ينتظر ردكم على ملف الاعتماد"
    sent = MailMessage(subject, "نص", to=["somebody@tests.example"]).message().as_bytes(linesep="\r\n")
    assert message_from_bytes(sent, policy=policy.default)["subject"] == subject
