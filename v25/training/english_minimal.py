"""The English minimal voice; same sections and notation as `english_loud`."""

from __future__ import annotations

from v25.training.english_grammar import Bank, sections

MINIMAL: dict[str, Bank] = sections(
    """
# open
just {np}.
{the_np}. nothing else.
meet {the_np}.
one idea: {np}.
{the_np}, reduced to what matters.
less noise. {the_np}.
{the_np}. [done right|made simple|as it should be|that's all].
simply {np}.
only {np}.
the essentials: {np}.
this is it: {np}.
{a_np}. enough.
start with {np}.
{the_np}, [plainly|quietly|honestly] good.
no fuss. {a_np}.
all you need: {np}.
pure and plain: {np}.
{a_np}, no more, no less.
back to basics: {np}.
{the_np}. period.
good morning. {a_np}.
one good choice: {np}.
it can be this easy: {np}.
{the_np}, without the extras.
a short list: {np}.
take everything away but {the_np}.
say less. choose {np}.
{the_np}. [no slogan needed|the rest can wait|you have seen enough].
today: {np}.
some things stay: {np}.
{the_np} and a quiet [hour|morning|room].
@wear [getting dressed|the whole plan|today's choice]: {np}.
@wear open the drawer. {a_np}.
@food [on the list|on the table|the whole recipe]: {np}.
@food one plate. {a_np}.
# point
{adj}.
simply {adj}.
{adj}, always.
quietly {adj}.
{adj}. {benefit}.
{adj}: {benefit}.
{adj} by nature.
{adj}. no more words.
purely {adj}.
{adj}, nothing extra.
{adj}, and that's it.
honestly {adj}.
{adj} first.
built on one word: {adj}.
{adj}. you'll notice.
what it comes down to: {adj}.
{adj}, day after day.
{theyre} {adj}. {benefit}.
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
in short: {list}.
{list}. what else?
# aud
[only|simply|always|gladly] for {aud}.
{fans} know.
{fans} first.
{fans} understand.
for {aud}.
made for {aud}.
{fans} need little.
chosen by {fans}.
{fans}, this is yours.
# occ
[good|enough|plenty] {for_occ}.
at hand {occ}.
{for_occ}.
right {occ}.
ready {for_occ}.
all set {for_occ}.
all you need {for_occ}.
# brand
{brand}. [again|as ever|naturally|quietly].
[only|always] {brand}.
by {brand}.
made by {brand}.
{brand}. of course.
simply {brand}.
the name: {brand}.
# price
{price}. [all in|no more|that's all|plainly].
[only|simply] {price}.
[one price|honest price|the price]: {price}.
{price}.
now {price}.
just {price}.
{price}. fair.
# off
{off}. [for now|while it lasts|no catch|plainly].
[for now|right now|this week], {off}.
now {off}.
{off}. today.
simply {off}.
# deal
[right now|this week|for now]: {price}.
{price}. [for now|while it lasts|no catch|plainly].
now: {price}.
today: {price}.
{price}. today.
# extra
nothing to [fix|prove|hide|polish|explain|decode].
[careful|honest|patient] craft.
quiet by [nature|choice|design].
made for [a reason|the everyday|good|keeps].
[look|come|lean] closer.
[no|zero] [frills|slogans|fuss|drama|footnotes|detours|tricks|gimmicks].
calm from [edge to edge|start to end|the first minute].
[one|a single] [use|task|aim|purpose], properly done.
[need|want|waste] less.
any [day|season|weather].
form before [noise|show].
it [simply|quietly|just] works.
say [less|little|nothing extra].
[small|slow|plain|quiet] [joys|mornings|rituals|pleasures].
[shared|tried|seen] once, remembered.
[plain|straight|honest] [talk|facts|answers].
the [table|room|day|week] needs little.
beyond [trends|slogans|seasons], calm.
[first|second|third] [look|day|week], same answer.
it leaves room for [you|thought|the day|quiet].
[nobody|no one] has to shout.
you can stop [looking|comparing|searching|scrolling].
fewer [choices|words|worries|steps|labels|doubts], better days.
[good|right|true] the first time.
it earns its place.
no instructions.
[easy|simple|light] [decisions|choices|days].
[keep|choose|share] what [works|lasts|matters].
no regrets, [today or tomorrow|now or later].
[made|meant] to be [kept|shared|used up].
there is nothing to add.
[easy|calm], on purpose.
trends [fade|pass|end]. this stays.
as calm as [a bare wall|a blank page|an empty road|snow].
less [explaining|choosing|clutter|talk], more living.
a [clear|calm|quiet|steady] [choice|answer|start].
there is a lot to like about little.
no labels shouting.
one good thing.
form, then silence.
less, but better.
every day, again.
keep it simple.
no second thoughts.
good from all sides.
made once, made well.
clear lines, clear head.
take away the rest.
ordinary days, improved.
nothing missing.
you'll know why.
what you see is it.
space to think.
it does one thing. it does it well.
no noise. no hurry.
that's the whole story.
you can count the reasons on one hand.
@wear on a hook, by the door.
@self put on, go.
@wear no logos needed.
@wear one layer, no clutter.
@wear straight seams, honest cut.
@wear from door to door.
@self goes on, stays on.
@wear hang up, reach, repeat.
@wear a [clean|straight|calm] [line|cut|edge].
@wear fold, pack, leave.
@feet left, right, left.
@feet lace up. walk.
@hat on your head, off your mind.
@fruit,veg wash, slice, eat.
@solid from field to table.
@solid one plate, one taste.
@food opened, shared, finished.
@veg salt, if you must.
@solid a knife, a board, done.
@food good ingredients need little.
@food [the table is set|the kettle can wait|the pan is optional].
@food the kitchen goes quiet.
@drink pour, sip, breathe out.
@drink one glass, no ice.
@spoon one bowl, one spoon.
# close
done.
settled.
good.
that will do.
that is plenty.
[now|then] [go|rest|breathe].
enough said.
that's it.
nothing more.
less is plenty.
end of story.
yours.
simple as that.
less is more.
now you know.
it's that simple.
no more words.
and breathe.
"""
)
