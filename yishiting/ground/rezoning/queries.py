"""A change of places in one sentence, as its page, its message and the public page of the place say it."""

from django.utils.translation import gettext as _

from yishiting.ground.common.days import said
from yishiting.ground.places.models import ChangeKind, PlaceChange
from yishiting.ground.places.states import State


def change_said(change: PlaceChange) -> str:
    """2027年1月1日，枣营南里社区并入枣营北里社区（京朝政发〔2026〕12号）。"""
    successor = change.successor.name if change.successor is not None else ""
    parent = change.parent_before.name if change.parent_before is not None else ""
    words = {"was": change.name_before, "name": change.name, "successor": successor, "parent": parent}
    sentence = {
        ChangeKind.RENAMED: _("%(was)s更名为%(name)s"),
        ChangeKind.BECAME_COMMUNITY: _("%(was)s撤村建居，改为%(name)s"),
        ChangeKind.MERGED: _("%(was)s并入%(successor)s"),
        ChangeKind.CLOSED: _("%(was)s撤销，未办完的事由%(successor)s接着办"),
        ChangeKind.MOVED: _("%(was)s由%(parent)s划归%(successor)s"),
        ChangeKind.SPLIT_OFF: _("从%(was)s析出%(name)s"),
        ChangeKind.FOUNDED: _("设立%(name)s"),
    }[ChangeKind(change.kind)] % words
    told = {"day": said(change.takes_effect, "plain"), "what": sentence, "paper": change.document}
    if change.state == State.WITHDRAWN:
        return _("已撤销登记：%(day)s，%(what)s（%(paper)s）。") % told
    if change.state == State.WAITING:
        return _("自%(day)s起，%(what)s（%(paper)s）。") % told
    return _("%(day)s，%(what)s（%(paper)s）。") % told
