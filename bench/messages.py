"""Made messages that do belong together: as many matters as the texts grow, in groups of the sizes of real ones.

`python -m bench.messages 200000` groups so many in a process of its own and prints the parameters and the figures.
"""

import random
import resource
import sys
import time
from collections.abc import Iterator

from yishiting.methods.similarity import Text, group
from yishiting.methods.similarity.words import MATTERS

#: Messages of one matter → how many such matters there were among 2,380 real messages.
SIZES = {1: 1733, 2: 154, 3: 34, 4: 18, 5: 7, 6: 2, 7: 3, 8: 2, 13: 1, 21: 1, 47: 1}
#: Matters of one place, and the share of messages that repeat another one nearly word by word.
MATTERS_OF_A_PLACE = 12
NEAR_COPIES = 0.15
KINDS = ("小区", "家园", "路", "村", "北里", "南里", "东区", "西区", "大街", "花园", "苑", "庄")
SIGNS = "安贞惠新芳园柳荫槐杏枫桐榆松竹梅兰菊莲荷翠秀景和平康宁福禄寿喜丰盛泰昌隆兴旺华光明辉耀星辰云霞虹霓露霜雪霁湖泊溪泉潭洲汀渚滨浦渡津梁栋宇轩阁楼台亭榭坊巷弄营屯堡寨"
BEFORE = ("反映", "请问", "投诉", "建议解决", "", "", "关于", "强烈要求解决", "咨询")
AFTER = ("", "", "问题", "，请尽快处理", "，影响生活", "，何时解决", "已经很久了", "无人管")
BODY = (
    "您好，我是附近居民，{}，已有半年多，多次向物业和社区反映没有结果，晚上尤其严重，影响老人孩子休息，恳请尽快处理。"
)


def messages(number: int, seed: int = 7) -> Iterator[Text]:
    """Made messages, matter after matter; equal for equal numbers and seeds."""
    chance = random.Random(seed)
    sizes, shares = list(SIZES), list(SIZES.values())
    at = 0
    place = ""
    for matter_of_place in range(number):
        if matter_of_place % MATTERS_OF_A_PLACE == 0:
            place = "".join(chance.choice(SIGNS) for _ in range(chance.choice((2, 3, 3)))) + chance.choice(KINDS)
        words = chance.choice(list(MATTERS.values()))
        house = chance.choice(("", "", f"{chance.randint(1, 40)}号楼"))
        for text in _of_one_matter(chance, place + house, words, chance.choices(sizes, shares)[0]):
            if at == number:
                return
            yield Text(str(at), *text)
            at += 1


def _of_one_matter(chance: random.Random, place: str, words: tuple[str, ...], size: int) -> Iterator[tuple[str, str]]:
    title = ""
    for _ in range(size):
        if title and chance.random() < NEAR_COPIES:
            title += chance.choice("了啊！呢")
        else:
            said = "".join(dict.fromkeys((words[0], chance.choice(words))))
            title = chance.choice(BEFORE) + place + chance.choice(("", "门口", "附近")) + said + chance.choice(AFTER)
        yield title, BODY.format(title)


def measured(number: int) -> tuple[float, float, int]:
    """(CPU seconds of grouping, peak gigabytes, groups of several)."""
    texts = list(messages(number))
    begun = time.process_time()
    found = group(texts, progress=lambda said: print(f"  {time.process_time() - begun:7.1f} s {said}", file=sys.stderr))
    spent = time.process_time() - begun
    several = sum(len(members) > 1 for members in found.groups)
    return spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, several


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(f"texts {wanted}, sizes {SIZES}, matters of a place {MATTERS_OF_A_PLACE}, near copies {NEAR_COPIES}, seed 7")
    seconds, gigabytes, several = measured(wanted)
    print(f"{seconds:.1f} CPU s, {gigabytes:.2f} GB, {several} groups of several")
