"""Blacking out: what the machine cannot know of a person is hidden by the desk, in public only, never in the file."""

from collections.abc import Sequence
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Text
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.published import blacks_of

#: One character alone would black out half the page.
LEAST = 2
WORDS = Text(
    gettext_lazy("要遮去的字"),
    hint=gettext_lazy("照原文写，一行一处，例如：二单元张阿姨的女儿。全部清空就是不再遮去。"),
    rows=4,
    most=600,
    initial=lambda suggestion: "\n".join(blacks_of([suggestion])),
)


@verb(
    "suggestion.black_out",
    gettext_lazy("遮去更多"),
    MAY,
    done=gettext_lazy("公开的页面上已遮去这些字；案卷里的原话没有改动。"),
    before=gettext_lazy("电话、证件号、住址门牌、车牌等由系统自动遮去。别的能认出人的话，请在这里写明。"),
)
def black_out(suggestion: Suggestion, *, by: Actor, words: Annotated[str, WORDS] = "") -> Suggestion:
    """Hide further words of a suggestion wherever the public reads it; the file keeps what was said."""
    blacks = list(dict.fromkeys(line.strip() for line in words.splitlines() if line.strip()))
    _are_said(suggestion, blacks)
    suggestion.blacks = "\n".join(blacks)
    suggestion.save(update_fields=["blacks"])
    write_entry(suggestion, private={"words": suggestion.blacks}, blacked=len(blacks))
    return suggestion


def _are_said(suggestion: Suggestion, blacks: Sequence[str]) -> None:
    said = "\n".join([suggestion.title, suggestion.text, suggestion.where])
    for black in blacks:
        if len(black) < LEAST:
            raise Refused(_("“%(words)s”只有一个字，会遮去太多，请至少写两个字。") % {"words": black}, field="words")
        if black not in said:
            raise Refused(_("原话里没有“%(words)s”，请照原文写，一行一处。") % {"words": black}, field="words")
