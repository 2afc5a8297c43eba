// Soft labels on small pictures and on rows of numbers: what comes out, what is warned about, and
// that a run goes on from every checkpoint to the same bits.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import type { DistillationInputs } from '../distillation-method.ts'
import {
  pictureInputs,
  runToEnd,
  vectorInputs,
  withExperts,
  type FinishedRun
} from '../real-items/distillation.test-support.ts'
import { softLabelsMethod as method } from './method.ts'
import type { ReadyTable } from './tables.ts'

const network = { kind: 'mlp', width: 16, depth: 1, norm: 'none' } as const

const small = {
  expertEpochs: 8,
  expertRate: 0.03,
  moments: 3,
  temperatures: 2,
  rates: 2,
  finalists: 1,
  studentEpochs: 150
} as const

let device: Device
let inputs: DistillationInputs
let done: FinishedRun
beforeAll(async () => {
  device = await openTestDevice()
  inputs = await withExperts(device, method, vectorInputs(3, network), small)
  done = await runToEnd(device, method, inputs, small)
})

describe('soft labels', () => {
  it('give real items with shares that sum to 1, in half precision', () => {
    const { set } = done
    expect(set.form).toBe('rows')
    expect(set.count).toBe(18)
    const rows = set.sourceRows ?? new Uint32Array(0)
    expect(set.values).toEqual(inputs.train.read(rows))
    expect(Array.from(rows, (row) => inputs.train.labels[row])).toEqual([...set.labels])
    expect(new Set(rows).size).toBe(18)
    if (set.targets.kind !== 'soft') throw new Error('expected richer labels')
    const { shares } = set.targets
    for (let i = 0; i < 18; i++) {
      const sum = shares.subarray(6 * i, 6 * i + 6).reduce((a, b) => a + b, 0)
      expect(sum).toBeCloseTo(1, 6)
    }
    expect(set.stored.map(({ part, bytesEach }) => [part, bytesEach])).toEqual([
      ['items', 4],
      ['labels', 2]
    ])
    expect(set.info['labelKind']).toBe('soft')
    expect(set.student.rate).toBe(set.info['rate'])
  })

  it('say what every moment and temperature gave, and whether the helper model is good enough', () => {
    const [search, decision] = done.set.info['tables'] as ReadyTable[]
    expect(search.header).toHaveLength(5)
    expect(search.rows).toHaveLength(3)
    expect(decision.rows).toHaveLength(4)
    expect(done.set.info['softAccuracy']).toBeGreaterThan(done.set.info['plainAccuracy'] as number)
    expect(done.set.info['validationAccuracy']).toBe(done.set.info['softAccuracy'])
  })

  it('yield better and better sets, each with a checkpoint', () => {
    const candidates = done.seen.filter(({ candidate }) => candidate !== undefined)
    expect(candidates.length).toBeGreaterThan(1)
    expect(candidates.every(({ checkpoint }) => checkpoint !== undefined)).toBe(true)
    expect(candidates[0].candidate?.targets.kind).toBe('hard')
    const reached = candidates.map(({ candidate }) => candidate?.info['validationAccuracy'])
    expect(reached).toEqual([...reached].sort())
    const last = done.seen[done.seen.length - 1]
    expect(last.done).toBe(last.total)
  })

  it('go on from every checkpoint to the same bits', async () => {
    const [first, ...others] = done.checkpoints
    for (const resume of [first, others[4], others[others.length - 1]]) {
      const again = await runToEnd(device, method, inputs, small, {
        resume: structuredClone(resume)
      })
      expect(again.set).toEqual(done.set)
    }
  })

  it('leave no tensors behind, and stop when told to', async () => {
    const before = device.tf.memory().numTensors
    const stop = new AbortController()
    const reason = new Error('stopped')
    const run = runToEnd(device, method, inputs, small, { signal: stop.signal })
    setImmediate(() => stop.abort(reason))
    await expect(run).rejects.toBe(reason)
    expect(device.tf.memory().numTensors).toBe(before)
    const short = { ...small, moments: 1, temperatures: 1, rates: 1, studentEpochs: 10 }
    await runToEnd(device, method, inputs, short)
    expect(device.tf.memory().numTensors).toBe(before)
  })

  it('keep plain labels when the helper model is too weak, and say so', async () => {
    const weak = { ...small, expertEpochs: 1, expertRate: 1e-5, moments: 1, temperatures: 1 }
    const given = await withExperts(device, method, vectorInputs(3, network), weak)
    const { set } = await runToEnd(device, method, given, weak)
    expect(set.targets).toEqual({ kind: 'hard' })
    expect(set.info['expertEpoch']).toBeNull()
    expect(set.notes.join(' ')).toContain('Plain labels are better here')
    expect(set.notes.join(' ')).toContain('A helper model has to be clearly better')
    expect(set.stored.map(({ bytesEach }) => bytesEach)).toEqual([4, 1])
  })

  it('store only the largest shares when asked to', async () => {
    const top = { ...small, moments: 1, temperatures: 1, rates: 1, keep: 2 }
    const { seen } = await runToEnd(device, method, inputs, top)
    const soft = seen.flatMap(({ candidate }) =>
      candidate?.targets.kind === 'soft' ? [candidate] : []
    )
    for (const { stored, info } of soft) {
      expect(stored.map(({ bytesEach, shape }) => [bytesEach, shape[1]])).toEqual([
        [4, 8],
        [1, 2],
        [2, 2]
      ])
      expect(info['labelDivergence']).toBeGreaterThan(0)
    }
    expect(soft.length).toBeGreaterThan(0)
  })
})

describe('soft labels for pictures', () => {
  it('are made with a small ConvNet, pictures stored as bytes', async () => {
    const params = {
      ...small,
      choice: 'herding',
      moments: 1,
      temperatures: 1,
      rates: 1,
      studentEpochs: 30
    } as const
    const given = await withExperts(device, method, pictureInputs(4), params)
    const { set } = await runToEnd(device, method, given, params)
    expect(set.count).toBe(16)
    expect(set.stored[0]).toMatchObject({ shape: [16, 8, 8, 1], bytesEach: 1 })
    expect(set.student.augment?.groups).not.toContain('flip')
    expect(set.info['validationAccuracy']).toBeGreaterThan(0.25)
  })

  it('work with a linear helper model on rows of numbers', async () => {
    const linear = { ...network, kind: 'linear' } as const
    const given = await withExperts(device, method, vectorInputs(4, linear), small)
    const { set } = await runToEnd(device, method, given, small)
    expect(set.student.augment).toBeNull()
    expect(set.info['validationAccuracy']).toBeGreaterThan(0.5)
  })
})

describe('what in the labels teaches', () => {
  it('is measured as tables, with the frontier', async () => {
    const params = {
      ...small,
      choice: 'difficulty',
      moments: 1,
      temperatures: 1,
      rates: 1,
      studentEpochs: 10,
      experiments: true,
      frontier: true
    } as const
    const { set, seen } = await runToEnd(device, method, inputs, params)
    const tables = set.info['tables'] as ReadyTable[]
    expect(tables.map(({ rows }) => rows.length)).toEqual([1, 2, 5, 7, 5])
    expect(set.info['frontier']).toMatchObject({ perClass: [1, 2, 3, 5] })
    const last = seen[seen.length - 1]
    expect(last.done).toBe(last.total)
  })
})
