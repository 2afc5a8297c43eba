// The health report of a dataset: stored findings with the counts, sentences and actions of this
// moment, and the items of one finding page by page.
import { z } from 'zod'
import type { Window } from '../../api/dto/browse.ts'
import type { EditStep } from '../../api/dto/edits.ts'
import type { Finding, FindingItem, HealthReport, Severity } from '../../api/dto/health.ts'
import { AppError } from '../../api/errors.ts'
import { itemRows } from '../datasets/item-row.ts'
import type { DatasetRecord, FindingRecord, ItemColumns, Store } from '../store/records.ts'
import { actionsOf } from './actions.ts'
import { readSpec } from './finding-spec.ts'
import { liveFinding, type LiveFinding } from './live-rows.ts'
import { reasonOf } from './reasons.ts'
import { balanceSeverity, labelSeverity, severityOf } from './severity.ts'
import { namedCount, numberOf, sentenceOf, titles } from './words.ts'

const examplesShown = 6

const CheckSpec = z.object({
  notRun: z.array(z.object({ title: z.string(), reason: z.string() }))
})

const order: Readonly<Record<Severity, number>> = { high: 0, medium: 1, low: 2, fine: 3 }

/** The report; `job` is the id of a running check. */
export function healthReport(
  store: Store,
  record: DatasetRecord,
  columns: ItemColumns,
  job: string | undefined
): HealthReport {
  const check = store.health.check(record.id)
  const spec = CheckSpec.safeParse(check?.spec)
  const counts = classCounts(record, columns)
  const findings = store.health
    .findings(record.id)
    .map((finding) => toFinding(store, record, columns, finding, counts.total))
  return {
    checkedAt: check?.checkedAt ?? null,
    job: job ?? null,
    isStale: check !== undefined && isStale(store.edits.list(record.id), check.lastEdit),
    findings: findings
      .map((finding, at) => ({ finding, at }))
      .sort((a, b) => order[a.finding.severity] - order[b.finding.severity] || a.at - b.at)
      .map(({ finding }) => finding),
    notRun: spec.success ? spec.data.notRun : [],
    classes: counts.classes
  }
}

/** True when labels, splits or marks were changed, or taken back, after the check. */
export function isStale(steps: readonly EditStep[], lastEdit: number): boolean {
  return steps.some(
    ({ kind, number, isUndone }) =>
      kind !== 'tag' && kind !== 'note' && number > lastEdit !== isUndone
  )
}

function toFinding(
  store: Store,
  record: DatasetRecord,
  columns: ItemColumns,
  finding: FindingRecord,
  total: number
): Finding {
  const { facts } = readSpec(finding.spec)
  const { kind } = finding
  const live = liveFinding(finding, columns)
  const count = live.places.length
  const examples = Array.from(live.places.subarray(0, examplesShown), (i) => finding.rows[i])
  return {
    id: finding.id,
    kind,
    severity: severityNow(finding, live, columns, facts, total),
    title: titles[kind],
    sentence: sentenceOf(kind, { kind: record.kind, count, groups: live.groups, total, facts }),
    count,
    found: finding.rows.length,
    groups: live.groups,
    examples: itemRows(store, record, examples),
    actions: actionsOf({ kind: record.kind, finding, live, columns }),
    isDismissed: finding.isDismissed
  }
}

function severityNow(
  finding: FindingRecord,
  live: LiveFinding,
  { splits }: ItemColumns,
  facts: ReturnType<typeof readSpec>['facts'],
  total: number
): Severity {
  const { kind, rows } = finding
  const count = live.places.length
  switch (kind) {
    case 'class-balance':
      return balanceSeverity(
        namedCount(facts['largest']).count,
        namedCount(facts['smallest']).count
      )
    case 'split-leakage': {
      // The share of the test that cannot be trusted.
      const tests = live.places.reduce((sum, i) => sum + Number(splits[rows[i]] === 2), 0)
      return severityOf(kind, tests, numberOf(facts, 'testItems'))
    }
    case 'wrong-labels':
      return labelSeverity(count, total, numberOf(facts, 'consensus01'))
    case 'unreadable-pictures':
      return count === 0 && numberOf(facts, 'skipped') > 0 ? 'low' : severityOf(kind, count, total)
    default:
      return severityOf(kind, count, total)
  }
}

/** Items in use per label and split. */
function classCounts(
  { classNames }: DatasetRecord,
  { labels, splits, aside }: ItemColumns
): { readonly classes: HealthReport['classes']; readonly total: number } {
  const perSplit = [0, 1, 2].map(() => new Uint32Array(classNames.length))
  let total = 0
  for (let row = 0; row < labels.length; row++) {
    if (aside[row] !== 0) continue
    total++
    if (labels[row] >= 0 && labels[row] < classNames.length) perSplit[splits[row]][labels[row]]++
  }
  const [none, train, test] = perSplit
  return {
    total,
    classes: classNames
      .map((name, i) => ({ name, train: train[i], test: test[i], none: none[i] }))
      .filter((it) => it.train + it.test + it.none > 0)
  }
}

/**
 * Items that were found, in the order of the check, those dealt with since included: places stay where
 * they are while a person goes through them. Throws AppError "item-not-found" for an unknown finding.
 */
export function findingItems(
  store: Store,
  record: DatasetRecord,
  id: string,
  window: Window
): { items: FindingItem[]; total: number } {
  const finding = requireFinding(store, record, id)
  const { width, values, texts } = readSpec(finding.spec)
  const nameOf = (label: number): string | null =>
    label < 0 ? null : (record.classNames[label] ?? null)
  const items = itemRows(
    store,
    record,
    Array.from(finding.rows.subarray(window.first, window.first + window.limit))
  )
  return {
    total: finding.rows.length,
    items: items.map((item, i) => {
      const place = window.first + i
      const suggested = nameOf(finding.suggested[place] ?? -1)
      const isBest = finding.best[place] === 1
      const score01 = finding.scores[place]
      return {
        item,
        group: finding.groups.length === 0 ? null : finding.groups[place],
        isBest,
        score01,
        suggestedLabel: suggested,
        why: reasonOf({
          finding: finding.kind,
          values: values.subarray(place * width, (place + 1) * width),
          text: texts[place] ?? '',
          score01,
          isBest,
          // As it was when the check looked, also after the suggestion was taken.
          given: item.label === suggested ? (item.givenLabel ?? item.label) : item.label,
          suggested
        })
      }
    })
  }
}

/** A finding of the last check. Throws AppError "item-not-found". */
export function requireFinding(store: Store, record: DatasetRecord, id: string): FindingRecord {
  const finding = store.health.finding(record.id, id)
  if (finding === undefined)
    throw new AppError(
      'item-not-found',
      'This finding is not there any more. Check the data again.'
    )
  return finding
}
