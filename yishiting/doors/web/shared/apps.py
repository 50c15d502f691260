from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class SharedConfig(AppConfig):
    name = "yishiting.doors.web.shared"

    def ready(self) -> None:
        """Know every verb by name before the first page names one: the record and its filters speak of all of them; and what later packages forbid."""
        for app in apps.get_app_configs():
            for name in ("actions", "guards"):
                if app.name.startswith("yishiting.") and module_has_submodule(app.module, name):
                    import_module(f"{app.name}.{name}")
        import_module("yishiting.overview.cycle.actions")  # the conductor keeps nothing and so is no app of Django's
