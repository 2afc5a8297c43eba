// Writes grey pictures and labels as IDX arrays.
import { writeFileAtomic } from '../files/atomic-write.ts'
import type { RawPictures } from './plant-pool.ts'

/** Bytes of a picture array (magic 0x00000803). */
export function encodeIdxImages(images: RawPictures): Buffer {
  const head = Buffer.alloc(16)
  head.writeUInt32BE(0x0803, 0)
  head.writeUInt32BE(images.count, 4)
  head.writeUInt32BE(images.height, 8)
  head.writeUInt32BE(images.width, 12)
  return Buffer.concat([head, images.pixels])
}

/** Bytes of a label array (magic 0x00000801). */
export function encodeIdxLabels(labels: Uint8Array): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(0x0801, 0)
  head.writeUInt32BE(labels.length, 4)
  return Buffer.concat([head, labels])
}

/** Writes `<prefix>-images-idx3-ubyte` and `<prefix>-labels-idx1-ubyte`. */
export async function writeIdxPair(
  folder: string,
  prefix: string,
  images: RawPictures,
  labels: Uint8Array
): Promise<void> {
  await writeFileAtomic(`${folder}/${prefix}-images-idx3-ubyte`, encodeIdxImages(images))
  await writeFileAtomic(`${folder}/${prefix}-labels-idx1-ubyte`, encodeIdxLabels(labels))
}
