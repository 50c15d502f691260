"""What notice was given of is what is decided: an item whose words have changed is announced again before the vote."""

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.year.meetings.actions.planning import early_enough, tell_invited, told_words
from yishiting.year.meetings.models import AgendaItem
from yishiting.year.meetings.permissions import MAY
from yishiting.year.meetings.states import State

PARTS = {"title": _("议题"), "text": _("文本"), "touches_law": _("是否涉及法律问题")}


def as_announced(item: AgendaItem) -> Sentence | None:
    """None while the item reads as in the last notice; otherwise the sentence that names what has changed."""
    if not item.parted:
        return None
    return format_lazy(
        _(
            "这一项的{parts}和会议通知里写的不一样，不能表决。请先“重新通知议题”；离开会的日子不够的，"
            "请“改期再议”，或在“修改议题”里改回通知时的样子。"
        ),
        parts=said_parts(item),
    )


def said_parts(item: AgendaItem) -> str:
    """What of an item is not as announced, in words."""
    return "、".join(str(PARTS[name]) for name in item.parted)


def _has_parted(item: AgendaItem) -> Sentence | None:
    if item.meeting.state != State.CONVENED:
        return _("只有已经通知、还没有开的会议才重新通知议题。会上改了文本的，请“改期再议”，列入下一次会议。")
    return None if item.parted else _("这一项和会议通知里写的一样，不用“重新通知议题”。")


def _early_enough(item: AgendaItem) -> Sentence | None:
    return early_enough(item.meeting)


def _what_changes(item: AgendaItem) -> Sentence:
    return _("通知时：%(then)s\n\n现在：%(now)s") % {
        "then": _in_words(item.announced_words),
        "now": _in_words(item.words),
    }


def _in_words(words: dict[str, str]) -> str:
    sentence = _("%(title)s（涉及法律问题）。%(text)s") if words["touches_law"] else "%(title)s。%(text)s"
    return str(sentence % words)


@in_chinese
def _told(item: AgendaItem) -> str:
    said, then, now = said_parts(item), _in_words(item.announced_words), _in_words(item.words)
    return f"“{item.meeting.title}”第{item.position}项的{said}改过，重新通知。原来：{then}\n现在：{now}"


#: What the message about a changed item is called.
ANEW = "议题重新通知"


@verb(
    "item.announce_again",
    _("重新通知议题"),
    MAY,
    before=_what_changes,
    done=lambda item: str(_("修改前后都写在会议页面上。")) + told_words(item.meeting, ANEW, item.token),
    conditions=(_has_parted, _early_enough),
)
def announce_again(item: AgendaItem, *, by: Actor) -> AgendaItem:
    """Give notice again of an item whose words have changed, as early before the meeting as the first time."""
    told = _told(item)
    item.announce(timezone.localdate())
    item.save(update_fields=["announcements"])
    write_entry(item, meeting=str(item.meeting_id), position=item.position, private={"text": item.text})
    tell_invited(item.meeting, ANEW, told, part=item.token)
    return item
