// Reads the runtime's profiles: milliseconds by operation in one run of the graph that ran most often.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface OperationTime {
  readonly operation: string
  /** How often it stands in the graph. */
  readonly count: number
  /** All of them together, in one run of the graph. */
  readonly milliseconds: number
}

interface Event {
  readonly cat?: string
  readonly name?: string
  /** Microseconds. */
  readonly dur?: number
  readonly args?: { readonly op_name?: string }
}

/** Mean times by operation, longest first, of the busiest graph among the profiles of a folder. */
export function operationTimes(folder: string): readonly OperationTime[] {
  let busiest: readonly Event[] = []
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    const events = JSON.parse(readFileSync(join(folder, name), 'utf8')) as readonly Event[]
    if (runsOf(events) > runsOf(busiest)) busiest = events
  }
  // The first run allocates, so it is left out; its end is the first event of this kind.
  const settled = busiest.slice(busiest.findIndex(isRun) + 1)
  const runs = runsOf(settled)
  const sums = new Map<string, { count: number; microseconds: number }>()
  for (const { cat, name, dur = 0, args } of settled) {
    if (cat !== 'Node' || name?.endsWith('_kernel_time') !== true) continue
    const operation = args?.op_name ?? 'unknown'
    const { count, microseconds } = sums.get(operation) ?? { count: 0, microseconds: 0 }
    sums.set(operation, { count: count + 1, microseconds: microseconds + dur })
  }
  return [...sums]
    .map(([operation, { count, microseconds }]) => ({
      operation,
      count: Math.round(count / runs),
      milliseconds: microseconds / 1000 / runs
    }))
    .sort((a, b) => b.milliseconds - a.milliseconds)
}

function isRun({ cat, name }: Event): boolean {
  return cat === 'Session' && name === 'model_run'
}

function runsOf(events: readonly Event[]): number {
  return events.filter(isRun).length
}
