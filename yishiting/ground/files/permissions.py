"""Who may hang a file on a thing, take it down, and open it when it is not public."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.accounts.permissions import signed_in, the_clock, the_operator
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.predicates import Permissions, Predicate, Question, Rule, place_of
from yishiting.ground.common.verbs import labelled
from yishiting.ground.files.models import Attachment
from yishiting.ground.files.queries import subject_of
from yishiting.ground.organisations.models import Appointment, Organisation
from yishiting.ground.organisations.permissions import reads_directory
from yishiting.ground.organisations.queries import offices_of

#: What a visitor without an account may hang a file on.
VISITORS_HANG_ON = {"suggestion"}

a_visitor_with_a_suggestion = Predicate(
    lambda ask: ask.actor.actor_kind == "visitor" and labelled(ask.thing) in VISITORS_HANG_ON,
    _("提建议的人（不必登录）"),
    _("请先登录，再上传附件。"),
)

its_uploader = Predicate(
    lambda ask: isinstance(ask.actor, Person) and ask.thing.uploaded_by_id == ask.actor.pk,
    _("上传的人"),
    _("附件由上传的人或本地工作台的工作人员撤下。"),
)


def _subject(ask: Question) -> Any:
    """What is asked about: the thing a file hangs on, or the thing itself on which one is to be hung."""
    return subject_of(ask.thing) if isinstance(ask.thing, Attachment) else ask.thing


def _offices_there(ask: Question) -> list[Appointment]:
    place = place_of(_subject(ask))
    if not isinstance(ask.actor, Person) or place is None:
        return []
    return [held for held in offices_of(ask.actor, ask.today) if held.place.contains(place)]


#: By the kind of thing files hang on: who reads what of it is not public. Later packages add theirs.
READING: dict[type[BaseRecord], Rule] = {}


def read_by(rule: Rule, *kinds: type[BaseRecord]) -> None:
    """Files that hang on things of these kinds are opened by whoever reads the things themselves."""
    for kind in kinds:
        READING[kind] = rule


def _reads(ask: Question) -> bool:
    subject = _with_a_rule(_subject(ask))
    rule = READING.get(type(subject))
    return rule is not None and rule.why_not(Question(ask.actor, subject, ask.today, ask.offices)) is None


def _with_a_rule(subject: Any) -> Any:
    """The thing itself, or, where nobody has said who reads its kind, the first thing it belongs to of which it is said."""
    if subject is None or type(subject) in READING:
        return subject
    belongs_to = (field for field in subject._meta.concrete_fields if field.related_model in READING)
    return next((getattr(subject, field.name) for field in belongs_to if getattr(subject, field.attname)), subject)


def _keeps(ask: Question) -> bool:
    found = [held.office for held in _offices_there(ask) if not held.only_watches]
    ask.offices.extend(found)
    return bool(found)


def _names(ask: Question) -> bool:
    """Whether the thing the file hangs on names this person: as its author, its member, its addressee."""
    subject = _subject(ask)
    if subject is None or not isinstance(ask.actor, Person):
        return False
    people = [field for field in subject._meta.concrete_fields if field.related_model is Person]
    return any(getattr(subject, field.attname) == ask.actor.pk for field in people)


reads_its_subject = Predicate(
    _reads,
    _("可以查看附件所属事项的人"),
    _("这个附件不公开，由可以查看这件事的工作人员查看。"),
)
keeps_its_place = reads_its_subject & Predicate(
    _keeps,
    _("附件所属地方或上级的经办人（监督、审计人员除外）"),
    _("附件由本地和上级的经办人管理；监督、审计人员只查看。"),
)
named_by_it = Predicate(_names, _("事项所涉及的本人"), _("这个附件不公开，只有事项的本人可以查看。"))
is_shown_to_all = Predicate(
    lambda ask: ask.thing.public and ask.thing.withdrawn_at is None,
    _("公开的附件，任何人"),
    _("这个附件不公开，只有事项的本人、本地和上级的工作人员可以查看。"),
)
still_hangs = Predicate(lambda ask: ask.thing.withdrawn_at is None, _("还没有撤下"), _("这个附件已经撤下，不再展示。"))

#: Opening a file is no verb; a withdrawn one can only be opened by whoever reads its subject.
may_open = is_shown_to_all | reads_its_subject | (still_hangs & its_uploader) | (still_hangs & named_by_it)

MAY: Permissions = {
    "file.attach": signed_in | a_visitor_with_a_suggestion | the_operator | the_clock,
    "file.withdraw": its_uploader | keeps_its_place | the_operator,
    "file.sweep": the_clock | the_operator,
}

read_by(reads_directory, Organisation)
