// Networks that learn from the memory while it is being made. Each is visited in turn, learns a few
// steps and is put back, until it is old and a new one begins: so the memory is improved for networks
// of all ages without training each from the start (the pool is that of FRePo, Zhou et al. 2022).
import type { Random } from '../../../compute/random.ts'
import { concatArrays } from '../../../networks/flat-arrays.ts'
import type { NetworkCode } from '../../../networks/network.ts'
import type { MethodCheckpoint } from '../../method.ts'

/** A network in training: parameters and velocity, all numbers one after the other. */
export interface Learner {
  readonly parameters: Float32Array
  readonly velocity: Float32Array
  readonly age: number
  /** Steps after which it is replaced. */
  readonly until: number
}

/** A fresh learner. */
export function newLearner(network: NetworkCode, random: Random, until: number): Learner {
  const parameters = concatArrays(network.start(random))
  return { parameters, velocity: new Float32Array(parameters.length), age: 0, until }
}

/** What a checkpoint keeps of a pool; undefined places have no learner yet. */
export function keepPool(
  pool: readonly (Learner | undefined)[]
): Pick<MethodCheckpoint, 'arrays' | 'values'> {
  const arrays: Record<string, Float32Array> = {}
  const values: Record<string, number> = {}
  pool.forEach((learner, at) => {
    if (learner === undefined) return
    arrays[`learner ${at}`] = learner.parameters
    arrays[`velocity ${at}`] = learner.velocity
    values[`age ${at}`] = learner.age
    values[`until ${at}`] = learner.until
  })
  return { arrays, values }
}

/** The reverse of {@link keepPool}. */
export function poolFrom(
  { arrays, values }: Pick<MethodCheckpoint, 'arrays' | 'values'>,
  places: number
): (Learner | undefined)[] {
  return Array.from({ length: places }, (_, at) => {
    const parameters = arrays[`learner ${at}`]
    const velocity = arrays[`velocity ${at}`]
    if (!(parameters instanceof Float32Array) || !(velocity instanceof Float32Array))
      return undefined
    return {
      parameters,
      velocity,
      age: Number(values[`age ${at}`]),
      until: Number(values[`until ${at}`])
    }
  })
}
