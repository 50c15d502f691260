"""Which words of a message are certainly the name of a place: what a reason may call one.

Strict on purpose: better no reason than 提到同一处：一条腿老人坐不稳. A name ends in a kind of place (里, 家园, 路 …), has at
least two characters of its own before it, and none of them belongs to an everyday word or to a sentence (我, 的, 在 …).
Names known from a table (subdistricts, communities) are places wherever they stand; whoever asks gives the table.
"""

import re
from collections.abc import Collection
from functools import lru_cache

#: Kinds of place and what must not follow them (路灯, 街道办, 院子, 站台).
_KIND = re.compile(
    r"家园|花园|小区|社区|公园|广场|大厦|公寓|大街|胡同|街坊|新城|新村|学院|大学|中学|小学|幼儿园|医院|商场|大桥|大道|地铁站|车站|体育馆|图书馆|工业园|产业园"
    r"|开发区|立交桥|街道(?!办?[主工人])|别墅|校区|商城|号院|苑|府(?![上邸])|湾|郡|庭(?![审院])|寺|岭|洲|厦|轩|墅|屯"
    r"|里(?![面头边外程的都会])|区(?![域别县政间])|街(?![道坊头上边面])|路(?![口灯段面线边标基牌由况上程滑滩])|巷(?![子口])|村(?![民委里])|园(?![区林艺子])|庄"
    r"|院(?![校子内里落])|桥(?![下上面梁])|站(?![点牌台房站前])|坊|营(?![业运销])|店(?![铺面员])|亭|城(?![市区乡管])|湖(?![南北])|镇(?!政)|乡(?!村)"
)
#: Between a name and its kind or after it: 东区, 北里, 甲区, 3区, 二里.
_TAIL = re.compile(
    r"(?:[东西南北中甲乙丙a-z]|\d{1,2}|[一二三四五六七八九十])?(?:里(?![面头边])|区(?![域别])|园(?![区林])|苑|街坊|村(?!民)|街(?![道头])|路(?![口灯段面]))"
)
#: No name holds a word of a sentence.
_SENTENCE = frozenset(
    "的了在是有没不把被给让和与我你他她它这那每各该哪去到从很都也就还再么吗呢吧几个些请想要能会对于为因及向往离出进过走住坐等说看听做"
    "放摆堆修拆装换跑骑买卖条块片整某什怎谁何可但而或且若如此其之着跟比按照用以使由自当叫又才只已先处位间全本两多少无非更最同另所"
    "吃喝唱吵闹怕急坏破烂脏臭挤慢快早晚夜昨今明您咱俩嘛啊呀哦 .,:%/-"
)
#: Everyday words: no name begins with or holds one of these, nor is one.
_EVERYDAY_WORDS = """
    老旧 住宅 居民 居住 业主 附近 周边 隔壁 旁边 对面 门口 门前 楼前 楼后 楼下 楼上 房前 房后 院内 院外 区内 区外 路边 路口 路段 封闭 新建 新开 高档 普通 全部 整个
    养老 敬老 卫生 停车 加油 充电 垃圾 中转 服务 物业 菜市 农贸 便民 早市 夜市 断头 十字 丁字 人行 水泥 柏油 马路 公路 道路 主路 辅路 小路 大路 机动车 非机动
    公里 邻里 半夜 夜里 家里 屋里 心里 手里 生活 休息 活动 公共 绿化 商业 步行 小吃 背街 快速 主干 次干 环路 支路 街心 口袋 过街 人行天 天桥 网约 公交 地铁 高铁
    火车 汽车 长途 客运 首末 始发 终点 上下 下雨 下雪 下班 上班 上学 放学 回家 出门 走路 老人 老年 孩子 儿童 学生 车主 大爷 大妈 行人 司机 工人 家长 老师 医生
    重点 公立 私立 民办 公办 普惠 配套 培训 职业 技术 中心 党群 政务 医疗 体育 购物 市民 美容 理发 火锅 烧烤 小吃 水果 蔬菜 便利 药店 书店 饭店 酒店 宾馆 餐馆
    商店 门店 网店 连锁 工作 学习 工业 开发 经济 高新 技术 城市 农村 政府 国家 全国 全市 我市 贵市 本市 省会 县城 老城 新城区 老城区 城乡 乡镇 村镇 市区 郊区
    校区 园区 片区 辖区 景区 库区 地区 社区 小区 街道 公园 广场 花园 学校 医院 幼儿园 小学 中学 大学 建议 希望 反映 投诉 请问 咨询 关于 强烈 严重 问题 解决 尽快
    甩锅 饱受 停靠 助力 停一下 超 需求 事实 巨大 期待 加紧 丝毫 好好 统筹 保证 实际 唯独 属地 临近 途经 媲美 临时 非常 整体 多个 许多 各个 其他 其它 大型 小型
    密集 空旷 真空 宿舍 限制 聚集 直营 加盟 正式 运营 双语 品牌 综合 右拐 左转 右转 左拐 北至 南至 东至 西至 侧 侧面 现有 现在 已有 没有 只有 拥有 老式 新式
    三角 高架 钢便 政治 科技 建材 家政 肉 早餐 同一 这一 那一 大院 机关 入读 就读 子女 联系 服务 黑作坊 作坊 投诉 举报 联合 附属 实验 特色 贫困 相关
    楼道 单元 电梯 车位 车库 车棚 车辆 交通 拥堵 排水 下水 施工 工地 噪音 扰民 油烟 违建 违规 违法 私自 非法 占用 占道 改造 加装 安装 增设 设置 取消 关闭 规划 建设
"""
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())
#: 劲松5区, 幸福2村, 又一城a区: a number inside a name.
_NUMBERED = re.compile(r"(?<=[\u4e00-\u9fff])(?:\d{1,2}|[a-z甲乙丙丁])$")
_MASKED = re.compile(r"[a-z\d]")
_MEASURES = frozenset("区县市省号路楼期栋月日年米层岁届届户元线口")
#: A character of direction, order or size is no typing error.
_TELLING = frozenset("东西南北中前后上下内外左右大小新老花家甲乙丙丁一二三四五六七八九十0123456789里区园街路村庄城")
#: Longest name looked for before its kind.
_LONGEST = 8
_LEAST = 2


def place_names(text: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """The names of places in a `normalise`d text, in order of their appearance; of names within names the longest."""
    names = _by_pattern(text)
    listed = (name for name in known if name in text and not any(name in one for one in names))
    return tuple(dict.fromkeys([*names, *listed])) if known else names


def shared_place(one: str, other: str, one_whole: str, other_whole: str, known: Collection[str] = ()) -> str:
    """The longest name of a place in one of two titles that the other message also names; "" for none.

    A name is taken without what stands before it in one of the two only.
    """
    found = [
        ending
        for title, whole in ((one, other_whole), (other, one_whole))
        for name in place_names(title, known)
        if (ending := _ending_in(name, whole, known))
    ]
    return max(found, key=lambda name: (len(name), name), default="")


def nearly_one_name(one: str, other: str) -> bool:
    """Whether two names may be one with a typing error (中茂城, 中贸城), or one holds the other."""
    if one in other or other in one:
        return True
    if len(one) != len(other):
        return False
    differing = [{a, b} for a, b in zip(one, other, strict=True) if a != b]
    return len(differing) == 1 and not differing[0] & _TELLING


def _ending_in(name: str, whole: str, known: Collection[str]) -> str:
    for start in range(len(name) - _LEAST):
        ending = name[start:]
        if ending in whole and (start == 0 or _by_pattern(ending) == (ending,) or ending in known):
            return ending
    return name if name in known and name in whole else ""


@lru_cache(maxsize=16_384)
def _by_pattern(text: str) -> tuple[str, ...]:
    spans: list[tuple[int, int]] = []
    for found in _KIND.finditer(text):
        begun = _NUMBERED.search(text, 0, found.start()) if text[found.start()] in "区街村" else None
        start = _start(text, begun.start() if begun else found.start())
        if start and _MASKED.match(text[start - 1]) and text[start] in _MEASURES:
            start += 1  # A3区 and 405路 before a name
        if (begun.start() if begun else found.start()) - start < _LEAST or text[start : found.end()] in _EVERYDAY:
            continue
        end = found.end()
        while (tail := _TAIL.match(text, end)) is not None:
            end = tail.end()
        if spans and start < spans[-1][1]:
            start, end = spans[-1][0], max(end, spans.pop()[1])
        spans.append((start, end))
    return tuple(dict.fromkeys(text[start:end] for start, end in spans))


def _start(text: str, end: int) -> int:
    """Where the name that ends here begins: after the nearest everyday word or word of a sentence."""
    start = end
    while start > 0 and end - start < _LONGEST and _may_be_named(text[start - 1], text[start : start + 1]):
        start -= 1
    if end - start == _LONGEST:
        return end  # no edge: a sentence, not a name
    for at in range(end - 1, start - 1, -1):
        for word in _beginning_with(text[at]):
            if text.startswith(word, at):
                return min(end, at + len(word))
    return start


def _may_be_named(sign: str, follows: str) -> bool:
    """Whether a character may stand inside a name: Han, or the number of a ring road."""
    return (sign > "\u33ff" and sign not in _SENTENCE) or (sign.isdigit() and follows == "环")


@lru_cache(maxsize=4096)
def _beginning_with(sign: str) -> tuple[str, ...]:
    return tuple(sorted((word for word in _words() if word[0] == sign), key=len, reverse=True))


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """Everyday words of two characters and more, with the words for matters and the filler."""
    from yishiting.methods.similarity.words import FILLER, MATTERS

    matters = (word for words in MATTERS.values() for word in words)
    return _EVERYDAY | {word for word in (*FILLER, *matters) if len(word) >= _LEAST}
