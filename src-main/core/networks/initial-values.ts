// First values of parameters as PyTorch gives them.
import type { Random } from '../compute/random.ts'
import type { ParameterShape } from './network.ts'

/**
 * First values of all parameters: weights and biases uniform within 1 / sqrt(inputs of one output),
 * scales 1, shifts 0. A bias follows the weight it belongs to. Each parameter has its own stream, so
 * that networks that differ in one layer start alike in the others.
 */
export function initialValues(
  parameters: readonly ParameterShape[],
  random: Random
): Float32Array[] {
  let inputs = 1
  return parameters.map(({ name, shape, role }) => {
    const size = shape.reduce((product, side) => product * side, 1)
    if (role === 'scale') return new Float32Array(size).fill(1)
    if (role === 'shift') return new Float32Array(size)
    if (role === 'weight') inputs = size / shape[shape.length - 1]
    const bound = 1 / Math.sqrt(inputs)
    const stream = random.fork(name)
    return uniformNumbers(stream, size, bound)
  })
}

/** Uniform within `bound` of zero. */
export function uniformNumbers(random: Random, count: number, bound: number): Float32Array {
  return Float32Array.from({ length: count }, () => (2 * random.uniform() - 1) * bound)
}
