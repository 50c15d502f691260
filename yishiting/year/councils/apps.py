from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilsConfig(AppConfig):
    name = "yishiting.year.councils"
    verbose_name = _("协商会")

    def ready(self) -> None:
        """Listen for accounts that are to be joined."""
        from yishiting.year.councils import receivers  # noqa: F401  # importing it is what connects it
