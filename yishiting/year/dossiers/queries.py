"""Finding the file of a matter, whichever of its numbers one has."""

from django.db.models import Q, QuerySet

from yishiting.ground.places.models import Place
from yishiting.year.dossiers.models import STAYS_THERE, Dossier, Outcome, Referral, ReferralKind


def living(dossier: Dossier) -> Dossier:
    """The file in which the matter goes on: where this one was joined to another, that one."""
    here = dossier
    while here.merged_into is not None:
        here = here.merged_into
    return here


def all_of(dossier: Dossier) -> list[Dossier]:
    """The living file with all whose numbers lead to it."""
    found = layer = [dossier]
    while layer:
        layer = list(Dossier.objects.filter(merged_into__in=layer))
        found = found + layer
    return found


def waiting_referral(dossier: Dossier, kind: ReferralKind, here: Place) -> Referral | None:
    """What this place sent this way and nobody has answered; there is one at most."""
    rows = Referral.objects.filter(dossier=dossier, kind=kind, from_place=here, answered_on=None)
    return rows.select_related("from_place", "to_place").first()


def hops(dossier: Dossier) -> list[Referral]:
    """Every way the matter was sent, oldest first, each with its answer."""
    rows = Referral.objects.filter(dossier=dossier)
    return list(rows.select_related("from_place", "to_place"))


def all_referrals(dossier: Dossier) -> list[Referral]:
    """Every way the matter was sent, whichever of its numbers it was sent under, oldest first."""
    rows = Referral.objects.filter(dossier__in=all_of(dossier))
    return list(rows.select_related("from_place", "to_place"))


def last_sent(dossier: Dossier, kind: ReferralKind, here: Place) -> Referral | None:
    """The latest time this place sent it this way, answered or not: who has the matter, or had it last."""
    rows = Referral.objects.filter(dossier=dossier, kind=kind, from_place=here)
    return rows.select_related("from_place", "to_place").order_by("sent_on", "created_at").last()


def lies_across(dossier: Dossier, here: Place) -> Place | None:
    """The place this one passed the matter on to, while it lies there: not answered, done there, or planned there."""
    sent = last_sent(dossier, ReferralKind.ACROSS, here)
    there = sent is not None and (sent.answered_on is None or sent.outcome in STAYS_THERE)
    return sent.to_place if sent is not None and there else None


def last_way_up(dossier: Dossier) -> Referral | None:
    """The latest hop up, from whichever place: who has to answer, or has answered."""
    rows = Referral.objects.filter(dossier=dossier, kind=ReferralKind.UP)
    return rows.select_related("from_place", "to_place").order_by("sent_on", "created_at").last()


def hops_waiting_at(place: Place) -> "QuerySet[Referral]":
    """What was sent up to this place and nobody has answered, the latest first."""
    rows = Referral.objects.filter(kind=ReferralKind.UP, to_place=place, answered_on=None)
    return rows.order_by("-sent_on", "-created_at")


def sent_again(dossier: Dossier, kind: ReferralKind, here: Place) -> Referral | None:
    """The latest hop this way as another row, not saved yet, that takes another answer."""
    last = _last_answered(dossier, kind, here)
    return as_sent_again(last) if last is not None else None


def as_sent_again(last: Referral) -> Referral:
    """A hop as another row, not saved yet, that takes another answer."""
    return Referral(
        dossier=last.dossier,
        kind=last.kind,
        from_place=last.from_place,
        to_place=last.to_place,
        receiver=last.receiver,
        unit=last.unit,
        reason=last.reason,
        sent_on=last.sent_on,
        due=last.due,
    )


def stays_there(dossier: Dossier) -> bool:
    """Whether it lies where it does because it was sent there: nobody has answered yet, or it was taken on."""
    sent = Referral.objects.filter(dossier=dossier, to_place=dossier.lies_at_id)
    return sent.filter(Q(answered_on=None) | Q(outcome__in=STAYS_THERE)).exists()


def was_sent_back(dossier: Dossier, here: Place) -> bool:
    """Whether the last answer from above was that those who reported it carry it out."""
    last = _last_answered(dossier, ReferralKind.UP, here)
    return last is not None and last.outcome == Outcome.SENT_BACK


def _last_answered(dossier: Dossier, kind: ReferralKind, here: Place) -> Referral | None:
    rows = Referral.objects.filter(dossier=dossier, kind=kind, from_place=here).exclude(answered_on=None)
    return rows.select_related("from_place", "to_place", "unit").order_by("answered_on", "created_at").last()
