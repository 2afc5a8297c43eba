// Changes by hand to finished results that were not checked yet: what goes in, what comes out, in the
// order it was done, each to be undone on its own. Shared by the tabs of a result. What is done to the
// list is itself noted, so that the project's list of changes can take it back.
import { defineStore } from 'pinia'
import { shallowReactive, watch } from 'vue'
import type { ItemRow } from '@api/dto/datasets.ts'
import { changes as noted } from '../text/changes.ts'
import { handChanges as words } from '../text/hand-changes.ts'
import { useConnection } from './connection.ts'
import { useJournal } from './journal.ts'
import { useProject } from './project.ts'
import { useRuns } from './runs.ts'

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

/** What a change says of itself. */
export function handSentence({ added, removed }: Omit<HandChange, 'id'>): string {
  if (added !== null && removed !== null) return words.swapped(removed.name, added.name)
  if (added !== null) return words.added(added.name)
  return words.removed(removed?.name ?? '')
}

/** True for lists that would make the same set in the same way. */
function isSame(one: readonly HandChange[], other: readonly HandChange[]): boolean {
  return (
    one.length === other.length &&
    one.every((change, at) => {
      const { id, added, removed } = other[at] ?? {}
      return (
        change.id === id && change.added?.key === added?.key && change.removed?.key === removed?.key
      )
    })
  )
}

const none: readonly HandChange[] = []
const noStates: States = new Map()

/** Changes by hand, by run. */
export const useHandChanges = defineStore('hand-changes', () => {
  const connection = useConnection()
  const project = useProject()
  const journal = useJournal()
  const runs = useRuns()
  const byRun = shallowReactive(
    new Map<string, { readonly changes: readonly HandChange[]; readonly states: States }>()
  )
  /** The list as it was before a noted change, by the number of its note. */
  const befores = new Map<number, readonly HandChange[]>()
  let lastId = 0

  watch(
    () => project.generation,
    () => {
      byRun.clear()
      befores.clear()
    },
    { flush: 'sync' }
  )
  connection.on('job-removed', ({ id }) => forget(id))

  function of(run: string): readonly HandChange[] {
    return byRun.get(run)?.changes ?? none
  }
  const lineOf = (run: string): string => `result ${run}`
  function put(run: string, changes: readonly HandChange[]): void {
    if (changes.length === 0) byRun.delete(run)
    else byRun.set(run, { changes, states: statesOf(changes) })
  }
  /** Changes the list and notes it; going back to how it was before the last change undoes that. */
  function set(run: string, changes: readonly HandChange[], sentence: string): void {
    const before = of(run)
    if (isSame(before, changes)) return
    put(run, changes)
    const last = journal.lastOf(lineOf(run))
    const older = last === undefined ? undefined : befores.get(last.id)
    if (older !== undefined && isSame(older, changes)) {
      journal.markUndone(lineOf(run))
      return
    }
    const note = journal.record({
      place: { kind: 'result', id: run, name: runs.find(run)?.name ?? noted.someResult },
      line: lineOf(run),
      sentence,
      undo: () => put(run, before),
      redo: () => put(run, changes)
    })
    befores.set(note, before)
  }
  /** Forgets the changes: none of them can be taken back any more. */
  function forget(run: string): void {
    byRun.delete(run)
    for (const { id } of journal.lineOf(lineOf(run))) befores.delete(id)
    journal.drop(lineOf(run))
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
    const [first] = changes
    const sentence =
      first !== undefined && changes.length === 1
        ? handSentence(first)
        : noted.handAdded(changes.length)
    set(run, [...of(run), ...changes], sentence)
  }
  /** Takes chosen items out. */
  function takeOut(run: string, items: readonly HandItem[]): void {
    const fresh = items.filter((item) => stateOf(run, item.key) !== 'out')
    const changes = fresh.map((removed) => ({ id: ++lastId, added: null, removed }))
    const [first] = changes
    const sentence =
      first !== undefined && changes.length === 1
        ? handSentence(first)
        : noted.handRemoved(changes.length)
    set(run, [...of(run), ...changes], sentence)
  }
  /** Takes back what was to happen to items: they stay as the result has them. */
  function keep(run: string, keys: readonly string[]): void {
    const names = of(run).flatMap(({ added, removed }) =>
      [added, removed].flatMap((item) =>
        item !== null && keys.includes(item.key) ? item.name : []
      )
    )
    set(run, without(of(run), new Set(keys)), noted.handKept(names.length, names[0] ?? ''))
  }
  /** Puts one item in the place of another. */
  function swap(run: string, removed: HandItem, added: HandItem): void {
    const rest = without(of(run), new Set([removed.key, added.key]))
    const change = { id: ++lastId, added, removed }
    set(run, [...rest, change], handSentence(change))
  }
  function undo(run: string, id: number): void {
    const gone = of(run).find((change) => change.id === id)
    if (gone === undefined) return
    set(
      run,
      of(run).filter((change) => change !== gone),
      words.undo(handSentence(gone))
    )
  }
  function clear(run: string): void {
    set(run, none, noted.handCleared)
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
    forget(run)
    return answer.run
  }
  return { of, stateOf, add, takeOut, keep, swap, undo, clear, sides, check }
})
