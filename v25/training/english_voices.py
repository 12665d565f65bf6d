"""The English voices, second half: playful, expert, story, live-stream.

Same sections and notation as `english_styles`; stories also have people: `{who}`, `{she}`,
`{her}`.
"""

from __future__ import annotations

from v25.training.english_grammar import Bank, sections

PLAYFUL: dict[str, Bank] = sections(
    """
# open
psst: {np}.
treat alert: {np}.
warning: {these_np} may cause [sudden happiness|spontaneous dancing|excessive grinning].
[knock, knock|knock knock]. Who's there? {the_np} your other stuff is jealous of.
we asked our cat about {these_np}; it said nothing, which is basically a yes.
roses are red, violets are blue, {these_np} {are} waiting for you.
breaking news: local hero found with {np}.
plot twist: {these_np} choose{s} you.
scientists can't explain it, but {np} make{s} Mondays bearable.
your mom called; she wants you to get {these_np}.
dear diary, today I fell in love with {np}.
[side effects|known side effects] of {these_np}: smugness, mostly.
[if|since] happiness had to look like something, it went with {np}.
we'd make a joke about {these_np}, but {theyre} seriously good.
hide {these_np} from your roommate, and thank us later.
adulting is hard, so here's {a_np}.
what do you call {np} like this? yours, hopefully.
great, now {np} {have} [fan mail|a fan club|an ego].
not all heroes have capes; some just have {np}.
{these_np} walked into a bar, and everyone asked for the link.
@wear your other clothes had a meeting about {these_np}, and they're worried.
@wear caution: strangers may ask about {these_np}.
@wear naked is not a dress code, so: {np}.
@feet put your best foot forward, then the other one, in {np}.
@hat hats off? never again, with {np} like this on.
@food we're not saying you should hug your groceries, but look at {these_np}.
@food drop the takeout menu and slowly back away toward {these_np}.
@food your fridge just sent a love letter about {these_np}.
@food lettuce be honest: {these_np} rule{s} the kitchen.
@drink we've bottled up our feelings, and they taste like {np}.
life is short; get {the_np}.
allow us to flirt a little: {these_np}, meet your new favorite human.
nobody panic, but {the_np} just arrived.
# point
{theyre} {adj}, so {benefit}; no magic wand required.
so {adj} it's almost rude: {benefit}.
{adj}? Like you wouldn't believe: {benefit}.
we put the oh in so {adj}, because {benefit}.
{theyre} suspiciously {attr}, and {benefit}.
{adj} is {their} middle name, so {benefit}.
{theyre} more {attr} than your ex was honest, so {benefit}.
ridiculously {adj}, which means {benefit}. you're welcome!
rumor has it {theyre} {adj}; rumor is right, because {benefit}.
# list
{list}: basically a superhero without the cape.
{theyre} {list}, and yes, single.
{list}? somebody's showing off!
if {list} were an Olympic event, hello gold.
the résumé says {list}, and references are glowing.
{list}, and still humble about it.
# aud
approved by {aud}, feared by boredom.
{fans}, we see you, and so {do} {they}.
[a love letter to|a little present for|pure mischief for] {aud}.
warning to {fans}: sharing is optional.
# occ
because nobody ever said no to more fun {occ}.
your excuse {for_occ} has arrived.
be the legend everyone talks about {occ}.
guess who's ready {for_occ}? you are!
# brand
{brand} made us do it.
blame {brand}, everybody does.
{brand}, you sly fox.
somewhere at {brand}, somebody is giggling.
# price
just {price}, cheaper than therapy.
all yours for {price}, and we throw in the bad jokes for free.
{price}, and your piggy bank may keep its legs.
at {price}, even your inner accountant is smiling.
# off
now {off}, because we can't do math.
{theyre} {off}, so your piggy bank can relax.
{off}, said the price, and blushed.
# deal
today's mischief: {price}.
{price}, because our boss is on vacation.
our math teacher fainted at this one: {price}.
# extra
resistance is futile, and honestly not much fun.
no unicorns were bothered in the making of this.
we'd say more, but we're busy with ours.
it won't do your taxes, but nobody's perfect.
go on, nobody's looking.
ninety percent joy, ten percent even more joy.
your couch approves, and your couch has taste.
even the neighbor's dog tilted its head.
we tried to play it cool, and failed.
serious people like {them} too, they just won't say so.
[side note|fun fact]: smiling is contagious.
@wear one spin in front of the mirror is mandatory.
@wear pajamas around the world are handing in their notice.
@wear do a little twirl, you've earned it.
@wear your laundry basket will miss {them}.
@feet happy feet, happy human, basic math.
@food forks up, phones down!
@food no plates were left unlicked.
@food we tried to count the calories but ate the calculator.
@food chew, grin, repeat.
@food save some for the others, or don't, we won't tell.
@drink sip happens.
# close
go on, treat yourself!
you know you want to.
resistance is over, click it.
you had us at hello.
we won't tell if you get two.
now go and be fabulous!
dibs!
high five, you've got great taste!
the end. or the start, really.
catch you at the checkout!
"""
)

EXPERT: dict[str, Bank] = sections(
    """
# open
tested: {np}.
test winner: {np}.
we tested {the_np} for [two weeks|a month|ten days], and the result is [clear|convincing].
in our test, {the_np} [came out|finished] near the top.
verdict first: {the_np} deserve{s} a recommendation.
our test team took a close look at {the_np}.
on the test bench this week: {the_np}.
after [twelve|nine|twenty] trials with {the_np}, our notes are short and positive.
we compared {the_np} with [four|six|eight] rivals in the same class.
test report: {the_np}.
we went into this test skeptical, and {the_np} changed our minds.
how good {are} {these_np} really? we tested {them} to find out.
we bought {the_np} anonymously and tested {them} under everyday conditions.
hands-on review: {the_np}, examined point by point.
few candidates in our test were as consistent as {the_np}.
[measured|judged] by daily use, {the_np} performed well in our test.
reviewed this month: {the_np}.
our reviewers agreed early in the test on {the_np}.
what separates good from average? we tested {the_np} for an answer.
a solid result in our test: {the_np}.
{the_np} passed our test program without [a weak point|serious criticism].
we put {the_np} through our standard test, with [no surprises|one clear result].
@wear after ten wears and inspections, our test of {the_np} is complete.
@wear we checked seams, fit and finish in our test of {the_np}.
@feet forty kilometers on mixed ground were part of our test of {the_np}.
@food our tasting panel tested {the_np} blind.
@food five tasters, one plate: our test of {the_np}.
@food we checked aroma, texture and taste in our test of {the_np}.
@drink we tested {the_np} chilled and at room temperature.
# point
in our test {they} proved {adj}: {benefit}.
{adj} is not just a claim here; {benefit}.
we rate {them} as clearly {adj}, since {benefit}.
what stood out: {theyre} {adj}, so {benefit}.
our notes say {adj}, and in practice {benefit}.
{theyre} measurably {adj}, which means {benefit}.
the promise of being {adj} held up, and {benefit}.
we looked hard at whether {they} {are} {adj}; {they} {are}, and {benefit}.
strong point: {adj}. in use, {benefit}.
# list
our scorecard reads: {list}.
{they} proved {list} in every round of the test.
key findings: {list}.
in short, {they} {are} {list}, as our measurements confirm.
strengths: {list}; weaknesses: hard to find.
{list} under test conditions, and just as convincing in daily use.
# aud
we would recommend {them} to {fans} in particular.
a sensible choice for {aud}.
{aud} will benefit the most, in our view.
our advice for {fans}: worth shortlisting.
# occ
we see {their} best use {for_occ}.
{they} perform{s} reliably {occ}.
a well-founded choice {for_occ}.
for anyone planning ahead {for_occ}, this is a safe pick.
# brand
{brand} has clearly done the groundwork.
quality control at {brand} appears to be strict.
{brand} keeps the promise on the label.
of the makers we know, {brand} is among the most consistent.
# price
at {price}, the value is convincing.
price checked: {price}, which is fair for this quality.
for {price}, we found nothing better.
at {price}, the ratio of price to performance is right.
# off
currently {off}, which improves the value further.
now {off}, {they} move{s} up in our value ranking.
at the moment {off}: a good time to buy.
# deal
the current offer, {price}, improves the value further.
offer checked: {price}.
with {price} on the table, the value is convincing.
# extra
three testers worked independently and reached the same conclusion.
we repeated each check to rule out chance.
minor flaws did not affect the overall score.
there were no outliers in our measurements.
consistency was the most notable result.
we found no gap between promise and practice.
results were the same on day one and day fourteen.
each claim was checked against daily use.
our criteria were strict and identical for all candidates.
the differences from cheaper rivals showed up quickly.
@wear the stitching is even, and the seams lie flat.
@wear sizing runs true, according to all three testers.
@wear after five washes, we saw no visible change in shape.
@wear the finish is clean inside and out.
@feet the sole showed little wear at the end of the trial.
@food appearance, smell and texture were rated above average.
@food storage for three days made no difference to the score.
@food four of five tasters asked for a second helping.
@food the flavor is balanced, with a clean finish.
@veg,season {they} held up well both raw and cooked.
@drink the pour is even, and the aftertaste is clean.
# close
verdict: recommended.
our verdict: a confident buy.
overall rating: very good.
recommended without reservation.
verdict: worth every bit of shelf space.
we will keep using {them} after the test.
final score: nine out of ten.
conclusion: a clear recommendation.
verdict: well made and honest.
test passed.
"""
)

STORY: dict[str, Bank] = sections(
    """
# open
{who} smiled at {the_np}.
{who} chose {np}.
when {who} moved to the city, {she} packed two things: a map and {a_np}.
{who} almost walked past {the_np} that [morning|afternoon|evening].
it rained the day {who} found {the_np}.
on the platform, {who} looked down at {the_np} and smiled.
the bell over the shop door rang, and {who} pointed at {the_np}.
{who} had one rule for [Mondays|Saturdays]: begin with {np}.
the last box {who} unpacked held {np}.
years later, {who} would still remember {the_np}.
the train was late, so {who} had time to admire {the_np}.
{who} came home with {np} and a story to tell.
my [grandmother|grandfather|aunt] believed in two things: good manners and {np}.
there was a note on the table, and next to it {a_np}.
{who} said it was only {np}, but {her} eyes said otherwise.
[all week|all day], {who} had been thinking about {the_np}.
before sunrise, {who} reached for {the_np}.
the parcel was small, but when {who} opened it, there {were} {the_np}.
{who} promised {her} sister {np}, and a promise is a promise.
at the corner stall, {who} stopped, and there {were} {the_np}.
@wear {who} caught {her} reflection in a window: {np}, and a new posture.
@wear the closet was full, yet {who} kept choosing {the_np}.
@wear {who} stood in the doorway in {np}, ready at last.
@feet the road out of town was long, and {who} had {np} and no hurry.
@food the kitchen was quiet until {who} set down {the_np}.
@food {who} learned to cook the year {she} discovered {np}.
@food on the market square, {who} held up {np} as if it were treasure.
@drink {who} poured two glasses of {np} and opened the window.
# point
"{theyre} {adj}," {she} told me, "and {benefit}."
{she} noticed it first on the way home: {theyre} {adj}, and {benefit}.
"so {adj}," {she} laughed. "{benefit}."
{they} {were} {adj}, and {she} finally understood that {benefit}.
someone asked why, and {she} only said, "because {theyre} {adj}, and {benefit}."
that was the day {she} learned what {adj} means: {benefit}.
"feel how {adj}," {she} whispered, and {she} was right, because {benefit}.
{she} had heard people call things {adj} before, but here {benefit}.
# list
{list}, {they} {were} all {she} had hoped for.
"{list}," {she} counted on {her} fingers, and laughed.
{she} needed three lines to describe {them} in {her} diary: {list}, and mine.
{they} turned out to be {list}, just as {her} friend had said.
{list}: that was how {she} described {them} on the phone that night.
{they} {were} {list}, and for once {she} had no complaints.
# aud
{she} was not alone; {fans} everywhere know the feeling.
it is a story that {fans} tell each other.
{her} friends, {fans} all of them, nodded.
a story for {aud}, and for anyone who has hoped a little.
# occ
it was meant {for_occ}, and it became so much more.
{she} had been waiting {for_occ}.
everything was ready {for_occ}.
since then, there has been no question what to choose {for_occ}.
# brand
the label said {brand}, and {she} never forgot the name.
"{brand}," {she} read aloud, and nodded.
since that day, {brand} has been a family word.
{she} found the name inside: {brand}.
# price
all it took was {price} and a little courage.
"{price}," said the shopkeeper, and {who} smiled.
it cost {him} {price}, and it gave {him} a memory.
{price} was all {she} paid for that feeling.
# off
the sign said {off}, and {she} took it as fate.
"{theyre} {off} today," said the shopkeeper with a wink.
now {theyre} {off}, and the story can be yours.
# deal
the sign in the window read: {price}.
"{price}, today only," said the shopkeeper with a wink.
it was the sign that stopped {him}: {price}.
# extra
outside, the street was slowly waking up.
nobody spoke for a while, and nobody needed to.
{she} thought of home and walked a little faster.
the radio played something old and hopeful.
somewhere a window opened and someone laughed.
it was the kind of day you keep.
{her} phone rang, and {she} let it ring.
the light fell just so, and {she} stayed a moment longer.
small things, {she} thought, are never small.
by evening, half the street knew about it.
{she} took a photo, then put the camera away.
a stranger smiled, and {she} smiled back.
that was how it started.
@wear {she} turned once in front of the mirror and was out the door.
@wear by the second block, {she} walked like someone with a plan.
@wear the wind picked up, and {she} hardly noticed.
@wear a neighbor called down from the balcony to ask where {she} got {them}.
@food the table filled up, one chair after another.
@food the first {bite} brought back an afternoon {she} thought was lost.
@food {her} son looked up from his plate and asked for more.
@food the smell of the kitchen reached the stairs.
@drink the glass caught the light like a small lantern.
# close
some days begin like that.
and that is how it stayed.
the rest is everyday happiness.
maybe your story starts here.
{she} still tells it today.
sometimes that is all it takes.
now it's your turn to tell one.
and {she} never looked back.
it was a beginning.
"""
)

LIVESTREAM: dict[str, Bank] = sections(
    """
# open
everyone, {np}!
okay chat, {np}!
okay everyone, look what I've got: {these_np}!
[hi|hello|welcome back], my lovelies, next up: {the_np}!
drop a heart if you can see {these_np}!
alright, alright, here we go: {the_np}!
okay team, come closer, this is {the_np} you asked for!
who's been waiting for {these_np}? type ME in the chat!
[stay with me|don't scroll away], everyone, because {these_np} {are} next!
I see you in the comments, yes, it's {the_np}!
okay friends, camera here, look at {these_np}!
new in the room? perfect timing, we're on to {the_np}!
let me show you {these_np} up close, everyone!
tap the link, everybody, because here come {the_np}!
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
where are my {fans} tonight? this is for you!
perfect for {aud}, drop a heart if that's you!
{fans} in the chat, make some noise!
I picked this one for {aud}, okay?
# occ
you need this {for_occ}, trust me!
thinking about what to get {for_occ}? problem solved!
imagine it {occ}, everyone!
get it now and you're set {for_occ}!
# brand
it's {brand}, you know the name, you know the quality!
{brand}, everyone, the real thing!
the people at {brand} gave us only a few boxes!
big thank you to {brand} for making this happen!
# price
not double that, just {price} tonight!
{price}, only in this stream, tap the link!
are you ready for the price? {price}!
I got it down to {price} for you, go go go!
only {price}, three, two, one, link is live!
# off
are you ready? {off}, only in this stream!
tonight {theyre} {off}, tap the link now!
I fought for this one: {off}!
{off}, everyone, but only until I stop talking!
# deal
are you ready? {price}, only in this stream!
tonight's deal: {price}, tap the link now!
I fought for this one, everyone: {price}!
# extra
I see the hearts, keep them coming!
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
