"""The English voices that tell: playful and story.

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
confession: we gave {these_np} a [nickname|pep talk|tiny hug].
our lawyers asked us to call {these_np} merely wonderful.
achievement unlocked: {np}.
wanted, dead or alive, preferably in your bag: {np}.
in case of emergency, reach for {np}.
if {these_np} {were} a person, you'd swipe right.
fun level: {np}.
please do not tickle {the_np}.
new rule: whoever reads this deserves {np}.
we ran out of puns, so here {are} {a_np}.
somewhere a unicorn is jealous of {these_np}.
the cool table just got {np}.
day one with {these_np}: send help, I can't stop smiling.
treat alert: {np}.
warning: {these_np} may cause [sudden happiness|spontaneous dancing|excessive grinning].
[knock, knock|knock knock]. Who's there? {the_np} your other stuff is jealous of.
we asked our cat about {these_np}; it said nothing, which is basically a yes.
roses wilt and violets fade, {these_np} {are} tailor-made.
breaking news: local hero found with {np}.
plot twist: {these_np} choose{s} you.
scientists can't explain it, but {np} make{s} Mondays bearable.
your mom called; she wants you to get {these_np}.
dear diary, today I fell in love with {np}.
[side effects|known side effects] of {these_np}: smugness, mostly.
happiness had to look like something, so it [chose|went with|became] {np}.
we'd make a joke about {these_np}, but {theyre} seriously good.
hide {these_np} from your roommate, and thank us later.
adulting is hard, so here {are} {a_np}.
what do you call {np} like this? yours, hopefully.
great, now {np} {have} [fan mail|a fan club|an ego].
not all heroes have capes; some just have {np}.
{these_np} walked into a bar, and the bar applauded.
@wear your other clothes had a meeting about {these_np}, and they're worried.
@wear caution: strangers may ask about {these_np}.
@self naked is not a dress code, so: {np}.
@feet put your best foot forward, then the other one, in {np}.
@hat hats off? never again, with {np} like this on.
@food we're not saying you should hug your groceries, but look at {these_np}.
@food drop the takeout menu and slowly back away toward {these_np}.
@food your fridge just sent a love letter about {these_np}.
@food lettuce be honest: {these_np} rule{s} the kitchen.
@drink we've bottled up our feelings, and they taste like {np}.
life is short; get {the_np}.
allow us to introduce you: {these_np}, meet your new favorite human.
nobody panic, but {the_np} just arrived.
# point
{theyre} {adj}, so {benefit}; no magic wand required.
so {adj} it's almost rude: {benefit}.
we measured, and {theyre} officially {adj}, so {benefit}.
{adj}? {benefit}. mic drop.
we looked up {adj} in the dictionary, and there {they} {were}. {benefit}.
{adj}, not that {they} brag{s}: {benefit}.
how {adj}? let's say {benefit}.
being this {adj} should need a license: {benefit}.
{adj}? Like you wouldn't believe: {benefit}.
we put the oh in so {adj}: {benefit}.
{theyre} suspiciously {attr}, and {benefit}.
{adj} is {their} middle name, so {benefit}.
{theyre} {adj}, unlike our jokes, so {benefit}.
ridiculously {adj}, which means {benefit}. you're welcome!
word on the street is {theyre} {adj}; the street is right, because {benefit}.
# list
{list}: basically a superhero without the cape.
{theyre} {list}, and yes, single.
{list}? somebody's showing off!
if {list} were an Olympic event, hello gold.
the résumé says {list}, and references are glowing.
{list}, and still humble about it.
{list}: somebody skipped the modesty class.
if bragging were allowed, we'd say {list}, so: {list}.
{list}, or as we call it, Tuesday.
plot summary: {theyre} {list}, obviously.
# aud
[hello|oh hi|ahoy], {fans}, [fancy meeting you here|nice hair, by the way|look who's glowing].
[custom-made|tailor-made|bottled joy] for {aud}, [no returns on smiles|giggles included].
approved by {aud}, feared by boredom.
{fans}, we see you, and so {do} {they}.
[a love letter to|a little present for|pure mischief for] {aud}.
{fans}, your fun has been delivered.
secretly designed to make {fans} giggle.
warning to {fans}: sharing is optional.
# occ
[giggles|good vibes|mischief] {occ}, [guaranteed|coming right up|no refunds].
bring {them} along {for_occ} and act surprised by the applause.
[absolutely|gloriously|dangerously] ready {for_occ}.
because nobody ever said no to more fun {occ}.
your excuse {for_occ} has arrived.
be the legend everyone talks about {occ}.
guess who's ready {for_occ}? you are!
# brand
[psst|fun fact|rumor]: {brand} [did this on purpose|has zero chill|can't stop winking].
{brand} made us do it.
blame {brand}, we always do.
we tried to bribe {brand} for more.
rumor has it {brand} laughs at its own jokes.
this message was approved by {brand}, probably.
{brand}, you sly fox.
somewhere at {brand}, somebody is giggling.
# price
[only|just|a mere] {price}, [and yes, coins count|no kidneys needed|check the couch for change].
the damage: {price}. the joy: priceless.
{price}? [pinch us|shut the front door|that's a typo, quick].
just {price}, cheaper than therapy.
all yours for {price}, and we throw in the bad jokes for free.
{price}, and your piggy bank survives.
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
{price}, because our boss isn't looking.
our math teacher fainted at this one: {price}.
# extra
resistance is futile, and honestly not much fun.
no unicorns were bothered in the making of this.
we'd say more, but we're busy with ours.
please enjoy responsibly, or don't.
our therapist says we talk about {them} too much.
we checked twice, and fun is still legal.
no instructions, you're a natural.
[warning|caution]: may lead to humming.
we laughed, we cried, we ordered another.
you bring the grin, we've got the rest.
science calls it happiness, we call it Tuesday.
there's a tiny dance in here somewhere.
we promised not to shout, so: yay, in lower case.
life's too short for boring stuff.
the group selfie just got a new star.
exhibit A: your face right now.
it won't do your taxes, but nobody's perfect.
go on, nobody's looking.
ninety percent joy, ten percent even more joy.
your couch approves, and your couch has taste.
even the neighbor's dog tilted its head.
we tried to play it cool, and failed.
serious people like {them} too, they just won't say so.
[side note|fun fact]: smiling is contagious.
@torso,legs one spin in front of the mirror is mandatory.
@wear pajamas around the world are handing in their notice.
@torso,legs do a little twirl, you've earned it.
@hat hair having a bad day? problem covered.
@hat hats all, folks.
@feet toe-tally worth it.
@baby comes with room for wiggles and one very small dinosaur.
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
go on, be a little ridiculous.
we rest our case.
add to cart, then do the dance.
ready, steady, wheee!
you're one tap away from a better mood.
smile, you're shopping!
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
{who} smiled at {the_np} as if at an old friend.
without a word, {who} chose {the_np}.
there is a photo of {who} with {np}, and nobody knows who took it.
{who} kept only one receipt that year, for {np}.
it began on a [Tuesday|Sunday], with {who} and {np}.
the elevator was stuck, and all {who} had was {np}.
{who} wrote three words on the list and underlined {np}.
ask {who} about {the_np}, and {she} will tell you about that one morning.
{who} had never been one for fuss, but {the_np} {were} different.
the market was closing when {who} spotted {the_np}.
{who} said yes to {np} before anyone had asked.
the letter said to bring {np}, so {who} did.
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
@food on the market square, {who} held up {np} as if {they} {were} treasure.
@drink {who} poured two glasses of {np} and opened the window.
# point
"{theyre} {adj}," {she} told me, "and {benefit}."
{she} noticed it first on the way home: {theyre} {adj}, and {benefit}.
"so {adj}," {she} laughed. "{benefit}."
{they} {were} {adj}, and {she} finally understood that {benefit}.
someone asked why, and {she} only said, "because {theyre} {adj}. {benefit}."
that was the day {she} learned what {adj} means: {benefit}.
"you'll see," {her} friend had said, "{theyre} {adj}, and {benefit}."
{she} wrote one word in {her} notebook, {adj}, and then: {benefit}.
"how {adj} can it be?" {she} wondered. "so much that {benefit}," came the answer.
"{adj}," {she} said slowly. "{benefit}."
"see how {adj}," {she} whispered, and {she} was right, because {benefit}.
{she} had heard people call things {adj} before, but here {benefit}.
# list
{list}, {they} {were} all {she} had hoped for.
"{list}," {she} counted on {her} fingers, and laughed.
{she} needed three lines to describe {them} in {her} diary: {list}, and mine.
{they} turned out to be {list}, just as {her} friend had said.
{list}: that was how {she} described {them} on the phone that night.
{she} told {her} friend the short version: {list}, and worth the wait.
"tell me more," said {her} friend. "{list}," {she} said.
{they} {were} {list}, and for once {she} had no complaints.
# aud
{she} was not alone; {fans} everywhere know the feeling.
it is a story that {fans} tell each other.
{her} friends, {fans} all of them, nodded.
a story for {aud}, and for anyone who has hoped a little.
{she} had met other {fans} that day, and each had a story like it.
"{fans} will understand," {she} said.
# occ
it was meant {for_occ}, and it became so much more.
{she} had been looking for just this {for_occ}.
"{for_occ}," {she} said, "nothing else will do."
everything was ready {for_occ}.
since then, there has been no question what to choose {for_occ}.
# brand
the label said {brand}, and {she} never forgot the name.
"{brand}," {she} read aloud, and nodded.
since that day, {brand} has been a family word.
{she} found the name inside: {brand}.
"it has to be {brand}," {her} friend had told {him}.
{brand}, said the tag, in small letters.
# price
[exactly|only] {price} changed hands, and the day [felt|looked] different.
all it took was {price} and a little courage.
"{price}," said the shopkeeper, and {who} smiled.
it cost {him} {price}, and it gave {him} a memory.
{price} was all {she} paid for that feeling.
{she} counted out {price} and did not regret it once.
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
{she} did not say a word until the corner.
there are days that smell of rain and good decisions.
{she} remembered what {her} mother used to say about good things.
[two|three] streets later, {she} was still smiling.
{she} had planned to be quick, but quick had to wait.
the rest of the day arranged itself around that moment.
{her} hands knew before {she} did.
on the tram, a stranger asked about {them}, and they talked until the last stop.
some choices feel like coming home.
{she} laughed, for no reason and for every reason.
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
@self {she} turned once in front of the mirror and was out the door.
@self by the second block, {she} walked like someone with a plan.
@baby the baby laughed, and that decided it.
@baby {she} folded {them} twice and laid {them} in the crib.
@wear a neighbor called down from the balcony to ask where {she} got {them}.
@food the table filled up, one chair after another.
@food the first {bite} brought back an afternoon {she} thought was lost.
@food somebody at the far end of the table asked for more.
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
and if you ask {him}, {she} would do it again.
that evening, everything seemed possible.
[small|quiet] things make the [best|longest] stories.
{she} kept that feeling.
the end? not quite.
"""
)
