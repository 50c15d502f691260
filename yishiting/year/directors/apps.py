from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectorsConfig(AppConfig):
    name = "yishiting.year.directors"
    verbose_name = _("主任办公会")
