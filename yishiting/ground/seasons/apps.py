from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SeasonsConfig(AppConfig):
    name = "yishiting.ground.seasons"
    verbose_name = _("时节")

    def ready(self) -> None:
        """Processes hold windows, special intakes, rules and holidays."""
        from yishiting.ground.common.process_cache import watch
        from yishiting.ground.seasons import models, queries

        watch(queries.WINDOWS, models.Window)
        watch(queries.SPECIAL_INTAKES, models.SpecialIntake)
        watch(queries.RULES, models.Rulebook, models.Rule)
        watch(queries.HOLIDAYS, models.Holiday)
