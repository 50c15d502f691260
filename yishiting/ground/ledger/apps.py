from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "yishiting.ground.ledger"
    verbose_name = _("留痕")
