"""Keys of real things, for addresses that lead somewhere."""

from django.apps import apps

from yishiting.ground.places.models import Place


def keys_of_real_things() -> dict[str, list[str]]:
    """Some keys of each kind by the name of its model, and all of them under no name."""
    found: dict[str, list[str]] = {"": []}
    for model in apps.get_models():
        if model.__module__.startswith("yishiting.") and model._meta.pk.get_internal_type() == "UUIDField":
            some = [str(pk) for pk in model._default_manager.values_list("pk", flat=True)[:12]]
            found[model._meta.model_name] = some
            found[""] += some
    return found


def places() -> list[str]:
    """The codes of some places."""
    return list(Place.objects.exclude(code="").values_list("code", flat=True)[:5])
