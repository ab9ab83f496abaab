"""Messages whose subject, in any language, begins right behind its name."""

from __future__ import annotations

from email.header import Header
from email.message import Message
from typing import Any

from django.core.mail import EmailMultiAlternatives


class MailMessage(EmailMultiAlternatives):
    """Django folds the encoded subject without counting its name: a long Arabic one begins on a line of its own,
    and mail programs show a blank before it."""

    def message(self, **options: Any) -> Any:
        made = super().message(**options)
        if not self.subject.isascii():
            del made["Subject"]
            subject = Header(" ".join(self.subject.split()), "utf-8", header_name="Subject")
            Message.__setitem__(made, "Subject", subject)
        return made
