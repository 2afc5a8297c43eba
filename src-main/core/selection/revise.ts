// A finished result changed by hand: the draft of a new run that keeps the chosen items with some
// added and some taken out, under the same rules and the same test. The result itself stays as it is.
import type { ReviseRequest, SelectDraft, SelectionResult } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import type { Store } from '../store/records.ts'
import { isChangedByHand } from './given-rows.ts'
import { count } from './message-parts.ts'
import type { LoadedRun } from './run-items.ts'
import { ruleOfByte, type RuleCode } from './rule-reasons.ts'

/** Items read from the store in one go. */
const readAtOnce = 10_000

/** Most keys a list may hold, as its schema says. */
const longestList = 1_000_000

/** Why an item cannot be added by hand, by the rule that keeps it out; others can be added. */
const fixed: Partial<Record<RuleCode, string>> = {
  test: 'It is kept for testing. Were it chosen, the test would not be fair.',
  'same-as-test': 'It is the same as a test item. Were it chosen, the test would not be fair.',
  example: 'It is one of the example items.',
  'set-aside': 'It is set aside. Restore it first.',
  'out-of-scope': 'It is not in the part of the data this run looked at.'
}

/** Why an item with this rule byte cannot be added by hand; null when it can. */
export function whyNotAdded(code: number): string | null {
  return fixed[ruleOfByte(code)] ?? null
}

/** Keys of rows, in their order; pauses now and then so that nothing else has to wait long. */
async function keysOf(store: Store, dataset: string, rows: Uint32Array): Promise<string[]> {
  const keys: string[] = []
  for (let start = 0; start < rows.length; start += readAtOnce) {
    const part = [...rows.subarray(start, start + readAtOnce)]
    const byRow = new Map(store.items.rows(dataset, part).map((item) => [item.row, item.key]))
    for (const row of part) {
      const key = byRow.get(row)
      if (key !== undefined) keys.push(key)
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  return keys
}

/** Rows of keys. Throws AppError "item-not-found" when one is not in the data. */
function rowsOf(store: Store, dataset: string, keys: readonly string[]): Uint32Array {
  const { rows, unknown } = store.items.rowsOfKeys(dataset, keys)
  if (unknown.length > 0)
    throw new AppError(
      'item-not-found',
      `${count(unknown.length)} of the items are not in the data, for example ${unknown[0]}.`
    )
  return rows
}

/** Refuses what cannot be added, with the number and the reason. */
function checkAdded(run: LoadedRun, added: Uint32Array): void {
  const reasons = new Map<string, number>()
  for (const row of added) {
    const why = whyNotAdded(run.choice.codes[row])
    if (why !== null) reasons.set(why, (reasons.get(why) ?? 0) + 1)
  }
  const [first] = reasons
  if (first === undefined) return
  const [why, items] = first
  throw new AppError(
    'invalid-input',
    items === 1
      ? `One of the items cannot be added. ${why}`
      : `${count(items)} of the items cannot be added. Each of them: ${why}`,
    { hint: 'Take it off the changes, then check again.' }
  )
}

const without = (list: readonly string[], gone: ReadonlySet<string>): string[] =>
  list.filter((key) => !gone.has(key))

/**
 * The draft of the changed set. What the base run had on its lists moves with the change: an item
 * that must be kept and is taken out goes to Must drop, so that the test items stay the same ones,
 * and the other way round. Throws AppError "invalid-input" for changes that change nothing, leave
 * nothing, or add what cannot be chosen; "item-not-found" for unknown keys.
 */
export async function revisedDraft(
  store: Store,
  base: SelectionResult,
  run: LoadedRun,
  request: ReviseRequest
): Promise<SelectDraft> {
  const { draft } = base
  const keptBefore = new Set(run.chosen)
  const addedRows = rowsOf(store, base.dataset, request.add).filter((row) => !keptBefore.has(row))
  const removedRows = rowsOf(store, base.dataset, request.remove).filter((row) =>
    keptBefore.has(row)
  )
  if (addedRows.length === 0 && removedRows.length === 0)
    throw new AppError('invalid-input', 'Nothing was changed, so there is nothing to check.')
  checkAdded(run, addedRows)
  const add = [...new Set(await keysOf(store, base.dataset, addedRows))]
  const remove = new Set(await keysOf(store, base.dataset, removedRows))
  const keys = [...without(await keysOf(store, base.dataset, run.chosen), remove), ...add]
  if (keys.length === 0)
    throw new AppError('invalid-input', 'Every item was taken out, so nothing is left to check.')
  if (keys.length > longestList)
    throw new AppError('too-large', `A list can hold ${count(longestList)} items.`)
  const before = isChangedByHand(draft) ? draft.given : null
  const isAdded = new Set(add)
  const dropped = new Set(draft.rules.mustDrop)
  const kept = new Set(draft.rules.mustKeep)
  return {
    ...draft,
    name: nameOf(request.name, base.name),
    budget: { kind: 'count', count: keys.length },
    rules: {
      ...draft.rules,
      mustKeep: [
        ...without(draft.rules.mustKeep, remove),
        ...add.filter((key) => dropped.has(key))
      ],
      mustDrop: [
        ...without(draft.rules.mustDrop, isAdded),
        ...[...remove].filter((key) => kept.has(key))
      ]
    },
    method: { id: 'given-list', params: {} },
    gradients: [],
    alsoTry: [],
    given: {
      title: base.name,
      run: base.run,
      keys,
      // A test split of the data's own stays what it is.
      test: run.choice.hasTestSplit ? [] : await keysOf(store, base.dataset, run.choice.testRows),
      added: [...without(before?.added ?? [], remove), ...add],
      removed: [...without(before?.removed ?? [], isAdded), ...remove]
    }
  }
}

const suffix = ', changed by hand'

/** "Best 10 %, changed by hand"; a set changed again keeps one suffix and gets a number. */
function nameOf(asked: string, base: string): string {
  if (asked.trim() !== '') return asked.trim()
  const again = /^(.*), changed by hand(?: (\d+))?$/.exec(base)
  if (again === null) return `${base.slice(0, 120 - suffix.length)}${suffix}`
  const number = ` ${Number(again[2] ?? 1) + 1}`
  return `${again[1].slice(0, 120 - suffix.length - number.length)}${suffix}${number}`
}
