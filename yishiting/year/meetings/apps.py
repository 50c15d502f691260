from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "yishiting.year.meetings"
    verbose_name = _("会议")

    def ready(self) -> None:
        """Listen for what is put right on the roster."""
        from yishiting.year.councils.signals import roster_mended
        from yishiting.year.meetings.receivers import follow_the_roster

        roster_mended.connect(follow_the_roster)
