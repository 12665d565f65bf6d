"""What the model talks about: products, styles and selling points, named in both languages.

Pure data. Ids are English and stable: they stand in checkpoints, evaluation files and the page.
The first name of each language is the canonical one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A thing with names in Chinese and English; the first of each is canonical."""

    id: str
    zh: tuple[str, ...]
    en: tuple[str, ...]


@dataclass(frozen=True)
class Product(Term):
    """A kind of product; `group` is "clothing" or "grocery"."""

    group: str = "clothing"


def _terms(rows: str) -> dict[str, Term]:
    return {t.id: t for t in (Term(*_columns(row)) for row in rows.strip().splitlines())}


def _products(group: str, rows: str) -> dict[str, Product]:
    made = (Product(*_columns(row), group=group) for row in rows.strip().splitlines())
    return {p.id: p for p in made}


def _columns(row: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    id_, zh, en = (column.strip() for column in row.split("|"))
    return id_, tuple(zh.split("、")), tuple(name.strip() for name in en.split(","))


PRODUCTS: dict[str, Product] = {
    **_products(
        "clothing",
        """
        t-shirt | T恤、短袖、体恤 | T-shirt, tee, tshirt
        shoes | 鞋子、鞋、运动鞋、跑鞋、帆布鞋、皮鞋、休闲鞋、板鞋 | shoes, shoe, sneakers, trainers, running shoes, boots, loafers
        shorts | 短裤、运动短裤、沙滩裤 | shorts, short pants
        shirt | 衬衫、衬衣、男士衬衫 | shirt, button-up shirt, button-down, dress shirt
        pants | 裤子、长裤、牛仔裤、休闲裤、西裤 | pants, trousers, jeans, chinos, slacks
        skirt | 半身裙、短裙、裙子、百褶裙 | skirt, mini skirt, pleated skirt
        top | 上衣、女士上衣、吊带 | top, crop top, women's top
        outwear | 外套、夹克、大衣、羽绒服、风衣、冲锋衣 | jacket, coat, outerwear, outwear, parka, windbreaker, down jacket
        dress | 连衣裙、长裙、礼服裙 | dress, gown, summer dress, maxi dress
        body | 连体衣、婴儿连体衣、哈衣 | bodysuit, baby bodysuit, onesie, romper
        longsleeve | 长袖T恤、长袖衫、长袖、打底衫 | long-sleeve top, long sleeve, long-sleeve tee, long-sleeve shirt
        undershirt | 背心、打底背心、汗衫 | undershirt, tank top, vest, singlet
        hat | 帽子、棒球帽、渔夫帽、毛线帽 | hat, cap, baseball cap, beanie, bucket hat
        polo | Polo衫、保罗衫、翻领T恤 | polo shirt, polo
        blouse | 女士衬衫、雪纺衫、女式衬衫 | blouse, chiffon blouse
        hoodie | 连帽卫衣、卫衣、帽衫 | hoodie, hooded sweatshirt, sweatshirt
        blazer | 西装外套、西服、西装、小西装 | blazer, suit jacket
        """,  # noqa: E501
    ),
    **_products(
        "grocery",
        """
        apple | 苹果、红苹果、青苹果 | apples, apple
        asparagus | 芦笋 | asparagus
        aubergine | 茄子 | aubergines, aubergine, eggplant, eggplants
        avocado | 牛油果、鳄梨 | avocados, avocado
        banana | 香蕉 | bananas, banana
        cabbage | 卷心菜、包菜、圆白菜 | cabbage, cabbages
        carrots | 胡萝卜 | carrots, carrot
        cucumber | 黄瓜 | cucumbers, cucumber
        garlic | 大蒜、蒜头 | garlic
        ginger | 生姜、姜 | ginger, ginger root
        juice | 果汁、橙汁、苹果汁、西柚汁 | juice, fruit juice, orange juice, apple juice
        kiwi | 猕猴桃、奇异果 | kiwis, kiwi, kiwifruit
        leek | 韭葱、大葱 | leeks, leek
        lemon | 柠檬 | lemons, lemon
        lime | 青柠 | limes, lime
        mango | 芒果 | mangoes, mango, mangos
        melon | 甜瓜、哈密瓜、蜜瓜、西瓜 | melons, melon, watermelon, cantaloupe, honeydew
        milk | 牛奶、鲜牛奶、纯牛奶 | milk, fresh milk
        mushroom | 蘑菇、口蘑 | mushrooms, mushroom
        nectarine | 油桃 | nectarines, nectarine
        oat-milk | 燕麦奶 | oat milk, oat drink
        oatghurt | 燕麦酸奶 | oat yogurt, oatgurt, oat-based yogurt
        onion | 洋葱 | onions, onion
        orange | 橙子、甜橙 | oranges, orange
        papaya | 木瓜 | papayas, papaya
        passion-fruit | 百香果 | passion fruit, passion fruits
        peach | 桃子、水蜜桃 | peaches, peach
        pear | 梨、梨子、香梨 | pears, pear
        pepper | 甜椒、彩椒、青椒 | peppers, bell pepper, bell peppers, sweet pepper, sweet peppers
        pineapple | 菠萝、凤梨 | pineapples, pineapple
        plum | 李子、西梅 | plums, plum
        pomegranate | 石榴 | pomegranates, pomegranate
        potato | 土豆、马铃薯、红薯 | potatoes, potato, sweet potato, sweet potatoes
        red-beet | 红甜菜、甜菜根 | beets, beet, beetroot, red beet
        red-grapefruit | 西柚、葡萄柚、红西柚 | grapefruit, grapefruits, red grapefruit
        satsumas | 蜜橘、橘子、砂糖橘 | satsumas, satsuma, mandarins, mandarin, tangerines
        sour-cream | 酸奶油 | sour cream
        sour-milk | 酸乳、发酵乳 | sour milk, cultured milk
        soy-milk | 豆奶、豆浆 | soy milk, soya milk
        soyghurt | 大豆酸奶、豆乳酸奶 | soy yogurt, soygurt, soya yogurt
        tomato | 番茄、西红柿 | tomatoes, tomato
        yoghurt | 酸奶 | yogurt, yoghurt
        zucchini | 西葫芦 | zucchini, courgette, courgettes
        """,
    ),
}

STYLES: dict[str, Term] = _terms(
    """
    social | 社交媒体、小红书、朋友圈、种草、微博、抖音 | social media, Instagram, TikTok, social
    premium | 高端、奢华、轻奢、高级感、精致 | premium, luxury, high-end, upscale, elegant
    promotion | 促销、大促、特卖、打折、限时优惠 | promotion, promotional, sale, sales, flash sale
    minimal | 极简、简约、简洁 | minimal, minimalist, clean, simple
    playful | 俏皮、活泼、有趣、搞笑、可爱 | playful, fun, funny, cheeky, cute
    expert | 专业测评、测评、专业、专家 | expert review, expert, professional, review
    story | 故事、讲故事、情感故事 | story, storytelling, narrative
    livestream | 直播带货、直播、带货、主播口播 | live-stream, livestream, live stream, live shopping
    """  # noqa: E501
)

POINTS: dict[str, Term] = _terms(
    """
    breathable | 透气 | breathable, breathability
    lightweight | 轻便、轻盈、轻量 | lightweight, light as air
    comfortable | 舒适、舒服 | comfortable, comfort, comfy
    soft | 柔软、软糯 | soft, softness
    warm | 保暖、暖和、温暖 | warm, warmth
    waterproof | 防水 | waterproof, waterproofing
    windproof | 防风 | windproof, wind-proof
    quick-dry | 速干、快干 | quick-dry, quick-drying, dries fast
    durable | 耐穿、耐用、结实 | durable, durability, long-lasting
    non-slip | 防滑 | non-slip, anti-slip, slip-resistant
    stretchy | 弹力、有弹性、高弹 | stretchy, stretch
    slimming | 显瘦、修身 | slimming, flattering
    versatile | 百搭 | versatile, versatility
    easy-care | 易打理、好打理、免熨烫 | easy-care, easy to care for, low-maintenance
    sun-protective | 防晒 | sun-protective, sun protection, UV protection
    skin-friendly | 亲肤 | skin-friendly, gentle on skin, kind to skin
    fresh | 新鲜 | fresh, freshness
    juicy | 多汁、汁水丰富 | juicy, juiciness
    sweet | 香甜、清甜、甜 | sweet, sweetness
    organic | 有机 | organic, organically grown
    low-sugar | 低糖 | low-sugar, low in sugar
    high-protein | 高蛋白 | high-protein, protein-rich, high in protein
    vitamin-rich | 富含维生素、维生素丰富、维生素 | vitamin-rich, rich in vitamins, full of vitamins, vitamins
    additive-free | 无添加、零添加 | additive-free, no additives, free of additives
    crisp | 爽脆、脆嫩、清脆、脆 | crisp, crispness, crunchy
    creamy | 绵密、顺滑、浓郁 | creamy, creaminess
    """  # noqa: E501
)

CLOTHING_POINTS: tuple[str, ...] = tuple(POINTS)[:16]
GROCERY_POINTS: tuple[str, ...] = tuple(POINTS)[16:]

COLOURS: dict[str, Term] = _terms(
    """
    black | 黑色 | black
    white | 白色 | white
    grey | 灰色 | grey, gray
    red | 红色 | red
    orange | 橙色 | orange
    yellow | 黄色 | yellow
    green | 绿色 | green
    blue | 蓝色 | blue
    navy | 藏青色、深蓝色 | navy, navy blue
    purple | 紫色 | purple
    pink | 粉色、粉红色 | pink
    brown | 棕色、咖啡色 | brown
    beige | 米色、米白色 | beige, cream
    """
)

AUDIENCES: dict[str, Term] = _terms(
    """
    women | 女性、女生、姐妹们 | women, ladies
    men | 男士、男生 | men, guys
    kids | 孩子、儿童、小朋友 | kids, children
    babies | 宝宝、婴儿 | babies, infants
    teens | 青少年、年轻人 | teens, young people
    students | 学生、大学生、学生党 | students, college students
    office | 上班族、白领、职场人 | office workers, professionals, commuters
    runners | 跑者、跑步爱好者 | runners, joggers
    athletes | 健身人群、运动爱好者 | gym-goers, athletes, fitness fans
    travellers | 旅行者、旅游达人 | travelers, travellers
    hikers | 户外爱好者、登山爱好者、驴友 | hikers, outdoor lovers, campers
    parents | 宝妈、新手爸妈、父母 | parents, new parents, busy moms
    seniors | 老年人、爸妈、长辈 | seniors, older adults
    families | 家庭、全家人 | families, the whole family
    foodies | 吃货、美食爱好者 | foodies, food lovers
    cooks | 厨房新手、爱做饭的人 | home cooks, home chefs
    dieters | 减脂人群、健康饮食人群 | health-conscious eaters, dieters
    """
)

OCCASIONS: dict[str, Term] = _terms(
    """
    spring | 春天、春季 | spring
    summer | 夏天、夏季 | summer
    autumn | 秋天、秋季 | autumn, fall
    winter | 冬天、冬季 | winter
    work | 上班、通勤 | work, the office, commuting
    date | 约会 | date night, a date
    party | 派对、聚会 | a party, parties
    travel | 旅行、出游 | travel, vacation, a trip
    sports | 运动、健身 | workouts, sports, the gym
    outdoor | 户外、露营、野餐 | the outdoors, camping, a picnic
    breakfast | 早餐 | breakfast
    lunch | 午餐、便当 | lunch, the lunchbox
    dinner | 晚餐、家宴 | dinner, family dinner
    tea | 下午茶 | afternoon tea, a snack break
    weekend | 周末 | the weekend, weekends
    gift | 送礼、节日礼物 | a gift, gifting
    newyear | 春节、过年 | Chinese New Year, the Lunar New Year
    christmas | 圣诞节 | Christmas
    doubleeleven | 双十一、双11 | Singles' Day, Double 11
    backtoschool | 开学季 | back to school
    """
)


def mentions(text: str, term: Term) -> bool:
    """Whether any name of `term`, of either language, stands in `text` (English: whole words)."""
    if any(name in text for name in term.zh):
        return True
    lowered = text.lower()
    return any(re.search(rf"(?<![a-z]){re.escape(n.lower())}(?![a-z])", lowered) for n in term.en)


def is_chinese(text: str) -> bool:
    """Whether `text` is written in Chinese: more Han characters than Latin words."""
    han = len(re.findall(r"[㐀-鿿]", text))
    return han > len(re.findall(r"[A-Za-z]+", text))
