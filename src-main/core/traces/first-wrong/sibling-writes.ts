// First wrong step by what an attempt changed: a write that took effect and that no successful
// attempt at the task made, or one that all of them made and this one did not.
import type { JsonValue } from '../../../api/dto/common.ts'
import { canonicalJson } from '../../datasets/readers/canonical-json.ts'
import { effectiveWrites, writeCounts } from '../model/ledger.ts'
import type { Trace, TraceAction } from '../model/trace.ts'

/** A write too many. */
export interface ExtraWrite {
  readonly step: number
  readonly action: TraceAction
  /** The write of a successful attempt with the same tool and target; null when there is none. */
  readonly meant: TraceAction | null
  /** Fields whose values differ from `meant`. */
  readonly fields: readonly FieldDifference[]
}

export interface FieldDifference {
  /** Path of names: "flights.0.date". */
  readonly field: string
  readonly here: JsonValue
  readonly there: JsonValue
}

/** A write that all successful attempts made. */
export interface MissingWrite {
  readonly action: TraceAction
  /** Attempts that made it. */
  readonly by: number
}

/** Writes beyond those of any successful attempt, in order; how often counts, order does not. */
export function extraWrites(trace: Trace, passes: readonly Trace[]): ExtraWrite[] {
  const most = new Map<string, number>()
  for (const pass of passes)
    for (const [key, count] of writeCounts(pass)) most.set(key, Math.max(most.get(key) ?? 0, count))
  const counts = new Map<string, number>()
  return effectiveWrites(trace).flatMap(({ step, action }): ExtraWrite[] => {
    const count = (counts.get(action.key) ?? 0) + 1
    counts.set(action.key, count)
    if (count <= (most.get(action.key) ?? 0)) return []
    const meant = most.has(action.key) ? null : similarWrite(action, passes)
    const fields = meant === null ? [] : fieldDifferences(action.args, meant.args)
    return [{ step, action, meant, fields }]
  })
}

/** Writes that every successful attempt made and this one made less often or not at all. */
export function missingWrites(trace: Trace, passes: readonly Trace[]): MissingWrite[] {
  const [first] = passes
  if (first === undefined) return []
  const own = writeCounts(trace)
  const counts = passes.map((pass) => writeCounts(pass))
  const seen = new Set<string>()
  return effectiveWrites(first).flatMap(({ action }): MissingWrite[] => {
    if (seen.has(action.key)) return []
    seen.add(action.key)
    const least = Math.min(...counts.map((count) => count.get(action.key) ?? 0))
    return (own.get(action.key) ?? 0) < least ? [{ action, by: passes.length }] : []
  })
}

// Names of arguments that say what a call is about.
const targetName = /(?:^|_)(?:id|ref|path|file|filename|url|selector|target|element)$/i

/** The write of a successful attempt that this one was probably meant to be. */
function similarWrite(action: TraceAction, passes: readonly Trace[]): TraceAction | null {
  const target = targetOf(action.args)
  for (const pass of passes) {
    const found = effectiveWrites(pass).find(
      ({ action: other }) => other.verb === action.verb && targetOf(other.args) === target
    )
    if (found !== undefined) return found.action
  }
  return null
}

function targetOf(args: JsonValue): string {
  if (typeof args !== 'object' || args === null || Array.isArray(args)) return ''
  return canonicalJson(
    Object.fromEntries(Object.entries(args).filter(([name]) => targetName.test(name)))
  )
}

/** Where two values differ, by paths of names. */
export function fieldDifferences(here: JsonValue, there: JsonValue, path = ''): FieldDifference[] {
  if (canonicalJson(here) === canonicalJson(there)) return []
  const a = partsOf(here)
  const b = partsOf(there)
  if (a === undefined || b === undefined) return [{ field: path, here, there }]
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((name) =>
    fieldDifferences(
      a.get(name) ?? null,
      b.get(name) ?? null,
      path === '' ? name : `${path}.${name}`
    )
  )
}

function partsOf(value: JsonValue): Map<string, JsonValue> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  return new Map(Object.entries(value))
}
