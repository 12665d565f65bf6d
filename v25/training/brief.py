"""What a command can ask for, as a record: the common ground of command and copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
Length = Literal["short", "medium", "long"]


@dataclass(frozen=True)
class Brief:
    """One order for copy.

    Attributes:
        product: product id of `v25.lexicon.PRODUCTS`.
        name: the product as the command names it, in `command_language`; None when the command
            leaves it to the photo.
        copy_name: what the copy calls the product, in `language`.
        styles: style ids, one for each copy, in order.
        styles_asked: the command names the styles; else only their number (or nothing) and the
            model chose them.
        points: ids of the selling points that the copy must name (those asked, or the model's
            choice when the command asks none).
        points_asked: the command names the points.
        brand: copied exactly; None when there is none.
        price: price or discount, copied exactly ("199元", "$49.99", "8折", "20% off").
        audience: audience id of `v25.lexicon.AUDIENCES`.
        occasion: occasion id of `v25.lexicon.OCCASIONS`.
        length: None when the command leaves it open.
        colour: main colour id, when the command gives one.
        language: of the copy.
        command_language: of the command.
    """

    product: str
    name: str | None
    copy_name: str
    styles: tuple[str, ...]
    styles_asked: bool
    points: tuple[str, ...]
    points_asked: bool
    brand: str | None = None
    price: str | None = None
    audience: str | None = None
    occasion: str | None = None
    length: Length | None = None
    colour: str | None = None
    language: Language = "zh"
    command_language: Language = "zh"
