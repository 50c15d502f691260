from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuggestionsConfig(AppConfig):
    name = "yishiting.year.suggestions"
    verbose_name = _("建议")

    def ready(self) -> None:
        """Listen for people who ask to be forgotten."""
        from yishiting.ground.entrance.signals import person_erased, receipt_told
        from yishiting.year.consultations.signals import sheet_taken_in
        from yishiting.year.suggestions import receivers

        person_erased.connect(receivers.forget)
        receipt_told.connect(receivers.proposer_of)
        sheet_taken_in.connect(receivers.fits_its_session)
