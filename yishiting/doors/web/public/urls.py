"""Addresses of this room, one list for each noun."""

from django.urls import URLPattern

from yishiting.doors.web.public import (
    agreements,
    care,
    choices,
    consultations,
    councils,
    directors,
    follow,
    followup,
    hearings,
    home,
    matters,
    meetings,
    notices,
    places,
    proposals,
    questionnaires,
    records,
    rules,
    suggest,
    units,
)

urlpatterns: list[URLPattern] = [
    *agreements.urlpatterns,
    *care.urlpatterns,
    *choices.urlpatterns,
    *follow.urlpatterns,
    *followup.urlpatterns,
    *hearings.urlpatterns,
    *home.urlpatterns,
    *matters.urlpatterns,
    *meetings.urlpatterns,
    *notices.urlpatterns,
    *places.urlpatterns,
    *proposals.urlpatterns,
    *records.urlpatterns,
    *rules.urlpatterns,
    *suggest.urlpatterns,
    *units.urlpatterns,
    *councils.urlpatterns,
    *directors.urlpatterns,
    *consultations.urlpatterns,
    *questionnaires.urlpatterns,
]
