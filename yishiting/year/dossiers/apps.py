from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    name = "yishiting.year.dossiers"
    verbose_name = _("案卷")
