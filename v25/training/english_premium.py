"""The English premium voice; same sections and notation as `english_loud`."""

from __future__ import annotations

from v25.training.english_grammar import Bank, sections

PREMIUM: dict[str, Bank] = sections(
    """
# open
simply put: {np}.
[worth the wait|at last|without equal|a quiet arrival|by appointment]: {np}.
[unhurried|unmistakable|in perfect form]: {the_np}.
a quiet word for {the_np}.
there are finer words, but none as fitting: {np}.
long in the making, worth every hour: {the_np}.
{the_np}, with nothing to prove.
where others add, {these_np} refine{s}.
the art of choosing begins with {np}.
some [evenings|mornings|seasons] call for {np}.
allow yourself {np}.
kept for those who ask: {the_np}.
of all the small luxuries, {np} may be the most lasting.
[seldom|rarely] seen, never forgotten: {the_np}.
the connoisseur's choice, without hesitation: {np}.

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
@wear a future favorite of many years: {the_np}.
@wear the season's most assured gesture is {a_np}.
@wear cut with intent and finished by hand, {these_np} belong{s} to no single season.
@food selected by hand, one harvest at a time: {the_np}.
@food at the finest tables, the evening begins with {np}.
@food for a palate that knows the difference, {np}.
a rare balance, found at last in {these_np}.
an invitation to the exceptional: {the_np}.
# point
{adj} by design, {they} ensure{s} that {benefit}.
quietly and completely {adj}: {benefit}.
{adj}, as one has every right to expect; {benefit}.
{adj}, first and last: {benefit}.
what others promise, {they} deliver{s}: {adj}, so that {benefit}.
[without fuss|without a word], {they} remain{s} {adj}, and {benefit}.
{theyre} {adj} in the most considered sense: {benefit}.
every detail serves one idea, {attr} perfection: {benefit}.
[exquisitely|supremely] {attr}: {benefit}.
to be {adj} is an art; here, {benefit}.
{theyre} {adj} without effort, and {benefit}.
# list
{list}, in perfect proportion.
{list}: each quality held in [balance|harmony].
at once {list}, {they} ask{s} for nothing more.
the result is {list}, and unmistakably refined.
{theyre} {list}, with nothing left to chance.
rarely has anything so {list} appeared so effortless.
{list}, and composed to the last detail.
to call {them} {list} is merely to begin.
one word would not do: {list}.
the impression is {list}, the pleasure lasting.
# aud
[a companion|a private luxury|a considered gift] for {aud}.
[imagined|made|intended] with {aud} in [mind|view].
conceived for {fans} who expect the exceptional.
for {fans} with an eye for what endures.
reserved for {fans} who know the difference.
an understated pleasure for {aud}.
{fans} will recognize the difference.
chosen quietly by {fans}.
# occ
[beautifully|perfectly] [prepared|suited] {for_occ}.
a graceful choice {occ}.
at {their} finest {occ}.
a distinguished choice {for_occ}.
a quiet highlight {occ}.
entirely at ease {occ}.
an elegant answer {for_occ}.
# brand
[so|thus|only so] does {brand} define [poise|taste|calm].
from the house of {brand}, [naturally|unmistakably|as one would expect].
to know {brand} is to expect this.
the name is {brand}; the promise is kept.
the hand of {brand} is evident throughout.
a signature of the house of {brand}.
{brand}, as ever, leaves the rest unsaid.
such is the quiet authority of {brand}.
# price
[offered|available|presented] [today|by request|with discretion] at {price}.
[quality|distinction] of this order, at {price}.
{price}: [a fair|an honest|a measured|a modest] [figure|sum|answer] for [such care|lasting \
pleasure|the exceptional].
offered at {price}.
available now, at {price}.
{price}, for something that lasts in the memory.
a considered investment at {price}.
# off
[discreetly|briefly|for now|until further notice], {off}.
{off}, in gratitude to our guests.
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
[one|a trained eye|a patient eye] [sees|recognizes|appreciates] the [hours|knowledge|patience] \
behind it.
what is finest tends to speak last.
there is pleasure in knowing exactly why.
nothing had to be exaggerated.
[quiet|lasting] pleasures are the ones we return to.
the difference is small to describe and large to feel.
taste, after all, is knowing when to stop.
a second glance is rewarded, and so is a third.
those who know say little, and smile.
it takes confidence to be this restrained.
it belongs to those rare things that improve the day.
every line has been considered, then considered again.
such quality is felt before it is seen.
understatement has seldom been so persuasive.
the details reveal themselves slowly, as they should.
some pleasures reward those who take their time.
there is no need for more.
what remains is the essential, beautifully resolved.
trends pass; this remains.
one notices first the calm, then the craft.
@wear the silhouette is precise, the finish immaculate.
@wear the proportions simply make sense.
@self {they} grace{s} an entrance without announcing it.
@wear each stitch is placed with a tailor's patience.
@food the provenance is impeccable, the selection uncompromising.
@food best enjoyed slowly, in good company.
@food a simple plate, fine linen and good light are all it needs.
@food each one is chosen as a sommelier would choose a vintage.
@drink pour slowly, and let the glass do the rest.
# close
[quietly|simply|truly] [magnificent|superb].
[choose|live] well.
a quiet yes.
simply, the best of its kind.
all the rest is detail.
with our compliments to your taste.
one may begin with {one}.
a reason to linger.
unhurried, as it should be.
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
