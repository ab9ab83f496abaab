"""The addresses of the pages, audience by audience."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from .public.for_programs import did

HERE = "accreditation_engine.portal"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{HERE}.home.urls")),
    path("", include(f"{HERE}.account.urls")),
    path("organisations/", include(f"{HERE}.colleagues.urls")),
    path("about/", include(f"{HERE}.public.about_urls")),
    path(".well-known/did.json", did, name="did"),
    path("register/", include(f"{HERE}.complaints.public_urls")),
    path("register/", include(f"{HERE}.public.urls")),
    path("", include(f"{HERE}.public.robot_urls")),
    path("organisations/<uuid:pk>/profile/", include(f"{HERE}.profile.urls")),
    path("trail/", include(f"{HERE}.trail.urls")),
    path("calendar/", include(f"{HERE}.calendar.urls")),
    path("letters/", include(f"{HERE}.letters.urls")),
    path("erasure/", include(f"{HERE}.erasure.urls")),
    path("schemes/", include(f"{HERE}.methodologist.urls")),
    path("administration/", include(f"{HERE}.administration.urls")),
    path("news/", include(f"{HERE}.news.urls")),
    path("papers/", include(f"{HERE}.papers.urls")),
    path("upkeep/", include(f"{HERE}.upkeep.urls")),
    path("season/", include(f"{HERE}.season.urls")),
    path("together/", include(f"{HERE}.together.views")),
    path("concerns/", include(f"{HERE}.complaints.list_urls")),
    path("sittings/", include(f"{HERE}.sittings.urls")),
    path("interests/", include(f"{HERE}.interests.own_views")),
    path("queue/", include(f"{HERE}.queue.urls")),
    path("reviewers/", include(f"{HERE}.allocation.urls")),
    path("files/<uuid:pk>/", include(f"{HERE}.dossier.urls")),
    path("files/<uuid:pk>/interests/", include(f"{HERE}.interests.urls")),
    path("files/<uuid:pk>/questions/", include(f"{HERE}.questions.urls")),
    path("files/<uuid:pk>/report/", include(f"{HERE}.report.urls")),
    path("files/<uuid:pk>/certificates/", include(f"{HERE}.certificate.urls")),
    path("files/<uuid:pk>/concerns/", include(f"{HERE}.complaints.urls")),
    path("files/<uuid:pk>/self-assessment/", include(f"{HERE}.ngo.urls")),
    path("files/<uuid:pk>/arriving/", include(f"{HERE}.sending.urls")),
    path("files/<uuid:pk>/visits/", include(f"{HERE}.visits.urls")),
    path("files/<uuid:pk>/review/", include(f"{HERE}.reviewer.urls")),
    path("files/<uuid:pk>/panel/", include(f"{HERE}.panel.urls")),
    path("files/<uuid:pk>/trail/", include(f"{HERE}.auditor.urls")),
    path("files/<uuid:pk>/road/", include(f"{HERE}.auditor.road.urls")),
    path("files/<uuid:pk>/as-of/", include(f"{HERE}.auditor.as_of_urls")),
    path("audit/", include(f"{HERE}.auditor.desk_urls")),
]
