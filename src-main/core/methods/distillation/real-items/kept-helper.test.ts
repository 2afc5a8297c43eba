// Methods that may keep a helper model and ask it while students learn: it is tried on the same terms
// as plain labels and labels stored once, and a run goes on from its checkpoints to the same bits.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openFastDevice } from '../../../evaluation/models/models.test-support.ts'
import type { DistillationMethod, DistilledSet } from '../distillation-method.ts'
import { realisticTilesMethod } from '../realistic-tiles/method.ts'
import { softLabelsMethod } from '../soft-labels/method.ts'
import type { ReadyTable } from '../soft-labels/tables.ts'
import { pictureInputs, runToEnd, vectorInputs, withExperts } from './distillation.test-support.ts'
import { realItemsMethod } from './method.ts'
import { agedMoments } from './teacher-kinds.ts'

let device: Device
beforeAll(async () => {
  device = await openFastDevice()
})

const pictures = { ...pictureInputs(3), labels: 'teacher' } as const

function changedOf({ targets }: DistilledSet): string | undefined {
  return targets.kind === 'soft' ? targets.changed?.kind : undefined
}

/** Runs a method, and again from a checkpoint in the middle; the sets on the way, and the last one. */
async function runOf(method: DistillationMethod, params: Record<string, unknown>) {
  const inputs = await withExperts(device, method, pictures, params)
  const { tf } = device
  const before = tf.memory().numTensors
  const { set, seen, checkpoints } = await runToEnd(device, method, inputs, params)
  expect(tf.memory().numTensors).toBe(before)
  const resume = structuredClone(checkpoints[Math.floor(checkpoints.length / 2)])
  expect((await runToEnd(device, method, inputs, params, { resume })).set).toEqual(set)
  const last = seen[seen.length - 1]
  expect(last.done).toBe(last.total)
  return { set, sets: [...seen.flatMap(({ candidate }) => candidate ?? []), set] }
}

describe('a helper model that may be kept', () => {
  it('is tried for soft labels beside those stored once, with as many tries', async () => {
    const params = {
      ...{ expertEpochs: 6, expertRate: 0.05, moments: 2, temperatures: 1, rates: 1, finalists: 1 },
      studentEpochs: 40
    }
    const { set, sets } = await runOf(softLabelsMethod, params)
    const tables = set.info['tables'] as ReadyTable[]
    expect(tables.map(({ title }) => title)).toEqual([
      'Moments of the helper model and temperatures',
      'The same, the helper model asked while students learn',
      'What decided'
    ])
    expect(tables[0].rows).toHaveLength(2)
    expect(tables[1].rows).toHaveLength(2)
    const tried = tables[2].rows.map(([name]) => String(name))
    expect(tried.filter((name) => name.includes('asked about every changed picture'))).toHaveLength(
      1
    )
    expect(tried).toHaveLength(3)
    for (const each of sets)
      expect(changedOf(each) === 'teacher').toBe(each.info['labelKind'] === 'teacher')
  })

  it('is asked beside plain labels, in several weights and moments', async () => {
    const params = {
      ...{ rates: 1, studentEpochs: 150, weights: 2, helperMoments: 2, expertEpochs: 40 }
    }
    const { set, sets } = await runOf(realItemsMethod, params)
    const [table] = set.info['tables'] as ReadyTable[]
    expect(table.rows.map(([name]) => name)).toEqual([
      'plain',
      '100.0 % helper model at pass 40',
      '75.0 % helper model at pass 40',
      '100.0 % helper model at pass 20',
      '75.0 % helper model at pass 20'
    ])
    const taught = sets.find((each) => changedOf(each) === 'teacher')
    if (taught?.targets.kind !== 'soft' || taught.targets.changed?.kind !== 'teacher')
      throw new Error('no set with a helper model did better than plain labels')
    const { changed, shares } = taught.targets
    expect(changed.teacherShare).toBe(taught.info['teacherShare'])
    // The labels of the pictures as they are: at least the plain part lies at the label.
    taught.labels.forEach((label, i) =>
      expect(shares[4 * i + label]).toBeGreaterThan(0.99 * (1 - changed.teacherShare))
    )
    expect(taught.stored.map(({ part, bytesEach }) => [part, bytesEach])).toEqual([
      ['items', 1],
      ['labels', 1],
      ['teacher', 2]
    ])
  })

  it('is asked about tiles at the temperature of the paper', async () => {
    const params = { pictures: 20, crops: 2, expertEpochs: 4, studentEpochs: 30 }
    const { set, sets } = await runOf(realisticTilesMethod, params)
    const [table] = set.info['tables'] as ReadyTable[]
    expect(table.rows).toHaveLength(4)
    expect(table.rows[3][0]).toBe('what the helper model says about every changed picture')
    for (const each of sets) {
      const isAsked = changedOf(each) === 'teacher'
      expect([each.student.loss, each.student.temperature]).toEqual(
        isAsked ? ['kl', 20] : ['cross-entropy', 1]
      )
    }
  })

  it('is no part of a set where it was not asked for', async () => {
    expect(
      realItemsMethod.experts({ ...shape(), labels: 'soft' }, realItemsMethod.params.parse({}))
    ).toBe(undefined)
    const { set } = await runToEnd(device, realItemsMethod, pictureInputs(2), {
      rates: 1,
      studentEpochs: 10
    })
    expect(set.targets).toEqual({ kind: 'hard' })
  })

  it('gives rows of numbers labels that are stored once: they are never changed', async () => {
    const network = { kind: 'mlp', width: 12, depth: 1, norm: 'none' } as const
    const params = { rates: 1, studentEpochs: 80, weights: 1, helperMoments: 1, expertEpochs: 8 }
    const asked = { ...vectorInputs(2, network), labels: 'teacher' } as const
    const inputs = await withExperts(device, realItemsMethod, asked, params)
    const { seen } = await runToEnd(device, realItemsMethod, inputs, params)
    const soft = seen.flatMap(({ candidate }) =>
      candidate?.targets.kind === 'soft' ? candidate : []
    )
    for (const set of soft) expect(changedOf(set)).toBeUndefined()
    expect(soft.length).toBeGreaterThan(0)
  })
})

describe('moments by age', () => {
  it('are the last one, half of it, a quarter, each once', () => {
    const moments = [0, 0.25, 0.5, 1, 2, 3, 4, 5, 6, 7, 8].map((epoch) => ({ epoch }))
    expect(agedMoments(moments, 1)).toEqual([10])
    expect(agedMoments(moments, 3)).toEqual([10, 6, 4])
    expect(agedMoments([{ epoch: 0 }, { epoch: 1 }], 4)).toEqual([1])
  })
})

function shape() {
  const { shape: sides, network } = pictures
  return {
    data: 'pictures',
    shape: sides,
    classes: 4,
    trainItems: 240,
    perClass: 3,
    network
  } as const
}
