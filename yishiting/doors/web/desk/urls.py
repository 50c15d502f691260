"""Addresses of this room, one list for each noun."""

from django.urls import URLPattern

from yishiting.doors.web.desk import (
    agenda,
    ballots,
    home,
    imports,
    meetings,
    minutes,
    notices,
    projects,
    proposals,
    reviews,
    sessions,
    slips,
    solicitation_report,
    suggestions,
)

urlpatterns: list[URLPattern] = [
    *agenda.urlpatterns,
    *ballots.urlpatterns,
    *home.urlpatterns,
    *imports.urlpatterns,
    *meetings.urlpatterns,
    *minutes.urlpatterns,
    *notices.urlpatterns,
    *projects.urlpatterns,
    *proposals.urlpatterns,
    *reviews.urlpatterns,
    *sessions.urlpatterns,
    *slips.urlpatterns,
    *solicitation_report.urlpatterns,
    *suggestions.urlpatterns,
]
