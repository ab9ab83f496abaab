"""A file as it stood at a moment."""

from __future__ import annotations

from django.urls import path

from . import as_of_views

urlpatterns = [path("", as_of_views.as_of, name="as_of")]
