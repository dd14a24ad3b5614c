"""Write confusion-words.tsv: weights by which `confusion` tells a word in the place of another of the same sound.

    /tmp/v/bin/python rulesets/wording/make_word_confusion.py CORPUS

After make_confusion.py, which says what CORPUS is, what to install and how it is learned; the figures are those it wrote.
Here a word of two characters is put in the place of another of the same sound (confused sounds taken for one).
"""
import pathlib
import sys

import numpy as np

from make_confusion import NONE, Lexicon, blurred, pair_key, read, stacked, table, train, triple_key, weighed

HERE = pathlib.Path(__file__).parent
# A word that is put right must be counted at this level.
KNOWN = 2
FEATURES = {
    "before": 8, "after": 8, "own": 8, "other": 8, "wrong-left": 8, "wrong-right": 8, "begins": 2, "ends": 2,
    "far-before": 8, "far-after": 8, "joined-left": 2, "joined-right": 2, "wrong-before": 8, "wrong-after": 8, "same": 4,
    "before*after": 16, "own*other": 32,
}


class Words:
    """What is put in the place of a word of two characters."""

    features = FEATURES

    def __init__(self, lexicon):
        self.lexicon = lexicon
        sounds, numbers = np.zeros(NONE + 1, np.int64), {}
        for reading, chars, *_ in table("sounds.tsv"):
            number = numbers.setdefault(blurred(reading), len(numbers) + 1)
            sounds[[ord(char) - 0x4E00 for char in chars]] = number
        self.sounds = sounds
        words = lexicon.words[2]
        words = words[(sounds[words >> 15] > 0) & (sounds[words & NONE] > 0)]
        # In the order of their sounds.
        self.words = words[np.argsort(self.sound(words), kind="stable")]
        self.keys = self.sound(self.words)

    def sound(self, words):
        return self.sounds[words >> 15] << 10 | self.sounds[words & NONE]

    def at(self, text, places):
        return pair_key(text[places], text[places + 1])

    def doubtful(self, figures, text):
        """Places, what may stand there instead, and the values of the features."""
        last = np.full(2, NONE)
        before, left, own, next_, right, after = np.lib.stride_tricks.sliding_window_view(
            np.concatenate([last, text, last]), 6
        ).T
        before, after = np.where(left == NONE, NONE, before), np.where(right == NONE, NONE, after)
        triples, pairs = lambda *three: figures.triples.of(triple_key(*three)), lambda *two: figures.pairs.of(pair_key(*two))
        is_word = self.lexicon.holds(own, next_)
        places = np.nonzero(is_word & (triples(left, own, next_) == 0) & (triples(own, next_, right) == 0))[0]
        known = figures.pairs.of(self.words) >= KNOWN
        words, keys = self.words[known], self.keys[known]
        key = self.sound(pair_key(own, next_)[places])
        start, end = np.searchsorted(keys, key), np.searchsorted(keys, key, "right")
        lengths = end - start
        row = np.repeat(np.arange(len(places)), lengths)
        at = np.repeat(start - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
        places, other = places[row], words[at]
        different = other != pair_key(own, next_)[places]
        places, other = places[different], other[different]
        before, left, own, next_, right, after = (one[places] for one in (before, left, own, next_, right, after))
        first, second = other >> 15, other & NONE
        found = {"before": triples(left, first, second), "after": triples(first, second, right)}
        fits = (found["before"] > 0) | (found["after"] > 0)
        found |= {
            "own": pairs(own, next_), "other": pairs(first, second),
            "wrong-left": pairs(left, own), "wrong-right": pairs(next_, right), "begins": left == NONE, "ends": right == NONE,
            "far-before": triples(before, left, first), "far-after": triples(second, right, after),
            "joined-left": self.lexicon.holds(left, own), "joined-right": self.lexicon.holds(next_, right),
            "wrong-before": triples(before, left, own), "wrong-after": triples(next_, right, after),
            "same": (own == first) * 2 + (next_ == second),
        }
        return places[fits], other[fits], stacked(found, FEATURES)[fits]

    def corrupted(self, figures, text, random):
        """The text with every thirtieth word or so put wrong, and where."""
        copy, places, last = text.copy(), [], -9
        weights = 1.0 + 10 * figures.pairs.of(self.words) ** 2
        is_word = self.lexicon.holds(text[:-1], text[1:])
        for place in np.nonzero(is_word & (random.random(len(text) - 1) < 1 / 30))[0]:
            word = pair_key(text[place], text[place + 1])
            key = self.sound(word)
            own = slice(np.searchsorted(self.keys, key), np.searchsorted(self.keys, key, "right"))
            share = weights[own] * (self.words[own] != word)
            if place - last < 8 or share.sum() == 0:
                continue
            other = random.choice(self.words[own], p=share / share.sum())
            copy[place : place + 2] = other >> 15, other & NONE
            places.append(place)
            last = place
        return copy, np.array(places)


if __name__ == "__main__":
    documents, lexicon = list(read(sys.argv[1])), Lexicon()
    lines = weighed(FEATURES, *train(documents, lexicon, Words(lexicon)))
    head = "# Made by make_word_confusion.py: what features of a word and of one of the same sound weigh.\n"
    (HERE / "confusion-words.tsv").write_text(head + "\n".join(lines) + "\n", "utf-8")
