"""Prices of the copy: rules of decoding that hold their numbers to those that the request told.

They are exact or of no use. The network copies digit by digit, and where it slips it goes on behind
a whole price ("$642" to "$642.99") or starts another.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from v25.processing import CURRENCIES, Processor
from v25.rules import FREE, Rule

LONGEST = 12
"""Tokens that hold a price's sign and number."""
_NUMBER = r"\d(?:[.,]*\d)*+"
_SIGN = f"[{CURRENCIES}]"
_PRICES = re.compile(rf"(?:({_SIGN})\s?)?({_NUMBER})(\s?(?:元|块|折|%))?")
"""Any number with what makes it a price, so that a long one is read through once."""
_BEGUN = re.compile(rf"({_SIGN})([\d.,]*)$")
_LAST_NUMBER = re.compile(rf"({_NUMBER})([.,]?)$")


def prices_of(text: str) -> frozenset[tuple[str, str]]:
    """Currency sign ("" where a word follows) and number of the prices in `text`, as written."""
    found = _PRICES.findall(text)
    return frozenset((sign, number) for sign, number, unit in found if sign or unit)


class Prices:
    """The prices that were told, and what may follow words of the copy.

    Attributes:
        told: sign and number of each, as `prices_of`.
        wrong: what holds for every token.
    """

    def __init__(self, processor: Processor, told: str, all_told: bool = False) -> None:
        """Prices of a text.

        Args:
            processor: of the network.
            told: the command, or the entry of a catalogue.
            all_told: there are no others, so that a currency sign that `told` lacks is wrong.
        """
        self.processor, self.told = processor, prices_of(told)
        self.wrong = FREE
        if all_told:
            signs = {sign for sign, _ in self.told}
            others = (tokens for sign, tokens in processor.currency.items() if sign not in signs)
            self.wrong = Rule(tuple(itertools.chain.from_iterable(others)))

    def rule(self, latest: Sequence[int]) -> Rule:
        """For the token behind `latest`, the last `LONGEST` of the copy."""
        if not (self.told and latest and latest[-1] in self.processor.of_prices):
            return self.wrong
        text = self.processor.decode(latest)
        begun = _BEGUN.search(text)
        if begun is not None:
            sign, digits = begun.groups()
            numbers = [n for s, n in self.told if s == sign and n.startswith(digits)]
            if numbers and digits not in numbers:
                following = {number[len(digits)] for number in numbers}
                return Rule(only=[self.processor.encode(c)[0][0] for c in sorted(following)])
        last = _LAST_NUMBER.search(text)
        if last is None:
            return self.wrong
        number, point = last.groups()
        whole = any(n == number for _, n in self.told)
        longer = any(n != number and n.startswith(number + point) for _, n in self.told)
        if not whole or longer:
            return self.wrong
        return Rule([*self.wrong.forbidden, *self.processor.digits])
