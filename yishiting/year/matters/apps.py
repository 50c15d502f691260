from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MattersConfig(AppConfig):
    name = "yishiting.year.matters"
    verbose_name = _("区级办理事项")
