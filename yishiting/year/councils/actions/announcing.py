"""Before a term is over everybody is told so: that it ends, that the next one is elected, how one comes to stand."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese, said
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import later, write_entry
from yishiting.ground.places.organs import assembly_of, council_of, local_words
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.year.councils.models import Term
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.queries import announced_by


def _is_near(term: Term) -> Sentence | None:
    first = announced_by(term)
    if first is None or timezone.localdate() >= first[0]:
        return None
    return _("还早。%(day)s起可以公告换届。") % {"day": said(first[0], "plain")}


def _is_new(term: Term) -> Sentence | None:
    return _("换届已经公告。下一步：“筹备新一届”。") if term.end_is_announced else None


def _words(term: Term) -> str:
    """The announcement as everybody reads it."""
    ends = term.ends or timezone.localdate()
    rule = rules_for(term.place).sentence("council.term_years")
    words = (
        f"{council_of(term.place, None)}第{term.number}届议事代表任期到{chinese(ends, 'plain')}届满。按照“{rule}”的规定，"
        f"现在开始筹备第{term.number + 1}届。候选人由党组织、居委会提名，居民推荐或本人自荐，经资格审查和公示后，"
        f"由{assembly_of(term.place, None)}差额选举产生。提名开始的日期另行公告，新一届就任以前，本届代表照常履职到届满那一天。"
    )
    return local_words(words, term.place)


@verb(
    "term.announce",
    _("公告换届"),
    MAY,
    before=_words,
    done=_("换届已公告。下一步：“筹备新一届”。"),
    conditions=(_is_new, _is_near),
)
@in_chinese
def announce_term(term: Term, *, by: Actor) -> Term:
    """Announce to everybody that a term ends and the next one is elected."""
    term.end_notice = post_notice(
        term.place,
        by=by,
        kind=NoticeKind.ANNOUNCEMENT,
        title=f"{council_of(term.place, None)}第{term.number + 1}届换届公告",
        body=_words(term),
        subject=term,
        takes_objections=False,
    )
    term.save(update_fields=["end_notice"])
    write_entry(term, notice=later(term.end_notice, "number"), ends=term.ends.isoformat() if term.ends else "")
    return term
