"""Addresses, by room. Public pages stand at the root."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from yishiting.doors.api.v1 import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("language/", set_language, name="set_language"),
    path("account/", include("yishiting.doors.web.shared.account_urls")),
    path("me/", include("yishiting.doors.web.resident.urls")),
    path("council/", include("yishiting.doors.web.representative.urls")),
    path("desk/", include("yishiting.doors.web.desk.urls")),
    path("", include("yishiting.doors.web.shared.urls")),
    path("", include("yishiting.doors.web.public.urls")),
]

handler400 = "yishiting.doors.web.shared.errors.unreadable"
handler403 = "yishiting.doors.web.shared.errors.refused"
handler404 = "yishiting.doors.web.shared.errors.not_found"
handler500 = "yishiting.doors.web.shared.errors.broken"
