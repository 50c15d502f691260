from django.apps import AppConfig


class CommandsConfig(AppConfig):
    name = "yishiting.doors.commands"
