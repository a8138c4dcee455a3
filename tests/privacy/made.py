"""Numbers of nobody: made up, with check digits that are right."""

from articles.privacy.numbers import CHECK_DIGITS, WEIGHTS

REGION = "330100"  # of a city as a whole: no person's number begins so


def identity_number(birth="19850101", sequence="123", region=REGION):
    said = f"{region}{birth}{sequence}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, said, strict=True))
    return said + CHECK_DIGITS[total % 11]


def card_number(said="622202000000000000"):
    """`said` with Luhn's digit behind it."""
    for last in "0123456789":
        digits = [int(digit) for digit in reversed(said + last)]
        if sum(digits[0::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2]) in range(0, 400, 10):
            return said + last
    raise AssertionError
