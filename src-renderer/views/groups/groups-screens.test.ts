// What belongs together: nothing learned yet, learning under way, what it is worth, groups, parts.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  GroupsPlan,
  type GroupsEstimate,
  type GroupsHead,
  type GroupsPicture,
  type GroupsResult,
  type GroupsRun
} from '@api/dto/groups.ts'
import { AppError } from '@api/errors.ts'
import { useBrowse } from '../../stores/browse.ts'
import { useDatasets } from '../../stores/datasets.ts'
import { useJobs } from '../../stores/jobs.ts'
import { jobOf, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { common } from '../../text/common.ts'
import { groups as words } from '../../text/groups.ts'
import { smallBackend } from '../data/browsing.test-support.ts'
import { clickOn, projectOf, startApp, type TestApp } from '../view.test-support.ts'
import GroupsView from './GroupsView.vue'
import { drawnGroups, opacityOf } from './group-drawing.ts'

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

const estimateOf = (part: Partial<GroupsEstimate> = {}): GroupsEstimate => ({
  ...{ learnsFrom: 'labels', pictures: 80, heldOut: 20, items: 100, steps: 100 },
  ...{ seconds: { low: 60, high: 120 }, problem: null },
  ...part
})
const headOf = (part: Partial<GroupsHead> = {}): GroupsHead => ({
  owners: [0, 0, 0, 2],
  agreement: [1, 1, 0.5, 0.75],
  confidence: [0.02, 0.02, 0.02, 0.06],
  shares: Float32Array.from([0.5, 0.2, 0.3, 0.5, 0.2, 0.3, 0.5, 0.2, 0.3, 0.2, 0.2, 0.6]),
  parts: [4, 5, 6],
  ...part
})
const picture: GroupsPicture = {
  ...{ rows: 2, columns: 2, starts: 8, milliseconds: 9 },
  heads: [headOf(), headOf({ owners: [1, 1, 1, 1] })]
}
const detail = { groups: 8, rounds: 3 }
const measure = { detail: null, columns: 96, probe01: 0.8, neighbours01: 0.7, milliseconds: null }

function resultOf(dataset: string, part: Partial<GroupsResult> = {}): GroupsResult {
  return {
    plan: GroupsPlan.parse({ dataset }),
    ...{ datasetName: 'Shoes', items: 100, learnsFrom: 'labels', pictures: 80, heldOut: 20 },
    ...{ labels: 3, side: 28, channels: 1, squares: 2, layers: 2, heads: 2, parameters: 90_000 },
    ...{ trainedWith: detail, steps: 100, ahead: [], verdict: 'worse', mayReplace: false },
    measures: [
      { ...measure, features: 'learned', detail, probe01: 0.75, milliseconds: 1.5 },
      { ...measure, features: 'pixels' },
      { ...measure, features: 'built-in' }
    ],
    sentences: ['Not better than the built-in fingerprints.', 'So choosing goes on as it was.'],
    ...{ variety01: null, partsPerHead: 8, seconds: 60, device: 'processor', modelSha256: 'a' },
    matrix: null,
    ...part
  }
}
const runOf = (dataset: string, part: Partial<GroupsRun> = {}): GroupsRun => ({
  ...{ job: 'j1', createdAt: 1, plan: GroupsPlan.parse({ dataset }), verdict: null },
  ...part
})

async function show(answers: (dataset: string) => Answers, isReadOnly = false): Promise<string> {
  const backend = smallBackend(20)
  const dataset = backend.summary().id
  app = await startApp(
    {
      ...backend.answers,
      'datasets.list': () => ({ datasets: [{ ...backend.summary(), kind: 'images' }] }),
      'groups.estimate': () => estimateOf(),
      'groups.runs': () => ({ runs: [] }),
      'groups.picture': () => picture,
      'groups.parts': () => ({
        pictures: 20,
        parts: [
          { part: 4, head: 0, pictures: 12, labels: [], isRare: false, example: 1 },
          { part: 6, head: 0, pictures: 1, labels: [], isRare: true, example: 2 }
        ],
        odd: [{ part: 4, label: 'boot', count: 1, expected: 9.2 }]
      }),
      'groups.part': () => ({
        rows: Uint32Array.of(7, 3),
        squares: { rows: 2, columns: 2 },
        examples: [{ row: 7, squares: [1] }]
      }),
      ...answers(dataset)
    },
    projectOf({ isReadOnly })
  )
  await useDatasets().load()
  vi.useFakeTimers()
  wrapper = app.show(GroupsView, { dataset })
  await flushPromises()
  await vi.advanceTimersByTimeAsync(500)
  await flushPromises()
  return dataset
}
const learned =
  (part: Partial<GroupsResult> = {}) =>
  (dataset: string): Answers => ({
    'groups.runs': () => ({ runs: [runOf(dataset, { verdict: 'Not better.' })] }),
    'groups.result': () => resultOf(dataset, part)
  })

describe('what belongs together', () => {
  it('says what learning is before anything was learned, and starts it', async () => {
    const dataset = await show(() => ({ 'groups.start': () => ({ job: 'j1' }) }))
    expect(page()).toContain(words.emptyText)
    expect(page()).toContain(words.counts(estimateOf()))
    await clickOn(buttonOf(words.learn))
    expect(app.inputs('groups.start')).toEqual([GroupsPlan.parse({ dataset })])
  })

  it('says why it cannot be learned', async () => {
    const problem = 'There are 3 pictures to learn from; at least 30 are needed.'
    await show(() => ({ 'groups.estimate': () => estimateOf({ problem, seconds: null }) }))
    expect(page()).toContain(problem)
    expect(buttonOf(words.learn)?.disabled).toBe(true)
  })

  it('shows one under way with how varied its answers are, and pauses it', async () => {
    await show((dataset) => ({
      'jobs.list': () => ({ jobs: [jobOf({ id: 'j1', kind: 'learn-groups', state: 'running' })] }),
      'groups.runs': () => ({ runs: [runOf(dataset)] }),
      'runs.live': () => ({ points: [{ series: 'variety', x: 1, y: 0.42 }] }),
      'jobs.pause': () => jobOf({ id: 'j1', kind: 'learn-groups', state: 'pausing' })
    }))
    await useJobs().load()
    await flushPromises()
    expect(page()).toContain(words.variety(0.42))
    await clickOn(buttonOf(words.pause))
    expect(app.inputs('jobs.pause')).toEqual([{ id: 'j1' }])
  })

  it('says that others are better and offers no use, or uses what may be used', async () => {
    await show(learned())
    expect(page()).toContain('Not better than the built-in fingerprints.')
    expect(page()).toContain(words.notUsable)
    expect(buttonOf(words.use)).toBeUndefined()
    wrapper?.unmount()
    vi.useRealTimers()
    await show((dataset) => ({
      ...learned({ mayReplace: true, verdict: 'better' })(dataset),
      'groups.use': () => ({ matrix: 'm1' })
    }))
    await clickOn(buttonOf(words.use))
    expect(app.inputs('groups.use')).toEqual([{ job: 'j1' }])
  })

  it('shows groups with their figures, and pictures with a region like one', async () => {
    const dataset = await show((id) => ({
      ...learned()(id),
      'datasets.keepSet': () => ({ set: 's1' })
    }))
    expect(page()).toContain(words.overall(0.8125, 0.03))
    expect(page()).toContain(words.weak)
    expect(page()).toContain(words.groupLine(3, 2.5 / 3, 0.02))
    expect(page()).toContain(words.noSquares(1))
    const entry = [...document.querySelectorAll('button')].find((each) =>
      each.textContent?.includes(words.group(2))
    )
    await clickOn(entry)
    expect(page()).toContain(words.chosen(2))
    await clickOn(buttonOf(words.likeThis))
    expect(app.inputs('groups.part').at(-1)).toEqual({ job: 'j1', part: 6, label: null })
    expect(page()).toContain(words.partPictures(6, 2))
    await clickOn(buttonOf(words.showInList))
    expect(app.inputs('datasets.keepSet')).toEqual([
      { dataset, rows: Uint32Array.of(3, 7), sentence: words.listSentence(6, null) }
    ])
    expect([...useBrowse().states.values()].map(({ filter }) => filter.set)).toEqual(['s1'])
  })

  it('looks at an unusual pair with its label', async () => {
    await show(learned())
    await clickOn(
      buttonOf(
        `${words.look}: ${words.oddLine({ part: 4, label: 'boot', count: 1, expected: 9.2 })}`
      )
    )
    expect(app.inputs('groups.part').at(-1)).toEqual({ job: 'j1', part: 4, label: 'boot' })
  })

  it('says what could not be read, and reads again', async () => {
    let isBroken = true
    await show(() => ({
      'groups.runs': () => {
        if (isBroken) throw new AppError('internal', 'The list is damaged.')
        return { runs: [] }
      }
    }))
    expect(page()).toContain('The list is damaged.')
    isBroken = false
    await clickOn(buttonOf(common.tryAgain))
    expect(page()).toContain(words.emptyTitle)
  })

  it('learns nothing in a project that is open for reading', async () => {
    await show(() => ({}), true)
    expect(page()).toContain(words.readOnly)
    expect(buttonOf(words.learn)?.disabled).toBe(true)
  })
})

it('colours the largest groups and lets the others share one', () => {
  const owners = Array.from({ length: 45 }, (_, at) => Math.floor(Math.sqrt(2 * at)))
  const drawn = drawnGroups({
    owners,
    agreement: owners.map(() => 0.5),
    confidence: owners.map(() => 0.1)
  })
  expect(new Set(drawn.slice(0, 7).map(({ colour }) => colour)).size).toBe(7)
  expect(new Set(drawn.slice(7).map(({ colour }) => colour)).size).toBe(1)
  expect(drawn.map(({ squares }) => squares)).toEqual(
    drawn.map(({ squares }) => squares).toSorted((a, b) => b - a)
  )
  expect(opacityOf(0)).toBeGreaterThan(0)
  expect(opacityOf(2)).toBe(opacityOf(1))
})
