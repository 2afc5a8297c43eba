// Ids and numbers of attempts that are different in one file, whatever the log repeats.
import type { TraceRecord } from '../model/trace.ts'

/** Gives records of one file ids and trials of their own: "x (2)" for the second "x". */
export function distinctRecords(): (record: TraceRecord) => TraceRecord {
  const ids = new Set<string>()
  const nextOfId = new Map<string, number>()
  const trials = new Map<string, { readonly taken: Set<number>; next: number }>()
  return (record) => {
    let { id, trial } = record
    for (let n = nextOfId.get(record.id) ?? 2; ids.has(id); n++) {
      id = `${record.id} (${n})`
      nextOfId.set(record.id, n + 1)
    }
    ids.add(id)
    const task = trials.get(record.task.key) ?? { taken: new Set<number>(), next: 0 }
    trials.set(record.task.key, task)
    // Attempts to which the log gives one number, or none, are counted as they come.
    if (task.taken.has(trial)) {
      while (task.taken.has(task.next)) task.next++
      trial = task.next
    }
    task.taken.add(trial)
    return id === record.id && trial === record.trial ? record : { ...record, id, trial }
  }
}
