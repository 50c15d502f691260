from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuggestionsConfig(AppConfig):
    name = "yishiting.year.suggestions"
    verbose_name = _("建议")
