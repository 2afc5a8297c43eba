// Changes by hand to finished results that were not checked yet: what goes in, what comes out, in the
// order it was done, each to be undone on its own. Shared by the tabs of a result.
import { defineStore } from 'pinia'
import { shallowReactive, watch } from 'vue'
import type { ItemRow } from '@api/dto/datasets.ts'
import { useConnection } from './connection.ts'
import { useProject } from './project.ts'

/** What a change remembers of an item. */
export type HandItem = Pick<ItemRow, 'row' | 'key' | 'name' | 'label' | 'text' | 'hasPicture'>

/** One item in, one out, or one in the place of another. */
export interface HandChange {
  readonly id: number
  readonly added: HandItem | null
  readonly removed: HandItem | null
}

/** Whether an item goes in or comes out, by key. */
type States = ReadonlyMap<string, 'in' | 'out'>

function statesOf(changes: readonly HandChange[]): States {
  const states = new Map<string, 'in' | 'out'>()
  for (const { added, removed } of changes) {
    if (removed !== null) states.set(removed.key, 'out')
    if (added !== null) states.set(added.key, 'in')
  }
  return states
}

/** Without anything that was to happen to these items; changes of nothing go. */
function without(changes: readonly HandChange[], keys: ReadonlySet<string>): readonly HandChange[] {
  return changes.flatMap((change) => {
    const rest = {
      ...change,
      added: change.added !== null && keys.has(change.added.key) ? null : change.added,
      removed: change.removed !== null && keys.has(change.removed.key) ? null : change.removed
    }
    return rest.added === null && rest.removed === null ? [] : [rest]
  })
}

const none: readonly HandChange[] = []
const noStates: States = new Map()

/** Changes by hand, by run. */
export const useHandChanges = defineStore('hand-changes', () => {
  const connection = useConnection()
  const project = useProject()
  const byRun = shallowReactive(
    new Map<string, { readonly changes: readonly HandChange[]; readonly states: States }>()
  )
  let lastId = 0

  watch(
    () => project.generation,
    () => byRun.clear(),
    { flush: 'sync' }
  )
  connection.on('job-removed', ({ id }) => byRun.delete(id))

  function of(run: string): readonly HandChange[] {
    return byRun.get(run)?.changes ?? none
  }
  function set(run: string, changes: readonly HandChange[]): void {
    if (changes.length === 0) byRun.delete(run)
    else byRun.set(run, { changes, states: statesOf(changes) })
  }
  function states(run: string): States {
    return byRun.get(run)?.states ?? noStates
  }
  /** Whether an item goes in or comes out; undefined = neither. */
  function stateOf(run: string, key: string): 'in' | 'out' | undefined {
    return states(run).get(key)
  }
  /** Puts left-out items in. */
  function add(run: string, items: readonly HandItem[]): void {
    const fresh = items.filter((item) => stateOf(run, item.key) !== 'in')
    const changes = fresh.map((added) => ({ id: ++lastId, added, removed: null }))
    set(run, [...of(run), ...changes])
  }
  /** Takes chosen items out. */
  function takeOut(run: string, items: readonly HandItem[]): void {
    const fresh = items.filter((item) => stateOf(run, item.key) !== 'out')
    const changes = fresh.map((removed) => ({ id: ++lastId, added: null, removed }))
    set(run, [...of(run), ...changes])
  }
  /** Takes back what was to happen to items: they stay as the result has them. */
  function keep(run: string, keys: readonly string[]): void {
    set(run, without(of(run), new Set(keys)))
  }
  /** Puts one item in the place of another. */
  function swap(run: string, removed: HandItem, added: HandItem): void {
    keep(run, [removed.key, added.key])
    set(run, [...of(run), { id: ++lastId, added, removed }])
  }
  function undo(run: string, id: number): void {
    set(
      run,
      of(run).filter((change) => change.id !== id)
    )
  }
  function clear(run: string): void {
    byRun.delete(run)
  }
  /** Items that go in and come out. */
  function sides(run: string): { readonly added: HandItem[]; readonly removed: HandItem[] } {
    const changes = of(run)
    return {
      added: changes.flatMap(({ added }) => added ?? []),
      removed: changes.flatMap(({ removed }) => removed ?? [])
    }
  }
  /** Starts a run of the changed set and forgets the changes; the id of the new run. */
  async function check(run: string): Promise<string> {
    const { added, removed } = sides(run)
    const answer = await connection.call('runs.revise', {
      run,
      add: added.map(({ key }) => key),
      remove: removed.map(({ key }) => key)
    })
    clear(run)
    return answer.run
  }
  return { of, stateOf, add, takeOut, keep, swap, undo, clear, sides, check }
})
