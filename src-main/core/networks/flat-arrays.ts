// Several arrays laid end to end, as they are stored.

/** All arrays one after the other. */
export function concatArrays(arrays: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const array of arrays) {
    out.set(array, at)
    at += array.length
  }
  return out
}

/** Copies of the parts of an array. Throws a RangeError when the sizes do not add up to it. */
export function cutArrays(values: Float32Array, sizes: readonly number[]): Float32Array[] {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (total !== values.length)
    throw new RangeError(`${values.length} numbers, but the parts are ${total}`)
  let at = 0
  return sizes.map((size) => values.slice(at, (at += size)))
}
