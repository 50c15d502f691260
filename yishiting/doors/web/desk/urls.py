"""Addresses of this room, one list for each noun."""

from django.urls import URLPattern

from yishiting.doors.web.desk import ballots, imports, notices, sessions, slips, solicitation_report, suggestions

urlpatterns: list[URLPattern] = [
    *ballots.urlpatterns,
    *imports.urlpatterns,
    *notices.urlpatterns,
    *sessions.urlpatterns,
    *slips.urlpatterns,
    *solicitation_report.urlpatterns,
    *suggestions.urlpatterns,
]
