// A project with something of everything, and the address of every screen of it.
import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { noTraceFilter } from '../../src-main/api/dto/trace-sets.ts'
import { newProject, winnow, writeNotes } from './choose-data.ts'
import { call, goTo, jobDone, routeNames } from './inside.ts'
import { writeShapes } from './tiny-data.ts'

const sample = join(import.meta.dirname, '../../resources/samples/traces/airline-helper.json.gz')

/** Name of the project. */
export const everything = 'Everything'

/** A home folder with it: two datasets, two checked choices, a tiny set and agent traces. */
export async function newEverything(): Promise<string> {
  const home = await newProject(everything, async (folder, put, putTraces) => {
    await put(await writeNotes(folder, 120), '--map', 'label=kind')
    await put(await writeShapes(folder, { bars: 32, crosses: 32, rings: 32 }))
    await putTraces(sample, '--name', 'helper')
  })
  const project = join(home, 'projects', `${everything}.winnow`)
  const of = ['--project', project, '--dataset', 'shapes'] as const
  const check = ['--budget', '12', '--check', '--repeats', '2'] as const
  await winnow(home, ['select', ...of, '--method', 'facility-location', ...check])
  await winnow(home, ['select', ...of, '--method', 'k-center', ...check])
  await winnow(home, [
    ...['distil', ...of, '--method', 'distribution-matching'],
    ...['--per-class', '2', '--effort', 'quick']
  ])
  return home
}

/** Does what only the open app can do: looks at the data, plans a review, asks what a set teaches. */
export async function prepare(page: Page): Promise<void> {
  const { datasets } = await call(page, 'datasets.list', {})
  for (const { id: dataset } of datasets) {
    await jobDone(page, (await call(page, 'health.start', { dataset })).job)
    const { job } = await call(page, 'maps.start', { dataset })
    if (job !== null) await jobDone(page, job)
  }
  const { runs } = await call(page, 'runs.list', {})
  const tiny = runs.find(({ kind }) => kind === 'distil')
  if (tiny === undefined) throw new Error('there is no tiny set')
  const { job } = await call(page, 'distil.analyse', {
    run: tiny.job.id,
    panels: ['recognition', 'learned', 'influence'],
    effort: 'quick'
  })
  await jobDone(page, job)
  const { sets } = await call(page, 'traces.sets', {})
  await call(page, 'reviews.start', {
    set: sets[0]?.set ?? '',
    name: 'Ten',
    template: 'finished',
    questions: [],
    filter: noTraceFilter,
    count: 10
  })
}

/** A screen and where it is. */
export interface Screen {
  readonly name: string
  readonly place: string
}

/** Every screen by the name of its route: a route without one here fails. */
export async function everyScreen(page: Page): Promise<readonly Screen[]> {
  const { datasets } = await call(page, 'datasets.list', {})
  const { runs } = await call(page, 'runs.list', {})
  const { sets } = await call(page, 'traces.sets', {})
  const { queues } = await call(page, 'reviews.queues', {})
  const id = (list: readonly { readonly id: string }[], at: number): string => list[at]?.id ?? ''
  const set = sets[0]?.set ?? ''
  const queue = queues[0]?.queue ?? ''
  const attempts = await call(page, 'traces.list', { set, filter: noTraceFilter })
  const chosen = runs.filter(({ kind }) => kind === 'select').map(({ job }) => job)
  const tiny = runs.filter(({ kind }) => kind === 'distil').map(({ job }) => job)
  const findings = await Promise.all(
    datasets.map(async (one) => {
      const report = await call(page, 'health.report', { dataset: one.id })
      return report.findings.slice(0, 1).map((found) => `/data/${one.id}/health/${found.id}`)
    })
  )
  const places: Readonly<Record<string, readonly string[]>> = {
    'first-run': ['/start'],
    home: ['/'],
    data: ['/data'],
    'add-data': ['/data/add'],
    dataset: datasets.map((one) => `/data/${one.id}`),
    groups: datasets.filter(({ name }) => name === 'shapes').map((one) => `/data/${one.id}/groups`),
    finding: findings.flat(),
    choose: datasets.map((one) => `/choose?dataset=${one.id}`).slice(0, 1),
    tiny: datasets.filter(({ name }) => name === 'shapes').map((one) => `/tiny?dataset=${one.id}`),
    expand: ['/expand'],
    // Of a run that is not there: what the screen says then.
    'expand-result': ['/expand/none'],
    traces: ['/traces'],
    'add-traces': ['/traces/add'],
    'trace-runner': ['/traces/runner'],
    'trace-rooms': ['/traces/rooms'],
    // Of a run that is not there: what the screen says then.
    'rooms-result': ['/traces/rooms/none'],
    'trace-set': [`/traces/${set}`],
    'plan-review': [`/traces/${set}/review`],
    attempt: [`/traces/${set}/attempt/${attempts.rows[0]?.trace ?? 0}`],
    'trace-graph': [`/traces/${set}/graph`],
    review: [`/review/${queue}`],
    'review-report': [`/review/${queue}/report`],
    runs: ['/runs'],
    run: [...chosen.slice(0, 1), ...tiny].map((job) => `/runs/${job.id}`),
    result: [...chosen.slice(0, 1), ...tiny].map((job) => `/runs/${job.id}/result`),
    compare: [`/compare/${id(chosen, 0)}/${id(chosen, 1)}`],
    settings: ['/settings']
  }
  return (await routeNames(page)).flatMap((name) => {
    const own = places[name] ?? []
    expect(own.length, `screens of “${name}”: tell this list where it is`).toBeGreaterThan(0)
    return own.map((place, at) => ({ name: at === 0 ? name : `${name} ${at + 1}`, place }))
  })
}

/** Waits until a screen stands still: nothing is loading. */
export async function standsStill(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.evaluate(async () => {
    await document.fonts.ready
    const shown = [...document.images].filter((image) => image.checkVisibility())
    await Promise.allSettled(shown.map((image) => image.decode()))
    // What turns for as long as something runs never ends.
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    const ended = Promise.allSettled(ending.map((animation) => animation.finished))
    // One that stands still never ends either.
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2000))])
  })
}

/** Steps of a wizard and tabs of a page; both are opened by a press. */
const parts = 'nav[aria-label="Steps"] button, main [role="tab"]'

const nameOf = async (control: Locator): Promise<string> =>
  ((await control.getAttribute('aria-label')) ?? (await control.innerText()))
    .replaceAll(/\s+/g, ' ')
    .trim()

/** Opens a screen and calls back for it, or for each of its tabs or steps and their views. */
export async function visit(
  page: Page,
  { name, place }: Screen,
  look: (name: string) => Promise<void>
): Promise<void> {
  await goTo(page, place)
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  await standsStill(page)
  const all = page.locator(parts)
  const count = await all.count()
  if (count === 0) await look(name)
  for (let at = 0; at < count; at++) {
    await all.nth(at).click()
    await standsStill(page)
    const label = `${name}, ${await nameOf(all.nth(at))}`
    const views = page.getByRole('group', { name: 'View', exact: true }).locator('[aria-pressed]')
    const viewCount = await views.count()
    if (viewCount === 0) await look(label)
    for (let view = 0; view < viewCount; view++) {
      await views.nth(view).click()
      await standsStill(page)
      await look(`${label}, ${await nameOf(views.nth(view))}`)
    }
  }
}
