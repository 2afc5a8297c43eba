// Expanding a small set: what is chosen, what is refused and why, what is under way, what was stopped,
// pictures that come up while they are made, the result in every state, and models of one's own.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noFilter } from '@api/dto/browse.ts'
import {
  ExpandPlan,
  type ExpandCandidate,
  type ExpandEstimate,
  type ExpandModel,
  type ExpandResult,
  type ExpandRun,
  type ExpandSoFar
} from '@api/dto/expand.ts'
import type { Job } from '@api/dto/jobs.ts'
import { AppError } from '@api/errors.ts'
import { useDatasets } from '../../stores/datasets.ts'
import { useJobs } from '../../stores/jobs.ts'
import { jobOf, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { useToasts } from '../../stores/toasts.ts'
import { common } from '../../text/common.ts'
import { expand as words } from '../../text/expand.ts'
import { smallBackend } from '../data/browsing.test-support.ts'
import { clickOn, projectOf, startApp, type TestApp } from '../view.test-support.ts'
import ExpandResultView from './ExpandResultView.vue'
import ExpandView from './ExpandView.vue'

let app: TestApp
let wrapper: VueWrapper | undefined
beforeEach(() => {
  // Pictures are drawn on canvases, which this document does not have.
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null)
})
afterEach(() => {
  wrapper?.unmount()
  vi.restoreAllMocks()
  vi.useRealTimers()
})
const page = (): string => document.body.textContent ?? ''
const buttonOf = (text: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find((button) =>
    [button.textContent?.trim(), button.getAttribute('aria-label')].includes(text)
  )
const fieldOf = <T extends HTMLElement>(label: string): T => {
  const found = [...document.querySelectorAll('label')].find(
    (each) => each.textContent?.trim() === label
  )
  const control = document.getElementById(found?.getAttribute('for') ?? '')
  if (control === null) throw new Error(`no field ${label}`)
  return control as T // the caller knows what kind of control it is
}
async function choose(label: string, option: string): Promise<void> {
  const select = fieldOf<HTMLSelectElement>(label)
  const at = [...select.options].find((each) => each.textContent?.trim() === option)
  if (at === undefined) throw new Error(`no option ${option}`)
  select.value = at.value
  select.dispatchEvent(new Event('change'))
  await flushPromises()
}
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(500)
  await flushPromises()
}

const shipped: ExpandModel = {
  ...{ id: 'shipped', name: 'Clothes', about: 'half of the clothes', side: 8, channels: 1 },
  ...{ pictures: 30_000, steps: 2000, losses: [1, 0.05], own: null }
}
const settings = {
  schedule: 'linear',
  steps: 1000,
  range: 'centred',
  told: 'number',
  side: 32
} as const
const fromFile = (part: Partial<NonNullable<ExpandModel['own']>> = {}): ExpandModel => ({
  ...{ id: 'file-1', name: 'mine.onnx', about: '', side: 32, channels: 3 },
  ...{ pictures: 0, steps: 0, losses: [] },
  own: {
    ...{ sha256: 'a'.repeat(64), file: 'mine.onnx', bytes: 5000, settings },
    ...{ isSideOpen: true, error: 0.08 },
    ...part
  }
})
const estimateOf = (part: Partial<ExpandEstimate> = {}): ExpandEstimate => ({
  ...{ sources: 12, found: 40, labels: [{ name: 'boot', count: 12 }], cautions: [] },
  ...{ seconds: { low: 60, high: 120 }, problem: null },
  ...part
})
const runOf = (part: Partial<ExpandRun> = {}): ExpandRun => ({
  ...{ job: 'j1', createdAt: 1, title: 'Expanding 12 pictures', make: 40, passed: null, made: 0 },
  ...part
})
const phaseOf = (index: number, done: number, total = 100): Job['phase'] => ({
  ...{ index, count: 4, name: 'Making pictures', names: [], done, total, unit: 'steps' }
})
const expandJob = (part: Partial<Job> = {}): Job =>
  jobOf({ id: 'j1', kind: 'expand-set', state: 'running', finishedAt: null, ...part })
const candidateOf = (at: number, part: Partial<ExpandCandidate> = {}): ExpandCandidate => ({
  ...{ at, label: 'boot', parents: [0, 1], weight: 0.4, seed: 7, nearest: 1, distance: 3 },
  ...{ nearestRatio: 0.6, labelShare01: 0.9, centreRatio: 0.8, returnError: 0.01 },
  ...{ reasons: [], isAccepted: true },
  ...part
})
const resultOf = (part: Partial<ExpandResult> = {}): ExpandResult => ({
  plan: ExpandPlan.parse({
    dataset: 'd',
    filter: { ...noFilter, labels: ['boot'] }
  }),
  ...{ dataset: 'Shoes', model: shipped, labels: ['boot'], reconstruction: 0.031, steps: 100 },
  sources: [0, 1].map((row) => ({ row, name: `boot-${row}.png`, label: 'boot' })),
  ...{ top: 500, geometryKept01: null },
  candidates: [
    candidateOf(0),
    candidateOf(1, { reasons: ['copy'], isAccepted: false, nearestRatio: 0.1 })
  ],
  bounds: { labelShare01: 0.5, nearestRatio: 0.3, returnError: 0.05, duplicate: 0.3 },
  helperAccuracy01: 0.8,
  readouts: { nearestRatio: 0.6, variety: 0.9, featureDistance: 4, featureDistanceReal: 5 },
  ...{ isReviewed: false, measure: null, seconds: 9, device: 'processor' },
  ...part
})
const pixels = {
  ...{ side: 8, channels: 1 },
  sources: new Uint8Array(2 * 64),
  made: new Uint8Array(2 * 64)
}
const soFarOf = (count: number, part: Partial<ExpandSoFar> = {}): ExpandSoFar => ({
  ...{ dataset: 'Shoes', make: 40, side: 8, channels: 1, isEnding: false },
  pictures: Array.from({ length: count }, () => ({ label: 'boot', parents: [0, 1] })),
  sources: ['boot-0.png', 'boot-1.png'],
  sourcePixels: new Uint8Array(2 * 64),
  madePixels: new Uint8Array(count * 64),
  ...part
})

async function showPlan(answers: Answers = {}, isReadOnly = false): Promise<void> {
  const backend = smallBackend(20)
  app = await startApp(
    {
      ...backend.answers,
      'datasets.list': () => ({ datasets: [{ ...backend.summary(), kind: 'images' }] }),
      'expand.models': () => ({ models: [shipped] }),
      'expand.runs': () => ({ runs: [] }),
      'expand.estimate': () => estimateOf(),
      ...answers
    },
    projectOf({ isReadOnly })
  )
  addRoutes()
  await useDatasets().load()
  await useJobs().load()
  vi.useFakeTimers()
  wrapper = app.show(ExpandView)
  await settle()
}
async function showResult(answers: Answers = {}, isReadOnly = false): Promise<void> {
  app = await startApp(
    {
      'expand.result': () => resultOf(),
      'expand.pixels': () => pixels,
      'expand.decide': () => ({}),
      ...answers
    },
    projectOf({ isReadOnly })
  )
  addRoutes()
  await useJobs().load()
  wrapper = app.show(ExpandResultView, { job: 'j1' })
  await flushPromises()
}
function addRoutes(): void {
  const component = { template: '<i />' }
  app.router.addRoute({ path: '/expand', name: 'expand', component })
  app.router.addRoute({ path: '/expand/:job', name: 'expand-result', component })
}
const place = (): string => app.router.currentRoute.value.fullPath

describe('choosing what is expanded', () => {
  it('says so where there are no pictures, and leads to adding them', async () => {
    await showPlan({ 'datasets.list': () => ({ datasets: [] }) })
    expect(page()).toContain(words.noDatasets)
    await clickOn(buttonOf(words.addData))
    expect(place()).toBe('/add-data')
  })

  it('says how long it takes and starts what was chosen', async () => {
    await showPlan({ 'expand.start': () => ({ job: 'j1' }) })
    expect(page()).toContain(words.counts(12, 40))
    expect(page()).toContain(words.modelAbout('half of the clothes', 30_000))
    await clickOn(buttonOf(words.start))
    expect(app.inputs('expand.start')).toMatchObject([
      { model: 'shipped', rule: 'between-two', most: 30, make: 30, seed: 1 }
    ])
  })

  it('says why so few cannot be expanded, and starts nothing', async () => {
    const problem = '5 pictures are chosen; at least 10 are needed.'
    await showPlan({ 'expand.estimate': () => estimateOf({ problem, seconds: null }) })
    expect(page()).toContain(problem)
    expect(buttonOf(words.start)?.disabled).toBe(true)
  })

  it('warns before it starts, and says that the time is not known while something runs', async () => {
    await showPlan({
      'expand.estimate': () => estimateOf({ cautions: ['Much alike.'], seconds: null })
    })
    expect(page()).toContain('Much alike.')
    expect(page()).toContain(words.noTime)
  })

  it('says what was refused when it is started', async () => {
    await showPlan({
      'expand.start': () => {
        throw new AppError('invalid-input', 'No label has two pictures.')
      }
    })
    await clickOn(buttonOf(words.start))
    expect(page()).toContain('No label has two pictures.')
  })

  it('reads again when it could not', async () => {
    let isBroken = true
    await showPlan({
      'expand.models': () => {
        if (isBroken) throw new AppError('file-not-readable')
        return { models: [shipped] }
      }
    })
    expect(page()).toContain(words.failedToLoad)
    isBroken = false
    await clickOn(buttonOf(common.tryAgain))
    expect(page()).not.toContain(words.failedToLoad)
  })

  it('changes nothing in a project that is open for reading only', async () => {
    await showPlan({}, true)
    expect(page()).toContain(words.readOnly)
    for (const text of [words.start, words.ownFile, words.trainOwn])
      expect(buttonOf(text)?.disabled, text).toBe(true)
  })
})

describe('expansions under way and before', () => {
  it('are paused, gone on with, and ended with what there is', async () => {
    const job = expandJob({ phase: phaseOf(3, 32) })
    await showPlan({
      'jobs.list': () => ({ jobs: [job] }),
      'expand.runs': () => ({ runs: [runOf({ made: 16 })] }),
      'jobs.pause': () => ({ ...job, state: 'paused' }),
      'jobs.continue': () => job,
      'expand.end': () => ({})
    })
    expect(page()).toContain(words.underWay)
    expect(page()).toContain(words.none)
    await clickOn(buttonOf(words.pause))
    expect(app.inputs('jobs.pause')).toEqual([{ id: 'j1' }])
    expect(buttonOf(words.endHere)).toBeUndefined()
    await clickOn(buttonOf(words.goOn))
    expect(app.inputs('jobs.continue')).toEqual([{ id: 'j1' }])
    await clickOn(buttonOf(words.endHere))
    expect(app.inputs('expand.end')).toEqual([{ job: 'j1' }])
    await clickOn(buttonOf(words.lookSoFar))
    expect(place()).toBe('/expand/j1')
  })

  it('cannot be ended, nor looked at, before a picture is finished', async () => {
    await showPlan({ 'jobs.list': () => ({ jobs: [expandJob({ phase: phaseOf(2, 50) })] }) })
    expect(buttonOf(words.endHere)).toBeUndefined()
    expect(buttonOf(words.lookSoFar)).toBeUndefined()
    expect(buttonOf(words.pause)).toBeDefined()
  })

  it('keep what is finished when they are stopped, and are removed by hand', async () => {
    const job = expandJob({ phase: phaseOf(3, 32) })
    const stopped = expandJob({ state: 'cancelled', finishedAt: 2 })
    let runs = [runOf({ made: 16 })]
    await showPlan({
      'jobs.list': () => ({ jobs: [job] }),
      'expand.runs': () => ({ runs }),
      'jobs.cancel': () => stopped,
      'jobs.discard': () => {
        runs = []
        return {}
      }
    })
    await clickOn(buttonOf(words.stop))
    await settle()
    expect(app.inputs('jobs.cancel')).toEqual([{ id: 'j1', keep: true }])
    expect(page()).toContain(words.stoppedWith(16))
    expect(buttonOf(words.lookSoFar)).toBeDefined()
    await clickOn(buttonOf(words.remove))
    await settle()
    expect(app.inputs('jobs.discard')).toEqual([{ id: 'j1' }])
    expect(page()).toContain(words.none)
  })

  it('say that nothing was kept where nothing was finished', async () => {
    await showPlan({
      'jobs.list': () => ({ jobs: [expandJob({ state: 'cancelled', finishedAt: 2 })] }),
      'expand.runs': () => ({ runs: [runOf()] })
    })
    expect(page()).toContain(words.stopped)
    expect(buttonOf(words.lookSoFar)).toBeUndefined()
  })

  it('say that the model cannot show the pictures, and what to do', async () => {
    const error = {
      ...{ code: 'method-not-possible' as const, logId: 'x' },
      message:
        'This model cannot show these pictures: brought there and back they are off by 0.23, and 0.1 is the most that makes sense.',
      hint: 'Choose another model of pictures, or train one on pictures like these.'
    }
    await showPlan({
      'jobs.list': () => ({ jobs: [expandJob({ state: 'failed', finishedAt: 2, error })] }),
      'expand.runs': () => ({ runs: [runOf()] })
    })
    expect(page()).toContain('off by 0.23')
    expect(page()).toContain(error.hint)
  })

  it('go on after the app closed on them', async () => {
    const job = expandJob({ state: 'interrupted', canResume: true, finishedAt: null })
    await showPlan({
      'jobs.list': () => ({ jobs: [job] }),
      'expand.runs': () => ({ runs: [runOf()] }),
      'jobs.resume': () => expandJob({ state: 'queued' })
    })
    await clickOn(buttonOf('Continue'))
    expect(app.inputs('jobs.resume')).toEqual([{ id: 'j1' }])
  })

  it('lead to their results', async () => {
    await showPlan({
      'jobs.list': () => ({ jobs: [expandJob({ state: 'finished', finishedAt: 2 })] }),
      'expand.runs': () => ({ runs: [runOf({ passed: 9, made: 16 })] })
    })
    expect(page()).toContain(words.passed(9, 16))
    await clickOn(buttonOf(words.open))
    expect(place()).toBe('/expand/j1')
  })
})

describe('a model of one’s own', () => {
  const grant = { id: 'g1', kind: 'file' as const, name: 'mine.onnx', place: '~/mine.onnx' }

  it('is taken from a file, with settings that were found and may be changed', async () => {
    let isGone = false
    const other = { ...settings, range: 'shares' as const }
    await showPlan({
      'files.pick': () => ({ grants: [grant] }),
      'expand.models': () => ({ models: [shipped] }),
      'expand.addModel': ({ settings: asked }) =>
        asked === null
          ? fromFile()
          : { ...fromFile({ settings: asked, error: 0.7 }), id: 'file-2' },
      'expand.removeModel': () => {
        isGone = true
        return {}
      }
    })
    await clickOn(buttonOf(words.ownFile))
    expect(app.inputs('expand.addModel')).toMatchObject([{ from: { grant: 'g1' }, settings: null }])
    expect(page()).toContain(words.ownError(0.08))
    expect(page()).toContain(words.ownFound)
    expect(page()).toContain(words.modelOwn('mine.onnx', 32, 3))
    expect(buttonOf(words.ownApply)?.disabled).toBe(true)
    await choose(words.ownRange, words.ownRanges.shares)
    await clickOn(buttonOf(words.ownApply))
    expect(app.inputs('expand.addModel')[1]).toMatchObject({
      from: { model: 'file-1' },
      settings: other
    })
    expect(page()).toContain(words.ownDoubt)
    expect(page()).not.toContain(words.ownFound)
    await settle()
    await clickOn(buttonOf(words.ownRemove))
    expect(app.inputs('expand.removeModel')).toEqual([{ model: 'file-2' }])
    expect(isGone).toBe(true)
    expect(useToasts().toasts.at(-1)).toMatchObject({ text: words.ownRemoved })
    expect(page()).toContain(words.modelAbout('half of the clothes', 30_000))
  })

  it('is refused in words, and the model that was chosen stays', async () => {
    await showPlan({
      'files.pick': () => ({ grants: [grant] }),
      'expand.addModel': () => {
        throw new AppError('file-not-recognised', '“mine.onnx” takes 3 inputs.', {
          hint: 'Choose another one.'
        })
      }
    })
    await clickOn(buttonOf(words.ownFile))
    expect(page()).toContain('“mine.onnx” takes 3 inputs. Choose another one.')
    expect(page()).toContain(words.modelAbout('half of the clothes', 30_000))
  })

  it('is nothing when no file is chosen after all', async () => {
    await showPlan({ 'files.pick': () => ({ grants: [] }) })
    await clickOn(buttonOf(words.ownFile))
    expect(app.inputs('expand.addModel')).toEqual([])
    expect(page()).not.toContain(words.ownFailed)
  })

  it('is learned from the pictures, grey or in colour', async () => {
    await showPlan({
      'expand.trainEstimate': ({ channels }) => ({
        ...{ pictures: 300, problem: null },
        seconds: channels === 3 ? { low: 600, high: 900 } : { low: 60, high: 90 }
      }),
      'expand.train': () => ({ job: 't1' })
    })
    await clickOn(buttonOf(words.trainOwn))
    await settle()
    expect(page()).toContain(words.trainTime(300, 60, 90))
    await choose(words.trainColour, words.trainColours.colour)
    await choose(words.trainSide, words.trainSideOf(32))
    await settle()
    expect(page()).toContain(words.trainTime(300, 600, 900))
    await clickOn(buttonOf(words.trainStart))
    expect(app.inputs('expand.train')).toMatchObject([{ channels: 3, side: 32, steps: 3000 }])
  })

  it('is not learned from too few', async () => {
    const problem = 'A model of pictures needs at least 200 pictures; there are 20.'
    await showPlan({ 'expand.trainEstimate': () => ({ pictures: 20, problem, seconds: null }) })
    await clickOn(buttonOf(words.trainOwn))
    await settle()
    expect(page()).toContain(problem)
    expect(buttonOf(words.trainStart)).toBeUndefined()
  })
})

describe('pictures while they are made', () => {
  const unfinished: Answers = {
    'expand.result': () => {
      throw new AppError('run-not-finished')
    }
  }
  const tiles = (): number => document.querySelectorAll('li.tile').length

  it('come up as they are finished, unchecked, and become the result', async () => {
    let [made, isDone] = [0, false]
    await showResult({
      'jobs.list': () => ({ jobs: [expandJob({ phase: phaseOf(2, 10) })] }),
      'expand.result': () => {
        if (!isDone) throw new AppError('run-not-finished')
        return resultOf()
      },
      'expand.soFar': () => soFarOf(made)
    })
    expect(page()).toContain(words.soFarNone)
    made = 16
    app.client.emit({ kind: 'job', job: expandJob({ phase: phaseOf(3, 32) }) })
    await flushPromises()
    expect(tiles()).toBe(16)
    expect(page()).toContain(words.soFar(16, 40))
    expect(page()).toContain(words.soFarHelp)
    expect(buttonOf(words.measure)).toBeUndefined()
    // A moment before the end its files are put away: what was seen stays.
    made = 0
    app.client.emit({ kind: 'job', job: expandJob({ phase: phaseOf(4, 0, 1) }) })
    await flushPromises()
    expect(tiles()).toBe(16)
    isDone = true
    app.client.emit({ kind: 'job', job: expandJob({ state: 'finished', finishedAt: 3 }) })
    await flushPromises()
    expect(tiles()).toBe(0)
    expect(buttonOf(words.measure)).toBeDefined()
  })

  it('are kept and checked when no more are wanted', async () => {
    let isEnding = false
    await showResult({
      ...unfinished,
      'jobs.list': () => ({ jobs: [expandJob({ phase: phaseOf(3, 32) })] }),
      'expand.soFar': () => soFarOf(16, { isEnding }),
      'expand.end': () => {
        isEnding = true
        return {}
      }
    })
    await clickOn(buttonOf(words.endHere))
    expect(page()).toContain(words.ending)
    expect(buttonOf(words.endHere)).toBeUndefined()
  })

  it('are there after a stop', async () => {
    await showResult({
      ...unfinished,
      'jobs.list': () => ({ jobs: [expandJob({ state: 'cancelled', finishedAt: 2 })] }),
      'expand.soFar': () => soFarOf(16)
    })
    expect(page()).toContain(words.stoppedWith(16))
    expect(tiles()).toBe(16)
    expect(buttonOf(words.stop)).toBeUndefined()
  })

  it('are none where the model could not show the sources, which is said', async () => {
    const message = 'This model cannot show these pictures: they are off by 0.23.'
    const error = { code: 'method-not-possible' as const, logId: 'x', message }
    await showResult({
      ...unfinished,
      'jobs.list': () => ({ jobs: [expandJob({ state: 'failed', finishedAt: 2, error })] }),
      'expand.soFar': () => soFarOf(0)
    })
    expect(document.querySelector('[role="alert"]')?.textContent).toContain('off by 0.23')
    expect(page()).toContain(words.soFarNone)
  })

  it('are not there where nothing was kept', async () => {
    await showResult({
      ...unfinished,
      'jobs.list': () => ({ jobs: [expandJob({ state: 'cancelled', finishedAt: 2 })] }),
      'expand.soFar': () => {
        throw new AppError('run-not-found')
      }
    })
    expect(page()).toContain(words.soFarOver)
    expect(tiles()).toBe(0)
  })
})

describe('a result', () => {
  it('is not there at all', async () => {
    let isBroken = true
    await showResult({
      'expand.result': () => {
        if (isBroken) throw new AppError('file-damaged')
        return resultOf()
      }
    })
    expect(page()).toContain(words.failedToLoad)
    isBroken = false
    await clickOn(buttonOf(common.tryAgain))
    expect(page()).toContain(words.accepted(1, 2))
  })

  it('shows each picture with its numbers, and why one was refused', async () => {
    await showResult()
    expect(page()).toContain(words.distance(0.6))
    expect(page()).toContain(words.share(0.9))
    expect(page()).toContain(words.reason('copy'))
    expect(page()).toContain(words.helper(0.8))
    expect(page()).toContain(words.notMeasured)
  })

  it('says that nobody names pictures, and that nothing is known', async () => {
    await showResult({
      'expand.result': () =>
        resultOf({
          candidates: [candidateOf(0, { labelShare01: null })],
          helperAccuracy01: null,
          readouts: {
            ...{ nearestRatio: null, variety: null },
            ...{ featureDistance: null, featureDistanceReal: null }
          }
        })
    })
    expect(page()).toContain(words.noHelper)
    expect(page()).toContain(words.unknown)
  })

  it('warns when most look like another label', async () => {
    await showResult({
      'expand.result': () =>
        resultOf({ candidates: [candidateOf(0, { reasons: ['off-class'], isAccepted: false })] })
    })
    expect(page()).toContain(words.warning)
    for (const text of [words.measure, words.export])
      expect(buttonOf(text)?.disabled, text).toBe(true)
  })

  it('is decided by hand and by keys, and taken back', async () => {
    await showResult()
    await clickOn(buttonOf(words.refuse))
    expect(app.inputs('expand.decide')).toEqual([{ job: 'j1', accepted: [] }])
    expect(page()).toContain(words.accepted(0, 2))
    await clickOn(buttonOf(words.undo))
    expect(page()).toContain(words.accepted(1, 2))
    const tile = document.getElementById('made-0')
    tile?.focus()
    tile?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }))
    await flushPromises()
    expect(document.activeElement?.id).toBe('made-1')
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }))
    await flushPromises()
    expect(app.inputs('expand.decide').at(-1)).toEqual({ job: 'j1', accepted: [0, 1] })
  })

  it('shows what is kept when a decision could not be', async () => {
    await showResult({
      'expand.decide': () => {
        throw new AppError('disk-full')
      }
    })
    await clickOn(buttonOf(words.refuse))
    expect(page()).toContain(words.accepted(1, 2))
  })

  it('is measured, and says why it cannot be', async () => {
    await showResult({
      'expand.measure': () => {
        throw new AppError('method-not-possible', 'There are not enough other pictures.')
      }
    })
    await clickOn(buttonOf(words.measure))
    expect(page()).toContain('There are not enough other pictures.')
  })

  it('says what was measured, in a sentence and a table', async () => {
    const arms = (['real', 'made', 'moved', 'blended'] as const).map((arm, at) => ({
      ...{ arm, accuracies: [0.8], mean: 0.8 },
      ahead: at === 0 ? null : { mean: -1, low: -2, high: -0.5 }
    }))
    await showResult({
      'expand.result': () =>
        resultOf({
          measure: {
            ...{ repeats: 5, real: 24, made: 12, test: 60, steps: 200, labels: ['boot'], arms },
            ...{ verdict: 'worse', sentence: 'Worse by 1.0 points: leave them out.', seconds: 3 }
          }
        })
    })
    expect(page()).toContain('Worse by 1.0 points')
    expect(page()).toContain(words.facts(24, 12, 60))
    expect(document.querySelectorAll('tbody tr')).toHaveLength(4)
    expect(buttonOf(words.measureAgain)).toBeDefined()
  })

  it('is saved into a chosen folder, and says what stayed out', async () => {
    await showResult({
      'files.pick': () => ({
        grants: [{ id: 'g1', kind: 'folder', name: 'out', place: '~/out' }]
      }),
      'expand.export': () => ({ folder: 'boot expanded', real: 2, made: 1, leftOut: 3 })
    })
    await clickOn(buttonOf(words.export))
    expect(app.inputs('expand.export')).toEqual([
      { job: 'j1', grant: 'g1', name: words.defaultName('boot') }
    ])
    expect(useToasts().toasts.map(({ text }) => text)).toEqual([
      words.exportDone(2, 1),
      words.exportLeft(3)
    ])
  })

  it('is looked at only, in a project that is open for reading only', async () => {
    await showResult({}, true)
    for (const text of [words.acceptPassed, words.measure, words.refuse])
      expect(buttonOf(text)?.disabled, text).toBe(true)
  })
})
