// Everything a window asks of a large project, in the order in which somebody would come upon it.
import {
  noFilter,
  ownOrder,
  type ItemFilter,
  type ItemSort
} from '../../src-main/api/dto/browse.ts'
import { noTraceFilter, type TraceFilter } from '../../src-main/api/dto/trace-sets.ts'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { by, filtered, lookHome, words } from './analyst.ts'
import type { LoadHost } from './host.ts'
import { budgets, type Measure } from './measure.ts'
import type { LoadProject } from './project.ts'
import { sourceNames } from './sources.ts'

const score = by({ kind: 'column', column: 'score' })

async function lists(host: LoadHost, dataset: string, measure: Measure): Promise<void> {
  const random = createRandom(5)
  const { items, classes } = await host.call('datasets.get', { dataset })
  const topics = classes.map(({ name }) => name)
  const list =
    (filter: ItemFilter, sort: ItemSort = ownOrder, first = 0) =>
    (): Promise<unknown> =>
      host.call('datasets.items', { dataset, filter, sort, window: { first, limit: 100 } })
  const { list: limit } = budgets
  const step = (
    name: string,
    works: readonly (() => Promise<unknown>)[],
    budget: typeof limit | null = limit
  ) => measure.step('rows', name, works, budget ?? undefined)
  const label = (at: number): Partial<ItemFilter> => ({
    labels: [topics[at % topics.length] ?? '', topics[(at + 7) % topics.length] ?? '']
  })
  const five = [0, 1, 2, 3, 4]

  await step('first page', [list(noFilter)])
  await step(
    'pages deep in the list',
    Array.from({ length: 20 }, () => list(noFilter, ownOrder, random.below(items - 100)))
  )
  await step('two labels, first use', [list(filtered(label(0)))])
  await step(
    'two labels, others',
    five.map((at) => list(filtered(label(at + 1))))
  )
  const range = (at: number): ItemFilter =>
    filtered({ ranges: [{ column: 'score', min: 100 * at, max: 100 * at + 300 }] })
  await step('between two numbers, first use', [list(range(0))])
  await step(
    'between two numbers, others',
    five.map((at) => list(range(at + 1)))
  )
  const source = (at: number): ItemFilter =>
    filtered({ values: [{ column: 'source', values: [sourceNames[at] ?? 'web'] }] })
  await step('value of a column, first use', [list(source(0))])
  await step(
    'value of a column, others',
    [1, 2, 3, 4].map((at) => list(source(at)))
  )
  for (const word of words) {
    const search = (more: string): ItemFilter => filtered({ search: `${word}${more}` })
    await step(`words “${word}”`, [list(search('')), list(filtered({ ...label(1), search: word }))])
  }
  const sorts: readonly (readonly [string, ItemSort])[] = [
    ['by name', by({ kind: 'name' })],
    ['by label', by({ kind: 'label' })],
    ['by a number', score],
    ['by length', by({ kind: 'column', column: '#length' })]
  ]
  for (const [name, sort] of sorts) {
    await step(`sorted ${name}, first use`, [list(noFilter, sort)])
    await step(`sorted ${name}, downwards and filtered`, [
      list(noFilter, { ...sort, descending: true }),
      ...five.map((at) => list(filtered(label(at)), sort))
    ])
    await step(
      `sorted ${name}, pages deep in the list`,
      five.map(() => list(noFilter, sort, random.below(items - 100)))
    )
  }
  await step(
    'shuffled',
    five.map((seed) => list(noFilter, by({ kind: 'shuffled', seed })))
  )
  const facets = (filter: ItemFilter) => () => host.call('datasets.facets', { dataset, filter })
  await step('counts of the filter panel, first use', [facets(noFilter)], null)
  await step(
    'counts of the filter panel, two labels',
    five.map((at) => facets(filtered(label(at)))),
    null
  )
  await step(
    'place of a row in a sorted list',
    five.map(
      () => () =>
        host.call('datasets.position', {
          ...{ dataset, filter: noFilter, sort: score, row: random.below(items) }
        })
    )
  )
  await step(
    'all of one item',
    Array.from(
      { length: 20 },
      () => () => host.call('datasets.item', { dataset, row: random.below(items) })
    ),
    null
  )
  const scope = { kind: 'filter', filter: filtered({ labels: [topics[3] ?? ''] }) } as const
  await step(
    'one label in twenty set aside',
    [() => host.call('edits.apply', { dataset, scope, change: { kind: 'aside', aside: true } })],
    null
  )
  await step('list after it', [list(noFilter, score)])
  await step('taken back', [() => host.call('edits.stepTo', { dataset, number: 0 })], null)
}

async function runs(host: LoadHost, project: LoadProject, measure: Measure): Promise<void> {
  const step = <T>(name: string, works: readonly (() => Promise<T>)[]) =>
    measure.step('choices', name, works, budgets.list)
  const all = await step(
    'list of all',
    [1, 2, 3].map(() => () => host.call('runs.list', {}))
  )
  const ids = all?.runs.filter(({ kind }) => kind === 'select').map(({ job }) => job.id) ?? []
  const ten = ids.slice(0, 10)
  await step(
    'jobs',
    [1, 2, 3].map(() => () => host.call('jobs.list', {}))
  )
  await step(
    'result',
    ten.map((run) => () => host.call('runs.result', { run }))
  )
  await step(
    'chosen items',
    ten.map((run) => () => host.call('runs.items', { run, part: 'chosen' }))
  )
  await step(
    'comparison of two',
    ten.map(
      (first, at) => () => host.call('runs.compare', { first, second: ids.at(-1 - at) ?? first })
    )
  )
  await step(
    'report of one',
    ten.slice(0, 3).map((run) => () => host.call('runs.report', { run }))
  )
}

async function traces(host: LoadHost, set: string, measure: Measure): Promise<void> {
  const step = <T>(name: string, works: readonly (() => Promise<T>)[]) =>
    measure.step('traces', name, works, budgets.list)
  const list =
    (change: Partial<TraceFilter>, sort: 'added' | 'task' | 'findings' = 'added', first = 0) =>
    () =>
      host.call('traces.list', {
        ...{ set, sort, isDescending: false, first, limit: 100 },
        filter: { ...noTraceFilter, ...change }
      })
  const page = await step('first page', [list({})])
  await step(
    'pages deep in the list',
    [2000, 5000, 9000].map((first) => list({}, 'added', first))
  )
  await step(
    'outcome and tool',
    ['book_flight', 'think', 'get_user'].map((tool) => list({ outcomes: ['fail'], tools: [tool] }))
  )
  await step('sorted by task', [list({}, 'task')])
  await step('sorted by findings', [list({ outcomes: ['fail'] }, 'findings')])
  for (const word of words) await step(`words “${word}”`, [list({ text: word })])
  await step(
    'menus with counts',
    [1, 2].map(() => () => host.call('traces.facets', { set }))
  )
  await step('board', [() => host.call('traces.board', { set, filter: noTraceFilter, limit: 200 })])
  const ids = page?.rows.slice(0, 10).map(({ trace }) => trace) ?? []
  await step(
    'attempt opened',
    ids.map((trace) => () => host.call('traces.get', { trace }))
  )
  await step(
    'events of it',
    ids.map((trace) => () => host.call('traces.events', { trace, from: 0, to: 51 }))
  )
  await step(
    'first mistake suggested',
    ids.map((trace) => () => host.call('traces.suggestion', { trace }))
  )
  await step('queue of 200 planned and begun', [
    () =>
      host.call('reviews.start', {
        ...{ set, name: 'Load', template: 'finished', questions: [], filter: noTraceFilter },
        count: 200
      })
  ])
}

/** Begins long work on the large table and stops it after a while, each kind once. */
async function stops(host: LoadHost, project: LoadProject, measure: Measure): Promise<void> {
  const dataset = project.table
  const kinds: readonly (readonly [string, () => Promise<string>])[] = [
    ['check of the data', async () => (await host.call('health.start', { dataset })).job],
    ['fingerprints', async () => (await host.call('datasets.prepare', { dataset })).job],
    [
      'choice',
      async () => {
        const draft = await host.call('drafts.defaults', { dataset })
        return (await host.call('runs.start', draft)).run
      }
    ]
  ]
  for (const [name, begin] of kinds) {
    const id = await begin()
    const ended = host.ended(id)
    // Into the work, past what is done before it.
    let isWorking: () => void = () => undefined
    const working = new Promise<void>((settle) => (isWorking = settle))
    void host.ended(id, (job) => {
      if (job.fraction01 > 0.002 || job.finishedAt !== null) isWorking()
    })
    await working
    await measure.step(
      'stopping',
      name,
      [
        async () => {
          await host.call('jobs.cancel', { id, keep: false })
          await ended
        }
      ],
      budgets.cancel
    )
    await host.call('jobs.discard', { id })
  }
}

/** The first lists ever asked of the rows: what later openings find prepared is worked out here. */
export async function measureFirst(
  host: LoadHost,
  project: LoadProject,
  measure: Measure
): Promise<void> {
  await host.call('projects.open', { grant: await host.grant(project.folder) })
  await lists(host, project.table, measure)
  await host.call('projects.close', {})
}

/** Measures all of it on a host that has just started. */
export async function measureCalls(
  host: LoadHost,
  project: LoadProject,
  measure: Measure
): Promise<void> {
  const whole = <T>(name: string, work: () => Promise<T>) => measure.step('project', name, [work])
  const open = async (): Promise<unknown> =>
    host.call('projects.open', { grant: await host.grant(project.folder) })
  await whole('opened', open)
  await measure.step(
    'project',
    'what Home asks',
    [1, 2, 3].map(() => () => lookHome(host))
  )
  await lists(host, project.table, measure)
  await runs(host, project, measure)
  await traces(host, project.traces, measure)
  await stops(host, project, measure)
  await whole('backup', () => host.call('projects.backup', {}))
  await whole('checked', () => host.call('projects.check', {}))
  await whole('closed', () => host.call('projects.close', {}))
  await whole('opened again', open)
  await whole('closed again', () => host.call('projects.close', {}))
}
