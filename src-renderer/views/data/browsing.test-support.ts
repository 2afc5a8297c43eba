// A small backend for browsing screens: items that are filtered, counted, ordered and changed for
// real, with a list of steps that can be taken back.
import type { Facets, ItemFilter, ItemScope, ItemSort } from '@api/dto/browse.ts'
import { ItemFilter as ItemFilterSchema, ItemSort as ItemSortSchema } from '@api/dto/browse.ts'
import type { DatasetSummary, ItemDetail, ItemRow } from '@api/dto/datasets.ts'
import type { EditChange, EditStep } from '@api/dto/edits.ts'
import { AppError } from '@api/errors.ts'
import { itemOf } from '../../components/layout.test-support.ts'
import { datasetOf, type Answers } from '../../stores/run-fixtures.test-support.ts'

/** A dataset that is kept in memory. */
export interface SmallBackend {
  items: ItemRow[]
  readonly notes: Map<number, string>
  summary(): DatasetSummary
  matching(filter: ItemFilter): ItemRow[]
  steps(): EditStep[]
  readonly answers: Answers
}

/** Makes a backend with this many items: boots and shoes in turn. */
export function smallBackend(count: number): SmallBackend {
  const notes = new Map<number, string>()
  let states: { items: ItemRow[]; notes: Map<number, string>; step: EditStep }[] = []
  const start = Array.from({ length: count }, (_, row) => itemOf(row, { hasPicture: false }))
  const backend: SmallBackend = {
    items: start,
    notes,
    summary: () =>
      datasetOf({
        kind: 'text',
        items: count,
        setAside: backend.items.filter((item) => item.isAside).length,
        classes: ['boot', 'shoe'].map((name, index) => ({
          index,
          name,
          count: backend.items.filter((item) => item.label === name).length,
          train: 0,
          test: 0
        }))
      }),
    matching(filter) {
      return backend.items.filter((item) => {
        const hasLabel = filter.labels.length === 0 || filter.labels.includes(item.label ?? '')
        const hasTag =
          filter.tags.length === 0 || filter.tags.some((tag) => item.tags.includes(tag))
        return (
          (filter.aside === 'show' || item.isAside === (filter.aside === 'only')) &&
          (filter.labels.length === 0 || hasLabel !== filter.not.includes('labels')) &&
          (filter.tags.length === 0 || hasTag !== filter.not.includes('tags')) &&
          item.name.includes(filter.search)
        )
      })
    },
    steps: () => states.map(({ step }) => step),
    answers: {}
  }

  const inOrder = (filter: ItemFilter, sort: ItemSort): ItemRow[] => {
    const rows = backend.matching(filter)
    if (sort.by.kind === 'label')
      rows.sort((a, b) => (a.label ?? '').localeCompare(b.label ?? '') || a.row - b.row)
    return sort.descending ? rows.reverse() : rows
  }
  const rowsOf = (scope: ItemScope): Set<number> => {
    if (scope.kind === 'rows') return new Set(scope.rows)
    const rows = backend.matching(ItemFilterSchema.parse(scope.filter)).map((item) => item.row)
    return new Set(rows.filter((row) => !scope.except.includes(row)))
  }
  const after = (item: ItemRow, change: EditChange): ItemRow => {
    if (change.kind === 'aside') return { ...item, isAside: change.aside }
    if (change.kind === 'label') return { ...item, label: change.label, givenLabel: item.label }
    if (change.kind === 'split') return { ...item, split: change.split }
    if (change.kind === 'note') return { ...item, hasNote: change.text !== '' }
    if (change.kind !== 'tag') return item
    const others = item.tags.filter((tag) => tag !== change.tag)
    return { ...item, tags: change.on ? [...others, change.tag] : others }
  }
  function put(number: number): void {
    const last = states.findLast((state) => state.step.number <= number)
    backend.items = last?.items ?? start
    states = states.map((state) => ({
      ...state,
      step: { ...state.step, isUndone: state.step.number > number }
    }))
  }
  const counted = (rows: readonly ItemRow[], valuesOf: (item: ItemRow) => readonly string[]) => {
    const counts = new Map<string, number>()
    for (const item of rows)
      for (const value of valuesOf(item)) counts.set(value, (counts.get(value) ?? 0) + 1)
    return [...counts].map(([value, many]) => ({ value, count: many }))
  }
  function facets(filter: ItemFilter): Facets {
    const without = (patch: Partial<ItemFilter>): ItemRow[] =>
      backend.matching({ ...filter, ...patch })
    return {
      total: backend.matching(filter).length,
      labels: counted(without({ labels: [] }), (item) => (item.label === null ? [] : [item.label])),
      unlabelled: 0,
      splits: counted(backend.matching(filter), (item) => [item.split]),
      tags: counted(without({ tags: [] }), (item) => item.tags),
      aside: backend.items.filter((item) => item.isAside).length,
      duplicates: 0,
      noted: 0,
      relabelled: 0,
      values: [],
      ranges: []
    }
  }
  const itemDetail = (row: number): ItemDetail => {
    const item = backend.items[row]
    if (item === undefined) throw new AppError('item-not-found')
    return {
      item,
      fingerprint: `f${row}`,
      sizeBytes: 1000,
      fullText: `the whole text of ${row}`,
      values: {},
      note: notes.get(row) ?? '',
      chat: null,
      pictures: [],
      boxes: [],
      origin: `row ${row + 1}`,
      findings: []
    }
  }

  Object.assign(backend.answers, {
    'datasets.list': () => ({ datasets: [backend.summary()] }),
    'datasets.get': () => backend.summary(),
    'datasets.items': ({ filter, sort, window }) => {
      const all = inOrder(ItemFilterSchema.parse(filter ?? {}), ItemSortSchema.parse(sort ?? ownBy))
      const first = window?.first ?? 0
      return {
        items: all.slice(first, first + (window?.limit ?? 100)),
        similarity01: null,
        total: all.length
      }
    },
    'datasets.position': ({ filter, sort, row }) => {
      const all = inOrder(ItemFilterSchema.parse(filter), ItemSortSchema.parse(sort))
      const position = all.findIndex((item) => item.row === row)
      return { position: position < 0 ? null : position }
    },
    'datasets.rows': ({ filter }) => ({
      rows: Uint32Array.from(backend.matching(ItemFilterSchema.parse(filter)), (item) => item.row)
    }),
    'datasets.facets': ({ filter }) => facets(ItemFilterSchema.parse(filter)),
    'datasets.item': ({ row }) => itemDetail(row),
    'datasets.picture': ({ row }) => ({ row, mime: 'image/png', bytes: null }),
    'datasets.thumbnails': () => ({ thumbnails: [] }),
    'edits.list': () => ({ steps: backend.steps() }),
    'changes.list': () => {
      const place = { kind: 'dataset' as const, id: 'd1' }
      const name = backend.summary().name
      const steps = backend.steps()
      const head = steps.findLast((step) => !step.isUndone)?.number ?? 0
      return {
        changes: steps
          .map(({ number, at, sentence }) => {
            const line = { placeName: name, line: place.id, number, head, at, sentence }
            return { place, ...line, review: null }
          })
          .reverse(),
        total: steps.length,
        places: steps.length === 0 ? [] : [{ place, name, changes: steps.length }]
      }
    },
    'edits.apply': ({ scope, change }) => {
      const rows = rowsOf(scope as ItemScope) // defaults are filled in by the screens
      const next = backend.items.map((item) => (rows.has(item.row) ? after(item, change) : item))
      const changed = next.filter(
        (item, row) => JSON.stringify(item) !== JSON.stringify(backend.items[row])
      ).length
      if (change.kind === 'note') for (const row of rows) notes.set(row, change.text)
      if (changed === 0 && change.kind !== 'note') return { changed, step: null }
      states = states.filter(({ step }) => !step.isUndone)
      const step: EditStep = {
        number: (states.at(-1)?.step.number ?? 0) + 1,
        at: 1,
        kind: change.kind,
        sentence: `${change.kind} ${changed}`,
        changed,
        isUndone: false
      }
      states = [...states, { items: next, notes, step }]
      backend.items = next
      return { changed, step }
    },
    'edits.stepTo': ({ number }) => {
      put(number)
      return { changed: 1, steps: backend.steps() }
    }
  } satisfies Answers)
  return backend
}
const ownBy: ItemSort = { by: { kind: 'order' }, descending: false }
