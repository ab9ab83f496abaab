"""Calendars."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("<str:secret>.ics", views.calendar, name="calendar")]
