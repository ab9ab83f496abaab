"""The papers that are being made."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("", views.papers, name="papers")]
