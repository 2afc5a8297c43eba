"""The mathematics of ICONS scoring and voting in NumPy or PyTorch, for the benchmark beside.

Runs once for every line on standard input and answers with one JSON line. All rows at once or in
blocks: the block size that is fastest here is used, so the comparison is with NumPy at its best.
"""
import json
import sys
import time

kind, folder = sys.argv[1:3]
rows, columns, classes, tasks = map(int, sys.argv[3:7])
percent = float(sys.argv[7])
try:
    import numpy as np

    if kind == "torch":
        import torch
except ImportError as error:
    print(json.dumps({"error": str(error)}), flush=True)
    sys.exit(0)


def load(name, dtype, shape):
    return np.fromfile(f"{folder}/{name}", dtype).reshape(shape)


width = columns + 1
values = load("values", np.float32, (rows, columns))
labels = load("labels", np.int32, (rows,))
center = load("center", np.float32, (columns,))
head = load("weights", np.float32, (classes, width))
directions = [load(f"direction{k}", np.float32, (classes, width)) for k in range(tasks)]
right = np.ascontiguousarray(np.concatenate([head, *directions]).T)
scale = np.float32(1.5)


def score_block(x, y):
    """Scores (rows x tasks) of one block: unit error . (M h) / ||h||."""
    h = np.empty((len(x), width), np.float32)
    np.subtract(x, center, out=h[:, :columns])
    h[:, :columns] *= scale
    h[:, columns] = 1
    norm = np.sqrt(np.einsum("ij,ij->i", h, h))
    products = h @ right
    logits = products[:, :classes]
    error = np.exp(logits - logits.max(axis=1, keepdims=True))
    error /= error.sum(axis=1, keepdims=True)
    error[np.arange(len(x)), y] -= 1
    error /= np.maximum(np.sqrt(np.einsum("ij,ij->i", error, error)), 1e-12)[:, None]
    parts = products[:, classes:].reshape(len(x), tasks, classes)
    return np.einsum("ikc,ic->ik", parts, error) / norm[:, None]


def numpy_scores(block):
    return np.concatenate([score_block(values[at : at + block], labels[at : at + block]) for at in range(0, rows, block)])


def numpy_votes(scores):
    votes = np.zeros(rows, np.int32)
    for k in range(tasks):
        own = np.ascontiguousarray(scores[:, k])
        # Winnow's voting also ranks all rows of every task (for the reasons it gives): so here.
        order = np.argsort(-own, kind="stable")
        place = np.empty(rows, np.int32)
        place[order] = np.arange(rows, dtype=np.int32)
        votes += own >= np.percentile(own, 100 - percent)
    return votes


if kind == "torch":
    t_values, t_center, t_right = map(torch.from_numpy, (values, center, right))
    t_labels = torch.from_numpy(labels.astype(np.int64))


def torch_scores(block):
    out = []
    for at in range(0, rows, block):
        x, y = t_values[at : at + block], t_labels[at : at + block]
        h = torch.cat([(x - t_center) * 1.5, torch.ones(len(x), 1)], dim=1)
        norm = h.norm(dim=1)
        products = h @ t_right
        error = torch.softmax(products[:, :classes], dim=1)
        error[torch.arange(len(x)), y] -= 1
        error /= error.norm(dim=1, keepdim=True).clamp_min(1e-12)
        parts = products[:, classes:].reshape(len(x), tasks, classes)
        out.append(torch.einsum("ikc,ic->ik", parts, error) / norm[:, None])
    return torch.cat(out)


def torch_votes(scores):
    votes = torch.zeros(rows, dtype=torch.int32)
    for k in range(tasks):
        own = scores[:, k].contiguous()
        order = torch.argsort(own, descending=True, stable=True)
        place = torch.empty(rows, dtype=torch.int64)
        place[order] = torch.arange(rows)
        cut = np.percentile(own.numpy(), 100 - percent)
        votes += own >= cut
    return votes.numpy()


def run(block):
    score, vote = (numpy_scores, numpy_votes) if kind == "numpy" else (torch_scores, torch_votes)
    start = time.perf_counter()
    scores = score(block)
    middle = time.perf_counter()
    votes = vote(scores)
    end = time.perf_counter()
    return 1000 * (middle - start), 1000 * (end - middle), votes


best = min((1024, 4096, 16384), key=lambda block: min(run(block)[0] for _ in range(2)))
about = f"NumPy {np.__version__}" if kind == "numpy" else f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads"
print(json.dumps({"about": f"{about}, blocks of {best}"}), flush=True)
for _ in sys.stdin:
    scoring, voting, votes = run(best)
    print(json.dumps({"scoring": scoring, "voting": voting, "points": votes.tolist()}), flush=True)
