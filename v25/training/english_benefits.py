"""What each selling point does for a person, as English clauses.

`{s}`, `{they}` and the like agree with the product; `{bite}` is a bite, a sip, a slice or a
spoonful. No clause may name another selling point (a test holds it), and each must be able to
stand behind "so", "and" and a colon.
"""

from __future__ import annotations

from v25.training.english_grammar import Bank, sections

BENEFITS: dict[str, Bank] = sections(
    """
# breathable
air moves through and heat moves on
you stay cool when the day heats up
clammy moments never begin, even at full speed
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
you stop counting the minutes until you get home
every hour feels like the first
you won't want to take {them} off
{they} sit{s} just right from day one
the breaking-in is over before it starts
@self you might sleep in {them}, and nobody would blame you
long days stop feeling long
# soft
{they} feel{s} like your favorite blanket
you'll catch yourself touching the fabric all day
every touch feels like a small kindness
even scratchy-sweater veterans go silent
{they} feel{s} like a quiet Sunday
even the fussiest wearer stops fidgeting
you understand at the first touch
you'll find excuses to borrow {them} back
# warm
cold mornings lose the argument
the chill stays on the other side
you can linger outside a little longer
frosty air doesn't stand a chance
heat stays exactly where you need it
you can skip the third layer
you carry your own fireplace around
the walk home gets a lot friendlier
your breath may show, but you won't shiver
# waterproof
rain rolls right off
puddles become somebody else's problem
a sudden downpour changes nothing
you stay dry from door to door
the forecast stops running your plans
you can leave the umbrella at home
drops bead up and slide away
wet weather is just scenery
clouds can do what they like
# windproof
gusts stop at the surface
you can face the ridge with a grin
a blustery corner is no longer a battle
the breeze stays where it belongs
even a stormy pier feels calm
draughts can't find a way in
the wind can howl all it likes
open corners and bare hilltops lose their bite
you stay steady when the weather isn't
# quick-dry
sweat and splashes vanish in no time
you can wash {them} tonight and wear {them} tomorrow
a downpour at noon is forgotten by one
damp never gets to settle in
one in the bag is as good as two
you're ready again before the kettle boils
the drying rack gets its evenings back
caught in a shower, you're fine again a block later
# durable
{they} shrug{s} off scrapes, washes and hard weeks
@torso,legs,baby {they} still look{s} good after a hundred washes
you buy once and stop looking
seams hold when life pulls at them
{they} age{s} well instead of wearing out
rough days leave no mark
you may hand {them} down one day
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
{they} snap{s} back into shape every time
a big meal is not a problem
you get room exactly where you need it
yoga pose or bus sprint, {they} follow{s} along
there's give in all the right places
# slimming
clean lines do the talking for you
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
sneaking {them} into every outfit becomes a sport
one piece gives you a week of outfits
getting dressed takes half the time
{they} play{s} well with every color in your closet
your suitcase gets smaller and your options grow
{they} never look{s} out of place
# easy-care
@torso,legs,baby you just toss {them} in the wash and get on with life
a quick wipe or rinse is all {they} ever ask{s}
@torso,legs,baby the iron can stay in the cupboard
@torso,legs,baby {they} come{s} out of the machine ready to go
laundry day gets shorter
stains lift out without drama
there are no special instructions to remember
you spend your free time anywhere but the laundry room
{theyre} good as new after one wash and a shake
# sun-protective
harsh rays stay on the outside
you can stay out while others look for shade
long afternoons outdoors get a lot safer
your skin is covered when the sun is high
noon is no longer a reason to hide
the beach can have you a little longer
rays bounce off while you get on with the day
you bring your own shade wherever you go
# skin-friendly
itching and scratching are off the list
even sensitive types can relax
redness and rubbing never get started
you can trust {them} on bare skin all day
nobody tugs at a collar or a cuff
tags and rough fibers are out of the picture
delicate skin has one less enemy
irritation doesn't get a look in
# fresh
you can taste how little time passed since the farm
{they} come{s} to your door at {their} best
every {bite} tastes like this morning
the aroma says it before you do
{they} brighten{s} up the plainest plate
long storage never had a chance
you can tell from the very first {bite}
the fridge suddenly looks more alive
# juicy
@solid you'd better keep a napkin ready
every {bite} bursts with flavor
flavor runs all the way through
your thirst is gone after one {bite}
refreshment comes built in
@solid each {bite} drips with goodness
@solid you'll be licking your fingers
@solid the cutting board needs a rim
@drink,spoon thirst leaves the room at once
# sweet
you can skip dessert tonight
nature did the baking for you
every {bite} ends in a smile
even picky eaters ask for more
the sugar bowl can stay closed
there's a hint of honey in every {bite}
cravings are sorted the happy way
the cookie jar gets jealous
even sour faces turn around
# organic
nothing artificial ever touched the soil
{theyre} produced the slow, honest way
you know exactly what you put on the table
the fields stay healthy and so do you
everything tastes the way nature drew it up
synthetic sprays never get a say
good soil does the talking
you can taste the care of the grower
# low-sugar
you can say yes without doing the math
a treat leaves nothing to regret
the afternoon crash never shows up
flavor comes first and the sugar rush stays away
a second helping is perfectly fine
your balance stays right where you want it
you keep the pleasure and lose the guilt
{they} fit{s} into any plan
# high-protein
you stay full until the next meal
your muscles will thank you
you keep going long past noon
a small portion does a big job
post-workout hunger meets its match
steady energy lasts all morning
snack attacks don't stand a chance
every {bite} works as hard as you do
# vitamin-rich
your body gets a little boost with every {bite}
your body gets exactly the help it likes
a good day starts right here
you're topped up for whatever comes
feeling well has rarely tasted this good
wellness comes without the lecture
your plate does something for you
every {bite} does you some good
# additive-free
the ingredient list is wonderfully boring
what you see is all there is
there's nothing on the label you can't pronounce
pure taste needs no help
nothing was added and nothing is missing
you can serve {them} without reading small print
you get just the real thing
the only ingredient is the good stuff
# crisp
@solid you can hear every {bite}
@solid each {bite} snaps just the way it should
@drink,spoon every {bite} feels like a cool morning
the first {bite} turns heads
@solid snacks finally get a soundtrack
every {bite} wakes you up
@solid every {bite} ends in a clean snap
@solid the whole table makes some noise
@solid the neighbors may ask what that sound is
@drink,spoon each {bite} clears the head
# creamy
every {bite} melts on the tongue
velvet is the only word for it
each {bite} glides down smoothly
the plainest snack tastes like a little luxury
plain mornings are over
nobody misses the whipped topping
the room goes quiet after one {bite}
{they} turn{s} every {bite} into pleasure
"""
)
