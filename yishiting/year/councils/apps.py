from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilsConfig(AppConfig):
    name = "yishiting.year.councils"
    verbose_name = _("协商会")

    def ready(self) -> None:
        """Listen for accounts that are to be joined; say whom councils know by name."""
        from yishiting.ground.entrance.signals import accounts_joining
        from yishiting.ground.organisations.queries import NAME_SOURCES
        from yishiting.year.councils import receivers

        NAME_SOURCES.append(receivers.names_of_representatives)
        accounts_joining.connect(receivers.refuse_two_seats)
