from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    name = "yishiting.ground.common"
    verbose_name = _("公用")
