"""Who drafts, tables and decides proposals, and who answers what was reported up."""

from yishiting.ground.common.predicates import Permissions
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.models import Office
from yishiting.ground.organisations.permissions import at_community_desk, community_secretary, holds_above
from yishiting.year.meetings.permissions import reads_meetings
from yishiting.year.proposals.models import Proposal

at_subdistrict = holds_above(Office.SECTION_HEAD, Office.SUBDISTRICT_LEADER, Office.SUBDISTRICT_SECRETARY)
#: Proposals are read by whoever reads the meetings they are put to.
reads_proposals = reads_meetings

MAY: Permissions = {
    "proposal.draft": at_community_desk,
    "proposal.add_source": at_community_desk,
    "proposal.amend": at_community_desk,
    "proposal.table": at_community_desk,
    "proposal.take_off": at_community_desk,
    "proposal.consult": at_community_desk,
    "proposal.decide": at_community_desk,
    "proposal.report_up": community_secretary,
    "proposal.bring_back": at_subdistrict,
    "proposal.put_off": at_community_desk,
}

read_by(reads_proposals, Proposal)
