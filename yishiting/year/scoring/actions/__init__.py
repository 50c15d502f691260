"""The verbs of scoring."""

from yishiting.year.scoring.actions.deciding import close_round, draw_lot, publish_round, void_round
from yishiting.year.scoring.actions.opening import open_round
from yishiting.year.scoring.actions.sheets import enter_sheet, recuse

__all__ = ["close_round", "draw_lot", "enter_sheet", "open_round", "publish_round", "recuse", "void_round"]
