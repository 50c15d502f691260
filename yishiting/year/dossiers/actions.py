"""Opening files, joining and parting them. Not verbs: the verbs of what lies in them call these."""

from collections.abc import Iterable, Sequence

from yishiting.year.dossiers.models import Dossier

#: How many rows go to the database in one statement.
AT_ONCE = 500


def open_dossiers(dossiers: Sequence[Dossier]) -> None:
    """Save new files: one for each receipt, in the transaction that gives it."""
    Dossier.objects.bulk_create(dossiers, batch_size=AT_ONCE)


def join(main: Dossier, others: Iterable[Dossier]) -> None:
    """Let the numbers of these files lead to the main one, which is one of its own from now on if it was joined to them."""
    keys = {one.pk for one in others} - {main.pk}
    if keys & _above(main):
        part([main])
    if keys:
        Dossier.objects.filter(pk__in=keys).update(merged_into=main)


def part(dossiers: Iterable[Dossier]) -> None:
    """Let files that were joined to others go on by themselves."""
    keys = [one.pk for one in dossiers if one.merged_into_id is not None]
    if keys:
        Dossier.objects.filter(pk__in=keys).update(merged_into=None)


def _above(dossier: Dossier) -> set[object]:
    found, above = set[object](), dossier.merged_into
    while above is not None:
        found.add(above.pk)
        above = above.merged_into
    return found
