// Small findings and reports, and a backend that keeps what is decided about their items.
import { Window } from '@api/dto/browse.ts'
import type { ItemRow } from '@api/dto/datasets.ts'
import type { EditStep } from '@api/dto/edits.ts'
import type { Finding, FindingItem, HealthReport } from '@api/dto/health.ts'
import { AppError } from '@api/errors.ts'
import { datasetOf, type Answers } from '../../../stores/run-fixtures.test-support.ts'

/** An item of a dataset of texts. */
export function itemOf(row: number, part: Partial<ItemRow> = {}): ItemRow {
  return {
    row,
    key: `k${row}`,
    name: `item ${row}`,
    label: row % 2 === 0 ? 'boot' : 'shoe',
    split: 'train',
    isAside: false,
    duplicateOf: null,
    text: `text of ${row}`,
    width: null,
    height: null,
    hasPicture: false,
    tags: [],
    hasNote: false,
    givenLabel: null,
    ...part
  }
}

/** A finding: near-duplicates unless told otherwise. */
export function findingOf(part: Partial<Finding> = {}): Finding {
  return {
    id: 'near',
    kind: 'near-duplicates',
    severity: 'medium',
    title: 'Near-duplicates',
    sentence: 'Almost the same item more than once teaches nothing new.',
    count: 6,
    found: 6,
    groups: 2,
    examples: [itemOf(0), itemOf(1)],
    actions: [
      {
        id: 'keep-first',
        label: 'Keep the best of each, set 4 aside',
        sentence: 'The best copy of each group stays, the others are set aside.',
        isRecommended: true
      },
      { id: 'tag', label: 'Tag 6 items', sentence: 'Tags them.', isRecommended: false },
      { id: 'show', label: 'Show the items', sentence: 'Shows them.', isRecommended: false }
    ],
    isDismissed: false,
    ...part
  }
}

/** A report of a finished check. */
export function reportOf(part: Partial<HealthReport> = {}): HealthReport {
  return {
    checkedAt: 1_000,
    job: null,
    isStale: false,
    findings: [findingOf()],
    notRun: [],
    classes: [],
    ...part
  }
}

/** An item of a finding. */
export function foundOf(row: number, part: Partial<FindingItem> = {}): FindingItem {
  return {
    item: itemOf(row),
    group: null,
    isBest: false,
    score01: 0.9,
    suggestedLabel: null,
    why: `reason of ${row}`,
    ...part
  }
}

/** Groups of these sizes, their first item the best. */
export function groupsOf(...sizes: readonly number[]): FindingItem[] {
  return sizes.flatMap((size, group) => {
    const first = sizes.slice(0, group).reduce((sum, before) => sum + before, 0)
    return Array.from({ length: size }, (_, at) => foundOf(first + at, { group, isBest: at === 0 }))
  })
}

/** A backend of one dataset with one finding, whose items change as they are told to. */
export interface HealthBackend {
  readonly answers: Answers
  /** Rows that are set aside. */
  aside(): number[]
  labelOf(row: number): string | null | undefined
  steps(): readonly EditStep[]
  /** Makes the next change fail. */
  failNext(): void
}

interface Undoable extends EditStep {
  isUndone: boolean
  readonly before: ReadonlyMap<number, FindingItem['item']>
  readonly after: ReadonlyMap<number, FindingItem['item']>
}

/** Makes the backend; `found` are the finding's items in order. */
export function healthBackend(
  finding: Finding,
  found: readonly FindingItem[],
  report: Partial<HealthReport> = {}
): HealthBackend {
  const items = new Map(found.map((entry) => [entry.item.row, entry.item]))
  let steps: Undoable[] = []
  let isFailing = false
  const put = (state: ReadonlyMap<number, FindingItem['item']>): void => {
    for (const [row, item] of state) items.set(row, item)
  }
  function change(
    rows: readonly number[],
    kind: EditStep['kind'],
    to: (item: FindingItem['item']) => FindingItem['item']
  ): EditStep {
    if (isFailing) {
      isFailing = false
      throw new AppError('disk-full')
    }
    const before = new Map(rows.flatMap((row) => [...items].filter(([known]) => known === row)))
    const after = new Map([...before].map(([row, item]) => [row, to(item)]))
    put(after)
    steps = steps.filter((step) => !step.isUndone)
    const number = (steps.at(-1)?.number ?? 0) + 1
    const sentence = `Changed ${before.size} items`
    const changed = before.size
    const step = { number, at: 1, kind, sentence, changed, isUndone: false }
    steps.push({ ...step, before, after })
    return step
  }
  function stepTo(number: number): void {
    for (const step of [...steps].reverse()) {
      if (step.number > number && !step.isUndone) put(step.before)
      if (step.number > number) step.isUndone = true
    }
    for (const step of steps) {
      if (step.number <= number && step.isUndone) put(step.after)
      if (step.number <= number) step.isUndone = false
    }
  }
  const plain = (): EditStep[] =>
    steps.map(({ before: _before, after: _after, ...step }) => ({ ...step }))
  const alive = (): number => [...items.values()].filter((item) => !item.isAside).length
  return {
    answers: {
      'datasets.list': () => ({ datasets: [datasetOf({ kind: 'text' })] }),
      'datasets.get': () => datasetOf({ kind: 'text' }),
      'datasets.thumbnails': () => ({ thumbnails: [] }),
      'health.report': () => reportOf({ findings: [{ ...finding, count: alive() }], ...report }),
      'health.items': (input) => {
        const { first, limit } = Window.parse(input.window)
        return {
          items: found
            .slice(first, first + limit)
            .map((entry) => ({ ...entry, item: items.get(entry.item.row) ?? entry.item })),
          total: found.length
        }
      },
      'health.act': ({ rows }) => {
        const meant = rows ?? found.filter((entry) => !entry.isBest).map((entry) => entry.item.row)
        const step = change(meant, 'aside', (item) => ({ ...item, isAside: true }))
        return { changed: step.changed, step }
      },
      'health.dismiss': () => ({}),
      'edits.apply': ({ scope, change: to }) => {
        if (scope.kind !== 'rows') throw new AppError('invalid-input')
        const step = change([...scope.rows], to.kind, (item) => {
          if (to.kind === 'aside') return { ...item, isAside: to.aside }
          if (to.kind === 'label')
            return { ...item, label: to.label, givenLabel: item.givenLabel ?? item.label }
          throw new AppError('invalid-input')
        })
        return { changed: step.changed, step }
      },
      'edits.list': () => ({ steps: plain() }),
      'edits.stepTo': ({ number }) => {
        stepTo(number)
        return { changed: 1, steps: plain() }
      }
    },
    aside: () => [...items.values()].filter((item) => item.isAside).map((item) => item.row),
    labelOf: (row) => items.get(row)?.label,
    steps: plain,
    failNext() {
      isFailing = true
    }
  }
}
