// Every message of the review on real small data: that it is shown, what it says, and that every
// button that changes the plan makes it go without bringing up a new error.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SelectDraft, type DraftReview } from '../../api/dto/runs.ts'
import type { ValidationMessage } from '../../api/dto/common.ts'
import type { ColumnInfo } from '../../api/dto/datasets.ts'
import { selectionMethods } from '../methods/registry.ts'
import type { DatasetRecord } from '../store/records.ts'
import { reviewDraft, type ReviewDeps } from './review.ts'
import { createFixture, draftFor, type Fixture, type SyntheticItem } from './selection-fixture.ts'

let fixture: Fixture
let deps: ReviewDeps
let free: { memory: number; disk: number }

beforeEach(async () => {
  fixture = await createFixture()
  free = { memory: 1e12, disk: 1e12 }
  deps = {
    store: fixture.store,
    items: fixture.items,
    methods: selectionMethods,
    prober: {
      speed: () =>
        Promise.resolve({
          columns: 2,
          flopsPerSecond: 1e9,
          device: 'processor',
          secondsPerItem: undefined,
          why: 'Measured.'
        })
    },
    machine: {
      freeMemoryBytes: () => free.memory,
      freeDiskBytes: () => Promise.resolve(free.disk)
    },
    projectFolder: 'P.winnow',
    threads: 1,
    deviceRequest: () => 'wasm'
  }
})
afterEach(() => fixture.dispose())

interface Data {
  /** Items of each class, in class order. */
  readonly counts: readonly number[]
  readonly unlabelled?: number
  readonly sizeBytes?: number
  readonly text?: boolean
  /** Rows that are the data's own test items. */
  readonly tests?: readonly number[]
  /** Class 0 comes from the web and the others are scans; else every other row is. */
  readonly byLabel?: boolean
  readonly record?: Partial<DatasetRecord>
}

const sourceColumn: ColumnInfo = {
  name: 'from',
  type: 'category',
  role: 'keep',
  confidence01: 1,
  distinct: 2,
  missing: 0,
  examples: []
}

async function add({
  counts,
  unlabelled = 0,
  sizeBytes,
  text,
  tests,
  byLabel,
  record
}: Data): Promise<void> {
  const labels = counts.flatMap((items, label) => new Array<number>(items).fill(label))
  labels.push(...new Array<number>(unlabelled).fill(-1))
  const items = labels.map((label, row): SyntheticItem => ({
    label,
    trueLabel: Math.max(0, label),
    numbers: Float32Array.of(row, 1),
    split: tests?.includes(row) === true ? 'test' : 'none',
    content: `row ${row}`,
    values: { from: (byLabel === true ? label : row % 2) === 0 ? 'web' : 'scan' },
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    ...(text === true ? { text: 'x'.repeat(40) } : {})
  }))
  await fixture.addDataset('pool', items, {
    classNames: counts.map((_, i) => `c${i}`),
    columns: [sourceColumn],
    ...record
  })
  const example = { label: 0, trueLabel: 0, numbers: Float32Array.of(1, 1), content: 'example' }
  await fixture.addDataset('examples', [example], { purpose: 'examples' })
}

/** The same with names such as "item_7" replaced by the keys of these rows. */
function withKeys(draft: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(draft).replaceAll(/item_(\d+)/g, (_, row: string) => {
    const [item] = fixture.store.items.rows('pool', [Number(row)])
    return item?.key ?? 'gone'
  })
  return JSON.parse(text) as Record<string, unknown> // it was one before
}

/** A plan on the data without a test, so that no item is held back. */
function plan(change: Record<string, unknown> = {}): SelectDraft {
  return draftFor(
    'pool',
    withKeys({
      method: { id: 'random' },
      tasks: { kind: 'sets', sets: [{ name: 'Examples', dataset: 'examples' }] },
      budget: { kind: 'count', count: 20 },
      check: { isOn: false },
      ...change
    })
  )
}

const byClass = (
  ...limits: [string, number | null, number | null, (number | null)?][]
): unknown[] =>
  limits.map(([label, min, max, percent]) => ({ label, min, max, percent: percent ?? null }))
const bySource = (...limits: [string, number | null, number | null][]): unknown =>
  limits.map(([source, min, max]) => ({ source, min, max }))

interface Case {
  readonly code: string
  readonly title: string
  readonly data: Data
  readonly draft: Record<string, unknown>
  readonly text: string | RegExp
  readonly severity?: ValidationMessage['severity']
  readonly labels: readonly string[]
  readonly computer?: { readonly memory?: number; readonly disk?: number }
}

const two: Data = { counts: [60, 40] }
/** Names of rows; the test puts the items' keys in their place. */
const keys = (...rows: number[]): string[] => rows.map((row) => `item_${row}`)

const cases: readonly Case[] = [
  {
    code: 'V1',
    title: 'too few for the groups',
    data: { counts: [30, 20, 10, 5] },
    draft: { budget: { kind: 'percent', percent: 5 } },
    text: 'Keeping 3 items is too few for 4 groups. You need at least 4 to have one of each.',
    labels: ['Use 4', 'Leave some groups out']
  },
  {
    code: 'V1',
    title: 'too few for the groups, in megabytes',
    data: { counts: [30, 20, 10, 5] },
    draft: { budget: { kind: 'bytes', bytes: 250 } },
    text: /^Keeping 2 items is too few for 4 groups/,
    labels: ['Use 401 bytes', 'Leave some groups out']
  },
  {
    code: 'V2',
    title: 'minimums over the budget',
    data: two,
    draft: { rules: { perClass: byClass(['c0', 15, null], ['c1', 15, null]) } },
    text: 'The minimums add up to 30 but you asked to keep 20.',
    severity: 'error',
    labels: ['Raise to 30', 'Scale minimums down']
  },
  {
    code: 'V2-sources',
    title: 'minimums of sources over the budget',
    data: two,
    draft: {
      rules: { sourceColumn: 'from', perSource: bySource(['web', 15, null], ['scan', 10, null]) }
    },
    text: 'The minimums of sources add up to 25 but you asked to keep 20.',
    severity: 'error',
    labels: ['Raise to 25', 'Scale minimums down']
  },
  {
    code: 'V2',
    title: 'minimums over a budget in megabytes, which is only about known',
    data: two,
    draft: {
      budget: { kind: 'bytes', bytes: 2000 },
      rules: { perClass: byClass(['c0', 30, null]) }
    },
    text: 'The minimums add up to 30, and about 20 items fit into 2 KB.',
    severity: 'caution',
    labels: ['Raise to 3 KB', 'Scale minimums down']
  },
  {
    code: 'V3',
    title: 'a minimum no class can meet',
    data: { counts: [86, 14] },
    draft: { rules: { perClass: byClass(['c1', 18, null]) } },
    text: '\u2018c1\u2019 has only 14 items; a minimum of 18 cannot be met.',
    labels: ['Use all 14']
  },
  {
    code: 'V3-sources',
    title: 'a minimum no source can meet',
    data: two,
    draft: { rules: { sourceColumn: 'from', perSource: bySource(['phone', 5, null]) } },
    text: '\u2018phone\u2019 has only 0 items; a minimum of 5 cannot be met.',
    labels: ['Use all 0']
  },
  {
    code: 'R3',
    title: 'a minimum above its maximum',
    data: two,
    draft: { rules: { perClass: byClass(['c0', 9, 4]) } },
    text: '\u2018c0\u2019 cannot have at least 9 and at most 4 items.',
    severity: 'error',
    labels: ['At most 9', 'At least 4']
  },
  {
    code: 'R3-sources',
    title: 'a minimum above its maximum, by source',
    data: two,
    draft: { rules: { sourceColumn: 'from', perSource: bySource(['web', 9, 4]) } },
    text: '\u2018web\u2019 cannot have at least 9 and at most 4 items.',
    severity: 'error',
    labels: ['At most 9', 'At least 4']
  },
  {
    code: 'R4',
    title: 'maximums of labels and sources that leave too little',
    data: two,
    draft: {
      rules: {
        sourceColumn: 'from',
        perClass: byClass(['c0', null, 5]),
        perSource: bySource(['web', null, 2], ['scan', null, 9])
      }
    },
    text: 'At most 11 can be kept with these maximums.',
    labels: ['Keep 11', 'Remove the maximums']
  },
  {
    code: 'R4',
    title: 'maximums that leave nothing',
    data: two,
    draft: { rules: { perClass: byClass(['c0', null, 0], ['c1', null, 0]) } },
    text: 'Nothing can be kept with these maximums.',
    severity: 'error',
    labels: ['Remove the maximums']
  },
  {
    code: 'R5',
    title: 'minimums of labels and sources that need too many together',
    data: { ...two, byLabel: true },
    draft: {
      rules: {
        sourceColumn: 'from',
        perClass: byClass(['c0', 12, null]),
        perSource: bySource(['scan', 12, null])
      }
    },
    text: 'The minimums of labels and of sources together need 24 items but you asked to keep 20.',
    severity: 'error',
    labels: ['Raise to 24', 'Scale minimums down']
  },
  {
    code: 'R6',
    title: 'shares above 100 %',
    data: two,
    draft: { rules: { perClass: byClass(['c0', null, null, 80], ['c1', null, null, 50]) } },
    text: 'The shares add up to 130 %.',
    severity: 'error',
    labels: ['Scale to 100 %']
  },
  {
    code: 'R7',
    title: 'shares of all labels below 100 %',
    data: two,
    draft: { rules: { perClass: byClass(['c0', null, null, 30], ['c1', null, null, 20]) } },
    text: 'The shares add up to 50 %, with no other label left for the rest.',
    labels: ['Scale to 100 %']
  },
  {
    code: 'R8',
    title: 'a share no class can fill',
    data: { counts: [93, 7] },
    draft: { rules: { perClass: byClass(['c1', null, null, 50]) } },
    text: '\u2018c1\u2019 has only 7 items; 50 % of the kept items would be 10.',
    labels: ['Use 35 %', 'Drop the share']
  },
  {
    code: 'R9',
    title: 'a share against a maximum',
    data: two,
    draft: { rules: { perClass: byClass(['c1', null, 4, 50]) } },
    text: '50 % of the kept items would be 10 of \u2018c1\u2019; you also asked for at most 4.',
    labels: ['Use the share', 'Drop the share']
  },
  {
    code: 'R10',
    title: 'limits by source without a column',
    data: two,
    draft: { rules: { perSource: bySource(['web', 1, null]) } },
    text: /no column says where items come from/,
    labels: ['Remove these limits']
  },
  {
    code: 'V4',
    title: 'on both lists',
    data: two,
    draft: { rules: { mustKeep: keys(1, 2), mustDrop: keys(2, 3) } },
    text: '1 item is on both lists, Must keep and Must drop.',
    severity: 'error',
    labels: ['Show them', 'Keep wins', 'Drop wins']
  },
  {
    code: 'V5',
    title: 'must-keep fills the budget',
    data: two,
    draft: { rules: { mustKeep: keys(...Array.from({ length: 21 }, (_, i) => i)) } },
    text: 'Must-keep items already fill the budget (21 of 20). Nothing is left to choose.',
    severity: 'error',
    labels: ['Raise to 40']
  },
  {
    code: 'V5',
    title: 'must-keep fills a budget in bytes',
    data: { ...two, sizeBytes: 1e6 },
    draft: { budget: { kind: 'bytes', bytes: 5e6 }, rules: { mustKeep: keys(1, 2, 3, 4, 5, 6) } },
    text: 'Must-keep items already fill the budget (6 MB of 5 MB). Nothing is left to choose.',
    severity: 'error',
    labels: ['Raise to 12 MB']
  },
  {
    code: 'V6',
    title: 'no labels for the check',
    data: { counts: [], unlabelled: 60 },
    draft: { check: { isOn: true } },
    text: 'No labels found, so the check cannot compare accuracy. You can still choose by similarity.',
    labels: ['Pick a label column', 'Continue without']
  },
  {
    code: 'V7',
    title: 'unreadable files',
    data: { ...two, record: { skipped: 82 } },
    draft: {},
    text: '82 files could not be opened. They are left out.',
    severity: 'note',
    labels: ['See list']
  },
  {
    code: 'V9',
    title: 'examples in the data',
    data: two,
    draft: {
      tasks: { kind: 'sets', sets: [{ name: 'Mine', dataset: 'pool', keys: keys(1, 2, 3) }] }
    },
    text: 'Your target examples are also in the data (3 matches). Keep them out of the choice so the check stays fair?',
    labels: ['Keep out \u2013 recommended', 'Ignore']
  },
  {
    code: 'V10',
    title: 'one label rules the data',
    data: { counts: [94, 6] },
    draft: { method: { id: 'icons' } },
    text: '94 % of items share one label. A balanced choice will not look like your real data.',
    labels: ['Keep real mix', 'Balance anyway']
  },
  {
    code: 'V11',
    title: 'ids the data does not have',
    data: two,
    draft: { rules: { mustKeep: ['item_1', 'x'], mustDrop: ['y', 'item_2'] } },
    text: 'The list names 4 ids; 2 are not in this dataset.',
    labels: ['Continue with 2']
  },
  {
    code: 'V12',
    title: 'not enough disk',
    data: two,
    draft: {},
    computer: { disk: 1000 },
    text: /^Free disk is 1 KB, the run needs about .* for fingerprints\.$/,
    severity: 'error',
    labels: ['Choose another folder']
  },
  {
    code: 'S1',
    title: 'an empty scope',
    data: two,
    draft: { scope: { kind: 'filter', filter: { search: 'nothing has this name' } } },
    text: '0 of 100 items match.',
    severity: 'error',
    labels: ['Clear filters']
  },
  {
    code: 'S2',
    title: 'nothing left to choose from',
    data: { counts: [3, 2] },
    draft: { rules: { mustDrop: keys(0, 1, 2, 3, 4) } },
    text: /^No items are left to choose from/,
    severity: 'error',
    labels: ['Look at the data']
  },
  {
    code: 'B1',
    title: 'more asked for than there is',
    data: two,
    draft: { budget: { kind: 'count', count: 5000 } },
    text: 'You asked to keep 5,000 items; only 100 can be chosen.',
    labels: ['Keep all 100']
  },
  {
    code: 'B2',
    title: 'a size where no sizes are known',
    data: { ...two, sizeBytes: 0 },
    draft: { budget: { kind: 'bytes', bytes: 1e6 } },
    text: 'The sizes of these items are not known, so a size cannot say how much to keep.',
    severity: 'error',
    labels: ['Keep 10 items instead']
  },
  {
    code: 'B3',
    title: 'tokens where there is no text',
    data: two,
    draft: { budget: { kind: 'tokens', tokens: 500 } },
    text: 'These items have no text, so tokens cannot say how much to keep.',
    severity: 'error',
    labels: ['Keep 10 items instead']
  },
  {
    code: 'B4',
    title: 'a size that holds nothing',
    data: two,
    draft: { budget: { kind: 'bytes', bytes: 50 } },
    text: 'Not even the smallest item fits into 50 bytes.',
    severity: 'error',
    labels: ['Raise to 1 KB']
  },
  {
    code: 'B4',
    title: 'tokens that hold nothing',
    data: { ...two, text: true },
    draft: { budget: { kind: 'tokens', tokens: 4 } },
    text: 'Not even the smallest item fits into 4 tokens.',
    severity: 'error',
    labels: ['Raise to 100 tokens']
  },
  {
    code: 'L1',
    title: 'the smallest set without labels',
    data: { counts: [], unlabelled: 60 },
    draft: { budget: { kind: 'smallest' } },
    text: 'The smallest set is found by comparing accuracy, and these items have no labels.',
    severity: 'error',
    labels: ['Keep 6 items instead', 'Pick a label column']
  },
  {
    code: 'L2',
    title: 'the smallest set of too little data',
    data: { counts: [20, 20] },
    draft: { budget: { kind: 'smallest' } },
    text: 'Finding the smallest set needs at least 50 items with a label; there are 40.',
    severity: 'error',
    labels: ['Keep 4 items instead']
  },
  {
    code: 'M1',
    title: 'a method that needs examples',
    data: { counts: [], unlabelled: 60 },
    draft: { method: { id: 'icons' }, tasks: { kind: 'labels' } },
    text: /cannot be used here/,
    severity: 'error',
    labels: ['Use the recommended method']
  },
  {
    code: 'R1',
    title: 'must-keep items that are test items',
    data: { ...two, tests: [0, 1, 70, 71] },
    draft: { check: { isOn: true }, rules: { mustKeep: keys(0, 5) } },
    text: '1 must-keep item is a test item and stays out, so that the test is fair.',
    labels: ['Allow test items']
  },
  {
    code: 'T1',
    title: 'a task that found too few examples',
    data: { counts: [60, 40], unlabelled: 0 },
    draft: {
      tasks: { kind: 'sets', sets: [{ name: 'Mine', dataset: 'pool', labels: ['c7'] }] }
    },
    text: /Mine/,
    labels: []
  },
  {
    code: 'R2',
    title: 'must-keep items outside the scope',
    data: two,
    draft: {
      scope: { kind: 'filter', filter: { labels: ['c0'] } },
      rules: { mustKeep: keys(1, 99) }
    },
    text: '1 must-keep item is set aside or outside the scope and will not be kept.',
    labels: ['Take it off the list']
  }
]

function find(review: DraftReview, code: string): ValidationMessage {
  const found = review.messages.find((message) => message.code === code)
  if (found === undefined)
    throw new Error(
      `no ${code} among ${review.messages.map((m) => `${m.code} ${m.text}`).join('; ')}`
    )
  return found
}

function errorsOf(review: DraftReview): string[] {
  return review.messages.filter(({ severity }) => severity === 'error').map(({ code }) => code)
}

describe('messages', () => {
  it('are none for a sound draft', async () => {
    await add(two)
    expect((await reviewDraft(deps, plan())).messages).toEqual([])
  })

  it.each(cases)('$code: $title', async (test) => {
    await add(test.data)
    free = { memory: test.computer?.memory ?? 1e12, disk: test.computer?.disk ?? 1e12 }
    const draft = plan(test.draft)
    const review = await reviewDraft(deps, draft)
    const message = find(review, test.code)
    if (typeof test.text === 'string') expect(message.text).toBe(test.text)
    else expect(message.text).toMatch(test.text)
    expect(message.severity).toBe(test.severity ?? 'caution')
    expect(message.actions.map(({ label }) => label)).toEqual(test.labels)
    const before = new Set(errorsOf(review))
    for (const { label, patch } of message.actions) {
      if (patch === undefined) continue
      const after = await reviewDraft(deps, SelectDraft.parse({ ...draft, ...patch }))
      expect(
        after.messages.map(({ code }) => code),
        label
      ).not.toContain(test.code)
      expect(
        errorsOf(after).filter((code) => !before.has(code)),
        label
      ).toEqual([])
    }
  })

  it('V8: not enough memory, with a lighter method where there is one', async () => {
    await add(two)
    const light = await reviewDraft(deps, plan({ method: { id: 'stratified-random' } }))
    free.memory = (light.estimate?.megabytes ?? 0) * 1e6 + 1
    const draft = plan({ method: { id: 'facility-location' } })
    const message = find(await reviewDraft(deps, draft), 'V8')
    expect(message.text).toMatch(/^This needs about .* of memory; this computer has .* free\.$/)
    expect(message.actions.map(({ label }) => label)).toEqual(['Use the lighter method'])
    const after = SelectDraft.parse({ ...draft, ...message.actions[0]?.patch })
    expect((await reviewDraft(deps, after)).messages).toEqual([])
    free.memory = 1
    expect(find(await reviewDraft(deps, after), 'V8').actions).toEqual([])
    const tested = SelectDraft.parse({ ...after, check: { isOn: true } })
    const [action] = find(await reviewDraft(deps, tested), 'V8').actions
    expect(action?.label).toBe('Continue without the test')
    expect(SelectDraft.parse({ ...tested, ...action?.patch }).check.isOn).toBe(false)
  })

  it('come with errors first', async () => {
    await add({ ...two, record: { skipped: 1 } })
    const review = await reviewDraft(
      deps,
      plan({
        budget: { kind: 'count', count: 200 },
        rules: { mustKeep: keys(1), mustDrop: keys(1) }
      })
    )
    expect(review.messages.map(({ severity }) => severity)).toEqual(['error', 'caution', 'note'])
  })

  it('sizes follow the budget they are asked in', async () => {
    await add({ ...two, text: true })
    const bytes = await reviewDraft(deps, plan({ budget: { kind: 'bytes', bytes: 1234 } }))
    expect([bytes.keep, bytes.keepBytes]).toEqual([12, 1234])
    const tokens = await reviewDraft(deps, plan({ budget: { kind: 'tokens', tokens: 105 } }))
    expect([tokens.keep, tokens.keepTokens]).toEqual([10, 105])
    const all = await reviewDraft(deps, plan({ budget: { kind: 'bytes', bytes: 1e9 } }))
    expect([all.keep, all.keepBytes, all.messages]).toEqual([100, 10_000, []])
  })
})
