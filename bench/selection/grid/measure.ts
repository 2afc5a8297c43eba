// One cell of the selection grid: a method's choice from a drawn pool, and the accuracy of the
// product's check head trained on it. What is measured is kept in a file, so that a grid can be
// stopped, gone on with, and widened by a new method.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Device } from '../../../src-main/core/compute/devices/device.ts'
import { createRandom } from '../../../src-main/core/compute/random.ts'
import { accuracy, checkRecipe, trainHead } from '../../../src-main/core/compute/softmax-head.ts'
import type { FeatureSource } from '../../../src-main/core/features/feature-matrix.ts'
import { nearDuplicates } from '../../../src-main/core/features/similarity.ts'
import type {
  SelectionInputs,
  SelectionMethod,
  TargetTask
} from '../../../src-main/core/methods/method.ts'
import { exampleRows, poolRowsOf, type Pool, type Rows } from './pools.ts'

/** One measured cell. */
export interface Cell {
  readonly seed: number
  /** Percent of the pool's rows that are kept. */
  readonly percent: number
  readonly method: string
  readonly version: number
  readonly accuracy01: number
  readonly kept: number
  readonly seconds: number
}

/** Cells of one pool, kept in a file. */
export class Cells {
  readonly #path: string
  #cells: Cell[]

  constructor(path: string) {
    this.#path = path
    this.#cells = this.#read()
  }

  get all(): readonly Cell[] {
    return this.#cells
  }

  has(seed: number, percent: number, method: string, version: number): boolean {
    return this.#cells.some(
      (cell) =>
        cell.seed === seed &&
        cell.percent === percent &&
        cell.method === method &&
        cell.version === version
    )
  }

  add(cell: Cell): void {
    // Another process may have measured other methods on this pool in the meantime.
    this.#cells = [...this.#read(), cell]
    mkdirSync(dirname(this.#path), { recursive: true })
    const part = `${this.#path}.${process.pid}.part`
    writeFileSync(part, `${JSON.stringify(this.#cells)}\n`)
    renameSync(part, this.#path)
  }

  #read(): Cell[] {
    return existsSync(this.#path) ? (JSON.parse(readFileSync(this.#path, 'utf8')) as Cell[]) : []
  }
}

const signal = new AbortController().signal

/** Rows in memory as a method reads them. */
export function memorySource(rows: Rows, columns: number): FeatureSource {
  const { values } = rows
  return {
    rows: rows.labels.length,
    columns,
    readBlock: (start, count) =>
      Promise.resolve(values.slice(start * columns, (start + count) * columns)),
    readRows(wanted) {
      const out = new Float32Array(wanted.length * columns)
      wanted.forEach((row, i) =>
        out.set(values.subarray(row * columns, (row + 1) * columns), i * columns)
      )
      return Promise.resolve(out)
    },
    close: () => Promise.resolve()
  }
}

/** Rows of the pool that are left when near-duplicates are taken out as the wizard does. */
export async function withoutRepeats(device: Device, pool: Pool): Promise<Uint32Array> {
  const rows = Uint32Array.from(pool.pool.labels, (_, row) => row)
  const source = memorySource(pool.pool, pool.columns)
  const { twins } = await nearDuplicates(device.tf, source, rows, 0.98, signal)
  return rows.filter((row) => twins[row] === row)
}

/** A user's tasks; else one per class, as the wizard makes them. */
export function tasksOf(pool: Pool): TargetTask[] {
  const groups = pool.tasks ?? Array.from({ length: pool.classes }, (_, label) => [label])
  return groups.map((group, i) => {
    const name = `Task ${i + 1}`
    const { values, labels, texts } = exampleRows(pool, group)
    return {
      name,
      importance: 'normal',
      parts: [{ name, features: values, labels, ...(texts === undefined ? {} : { texts }) }]
    }
  })
}

/** True when the method can run on this pool. */
export function isPossible({ inputs }: SelectionMethod, pool: Pool): boolean {
  return (
    inputs.given !== true &&
    inputs.sources !== true &&
    (inputs.texts !== true || pool.pool.texts !== undefined)
  )
}

/** What a method sees of the candidates. */
export function inputsOf(
  method: SelectionMethod,
  pool: Pool,
  candidates: Uint32Array,
  budget: number
): SelectionInputs {
  const rows = poolRowsOf(pool, candidates)
  const aims =
    method.inputs.tasks === true || (method.inputs.tasks === 'if-given' && pool.tasks !== undefined)
  const { texts } = rows
  return {
    features: memorySource(rows, pool.columns),
    labels: rows.labels,
    classNames: Array.from({ length: pool.classes }, (_, label) => `class ${label}`),
    tasks: aims ? tasksOf(pool) : [],
    budget: Math.min(budget, candidates.length),
    rowIds: candidates,
    ...(method.inputs.texts === true && texts !== undefined
      ? {
          texts: {
            rows: texts.length,
            async *blocks() {
              yield { first: 0, texts }
            }
          }
        }
      : {})
  }
}

/** Chosen rows of the pool. */
export async function choose(
  device: Device,
  method: SelectionMethod,
  inputs: SelectionInputs,
  seed: number
): Promise<Uint32Array> {
  const context = {
    random: createRandom(seed).fork(method.id),
    seed,
    signal,
    device,
    resume: undefined
  }
  const run = method.run(context, inputs, method.params.parse({}))
  let step = await run.next()
  while (step.done !== true) step = await run.next()
  const { order, got } = step.value
  return order.slice(0, got).map((i) => inputs.rowIds[i])
}

/** Accuracy 0..1 on the pool's test rows of the check head trained on these rows of the pool. */
export async function judged(device: Device, pool: Pool, rows: Uint32Array): Promise<number> {
  const chosen = poolRowsOf(pool, rows.slice().sort())
  const head = await trainHead(
    device.tf,
    {
      features: chosen.values,
      columns: pool.columns,
      labels: chosen.labels,
      classes: pool.classes
    },
    checkRecipe(0),
    signal
  )
  return accuracy(head, pool.test.values, pool.test.labels)
}
