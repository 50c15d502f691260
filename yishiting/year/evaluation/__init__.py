"""评议 Evaluation: item by item, the satisfaction vote and its gate."""
