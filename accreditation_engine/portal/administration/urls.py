"""What administrators do."""

from __future__ import annotations

from django.urls import path

from . import edition_views, import_views, organisation_views, role_views, webhook_views

urlpatterns = [
    path("roles/", role_views.roles, name="roles"),
    path("roles/give/", role_views.give_role, name="give_role"),
    path("roles/<int:grant_pk>/", role_views.role, name="role"),
    path("organisations/", import_views.imports, name="imports"),
    path("organisations/all/", organisation_views.all_organisations, name="all_organisations"),
    path("organisations/all/<uuid:pk>/", organisation_views.one_organisation, name="one_organisation"),
    path("organisations/template-<slug:spoken>.<slug:kind>", import_views.template, name="import_template"),
    path("organisations/<uuid:import_pk>/", import_views.one_import, name="import"),
    path("webhooks/", webhook_views.webhooks, name="webhooks"),
    path("webhooks/<uuid:webhook_pk>/", webhook_views.webhook, name="webhook"),
    path("schemes/", edition_views.edition_schemes, name="edition_schemes"),
    path("schemes/<slug:name>/", edition_views.editions, name="editions"),
    path("schemes/<slug:name>/compare/", edition_views.compare_editions, name="compare_editions"),
    path("schemes/<slug:name>/<slug:edition_hash>/", edition_views.edition, name="edition"),
    path("schemes/<slug:name>/<slug:edition_hash>/migrate/", edition_views.migrate, name="migrate"),
]
