// Fashion-MNIST from Debian's package dataset-fashion-mnist, for benchmarks only.
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const folder = '/usr/share/datasets/fashion-mnist'

export const hasFashionMnist = existsSync(folder)

export interface LabelledPictures {
  /** n x 28 x 28, 0..255. */
  readonly pixels: Uint8Array
  readonly labels: Int32Array
}

/** The first `count` pictures of the training or the test part. */
export function fashionMnist(part: 'train' | 't10k', count: number): LabelledPictures {
  const images = gunzipSync(readFileSync(`${folder}/${part}-images-idx3-ubyte.gz`))
  const labels = gunzipSync(readFileSync(`${folder}/${part}-labels-idx1-ubyte.gz`))
  return {
    pixels: new Uint8Array(images.subarray(16, 16 + count * 784)),
    labels: Int32Array.from(labels.subarray(8, 8 + count))
  }
}
