"""Write measured.tsv: what each rule says on texts that it was developed with.

    cargo build --release -p baguan-cli
    python3 rulesets/measure.py TEXTS [--command target/release/baguan] [--day YYYY-MM-DD]

TEXTS is a folder with `clean`, `typos`, `pii` and `laws`, JSON Lines each. Reviewed is as of the day (today), with every
tag switched on, though no class does so: a rule of advertisements or notices is counted on texts that are none. Counted
are, for each rule, alarms on

slips      sentences of posts and official writing whose slips editors marked or a program put in (SLIPS); an alarm of
           a wording rule is right where it overlaps a marked slip
personal   made-up sentences with marked identifiers; an alarm of a legal or secrecy rule is right where it overlaps one
citations  citations of laws a year before and after their repeal, and of laws in force on the day IN_FORCE; right
           where repealed
published  official texts as they were published (OFFICIAL); an alarm is not always wrong: they hold real slips

Only these counts are written, nothing of the texts.
"""
import argparse
import collections
import datetime
import json
import pathlib
import shlex
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
SLIPS = ("midu2022", "ecspell_odw", "ecspell_law")
OFFICIAL = ("law", "regulation", "gov_report", "gov_document", "news", "gov_newmedia_post")
# The laws listed as in force were, before the environmental code repealed ten of them.
IN_FORCE = "2026-08-14"
COLUMNS = ("slips", "personal", "citations")


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def review(command, records):
    """The findings of each record, by its id."""
    data = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    done = subprocess.run(command, input=data, capture_output=True, text=True, encoding="utf-8")
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.strip()]
    found = {answer["id"]: answer["findings"] for answer in answers}
    missing = [record["id"] for record in records if record["id"] not in found]
    if missing:
        raise SystemExit(f"no answer for {len(missing)} of {len(records)} records: {done.stderr[-1000:]}")
    return found


def overlaps(finding, spans):
    end = max(finding["end"], finding["start"] + 1)
    return any(finding["start"] < stop and start < end for start, stop in spans)


def marked(sentence):
    """The places of the slips; of a doubled text either copy may be named."""
    for edit in sentence["edits"]:
        start, end = edit["start"], max(edit["end"], edit["start"] + 1)
        wrong, text = edit["wrong"], sentence["wrong"]
        if not edit["right"] and wrong:
            start -= len(wrong) if text[max(0, start - len(wrong)):start] == wrong else 0
            end += len(wrong) if text[end:end + len(wrong)] == wrong else 0
        yield start, end


class Table:
    """Alarms and right ones by rule and column."""

    def __init__(self):
        self.alarms = collections.Counter()
        self.right = collections.Counter()
        self.characters = collections.Counter()

    def count(self, column, rule, is_right=False):
        self.alarms[column, rule] += 1
        self.right[column, rule] += is_right


def measure(texts, command):
    table = Table()
    sentences = [one for name in SLIPS for one in read(texts / "typos" / f"{name}.jsonl")]
    found = review(command, [{"id": one["id"], "text": one["wrong"]} for one in sentences])
    for one in sentences:
        table.characters["slips"] += len(one["wrong"])
        for finding in (finding for finding in found[one["id"]] if finding["gate"] == "wording"):
            table.count("slips", finding["rule"], overlaps(finding, list(marked(one))))

    sentences = [one for path in sorted((texts / "pii").glob("pii_*.jsonl")) for one in read(path)]
    found = review(command, [{"id": one["id"], "text": one["text"]} for one in sentences])
    for one in sentences:
        spans = [(span["start"], span["end"]) for span in one["spans"]]
        table.characters["personal"] += len(one["text"])
        for finding in (finding for finding in found[one["id"]] if finding["gate"] in ("legal", "secrecy")):
            table.count("personal", finding["rule"], overlaps(finding, spans))

    cited, repealed = citations(texts / "laws")
    found = review(command, cited)
    for one in cited:
        table.characters["citations"] += len(one["text"])
        for finding in (finding for finding in found[one["id"]] if finding["gate"] == "legal"):
            table.count("citations", finding["rule"], one["id"] in repealed)

    drafts = [one for path in sorted((texts / "clean").glob("*.jsonl")) for one in read(path)]
    drafts = [one for one in drafts if one["genre"] in OFFICIAL]
    found = review(command, [{"id": one["id"], "text": one["text"]} for one in drafts])
    for one in drafts:
        table.characters["published"] += len(one["text"])
        for finding in found[one["id"]]:
            table.count("published", finding["rule"])
    return table


def citations(folder):
    """Records that cite a law, and the ids of those whose law was repealed on their day."""
    records, repealed = [], set()
    for number, law in enumerate(read(folder / "repealed_titles_national.jsonl")):
        day = law["repealed_from"]
        if law["status"] != "repealed" or not day:
            continue
        nation = "中华人民共和国" if law["title"].endswith("法") else ""
        text = f"本办法依据《{nation}{law['title'].removeprefix(nation)}》制定。"
        for years in (-1, 1):
            as_of = f"{int(day[:4]) + years}{day[4:]}".replace("-02-29", "-02-28")
            records.append({"id": f"{number}/{years}", "text": text, "as_of": as_of})
        repealed.add(f"{number}/1")
    for number, law in enumerate(read(folder / "justlaws_current.jsonl")):
        title = law.get("title") or law.get("name")
        records.append({"id": f"in force {number}", "text": f"本办法依据《{title}》制定。", "as_of": IN_FORCE})
    return records, repealed


def header(day, characters):
    sizes = ", ".join(f"{name} {characters[name]}" for name in (*COLUMNS, "published"))
    return [
        "# Made by measure.py, which says what is counted: for each rule its alarms and, where that is known, the right ones.",
        f"# slips: sentences of {', '.join(SLIPS)}; personal: made-up sentences with marked identifiers; citations: laws a year",
        "# before and after their repeal; published: official texts as published. Rules were developed with these texts.",
        "# An alarm on published text is not always wrong: the texts hold real slips, and hints are no errors.",
        "# Every tag is switched on; a row of - is not measured yet.",
        f"# As of {day}; characters: {sizes}",
        "# rule\t" + "\t".join(f"{name} right\t{name} alarms" for name in COLUMNS) + "\tpublished alarms",
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=pathlib.Path)
    parser.add_argument("--command", default="target/release/baguan", help="how baguan is called")
    parser.add_argument("--day", type=datetime.date.fromisoformat, default=datetime.date.today())
    args = parser.parse_args()
    baguan = shlex.split(args.command)
    listed = subprocess.run([*baguan, "rules", "list", "--format", "json"],
                            capture_output=True, check=True, text=True, encoding="utf-8")
    rules = sorted(json.loads(listed.stdout), key=lambda rule: rule["id"])
    with tempfile.TemporaryDirectory() as folder:
        tagged = pathlib.Path(folder, "tagged.toml")
        tags = sorted({tag for rule in rules for tag in rule["tags"]})
        tagged.write_text(f'[ruleset]\nname = "tagged"\non = {json.dumps(tags)}\n', encoding="utf-8")
        check = [*baguan, "check", "--jsonl", "--offsets", "chars", "--rules", str(tagged),
                 "--as-of", str(args.day), "--as-of-field", "as_of"]
        table = measure(args.texts, check)
    lines = header(args.day, table.characters)
    for rule in (rule["id"] for rule in rules):
        cells = [count for name in COLUMNS for count in (table.right[name, rule], table.alarms[name, rule])]
        lines.append("\t".join(map(str, (rule, *cells, table.alarms["published", rule]))))
    (HERE / "measured.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
