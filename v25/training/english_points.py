"""How English copy names each selling point, and what each one does for a person.

`{s}`, `{they}` and the like agree with the product; `{bite}` is a bite, a sip or a spoonful.
No clause may name another selling point (a test holds it).
"""

from __future__ import annotations

import random
import re

from v25.lexicon import CLOTHING_POINTS, POINTS
from v25.training.english_grammar import Bank, bank, sections

PREDICATIVE = frozenset(
    [
        "light as air",
        "easy to care for",
        "gentle on skin",
        "kind to skin",
        "organically grown",
        "low in sugar",
        "high in protein",
        "rich in vitamins",
        "full of vitamins",
        "free of additives",
    ]
)
"""Names that only stand after a verb ("they are light as air")."""

NOUNS = frozenset(
    [
        "breathability",
        "comfort",
        "softness",
        "warmth",
        "waterproofing",
        "durability",
        "stretch",
        "versatility",
        "sun protection",
        "UV protection",
        "freshness",
        "juiciness",
        "sweetness",
        "vitamins",
        "crispness",
        "creaminess",
        "no additives",
    ]
)
"""Names that are things ("count on comfort"); "dries fast" is the one verb."""

VERB = "dries fast"

BENEFITS: dict[str, Bank] = sections(
    """
# breathable
air moves through and heat moves on
you stay cool when the day heats up
there's no clammy feeling, even at full speed
every little breeze finds its way in
heat has nowhere to hide
you can keep moving without boiling over
stuffy afternoons are a thing of the past
a packed train is suddenly no problem
# lightweight
you forget {theyre} there by lunchtime
there's nothing to weigh you down
{they} take{s} up next to no room in your bag
long days feel shorter
every move takes less effort
you keep checking that you put {them} on
the scale barely notices
{they} float{s} along with you instead of dragging behind
# comfortable
nothing pinches, rubs or rides up
you can keep {them} on from morning to midnight
there's no counting the minutes until you get home
every hour feels like the first
you won't want to take {them} off
{they} sit{s} just right from day one
there's no breaking-in period at all
long days stop feeling long
# soft
{they} feel{s} like your favorite blanket
you'll catch yourself touching the fabric all day
every touch feels like a small kindness
rough seams and scratchy edges are nowhere to be found
it's like wearing a quiet Sunday
even the fussiest wearer stops fidgeting
one touch and you understand
the fabric only gets nicer wash after wash
# warm
cold mornings lose the argument
the chill stays on the other side
you can linger outside a little longer
frosty air doesn't stand a chance
heat stays exactly where you need it
you can skip the third layer
it's like carrying a fireplace around
your walk home gets a lot friendlier
# waterproof
rain rolls right off
puddles become somebody else's problem
a sudden downpour changes nothing
you stay dry from door to door
the forecast stops running your plans
you can leave the umbrella at home
drops bead up and slide away
wet weather is just scenery
# windproof
gusts stop at the surface
you can face the ridge with a grin
a blustery corner is no longer a battle
the breeze stays where it belongs
even a stormy pier feels calm
draughts can't find a way in
the wind can howl all it likes
you stay steady when the weather isn't
# quick-dry
sweat and splashes vanish in no time
you can wash {them} tonight and wear {them} tomorrow
a downpour at noon is forgotten by one
damp never gets to settle in
packing one is as good as packing two
you're ready again before the kettle boils
the drying rack gets its evenings back
caught in a shower, you're fine again a block later
# durable
{they} shrug{s} off scrapes, washes and hard weeks
{they} still look{s} good after a hundred washes
you buy once and stop looking
seams hold when life pulls at them
{they} age{s} well instead of wearing out
rough days leave no mark
next year {they} will still be the first thing you reach for
{they} can take whatever your week throws at {them}
# non-slip
every step stays where you put it
wet tiles lose their menace
you stay planted on slick ground
nothing slides around when you move
you can hurry without thinking twice
grip is one thing less to worry about
rainy stairs are just stairs again
things stay put when you don't
# stretchy
{they} move{s} when you move
you can bend, reach and squat without a second thought
nothing pulls when you sit down
{they} spring{s} back into shape every time
a big lunch is not a problem
you get room exactly where you need it
yoga pose or bus sprint, {they} follow{s} along
there's give in all the right places
# slimming
clean lines do the work for you
you'll stand a little taller in the mirror
the cut is kind from every angle
{they} skim{s} the body without clinging
photos suddenly look better
every seam is drawn to lengthen the line
the silhouette stays neat all day
good tailoring does what no filter can
# versatile
{they} go{es} with almost everything you own
dress {them} up or down and you're done
Monday meeting or Sunday market, {they} fit{s} right in
one piece gives you a week of outfits
getting dressed takes half the time
{they} play{s} well with every color in your closet
your suitcase gets smaller and your options grow
{they} never look{s} out of place
# easy-care
you just toss {them} in the wash and get on with life
@torso,legs,baby the iron can stay in the cupboard
{they} come{s} out of the machine ready to go
laundry day gets shorter
stains lift out without drama
there are no special instructions to remember
you spend your weekend anywhere but the laundry room
one wash, one shake, and {theyre} good as new
# sun-protective
harsh rays stay on the outside
you can stay out while others look for shade
long afternoons outdoors get a lot safer
your skin is covered when the sun is high
noon is no longer a reason to hide
the beach can have you a little longer
rays bounce off while you get on with the day
it's like bringing your own shade
# skin-friendly
there's nothing to itch or scratch
even sensitive types can relax
redness and rubbing never get started
it's a calm layer you can trust all day
you can wear {them} right next to you for hours
tags and rough fibers are out of the picture
delicate skin has one less enemy
irritation doesn't get a look in
# fresh
you can taste how little time passed since the farm
{they} come{s} to your door at {their} best
every {bite} tastes like this morning
the aroma says it before you do
{they} brighten{s} up the plainest plate
nothing has been sitting around for days
you can tell from the very first {bite}
the fridge suddenly looks more alive
# juicy
you should have a napkin ready
every {bite} bursts with flavor
flavor runs all the way through
one {bite} and your thirst is gone
it's pure refreshment, no straw needed
each {bite} drips with goodness
you'll be licking your fingers
it's sunshine you can almost pour
# sweet
you can skip dessert tonight
nature did the baking for you
every {bite} ends in a smile
even picky eaters ask for more
the sugar bowl can stay closed
there's a hint of honey in every {bite}
cravings are sorted the happy way
kids think it's a treat
# organic
nothing artificial ever touched the soil
{theyre} produced the slow, honest way
you know exactly what you put on the table
the fields stay healthy and so do you
it's food the way nature drew it up
no synthetic sprays means no second thoughts
good soil does the talking
you can taste the care of the grower
# low-sugar
you can say yes without doing the math
it's a treat with nothing to regret
the afternoon crash never shows up
flavor comes first and the sugar rush stays away
a second helping is perfectly fine
your balance stays right where you want it
you keep the pleasure and lose the guilt
it's easy to fit into any plan
# high-protein
you stay full until the next meal
your muscles will thank you
it keeps you going long after breakfast
a small portion does a big job
post-workout hunger meets its match
steady energy lasts all morning
snack attacks don't stand a chance
every {bite} works as hard as you do
# vitamin-rich
your body gets a little boost with every {bite}
it's a small favor to your immune system
a good day starts right here
you're topped up for whatever comes
feeling well has rarely tasted this good
it's wellness without the lecture
your plate does something for you
every {bite} does you some good
# additive-free
the ingredient list is wonderfully boring
what you see is all there is
there's nothing on the label you can't pronounce
pure taste needs no help
nothing was added and nothing is missing
you can hand {them} to the kids without reading small print
it's just the real thing
the only ingredient is the good stuff
# crisp
you can hear every {bite}
each {bite} snaps just the way it should
the first {bite} turns heads
it's the sound of a good snack
every {bite} wakes you up
there's a clean snap all the way through
lunch finally makes some noise
the neighbors may ask what that sound is
# creamy
every {bite} melts on the tongue
it's pure velvet from start to finish
each {bite} glides down smoothly
it tastes like a little luxury
plain toast and plain mornings are over
sauces, bowls and spoons all want some
one {bite} and the room goes quiet
{they} turn{s} every {bite} into pleasure
"""
)

ANYTHING: Bank = bank(
    """
you notice the difference right away
it shows from the very first day
it's hard to settle for less
it's the detail that people remember
{theyre} well worth a second look
it's exactly what was missing
you can tell that somebody cared
it makes ordinary days a little better
you'll be glad you tried {them}
friends will ask where you found {them}
once you know it, you won't go back
it's a promise kept every single time
you'll wonder how you managed without it
{theyre} very easy to like
"""
)
"""Clauses that suit any selling point on any product, juicy shoes included."""

FRAMES: Bank = bank(
    """
{theyre} {adj}, so {benefit}.
{theyre} [truly|genuinely|wonderfully|really] {adj}: {benefit}.
because {theyre} {adj}, {benefit}.
{adj} from the start, {they} make{s} one thing clear: {benefit}.
being {adj} is the whole idea here, and {benefit}.
what [matters|counts] most: {theyre} {adj}, and {benefit}.
{theyre} as {adj} as you hoped, which means {benefit}.
[made|meant|chosen] to be {adj}, {they} prove{s} that {benefit}.
"""
)

NOUN_FRAMES: Bank = bank(
    """
[expect|count on|enjoy] {noun} [every time|from the start|all the way], and {benefit}.
with {noun} like this, {benefit}.
the secret is {noun}, so {benefit}.
you get {noun} [without the fuss|where it counts|day after day]: {benefit}.
it all comes down to {noun}, because {benefit}.
"""
)

VERB_FRAMES: Bank = bank(
    """
it {verb}, so {benefit}.
it {verb}, and {benefit}.
it {verb}: {benefit}.
"""
)


def canonical(point: str) -> str:
    """The first English name of a selling point."""
    return POINTS[point].en[0]


def group(point: str) -> str:
    """Whether a selling point is about what one wears or eats."""
    return "wear" if point in CLOTHING_POINTS else "food"


def surface(point: str, rng: random.Random, chance: float, place: str) -> str:
    """A name of a selling point: the canonical one with this chance, else any that fits.

    Args:
        point: its id.
        rng: source of chance.
        chance: of the canonical name.
        place: "attributive" (before a noun), "adjective" (also after a verb), or "any".
    """
    names = list(POINTS[point].en)
    if place != "any":
        names = [n for n in names if n not in NOUNS and n != VERB]
    if place == "attributive":
        names = [n for n in names if n not in PREDICATIVE]
    return names[0] if rng.random() < chance else rng.choice(names)


_BY_NAME = {n.lower(): t.id for t in POINTS.values() for n in (*t.zh, *t.en)}
_NAME = re.compile(
    r"(?<![a-z])(?:"
    + "|".join(re.escape(n.lower()) for t in POINTS.values() for n in t.en)
    + r")(?![a-z])|"
    + "|".join(re.escape(n) for t in POINTS.values() for n in sorted(t.zh, key=len)[::-1])
)


def named(text: str) -> set[str]:
    """The selling points that `text` names, in one pass over it."""
    return {_BY_NAME[n] for n in _NAME.findall(text.lower())}
