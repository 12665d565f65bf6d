"""The loud English voices: promotion and live-stream.

Every style has openings (they name the product once, as a noun phrase slot), sentences for one
selling point (`point`), for several (`list`), for audience, occasion, brand, for a price, a
discount (`off`: "20% off") or an offer (`deal`: "buy one get one free"), extra sentences that
carry no fact, and closings. `{aud}` is any audience, `{fans}` one that can be spoken to. See
`english_grammar` for the notation.
"""

from __future__ import annotations

from v25.training.english_grammar import Bank, sections

PROMOTION: dict[str, Bank] = sections(
    """
# open
[now on sale|flash sale|going fast|deal of the hour|price drop]: {np}!
[grab|score|snag|catch] {these_np} [now|today|on sale]!
don't miss {the_np}!
[hurry|quick|sale time|last call]: {np}!
[save|save big|pay less] [today|now] on {these_np}!
[hurry|last chance|don't wait]! {these_np} {are} going fast!
[flash sale|big sale|price drop] alert: {the_np} you've been waiting for!
[stop|wait]! don't pay more elsewhere, grab {the_np} here!
sale math: {the_np} plus a small price equals one happy cart!
this is the sale email you actually want: {the_np}!
we only do this a few times a year: {the_np} on sale!
payday or not, {the_np} fit{s} the budget now!
your wish list called, {the_np} {are} on sale!
the markdown everybody hoped for: {the_np}!
good news for bargain lovers: {the_np} in the sale!
[bells ringing|lights on|sirens on], sale starting: {np}!
clear some space, because {these_np} {are} on offer!
prices [drop|tumble|melt], quality stays: {the_np}!
the deal of the [day|week|month] is {the_np}!
it's on: our [biggest|hottest] sale, with {these_np} up front!
the clock is ticking, and {the_np} won't be here for long!
big savings, zero regrets: {the_np} {are} on sale!
blink and you'll miss {the_np}!
[deal alert|sale alert|bargain alert]! stock is limited on {these_np}.
[your cart called|news from your cart]: it wants {these_np} before {they} sell{s} out!
score {the_np} before the timer hits zero!
today only: the best offer yet on {these_np}!
why wait when {these_np} {are} on offer right now?
doors open, prices down: {the_np} lead{s} the sale!
this weekend's bestseller is back in stock: {the_np}!
[grab|snag|snap up] {the_np} now, thank yourself later!
final call for {the_np}!
the countdown has started for {these_np}!
ready, set, save on {these_np}!
everyone wants {these_np}, and today you get {them} for less!
don't sleep on this deal: {these_np}, only while stocks last!
attention, bargain hunters: {the_np} just hit the sale!
here's a deal worth running for: {these_np}!
only a handful left: {these_np} won't last the day!
we've cut the talk and kept the deal: {the_np}!
# point
{theyre} {adj}, so {benefit}, and the deal makes it even better!
{adj} for less: {benefit}!
the deal is short, the joy isn't: {theyre} {adj}, so {benefit}!
small bill, {adj} buy: {benefit}!
you'd expect to pay extra for something this {adj}: {benefit}!
full marks for value: {adj}, and {benefit}!
here's why carts are filling: {theyre} {adj}, so {benefit}!
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
one offer, {list}: grab it!
the short version: {list}, and a price that moves fast!
{list}, so why pay more elsewhere?
# aud
{fans}, this deal has your name on it!
a steal for {aud}!
the offer {fans} have been waiting for!
perfect for {aud}, perfect for the wallet!
{fans}, [run|hurry|move], this one's for you!
the deal of the day for {aud}!
{fans} save the most here!
# occ
stock up now {for_occ}!
get yours in time {for_occ}!
be ready {for_occ} and save while you're at it!
the smartest buy you'll make {for_occ}!
buy now, relax later: all set {for_occ}!
the best price you'll find {for_occ}!
# brand
that's real {brand} quality at a sale price!
{brand} rarely does this, so be quick!
it's {brand}, and it's on sale!
{brand} at its best, your wallet at its happiest!
yes, the real {brand}, and yes, on sale!
{brand} fans, this is your moment to save!
when {brand} goes on sale, people run!
# price
[grab|get|take] {them} for {price} [today|tonight|before they're gone|right now]!
{price} [today|tonight|right now], [tomorrow who knows|so move|so what are you waiting for]!
now just {price}!
yours for only {price} today!
all this for {price}!
{price}, and not a cent more!
today's price: {price}!
pay just {price} while stocks last!
only {price} until midnight!
# off
[right now|this minute|tonight], {off}, [so move|no strings|while it lasts]!
[grab|get|take] {them} {off} [today|tonight|right now]!
now {off}!
today only: {off}!
get {them} {off} while stocks last!
{theyre} {off}, but not for long!
that's right, {off} until midnight!
order today and save with {price}!
# deal
[right now|tonight|this minute]: {price}, [so move|no strings|while it lasts]!
[grab|use|catch] the offer [today|tonight|right now]: {price}!
today only: {price}!
the deal: {price}, while stocks last!
that's right, {price}!
hurry, {price} ends at midnight!
no tricks, simply {price}!
write it down: {price}!
# extra
when {theyre} gone, {theyre} gone!
[honest|real|big|unbeatable] [savings|value], [small|tiny|zero] [effort|fuss|doubt]!
[don't|never] [wait|hesitate|overpay] [again|a second|any longer]!
[clock's ticking|time flies|seconds count], [get in|jump on|say yes]!
[fill|load|pack] the cart, [nobody will judge|you'll be glad|we won't restock soon]!
stock is disappearing by the minute!
the early cart gets the bargain!
[boxes|orders|parcels] are moving faster than we can count!
no newsletter, no riddle, just savings!
you'll want to tell somebody about this price!
[tomorrow|later|next week] is a bad time to start shopping!
we can hold the offer, but not the stock!
the only thing bigger than the sale is the smile!
save first, show off second!
all deal, no drama!
if you've been thinking about it, stop thinking!
a good price waits for nobody!
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
[order|click|buy|save] [now|today|fast], [smile|celebrate|thank us] later!
[go|quick|hurry], [tap|click|grab] yours [now|today|already]!
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
happy saving!
it's now or full price!
[into|straight into] the cart!
don't say we didn't tell you!
your turn to save!
last chance, best chance!
buy smart, buy today!
"""
)

LIVESTREAM: dict[str, Bank] = sections(
    """
# open
[next up|link's up|number three|hot off the shelf|fan favorite], everyone: {np}!
[chat|everyone], [look at|hello to|hearts for] {these_np}!
say it with me, everyone: {np}!
okay chat, this is the one: {np}!
lights, camera, everyone ready? {np}!
my table is full tonight, but everyone wants {np}!
stop what you're doing, everyone, because here {are} {the_np}!
I saved the best for now, chat: {these_np}!
the most requested one, everyone: {these_np}!
thumbs ready, everyone? we start with {the_np}!
guess what's in my hands, chat! yes, {np}!
who just joined? hello, everyone, we're talking about {these_np}!
pin this one, team, and everyone look: {these_np}!
okay everyone, look what I've got: {these_np}!
[hi|hello|welcome back], my lovelies, next up: {the_np}!
drop a heart if you can see {these_np}!
alright, everyone, here we go: {the_np}!
okay team, come closer, here {are} {the_np} you asked for!
who's been waiting for {these_np}? type ME in the chat!
[stay with me|don't scroll away], everyone, because {these_np} {are} next!
I see you in the comments, yes, here {are} {the_np}!
okay friends, camera here, look at {these_np}!
new in the chat? perfect timing, we're on to {the_np}!
let me show you {these_np} up close, everyone!
tap the link, everybody, because here {are} {the_np}!
oh my goodness, chat, {these_np}!
drumroll, please, everyone: {the_np}!
five hundred people watching, and here's why: {these_np}!
everyone, screenshots ready? {these_np} {are} live now!
okay okay, you win, I'm showing {the_np} again!
give me hearts, everyone, here {are} {the_np}!
link number one, everyone: {the_np}!
you asked all night, chat, so let's go with {these_np}!
can you hear me, everyone? great, then meet {the_np}!
@self I'm wearing {these_np} right now, everyone, look!
@torso,legs let me turn around so you can see {these_np}, okay?
@drink,spoon I'm opening {these_np} live, everyone, watch this!
@solid I'm slicing {these_np} live, everyone, watch this!
@food okay everyone, tasting time: {np}!
@drink okay everyone, I'm pouring {np} right now, look at that!
our next star on stage, everyone: {these_np}!
# point
{theyre} {adj}, everyone, {benefit}, I promise you!
see this? {adj}! {benefit}!
you ask, {are} {they} {adj}? yes, and {benefit}!
question in the comments: {are} {they} {adj}? oh yes, {benefit}!
listen to me, {theyre} {adj}, {benefit}, that's why I picked {them}!
I tried {them} all week, everyone, so {adj}, {benefit}!
{adj} like you wouldn't believe, chat, {benefit}!
who wants something {adj}? hearts! because {benefit}!
type {adj} in the chat if you want that, because {benefit}!
I'm telling you, {theyre} so {adj}, {benefit}!
why do I love {them}? {adj}! and {benefit}!
look closely, {theyre} really {adj}, so {benefit}, okay?
somebody asked about this: {theyre} {adj}, yes, and {benefit}!
{adj}, {adj}, {adj}, I can't say it enough: {benefit}!
# list
let me count for you: {list}, all in one!
{list}, everyone, did you get that?
{theyre} {list}, I'm not even exaggerating!
write it down, chat: {list}!
{list}, where else do you find that, tell me!
I love that {theyre} {list}, honestly!
{list}, I could go on, but the link is live!
okay, {list}, and now tell me you don't want {them}!
hands up if you like {list}!
# aud
[any|do we have] {fans} [here|in the room|watching]? [say hi|show me a heart|wave]!
where are my {fans} tonight? this is for you!
perfect for {aud}, drop a heart if that's you!
{fans} in the chat, make some noise!
I picked this one for {aud}, okay?
shout-out to all the {fans} watching!
{fans}, come closer, I've got you!
# occ
trust me on this one {for_occ}, [okay|chat|everyone]!
you need this {for_occ}, trust me!
thinking about what to get {for_occ}? problem solved!
imagine it {occ}, everyone!
get {them} now and you're set {for_occ}!
I want everyone ready {for_occ}!
# brand
[yes|of course|that's right], [it's|from] {brand}, [chat|everyone|my friends]!
it's {brand}, you know the name, you know the quality!
{brand}, everyone, the real thing!
the people at {brand} gave us only a few boxes!
big thank you to {brand} for making this happen!
I called {brand} myself to get these boxes, everyone!
who knows {brand}? show me hearts!
# price
{price}, [everyone|chat|my friends], [did you hear me|I'm not joking|screenshot that]!
[tonight|right now|for you], {price}, [go go go|quick|tap tap tap]!
not double that, just {price} tonight!
{price}, only in this stream, tap the link!
are you ready for the price? {price}!
I got it down to {price} for you, go go go!
only {price}, three, two, one, link is live!
read my lips: {price}!
I asked twice, it really is {price}!
# off
[chat|everyone|my friends], {off}, [did you hear me|I'm not joking|screenshot that]!
[quick|hurry|go go go], {off}, [for you|in this stream only|tonight only]!
are you ready? {off}, only in this stream!
tonight {theyre} {off}, tap the link now!
I fought for this one: {off}!
{off}, everyone, but only until I stop talking!
# deal
[chat|everyone|my friends], {price}, [did you hear me|I'm not joking|screenshot that]!
[quick|hurry|go go go], {price}, [in this stream only|tonight only]!
are you ready? {price}, only in this stream!
tonight's deal: {price}, tap the link now!
I fought for this one, everyone: {price}!
# extra
I see the hearts, keep them coming!
[okay|alright|right], [deep breath|water break|selfie], and [back to|we continue with|once more \
with] the good stuff!
[hello|welcome] to [Spain|Ohio|Leeds|Toronto|Lagos|Seoul] in the chat, [good to have you|lots of \
love]!
[hearts|likes|claps], come on, [let me see them|more, more|I'm waiting]!
my hands are full, so please read the [link|card] below for me!
you're all so fast tonight, I can't keep up!
no stress, I'll show it again from the other side!
I said five minutes, and we're down to two!
if it's still in your cart, it isn't yours yet!
I bought one for my mom, that says it all!
see that number going up? those are orders!
I know you're typing, I'll get to your question!
[screenshot|pin|save] this moment, you'll thank me!
I never say this, but take two!
don't be shy, say hi in the chat!
thank you for the follow, welcome in!
we've got people buying two and three at a time!
my team is shouting that stock is going down!
no, I'm not keeping the last one, okay, maybe I am!
put a one in the chat if you've got yours!
let me hold {them} up to the camera, there you go!
shipping goes out tomorrow morning, everyone!
ask me anything, I'm reading the chat!
somebody just ordered four, I love you!
last time this sold out while I was still talking!
share the stream with a friend, go on!
@torso,legs,baby look at that seam, everyone, look how neat it is!
@torso,legs I'm turning around for you, front, side, back!
@self my producer has {one} on too, look!
@wear tell me your size in the chat and I'll help you!
@feet look at that sole, I'm bending it for you!
@food I'm taking a {bite} right now, mmm, look at my face!
@food can you smell {them} through the screen? almost, right?
@food my cameraman wants some too, wait your turn!
@food my team finished a whole box before the show!
@drink listen to that sound when I pour, beautiful!
# close
one more heart, then [tap the link|grab yours|check out]!
[quick|go|now], [everyone|chat|my lovelies], [before it sells out|the link's open|the cart's open]!
okay, link, cart, done, see you at the next one!
[thirty|twenty|ten] seconds, everyone, then I move on!
don't make me count to three!
go go go, chat!
stay for the next one, but grab this first!
[see you|meet me] [at the checkout|in the cart|at the link], [chat|everyone|lovelies]!
tap the link, tap the link!
drop a heart and grab yours!
three, two, one, go!
link's down below, everyone!
don't leave without it, okay?
hit that follow button and tap the link!
type MINE in the chat!
love you, chat, go get it!
the cart is right there, everyone!
let's go, everybody!
"""
)
