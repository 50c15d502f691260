from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuggestionsConfig(AppConfig):
    name = "yishiting.year.suggestions"
    verbose_name = _("建议")

    def ready(self) -> None:
        """Listen for people who ask to be forgotten."""
        from yishiting.year.suggestions import receivers  # noqa: F401  # importing it is what connects it
