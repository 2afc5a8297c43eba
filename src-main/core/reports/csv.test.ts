// CSV: what is written is read back by a plain RFC 4180 reader, and no cell can run as a formula.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell, csvLine } from './csv.ts'

/** A reader that shares nothing with the writer: one character at a time. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [['']]
  let isQuoted = false
  for (let i = 0; i < text.length; i++) {
    const row = rows.at(-1)!
    const last = row.length - 1
    const sign = text[i]
    if (isQuoted && sign === '"' && text[i + 1] === '"') row[last] += text[i++]
    else if (sign === '"') isQuoted = !isQuoted
    else if (isQuoted) row[last] += sign
    else if (sign === ',') row.push('')
    else if (sign === '\r' && text[i + 1] === '\n') {
      rows.push([''])
      i++
    } else row[last] += sign
  }
  rows.pop()
  return rows
}

const cell = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', "'", '=', 'a', ' ') })
)

describe('CSV', () => {
  it('comes back as it was, whatever is in a cell', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 6 }),
        (rows) => {
          expect(readCsv(rows.map((row) => csvLine(row, false)).join(''))).toEqual(rows)
        }
      )
    )
  })

  it('has empty cells for nothing and for what is no number', () => {
    expect(csvLine([null, '', Number.NaN, Infinity, -0.5, 1e21], true)).toBe(',,,,-0.5,1e+21\r\n')
  })
})

describe('cells that a spreadsheet would run (F7)', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\uff1d1+1',
    '=cmd|"/c calc"!A1'
  ])('%j gets a quote in front', (text) => {
    const [[read]] = readCsv(`${csvCell(text, true)}\r\n`)
    expect(read).toBe(`'${text}`)
    expect(readCsv(`${csvCell(text, false)}\r\n`)).toEqual([[text]])
  })

  it('never start with a sign that runs', () => {
    const risky = fc
      .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '', 'x'), fc.string())
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(risky, (text) => {
        const [[read]] = readCsv(`${csvCell(text, true)}\r\n`)
        expect(/^[=+\-@\t\r]/.test(read)).toBe(false)
        expect(read === text || read === `'${text}`).toBe(true)
      })
    )
  })

  it('leaves numbers as numbers', () => {
    expect(csvCell(-5, true)).toBe('-5')
  })
})
