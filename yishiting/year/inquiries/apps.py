from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InquiriesConfig(AppConfig):
    name = "yishiting.year.inquiries"
    verbose_name = _("政策程序问题")
