"""Write confusion.tsv: counted neighbours of characters and weights, by which `confusion` tells a wrong character.

    python -m venv /tmp/v && /tmp/v/bin/pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1
    /tmp/v/bin/python rulesets/wording/make_confusion.py CORPUS

CORPUS is a folder of JSON Lines files whose records have an `id` and a `text`. Counted were 5.4 million characters of
published Chinese text: laws and regulations, reports and documents of governments, news, an encyclopaedia, posts. What
ships are figures: which two characters stand side by side at least PAIR times, and for three characters 24 bits of a
hash of those that do so TRIPLE times, each with the size of its count; and how often each character makes no word of
two with a neighbour. No sentence can be rebuilt from them.

The weights are those of a logistic regression that tells characters put in by this script, each for one of the same
sound, a confused sound or a like shape (sounds.tsv, shapes.tsv), from the characters of the corpus. While it learns,
each document is judged by the counts of the others. No text with marked errors enters.
"""
import base64
import collections
import json
import pathlib
import sys
import zlib

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

HERE = pathlib.Path(__file__).parent
PAIR, TRIPLE, LETTER = 5, 6, 8
TOP = 7
# What more characters than this share makes no two alike.
ALIKE = 20
FOLDS = 4
NONE = 0x7FFF
FIRST, COUNT = 0x4E00, 0x5200
# Never the wrong character: they stand alone so often. Never the right one: they fit nearly everywhere.
FREE_WRONG = (
    "的地得第及或它他她仍也可这那你我暨了着过和与并对是在为以时有共就都而其之于被把从到向由等个们不"
    "很更最又再还已将要会能但且则所让使给跟同若如因当每各该此某两一二三四五六七八九十百千万亿年月日中"
)
FREE_RIGHT = "的第人一和以有个或且也不是二三四五六七八九十两千万亿年月为及"
SOUND, BLURRED, SHAPE = range(3)
# What a character costs beside words of two to four, in the search for the words of a window.
ALONE, COSTS = 30, {2: 45, 3: 50, 4: 50}
STEP, LEAST, MOST = 3, -12, 24
SCALE = 100
FEATURES = {
    "wrong-left": 3, "wrong-right": 3, "wrong-letter": 8, "left": 8, "right": 8, "before": 8, "around": 8, "after": 8,
    "letter": 8, "words": MOST - LEAST + 1, "likeness": 3, "begins": 2, "ends": 2, "word-before": 2, "word-after": 2, "wrong-lone": 8,
    "wrong-left*wrong-right": 9, "left*right": 16, "before*around": 16, "around*after": 16, "wrong-letter*likeness": 24,
    "wrong-lone*likeness": 24,
}


def level(count, least):
    """0 below `least`, then one more for each factor of four."""
    size = np.floor(np.log2(np.maximum(count, least) / least) / 2 + 1e-9) + 1
    return np.where(count >= least, np.minimum(TOP, size), 0).astype(np.int64)


def numbers(text):
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64) - FIRST
    return np.where((codes < 0) | (codes >= COUNT), NONE, codes)


def char(number):
    return chr(FIRST + number)


def triple_key(a, b, c):
    key = (a.astype(np.uint64) << 30) | (b.astype(np.uint64) << 15) | c.astype(np.uint64)
    return ((key * np.uint64(0x9E37_79B9_7F4A_7C15)) >> np.uint64(40)).astype(np.int64)


def pair_key(a, b):
    return a << 15 | b


class Levels:
    """The levels of what was counted often enough."""

    def __init__(self, keys, least):
        keys, counts = np.unique(keys, return_counts=True)
        # Two triples of one hash are one from here on: their counts have been added up.
        self.keys, self.levels = keys[counts >= least], level(counts[counts >= least], least)

    def of(self, keys):
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, self.levels[at], 0)


class Figures:
    """What is counted over texts."""

    def __init__(self, texts, lexicon):
        letters = np.bincount(np.concatenate(texts), minlength=NONE + 1)
        letters[NONE] = 0
        self.letters = level(letters, LETTER)
        self.counts = letters
        lone = np.bincount(np.concatenate([text[is_lone(lexicon, text)] for text in texts]), minlength=NONE + 1)
        halvings = np.floor(np.log2((lone + 0.5) / (letters + 5))).astype(np.int64)
        self.lone = np.where(self.letters > 0, np.clip(halvings + TOP + 1, 0, TOP), 0)
        known = self.letters > 0
        known[NONE] = True
        pairs, triples = [], []
        for text in texts:
            a, b = text[:-1], text[1:]
            pairs.append(pair_key(a, b)[((a != NONE) | (b != NONE)) & known[a] & known[b]])
            a, b, c = text[:-2], text[1:-1], text[2:]
            triples.append(triple_key(a, b, c)[(b != NONE) & ((a != NONE) | (c != NONE))])
        self.pairs = Levels(np.concatenate(pairs), PAIR)
        self.triples = Levels(np.concatenate(triples), TRIPLE)


def is_lone(lexicon, text):
    """Whether each character makes no word of two with a neighbour."""
    left, right = np.concatenate([[NONE], text[:-1]]), np.concatenate([text[1:], [NONE]])
    return (text != NONE) & ~lexicon.holds(left, text) & ~lexicon.holds(text, right)


def table(name):
    for line in (HERE / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def blurred(reading):
    return reading.replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("ng", "n")


def confusions():
    """For each character those it is taken for, each with the likeness: where they start, the characters, the likenesses."""
    alike = collections.defaultdict(dict)
    groups = [collections.defaultdict(str) for _ in range(3)]
    for reading, *chars in table("sounds.tsv"):
        groups[SOUND][reading] += "".join(chars)
        groups[BLURRED][blurred(reading)] += "".join(chars)
    for number, (_, chars) in enumerate(table("shapes.tsv")):
        if len(chars) <= ALIKE:
            groups[SHAPE][number] = chars
    for likeness, named in enumerate(groups):
        for chars in named.values():
            for one in chars:
                for other in chars:
                    if one != other:
                        alike[ord(one) - FIRST].setdefault(ord(other) - FIRST, likeness)
    rows = [alike.get(number, {}) for number in range(NONE + 1)]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    flat = [pair for row in rows for pair in row.items()]
    return starts, np.array([other for other, _ in flat]), np.array([likeness for _, likeness in flat])


class Lexicon:
    def __init__(self):
        words = {2: [], 3: [], 4: []}
        for _, *cells in table("lexicon.tsv"):
            for tail, cell in zip((1, 2, 2, 3, 3, 3, 3), cells):
                for group in filter(None, cell.split(" ")):
                    codes = [ord(one) - FIRST for one in group]
                    for at in range(1, len(codes), tail):
                        key = codes[0]
                        for code in codes[at : at + tail]:
                            key = key << 15 | code
                        words[tail + 1].append(key)
        self.words = {length: np.unique(np.array(keys)) for length, keys in words.items()}

    def holds(self, *chars):
        key = chars[0]
        for one in chars[1:]:
            key = key << 15 | one
        words = self.words[len(chars)]
        at = np.minimum(np.searchsorted(words, key), len(words) - 1)
        return (words[at] == key) & np.logical_and.reduce([one != NONE for one in chars])

    def cost(self, figures, window):
        """What the cheapest words cost that the windows are made of."""
        costs = [np.zeros(len(window), np.int64)]
        for end in range(1, window.shape[1] + 1):
            last = window[:, end - 1]
            alone = np.where(last == NONE, 0, ALONE + 4 * np.maximum(0, 6 - figures.letters[last]))
            best = costs[-1] + alone
            for length, cost in COSTS.items():
                if length <= end:
                    word = self.holds(*window[:, end - length : end].T)
                    best = np.where(word, np.minimum(best, costs[end - length] + cost), best)
            costs.append(best)
        return costs[-1]


def around(text, places):
    """Nine characters, the one at each place in the middle; nothing is left of a mark on the left nor right of one on the right."""
    padded = np.pad(text, 4, constant_values=NONE)
    window = np.stack([padded[places + at] for at in range(9)], 1)
    for at in (3, 2, 1, 0):
        window[:, at] = np.where(window[:, at + 1] == NONE, NONE, window[:, at])
    for at in (5, 6, 7, 8):
        window[:, at] = np.where(window[:, at - 1] == NONE, NONE, window[:, at])
    return window


def one_of(chars):
    flags = np.zeros(NONE + 1, bool)
    flags[[ord(one) - FIRST for one in chars]] = True
    return flags


WRONG, RIGHT = one_of(FREE_WRONG), one_of(FREE_RIGHT)


def triples_around(figures, window, middle):
    a, b, d, e = window[:, 2], window[:, 3], window[:, 5], window[:, 6]
    return [figures.triples.of(triple_key(*three)) for three in ((a, b, middle), (b, middle, d), (middle, d, e))]


def doubtful(figures, lexicon, confused, text):
    """Places, what may stand there instead, and the values of the features."""
    left, right = np.concatenate([[NONE], text[:-1]]), np.concatenate([text[1:], [NONE]])
    beside = figures.pairs.of(pair_key(left, text)) + figures.pairs.of(pair_key(text, right))
    places = np.nonzero(is_lone(lexicon, text) & ~WRONG[text] & (beside <= 2) & ((left != NONE) | (right != NONE)))[0]
    window = around(text, places)
    places = places[sum(triples_around(figures, window, text[places])) == 0]
    starts, others, likenesses = confused
    lengths = starts[text[places] + 1] - starts[text[places]]
    row = np.repeat(np.arange(len(places)), lengths)
    at = np.repeat(starts[text[places]] - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
    other, likeness = others[at], likenesses[at]
    known = (
        (figures.letters[other] > 0)
        & ~RIGHT[other]
        & (figures.pairs.of(pair_key(left[places][row], other)) > 0)
        & (figures.pairs.of(pair_key(other, right[places][row])) > 0)
    )
    place, other, likeness = places[row[known]], other[known], likeness[known]
    window = around(text, place)
    triples = triples_around(figures, window, other)
    known = sum(triples) > 0
    place, other, likeness, window = place[known], other[known], likeness[known], window[known]
    return place, other, values(figures, lexicon, window, other, likeness, [one[known] for one in triples])


def values(figures, lexicon, window, other, likeness, triples):
    changed = window.copy()
    changed[:, 4] = other
    wrong, left, right = window[:, 4], window[:, 3], window[:, 5]
    saved = lexicon.cost(figures, window) - lexicon.cost(figures, changed)
    found = {
        "wrong-left": figures.pairs.of(pair_key(left, wrong)), "wrong-right": figures.pairs.of(pair_key(wrong, right)),
        "wrong-letter": figures.letters[wrong],
        "left": figures.pairs.of(pair_key(left, other)), "right": figures.pairs.of(pair_key(other, right)),
        "before": triples[0], "around": triples[1], "after": triples[2],
        "letter": figures.letters[other], "words": np.clip(saved // STEP, LEAST, MOST) - LEAST, "likeness": likeness,
        "begins": left == NONE, "ends": right == NONE,
        "word-before": lexicon.holds(window[:, 2], left), "word-after": lexicon.holds(right, window[:, 6]),
        "wrong-lone": figures.lone[wrong],
    }
    for name, size in FEATURES.items():
        one, star, two = name.partition("*")
        if star:
            width = FEATURES[two] if FEATURES[two] <= 3 else 4
            rows = size // width
            found[name] = np.minimum(found[one], rows - 1) * width + np.minimum(found[two], width - 1)
    return np.stack([found[name].astype(np.int64) for name in FEATURES], 1)


def one_hot(rows):
    offsets = np.concatenate([[0], np.cumsum(list(FEATURES.values()))])
    columns = (rows + offsets[:-1]).ravel()
    shape = (len(rows), offsets[-1])
    return scipy.sparse.csr_matrix((np.ones(len(columns)), columns, np.arange(0, len(columns) + 1, len(FEATURES))), shape)


def learn(slips, sound):
    answers = np.repeat([1, 0], [len(slips), len(sound)])
    model = LogisticRegression(C=0.05, max_iter=300).fit(one_hot(np.concatenate([slips, sound])), answers)
    weights = np.round(model.coef_[0] * SCALE).astype(np.int64)
    ends = np.cumsum(list(FEATURES.values()))
    return np.split(weights, ends[:-1]), int(round(model.intercept_[0] * SCALE))


def score(rows, weights, base):
    return base + sum(one[rows[:, at]] for at, one in enumerate(weights))


def corrupted(text, figures, confused, random):
    """The text with every fortieth character or so put wrong, and where."""
    starts, others, likenesses = confused
    copy, places, last = text.copy(), [], -9
    for place in np.nonzero((text != NONE) & (random.random(len(text)) < 1 / 40))[0]:
        own = slice(starts[text[place]], starts[text[place] + 1])
        if place - last < 6 or own.start == own.stop:
            continue
        share = np.array([0.75, 0.12, 0.13]) / np.maximum(1, np.bincount(likenesses[own], minlength=3))
        share = share[likenesses[own]] * np.sqrt(figures.counts[others[own]] + 0.01)
        copy[place] = random.choice(others[own], p=share / share.sum())
        places.append(place)
        last = place
    return copy, np.array(places)


def read(corpus):
    for path in sorted(pathlib.Path(corpus).glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            yield record["id"], np.concatenate([numbers(record["text"]), [NONE]])


def train(documents, lexicon, confused):
    random = np.random.default_rng(1)
    folds = [[text for name, text in documents if zlib.crc32(name.encode()) % FOLDS == fold] for fold in range(FOLDS)]
    slips, sound, put = [], [], 0
    for number, fold in enumerate(folds):
        figures = Figures([text for other in range(FOLDS) if other != number for text in folds[other]], lexicon)
        text = np.concatenate(fold)
        place, _, rows = doubtful(figures, lexicon, confused, text)
        sound.append((place, rows))
        wrong, places = corrupted(text, figures, confused, random)
        put += len(places)
        place, other, rows = doubtful(figures, lexicon, confused, wrong)
        slips.append(rows[np.isin(place, places) & (other == text[place])])
    report(slips, sound, put, sum(len(text) for _, text in documents))
    return learn(np.concatenate(slips), np.concatenate([rows for _, rows in sound]))


def report(slips, sound, put, length):
    """At which score how many alarms are raised, each fold judged by weights of the others."""
    scores, found = [], []
    for fold in range(FOLDS):
        rest = [other for other in range(FOLDS) if other != fold]
        weights, base = learn(np.concatenate([slips[n] for n in rest]), np.concatenate([sound[n][1] for n in rest]))
        place, rows = sound[fold]
        best = collections.defaultdict(lambda: -10**9)
        for at, value in zip(place.tolist(), score(rows, weights, base).tolist()):
            best[at] = max(best[at], value)
        scores += best.values()
        found += score(slips[fold], weights, base).tolist()
    scores.sort(reverse=True)
    for rate in (0.02, 0.05, 0.1, 0.2, 0.3, 0.5):
        least = scores[int(rate * length / 10_000)]
        share = sum(value >= least for value in found) / put
        print(f"{rate} alarms in 10,000 characters: score {least}; of all slips {share:.3f}")


def packed(keys, levels, low):
    """Sorted numbers as distances in Golomb-Rice code with `low` low bits, each with its level in ones and a zero."""
    bits = []
    last = 0
    for key, size in zip(keys.tolist(), levels.tolist()):
        distance, last = key - last, key
        bits.append("1" * (distance >> low) + "0" + format(distance & ((1 << low) - 1), f"0{low}b"))
        bits.append("1" * (size - 1) + "0")
    text = "".join(bits)
    text += "0" * (-len(text) % 24)
    data = int(text, 2).to_bytes(len(text) // 8, "big")
    return base64.b64encode(data).decode()


def write(figures, weights, base):
    letters = sorted(np.nonzero(figures.letters)[0].tolist(), key=lambda one: (-figures.letters[one], one))
    rank = np.zeros(NONE + 1, np.int64)
    rank[letters] = np.arange(1, len(letters) + 1)
    leveled = lambda levels: ["".join(char(one) for one in letters if levels[one] == size) for size in range(TOP, 0, -1)]
    keys = figures.pairs.keys
    places = rank[keys >> 15] << 12 | rank[keys & NONE]
    order = np.argsort(places)
    lines = ["\t".join(["letters", *leveled(figures.letters)]), "\t".join(["lone", *leveled(figures.lone)])]
    for name, numbers, levels, low in (
        ("pairs", places[order], figures.pairs.levels[order], 6),
        ("triples", figures.triples.keys, figures.triples.levels, 7),
    ):
        text = packed(numbers, levels, low)
        head = f"{name}\t{len(numbers)}\t{low}"
        lines += [head] + [f"{name}\t{text[at : at + 120]}" for at in range(0, len(text), 120)]
    lines.append(f"weights\tbase\t{base}")
    for name, values in zip(FEATURES, weights):
        lines.append("\t".join(["weights", name, " ".join(map(str, values.tolist()))]))
    lines += [f"wrong-free\t{FREE_WRONG}"]
    lines.insert(lines.index(f"weights\tbase\t{base}"), f"unfit\t{FREE_RIGHT}")
    head = "# Made by make_confusion.py, which says whence and how, to be read with lexicon.tsv: figures of published texts, weights.\n"
    (HERE / "confusion.tsv").write_text(head + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    documents, lexicon, confused = list(read(sys.argv[1])), Lexicon(), confusions()
    weights, base = train(documents, lexicon, confused)
    write(Figures([text for _, text in documents], lexicon), weights, base)
