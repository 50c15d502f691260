from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "yishiting.doors.web.shared"
