"""NumPy's side of the scoring benchmark: a memory-mapped float16 matrix times ten directions.

Usage: scoring_peer.py MATRIX.npy DIRECTIONS CORES. Answers every line on standard input with one
JSON line. "run": scores everything in the block size that is fastest here, chosen at the start.
"drop": takes the file out of the page cache. "compare SCORES NORMS": the largest differences of
somebody else's scores (directions x rows) and norms to float64 on 2,000 rows and to its own on all.
"""
import json
import os
import resource
import sys
import time

path, directions_path, cores = sys.argv[1:4]
os.environ["OPENBLAS_NUM_THREADS"] = cores
try:
    import numpy as np
except ImportError as error:
    print(json.dumps({"error": str(error)}), flush=True)
    sys.exit(0)

rows, columns = np.load(path, mmap_mode="r").shape
right = np.ascontiguousarray(np.fromfile(directions_path, np.float32).reshape(-1, columns).T)


def score(block):
    # Mapped anew: pages that are mapped cannot be taken out of the cache.
    rows_on_disk = np.load(path, mmap_mode="r")
    out = np.empty((rows, right.shape[1]), np.float32)
    for at in range(0, rows, block):
        np.matmul(rows_on_disk[at : at + block].astype(np.float32), right, out=out[at : at + block])
    return out


def timed(block):
    start = time.perf_counter()
    score(block)
    return 1000 * (time.perf_counter() - start)


def compare(scores_path, norms_path):
    scores = np.fromfile(scores_path, np.float32).reshape(-1, rows).T
    norms = np.fromfile(norms_path, np.float32)
    lengths = norms[:, None] * np.linalg.norm(right.astype(np.float64), axis=0)
    rows_on_disk = np.load(path, mmap_mode="r")
    some = np.linspace(0, rows - 1, 2000).astype(int)
    exact = rows_on_disk[some].astype(np.float64)
    return {
        "own": float(np.max(np.abs(scores - score(512)) / lengths)),
        "exact": float(np.max(np.abs(scores[some] - exact @ right) / lengths[some])),
        "norms": float(np.max(np.abs(norms[some] / np.linalg.norm(exact, axis=1) - 1))),
    }


best = min((256, 512, 1024, 2048), key=lambda block: timed(block))
print(json.dumps({"about": f"NumPy {np.__version__}, blocks of {best} rows"}), flush=True)
for line in sys.stdin:
    word, *rest = line.split()
    if word == "drop":
        file = os.open(path, os.O_RDONLY)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(file)
        answer = {}
    elif word == "compare":
        answer = compare(*rest)
    else:
        answer = {"ms": timed(best)}
    answer["peakMb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(answer), flush=True)
