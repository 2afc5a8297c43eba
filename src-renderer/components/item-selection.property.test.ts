// The selection against a plain set of rows: some, or all but some, is the same to whoever asks.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noFilter } from '@api/dto/browse.ts'
import {
  allSelected,
  inverted,
  isSelected,
  noneSelected,
  scopeOf,
  selectedCount,
  withRows
} from './item-selection.ts'

const total = 40
const everything = Array.from({ length: total }, (_, row) => row)
const anyRows = fc.array(fc.nat(total - 1), { maxLength: 15 })
const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('rows' as const), rows: anyRows, isIn: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('all' as const, 'none' as const, 'invert' as const) })
)

describe('a selection', () => {
  it('holds the rows a set would hold', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 30 }), (steps) => {
        let selection = noneSelected
        let model = new Set<number>()
        for (const step of steps) {
          if (step.kind === 'rows') {
            selection = withRows(selection, step.rows, step.isIn)
            for (const row of step.rows) {
              if (step.isIn) model.add(row)
              else model.delete(row)
            }
          } else if (step.kind === 'all') {
            selection = allSelected
            model = new Set(everything)
          } else if (step.kind === 'none') {
            selection = noneSelected
            model = new Set()
          } else {
            selection = inverted(selection)
            model = new Set(everything.filter((row) => !model.has(row)))
          }
          expect(everything.filter((row) => isSelected(selection, row))).toEqual(
            everything.filter((row) => model.has(row))
          )
          expect(selectedCount(selection, total)).toBe(model.size)
          const scope = scopeOf(selection, noFilter)
          const named =
            scope.kind === 'rows'
              ? [...scope.rows]
              : everything.filter((row) => !scope.except.includes(row))
          expect(named).toEqual(everything.filter((row) => model.has(row)))
        }
      })
    )
  })

  it('changes nothing it was made from', () => {
    const first = withRows(noneSelected, [1, 2], true)
    withRows(first, [3], true)
    expect([...first.rows]).toEqual([1, 2])
    expect(noneSelected.rows.size).toBe(0)
    expect(allSelected.rows.size).toBe(0)
  })

  it('names all that match without naming them', () => {
    const filter = { ...noFilter, labels: ['boot'] }
    const selection = withRows(allSelected, [7], false)
    expect(scopeOf(selection, filter)).toEqual({ kind: 'filter', filter, except: [7] })
    expect(selectedCount(selection, 1_000_000)).toBe(999_999)
  })
})
