"""Who posts notices, who may object, who answers."""

from yishiting.ground.accounts.permissions import anyone, the_clock
from yishiting.ground.common.predicates import Permissions
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.models import Office
from yishiting.ground.organisations.permissions import at_community_desk, holds_here
from yishiting.instruments.publicity.models import PublicNotice

#: Whoever runs the desk of the place that posts: a community, a subdistrict or the district.
at_the_desk = at_community_desk | holds_here(
    Office.SUBDISTRICT_SECRETARY,
    Office.SUBDISTRICT_LEADER,
    Office.SECTION_HEAD,
    Office.DISTRICT_DIRECTOR,
    Office.DISTRICT_OFFICER,
)

MAY: Permissions = {
    "notice.post": at_the_desk | the_clock,
    "notice.close": at_the_desk | the_clock,
    "notice.extend": at_the_desk | the_clock,
    "notice.withdraw": at_the_desk,
    "objection.raise": anyone,
    "objection.answer": at_the_desk,
}

read_by(at_the_desk, PublicNotice)
