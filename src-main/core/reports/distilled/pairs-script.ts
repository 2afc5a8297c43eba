// train.py of an exported set of pairs: two heads trained to find the text of a picture, the way the
// score was measured (evaluation/pairs).
import { quotedRecipe, type TinySet } from './tiny-set.ts'

/** Students of a set of pairs, as its info names them; undefined where it names none. */
export function headsOf({ info }: Pick<TinySet, 'info'>): Record<HeadFact, number> | undefined {
  const heads: unknown = info['pairs']
  if (typeof heads !== 'object' || heads === null) return undefined
  const read = headFacts.map((name): unknown => Reflect.get(heads, name))
  if (!read.every((value) => typeof value === 'number')) return undefined
  const [pictureColumns, textColumns, space, hidden, temperature] = read
  return { pictureColumns, textColumns, space, hidden, temperature }
}

const headFacts = ['pictureColumns', 'textColumns', 'space', 'hidden', 'temperature'] as const
type HeadFact = (typeof headFacts)[number]

/** Pairs of a batch and steps at most: those of the students that were tested. */
const mostBatch = 128
const mostSteps = 1000

/** The program. Needs PyTorch 1.13 or later; undefined where the set does not name its students. */
export function pairsScript(
  set: Pick<TinySet, 'info' | 'result' | 'student' | 'targets' | 'count'>
): string | undefined {
  const heads = headsOf(set)
  if (heads === undefined) return undefined
  const { pictureColumns, textColumns, space, hidden, temperature } = heads
  const { recipe } = quotedRecipe(set)
  const head = (columns: number): string =>
    hidden === 0
      ? `nn.Linear(${columns}, ${space})`
      : `nn.Sequential(nn.Linear(${columns}, ${hidden}), nn.ReLU(), nn.Linear(${hidden}, ${space}))`
  return `# Trains two heads on these pairs the way their score was measured.
#   python3 train.py [test.npz [seed]]
# Needs PyTorch and NumPy. test.npz is yours and holds "rows" (N x ${pictureColumns + textColumns}, scaled like train.npz:
# ${pictureColumns} numbers of a picture's similarity fingerprint, then ${textColumns} of its text's); without it the
# heads are only trained and saved.
import os
import sys
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

FOLDER = os.path.dirname(os.path.abspath(__file__))
EPOCHS, BATCH, RATE, TEMPERATURE = ${recipe.epochs}, ${Math.min(mostBatch, recipe.batch)}, ${String(recipe.rate)}, ${String(temperature)}


def heads():
    return nn.ModuleDict({
        'picture': ${head(pictureColumns)},
        'text': ${head(textColumns)}
    })


def cosines(net, rows):
    pictures = F.normalize(net['picture'](rows[:, :${pictureColumns}]), dim=1)
    texts = F.normalize(net['text'](rows[:, ${pictureColumns}:]), dim=1)
    return pictures @ texts.T


def loss_of(similar, belongs):
    count = len(similar)
    if belongs is None:
        own = torch.arange(count)
        logits = similar / TEMPERATURE
        return (F.cross_entropy(logits, own) + F.cross_entropy(logits.T, own)) / 2
    logits = (similar - 0.5) / TEMPERATURE
    losses = F.softplus(logits) - belongs * logits
    own = losses.diagonal().mean()
    return own if count == 1 else (own + (losses.sum() - losses.diagonal().sum()) / (count * (count - 1))) / 2


def train(seed=0):
    torch.manual_seed(seed)
    data = np.load(os.path.join(FOLDER, 'train.npz'))
    rows = torch.from_numpy(data['rows'].astype(np.float32))
    targets = torch.from_numpy(data['targets'].astype(np.float32))
    # A square says how much each picture belongs to each text.
    belongs = targets if len(rows) > 1 and targets.shape[1] == len(rows) else None
    net = heads()
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE, momentum=${recipe.momentum}, weight_decay=${String(recipe.decay)})
    batch = min(BATCH, len(rows))
    steps = max(1, len(rows) // batch)
    for epoch in range(max(1, min(EPOCHS, ${mostSteps} // steps))):
        order = torch.randperm(len(rows))
        for at in range(steps):
            taken = order[at * batch:(at + 1) * batch]
            optimizer.zero_grad()
            part = None if belongs is None else belongs[taken][:, taken]
            loss_of(cosines(net, rows[taken]), part).backward()
            optimizer.step()
    return net.eval()


def found(net, path):
    rows = torch.from_numpy(np.load(path)['rows'].astype(np.float32))
    with torch.no_grad():
        similar = cosines(net, rows)
    own = torch.arange(len(rows))
    there = (similar.argmax(1) == own).float().mean().item()
    back = (similar.argmax(0) == own).float().mean().item()
    return (there + back) / 2


if __name__ == '__main__':
    net = train(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    torch.save(net.state_dict(), 'student.pt')
    if len(sys.argv) > 1:
        print('found: %.2f %%' % (100 * found(net, sys.argv[1])))
`
}
