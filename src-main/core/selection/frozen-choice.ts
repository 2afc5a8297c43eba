// A run's frozen choice: which rows can be chosen, tested on and aimed at, and why the others
// cannot. Written once when a run starts and read back when it goes on, so that what is done to
// the data in between changes nothing.
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { readArrayOf, writeArray } from './array-files.ts'
import type { Sources } from '../methods/method.ts'
import type { SpendLimit } from './budget.ts'
import type { DraftScope } from './draft-scope.ts'
import type { Repeats } from './ready-features.ts'
import { ruleByte } from './rule-reasons.ts'
import type { PlannedTask } from './tasks.ts'

export interface FrozenChoice {
  /** Rule byte per row of the dataset; 0 = candidate. */
  readonly codes: Uint8Array
  /** For repeats, the row that stands for them; else the row itself. */
  readonly twins: Uint32Array
  /** Cosine to the twin; 1 elsewhere. */
  readonly alike: Float32Array
  /** Class per row, -1 = none. */
  readonly labels: Int32Array
  readonly groups: Int32Array | undefined
  readonly sources: Sources | undefined
  /** Rows of the given list, in its order. */
  readonly given: Uint32Array | undefined
  readonly candidates: Uint32Array
  readonly mustKeep: Uint32Array
  readonly testRows: Uint32Array
  readonly tasks: readonly PlannedTask[]
  readonly asked: number
  /** Set when the budget is not a number of items; `asked` is then what it comes to on average. */
  readonly spend: SpendLimit | undefined
  readonly notes: readonly string[]
  readonly hasTestSplit: boolean
  /** What was asked, as a plain sentence. */
  readonly sentence: string
}

const Rows = z.array(z.int().min(0))
const PlanFile = z.strictObject({
  mustKeep: Rows,
  testRows: Rows,
  tasks: z.array(
    z.strictObject({
      name: z.string(),
      importance: z.enum(['low', 'normal', 'high']),
      parts: z.array(
        z.strictObject({
          name: z.string(),
          dataset: z.string(),
          rows: Rows,
          labels: z.array(z.int())
        })
      )
    })
  ),
  asked: z.int().min(1),
  notes: z.array(z.string()),
  hasTestSplit: z.boolean(),
  sentence: z.string(),
  hasGroups: z.boolean(),
  sourceNames: z.array(z.string()).nullable().default(null),
  hasGiven: z.boolean().default(false),
  spend: z
    .strictObject({ unit: z.enum(['bytes', 'characters']), budget: z.number() })
    .nullable()
    .default(null)
})

/** A frozen choice from a resolved draft. */
export function freezeChoice(scope: DraftScope, sentence: string): FrozenChoice {
  return {
    codes: scope.codes,
    twins: scope.twins,
    alike: new Float32Array(scope.codes.length).fill(1),
    labels: scope.columns.labels,
    groups: scope.groups,
    sources: scope.sources,
    given: scope.given,
    candidates: scope.candidates,
    mustKeep: scope.mustKeep,
    testRows: scope.testRows,
    tasks: scope.tasks,
    asked: scope.asked,
    spend: scope.spend,
    notes: scope.notes,
    hasTestSplit: scope.hasTestSplit,
    sentence
  }
}

function candidatesOf(codes: Uint8Array): Uint32Array {
  const rows: number[] = []
  for (let row = 0; row < codes.length; row++) if (codes[row] === 0) rows.push(row)
  return Uint32Array.from(rows)
}

/**
 * Takes near-duplicates out of the choice. Rows that must be kept stay, even where they repeat
 * another one, and so do rows of `meant`; a row whose stand-in was itself a repeat points to the one
 * that stands in the end.
 */
export function withoutRepeats(
  choice: FrozenChoice,
  repeats: Repeats,
  meant: ReadonlySet<number> = new Set()
): FrozenChoice {
  const codes = choice.codes.slice()
  const twins = choice.twins.slice()
  const alike = choice.alike.slice()
  const keep = new Set(choice.mustKeep)
  choice.candidates.forEach((row, i) => {
    if (repeats.twins[i] === row || keep.has(row) || meant.has(row)) return
    codes[row] = ruleByte('near-duplicate')
    twins[row] = repeats.twins[i]
    alike[row] = repeats.similarity01[i]
  })
  return { ...choice, codes, twins, alike, candidates: candidatesOf(codes) }
}

/** Writes the choice durably into `folder`, which is made when needed. */
export async function saveChoice(folder: string, choice: FrozenChoice): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeArray(join(folder, 'rule-codes.npy'), choice.codes)
  await writeArray(join(folder, 'twins.npy'), choice.twins)
  await writeArray(join(folder, 'alike.npy'), choice.alike)
  await writeArray(join(folder, 'labels.npy'), choice.labels)
  if (choice.groups !== undefined) await writeArray(join(folder, 'groups.npy'), choice.groups)
  if (choice.sources !== undefined)
    await writeArray(join(folder, 'sources.npy'), choice.sources.ids)
  if (choice.given !== undefined) await writeArray(join(folder, 'given.npy'), choice.given)
  if (choice.spend !== undefined) await writeArray(join(folder, 'costs.npy'), choice.spend.costs)
  const plan: z.input<typeof PlanFile> = {
    mustKeep: [...choice.mustKeep],
    testRows: [...choice.testRows],
    tasks: choice.tasks.map((task) => ({
      name: task.name,
      importance: task.importance,
      parts: task.parts.map((part) => ({ ...part, rows: [...part.rows], labels: [...part.labels] }))
    })),
    asked: choice.asked,
    notes: [...choice.notes],
    hasTestSplit: choice.hasTestSplit,
    sentence: choice.sentence,
    hasGroups: choice.groups !== undefined,
    sourceNames: choice.sources === undefined ? null : [...choice.sources.names],
    hasGiven: choice.given !== undefined,
    spend:
      choice.spend === undefined ? null : { unit: choice.spend.unit, budget: choice.spend.budget }
  }
  await writeFileAtomic(join(folder, 'choice.json'), JSON.stringify(plan))
}

/** Reads what {@link saveChoice} wrote. Throws AppError "file-damaged" when a file is not sound. */
export async function loadChoice(folder: string): Promise<FrozenChoice> {
  const plan = PlanFile.parse(JSON.parse(await readFile(join(folder, 'choice.json'), 'utf8')))
  const codes = await readArrayOf(join(folder, 'rule-codes.npy'), 'u1')
  return {
    codes,
    twins: await readArrayOf(join(folder, 'twins.npy'), 'u4'),
    alike: await readArrayOf(join(folder, 'alike.npy'), 'f4'),
    labels: await readArrayOf(join(folder, 'labels.npy'), 'i4'),
    groups: plan.hasGroups ? await readArrayOf(join(folder, 'groups.npy'), 'i4') : undefined,
    sources:
      plan.sourceNames === null
        ? undefined
        : {
            ids: await readArrayOf(join(folder, 'sources.npy'), 'i4'),
            names: plan.sourceNames
          },
    given: plan.hasGiven ? await readArrayOf(join(folder, 'given.npy'), 'u4') : undefined,
    candidates: candidatesOf(codes),
    mustKeep: Uint32Array.from(plan.mustKeep),
    testRows: Uint32Array.from(plan.testRows),
    tasks: plan.tasks.map((task) => ({
      ...task,
      parts: task.parts.map((part) => ({
        ...part,
        rows: Uint32Array.from(part.rows),
        labels: Int32Array.from(part.labels)
      }))
    })),
    asked: plan.asked,
    spend:
      plan.spend === null
        ? undefined
        : { ...plan.spend, costs: await readArrayOf(join(folder, 'costs.npy'), 'f8') },
    notes: plan.notes,
    hasTestSplit: plan.hasTestSplit,
    sentence: plan.sentence
  }
}
