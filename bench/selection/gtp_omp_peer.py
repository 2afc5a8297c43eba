"""scikit-learn's orthogonal matching pursuit for the pursuit benchmark beside: weights of any sign.

Usage: gtp_omp_peer.py FOLDER ROWS WIDTH OUTPUTS K,K...
The gradients s (x) h are written out for orthogonal_mp (float64, outputs * width * rows * 8 bytes);
orthogonal_mp_gram works on the rows * rows matrix of their products, made from the factors.
Prints a line of JSON for each function and size."""
import json
import resource
import sys
import time

import numpy as np
from sklearn.linear_model import orthogonal_mp, orthogonal_mp_gram

folder = sys.argv[1]
rows, width, outputs = map(int, sys.argv[2:5])
sizes = [int(k) for k in sys.argv[5].split(",")]
features = np.fromfile(f"{folder}/features.f32", np.float32).reshape(rows, width)
errors = np.fromfile(f"{folder}/errors.f32", np.float32).reshape(rows, outputs)
target = errors.astype(np.float64).T @ features.astype(np.float64) / rows
length = np.linalg.norm(target)
products = np.einsum("ij,ij->i", features.astype(np.float64) @ target.T, errors)
lengths = np.linalg.norm(features.astype(np.float64), axis=1) * np.linalg.norm(errors.astype(np.float64), axis=1)


def tell(name, k, seconds, weights):
    """`weights` belong to columns of length 1, which is what scikit-learn's pursuit takes."""
    own = weights / lengths
    left = target - (errors * own[:, None]).T.astype(np.float64) @ features
    print(
        json.dumps(
            {
                "name": name,
                "k": k,
                "chosen": int((own != 0).sum()),
                "negative": int((own < 0).sum()),
                "residual": float(np.linalg.norm(left) / length),
                "seconds": seconds,
                "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        ),
        flush=True,
    )


began = time.perf_counter()
gram = (errors @ errors.T).astype(np.float64)
gram *= features @ features.T
gram /= lengths[:, None]
gram /= lengths
made = time.perf_counter() - began
for k in sizes:
    began = time.perf_counter()
    weights = orthogonal_mp_gram(gram, products / lengths, n_nonzero_coefs=k, copy_Gram=True)
    tell("orthogonal_mp_gram", k, made + time.perf_counter() - began, weights)
del gram
columns = (errors[:, :, None].astype(np.float64) * features[:, None, :]).reshape(rows, -1).T / lengths
for k in sizes:
    began = time.perf_counter()
    weights = orthogonal_mp(columns, target.ravel(), n_nonzero_coefs=k)
    tell("orthogonal_mp", k, time.perf_counter() - began, weights)
