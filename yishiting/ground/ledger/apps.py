from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "yishiting.ground.ledger"
    verbose_name = _("留痕")

    def ready(self) -> None:
        from yishiting.ground.ledger.receivers import watch

        watch()
