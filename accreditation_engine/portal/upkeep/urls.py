"""The list of all upkeep; each has its page in its file."""

from __future__ import annotations

from django.urls import path

from . import list_views

urlpatterns = [
    path("", list_views.upkeep_list, name="upkeep_list"),
    path("export.csv", list_views.upkeep_export, name="upkeep_export"),
]
