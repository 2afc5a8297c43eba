// Typed arrays as blobs, little-endian as every machine the app runs on.

type Packed = Uint8Array | Uint32Array | Int32Array | Float32Array

/** The bytes of an array. The blob shares its memory: bind it at once. */
export function toBlob(array: Packed): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength)
}

/** A copy of a blob as an array of its own; a damaged length is cut to whole elements. */
export function fromBlob<T extends Packed>(
  blob: Buffer,
  Type: {
    readonly BYTES_PER_ELEMENT: number
    new (buffer: ArrayBuffer, offset: number, length: number): T
  }
): T {
  const length = Math.floor(blob.byteLength / Type.BYTES_PER_ELEMENT)
  const bytes = new Uint8Array(length * Type.BYTES_PER_ELEMENT)
  bytes.set(blob.subarray(0, bytes.byteLength))
  return new Type(bytes.buffer, 0, length)
}
