from django.urls import path

from yishiting.doors.web.shared import views

app_name = "shared"
urlpatterns = [
    path("care/", views.care, name="care"),
    path("style/", views.style, name="style"),
]
