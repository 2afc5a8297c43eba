"""Reference for the confident-learning benchmark: out-of-fold probabilities by scikit-learn's
logistic regression, then confident learning (Northcutt et al. 2021) in NumPy.

Usage: confident_learning_peer.py FEATURES.npy LABELS.npy PROBABILITIES_OUT.npy
Prints a JSON object: filter name -> flagged rows."""
import json
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def calibrate(joint, counts):
    """Rows scaled to the label counts, whole numbers by the largest remainder."""
    out = np.zeros_like(joint)
    for s, row in enumerate(joint):
        exact = row / row.sum() * counts[s]
        whole = np.floor(exact).astype(int)
        left = counts[s] - whole.sum()
        # Only cells with some weight take a remainder; the lower class first when equal.
        order = sorted((c for c in range(len(row)) if row[c] > 0), key=lambda c: (-(exact[c] - whole[c]), c))
        for c in order[:left]:
            whole[c] += 1
        out[s] = whole
    return out


def confident_learning(p, y):
    n, k = p.shape
    counts = np.bincount(y, minlength=k)
    thresholds = np.array([p[y == c, c].mean() for c in range(k)])
    joint = np.zeros((k, k), int)
    off_diagonal = np.zeros(n, bool)
    masked = np.where(p >= thresholds - 1e-6, p, -1)
    guess = masked.argmax(1)
    for i in np.where(masked.max(1) >= 0)[0]:
        joint[y[i], guess[i]] += 1
        off_diagonal[i] = guess[i] != y[i]
    np.fill_diagonal(joint, np.maximum(1, joint.diagonal()))
    calibrated = calibrate(joint, counts)
    rate = np.zeros(n, bool)
    by_class = np.zeros(n, bool)
    for s in range(k):
        rows = np.where(y == s)[0]
        wrong = min(counts[s] - calibrated[s, s], counts[s] - 1)
        by_class[rows[np.argsort(p[rows, s], kind='stable')[:wrong]]] = True
        for c in range(k):
            if c != s and calibrated[s, c] > 0:
                margin = p[rows, c] - p[rows, s]
                take = min(calibrated[s, c], counts[s] - 1)
                rate[rows[np.argsort(-margin, kind='stable')[:take]]] = True
    disagrees = p.argmax(1) != y
    return {
        'noise-rate': rate & disagrees,
        'class': by_class & disagrees,
        'both': rate & by_class & disagrees,
        'joint': off_diagonal & disagrees,
    }


def main():
    features = np.load(sys.argv[1])
    labels = np.load(sys.argv[2]).ravel()
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=300))
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    p = cross_val_predict(model, features, labels, cv=folds, method='predict_proba')
    p = p.astype(np.float32)
    np.save(sys.argv[3], p)
    found = confident_learning(p, labels)
    print(json.dumps({name: np.where(flags)[0].tolist() for name, flags in found.items()}))


main()
