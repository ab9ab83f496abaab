"""What organisations work on, and in which language they write: short closed lists, stored as codes.

The sectors are the twelve groups of the International Classification of Nonprofit Organizations (Salamon and
Anheier, 1992), which statistics offices use for associations.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    CULTURE = "culture", _("Culture and recreation")
    EDUCATION = "education", _("Education and research")
    HEALTH = "health", _("Health")
    SOCIAL = "social", _("Social services")
    ENVIRONMENT = "environment", _("Environment")
    DEVELOPMENT = "development", _("Development and housing")
    ADVOCACY = "advocacy", _("Law, advocacy and politics")
    PHILANTHROPY = "philanthropy", _("Grant-making and voluntarism")
    INTERNATIONAL = "international", _("International work")
    RELIGION = "religion", _("Religion")
    PROFESSIONS = "professions", _("Business and professional associations, unions")
    OTHER = "other", _("Other work")


class Written(models.TextChoices):
    """Languages in which a file may be written, and reviewers may read."""

    ARABIC = "ar", _("Arabic")
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
