// What a perceptual group tokenizer is made of (Deng, Chen and Li 2024, "Perceptual Group Tokenizer",
// section 3): its sizes, its parameters and their first values. Inner details that the paper leaves
// open follow slot attention (Locatello et al. 2020); see docs/methods/perceptual-groups.md.
import type { Random } from '../../compute/random.ts'
import type { InputShape, ParameterShape } from '../network.ts'

/** Sizes of a tokenizer. Plain data: it travels to other threads and into saved models. */
export interface GroupingSpec {
  /** Side of the square patches a picture is cut into, in pixels. */
  readonly patch: number
  /** Numbers of a patch token, D. */
  readonly width: number
  /** Grouping layers, L. */
  readonly layers: number
  /** Grouping heads, H. */
  readonly heads: number
  /** Numbers of a group token of one head, d. */
  readonly headWidth: number
  /** Units of the two-layer networks, as a multiple of what they read. */
  readonly ratio: number
}

/** The small tokenizer for a laptop: 0.22 million parameters on 28 x 28 grey pictures. */
export const usualGrouping: GroupingSpec = {
  patch: 4,
  width: 96,
  layers: 3,
  heads: 4,
  headWidth: 24,
  ratio: 2
}

/** What may be changed at use, without training again. */
export interface GroupingEffort {
  /** Group tokens of each head, M. */
  readonly groups: number
  /** Rounds of competition, K. */
  readonly rounds: number
}

/** What a tokenizer is trained with. */
export const usualEffort: GroupingEffort = { groups: 8, rounds: 3 }

/** A tokenizer for one shape of pictures. Holds no tensors. */
export interface GroupingNetwork {
  readonly spec: GroupingSpec
  readonly input: InputShape
  /** Patches along each side. */
  readonly rows: number
  readonly columns: number
  /** In the order that {@link ../grouping/tokenizer.ts} reads them. */
  readonly parameters: readonly ParameterShape[]
  start(random: Random): Float32Array[]
}

/** Names of one layer's parameters, in order, with their shapes. */
function layerParameters(
  { width, heads, headWidth, ratio }: GroupingSpec,
  layer: number
): ParameterShape[] {
  const all = heads * headWidth
  const named = (
    name: string,
    shape: readonly number[],
    role: ParameterShape['role']
  ): ParameterShape => ({ name: `layer${layer}.${name}`, shape, role })
  const perHead = (name: string, from: number, to: number): ParameterShape =>
    named(name, [heads, from, to], 'weight')
  const headBias = (name: string, size: number): ParameterShape =>
    named(name, [heads, 1, size], 'bias')
  const norm = (name: string, shape: readonly number[]): ParameterShape[] => [
    named(`${name}.scale`, shape, 'scale'),
    named(`${name}.shift`, shape, 'shift')
  ]
  const hidden = ratio * headWidth
  return [
    ...norm('patches', [width]),
    named('key', [width, all], 'weight'),
    named('value', [width, all], 'weight'),
    named('seed.mean', [heads, 1, 1, headWidth], 'shift'),
    named('seed.logSpread', [heads, 1, 1, headWidth], 'shift'),
    ...norm('groups', [heads, 1, headWidth]),
    perHead('query', headWidth, headWidth),
    // Reset, update and new value of the gated unit, side by side as PyTorch has them.
    perHead('gate.input', headWidth, 3 * headWidth),
    headBias('gate.inputBias', 3 * headWidth),
    perHead('gate.state', headWidth, 3 * headWidth),
    headBias('gate.stateBias', 3 * headWidth),
    ...norm('mixed', [heads, 1, headWidth]),
    perHead('mix.in', headWidth, hidden),
    headBias('mix.inBias', hidden),
    perHead('mix.out', hidden, headWidth),
    headBias('mix.outBias', headWidth),
    named('back', [all, width], 'weight'),
    named('backBias', [width], 'bias'),
    ...norm('refined', [width]),
    named('refine.in', [width, ratio * width], 'weight'),
    named('refine.inBias', [ratio * width], 'bias'),
    named('refine.out', [ratio * width, width], 'weight'),
    named('refine.outBias', [width], 'bias')
  ]
}

/** Spread of the first position embeddings and group seeds. */
const positionSpread = 0.02

/**
 * The tokenizer for pictures of one shape. Throws a RangeError where a side is no multiple of the
 * patch.
 */
export function createGrouping(spec: GroupingSpec, input: InputShape): GroupingNetwork {
  const { patch, width } = spec
  if (input.height % patch !== 0 || input.width % patch !== 0)
    throw new RangeError(
      `a picture of ${input.height} x ${input.width} is not made of squares of ${patch} pixels`
    )
  const [rows, columns] = [input.height / patch, input.width / patch]
  const parameters: ParameterShape[] = [
    { name: 'patch', shape: [patch * patch * input.channels, width], role: 'weight' },
    { name: 'patchBias', shape: [width], role: 'bias' },
    { name: 'position', shape: [1, rows * columns, width], role: 'shift' },
    ...Array.from({ length: spec.layers }, (_, at) => layerParameters(spec, at + 1)).flat(),
    { name: 'last.scale', shape: [width], role: 'scale' },
    { name: 'last.shift', shape: [width], role: 'shift' }
  ]
  return {
    spec,
    input,
    rows,
    columns,
    parameters,
    start: (random) => parameters.map((parameter) => firstValues(parameter, random))
  }
}

/**
 * Weights uniform within sqrt(3 / inputs), so that a layer keeps the size of its numbers; biases 0,
 * scales 1; positions and the means of seeds small, their spread 1. Each has its own stream.
 */
export function firstValues({ name, shape, role }: ParameterShape, random: Random): Float32Array {
  const size = shape.reduce((product, side) => product * side, 1)
  if (role === 'scale') return new Float32Array(size).fill(1)
  if (role === 'bias') return new Float32Array(size)
  const stream = random.fork(name)
  if (role === 'shift') {
    const isDrawn = name === 'position' || name.endsWith('seed.mean')
    return Float32Array.from({ length: size }, () =>
      isDrawn ? positionSpread * stream.normal() : 0
    )
  }
  const bound = Math.sqrt(3 / (shape[shape.length - 2] as number))
  return Float32Array.from({ length: size }, () => (2 * stream.uniform() - 1) * bound)
}
