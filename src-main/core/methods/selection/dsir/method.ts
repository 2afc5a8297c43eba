// DSIR: data selection by importance resampling of hashed words (Xie et al. 2023). This file is the
// run: count, weigh, draw, compare, with checkpoints from which a later run gives the same bits.
import { AppError } from '../../../../api/errors.ts'
import { checkRows } from '../../check-inputs.ts'
import {
  defineMethod,
  type MethodCheckpoint,
  type MethodContext,
  type MethodProgress,
  type Selection,
  type SelectionInputs,
  type TextSource
} from '../../method.ts'
import { buckets, createBucketReader, type BucketReader } from './buckets.ts'
import { dsirCard } from './card.ts'
import { drawRows } from './draw.ts'
import { dsirFlags, explainDsir } from './explain.ts'
import { dsirParams, type DsirParams } from './params.ts'
import { compareTexts, countTexts, emptyWeighed, weighTexts, type Weighed } from './passes.ts'
import { logRatios, sharesOf, smoothedRatios } from './ratios.ts'
import { toSelection } from './result.ts'
import { readTargets } from './targets.ts'
import { findTellingWords, type TellingWords } from './telling-words.ts'

/** Rows between two checkpoints, at least; and so many checkpoints per pass at most. */
const rowsPerCheckpoint = 20_000
const checkpointsPerPass = 8

async function* runDsir(
  context: MethodContext,
  inputs: SelectionInputs,
  params: DsirParams,
  checkpointRows = rowsPerCheckpoint
): AsyncGenerator<MethodProgress, Selection, void> {
  checkRows(inputs)
  const texts = textsOf(inputs)
  const read = createBucketReader()
  const targets = readTargets(read, inputs, params)
  const counts = yield* countAll(context, texts, read, checkpointRows)
  const { smoothing, unseen } = params
  const ratios = targets.map((target) => smoothedRatios(target.counts, counts, smoothing, unseen))
  const data = sharesOf(counts)
  const telling = findTellingWords(
    read,
    targets.map((target, at) => ({
      texts: target.texts,
      ratios: ratios[at],
      plain: logRatios(sharesOf(target.counts), data)
    }))
  )
  const weighed = yield* weighAll(context, { texts, read, counts, ratios, telling }, checkpointRows)
  const { flags, able, drawable, got } = whichCan(weighed, params.minWords, inputs.budget)
  const draw = { weighed, targets: targets.length, able, rowIds: inputs.rowIds }
  const { seed } = context
  const { length, chance } = params
  const weights = targets.map(({ weight }) => weight)
  const drawn = drawRows({ ...draw, seed, length, chance }, weights, drawable)
  const phase = 'Comparing the choice'
  const comparing = compareTexts(
    texts,
    read,
    ratios,
    telling,
    weighed,
    drawn.takenBy,
    able,
    context.random.fork('dsir by lot'),
    context.signal
  )
  let step = await comparing.next()
  while (step.done !== true) {
    yield { phase, done: step.value, total: texts.rows, unit: 'items' }
    step = await comparing.next()
  }
  const found = { targets, data, telling, weighed, flags, drawn, got }
  return toSelection(inputs, params, { ...found, compared: step.value })
}

function textsOf({ texts, features }: SelectionInputs): TextSource {
  if (texts === undefined)
    throw new AppError('method-not-possible', 'These items have no texts to read.', {
      hint: 'Use a method that compares similarity fingerprints, for example ICONS.'
    })
  if (texts.rows !== features.rows) throw new RangeError('there must be one text per candidate')
  return texts
}

/** Pass 1. Checkpoint "counting": arrays.counts, values.next; next = rows when it is done. */
async function* countAll(
  { resume, signal }: MethodContext,
  texts: TextSource,
  read: BucketReader,
  checkpointRows: number
): AsyncGenerator<MethodProgress, Uint32Array, void> {
  // As packCounts wrote them; copied, because the run goes on in them.
  const saved = resume?.arrays['counts'] as Uint32Array | undefined
  const counts = saved?.slice() ?? new Uint32Array(buckets)
  if (resume?.step === 'weighing') return counts
  const from = Number(resume?.values['next'] ?? 0)
  const isDue = checkpointClock(texts.rows, from, checkpointRows)
  for await (const done of countTexts(texts, read, counts, from, signal)) {
    const progress = { phase: 'Counting words', done, total: texts.rows, unit: 'items' }
    yield isDue(done) ? { ...progress, checkpoint: packCounts('counting', counts, done) } : progress
  }
  return counts
}

function packCounts(step: string, counts: Uint32Array, next: number): MethodCheckpoint {
  return { step, arrays: { counts: counts.slice() }, values: { next } }
}

/** What pass 2 works on. */
interface Weighing {
  readonly texts: TextSource
  readonly read: BucketReader
  readonly counts: Uint32Array
  readonly ratios: readonly Float64Array[]
  readonly telling: TellingWords
}

/** Pass 2. Checkpoint "weighing": the counts and what is weighed so far. */
async function* weighAll(
  { resume, signal }: MethodContext,
  { texts, read, counts, ratios, telling }: Weighing,
  checkpointRows: number
): AsyncGenerator<MethodProgress, Weighed, void> {
  const isResumed = resume?.step === 'weighing'
  const weighed = isResumed ? unpackWeighed(resume) : emptyWeighed(texts.rows, ratios.length)
  const from = isResumed ? Number(resume.values['next']) : 0
  const isDue = checkpointClock(texts.rows, from, checkpointRows)
  for await (const done of weighTexts(texts, read, ratios, telling, weighed, from, signal)) {
    const progress = { phase: 'Weighing texts', done, total: texts.rows, unit: 'items' }
    yield isDue(done) ? { ...progress, checkpoint: packWeighed(counts, weighed, done) } : progress
  }
  return weighed
}

function packWeighed(counts: Uint32Array, weighed: Weighed, next: number): MethodCheckpoint {
  const { arrays, values } = packCounts('weighing', counts, next)
  const { sums, words, best, first, second } = weighed
  // Copies: the run goes on writing into its own.
  const own = { sums: sums.slice(), words: words.slice(), best: best.slice() }
  return {
    step: 'weighing',
    arrays: { ...arrays, ...own, first: first.slice(), second: second.slice() },
    values
  }
}

function unpackWeighed({ arrays }: MethodCheckpoint): Weighed {
  // As packWeighed wrote them; copied, because the run goes on in them.
  return {
    sums: (arrays['sums'] as Float32Array).slice(),
    words: (arrays['words'] as Uint32Array).slice(),
    best: (arrays['best'] as Uint8Array).slice(),
    first: (arrays['first'] as Uint32Array).slice(),
    second: (arrays['second'] as Uint32Array).slice()
  }
}

/** Says when the next checkpoint is due: at the end of a pass and every so many rows before it. */
function checkpointClock(
  rows: number,
  from: number,
  checkpointRows: number
): (done: number) => boolean {
  const every = Math.max(checkpointRows, Math.ceil(rows / checkpointsPerPass))
  let last = from
  return (done) => {
    if (done < rows && done - last < every) return false
    last = done
    return true
  }
}

/**
 * Which rows can be drawn and why the others cannot; how many are drawn, and how many are kept: texts
 * without words only fill what is left, texts that are too short never.
 */
function whichCan(
  { words }: Weighed,
  minWords: number,
  budget: number
): { flags: Uint8Array; able: Uint8Array; drawable: number; got: number } {
  const flags = Uint8Array.from(words, (count) => {
    if (count < minWords) return dsirFlags.tooShort
    return count === 0 ? dsirFlags.noWords : dsirFlags.compared
  })
  const able = flags.map((flag) => (flag === dsirFlags.compared ? 1 : 0))
  const count = able.reduce((sum, isAble) => sum + isAble, 0)
  if (count === 0)
    throw new AppError(
      'method-not-possible',
      minWords > 0 ? `No item has ${minWords} words.` : 'No item holds any words.',
      {
        hint:
          minWords > 0
            ? 'Lower "Fewest words".'
            : 'Choose a column with texts, or use a method that compares similarity fingerprints.'
      }
    )
  const fill = flags.filter((flag) => flag === dsirFlags.noWords).length
  return { flags, able, drawable: Math.min(budget, count), got: Math.min(budget, count + fill) }
}

export default defineMethod({
  id: 'dsir',
  family: 'selection',
  version: 1,
  card: dsirCard,
  params: dsirParams,
  inputs: { labels: false, tasks: true, texts: true },
  estimate: ({ candidates, tasks }) => ({
    // Two passes at some 40,000 texts of 60 words per second.
    seconds: 0.3 + candidates * (5e-5 + 2e-7 * tasks),
    megabytes: 130 + (candidates * (40 + 4 * tasks)) / 1e6,
    why: `${candidates.toLocaleString('en-US')} texts are read twice; long ones take longer.`
  }),
  run: runDsir,
  explain: explainDsir
})

export { runDsir }
