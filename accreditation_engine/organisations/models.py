"""People, organisations, and who plays which part."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation_engine.engine.recording import record
from accreditation_engine.trail.content import SYSTEM, Actor
from accreditation_engine.trail.names import remember
from accreditation_engine.trail.salted import new_salt, salted_digest

from .documents.models import DocumentFile  # noqa: F401 - for Django to find
from .letters.models import CalendarAddress, Letter, Mail, ReminderMade  # noqa: F401 - for Django to find
from .sectors import Sector, Written
from .tokens.models import ApiToken  # noqa: F401 - likewise


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new account. Without a password nobody can sign in to it."""
        return self.open_account(self.model(email=email, **fields), password)

    def open_account(self, user: User, password: str | None) -> User:
        """Save `user`, who is new. An event keeps the digest of the address, by which people sign in, so that
        nobody takes an account over by changing it in silence."""
        user.email, user.email_salt = self.normalize_email(user.email).lower(), new_salt()
        user.set_password(password)
        with transaction.atomic():
            user.save()
            digest = salted_digest(user.email_salt, user.email)
            record(user.pk, "account_opened", SYSTEM, data={"email_digest": digest})
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class Digest(models.TextChoices):
    """How often somebody wants mail; whatever would come too late that way comes at once."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")


class User(AbstractBaseUser):
    """A person, known by e-mail address. What a person did stays in the trail when the account goes.

    `employer` is where the person works beside, as they say it, and `employer_folded` the same as it is compared.
    `email_salt` belongs to the digest of the address that events keep; it is "" for accounts of before, and where
    the address was erased.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    email_salt = models.CharField(max_length=32, default="", db_default="", editable=False)
    name = models.CharField(_("name"), max_length=200)
    name_digest = models.CharField(max_length=64, editable=False)
    language = models.CharField(_("language"), max_length=2, default="ar")
    employer = models.CharField(_("employer"), max_length=200, blank=True, default="")
    employer_folded = models.CharField(max_length=200, blank=True, default="", db_index=True, editable=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    digest = models.CharField(
        _("mail"), max_length=10, choices=Digest.choices, default=Digest.AT_ONCE, db_default=Digest.AT_ONCE
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name or str(_("a name that was erased by law"))

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Keep a new or changed name for the events that will mention it."""
        if not self._renamed(update_fields):
            super().save(update_fields=update_fields, **kwargs)
            return
        fields = None if update_fields is None else {*update_fields, "name_digest"}
        with transaction.atomic():
            self.name_digest = remember(self.id, self.name)
            super().save(update_fields=fields, **kwargs)
        self._remembered = self.name

    def _renamed(self, update_fields: Iterable[str] | None) -> bool:
        """Whether the name is about to be written, and is not the one that is remembered."""
        written = "name" not in self.get_deferred_fields() and (
            update_fields is None or "name" in update_fields
        )
        return written and self.name != self._remembered

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **kwargs: Any) -> User:
        user = super().from_db(db, field_names, values, **kwargs)
        if "name" in field_names:
            user._remembered = user.name
        return user

    _remembered: str | None = None

    @property
    def acting(self) -> Actor:
        return Actor(self.id, self.name_digest)

    def named_as(self, part: str) -> dict[str, str]:
        """How the data of an event speaks of the person: under `part`, with the digest of the name borne then."""
        return {part: str(self.id), "name_digest": self.name_digest}


class Organisation(models.Model):
    """A non-governmental organisation, in both languages. What it works on and the language in which it writes are
    codes, "" where nobody has said; so is a governorate of Egypt, of other countries it is what was typed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name_ar = models.CharField(_("name in Arabic"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    registration_number = models.CharField(_("registration number"), max_length=40, unique=True)
    country = models.CharField(_("country"), max_length=2, default="EG")
    governorate = models.CharField(_("governorate"), max_length=60, blank=True)
    sector = models.CharField(
        _("field of work"), max_length=20, blank=True, choices=Sector.choices, default="", db_default=""
    )
    language = models.CharField(
        _("language of its files"),
        max_length=2,
        blank=True,
        choices=Written.choices,
        default="",
        db_default="",
    )
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name_ar", "pk"]

    def __str__(self) -> str:
        return self.name_ar

    def name_in(self, language: str) -> str:
        return self.name_en if language.startswith("en") else self.name_ar


class Standing(models.TextChoices):
    """What somebody of an organisation may do: readers see its files, members work on them, owners bind it as well
    and say who else does what."""

    OWNER = "owner", _("owner")
    EDITOR = "editor", _("member")
    READER = "reader", _("reader")


class Membership(models.Model):
    """A person who acts or reads for an organisation, until the membership ends. Those of before are owners."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    since = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    standing = models.CharField(
        max_length=10, choices=Standing.choices, default=Standing.OWNER, db_default=Standing.OWNER
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(ended_at=None), name="one_membership_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.organisation_id}"


class Invitation(models.Model):
    """Somebody, known by an address alone, may act for an organisation once they accept. The address and its salt
    are kept while it is open only."""

    class State(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(blank=True)
    email_salt = models.CharField(max_length=32, blank=True)
    standing = models.CharField(max_length=10, choices=Standing.choices)
    language = models.CharField(max_length=2, default="ar")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "state"], name="invitation_open")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.state}"

    @property
    def holds(self) -> bool:
        return self.state == self.State.OPEN and self.expires_at > timezone.now()


class RoleGrant(models.Model):
    """A role given to a person for one scheme, or for all when `scheme` is empty. It holds from `since` to
    `until`, which is in the future or open."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=40)
    scheme = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "role"], name="rolegrant_user_role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="grant_ends_after"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.scheme}"

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.until is not None and self.until <= timezone.now()


class Engagement(models.Model):
    """A coach's work with an organisation. It bars the coach from judging that organisation for two years."""

    coach = models.ForeignKey(User, on_delete=models.CASCADE, related_name="engagements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="engagements")
    began_on = models.DateField()
    ended_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.coach_id} {self.organisation_id}"
