// The "Choosing" phase: runs the chosen method and the others tried beside it on the pool of
// threads, with checkpoints inside a method, and keeps each finished selection on disk.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { MethodChoice, SelectDraft } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import { openNpy } from '../features/npy.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import { placeOfMatrix } from '../matrices/matrix-rows.ts'
import type { MethodProgress, SelectionMethod, TargetTask, TaskPart } from '../methods/method.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { aimsAtTasks } from './aims.ts'
import { methodBudget, methodRows } from './chosen-set.ts'
import type { FrozenChoice } from './frozen-choice.ts'
import { givenByOf, positionsAmong } from './given-rows.ts'
import { planGradients } from './gradients.ts'
import type { ReadyFeatures } from './ready-features.ts'
import type { SelectTaskInput, SelectTaskOutput } from './select-task.ts'
import type { SelectState } from './select-state.ts'
import {
  loadCheckpointOrNone,
  loadSelection,
  removeCheckpointArrays,
  saveCheckpointArrays,
  saveSelection,
  type SavedSelection
} from './selection-files.ts'
import { exampleGradients, exampleTexts, labelledPart, loadTasks } from './load-tasks.ts'
import { writeTexts } from './text-rows.ts'

export interface MethodSlot {
  /** "chosen" or "other-0" ...; also the name of its folder. */
  readonly slot: string
  readonly choice: MethodChoice
  readonly method: SelectionMethod
}

/** The draft's methods. Throws AppError "method-not-found". */
export function methodSlots(
  draft: SelectDraft,
  methods: readonly SelectionMethod[]
): readonly MethodSlot[] {
  const find = (choice: MethodChoice, slot: string): MethodSlot => {
    const method = methods.find((candidate) => candidate.id === choice.id)
    if (method === undefined) throw new AppError('method-not-found')
    return { slot, choice, method }
  }
  return [
    find(draft.method, 'chosen'),
    ...draft.alsoTry.map((choice, i) => find(choice, `other-${i}`))
  ]
}

export interface RunMethods {
  readonly context: JobContext
  readonly folder: string
  readonly draft: SelectDraft
  readonly dataset: DatasetRecord
  readonly choice: FrozenChoice
  readonly features: ReadyFeatures
  /** Fingerprints by dataset id, for example items. */
  readonly featuresOf: ReadonlyMap<string, ReadyFeatures>
  readonly slots: readonly MethodSlot[]
  readonly store: Store
  /** media/ of the project, for copied matrices. */
  readonly mediaFolder: string
  readonly checkpointEveryMs: number
  now(): number
  state(): SelectState
  save(change: Partial<SelectState>): void
}

/** What all methods of a run work on. */
interface Shared {
  readonly rows: Uint32Array
  readonly budget: number
  readonly tasks: readonly TargetTask[]
  readonly textsPath: string | undefined
}

/** Writes the candidates' texts when a method that reads them has still to run. */
async function candidateTexts(
  run: RunMethods,
  open: readonly MethodSlot[],
  rows: Uint32Array
): Promise<string | undefined> {
  if (!open.some(({ method }) => method.inputs.texts === true)) return undefined
  const path = join(run.folder, 'texts.jsonl')
  await writeTexts(path, run.store, run.draft.dataset, rows, () => run.context.breathe())
  return path
}

/** The tasks as a method may see them: examples without a label only where it needs none. */
function seenBy({ inputs }: SelectionMethod, tasks: readonly TargetTask[]): TargetTask[] {
  const isKept = ({ labels, gradients }: TaskPart): boolean =>
    inputs.labels === false ||
    (inputs.labels === 'unless-gradients' && gradients !== undefined) ||
    labels.every((label) => label >= 0)
  return tasks.flatMap((task) => {
    const parts = task.parts.map((part) => (isKept(part) ? part : labelledPart(part)))
    const filled = parts.filter((part) => part.labels.length > 0)
    return filled.length === 0 ? [] : [{ ...task, parts: filled }]
  })
}

/** Loads example rows; files are opened once and closed at the end. */
async function readTasks(run: RunMethods): Promise<TargetTask[]> {
  const wantsTexts = run.slots.some(({ method }) => method.inputs.texts === true)
  const checkpoints = run.slots.some(({ method }) => method.inputs.gradients === true)
    ? planGradients(run.store, run.draft, run.choice.tasks)
    : []
  const open = new Map<string, Awaited<ReturnType<typeof openNpy>>>()
  try {
    return await loadTasks(
      run.choice.tasks,
      async (dataset) => {
        const known = open.get(dataset)
        if (known !== undefined) return known
        const features = run.featuresOf.get(dataset)
        if (features === undefined) throw new AppError('dataset-not-found')
        const source = await openNpy(features.path)
        open.set(dataset, source)
        return source
      },
      {
        texts: wantsTexts ? (part) => exampleTexts(run.store, part) : undefined,
        gradients: (part) => exampleGradients(checkpoints, part, run.mediaFolder)
      }
    )
  } finally {
    for (const source of open.values()) await source.close()
  }
}

function emptySelection(): SavedSelection {
  return {
    order: new Uint32Array(0),
    score: new Float32Array(0),
    got: 0,
    summary: { value: 0, meaning: 'Nothing was left to choose.' },
    tieShare: 0,
    columns: {},
    info: {},
    notes: [],
    device: ''
  }
}

/** Runs every method that has no finished selection yet; returns all selections by slot. */
export async function runMethods(run: RunMethods): Promise<ReadonlyMap<string, SavedSelection>> {
  const rows = methodRows(run.choice)
  const budget = methodBudget(run.choice)
  const selections = new Map<string, SavedSelection>()
  const open = run.slots.filter((slot) => !run.state().finished.includes(slot.slot))
  const tasks = open.length > 0 ? await readTasks(run) : []
  const textsPath = await candidateTexts(run, open, rows)
  run.context.phase(3, Math.max(1, rows.length * run.slots.length), 'items')
  for (const [index, slot] of run.slots.entries()) {
    const folder = join(run.folder, slot.slot)
    if (!run.state().finished.includes(slot.slot)) {
      await mkdir(folder, { recursive: true })
      if (budget === 0) await saveSelection(folder, emptySelection(), '')
      else await runOne(run, slot, { rows, budget, tasks, textsPath }, index * rows.length)
      const { running } = run.state()
      run.save({ finished: [...run.state().finished, slot.slot], running: null })
      if (running !== null) await removeCheckpointArrays(folder, running.checkpoint)
    }
    run.context.progress((index + 1) * rows.length)
    selections.set(slot.slot, await loadSelection(folder))
  }
  return selections
}

async function runOne(
  run: RunMethods,
  slot: MethodSlot,
  { rows, budget, tasks, textsPath }: Shared,
  doneBefore: number
): Promise<void> {
  const folder = join(run.folder, slot.slot)
  const stored = run.state().running
  const resume =
    stored !== null && stored.slot === slot.slot
      ? await loadCheckpointOrNone(folder, stored.checkpoint, run.context.log)
      : undefined
  const input: SelectTaskInput = {
    method: slot.method.id,
    params: slot.choice.params,
    featuresPath: run.features.path,
    rows,
    labels: Int32Array.from(rows, (row) => run.choice.labels[row]),
    classNames: run.dataset.classNames,
    tasks: aimsAtTasks(slot.method, run.draft) ? seenBy(slot.method, tasks) : [],
    textsPath: slot.method.inputs.texts === true ? textsPath : undefined,
    sources: run.choice.sources && {
      names: run.choice.sources.names,
      ids: Int32Array.from(rows, (row) => run.choice.sources?.ids[row] ?? -1)
    },
    gradients:
      slot.method.inputs.gradients === true
        ? planGradients(run.store, run.draft, run.choice.tasks).map(({ name, pool }) => ({
            name,
            place: placeOfMatrix(pool, run.mediaFolder)
          }))
        : [],
    given:
      slot.method.inputs.given === true ? positionsAmong(rows, run.choice.given ?? []) : undefined,
    givenBy: slot.method.inputs.given === true ? givenByOf(run.store, run.draft, rows) : undefined,
    budget,
    seed: run.draft.seed,
    device: run.context.deviceRequest,
    resume
  }
  let lastSaved = run.now()
  const onEvent = async (event: MethodProgress): Promise<void> => {
    await run.context.breathe()
    // Passes and steps of a method say nothing about items; only items move the bar.
    if (event.unit === 'items') run.context.progress(doneBefore + Math.min(rows.length, event.done))
    if (event.live !== undefined && slot.slot === 'chosen')
      run.context.live(event.live.series, event.live.x, event.live.y)
    if (event.checkpoint === undefined || run.now() - lastSaved < run.checkpointEveryMs) return
    await keepCheckpoint(run, slot.slot, folder, event.checkpoint)
    lastSaved = run.now()
  }
  const output = await run.context.pool.run<SelectTaskInput, MethodProgress, SelectTaskOutput>(
    { name: 'select' },
    input,
    { signal: run.context.signal, onEvent, cores: 'all' }
  )
  if (output.device !== '') run.context.device(output.device)
  await saveSelection(folder, output.selection, output.device)
}

async function keepCheckpoint(
  run: RunMethods,
  slot: string,
  folder: string,
  checkpoint: NonNullable<MethodProgress['checkpoint']>
): Promise<void> {
  const last = run.state().running
  const sequence = (last?.sequence ?? 0) + 1
  const ref = await saveCheckpointArrays(folder, sequence, checkpoint)
  run.save({ running: { slot, sequence, checkpoint: ref } })
  // Only now is the older one not named by any checkpoint.
  if (last !== null && last.slot === slot) await removeCheckpointArrays(folder, last.checkpoint)
}
