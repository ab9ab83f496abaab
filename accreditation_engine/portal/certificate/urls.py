"""The addresses of a certificate in its file, and of what keeps it alive."""

from __future__ import annotations

from django.urls import path

from accreditation_engine.portal.upkeep import views as upkeep_views

from . import renewal_views, views

urlpatterns = [
    path("<uuid:certificate_pk>/", views.certificate, name="certificate"),
    path("<uuid:certificate_pk>/renew/", renewal_views.renew_certificate, name="renew_certificate"),
    path("<uuid:certificate_pk>/upkeep/", upkeep_views.new_upkeep, name="new_upkeep"),
    path("<uuid:certificate_pk>/upkeep/<uuid:upkeep_pk>/", upkeep_views.upkeep, name="upkeep"),
]
