from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "yishiting.overview.assessment"
    verbose_name = _("千分制考核")

    def ready(self) -> None:
        """What waits of assessments joins what waits of everything."""
        from yishiting.overview.assessment.waiting import waiting_of_assessments
        from yishiting.overview.cycle.board import LATER_SOURCES

        LATER_SOURCES.append(waiting_of_assessments)
