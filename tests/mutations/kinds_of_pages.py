"""List faulty lines of a page, each of which must be told, and lines in which nothing is wrong.

A number that a hand typed, by what it hangs on and where it stands; what loads, runs or leads elsewhere.
"""

#: Sentences, with the quantity in many forms.
NUMBERS = (
    "The dose was 5mg a day.", "It took ≈3h to pass.", "It was seen with p=.03 here.", "The two agreed (r=-0.4).", "We asked n≥20 of them.",
    "It rose ×3 in a year.", "It was 3× as high.", "They took 5–10mg at night.", "Some 1,000people took it.", "It was 4/10 people here.",
    "It was 40‰ of them.", "A packet costs €3 there.", "It costs £20 a week.", "It costs $5 each.", "The error was ±2 here.",
    "There was a 3-fold rise.", "A threefold rise was seen.", "About half of users said so.", "One third of them left.", "It is 1 in 10 here.",
    "A dozen people left.", "Several hundred people left.", "It lasts seventy-two hours.", "Two in three said so.", "Nine of ten left.",
    "A quarter of them slept.", "Then XIV patients left.", "It was ¾ of them.", "Only ⑤ people left.", "There were 10^3 cells in it.",
    "There were 1e5 cells in it.", "Only ٣ people left.", "Only ３ people left.", "It was the 2nd of 30 people.", "Men aged 18-65 took it.",
    "The odds were 50/50 there.", "They were there 24/7 for it.", "In all 1500 adults took it.", "In all 2019 adults took it.", "In phase 3 adults slept.",
    "Table 12 adults slept.", "Between 20 and 30 left.", "It was >90 % of them.", "It fell to −4 degrees.", "IC50=12nM in cells.",
    "It held 12mg/kg of lead.", "It was five times as high.", "It doubled in a year.", "They slept twice as long.", "A pair of 2s and 3s left.",
    "Every second adult, 20 in all, slept.", "It was 0.5 of them.", "It was .5 of them.", "Some 10k adults took it.", "About 3M adults took it.",
    "In 12 of 20 it passed.", "It took 3 ½ hours.", "They slept 7-8 h.", "At 38°C it ended.", "They were 20-year-olds.",
    "Over-65s took it, 3 of them.", "The score was 4/5 there.", "It had 99.9% purity.", "One in five said so.", "It weighs 3kg alone.",
    "Half the people left.", "The majority (51) left.", "It was 1:4 in the end.", "Two-thirds of adults left.", "The mean was 3.2±0.4 here.",
)  # fmt: skip
#: Where a number may stand; {} is "41 people".
PLACES = (
    "## Of {}", "See [of {}](chapter.md).", 'See [it](chapter.md "of {}").', "![Of {}](figure.png)", '![Words](figure.png "of {}")',
    "```{{figure}} figure.png\n:alt: Words\n\nOf {}.\n```", "```{{figure}} figure.png\n:alt: Of {}\n\nWords.\n```", "```{{figure}} figure.png\n:alt: Words\n\nWords.\n\nOf {}.\n```",
    "| a |\n| --- |\n| {} |", "```{{table}} Of {}\n| a |\n| --- |\n| b |\n```", "```{{list-table}} Of {}\n* - a\n```", "```{{admonition}} Of {}\nWords.\n```",
    "```{{note}}\nOf {}.\n```", "Words[^a].\n\n[^a]: Of {}.", "Term\n: Of {}.", "Of {}\n: Words.", "> Of {} it was said.", "- Of {}.", "1. Of {}.",
    "It was `of {}` there.", "It was $n = 41$ there.", "$$\nn = 41\n$$", "```\nOf {} in code.\n```", "```{{code-block}} text\n:caption: Of {}\n\nwords\n```",
    "```{{epigraph}}\nOf {}.\n```", "```{{topic}} Of {}\nWords.\n```", "```{{sidebar}} Of {}\nWords.\n```", "```{{glossary}}\nTerm of {}\n  Words.\n```", "```{{glossary}}\nTerm\n  Of {}.\n```",
    "**Of {}** it was said.", "*Of {}* it was said.", "It was {{sup}}`of {}` there.", "It was {{abbr}}`OP (of {})` there.", "```{{rubric}} Of {}\n```", "Of\\\n{} it was said.",
)  # fmt: skip
#: What loads, runs, or leads to another place than an address of the open web. Markdown makes
#: no link of javascript:, vbscript:, data: and file:, but prints them as words.
ACTIVE = (
    "<script>alert('x')</script>", "Words <script src=\"https://example.org/x.js\"></script>.", '<iframe src="https://example.org"></iframe>', '<img src="x" onerror="alert(1)">', '<object data="x.svg"></object>',
    '<embed src="x.svg">', '<form action="https://example.org"><input name="a"></form>', '<svg onload="alert(1)"></svg>', '<meta http-equiv="refresh" content="0;url=https://example.org">', '<base href="https://example.org/">',
    '<link rel="stylesheet" href="https://example.org/x.css">', "<style>@import url(https://example.org/x.css)</style>", '<video src="https://example.org/x.mp4"></video>', '<audio src="https://example.org/x.mp3"></audio>', '<a href="javascript:alert(1)">words</a>', "[words](ftp://example.org/x)", "![Words](https://example.org/x.png)", "![Words](data:image/png;base64,AAAA)", "![Words](//example.org/x.png)", "```{image} https://example.org/x.png\n:alt: Words\n```", "```{figure} https://example.org/x.png\n:alt: Words\n\nWords.\n```",
    "```{raw} html\n<script>x</script>\n```", "```{eval-rst}\n.. raw:: html\n\n   <script>x</script>\n```", "```{eval-rst}\n`words <javascript:x>`_\n```", "```{eval-rst}\n.. image:: https://example.org/x.png\n   :alt: Words\n```", '<p style="background:url(https://example.org/x.png)">words</p>', "<b onclick=x>words</b>", "![](figure.png)", "```{image} figure.png\n```",
)  # fmt: skip
#: Words around a claim's link that are surer than it: {low} is of low certainty.
WORDING = (
    "Rats {{claim}}`press a lever for it <{low}>` always.", "It certainly {{claim}}`makes rats press a lever <{low}>`.", "It is proven that [rats press a lever]({low}) for it.",
    "Rats {{claim}}`press a lever for it <{low}>`, high certainty.", "Kratom {{claim}}`makes rats press a lever <{low}>`.",
)  # fmt: skip
HARMLESS = (
    "In 2019 the law changed.", "On 3 May 2020 it was banned.", "See phase 2 of the plan.", "CYP3A4 and CYP2D6 break it down.", "It is 7-OH that binds.", "One of them was a leaf.", "In the first place it is a tree.",
    "See figure 2 and table 3.", "The years 2011 to 2017 were counted.", "Call {finding:value}`WD-200` it.", "It is {plain}`two` things.", "See [the page](chapter.md) for more.", "Write to <mailto:a@example.org> then.",
    "See <https://example.org/page/12> there.", "![Words](figure.png)", "On the one hand it is a leaf.", "No one knows.", "Some said so, others did not.", "The 1990s saw the first reports.", "It stands in Schedule I of the law.",
)  # fmt: skip
