"""Plain decisions of intake."""

from yishiting.year.suggestions.rules import (
    household,
    longest_named,
    other_doors,
)


def test_a_home_is_the_same_in_every_spelling() -> None:
    ways = {household("110", way) for way in ("3号楼2单元501", "3-2-501", "3 号楼 2 单元 501 室")}
    assert ways == {"110:3-2-501"}
    assert household("110", "甲3-2-501") != household("110", "3-2-501")
    assert household("110", "不知道") == ""


def test_the_longest_estate_named_is_the_one_meant() -> None:
    assert longest_named("枣营北里甲3号楼旁", ["枣营北里", "枣营北里甲3号楼", "枣营南里"]) == "枣营北里甲3号楼"
    assert longest_named("大门口", ["枣营北里"]) == ""


def test_private_matters_are_pointed_to_their_door() -> None:
    assert "12333" in other_doors("老板拖欠工资三个月")[0]
    assert "119" in other_doors("楼下好像煤气泄漏了")[0]
    assert other_doors("楼道灯坏了，请修") == []
