// The invariants of a grouping layer (specs/perception-and-synthesis.md, A1.7).
import { beforeAll, describe, expect, it } from 'vitest'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { enableGradients } from '../../compute/devices/gradients.ts'
import type { Device } from '../../compute/devices/device.ts'
import { derivativeError, normalStart } from '../../compute/ops/finite-differences.test-support.ts'
import { createRandom, type Random } from '../../compute/random.ts'
import { openFastDevice } from '../../evaluation/models/models.test-support.ts'
import { parameterCount } from '../network.ts'
import {
  createGrouping,
  usualGrouping,
  type GroupingEffort,
  type GroupingNetwork,
  type GroupingSpec
} from './grouping-spec.ts'
import type { RoundGradient } from './grouping-layer.ts'
import { cellPool, drawNoise, meanPool, tokenize, type TokenizerOutputs } from './tokenizer.ts'

/** D = 8 and nine patches of 2 x 2, as the spec's check of one layer. */
const tiny: GroupingSpec = { patch: 2, width: 8, layers: 1, heads: 2, headWidth: 4, ratio: 2 }
const small = { height: 6, width: 6, channels: 1 }
const three: GroupingEffort = { groups: 3, rounds: 3 }

let device: Device
beforeAll(async () => {
  device = await openFastDevice()
  await enableGradients()
})

interface Case {
  readonly network: GroupingNetwork
  readonly values: readonly Float32Array[]
  readonly pictures: Float32Array
  readonly count: number
  readonly noise: readonly Float32Array[]
  readonly effort: GroupingEffort
}

function makeCase(
  spec = tiny,
  effort = three,
  count = 2,
  input = small,
  random: Random = createRandom(5)
): Case {
  const network = createGrouping(spec, input)
  // Away from the first values, at which many parts are 0 or 1.
  const values = network
    .start(random)
    .map((part) => part.map((value) => value + 0.1 * random.normal()))
  const size = count * input.height * input.width * input.channels
  const noise = Array.from({ length: spec.layers }, (_, layer) =>
    drawNoise(
      spec,
      effort,
      Array.from({ length: count }, (_, at) => random.fork(`${layer} ${at}`))
    )
  )
  const pictures = Float32Array.from({ length: size }, () => random.normal())
  return { network, values, pictures, count, noise, effort }
}

function run<T>(
  { network, values, pictures, count, noise, effort }: Case,
  read: (outputs: TokenizerOutputs) => T,
  gradient: RoundGradient = 'last'
): T {
  const { tf } = device
  let result: T | undefined
  tf.tidy(() => {
    const { spec, input, parameters } = network
    const given = values.map((part, at) => tf.tensor(part, [...parameters[at].shape]))
    const x = tf.tensor4d(pictures, [count, input.height, input.width, input.channels])
    const drawn = noise.map((part) =>
      tf.tensor4d(part, [spec.heads, count, effort.groups, spec.headWidth])
    )
    result = read(tokenize(tf, network, given, x, drawn, effort.rounds, gradient))
  })
  return result as T // read has run
}

const numbers = (tensor: Tensor): number[] => Array.from(tensor.dataSync())

describe('a tokenizer', () => {
  it('has about 0.28 million parameters at its usual size, and cuts pictures row by row', () => {
    const network = createGrouping(usualGrouping, { height: 28, width: 28, channels: 1 })
    expect(parameterCount(network)).toBe(282_720)
    expect([network.rows, network.columns]).toEqual([7, 7])
    expect(() => createGrouping(usualGrouping, { height: 30, width: 28, channels: 1 })).toThrow(
      RangeError
    )
  })

  it('shares every patch among the groups, and gives shapes that fit', () => {
    const given = makeCase({ ...tiny, layers: 2 })
    run(given, ({ patches, layers }) => {
      expect(patches.shape).toEqual([2, 9, 8])
      expect(layers.map(({ assignment }) => assignment.shape)).toEqual([
        [2, 2, 9, 3],
        [2, 2, 9, 3]
      ])
      expect(layers[0].groups.shape).toEqual([2, 2, 3, 4])
      for (const { assignment } of layers)
        for (const sum of numbers(device.tf.sum(assignment, 3))) expect(sum).toBeCloseTo(1, 5)
    })
  })

  it('does not care for the order of its groups', () => {
    const given = makeCase({ ...tiny, layers: 2 })
    const { heads, headWidth } = tiny
    // The second and third group of every head and picture change places.
    const moved = given.noise.map((part) => {
      const swapped = part.slice()
      for (let row = 0; row < heads * given.count; row++) {
        const at = (row * 3 + 1) * headWidth
        swapped.set(part.subarray(at + headWidth, at + 2 * headWidth), at)
        swapped.set(part.subarray(at, at + headWidth), at + headWidth)
      }
      return swapped
    })
    const before = run(given, (outputs) => [
      numbers(outputs.patches),
      numbers(outputs.layers[1].assignment)
    ])
    const after = run({ ...given, noise: moved }, (outputs) => [
      numbers(outputs.patches),
      numbers(outputs.layers[1].assignment)
    ])
    after[0].forEach((value, at) => expect(value).toBeCloseTo(before[0][at], 5))
    for (let at = 0; at < before[1].length; at += 3) {
      expect(after[1][at + 1]).toBeCloseTo(before[1][at + 2], 5)
      expect(after[1][at + 2]).toBeCloseTo(before[1][at + 1], 5)
    }
  })

  it('treats each picture by itself', () => {
    const pair = makeCase()
    const { heads, headWidth } = tiny
    const first = pair.noise.map((part) => {
      const own = new Float32Array(heads * 3 * headWidth)
      for (let head = 0; head < heads; head++)
        own.set(
          part.subarray(head * 2 * 3 * headWidth, (head * 2 + 1) * 3 * headWidth),
          head * 3 * headWidth
        )
      return own
    })
    const alone = { ...pair, count: 1, pictures: pair.pictures.subarray(0, 36), noise: first }
    const [both, one] = [pair, alone].map((given) =>
      run(given, ({ patches }) => numbers(patches))
    ) as [number[], number[]]
    one.forEach((value, at) => expect(value).toBeCloseTo(both[at], 5))
  })

  it('runs with other numbers of groups and rounds on the same weights, the same way twice', () => {
    const weights = makeCase()
    for (const groups of [1, 2, 8, 32])
      for (const rounds of [1, 5]) {
        const { noise } = makeCase(tiny, { groups, rounds })
        const given = { ...weights, noise, effort: { groups, rounds } }
        const once = run(given, ({ patches }) => numbers(patches))
        expect(once.every(Number.isFinite)).toBe(true)
        expect(run(given, ({ patches }) => numbers(patches))).toEqual(once)
      }
  })

  it('gives the same values however its rounds are differentiated', () => {
    const given = makeCase({ ...tiny, layers: 2 })
    const all = run(given, ({ patches }) => numbers(patches), 'all')
    expect(run(given, ({ patches }) => numbers(patches), 'last')).toEqual(all)
  })

  it('keeps where things are when pooled by cells, and the mean when by all', () => {
    const given = makeCase(tiny, three, 2, { height: 6, width: 6, channels: 1 })
    run(given, ({ patches }) => {
      const { tf } = device
      const cells = numbers(cellPool(tf, given.network, patches, 3))
      // Nine cells of nine patches: nothing is averaged.
      expect(cells).toEqual(numbers(patches))
      const whole = numbers(cellPool(tf, given.network, patches, 1))
      numbers(meanPool(tf, patches)).forEach((value, at) => expect(value).toBeCloseTo(whole[at], 5))
    })
  })
})

describe('its gradient', () => {
  /** The function of all parameters and the pictures that is differentiated. */
  function patchesOf({ network, count, noise, effort }: Case, gradient: RoundGradient) {
    const { tf } = device
    const { spec, parameters } = network
    return (inputs: readonly Tensor[]): Tensor => {
      const drawn = noise.map((part) =>
        tf.tensor4d(part, [spec.heads, count, effort.groups, spec.headWidth])
      )
      const x = inputs[parameters.length] as Tensor4D
      const outputs = tokenize(tf, network, inputs, x, drawn, effort.rounds, gradient)
      return outputs.patches
    }
  }
  const startsOf = ({ network, values, pictures, count }: Case) => [
    ...network.parameters.map(({ shape }, at) => ({ shape, values: values[at] as Float32Array })),
    { shape: [count, 6, 6, 1], values: pictures }
  ]

  it('agrees with finite differences where all rounds are differentiated', () => {
    for (const rounds of [1, 3]) {
      const given = makeCase(tiny, { groups: 3, rounds })
      const error = derivativeError(
        device.tf,
        patchesOf(given, 'all'),
        startsOf(given),
        1,
        createRandom(3),
        4,
        0.0005
      )
      expect(error).toBeLessThan(0.01)
    }
  })

  it('is that of one round from a constant start where only the last is differentiated', () => {
    const { tf } = device
    const given = makeCase()
    const { network, effort } = given
    const weighed = (f: (inputs: readonly Tensor[]) => Tensor, inputs: readonly Tensor[]) => {
      const probe = normalStart(createRandom(9), [2, 9, 8]).values
      return tf
        .grads((...at: Tensor[]) => tf.sum(tf.mul(f(at), tf.tensor(probe, [2, 9, 8]))))([...inputs])
        .map(numbers)
    }
    tf.tidy(() => {
      const inputs = startsOf(given).map(({ shape, values }) => tf.tensor(values, [...shape]))
      const last = weighed(patchesOf(given, 'last'), inputs)
      // Two rounds by hand, then one round from what came out, as noise of spread 1 around 0.
      const twice = patchesGroups(given, effort.rounds - 1)
      const asSeeds = { ...given, effort: { ...effort, rounds: 1 }, noise: [twice] }
      const at = (name: string): number =>
        network.parameters.findIndex((parameter) => parameter.name === `layer1.${name}`)
      const fixed = [...inputs]
      for (const name of ['seed.mean', 'seed.logSpread'])
        fixed[at(name)] = tf.zerosLike(inputs[at(name)] as Tensor)
      const one = weighed(patchesOf(asSeeds, 'all'), fixed)
      one.forEach((gradient, index) => {
        if (index === at('seed.mean') || index === at('seed.logSpread')) return
        gradient.forEach((value, k) => expect(last[index]?.[k]).toBeCloseTo(value, 3))
      })
      // The seeds learn from what they became: their mean as a start's mean does.
      const mean = one[at('seed.mean')] as number[]
      mean.forEach((value, k) => expect(last[at('seed.mean')]?.[k]).toBeCloseTo(value, 3))
      expect(Math.max(...mean.map(Math.abs))).toBeGreaterThan(1e-3)
    })
  })

  function patchesGroups(given: Case, rounds: number): Float32Array {
    return run({ ...given, effort: { ...given.effort, rounds } }, ({ layers }) =>
      Float32Array.from(layers[0].groups.dataSync())
    )
  }
})
