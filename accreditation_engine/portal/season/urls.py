"""The season, on one page. The lists behind its numbers are narrowed lists of files."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("", views.season, name="season")]
