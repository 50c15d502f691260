from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "yishiting.ground.places"
    verbose_name = _("区划")

    def ready(self) -> None:
        """Processes hold the tree of places and the lists of estates; sentences are said as where one is."""
        from yishiting.ground.common.process_cache import watch
        from yishiting.ground.places.models import Estate, Place, PlaceChange
        from yishiting.ground.places.queries import ESTATES, PLACES
        from yishiting.ground.places.speech import install

        watch(PLACES, Place, PlaceChange)
        watch(ESTATES, Estate)
        install()
