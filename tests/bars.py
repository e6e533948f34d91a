#!/usr/bin/env python3
"""Prints the figures that the README states, measured on a release build.

    python3 tests/bars.py [--shared DIR] [--binary FILE] [--only news,planted,noise,attribution,against,speed,linear,start]

DIR (default ../shared beside the checkout) holds the evaluation data, which is not part of the project: without it the
script says so and ends with 0. Speed is processor time on one core, best of five; compare it as the ratio to `wc -w`.
"""
import argparse, json, os, shutil, subprocess, sys, tempfile
from collections import Counter

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ONE_CORE = {**os.environ, "RAYON_NUM_THREADS": "1"}


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def run(argv, **more):
    """Standard output of a command; findings (exit 1) are no failure."""
    done = subprocess.run(argv, stdout=subprocess.PIPE, **more)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(argv)}: exit {done.returncode}")
    return done.stdout


class Bars:
    def __init__(self, shared, binary, tmp):
        self.shared, self.binary, self.tmp = shared, binary, tmp
        self.eval = os.path.join(shared, "eval")

    def path(self, *parts):
        return os.path.join(self.shared, *parts)

    def check(self, source, name, *options):
        """Findings of a JSONL file, as a file of that name in the scratch folder."""
        out = os.path.join(self.tmp, name)
        with open(out, "wb") as f:
            f.write(run([self.binary, "check", "--input-format", "jsonl", "--format", "jsonl", *options, source], cwd=self.tmp))
        return out

    def news(self):
        """Bar 1: a wire story and a rewrite of it, against one editor's marks."""
        classes = json.load(open(self.path("news", "classes.json")))
        known = {r["id"] for r in json.loads(run([self.binary, "rules", "--format", "json"]))}
        found = {}
        for name in ("wire-story.txt", "rewrite-of-wire-story.txt"):
            text = open(self.path("news", name), encoding="utf-8", newline="").read()
            report = json.loads(run([self.binary, "check", "--select", "all", "--format", "json", self.path("news", name)], cwd=self.tmp))
            raw = text.encode()
            found[name] = [(d["rule"], len(raw[:d["start"]].decode()), len(raw[:d["end"]].decode())) for d in report["diagnostics"]]
        hit = lambda e: [r for r, s, t in found[e["file"]] if r in classes.get(e["class"], []) and s < e["end"] and e["start"] < t]
        gold = [e for e in lines(self.path("news", "gold.jsonl")) if e["certain"] and set(classes.get(e["class"], [])) & known]
        missed = [e for e in gold if not hit(e)]
        traps = [(e, hit(e)) for e in lines(self.path("news", "traps.jsonl"))]
        print(f"  certain findings: {len(gold) - len(missed)} of {len(gold)}")
        for e in missed:
            print(f"    missed {e['file']}:{e['line']} [{e['class']}] {e['text'][:70]!r}")
        print(f"  traps flagged: {sum(bool(h) for _, h in traps)} of {len(traps)}")
        for e, h in traps:
            if h:
                print(f"    trap {e['file']}:{e['line']} {h} {e['text'][:70]!r}")

    def planted(self):
        """Bar 2: planted defects, dev."""
        dev, injected = os.path.join(self.eval, "attributions.dev.jsonl"), os.path.join(self.tmp, "injected.jsonl")
        run([sys.executable, os.path.join(self.eval, "inject.py"), dev, injected, "--seed", "12"])
        hits = self.check(injected, "injected.out", "--select", "all")
        base = self.check(dev, "base.out", "--select", "all")
        score = [sys.executable, os.path.join(self.eval, "score_injected.py"), injected, dev]
        print(run([*score, hits, base]).decode(), end="")
        sweep = ["--select", "unattributed-claim", "--min-confidence", "0"]
        claims = json.loads(run([*score, self.check(injected, "claims.out", *sweep), self.check(dev, "claims-base.out", *sweep), "--json"]))
        print("  claims, --min-confidence 0:", claims["claim_recall_at_flags_per_article"], "AUC", claims["claim_auc"])

    def noise(self):
        """Bar 3: findings an article on published copy, default settings."""
        out = lines(self.check(os.path.join(self.eval, "clean.jsonl"), "clean.out"))
        rules = Counter((d["severity"], d["rule"]) for a in out for d in a["diagnostics"])
        severities = Counter()
        for (severity, _), n in rules.items():
            severities[severity] += n
        total = sum(severities.values()) / len(out)
        print(f"  errors {severities['error'] / len(out):.3f}, all findings {total:.3f} an article (n = {len(out)})")
        for (severity, rule), n in rules.most_common():
            print(f"    {severity:8} {rule:28} {n / len(out):.3f}")

    def attribution(self):
        """Bar 4: who said what, dev."""
        gold, out = os.path.join(self.eval, "attributions.dev.jsonl"), os.path.join(self.tmp, "annotated.jsonl")
        with open(out, "wb") as f:
            f.write(run([self.binary, "annotate", "--input-format", "jsonl", "--format", "jsonl", gold]))
        for subset in ("all", "quoted"):
            score = [sys.executable, os.path.join(self.eval, "score_attribution.py"), "--utf8", "--subset", subset, gold, out]
            for line in run(score).decode().splitlines():
                if line.startswith(("#", "metric", "pair-overlap", "content-iou50", "cue-overlap")):
                    print(" ", line)

    def against(self):
        """A draft beside its wire copy: articles beside themselves, drifts planted in rewritten articles, and a batch."""
        test = ["cargo", "test", "--quiet", "--test", "against", "--", "--ignored", "--nocapture", "--exact"]
        for name in ("attributions.dev.jsonl", "attributions.train.jsonl", "clean.jsonl"):
            out = run([*test, "figures"], cwd=ROOT, env={**os.environ, "ARTICLES": name, "REWRITES": "3", "AGAINST": ""}).decode()
            print("\n".join("  " + line for line in out.splitlines() if "articles" in line))
        pairs = os.path.join(self.tmp, "pairs.jsonl")
        run([*test, "pairs"], cwd=ROOT, env={**os.environ, "PAIRS": pairs})
        size = sum(len((e["text"] + e["against"]).encode()) for e in lines(pairs)) / 1e6
        for what, options in (("default rules", []), ("rules on wire copy", ["--select", "against"])):
            argv = [self.binary, "check", "--input-format", "jsonl", "--format", "jsonl", *options, pairs]
            seconds, _ = self.timed(argv)
            print(f"  {len(lines(pairs))} pairs, {size:.1f} MB of drafts and wire copy, {what}: {size / seconds:.1f} MB/s on one core")

    def corpus(self):
        """The clean articles twenty times over, every file different."""
        folder = os.path.join(self.tmp, "files")
        os.makedirs(folder)
        for i, article in enumerate(lines(os.path.join(self.eval, "clean.jsonl"))):
            for copy in range(20):
                with open(os.path.join(folder, f"{i:03}-{copy:02}.txt"), "w", encoding="utf-8") as f:
                    f.write(f"{article['title']}\n\nThe council met for {copy + 2} hours on item {i}.\n\n{article['text']}\n")
        return folder

    def timed(self, argv):
        """(fewest seconds of its own on one processor, peak KiB) of five runs: wall time would count what else the machine does."""
        best, peak = float("inf"), 0
        for _ in range(5):
            child = subprocess.Popen(["taskset", "-c", "0", *argv], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ONE_CORE, cwd=self.tmp)
            _, _, usage = os.wait4(child.pid, 0)
            best, peak = min(best, usage.ru_utime + usage.ru_stime), max(peak, usage.ru_maxrss)
        return best, peak

    def speed(self):
        """Bar 5: 5,400 files on one core."""
        folder = self.corpus()
        size = sum(e.stat().st_size for e in os.scandir(folder)) / 1e6
        ours, peak = self.timed([self.binary, "check", "--select", "all", "--format", "json", folder])
        words, _ = self.timed(["sh", "-c", f"cat {folder}/* | wc -w"])
        rate, yardstick = size / ours, size / words
        print(f"  {size:.1f} MB in {ours:.2f} s: {rate:.1f} MB/s on one core, peak {peak / 1024:.0f} MB")
        print(f"  wc -w: {yardstick:.0f} MB/s; ratio {rate / yardstick:.3f}")
        shutil.rmtree(folder)

    def start(self):
        """Bar 5: one article, process start to end."""
        path = os.path.join(self.tmp, "one.txt")
        with open(path, "w", encoding="utf-8") as f:
            f.write(lines(os.path.join(self.eval, "clean.jsonl"))[0]["text"])
        seconds, _ = self.timed([self.binary, "check", "--select", "all", path])
        print(f"  one article: {1000 * seconds:.1f} ms")

    def linear(self):
        """Bar 5: ten times the text takes at most twelve times as long."""
        text = "\n\n".join(a["text"] for a in lines(os.path.join(self.eval, "clean.jsonl"))) + "\n\n"
        for how, join in (("paragraphs", lambda t: t), ("one line", lambda t: t.replace("\n", " "))):
            seconds = []
            for megabytes in (1, 10):
                path = os.path.join(self.tmp, "big.txt")
                with open(path, "w", encoding="utf-8") as f:
                    f.write(join((text * (megabytes * 2)))[: megabytes * 1_000_000])
                seconds.append(self.timed([self.binary, "check", "--select", "all", "--format", "json", path])[0])
            print(f"  {how}: 1 MB {seconds[0]:.3f} s, 10 MB {seconds[1]:.3f} s, ratio {seconds[1] / seconds[0]:.1f}")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shared", default=os.path.join(ROOT, "..", "shared"))
    p.add_argument("--binary", help="measure this binary instead of building one")
    p.add_argument("--only", default="news,planted,noise,attribution,against,speed,start,linear")
    o = p.parse_args()
    if not os.path.isdir(os.path.join(o.shared, "eval")):
        print(f"no evaluation data at {o.shared}: nothing measured")
        return
    if not o.binary:
        subprocess.run(["cargo", "build", "--release"], cwd=ROOT, check=True)
    binary = os.path.abspath(o.binary or os.path.join(ROOT, "target", "release", "copydesk"))
    with tempfile.TemporaryDirectory() as tmp:
        bars = Bars(os.path.abspath(o.shared), binary, tmp)
        for name in o.only.split(","):
            measure = getattr(bars, name)
            print(f"{name}: {measure.__doc__}")
            measure()


if __name__ == "__main__":
    main()
