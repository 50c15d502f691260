"""The opinion map in sentences, for the terminal and for minutes."""

from collections.abc import Mapping

from yishiting.methods.opinions.contract import OpinionMap
from yishiting.methods.opinions.drawing import CHINESE, Words, by_group, sentence, summary, wording


def told(result: OpinionMap, texts: Mapping[str, str], words: Words = CHINESE) -> str:
    """Common ground first, then each group, then where they differ, then the few."""
    parts = [summary(result, words)]
    for section in (common, groups, apart, few):
        parts.extend(section(result, texts, words))
    return "\n".join(parts)


def common(result: OpinionMap, texts: Mapping[str, str], words: Words) -> list[str]:
    """What over half of every group shares."""
    said = [sentence(row.statement, row.side, row.count, row.seen, texts, words) for row in result.common_ground]
    return ["", words.common, *(f"  · {line}" for line in said or [words.no_common])]


def groups(result: OpinionMap, texts: Mapping[str, str], words: Words) -> list[str]:
    """What each group stands for."""
    lines: list[str] = []
    for group in result.groups:
        lines += ["", words.group.format(name=group.name, people=group.people)]
        for row in group.representative:
            lines.append(f"  · {sentence(row.statement, row.side, row.count, row.seen, texts, words)}")
    return lines


def apart(result: OpinionMap, texts: Mapping[str, str], words: Words) -> list[str]:
    """Statements with a group for and a group against."""
    if not result.differences:
        return []
    names = {group.id: group.name for group in result.groups}
    lines = ["", words.differ]
    for row in result.differences:
        sides = ((words.agree, row.agreeing), (words.disagree, row.disagreeing))
        said = "，".join(words.mostly.format(groups="、".join(names[g] for g in who), side=word) for word, who in sides)
        lines.append(f"  · {wording(row.statement, texts, words)}（{said}）")
    return lines


def few(result: OpinionMap, texts: Mapping[str, str], words: Words) -> list[str]:
    """The minority views, never cut."""
    names = {group.id: group.name for group in result.groups}
    lines = ["", words.minority] if result.minority_views else []
    for group, views in by_group(result):
        for view in views:
            said = sentence(view.statement, view.side, view.count, view.seen, texts, words)
            lines.append(f"  · {names[group]}：{said}" if group else f"  · {said}")
    return lines
