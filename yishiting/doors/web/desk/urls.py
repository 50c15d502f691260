"""Addresses of this room, one list for each noun."""

from django.urls import URLPattern

from yishiting.doors.web.desk import ballots, notices

urlpatterns: list[URLPattern] = [
    *ballots.urlpatterns,
    *notices.urlpatterns,
]
