from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetingConfig(AppConfig):
    name = "yishiting.year.budgeting"
    verbose_name = _("预算表决")
