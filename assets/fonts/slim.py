"""Makes the fonts of this folder from the originals: python3 slim.py FOLDER_WITH_THE_ORIGINALS (fontTools 4.68).

Every character of the originals stays, with the forms of names that a selector asks for (異体字セレクタ). What a print does not need goes: instructions for screens of low resolution,
vertical writing, alternate forms. The 1 gets the width of the other digits, so that figures stand below each other.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

NAMES = [0, 1, 2, 4, 6]
SELECTORS = [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]


def slim(original: Path, made: Path) -> None:
    font = TTFont(original)
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables = ["GSUB", "GPOS", "GDEF", "BASE", "DSIG", "vhea", "vmtx", "gasp", "meta", "VORG"]
    options.name_IDs = NAMES
    options.name_languages = [0x409]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[*font.getBestCmap(), *SELECTORS])
    subsetter.subset(font)
    widen_the_one(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(made)


def widen_the_one(font: TTFont) -> None:
    digits = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
    one = digits[1]
    (width,) = {font["hmtx"][digit][0] for digit in digits if digit != one}
    narrow, bearing = font["hmtx"][one]
    shift = (width - narrow) // 2
    font["glyf"][one].coordinates.translate((shift, 0))
    font["glyf"][one].recalcBounds(font["glyf"])
    font["hmtx"][one] = (width, bearing + shift)


if __name__ == "__main__":
    for weight in ["Regular", "Bold"]:
        name = f"BIZUDPGothic-{weight}.ttf"
        slim(Path(sys.argv[1]) / name, Path(__file__).parent / name)
