// Compute task: confident learning over the probabilities that the folds left on disk, and the second
// opinion of the neighbours.
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { breathe } from '../../features/breathe.ts'
import { readNpy } from '../../features/npy.ts'
import { neighboursEach, type NeighbourFiles } from '../likeness/find-neighbours.ts'
import { openRecords } from '../record-file.ts'
import {
  confidentLearning,
  type ConfidentLearning,
  type NoiseFilter,
  type ProbabilityBlocks
} from './confident-learning.ts'
import { rowsOfFolds } from './plan-labels-task.ts'
import { sameMost, secondOpinion, type SecondOpinion } from './second-opinion.ts'

export interface WrongLabelsInput {
  /** One file per fold: raw float32 records. */
  readonly files: readonly string[]
  /** Dense class per row of the dataset; -1 for rows that take no part. */
  readonly labels: Int32Array
  /** Fold per row of the dataset. */
  readonly folds: Uint8Array
  readonly classes: number
  readonly filter: NoiseFilter
  /** For the second opinion; undefined = confident learning alone. */
  readonly neighbours: NeighbourWitness | undefined
}

/** Where the neighbours are, and what they need to be read. */
export interface NeighbourWitness {
  readonly files: NeighbourFiles
  readonly firstSame: Uint32Array
}

/** Likely wrong labels, most likely first. */
export interface WrongLabels {
  readonly rows: Uint32Array
  /** Strength 0..1: how far the other class is ahead of the given one. */
  readonly scores: Float32Array
  /** Suggested class. */
  readonly suggested: Int32Array
  /** Probabilities of the given and of the suggested class. */
  readonly given: Float32Array
  readonly other: Float32Array
  /** Share of labels that the calibrated joint takes for wrong, 0..1. */
  readonly expectedWrong01: number
  /** Share of labels that the models give too, 0..1. */
  readonly agreement01: number
  /**
   * Share of items that model and neighbours see alike, whatever their label: how far they can be
   * trusted. NaN without neighbours.
   */
  readonly consensus01: number
}

const blockRows = 4096

/** Runs confident learning; the result names only the flagged rows. */
export const wrongLabelsTask: ComputeTask<WrongLabelsInput, never, WrongLabels> = {
  name: 'health.wrong-labels',
  // eslint-disable-next-line require-yield -- passes over a file; its result is its only event
  async *run(input, context) {
    const foldRows = input.files.map((_, fold) => rowsOfFolds(input.folds, (f) => f === fold))
    const rows = joined(foldRows)
    const labels = Int32Array.from(rows, (row) => input.labels[row])
    const blocks = fromFiles(input, foldRows, context.signal)
    const found = await confidentLearning(blocks, labels, input.filter)
    const opinion = await openOpinion(input)
    const isBacked = (i: number): boolean =>
      opinion === undefined || opinion.votes(rows[i], labels[i]) <= sameMost
    const flagged = Array.from(rows, (_, i) => i).filter((i) => found.flags[i] === 1 && isBacked(i))
    // Normalised margin (Northcutt et al. 2021, section 5): p_given - p_other, turned to 0..1.
    const strength = (i: number): number => (found.other[i] - found.given[i] + 1) / 2
    flagged.sort((a, b) => strength(b) - strength(a) || rows[a] - rows[b])
    let kept = 0
    for (let c = 0; c < input.classes; c++) kept += found.calibrated[c * input.classes + c]
    return {
      rows: Uint32Array.from(flagged, (i) => rows[i]),
      scores: Float32Array.from(flagged, strength),
      suggested: Int32Array.from(flagged, (i) => found.suggested[i]),
      given: Float32Array.from(flagged, (i) => found.given[i]),
      other: Float32Array.from(flagged, (i) => found.other[i]),
      expectedWrong01: labels.length === 0 ? 0 : 1 - kept / labels.length,
      ...agreements(found, rows, labels, opinion)
    }
  }
}

/** How often the models give the label too, and how often the neighbours see what the models see. */
function agreements(
  { given, other, suggested }: ConfidentLearning,
  rows: Uint32Array,
  labels: Int32Array,
  opinion: SecondOpinion | undefined
): Pick<WrongLabels, 'agreement01' | 'consensus01'> {
  let agreed = 0
  let alike = 0
  for (let i = 0; i < rows.length; i++) {
    const seen = given[i] >= other[i] ? labels[i] : suggested[i]
    agreed += Number(seen === labels[i])
    alike += Number(opinion?.plurality(rows[i]) === seen)
  }
  const all = Math.max(1, rows.length)
  return { agreement01: agreed / all, consensus01: opinion === undefined ? NaN : alike / all }
}

async function openOpinion({
  neighbours,
  labels
}: WrongLabelsInput): Promise<SecondOpinion | undefined> {
  if (neighbours === undefined) return undefined
  const { files, firstSame } = neighbours
  const { values } = await readNpy(files.order)
  const lists = await openRecords(files.rows, 4 * neighboursEach)
  try {
    const bytes = await lists.range(0, files.places)
    return secondOpinion(
      Uint32Array.from(values),
      new Uint32Array(bytes.buffer),
      neighboursEach,
      firstSame,
      labels
    )
  } finally {
    await lists.close()
  }
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const out = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** Blocks of all folds, one fold after the other. */
function fromFiles(
  input: WrongLabelsInput,
  foldRows: readonly Uint32Array[],
  signal: AbortSignal
): ProbabilityBlocks {
  const { classes } = input
  return {
    rows: foldRows.reduce((sum, fold) => sum + fold.length, 0),
    classes,
    async forEach(take) {
      let first = 0
      for (const [fold, path] of input.files.entries()) {
        const records = await openRecords(path, 4 * classes)
        const count = foldRows[fold].length
        try {
          for (let from = 0; from < count; from += blockRows) {
            await breathe(signal)
            const size = Math.min(blockRows, count - from)
            const bytes = await records.range(from, size)
            take(new Float32Array(bytes.buffer), first + from, size)
          }
        } finally {
          await records.close()
        }
        first += count
      }
    }
  }
}
