from django.apps import AppConfig


class RepresentativeConfig(AppConfig):
    name = "yishiting.doors.web.representative"
