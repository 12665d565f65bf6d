"""Turns that English copy is made longer with: every one holds a detail of its own.

Each style has more sentences (`extra`), closings, and ways to say a price (`price`, `off`, `deal`)
than its voice alone. `<name>` stands for the alternatives of `DETAILS`; the rest of the notation is
that of `english_loud`.
"""

from __future__ import annotations

DETAILS: dict[str, str] = {
    "person": "[my neighbor|my sister|the barista|my best friend|my cousin|my roommate|my coworker"
    "|my brother|the florist|the guy next door|my old teacher|my landlady|my uncle|the bus driver]",
    "folk": "[your neighbor|a friend|the barista|your sister|a coworker|your roommate|your cousin"
    "|the mail carrier|the bus driver|the librarian|your brother|the florist]",
    "day": "[Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday]",
    "spot": "[the bus stop|the bakery|the bookstore|the station|the elevator|the corner café"
    "|the museum|the flower shop|the market|the bridge|the library|the park]",
    "table": "[the kitchen counter|the balcony table|the windowsill|the cutting board|the top shelf"
    "|the big tray|the picnic blanket|the long table|the stove]",
    "hour": "[this morning|before noon|after eight|around four|at dusk|late at night|before sunrise"
    "|just after seven|at sunset|at half past nine]",
    "num": "[two|three|four|five|six|seven|nine|ten|twelve]",
    "pet": "[the cat|the goldfish|our parrot|the doorman|a passing pigeon|our intern|the toaster"
    "|the neighbor's poodle|the garden gnome|our accountant]",
    "calm": "[at dusk|in the first light|on a still evening|after the last guest|by the window"
    "|on the terrace|in the courtyard|between two appointments|at the end of the day]",
    "soon": "[today|tonight|now|right away|this minute|before noon|before midnight|on the spot]",
    "name": "[Anna|Jo|Kim|Ben|Lucy|Marco|Dee|Sam|Leo|Tara|Nick|Zoe]",
    "memory": "[the rain|the harbor|the old house|the station clock|the kitchen light|the last bus"
    "|the long road|the garden wall|the first snow|the quiet hour|the empty street|the old song]",
}

TURNS: dict[str, str] = {
    "social": """
# extra
<person> [borrowed|spotted|photographed|complimented] my {name} on <day> [and won't stop|twice|\
and I'm still smiling] {e}
[day|week] <num> with {these} {name} and [still obsessed|zero complaints|counting|I'm not over \
it] {e}
my {name} and I have [plans|a thing going|big news] [for <day>|<hour>|this week] {e}
@wear outside <spot> <hour>, and <person> only had eyes for the {name} {e}
@food {name} on <table> <hour>, [that's it, that's the post|phone eats first|no crumbs left] {e}
[asked|told|texted] <person> about {these} {name} and [got|received] <num> [hearts|voice notes|\
yeses] {e}
# close
tell me your {name} [routine|plan|moment] in the comments {e}
[save|bookmark|share] {these} {name} [for <day>|for later|with <folk>] {e}
anyone else [counting on|saving up for|dreaming of] {these} {name} [this week|<hour>]? {e}
# price
{price} for {these} {name}, and [my wallet|my cart|<person>] [agrees|said yes|is smiling] {e}
paid {price} for the {name} [on <day>|<hour>] and I'd [do it again|pay it twice] {e}
# off
the {name} {are} {off} [right now|since <day>|<hour>], so [run|hurry|tell <person>] {e}
# deal
{price} on the {name} [right now|since <day>|<hour>], so [run|hurry|tell <person>] {e}
""",
    "premium": """
# extra
[the light|the room|the conversation] [softened|slowed|grew quieter] <calm>, and {these} {name} \
[seemed|felt] [entirely at home|inevitable|quite enough].
{these} {name} [reward{s}|repay{s}] [the second look|a careful hand|those who wait] [more than \
the first|<calm>|in full|every time].
[a host|a collector|a careful eye|an old friend] would [choose|notice|praise|remember] {these} \
{name} [<calm>|at once|before all others|without a word].
[where|when] [others hurry|trends fade|voices rise], {these} {name} [keep{s} still|hold{s} \
{their} ground|stay{s} composed], [<calm>|and rightly so|as ever].
<calm>, {these} {name} [ask{s} for|require{s}|call{s} for] [silence|attention|little else|good \
company].
[a moment|an hour|an evening] with {these} {name} [rewards|invites|deserves] [patience|stillness|\
a slower pace].
[the hand|the eye|the memory] [returns|lingers|settles] on {these} {name} [<calm>|without being \
asked|as if by habit].
{these} {name} [belong{s}|speak{s}] to [those hours|a way of living|an older idea] that [cannot \
be hurried|needs no audience|values restraint].
one [recognizes|remembers|understands] {these} {name} [<calm>|at a glance|without a label].
<calm>, little is needed beyond {these} {name} and [good light|a quiet room|time|conversation].
@wear [a sleeve|a seam|a fold|an edge] may seem a small matter, until {these} {name} [prove{s} \
otherwise|settle{s} the question].
@food [a single plate|fine linen|a silver spoon|plain porcelain] and {these} {name}: <calm>, \
[nothing is missing|that suffices].
# close
[choose|keep|savor] {these} {name} [<calm>|once|slowly], and [understand|remember|return].
there is [a privilege|a quiet joy|a certain grace] in [knowing|choosing] {these} {name}.
{these} {name}: [a quiet promise|a lasting pleasure|a private joy|a mark of taste], [kept|renewed|\
best discovered] <calm>.
[reserve|choose|discover] the {name} [at your leisure|in your own time|without haste|<calm>].
for [now|those who know|the years to come], {these} {name} [say{s} enough|will do|remain{s}].
the {name} [await{s}|invite{s}] [your hand|your judgment|the connoisseur], [unhurried|quietly|\
<calm>].
# price
the {name}, [offered|presented|available] at {price} [for those who know|to the discerning|\
without ceremony|by request].
at {price}, {these} {name} [remain{s}|represent{s}] [a measured choice|an honest luxury|a \
pleasure well considered].
# off
the {name}, [discreetly|briefly|for our guests|until the month ends] {off}.
# deal
for the {name}, [discreetly|briefly|for our guests|until the month ends]: {price}.
""",
    "promotion": """
# extra
only <num> [boxes|crates|pallets|shelves] of {stock} left [<hour>|right now|as we speak], [so \
move|so be fast|and counting]!
[last week|on <day>|yesterday] the {name} sold out in <num> [hours|minutes|days], [so don't wait|\
be early this time]!
<folk> [grabbed|ordered|snapped up] the {name} [on <day>|<hour>], [your turn|now it's up to you|\
what about you]!
[skip|forget] <num> coffees and {these} {name} [{are} paid for|{are} yours|{are} as good as free]!
your [cart|basket|wish list] and {these} {name} are a [perfect match|done deal|happy pair], so \
[click|say yes|check out] <soon>!
nobody ever [regretted|returned|complained about] {these} {name} at a price like this, ask <folk>!
[the deal|this offer|the discount] on the {name} [ends|is over|closes] [on <day>|<soon>], [no \
extensions|no excuses|set an alarm]!
# close
the {name} [stay{s}|{are} here|{are} yours to grab] [till|only until] [<day>|midnight|<num> \
o'clock], [so run|so click|your move|no encore]!
[grab|get|order|snag] your {name} <soon>, [smile|celebrate|thank us|brag] [later|on <day>|all week]!
[don't let|no way you let] <folk> [get|grab|snag] the last {name}!
[<num> clicks|one tap|one quick order] and the {name} {are} [yours|on the way|in the bag]!
{name} [in the cart|in the bag|secured], [money|cash] [saved|in your pocket], [day|<day>] made!
[hurry|quick|now or never]: the {name} won't [wait|last|be here] [until <day>|past <num> o'clock|\
another day]!
# price
{price} for {these} {name} [until <day>|<soon>|while stocks last], [so grab some|no tricks|so \
hurry]!
the {name} for [just|only] {price}, [beat that|tell <folk>|order <soon>|gone by <day>]!
# off
the {name} {are} {off} [until <day>|<soon>|while stocks last], [so hurry|no tricks|so tell <folk>]!
# deal
on the {name} [until <day>|<soon>|while stocks last]: {price}, [so hurry|no tricks|so tell <folk>]!
""",
    "minimal": """
# extra
[a|one|another] [bare|plain|quiet|sunny|empty] [wall|table|room|yard|step|porch], and the {name}.
[wake up|come home|sit down|step out|slow down], [see|find|take|keep] the {name}, [go on|breathe|\
rest|nod].
the {name} on [<day>|a Tuesday|any morning|a slow day], [same|still good|still here|no change].
[no|without] [box|label|story|slogan|speech] [needed|to read|to learn], just the {name}.
{these} {name} and [you|rain|sun|time|<day>], [that's enough|nothing more|in peace|well matched].
the {name}, [a chair|a table|a window|an open door|a shelf|a clear sky], [enough|calm|good|and \
silence].
[one|this] [room|morning|street|hour], {these} {name}, [nothing louder|no rush|no questions|\
that's all].
{these} {name} [ask{s} little|fit{s} in|stay{s}|need{s} no reason|say{s} it all].
[<day>|<calm>|any day], the {name} [suffice{s}|help{s}|make{s} sense|stay{s} the same].
[look|think|choose] [once|twice|slowly], [keep|trust|take] the {name}.
[people|trends|moods|plans|fashions] [come and go|change|drift by]. the {name} stay{s}.
<num> [reasons|words|thoughts|plans|worries] fewer, [and {these} {name}|{these} {name} instead|\
still {these} {name}].
# close
[from here on|as of <day>|for once|in the end], the {name}: [easy|settled|enough|yours].
the {name}, [then quiet|and rest|full stop|and go].
[keep|take|choose] {these} {name}. [done|good|that's it].
[<day>|<calm>|tomorrow], again {these} {name}.
# price
the {name}, {price}. [fair|plain|done|simple as that].
[just|only] {price} for {these} {name}.
# off
the {name}, {off}. [for now|today|until <day>].
# deal
the {name}: {price}. [for now|today|until <day>].
""",
    "playful": """
# extra
<pet> [saluted|winked at|proposed to|composed a song for|bowed to] {these} {name} [<hour>|on \
<day>|twice].
rumor has it the {name} [beat|outsmarted|outdanced] <pet> at [chess|karaoke|hide-and-seek|arm \
wrestling] on <day>.
{these} {name} [wrote|wrote us|left] a note: [back soon|feed <pet>|gone dancing|you're welcome|\
call me].
[ask|blame|quote] <pet>, but [nothing|nobody|not even cake] cheers up a <day> like {these} {name}.
we [taught|told|bribed] <pet> to ignore the {name}, and it took [<num> seconds|one look|no time] \
to fail.
if <day> had a [mascot|theme song|secret weapon], it would be {these} {name}.
we tried life without {these} {name} for <num> [minutes|blinks|hiccups], [never again|zero stars|\
and cried].
[scientists|grandmas|pirates|wizards] agree: {name} first, [taxes|chores|emails|laundry] [later|\
on <day>|never].
# close
[quick|psst|go on], before <pet> [finds|steals|hugs|marries] your {name}!
[adopt|rescue|hug|high-five] {these} {name} [today|before <day>|while nobody's looking|with <pet>]!
[the end|roll credits|curtain], [starring|thanks to|sponsored by] {these} {name} and <pet>.
{these} {name} [plus|and] you: [a buddy movie|a sitcom|trouble|a plan|a duet], [coming|starting] \
<day>!
# price
{price} for the {name}, and <pet> [fainted|cheered|wants two|said keep the change].
for {price} the {name} [move{s} in|follow{s} you home|{are} yours], [no strings|snacks not \
included|<pet> is jealous].
# off
the {name} {are} {off} and <pet> [fainted|cheered|wants two|is doing cartwheels].
# deal
{price} on the {name}, and <pet> [fainted|cheered|wants two|is doing cartwheels].
""",
    "expert": """
# extra
[tester|panelist|reviewer] <num> [noted|wrote|remarked] on the {name}: "[no complaints|better \
than expected|would buy again|solid throughout|nothing to fault]."
[under|in] [daylight|low temperatures|everyday conditions|repeated use|close inspection], the \
{name} [showed|revealed] [no defects|no weaknesses|consistent results|even quality].
[day|week|round] <num> [brought|produced|gave us] [no surprises|the same figures|a clear picture] \
for {these} {name}.
[before|after] [scoring|the blind trial|the final vote], <num> [testers|editors|colleagues] \
[guessed|named|picked] the {name} as [the favorite|the best of the group|the safest choice].
we [weighed|compared|inspected|re-checked] {these} {name} on <num> [days|occasions|counts], with \
[equal results|little variation|no deviation].
<num> of our [testers|editors|readers|judges] [rated|ranked|placed] the {name} [first|above \
average|among the best|highly].
against <num> [rivals|alternatives|competitors], {these} {name} [held up well|lost no points|\
stayed ahead|scored evenly].
in round <num>, the {name} [improved|matched the first score|showed no change|remained consistent].
[our notes|the data|the score sheets] from [<day>|week one|week two|the final round] [support|\
back up|confirm] the case for {these} {name}.
had we [repeated|extended|shortened] the trial by <num> days, the {name} would [rank|score|stand] \
[the same|no lower|just as well].
[critics|skeptics|two of our editors] [expected less|had doubts|asked for proof]; {these} {name} \
[answered|convinced them|delivered] [by <day>|in round <num>|without delay].
@wear seams, fabric and finish of the {name} earned <num> [positive notes|full marks|check marks].
@food appearance and aroma of the {name} earned <num> [positive notes|full marks|check marks].
# close
[rating|score|result] for {these} {name} after <num> rounds: [recommended|very good|convincing|a \
clear yes].
<num> [testers|editors|panelists] in favor, [one undecided|none against|no reservations]: {these} \
{name} [{are} recommended|earn{s} our seal|deserve{s} the vote].
[final score|overall rating|our verdict] for the {name}: [nine of ten|full marks|<num> votes for, \
none against|<num> points above average|clearly positive|very good].
we would [choose|recommend|shortlist|buy] {these} {name} [again|with confidence|over <num> rivals|\
without hesitation].
[conclusion|summary|in a sentence]: {these} {name} [deserve{s} a place|merit{s} attention|earn{s} \
the purchase|meet{s} our standard].
# price
at {price}, {these} {name} [offer{s}|represent{s}|give{s}] [fair|good|convincing|above-average] \
value [in this class|against <num> rivals|by our scale].
[we paid|current price|shelf price]: {price} for the {name}, [justified|acceptable|a good figure|\
well spent] [on all counts|in our view|given the scores].
# off
with the {name} {off}, [value|the ratio|our rating] [improves|rises|climbs] [clearly|by <num> \
points|once more].
# deal
with {price} on the {name}, [value|the ratio|our rating] [improves|rises|climbs] [clearly|by \
<num> points|once more].
""",
    "story": """
# extra
<hour>, [with|despite|after] <memory>, {who} [thought of|looked for|reached for|smiled at] \
{these} {name}.
{she} [remembered|described|could still see] <memory> and [the {name} beside {him}|how the {name} \
had been there|what {she} had said that <day>].
on <day>, {who} [set the {name} down|paused|stood still] and [listened to the rain|watched the \
street|counted to <num>|said nothing].
[the letter|a voice|a song|the wind] [spoke of|brought back] <memory>, and {who} [held on to the \
{name}|let the moment pass|laughed|closed {her} eyes].
between {these} {name} and <memory>, there was [a whole year|one long <day>|everything {she} \
loved|a promise].
<num> [years|months|streets] later, {she} [still thought of|could still see|never forgot|still \
dreamed of] <memory>.
[nobody|not even {who}|no one in town] knew why {these} {name} [mattered|came first|made {him} \
smile], [least of all on a <day>|and nobody asked|but they did].
# close
and [<hour>|that <day>|from then on], {who} [spoke of|chose|smiled at|remembered] {these} {name}.
[perhaps|maybe|they say] [it all|the whole tale|everything] [began|started] with {these} {name}, \
[quietly|<hour>|on a <day>].
{who} [went home|turned the corner|closed the door], and [<memory>|the {name}|the evening] \
[stayed behind|came along|was enough].
# price
{price} for the {name}, and {who} [paid with a smile|counted twice|thought of <memory>|never \
looked back].
it was a <day>, the {name} cost {price}, and {she} [said yes|would pay it again|knew at once].
# off
on that <day> the {name} {were} {off}, and {who} [took it as a sign|laughed out loud|ran the \
whole way].
# deal
"{price}," the sign beside the {name} said, and {who} [took it as a sign|laughed out loud|ran the \
whole way].
""",
    "livestream": """
# extra
<name>, [you asked|I heard you|for you], here {are} the {name} [from the left|once more|in the \
light|up close], [okay|chat|everyone], [happy|better|see]?
<name> from the chat [wants|asks|begs] to see the {name} [again|up close|from the side], [okay|\
here you go|of course], [look|love you|watch this]!
<num> [hundred|dozen] of you have the {name} in the cart, [what are you waiting for|check out|I \
see you], [go|chat|team]!
[hold on|wait|one second], <name> says the {name} [sold out|is live|went through] [in <num> \
seconds|on <day>|twice], [wow|unreal|I love it]!
hello <name>, hello <name>, [welcome|glad you made it|sit down], we're [looking at|talking about|\
all about] {these} {name}!
[my mom|our cameraman|the producer|my best friend|the makeup artist] [took|kept|hid|asked for] \
<num> and [won't share|I get it|now I know why], everyone!
<num> [more|people|orders] [in|since] [a minute|that song|<name> joined], the {name} {are} \
[moving|on fire|flying out], [hurry|chat|wow]!
[type|drop|give me] <num> [hearts|stars|claps] if {these} {name} [made your day|{are} for you|\
belong{s} in your home]!
# close
<name>, <name>, [everyone|chat|team], {name} [in the cart|on the way|secured], [go|thank you|see \
you <day>]!
<num> [seconds|more orders|left] and the {name} [leave{s} the stage|{are} off the table|go{es} \
away], [tap|quick|run]!
[last call|final round|one more time] for the {name}, [<name>|chat|everyone], [link|cart|\
checkout] <soon>!
# price
{price} for {these} {name}, [<name>|chat|everyone], [not <num> times that|only tonight|until I \
count to <num>]!
the {name}, {price}, [screenshot|tap|shout|pin] it, [<name>|chat|team], [it ends <soon>|go|no joke]!
# off
the {name} {are} {off}, [<name>|chat|everyone], [for <num> minutes|only tonight|until I count to \
<num>]!
# deal
{price} on the {name}, [<name>|chat|everyone], [for <num> minutes|only tonight|until I count to \
<num>]!
""",
}

CLAUSES = """
<folk> [keeps asking|will ask|wants to know] where you found {them}
you'll [pick|choose|reach for|think of] the {name} [before anything else|again on <day>|<num> \
times a week|without a second thought]
even <folk> [approves|was convinced|has nothing to add|asked for more]
<num> [days|weeks|tries] later you still [notice|appreciate|talk about] it
your <day> [gets|feels] [easier|shorter|brighter|a little better]
the {name} earn{s} {their} place [by <day>|within a week|from the first minute|<num> times over]
<folk> will [borrow the idea|take notes|notice first|be next]
{these} {name} make{s} [it look easy|the choice easy|<day> worth it|sense at once]
you'll [tell <folk>|smile about it on <day>|stop looking around|thank yourself by <day>]
"""
"""Clauses that suit any selling point on any product."""
