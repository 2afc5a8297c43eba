// One student of picture-text pairs: heads trained on a set, then asked for the texts of unseen pictures
// and for the pictures of unseen texts. The scorer of sets whose consumer is "pairs".
import type { Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { enableGradients } from '../../compute/devices/gradients.ts'
import { createRandom, hashString } from '../../compute/random.ts'
import type { DistilledSet, LabelledRows } from '../../methods/distillation/distillation-method.ts'
import type { StudentRecipe } from '../../networks/student-recipe.ts'
import type { Scorer } from '../distilled/judge.ts'
import { pairHeads, type HeadsSpec, type PairHeads } from './pair-heads.ts'
import { meanCosine, recallOf, type Recall } from './recall.ts'
import { pairRowsOf, trainHeads, type HeadRules, type PairRows } from './train-heads.ts'

/** What students of a set of pairs are. Plain data: `info.pairs` of the set. */
export interface PairFacts extends HeadsSpec {
  readonly temperature: number
}

/** Unseen pairs that a student searches among, at most. */
export const mostSearched = 1000
/** Pairs of a batch at most; a batch is what a pair is told from. */
const mostBatch = 128
/** Steps of all data, where a set of few has as many as its recipe says. */
const mostSteps = 1000

/** The facts of a set; undefined where it is no set of pairs. Throws an Error when they are damaged. */
export function pairFactsOf(set: Pick<DistilledSet, 'consumer' | 'info'>): PairFacts | undefined {
  if (set.consumer !== 'pairs') return undefined
  const facts = set.info['pairs']
  if (typeof facts !== 'object' || facts === null) throw new Error('the set names no heads')
  const read = (name: keyof PairFacts): number => {
    const value: unknown = Reflect.get(facts, name)
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
      throw new Error(`the set does not say "${name}"`)
    return value
  }
  return {
    pictureColumns: read('pictureColumns'),
    textColumns: read('textColumns'),
    space: read('space'),
    hidden: read('hidden'),
    temperature: read('temperature')
  }
}

/** How heads learn by a recipe: its optimizer, rate and passes, at most {@link mostSteps} in all. */
export function headRules(
  recipe: Pick<StudentRecipe, 'optimizer' | 'rate' | 'momentum' | 'decay' | 'epochs' | 'batch'>,
  count: number,
  temperature: number
): HeadRules {
  const { optimizer, rate, momentum, decay } = recipe
  const batch = Math.max(1, Math.min(recipe.batch, mostBatch, count))
  const perEpoch = Math.max(1, Math.floor(count / batch))
  const epochs = Math.max(1, Math.min(recipe.epochs, Math.floor(mostSteps / perEpoch)))
  return { optimizer, rate, momentum, decay, epochs, batch, temperature }
}

/** What heads find among unseen pairs, and how alike all pictures and all texts have become. */
export interface PairReading extends Recall {
  readonly pictureCosine: number
  readonly textCosine: number
}

/** Asks heads about pairs: rows x columns, normalised. */
export async function readPairs(
  tf: TensorFlow,
  heads: PairHeads,
  parameters: readonly Float32Array[],
  values: Float32Array
): Promise<PairReading> {
  const columns = heads.spec.pictureColumns + heads.spec.textColumns
  const rows = values.length / columns
  const { pictures, texts, cosines } = tf.tidy(() => {
    const weights = heads.parameters.map(({ shape }, i) => tf.tensor(parameters[i], [...shape]))
    const seen = heads.project(tf, weights, tf.tensor2d(values, [rows, columns]))
    const products: Tensor2D = tf.matMul(seen.pictures, seen.texts, false, true)
    return { ...seen, cosines: products }
  })
  try {
    const found = recallOf(await cosines.data<'float32'>(), rows)
    return {
      ...found,
      pictureCosine: meanCosine(await pictures.data<'float32'>(), heads.spec.space),
      textCosine: meanCosine(await texts.data<'float32'>(), heads.spec.space)
    }
  } finally {
    tf.dispose([pictures, texts, cosines])
  }
}

/** The rows that are searched: all, or the same {@link mostSearched} of them for every set. */
export function searchedRows({ count }: Pick<LabelledRows, 'count'>): Uint32Array {
  if (count <= mostSearched) return Uint32Array.from({ length: count }, (_, row) => row)
  return createRandom(hashString('searched pairs')).sample(count, mostSearched).sort()
}

/** Trains heads on pairs and reads them on unseen ones. Same inputs, same numbers. */
export async function studentReading(
  tf: TensorFlow,
  heads: PairHeads,
  pairs: PairRows,
  rules: HeadRules,
  seed: number,
  rows: LabelledRows,
  signal: AbortSignal
): Promise<PairReading> {
  await enableGradients()
  const random = createRandom(seed).fork('student')
  const parameters = await trainHeads(tf, heads, pairs, rules, random, signal)
  return readPairs(tf, heads, parameters, rows.read(searchedRows(rows)))
}

/**
 * Scores students by recall at 1, the mean of both directions. `items.targets` of a set that says how
 * much each picture belongs to each text is that matrix (count x count); else it is not looked at.
 * @param isOther true for heads of the other kind: with a hidden layer where the set's have none
 */
export function pairScorer(facts: PairFacts, isOther = false): Scorer {
  const spec = isOther ? { ...facts, hidden: facts.hidden === 0 ? facts.space : 0 } : facts
  const heads = pairHeads(spec)
  const columns = facts.pictureColumns + facts.textColumns
  return async ({ tf }, { items, recipe, seed, rows }, signal) => {
    const { values, count, targets } = items
    const belongs = targets.length === count * count && count > 1 ? targets : undefined
    const pairs = pairRowsOf(values, columns, belongs)
    const rules = headRules(recipe, count, facts.temperature)
    const reading = await studentReading(tf, heads, pairs, rules, seed, rows, signal)
    return reading.score01
  }
}
