from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilsConfig(AppConfig):
    name = "yishiting.year.councils"
    verbose_name = _("协商会")
