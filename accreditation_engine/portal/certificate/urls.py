"""The address of a certificate in its file."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("<uuid:certificate_pk>/", views.certificate, name="certificate")]
