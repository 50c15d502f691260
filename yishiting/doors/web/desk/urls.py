"""Addresses of this room, one list for each noun."""

from django.urls import URLPattern

from yishiting.doors.web.desk import (
    ballots,
    home,
    imports,
    notices,
    projects,
    reviews,
    sessions,
    slips,
    solicitation_report,
    suggestions,
)

urlpatterns: list[URLPattern] = [
    *ballots.urlpatterns,
    *home.urlpatterns,
    *imports.urlpatterns,
    *notices.urlpatterns,
    *projects.urlpatterns,
    *reviews.urlpatterns,
    *sessions.urlpatterns,
    *slips.urlpatterns,
    *solicitation_report.urlpatterns,
    *suggestions.urlpatterns,
]
