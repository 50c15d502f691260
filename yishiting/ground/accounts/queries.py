"""Finding people."""

from django.db.models import Q, QuerySet

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.secrets import sealer


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
