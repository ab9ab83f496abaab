"""Registering an organisation, and who acts for it."""

from __future__ import annotations

from django.urls import path

from accreditation_engine.portal.webhooks import views as webhooks

from . import joining, views

urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("new/", views.found, name="found_organisation"),
    path("join/<str:token>/", joining.join_organisation, name="join_organisation"),
    path("<uuid:pk>/people/", views.colleagues, name="colleagues"),
    path("<uuid:pk>/webhooks/", webhooks.webhooks, name="organisation_webhooks"),
    path("<uuid:pk>/webhooks/<uuid:webhook_pk>/", webhooks.webhook, name="organisation_webhook"),
]
