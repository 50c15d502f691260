"""What counts as a sound code, and what a privacy notice must say."""

from dataclasses import dataclass
from datetime import datetime, timedelta

CODE_LENGTH = 6
CODE_MINUTES = 5
CODE_TRIES = 5
CODE_WAIT_SECONDS = 60
CODES_AN_HOUR = 5
#: To how many phones one client may have codes sent: in a minute, and in an hour (`CODES_PER_CLIENT` of the settings).
CODES_A_MINUTE_PER_CLIENT = 5
#: Printed recovery codes: so many at once, each ten of these signs, which nobody mistakes for one another.
RECOVERY_CODES = 10
RECOVERY_SIGNS, RECOVERY_LENGTH = "23456789ABCDEFGHJKMNPQRSTVWXYZ", 10
#: So many passkeys and hardware keys one person may have.
PASSKEYS_MOST = 10
#: What wrong tries at sign-in names are counted under.
SIGN_IN = "sign_in"
#: Twice as long so often and no oftener: no wait is longer than its longest.
DOUBLINGS_MOST = 20
#: An account nobody has used for so long is shown to the security administrator.
INACTIVE_DAYS = 90
#: After so long without a sign-in a number may have passed to somebody else: its code opens a new account.
NUMBER_KEPT_DAYS = 180
#: So long the desk that joined two accounts may undo it by itself.
JOIN_UNDONE_WITHIN = timedelta(days=1)
#: A token for programs lasts so long unless its owner says otherwise, and never longer than a year.
TOKEN_DAYS, TOKEN_DAYS_MOST = 90, 366
#: How every place in a notice begins that somebody still has to fill in.
TO_FILL_IN = "【请填写"
#: What the first notice says; each line is true of what the house does with personal data.
FIRST_NOTICE = """谁在收集：{operator}。
找谁：{contact}。
收集什么：您的手机号（用来登录和联系您），您愿意留下的称呼和电子邮箱，您提的建议和上传的照片。
为什么收集：受理、核实、办理您的建议，把结果告诉您。
怎么保存：姓名、电话和邮箱加密保存；发短信和邮件用过的号码、地址，30天后清除。
谁能看到：受理和办理您建议的工作人员。公开页面不显示您的姓名和电话，除非您选择公开。
保存多久：到您注销为止。注销后姓名、电话和邮箱即行删除；建议的内容和办理过程作为公共记录保留，不带姓名。
没有登录时留下的称呼和电话，随那条建议保存。
您的权利：在“我的信息”里随时查看、下载、更正、撤回同意、注销，也可以联系上面的单位。
不同意也能用：不登录、不留姓名，照样可以浏览和提建议。
"""


def must_wait(sent: list[datetime], now: datetime) -> timedelta | None:
    """How long until another code may be sent to a phone that was sent codes at these times; None when at once."""
    recent = sorted(at for at in sent if now - at < timedelta(hours=1))
    waits = [recent[-1] + timedelta(seconds=CODE_WAIT_SECONDS) - now] if recent else []
    if len(recent) >= CODES_AN_HOUR:
        waits.append(recent[-CODES_AN_HOUR] + timedelta(hours=1) - now)
    longest = max(waits, default=timedelta(0))
    return longest if longest > timedelta(0) else None


def client_must_wait(sent: list[datetime], now: datetime, an_hour: int) -> timedelta | None:
    """How long until a client that had codes sent at these times may have another sent; None when at once."""
    waits = [
        times[-most] + span - now
        for most, span in ((CODES_A_MINUTE_PER_CLIENT, timedelta(minutes=1)), (an_hour, timedelta(hours=1)))
        if len(times := sorted(at for at in sent if now - at < span)) >= most
    ]
    return max(waits, default=None)


def first_notice(operator: str = "", contact: str = "") -> str:
    """The first privacy notice: who collects and how to reach them, or where that has still to be filled in."""
    return FIRST_NOTICE.format(
        operator=operator.strip() or f"{TO_FILL_IN}：运营单位全称】",
        contact=contact.strip() or f"{TO_FILL_IN}：电话、地址或邮箱】",
    )


@dataclass(frozen=True, slots=True)
class Slowing:
    """So many wrong tries are free, each further one is followed by a longer wait; a quiet time forgets them all."""

    free: int
    first: timedelta
    longest: timedelta
    quiet: timedelta

    def wait(self, tries: int) -> timedelta:
        """How long after the last of so many wrong tries nothing is looked at."""
        if tries < self.free:
            return timedelta(0)
        doublings = min(tries - self.free, DOUBLINGS_MOST)
        return min(self.first * (1 << doublings), self.longest)

    def left(self, tries: int, last_at: datetime, now: datetime) -> timedelta:
        """How much of the wait is left."""
        return max(last_at + self.wait(tries) - now, timedelta(0))


#: Whatever names one client tries: wrong ones in so many minutes.
ANY_NAME = Slowing(50, timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=15))


def recovery_code_of(number: int) -> str:
    """A random number of 64 bits as a recovery code people can copy: two groups of five signs."""
    signs = ""
    for _n in range(RECOVERY_LENGTH):
        number, rest = divmod(number, len(RECOVERY_SIGNS))
        signs += RECOVERY_SIGNS[rest]
    half = RECOVERY_LENGTH // 2
    return f"{signs[:half]}-{signs[half:]}"


def recovery_code_typed(words: str) -> str:
    """A recovery code as it is compared: without blanks and dashes, in capitals."""
    return "".join(sign for sign in words.upper() if sign.isalnum())


def lockout(attempts: int, minutes: int) -> Slowing:
    """After so many failures at one sign-in name a client waits for so many minutes each time."""
    span = timedelta(minutes=minutes)
    return Slowing(attempts, span, span, span)
