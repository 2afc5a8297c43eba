// Files of `winnow select` that hold parts of a plan as JSON: --rules (limits, lists, near-
// duplicates, groups) and --plan (what has no option of its own). Missing parts stay as
// recommended; a part nobody knows is an error, not ignored.
import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { SelectDraft, SelectionRules } from '../../../api/dto/runs.ts'
import { UsageError } from './output.ts'

/** Largest file read whole. */
const fileBytesMost = 256 * 2 ** 20

/** Reads a JSON file. Throws UsageError when there is none, or it is no JSON. */
export async function readJsonFile(path: string, what: string): Promise<unknown> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile() || found.size > fileBytesMost)
    throw new UsageError(`The ${what} file "${path}" could not be read.`)
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    throw new UsageError(`The ${what} file "${path}" is not JSON.`)
  }
}

function parsedBy<T>(schema: z.ZodType<T>, value: unknown, path: string, what: string): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new UsageError(`The ${what} file "${path}" is not right: ${z.prettifyError(parsed.error)}`)
}

/** Reads a rules file. Throws UsageError saying what is wrong with it. */
export async function readRulesFile(path: string): Promise<SelectionRules> {
  return parsedBy(SelectionRules, await readJsonFile(path, 'rules'), path, 'rules')
}

const planParts = {
  scope: true,
  goal: true,
  gradients: true,
  given: true,
  alsoTry: true,
  check: true
} as const
const PlanFile = SelectDraft.pick(planParts)
/** The parts of a draft that --plan can set. */
export type PlanParts = Partial<z.infer<typeof PlanFile>>

/** Reads a plan file: only the parts it names. Throws UsageError saying what is wrong with it. */
export async function readPlanFile(path: string): Promise<PlanParts> {
  const value = await readJsonFile(path, 'plan')
  const parsed = parsedBy(PlanFile.partial(), value, path, 'plan')
  // A schema fills in what is usual; here only what the file names counts.
  const named = new Set(Object.keys(z.record(z.string(), z.unknown()).parse(value)))
  return Object.fromEntries(Object.entries(parsed).filter(([part]) => named.has(part))) as PlanParts // parts of a parsed plan, fewer of them
}
