from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EntranceConfig(AppConfig):
    name = "yishiting.ground.entrance"
    verbose_name = _("门禁")
