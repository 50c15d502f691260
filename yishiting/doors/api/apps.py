from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "yishiting.doors.api"
