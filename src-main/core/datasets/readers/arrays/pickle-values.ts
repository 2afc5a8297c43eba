// What the pickle of a PyTorch file can build, and the only three names it may ask for.
import { PickleRefusal } from './pickle-input.ts'

/** A stretch of values the pickle names: kept in an entry of its own. */
export interface PickledStorage {
  readonly what: 'storage'
  /** torch's name of the kind of values, for example "HalfStorage". */
  readonly kind: string
  readonly key: string
  /** Values in it, as claimed. */
  readonly length: number
}

/** A tensor as described: nothing of it is checked against the file yet. */
export interface PickledTensor {
  readonly what: 'tensor'
  readonly storage: PickledStorage
  readonly offset: number
  readonly shape: readonly number[]
  readonly strides: readonly number[]
}

interface KnownName {
  readonly what: 'name'
  readonly name: string
}

/** Where a tuple or a list of pairs began. */
export const mark = { what: 'mark' } as const

/** Everything the machine can hold. */
export type PickledValue =
  | null
  | boolean
  | number
  | string
  | PickledValue[]
  | Map<PickledValue, PickledValue>
  | PickledStorage
  | PickledTensor
  | KnownName
  | typeof mark

const rebuild = 'torch._utils._rebuild_tensor_v2'
const ordered = 'collections.OrderedDict'
const storageName = /^torch\.((?:Half|BFloat16|Float|Double|Char|Byte|Short|Int|Long|Bool)Storage)$/

/** A name the machine knows. Throws {@link PickleRefusal} for every other one. */
export function knownName(name: string): KnownName {
  if (name !== rebuild && name !== ordered && !storageName.test(name))
    throw new PickleRefusal(`asks for “${name.slice(0, 80)}”, and no code in a file is ever run`)
  return { what: 'name', name }
}

/** The storage a persistent id stands for. Throws {@link PickleRefusal}. */
export function toStorage(given: PickledValue): PickledStorage {
  if (!isList(given) || given.length < 5) throw new PickleRefusal('is damaged')
  const [what, kind, key, , length] = given
  const name = isName(kind) ? storageName.exec(kind.name)?.[1] : undefined
  const isPlain = what === 'storage' && typeof key === 'string' && isCount(length)
  if (name === undefined || !isPlain)
    throw new PickleRefusal('holds values of a kind that is not read')
  return { what: 'storage', kind: name, key, length }
}

/** What calling a known name with these values makes. Throws {@link PickleRefusal}. */
export function build(maker: PickledValue, given: PickledValue): PickledValue {
  if (!isName(maker) || !isList(given)) throw new PickleRefusal('is damaged')
  if (maker.name === ordered) return new Map()
  if (maker.name !== rebuild) throw new PickleRefusal('is damaged')
  const [storage, offset, shape, strides] = given
  if (!isStorage(storage) || !isCount(offset) || !isCounts(shape) || !isCounts(strides))
    throw new PickleRefusal('is damaged')
  if (shape.length !== strides.length) throw new PickleRefusal('is damaged')
  return { what: 'tensor', storage, offset, shape, strides }
}

function isName(value: PickledValue | undefined): value is KnownName {
  return hasWhat(value) && value.what === 'name'
}

function isStorage(value: PickledValue | undefined): value is PickledStorage {
  return hasWhat(value) && value.what === 'storage'
}

/** True for the description of a tensor. */
export function isTensor(value: PickledValue): value is PickledTensor {
  return hasWhat(value) && value.what === 'tensor'
}

function hasWhat(
  value: PickledValue | undefined
): value is PickledStorage | PickledTensor | KnownName | typeof mark {
  return typeof value === 'object' && value !== null && 'what' in value
}

function isCount(value: PickledValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** True for lists and tuples. */
export function isList(value: PickledValue | undefined): value is PickledValue[] {
  return Array.isArray(value)
}

function isCounts(value: PickledValue | undefined): value is number[] {
  return isList(value) && value.every((entry) => isCount(entry))
}
