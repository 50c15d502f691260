"""Finding people by what they bring."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.secrets import sealer
from yishiting.ground.entrance.models import AccessToken, Consent, PrivacyNotice
from yishiting.ground.entrance.rules import INACTIVE_DAYS
from yishiting.ground.ledger.models import Entry


def person_with_token(token: str) -> Person | None:
    """The person whose valid token this is."""
    kept = (
        AccessToken.objects.filter(
            token_hash=sealer().look_up(token), revoked_at__isnull=True, expires_on__gte=timezone.localdate()
        )
        .select_related("person")
        .first()
    )
    return kept.person if kept and kept.person.is_active else None


def notice_in_force() -> PrivacyNotice | None:
    """The privacy notice in force today."""
    return PrivacyNotice.objects.filter(in_force_from__lte=timezone.localdate()).first()


def has_consented(person: Person) -> bool:
    """Whether the person agreed to the notice in force and has not taken it back."""
    notice = notice_in_force()
    return notice is None or Consent.objects.filter(person=person, notice=notice, withdrawn_at__isnull=True).exists()


def consents_of(person: Person) -> QuerySet[Consent]:
    """To which versions of the notice a person agreed, newest first."""
    return Consent.objects.filter(person=person).select_related("notice").order_by("-given_at")


def staff_matching(words: str) -> QuerySet[Person]:
    """Staff whose sign-in name or name holds the words, or whose phone number they are; all staff without words.

    Names are sealed, so those of the staff (never of the residents) are opened one by one.
    """
    staff = Person.objects.filter(is_staff_member=True).order_by("login")
    word = words.strip()
    if not word:
        return staff
    named = [pk for pk, name in staff.values_list("pk", "name") if word in name]
    return staff.filter(Q(pk__in=named) | Q(login__icontains=word) | Q(phone_hash=sealer().look_up(word)))


def inactive_staff(now: datetime) -> QuerySet[Person]:
    """Open accounts of staff that nobody has signed in with for ninety days, longest first."""
    since = now - timedelta(days=INACTIVE_DAYS)
    unused = Q(last_login__lt=since) | Q(last_login__isnull=True, created_at__lt=since)
    return Person.objects.filter(unused, is_staff_member=True, is_active=True).order_by("last_login", "login")


def locked_staff(now: datetime) -> QuerySet[Person]:
    """Staff whose sign-in is closed after wrong passwords."""
    return Person.objects.filter(is_staff_member=True, locked_until__gt=now).order_by("login")


def entries_of_sign_in(entries: QuerySet[Entry], *, let_in: bool | None = None) -> QuerySet[Entry]:
    """Those entries of the ledger that are attempts to come in; only the successes or only the failures when asked."""
    rows = entries.filter(verb__in=("account.enter_password", "account.enter_code"))
    return rows if let_in is None else rows.filter(facts__let_in=let_in)
