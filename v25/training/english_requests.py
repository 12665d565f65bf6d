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
@single , make it {adjective}
@single , keep it {adjective}
@single , something {adjective}
@single  but {adjective}
@single , for {place}
@many , {styles}
@many : first {first}, then {rest}
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
, with {points} up front
, and bring up {points}
, because {theyre} {plain}
, people love that {theyre} {plain}
, the big thing is {points}
, and {points} should come across
, pushing {points}
, and talk about {points}
 and make {points} shine
, plus points: {points}
, {plain}
, {plain}
, {points}
, {theyre} {plain}
, so {plain}
# brand
, brand {brand}
@named  from {brand}
@named  from the brand {brand}
 for the brand {brand}
 for {brand}
, brand name {brand}
, the brand is {brand}
, the label says {brand}
, it's by {brand}
, it's from {brand}
, mention {brand}
, we're {brand}
# price
{is_price} at {price}
{is_price}, price {price}
{is_price} for {price}
{is_price}, only {price}
{is_price}, it costs {price}
{is_price}, going for {price}
{is_price}, mention {price}
{is_price}, and put {price} in
{is_off}, and say it's {price}
{is_off}, {price} right now
{is_deal}, we're doing {price}
{is_deal}, promo: {price}
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
, for {audience}
, think {audience}
, the readers are {audience}
 that {audience} will like
# occasion
 {for_occasion}
, {for_occasion}
, good {for_occasion}
, perfect {for_occasion}
, made {for_occasion}
, just right {for_occasion}
, people buy it {for_occasion}
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
, the {colour} {ones}
, in {colour}
, {theyre} {colour}
, mention that {theyre} {colour}
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
@many {styles} please
@many in {styles}
@many let's try {styles}
@many I'd like {each}
@many the tones: {styles}
@many make one of each: {styles}
@single keep it {adjective}
@single make it {adjective}
@single make it sound {adjective}
@single something {adjective}
@single I want it {adjective}
@single go {adjective}
@single I'd like it to be {adjective}
@single it should feel {adjective}
@single think {adjective}
@single it's going on {channel}
@single {channel} is where it goes
@single this is for {place}
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
{theyre} {plain}
we're proud that {theyre} {plain}
talk about {points}
weave in {points}
points to cover: {points}
the main thing is {points}
it has to say {points}
I want to read about {points}
everybody should know {theyre} {plain}
put {points} first
bring up {points}
don't leave out {points}
key words: {points}
[customers|buyers|people] [like|love] that {theyre} {plain}
{plain}
{points}
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
{brand} makes it
we are {brand}
our brand is called {brand}
the name {brand} has to be in there
don't forget the brand, {brand}
# price
{is_price}price {price}
{is_price}price: {price}
{is_price}it costs {price}
{is_price}the price is {price}
{is_price}mention the price, {price}
{is_price}we sell it for {price}
{is_price}only {price}
{is_price}it's {price}
{is_price}don't forget {price}
{is_price}say that it's {price}
{is_price}{price} is the price
{is_off}marked down, {price}
{is_off}say that it's {price}
{is_off}there's a discount: {price}
{is_deal}don't forget {price}
{is_deal}there's an offer: {price}
{is_deal}we're running {price}
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
{is_deal}promo: {price}
# audience
for {audience}
it's for {audience}
[target|aim at|speak to] {audience}
target audience: {audience}
the audience is {audience}
we sell to {audience}
our customers are {audience}
make {audience} want it
my customers are mostly {audience}
I want to reach {audience}
{audience} should feel spoken to
think {audience}
mostly {audience} will read it
we want {audience} to buy it
# occasion
it's {for_occasion}
[good|great|perfect|ideal] {for_occasion}
we need it {for_occasion}
occasion: {occasion}
think of {occasion}
the occasion is {occasion}
the theme is {occasion}
{occasion} is the theme
mention {occasion}
people use it {for_occasion}
we're selling it {for_occasion}
# length
{length}
{length}, please
{length}, okay?
and {length}
oh, and {length}
# language
in {language}
in {language} please
write it in {language}
the copy should be in {language}
{language} copy please
[answer|reply|write] in {language}
it has to be in {language}
language: {language}
I need it in {language}
{language}, please
only {language}
our readers speak {language}, so write in {language}
# colour
color: {colour}
the color is {colour}
it's the {colour} {ones}
mention the {colour} color
{they} come{s} in {colour}
{theyre} {colour}
mention that {theyre} {colour}
say that {theyre} {colour}
the {colour} version
"""
)
