// Rows of matrices made elsewhere as a dictionary: at checkpoint t a row's gradient is row i of the
// matrix G_t, so its trajectory is a_i = (sqrt(share_t) G_t[i])_t and
//   a_i . v = sum sqrt(share_t) G_t[i] . v_t,   a_i . a_j = sum share_t G_t[i] . G_t[j].
// Rows stream past the vector once per product; the Gram matrix is made of the support alone. Where
// rows fit into the allowed memory they are kept as they lie on disk.
import type { BlockEngine } from '../../../compute/blocks/block-kernel.ts'
import {
  readAhead,
  readType,
  rowBuffer,
  type BlockSource,
  type RowValues
} from '../../../compute/blocks/block-source.ts'
import { gramMatrix } from '../../../compute/blocks/gram.ts'
import { pickedRaw } from '../../../compute/blocks/picked-rows.ts'
import { scoreRows } from '../../../compute/blocks/score-rows.ts'
import { createRandom, mix32 } from '../../../compute/random.ts'
import type { FeatureSource } from '../../../features/feature-matrix.ts'
import type { Dictionary } from './dictionary.ts'
import type { GradientDictionary } from './gradients.ts'

/** One checkpoint's matrix, one row per candidate. */
export interface MatrixCheckpoint {
  readonly rows: FeatureSource
  /** How much it counts; shares of all checkpoints sum to 1. */
  readonly share: number
}

export interface MatrixOptions {
  readonly engine: BlockEngine
  readonly signal: AbortSignal
  /** Rows of up to so many bytes are kept between passes. */
  readonly keepBytes: number
  /** True: every trajectory is brought to length 1. */
  readonly isUnit: boolean
}

/** A checkpoint's rows as the passes read them, and as whole numbers of float32. */
interface Part {
  readonly source: BlockSource
  readonly root: number
  readonly share: number
  /** Where its numbers begin in a trajectory. */
  readonly from: number
  /** Places of the dictionary as float32, row-major. */
  readSome(places: Uint32Array): Promise<Float32Array>
}

/**
 * The dictionary of some rows, in this order. Yields rows measured. Throws the signal's reason and
 * what reading throws.
 */
export async function* openMatrices(
  checkpoints: readonly MatrixCheckpoint[],
  rows: Uint32Array,
  options: MatrixOptions
): AsyncGenerator<number, GradientDictionary, void> {
  const parts = await openParts(checkpoints, rows, options)
  const facts = yield* measure(parts, rows.length, options)
  const { scale } = facts
  const size = parts.reduce((sum, { source }) => sum + source.columns, 0)
  return { ...facts, size, ...operations(parts, rows.length, size, scale, options) }
}

async function openParts(
  checkpoints: readonly MatrixCheckpoint[],
  rows: Uint32Array,
  { engine, signal, keepBytes }: MatrixOptions
): Promise<Part[]> {
  const bytesOf = ({ rows: source }: MatrixCheckpoint): number =>
    rows.length * source.columns * (readType(source, engine.types) === 'float16' ? 2 : 4)
  const isKept = checkpoints.reduce((sum, one) => sum + bytesOf(one), 0) <= keepBytes
  const parts: Part[] = []
  let from = 0
  for (const { rows: source, share } of checkpoints) {
    const view = pickRows(source, rows)
    const readSome = (places: Uint32Array): Promise<Float32Array> =>
      source.readRows(places.map((place) => rows[place]))
    const kept = isKept ? await keep(view, engine, signal) : view
    parts.push({ source: kept, root: Math.sqrt(share), share, from, readSome })
    from += source.columns
  }
  return parts
}

/** Row i of the view is row rows[i]. */
function pickRows(source: FeatureSource, rows: Uint32Array): BlockSource {
  const { columns, raw } = source
  const isWhole = rows.length === source.rows && rows.every((row, i) => row === i)
  return {
    rows: rows.length,
    columns,
    readBlock(start, count) {
      const block = rows.subarray(start, start + count)
      const isRun = block.every((row, i) => i === 0 || row === block[i - 1] + 1)
      return isRun && count > 0 ? source.readBlock(block[0], count) : source.readRows(block)
    },
    raw: raw === undefined || isWhole ? raw : pickedRaw(raw, columns, rows)
  }
}

/** The same rows from memory, as the engine takes them. */
async function keep(
  source: BlockSource,
  engine: BlockEngine,
  signal: AbortSignal
): Promise<BlockSource> {
  const type = readType(source, engine.types)
  const { rows, columns } = source
  const values: RowValues = rowBuffer(type, rows * columns)
  for await (const block of readAhead(source, type, 1, signal)) {
    // Both are of the kind that was asked for.
    const own = block.values.subarray(0, block.count * columns) as Float32Array
    values.set(own, block.first * columns)
  }
  const bytes = new Uint8Array(values.buffer)
  const rowBytes = rows === 0 ? 0 : bytes.length / rows
  return {
    rows,
    columns,
    readBlock: source.readBlock,
    raw: {
      type,
      readInto(start, count, into) {
        into.set(bytes.subarray(start * rowBytes, (start + count) * rowBytes))
        return Promise.resolve()
      }
    }
  }
}

/** What the first pass finds; `scale` is what every trajectory is multiplied with. */
type Facts = Pick<GradientDictionary, 'squares' | 'isBad' | 'keys' | 'notFinite' | 'zero'> & {
  readonly scale: Float32Array | undefined
}

/** Directions whose products tell copies apart: equal rows have equal products, to the last bit. */
const keyDirections = 3

async function* measure(
  parts: readonly Part[],
  count: number,
  { engine, signal, isUnit }: MatrixOptions
): AsyncGenerator<number, Facts, void> {
  const squares = new Float32Array(count)
  const isBad = new Uint8Array(count)
  const high = new Uint32Array(count).fill(0x9e3779b9)
  const low = new Uint32Array(count).fill(0x243f6a88)
  for (const [p, { source, share }] of parts.entries()) {
    const random = createRandom(p).fork('copies')
    const values = new Float32Array(keyDirections * source.columns).map(() => random.normal())
    const run = scoreRows(source, { values, count: keyDirections }, { engine, signal })
    for await (const { first, count: taken, scores, norms } of run) {
      const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length)
      for (let i = 0; i < taken; i++) {
        const row = first + i
        if (Number.isFinite(norms[i])) squares[row] += share * norms[i] * norms[i]
        else isBad[row] = 1
        for (let k = 0; k < keyDirections; k++) {
          high[row] = mix32(high[row] ^ bits[k * taken + i])
          low[row] = mix32(low[row] + Math.imul(bits[k * taken + i], 0x85ebca6b))
        }
      }
      yield Math.floor((p * count + first + taken) / parts.length)
    }
  }
  for (let row = 0; row < count; row++) if (isBad[row] === 1) squares[row] = 0
  const keys = Float64Array.from(high, (value, row) => value * 0x100000 + (low[row] & 0xfffff))
  const counted = (test: (row: number) => boolean): number =>
    isBad.reduce((sum, _, row) => sum + (test(row) ? 1 : 0), 0)
  const notFinite = counted((row) => isBad[row] === 1)
  const zero = counted((row) => isBad[row] === 0 && squares[row] === 0)
  if (!isUnit) return { squares, isBad, keys, notFinite, zero, scale: undefined }
  const scale = squares.map((value) => (value > 0 ? 1 / Math.sqrt(value) : 0))
  const units = squares.map((value) => (value > 0 ? 1 : 0))
  return { squares: units, isBad, keys, notFinite, zero, scale }
}

function operations(
  parts: readonly Part[],
  count: number,
  size: number,
  scale: Float32Array | undefined,
  { engine, signal }: MatrixOptions
): Omit<Dictionary, 'squares'> {
  const scaleOf = (place: number): number => (scale === undefined ? 1 : scale[place])
  return {
    count,
    async *products(vector) {
      const out = new Float32Array(count)
      for (const [p, { source, root, from }] of parts.entries()) {
        const own = vector.subarray(from, from + source.columns)
        const values = Float32Array.from(own, (value) => root * value)
        const run = scoreRows(source, { values, count: 1 }, { engine, signal })
        for await (const { first, count: taken, scores } of run) {
          for (let i = 0; i < taken; i++) out[first + i] += scores[i]
          yield Math.floor((p * count + first + taken) / parts.length)
        }
      }
      for (let row = 0; row < count; row++)
        // A row that is no number has no product.
        out[row] = Number.isFinite(out[row]) ? out[row] * scaleOf(row) : 0
      return out
    },
    async gram(columns, others) {
      const right = others ?? columns
      const out = new Float32Array(columns.length * right.length)
      for (const part of parts) {
        const values =
          others === undefined
            ? await gramMatrix(part.source, { engine, signal, rows: columns })
            : await crossProducts(part, columns, others, engine, signal)
        for (let i = 0; i < out.length; i++) out[i] += part.share * values[i]
      }
      if (scale !== undefined)
        columns.forEach((a, i) =>
          right.forEach((b, j) => (out[i * right.length + j] *= scaleOf(a) * scaleOf(b)))
        )
      return out
    },
    async combine(columns, weights) {
      const sum = new Float64Array(size)
      for (const part of parts) await addRows(part, columns, weights, scaleOf, sum, signal)
      return sum
    }
  }
}

/** Rows that stand as directions at once: 21 MB of 5,120 numbers. */
const mostDirections = 1024

/** Products of some rows with some others, columns x others: the fewer stand as directions. */
async function crossProducts(
  part: Part,
  columns: Uint32Array,
  others: Uint32Array,
  engine: BlockEngine,
  signal: AbortSignal
): Promise<Float32Array> {
  const out = new Float32Array(columns.length * others.length)
  const isTurned = others.length < columns.length
  const [few, many] = isTurned ? [others, columns] : [columns, others]
  if (out.length === 0) return out
  const view = listed(part, many)
  for (let from = 0; from < few.length; from += mostDirections) {
    const places = few.subarray(from, from + mostDirections)
    const directions = { values: await part.readSome(places), count: places.length }
    for await (const block of scoreRows(view, directions, { engine, signal }))
      for (let a = 0; a < places.length; a++)
        for (let i = 0; i < block.count; i++) {
          const [left, right] = isTurned ? [block.first + i, from + a] : [from + a, block.first + i]
          out[left * others.length + right] = block.scores[a * block.count + i]
        }
  }
  return out
}

/** Some of a part's rows, as they are kept. */
function listed({ source, readSome }: Part, places: Uint32Array): BlockSource {
  const { columns, raw } = source
  return {
    rows: places.length,
    columns,
    readBlock: (start, count) => readSome(places.subarray(start, start + count)),
    raw: raw === undefined ? raw : pickedRaw(raw, columns, places)
  }
}

/** Bytes of rows that are summed up at once. */
const sumBytes = 8 << 20

/** Adds sum of weights[i] sqrt(share) G[columns[i]] to the trajectory's own numbers. */
async function addRows(
  { source, root, from, readSome }: Part,
  columns: Uint32Array,
  weights: Float64Array,
  scaleOf: (place: number) => number,
  sum: Float64Array,
  signal: AbortSignal
): Promise<void> {
  const width = source.columns
  const step = Math.max(1, Math.floor(sumBytes / (4 * Math.max(1, width))))
  const own = sum.subarray(from, from + width)
  for (let start = 0; start < columns.length; start += step) {
    signal.throwIfAborted()
    const places = columns.subarray(start, start + step)
    const isRun = places.every((place, i) => i === 0 || place === places[i - 1] + 1)
    const values = isRun ? await source.readBlock(places[0], places.length) : await readSome(places)
    for (let i = 0; i < places.length; i++) {
      const weight = root * weights[start + i] * scaleOf(places[i])
      const at = i * width
      for (let j = 0; j < width; j++) own[j] += weight * values[at + j]
    }
  }
}
