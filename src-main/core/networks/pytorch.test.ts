// The same weights in PyTorch: equal logits, losses, running statistics and weights after steps of
// SGD. Skipped where python3 with torch is not installed.
import { execFileSync, spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { enableGradients } from '../compute/devices/gradients.ts'
import { createRandom } from '../compute/random.ts'
import { openFastDevice } from '../evaluation/models/models.test-support.ts'
import { createNetwork } from './create-network.ts'
import { inputSize, type InputShape, type NetworkSpec } from './network.ts'
import { labelledValues } from './normalisation.ts'
import { predictLogits } from './predict.ts'
import { createTrainer } from './trainer.ts'

const python = '/usr/bin/python3'
// Looking for it is quick, importing it is not.
const look = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("torch") is None)'
const hasTorch = spawnSync(python, ['-c', look], { timeout: 60_000 }).status === 0

/** Reads cases as JSON from standard input and writes what PyTorch makes of each. */
const script = `
import json, sys, torch
from torch import nn
torch.manual_seed(0)
torch.set_num_threads(1)

def answer(case):
    h, w, c = case['shape']
    depth, width, classes = case['depth'], case['width'], case['classes']
    layers = []
    for block in range(depth):
        pad = case['padding'] if block == 0 else 1
        layers.append(nn.Conv2d(c if block == 0 else width, width, 3, padding=pad))
        batch = case['norm'] == 'batch'
        layers.append(nn.BatchNorm2d(width) if batch else nn.GroupNorm(width, width))
        layers += [nn.ReLU(), nn.AvgPool2d(2)]
    side = (h + 2 * (case['padding'] - 1)) // 2 ** depth
    net = nn.Sequential(*layers, nn.Flatten(), nn.Linear(width * side * side, classes))

    def ours(t):
        if t.dim() == 4: return t.permute(2, 3, 1, 0)
        if t.dim() == 2: return t.view(classes, width, side, side).permute(2, 3, 1, 0).reshape(-1, classes)
        return t

    with torch.no_grad():
        for p, values in zip(net.parameters(), case['parameters']):
            flat = torch.tensor(values)
            if p.dim() == 4: p.copy_(flat.view(3, 3, p.shape[1], p.shape[0]).permute(3, 2, 0, 1))
            elif p.dim() == 2: p.copy_(flat.view(side, side, width, classes).permute(3, 2, 0, 1).reshape(classes, -1))
            else: p.copy_(flat)
    x = torch.tensor(case['x']).view(-1, h, w, c).permute(0, 3, 1, 2)
    y = torch.tensor(case['y']).view(-1, classes)
    optimizer = torch.optim.SGD(net.parameters(), lr=case['rate'], momentum=0.9, weight_decay=5e-4)
    losses = []
    for step in range(case['steps']):
        optimizer.zero_grad()
        loss = -(y * net(x).log_softmax(1)).sum(1).mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    net.eval()
    statistics = [s for m in net if isinstance(m, nn.BatchNorm2d) for s in (m.running_mean, m.running_var)]
    with torch.no_grad():
        return {
            'losses': losses,
            'logits': net(x).flatten().tolist(),
            'parameters': [ours(p).flatten().tolist() for p in net.parameters()],
            'statistics': [s.tolist() for s in statistics],
        }

json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
`

interface Answer {
  readonly losses: readonly number[]
  readonly logits: readonly number[]
  readonly parameters: readonly (readonly number[])[]
  readonly statistics: readonly (readonly number[])[]
}

interface Case {
  readonly norm: NetworkSpec['norm']
  readonly shape: InputShape
  readonly padding: number
}

const cases: readonly Case[] = [
  { norm: 'instance', shape: { height: 28, width: 28, channels: 1 }, padding: 3 },
  { norm: 'batch', shape: { height: 16, width: 16, channels: 3 }, padding: 1 }
]

const [steps, classes, rate, count] = [3, 4, 0.05, 6]

/** A network with its items, ours and as the script takes them. */
function prepare({ norm, shape, padding }: Case) {
  const spec: NetworkSpec = { kind: 'convnet', width: 5, depth: 3, norm }
  const network = createNetwork(spec, shape, classes)
  const random = createRandom(11)
  const x = Float32Array.from({ length: count * inputSize(shape) }, () => random.normal())
  const y = Float32Array.from({ length: count * classes }, (_, at) =>
    Math.floor(at / classes) % classes === at % classes ? 0.7 : 0.1
  )
  const start = network.start(createRandom(12))
  const { height, width, channels } = shape
  const given = {
    ...spec,
    ...{ padding, classes, steps, rate, shape: [height, width, channels] },
    ...{ parameters: start.map((values) => [...values]), x: [...x], y: [...y] }
  }
  return { network, x, y, start, given }
}

describe.skipIf(!hasTorch)('beside PyTorch', () => {
  it('ConvNets with instance and batch norm train alike', async () => {
    await enableGradients()
    const { tf } = await openFastDevice()
    const prepared = cases.map(prepare)
    const input = JSON.stringify(prepared.map(({ given }) => given))
    const limits = { maxBuffer: 1 << 26, timeout: 120_000 }
    const written = execFileSync(python, ['-c', script], { input, ...limits })
    // Written by the script above.
    const answers = JSON.parse(written.toString()) as Answer[]
    for (const [at, { network, x, y, start }] of prepared.entries()) {
      const theirs = answers[at]
      const rules = { optimizer: 'sgd', momentum: 0.9, decay: 5e-4, sharpness: 0 } as const
      const loss = { loss: 'cross-entropy', temperature: 1 } as const
      const trainer = createTrainer(tf, network, { ...rules, ...loss }, { parameters: start })
      for (const expected of theirs.losses)
        expect(Math.abs(trainer.step(x, y, rate) - expected)).toBeLessThan(1e-5)
      const { parameters, statistics } = trainer.state()
      trainer.dispose()
      expect(parameters.map(({ length }) => length)).toEqual(
        theirs.parameters.map(({ length }) => length)
      )
      expect(furthest(parameters, theirs.parameters)).toBeLessThan(1e-5)
      expect(furthest(statistics, theirs.statistics)).toBeLessThan(1e-5)
      const rows = labelledValues(x, new Int32Array(count))
      const { signal } = new AbortController()
      const logits = await predictLogits(tf, network, parameters, rows, signal, statistics)
      expect(furthest([logits], [theirs.logits])).toBeLessThan(1e-5)
    }
  }, 180_000)
})

function furthest(ours: readonly Float32Array[], theirs: readonly (readonly number[])[]): number {
  return Math.max(
    0,
    ...ours.map((values, at) =>
      values.reduce((worst, value, i) => Math.max(worst, Math.abs(value - theirs[at][i])), 0)
    )
  )
}
