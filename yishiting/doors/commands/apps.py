from django.apps import AppConfig


class CommandsConfig(AppConfig):
    name = "yishiting.doors.commands"

    def ready(self) -> None:
        """Register what is checked before anything runs."""
        from django.core.checks import Tags, register

        from yishiting.doors.commands.checks import whole_configuration
        from yishiting.doors.commands.upgrading import nothing_half_way

        register(whole_configuration, Tags.security)
        register(nothing_half_way, Tags.database)
