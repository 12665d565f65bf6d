"""The words of product catalogues and of the commands that ask for one of their entries.

Patterns are those of `english_grammar.expand`: `[a|b|]` chooses a branch, `{slot}` is filled.
"""

from __future__ import annotations

NUMBER_KEYS = {
    "en": ("No. {key}", "No.{key}", "#{key}", "{key}.", "{key})", "({key})", "[{key}]",
           "Item {key}"),
    "zh": ("【{key}】", "{key}、", "{key}.", "No.{key}", "第{key}款", "{key}号", "编号{key}",
           "（{key}）"),
}  # fmt: skip
"""How a catalogue writes an entry's number."""
CODE_KEYS = {
    "en": ("{key}", "{key}", "SKU {key}", "SKU: {key}", "[{key}]", "Code {key}", "Art. {key}"),
    "zh": ("{key}", "{key}", "货号{key}", "货号：{key}", "【{key}】", "款号{key}", "编码{key}"),
}
"""The same for an article's code."""

LABELS = {
    "en": {
        "name": ("Product", "Item", "Name", "product", "What"),
        "brand": ("Brand", "Label", "Maker", "brand", "By"),
        "price": ("Price", "Offer", "Now", "price", "Deal"),
        "points": ("Features", "Highlights", "Selling points", "points", "Why"),
    },
    "zh": {
        "name": ("品名", "商品", "名称", "产品", "款式"),
        "brand": ("品牌", "牌子", "厂牌", "商标"),
        "price": ("价格", "售价", "优惠", "到手价", "活动价"),
        "points": ("卖点", "特点", "亮点", "优点", "推荐理由"),
    },
}
"""What stands before a value."""
COLONS = {"en": (": ", ": ", ":", " = ", " "), "zh": ("：", "：", ":", "=", "")}
SEPARATORS = {
    "en": (" | ", " | ", "; ", "; ", "\t", ", ", " / ", " - ", " · "),
    "zh": ("；", "；", " | ", "｜", "\t", "，", " / ", "  ", " · "),
}
"""Between the values of an entry."""
JOINTS = {"en": (", ", ", ", " + ", " & ", "/"), "zh": ("、", "、", "，", "/", "+", " ")}
"""Between selling points."""
PROSE = {
    "en": (
        "{name} by {brand}, {price}: {points}",
        "{name} from {brand} ({price}): {points}.",
        "{name} by {brand}: {points}. {price}.",
        "{brand} - {name}, {price}, {points}",
        "By {brand}: {name}, {points}, {price}.",
        "{name} ({points}), made by {brand}, on offer: {price}",
        "Our {name}, brand {brand}, {price}. What buyers like: {points}.",
        "{name}, {points}. Brand {brand}, offer {price}.",
    ),
    "zh": (
        "{name}，{brand}出品，{price}，{points}。",
        "“{brand}”{name}，{points}，{price}。",
        "{brand}的{name}：{points}，{price}",
        "{name}（{brand}），{price}，{points}",
        "来自{brand}的{name}，主打{points}，{price}。",
        "{name}，品牌{brand}，{price}，顾客都说{points}。",
        "「{brand}」{name}，{price}，卖点是{points}",
        "{name}，{points}，牌子是{brand}，现在{price}。",
    ),
}
"""An entry as a short line of text."""

TITLES = {
    "en": """
        [Product catalogue|Product list|Price list|Catalogue|Our range|Stock list][| 20{year}]
        [Spring|Summer|Autumn|Winter] [catalogue|collection|price list|range]
        [New in|This week's offers|What we sell|Shop list|Current offers][:|]
        [Wholesale|Online shop|Store] [catalogue|list], [page {page}|issue {page}|updated today]
        Here [is our catalogue|are all our products|is the list]:
    """,
    "zh": """
        [商品目录|产品目录|商品清单|价目表|产品清单|货品表][|（20{year}年）]
        [春季|夏季|秋季|冬季][新品|商品|特惠][目录|清单|一览]
        [本周|今日|本月][上新|特价|在售商品|活动商品][|：]
        [店铺|批发|线上商城][目录|货单|商品表][|，第{page}页|，今日更新]
        [以下是|这是][我们的目录|全部商品|店里的商品清单]：
    """,
}
"""The line above the entries."""

NUMBERS = {
    "en": (
        "No. {key}", "No. {key}", "no. {key}", "No.{key}", "number {key}", "item {key}",
        "item {key}", "#{key}", "product {key}", "item no. {key}", "entry {key}",
        "the item numbered {key}", "product number {key}", "item number {key}",
    ),
    "zh": (
        "{key}号", "{key}号商品", "{key}号产品", "{key}号那款", "第{key}款", "编号{key}",
        "编号{key}的商品", "编号为{key}的那款", "编号是{key}的产品", "No.{key}", "序号{key}的商品",
        "【{key}】",
    ),
}  # fmt: skip
"""How a command says the number of the entry."""
CODES = {
    "en": (
        "{key}", "{key}", "item {key}", "SKU {key}", "product {key}", "code {key}",
        "the item with code {key}", "article {key}", "the product coded {key}",
    ),
    "zh": (
        "{key}", "{key}这款", "{key}那一款", "货号{key}", "货号{key}的商品", "货号为{key}的产品",
        "款号{key}", "编号{key}的商品", "SKU {key}", "编码{key}那个",
    ),
}  # fmt: skip
BRANDS = {
    "en": (
        "the {key} one", "the {key} product", "the {key} entry", "the item by {key}",
        "the product from {key}", "what {key} makes", "the one from {key}", "{key}'s product",
        "the {key} item", "the entry whose brand is {key}", "the brand {key}",
    ),
    "zh": (
        "{key}那款", "{key}的那个", "{key}这个牌子的商品", "品牌是{key}的那款", "牌子叫{key}的那个",
        "品牌{key}的产品", "{key}这款", "“{key}”的那款", "{key}品牌那款", "{key}出的那个",
    ),
}  # fmt: skip
NAMES = {
    "en": ("the {key}", "the {key}", "our {key}", "the only {key}", "the entry for {key}"),
    "zh": ("{key}", "{key}", "那款{key}", "{key}这款", "{key}那一款"),
}
PRICED = {
    "en": (
        "the {key} at {price}", "the {key} ({price})", "the {key} priced {price}",
        "the {price} {key}", "the {key} with {price}", "the {key} that says {price}",
    ),
    "zh": (
        "{price}的{key}", "{price}的那款{key}", "{price}那款{key}", "标着{price}的{key}",
        "{key}（{price}）", "写着{price}的那款{key}",
    ),
}  # fmt: skip
"""By name, where only the price tells it from others."""

HEADS = {
    "en": """
        [Please |Now |Can you |Could you |]write {what} for {ref}{where}
        [Please |]write me {what} for {ref}{where}
        [Please |]draft {what} for {ref}{where}
        [Please |]create {what} for {ref}{where}
        [I need|I'd like|We need|I want|We want|Give me|Give us|Let me have] {what} for {ref}{where}
        {what} for {ref}{where}[, please|]
        {what}, {ref}
        {ref}: {what}[, please|]
        {ref}, [write|give me|I need] {what}
        [Take|Pick|Find|Look up|Look for|Choose] {ref}{where} and write {what}
        [Today|This week|Next|Now] we [promote|push|feature] {ref}{where}; [write|I need] {what}
        [Let's do|Do|Next up is|It's about] {ref}{where}. [Write|Draft|Give me] {what}
        [Using|From] [the list|the catalogue|our catalogue|this list], write {what} for {ref}
        [Only|Just] {ref}{where}[ please|]: {what}
        A customer [asks|wants to know] about {ref}{where}. [Write|Draft] {what}
        What would you write for {ref}{where}? {what}
    """,
    "zh": """
        [帮我|请|请你|麻烦|]给{where}{ref}写{count}{what}
        [帮我|请|麻烦你|]为{where}{ref}写{count}{what}
        [帮我|请|]给{where}{ref}来{count}{what}
        [我要|想要|需要|来]{count}{what}，写的是{where}{ref}
        {where}{ref}，[帮我|请|]写{count}{what}
        {where}{ref}[要|需要|还缺]{count}{what}
        {ref}{count}{what}
        {count}{what}：{ref}
        [找到|看看|挑出|选]{where}{ref}，[写|给我写|帮我写]{count}{what}
        [今天|这周|这次|接下来][推|主推|上架|卖]{where}{ref}，[写|帮我写|来]{count}{what}
        [根据|按照|照着][目录|清单|表里的信息|商品信息]，给{ref}写{count}{what}
        [就|只]写{where}{ref}，{count}{what}
        [有顾客|客户|买家]问{where}{ref}，[写|帮我写]{count}{what}
        {where}{ref}怎么写？[来|给我]{count}{what}
        把{where}{ref}写成{count}{what}
    """,
}  # fmt: skip
"""What a command asks, before its wishes."""
WHERE = {
    "en": {
        True: ("", "", " below", " in the list below", " in the catalogue below",
               " from this list"),
        False: ("", "", "", " above", " in the list above", " from the catalogue above",
                " in the catalogue", " from our list"),
    },
    "zh": {
        True: ("", "", "下面的", "下面目录里的", "以下清单中的", "下表里的"),
        False: ("", "", "", "上面的", "上面目录里的", "以上清单中的", "目录里的", "表里的",
                "清单里的"),
    },
}  # fmt: skip
"""Where the catalogue is, by whether the command comes first."""
ONE = {
    "en": ("copy", "copy", "ad copy", "product copy", "marketing copy", "a product description",
           "a product blurb", "a caption", "one copy", "promo copy", "copy for the shop"),
    "zh": ("文案", "文案", "营销文案", "推广文案", "产品文案", "广告文案", "商品描述", "宣传文案"),
}  # fmt: skip
MANY = {
    "en": ("{n} versions", "{n} copies", "{n} versions of the copy", "{n} takes", "{n} variants"),
    "zh": ("文案", "营销文案", "推广文案", "产品文案", "广告文案"),
}
COUNTS = {
    "en": {2: ("two", "2"), 3: ("three", "3")},
    "zh": {
        1: ("", "", "一条", "一段", "一个", "一篇"),
        2: ("两条", "两段", "两个", "2条", "两版"),
        3: ("三条", "三段", "三个", "3条", "三版"),
    },
}
STYLE = {
    "en": ("in {s} style", "style: {s}", "{s} style", "the style is {s}", "{s} tone"),
    "zh": ("{s}风格", "{s}风格的", "风格{s}", "风格是{s}", "要{s}风格", "走{s}路线"),
}
STYLES = {
    "en": ("in the styles {s}", "styles: {s}", "one each: {s}", "{s}", "in this order: {s}"),
    "zh": ("风格分别是{s}", "{s}各一条", "{s}风格各一条", "风格依次{s}", "{s}"),
}
SHORT = {
    "en": ("short", "keep it short", "nothing long", "brief please", "make it short"),
    "zh": ("短一点", "简短些", "别太长", "要简短", "短句就好", "字数少一点"),
}  # fmt: skip
IN_LANGUAGE = {
    "en": {"zh": ("in Chinese", "write it in Chinese", "Chinese please", "the copy in Chinese"),
           "en": ("in English", "write it in English")},
    "zh": {"en": ("用英文", "用英文写", "英文的", "要英文文案", "写成英文"),
           "zh": ("用中文", "用中文写")},
}  # fmt: skip
FOR = {"en": ("for {x}", "aimed at {x}", "meant for {x}"), "zh": ("面向{x}", "给{x}看", "写给{x}")}
OCCASION = {"en": ("for {x}", "{x} theme"), "zh": ("适合{x}", "{x}用", "主题{x}")}
REMARKS = {
    "en": ("use its brand, price and selling points", "stick to what the list says",
           "brand and price exactly as listed", "don't mix it up with other items",
           "mention brand, price and points", "thanks"),
    "zh": ("品牌、价格和卖点都要写上", "以目录为准", "品牌和价格别写错", "别和其他商品弄混",
           "信息按目录里的来", "谢谢"),
}  # fmt: skip
