"""NumPy's side of the benchmark at LLaVA's size: the same scores and votes from the same files.

The matrix is memory-mapped and read in the block size that is fastest here. Afterwards the votes of
Winnow's run, which lie in the folder, are compared: a vote may differ only where the score lies on the
task's cut but for rounding, and the picks must follow from the votes. Prints one JSON line.
Usage: icons_llava_peer.py FOLDER FORM SETTINGS
"""
import json
import resource
import sys
import time

import numpy as np

folder, form, text = sys.argv[1:4]
settings = json.loads(text)
rows, parts = settings["rows"], settings["parts"]
tasks = len(parts)
percent = 100 * (rows // 5) / rows


def load(name, dtype):
    return np.fromfile(f"{folder}/{name}", dtype)


def unit(values):
    return values / np.maximum(np.linalg.norm(values, axis=-1, keepdims=True), 1e-12)


if form == "gradients":
    columns = settings["gradients"]["columns"]
    examples = load("gradient-examples", np.float32).reshape(sum(parts), -1, columns)
    right = np.ascontiguousarray(unit(examples.astype(np.float64)).mean(axis=1).T.astype(np.float32))
    starts = np.cumsum([0, *parts[:-1]])
    path = f"{folder}/gradients.npy"

    def score_block(x, first):
        products = x @ right
        products /= np.maximum(np.sqrt(np.einsum("ij,ij->i", x, x)), 1e-12)[:, None]
        return np.maximum.reduceat(products, starts, axis=1)

else:
    columns, classes = settings["head"]["columns"], settings["head"]["classes"]
    width = columns + 1
    head = load("head-weights", np.float32).reshape(classes, width)
    center, scale = load("head-center", np.float32), load("head-inverseScale", np.float32)
    labels = load("labels", np.int32)
    path = f"{folder}/features.npy"

    def factors(x, y, logits_of):
        h = np.empty((len(x), width), np.float32)
        np.subtract(x, center, out=h[:, :columns])
        h[:, :columns] *= scale
        h[:, columns] = 1
        products = h @ logits_of
        logits = products[:, :classes]
        error = np.exp(logits - logits.max(axis=1, keepdims=True))
        error /= error.sum(axis=1, keepdims=True)
        error[np.arange(len(x)), y] -= 1
        error /= np.maximum(np.sqrt(np.einsum("ij,ij->i", error, error)), 1e-12)[:, None]
        return h, products, error

    own_labels = load("head-labels", np.int32).reshape(tasks, -1)
    own_rows = load("head-examples", np.float32).reshape(tasks, -1, columns)
    directions = []
    for y, x in zip(own_labels, own_rows):
        h, _, error = factors(x, y, np.ascontiguousarray(head.T))
        directions.append((error.T.astype(np.float64) @ unit(h.astype(np.float64)) / len(x)).astype(np.float32))
    right = np.ascontiguousarray(np.concatenate([head, *directions]).T)

    def score_block(x, first):
        h, products, error = factors(x, labels[first : first + len(x)], right)
        apart = products[:, classes:].reshape(len(x), tasks, classes)
        return np.einsum("ikc,ic->ik", apart, error) / np.sqrt(np.einsum("ij,ij->i", h, h))[:, None]


def score(block, upto):
    on_disk = np.load(path, mmap_mode="r")
    out = np.empty((upto, tasks), np.float32)
    for at in range(0, upto, block):
        out[at : at + block] = score_block(on_disk[at : min(upto, at + block)].astype(np.float32), at)
    return out


def vote(scores):
    votes = np.zeros((rows, tasks), bool)
    cuts = []
    for k in range(tasks):
        own = np.ascontiguousarray(scores[:, k])
        # Winnow's voting also ranks all rows of every task (for the reasons it gives): so here.
        order = np.argsort(-own, kind="stable")
        place = np.empty(rows, np.int32)
        place[order] = np.arange(rows, dtype=np.int32)
        cuts.append(np.percentile(own.astype(np.float64), 100 - percent))
        votes[:, k] = own >= cuts[-1]
    return votes, np.array(cuts)


def timed(block):
    start = time.perf_counter()
    score(block, min(rows, 8192))
    return time.perf_counter() - start


timed(1024)
best = min((256, 512, 1024, 2048), key=lambda block: min(timed(block) for _ in range(2)))
start = time.perf_counter()
scores = score(best, rows)
middle = time.perf_counter()
votes, cuts = vote(scores)
end = time.perf_counter()

masks = load("votes", np.uint32)
theirs = (masks[:, None] >> np.arange(tasks, dtype=np.uint32)) & 1
different = theirs.astype(bool) != votes
distance = np.abs(scores - cuts)[different]
# The picks: every row with more votes than the weakest pick, and the rest with as many as it has.
picks = load("picks", np.uint32)
counts = theirs.sum(axis=1)
level = counts[picks].min()
fits = len(np.unique(picks)) == rows // 5 and np.isin(np.flatnonzero(counts > level), picks).all()
print(
    json.dumps(
        {
            "about": f"NumPy {np.__version__}, blocks of {best} rows, memory-mapped",
            "scoring": middle - start,
            "voting": end - middle,
            "seconds": end - start,
            "peakMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "differ": int(different.sum()),
            "farthest": float(distance.max()) if len(distance) else 0.0,
            "picksFit": bool(fits),
        }
    ),
    flush=True,
)
