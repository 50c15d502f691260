from django.apps import AppConfig


class CommandsConfig(AppConfig):
    name = "yishiting.doors.commands"

    def ready(self) -> None:
        """Register what is checked before anything runs."""
        from yishiting.doors.commands import checks  # noqa: F401  # importing it is what registers it
