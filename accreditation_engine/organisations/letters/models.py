"""Letters, the mails they are gathered into, reminders that were made, and the addresses of calendars."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Posting(models.Model):
    """Something that a mail server is to be given, once.

    Before a server is asked, the row says `claimed`, and whoever holds it is gone after `held_until`; from the
    moment in which it may take the mail the row says `sending`. So one left `claimed` was certainly not sent, and
    one left `sending` may have been: that is told to an administrator, and nothing is sent twice.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        SENDING = "sending"
        SENT = "sent"
        UNKNOWN = "unknown"
        GIVEN_UP = "given_up"
        NOTHING_TO_SAY = "nothing_to_say"
        LEFT = "left"  # by an administrator, who decided not to send it again

    state = models.CharField(max_length=20, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    held_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        abstract = True


class Mail(Posting):
    """One mail to one person, made of all the letters that had come together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mails")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"], name="mail_due")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"


class Letter(models.Model):
    """What somebody is to be told: codes and facts, put into words when it is sent, in the words of then.

    `role` is the part in which the person is told, `dossier` the file it is about, and `stream` and `seq` the
    event that caused it (0 where none did). `due_at` is by when the person should act; `ripe_at` when it goes at
    the latest, and with it whatever else waits for the same person. `dropped_at`: the person may not read it any
    more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=40)
    role = models.CharField(max_length=40, blank=True)
    dossier = models.UUIDField(null=True)
    stream = models.UUIDField(null=True)
    seq = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict)
    urgent = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField()
    ripe_at = models.DateTimeField()
    mail = models.ForeignKey(Mail, null=True, on_delete=models.SET_NULL, related_name="letters")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["ripe_at"], condition=Q(mail=None, dropped_at=None), name="letter_waiting"),
            models.Index(fields=["person", "mail"], name="letter_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"


class ReminderMade(models.Model):
    """A reminder that was made, so that it is made once: of the subject or organisation `about`. `what` is the
    code of its kind, and `entry` the number of the event with which a state was entered, a question asked, a visit
    planned or a paper dated; of a review, that of the assignment. `rule` is the reminder's key in the
    workflow, or the code of one that needs none. `skipped`: a later one of the same was due at the same time, and
    was made in its place."""

    about = models.UUIDField()
    what = models.CharField(max_length=10)
    entry = models.PositiveBigIntegerField()
    rule = models.CharField(max_length=100)
    made_at = models.DateTimeField(default=timezone.now)
    skipped = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about", "what", "entry", "rule"], name="one_reminder_a_rule")
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.rule}"


class CalendarAddress(models.Model):
    """The secret address at which somebody's calendar program finds their dates. The address has a part that is
    not kept here: whoever reads this table cannot read a calendar."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_address", primary_key=True
    )
    nonce = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.person_id)
