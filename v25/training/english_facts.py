"""Facts that English copy needs about products, prices, people and occasions."""

from __future__ import annotations

import re

from v25.training.english_grammar import bank

_KINDS = {
    "feet": "shoes",
    "legs": "shorts pants",
    "hat": "hat",
    "baby": "body",
    "drink": "juice milk oat-milk soy-milk sour-milk",
    "spoon": "oatghurt soyghurt sour-cream yoghurt",
    "season": "garlic ginger leek lemon lime onion",
    "veg": "asparagus aubergine cabbage carrots cucumber mushroom pepper potato red-beet tomato"
    " zucchini",
}


def kinds(product: str, group: str) -> frozenset[str]:
    """Tags of a product for the banks: "wear" or "food", and what kind of it.

    "self" is what one wears oneself, "solid" what one can bite or slice.
    """
    own = next((k for k, ids in _KINDS.items() if product in ids.split()), None)
    if group == "clothing":
        return frozenset({"wear", own or "torso", "baby" if own == "baby" else "self"})
    return frozenset({"food", own or "fruit", own if own in ("drink", "spoon") else "solid"})


def price_kind(price: str) -> str:
    """Whether `price` is a "price" ("$49.99"), "off" ("20% off", "8折") or a "deal"."""
    if re.search(r"\boff\b|折|half[- ]price", price, re.IGNORECASE) and not re.search(
        r"save|get|buy|take|extra|买|送|满|件|code", price, re.IGNORECASE
    ):
        return "off"
    offer = r"[a-z]{3,}|%|买|送|减|满|件|免|优惠|for\b"
    money = r"\b(?:usd|eur|gbp|cny|rmb|yuan|euros?|dollars?|bucks|pounds?)\b"
    return "deal" if re.search(offer, re.sub(money, "", price.lower())) else "price"


PEOPLE: tuple[tuple[str, str, str], ...] = (
    *(
        (n, "she", "her")
        for n in ["Mia", "Lena", "Grandma", "Nora", "Ava", "Aunt Rosa", "Priya", "Hannah", "Mei"]
    ),
    *(
        (n, "he", "his")
        for n in ["Tom", "Omar", "Grandpa", "Leo", "Uncle Ben", "Jonas", "Ravi", "Daniel"]
    ),
)
"""Name, she or he, and her or his."""

EMOJI: dict[str, tuple[str, ...]] = {
    "wear": ("✨", "🔥", "💛", "🙌", "😍", "🛍️", "💫", "🤩", "👀", "💯", "🥰", "👏"),
    "food": ("😋", "🍴", "💚", "🙌", "😍", "✨", "🤤", "💛", "👀", "💯", "🌿", "👏"),
}

WINKS: tuple[str, ...] = ("😜", "😏", "🤭", "😄", "🙃", "😎", "🤪")

HASHTAGS = bank(
    """
NewIn
MustHave
TreatYourself
DailyFind
Obsessed
LittleJoys
WorthIt
AddToCart
WeekendMood
@wear OOTD
@wear StyleInspo
@wear OutfitIdeas
@wear ClosetGoals
@wear WhatIWore
@wear StreetStyle
@food Foodie
@food KitchenLove
@food MarketDay
@food EatWell
@food FoodGram
@food GoodEats
@food SnackTime
"""
)

_SEASON = ("spring", "summer", "autumn", "winter")

OCCASION_AT: dict[str, tuple[str, ...]] = {
    **{s: (f"this {s}", f"all {s} long", f"this {s}") for s in _SEASON},
    "work": ("at work", "at the office", "on the way to work"),
    "date": ("on date night", "on a date"),
    "party": ("at a party", "at parties"),
    "travel": ("on vacation", "on a trip", "during travel days"),
    "sports": ("at the gym", "during workouts", "in the middle of sports"),
    "outdoor": ("in the outdoors", "while camping", "on a picnic"),
    "breakfast": ("at breakfast", "for breakfast", "over breakfast"),
    "lunch": ("at lunch", "for lunch", "in the lunchbox"),
    "dinner": ("at dinner", "for dinner", "at family dinner"),
    "tea": ("at afternoon tea", "with afternoon tea", "on a snack break"),
    "weekend": ("on the weekend", "this weekend, and all weekends"),
    "gift": ("as a gift", "when it comes to gifting"),
    "newyear": ("this Chinese New Year", "at the Lunar New Year"),
    "christmas": ("this Christmas", "at Christmas"),
    "doubleeleven": ("on Singles' Day", "this Double 11"),
    "backtoschool": ("when it's back to school", "for back to school"),
}
"""Where or when: stands behind a verb ("at its best at the office")."""

OCCASION_FOR: dict[str, tuple[str, ...]] = {
    **{s: (f"for {s}",) for s in _SEASON},
    "work": ("for work", "for the office", "for commuting"),
    "date": ("for date night", "for a date"),
    "party": ("for a party", "for parties"),
    "travel": ("for travel", "for vacation", "for a trip"),
    "sports": ("for workouts", "for sports", "for the gym"),
    "outdoor": ("for the outdoors", "for camping", "for a picnic"),
    "breakfast": ("for breakfast",),
    "lunch": ("for lunch", "for the lunchbox"),
    "dinner": ("for dinner", "for family dinner"),
    "tea": ("for afternoon tea", "for a snack break"),
    "weekend": ("for the weekend", "for weekends"),
    "gift": ("as a gift", "for gifting"),
    "newyear": ("for Chinese New Year", "for the Lunar New Year"),
    "christmas": ("for Christmas",),
    "doubleeleven": ("for Singles' Day", "for Double 11"),
    "backtoschool": ("for back to school",),
}
"""What for: stands behind an adjective or a noun ("ready for the office")."""
