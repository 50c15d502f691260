from django.apps import AppConfig


class ResidentConfig(AppConfig):
    name = "yishiting.doors.web.resident"
