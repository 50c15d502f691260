"""What everyone reads of scoring and budget votes."""

import hashlib
import json

from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.doors.counting import queries_of
from tests.factories import budgeting, scoring
from yishiting.methods.budgeting import Counting, Rule, parse
from yishiting.methods.commands import main
from yishiting.year.budgeting.actions import cast_ballot, close_vote, override_vote, publish_vote, void_vote
from yishiting.year.budgeting.queries import command_for
from yishiting.year.scoring.actions import close_round, publish_round


def published_round(cast: Cast):
    made = scoring.all_in(cast, scoring.opened(cast), 9, 7, 5)
    close_round(made, by=cast.liu)
    return publish_round(made, by=cast.wang)


def test_a_round_is_public_once_published_and_names_no_judge(cast: Cast) -> None:
    made = scoring.all_in(cast, scoring.opened(cast), 9, 7, 5)
    address = reverse("public-score-round", args=[made.pk])
    assert Client().get(address).status_code == 404
    close_round(made, by=cast.liu)
    assert Client().get(address).status_code == 404
    publish_round(made, by=cast.wang)
    page = Client().get(address).content.decode()
    assert page.index("第1件事") < page.index("第2件事") < page.index("第3件事")
    assert "有效评分表" in page
    assert not any(name in page for name in ("李明", "陆桂芳", "代表2"))
    assert "号评委" not in page


def test_an_open_vote_shows_what_is_asked_and_how_it_will_be_counted(cast: Cast) -> None:
    vote = budgeting.opened(cast)
    page = Client().get(reverse("public-budget-vote", args=[vote.pk])).content.decode()
    assert "第2件事" in page
    assert "35,000元" in page
    assert vote.lot["fingerprint"] in page
    assert "自己算一遍" not in page
    assert Client().get(reverse("budget-vote-file", args=[vote.pk])).status_code == 404


def test_a_published_vote_can_be_counted_again_by_anyone(cast: Cast) -> None:
    vote = budgeting.opened(cast)
    cast_ballot(budgeting.voter(vote, "李明"), by=cast.liming, choices=[1])
    budgeting.on_paper(cast, vote, ((1, 2), 5), ((3,), 4))
    close_vote(vote, by=cast.liu)
    override_vote(vote, by=cast.wang, winners=budgeting.chosen(vote, 3), reason="3号涉及安全")
    publish_vote(vote, by=cast.wang)
    page = Client().get(reverse("public-budget-vote", args=[vote.pk])).content.decode()
    assert "没有完全按表决结果办理" in page
    assert "3号涉及安全" in page
    assert "就能入选（已重新计票核实）" in page
    assert "李明" not in page
    file = Client().get(reverse("budget-vote-file", args=[vote.pk]))
    assert hashlib.sha256(file.content).hexdigest() in page
    reading = parse(file.content.decode())
    assert list(Counting(reading.election, Rule("greedy", minimum=1)).outcome().winners) == vote.result["winners"]
    assert "李明" not in file.content.decode()


def test_a_void_vote_is_gone_from_the_public(cast: Cast) -> None:
    vote = budgeting.opened(cast)
    void_vote(vote, by=cast.wang, reason="名册印错")
    assert Client().get(reverse("public-budget-vote", args=[vote.pk])).status_code == 404


def test_the_list_asks_as_often_for_three_as_for_one(cast: Cast) -> None:
    address = reverse("place-choices", args=[cast.zaobei.code])
    visitor = Client()
    assert "还没有预算表决" in visitor.get(address).content.decode()
    budgeting.opened(cast)
    published_round(cast)
    one = queries_of(visitor, address)
    for _ in range(2):
        budgeting.opened(cast)
        published_round(cast)
    assert queries_of(visitor, address) == one


def test_the_command_on_the_page_counts_the_downloaded_file_alike(cast: Cast, tmp_path, capsys) -> None:
    vote = budgeting.on_paper(cast, budgeting.opened(cast, conflicts=[[1, 2]]), ((1, 2), 5), ((3,), 4), ((), 1))
    close_vote(vote, by=cast.liu)
    publish_vote(vote, by=cast.wang)
    file = tmp_path / "ballots.pb"
    file.write_bytes(Client().get(reverse("budget-vote-file", args=[vote.pk])).content)
    words = command_for(vote, str(file)).split()
    main([*words[2:], "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["winners"] == vote.result["winners"]
    assert told["declared"]["same"] is True
    assert [one["reason"]["clause"] for one in told["losing"]] == ["conflict"]


def test_the_proof_on_the_page_is_checked_against_the_ballots_and_another_rule_stands_beside(
    cast: Cast, tmp_path
) -> None:
    vote = budgeting.on_paper(cast, budgeting.opened(cast), ((1, 2), 5), ((3,), 4))
    close_vote(vote, by=cast.liu)
    assert Client().get(reverse("budget-vote-proof", args=[vote.pk])).status_code == 404
    publish_vote(vote, by=cast.wang)
    page = Client().get(reverse("public-budget-vote", args=[vote.pk])).content.decode()
    assert "换一种算法会怎样" in page
    assert "yishiting methods budget-check ballots.pb proof.json" in page
    file, proof = tmp_path / "ballots.pb", tmp_path / "proof.json"
    file.write_bytes(Client().get(reverse("budget-vote-file", args=[vote.pk])).content)
    proof.write_bytes(Client().get(reverse("budget-vote-proof", args=[vote.pk])).content)
    told = json.loads(proof.read_text("utf-8"))
    assert told["winners"] == vote.result["winners"]
    assert main(["budget-check", str(file), str(proof)]) == (0 if told["ejr_plus_up_to_one"] else 1)
    file.write_bytes(file.read_bytes().replace(b"4", b"5", 1))
    assert main(["budget-check", str(file), str(proof)]) == 1
