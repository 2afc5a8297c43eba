// Steps people made on a dataset, each with what it changed, so that it can be taken back.
import type { Database } from 'better-sqlite3'
import type { JsonValue } from '../../api/dto/common.ts'
import type { EditStep } from '../../api/dto/edits.ts'
import { fromBlob, toBlob } from './packed-arrays.ts'
import type { EditRepository } from './records.ts'
import { storedJson } from './stored-values.ts'

// States of a step.
const inForce = 0
const undone = 1
const unfinished = 2

interface StepRow {
  readonly number: number
  readonly at: number
  readonly kind: string
  readonly sentence: string
  readonly changed: number
  readonly undone: number
}
interface EditRow extends StepRow {
  readonly change: string
  readonly rows: Buffer
  readonly before: string
}

function toStep(row: StepRow): EditStep {
  const { number, at, sentence, changed } = row
  // Written by `append` from the same type.
  const kind = row.kind as EditStep['kind']
  return { number, at, kind, sentence, changed, isUndone: row.undone !== inForce }
}

/** Repository over `edits`. */
export function createEditRepository(db: Database): EditRepository {
  const step = 'number, at, kind, sentence, changed, undone'
  const insert = db.prepare(
    `INSERT INTO edits (dataset, ${step}, change, rows, before)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  )
  const list = db.prepare<[string], StepRow>(
    `SELECT ${step} FROM edits WHERE dataset = ? ORDER BY number`
  )
  const get = db.prepare<[string, number], EditRow>(
    `SELECT ${step}, change, rows, before FROM edits WHERE dataset = ? AND number = ?`
  )
  const setState = db.prepare('UPDATE edits SET undone = ? WHERE dataset = ? AND number = ?')
  const dropUndone = db.prepare(`DELETE FROM edits WHERE dataset = ? AND undone = ${undone}`)
  const listUnfinished = db.prepare<[], { dataset: string; number: number }>(
    `SELECT dataset, number FROM edits WHERE undone = ${unfinished} ORDER BY dataset, number DESC`
  )
  return {
    append: (dataset, it) =>
      void insert.run(
        dataset,
        it.number,
        it.at,
        it.kind,
        it.sentence,
        it.changed,
        it.isUndone ? undone : inForce,
        JSON.stringify(it.change),
        toBlob(it.rows),
        JSON.stringify(it.before)
      ),
    list: (dataset) => list.all(dataset).map(toStep),
    get(dataset, number) {
      const row = get.get(dataset, number)
      return (
        row && {
          ...toStep(row),
          change: storedJson(row.change) as JsonValue,
          rows: fromBlob(row.rows, Uint32Array),
          before: storedJson(row.before) as JsonValue
        }
      )
    },
    setUndone: (dataset, number, isUndone) =>
      void setState.run(isUndone ? undone : inForce, dataset, number),
    setUnfinished: (dataset, number) => void setState.run(unfinished, dataset, number),
    unfinished: () => listUnfinished.all(),
    dropUndone: (dataset) => void dropUndone.run(dataset)
  }
}
