// Keys of items: 16 hex digits of the fingerprint, then "-2", "-3" ... for items that share them.
// Stored as two numbers, so that the index is small.

/** The two numbers behind a key. */
export interface KeyParts {
  /** First 8 bytes of the fingerprint as a signed big-endian number. */
  readonly head: bigint
  /** 1 for the first item with this head, 2 for the next. */
  readonly repeat: number
}

/** Head of a fingerprint of 32 bytes. */
export function headOf(fingerprint: Buffer): bigint {
  return fingerprint.readBigInt64BE(0)
}

/** Key as it is shown, listed and exported. */
export function keyText(fingerprint: Buffer, repeat: number): string {
  const head = fingerprint.toString('hex', 0, 8)
  return repeat === 1 ? head : `${head}-${repeat}`
}

/** The numbers of a key, or undefined when the text is no key. */
export function parseKey(key: string): KeyParts | undefined {
  const found = /^([0-9a-f]{16})(?:-([1-9][0-9]{0,9}))?$/.exec(key)
  if (!found) return undefined
  const repeat = found[2] === undefined ? 1 : Number(found[2])
  if (found[2] !== undefined && repeat < 2) return undefined
  return { head: BigInt.asIntN(64, BigInt(`0x${found[1]}`)), repeat }
}
