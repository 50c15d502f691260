"""Addresses of this room, one list for each noun."""

from django.urls import URLPattern

from yishiting.doors.web.resident import candidacies, drafts, evaluations, home, inbox, information, tokens, units

urlpatterns: list[URLPattern] = [
    *home.urlpatterns,
    *inbox.urlpatterns,
    *information.urlpatterns,
    *tokens.urlpatterns,
    *candidacies.urlpatterns,
    *drafts.urlpatterns,
    *evaluations.urlpatterns,
    *units.urlpatterns,
]
