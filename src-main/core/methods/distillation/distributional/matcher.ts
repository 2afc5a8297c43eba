// One step of matching: fresh items of some classes are drawn, a network looks at them and at real ones,
// and clouds and decoder are moved so that the two samples agree (D3, distribution matching).
import type { Scalar, Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { NetworkOps } from '../../../compute/ops/network-ops.ts'
import type { Random } from '../../../compute/random.ts'
import { repeatedStep } from '../../../compute/repeated-step.ts'
import type { DecoderCode, PictureRange } from '../../../networks/decoder.ts'
import { inputSize, type NetworkCode } from '../../../networks/network.ts'
import { trainingOps } from '../../../networks/training-ops.ts'
import type { LabelledRows } from '../distillation-method.ts'
import { drawRows } from '../matching/class-rows.ts'
import { groupVariables, type GroupState } from './group-state.ts'
import { inKernelUnits, squaredMmd } from './mmd.ts'

/** What does not change from step to step. */
export interface Matching {
  readonly tf: TensorFlow
  readonly code: DecoderCode
  readonly range: PictureRange
  /** The network that looks at items. */
  readonly network: NetworkCode
  readonly train: LabelledRows
  /** Rows of each class of the group. */
  readonly byClass: readonly Uint32Array[]
  readonly priors: number
  readonly realPerClass: number
  readonly madePerClass: number
  readonly rate: number
  /** Classes of one step at most; by the size of the network where absent. */
  readonly mostClasses?: number
}

/** A group being matched. */
export interface Matcher {
  /**
   * One step; returns the mean MMD^2 of the classes it looked at. Everything that is drawn comes from
   * `random`.
   * @param parameters of the network that looks
   */
  step(index: number, random: Random, parameters: readonly Float32Array[]): number
  state(): GroupState
  dispose(): void
}

/** Numbers of an item's first layer, times items, of one step: sets how many classes it looks at. */
const partWork = 14_000_000

/** Classes of one step. */
export function classesAtOnce(
  network: NetworkCode,
  { realPerClass, madePerClass }: Pick<Matching, 'realPerClass' | 'madePerClass'>,
  classes: number
): number {
  const { kind, width } = network.spec
  const perItem = inputSize(network.input) * (kind === 'convnet' || kind === 'resnet' ? width : 1)
  const fitting = Math.floor(partWork / (perItem * (realPerClass + madePerClass)))
  return Math.max(1, Math.min(classes, fitting))
}

/** Items that stand for each cloud in one step: at least two of each class. */
function drawsOf({ priors, madePerClass }: Matching): number {
  return Math.max(priors === 1 ? 2 : 1, Math.round(madePerClass / priors))
}

/** Latents: selected means plus spread times noise. */
export function drawLatents(
  tf: TensorFlow,
  ops: NetworkOps,
  mean: Tensor2D,
  spread: Tensor2D,
  noise: Tensor2D
): Tensor2D {
  return tf.add(mean, tf.mul(ops.exp(tf.mul(spread, 0.5)), noise))
}

/** Prepares the step; `enableGradients` comes first. */
export function createMatcher(matching: Matching, from: GroupState): Matcher {
  const { tf, code, network, byClass, priors, train } = matching
  const most = Math.min(byClass.length, matching.mostClasses ?? byClass.length)
  const classes = classesAtOnce(network, matching, most)
  const draws = drawsOf(matching)
  const rows = classes * priors * draws
  const group = groupVariables(tf, code, from)
  const update = updateStep(matching, group, classes)
  const look = lookStep(matching)
  let done = from.steps
  return {
    step(index, random, parameters) {
      const chosen = chooseClasses(random.fork('classes'), byClass.length, classes)
      const weights = network.parameters.map(({ shape }, i) => tf.tensor(parameters[i], [...shape]))
      const real = realValues(matching, chosen, random.fork('real'))
      const { height, width, channels } = network.input
      const x = tf.tensor4d(real, [real.length / inputSize(network.input), height, width, channels])
      const features = look.run([x, ...weights])
      const noise = random.fork('noise')
      const inputs = [
        tf.tensor2d(selection(chosen, priors, draws, byClass.length), [
          rows,
          byClass.length * priors
        ]),
        tf.tensor2d(
          Float32Array.from({ length: rows * code.spec.latent }, () => noise.normal()),
          [rows, code.spec.latent]
        ),
        tf.tensor3d(features, [classes, matching.realPerClass, features.length / x.shape[0]]),
        ...group.optimizer.rates(index, matching.rate).map((value) => tf.scalar(value)),
        ...weights
      ]
      const [loss] = update.run(inputs)
      tf.dispose([x, ...inputs])
      done = index + 1
      return loss
    },
    state: () => group.state(done),
    dispose() {
      update.dispose()
      look.dispose()
      group.dispose()
    }
  }

  function realValues(
    { realPerClass }: Matching,
    chosen: Uint32Array,
    random: Random
  ): Float32Array {
    const taken = new Uint32Array(chosen.length * realPerClass)
    chosen.forEach((c, place) => {
      const own = drawRows(random.fork(`class ${c}`), byClass[c], realPerClass)
      // A class with too few items shows some of them again.
      for (let i = 0; i < realPerClass; i++) taken[place * realPerClass + i] = own[i % own.length]
    })
    return train.read(taken)
  }
}

/** Ascending; all classes where all are looked at. */
function chooseClasses(random: Random, all: number, count: number): Uint32Array {
  if (count === all) return Uint32Array.from({ length: all }, (_, c) => c)
  return random.sample(all, count).sort()
}

/** Rows x clouds: 1 at the cloud that a drawn item is of. */
function selection(
  chosen: Uint32Array,
  priors: number,
  draws: number,
  classes: number
): Float32Array {
  const clouds = classes * priors
  const out = new Float32Array(chosen.length * priors * draws * clouds)
  chosen.forEach((c, place) => {
    for (let i = 0; i < priors * draws; i++)
      out[(place * priors * draws + i) * clouds + c * priors + (i % priors)] = 1
  })
  return out
}

/** What the network makes of real items. */
function lookStep({ tf, network }: Matching) {
  const ops = trainingOps(tf)
  return repeatedStep(tf, ([x, ...weights]) => network.forward(tf, ops, weights, x).features)
}

function updateStep(
  { tf, code, range, network, madePerClass, priors, ...rest }: Matching,
  group: ReturnType<typeof groupVariables>,
  classes: number
) {
  const ops = trainingOps(tf)
  const perClass = priors * drawsOf({ tf, code, range, network, madePerClass, priors, ...rest })
  return repeatedStep(tf, ([chosen, noise, real, first, second, ...weights]) => {
    const lossOf = (...learned: Tensor[]): Scalar => {
      const [mean, spread] = learned.slice(-2)
      const of = (clouds: Tensor): Tensor2D => tf.matMul(chosen as Tensor2D, clouds as Tensor2D)
      const latents = drawLatents(tf, ops, of(mean), of(spread), noise as Tensor2D)
      const items: Tensor4D = code.forward(tf, ops, learned.slice(0, -2), latents, range)
      const { features } = network.forward(tf, ops, weights, items)
      const made: Tensor3D = tf.reshape(features, [classes, perClass, -1])
      const [x, y] = inKernelUnits(tf, made, real as Tensor3D)
      return tf.mean(squaredMmd(tf, x, y))
    }
    const { value, grads } = tf.valueAndGrads(lossOf)([...group.decoder, group.mean, group.spread])
    group.optimizer.update(grads, [first, second])
    return value
  })
}
