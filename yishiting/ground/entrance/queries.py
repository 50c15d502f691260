"""Finding people by what they bring."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.request_cache import cached
from yishiting.ground.common.secrets import sealer
from yishiting.ground.entrance.models import AccessToken, Consent, PrivacyNotice, Throttle
from yishiting.ground.entrance.rules import INACTIVE_DAYS, SIGN_IN
from yishiting.ground.ledger.models import Entry

SIGN_INS = ("account.enter_password", "account.enter_code", "account.enter_passkey", "account.enter_sign_on")


def token_in_force(text: str) -> AccessToken | None:
    """The valid token with this text, of somebody who is let in and has nothing to put right first."""
    kept = (
        AccessToken.objects.filter(
            token_hash=sealer().look_up(text), revoked_at__isnull=True, expires_on__gte=timezone.localdate()
        )
        .select_related("person")
        .first()
    )
    return kept if kept and kept.person.is_active and not missing_to_act(kept.person) else None


def person_with_token(text: str) -> Person | None:
    """The person whose valid token this is."""
    kept = token_in_force(text)
    return kept.person if kept else None


def missing_to_act(person: Person) -> str:
    """What a member of staff has still to do before anything else: `password`, `second-factor`, or nothing."""
    if not person.is_staff_member:
        return ""
    return "password" if not person.password_changed_at else "" if has_second_factor(person) else "second-factor"


def has_second_factor(person: Person) -> bool:
    """Whether an authenticator is bound or a passkey registered."""
    return bool(person.totp_confirmed_at) or person.passkeys.filter(removed_at=None).exists()


def recovery_codes_left(person: Person) -> int:
    """How many recovery codes are still unused."""
    return person.recovery_codes.filter(used_at=None).count()


def notice_in_force() -> PrivacyNotice | None:
    """The privacy notice in force today."""
    return PrivacyNotice.objects.filter(in_force_from__lte=timezone.localdate()).first()


def has_consented(person: Person) -> bool:
    """Whether the person agreed to the notice in force and has not taken it back."""
    given = Consent.objects.filter(person=person, notice=OuterRef("pk"), withdrawn_at__isnull=True)
    notices = PrivacyNotice.objects.filter(in_force_from__lte=timezone.localdate())
    agreed = notices.annotate(agreed=Exists(given)).values_list("agreed", flat=True).first()
    return agreed is not False


def consents_of(person: Person) -> QuerySet[Consent]:
    """To which versions of the notice a person agreed, newest first."""
    return Consent.objects.filter(person=person).select_related("notice").order_by("-given_at")


def inactive_staff(now: datetime) -> QuerySet[Person]:
    """Open accounts of staff that nobody has signed in with for ninety days, longest first."""
    since = now - timedelta(days=INACTIVE_DAYS)
    unused = Q(last_login__lt=since) | Q(last_login__isnull=True, created_at__lt=since)
    return Person.objects.filter(unused, is_staff_member=True, is_active=True).order_by("last_login", "login")


def locked_staff(now: datetime) -> QuerySet[Person]:
    """Staff at whose sign-in name some client must wait after wrong passwords."""
    return Person.objects.filter(is_staff_member=True, login__in=_locked_names(now)).order_by("login")


def is_locked(person: Person) -> bool:
    """Whether some client must wait at this person's sign-in name; read once for all of a page."""
    now = timezone.now()
    return person.login in cached("entrance.locked_names", lambda: _locked_names(now))


def _locked_names(now: datetime) -> set[str]:
    since = now - timedelta(minutes=settings.LOCKOUT_MINUTES)
    rows = Throttle.objects.filter(kind=SIGN_IN, tries__gte=settings.LOCKOUT_ATTEMPTS, last_at__gt=since)
    tried = set(rows.values_list("about", flat=True))
    names = Person.objects.filter(is_staff_member=True).values_list("login", flat=True) if tried else []
    return {name for name in names if name and sealer().look_up(name) in tried}


def entries_of_sign_in(entries: QuerySet[Entry], *, let_in: bool | None = None) -> QuerySet[Entry]:
    """Those entries of the ledger that are attempts to come in; only the successes or only the failures when asked."""
    rows = entries.filter(verb__in=SIGN_INS)
    return rows if let_in is None else rows.filter(facts__let_in=let_in)
