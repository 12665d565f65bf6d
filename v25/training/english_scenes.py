"""Small scenes that fill a longer English copy: who, where and when are drawn anew each time."""

from __future__ import annotations

from v25.training.english_grammar import Bank, sections

WHERE: dict[str, tuple[str, ...]] = {
    "wear": (
        "on the morning train",
        "at the farmers' market",
        "at the bus stop",
        "on the school run",
        "in the old town",
        "at the corner café",
        "on the walk home",
        "at the library",
        "on the bridge",
        "at the airport",
        "on the stairs",
        "in the elevator",
        "at the record store",
        "at a friend's place",
        "in the coffee line",
        "at the museum",
        "by the river",
        "in the front row",
        "at the flower shop",
    ),
    "food": (
        "at the kitchen counter",
        "on the balcony",
        "at the big table",
        "on the porch steps",
        "by the open window",
        "next to the stove",
        "in the garden chair",
        "at my desk",
        "by the cutting board",
        "under the kitchen lamp",
        "on the couch",
        "at the market stall",
        "on the kitchen floor",
        "at the long bench outside",
        "in the hallway",
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
    "at half past six",
    "right before closing time",
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
    "a passing cyclist",
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
    ),
    "where_calm": (
        "by the window",
        "in the courtyard",
        "at the end of the table",
        "under the arcades",
        "on the terrace",
        "in the old garden",
        "at the top of the stairs",
    ),
    "where_used": (
        "at home",
        "in the city",
        "in daily routine",
        "under changing conditions",
        "in the lab",
        "away from home",
        "in a family household",
        "in a shared flat",
    ),
    "when_soon": (
        "before noon",
        "tonight",
        "in the next hour",
        "today",
        "before the kettle boils",
        "while you read this",
        "before your coffee cools",
    ),
    "when_live": ("tonight", "already", "right now", "with me", "from everywhere", "this late"),
}
PLACE_WORDS = ("hallway", "corner", "shelf", "window", "morning", "street", "platform", "yard")
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
@wear wore {them} {where} {when} and {person} [asked for the link|stared twice|said wow] {e}
@wear {person} spotted {them} {where} {when} and [I knew it|that was that|the rest is history] {e}
@wear outfit diary, {when}: {where}, [head high|music on|zero stress] {e}
@wear took this one {where} {when}, [no filter|one take|windy hair included] {e}
@food had {them} {where} {when} and {person} [stole half|wanted the rest|asked for more] {e}
@food {person} caught me with {them} {where} {when}, [busted|oops|no shame] {e}
@food snack diary, {when}: {where}, [phone down|music on|zero stress] {e}
@food took this one {where} {when}, [no filter|one take|crumbs included] {e}
{person} texted me about {them} {when}, [twice|three times|in capital letters] {e}
spent {when_day} telling {person} about {them}, [no regrets|sorry not sorry|worth it] {e}
# premium
@wear [a lapel|a seam|a hem|a cuff|a fold], rightly placed, [says|does|means] more than ornament.
@wear seen {where}, {they} draw{s} the eye without asking for it.
@wear {where_calm}, {they} feel{s} as natural as [candlelight|old marble|a quiet smile].
@wear the [fall|line|drape|hand] of the material [rewards|invites|deserves] a second [look|glance].
@wear {when_calm}, {they} lend{s} [composure|poise|ease] to everything that follows.
@food {when_calm}, {they} turn{s} [a table|an hour|a plain plate] into an \
[occasion|event|indulgence].
@food the [aroma|color|texture|finish] [rewards|invites|deserves] an unhurried \
[moment|pause|minute].
@food {where_calm}, {they} feel{s} as natural as [candlelight|silver|fine glass].
@food a [chef|gardener|connoisseur|host] would [choose|recognize|praise] {them} [at once|without \
a word].
[patience|discipline|devotion|experience] is present in every [detail|measure|decision].
# promotion
{person} got {them} {when} and [came back for more|called everyone|ordered again]!
[two|three|four|five] left the shelf {when}, and [nobody counts now|more will follow]!
we [packed|shipped|sold] [hundreds|a truckload|a mountain] {when}, [yours is next|don't be last]!
{person} missed the last sale {when} and [still talks about it|won't forget it|is back today]!
[click|tap|order] {when_soon} and [smile|celebrate|relax] [all evening|at the bill]!
[{when_soon}|right now], [the basket|the shelf|the stockroom] is [emptying fast|half \
empty|nearly bare]!
[ten|twenty|thirty] people are looking at {them} [this minute|right now|as you read]!
# minimal
{where}. enough.
{when}, {where}.
seen {where}.
[one|same|good] [day|hour|morning], {where}.
{when}. no plan.
{where}, [at ease|unhurried|as is].
[quiet|calm|bright|empty|long] {place_word}.
[white|bare|plain] [wall|table|room|light].
[open|close] the [door|window|drawer].
fewer [words|things|worries|steps|knobs|loose ends|detours].
less [noise|clutter|doubt|rush|weight|glare|talk].
one [breath|step|minute|look].
# playful
{person} saw {them} {where} {when} and [walked into a door|forgot their own name|dropped a \
sandwich].
{when}, {where}, [a pigeon|a poodle|a statue] [winked at us|nodded slowly|blushed].
we asked {person} {when}, and the answer was [a squeal|a happy dance|a cartwheel].
{person} has been [humming|grinning|skipping] since {when_day}, [no idea why|go figure].
legend has it {person} [traded|swapped] [a canoe|a tuba|a cactus] for {them} {where}.
[our intern|our accountant|our goldfish|our plumber] tried to [hide|hug|marry|interview] {them} \
{when}.
if [found|lost] {where}, please [return {them} to|don't tell|high-five] {person}.
# expert
[one|our second|our third|the most critical] tester used {them} {where_used} for \
[three|four|six] days.
[on day two|after a week|in round three|at the end], [scores|ratings] [stayed level|rose \
slightly|matched].
[seven|eight|nine] of ten [criteria|checks|ratings] were [fulfilled|met|passed] [in full|without \
remarks].
our [checklist|protocol] has [twelve|fifteen|twenty] points; {they} met [nearly all|all but one].
we [noted|logged] the results {where_used} [twice|daily|by hand], and they [agreed|matched].
compared with the [runner-up|cheapest rival|class average], {they} did \
[clearly|visibly|slightly] better.
a [blind|repeat|side-by-side] [trial|comparison|check] [{when}|in week two] \
[confirmed|supported] this.
# story
{when}, {where_calm}, {person_s} [waved|smiled|stopped|looked up], and {she} waved back.
{person_s} [asked|wondered aloud] what had changed, and {she} only [shrugged|smiled|winked].
{where_calm}, someone was [humming|laughing|whistling], and {she} [slowed down|listened].
the [clock|church bell|kitchen timer|kettle] [rang|called|sang], but {she} was [elsewhere|in no \
hurry].
[a cat|a boy with a kite|an old couple|a yellow bus] went by, and {who} [took it as a sign|laughed].
it was [nearly dark|almost noon|still early], and the air smelled of [rain|bread|lilacs].
{who} [hummed|whistled|sang] [an old tune|the wrong words|something from the radio] all the way \
home.
[later|that night|the next day], {she} wrote to {person_s}: [you were right|come soon|I found it].
# livestream
shout-out to [Anna|Jo|Kim|Ben|Lucy|Marco|Dee|Sam] in the chat, [welcome|I see you|love that]!
[two|three|five|nine] hundred [of you|people|viewers] here {when_live}, [wow|I can't believe \
it|amazing]!
{person} [bought|grabbed|ordered] {them} {when} and [called me right away|wants another|is so \
happy]!
[Anna|Kim|Leo|Dee|Marco] asks [about shipping|for a close-up], [yes, coming|hold on|here you go]!
only [forty|thirty|twenty|sixty|a dozen] left [on my screen|in the back], [quick|move, move|go]!
I showed {them} to {person} {where} {when}, and [instant yes|big eyes|sold on the spot]!
[camera two|producer|team], [come closer|zoom in|a bit to the left], show [this|the detail|it]!
[one more time|again|slowly now] for [everyone who just joined|the new faces]!
"""
)
