"""Who reads the file of a matter at the desk."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Predicate, Question
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Place
from yishiting.year.dossiers.models import Dossier
from yishiting.year.dossiers.queries import all_of, living


def _reads(ask: Question) -> bool:
    """Of a file: wherever it began, what was joined to it began, or it lies now; with all places above these."""
    if not isinstance(ask.thing, Dossier):
        return reads_here.why_not(ask) is None
    here = living(ask.thing)
    places = Place.objects.filter(dossiers__in=all_of(here)).distinct()
    return any(
        reads_here.why_not(Question(ask.actor, place, ask.today, ask.offices)) is None
        for place in [*places, here.lies_at]
    )


#: Whoever reads what is not public at one of the places a file has to do with.
reads_file = Predicate(
    _reads,
    _("案卷所在地方的工作人员、监督人员"),
    _("案卷由有关地方和它们上级的工作人员、监督人员查看。"),
)
