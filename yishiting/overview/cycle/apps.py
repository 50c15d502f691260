from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CycleConfig(AppConfig):
    name = "yishiting.overview.cycle"
    verbose_name = _("周年")
