from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BallotsConfig(AppConfig):
    name = "yishiting.instruments.ballots"
    verbose_name = _("表决")
