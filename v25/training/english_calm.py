"""The calm English voices: premium and minimal.

Same sections and notation as `english_loud`.
"""

from __future__ import annotations

from v25.training.english_grammar import Bank, sections

PREMIUM: dict[str, Bank] = sections(
    """
# open
simply put: {np}.
[worth the wait|at last|without equal|a quiet arrival|by appointment]: {np}.
[with composure|unhurried|unmistakable|in perfect form]: {the_np}.
[introducing|presenting] {the_np}, [composed with care|refined to the last detail].
some things need no explanation; {these_np} {are} among them.
there is a quiet confidence in {these_np}.
{the_np}, for those who notice.
an eye for proportion, a respect for detail: {these_np} begin{s} there.
true luxury rarely raises its voice, and neither {do} {these_np}.
for a discerning few, {a_np} worthy of the word exceptional.
consider {the_np} [a study in restraint|an invitation to slow down|a lesson in understatement].
[a standard|a signature], not a trend: {the_np}.
in a world of noise, {the_np} speak{s} quietly.
[elegance|refinement] is a matter of what is left out, as {these_np} show{s}.
discover {the_np}, where [craft|patience] meets [poise|precision].
time is the rarest ingredient in {these_np}.
few things are as considered as {these_np}.
behind {these_np} [lies|stands] a long devotion to getting it right.
[distinction|beauty] lives in the details of {these_np}.
to choose {these_np} is to choose less, and better.
@wear an heirloom in the making: {the_np}.
@wear the season's most assured gesture is {a_np}.
@wear cut with intent and finished by hand, {these_np} belong{s} to no single season.
@food selected by hand, one harvest at a time: {the_np}.
@food at the finest tables, the evening begins with {np}.
@food for a palate that knows the difference, {np}.
a rare balance, found at last in {these_np}.
an invitation to the exceptional: {the_np}.
# point
{adj} by design, {they} ensure{s} that {benefit}.
{theyre} {adj} in the most considered sense: {benefit}.
so {adj} that {benefit}.
every detail serves one idea: {attr} perfection, where {benefit}.
[exquisitely|quietly|supremely] {attr}, because {benefit}.
the mastery lies in remaining {adj}, so that {benefit}.
to be {adj} is an art; here, {benefit}.
{theyre} {adj} without effort, and {benefit}.
# list
{list}, in perfect proportion.
{list}: each quality held in [balance|harmony].
at once {list}, {they} ask{s} for nothing more.
the result is {list}, and unmistakably refined.
{theyre} {list}, with nothing left to chance.
rarely has anything so {list} appeared so effortless.
# aud
[a companion|a private luxury|a considered gift] for {aud}.
[imagined|made|intended] with {aud} in [mind|view].
conceived for {fans} who expect the exceptional.
for {fans} with an eye for what endures.
reserved for {fans} who know the difference.
an understated pleasure for {aud}.
# occ
[beautifully|perfectly|quietly] [prepared|suited|composed] {for_occ}.
[poise|grace|calm], [assured|guaranteed], {occ}.
a distinguished choice {for_occ}.
composed for those who mean to arrive well {occ}.
entirely at ease {occ}.
an elegant answer {for_occ}.
# brand
[so|thus|only so] does {brand} define [poise|taste|calm].
from the [atelier|hand|house] of {brand}, [naturally|unmistakably|as one would expect].
the hand of {brand} is evident throughout.
a signature of the house of {brand}.
{brand}, as ever, leaves the rest unsaid.
such is the quiet authority of {brand}.
# price
[offered|available|reserved|presented] [today|by request|this season's way|with discretion] at \
{price}.
[quality|distinction|restraint|permanence] of this order, at {price}.
{price}: [a fair|an honest|a measured|a modest] [figure|sum|answer] for [such care|lasting \
pleasure|the exceptional].
offered at {price}.
available now, at {price}.
{price}, for something that lasts in the memory.
a considered investment at {price}.
# off
[discreetly|briefly|for now|until further notice], {off}.
{off}, [as a gesture to|in gratitude to|reserved for] [those who ask|our guests|early visitors].
for a short while, {off}.
by invitation, now {off}.
a rare courtesy: {off}, for a limited time.
# deal
[discreetly|briefly|for our guests|for a short while]: {price}.
a [quiet|fleeting|generous] [gesture|privilege|courtesy]: {price}.
by invitation: {price}.
a rare courtesy, for now: {price}.
with our compliments: {price}.
# extra
nothing is added without a reason.
[each|every] [choice|detail|decision] has been [weighed|refined|tested by time] [in silence|more \
than once|with care].
[elegance|mastery|true quality] is [seldom|rarely|never] [hurried|loud|accidental], and this is \
[no exception|proof].
[what|all that] is [superfluous|merely fashionable|loud] has been [left out|set aside|gently \
removed].
[one|a trained eye|a patient eye] [sees|recognizes|appreciates] the [hours|knowledge|restraint] \
behind it.
every line has been considered, then considered again.
it is the kind of quality one feels before one sees it.
understatement has seldom been so persuasive.
the details reveal themselves slowly, as they should.
some pleasures reward those who take their time.
there is no need for more.
what remains is the essential, beautifully resolved.
trends pass; this remains.
one notices first the calm, then the craft.
@wear the silhouette is precise, the finish immaculate.
@wear from the first fitting, the proportions simply make sense.
@wear it accompanies an entrance without announcing it.
@wear each stitch is placed with a tailor's patience.
@food the provenance is impeccable, the selection uncompromising.
@food best enjoyed slowly, in good company.
@food a simple plate, fine linen and good light are all it needs.
@food each one is chosen as a sommelier would choose a vintage.
@drink pour slowly, and let the glass do the rest.
# close
[quietly|simply|truly] [magnificent|superb|complete|itself].
let it [speak for itself|surprise you|become yours].
[choose|live|give] [well|slowly|with intent].
[a private|an enduring|a rare] [pleasure|privilege|delight].
discover the difference.
for those who choose well.
quietly extraordinary.
made for the few, admired by many.
experience it for yourself.
because excellence is a habit.
the finest things are simply felt.
yours to discover.
a pleasure to own.
in limited quantity, as all rare things are.
"""
)


MINIMAL: dict[str, Bank] = sections(
    """
# open
just {np}.
{the_np}. nothing else.
meet {the_np}.
one idea: {np}.
{the_np}, reduced to what matters.
less noise. more {np}.
{the_np}. [done right|made simple|as it should be|that's all].
simply {np}.
only {np}.
the essentials: {np}.
this: {np}.
{a_np}. enough.
start with {np}.
{the_np}, [plainly|quietly|honestly] good.
no fuss. {a_np}.
all you need: {np}.
pure and plain: {np}.
{a_np}, no more, no less.
back to basics: {np}.
again, better: {np}.
here: {np}.
{the_np}. period.
good morning. {a_np}.
quiet design. {a_np}.
# point
{adj}.
simply {adj}.
{adj}, always.
quietly {adj}.
{adj}. {benefit}.
{adj} by nature.
{adj}. no more words.
purely {adj}.
{adj}, nothing extra.
{adj}, and that's it.
honestly {adj}.
{adj} first.
built on one word: {adj}.
# list
{list}.
{list}. done.
{list}. that is all.
{list}, without the noise.
just {list}.
simply {list}.
{list}, in that order.
{list}. no more, no less.
always {list}.
# aud
[only|simply|always|gladly] for {aud}.
{fans} [know|first|understood|and nobody else].
for {aud}.
made for {aud}.
{fans} only need one.
chosen by {fans}.
# occ
[yes|fine|good|enough], {for_occ}.
[there|present|at hand] {occ}.
{for_occ}.
right {occ}.
ready {for_occ}.
all set {for_occ}.
# brand
{brand}. [again|as ever|naturally|quietly].
[from|only|always] {brand}.
by {brand}.
made by {brand}.
{brand}. of course.
simply {brand}.
# price
{price}. [all in|no more|that's all|as is|plainly].
[at|only|simply] {price}.
[one price|honest price|the price]: {price}.
{price}.
now {price}.
just {price}.
{price}. fair.
# off
{off}. [for now|while it lasts|no catch|plainly].
[for now|right now|this week], {off}.
now {off}.
{off}. today.
simply {off}.
# deal
[right now|this week|for now]: {price}.
{price}. [for now|while it lasts|no catch|plainly].
now: {price}.
today: {price}.
{price}. today.
# extra
[a|one] [clear|plain|calm|steady] [thought|answer|choice|habit|start].
[nothing|not much] to [fix|prove|hide|polish|translate].
[good|fair|honest|careful] [work|making|measure|sense].
[quiet|modest|steady] by [nature|choice|design].
[made|chosen|kept] for [a reason|years|the everyday|good].
[look|stand|sit|breathe] [back|still|closer|easy].
[today|tomorrow|always], [the same|again|without fuss|as agreed].
[no|zero] [frills|slogans|fuss|drama|footnotes|detours].
[right|true|calm] from [edge to edge|start to end|the first minute].
[one|a single] [use|task|aim|gesture|purpose], [well|properly] done.
[silence|order|balance|space], [please|included|at last].
[need|use|want] [little|less].
[morning|noon|evening|night], [any|every] [day|season|weather].
[form|line|shape|color], [then|before|without] [words|noise|show].
[it|this] [fits|works|stays|lasts|serves|holds], [quietly|plainly|always|every time].
[ask|say|own|carry|waste] [less|nothing extra|little].
[small|slow|plain|quiet] [joys|steps|mornings|rituals|facts].
[seen|tried|kept|shared|noticed] [once|twice|daily|by chance], [remembered|loved|kept on].
[straight|plain|clean-cut|level] [talk|facts|edges|answers], [nothing else|for once|finally].
[the|this] [table|room|day|week|house] [needs|wants|takes] [little|one thing|no more].
[between|beyond|without] [trends|slogans|seasons|extras], [calm|clarity|room].
[open|shut|lift|set down|pass on], [smile|nod|repeat|rest].
[first|second|third] [look|day|week], [same|still] [answer|calm|yes].
no labels shouting.
nothing to explain.
one good thing.
form, then silence.
less, but better.
every day, again.
keep it simple.
no second thoughts.
good from all sides.
made once, made well.
the rest is noise.
clear lines, clear head.
take away the rest.
a calm choice.
ordinary days, improved.
no tricks.
nothing missing.
you'll know why.
quiet, useful, honest.
look closer.
what you see is it.
space to think.
@wear put on, go.
@wear no logos needed.
@wear one layer, no clutter.
@wear straight seams, honest cut.
@wear from door to door.
@wear goes on, stays on.
@wear hang up, reach, repeat.
@feet left, right, left.
@hat on your head, off your mind.
@fruit,veg,season wash, slice, eat.
@food one plate, one taste.
@fruit,veg,season from field to table.
@food opened, shared, finished.
@veg salt, if you must.
@fruit,veg,season a knife, a board, done.
@food good ingredients need little.
@drink pour, sip, breathe out.
@spoon one bowl, one spoon.
# close
[done|settled|good|enough|fine|complete].
[end|stop|pause] [here|there].
[that|this] [will do|is plenty|says it].
[now|then] [go|rest|live|breathe].
enough said.
that's it.
nothing more.
less is plenty.
end of story.
yours.
take it or leave it.
simple as that.
more is less.
now you know.
"""
)
