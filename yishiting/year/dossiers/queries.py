"""Finding the file of a matter, whichever of its numbers one has."""

from django.db.models import Q, QuerySet

from yishiting.ground.places.models import Place
from yishiting.year.dossiers.models import Dossier, Outcome, Referral, ReferralKind


def living(dossier: Dossier) -> Dossier:
    """The file in which the matter goes on: where this one was joined to another, that one."""
    here = dossier
    while here.merged_into is not None:
        here = here.merged_into
    return here


def waiting_referral(dossier: Dossier) -> Referral | None:
    """The latest hop nobody has answered."""
    rows = Referral.objects.filter(dossier=dossier, answered_on=None).select_related("from_place", "to_place")
    return rows.order_by("-sent_on", "-created_at").first()


def hops(dossier: Dossier) -> list[Referral]:
    """Every way the matter was sent up or down, oldest first, each with its answer."""
    rows = Referral.objects.filter(dossier=dossier).exclude(kind=ReferralKind.ACROSS)
    return list(rows.select_related("from_place", "to_place"))


def last_sent_up(dossier: Dossier) -> Referral | None:
    """The latest hop up, answered or not: who has the matter, or had it last."""
    rows = Referral.objects.filter(dossier=dossier, kind=ReferralKind.UP).select_related("from_place", "to_place")
    return rows.order_by("sent_on", "created_at").last()


def hops_waiting_at(place: Place) -> "QuerySet[Referral]":
    """What was sent up to this place and nobody has answered, the latest first."""
    rows = Referral.objects.filter(kind=ReferralKind.UP, to_place=place, answered_on=None)
    return rows.order_by("-sent_on", "-created_at")


def sent_again(dossier: Dossier) -> Referral | None:
    """The latest hop as another row, not saved yet, that takes another answer."""
    last = _last_answered(dossier)
    if last is None:
        return None
    return Referral(
        dossier=dossier,
        kind=last.kind,
        from_place=last.from_place,
        to_place=last.to_place,
        reason=last.reason,
        sent_on=last.sent_on,
        due=last.due,
    )


def stays_there(dossier: Dossier) -> bool:
    """Whether it lies where it does because it was sent there: nobody has answered yet, or it was taken on."""
    sent = Referral.objects.filter(dossier=dossier, to_place=dossier.lies_at_id)
    return sent.filter(Q(answered_on=None) | Q(outcome=Outcome.TAKEN_ON)).exists()


def was_sent_back(dossier: Dossier) -> bool:
    """Whether the last answer from above was that those who reported it carry it out."""
    last = _last_answered(dossier)
    return last is not None and last.outcome == Outcome.SENT_BACK


def _last_answered(dossier: Dossier) -> Referral | None:
    rows = Referral.objects.filter(dossier=dossier).exclude(answered_on=None).select_related("from_place", "to_place")
    return rows.order_by("answered_on", "created_at").last()
