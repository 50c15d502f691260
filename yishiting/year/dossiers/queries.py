"""Finding the file of a matter, whichever of its numbers one has."""

from yishiting.year.dossiers.models import Dossier


def living(dossier: Dossier) -> Dossier:
    """The file in which the matter goes on: where this one was joined to another, that one."""
    here = dossier
    while here.merged_into is not None:
        here = here.merged_into
    return here


def joined(dossier: Dossier) -> list[Dossier]:
    """The file and all that were joined to it, however indirectly; one query for each level."""
    found, layer = [dossier], [dossier.pk]
    while layer:
        below = list(Dossier.objects.filter(merged_into__in=layer).order_by("opened_on", "number"))
        found += below
        layer = [one.pk for one in below]
    return found
