"""Screening as plain decisions: what four marks amount to, and which results must give a reason."""

from collections.abc import Mapping, Sequence

PASS, FAIL, MORE_WORK = "pass", "fail", "more_work"
VALID, ASK_MORE, TRANSFER, REFUSE = "valid", "more_work", "transferred", "not_admissible"
RESULTS = (VALID, ASK_MORE, TRANSFER, REFUSE)

#: Why a suggestion is not taken up; the sentence is what the proposer reads unless the desk writes its own.
REASONS: Mapping[str, str] = {
    "personal": "这是个人事务，不属于社区公共事务或部分居民的共同需求。",
    "litigation": "这件事正在诉讼、仲裁或信访程序中，请按原渠道办理。",
    "unlawful": "这个要求不符合法律法规，不能办理。",
    "no_facts": "写得还不够具体，无法核实。补充时间、地点和情况后可以再提。",
    "property_duty": "这是物业公司按合同应尽的责任，我们已转请物业办理。",
    "planned": "这件事已经列入政府的计划，我们会把进展告诉您。",
    "repeated": "这件事已经答复过，没有新的情况。",
    "other_unit": "这件事由其他单位负责，我们已转请办理。",
}


def suggested_result(marks: Mapping[str, str]) -> str:
    """What the marks lead to: all pass → valid; some still to be checked, none failed → more work; a failure → refuse."""
    given = set(marks.values())
    if FAIL in given:
        return REFUSE
    return ASK_MORE if MORE_WORK in given else VALID


def why_not_result(
    marks: Mapping[str, str], criteria: Sequence[str], result: str, reason: str
) -> tuple[str, str] | None:
    """The field at fault and the sentence, when a result does not follow from the marks or lacks its reason."""
    lacking = [name for name in criteria if name not in marks]
    if lacking:
        return lacking[0], f"还有{len(lacking)}项标准没有判断，四项都要选。"
    if result not in RESULTS:
        return "result", "请选择初审结果。"
    if result == VALID and suggested_result(marks) != VALID:
        return "result", "四项标准都符合，才能作为有效建议。请改标准的判断，或改结果。"
    if result == REFUSE and FAIL not in marks.values():
        return "result", "四项标准没有一项“不符合”，不能不予受理。"
    if result != VALID and not reason.strip():
        return "reason", "请写明理由，提出人会看到。"
    return None
