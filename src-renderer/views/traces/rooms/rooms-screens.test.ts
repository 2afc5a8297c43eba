// Finding the way: a folder that is added, the plan with what it comes to, measurements, and a result.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type {
  RoomsEpisode,
  RoomsEstimate,
  RoomsPlan,
  RoomsPreview,
  RoomsResult,
  RoomsRun,
  RoomsSpread,
  RoomsWalker
} from '@api/dto/trace-rooms.ts'
import { AppError } from '@api/errors.ts'
import { jobOf, type Answers } from '../../../stores/run-fixtures.test-support.ts'
import { useJobs } from '../../../stores/jobs.ts'
import { common } from '../../../text/common.ts'
import { traceRooms as words } from '../../../text/trace-rooms.ts'
import { clickOn, projectOf, type TestApp } from '../../view.test-support.ts'
import { startTraceApp } from '../traces.test-support.ts'
import RoomsResultView from './RoomsResultView.vue'
import RoomsView from './RoomsView.vue'

let app: TestApp
let wrapper: VueWrapper | undefined
afterEach(() => {
  wrapper?.unmount()
  vi.useRealTimers()
})
const page = (): string => document.body.textContent ?? ''
const buttonOf = (text: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find((button) =>
    [button.textContent?.trim(), button.getAttribute('aria-label')].includes(text)
  )
const boxOf = (label: string): HTMLInputElement | null =>
  document.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`) ??
  [...document.querySelectorAll('label')]
    .find((each) => each.textContent?.trim() === label)
    ?.querySelector('input') ??
  null

const paths = (count: number) => [{ split: 'train', count }]
const buildings = {
  buildings: [
    { scan: 'house', places: 20, ways: 30, paths: paths(40) },
    { scan: 'tower', places: 18, ways: 25, paths: paths(12) },
    { scan: 'barn', places: 5, ways: 4, paths: [] }
  ],
  suggested: { train: ['house'], test: ['tower'] }
}
const planOf = (part: Partial<RoomsPlan> = {}): RoomsPlan => ({
  ...{ set: 'r1', train: ['house'], test: ['tower'], effort: 'usual' },
  ...{ runs: 3, seed: 1, testPaths: 200, hintMetres: 3, withoutMessages: false },
  ...part
})
const estimateOf = (part: Partial<RoomsEstimate> = {}): RoomsEstimate => ({
  ...{ trainPaths: 40, testPaths: 12, seen: [], seconds: { low: 60, high: 120 }, problem: null },
  ...part
})
const runOf = (part: Partial<RoomsRun> = {}): RoomsRun => ({
  ...{ job: 'j1', createdAt: 1, plan: planOf(), verdict: null },
  ...part
})
const sets = { sets: [{ set: 'r1', name: 'Old town', paths: 52 }] }

describe('plans and measurements', () => {
  async function show(answers: Answers = {}, isReadOnly = false): Promise<void> {
    app = await startTraceApp(
      {
        'rooms.sets': () => sets,
        'rooms.buildings': () => buildings,
        'rooms.estimate': () => estimateOf(),
        'rooms.runs': () => ({ runs: [] }),
        ...answers
      },
      projectOf({ isReadOnly })
    )
    app.router.addRoute({ path: '/rooms/:job', name: 'rooms-result', component: { template: '' } })
    wrapper = app.show(RoomsView)
    await flushPromises()
  }
  /** The plan is asked about when it was left alone for a moment. */
  const pause = async (): Promise<void> => {
    await vi.advanceTimersByTimeAsync(500)
    await flushPromises()
  }

  it('without buildings says what to add', async () => {
    await show({ 'rooms.sets': () => ({ sets: [] }) })
    expect(page()).toContain(words.noSets)
    expect(page()).not.toContain(words.plan)
  })

  it('reads a folder before it adds it, and names what could not be read', async () => {
    const preview: RoomsPreview = {
      files: [
        { name: 'house.json', sizeBytes: 10, kind: 'building', count: 20, problem: null },
        { name: 'paths.json', sizeBytes: 10, kind: 'damaged', count: 0, problem: 'It is cut off.' }
      ],
      ...{ leftAlone: 2, buildings: buildings.buildings.slice(0, 1), paths: 40, problems: 1 }
    }
    await show({
      'rooms.sets': () => ({ sets: [] }),
      'files.pick': () => ({
        grants: [{ id: 'g1', kind: 'folder', name: 'old-town', place: '~/old-town' }]
      }),
      'rooms.preview': () => preview,
      'rooms.import': () => ({ job: 'j0', set: 'r1' })
    })
    await clickOn(buttonOf(words.choose))
    expect(page()).toContain('1 building and 40 paths')
    expect(page()).toContain(words.leftAlone(2))
    expect(page()).toContain('It is cut off.')
    expect(app.inputs('rooms.import')).toEqual([])
    await clickOn(buttonOf(words.add))
    expect(app.inputs('rooms.import')).toEqual([{ grant: 'g1', name: 'old-town' }])
  })

  it('starts what is suggested, with what it comes to said first', async () => {
    vi.useFakeTimers()
    await show({ 'rooms.start': () => ({ job: 'j1' }) })
    await pause()
    expect(page()).toContain(words.counts(40, 12))
    expect(page()).toContain(words.time(60, 120))
    expect(boxOf(words.learnIn('barn'))?.disabled).toBe(true)
    await clickOn(buttonOf(words.start))
    expect(app.inputs('rooms.start')).toEqual([planOf()])
    // The list of measurements is read again.
    expect(app.inputs('rooms.runs')).toHaveLength(2)
  })

  it('warns where the same building is learned and measured in, and refuses no building', async () => {
    vi.useFakeTimers()
    await show({
      'rooms.estimate': (input) => {
        const { train, test } = input as RoomsPlan
        return estimateOf({ seen: train.filter((each) => test.includes(each)) })
      }
    })
    await pause()
    await clickOn(boxOf(words.measureIn('house')))
    await pause()
    expect(app.inputs('rooms.estimate').at(-1)).toEqual(planOf({ test: ['tower', 'house'] }))
    expect(page()).toContain(words.seen(1))
    await clickOn(buttonOf(words.suggested))
    await pause()
    expect(page()).not.toContain(words.seen(1))
    await clickOn(boxOf(words.learnIn('house')))
    expect(buttonOf(words.start)?.disabled).toBe(true)
  })

  it('says why a plan cannot be carried out, and does not start it', async () => {
    vi.useFakeTimers()
    const problem = 'No path of these buildings can be walked.'
    await show({ 'rooms.estimate': () => estimateOf({ problem, seconds: null }) })
    await pause()
    expect(page()).toContain(problem)
    expect(buttonOf(words.start)?.disabled).toBe(true)
  })

  it('shows measurements: one under way, one with its verdict that opens', async () => {
    await show({
      'jobs.list': () => ({
        jobs: [
          jobOf({ id: 'j1', kind: 'train-rooms', state: 'running' }),
          jobOf({ id: 'j0', kind: 'train-rooms', state: 'finished' })
        ]
      }),
      'rooms.runs': () => ({
        runs: [runOf(), runOf({ job: 'j0', verdict: 'The planner reaches more goals.' })]
      }),
      'jobs.pause': () => jobOf({ id: 'j1', kind: 'train-rooms', state: 'paused' })
    })
    await useJobs().load()
    await flushPromises()
    expect(page()).toContain('The planner reaches more goals.')
    await clickOn(buttonOf(words.pause))
    expect(app.inputs('jobs.pause')).toEqual([{ id: 'j1' }])
    await clickOn(buttonOf(words.open))
    expect(app.router.currentRoute.value.fullPath).toBe('/rooms/j0')
  })

  it('says what could not be read, and reads again', async () => {
    let isBroken = true
    await show({
      'rooms.runs': () => {
        if (isBroken) throw new AppError('internal', 'The list is damaged.')
        return { runs: [] }
      }
    })
    expect(page()).toContain('The list is damaged.')
    isBroken = false
    await clickOn(buttonOf(common.tryAgain))
    expect(page()).toContain(words.none)
  })

  it('adds and starts nothing in a project that is open for reading', async () => {
    await show({}, true)
    expect(page()).toContain(words.readOnly)
    expect(buttonOf(words.choose)?.disabled).toBe(true)
    expect(buttonOf(words.start)?.disabled).toBe(true)
  })
})

describe('a result', () => {
  const spread = (mean: number): RoomsSpread => ({ mean, low: mean - 0.1, high: mean + 0.1 })
  const measures = { success: 0.5, spl: 0.4, ndtw: 0.3, metres: 12 }
  const spreads = {
    ...{ success: spread(0.5), spl: spread(0.4), ndtw: spread(0.3) },
    metres: { mean: 12, low: null, high: null }
  }
  const result: RoomsResult = {
    ...{ plan: planOf({ runs: 2 }), setName: 'Old town', trainPaths: 40, testPaths: 12 },
    ...{ walked: 12, seen: [], decisions: 15, over: 'runs' as const },
    walkers: (['planner', 'greedy'] as const).map((walker: RoomsWalker) => ({
      ...{ walker, runs: [measures, measures], spread: spreads }
    })),
    ahead: [{ of: 'greedy', spread: spreads }],
    ...{ verdict: 'better' as const, seconds: 60, device: 'two cores' },
    sentences: ['The planner reaches more goals than going straight.', 'Two runs are few.']
  }
  const places = [
    { id: 'hall', x: 0, y: 0, z: 0 },
    { id: 'stairs', x: 2, y: 0, z: 0 },
    { id: 'attic', x: 4, y: 0, z: 0 }
  ]
  const episodeOf = (walk: readonly number[]): RoomsEpisode => ({
    ...{ scan: 'tower', path: 'p7', instructions: ['Go up.'], total: 12, places },
    ways: [
      { from: 0, to: 1 },
      { from: 1, to: 2 }
    ],
    ...{ start: 0, goal: 2, hint: { x: 4, y: 1 }, route: [0, 1, 2] },
    walks: [
      { walker: 'planner', walk: [...walk], frontier: [], measures: { ...measures, success: 1 } },
      { walker: 'greedy', walk: [0], frontier: [1], measures: { ...measures, success: 0 } }
    ]
  })

  async function show(answers: Answers = {}): Promise<void> {
    app = await startTraceApp({
      'rooms.result': () => result,
      'rooms.episode': () => episodeOf([0, 1, 2]),
      ...answers
    })
    wrapper = app.show(RoomsResultView, { job: 'j0' })
    await flushPromises()
  }

  it('says its verdict first, then the table with intervals', async () => {
    await show()
    expect(page()).toContain(result.sentences[0])
    expect(page()).toContain(result.sentences[1])
    expect(page()).toContain('50 (40 to 60)')
    expect(page()).toContain(words.over.runs)
    // Where there is no interval, none is drawn.
    expect(page()).not.toContain('12 (')
  })

  it('draws single walks of whom one asks for, and lists their steps', async () => {
    await show()
    expect(app.inputs('rooms.episode')).toEqual([{ job: 'j0', run: 0, at: 0 }])
    expect(page()).toContain(words.walkName(0, 12))
    expect(page()).toContain(words.walkEnd(1, 12, 0.3))
    await clickOn(buttonOf(words.next))
    expect(app.inputs('rooms.episode').at(-1)).toEqual({ job: 'j0', run: 0, at: 1 })
    const tab = [...document.querySelectorAll('[role="tab"]')].find(
      (each) => each.textContent?.trim() === words.views.table
    )
    tab?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0 }))
    await flushPromises()
    for (const { id } of places) expect(page()).toContain(id)
    expect(page()).toContain(words.stepColumns.onRoute)
  })

  it('that cannot be read says why', async () => {
    await show({
      'rooms.result': () => {
        throw new AppError('run-not-found', 'This measurement was removed.')
      }
    })
    expect(page()).toContain(words.resultFailed)
    expect(page()).toContain('This measurement was removed.')
  })
})
