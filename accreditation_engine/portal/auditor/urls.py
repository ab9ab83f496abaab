"""The trail of a file."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.trail, name="trail"),
    path("verification/", views.verification, name="verify_trail"),
    path("findings/<uuid:finding_pk>/", views.finding_trail, name="finding_trail"),
]
