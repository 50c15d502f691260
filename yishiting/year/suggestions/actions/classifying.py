"""Class, responsible level, responsible person; and forgetting who said it when they ask."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import chinese
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.parameters import A, OneOf, Ref
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.request_cache import cached
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import Listed, write_entry
from yishiting.ground.notices.actions import tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.organisations.queries import answers_for, offices_of
from yishiting.ground.places.models import Level, Place, ResponsibleLevel
from yishiting.ground.places.rules import higher, may_lead
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.categories import DISTRICT, STREET, Branch
from yishiting.year.suggestions.models import Category, Scheme, Suggestion
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.duties import duty_of
from yishiting.year.suggestions.queries.guesses import in_words, proposals, sure_one
from yishiting.year.suggestions.queries.screening import in_charge, leading_words, may_be_chosen, sections


def _proposed(suggestion: Suggestion) -> tuple[Any, Any]:
    return cached(f"proposals for {suggestion.pk}", lambda: proposals(suggestion, may_be_chosen()))


def _words_and_proposals(suggestion: Suggestion) -> Sentence:
    likely, levels = _proposed(suggestion)
    offers = ((_("类别"), likely), (_("责任层级"), [(level.label, guess) for level, guess in levels]))
    return "\n".join([suggestion.text, "", *(f"{label}　{in_words(offer)}" for label, offer in offers)])


CATEGORY = Ref(
    _("类别"),
    lambda _suggestion: may_be_chosen(),
    initial=lambda suggestion: suggestion.category or sure_one(_proposed(suggestion)[0]),
    called=lambda category: category.path,
    key="path",
)
LEVEL = OneOf(
    _("责任层级"),
    ResponsibleLevel,
    initial=lambda suggestion: suggestion.responsible_level or sure_one(_proposed(suggestion)[1]),
    missing=_("请选择责任层级。"),
)
RESPONSIBLE = Ref(
    _("责任人"),
    lambda suggestion: in_charge(suggestion.place),
    hint=_("政府职责的事项，社区只能报送和协助，责任人选街乡或区里的。"),
    called=leading_words,
)
SECTION = Ref(
    _("科室或单位"),
    lambda suggestion: sections(suggestion.place),
    hint=_("由哪个科室具体办理。没有登记的，先在“组织和单位”里登记。"),
    called=lambda section: f"{section.name}（{section.place.name}）",
)


@verb("suggestion.classify", _("分类分级"), MAY, done=_("类别和责任层级已保存。"), before=_words_and_proposals)
def classify_suggestion(
    suggestion: Suggestion,
    *,
    by: Actor,
    category: Annotated[A[Category], CATEGORY],
    responsible_level: Annotated[str, LEVEL],
) -> Suggestion:
    """Say to which class a suggestion belongs and whose duty it is."""
    _refuse(_why_not_lower(suggestion, responsible_level, by), "responsible_level")
    if suggestion.responsible is not None:
        _refuse(why_not_led(suggestion.responsible, responsible_level), "responsible_level")
    suggestion.category, suggestion.responsible_level = category, responsible_level
    suggestion.save(update_fields=["category", "responsible_level"])
    write_entry(suggestion, category=Listed(category.path), responsible_level=str(responsible_level))
    return suggestion


@verb(
    "suggestion.assign",
    _("确定责任人"),
    MAY,
    done=lambda suggestion: _("责任人是%(who)s。") % {"who": suggestion.responsible},
)
def assign_suggestion(
    suggestion: Suggestion,
    *,
    by: Actor,
    responsible: Annotated[A[Person], RESPONSIBLE],
    section: Annotated[Organisation | None, SECTION] = None,
) -> Suggestion:
    """Name the person, and the section, that answer for a suggestion from now on; a community cannot lead a government duty."""
    _refuse(why_not_led(responsible, duty_of(suggestion)), "responsible")
    suggestion.responsible, suggestion.section = responsible, section
    suggestion.save(update_fields=["responsible", "section"])
    named = {"section": str(section.pk)} if section is not None else {}
    write_entry(suggestion, private={"responsible": str(responsible.pk), **named})
    if responsible != by:
        _tell_responsible(suggestion, responsible)
    return suggestion


@in_chinese
def _tell_responsible(suggestion: Suggestion, responsible: Person) -> None:
    due = f"，请在{chinese(suggestion.answer_due, 'plain')}前答复" if suggestion.answer_due else ""
    tell(
        responsible,
        once=f"suggestion.assign:{suggestion.pk}:{suggestion.revision}",
        template="suggestion.assign",
        subject="有一条建议由您负责",
        body=f"{suggestion.place.name}的建议“{suggestion.title}”（受理号 {spoken(suggestion.receipt)}）由您负责{due}。",
        audience=Audience.DESK,
        about=suggestion,
        place_code=suggestion.place.code,
    )


@verb("suggestion.forget", _("去除提出人信息"), MAY, internal="注销账号、删除个人信息时一并办理")
def forget_proposer(person: Person, *, by: Actor) -> int:
    """Take a person's name and phone out of their suggestions; the words and decisions stay."""
    theirs = Suggestion.objects.filter(proposer=person)
    list(
        theirs.select_for_update(no_key=True).order_by("pk").values_list("pk")
    )  # in the order in which others lock them
    count = theirs.update(
        proposer=None,
        proposer_name="",
        proposer_phone="",
        phone_hash="",
        phone_tail_hash="",
        phone_end_hash="",
        name_hash="",
        wants_contact=False,
    )
    write_entry(person, suggestions=count)
    return count


@verb("category.load", _("载入分类"), MAY, internal="安装系统时由命令办理", holds=("district",))
def load_categories(district: Place, *, by: Actor) -> int:
    """Load the district's six classes and the subdistricts' six groups and twelve aspects; safe to repeat."""
    six = _scheme("district", "区级六类")
    classes = {one.name: one for one in _keep(six, [(None, DISTRICT)], {})}
    street = _scheme("street", "街乡六类十二方面")
    groups = _keep(street, [(None, STREET)], classes)
    _keep(street, [(group, branch.below) for group, branch in zip(groups, STREET, strict=True)], classes)
    count = Category.objects.count()
    write_entry(district, categories=count)
    return count


def _scheme(key: str, name: str) -> Scheme:
    scheme, _made = Scheme.objects.get_or_create(key=key, version=1, defaults={"name": name})
    return scheme


def _keep(
    scheme: Scheme, branches: Iterable[tuple[Category | None, Sequence[Branch]]], classes: Mapping[str, Category]
) -> list[Category]:
    """Categories of one height, new ones and known ones, in one statement; each list lies under its parent."""
    rows = [
        Category(
            scheme=scheme,
            path=f"{parent.path}/{branch.name}" if parent else branch.name,
            parent=parent,
            name=branch.name,
            position=position,
            maps_to=classes.get(branch.maps_to),
        )
        for parent, below in branches
        for position, branch in enumerate(below)
    ]
    return Category.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["scheme", "path"],
        update_fields=["parent", "name", "position", "maps_to"],
    )


def _why_not_lower(suggestion: Suggestion, level: str, by: Actor) -> Sentence | None:
    """What was said to be the duty of an office above is brought down by that office, never by the place itself."""
    was = duty_of(suggestion)
    if not higher(was, level) or answers_for(by, suggestion.place, was):
        return None
    sentence = _(
        "这件事已经定为%(was)s的职责，不能在这里改成%(level)s的：政府职责社区不能主办，改个分级也不行。"
        "分级确实错了的，请上级工作人员打开这条建议，“分类分级”改定。"
    )
    return sentence % {"was": ResponsibleLevel(was).label, "level": ResponsibleLevel(level).label}


def why_not_led(person: Person, level: str) -> Sentence | None:
    """A community leads only what is its own duty or that of a unit based in it; any government office may answer."""
    held = {one.place.level for one in offices_of(person)}
    if not level or may_lead(Level.COMMUNITY, level) or held != {Level.COMMUNITY}:
        return None
    return _("这是上级政府的职责，社区不能作主办单位，只能报送和协助。")


def _refuse(sentence: Sentence | None, field: str) -> None:
    if sentence is not None:
        raise Refused(sentence, field=field)
