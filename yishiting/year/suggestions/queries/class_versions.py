"""The versions of the two class trees: which is in force, and what a class of one version is in another."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from yishiting.year.suggestions.models import Category, Scheme


def in_force(day: date) -> dict[str, Scheme]:
    """The version of each tree that is in force on a day, by its key: the newest that has begun."""
    begun = Scheme.objects.filter(Q(in_force_from__isnull=True) | Q(in_force_from__lte=day))
    return {one.key: one for one in begun.order_by("version")}


def versions_of(key: str) -> list[Scheme]:
    """Every version of a tree, the oldest first."""
    return list(Scheme.objects.filter(key=key).order_by("version"))


class ClassMap:
    """What a class is in another version of its tree, by the map that was kept when the version was made.

    Forward every class has its successor. Back it has one where it came from one class alone; what was put together
    from several cannot be parted again, and is counted under none of them.
    """

    def __init__(self) -> None:
        rows = Category.objects.select_related("scheme")
        self.by_pk: dict[int, Category] = {one.pk: one for one in rows}
        self.before: dict[int, list[Category]] = {}
        for one in self.by_pk.values():
            if one.became_id is not None:
                self.before.setdefault(one.became_id, []).append(one)

    def class_in(self, category: int, scheme: Scheme) -> Category | None:
        """The class of this version that a class of any version is; None where it cannot be said."""
        here: Category | None = self.by_pk[category]
        while here is not None and here.scheme.key == scheme.key and here.scheme.version != scheme.version:
            if here.scheme.version < scheme.version:
                here = self.by_pk.get(here.became_id or 0)
            else:
                came = self.before.get(here.pk, [])
                here = came[0] if len(came) == 1 else None
        return here if here is not None and here.scheme_id == scheme.pk else None

    def other_tree(self, category: int, scheme: Scheme) -> Category | None:
        """The class of the other tree that it maps to, in this version of that tree."""
        mapped = self.by_pk[category].maps_to_id
        return self.class_in(mapped, scheme) if mapped is not None else None

    def counted(self, numbers: Mapping[int, int], scheme: Scheme) -> "Counter[Category | None]":
        """Numbers by class of any version, counted by the classes of one; under None what cannot be said there."""
        found: Counter[Category | None] = Counter()
        for pk, number in numbers.items():
            own = self.by_pk[pk].scheme.key == scheme.key
            found[self.class_in(pk, scheme) if own else self.other_tree(pk, scheme)] += number
        return found

    def also(self, categories: Iterable[int]) -> set[int]:
        """These classes and all that became them, version by version."""
        found, layer = set[int](), set(categories)
        while layer:
            found |= layer
            layer = {one.pk for pk in layer for one in self.before.get(pk, ())} - found
        return found

    def newest_path(self, path: str, versions: Mapping[str, Scheme]) -> str:
        """What a path of an older version is called in the one in force; the same where it is not older."""
        for one in self.by_pk.values():
            if one.path == path and (version := versions.get(one.scheme.key)) is not None:
                there = self.class_in(one.pk, version)
                if there is not None:
                    return there.path
        return path
