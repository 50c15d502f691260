"""Calling the directors' meeting, its agenda, who was there, what it decides, its minutes."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.locks import hold
from yishiting.ground.common.parameters import A, Day, Ref, Refs, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import later, write_entries, write_entry
from yishiting.ground.notices.actions import in_one_statement, tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.notices.queries import told_of
from yishiting.ground.organisations.models import Appointment, Office, Organisation
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.places.models import Place
from yishiting.instruments.documents.actions import number_at_the_end
from yishiting.instruments.documents.models import Series
from yishiting.instruments.documents.rules import paper_number
from yishiting.year.directors.models import Present, Sitting, SittingItem, Topic
from yishiting.year.directors.permissions import MAY
from yishiting.year.directors.queries import (
    leaders,
    may_chair,
    may_sit,
    not_before_the_directors,
    reported_and_not_named,
    undecided,
    with_office,
)
from yishiting.year.directors.states import LIFECYCLE
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.actions import assign_suggestion
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.screening import sections

HELD_ON = Day(_("开会日期"), missing=_("请写明哪一天开。"))
VENUE = line(_("地点"), most=80, hint=_("例如：三层会议室"))


@verb("sitting.call", _("召集主任办公会"), MAY, done=_("已召集。请把要研究的事列入议程。"))
def call_sitting(
    place: Place, *, by: Actor, held_on: Annotated[date, HELD_ON], venue: Annotated[str, VENUE] = ""
) -> Sitting:
    """Call a meeting of the heads of the subdistrict for a day."""
    sitting = Sitting.objects.create(place=place, year=held_on.year, held_on=held_on, venue=venue)
    write_entry(sitting, held_on=held_on.isoformat())
    return sitting


@verb("sitting.amend", _("改日期、地点"), MAY, done=_("已改。"))
def amend_sitting(
    sitting: Sitting, *, by: Actor, held_on: Annotated[date, HELD_ON], venue: Annotated[str, VENUE] = ""
) -> Sitting:
    """Move a sitting that has not begun to another day or room."""
    LIFECYCLE.advance(sitting, "sitting.amend")
    sitting.held_on, sitting.venue, sitting.year = held_on, venue, held_on.year
    sitting.save(update_fields=["held_on", "venue", "year"])
    write_entry(sitting, held_on=held_on.isoformat())
    return sitting


def _called(one: Suggestion | Proposal) -> str:
    return f"{one.title}（{one.place.name}）"


SUGGESTIONS = Refs(
    _("还没有责任领导和科室的建议"),
    lambda sitting: not_before_the_directors(sitting.place),
    called=_called,
    initial=lambda sitting: list(not_before_the_directors(sitting.place).values_list("pk", flat=True)),
)
PROPOSALS = Refs(
    _("社区（村）报送的建议案"),
    lambda sitting: reported_and_not_named(sitting.place),
    called=_called,
    initial=lambda sitting: list(reported_and_not_named(sitting.place).values_list("pk", flat=True)),
)


def _something_waits(sitting: Sitting) -> Sentence | None:
    place = sitting.place
    if not_before_the_directors(place).exists() or reported_and_not_named(place).exists():
        return None
    return _("现在没有等着确定责任领导和科室的事：初审有效、已经分类分级的建议，和社区报送的建议案，会出现在这里。")


@verb("sitting.put_down", _("列入议程"), MAY, done=_("已列入议程。"), conditions=(_something_waits,))
def put_down(
    sitting: Sitting,
    *,
    by: Actor,
    suggestions: Annotated[Sequence[Suggestion], SUGGESTIONS] = (),
    proposals: Annotated[Sequence[Proposal], PROPOSALS] = (),
) -> Sitting:
    """Put matters past screening on the agenda, many at once, so that the directors name who answers for them."""
    if not suggestions and not proposals:
        raise Refused(_("请至少选一项。"), field="suggestions")
    own = {"sitting": sitting, "place": sitting.place, "topic": Topic.LEADERS}
    SittingItem.objects.bulk_create(
        [
            *(SittingItem(**own, suggestion=one, title=one.title[:200]) for one in suggestions),
            *(SittingItem(**own, proposal=one, title=one.title[:200]) for one in proposals),
        ]
    )
    write_entry(sitting, items=len(suggestions) + len(proposals))
    return sitting


@verb("sitting.add_topic", _("增加其他议题"), MAY, done=_("已列入议程。"))
def add_topic(
    sitting: Sitting, *, by: Actor, title: Annotated[str, line(_("题目"), hint=_("例如：研究明年实事项目的经费盘子"))]
) -> Sitting:
    """Put down a topic of another kind."""
    SittingItem.objects.create(sitting=sitting, place=sitting.place, topic=Topic.OTHER, title=title)
    write_entry(sitting, items=1, private={"title": title})
    return sitting


@verb("sitting.take_off", _("从议程撤下"), MAY, done=_("已撤下，以后还可以再列入。"))
def take_off(
    sitting: Sitting,
    *,
    by: Actor,
    items: Annotated[Sequence[SittingItem], Refs(_("哪些议题"), undecided, least=1)],
    reason: Annotated[str, line(_("原因"), missing=_("请写明为什么撤下。"))],
) -> Sitting:
    """Take items off the agenda that nothing was decided on; they wait for another sitting."""
    SittingItem.objects.filter(pk__in=[one.pk for one in items]).update(taken_off_because=reason)
    write_entry(sitting, items=len(items), private={"reason": reason})
    return sitting


CHAIR = Ref(
    _("主持人"),
    lambda sitting: may_chair(sitting.place),
    hint=_("党工委书记、主任（乡镇长）或责任领导。"),
    called=with_office,
    missing=_("请选主持人。没有可选的，请安全管理员先登记街乡领导的任职。"),
)
PRESENT = Refs(
    _("到会人员"),
    lambda sitting: may_sit(sitting.place),
    called=with_office,
    least=1,
    missing=_("请勾选到会的人。"),
)


def _the_day_has_come(sitting: Sitting) -> Sentence | None:
    return None if timezone.localdate() >= sitting.held_on else _("开会的日子还没有到。提前开的，请先“改日期、地点”。")


@verb("sitting.begin", _("开会"), MAY, done=_("已登记到会人员，请逐项记录决定。"), conditions=(_the_day_has_come,))
def begin_sitting(
    sitting: Sitting,
    *,
    by: Actor,
    chaired_by: Annotated[A[Person], CHAIR],
    present: Annotated[Sequence[Person], PRESENT],
) -> Sitting:
    """Open the sitting: who takes the chair, who is there, each in the office held that day."""
    LIFECYCLE.advance(sitting, "sitting.begin")
    sitting.chaired_by = chaired_by
    sitting.save(update_fields=["state", "chaired_by"])
    there = {one.pk: one for one in (chaired_by, *present)}
    Present.objects.bulk_create(
        Present(sitting=sitting, place=sitting.place, person=one, office=_office_here(one, sitting.place))
        for one in there.values()
    )
    write_entry(sitting, members=len(there), private={"chaired_by": str(chaired_by.pk)})
    return sitting


def _office_here(person: Person, place: Place) -> str:
    order = list(Office)
    held = [Office(one.office) for one in offices_of(person) if one.place_id == place.pk]
    return min(held, key=order.index, default=Office.SECTION_MEMBER)


ITEMS = Refs(
    _("哪些事"),
    lambda sitting: undecided(sitting, Topic.LEADERS),
    least=1,
    missing=_("请至少选一件事。"),
    hint=_("同一位领导、同一个科室负责的，可以一次选多件。"),
)
RESPONSIBLE = Ref(
    _("责任领导"),
    lambda sitting: leaders(sitting.place),
    called=with_office,
    missing=_("请选责任领导。没有可选的，请安全管理员先登记街乡领导的任职。"),
)
SECTION = Ref(
    _("责任科室"),
    lambda sitting: sections(sitting.place).filter(place=sitting.place),
    missing=_("请选责任科室。没有登记的，先在“组织登记”里登记。"),
)


def _named(sitting: Sitting) -> str:
    return str(_("已定下。")) + told_of(_step(sitting)).words


def _step(sitting: Sitting) -> str:
    return f"sitting.name_leaders:{sitting.pk}:{sitting.revision}"


def _leaders_to_name(sitting: Sitting) -> Sentence | None:
    if undecided(sitting, Topic.LEADERS).exists():
        return None
    return _("议程上没有等着确定责任领导和科室的事。还有要定的，请先“列入议程”；都定好了，请“印发纪要”。")


@verb("sitting.name_leaders", _("定下责任领导和科室"), MAY, done=_named, conditions=(_leaders_to_name,))
def name_leaders(
    sitting: Sitting,
    *,
    by: Actor,
    items: Annotated[Sequence[SittingItem], ITEMS],
    responsible: Annotated[A[Person], RESPONSIBLE],
    section: Annotated[A[Organisation], SECTION],
) -> Sitting:
    """Name the responsible leader and the section for matters past screening, many at once; both are told."""
    for one in items:
        if one.suggestion is not None:
            assign_suggestion(one.suggestion, by=by, responsible=responsible, section=section)
    _lead(sitting, [one.proposal for one in items if one.proposal is not None], responsible)
    SittingItem.objects.filter(pk__in=[one.pk for one in items]).update(
        responsible=responsible, section=section, decided_on=timezone.localdate()
    )
    write_entries(sitting, [(one, {"sitting": str(sitting.pk)}) for one in items], items=len(items))
    _tell_named(sitting, items, responsible, section)
    return sitting


def _lead(sitting: Sitting, proposals: Sequence[Proposal], responsible: Person) -> None:
    """A proposal of the place itself is led by whom the directors named; one from below stays its community's."""
    own = [one for one in proposals if one.place_id == sitting.place_id]
    hold(*own)
    for one in own:
        one.responsible = responsible
        one.save(update_fields=["responsible"])


@in_chinese
def _tell_named(sitting: Sitting, items: Sequence[SittingItem], responsible: Person, section: Organisation) -> None:
    """The leader is told, and everybody who holds an office for the section; without an account there is nobody to tell."""
    titles = "；".join(one.title for one in items)
    held = Appointment.objects.in_force(timezone.localdate()).filter(place=sitting.place, organisation=section)
    people = {one.pk: one for one in (responsible, *(row.person for row in held.select_related("person")))}
    with in_one_statement():
        for person in people.values():
            tell(
                person,
                once=_step(sitting),
                template="sitting.name_leaders",
                subject="主任办公会定下由您办理的事",
                body=f"{sitting}定下，由{responsible.name}负责，{section.name}办理：{titles}",
                audience=Audience.DESK,
                about=sitting,
                place_code=sitting.place.code,
            )


WHICH = Ref(_("哪个议题"), lambda sitting: undecided(sitting, Topic.OTHER), missing=_("请选一个议题。"))


@verb("sitting.conclude", _("记录决定"), MAY, done=_("决定已记录。"))
def conclude(
    sitting: Sitting,
    *,
    by: Actor,
    item: Annotated[A[SittingItem], WHICH],
    decision: Annotated[str, Text(_("决定了什么"), rows=4, missing=_("请写明决定了什么。"))],
) -> Sitting:
    """Note what was decided on a topic of another kind."""
    item.decision, item.decided_on = decision, timezone.localdate()
    item.save(update_fields=["decision", "decided_on"])
    write_entry(sitting, item=str(item.pk), private={"decision": decision})
    return sitting


def _something_decided(sitting: Sitting) -> Sentence | None:
    decided = sitting.items.filter(decided_on__isnull=False).exists()
    return None if decided else _("还没有记录任何决定。请先记录，再印发纪要。")


def _left_over(sitting: Sitting) -> Sentence:
    left = undecided(sitting).count()
    words = _("印发以后决定不能再改。请先核对。")
    return str(words) + (str(_("还有%(n)s项没有定，会留到下一次。") % {"n": left}) if left else "")


@verb(
    "sitting.issue",
    _("印发纪要"),
    MAY,
    before=_left_over,
    done=lambda one: _("已印发，编号%(number)s。") % {"number": one.number},
    conditions=(_something_decided,),
)
def issue_minutes(sitting: Sitting, *, by: Actor) -> Sitting:
    """Number and issue the minutes: what was decided is announced to the offices; what was left over waits."""
    LIFECYCLE.advance(sitting, "sitting.issue")
    sitting.issued_on = timezone.localdate()
    sitting.save(update_fields=["state", "issued_on"])
    decided = sitting.items.filter(decided_on__isnull=False).count()
    write_entry(sitting, number=later(sitting, "number"), items=decided)

    def save(serials: range) -> None:
        sitting.number = paper_number(f"{sitting.place.name}主任办公会", sitting.year, serials[0])
        sitting.save(update_fields=["number"])

    number_at_the_end(sitting.place, Series.SITTING, sitting.year, save)
    return sitting


@verb("sitting.cancel", _("取消这次会议"), MAY, done=_("已取消。"), kind="danger")
def cancel_sitting(
    sitting: Sitting, *, by: Actor, reason: Annotated[str, line(_("原因"), missing=_("请写明为什么取消。"))]
) -> Sitting:
    """Cancel a sitting that has not begun, with the reason; what was on its agenda waits for another."""
    LIFECYCLE.advance(sitting, "sitting.cancel")
    sitting.cancelled_because = reason
    sitting.save(update_fields=["state", "cancelled_because"])
    write_entry(sitting, private={"reason": reason})
    return sitting
