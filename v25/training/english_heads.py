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
    "my item",
    "our new product",
    "this one",
    "the product",
    "the item pictured",
    "what's in the picture",
    "the attached photo",
    "this shot",
    "our latest arrival",
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
    "a pitch",
    "web copy",
    "promo text",
    "an ad",
    "a listing",
    "a post",
    "a product blurb",
)

NOUNS = ("caption", "ad", "product description", "blurb", "description", "post", "listing", "pitch")
"""What stands behind "one" and "a quick"."""

ONE = ("one", "one", "1", "a single", "just one", "only one")
"""Numbers before one noun."""
SEVERAL = {
    2: ("two", "two", "2", "2", "a couple of", "a pair of", "two different", "2 separate"),
    3: ("three", "three", "3", "3", "three different", "3 separate", "a set of three"),
}
"""Numbers before any noun."""
ONE_NOUNS = (
    *("post", "caption", "ad", "blurb", "description", "product description", "text", "copy"),
    *("slogan", "pitch", "listing", "tagline", "paragraph", "write-up", "piece of copy", "draft"),
)
MANY_NOUNS = (
    *("versions", "versions", "captions", "posts", "ads", "takes", "texts", "copies", "options"),
    *("blurbs", "descriptions", "product descriptions", "lines", "variants", "variations"),
    *("drafts", "ideas", "pitches", "slogans", "listings", "paragraphs", "write-ups", "pieces"),
)

STANDS_FOR = {
    "for_occasion": "occasion",
    "plain": "points",
    "sized": "length",
    **dict.fromkeys(("styles", "each", "first", "rest", "place", "channel", "adjective"), "styles"),
}
"""Which part of the brief a slot with another name expresses."""

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
@many [describe|advertise|pitch] {it} {n_times}: {each}
@many {n} ads{for_it}, {first} first, then {rest}
@many start with {first}, then {rest}: {n} texts{for_it}
@single here is [the photo|my product|a photo], [write|make|give me] {medium}{for_it}
@many here is [the photo|my product|a photo], [write|make|give me] {n} versions{for_it}
@many I have to [sell|promote] {it}, so [write|give me|make] {n} [versions|texts|takes]
@single I have to [sell|promote] {it}, so [write|give me|make] {medium}
@single I'm [selling|listing|launching|promoting] {it} and need {medium}
@many I'm [selling|listing|launching|promoting] {it} and need {n} [versions|captions|ads]
@single [sell|pitch] me {it}
@single [sell me on|talk me into buying|convince me to buy] {it}
@single [got|have] {it} here, [need|want] {medium}
@single any idea for {medium}{for_it}
@single [please|pls] [help|assist] with {medium}{for_it}
@single looking for {medium}{for_it}
@single how would you [sell|advertise|pitch|describe] {it}
@single what's a good [ad|caption|line|pitch]{for_it}
@single just {medium}{for_it}
@single ready to post: {medium}{for_it}
@single quick {noun}{for_it}
@single one {noun}{for_it}[| please|, please]
@single {noun}{for_it}[| please|, please|?]
@single listing {it} today, [give me|I need] {medium}
@single I want people to [buy|love|notice] {it}
@single make [people|everyone] [want|notice] {it}
@single put {it} into words [that sell|for our shop|for the shop page|for me]
@single [what|something] to say about {it}
@single {it}, [please write|write|can you write|I need] {medium}
@single {it}: {medium}
@single my shop needs {medium}{for_it}
@single [could|can|would] you [help me with|give me|come up with] {medium}{for_it}
@single would you [write|draft] {medium}{for_it}
@single [let me have|let me see|send me|get me] {medium}{for_it}
@single [time|I guess it's time] for {medium}{for_it}
@single I'm stuck, [write|give me|I need] {medium}{for_it}
@single the boss wants {medium}{for_it}
@single my client [wants|needs] {medium}{for_it}
@single [use|take] {it} and [write|make|create] {medium}
@single look at {it} and [write|make|give me] {medium}
@single from {it}, [write|make|create] {medium}
@single [convert|transform|make] {it} into {medium}
@single make {medium} [from|out of] {it}
@single in a hurry, {medium}{for_it}
@single a {sized} [one|text|caption|ad|pitch|description]{for_it}[| please|, please]
@single [write|give me|I need|make|draft] a {sized} [text|caption|ad|pitch|description]{for_it}
@single {sized} [copy|ad copy|caption|text|description]{for_it}
@single [make|keep] it {sized}: {medium}{for_it}
@single [pitch|sell|recommend] {it} to {audience}
@single [tell|show] {audience} why they need {it}
@single why should {audience} buy {it}
@single [write|make|give me] {medium} that speaks to {audience}{for_it}
@single {medium} for {audience}{for_it}
@single [write|make|give me] {medium} {for_occasion}{for_it}
@single [sell|pitch|promote] {it} {for_occasion}
@single [write|make] [it|this] {adjective}: {medium}{for_it}
@single make {it} {adjective}
@single I want {it} [to sound|described in a way that's] {adjective}
@single {adjective} {noun}{for_it}[| please|, please]
@single [can|could] you make [copy|a caption|a text]{for_it} {adjective}
@single [go|keep it|make it] {adjective}, {medium}{for_it}
@single [one|a text|a post|copy|something]{for_it} for {place}
@single I'm posting {it} on {channel}, [write the text|what do I write|need a caption]
@single what do I [post|write] on {channel} about {it}
@single {medium} for {place}{for_it}

@many turn {it} into [marketing copy|ad copy|copy|promo text|product copy|web copy] in {n} styles
@many turn {it} into [marketing copy|ad copy|copy] in {n} [different styles|different tones|ways]
@many turn {it} into {n} [versions|kinds|pieces|styles] of [marketing copy|copy|ad copy]
@many [can|could] you [please |]turn {it} into [marketing copy|ad copy|copy] in {n} styles
@many [please |]turn {it} into [marketing copy|ad copy|copy], {n} styles
@many I want [marketing copy|copy] in {n} styles{for_it}
@many [make|create|write|generate] [marketing copy|copy] in {n} styles [from|out of] {it}
@many [use|take] {it} and [write|make|create] [copy|marketing copy] in {n} styles
@many from {it}, [write|make|create] {n} [ads|texts|captions|styles of copy]
@many [make|create] {n} [ads|texts|captions|versions] [from|out of] {it}
@many [convert|transform] {it} into {n} [styles of copy|texts|ads]
@many {n} styles of [marketing copy|copy|ad copy]{for_it}
@many {n} [takes|versions|options|drafts]{for_it}
@many {n} [takes|versions|options]{for_it}, [thanks|pls|please|asap|quick]
@many [just|only] {n} [takes|versions|lines of copy|captions]{for_it}
@many [got|have] {it} here, [need|want] {n} [takes|versions|texts|captions]
@many [let me have|send me|get me|let me see] {n} [versions|takes|options|drafts]{for_it}
@many the boss wants {n} [versions|options|texts]{for_it}
@many my client wants to compare {n} [texts|versions|ads]{for_it}
@many A/B test: {n} [texts|versions|ads]{for_it}
@many would you [write|do|draft] {n} [texts|versions|captions]{for_it}
@many what are {n} ways to sell {it}
@many pitch {it} {n_times}, [differently each time|a new angle each time|each in its own tone]
@many [sell|describe] {it} {n_times}[| in different tones|, please]
@many {n} [different voices|tones|angles]{for_it}[| please|, please]
@many {it}, {n} [versions|takes|styles][| please|, please]
@many {it} in {n} [styles|voices|tones]
@many {it}: {n} [texts|captions|versions|ads]
@many {n} {sized} [versions|texts|captions|ads|takes]{for_it}[| please|, please]
@many [give me|write|I need|make] {n} {sized} [versions|texts|captions|takes]{for_it}
@many [pitch|sell] {it} to {audience} in {n} [ways|styles]
@many {n} [texts|ads|captions] for {audience}{for_it}
@many [write|make|give me] {n} [texts|ads|captions] that speak to {audience}{for_it}
@many {n} [texts|ads|versions|captions] {for_occasion}{for_it}
@many [I'd like to see|show me] {it} in {n} styles: {styles}
@many turn {it} into {each}
@many turn {it} into [copy|marketing copy|ad copy] in {n} styles: {styles}
@many [write|make|give me|I need|do] {each}{for_it}
@many {each}{for_it}[| please|, please]
@many {styles} [copy|versions|texts]{for_it}[| please|, please]
@many [write|make|give me|I want] {styles} [versions|copy|texts]{for_it}
@many first {first}, then {rest}{for_it}
@many [copy|ad copy|texts]{for_it} in {styles} [style|tones|voices]
@many [try|do] {it} as {styles}
@many {pieces}{for_it}
@many {pieces}{for_it}
@many {pieces}{for_it}[| please|, please| pls]
@many {it}, {pieces}[| please|, please]
@many {it}: {pieces}
@many {pieces}: {it}
@many [give|get|send|write|do|make] me {pieces}{for_it}
@many [I need|I want|I'd like|we need|need|looking for] {pieces}{for_it}
@many [can I get|could I have|can we have|may I have] {pieces}{for_it}
@many [please write|please make|write|draft|do|make|create] {pieces}{for_it}
@many [how about|let's try|any chance of|what about] {pieces}{for_it}
@many {pieces}{for_it} in {styles} style
@many {pieces}{for_it}: {each}
@many {pieces}{for_it}: {styles}
@many {pieces}, {styles}{for_it}
@many [write|make|give me|I need] {pieces}{for_it}, {each}
@many give me {digit}{for_it}
@many {digit}x [copy|captions|posts|ads]{for_it}
@single {piece}{for_it}
@single {piece}{for_it}[| please|, please| pls]
@single {it}, {piece}[| please|, please]
@single [give|get|send|write|do|make] me {piece}{for_it}
@single [I need|I want|I'd like|need|looking for] {piece}{for_it}
@single [please write|write|draft|make|create] {piece}{for_it}
@single {piece}{for_it}, {adjective}[| please|, please]
"""
)

PLAIN: Bank = bank(
    """
@many {pieces}[| please|, please]
@many [give|write|do|make] me {pieces}
@many give me {digit}
@many [I want|I need|need] {pieces}
@many [just|only] {digit}
@single {piece}[| please|, please]
@single [give|write|make] me {piece}
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
@single copy please
@single [any copy|a caption|an ad] for this
@single [sell|pitch|describe|advertise] [this|it]
@single [help|help please|help me out], I need [copy|an ad|a caption]
@single what should I [write|post|say]
@single [caption this|caption]
@single [one ad|one text|one version][| please]
@single [try|have a go at] this one
@single [write|say] something
@single I need [something|words] for this
@single over to you, [one text|one ad]
@single [make|do] me an ad
@single [ad|advert|blurb] for this[| please]
@single [see photo|photo attached], [write copy|need a caption|one ad please]
@many {n} [versions|takes|captions|texts|styles]
@many [make it|do] {n} [versions|styles]
@many [write|make|do|I need|I want] {n} [versions|texts|captions|styles]
@many {n} [ads|texts|captions] for this
@many this in {n} styles
@many [different takes|different texts], {n} please
@many turn this into copy in {n} styles
@many turn this product photo into [marketing copy|ad copy] in {n} styles
@many [see photo|photo attached], {n} [texts|versions|takes]
@single {adjective} please
@single [make it|keep it|go] {adjective}[| please]
@single {adjective} [version|copy|text|caption][| please]
@single [something|anything] {adjective}[| please]
@single a {adjective} one[| please]
@single [make this|do this] {adjective}
@single can you make it {adjective}
@single I'd like something {adjective}
@single [write|do] it in a {adjective} [way|style]
@single something for {place}[| please|, please]
@single [a text|one|copy|a post] for {place}[| please]
@single for {place}[| please|, please]
@single what do I write for {place}
@single need a post for {channel}
@many {styles}[| please|, please]
@many {each}[| please|, please]
@many [make|do|write|try] {styles}
@many [give me|I want|I need|do] {each}
@many {styles} versions[| please]
@many this in {styles}
@many {n} texts, {styles}
@many {first}, then {rest}
@many {styles}, {n} versions[| please]
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
    "okay then, ",
    "hey there, ",
    "yo, ",
    "right, ",
    "good evening, ",
    "me again, ",
    "small favor: ",
    "here we go: ",
    "could use a hand: ",
    "next product: ",
    "now, ",
)
