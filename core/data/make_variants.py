"""Write variants.txt: pairs of a traditional, variant or compatibility character and its standard form.

    pip install opencc-python-reimplemented==0.1.7 && python core/data/make_variants.py

Facts from OpenCC's character tables (Apache-2.0) as packed on PyPI and from Unicode's compatibility
decompositions (Unicode licence). Kept: single characters of the Basic Multilingual Plane with one
standard form, that are not themselves in GB 2312 (乾, 著 and the like are words of their own).
Two lines: the characters, sorted, and under each its standard form.
"""
import pathlib
import unicodedata

import opencc


def in_gb2312(char):
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def opencc_pairs():
    folder = pathlib.Path(opencc.__file__).parent / "dictionary"
    for line in (folder / "TSCharacters.txt").read_text("utf-8").splitlines():
        char, _, forms = line.partition("\t")
        forms = forms.split()
        if forms and char not in forms:
            yield char, forms[0]


def compatibility_pairs():
    for point in [*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)]:
        char = chr(point)
        form = unicodedata.normalize("NFKC", char)
        if form != char and len(form) == 1:
            yield char, form


pairs = dict(compatibility_pairs()) | dict(opencc_pairs())
pairs = {c: f for c, f in pairs.items() if not in_gb2312(c)}
for char, form in pairs.items():
    while form in pairs:
        form = pairs[form]
    pairs[char] = form
kept = sorted(c for c, f in pairs.items() if len(c.encode()) == len(f.encode()) == 3)
out = pathlib.Path(__file__).with_name("variants.txt")
out.write_text("".join(kept) + "\n" + "".join(pairs[c] for c in kept) + "\n", "utf-8")
print(len(kept), "pairs")
