// The problem of the step benchmark as plain numbers, so that Winnow and PyTorch work on the very same:
// a ConvNet-3, real pictures and made ones of ten classes.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '../../../src-main/core/compute/random.ts'
import { createNetwork } from '../../../src-main/core/networks/create-network.ts'
import type { NetworkCode } from '../../../src-main/core/networks/network.ts'

export const shape = { height: 28, width: 28, channels: 1 }
export const classes = 10

export interface Problem {
  readonly width: number
  /** Real and made pictures of each class. */
  readonly realPerClass: number
  readonly madePerClass: number
  /** Steps of the inner training, its rate and momentum, and real pictures of the outer loss. */
  readonly innerSteps: number
  readonly rate: number
  readonly momentum: number
  readonly outerItems: number
}

/** The network of a problem. */
export function networkOf({ width }: Pick<Problem, 'width'>): NetworkCode {
  return createNetwork({ kind: 'convnet', width, depth: 3, norm: 'instance' }, shape, classes)
}

/**
 * Writes problem.json and numbers.f32: the network's numbers, then real pictures (class by class),
 * then made ones.
 */
export function writeProblem(folder: string, problem: Problem): void {
  const random = createRandom(31)
  const network = networkOf(problem)
  const pictures = (perClass: number): number[] =>
    Array.from({ length: classes * perClass * 784 }, () => random.normal())
  const numbers = [
    ...network.start(random.fork('weights')).flatMap((values) => Array.from(values)),
    ...pictures(problem.realPerClass),
    ...pictures(problem.madePerClass)
  ]
  const shapes = network.parameters.map(({ shape: sides }) => sides)
  writeFileSync(join(folder, 'problem.json'), JSON.stringify({ ...problem, shapes }))
  writeFileSync(join(folder, 'numbers.f32'), new Uint8Array(Float32Array.from(numbers).buffer))
}
