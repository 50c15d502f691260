"""Addresses of this room, one list for each noun."""

from django.urls import URLPattern

from yishiting.doors.web.public import follow, home, matters, notices, places, records, suggest

urlpatterns: list[URLPattern] = [
    *follow.urlpatterns,
    *home.urlpatterns,
    *matters.urlpatterns,
    *notices.urlpatterns,
    *places.urlpatterns,
    *records.urlpatterns,
    *suggest.urlpatterns,
]
