// kernel-model.py of an exported kernel set: a short NumPy program that is the model the set was made
// for, so that it can be used, and its accuracy checked, without this app.
import { kernelFactsOf } from '../../../networks/kernel-model.ts'
import type { DistilledSet, ExportedFile } from '../distillation-method.ts'

/** The program, when the set says which kernel it is for. */
export function kernelFiles(set: Pick<DistilledSet, 'info'>): readonly ExportedFile[] {
  const facts = kernelFactsOf(set.info)
  if (facts === undefined) return []
  const text =
    'The kernel model that this set was made for, in Python with NumPy: it names the items of a file of yours.'
  const script = kernelScript(facts.spread, facts.ridge)
  return [{ name: 'kernel-model.py', text, bytes: new TextEncoder().encode(script) }]
}

function kernelScript(spread: number, ridge: number): string {
  return `# Names items with the kernel model that train.npz was made for (kernel ridge regression).
#   python3 kernel-model.py test.npz
# Needs NumPy. test.npz is yours and holds "images" (bytes 0..255, or scaled like train.npz) or "rows"
# (scaled like train.npz), and "labels" where the share named rightly is wanted.
import os
import sys
import numpy as np

FOLDER = os.path.dirname(os.path.abspath(__file__))
SPREAD = ${spread}  # k(a, b) = exp(-|a - b|^2 / SPREAD)
RIDGE = ${ridge}  # times the mean of the kernel's diagonal


def kernel(a, b):
    distance = (a * a).sum(1)[:, None] + (b * b).sum(1)[None, :] - 2 * a @ b.T
    return np.exp(-np.maximum(distance, 0) / SPREAD)


def flat(items):
    return items.reshape(len(items), -1).astype(np.float64)


def scaled(items, train):
    if items.dtype == np.uint8:
        items = (items / 255.0 - train['mean']) / train['sd']
    return flat(items)


def main():
    path = os.path.join(FOLDER, 'train.npz')
    if not os.path.exists(path):
        sys.exit('train.npz is not here: export the set as arrays, too.')
    train = np.load(path, allow_pickle=False)
    name = 'images' if 'images' in train else 'rows'
    items = flat(train[name])
    own = kernel(items, items)
    penalty = RIDGE * np.trace(own) / len(own) * np.eye(len(own))
    weights = np.linalg.solve(own + penalty, train['targets'].astype(np.float64))
    if len(sys.argv) < 2:
        sys.exit('Which items? python3 kernel-model.py test.npz')
    test = np.load(sys.argv[1], allow_pickle=False)
    named = (kernel(scaled(test[name], train), items) @ weights).argmax(1)
    if 'labels' in test:
        print('accuracy %.4f' % (named == test['labels']).mean())
    else:
        print('\\n'.join(str(train['classes'][label]) for label in named))


main()
`
}
