// Which character separates the cells of a table.
import { describe, expect, it } from 'vitest'
import { csvRows, sniffCsv } from './csv-rows.ts'
import type { TextPiece } from './text-decode.ts'

const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n')

describe('the delimiter', () => {
  it.each([
    ['commas', ',', `a,b,c\n${lines(50, (n) => `${n},x,y`)}`],
    ['semicolons with decimal commas', ';', `a;b\n${lines(50, (n) => `${n},5;${n},25`)}`],
    ['tabs around sentences', '\t', `a\tb\n${lines(50, (n) => `${n}\tone, two; three`)}`],
    [
      'commas, with a semicolon in a quoted sentence of every row',
      ',',
      `id,reason,from\n${lines(50, (n) => `${n},"Kept, as asked; by lot.",row ${n}`)}`
    ],
    [
      'semicolons, with a comma in a quoted sentence of every row',
      ';',
      `id;reason;from\n${lines(50, (n) => `${n};"Kept, as asked";row ${n}`)}`
    ]
  ])('%s', (_, delimiter, text) => {
    expect(sniffCsv(text, true).delimiter).toBe(delimiter)
  })
})

// Found by fuzzing: with nothing to separate by, the parser never came to an end.
it.each(['', '"', '\n', '\r', '\uFEFF', 'a\n'])('%j is no separator', async (delimiter) => {
  async function* pieces(): AsyncGenerator<TextPiece> {
    yield { text: 'a,b\n1,2\n', bytesRead: 8, isLast: true, hasBadBytes: false }
  }
  const blocks = csvRows(pieces(), { delimiter, newline: '\n' })
  await expect(blocks.next()).rejects.toMatchObject({ code: 'invalid-input' })
})
