from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundsConfig(AppConfig):
    name = "yishiting.instruments.funds"
    verbose_name = _("经费")
