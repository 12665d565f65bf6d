"""How people ask for copy in English: openings, and every part phrased on its own.

Tags: `many` or `single` (number of copies), `named` or `unnamed` (product). `{it}` is the product
in any wording, `{for_it}` the same with its preposition, or nothing when the photo says enough.
`{is_price}`, `{is_off}`, `{is_deal}` are empty and only keep a line for that kind of price.
"""

from __future__ import annotations

from v25.training.english_grammar import Bank, bank, sections

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

UNNAMED = (
    "this product photo",
    "this product",
    "this picture",
    "this photo",
    "the item in the photo",
    "the product in the picture",
    "this item",
    "what you see in the photo",
    "the thing in the picture",
    "my product",
    "this",
    "it",
)

HEADS: Bank = bank(
    """
@single [write|create|draft|make|generate] a product description{for_it}
@single [write|create|draft|make|give me] [a|one] [piece of copy|caption|product blurb|ad text]{for_it}
@single [write|draft|create|generate] [some |]{medium}{for_it}
@single [can|could] you [please |][write|do|make|draft] [some |]{medium}{for_it}
@single [please|pls|plz] [write|make|create|draft] {medium}{for_it}
@single I [need|want|am looking for] {medium}{for_it}
@single I'd [like|love] {medium}{for_it}
@single help me [write|sell|describe|promote|advertise] {it}
@single [describe|advertise|promote|sell|pitch] {it}
@single turn {it} into {medium}
@single [how about|let's have|let's do] {medium}{for_it}
@single {medium}{for_it}[| please|, please]
@single {medium} needed{for_it}
@single [what would you write about|what can you say about] {it}
@single [come up with|think up|put together] {medium}{for_it}
@single do your [magic|thing] with {it}
@single say something [nice|catchy|convincing|good] about {it}
@single make {it} sound [irresistible|great|good|tempting]
@single [write|make] [a|one] [short text|text|post|listing]{for_it} that sells
@single we need {medium}{for_it} [today|by noon|right away|asap]
@single [tell|show] people why they [need|want|should buy] {it}
@single [one version|just one take|one copy]{for_it}
@single {medium}: {it}
@single write something{for_it}
@single {adjective} [pitch|copy|text|post|ad]{for_it}
@single [write|make|create|give me|I want|I need|draft] a {adjective} [pitch|text|post|ad|caption|description]{for_it}
@single [write|make|do|create] [some |]{adjective} [copy|marketing copy]{for_it}
@single {medium}{for_it}, {adjective} style
@single [something|one] for {place}[|, please]{for_it}
@single [write|make|give me] [something|a post|a text|one] for {place}{for_it}
@single {it} for {place}[|, please| please]
@single describe {it} in {adjective} style
@single promote {it} on {channel}
@single can you pitch {it} in a {adjective} [way|style|tone]
@single [advertise|pitch|present] {it} in a {adjective} [way|style|tone]
@many turn {it} into [marketing copy|copy|ad copy|text that sells] in {n} styles
@many turn {it} into {n} [pieces of copy|product descriptions|ads|captions]
@many give me {n} [takes|versions|options|variations|drafts|ideas]{for_it}
@many [write|create|draft|make|generate] {n} [versions|variations|captions|ads]{for_it}
@many [write|create|draft] [marketing copy|copy|a description]{for_it} in {n} [different |]styles
@many [can|could] you [please |][write|do|make|draft] {n} [versions|takes|texts]{for_it}
@many [please|pls] [write|make|do] {n} [copies|versions|texts]{for_it}
@many I [need|want] {n} [pieces of copy|versions|different takes|captions|ads]{for_it}
@many I'd like {n} [versions|descriptions|options|different texts]{for_it}
@many [let's have|let's do|how about] {n} [takes|versions|options]{for_it}
@many {n} [versions|takes|variants|copies|captions|options]{for_it}[| please|, please]
@many {n} [different |]styles{for_it}[| please|, please]
@many [describe|advertise|promote|pitch] {it} in {n} [ways|different ways|styles]
@many show me {n} ways to [sell|pitch|describe] {it}
@many [come up with|put together] {n} [product descriptions|ads|texts|captions]{for_it}
@many we need {n} [ads|texts|versions of copy] [today|by noon|asap]{for_it}
@many help me [sell|promote|describe] {it}, {n} [versions|takes|copies]
@many [copy|ad copy|marketing copy]{for_it} x{digit}
@many [copy|ad copy|marketing copy]{for_it}, {n} [versions|variants|takes]
@many {n} [versions|takes|copies]{for_it}: {styles}[| please]
@many [write|make|give me|I need] {n} [versions|texts|copies]{for_it}: {each}
@many {each}: {n} [texts|copies|versions]{for_it}
@many [write|make|do|create|give me] {n} [copies|versions|texts]{for_it} in {styles} style
@many make {it} sound {styles}, {n} versions
@many [describe|advertise|pitch] {it} {n_times}: {each}
@many {n} ads{for_it}, {first} first, then {rest}
@many start with {first}, then {rest}: {n} texts{for_it}
@single here is [the photo|my product|a photo], [write|make|give me] {medium}{for_it}
@many here is [the photo|my product|a photo], [write|make|give me] {n} versions{for_it}
@many I have to [sell|promote] {it}, so [write|give me|make] {n} [versions|texts|takes]
@single I have to [sell|promote] {it}, so [write|give me|make] {medium}
@single I'm [selling|listing|launching|promoting] {it} and need {medium}
@many I'm [selling|listing|launching|promoting] {it} and need {n} [versions|captions|ads]
"""
)

MEDIA = (
    "marketing copy",
    "ad copy",
    "product copy",
    "copy",
    "a product description",
    "a caption",
    "a description",
    "a blurb",
    "a few lines",
    "a pitch",
    "a selling text",
    "promo text",
)

PLAIN: Bank = bank(
    """
@single write a product description
@single copy for this please
@single describe this product
@single write something for this
@single what is this? [write|make] an ad for it
@single [marketing copy|product copy|ad copy|a caption|a description] please
@single generate a product description
@single [make|write] it sell
@single [do|write] the copy
@single write me an ad
@single [surprise me|you decide|your call], just write [the copy|something]
@single product description[| please]
@many {digit} versions please
@many {n} [versions|takes|copies|options] [please|now|thanks]
@many {n} different styles, you [choose|pick|decide]
@many {n} takes on this, surprise me
@many give me {n}
@many I want to compare {n} versions
"""
)

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
 that speaks to {audience}
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
[customers|buyers|people] [care about|ask for|love] {points}
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
please {length}
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

LEADS = (
    "hi, ",
    "hey, ",
    "hello! ",
    "okay, ",
    "so, ",
    "quick one: ",
    "hi there, ",
    "please help: ",
    "alright, ",
    "next one: ",
    "good morning, ",
    "one more: ",
    "task for you: ",
)

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
    "no clichés please",
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
