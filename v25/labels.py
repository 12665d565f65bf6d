"""What the photo classifier can tell apart: 17 labels of clothing and 81 of groceries.

Pure data. The order is the order of the classifier's outputs, so rows are only ever appended.
Grocery labels are finer than products: five kinds of apples are one product.
"""

from __future__ import annotations


def _columns(row: str) -> tuple[str, str, str, str]:
    label, product, zh, en = (column.strip() for column in row.split("|"))
    return label, product, zh, en


_ROWS: tuple[tuple[str, str, str, str], ...] = tuple(
    _columns(row)
    for row in """
    t-shirt | t-shirt | T恤 | T-shirt
    shoes | shoes | 鞋子 | Shoes
    shorts | shorts | 短裤 | Shorts
    shirt | shirt | 衬衫 | Shirt
    pants | pants | 裤子 | Pants
    skirt | skirt | 半身裙 | Skirt
    top | top | 上衣 | Top
    outwear | outwear | 外套 | Jacket
    dress | dress | 连衣裙 | Dress
    body | body | 连体衣 | Bodysuit
    longsleeve | longsleeve | 长袖T恤 | Long-sleeve top
    undershirt | undershirt | 背心 | Undershirt
    hat | hat | 帽子 | Hat
    polo | polo | Polo衫 | Polo shirt
    blouse | blouse | 女士衬衫 | Blouse
    hoodie | hoodie | 连帽卫衣 | Hoodie
    blazer | blazer | 西装外套 | Blazer
    Golden-Delicious | apple | 金冠苹果 | Golden Delicious apple
    Granny-Smith | apple | 青苹果 | Granny Smith apple
    Pink-Lady | apple | 粉红女士苹果 | Pink Lady apple
    Red-Delicious | apple | 蛇果 | Red Delicious apple
    Royal-Gala | apple | 嘎啦苹果 | Royal Gala apple
    Avocado | avocado | 牛油果 | Avocado
    Banana | banana | 香蕉 | Banana
    Kiwi | kiwi | 猕猴桃 | Kiwi
    Lemon | lemon | 柠檬 | Lemon
    Lime | lime | 青柠 | Lime
    Mango | mango | 芒果 | Mango
    Cantaloupe | melon | 哈密瓜 | Cantaloupe
    Galia-Melon | melon | 加利亚甜瓜 | Galia melon
    Honeydew-Melon | melon | 蜜瓜 | Honeydew melon
    Watermelon | melon | 西瓜 | Watermelon
    Nectarine | nectarine | 油桃 | Nectarine
    Orange | orange | 橙子 | Orange
    Papaya | papaya | 木瓜 | Papaya
    Passion-Fruit | passion-fruit | 百香果 | Passion fruit
    Peach | peach | 桃子 | Peach
    Anjou | pear | 安茹梨 | Anjou pear
    Conference | pear | 康佛伦斯梨 | Conference pear
    Kaiser | pear | 凯撒梨 | Kaiser pear
    Pineapple | pineapple | 菠萝 | Pineapple
    Plum | plum | 李子 | Plum
    Pomegranate | pomegranate | 石榴 | Pomegranate
    Red-Grapefruit | red-grapefruit | 西柚 | Red grapefruit
    Satsumas | satsumas | 蜜橘 | Satsumas
    Bravo-Apple-Juice | juice | 苹果汁（Bravo） | Apple juice (Bravo)
    Bravo-Orange-Juice | juice | 橙汁（Bravo） | Orange juice (Bravo)
    God-Morgon-Apple-Juice | juice | 苹果汁（God Morgon） | Apple juice (God Morgon)
    God-Morgon-Orange-Juice | juice | 橙汁（God Morgon） | Orange juice (God Morgon)
    God-Morgon-Orange-Red-Grapefruit-Juice | juice | 橙子西柚汁（God Morgon） | Orange and red grapefruit juice (God Morgon)
    God-Morgon-Red-Grapefruit-Juice | juice | 西柚汁（God Morgon） | Red grapefruit juice (God Morgon)
    Tropicana-Apple-Juice | juice | 苹果汁（Tropicana） | Apple juice (Tropicana)
    Tropicana-Golden-Grapefruit | juice | 黄金西柚汁（Tropicana） | Golden grapefruit juice (Tropicana)
    Tropicana-Juice-Smooth | juice | 无果肉橙汁（Tropicana） | Smooth orange juice (Tropicana)
    Tropicana-Mandarin-Morning | juice | 柑橘汁（Tropicana） | Mandarin juice (Tropicana)
    Arla-Ecological-Medium-Fat-Milk | milk | 有机中脂牛奶（Arla） | Organic medium-fat milk (Arla)
    Arla-Lactose-Medium-Fat-Milk | milk | 无乳糖中脂牛奶（Arla） | Lactose-free medium-fat milk (Arla)
    Arla-Medium-Fat-Milk | milk | 中脂牛奶（Arla） | Medium-fat milk (Arla)
    Arla-Standard-Milk | milk | 全脂牛奶（Arla） | Standard milk (Arla)
    Garant-Ecological-Medium-Fat-Milk | milk | 有机中脂牛奶（Garant） | Organic medium-fat milk (Garant)
    Garant-Ecological-Standard-Milk | milk | 有机全脂牛奶（Garant） | Organic standard milk (Garant)
    Oatly-Natural-Oatghurt | oatghurt | 原味燕麦酸奶（Oatly） | Plain oat yogurt (Oatly)
    Oatly-Oat-Milk | oat-milk | 燕麦奶（Oatly） | Oat milk (Oatly)
    Arla-Ecological-Sour-Cream | sour-cream | 有机酸奶油（Arla） | Organic sour cream (Arla)
    Arla-Sour-Cream | sour-cream | 酸奶油（Arla） | Sour cream (Arla)
    Arla-Sour-Milk | sour-milk | 发酵乳（Arla） | Sour milk (Arla)
    Alpro-Blueberry-Soyghurt | soyghurt | 蓝莓大豆酸奶（Alpro） | Blueberry soy yogurt (Alpro)
    Alpro-Vanilla-Soyghurt | soyghurt | 香草大豆酸奶（Alpro） | Vanilla soy yogurt (Alpro)
    Alpro-Fresh-Soy-Milk | soy-milk | 鲜豆奶（Alpro） | Fresh soy milk (Alpro)
    Alpro-Shelf-Soy-Milk | soy-milk | 常温豆奶（Alpro） | Shelf-stable soy milk (Alpro)
    Arla-Mild-Vanilla-Yoghurt | yoghurt | 温和香草酸奶（Arla） | Mild vanilla yogurt (Arla)
    Arla-Natural-Mild-Low-Fat-Yoghurt | yoghurt | 温和低脂原味酸奶（Arla） | Mild low-fat plain yogurt (Arla)
    Arla-Natural-Yoghurt | yoghurt | 原味酸奶（Arla） | Plain yogurt (Arla)
    Valio-Vanilla-Yoghurt | yoghurt | 香草酸奶（Valio） | Vanilla yogurt (Valio)
    Yoggi-Strawberry-Yoghurt | yoghurt | 草莓酸奶（Yoggi） | Strawberry yogurt (Yoggi)
    Yoggi-Vanilla-Yoghurt | yoghurt | 香草酸奶（Yoggi） | Vanilla yogurt (Yoggi)
    Asparagus | asparagus | 芦笋 | Asparagus
    Aubergine | aubergine | 茄子 | Aubergine
    Cabbage | cabbage | 卷心菜 | Cabbage
    Carrots | carrots | 胡萝卜 | Carrots
    Cucumber | cucumber | 黄瓜 | Cucumber
    Garlic | garlic | 大蒜 | Garlic
    Ginger | ginger | 生姜 | Ginger
    Leek | leek | 韭葱 | Leek
    Brown-Cap-Mushroom | mushroom | 褐蘑菇 | Brown-cap mushroom
    Yellow-Onion | onion | 黄洋葱 | Yellow onion
    Green-Bell-Pepper | pepper | 青甜椒 | Green bell pepper
    Orange-Bell-Pepper | pepper | 橙甜椒 | Orange bell pepper
    Red-Bell-Pepper | pepper | 红甜椒 | Red bell pepper
    Yellow-Bell-Pepper | pepper | 黄甜椒 | Yellow bell pepper
    Floury-Potato | potato | 粉质土豆 | Floury potato
    Solid-Potato | potato | 脆质土豆 | Waxy potato
    Sweet-Potato | potato | 红薯 | Sweet potato
    Red-Beet | red-beet | 甜菜根 | Beetroot
    Beef-Tomato | tomato | 牛排番茄 | Beef tomato
    Regular-Tomato | tomato | 番茄 | Tomato
    Vine-Tomato | tomato | 串番茄 | Vine tomato
    Zucchini | zucchini | 西葫芦 | Zucchini
    """.strip().splitlines()  # noqa: E501
)

LABELS: tuple[str, ...] = tuple(row[0] for row in _ROWS)
"""Label of each classifier output."""
LABEL_PRODUCTS: dict[str, str] = {row[0]: row[1] for row in _ROWS}
"""Label to product id of `v25.lexicon.PRODUCTS`."""
LABELS_ZH: dict[str, str] = {row[0]: row[2] for row in _ROWS}
"""Label to its Chinese display name."""
LABELS_EN: dict[str, str] = {row[0]: row[3] for row in _ROWS}
"""Label to its English display name."""
