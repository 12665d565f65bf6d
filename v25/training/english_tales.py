"""The English voices with somebody behind them: playful, story, expert.

Same sections and notation as `english_loud`; stories also have people: `{who}`, `{she}`,
`{her}` (hers) and `{him}`.
"""

from __future__ import annotations

from v25.training.english_grammar import Bank, sections

PLAYFUL: dict[str, Bank] = sections(
    """
# open
psst: {np}.
[ta-da|behold|boom|hey hey|surprise]: {np}!
[guess what|spoiler|confession]: we [hid|kissed|named] {these_np}.
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
happiness had to look like something, so it [chose|went with|became] {np}.
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
[hello|oh hi|ahoy], {fans}, [fancy meeting you here|nice hair, by the way|look who's glowing].
[custom-made|tailor-made|bottled joy] for {aud}, [no returns on smiles|giggles included].
approved by {aud}, feared by boredom.
{fans}, we see you, and so {do} {they}.
[a love letter to|a little present for|pure mischief for] {aud}.
warning to {fans}: sharing is optional.
# occ
[giggles|high jinks|good vibes|mischief] {occ}, [guaranteed|coming right up|no refunds].
[absolutely|gloriously|dangerously] ready {for_occ}.
because nobody ever said no to more fun {occ}.
your excuse {for_occ} has arrived.
be the legend everyone talks about {occ}.
guess who's ready {for_occ}? you are!
# brand
[psst|fun fact|rumor]: {brand} [did this on purpose|has zero chill|can't stop winking].
{brand} made us do it.
blame {brand}, everybody does.
{brand}, you sly fox.
somewhere at {brand}, somebody is giggling.
# price
[only|just|a mere] {price}, [less than a haircut|no kidneys needed|couch coins count].
{price}? [pinch us|shut the front door|that's a typo, quick].
just {price}, cheaper than therapy.
all yours for {price}, and we throw in the bad jokes for free.
{price}, and your piggy bank may keep its legs.
at {price}, even your inner accountant is smiling.
# off
{off}? [pinch us|shut the front door|that's a typo, quick].
{off}, [shh|act natural|don't tell the boss].
now {off}, because we can't do math.
{theyre} {off}, so your piggy bank can relax.
{off}, said the price, and blushed.
# deal
{price}? [pinch us|shut the front door|that's a typo, quick].
[psst|ahem|drumroll], {price}, [act natural|don't tell the boss|you heard right].
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
[click|tap|grab], [giggle|grin|wiggle], repeat!
[bye|toodles|over and out], [gorgeous|legend|you rascal]!
[now|quick|shoo], [before we keep|or we'll hug|while nobody guards] {them}!
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
{who} believed in two things: good manners and {np}.
{who} found a note on the table, and next to it {a_np}.
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
[exactly|only|barely] {price} [lay on the counter|changed hands|later], the day [felt|looked] \
different.
all it took was {price} and a little courage.
"{price}," said the shopkeeper, and {who} smiled.
it cost {him} {price}, and it gave {him} a memory.
{price} was all {she} paid for that feeling.
# off
"{off}?" {she} [asked|laughed|whispered], and [the choice was easy|that settled it].
the sign said {off}, and {she} took it as fate.
"{theyre} {off} today," said the shopkeeper with a wink.
now {theyre} {off}, and the story can be yours.
# deal
"{price}?" {she} [asked|laughed|whispered], and [the choice was easy|that settled it].
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
[perhaps|maybe] that is what [luck|home|a good day] [looks|feels] like.
[nobody|no one] [forgot|ever forgot] that [day|smile|moment].
[outside|above the roofs], [the sky cleared|the lamps came on|the bells rang].
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

EXPERT: dict[str, Bank] = sections(
    """
# open
tested: {np}.
test passed: {np}.
[recommended|approved|confirmed] after our test: {np}.
our [short verdict|review|test notes] on {the_np}: [very good|positive|convincing].
test winner: {np}.
we tested {the_np} for [two weeks|a month|ten days], and the result is [clear|convincing].
in our test, {the_np} [came out|finished] near the top.
verdict first: {the_np} deserve{s} a recommendation.
our test team took a close look at {the_np}.
on the test bench this week: {the_np}.
after [twelve|nine|twenty] test rounds with {the_np}, our notes are short and positive.
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
[best suited|well suited|particularly suited] to {aud}, [in our judgment|all things considered].
[target group|suitable for|recommended for]: {aud}.
we would recommend {them} to {fans} in particular.
a sensible choice for {aud}.
{aud} will benefit the most, in our view.
our advice for {fans}: worth shortlisting.
# occ
[dependable|convincing|sound] {occ}, [according to our notes|on every trial].
[suitability|usefulness|fitness] {for_occ}: [high|very high|confirmed].
we see {their} best use {for_occ}.
{they} perform{s} reliably {occ}.
a well-founded choice {for_occ}.
for anyone planning ahead {for_occ}, this is a safe pick.
# brand
{brand} [delivers|shows] [consistent|reliable|careful] [workmanship|quality].
[credit|praise] goes to {brand} for [consistency|careful work|honest labeling].
{brand} has clearly done the groundwork.
quality control at {brand} appears to be strict.
{brand} keeps the promise on the label.
of the makers we know, {brand} is among the most consistent.
# price
{price} is [a fair|a justified|an appropriate|a competitive] price [for this level|in this \
class|given the results].
[value|price]: {price}, rated [good|very good|fair|convincing].
at {price}, the value is convincing.
price checked: {price}, which is fair for this quality.
for {price}, we found nothing better.
at {price}, the ratio of price to performance is right.
# off
[offer|current price]: {off}, rated [good|very good|convincing].
{off} [during our research|at the time of testing], [a real advantage|a clear plus].
currently {off}, which improves the value further.
now {off}, {they} move{s} up in our value ranking.
at the moment {off}: a good time to buy.
# deal
[value|offer|current deal]: {price}, rated [good|very good|convincing].
{price}: [a real advantage|a clear plus|a strong argument] [at the time of testing|in this class].
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
[overall|in sum|all told]: [a solid|an excellent|a reliable] choice.
[our|the] [rating|score|verdict]: [good|very good|excellent|recommended].
[testers|reviewers|editors] [agreed|were unanimous|had no objections].
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
