"""Finding places."""

from django.db.models import Q

from yishiting.ground.places.models import Level, Place, PlaceQuerySet


def find_places(typed: str, *, level: Level | None = None) -> PlaceQuerySet:
    """Places whose name, code or pinyin initials match what was typed (枣营, 110105012, zybl)."""
    word = typed.strip()
    rows = Place.objects.select_related("parent")
    if level is not None:
        rows = rows.filter(level=level)
    if not word:
        return rows.none()
    return rows.filter(Q(name__contains=word) | Q(code__startswith=word) | Q(initials__startswith=word.lower()))
