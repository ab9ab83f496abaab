"""Sittings of a panel."""

from __future__ import annotations

from django.urls import path

from . import minutes_views, plan_views, views

urlpatterns = [
    path("", views.sittings, name="sittings"),
    path("new/", plan_views.new_sitting, name="new_sitting"),
    path("<uuid:pk>/", views.sitting, name="sitting"),
    path("<uuid:pk>/plan/", plan_views.change, name="change_sitting"),
    path("<uuid:pk>/attendance/", views.attendance, name="attendance"),
    path("<uuid:pk>/close/", views.close, name="close_sitting"),
    path("<uuid:pk>/cancel/", views.cancel, name="cancel_sitting"),
    path("<uuid:pk>/minutes.pdf", minutes_views.minutes_pdf, name="minutes_pdf"),
    path("<uuid:pk>/minutes/<uuid:dossier_pk>/", minutes_views.write, name="write_minutes"),
]
