"""Who keeps the accounts."""

from yishiting.ground.common.predicates import Permissions
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import heads_here, keeps_accounts, reads_money
from yishiting.instruments.funds.models import Fund, Posting

MAY: Permissions = {
    "fund.open": keeps_accounts | heads_here,
    "fund.budget": keeps_accounts,
    "fund.allot": keeps_accounts,
    "fund.return": keeps_accounts,
    "fund.carry_over": keeps_accounts,
    "posting.reverse": keeps_accounts,
}

read_by(reads_money, Fund, Posting)
