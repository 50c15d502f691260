from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "yishiting.doors.web.public"
