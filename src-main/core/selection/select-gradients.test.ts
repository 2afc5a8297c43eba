// The job from draft to result on gradients made elsewhere: float16 files joined to the pool and to
// the example data, no labels anywhere, and a stop inside the pass that changes nothing.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SelectionResult } from '../../api/dto/runs.ts'
import { createRandom } from '../compute/random.ts'
import { npyOf } from '../datasets/readers/arrays/arrays.test-support.ts'
import { createInProcessPool } from '../datasets/testing/in-process-pool.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import { createMatrixJob, MatrixParams } from '../matrices/matrix-job.ts'
import { matrixTasks } from '../matrices/matrix-tasks.ts'
import { selectionMethods } from '../methods/registry.ts'
import { loadRun } from './run-items.ts'
import {
  clouds,
  createFixture,
  draftFor,
  runJob,
  type Fixture,
  type SyntheticItem
} from './selection-fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await createFixture()
})
afterEach(() => fixture.dispose())

const items = 240
/** So wide that the pass is made of several blocks. */
const columns = 12_000
const steps = ['checkpoint-500', 'checkpoint-1000']

const unlabelled = (seed: number, count: number): SyntheticItem[] =>
  clouds({ items: count, classes: 4, columns: 16, seed }).map((item) => ({ ...item, label: -1 }))

/** Random 16-bit floats; rows that lean to a direction have its first numbers. */
function gradients(seed: number, rows: number, leanOf: (row: number) => number): Uint16Array {
  const random = createRandom(seed)
  const out = new Uint16Array(rows * columns)
  const bitsOf = (bits: number): number => (bits & 0x8000) | (0x1c00 + ((bits >>> 16) % 0x0c00))
  for (let at = 0; at < out.length; at++) out[at] = bitsOf(random.uint32())
  for (let row = 0; row < rows; row++) {
    const lean = leanOf(row)
    if (lean < 0) continue
    const direction = createRandom(1000 + lean)
    for (let j = 0; j < 3000; j++) out[row * columns + j] = bitsOf(direction.uint32())
  }
  return out
}

/** Joins a file as the data page does. */
async function joinMatrix(dataset: string, task: string, values: Uint16Array): Promise<string> {
  const path = join(fixture.folder, `${dataset}-${task}.npy`)
  await writeFile(path, npyOf('<f2', [values.length / columns, columns], values))
  const mediaFolder = join(fixture.folder, 'media')
  await mkdir(mediaFolder, { recursive: true })
  const kind = createMatrixJob({ store: fixture.store, mediaFolder, now: () => 1 })
  const context: JobContext = {
    id: `${dataset}-${task}`,
    signal: new AbortController().signal,
    pool: createInProcessPool([...matrixTasks]),
    deviceRequest: 'auto',
    phase: () => undefined,
    progress: () => undefined,
    total: () => undefined,
    breathe: () => Promise.resolve(),
    log: () => undefined,
    note: () => undefined,
    live: () => undefined,
    device: () => undefined,
    checkpoint: undefined,
    saveCheckpoint: () => undefined,
    folder: () => Promise.resolve(fixture.folder),
    keepOnCancel: false
  }
  const params = { dataset, path, array: '', name: task, use: 'gradients', task, storage: 'link' }
  await kind.run(context, MatrixParams.parse(params))
  const joined = fixture.store.matrices.list(dataset).find((matrix) => matrix.task === task)
  return joined?.id ?? ''
}

/** A pool and two sets of examples, each with a file per checkpoint. */
async function addAll(checkpoints: number): Promise<string[]> {
  const plain = { classNames: [], labelColumn: undefined }
  await fixture.addDataset('pool', unlabelled(1, items), plain)
  await fixture.addDataset('A', unlabelled(2, 6), { ...plain, purpose: 'examples' })
  await fixture.addDataset('B', unlabelled(3, 6), { ...plain, purpose: 'examples' })
  const ids: string[] = []
  for (const [c, step] of steps.slice(0, checkpoints).entries()) {
    // Two rows in five lean to a direction.
    const lean = (row: number): number => (row % 5 < 2 ? row % 5 : -1)
    ids.push(await joinMatrix('pool', step, gradients(10 + c, items, lean)))
    await joinMatrix(
      'A',
      step,
      gradients(20 + c, 6, () => 0)
    )
    await joinMatrix(
      'B',
      step,
      gradients(30 + c, 6, () => 1)
    )
  }
  return ids
}

const sets = [
  { name: 'Charts', dataset: 'A' },
  { name: 'Maps', dataset: 'B' }
]
const draft = (method: string, gradients: string[], params = {}): ReturnType<typeof draftFor> =>
  draftFor('pool', {
    tasks: { kind: 'sets', sets },
    method: { id: method, params },
    gradients,
    check: { isOn: false }
  })

async function filesOf(id: string): Promise<string[]> {
  const names = ['chosen.npy', 'order.npy', 'scores.npy', 'reasons.npy']
  return Promise.all(
    names.map(async (name) =>
      (await readFile(join(fixture.folder, 'runs', id, name))).toString('base64')
    )
  )
}

const resultOf = (id: string): SelectionResult =>
  SelectionResult.parse(fixture.store.runs.get(id)?.result)

describe('a choice by gradients made elsewhere', () => {
  it('needs no label: every method keeps what leans to the examples', async () => {
    const ids = await addAll(2)
    // TRAK and TAROT even out what most rows share, and here that is what the examples lean to: TRAK
    // is damped, and of TAROT only a little more than chance is asked.
    const settings: Record<string, object> = {
      gtp: { rounds: 3 },
      tarot: { projection: 64 },
      trak: { projection: 256, damping: 1000 }
    }
    for (const method of ['icons', 'less', 'tracin', 'gtp', 'trak', 'tarot']) {
      const params = settings[method] ?? {}
      const run = await runJob(fixture, draft(method, ids, params), { id: method })
      expect(run.error).toBeUndefined()
      const result = resultOf(method)
      expect(result).toMatchObject({ asked: 48, got: 48 })
      expect(result.notes).toContain(
        `Learning directions made elsewhere were compared: ${steps.join(', ')}.`
      )
      const { chosen } = await loadRun(join(fixture.folder, 'runs', method))
      const leaning = chosen.filter((row) => row % 5 < 2).length
      // 19 by chance.
      const least: Record<string, number> = { gtp: 36, tarot: 24 }
      expect(leaning, method).toBeGreaterThanOrEqual(least[method] ?? 48)
    }
    expect(resultOf('icons').votes).toMatchObject({ tieRule: 'random' })
    expect(resultOf('icons').votes?.rules?.rules).toContain('vote')
    const reasons = resultOf('icons').leftOutReasons.reduce((sum, { count }) => sum + count, 0)
    expect(reasons).toBe(items - 48)
  }, 120_000)

  it('stopped at any checkpoint, inside the pass too, chooses the same items', async () => {
    const ids = await addAll(1)
    const stops = new Set<number>()
    for (const method of ['icons', 'less']) {
      const whole = await runJob(fixture, draft(method, ids), { id: method })
      expect(whole.error).toBeUndefined()
      const reference = await filesOf(method)
      for (let stopAfter = 1; stopAfter < whole.checkpoints; stopAfter++) {
        // Both runs write as many checkpoints: the second one is stopped only inside the pass.
        if (method === 'less' && !stops.has(stopAfter)) continue
        const id = `${method}-${stopAfter}`
        const stopped = await runJob(fixture, draft(method, ids), { id, stopAfter })
        expect(stopped.result).toBeUndefined()
        const state = JSON.stringify(fixture.store.jobs.checkpoint(id))
        if (state.includes('"matrices"')) stops.add(stopAfter)
        const again = await runJob(fixture, draft(method, ids), { id })
        expect(again.error).toBeUndefined()
        expect(await filesOf(id)).toEqual(reference)
      }
      expect(stops.size).toBeGreaterThanOrEqual(2)
    }
  })

  it('works on the candidates that the rules leave, with the same numbers', async () => {
    const ids = await addAll(1)
    const key = (row: number): string => fixture.store.items.get('pool', row)?.key ?? ''
    const mustDrop = Array.from({ length: 60 }, (_, i) => key(4 * i + 3))
    const dropped = { ...draft('less', ids), rules: { ...draft('less', ids).rules, mustDrop } }
    const run = await runJob(fixture, dropped, { id: 'dropped' })
    expect(run.error).toBeUndefined()
    await runJob(fixture, draft('less', ids), { id: 'all' })
    const [some, all] = await Promise.all(
      ['dropped', 'all'].map((id) => loadRun(join(fixture.folder, 'runs', id)))
    )
    expect(some.chosen.every((row) => row % 4 !== 3)).toBe(true)
    // Scores do not depend on who else is there: the order of those that are left is the same.
    const kept = [...all.chosen, ...all.leftOut].filter((row) => row % 4 !== 3)
    expect([...some.chosen]).toEqual(kept.slice(0, some.chosen.length))
  })

  it('says what is missing before it starts', async () => {
    const ids = await addAll(1)
    const other = fixture.store.matrices.list('B')[0]
    fixture.store.matrices.remove(other.id)
    const run = await runJob(fixture, draft('less', ids), { id: 'missing' })
    expect(run.error).toMatchObject({
      code: 'method-not-possible',
      message: expect.stringContaining('has no learning directions that go with') as string
    })
    const methods = selectionMethods.filter((method) => method.inputs.gradients === true)
    expect(methods.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['icons', 'gtp', 'less', 'tracin', 'trak', 'tarot'])
    )
  })
})
