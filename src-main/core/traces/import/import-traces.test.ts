// The import of traces on a real project file: what it stores, what it leaves behind when it fails or
// is stopped, folders of all sorts of files, and what files look like before.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TraceImportOptions } from '../../../api/dto/trace-sets.ts'
import { AppError } from '../../../api/errors.ts'
import { createInProcessPool } from '../../datasets/testing/in-process-pool.ts'
import type { JobContext } from '../../jobs/job-kind.ts'
import { readTraces } from '../formats/registry.ts'
import type { TraceRecord } from '../model/trace.ts'
import { deriveTracesTask } from '../stored/derive-task.ts'
import { createTraceRemovals } from '../stored/removals.ts'
import { createTraceShelf, type TraceShelf } from '../stored/stored-traces.test-support.ts'
import { createTraceLists } from '../stored/trace-lists.ts'
import { createImportTracesJob, ImportTracesParams } from './import-job.ts'
import { importTracesTask } from './import-task.ts'
import { previewTraces } from './preview-task.ts'
import type { PickedPath } from './source-files.ts'

const fixture = fileURLToPath(
  new URL('../fixtures/tau-bench/airline-excerpt.json.gz', import.meta.url)
)
const never = new AbortController().signal
const pool = createInProcessPool([importTracesTask, deriveTracesTask])

let shelf: TraceShelf
beforeEach(() => {
  shelf = createTraceShelf()
})
afterEach(() => shelf.dispose())

interface Run {
  readonly notes: string[]
  readonly abort: AbortController
  readonly progress: { readonly phase: number; readonly done: number; readonly total: number }[]
  result: Promise<unknown>
}

/** Runs an import; `onProgress` may stop it. */
function start(
  picked: readonly PickedPath[],
  change: Partial<ImportTracesParams> = {},
  onProgress?: (run: Run, phase: number) => void
): Run {
  const abort = new AbortController()
  let phase = 0
  let total = 0
  const removals = createTraceRemovals({ store: shelf.store })
  const run: Run = { notes: [], abort, progress: [], result: Promise.resolve() }
  const context: JobContext = {
    ...{ id: 'job', signal: abort.signal, pool, deviceRequest: 'auto', checkpoint: undefined },
    phase(index, size) {
      phase = index
      total = size
    },
    progress(done) {
      run.progress.push({ phase, done, total })
      onProgress?.(run, phase)
    },
    total: (size) => void (total = size),
    breathe: async () => {
      if (abort.signal.aborted) throw new AppError('cancelled')
    },
    log: () => {},
    note: (text) => void run.notes.push(text),
    live: () => {},
    device: () => {},
    saveCheckpoint: () => {},
    folder: async () => shelf.folder,
    keepOnCancel: false
  }
  const params = ImportTracesParams.parse({
    ...{ set: 's', name: 'Runs', picked, options: TraceImportOptions.parse({}) },
    ...change
  })
  run.result = createImportTracesJob({ store: shelf.store, removals, now: () => 1 })
    .run(context, params)
    .finally(() => removals.settled())
  return run
}

const file = (path: string): PickedPath => ({ path, isFolder: false })

async function write(name: string, content: unknown): Promise<string> {
  const path = join(shelf.folder, name)
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

function chat(id: string, text: string, more: object = {}): object {
  return {
    id,
    messages: [
      { role: 'user', content: text },
      { role: 'assistant', content: 'done' }
    ],
    ...more
  }
}

describe('an import', () => {
  it('stores every attempt of a file bit for bit, with steps, findings and counts', async () => {
    const options = TraceImportOptions.parse({ hideSecrets: false })
    const run = start([file(fixture)], { options })
    const records: TraceRecord[] = []
    for await (const read of readTraces(fixture)) if ('record' in read) records.push(read.record)
    expect(await run.result).toMatchObject({ set: 's', traces: records.length })
    const { traces } = shelf.store
    const listings = traces.listings('s')
    expect(listings.map(({ trace }) => traces.record(trace))).toEqual(records)
    const summary = createTraceLists(shelf.store).summary('s')
    expect(summary).toMatchObject({
      name: 'Runs',
      formats: ['tau-bench results'],
      traces: records.length,
      tasks: new Set(records.map(({ task }) => task.key)).size,
      isDeriving: false,
      secrets: []
    })
    expect(summary.mixedTasks).toBeGreaterThan(0)
    expect(listings.some(({ detectors }) => detectors.includes('extra-write'))).toBe(true)
    expect(traces.set('s')?.tools.map(({ verb }) => verb)).toContain('book_reservation')
    const reading = run.progress.filter(({ phase }) => phase === 0)
    expect(reading.at(-1)).toMatchObject({ done: reading[0].total })
    expect(run.progress.at(-1)).toEqual({ phase: 1, done: records.length, total: records.length })
  })

  it('hides secrets before anything is stored, and counts them', async () => {
    const path = await write('a.jsonl', chat('1', 'Write to ada@example.org and ada@example.org'))
    await start([file(path)]).result
    const [{ trace }] = shelf.store.traces.listings('s')
    expect(JSON.stringify(shelf.store.traces.record(trace))).not.toContain('ada@')
    expect([...(shelf.store.traces.search('s', 'ada') ?? [])]).toEqual([])
    expect(createTraceLists(shelf.store).summary('s').secrets).toContainEqual({
      kind: 'e-mail address',
      count: expect.any(Number) as number
    })
  })

  it('reads folders file by file and lists what it cannot read', async () => {
    await write('logs/2/b.jsonl', `${JSON.stringify(chat('1', 'one'))}\n{"broken\n`)
    await write('logs/10/a.json', [chat('2', 'two')])
    await write('logs/notes.txt', 'no traces here')
    await write('logs/other.json', { a: 1 })
    await write('logs/.hidden/c.json', [chat('3', 'three')])
    const run = start([{ path: join(shelf.folder, 'logs'), isFolder: true }])
    expect(await run.result).toMatchObject({ traces: 2 })
    const { traces } = shelf.store
    const [part] = traces.parts('s')
    expect(traces.sources(part.part).map(({ name }) => name)).toEqual([
      'logs/2/b.jsonl',
      'logs/10/a.json'
    ])
    const { problems, next } = traces.problems('s', null, 2)
    expect(problems[0]).toMatchObject({ where: 'logs/2/b.jsonl, line 2' })
    expect(problems[1]).toEqual({
      where: 'logs/notes.txt',
      reason: 'It holds no JSON and no archive, so no traces.'
    })
    expect(traces.problems('s', next, 2).problems).toMatchObject([{ where: 'logs/other.json' }])
    expect(run.notes[0]).toMatch(/^3 things could not be read/)
  })

  it('adds to a set all or nothing', async () => {
    const path = await write('a.json', [chat('1', 'one')])
    await start([file(path)]).result
    const stopped = start([file(fixture)], { name: null }, ({ abort }) => abort.abort())
    await expect(stopped.result).rejects.toThrow()
    expect(shelf.store.traces.listings('s')).toHaveLength(1)
    expect(shelf.store.traces.parts('s').filter(({ state }) => state === 'ready')).toHaveLength(1)
    await start([file(path), file(await write('b.json', [chat('2', 'two')]))], { name: null })
      .result
    expect(shelf.store.traces.listings('s').map(({ name }) => name)).toEqual(['1', '1', '2'])
  })

  it.each([0, 1])(
    'stopped in phase %i leaves nothing, and the same name can be used',
    async (at) => {
      const run = start([file(fixture)], {}, ({ abort }, phase) => {
        if (phase === at) abort.abort()
      })
      await expect(run.result).rejects.toThrow()
      const { traces } = shelf.store
      expect([traces.sets(), traces.setByName('Runs')]).toEqual([[], undefined])
      await start([file(await write('a.json', [chat('1', 'one')]))]).result
      expect(traces.sets()).toHaveLength(1)
      expect(traces.parts()).toHaveLength(1)
    }
  )

  it('of a file without traces says so and leaves nothing', async () => {
    const path = await write('a.json', { rows: [1, 2] })
    await expect(start([file(path)]).result).rejects.toThrow('holds no traces')
    const both = start([file(path), file(await write('b.txt', 'x'))])
    await expect(both.result).rejects.toThrow('no attempts')
    expect(shelf.store.traces.parts()).toEqual([])
  })

  it('ends when its set is removed meanwhile', async () => {
    const path = await write('a.json', [chat('1', 'one')])
    await start([file(path)]).result
    const removals = createTraceRemovals({ store: shelf.store })
    const run = start([file(fixture)], { name: null }, () => removals.remove('s'))
    await expect(run.result).rejects.toThrow('removed meanwhile')
    await removals.settled()
    await createTraceRemovals({ store: shelf.store }).settled()
    expect(shelf.store.traces.parts()).toEqual([])
    expect(shelf.store.traces.sets('removing')).toEqual([])
  })

  it('reads a form that only a mapping tells', async () => {
    const path = await write(
      'x.jsonl',
      [
        {
          run: 'r1',
          ok: 'yes',
          turns: [
            { who: 'human', said: 'hello' },
            { who: 'bot', said: 'hi' }
          ]
        },
        {
          run: 'r2',
          ok: 'no',
          turns: [
            { who: 'human', said: 'bye' },
            { who: 'bot', said: 'bye' }
          ]
        }
      ]
        .map((each) => JSON.stringify(each))
        .join('\n')
    )
    const preview = await previewTraces(
      { picked: file(path), options: TraceImportOptions.parse({}) },
      never,
      () => 0
    )
    expect(preview.fields.map((field) => field.path)).toContain('turns[].who')
    const options = TraceImportOptions.parse({
      mapping: {
        messages: 'turns',
        role: 'who',
        text: 'said',
        id: 'run',
        outcome: 'ok',
        passValues: ['yes'],
        roles: { human: 'user', bot: 'assistant' }
      }
    })
    await start([file(path)], { options }).result
    expect(shelf.store.traces.listings('s')).toMatchObject([
      { name: 'r1', outcome: 'pass', steps: 1 },
      { name: 'r2', outcome: 'fail', steps: 1 }
    ])
  })
})

describe('a preview', () => {
  it('tells the form, the first attempt, and how attempts end, without keeping anything', async () => {
    const preview = await previewTraces(
      { picked: file(fixture), options: TraceImportOptions.parse({}) },
      never,
      () => 0
    )
    expect(preview.files).toMatchObject([
      {
        format: 'tau-bench',
        formatName: 'tau-bench results',
        traces: 20,
        isWhole: false,
        problem: null
      }
    ])
    expect(preview.example?.events).toHaveLength(12)
    expect(preview.example?.steps).toBeGreaterThan(3)
    expect(preview.outcomeFrom).toContain('reward')
    expect(preview.outcomes.pass + preview.outcomes.fail).toBe(20)
    expect([preview.fields, preview.mapping]).toEqual([[], null])
    expect(shelf.store.traces.parts()).toEqual([])
  })

  it('names files of a folder that hold no traces', async () => {
    await write('logs/a.json', [chat('1', 'call me at a@b.example', { outcome: 'pass' })])
    await write('logs/picture.png', '\u0089PNG')
    const preview = await previewTraces(
      {
        picked: { path: join(shelf.folder, 'logs'), isFolder: true },
        options: TraceImportOptions.parse({})
      },
      never,
      () => 0
    )
    expect(preview.files).toMatchObject([
      { name: 'logs/a.json', format: 'chat', traces: 1, isWhole: true, problem: null },
      { name: 'logs/picture.png', format: null, traces: 0, isWhole: true }
    ])
    expect(preview.files[1].problem).toContain('no JSON')
    expect(preview.secrets).toEqual([
      { kind: 'e-mail address', count: expect.any(Number) as number }
    ])
    expect(preview.example?.events[0].text).not.toContain('a@b')
  })
})
