"""Nobody supervises their own work. Not verbs: every verb that names who does the work or who watches it calls these."""

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.names import same_name
from yishiting.ground.common.refused import Refused
from yishiting.ground.organisations.models import Appointment, Organisation
from yishiting.year.councils.models import Representative
from yishiting.year.projects.models import Project
from yishiting.year.projects.queries import doers_of, partners_of, team_of, watchers_of

BOTH = _("%(name)s既在实施小组，又在监督小组。自己做的事要请别人监督，请换一个人。")
OF_THE_UNIT = _("%(name)s在承办或配合的单位任职，不能监督这个项目。请换一个人。")


def no_doer_watches(project: Project, watching: Sequence[Representative], field: str) -> None:
    """Refuse a supervision group with somebody who does the work, answers for it or works for a unit that does."""
    names = [project.responsible_name, *(one.name for one in team_of(project))]
    _refuse_same(names, doers_of(project), watching, field)
    units = [project.lead, *(one.organisation for one in partners_of(project))]
    _refuse_of_units([one for one in units if one is not None], watching, field)


def no_watcher_does(project: Project, names: Iterable[str], field: str, people: Sequence[Person] = ()) -> None:
    """Refuse that somebody of the supervision group is given a hand in the work."""
    _refuse_same(names, people, watchers_of(project), field)


def no_unit_of_a_watcher(project: Project, units: Iterable[Organisation], field: str) -> None:
    """Refuse a unit for which somebody of the supervision group works."""
    _refuse_of_units(units, watchers_of(project), field)


def _refuse_same(
    names: Iterable[str], people: Sequence[Person], watching: Sequence[Representative], field: str
) -> None:
    doing, keys = [*names, *(one.name for one in people)], {one.pk for one in people}
    for one in watching:
        if one.person_id in keys or any(name and same_name(name, one.name) for name in doing):
            raise Refused(BOTH % {"name": one.name}, field=field)


def _refuse_of_units(units: Iterable[Organisation], watching: Sequence[Representative], field: str) -> None:
    keys = [one.person_id for one in watching if one.person_id is not None]
    held = Appointment.objects.in_force(timezone.localdate()).filter(Q(organisation__in=list(units)), person__in=keys)
    person = held.values_list("person", flat=True).first()
    if person is not None:
        name = next(one.name for one in watching if one.person_id == person)
        raise Refused(OF_THE_UNIT % {"name": name}, field=field)
