// train.py of an exported tiny set: a short PyTorch program that trains a student on train.npz by the
// recipe its accuracy was measured with. Only what the recipe needs is written.
import { firstPadding } from '../../networks/convnet.ts'
import { inputSize } from '../../networks/network.ts'
import type { StudentRecipe } from '../../networks/student-recipe.ts'
import { augmentationText } from './augmentation-script.ts'
import { changedLabels, changedLines } from './changed-script.ts'
import { explainedLines } from './explained-script.ts'
import { pairsScript } from './pairs-script.ts'
import {
  isPictures,
  isWithoutLabels,
  quotedRecipe,
  targetColumns,
  type TinySet
} from './tiny-set.ts'

type ScriptSet = Pick<
  TinySet,
  'result' | 'facts' | 'network' | 'student' | 'targets' | 'form' | 'count' | 'consumer'
> &
  Partial<Pick<TinySet, 'info'>>

/** The program; undefined for a network that it has no words for. Needs PyTorch 1.13 or later. */
export function trainingScript(set: ScriptSet): string | undefined {
  if (set.consumer === 'pairs') return pairsScript({ ...set, info: set.info ?? {} })
  const network = networkLines(set)
  if (network === undefined) return undefined
  const changed = changedLines(set, (spec) => networkLines({ ...set, network: spec }))
  if (changed === undefined && changedLabels(set) !== undefined) return undefined
  const { recipe } = quotedRecipe(set)
  const { epochs, batch, rate, augment } = recipe
  const items = isPictures(set) ? 'images' : 'rows'
  const sides = isPictures(set)
    ? `N x ${set.facts.shape.height} x ${set.facts.shape.width} x ${set.facts.shape.channels}: bytes 0..255, or scaled like train.npz`
    : `N x ${set.facts.shape.channels}, scaled like train.npz`
  const wanted = isWithoutLabels(set)
    ? `"targets" (what the model is to foretell, ${targetColumns(set)} numbers each)`
    : '"labels" (their class numbers)'
  return `# Trains a model on this tiny training set the way its ${isWithoutLabels(set) ? 'score' : 'accuracy'} was measured.
#   python3 train.py [test.npz [seed]]
# Needs PyTorch and NumPy. test.npz is yours and holds "${items}" (${sides})
# and ${wanted}; without it the model is only trained and saved.
${
  set.form === 'latents'
    ? '# Our own models saw newly drawn items in every pass; train.npz holds one draw of them.\n'
    : ''
}import os
import sys
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

FOLDER = os.path.dirname(os.path.abspath(__file__))
EPOCHS, BATCH, RATE = ${epochs}, ${batch}, ${numberText(rate)}


def network():
${indent(network)}


def new_optimizer(net):
${indent(optimizerLines(recipe))}


def rate_at(epoch, share):
    # share: steps done of all
${indent(scheduleLines(recipe))}


def loss_of(outputs, targets):
${indent(lossLines(recipe))}

${augment === null ? '' : `\n${augmentationText(augment, set.facts.shape)}\n`}${changed === undefined ? '' : `\n${changed.functions}\n`}
def as_input(values):
${indent(isPictures(set) ? ['return torch.from_numpy(values).permute(0, 3, 1, 2).contiguous()'] : ['return torch.from_numpy(values)'])}


def train(seed=0):
    torch.manual_seed(seed)
    data = np.load(os.path.join(FOLDER, 'train.npz'))
    x = as_input(data['${items}'])
${indent([...targetLines(set), ...(changed?.setup ?? [])])}
    net = network()
    optimizer = new_optimizer(net)
    batch = min(BATCH, len(x))
    steps = EPOCHS * -(-len(x) // batch)
    done = 0
    for epoch in range(EPOCHS):
${restartLines(recipe)}        for rows in torch.randperm(len(x)).split(batch):
            for group in optimizer.param_groups:
                group['lr'] = rate_at(epoch, done / steps)
            optimizer.zero_grad()
${(changed?.step ?? [`loss_of(net(${augment === null ? 'x[rows]' : 'augment(x[rows])'}), y[rows]).backward()`]).map((line) => `            ${line}\n`).join('')}            optimizer.step()
            done += 1
    return net.eval()


def outputs(net, data):
    scale = np.load(os.path.join(FOLDER, 'train.npz'))
    values = data['${items}']
    if values.dtype == np.uint8:
        values = (values / 255 - scale['mean']) / scale['sd']
    with torch.no_grad():
        return torch.cat([net(part) for part in as_input(values.astype(np.float32)).split(500)])


${isWithoutLabels(set) ? explainedLines : accuracyLines}


if __name__ == '__main__':
    net = train(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    torch.save(net.state_dict(), 'student.pt')
    if len(sys.argv) > 1:
        print('${isWithoutLabels(set) ? 'explained' : 'right'}: %.2f %%' % (100 * ${isWithoutLabels(set) ? 'explained' : 'accuracy'}(net, sys.argv[1])))
`
}

const accuracyLines = `def accuracy(net, path):
    data = np.load(path)
    labels = torch.from_numpy(data['labels'].astype(np.int64))
    return (outputs(net, data).argmax(1) == labels).float().mean().item()
`

/** Lines of a function's body. */
function indent(lines: readonly string[]): string {
  return lines.map((line) => `    ${line}`).join('\n')
}

/** 1e-7 and 0.01 are both Python numbers as JavaScript writes them. */
function numberText(value: number): string {
  return String(value)
}

function networkLines(set: ScriptSet): string[] | undefined {
  const { network, facts } = set
  const { width, depth, norm, kind } = network
  const { height, width: across, channels } = facts.shape
  const outputs = targetColumns(set)
  const flat = height === 1 && across === 1 ? '' : 'nn.Flatten(), '
  const size = inputSize(facts.shape)
  switch (kind) {
    case 'convnet': {
      const padding = firstPadding(facts.shape)
      const side = (length: number): number => Math.floor((length + 2 * (padding - 1)) / 2 ** depth)
      const normal = {
        instance: 'nn.GroupNorm(width, width), ',
        batch: 'nn.BatchNorm2d(width), ',
        none: ''
      }[norm]
      return [
        `width, channels, layers = ${width}, ${channels}, []`,
        `for block in range(${depth}):`,
        `    layers.append(nn.Conv2d(channels, width, 3, padding=${padding} if block == 0 else 1))`,
        `    layers += [${normal}nn.ReLU(), nn.AvgPool2d(2)]`,
        '    channels = width',
        `return nn.Sequential(*layers, nn.Flatten(), nn.Linear(width * ${side(height) * side(across)}, ${outputs}))`
      ]
    }
    case 'mlp': {
      const normal = norm === 'batch' ? 'nn.BatchNorm1d(width), ' : ''
      return [
        `width, inputs, layers = ${width}, ${size}, []`,
        `for layer in range(${depth}):`,
        `    layers += [nn.Linear(inputs, width), ${normal}nn.ReLU()]`,
        '    inputs = width',
        `return nn.Sequential(${flat}*layers, nn.Linear(inputs, ${outputs}))`
      ]
    }
    case 'linear':
      return [`return nn.Sequential(${flat}nn.Linear(${size}, ${outputs}))`]
    case 'resnet':
      return undefined
  }
}

function optimizerLines({ optimizer, momentum, decay }: StudentRecipe): string[] {
  if (optimizer === 'sgd')
    return [
      `return torch.optim.SGD(net.parameters(), lr=RATE, momentum=${momentum}, weight_decay=${numberText(decay)})`
    ]
  return [
    '# Biases and scales do not decay.',
    'matrices = [p for p in net.parameters() if p.dim() > 1]',
    'others = [p for p in net.parameters() if p.dim() <= 1]',
    `groups = [{'params': matrices, 'weight_decay': ${numberText(decay)}}, {'params': others, 'weight_decay': 0}]`,
    'return torch.optim.AdamW(groups, lr=RATE)'
  ]
}

function scheduleLines({ schedule }: StudentRecipe): string[] {
  switch (schedule) {
    case 'drop-at-half':
      return ['return 0.1 * RATE if 0 < epoch and epoch >= EPOCHS // 2 else RATE']
    case 'quarter-drops':
      return ['return RATE * 0.3 ** (4 * epoch // EPOCHS)']
    case 'cosine':
      return ['return RATE * 0.5 * (1 + np.cos(np.pi * share))']
    case 'none':
      return ['return RATE']
  }
}

/** Lines of the loop over epochs, with their ends. */
function restartLines({ schedule }: StudentRecipe): string {
  if (schedule !== 'drop-at-half') return ''
  return `        if epoch == EPOCHS // 2 and epoch > 0:
            optimizer = new_optimizer(net)
`
}

function lossLines({ loss, temperature }: StudentRecipe): string[] {
  switch (loss) {
    case 'cross-entropy':
      return ['return -(targets * F.log_softmax(outputs, 1)).sum(1).mean()']
    case 'kl':
      return [
        `temperature = ${numberText(temperature)}`,
        'shares = F.log_softmax(outputs / temperature, 1)',
        'return -(targets * shares).sum(1).mean() * temperature ** 2'
      ]
    case 'squared-error':
      return ['return ((outputs - targets) ** 2).mean()']
  }
}

function targetLines(set: ScriptSet): string[] {
  const { labels, recipe } = quotedRecipe(set)
  if (labels === 'plain')
    return [
      `y = F.one_hot(torch.from_numpy(data['labels']), ${set.result.classNames.length}).float()`
    ]
  const lines = ["y = torch.from_numpy(data['targets'].astype(np.float32))"]
  if (recipe.loss === 'kl' && recipe.temperature !== 1)
    lines.push(
      `y = y.clamp(min=0) ** (1 / ${numberText(recipe.temperature)})`,
      'y = y / y.sum(1, keepdim=True)'
    )
  return lines
}

/** The recipe in PyTorch's words, a line each. */
export function recipeWords(set: ScriptSet, networkName: string): readonly string[] {
  const { labels, recipe } = quotedRecipe(set)
  const { optimizer, rate, momentum, decay, epochs, batch, augment } = recipe
  const how =
    optimizer === 'sgd'
      ? `SGD, lr ${rate}, momentum ${momentum}, weight_decay ${decay}`
      : `AdamW, lr ${rate}, weight_decay ${decay} (not for biases and scales)`
  const schedule = {
    'drop-at-half': 'lr times 0.1 from the middle epoch on, with a new optimizer',
    'quarter-drops': 'lr times 0.3 after each quarter of the epochs',
    cosine: 'lr goes to 0 along a cosine, step by step',
    none: 'lr stays as it is'
  }[recipe.schedule]
  const loss = {
    'cross-entropy': 'cross-entropy',
    kl: `KL divergence at temperature ${recipe.temperature}, times its square`,
    'squared-error': 'mean squared error on the outputs'
  }[recipe.loss]
  const changes =
    augment === null
      ? 'none'
      : `${augment.groups.join(', ')} (${augment.mode === 'one' ? 'one of them, drawn for each batch' : 'all of them'})`
  return [
    `Network       ${networkName}`,
    `Optimizer     ${how}`,
    `Schedule      ${epochs} epochs, batches of ${batch}; ${schedule}`,
    `Loss          ${loss}, ${labels === 'own' ? ownLabelWords(set) : 'with plain labels (labels)'}`,
    `Augmentation  ${changes}`
  ]
}

function ownLabelWords(set: ScriptSet): string {
  const changed = changedLabels(set)
  if (changed === undefined) return "with the set's own labels (targets)"
  return changed.kind === 'teacher'
    ? 'with what the helper model (helper.npz) says about every changed picture'
    : 'with the stored labels of changed pictures (views.npz)'
}
