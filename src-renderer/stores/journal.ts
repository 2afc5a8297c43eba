// Changes that this window alone can take back: changes by hand to results, decisions about made
// pictures, settings, saved views, names. They are kept with how they are undone until the window or
// the project is closed. What the project file keeps itself (steps of datasets, acts of reviews) is
// not noted here.
import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import { browse as words } from '../text/browse.ts'
import { shell } from '../text/shell.ts'
import { useProject } from './project.ts'
import { useToasts } from './toasts.ts'

/** Where a change was made. */
export interface JournalPlace {
  readonly kind: 'dataset' | 'traces' | 'result' | 'expand' | 'settings'
  /** "" for settings. */
  readonly id: string
  readonly name: string
}

/** The place of all settings of the app. */
export const settingsPlace: JournalPlace = {
  kind: 'settings',
  id: '',
  name: shell.sections.settings
}

/** A change as it is noted. */
export interface JournalNote {
  readonly place: JournalPlace
  /** Changes of one line are taken back in turn, the last one first. */
  readonly line: string
  readonly sentence: string
  undo(): unknown
  redo(): unknown
}

/** A noted change. */
export interface JournalEntry extends JournalNote {
  readonly id: number
  readonly at: number
  readonly isUndone: boolean
  /** The message that offers to undo it. */
  readonly toast: number | undefined
}

/** Changes kept; older ones can no longer be taken back. */
const kept = 1_000

/** What this window can take back, oldest first. */
export const useJournal = defineStore('journal', () => {
  const project = useProject()
  const toasts = useToasts()
  const entries = shallowRef<readonly JournalEntry[]>([])
  let lastId = 0

  // Settings are of the app; the rest goes with its project.
  watch(
    () => project.generation,
    () => (entries.value = entries.value.filter(({ place }) => place.kind === 'settings')),
    { flush: 'sync' }
  )

  function lineOf(line: string): readonly JournalEntry[] {
    return entries.value.filter((entry) => entry.line === line)
  }
  /** The last change of a line that is in force. */
  function lastOf(line: string): JournalEntry | undefined {
    return lineOf(line).findLast((entry) => !entry.isUndone)
  }
  function put(changed: JournalEntry): void {
    entries.value = entries.value.map((entry) => (entry.id === changed.id ? changed : entry))
  }
  /** Notes a change that was made. What was taken back of its line can then not be done again. */
  function record(note: JournalNote, toast?: number): number {
    const rest = entries.value.filter(({ line, isUndone }) => line !== note.line || !isUndone)
    const entry = { ...note, id: ++lastId, at: Date.now(), isUndone: false, toast }
    entries.value = [...rest, entry].slice(-kept)
    return entry.id
  }
  /**
   * Notes a change and says it, with Undo. With `joins` it goes on from that change, if its message
   * is still there: both are taken back together.
   */
  function tell(note: JournalNote, joins?: number): number {
    const before = lastOf(note.line)
    const isJoined =
      before !== undefined &&
      before.id === joins &&
      toasts.toasts.some(({ id }) => id === before.toast)
    if (isJoined && before.toast !== undefined) toasts.close(before.toast)
    const id = isJoined ? before.id : lastId + 1
    const toast = toasts.showUndo(note.sentence, () => undoFromMessage(id))
    if (!isJoined) return record(note, toast)
    put({ ...before, ...note, undo: () => before.undo(), at: Date.now(), toast })
    return id
  }
  async function undoFromMessage(id: number): Promise<void> {
    const entry = entries.value.find((one) => one.id === id)
    if (entry === undefined || entry.isUndone) return
    if (lastOf(entry.line)?.id === id) await undo(entry.line)
    else toasts.show(words.laterChanges, { severity: 'caution' })
  }
  /** Takes back the last change of a line. */
  async function undo(line: string): Promise<void> {
    const entry = lastOf(line)
    if (entry === undefined) return
    await entry.undo()
    if (entry.toast !== undefined) toasts.close(entry.toast)
    put({ ...entry, isUndone: true, toast: undefined })
  }
  /** Makes the first change of a line again that was taken back. */
  async function redo(line: string): Promise<void> {
    const entry = lineOf(line).find(({ isUndone }) => isUndone)
    if (entry === undefined) return
    await entry.redo()
    put({ ...entry, isUndone: false })
  }
  /** Notes that the place itself took the last change of a line back. */
  function markUndone(line: string): void {
    const entry = lastOf(line)
    if (entry !== undefined) put({ ...entry, isUndone: true })
  }
  /** Forgets a line: nothing of it can be taken back any more. */
  function drop(line: string): void {
    entries.value = entries.value.filter((entry) => entry.line !== line)
  }
  return { entries, lineOf, lastOf, record, tell, undo, redo, markUndone, drop }
})
