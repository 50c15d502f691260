from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpendingConfig(AppConfig):
    name = "yishiting.year.spending"
    verbose_name = _("项目经费")
