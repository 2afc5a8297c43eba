// The job behind "What does it teach?": it ends with the same analysis after being stopped, keeps
// panels of earlier ones, and says plainly what it needs.
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AnalysisPanel, AnalysisRequest, type AnalysisResult } from '../../api/dto/analysis.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import { createAnalyseJob } from './analyse-job.ts'
import { createAnalyses, type Analyses } from './analyses.ts'
import { loadAnalysis } from './analysis-file.ts'
import { createNetworkProber } from './network-prober.ts'
import {
  addPictures,
  addRows,
  createDistilFixture,
  draftFor,
  runDistilJob,
  type DistilFixture
} from './distil.test-support.ts'

let fixture: DistilFixture
beforeEach(async () => {
  fixture = await createDistilFixture()
})
afterEach(() => fixture.dispose())

const runsFolder = (): string => join(fixture.folder, 'runs')
const settings = { expertEpochs: 2, moments: 2, studentEpochs: 20, rates: 1, finalists: 1 }

/** A finished tiny set of real items. */
async function makeSet(dataset: string): Promise<void> {
  const method = { id: 'soft-labels', params: settings }
  const draft = draftFor(dataset, { method, check: { isOn: false } })
  const run = await runDistilJob(fixture, draft, { id: 'set' })
  expect(run.error).toBeUndefined()
}

interface Kept {
  state: unknown
}

/** Runs an analysis, or goes on with it; stops after some checkpoints if asked. */
async function analyse(
  request: AnalysisRequest,
  kept: Kept = { state: undefined },
  stopAfter = Infinity
): Promise<number> {
  const abort = new AbortController()
  let checkpoints = 0
  const kind = createAnalyseJob({
    store: fixture.store,
    features: fixture.features,
    mediaFolder: join(fixture.folder, 'media'),
    runsFolder: runsFolder(),
    now: () => 5_000_000
  })
  const context: JobContext = {
    id: 'analysis',
    signal: abort.signal,
    pool: fixture.pool,
    deviceRequest: 'native',
    phase: () => undefined,
    progress: () => undefined,
    total: () => undefined,
    breathe() {
      abort.signal.throwIfAborted()
      return Promise.resolve()
    },
    log: () => undefined,
    note: () => undefined,
    live: () => undefined,
    device: () => undefined,
    checkpoint: kept.state,
    saveCheckpoint(state) {
      abort.signal.throwIfAborted()
      kept.state = JSON.parse(JSON.stringify(state))
      checkpoints++
      if (checkpoints === stopAfter) abort.abort()
    },
    async folder() {
      const folder = join(runsFolder(), 'analysis')
      await mkdir(folder, { recursive: true })
      return folder
    },
    keepOnCancel: false
  }
  await kind.run(context, request)
  return checkpoints
}

async function analysis(): Promise<AnalysisResult> {
  const found = await loadAnalysis(join(runsFolder(), 'set'))
  if (found === null) throw new Error('there is no analysis')
  return found
}

const ask = (panels: readonly string[]): AnalysisRequest =>
  AnalysisRequest.parse({ run: 'set', panels, effort: 'quick' })

it('ends with the same analysis after stops, and leaves no files of its own', async () => {
  await addRows(fixture)
  await makeSet('rows')
  const request = ask(['learned', 'influence'])
  const all = await analyse(request)
  const whole = await analysis()
  expect(whole.parts.influence?.items).toHaveLength(6)
  expect(whole.parts.mixing).toBeNull()
  expect(whole.setItems).toBe(6)

  await rm(join(runsFolder(), 'set', 'analysis.json'))
  const kept: Kept = { state: undefined }
  await expect(analyse(request, kept, 3)).rejects.toThrow()
  expect(await loadAnalysis(join(runsFolder(), 'set'))).toBeNull()
  // Of the three, the last was named by a checkpoint just before the stop.
  expect(await analyse(request, kept)).toBe(all - 3)
  expect((await analysis()).parts).toEqual(whole.parts)
  expect(await readdir(runsFolder())).toEqual(['set'])
}, 60_000)

it('reads pictures again, and keeps panels that an earlier analysis made', async () => {
  await addPictures(fixture, 240)
  await makeSet('pictures')
  await analyse(ask(['learned']))
  await analyse(ask(['recognition']))
  const { parts, network, classNames } = await analysis()
  expect(network).toContain('4 filters')
  expect(classNames).toHaveLength(4)
  expect(parts.learned?.points.length).toBeGreaterThan(5)
  expect(parts.recognition?.judges).toHaveLength(2)
  expect(parts.recognition?.brightness?.outside01).toEqual({ real: 0, set: 0 })
}, 60_000)

it('says what it needs', async () => {
  const submitted: unknown[] = []
  const analyses: Analyses = createAnalyses({
    store: fixture.store,
    runsFolder: runsFolder(),
    prober: createNetworkProber({
      store: fixture.store,
      pool: fixture.pool,
      mediaFolder: join(fixture.folder, 'media')
    }),
    deviceRequest: () => 'native',
    engine: () => ({
      submit(request) {
        submitted.push(request)
        return { id: 'job' } as never // only its id is read
      }
    })
  })
  expect(() => analyses.start(ask(['mixing']))).toThrow(
    expect.objectContaining({ code: 'run-not-found' })
  )
  await addRows(fixture)
  await makeSet('rows')
  expect(await analyses.read('set')).toEqual({ analysis: null, items: [] })
  expect(analyses.start(ask(['influence']))).toBe('job')
  const [few, all] = [
    await analyses.times({ run: 'set', panels: ['learned'] }),
    await analyses.times({ run: 'set', panels: [...AnalysisPanel.options] })
  ]
  expect(all.efforts.map(({ effort }) => effort)).toEqual(['quick', 'standard', 'thorough'])
  all.efforts.forEach(({ lowSeconds, highSeconds }, at) => {
    expect(highSeconds).toBeGreaterThan(lowSeconds)
    expect(highSeconds).toBeGreaterThanOrEqual(few.efforts[at].highSeconds)
    if (at > 0) expect(highSeconds).toBeGreaterThan(all.efforts[at - 1].highSeconds)
  })
  expect(submitted).toEqual([expect.objectContaining({ kind: 'analyse', run: 'set' })])
  await analyse(ask(['influence']))
  const { analysis: found, items } = await analyses.read('set')
  const rows = found?.parts.influence?.items.flatMap(({ helps }) => helps.map(({ row }) => row))
  expect(new Set(items.map(({ row }) => row))).toEqual(new Set(rows))
})
