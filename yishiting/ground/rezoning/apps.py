from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RezoningConfig(AppConfig):
    name = "yishiting.ground.rezoning"
    verbose_name = _("区划变动")
