"""The auditor's desk."""

from __future__ import annotations

from django.urls import path

from . import bundle_views, event_views, export_views, looks_views, sample_views, search_views
from .patterns.views import worth_a_look
from .verifying import views as verifying

urlpatterns = [
    path("", search_views.search, name="audit"),
    path("events/<uuid:stream>/<int:seq>/", event_views.event, name="audit_event"),
    path("compare/", event_views.comparison, name="audit_comparison"),
    path("export/<str:kind>/", export_views.export, name="audit_export"),
    path("files/<uuid:pk>/bundle/", bundle_views.bundle, name="audit_bundle"),
    path("looks/", looks_views.looks, name="audit_looks"),
    path("patterns/", worth_a_look, name="audit_patterns"),
    path("verification/", verifying.verifications, name="audit_verification"),
    path("verification/<int:run>/", verifying.verification_run, name="audit_verification_run"),
    path("samples/", sample_views.samples, name="audit_samples"),
    path("samples/<int:seq>/", sample_views.sample, name="audit_sample"),
    path("samples/<int:seq>/bundle/", bundle_views.bundle_of_sample, name="audit_sample_bundle"),
]
