"""What search engines ask a site for at fixed addresses."""

from __future__ import annotations

from django.urls import path

from . import robot_views

urlpatterns = [
    path("robots.txt", robot_views.robots, name="robots"),
    path("sitemap.xml", robot_views.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", robot_views.sitemap_part, name="sitemap_part"),
]
