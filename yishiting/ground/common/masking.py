"""What of people's words may become public: everything but what finds, reaches or names a person.

`public_words` is the one masker. Whatever becomes public or leaves the house goes through it: pages anyone may read,
what the API tells whoever has no right of their own, file names, sheets. Amounts, areas, counts, days, numbers of
papers, receipts and places stay; `private_parts` tells the desk what will be hidden, and why.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

PHONE_HEAD, PHONE_TAIL, PHONE_HIDDEN = 3, 4, 4
BLACK = "█"
IDENTITY, LANDLINE = "身份证号", "座机号"
#: How far before a number the word stands that says what it is.
LOOK_BACK = 24
#: Wide letters and digits, read as narrow ones; each stays one character, so that places in the text stay the same.
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("　"): " ",
    ord("\xa0"): " ",
    ord("\u202f"): " ",
}
#: What may stand between the groups of a number.
GAP = r"[ \t.·・•_–—-]{0,3}"
START, END = r"(?<![0-9A-Za-z])(?<![0-9]\.)", r"(?![0-9A-Za-z])(?!\.[0-9])"
#: Behind a number that is so many of something.
UNIT = r"(?!\s*(?:元|块|万|亿|分|㎡|平|米|户|人|票|吨|度|千|公里|km|kg|%|℃))"
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
#: Words that begin like a name.
NO_NAMES = (
    "高层|高空|高度|高低|高龄|高中|高压|马路|马上|马桶|白天|白色|黄色|黄土|黄杨|金额|金属|方便|方面|方向|方式|方案|方庄|石头|"
    "石板|周边|周围|周末|周[一二三四五六日]|张贴|张挂|陈旧|陈列|杨树|杨柳|孙子|胡同|胡乱|林木|林地|何时|何处|何况|罗列|郑重|谢谢|"
    "于是|于今|董事|程序|程度|许多|许可|曾经|苏州|丁字|叶子|余下|余款|余额|杜绝|夏天|夏季|夏日|钟点|田地|田野|任何|任务|任意|任职|范围|康复|"
    "康乐|毛病|毛坯|江苏|史料|顾问|顾客|龙头|万元|万一|段落|雷雨|雷电|汤圆|易燃|易滑|常年|常常|常住|常有|武装|文化|文明|文件|文体|"
    "吴江|沈阳|江水|江西|贺卡|高速|金盏|金台|秦皇|钱款|白墙|石材|方砖|文字|余地|常务|林下|马达|于家|高家|"
)
TITLES = r"(?:同志|先生|女士|师傅|阿姨|大爷|大妈|大姐|大哥|老人|老师|家)"
NAME = rf"(?!{NO_NAMES.rstrip('|')})(?P<name>(?:欧阳|司马|上官|诸葛|[{SURNAMES}])[\u4e00-\u9fff]{{1,2}}?)"
DOOR = (
    r"(?P<door>\d{1,3}\s?[-–]\s?\d{1,2}\s?[-–]\s?\d{2,4}(?!\d)|(?:\d{1,3}号?[楼院栋幢]\s?)?\d{1,2}(?:单元|门)\s?\d{2,4}(?!\d)[室号户]?"
    r"|(?<!\d)\d{3,4}[室户](?![内外]))"
)
#: Before an office's own line, which is there to be called.
OFFICE_LINE = re.compile(
    r"(?:(?:咨询|监督|举报|受理|值班|服务|办公|投诉|报修|社区|居委会|村委会|街道|物业|办公室|公示|主办单位)(?:联系)?(?:电话|热线|座机)"
    r"|热线|总机)[为是号码:：\s(（]*$"
)
PUBLIC_CODE = re.compile(r"(?:信用代码|组织机构代码|合同编号|项目编号|发票号码|订单号|存证|种子|第)[为是:：\s]*$")
CARD_WORD = re.compile(r"(?:卡号|账号|帐号|账户|银行卡)[为是:：\s]*$")
#: Nothing of a person's is written without one of these: a long number, a door, a sign or a word.
HINT = re.compile(
    r"[0-9０-９](?:[\s.·・•_–—－．　-]{0,3}[0-9０-９]){6}|[0-9０-９](?:[室户]|单元|门)|[0-9]\s?[-–]\s?[0-9]{1,2}\s?[-–]\s?[0-9]{2}"
    r"|[@＠]|[微薇][信❤♥]|[VvWw][Xx]|[Vv]信|[Ww]e[Cc]hat|weixin|[Qq]{2}|扣扣|(?:座机|固话|住宅|家里|家中|宅电)"
    r"|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-ZＡ-Ｚ]"
    r"|[一幺][三四五六七八九][零〇一二三四五六七八九幺]{9}|我叫|我是|本人"
)


@dataclass(frozen=True, slots=True)
class Private:
    """A part of a text that is hidden in public: where it stands, what it is, what is shown instead."""

    start: int
    end: int
    kind: str
    shown: str


#: From where to where, and what is shown there.
Span = tuple[int, int, str]
Mask = Callable[[re.Match[str]], list[Span]]


def _stars(found: re.Match[str], head: int) -> list[Span]:
    signs = [sign for sign in found[0] if sign.isalnum()]
    return [(*found.span(), "".join(signs[:head]) + "*" * (len(signs) - head))]


def _identity(found: re.Match[str]) -> list[Span]:
    return _stars(found, 4)


def _mobile(found: re.Match[str]) -> list[Span]:
    head = re.sub(r"\D", "", found["head"])
    return [(found.start("head"), found.end(), head + "*" * 8)]


def _landline(found: re.Match[str]) -> list[Span]:
    before = found.string[max(0, found.start() - LOOK_BACK) : found.start()]
    return [] if OFFICE_LINE.search(before) else [(*found.span(), f"{found['area']}-{'*' * 8}")]


def _number_in_words(found: re.Match[str]) -> list[Span]:
    return [(found.start("number"), found.end("number"), "*" * 8)]


def _card(found: re.Match[str]) -> list[Span]:
    before = found.string[max(0, found.start() - LOOK_BACK) : found.start()]
    digits = re.sub(r"\D", "", found[0])
    sure = len(digits) == len(found[0]) or CARD_WORD.search(before) or _adds_up(digits)
    return [] if PUBLIC_CODE.search(before) or not sure else _stars(found, 4)


def _adds_up(digits: str) -> bool:
    """Whether the last digit is the check digit of the others, as on every bank card (ISO/IEC 7812)."""
    doubled = [int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(digits))]
    return sum(sum(divmod(value, 10)) for value in doubled) % 10 == 0


def _mail(found: re.Match[str]) -> list[Span]:
    public = found["host"].lower().endswith("gov.cn")
    return [] if public else [(*found.span(), f"{found[0][0]}***@***")]


def _handle(found: re.Match[str]) -> list[Span]:
    return [(found.start("handle"), found.end("handle"), "***")]


def _plate(found: re.Match[str]) -> list[Span]:
    return [(*found.span(), f"{found[0][:2]}*****")]


def _name(found: re.Match[str]) -> list[Span]:
    return [(found.start("name"), found.end("name"), mask_name(found["name"]))]


def _name_and_door(found: re.Match[str]) -> list[Span]:
    return [*_name(found), (found.start("door"), found.end("door"), "***")]


_DATE = rf"(?:1[89]|20){GAP}\d{GAP}\d{GAP}(?:0{GAP}[1-9]|1{GAP}[0-2]){GAP}(?:0{GAP}[1-9]|[12]{GAP}\d|3{GAP}[01])"
_SIX = GAP.join([r"[1-9]", *[r"\d"] * 5])
_JOIN = r"[，,、：:;；（( ]{0,3}"
_CALLED = r"(?:的)?(?:联系方式|联系电话|手机号码?|电话号码|电话|手机|身份证号码?|身份证|微信号?)?[为是]?"

MOBILE_REST = (
    rf"(?:{GAP}\d{{4}}{GAP}\d{{4}}|{GAP}\d{{3}}{GAP}\d{{5}}|{GAP}\d{{2}}{GAP}\d{{2}}{GAP}\d{{2}}{GAP}\d{{2}}"
    rf"|\d{GAP}\d{{4}}{GAP}\d{{3}}|\d{{2}}{GAP}\d{{6}}|\d{{3}}{GAP}\d{{5}})"
)
SAID = "[零〇一二三四五六七八九幺]"
CARD_GROUPS = r"[3-689]\d{3}(?:[ -]{1,2}\d{4}){2,3}(?:[ -]{1,2}\d{1,4})?"
LINE = rf"[2-9]\d{{2,3}}{GAP}\d{{4}}(?:\s?(?:转|-)\s?\d{{1,5}})?"
AT_HOME = "(?:家里|家中|住宅|座机|固话|宅电)(?:电话|号码)?"
#: 电话 64671234: somebody's own, unless the word before says whose line it is.
OWN_CALL = "(?<![询督报公区会务班站院司线诉])电话(?:号码)?[:：是\\s]{0,3}"
WECHAT = (
    r"(?:(?:[微薇][信❤♥](?:号|ID)?|(?<![A-Za-z])(?:wechat|weixin|VX|wx|V信))(?:号码?)?\s?(?:[:：]|是|为|号)\s?"
    r"|微信(?:号|ID)?\s?(?=[A-Za-z][A-Za-z_-]*[0-9_]))"
)
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
#: In this order; what an earlier one has found is no longer looked at by a later one.
PATTERNS: tuple[tuple[str, re.Pattern[str], Mask], ...] = (
    (IDENTITY, re.compile(rf"{START}{_SIX}{GAP}{_DATE}{GAP}\d{GAP}\d{GAP}\d{GAP}[\dXx]{END}"), _identity),
    ("手机号", re.compile(rf"{START}(?:\+?86{GAP}|0086{GAP}|\+)?(?P<head>1[3-9]\d){MOBILE_REST}{END}{UNIT}"), _mobile),
    ("手机号", re.compile(rf"{START}(?P<head>1(?P<gap>[ .·-])[3-9](?P=gap)\d)(?:(?P=gap)\d){{8}}{END}"), _mobile),
    ("手机号", re.compile(rf"(?P<number>[一幺][三四五六七八九]{SAID}{{9}})(?!{SAID}|[十百千])"), _number_in_words),
    ("银行卡号", re.compile(rf"{START}(?:\d{{15,19}}|{CARD_GROUPS}){END}{UNIT}"), _card),
    (LANDLINE, re.compile(rf"{START}[(]?(?P<area>0(?:10|2\d|[3-9]\d{{2}}))[)]?{GAP}{LINE}{END}{UNIT}"), _landline),
    (LANDLINE, re.compile(rf"{AT_HOME}[^0-9，。；,;]{{0,4}}(?P<number>{LINE}){END}{UNIT}"), _number_in_words),
    (LANDLINE, re.compile(rf"{OWN_CALL}(?P<number>[2-8]\d{{3}}{GAP}\d{{4}}){END}{UNIT}"), _number_in_words),
    ("邮箱", re.compile(r"(?<![0-9A-Za-z._%+-])[0-9A-Za-z._%+-]+@(?P<host>[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)+)"), _mail),
    ("微信号", re.compile(rf"{WECHAT}(?P<handle>[0-9A-Za-z][0-9A-Za-z_-]{{5,19}})", re.IGNORECASE), _handle),
    ("微信号", re.compile(r"(?<![0-9A-Za-z_])wxid_(?P<handle>[0-9A-Za-z]+)"), _handle),
    ("QQ号", re.compile(r"(?:QQ|扣扣)(?:号码?)?[:：是\s]{0,2}(?P<handle>[1-9]\d{4,10})(?!\d)", re.IGNORECASE), _handle),
    (
        "车牌号",
        re.compile(rf"[{PROVINCES}][A-HJ-NP-Z][·.\s-]?(?=[A-Z0-9]*\d)[A-HJ-NP-Z0-9]{{5,6}}(?![0-9A-Za-z])"),
        _plate,
    ),
    ("姓名和门牌", re.compile(rf"{NAME}{TITLES}?{_JOIN}(?:家?住(?:在|址)?)?{_JOIN}{DOOR}"), _name_and_door),
    (
        "姓名和门牌",
        re.compile(rf"{DOOR}(?:的|住户|业主|居民|户主|[（(，,、\s])*{NAME}(?={TITLES}|[，,。；;、：:）)\s]|$)"),
        _name_and_door,
    ),
    ("姓名", re.compile(rf"(?:我叫|我是|本人(?:叫|是)?){_JOIN}{NAME}(?=[，,。；;、（(\s\d*]|$|家?住)"), _name),
)
#: A name beside what was hidden.
NAMED_BEFORE = re.compile(rf"{NAME}{TITLES}?{_JOIN}{_CALLED}{_JOIN}$")


def mask_name(name: str) -> str:
    """The surname and two stars, whatever the length of the rest: 王小明 → 王**."""
    return f"{name[:1]}**" if name else ""


def mask_phone(phone: str) -> str:
    """For the desk: the first three and last four digits, 138****5678; a number too short for that is all stars."""
    if len(phone) < PHONE_HEAD + PHONE_HIDDEN + PHONE_TAIL:
        return "*" * len(phone)
    return f"{phone[:PHONE_HEAD]}****{phone[-PHONE_TAIL:]}"


def public_words(text: str, blacks: Iterable[str] = (), *, own_line: bool = False) -> str:
    """The text as everyone may read it: numbers that reach a person hidden, and what the desk has blacked out.

    Of a telephone number the last digits are not shown: with them a suggestion is followed. `own_line` leaves the
    landlines of an office where it says itself how it is reached.
    """
    for black in sorted(filter(None, blacks), key=len, reverse=True):
        text = text.replace(black, BLACK * len(black))
    if not HINT.search(text):
        return text
    parts, at = [], 0
    for part in private_parts(text):
        if own_line and part.kind == LANDLINE:
            continue
        parts += [text[at : part.start], part.shown]
        at = part.end
    return "".join([*parts, text[at:]])


def private_parts(text: str) -> list[Private]:
    """What would be hidden of a text, in order."""
    plain = text.translate(NARROW)
    found: list[Private] = []
    for kind, pattern, mask in PATTERNS:
        for match in pattern.finditer(plain):
            spans = mask(match)
            if not any(_taken(found, start, end) for start, end, _shown in spans):
                found += [Private(start, end, kind, shown) for start, end, shown in spans]
    found += list(_names_beside(plain, found))
    return sorted(found, key=lambda part: part.start)


def _taken(found: list[Private], start: int, end: int) -> bool:
    return any(part.start < end and start < part.end for part in found)


def _names_beside(plain: str, found: list[Private]) -> Iterator[Private]:
    for part in found:
        match = NAMED_BEFORE.search(plain, max(0, part.start - LOOK_BACK), part.start)
        if match and not _taken(found, *match.span("name")):
            yield Private(*match.span("name"), "姓名", mask_name(match["name"]))
