from django.urls import path
from django.views.i18n import set_language

from yishiting.doors.web.shared import declared, files, gateway, older_browsers, similar, views

urlpatterns = [
    *declared.urlpatterns,
    *files.urlpatterns,
    *gateway.urlpatterns,
    *older_browsers.urlpatterns,
    *similar.urlpatterns,
    path("care/", views.care, name="care"),
    path("style/", views.style, name="style"),
    path("place-search/", views.place_search, name="place-search"),
    path("language/", set_language, name="set_language"),
]
