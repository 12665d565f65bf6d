"""How every part of an English brief is asked for, phrased on its own.

`INSIDE` continues the opening request, `AFTER` stands as a sentence. Tags: `many` or `single`
(number of copies). `{is_price}`, `{is_off}`, `{is_deal}` are empty and only keep a line for that
kind of price.
"""

from __future__ import annotations

from v25.training.english_grammar import Bank, sections

PARTS = (
    "styles",
    "points",
    "brand",
    "price",
    "audience",
    "occasion",
    "length",
    "language",
    "colour",
)

STYLE_SLOTS = frozenset(["styles", "each", "first", "rest", "place", "channel", "adjective"])
"""Slots that name the styles."""

INSIDE_ORDER = {p: i for i, p in enumerate(("language", "audience", "occasion", "brand"))} | {
    p: i + 4 for i, p in enumerate(("price", "colour", "length", "points", "styles"))
}
"""Where each part stands inside a sentence; lists go last."""

INSIDE: dict[str, Bank] = sections(
    """
# styles
@many : {styles}
@many : {each}
@many , {each}
@many  - {styles}
@many , in {styles} style
@single  in a {adjective} [tone|style|voice|way]
@single , {adjective} style
@single , {styles}
@single  for {place}
@single , {adjective} [tone|voice|style]
# points
 highlighting {points}
 with a focus on {points}
 and highlight {points}
, highlight {points}
, focus on {points}
, focusing on {points}
, mention that {theyre} {plain}
 and say that {theyre} {plain}
, stress {points}
, key points: {points}
 and don't forget {points}
, selling points {points}
, [make sure|be sure] to mention {points}
, all about {points}
# brand
, brand {brand}
 by {brand}
 from {brand}
 for the brand {brand}
 from the brand {brand}
, the brand is {brand}
 made by {brand}
# price
{is_price} at {price}
{is_price}, price {price}
{is_price} for {price}
{is_price}, only {price}
{is_price}, it costs {price}
{is_off}, now {price}
{is_off} with {price}
{is_off}, discount {price}
{is_off}, mention {price}
{is_deal}, deal: {price}
{is_deal}, offer {price}
{is_deal} with the offer {price}
{is_deal}, mention {price}
# audience
 for {audience}
 aimed at {audience}
 targeting {audience}
 written for {audience}
 meant for {audience}
# occasion
 {for_occasion}
, {for_occasion}
, good {for_occasion}
, perfect {for_occasion}
# length
, {length_word}
, {length}
, but {length}
# language
 in {language}
 in {language}
, in {language}
 written in {language}
# colour
, color {colour}
, the {colour} one
"""
)

AFTER: dict[str, Bank] = sections(
    """
# styles
@many styles: {styles}
@many the styles are {styles}
@many [I want|give me|make] {each}
@many {each}
@many [use|go with|do] {styles}
@many [I'm thinking|I was thinking of] {styles}
@many {first} first, then {rest}
@single style: {styles}
@single [I want|go for|use] a {adjective} [style|tone|voice]
@single the [tone|style] should be {adjective}
@single {adjective} style[| please|, please]
@single it's for {place}
@single we'll post it on {channel}
@single I'm going for {adjective}
# points
highlight {points}
focus on {points}
mention that {theyre} {plain}
please [stress|highlight|mention|include] {points}
[make sure|be sure] to mention {points}
selling points: {points}
the selling points are {points}
what matters is {points}
people should know {theyre} {plain}
don't forget {points}
[emphasize|play up|show off|bring out] {points}
{theyre} {plain}, say so
[customers|buyers|people] [like|love] that {theyre} {plain}
# brand
brand {brand}
brand: {brand}
the brand is {brand}
[it's|this is] from {brand}
brand name {brand}
use the brand name {brand}
the label says {brand}
{brand} is the brand
mention {brand}
# price
{is_price}price {price}
{is_price}price: {price}
{is_price}it costs {price}
{is_price}the price is {price}
{is_price}mention the price, {price}
{is_price}we sell it for {price}
{is_price}put the price in: {price}
{is_off}it's {price}
{is_off}discount: {price}
{is_off}discount is {price}
{is_off}mention the discount, {price}
{is_off}right now {price}
{is_deal}offer: {price}
{is_deal}deal: {price}
{is_deal}our offer is {price}
{is_deal}mention the deal, {price}
{is_deal}promotion: {price}
# audience
for {audience}
it's for {audience}
[target|aim at|speak to] {audience}
target audience: {audience}
the audience is {audience}
we sell to {audience}
our customers are {audience}
make {audience} want it
# occasion
it's {for_occasion}
[good|great|perfect|ideal] {for_occasion}
we need it {for_occasion}
occasion: {occasion}
think of {occasion}
the occasion is {occasion}
# length
{length}
{length}, please
{length}, okay?
# language
in {language}
in {language} please
write it in {language}
the copy should be in {language}
{language} copy please
[answer|reply|write] in {language}
it has to be in {language}
language: {language}
our readers speak {language}, so write in {language}
# colour
color: {colour}
the color is {colour}
it's the {colour} one
mention the {colour} color
it comes in {colour}
"""
)

STYLE_PLACES: dict[str, tuple[str, ...]] = {
    "social": ("Instagram", "TikTok", "social media", "my Instagram", "our social media"),
    "promotion": ("a flash sale", "a sale", "a promotion", "our sale", "the sales page"),
    "livestream": ("a livestream", "a live stream", "live shopping", "my livestream"),
    "expert": ("an expert review", "a review", "a professional review"),
}
CHANNELS = {
    "social": ("Instagram", "TikTok", "social media"),
    "livestream": ("the livestream", "a live stream"),
}
STYLE_ADJECTIVES: dict[str, tuple[str, ...]] = {
    "social": ("social media", "Instagram", "TikTok"),
    "premium": ("premium", "luxury", "high-end", "upscale", "elegant"),
    "promotion": ("promotional", "sale", "flash sale", "promotional"),
    "minimal": ("minimal", "minimalist", "clean", "simple"),
    "playful": ("playful", "fun", "funny", "cheeky", "cute"),
    "expert": ("expert", "professional", "expert review", "review"),
    "story": ("storytelling", "narrative", "story"),
    "livestream": ("livestream", "live-stream", "live stream", "live shopping"),
}

LENGTHS: dict[str, tuple[str, ...]] = {
    "short": (
        "keep it short",
        "make it short",
        "one line is enough",
        "keep it brief",
        "short and to the point",
        "just one or two sentences",
        "not too long",
        "as short as possible",
    ),
    "medium": ("medium length", "not too short, not too long", "a few sentences", "normal length"),
    "long": (
        "make it long",
        "I want a long text",
        "go into detail",
        "make it detailed",
        "write a full paragraph",
        "take your time, make it long",
        "the longer the better",
        "a long version",
    ),
}
LENGTH_WORDS: dict[str, tuple[str, ...]] = {
    "short": ("short", "brief", "one line", "short text", "keep it short"),
    "medium": ("medium length", "normal length", "a few sentences"),
    "long": ("long", "detailed", "long version", "long text", "make it long"),
}

REASONS = (
    "it's for our online shop",
    "it goes live tonight",
    "we launch tomorrow",
    "it's for the new catalog",
    "I need to post it today",
    "it should make people click",
    "thanks",
    "thank you",
    "thanks a lot",
    "it's going on the product page",
    "make it count",
    "no buzzwords please",
    "surprise me",
    "I trust you",
)

REMARKS = (
    "my boss is waiting",
    "sorry for the rush",
    "I'm on the train",
    "typing on my phone",
    "the photo is a bit dark, sorry",
    "it's Monday and I'm tired",
    "no idea how this works",
    "hope the picture is okay",
    "first time using this",
    "my coffee is getting cold",
    "we did this last week too",
    "the meeting starts soon",
    "don't mind the background",
)
