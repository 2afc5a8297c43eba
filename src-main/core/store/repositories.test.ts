// Datasets, problems, jobs, runs, drafts and exports: what goes in comes out, names stay unique,
// and a checkpoint and the partial result it describes are one step.
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from './open-store.ts'
import type { RunRecord, Store } from './records.ts'
import { datasetRecord, jobRecord, newItem, temporaryFolder } from './store.test-support.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
beforeEach(() => {
  folder = temporaryFolder()
  store = openStore(join(folder.path, 'project.sqlite'))
})
afterEach(() => {
  store.dispose()
  folder.remove()
})

describe('datasets', () => {
  it('come back as they were, oldest first, without those that are still being built', () => {
    const flowers = datasetRecord('b', {
      kind: 'images',
      format: 'image-zip',
      options: { split: { kind: 'none' } },
      columns: [
        {
          name: 'height',
          type: 'number',
          role: 'number',
          confidence01: 0.5,
          distinct: null,
          missing: 2,
          examples: ['1']
        }
      ],
      labelColumn: 'label',
      classNames: ['rose', 'tulip'],
      sizeBytes: 2 ** 40,
      createdAt: 5
    })
    store.datasets.insert(flowers)
    store.datasets.insert(datasetRecord('a', { createdAt: 9 }))
    store.datasets.insert(datasetRecord('c', { state: 'building' }))
    expect(store.datasets.list().map(({ id }) => id)).toEqual(['b', 'a'])
    expect(store.datasets.get('b')).toEqual(flowers)
    expect(store.datasets.byName('Data c')?.state).toBe('building')
  })

  it('have names of their own', () => {
    store.datasets.insert(datasetRecord('a'))
    store.datasets.insert(datasetRecord('b'))
    expect(() => store.datasets.insert(datasetRecord('c', { name: 'Data a' }))).toThrow(
      'already in the project'
    )
    expect(() => store.datasets.update('b', { name: 'Data a' })).toThrow('already in the project')
    store.datasets.update('a', { name: 'Data a', items: 7, labelColumn: undefined })
    expect(store.datasets.get('a')?.items).toBe(7)
  })

  it('take their items with them, and nobody else’s', () => {
    for (const id of ['a', 'b']) {
      store.datasets.insert(datasetRecord(id))
      store.items.append(id, [newItem(0, 'same'), newItem(1, 'same')])
      store.problems.append(id, [{ where: 'row 9', reason: 'Too long.' }])
    }
    expect(store.items.get('b', 1)?.duplicateOf).toBe(0)
    store.datasets.remove('a')
    expect(store.items.count('a')).toBe(0)
    expect(store.items.count('b')).toBe(2)
    expect(store.problems.page('b', null, 10).total).toBe(1)
    // A number that was free again would give old rows to a new dataset.
    store.datasets.insert(datasetRecord('c'))
    expect(store.items.count('c')).toBe(0)
  })
})

describe('problems', () => {
  it('are listed in pages, in the order found', () => {
    store.datasets.insert(datasetRecord('a'))
    const problems = Array.from({ length: 25 }, (_, i) => ({ where: `row ${i}`, reason: 'Bad.' }))
    store.problems.append('a', problems.slice(0, 10))
    store.problems.append('a', problems.slice(10))
    const found: unknown[] = []
    let cursor: string | null = null
    do {
      const page = store.problems.page('a', cursor, 10)
      expect(page.total).toBe(25)
      found.push(...page.problems)
      cursor = page.next
    } while (cursor !== null)
    expect(found).toEqual(problems)
    store.problems.removeAll('a')
    expect(store.problems.page('a', null, 10)).toEqual({ problems: [], next: null, total: 0 })
  })
})

describe('jobs', () => {
  it('come back as they were; a list leaves out what may be large', () => {
    const job = jobRecord('a', {
      state: 'failed',
      params: { rows: [1, 2] },
      result: { items: 3 },
      error: { code: 'disk-full', message: 'Full.', hint: 'Free some.' },
      notes: ['One note.'],
      device: 'processor',
      cancelKeeps: true,
      leaseOwner: 'x',
      leaseAt: 12.5
    })
    store.jobs.insert(job)
    expect(store.jobs.get('a')).toEqual(job)
    expect(store.jobs.list()).toEqual([{ ...job, params: null, result: undefined }])
  })

  it('change field by field; undefined empties a field', () => {
    store.jobs.insert(jobRecord('a', { error: { code: 'internal', message: 'x' }, startedAt: 4 }))
    store.jobs.update('a', { error: undefined, fraction01: 0.5, cancelKeeps: true })
    store.jobs.update('a', {})
    expect(store.jobs.get('a')).toEqual(
      jobRecord('a', { startedAt: 4, fraction01: 0.5, cancelKeeps: true })
    )
  })

  it('queue by position, then by age', () => {
    store.jobs.insert(jobRecord('late', { position: 2 }))
    store.jobs.insert(jobRecord('young', { position: 1, createdAt: 9 }))
    store.jobs.insert(jobRecord('old', { position: 1, createdAt: 3 }))
    store.jobs.insert(jobRecord('done', { state: 'finished' }))
    expect(store.jobs.inStates(['queued']).map(({ id }) => id)).toEqual(['old', 'young', 'late'])
    expect(store.jobs.inStates(['finished', 'failed']).map(({ id }) => id)).toEqual(['done'])
    expect(store.jobs.inStates([])).toEqual([])
  })

  it('keep their log in order and hand it out from where the reader is', () => {
    store.jobs.insert(jobRecord('a'))
    store.jobs.insert(jobRecord('b'))
    const line = (text: string): Parameters<Store['jobs']['appendLog']>[1] => ({
      time: 1,
      level: 'info',
      code: 'x',
      text
    })
    store.jobs.appendLog('a', line('one'))
    store.jobs.appendLog('b', line('other'))
    store.jobs.appendLog('a', line('two'))
    const first = store.jobs.log('a', 0)
    expect(first.lines.map(({ text }) => text)).toEqual(['one', 'two'])
    expect(store.jobs.log('a', first.next)).toEqual({ lines: [], next: first.next })
    store.jobs.appendLog('a', line('three'))
    expect(store.jobs.log('a', first.next).lines.map(({ text }) => text)).toEqual(['three'])
  })

  it('take log, points and checkpoint with them', () => {
    store.jobs.insert(jobRecord('a'))
    store.jobs.appendLive('a', { series: 'loss', x: 1, y: 0.5 })
    store.jobs.saveCheckpoint('a', { row: 3 })
    expect(store.jobs.live('a')).toEqual([{ series: 'loss', x: 1, y: 0.5 }])
    store.jobs.remove('a')
    expect(store.jobs.live('a')).toEqual([])
    expect(store.jobs.checkpoint('a')).toBeUndefined()
  })

  it('remember the speed of a phase per kind of data', () => {
    expect(store.jobs.phaseSpeed('import', 'Reading', 'text')).toBeUndefined()
    store.jobs.savePhaseSpeed('import', 'Reading', 'text', 0.5)
    store.jobs.savePhaseSpeed('import', 'Reading', 'text', 0.25)
    expect(store.jobs.phaseSpeed('import', 'Reading', 'text')).toBe(0.25)
    expect(store.jobs.phaseSpeed('import', 'Reading', 'images')).toBeUndefined()
  })
})

describe('a checkpoint and what it describes', () => {
  beforeEach(() => {
    store.datasets.insert(datasetRecord('d'))
    store.jobs.insert(jobRecord('a'))
    store.jobs.saveCheckpoint('a', { row: 0 })
  })

  it('are written together', () => {
    store.jobs.saveCheckpoint('a', { row: 1 }, () => store.items.append('d', [newItem(0, 'one')]))
    expect(store.jobs.checkpoint('a')).toEqual({ row: 1 })
    expect(store.items.count('d')).toBe(1)
  })

  it('are both undone when the writing fails half-way', () => {
    expect(() =>
      store.jobs.saveCheckpoint('a', { row: 2 }, () => {
        store.items.append('d', [newItem(0, 'one')])
        throw new Error('disk')
      })
    ).toThrow('disk')
    expect(store.jobs.checkpoint('a')).toEqual({ row: 0 })
    expect(store.items.count('d')).toBe(0)
  })

  it('are both undone when the checkpoint cannot be written', () => {
    expect(() =>
      store.jobs.saveCheckpoint('gone', { row: 2 }, () =>
        store.items.append('d', [newItem(0, 'one')])
      )
    ).toThrow()
    expect(store.items.count('d')).toBe(0)
  })

  it('are not seen by another reader before the end', () => {
    const other = openStore(store.path, { isReadOnly: true })
    store.jobs.saveCheckpoint('a', { row: 1 }, () => {
      store.items.append('d', [newItem(0, 'one')])
      expect(other.items.count('d')).toBe(0)
      expect(other.jobs.checkpoint('a')).toEqual({ row: 0 })
    })
    expect(other.items.count('d')).toBe(1)
    other.dispose()
    store.jobs.clearCheckpoint('a')
    expect(store.jobs.checkpoint('a')).toBeUndefined()
  })
})

describe('runs, drafts and exports', () => {
  const run: RunRecord = {
    id: 'r',
    name: 'Best 10 %',
    dataset: 'd',
    datasetName: 'Data d',
    method: 'icons',
    draft: { seed: 1 },
    result: undefined,
    createdAt: 3
  }

  it('a run keeps its draft and gets its result', () => {
    store.runs.insert(run)
    store.runs.insert({ ...run, id: 's', createdAt: 4 })
    store.runs.update('r', { result: { got: 5 } })
    expect(store.runs.get('r')).toEqual({ ...run, result: { got: 5 } })
    expect(store.runs.list().map(({ id }) => id)).toEqual(['s', 'r'])
    store.runs.update('gone', { name: 'x' })
    store.runs.remove('r')
    expect(store.runs.get('r')).toBeUndefined()
  })

  it('a draft saved again replaces the one before; the newest is first', () => {
    store.drafts.save('a', 'data', { budget: 1 }, 1)
    store.drafts.save('b', 'data', {}, 2)
    store.drafts.save('a', 'rules', { budget: 2 }, 3)
    expect(store.drafts.list()).toEqual([
      { id: 'a', step: 'rules', draft: { budget: 2 }, savedAt: 3 },
      { id: 'b', step: 'data', draft: {}, savedAt: 2 }
    ])
    store.drafts.remove('a')
    expect(store.drafts.list()).toHaveLength(1)
  })

  it('exports are listed per run', () => {
    const record = {
      id: 'e',
      run: 'r',
      name: 'Out',
      path: '/out',
      items: 2,
      bytes: 9,
      createdAt: 1
    }
    store.exports.insert(record)
    store.exports.insert({ ...record, id: 'f', run: 's' })
    expect(store.exports.list('r')).toEqual([record])
    expect(store.exports.get('e')).toEqual(record)
  })
})
