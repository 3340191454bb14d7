"""Makes ebb-icons.ttf from Lucide's font: the characters that src/app/icon.rs names.

    python3 assets/icons/subset.py path/to/lucide.ttf

Needs fonttools. Ends with an error, and writes nothing, if Lucide's font lacks one.
"""

import re
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
FAMILY = "Ebb Icons"

table = (HERE / "../../src/app/icon.rs").read_text("utf-8")
rows = re.findall(r"""^    \w+ "([a-z0-9-]+)" '\\u\{([0-9a-f]+)\}',$""", table, re.M)
wanted = {int(place, 16): name for name, place in rows}

# Lucide's times are kept: the same source gives the same bytes.
font = TTFont(sys.argv[1], recalcTimestamp=False)
named = font.getBestCmap()
for place, name in wanted.items():
    if place not in named:
        sys.exit(f"{name} (U+{place:04X}) is not in this font")

options = Options()
options.layout_features = []
options.notdef_outline = True
subsetter = Subsetter(options)
subsetter.populate(unicodes=wanted)
subsetter.subset(font)

# Lucide's glyphs begin where their ink does not: without this each stands too far to the left.
for name, (advance, _) in font["hmtx"].metrics.items():
    glyph = font["glyf"][name]
    glyph.recalcBounds(font["glyf"])
    font["hmtx"].metrics[name] = (advance, glyph.xMin)

names = font["name"]
names.names = []
for number, text in {
    0: "Copyright (c) 2026 Lucide Icons and Contributors; parts (c) 2013-present Cole Bemis",
    1: FAMILY,
    2: "Regular",
    3: f"{FAMILY}, a subset of Lucide",
    4: FAMILY,
    5: "Version 1.0",
    6: FAMILY.replace(" ", ""),
    13: "ISC; parts MIT. See LICENSE-Lucide.txt.",
}.items():
    names.setName(text, number, 3, 1, 0x409)

font.save(HERE / "ebb-icons.ttf")
print(f"{len(wanted)} icons")
