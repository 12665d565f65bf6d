"""Small scenes that fill a longer English copy: who, where and when are drawn anew each time."""

from __future__ import annotations

from v25.training.english_grammar import Bank, sections

WHERE: dict[str, tuple[str, ...]] = {
    "wear": (
        "on the morning train",
        "at the farmers' market",
        "at the bus stop",
        "in the old town",
        "at the corner café",
        "on the walk home",
        "at the library",
        "on the bridge",
        "at the airport",
        "in the elevator",
        "at the record store",
        "at a friend's place",
        "in the coffee line",
        "at the museum",
        "by the river",
        "at the flower shop",
    ),
    "food": (
        "at the kitchen counter",
        "on the balcony",
        "at the big table",
        "on the porch steps",
        "by the open window",
        "next to the stove",
        "in the garden",
        "at my desk",
        "under the kitchen lamp",
        "on the couch",
        "straight from the fridge",
    ),
}
WHEN = (
    "on Monday",
    "on Tuesday",
    "on Wednesday",
    "on Thursday",
    "on Friday",
    "last night",
    "this morning",
    "around noon",
    "before eight",
    "at sunset",
    "on a rainy Thursday",
    "yesterday",
    "just after seven",
    "on a slow Wednesday",
    "two days ago",
)
PERSON = (
    "my neighbor",
    "my sister",
    "the barista",
    "a total stranger",
    "the bus driver",
    "my best friend",
    "the mail carrier",
    "my cousin",
    "the guy next door",
    "my roommate",
    "my old teacher",
    "the librarian",
    "my coworker",
    "the florist",
    "my brother",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "yesterday", "this morning")
CALM: dict[str, tuple[str, ...]] = {
    "when_calm": (
        "at dusk",
        "in the first light",
        "after the last guest",
        "on a still evening",
        "as the day eases off",
        "between two appointments",
        "when the room falls silent",
        "at the end of a long day",
        "on an unplanned afternoon",
    ),
    "where_calm": (
        "by the window",
        "in the courtyard",
        "on the terrace",
        "in the garden",
        "at the corner table",
        "under the old trees",
    ),
    "where_used": (
        "at home",
        "in the city",
        "in daily routine",
        "under changing conditions",
        "away from home",
        "in a busy household",
        "in a shared flat",
    ),
    "when_soon": (
        "before noon",
        "tonight",
        "in the next hour",
        "today",
        "this minute",
        "right away",
        "before your coffee cools",
    ),
    "when_live": ("tonight", "already", "right now", "with me", "this late"),
}
PLACE_WORDS = ("hallway", "corner", "shelf", "window", "street", "platform", "yard", "desk")
PASSERS_BY = (
    "a neighbor",
    "the woman from the bakery",
    "an old friend",
    "the night porter",
    "a girl on a bicycle",
    "the man with the newspaper",
    "a retired sailor",
    "a tall stranger",
    "the piano teacher",
)

SCENES: dict[str, Bank] = sections(
    """
# social
@self wore {them} {where} {when} and {person} [asked for the link|stared twice|said wow] {e}
@wear {person} noticed {them} {where} {when} and [had questions|wanted the link|said wow] {e}
@self fit check from {when_day}: {where}, [music on|head high|zero stress] {e}
@self three compliments {when}, and one of them was from {person} {e}
@wear photo dump from {when_day}, and guess what made every single shot {e}
@food had {them} {where} {when} and {person} [stole half|wanted the rest|asked for more] {e}
@food {person} caught me with {them} {where} {when}, [busted|oops|no shame] {e}
@food me {when}: {where}, {bite} after {bite}, [phone down|music on|world off] {e}
@food {person} said just one {bite}. that was a lie {e}
@food photo dump from {when_day}: blurry, happy, mostly food {e}
{person} texted me about {them} {when}, [twice|three times|in capital letters] {e}
spent {when_day} telling {person} about {them}, [no regrets|sorry not sorry|worth it] {e}
{person} sent me a screenshot {when}: "is this the one?" yes. yes it is {e}
told {person} about {them} {when} and now we match {e}
my camera roll since {when_day}? you can guess {e}
# premium
@wear a [lapel|seam|hem|cuff|fold], rightly placed, says more than ornament.
@wear seen {where}, {they} draw{s} the eye without asking for it.
@wear {where_calm}, {they} feel{s} as natural as [candlelight|old marble|a quiet smile].
@wear the [line|drape|hand] of the material [rewards|invites|deserves] a second [look|glance].
@wear {when_calm}, {they} lend{s} [composure|poise|ease] to everything that follows.
@wear worn {when_calm}, {they} seem{s} to slow the room.
@food {when_calm}, {they} turn{s} [an hour|a quiet moment] into an [occasion|event|indulgence].
@food the [aroma|color|finish] [rewards|invites|deserves] an unhurried [moment|pause|minute].
@food served {where_calm}, {they} need{s} no further company.
@food a [chef|gardener|connoisseur|host] would [choose|recognize|praise] {them} [at once|without \
a word].
@food {when_calm}, a single {bite} is [conversation enough|its own reward|quite sufficient].
[patience|discipline|devotion|experience] is present in every detail.
{when_calm}, one understands what [care|patience|restraint] can do.
nothing here was decided in [a hurry|a single day|a meeting].
# promotion
{person} got {them} {when} and [came back for more|told everyone|ordered again]!
[dozens|hundreds] went out {when}, and [yours could be next|more are on the way out]!
we [packed|shipped|sold] [hundreds|a truckload|a mountain] of orders {when}, [yours is next|don't \
be last]!
{person} missed the last sale and [still talks about it|is back today|won't do that again]!
[click|tap|order] {when_soon} and [smile at the bill|keep the change|celebrate later]!
right now, [the basket|the shelf|the stockroom] is [emptying fast|half empty|nearly bare]!
[ten|twenty|thirty] people are looking at {them} [this minute|right now|as you read]!
your cart has room, your wallet has a reason, so act {when_soon}!
{person} asked if this offer is real, and yes, it is!
look again {when_soon} and {they} may be gone!
# minimal
@self seen {where}.
@self {where}, [at ease|unhurried|as is].
@food {where}, [at ease|unhurried|as is].
{when}. no plan.
[quiet|calm|bright|empty|long] {place_word}.
[bare|plain] [wall|table|room|light].
[open|close] the [door|window|drawer].
less [noise|clutter|doubt|rush|weight|glare|talk].
one [breath|step|minute|look].
{when_calm}, still right.
# playful
@self {person} saw {them} {where} {when} and [walked into a door|forgot the way|missed the bus].
@self {when}, {where}, a [pigeon|poodle|toddler] [winked at us|nodded slowly|stopped to stare].
@food {person} saw {them} {where} {when} and [forgot to blink|started humming|brought a fork].
@food {when}, {where}, we were caught in the act, and we'd do it again.
@food {person} says sharing is caring; {person} hasn't tried {them} yet.
we asked {person} {when}, and the answer was [a squeal|a happy dance|a cartwheel].
{person} has been [humming|grinning|skipping] since {when_day}, [no idea why|go figure].
legend has it {person} [traded|swapped] [a canoe|a tuba|a cactus] for {them}.
[our intern|our accountant|our goldfish|our plumber] tried to [hide|hug|marry|interview] {them} \
{when}.
{person} wrote a poem about {them} {when}; it rhymes with [wow|yay|whee].
we told {person} to act normal around {them}, and it did not go well.
we planned to stay calm {when}; the plan lasted [four seconds|half a minute|until we looked].
# expert
@wear [one|our second|our third|the most critical] tester wore {them} {where_used} for \
[three|four|six] days.
@food [one|our second|our third|the most critical] tester tried {them} {where_used} for \
[three|four|six] days.
[on day two|after a week|in round three|at the end], [scores|ratings] [stayed level|rose \
slightly|matched].
[seven|eight|nine] of ten [criteria|checks|ratings] were [fulfilled|met|passed] [in full|without \
remarks].
our [checklist|protocol] has [twelve|fifteen|twenty] points; {they} met [nearly all|all but one].
we logged the results [twice|daily|by hand], and they [agreed|matched].
compared with the [runner-up|cheapest rival|class average], {they} did \
[clearly|visibly|slightly] better.
a [blind|repeat|side-by-side] [trial|comparison|check] later on [confirmed|supported] this.
@wear [two|three] of our testers asked to keep {them}, which [says a lot|is rare|rarely happens].
the [score|result] {where_used} was [the same|just as good|within a point].
[first impressions|early scores] can mislead; here they [held|were confirmed|stayed true].
# story
{where_calm}, {person_s} [waved|smiled|stopped|looked up], and {she} waved back.
{person_s} [asked|wondered aloud] what had changed, and {she} only [shrugged|smiled|winked].
{where_calm}, someone was [humming|laughing|whistling], and {she} [slowed down|listened].
somewhere a [clock|church bell|kettle] [called|sang], but {she} was [elsewhere|in no hurry].
[a cat|a boy with a kite|an old couple|a late bus] went by, and {who} [took it as a sign|laughed].
it was [nearly dark|almost noon|still early], and the air smelled of [rain|bread|lilacs].
{who} [hummed|whistled|sang] [an old tune|the wrong words|something from the radio] all the way \
home.
[later|that night|the next day], {she} wrote to {person_s}: [you were right|come soon|I found it].
{person_s} had told {him} about {them} once, and {she} had not believed a word.
{she} told {person_s} the whole story, and it got better with every telling.
for a [moment|minute|while], {she} said nothing and simply looked.
# livestream
shout-out to [Anna|Jo|Kim|Ben|Lucy|Marco|Dee|Sam] in the chat, [welcome|I see you|love that]!
[two|three|five|nine] hundred of you watching {when_live}, [wow|I can't believe it|amazing]!
{person} [bought|grabbed|ordered] {them} {when} and [called me right away|wants another|is so \
happy]!
[Anna|Kim|Leo|Dee|Marco] asks [about shipping|for a close-up], [yes, coming|hold on|here you go]!
only [forty|thirty|twenty|sixty|a dozen] left [on my screen|in the back], [quick|move, move|go]!
I showed {them} to {person} {when}, and it was [an instant yes|love at first sight]!
[camera two|producer|team], [come closer|zoom in|a bit to the left], everyone wants a good look!
[one more time|again|slowly now] for [everyone who just joined|the new faces]!
[Anna|Kim|Leo|Dee|Marco] in the comments says {person} needs {them} too, [I agree|so true|ha]!
the counter says [eighty|ninety|a hundred and ten] carts already, [keep going|wow]!
I'm not allowed to say how many are left, but it's [under fifty|not many|scary]!
"""
)
