"""The English expert-review voice; same sections and notation as `english_loud`."""

from __future__ import annotations

from v25.training.english_grammar import Bank, sections

EXPERT: dict[str, Bank] = sections(
    """
# open
tested: {np}.
test passed: {np}.
[recommended|approved|confirmed] after our test: {np}.
our [short verdict on|review of|test notes on] {the_np}: [very good|positive|convincing].
the results of our test are in: {np}.
from our test lab: {the_np}, checked against [twelve|fifteen|twenty] criteria.
what does our test say about {the_np}? a clear yes.
a closer look, test sheet in hand: {the_np}.
we expected average, then we tested {the_np}.
long-term test: [six|eight|ten] weeks with {the_np}.
the category is crowded, so we tested {the_np} with extra care.
under review: {the_np}.
new in our test program: {the_np}.
[strict|careful] test, [good|clear] outcome: {np}.
in this month's comparison test, {the_np} set{s} the standard.
[five|four|six] testers, one question: how good {are} {the_np}?
a product test can be dull; with {the_np} it was not.
test winner: {np}.
we tested {the_np} for [two weeks|a month|ten days], and the result is [clear|convincing].
in our test, {the_np} [came out|finished] near the top.
verdict first: {the_np} deserve{s} a recommendation.
our test team took a close look at {the_np}.
on the test bench this week: {the_np}.
after [twelve|nine|twenty] test rounds with {the_np}, our notes are short and positive.
for this test, we compared {the_np} with [four|six|eight] rivals in the same class.
test report: {the_np}.
we went into this test skeptical, and {the_np} changed our minds.
how good {are} {these_np}, really? we tested {them} to find out.
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
@self after ten wears and inspections, our test of {the_np} is complete.
@wear we checked seams, fit and finish in our test of {the_np}.
@feet forty kilometers on mixed ground were part of our test of {the_np}.
@food our tasting panel tested {the_np} blind.
@food five tasters, one plate: our test of {the_np}.
@food we checked aroma, texture and taste in our test of {the_np}.
@drink we tested {the_np} chilled and at room temperature.
# point
in our test {they} proved {adj}: {benefit}.
{adj} is not just a claim here; {benefit}.
rated {adj} by [all|three of four|most] testers: {benefit}.
bottom line on this point: {theyre} {adj}, and {benefit}.
we checked the claim twice: {theyre} {adj}, so {benefit}.
noted early and confirmed later: {theyre} {adj}, and {benefit}.
our criterion was simple, {adj} or not; the answer is yes, and {benefit}.
full points here: {adj}, and {benefit}.
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
summary of our findings: {list}.
high marks across the board: {list}.
{list}, and our data agree.
strengths: {list}; weaknesses: hard to find.
{list} under test conditions, and just as convincing in daily use.
# aud
[best suited|well suited|particularly suited] to {aud}, [in our judgment|all things considered].
[target group|suitable for|recommended for]: {aud}.
we would recommend {them} to {fans} in particular.
a sensible choice for {aud}.
with {aud} in mind, we rate {them} highly.
no compromise needed for {aud}.
{aud} will benefit the most, in our view.
our advice for {fans}: worth shortlisting.
# occ
dependable {occ}, [according to our notes|on every trial].
[suitability|usefulness] {for_occ}: [high|very high|confirmed].
our recommendation {for_occ}.
tried {occ}, and convincing there too.
we see {their} best use {for_occ}.
{they} perform{s} reliably {occ}.
a well-founded choice {for_occ}.
for anyone planning ahead {for_occ}, this is a safe pick.
# brand
{brand} [delivers|shows] [consistent|reliable|careful] [workmanship|quality].
[credit|praise] goes to {brand} for [consistency|careful making|honest labeling].
{brand} has clearly done the groundwork.
quality control at {brand} appears to be strict.
{brand} keeps the promise on the label.
{brand} sets a high bar here.
we also looked at how {brand} works, and found no shortcuts.
of the makers we know, {brand} is among the most consistent.
# price
{price} is [a fair|a justified|an appropriate|a competitive] price [for this level|in this \
class|given the results].
[value|price]: {price}, rated [good|very good|fair|convincing].
at {price}, the value is convincing.
price checked: {price}, which is fair for this quality.
for {price}, we found nothing better.
the asking price of {price} is justified.
paid in the shop: {price}, and worth it.
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
we buy what we test, and accept no samples.
the differences are small in this class, but they are real.
our longest discussion was about the half point we did not give.
neither price nor packaging influenced our scores.
we tried to find a weak spot, and failed.
the score sheet shows few gaps.
repeat purchases by our own staff tell the rest.
documentation and labeling are complete.
no tester asked to change the score afterwards.
the result is reproducible, which is rarer than it sounds.
the strengths show in the second week at the latest.
we weighed, compared and took notes.
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
@torso,legs,baby after five washes, we saw no visible change in shape.
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
verdict: clearly above average.
recommended by our team.
our advice: buy.
a place on our short list is certain.
test result: convincing.
verdict: no regrets expected.
we would buy {them} again.
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
