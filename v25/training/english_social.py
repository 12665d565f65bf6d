"""The English social-media voice; same sections and notation as `english_loud`."""

from __future__ import annotations

from v25.training.english_grammar import Bank, sections

SOCIAL: dict[str, Bank] = sections(
    """
# open
{e} finally here: {np}!
hello there, {these_np} {e}
I said I was done shopping, then came {np} {e}
roll call: who else has {np}? {e}
we need to talk about {these_np} {e}
nobody warned me about {these_np} {e}
three words for {these_np}: where, when, how {e}
I left the house for batteries and came back with {np} {e}
my algorithm showed me {these_np} and it was right {e}
rate my haul: {np} and zero self-control {e}
{e} happy dance, because {these_np} just arrived!
if this post finds you, treat yourself to {np} {e}
[week|month] in one picture: {np} {e}
serious question: why did I wait so long for {np}? {e}
[small|tiny] flex: {np} {e}
@self fit of the day, starring {np} {e}
@self slipped into {these_np} and never looked back {e}
@food what I eat in a day: {np}, and then more {np} {e}
@food the best thing in my kitchen right now? {np} {e}
@food grocery run turned love story: {np} {e}
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
@wear wardrobe news! {e} the star today: {np}.
@self get ready with me, starring {np} {e}
@self my mirror selfies just got an upgrade, thanks to {these_np} {e}
@food snack check! {e} the star today: {np}.
@food come shopping with me: {np} went straight into the basket {e}
@food my feed is just {np} now, and I'm not sorry {e}
unpopular opinion: there is no such thing as too much love for {np} {e}
{e} save this post, because {these_np} won't stay a secret.
the group chat has spoken: {np} for everyone {e}
little joys of the week: sunshine, good music and {np} {e}
plot twist of the week: {np} stole the show {e}
one small request: {np}, please {e}
dropping this here for anyone who needs {np} {e}
[somebody|someone] had to say it: {these_np} [won|made] my week {e}
hot take: {np} can fix a [long|bad|rainy] day {e}
# point
{adj}? [Oh yes|Absolutely|You bet]. {benefit} {e}
so {adj}, {benefit} {e}
{theyre} {adj}, and honestly {benefit}.
why I love {them}: {theyre} {adj} and {benefit} {e}
{theyre} seriously {adj}, so {benefit} {e}
the best part? {theyre} {adj}, so {benefit}!
when something is this {adj}, {benefit}.
a {attr} find, and suddenly {benefit}.
how is it this {adj}? {benefit} {e}
did I mention {theyre} {adj}? {benefit} {e}
{adj}, and I mean it: {benefit}.
people keep asking, so here it is: {theyre} {adj}, and {benefit} {e}
let's talk about {adj}: {benefit} {e}
I came for the looks and stayed because {theyre} {adj}. {benefit} {e}
yes to {adj}: {benefit} {e}
# list
{list}: the full package {e}
{theyre} {list}, what more could you want?
think {list}, then hit save {e}
the checklist says {list}, and {they} tick{s} every box {e}
{list} in one go? yes, please!
how can anything be {list} at once? {e}
quick summary: {list} {e}
{list}, and my heart said yes {e}
add {list} to my list of weaknesses {e}
rating {them} ten out of ten for being {list} {e}
# aud
tag the {fans} in your life {e}
calling all {fans}: this one's for you!
made with {aud} in mind, loved by everyone else too {e}
{fans}, you're going to want this.
sending this straight to {aud} everywhere {e}
{fans} will get it {e}
if you know, you know, {fans} {e}
forwarding this to {aud} right now {e}
# occ
just what I needed {occ} {e}
the plan {occ}? This, on repeat.
saving this one {for_occ} {e}
you know what's on my list {for_occ} {e}
consider yourself ready {for_occ}!
[all set|sorted|so ready] {for_occ} {e}
guess what's coming with me {for_occ} {e}
# brand
thank you, {brand}, for reading my mind {e}
{brand} really did that {e}
not an ad, just a {brand} fan talking.
leave it to {brand} to get this right.
{brand}, you have my attention {e}
it's {brand}, by the way {e}
tagging {brand}, because credit where it's due {e}
# price
and all that for {price}? Adding to cart {e}
only {price}, I checked twice {e}
{price} well spent, trust me.
yours for {price}, link in bio {e}
yes, {price}, I screamed too {e}
the price? {price}, you read that right {e}
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
I keep [sending|showing] this to people who didn't ask {e}
the comments are going to be [wild|loud|so nice] {e}
I'd tell you more, but I'm busy enjoying {them} {e}
I don't make the rules, I just [share|post|love] {them} {e}
[today's|this week's] screenshot is yours {e}
my wish list just got shorter by one {e}
yes, I took twelve pictures. no, I won't delete any {e}
could talk about {them} for an hour, and I have {e}
I was skeptical, and look at me now {e}
some things just make you smile, you know? {e}
my friends have already asked for the link.
I checked my cart twice and I'd do it again.
good things should be shared, so here we are.
ten out of ten, would [double-tap|screenshot] again.
no filter needed, promise {e}
main character energy, honestly {e}
I gave in after two days and I'm glad.
small purchase, huge mood {e}
honestly didn't expect to care this much.
@self I've had {them} on three days running {e}
@self throw {them} on, step outside, collect compliments {e}
@self goes with everything, including pajama energy {e}
@wear it's giving effortless, and I'm here for it.
@wear even my sister tried to steal {them} {e}
@feet coffee run, train run, actual run: done {e}
@food my kitchen counter has never looked this pretty {e}
@food one for the photo, one for me {e}
@food half the haul was gone before I got home.
@food the plate was empty before I found the right filter.
@drink ice, tall glass, good playlist, done {e}
# close
would you [try|pick] {them} too? Tell me below!
@self would you rock {them} too? Tell me below!
save this for later {e}
link in bio {e}
double-tap if you agree {e}
who's with me? {e}
send this to someone who needs {them}.
comment YES if you want {one} {e}
run, don't walk {e}
you're welcome {e}
thoughts? I read every comment {e}
ok, bye, more for me {e}
[like|save|share] now, thank me later {e}
yes or yes? {e}
follow for more finds like this {e}
your turn: show me yours!
"""
)
