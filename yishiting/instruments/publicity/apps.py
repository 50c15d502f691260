from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicityConfig(AppConfig):
    name = "yishiting.instruments.publicity"
    verbose_name = _("公示")
