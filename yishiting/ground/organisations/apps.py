from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "yishiting.ground.organisations"
    verbose_name = _("组织")

    def ready(self) -> None:
        """Processes hold where the offices are reached."""
        from yishiting.ground.common.process_cache import watch
        from yishiting.ground.organisations.models import Organisation
        from yishiting.ground.organisations.queries import CONTACTS

        watch(CONTACTS, Organisation)
