from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    name = "yishiting.year.consultations"
    verbose_name = _("征求")
