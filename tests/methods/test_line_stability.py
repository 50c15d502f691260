"""How firm a funding line is."""

from fractions import Fraction

from yishiting.methods.line_stability import kendall, line_stability
from yishiting.methods.score_sheets import Aggregation, Criterion, ScoreRule, Sheet
from yishiting.methods.scoring import score


def sheets(**scores: list[int]) -> list[Sheet]:
    """Judge → the scores of projects A, B, C."""
    return [
        Sheet(judge, project, (Fraction(given),))
        for judge, own in scores.items()
        for project, given in zip("ABC", own, strict=False)
    ]


def rule(funded: int | None = 1, method: Aggregation = Aggregation.MEAN) -> ScoreRule:
    return ScoreRule((Criterion("分", Fraction(1)),), method, 5, 1, funded)


def standing(made: list[Sheet], by: ScoreRule) -> dict[str, bool | None]:
    """Whether each project is funded; None where equals meet at the line."""
    found = score(made, by)
    return {row.project: None if row.project in found.tied else row.funded for row in found.rows}


def test_judges_of_one_mind_leave_no_doubt() -> None:
    found = line_stability(sheets(甲=[9, 5, 1], 乙=[8, 6, 2], 丙=[9, 7, 3]), rule())
    assert (found.agreement, found.decisive) == (1.0, ())
    assert found.chances == {"A": 1, "B": 0, "C": 0}
    assert found.sentences() == (
        "评委意见的一致程度 1.00（1 为排序完全相同，0 为毫无关联）。",
        "去掉任何一位评委，都没有项目因此入围或落选。",
    )


def test_one_judge_who_decides_alone_is_named() -> None:
    made = sheets(甲=[10, 0, 0], 乙=[4, 5, 0], 丙=[4, 5, 0])
    assert score(made, rule()).rows[0].project == "A"
    found = line_stability(made, rule())
    assert found.decisive == ("甲",)
    assert found.without["甲"] == (("B",), ("A",))
    assert 0 < found.chances["B"] < Fraction(1, 2)
    assert found.chances["A"] + found.chances["B"] + found.chances["C"] == 1
    assert "去掉甲的评分表，B入围、A落选。" in found.sentences()


def test_leaving_out_is_the_same_as_scoring_without() -> None:
    made = sheets(甲=[9, 8, 7], 乙=[5, 9, 6], 丙=[7, 6, 9], 丁=[8, 8, 2])
    for method in Aggregation:
        found = line_stability(made, rule(method=method), rounds=5)
        for judge in "甲乙丙丁":
            now = standing(made, rule(method=method))
            then = standing([sheet for sheet in made if sheet.judge != judge], rule(method=method))
            gain, lose = found.without[judge]
            assert set(gain) == {name for name in now if (now[name], then[name]) == (False, True)}
            assert set(lose) == {name for name in now if (now[name], then[name]) == (True, False)}


def test_the_figures_come_again() -> None:
    made = sheets(甲=[9, 8, 7], 乙=[5, 9, 6], 丙=[7, 6, 9])
    assert line_stability(made, rule()) == line_stability(made, rule())


def test_without_a_line_or_with_one_judge_there_is_little_to_say() -> None:
    assert line_stability(sheets(甲=[9, 8, 7]), rule()).chances == {}
    assert line_stability(sheets(甲=[9, 8, 7]), rule()).sentences() == ("没有入围线，或者只有一位评委，无从比较。",)
    unbound = line_stability(sheets(甲=[9, 8], 乙=[9, 8]), rule(None))
    assert (unbound.agreement, len(unbound.sentences())) == (1.0, 1)


def test_tau_is_that_of_kendall() -> None:
    one = {name: Fraction(value) for name, value in zip("abcd", (1, 2, 3, 4), strict=True)}
    other = {name: Fraction(value) for name, value in zip("abcd", (1, 3, 2, 4), strict=True)}
    assert kendall(one, other) == 4 / 6
    assert kendall(one, dict.fromkeys("abcd", Fraction(1))) is None
