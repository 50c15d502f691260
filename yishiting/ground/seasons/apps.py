from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SeasonsConfig(AppConfig):
    name = "yishiting.ground.seasons"
    verbose_name = _("时节")
