// The networks of the training benchmark as plain data, with their first numbers and pictures, so
// that Winnow and PyTorch train the very same thing. Written to a folder that every contender reads.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom, type Random } from '../../src-main/core/compute/random.ts'

/** Numbers of a layer stand in the file in the order named here. */
export type Layer =
  /** Weights inputs x outputs, then `outputs` biases. */
  | { readonly kind: 'dense'; readonly inputs: number; readonly outputs: number }
  | { readonly kind: 'relu' }
  /**
   * Convolution 3 x 3 x inputs x outputs with as many biases, instance normalisation (scales, then
   * shifts), ReLU, means of 2 x 2.
   */
  | {
      readonly kind: 'block'
      readonly inputs: number
      readonly outputs: number
      readonly padding: number
    }
  /** Rows, columns and channels of a picture in this order, as one list. */
  | { readonly kind: 'flatten' }

export interface Network {
  readonly name: string
  readonly layers: readonly Layer[]
  /** Batch x features, or batch x height x width x channels. */
  readonly input: readonly number[]
}

export const classes = 10

function convNet(width: number): Network {
  return {
    name: `ConvNet-3, width ${width}`,
    // The first convolution pads by 3, as is usual for 28 x 28 pictures: 28 -> 32 -> 16 -> 8 -> 4.
    layers: [
      { kind: 'block', inputs: 1, outputs: width, padding: 3 },
      { kind: 'block', inputs: width, outputs: width, padding: 1 },
      { kind: 'block', inputs: width, outputs: width, padding: 1 },
      { kind: 'flatten' },
      { kind: 'dense', inputs: 16 * width, outputs: classes }
    ],
    input: [128, 28, 28, 1]
  }
}

/** By the short names of the command line. */
export const networks: Readonly<Record<string, Network>> = {
  softmax: {
    name: 'softmax 512-10',
    layers: [{ kind: 'dense', inputs: 512, outputs: classes }],
    input: [256, 512]
  },
  mlp: {
    name: 'MLP 784-256-10',
    layers: [
      { kind: 'dense', inputs: 784, outputs: 256 },
      { kind: 'relu' },
      { kind: 'dense', inputs: 256, outputs: classes }
    ],
    input: [256, 784]
  },
  conv32: convNet(32),
  conv64: convNet(64),
  conv128: convNet(128)
}

/** Uniform within 1 / sqrt(fan-in), for weights and biases. */
function uniform(random: Random, count: number, fanIn: number): number[] {
  const bound = 1 / Math.sqrt(fanIn)
  return Array.from({ length: count }, () => (2 * random.uniform() - 1) * bound)
}

function numbersOf(layer: Layer, random: Random): number[] {
  if (layer.kind === 'dense') {
    const { inputs, outputs } = layer
    return uniform(random, (inputs + 1) * outputs, inputs)
  }
  if (layer.kind === 'block') {
    const { inputs, outputs } = layer
    const weights = uniform(random, (9 * inputs + 1) * outputs, 9 * inputs)
    return [...weights, ...Array<number>(outputs).fill(1), ...Array<number>(outputs).fill(0)]
  }
  return []
}

/**
 * Writes network.json, and numbers.f32: the layers' numbers, the pictures (normal), then the label
 * of each as a number.
 */
export function writeNetwork(folder: string, network: Network): void {
  const random = createRandom(20)
  const size = network.input.reduce((a, b) => a * b, 1)
  const numbers = [
    ...network.layers.flatMap((layer) => numbersOf(layer, random)),
    ...Array.from({ length: size }, () => random.normal()),
    ...Array.from({ length: network.input[0] }, () => random.below(classes))
  ]
  writeFileSync(join(folder, 'network.json'), JSON.stringify(network))
  writeFileSync(join(folder, 'numbers.f32'), new Uint8Array(Float32Array.from(numbers).buffer))
}
