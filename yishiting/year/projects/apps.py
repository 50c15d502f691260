from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "yishiting.year.projects"
    verbose_name = _("实事项目")
