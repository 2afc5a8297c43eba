// What the distillation grid measured, kept in a file, so that a grid can be stopped, gone on with and
// widened by a new method.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DistilledSet } from '../../../src-main/core/methods/distillation/distillation-method.ts'

/** One measured cell: a set made once, and students of it. */
export interface Cell {
  readonly seed: number
  readonly perClass: number
  /** Id of a method, "random" or "all". */
  readonly method: string
  readonly version: number
  /** Test accuracy 0..1 of students with the set's own recipe, and with plain labels. */
  readonly own01: number
  readonly plain01: number
  /** By the kernel model that the set is made for; null for sets that networks learn from. */
  readonly kernel01: number | null
  readonly items: number
  readonly bytes: number
  /** Epochs of a student. */
  readonly epochs: number
  /** Seconds to make the set, to train its helper models (once for all sets), and of one student. */
  readonly makeSeconds: number
  readonly helperSeconds: number
  readonly studentSeconds: number
  readonly consumer: DistilledSet['consumer']
  readonly device: string
}

/** Cells of one setting, kept in a file. */
export class Cells {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  get all(): readonly Cell[] {
    return existsSync(this.#path) ? (JSON.parse(readFileSync(this.#path, 'utf8')) as Cell[]) : []
  }

  has({
    seed,
    perClass,
    method,
    version
  }: Pick<Cell, 'seed' | 'perClass' | 'method' | 'version'>): boolean {
    return this.all.some(
      (cell) =>
        cell.seed === seed &&
        cell.perClass === perClass &&
        cell.method === method &&
        cell.version === version
    )
  }

  add(cell: Cell): void {
    // Another process may have measured other methods in the meantime.
    const cells = [...this.all, cell]
    mkdirSync(dirname(this.#path), { recursive: true })
    const part = `${this.#path}.${process.pid}.part`
    writeFileSync(part, `${JSON.stringify(cells)}\n`)
    renameSync(part, this.#path)
  }
}
