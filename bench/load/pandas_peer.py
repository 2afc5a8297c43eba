"""The lists of a table in pandas, all of it in memory, for the benchmark beside.

Prints one JSON line: seconds to read, milliseconds of each step (every time it was done), memory.
"""
import json
import resource
import sys
import time

path, rows = sys.argv[1], int(sys.argv[2])
try:
    import numpy as np
    import pandas as pd
except ImportError as error:
    print(json.dumps({"error": str(error)}), flush=True)
    sys.exit(0)

began = time.perf_counter()
table = pd.read_csv(path)
read = time.perf_counter() - began
steps = {}


def step(name, *works):
    times = []
    for work in works:
        start = time.perf_counter()
        page = work()
        # What a window is handed: a hundred rows as records.
        if isinstance(page, pd.DataFrame):
            page.iloc[:100].to_dict("records")
        times.append(1000 * (time.perf_counter() - start))
    steps[name] = times


def deep(frame, at):
    return frame.iloc[at : at + 100]


def labels(at):
    return table[table["label"].isin([f"topic {at}", f"topic {(at + 7) % 20}"])]


def facets(frame):
    for column in ("label", "source"):
        frame[column].value_counts()
    np.histogram(frame["score"], 24)


five = range(5)
step("first page", lambda: table)
step("pages deep in the list", *[lambda at=at: deep(table, rows * at // 7) for at in range(1, 7)])
step("two labels", *[lambda at=at: labels(at) for at in five])
step("between two numbers", *[lambda at=at: table[table["score"].between(100 * at, 100 * at + 300)] for at in five])
step("value of a column", *[lambda s=s: table[table["source"] == s] for s in ("web", "books", "forum", "manuals", "news")])
for word in ("zebra", "water", "the"):
    step(f"words “{word}”", lambda w=word: table[table["text"].str.contains(rf"\b{w}\b", case=False)])
step("sorted by name", lambda: table.sort_values("id"))
step("sorted by label", lambda: table.sort_values("label"))
step("sorted by a number", lambda: table.sort_values("score"), lambda: table.sort_values("score", ascending=False))
step("sorted by a number, filtered", *[lambda at=at: labels(at).sort_values("score") for at in five])
step("counts of the filter panel", lambda: facets(table))
step("counts of the filter panel, two labels", *[lambda at=at: facets(labels(at)) for at in five])
print(
    json.dumps(
        {
            "name": f"pandas {pd.__version__}",
            "readSeconds": read,
            "mostMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "steps": steps,
        }
    ),
    flush=True,
)
