// The parts of an exported train.py that label changed pictures: by helper models kept with the set
// (helper.npz), or by stored labels of views that are drawn as the app drew them (views.npz).
import type { NetworkSpec } from '../../networks/network.ts'
import type { StudentRecipe } from '../../networks/student-recipe.ts'
import { quotedRecipe, type TinySet } from './tiny-set.ts'

type ChangedSet = Pick<TinySet, 'result' | 'student' | 'targets'>
type Changed = NonNullable<Extract<TinySet['targets'], { kind: 'soft' }>['changed']>

/** Lines of Python that go into a program, without their indent. */
export interface ChangedLines {
  /** Functions at the top level. */
  readonly functions: string
  /** Before the first step. */
  readonly setup: readonly string[]
  /** In the place of the step's loss and its derivatives. */
  readonly step: readonly string[]
}

/** What labels changed pictures in the quoted recipe; undefined where these keep their item's label. */
export function changedLabels(set: ChangedSet): Changed | undefined {
  const { labels, recipe } = quotedRecipe(set)
  if (labels === 'plain' || recipe.augment === null || set.targets.kind !== 'soft') return undefined
  return set.targets.changed
}

/**
 * Undefined where changed pictures keep the label of their item.
 * @param networkLines body of a function that returns a network; undefined for one it has no words for
 */
export function changedLines(
  set: ChangedSet,
  networkLines: (network: NetworkSpec) => readonly string[] | undefined
): ChangedLines | undefined {
  const changed = changedLabels(set)
  if (changed === undefined) return undefined
  const soften = softenLines(quotedRecipe(set).recipe)
  if (changed.kind === 'views')
    return {
      functions: viewFunctions(soften),
      setup: ["views = np.load(os.path.join(FOLDER, 'views.npz'))", 'views = dict(views)'],
      step: [
        '# The stored views say which items are seen, and how they are changed.',
        'seen, wanted = view(views, x, done)',
        'loss_of(net(seen), wanted).backward()'
      ]
    }
  const network = networkLines(changed.network)
  return (
    network && {
      functions: teacherFunctions(changed, network, set.result.classNames.length, soften),
      setup: ['helpers = helper_models()', "labels = torch.from_numpy(data['labels'])"],
      step: [
        'seen = augment(x[rows])',
        'loss_of(net(seen), asked(helpers, seen, labels[rows])).backward()'
      ]
    }
  )
}

/** Shares at the recipe's temperature, as the student's own are. */
function softenLines({ loss, temperature }: StudentRecipe): readonly string[] {
  if (loss !== 'kl' || temperature === 1) return []
  return [
    `shares = shares.clamp(min=0) ** (1 / ${temperature})`,
    'shares = shares / shares.sum(1, keepdim=True)'
  ]
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `    ${line}\n`).join('')
}

function teacherFunctions(
  { models, tau, teacherShare }: Extract<Changed, { kind: 'teacher' }>,
  network: readonly string[],
  classes: number,
  soften: readonly string[]
): string {
  const mix =
    teacherShare === 1
      ? []
      : [
          `plain = F.one_hot(labels, ${classes}).float()`,
          `shares = ${teacherShare} * shares + ${1 - teacherShare} * plain`
        ]
  return `def helper_network():
${indent(network)}

def helper_models():
    data, models = np.load(os.path.join(FOLDER, 'helper.npz')), []
    for number in range(${models.length}):
        net = helper_network()
        norms = [m for m in net if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d))]
        places = list(net.parameters()) + [b for m in norms for b in (m.running_mean, m.running_var)]
        names = [name for name in data.files if name.startswith('model%d.' % (number + 1))]
        for place, name in zip(places, names):
            place.data.copy_(torch.from_numpy(data[name].astype(np.float32)))
        models.append(net.eval())
    return models


def asked(models, x, labels):
    # what the helper model says about the pictures as they were changed
    with torch.no_grad():
        logits = sum(model(x) for model in models) / len(models)
    shares = F.softmax(${tau} * logits, 1)
${indent([...mix, ...soften])}    return shares
`
}

function viewFunctions(soften: readonly string[]): string {
  return `def changed(x, stages):
    # stages: pictures x stages x 5 numbers; the first says which kind of change it is
    each = (len(x), 1, 1, 1)
    for stage in stages.transpose(0, 1):
        kind, (a, b, c, d) = int(stage[0, 0]), stage[:, 1:].t()
        if kind == 1:
            x = x + a.view(each)
            if x.shape[1] > 1:
                grey = x.mean(1, keepdim=True)
                x = grey + b.view(each) * (x - grey)
            middle = x.mean((1, 2, 3), keepdim=True)
            x = middle + c.view(each) * (x - middle)
        elif kind == 2:
            x = torch.where(a.view(each) > 0, x.flip(3), x)
        elif kind == 3:
            height, width = x.shape[2:]
            wide = F.pad(x, (width, width, height, height))
            tops, lefts = (height - a).long().tolist(), (width - b).long().tolist()
            x = torch.stack([p[:, i:i + height, j:j + width] for p, i, j in zip(wide, tops, lefts)])
        elif kind == 4:
            none = torch.zeros_like(a)
            theta = torch.stack([a, b, none, c, d, none], 1).view(-1, 2, 3)
            grid = F.affine_grid(theta, list(x.shape), align_corners=False)
            x = F.grid_sample(x, grid, align_corners=False)
        elif kind == 5:
            down, right = torch.arange(x.shape[2]), torch.arange(x.shape[3])
            hole = ((down >= a[:, None]) & (down < b[:, None]))[:, :, None]
            hole = hole & ((right >= c[:, None]) & (right < d[:, None]))[:, None, :]
            x = x * ~hole[:, None]
    return x


def view(views, x, step):
    order, starts = views['order'], views['starts']
    batch = order[step % len(order)]
    part = slice(int(starts[batch]), int(starts[batch + 1]))
    rows = torch.from_numpy(views['items'][part].astype(np.int64))
    shares = torch.from_numpy(views['shares'][part].astype(np.float32))
    shares = shares / shares.sum(1, keepdim=True)
${indent(soften)}    return changed(x[rows], torch.from_numpy(views['changes'][part])), shares
`
}
