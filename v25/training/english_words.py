"""Words for styles and lengths in English commands, and what people add that asks for nothing."""

from __future__ import annotations

STYLE_PLACES: dict[str, tuple[str, ...]] = {
    "social": ("Instagram", "TikTok", "social media", "my Instagram", "our social media"),
    "promotion": ("a flash sale", "a sale", "a promotion", "our sale", "the sales page"),
    "livestream": ("a livestream", "a live stream", "live shopping", "my livestream"),
    "expert": ("an expert review", "a review", "a professional review"),
}
CHANNELS: dict[str, tuple[str, ...]] = {
    "social": ("Instagram", "TikTok", "social media"),
    "livestream": ("the livestream", "a live stream"),
}
STYLE_ADJECTIVES: dict[str, tuple[str, ...]] = {
    "social": ("social media", "Instagram", "TikTok"),
    "premium": ("premium", "luxury", "high-end", "upscale", "elegant"),
    "promotion": ("promotional", "sale", "flash sale", "promotional"),
    "minimal": ("minimal", "minimalist", "clean", "simple"),
    "playful": ("playful", "fun", "funny", "cheeky", "cute"),
    "expert": ("expert", "professional", "expert review", "review"),
    "story": ("storytelling", "narrative", "story"),
    "livestream": ("livestream", "live-stream", "live stream", "live shopping"),
}

LENGTHS: dict[str, tuple[str, ...]] = {
    "short": (
        "keep it short",
        "make it short",
        "one line is enough",
        "keep it brief",
        "short and to the point",
        "just one or two sentences",
        "not too long",
        "as short as possible",
        "keep it snappy",
        "make it snappy",
        "short one please",
        "twenty words at most",
        "nothing long",
        "just a sentence or two",
        "short and punchy",
        "super short",
        "make it quick to read",
        "people don't read much, keep it short",
    ),
    "medium": (
        "medium length",
        "not too short, not too long",
        "a few sentences",
        "normal length",
        "average length",
        "something of medium length",
        "neither short nor long",
    ),
    "long": (
        "make it long",
        "I want a long text",
        "go into detail",
        "make it detailed",
        "write a full paragraph",
        "take your time, make it long",
        "the longer the better",
        "a long version",
        "a longer text",
        "tell the whole thing in detail",
        "give it plenty of detail",
        "I need a lot of text",
        "it can be long",
        "don't hold back, make it long",
        "really go into detail",
    ),
}
LENGTH_WORDS: dict[str, tuple[str, ...]] = {
    "short": ("short", "brief", "one line", "short text", "keep it short", "snappy", "very short"),
    "medium": ("medium length", "normal length", "a few sentences", "average length"),
    "long": ("long", "detailed", "long version", "long text", "make it long", "in detail"),
}
LENGTHS_EACH: dict[str, tuple[str, ...]] = {
    "short": ("keep them short", "keep each one short", "short ones please", "make them brief"),
    "medium": ("all of medium length", "each of normal length", "a few sentences each"),
    "long": ("make them long", "make each one detailed", "long ones please", "all in detail"),
}
"""What is said of several copies."""

SIZED: dict[str, tuple[str, ...]] = {
    "short": ("short", "short", "snappy", "brief", "very short"),
    "medium": ("medium-length", "normal-length"),
    "long": ("long", "long", "detailed", "longer"),
}
"""What stands before "version" to say the length."""

REASONS = (
    "it's for our online shop",
    "it goes live tonight",
    "we launch tomorrow",
    "it's for the new catalog",
    "I need to post it today",
    "it should make people click",
    "thanks",
    "thank you",
    "thanks a lot",
    "it's going on the product page",
    "make it count",
    "no buzzwords please",
    "surprise me",
    "I trust you",
    "no clichés please",
    "make me proud",
    "nothing cheesy",
    "the launch is on Friday",
    "it's for the shop window",
    "it's for our newsletter",
    "I'll pick what works",
    "you know best",
    "cheers",
    "thx",
    "go",
    "we need more clicks",
    "the old text was boring",
    "it's for the website",
    "keep it honest",
    "let's go",
)

REMARKS = (
    "my boss is waiting",
    "sorry for the rush",
    "I'm on the train",
    "typing on my phone",
    "the photo is a bit dark, sorry",
    "it's Monday and I'm tired",
    "no idea how this works",
    "hope the picture is okay",
    "first time using this",
    "my coffee is getting cold",
    "we did this last week too",
    "the meeting starts soon",
    "don't mind the background",
    "my dog just barked, ignore that",
    "it's raining here",
    "anyway",
    "my break is almost over",
    "I hope this works",
    "my internet is slow today",
    "are you still there",
    "sent from my phone",
    "I asked my colleague first but she's busy",
    "lol",
    "let me know if that's unclear",
    "we're all new at this",
    "my keyboard is broken",
    "sorry, wrong window before",
    "happy Tuesday",
    "not sure if the photo uploaded",
    "the other tool didn't get it",
)
