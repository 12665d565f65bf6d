"""The English voices, first half: social media, premium, promotion, minimal.

Every style has openings (they name the product once, as a noun phrase slot), sentences for one
selling point (`point`), for several (`list`), for audience, occasion, brand, for a price, a
discount (`off`: "20% off") or an offer (`deal`: "buy one get one free"), extra sentences that
carry no fact, and closings. See `english_grammar` for the notation.
"""

from __future__ import annotations

from v25.training.english_grammar import Bank, sections

SOCIAL: dict[str, Bank] = sections(
    """
# open
{e} finally here: {np}!
oh, {np} {e}
okay, but have you met {these_np} yet? {e}
POV: you finally found {the_np} [of your dreams|everyone keeps asking about] {e}
[obsessed|officially obsessed|mildly obsessed] with {these_np} {e}
current mood: {np} and nothing else {e}
stop scrolling, {these_np} deserve{s} a second look {e}
[not me|me,] falling for {np} on a random [Tuesday|Monday|Thursday] {e}
tell me you need {these_np} without telling me {e}
{e} new in and already my favorite: {these_np}!
if you see me with {these_np}, no you didn't {e}
[hands up|raise your hand] if you've been hunting for {np} like this {e}
this is your sign to get {these_np} {e}
@wear outfit check! {e} the star today: {np}.
@wear Get ready with me, starring {np} {e}
@wear my mirror selfies just got an upgrade, thanks to {these_np} {e}
@food snack check! {e} the star today: {np}.
@food come shopping with me: {np} went straight into the basket {e}
@food my feed is just {np} now, and I'm not sorry {e}
unpopular opinion: you can't have too much love for {np} {e}
{e} save this post, because {these_np} won't stay a secret.
the group chat has spoken: {np} for everyone {e}
little joys of the week: sunshine, good music and {np} {e}
plot twist of the week: {np} stole the show {e}
one small request: {np}, please {e}
dropping this here for anyone who needs {np} {e}
[somebody|someone] had to say it: {these_np} [won|made] my week {e}
hot take: {np} can fix a [long|bad|gray] day {e}
# point
{adj}? [Oh yes|Absolutely|You bet]. {benefit} {e}
so {adj} that {benefit} {e}
{theyre} {adj}, and honestly {benefit}.
why I love {them}: {theyre} {adj} and {benefit} {e}
{theyre} seriously {adj}, so {benefit} {e}
the best part? {theyre} {adj}, so {benefit}!
when something is this {adj}, {benefit}.
a {attr} find, and suddenly {benefit}.
yes to {adj}, because {benefit} {e}
# list
{list}: the full package {e}
{theyre} {list}, what more could you want?
think {list}, then hit save {e}
the checklist says {list}, and {they} tick{s} every box {e}
{list} in one go? yes, please!
how can anything be {list} at once? {e}
rating {them} ten out of ten for being {list} {e}
# aud
tag the {fans} in your life {e}
calling all {fans}: this one's for you!
made with {aud} in mind, loved by everyone else too {e}
{fans}, you're going to want this.
sending this straight to {aud} everywhere {e}
# occ
just what I needed {occ} {e}
the plan {occ}? This, on repeat.
saving this one {for_occ} {e}
you know what's on my list {for_occ} {e}
consider yourself ready {for_occ}!
# brand
thank you, {brand}, for reading my mind {e}
{brand} really did that {e}
not an ad, just a {brand} fan talking.
leave it to {brand} to get this right.
# price
and all that for {price}? Adding to cart {e}
only {price}, I checked twice {e}
{price} well spent, trust me.
yours for {price}, link in bio {e}
psst, {theyre} just {price}!
# off
right now {theyre} {off}, so run {e}
and {theyre} {off}? Adding to cart {e}
catch {them} {off} while you can {e}
psst, {off} right now, link in bio!
# deal
and the offer right now: {price} {e}
{price}? Say no more {e}
psst, today's treat is {price}!
# extra
[zero|no] regrets so far {e}
my friends have already asked for the link.
I checked my cart twice and I'd do it again.
good things should be shared, so here we are.
ten out of ten, would [double-tap|screenshot] again.
no filter needed, promise {e}
this is what main character energy looks like {e}
I gave in after two days and I'm glad.
small purchase, huge mood {e}
honestly didn't expect to care this much.
@wear I've had {them} on three days running {e}
@wear throw {them} on, step outside, collect compliments {e}
@wear it's giving effortless, and I'm here for it.
@wear even my sister tried to steal {them} {e}
@feet coffee run, train run, actual run: done {e}
@food my kitchen counter has never looked this pretty {e}
@food one for the photo, one for me {e}
@food half the haul was gone before I got home.
@food the plate was empty before I found the right filter.
@drink ice, tall glass, good playlist, done {e}
# close
would you [try|pick|rock] {them} too? Tell me below!
save this for later {e}
link in bio {e}
double-tap if you agree {e}
who's with me? {e}
send this to someone who needs {them}.
comment YES if you want {one} {e}
run, don't walk {e}
you're welcome {e}
your turn: show me yours!
"""
)

PREMIUM: dict[str, Bank] = sections(
    """
# open
simply put: {np}.
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
conceived for {fans} who expect the exceptional.
for {fans} with an eye for what endures.
reserved for {fans} who know the difference.
an understated pleasure for {aud}.
# occ
a distinguished choice {for_occ}.
composed for those who mean to arrive well {occ}.
entirely at ease {occ}.
an elegant answer {for_occ}.
# brand
the hand of {brand} is evident throughout.
a signature of the house of {brand}.
{brand}, as ever, leaves the rest unsaid.
such is the quiet authority of {brand}.
# price
offered at {price}.
available now, at {price}.
{price}, for something that lasts in the memory.
a considered investment at {price}.
# off
for a short while, {off}.
by invitation, now {off}.
a rare courtesy: {off}, for a limited time.
# deal
by invitation: {price}.
a rare courtesy, for now: {price}.
with our compliments: {price}.
# extra
nothing is added without a reason.
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

PROMOTION: dict[str, Bank] = sections(
    """
# open
[hurry|last chance|don't wait]! {these_np} {are} going fast!
[flash sale|big sale|today's deal] alert: {the_np} you've been waiting for!
[stop|wait]! don't pay more elsewhere, grab {the_np} here!
the deal of the [day|week|month] is {the_np}!
it's on: our [biggest|hottest] sale of {np} starts now!
the clock is ticking, and {the_np} won't be here for long!
big savings, zero regrets: {the_np} {are} on sale!
blink and you'll miss {the_np}!
[deal alert|sale alert|bargain alert]! stock is limited on {these_np}.
[your cart called|news from your cart]: it wants {these_np} before they sell out!
score {the_np} before the timer hits zero!
today only: the best offer yet on {np}!
why wait for the holidays when {these_np} {are} on offer right now?
doors open, prices down: {the_np} lead{s} the sale!
this weekend's bestseller is back in stock: {np}!
[grab|snag|snap up] {the_np} now, thank yourself later!
final call for {the_np}!
the countdown has started for {these_np}!
ready, set, save on {np}!
everyone wants {these_np}, and today you get {them} for less!
don't sleep on this deal: {np}, only while stocks last!
attention, bargain hunters: {the_np} just hit the sale!
here's a deal worth running for: {np}!
only a handful left: {these_np} won't last the day!
we've cut the talk and kept the deal: {the_np}!
# point
{theyre} {adj}, so {benefit}, and the deal makes it even better!
{adj} for less: {benefit}!
you pay less and still get something {adj}, so {benefit}!
why is everyone grabbing {them}? {theyre} {adj}, and {benefit}!
{adj}? Yes! {benefit}!
big on value and properly {adj}: {benefit}!
[bestseller|customer favorite] for a reason: {theyre} {adj}, and {benefit}.
bargain price, {adj} through and through: {benefit}.
# list
{list}, and on sale: what are you waiting for?
you get {list}, all in one deal!
{list}: more for your money!
{theyre} {list}, and stocks are running low!
compare all you like, nothing else this {list} costs so little!
three reasons to hurry: the price, the stock, and {theyre} {list}!
{list} and in your cart in ten seconds!
# aud
{fans}, this deal has your name on it!
a steal for {aud}!
the offer {fans} have been waiting for!
perfect for {aud}, perfect for the wallet!
# occ
stock up now {for_occ}!
get yours in time {for_occ}!
be ready {for_occ} and save while you're at it!
the smartest buy you'll make {for_occ}!
# brand
that's real {brand} quality at a sale price!
{brand} rarely does this, so be quick!
it's {brand}, and it's on sale!
{brand} at its best, your wallet at its happiest!
# price
now just {price}!
yours for only {price} today!
all this for {price}!
{price}, and not a cent more!
today's price: {price}!
pay just {price} while stocks last!
only {price} until midnight!
# off
now {off}!
today only: {off}!
get {them} {off} while stocks last!
{theyre} {off}, but not for long!
that's right, {off} until midnight!
order today and save with {price}!
# deal
today only: {price}!
the deal: {price}, while stocks last!
that's right, {price}!
hurry, {price} ends at midnight!
# extra
when {theyre} gone, {theyre} gone!
stock is disappearing by the minute!
no codes, no catch, just a great deal!
last time {they} sold out in hours!
fast checkout, fast delivery, happy you!
your future self will thank you for being quick!
add two, because one never lasts!
orders are flying out the door!
ask anyone who missed the last sale!
set an alarm, tell a friend, beat the rush!
@wear your closet has been waiting for a bargain like this!
@wear new look, small bill!
@wear every size is in, but the popular ones go first!
@food fill your basket before someone else does!
@food your fridge deserves a bargain too!
@food one for today, one for tomorrow, both for less!
@food a full kitchen and a full wallet, who says you can't have both!
@drink grab a second bottle while the offer is on!
# close
order now!
shop now before it's too late!
grab yours today!
add to cart now!
don't miss out!
while stocks last!
limited time only!
be quick, stocks are limited!
tap, buy, done!
get yours before midnight!
sale ends soon!
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
for {aud}.
made for {aud}.
{fans} only need one.
chosen by {fans}.
# occ
{for_occ}.
right {occ}.
ready {for_occ}.
all set {for_occ}.
# brand
by {brand}.
made by {brand}.
{brand}. of course.
simply {brand}.
# price
{price}.
now {price}.
just {price}.
{price}. fair.
# off
now {off}.
{off}. today.
simply {off}.
# deal
now: {price}.
today: {price}.
{price}. today.
# extra
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
