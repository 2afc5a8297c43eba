// The map's screen in every state: not made, being made, shown, filtered to nothing, failed; and
// what drawing around items and the legend do to the filter.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noFilter, type ItemFilter } from '@api/dto/browse.ts'
import type { Job } from '@api/dto/jobs.ts'
import type { MapPoints } from '@api/dto/maps.ts'
import { AppError } from '@api/errors.ts'
import { giveCanvas } from '../../components/map/map-canvas.test-support.ts'
import { giveSize } from '../../components/layout.test-support.ts'
import PointMap from '../../components/map/PointMap.vue'
import { datasetOf, jobOf, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { map as text } from '../../text/map.ts'
import { clickOn, projectOf, startApp, type TestApp } from '../view.test-support.ts'
import DatasetMap from './DatasetMap.vue'

beforeEach(() => {
  giveSize(400, 400)
  giveCanvas({ has2d: true })
})
afterEach(() => {
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})

const classes = ['boot', 'bag', 'dress'].map((name, index) => ({
  index,
  name,
  count: 4 - index,
  train: 4 - index,
  test: 0
}))
const summary = datasetOf({ id: 'd1', items: 10, classes, missingLabels: 1 })
const rowsOf: Readonly<Record<string, readonly number[]>> = {
  boot: [0, 1, 2, 3],
  bag: [4, 5, 6],
  dress: [7, 8]
}

function pointsOf(part: Partial<MapPoints> = {}): MapPoints {
  const place = (i: number): number => i / 10 - 0.5
  return {
    stage: 'umap',
    revision: 'r1',
    x: Float32Array.from({ length: 10 }, (_, i) => place(i)),
    y: Float32Array.from({ length: 10 }, (_, i) => place(9 - i)),
    words: [],
    sentence: 'Alike items are close.',
    job: null,
    ...part
  }
}
const missing = (part: Partial<MapPoints> = {}): MapPoints =>
  pointsOf({
    stage: 'none',
    revision: 'none+',
    x: new Float32Array(0),
    y: new Float32Array(0),
    ...part
  })
const mapJob = (part: Partial<Job> = {}): Job =>
  jobOf({ id: 'j1', kind: 'map', dataset: 'd1', run: null, fraction01: 0.4, ...part })

interface Shown {
  readonly app: TestApp
  readonly view: VueWrapper
  readonly emitted: (name: string) => readonly unknown[][]
}
async function show(
  answers: Answers,
  props: Record<string, unknown> = {},
  project = projectOf()
): Promise<Shown> {
  const app = await startApp(
    {
      'maps.points': () => pointsOf(),
      'datasets.rows': ({ filter }) => ({
        rows: Uint32Array.from(
          (filter.labels ?? []).length === 0
            ? [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
            : (filter.labels ?? []).flatMap((label) => rowsOf[label] ?? [])
        )
      }),
      'datasets.keepSet': () => ({ set: 's1' }),
      ...answers
    },
    project
  )
  const view = app.show(DatasetMap, { summary, filter: noFilter, selected: new Set(), ...props })
  await flushPromises()
  const map = view.findComponent(DatasetMap)
  return { app, view, emitted: (name) => map.emitted(name) ?? [] }
}
const button = (view: VueWrapper, name: string): Element | undefined =>
  view.findAll('button').find((one) => one.text() === name)?.element

describe('without a map', () => {
  it('says what it is and what it takes, and makes it when asked', async () => {
    let job: Job | undefined
    const { app, view } = await show({
      'maps.points': ({ known }) =>
        known === null
          ? missing({ revision: 'none', sentence: 'What it is.' })
          : missing({ sentence: 'What it is. About 2 min.', job: job?.id ?? null }),
      'maps.start': () => {
        job = mapJob({ phase: null, fraction01: 0 })
        return { job: job.id }
      },
      'jobs.list': () => ({ jobs: job === undefined ? [] : [job] })
    })
    expect(view.text()).toContain(text.noneTitle)
    expect(view.text()).toContain('About 2 min.')
    await clickOn(button(view, text.make))
    expect(app.inputs('maps.start')).toEqual([{ dataset: 'd1' }])
    expect(view.text()).toContain(text.makingTitle)
    expect(view.find('[role="progressbar"]').exists()).toBe(true)
  })

  it('offers nothing to make where nothing can be kept, or where there are no items', async () => {
    const readOnly = await show(
      { 'maps.points': () => missing() },
      {},
      projectOf({ isReadOnly: true })
    )
    expect(readOnly.view.text()).toContain(text.readOnly)
    expect(button(readOnly.view, text.make)).toBeUndefined()
    const empty = await show({}, { summary: datasetOf({ id: 'd1', items: 0, classes: [] }) })
    expect(empty.view.text()).toContain(text.emptyTitle)
  })

  it('says why starting was refused', async () => {
    const { view } = await show({
      'maps.points': () => missing(),
      'maps.start': () => {
        throw new AppError('disk-full')
      }
    })
    await clickOn(button(view, text.make))
    expect(view.text()).toContain(text.noneTitle)
  })
})

describe('while it is made', () => {
  it('names the step until there are points, then shows them and how far refining is', async () => {
    let points = missing({ job: 'j1' })
    const { app, view } = await show({
      'maps.points': ({ known }) => (known === points.revision ? { ...points } : points),
      'jobs.list': () => ({ jobs: [mapJob()] })
    })
    expect(view.text()).toContain('Comparing pictures · 40')
    points = pointsOf({ stage: 'pca', revision: 'r0', job: 'j1' })
    app.client.emit({ kind: 'job', job: mapJob({ fraction01: 0.55 }) })
    await flushPromises()
    expect(view.findComponent(PointMap).exists()).toBe(true)
    expect(view.text()).toContain('Refining 55')
    points = pointsOf({ revision: 'r2' })
    app.client.emit({ kind: 'job', job: mapJob({ state: 'finished', fraction01: 1 }) })
    await flushPromises()
    expect(view.text()).not.toContain('Refining')
    expect(button(view, text.stop)).toBeUndefined()
  })

  it('keeps its points when an answer brings none because they are the same', async () => {
    const { app, view } = await show({
      'maps.points': ({ known }) =>
        known === 'r1' ? pointsOf({ x: new Float32Array(0), y: new Float32Array(0) }) : pointsOf()
    })
    app.client.emit({ kind: 'job', job: mapJob() })
    await flushPromises()
    expect(view.findComponent(PointMap).props('x')).toHaveLength(10)
  })

  it('stops and keeps what is done, which can be refined later', async () => {
    const { app, view } = await show({
      'maps.points': () => pointsOf({ stage: 'pca' }),
      'jobs.list': () => ({ jobs: [mapJob()] }),
      'jobs.cancel': () => mapJob({ state: 'cancelled' })
    })
    await clickOn(button(view, text.stop))
    expect(app.inputs('jobs.cancel')).toEqual([{ id: 'j1', keep: true }])
    expect(button(view, text.refine)).toBeDefined()
  })

  it('says that it waits for another run', async () => {
    const { view } = await show({
      'maps.points': () => missing(),
      'jobs.list': () => ({ jobs: [mapJob({ state: 'queued' })] })
    })
    expect(view.text()).toContain(text.waiting)
  })
})

describe('after a failure', () => {
  const failed = mapJob({
    state: 'failed',
    error: { code: 'out-of-memory', message: 'Memory ran out.', hint: 'Close other apps.' }
  })

  it('says why and tries again', async () => {
    const { app, view } = await show({
      'maps.points': () => missing(),
      'jobs.list': () => ({ jobs: [failed] }),
      'maps.start': () => ({ job: 'j2' })
    })
    expect(view.text()).toContain('Memory ran out.')
    expect(view.text()).toContain('Close other apps.')
    await clickOn(button(view, text.retry))
    expect(app.inputs('maps.start')).toHaveLength(1)
  })

  it('keeps the map that is there, and forgets the failure once the map is whole', async () => {
    const jobs = { 'jobs.list': () => ({ jobs: [failed] }) }
    const first = await show({ ...jobs, 'maps.points': () => pointsOf({ stage: 'pca' }) })
    expect(first.view.text()).toContain('Memory ran out.')
    expect(first.view.findComponent(PointMap).exists()).toBe(true)
    const whole = await show(jobs)
    expect(whole.view.text()).not.toContain('Memory ran out.')
  })

  it('says that the map could not be loaded, and loads it again', async () => {
    let isBroken = true
    const { view } = await show({
      'maps.points': () => {
        if (isBroken) throw new AppError('project-damaged')
        return pointsOf()
      }
    })
    expect(view.text()).toContain(text.loadFailedTitle)
    isBroken = false
    await clickOn(button(view, text.retry))
    expect(view.findComponent(PointMap).exists()).toBe(true)
  })
})

describe('the filter', () => {
  it('greys what it hides and counts the rest by label', async () => {
    const { view } = await show({}, { filter: { ...noFilter, labels: ['bag'] } })
    const shown = view.findComponent(PointMap).props('shown')
    expect(Array.from(shown ?? [])).toEqual([0, 0, 0, 0, 1, 1, 1, 0, 0, 0])
    const names = view.findAll('.legend button').map((one) => one.attributes('aria-label'))
    expect(names[0]).toBe(text.shownOnly('boot', '0'))
    expect(names[1]).toBe(text.shownStop('bag', '3'))
    expect(view.text()).toContain(text.counts('3', '10'))
  })

  it('that lets nothing through can be cleared on the spot', async () => {
    const { view, emitted } = await show({}, { filter: { ...noFilter, labels: ['nothing'] } })
    expect(view.text()).toContain(text.noneShownTitle)
    await clickOn(button(view, text.clear))
    expect(emitted('filter')).toEqual([[noFilter]])
  })

  it('becomes what was drawn around, in place of an earlier drawing', async () => {
    const filter: ItemFilter = { ...noFilter, labels: ['boot'], set: 'old', not: ['set', 'labels'] }
    const { app, view, emitted } = await show({}, { filter })
    view.findComponent(PointMap).vm.$emit('lasso', Uint32Array.of(2, 3), false)
    await flushPromises()
    expect(app.inputs('datasets.keepSet')).toEqual([
      { dataset: 'd1', rows: Uint32Array.of(2, 3), sentence: text.lassoSentence(2) }
    ])
    expect(emitted('filter')).toEqual([[{ ...filter, set: 's1', not: ['labels'] }]])
  })

  it('stays as it is when items are selected instead', async () => {
    const { view, emitted } = await show({}, { selected: new Set([1]) })
    const map = view.findComponent(PointMap).vm
    map.$emit('lasso', Uint32Array.of(2, 3), true)
    map.$emit('pick', 1)
    map.$emit('pick', 9)
    expect(emitted('update:selected')).toEqual([
      [new Set([1, 2, 3])],
      [new Set([2, 3])],
      [new Set([2, 3, 9])]
    ])
    expect(emitted('filter')).toEqual([])
  })

  it('takes and gives back labels by the legend', async () => {
    const none = await show({})
    const [boot, , , unlabelled] = none.view.findAll('.legend button')
    await clickOn(boot?.element)
    await clickOn(unlabelled?.element)
    expect(none.emitted('filter')).toEqual([
      [{ ...noFilter, labels: ['boot'] }],
      [{ ...noFilter, unlabelled: true }]
    ])
    const two = await show({}, { filter: { ...noFilter, labels: ['boot', 'bag'] } })
    await clickOn(two.view.findAll('.legend button')[0]?.element)
    expect(two.emitted('filter')).toEqual([[{ ...noFilter, labels: ['bag'] }]])
    const turned = await show({}, { filter: { ...noFilter, labels: ['bag'], not: ['labels'] } })
    await clickOn(turned.view.findAll('.legend button')[0]?.element)
    expect(turned.emitted('filter')).toEqual([[{ ...noFilter, labels: ['boot'] }]])
  })

  it('hands on what is opened and the way to the table', async () => {
    const { view, emitted } = await show({})
    view.findComponent(PointMap).vm.$emit('open', 4)
    view.findComponent(PointMap).vm.$emit('table')
    expect(emitted('open')).toEqual([[4]])
    expect(emitted('table')).toHaveLength(1)
  })
})
