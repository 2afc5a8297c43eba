# Facility location in NumPy, for comparison: the similarity matrix, then a lazy greedy over a heap.
# Usage: facility_location_peer.py FEATURES.npy BUDGET; prints one JSON line.
import heapq
import json
import sys
import time

import numpy as np

rows = np.load(sys.argv[1])
budget = int(sys.argv[2])
start = time.perf_counter()
unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
alike = unit @ unit.T
np.multiply(alike, 0.5, out=alike)
np.add(alike, 0.5, out=alike)
matrix = time.perf_counter() - start

start = time.perf_counter()
reached = np.zeros(len(rows), dtype=alike.dtype)
heap = [(-float(total), j) for j, total in enumerate(alike.sum(axis=1))]
heapq.heapify(heap)
chosen = []
while len(chosen) < budget:
    _, j = heapq.heappop(heap)
    gain = float(np.maximum(alike[j] - reached, 0).sum())
    if not heap or gain >= -heap[0][0]:
        chosen.append(j)
        np.maximum(reached, alike[j], out=reached)
    else:
        heapq.heappush(heap, (-gain, j))
greedy = time.perf_counter() - start
print(json.dumps({"matrix": matrix, "greedy": greedy, "value": float(reached.sum())}))
