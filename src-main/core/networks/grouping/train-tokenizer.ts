// Training a tokenizer, step by step, so that it can pause, go on after a stop to the same bits, and
// show how it is doing.
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { crossEntropy } from '../../compute/ops/losses.ts'
import type { Random } from '../../compute/random.ts'
import { repeatedStep, type RepeatedStep } from '../../compute/repeated-step.ts'
import type { LabelledRows } from '../../methods/distillation/distillation-method.ts'
import { linear } from '../convnet.ts'
import type { ParameterShape } from '../network.ts'
import { oneHotShares } from '../normalisation.ts'
import { createOptimizer, makeVariable, numbersOf } from '../optimizers.ts'
import { trainingOps } from '../training-ops.ts'
import { firstValues, type GroupingEffort, type GroupingNetwork } from './grouping-spec.ts'
import {
  dinoHead,
  dinoLoss,
  dinoParameters,
  dinoTargets,
  labelParameters,
  spreadOf,
  type DinoRules
} from './objectives.ts'
import { cellPool, meanPool, noiseSize, pooledCells, tokenize } from './tokenizer.ts'
import { drawViews, type ViewRules } from './views.ts'

/** How a tokenizer is trained. Plain data. */
export interface TokenizerRecipe {
  /** By views of the pictures alone, or by their labels. */
  readonly objective:
    | { readonly kind: 'views'; readonly rules: DinoRules; readonly teacherMomentum: number }
    | { readonly kind: 'labels'; readonly classes: number }
  readonly effort: GroupingEffort
  readonly views: ViewRules
  readonly batch: number
  readonly steps: number
  readonly rate: number
  /** Decay of matrices at the beginning and at the end. */
  readonly decay: readonly [from: number, to: number]
  /** Share of the steps in which the rate rises from 0. */
  readonly warmUp: number
  /** Longest gradient of one parameter. */
  readonly clip: number
}

/** What a step says. */
export interface TokenizerStep {
  readonly loss: number
  /** See {@link spreadOf}; only where views are compared. */
  readonly spread?: { readonly all: number; readonly each: number }
}

/** Everything that a training needs to go on to the same bits. */
export interface TokenizerState {
  /** Of the network, then of the head. */
  readonly parameters: readonly Float32Array[]
  readonly moments: readonly Float32Array[]
  /** The slower copy; empty where labels are told. */
  readonly teacher: readonly Float32Array[]
  readonly centre: Float32Array
  readonly done: number
}

export interface TokenizerTraining {
  readonly done: number
  step(): TokenizerStep
  state(): TokenizerState
  /** The network that is used afterwards: the teacher where there is one. */
  network(): Float32Array[]
  dispose(): void
}

/**
 * A tokenizer before its next step; `enableGradients` comes first. What happens in a step depends on
 * `random`, the recipe and the number of the step alone.
 * @param items normalised pictures; labels are read only where the objective is labels
 */
export function startTokenizer(
  tf: TensorFlow,
  network: GroupingNetwork,
  items: LabelledRows,
  recipe: TokenizerRecipe,
  random: Random,
  from?: TokenizerState
): TokenizerTraining {
  const { objective } = recipe
  const shapes = trainedShapes(network, recipe)
  const first =
    from?.parameters ?? shapes.map((shape) => firstValues(shape, random.fork('weights')))
  const weights = first.map((values, at) => makeVariable(tf, values, shapes[at].shape))
  const optimizer = createOptimizer(
    tf,
    weights,
    { optimizer: 'adamw', momentum: 0, decay: 1 },
    from?.moments
  )
  const teacher =
    objective.kind === 'labels'
      ? []
      : (from?.teacher ?? first).map((values, at) => makeVariable(tf, values, shapes[at].shape))
  const outputs = objective.kind === 'labels' ? 1 : objective.rules.outputs
  const centre = makeVariable(tf, from?.centre ?? new Float32Array(outputs), [outputs])
  const update = createUpdate({ tf, network, recipe, weights, teacher, centre, optimizer })
  const repeated: RepeatedStep = repeatedStep(tf, update)
  let done = from?.done ?? 0
  return {
    get done() {
      return done
    },
    step() {
      const stream = random.fork(`step ${done}`)
      const inputs = drawInputs(tf, network, items, recipe, stream, done)
      const [correction] = optimizer.rates(done, 1)
      const rate = rateAt(recipe, done)
      const numbers = [
        rate * correction,
        rate * between(recipe.decay, done / recipe.steps),
        objective.kind === 'labels'
          ? 0
          : between([objective.teacherMomentum, 1], done / recipe.steps),
        // The prototypes rest at first, until what they compare means something.
        done < recipe.steps * restShare ? 0 : 1
      ].map((value) => tf.scalar(value))
      const [loss, all, each] = repeated.run([...inputs, ...numbers])
      tf.dispose([...inputs, ...numbers])
      done++
      return objective.kind === 'labels' ? { loss } : { loss, spread: { all, each } }
    },
    state: () => ({
      parameters: weights.map(numbersOf),
      moments: optimizer.moments().map(numbersOf),
      teacher: teacher.map(numbersOf),
      centre: numbersOf(centre),
      done
    }),
    network: () =>
      (teacher.length === 0 ? weights : teacher).slice(0, network.parameters.length).map(numbersOf),
    dispose() {
      repeated.dispose()
      optimizer.dispose()
      tf.dispose([...weights, ...teacher, centre])
    }
  }
}

/** Share of the steps in which the prototypes are not taught. */
const restShare = 0.05

/** Everything that is trained: the network, then its head. */
export function trainedShapes(
  network: GroupingNetwork,
  recipe: Pick<TokenizerRecipe, 'objective'>
): ParameterShape[] {
  return [...network.parameters, ...headShapes(network, recipe)]
}

function headShapes(
  { spec }: GroupingNetwork,
  { objective }: Pick<TokenizerRecipe, 'objective'>
): ParameterShape[] {
  return objective.kind === 'labels'
    ? labelParameters(pooledCells ** 2 * spec.width, objective.classes)
    : dinoParameters(objective.rules, spec.width)
}

/** Along half a cosine from the first value to the second as `share` goes from 0 to 1. */
function between([from, to]: readonly [number, number], share: number): number {
  return to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * share))
}

function rateAt({ rate, steps, warmUp }: TokenizerRecipe, done: number): number {
  const rising = Math.max(1, Math.round(steps * warmUp))
  if (done < rising) return (rate * (done + 1)) / rising
  return between([rate, 0], (done - rising) / Math.max(1, steps - rising))
}

/** Pictures (and labels), then the noise of each layer: for the student, then for its teacher. */
function drawInputs(
  tf: TensorFlow,
  network: GroupingNetwork,
  items: LabelledRows,
  { objective, effort, views, batch }: TokenizerRecipe,
  random: Random,
  step: number
): Tensor[] {
  const { input, spec } = network
  const rows = passRows(items.count, batch, random, step)
  const pictures = items.read(rows)
  const isPaired = objective.kind === 'views'
  const count = isPaired ? 2 * rows.length : rows.length
  const values = drawViews(pictures, input, views, random, isPaired ? 2 : 1)
  const x = tf.tensor4d(values, [count, input.height, input.width, input.channels])
  const noise = Array.from({ length: (isPaired ? 2 : 1) * spec.layers }, () => {
    const drawn = new Float32Array(count * noiseSize(spec, effort))
    for (let at = 0; at < drawn.length; at++) drawn[at] = random.normal()
    return tf.tensor4d(drawn, [spec.heads, count, effort.groups, spec.headWidth])
  })
  if (objective.kind === 'views') return [x, ...noise]
  const labels = Int32Array.from(rows, (row) => items.labels[row])
  const { classes } = objective
  const y = tf.tensor2d(oneHotShares(labels, classes), [rows.length, classes])
  return [x, y, ...noise]
}

/** Rows of one step: drawn without repeating within a step, with no memory between steps. */
function passRows(count: number, batch: number, random: Random, step: number): Uint32Array {
  return random.fork(`rows ${step}`).sample(count, Math.min(count, batch))
}

interface UpdateParts {
  readonly tf: TensorFlow
  readonly network: GroupingNetwork
  readonly recipe: TokenizerRecipe
  readonly weights: readonly Variable[]
  readonly teacher: readonly Variable[]
  readonly centre: Variable
  readonly optimizer: Pick<ReturnType<typeof createOptimizer>, 'update'>
}

/** The step as operations; gives loss and spreads as one row of three. */
function createUpdate(parts: UpdateParts): (inputs: readonly Tensor[]) => Tensor {
  return parts.recipe.objective.kind === 'labels' ? labelUpdate(parts) : viewUpdate(parts)
}

function labelUpdate({
  tf,
  network,
  recipe,
  weights,
  optimizer
}: UpdateParts): (inputs: readonly Tensor[]) => Tensor {
  const ops = trainingOps(tf)
  const { layers } = network.spec
  const own = network.parameters.length
  return ([x, y, ...rest]) => {
    const noise = rest.slice(0, layers) as Tensor4D[] // as drawInputs makes them
    const rates = rest.slice(layers)
    const slopes = tf.valueAndGrads((...given: Tensor[]): Scalar => {
      const { patches } = tokenize(tf, network, given, x as Tensor4D, noise, recipe.effort.rounds)
      // By cells: a mean over the whole picture would have to find out first where things are.
      const logits = linear(tf, cellPool(tf, network, patches), given[own], given[own + 1])
      return crossEntropy(tf, ops, logits, y as Tensor2D)
    })
    const at = slopes([...weights])
    optimizer.update(clipped(tf, at.grads, recipe.clip), rates)
    return tf.stack([at.value, tf.scalar(0), tf.scalar(0)])
  }
}

function viewUpdate(parts: UpdateParts): (inputs: readonly Tensor[]) => Tensor {
  const { tf, network, recipe, weights, teacher, centre, optimizer } = parts
  if (recipe.objective.kind !== 'views') throw new Error('views are compared')
  const { rules } = recipe.objective
  const ops = trainingOps(tf)
  const { layers } = network.spec
  const own = network.parameters.length
  const outputsOf = (given: readonly Tensor[], x: Tensor4D, noise: readonly Tensor4D[]): Tensor2D =>
    dinoHead(
      tf,
      given.slice(own),
      meanPool(tf, tokenize(tf, network, given, x, noise, recipe.effort.rounds).patches)
    )
  return ([pictures, ...rest]) => {
    const x = pictures as Tensor4D // as drawInputs makes it, and the noise
    const noise = rest.slice(0, 2 * layers) as Tensor4D[]
    const [rate, decay, momentum, prototypes] = rest.slice(2 * layers)
    const said = outputsOf(teacher, x, noise.slice(layers))
    const { shares, exchanged } = dinoTargets(tf, rules, said, centre as Tensor as Tensor1D)
    const slopes = tf.valueAndGrads((...given: Tensor[]) =>
      dinoLoss(tf, ops, rules, outputsOf(given, x, noise.slice(0, layers)), exchanged)
    )
    const at = slopes([...weights])
    const gradients = clipped(tf, at.grads, recipe.clip)
    const last = gradients.length - 1
    gradients[last] = tf.mul(gradients[last], prototypes)
    optimizer.update(gradients, [rate, decay])
    teacher.forEach((slow, index) => {
      const change = tf.mul(tf.sub(weights[index], slow), tf.sub(1, momentum))
      slow.assign(tf.add(slow, change))
    })
    const { centreMomentum } = rules
    centre.assign(
      tf.add(tf.mul(centre, centreMomentum), tf.mul(tf.mean(said, 0), 1 - centreMomentum))
    )
    const { all, each } = spreadOf(tf, shares)
    return tf.stack([at.value, all, each])
  }
}

/** Each gradient at most as long as `longest`. */
function clipped(tf: TensorFlow, gradients: readonly Tensor[], longest: number): Tensor[] {
  return gradients.map((gradient) => {
    const length = tf.sqrt(tf.add(tf.sum(tf.square(gradient)), 1e-12))
    return tf.mul(gradient, tf.minimum(tf.div(longest, length), 1))
  })
}
