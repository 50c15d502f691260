from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "yishiting.year.agreements"
    verbose_name = _("公约")
