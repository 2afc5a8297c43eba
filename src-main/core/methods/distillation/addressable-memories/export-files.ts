// What an exported memory brings along so that others can ask it for mixtures of labels: a program in
// NumPy that reads the bases and addresses of the export's parts/ folder.
import type { InputShape } from '../../../networks/network.ts'
import type { DistilledSet, ExportedFile } from '../distillation-method.ts'

interface AskedStage {
  /** Labels it holds, in the order of its addresses. */
  readonly labels: readonly number[]
  /** Files in the exported folder. */
  readonly bases: string
  readonly addresses: string
}

/** ask.py; nothing for items that are stored as they are. */
export function memoryFiles(
  set: Pick<DistilledSet, 'stored' | 'info'>,
  shape: InputShape
): readonly ExportedFile[] {
  const stages = askedStages(set)
  if (stages.length === 0) return []
  return [
    {
      name: 'ask.py',
      bytes: new TextEncoder().encode(askProgram(stages, shape)),
      text:
        'makes items for any mixture of labels from the shared pictures in parts/: ' +
        '"python3 ask.py 0.5 0.5 0 ..." takes one share for each label, in the order of their numbers'
    }
  ]
}

function askedStages({ stored, info }: Pick<DistilledSet, 'stored' | 'info'>): AskedStage[] {
  const addresses = stored.filter(({ part }) => part === 'coefficients')
  if (!Array.isArray(info.stages))
    return addresses.map(({ shape: [labels] }) => ({
      labels: Array.from({ length: labels }, (_, label) => label),
      // The export names addresses as the literature does.
      bases: 'parts/bases.npy',
      addresses: 'parts/coefficients.npy'
    }))
  const groups: readonly unknown[] = info.stages
  return addresses.map((_, stage) => ({
    labels: labelsOf(groups[stage]),
    bases: `parts/bases-${stage + 1}.npy`,
    addresses: `parts/addresses-${stage + 1}.npy`
  }))
}

function labelsOf(group: unknown): number[] {
  return Array.isArray(group) ? group.map(Number) : []
}

/** The program. It needs NumPy alone. */
function askProgram(stages: readonly AskedStage[], { height, width }: InputShape): string {
  const lines = stages.map(
    ({ labels, bases, addresses }) => `    ([${labels.join(', ')}], '${bases}', '${addresses}'),`
  )
  const count = Math.max(...stages.flatMap(({ labels }) => labels)) + 1
  return `# Makes items for any mixture of labels from the shared pictures of this set.
#   python3 ask.py SHARE SHARE ...     one for each of ${count} labels, in the order of their numbers
# Writes asked.npy: N x height x width x channels, scaled like train.npz. Needs NumPy.
import os
import sys
import numpy as np

FOLDER = os.path.dirname(os.path.abspath(__file__))
LABELS, HEIGHT, WIDTH = ${count}, ${height}, ${width}
# Labels, shared pictures (K x height x width x channels), addresses (labels x items x K).
STAGES = [
${lines.join('\n')}
]


def enlarged(x, side, axis):
    # bilinear between the middles of pixels; the edge goes on outside
    count = x.shape[axis]
    at = (np.arange(side) + 0.5) * count / side - 0.5
    low = np.floor(at).astype(int)
    share = (at - low).reshape([-1 if i == axis else 1 for i in range(x.ndim)])
    near = np.take(x, np.clip(low, 0, count - 1), axis)
    far = np.take(x, np.clip(low + 1, 0, count - 1), axis)
    return near * (1 - share) + far * share


def ask(shares):
    """Item j is mixed with the sum over labels of share x address (label, j).

    One share of 1 gives the items of a label. Stages may hold different numbers of items: as many
    come out as the smallest of those asked holds.
    """
    shares = np.asarray(shares, np.float32)
    if shares.shape != (LABELS,):
        raise ValueError('%d shares are needed, one for each label' % LABELS)
    parts = []
    for labels, bases, addresses in STAGES:
        wanted = shares[labels]
        if not wanted.any():
            continue
        table = np.load(os.path.join(FOLDER, addresses))
        pictures = np.load(os.path.join(FOLDER, bases))
        parts.append(np.tensordot(np.tensordot(wanted, table, 1), pictures, 1))
    if not parts:
        raise ValueError('all shares are 0')
    count = min(len(part) for part in parts)
    small = sum(part[:count] for part in parts)
    return enlarged(enlarged(small, HEIGHT, 1), WIDTH, 2).astype(np.float32)


if __name__ == '__main__':
    items = ask([float(share) for share in sys.argv[1:]])
    np.save(os.path.join(FOLDER, 'asked.npy'), items)
    print('asked.npy: %s' % (items.shape,))
`
}
