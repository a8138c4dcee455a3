"""The heaviest pairs, each thing used once."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from articles.evaluation.matching import match_pairs

WEIGHTS = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 9), max_size=12)


def test_giving_way_pays_when_all_together_gain():
    assert match_pairs({(0, 0): 5, (0, 1): 4, (1, 0): 4}) == {0: 1, 1: 0}
    assert match_pairs({(0, 0): 9, (0, 1): 1, (1, 0): 4}) == {0: 0}


@given(WEIGHTS)
def test_no_other_pairing_weighs_more(weights):
    pairs = match_pairs(weights)
    assert set(pairs.items()) <= set(weights) and len(set(pairs.values())) == len(pairs)
    best = max(
        sum(weights.get((left, right), 0) for left, right in enumerate(order))
        for order in itertools.permutations(range(5))
    )
    assert sum(weights[pair] for pair in pairs.items()) == best
