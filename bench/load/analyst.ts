// A day of an analyst in small: opens a project, looks around, filters, changes and takes back, runs a
// choice and stops another, exports and verifies, reviews attempts, closes. Everything by the calls a
// window makes, with the pauses of somebody who looks at what comes.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  noFilter,
  ownOrder,
  type ItemFilter,
  type ItemSort
} from '../../src-main/api/dto/browse.ts'
import { ImportOptions } from '../../src-main/api/dto/datasets.ts'
import { noTraceFilter, type TraceFilter } from '../../src-main/api/dto/trace-sets.ts'
import type { Random } from '../../src-main/core/compute/random.ts'
import type { LoadHost } from './host.ts'
import { mustEnd, type LoadProject } from './project.ts'
import { sourceNames, writeTable } from './sources.ts'

/** Methods that take seconds on some thousand pictures. */
export const quickMethods = [
  'random',
  'stratified-random',
  'facility-location',
  'k-center',
  'herding',
  'density-pruning'
] as const

/** Words that occur in dictionaries, from rare to everywhere. */
export const words = ['zebra', 'musical instr', 'water', 'a person who', 'the'] as const

/** A filter that differs from none. */
export const filtered = (change: Partial<ItemFilter>): ItemFilter => ({ ...noFilter, ...change })
/** An order. */
export const by = (kind: ItemSort['by'], descending = false): ItemSort => ({ by: kind, descending })

/** What the Home screen and the frame around it ask. */
export async function lookHome(host: LoadHost): Promise<void> {
  await host.call('projects.current', {})
  await host.call('projects.recent', {})
  await host.call('datasets.list', {})
  await host.call('runs.list', {})
  await host.call('jobs.list', {})
  await host.call('drafts.list', {})
  await host.call('distil.drafts', {})
  await host.call('recipes.list', {})
  await host.call('traces.sets', {})
  await host.call('reviews.queues', {})
  await host.call('app.settings', {})
}

/** An analyst at work. */
export class Analyst {
  readonly #host: LoadHost
  readonly #random: Random
  readonly #pauseMs: number
  #cycle = 0

  constructor(host: LoadHost, random: Random, pauseMs: number) {
    this.#host = host
    this.#random = random
    this.#pauseMs = pauseMs
  }

  /** Opens the project, does a round of everything, closes it. */
  async round(project: LoadProject, root: string): Promise<void> {
    const cycle = this.#cycle++
    const host = this.#host
    await host.call('projects.open', { grant: await host.grant(project.folder) })
    await this.#look()
    await lookHome(host)
    await this.#browse(project.table, 'rows')
    await this.#browse(project.pictures, 'pictures')
    await this.#change(project.table)
    await this.#choose(project.pictures, root)
    await this.#stopOne(project.pictures)
    await this.#review(project.traces)
    if (cycle % 3 === 1) await this.#addAndRemove(root)
    if (cycle % 4 === 2) await this.#check(project.pictures)
    if (cycle % 5 === 3) await this.#keepSafe()
    if (cycle % 8 === 5) await this.#makeTiny(project.pictures)
    await host.call('projects.close', {})
  }

  #look(): Promise<void> {
    return pause(this.#random.below(2 * this.#pauseMs))
  }

  #draw<T>(list: readonly T[]): T {
    const drawn = list[this.#random.below(list.length)]
    if (drawn === undefined) throw new Error('nothing to draw from')
    return drawn
  }

  async #browse(dataset: string, what: string): Promise<void> {
    const host = this.#host
    const random = this.#random
    const { items, classes } = await host.call('datasets.get', { dataset })
    const labels = classes.map(({ name }) => name)
    const list = async (
      filter: ItemFilter,
      sort: ItemSort,
      as: string,
      first = 0
    ): Promise<readonly number[]> => {
      const page = await host.call(
        'datasets.items',
        { dataset, filter, sort, window: { first, limit: 100 } },
        `datasets.items, ${as} (${what})`
      )
      return page.items.map(({ row }) => row)
    }
    const rows = await list(noFilter, ownOrder, 'first page')
    await host.call('datasets.facets', { dataset, filter: noFilter }, `datasets.facets (${what})`)
    for (let page = 0; page < 5; page++) {
      await list(noFilter, ownOrder, 'deep page', random.below(Math.max(1, items - 100)))
      await this.#look()
    }
    const filter = filtered({ labels: [this.#draw(labels), this.#draw(labels)] })
    await list(filter, ownOrder, 'labels')
    await host.call('datasets.facets', { dataset, filter }, `datasets.facets (${what})`)
    await this.#look()
    await list(filtered({ ranges: [{ column: '#bytes', min: 50, max: 400 }] }), ownOrder, 'range')
    await list(noFilter, by({ kind: 'name' }, random.below(2) === 0), 'by name')
    await list(noFilter, by({ kind: 'label' }), 'by label')
    await list(noFilter, by({ kind: 'shuffled', seed: random.below(1000) }), 'shuffled')
    if (what === 'rows') {
      await list(
        filtered({ values: [{ column: 'source', values: [this.#draw(sourceNames)] }] }),
        by({ kind: 'column', column: 'score' }, true),
        'value, by number'
      )
      await this.#look()
      await list(filtered({ search: this.#draw(words) }), ownOrder, 'words')
    } else {
      await host.call('datasets.thumbnails', { dataset, rows: [...rows], size: 96 })
      await host.call('datasets.thumbnails', { dataset, rows: rows.slice(0, 20), size: 192 })
    }
    for (const row of rows.slice(0, 5)) {
      await host.call('datasets.item', { dataset, row })
      await this.#look()
    }
    await host.call('datasets.problems', { dataset, page: {} })
    await host.call('views.list', { dataset })
    const view = await host.call('views.save', {
      ...{ id: null, dataset, name: 'Looked at', filter, sort: ownOrder, display: 'table' }
    })
    await host.call('views.remove', { id: view.id })
    const { set } = await host.call('datasets.keepSet', {
      ...{ dataset, rows: Uint32Array.from(rows), sentence: 'A lasso' }
    })
    await list(filtered({ set }), ownOrder, 'kept set')
  }

  async #change(dataset: string): Promise<void> {
    const host = this.#host
    const { classes } = await host.call('datasets.get', { dataset })
    const label = this.#draw(classes).name
    const scope = { kind: 'filter', filter: filtered({ labels: [label] }) } as const
    const page = await host.call('datasets.items', { dataset, filter: scope.filter })
    const rows = { kind: 'rows', rows: page.items.map(({ row }) => row) } as const
    for (const request of [
      { scope, change: { kind: 'aside', aside: true } },
      { scope: rows, change: { kind: 'tag', tag: 'look again', on: true } },
      { scope: rows, change: { kind: 'label', label: 'moved' } },
      { scope: rows, change: { kind: 'note', text: 'Ask about this one.' } }
    ] as const) {
      await host.call('edits.apply', { dataset, ...request }, `edits.apply, ${request.change.kind}`)
      await host.call('datasets.facets', { dataset, filter: noFilter }, 'datasets.facets (rows)')
      await this.#look()
    }
    const { steps } = await host.call('edits.list', { dataset })
    await host.call('edits.stepTo', { dataset, number: Math.max(0, steps.length - 2) })
    await host.call('edits.stepTo', { dataset, number: steps.length })
    await host.call('edits.stepTo', { dataset, number: 0 })
  }

  async #choose(dataset: string, root: string): Promise<void> {
    const host = this.#host
    const draft = await host.call('drafts.defaults', { dataset })
    const asked = {
      ...draft,
      name: `Round ${this.#cycle}`,
      method: { id: this.#draw(quickMethods), params: {} },
      budget: { kind: 'percent' as const, percent: 10 },
      seed: this.#random.below(1000),
      check: { ...draft.check, isOn: false }
    }
    const saved = await host.call('drafts.save', { id: null, step: 'review', draft: asked })
    await host.call('runs.review', asked)
    const { run } = await host.call('runs.start', asked)
    const job = await host.ended(run)
    if (!job.state.startsWith('finished')) throw new Error(`a choice ended as ${job.state}`)
    await host.call('drafts.remove', { id: saved.id })
    await host.call('runs.result', { run })
    await host.call('runs.items', { run, part: 'chosen' })
    await host.call('runs.items', { run, part: 'left-out', window: { first: 500, limit: 100 } })
    await host.call('runs.report', { run })
    await this.#look()
    await this.#export(run, root)
    const { runs } = await host.call('runs.list', {})
    const choices = runs.filter(({ kind }) => kind === 'select')
    const other = choices.at(-1)?.job.id
    if (other !== undefined && other !== run) {
      await host.call('runs.compare', { first: run, second: other })
      // A handful stays, so that the project is as large at the end as after the first rounds.
      if (choices.length > 5) await host.call('runs.remove', { run: other })
    }
  }

  async #export(run: string, root: string): Promise<void> {
    const host = this.#host
    const place = await host.grant(root)
    const name = `export-${this.#cycle}`
    const plan = await host.call('exports.plan', { run, place, name })
    const layouts = plan.layouts.filter(({ isPossible }) => isPossible).slice(0, 2)
    const { job } = await host.call('exports.start', {
      ...{ run, place, name, conflict: 'replace', layouts: layouts.map(({ layout }) => layout) }
    })
    await mustEnd(host, job)
    const { ok } = await host.call('exports.verify', { export: job })
    if (!ok) throw new Error('an export is not what it was written as')
    await rm(join(root, name), { recursive: true })
  }

  /** Begins a choice with a long check and stops it. */
  async #stopOne(dataset: string): Promise<void> {
    const host = this.#host
    const draft = await host.call('drafts.defaults', { dataset })
    const { run } = await host.call('runs.start', {
      ...draft,
      name: 'Stopped',
      seed: this.#random.below(1000),
      check: { ...draft.check, isOn: true, repeats: 20, curve: true }
    })
    const ended = host.ended(run)
    await this.#look()
    const began = performance.now()
    await host.call('jobs.cancel', { id: run, keep: false })
    const { state } = await ended
    host.latencies.add('stopped after', performance.now() - began)
    if (state !== 'cancelled') throw new Error(`a stopped choice is ${state}`)
    await host.call('runs.remove', { run })
  }

  async #review(set: string): Promise<void> {
    const host = this.#host
    const list = (change: Partial<TraceFilter>, as: string) =>
      host.call('traces.list', { set, filter: { ...noTraceFilter, ...change } }, as)
    const { rows } = await list({}, 'traces.list')
    await list({ outcomes: ['fail'], tools: ['book_flight'] }, 'traces.list, tool')
    await list({ text: this.#draw(words) }, 'traces.list, words')
    await host.call('traces.facets', { set })
    await host.call('traces.board', { set, filter: noTraceFilter })
    const { queue } = await host.call('reviews.start', {
      ...{ set, name: `Round ${this.#cycle}`, template: 'finished', questions: [] },
      ...{ filter: noTraceFilter, count: 20, seed: this.#random.below(1000) }
    })
    for (let position = 0; position < 3; position++) {
      const { review, trace } = await host.call('reviews.open', { queue, position })
      const detail = await host.call('traces.get', { trace })
      await host.call('traces.events', { trace, from: 0, to: Math.min(60, detail.events) })
      await host.call('traces.search', { trace, text: 'error' })
      await host.call('traces.suggestion', { trace, review })
      await this.#look()
      await host.call('reviews.act', { review, act: { kind: 'verdict', verdict: 'fail' } })
      await host.call('reviews.act', { review, act: { kind: 'first-wrong', step: 1 } })
      await host.call('reviews.undo', { review })
      await host.call('reviews.redo', { review })
      await host.call('reviews.act', { review, act: { kind: 'keep', value: 'no' } })
      await host.call('reviews.setState', { review, state: 'done' })
      await this.#look()
    }
    const [first, second] = rows
    if (first !== undefined && second !== undefined)
      await host.call('traces.compare', { left: first.trace, right: second.trace })
    await host.call('reviews.report', { queue })
    await host.call('reviews.removeQueue', { queue })
  }

  async #addAndRemove(root: string): Promise<void> {
    const host = this.#host
    const path = join(root, 'sources', 'small.csv')
    await writeTable(path, 5000)
    const grant = await host.grant(path)
    const options = ImportOptions.parse({})
    await host.call('datasets.preview', { grant, options })
    const { job, dataset } = await host.call('datasets.import', { grant, name: 'small', options })
    await mustEnd(host, job)
    await this.#browse(dataset, 'rows')
    await host.call('datasets.remove', { dataset })
  }

  async #check(dataset: string): Promise<void> {
    const host = this.#host
    await mustEnd(host, (await host.call('health.start', { dataset })).job)
    const { findings } = await host.call('health.report', { dataset })
    for (const { id } of findings.slice(0, 3))
      await host.call('health.items', { dataset, finding: id, window: { first: 0, limit: 50 } })
    const { job } = await host.call('maps.start', { dataset })
    if (job !== null) await mustEnd(host, job)
    await host.call('maps.points', { dataset })
    await host.call('datasets.similarPairs', { dataset, similarity01: 0.95 })
  }

  async #keepSafe(): Promise<void> {
    await this.#host.call('projects.backup', {})
    const { ok } = await this.#host.call('projects.check', {})
    if (!ok) throw new Error('the project is damaged')
  }

  async #makeTiny(dataset: string): Promise<void> {
    const host = this.#host
    const draft = await host.call('distil.defaults', { dataset })
    const { run } = await host.call('distil.start', {
      ...draft,
      ...{ name: 'tiny', kind: 'made', perClass: 1, effort: 'quick', width: 8, side: 16, seed: 7 },
      method: { id: 'distribution-matching', params: { iterations: 30, realPerClass: 16 } },
      check: { repeats: 1, otherNetwork: false, equalBytes: false, all: false }
    })
    const job = await host.ended(run)
    if (!job.state.startsWith('finished')) throw new Error(`a tiny set ended as ${job.state}`)
    await host.call('distil.result', { run })
    await host.call('distil.preview', { run })
    await host.call('distil.items', { run, limit: 10 })
    await host.call('runs.remove', { run })
  }
}
