"""The addresses of a certificate in its file, and of what keeps it alive."""

from __future__ import annotations

from django.urls import path

from accreditation_engine.portal.scope_change import views as scope_views
from accreditation_engine.portal.upkeep import file_views
from accreditation_engine.portal.upkeep import views as upkeep_views

from . import renewal_views, views

UPKEEP = "<uuid:certificate_pk>/upkeep/<uuid:upkeep_pk>/"

urlpatterns = [
    path("<uuid:certificate_pk>/", views.certificate, name="certificate"),
    path("<uuid:certificate_pk>/renew/", renewal_views.renew_certificate, name="renew_certificate"),
    path("<uuid:certificate_pk>/upkeep/", upkeep_views.new_upkeep, name="new_upkeep"),
    path(UPKEEP, upkeep_views.upkeep, name="upkeep"),
    path(f"{UPKEEP}files/", file_views.upkeep_files, name="upkeep_files"),
    path(f"{UPKEEP}files/<uuid:file_pk>/", file_views.upkeep_file, name="upkeep_file"),
    path(f"{UPKEEP}files/<uuid:file_pk>/look/", file_views.upkeep_file_preview, name="upkeep_file_preview"),
    path(
        f"{UPKEEP}files/<uuid:file_pk>/pages/<int:page>/",
        file_views.upkeep_file_page,
        name="upkeep_file_page",
    ),
    path("<uuid:certificate_pk>/scope/", scope_views.new_scope_change, name="new_scope_change"),
    path("<uuid:certificate_pk>/scope/<uuid:change_pk>/", scope_views.scope_change, name="scope_change"),
]
