from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    name = "yishiting.year.consultations"
    verbose_name = _("征求")

    def ready(self) -> None:
        """Listen for accounts that are to be joined."""
        from yishiting.ground.entrance.signals import accounts_joining
        from yishiting.year.consultations import receivers

        accounts_joining.connect(receivers.refuse_while_one_could_answer_twice)
