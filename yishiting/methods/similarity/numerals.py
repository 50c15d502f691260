"""Chinese numerals that count something, as Arabic ones: 十三号线 is 13号线 and not 3号线, 一号楼 is not 二号楼.

A numeral is read only before a word that counts or numbers, so that names keep theirs (五一路, 三里屯, 八里庄, 百子湾).
Amounts are written out: 3万元, 三万元 and 30000元 are one amount; 1,000元 is 1000元.
"""

import re
from functools import lru_cache

_DIGIT = {"〇": 0, "零": 0, "○": 0, **{sign: at for at, sign in enumerate("一二三四五六七八九", 1)}, "两": 2}
_SCALE = {"十": 10, "百": 100, "千": 1000}
_ZEROS = {"百": 2, "千": 3, "万": 4, "亿": 8}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_NOUGHTS = frozenset("〇零○")
#: So many signs in a row may be a name or a range (五一路, 三五年); more are a number read sign by sign (九一八路).
_PAIR = 2
#: What follows a numeral that numbers or counts; what follows it must not make another word of it.
COUNTED = (
    r"号线|号楼|号院|号门|号桥|号(?!召|称|令)|栋|幢|座(?![谈位椅])|单元|层(?![次面出])|楼(?![梯道板房盘宇市])|室(?!内|外)|期|届"
    r"|组(?![织成建长])|区(?![别分域县])|街坊|年级|班(?![车次])|年|月|日|天(?![桥然气坛])|元(?![桥里素])|块|户(?![型外口])"
    r"|平方|平米|米(?![饭粉])|公里|小时|分钟|环|季度|岁|车道|级|号|站地|趟|倍|万元|路(?=公交|车|无轨|电车)|条(?=胡同|街)"
)
_SIGNS = "〇零○一二三四五六七八九十百千万亿两"
_COUNT = re.compile(rf"(?<![{_SIGNS}\d])([{_SIGNS}]+)(?={COUNTED})")
_ORDER = re.compile(rf"第([{_SIGNS}]+)(?![{_SIGNS}])")
_BUS = re.compile(
    rf"(公交车?|乘坐?|专)([{_SIGNS}]+)(?=路)|(?<![{_SIGNS}\d])([一二三四五六七八九]?[十百][{_SIGNS}]*)(?=路)"
)
_LEVEL_BELOW = re.compile(r"(?:地下|负)(\d+)(?=[层楼])")
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})((?:,\d{3})+)(?![\d,])")
_TIMES = re.compile(rf"(?<![.\d])(\d+(?:\.\d+)?)(?:([万亿])(?![达象科国{_SIGNS}\d])|([千百])(?=[元块米人户平]))")
_MONEY = re.compile(r"(?<=\d)块钱?(?![\d地石])")
_HASH = re.compile(r"(?<=\d)#(?=[楼院栋门]|$|[^\w])|(?<=\d)#(?=\D)")
_ANY = re.compile(rf"[{_SIGNS}]|\d[,#块万亿]|[负下]\d")


def arabic(plain: str) -> str:
    """The text with the numerals that count or number something written in digits. Twice changes nothing."""
    if not _ANY.search(plain):
        return plain
    plain = _COUNT.sub(lambda found: _value(found.group(1), found.string[found.end() :][:1]), plain)
    plain = _BUS.sub(lambda found: (found.group(1) or "") + _value(found.group(2) or found.group(3), "路"), plain)
    plain = _ORDER.sub(lambda found: "第" + _value(found.group(1), "号"), plain)
    plain = _THOUSANDS.sub(lambda found: found.group(1) + found.group(2).replace(",", ""), plain)
    plain = _TIMES.sub(_written_out, plain)
    return _LEVEL_BELOW.sub(r"-\1", _HASH.sub("号", _MONEY.sub("元", plain)))


def _written_out(found: "re.Match[str]") -> str:
    """3.5万 as 35000; left as it is where that is no whole number."""
    whole, _, part = found.group(1).partition(".")
    zeros = _ZEROS[found.group(2) or found.group(3)]
    return found.group() if len(part) > zeros else str(int(whole + part.ljust(zeros, "0")))


@lru_cache(maxsize=4096)
def _value(signs: str, follows: str) -> str:
    """The number the signs write; the signs themselves where they are no one number (三五年: three to five)."""
    if not set(signs) & (_SCALE.keys() | _LARGE.keys()):
        return _one_by_one(signs, follows)
    total = part = digit = 0
    for sign in signs:
        if sign in _DIGIT:
            digit = _DIGIT[sign]
        elif sign in _SCALE:
            part, digit = part + (digit or 1) * _SCALE[sign], 0
        else:
            total, part, digit = (total + part + digit) * _LARGE[sign], 0, 0
    return str(total + part + digit) if total + part + digit else signs


def _one_by_one(signs: str, follows: str) -> str:
    """二〇二四年, 三〇五室, 九一八路: signs read one by one, but 三五年 and 五一路 are not numbers."""
    certain = follows in "号室" or not _NOUGHTS.isdisjoint(signs)
    if len(signs) == _PAIR and (follows == "路" or not certain):
        return signs
    return "".join(str(_DIGIT[sign]) for sign in signs)
