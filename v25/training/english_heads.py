"""How people begin when they ask for copy in English.

Tags: `many` or `single` (number of copies). `{it}` is the product in any wording, `{for_it}` the
same with its preposition, or nothing when the photo says enough.
"""

from __future__ import annotations

from v25.training.english_grammar import Bank, bank

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

HEADS: Bank = bank(
    """
@single [write|create|draft|make|generate] a product description{for_it}
@single [write|create|draft|make|give me] [a|one] [piece of copy|caption|product blurb|ad \
text]{for_it}
@single [write|draft|create|generate] {medium}{for_it}
@single [can|could] you [please |][write|do|make|draft] {medium}{for_it}
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
@single [write|make] [a|one] [text|post|listing]{for_it} that sells
@single we need {medium}{for_it} [today|by noon|right away|asap]
@single [tell|show] people why they [need|want|should buy] {it}
@single [one version|just one take|one copy]{for_it}
@single {medium}: {it}
@single write something{for_it}
@single {adjective} [pitch|copy|text|post|ad]{for_it}
@single [write|make|create|give me|I want|I need|draft] a {adjective} \
[pitch|text|post|ad|caption|description]{for_it}
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
