"""Telling everyone whose words are in a suggestion, those merged into it too. Not verbs: verbs call these."""

from django.conf import settings
from django.utils import timezone

from yishiting.ground.notices.actions import in_one_statement, tell, text_message
from yishiting.ground.notices.models import Audience
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.clusters import cluster_of


def tell_proposers(suggestion: Suggestion, template: str, subject: str, body: str) -> None:
    """Tell each proposer of the cluster once a day and template: on site with an account, else by message if wanted."""
    with in_one_statement():
        for one in cluster_of(suggestion):
            tell_one(one, template, subject, body)


def tell_one(suggestion: Suggestion, template: str, subject: str, body: str) -> None:
    """Tell the proposer of one suggestion."""
    once = f"{template}:{suggestion.pk}:{timezone.localdate()}"
    code = suggestion.place.code
    if suggestion.proposer is not None:
        tell(
            suggestion.proposer,
            once=once,
            template=template,
            subject=subject,
            body=body,
            audience=Audience.PUBLIC,
            about=suggestion,
            place_code=code,
        )
    elif suggestion.wants_contact and suggestion.phone_hash:
        phone = suggestion.proposer_phone
        text_message(phone, once=once, template=template, body=f"【{settings.SITE['name']}】{body}", place_code=code)
