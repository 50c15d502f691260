from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "yishiting.year.visits"
    verbose_name = _("踏勘和征求意见")
