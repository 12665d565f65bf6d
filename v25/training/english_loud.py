"""The loud English voices: social media, promotion, live-stream.

Every style has openings (they name the product once, as a noun phrase slot), sentences for one
selling point (`point`), for several (`list`), for audience, occasion, brand, for a price, a
discount (`off`: "20% off") or an offer (`deal`: "buy one get one free"), extra sentences that
carry no fact, and closings. `{aud}` is any audience, `{fans}` one that can be spoken to. See
`english_grammar` for the notation.
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

PROMOTION: dict[str, Bank] = sections(
    """
# open
[now on sale|flash sale|going fast|deal of the hour|price drop]: {np}!
[grab|score|snag|catch] {these_np} [now|today|on sale]!
don't miss {the_np}!
[hurry|quick|sale time|last call]: {np}!
[save|save big|pay less] [today|now] on {these_np}!
[hurry|last chance|don't wait]! {these_np} {are} going fast!
[flash sale|big sale|today's deal] alert: {the_np} you've been waiting for!
[stop|wait]! don't pay more elsewhere, grab {the_np} here!
the deal of the [day|week|month] is {the_np}!
it's on: our [biggest|hottest] sale, with {these_np} up front!
the clock is ticking, and {the_np} won't be here for long!
big savings, zero regrets: {the_np} {are} on sale!
blink and you'll miss {the_np}!
[deal alert|sale alert|bargain alert]! stock is limited on {these_np}.
[your cart called|news from your cart]: it wants {these_np} before they sell out!
score {the_np} before the timer hits zero!
today only: the best offer yet on {these_np}!
why wait for the holidays when {these_np} {are} on offer right now?
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
# extra
when {theyre} gone, {theyre} gone!
[honest|real|big|unbeatable] [savings|value], [small|tiny|zero] [effort|fuss|doubt]!
[don't|never] [wait|hesitate|overpay] [again|a second|any longer]!
[clock's ticking|time flies|seconds count], [get in|jump on|say yes]!
[fill|load|pack] the cart [twice|fast|high], [nobody will judge|you'll be glad|we restock never]!
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
"""
)

LIVESTREAM: dict[str, Bank] = sections(
    """
# open
[next up|link's up|number three], everyone: {np}!
[chat|everyone], [look at|hello to|hearts for] {these_np}!
everyone, {np}!
okay chat, {np}!
okay everyone, look what I've got: {these_np}!
[hi|hello|welcome back], my lovelies, next up: {the_np}!
drop a heart if you can see {these_np}!
alright, everyone, here we go: {the_np}!
okay team, come closer, this is {the_np} you asked for!
who's been waiting for {these_np}? type ME in the chat!
[stay with me|don't scroll away], everyone, because {these_np} {are} next!
I see you in the comments, yes, it's {the_np}!
okay friends, camera here, look at {these_np}!
new in the room? perfect timing, we're on to {the_np}!
let me show you {these_np} up close, everyone!
tap the link, everybody, because here {are} {the_np}!
oh my goodness, chat, {these_np}!
drumroll, please, everyone: {the_np}!
five hundred people watching, and here's why: {these_np}!
everyone, screenshots ready? {these_np} {are} live now!
okay okay, you win, I'm showing {the_np} again!
give me hearts, give me love, here {are} {the_np}!
link number one, everyone: {the_np}!
you asked all night, so let's go with {these_np}!
can you hear me, everyone? great, then meet {the_np}!
@wear I'm wearing {these_np} right now, everyone, look!
@wear let me turn around so you can see {these_np}, okay?
@food I'm opening {these_np} live, everyone, watch this!
@food okay everyone, tasting time: {np}!
@drink okay everyone, I'm pouring {np} right now, look at that!
our next star on stage, everyone: {these_np}!
# point
{theyre} {adj}, everyone, {benefit}, I promise you!
see this? {adj}! {benefit}!
you ask, is it {adj}? yes, and {benefit}!
type {adj} in the chat if you want that, because {benefit}!
I'm telling you, {theyre} so {adj}, {benefit}!
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
# aud
[any|do we have] {fans} [here|in the room|watching]? [say hi|show me a heart|wave]!
where are my {fans} tonight? this is for you!
perfect for {aud}, drop a heart if that's you!
{fans} in the chat, make some noise!
I picked this one for {aud}, okay?
# occ
[picture|think|trust] me on this one {for_occ}, [okay|chat|everyone]?
you need this {for_occ}, trust me!
thinking about what to get {for_occ}? problem solved!
imagine it {occ}, everyone!
get it now and you're set {for_occ}!
# brand
[yes|of course|that's right], [it's|from] {brand}, [chat|everyone|my friends]!
it's {brand}, you know the name, you know the quality!
{brand}, everyone, the real thing!
the people at {brand} gave us only a few boxes!
big thank you to {brand} for making this happen!
# price
{price}, [everyone|chat|my friends], [did you hear me|I'm not joking|screenshot that]!
[tonight|right now|for you], {price}, [go go go|quick|tap tap tap]!
not double that, just {price} tonight!
{price}, only in this stream, tap the link!
are you ready for the price? {price}!
I got it down to {price} for you, go go go!
only {price}, three, two, one, link is live!
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
[hearts|claps|fire], [hearts|claps|fire], [come on|let me see them|more]!
thank you for the follow, welcome in!
we've got people buying two and three at a time!
my team is shouting that stock is going down!
no, I'm not keeping the last one, okay, maybe I am!
put a one in the chat if you've got yours!
let me hold it to the camera, there you go!
shipping goes out tomorrow morning, everyone!
ask me anything, I'm reading the chat!
somebody just ordered four, I love you!
last time this sold out while I was still talking!
share the stream with a friend, go on!
@wear look at that seam, everyone, look how neat it is!
@wear I'm turning around for you, front, side, back!
@wear my producer is wearing one too, show them!
@wear tell me your size in the chat and I'll help you!
@feet look at that sole, I'm bending it for you!
@food I'm taking a {bite} right now, mmm, look at my face!
@food can you smell it through the screen? almost, right?
@food my cameraman wants some too, wait your turn!
@food my kids finished a whole box on their own!
@drink listen to that sound when I pour, beautiful!
# close
[hearts|likes|love] [up|please|everywhere], and [tap the link|grab yours|into the cart]!
[quick|go|now], [everyone|chat|my lovelies], [before it's gone|link's open|cart's open]!
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
