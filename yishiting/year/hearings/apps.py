from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HearingsConfig(AppConfig):
    name = "yishiting.year.hearings"
    verbose_name = _("问政会")
