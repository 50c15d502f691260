from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "yishiting.doors.web.desk"
