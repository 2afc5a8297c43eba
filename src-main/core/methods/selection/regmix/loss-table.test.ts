import { describe, expect, it } from 'vitest'
import { readLossTable } from './loss-table.ts'

const names = ['web', 'books, old', 'code']

/** Eight runs; lines may be exchanged. */
function text(changes: Readonly<Record<number, string>> = {}, header?: string): string {
  const lines = [header ?? 'code,web,"books, old",loss,other loss']
  for (let run = 0; run < 8; run++)
    lines.push(`${0.1 * run},0.3,${(0.7 - 0.1 * run).toFixed(1)},${run},2.5`)
  for (const [line, value] of Object.entries(changes)) lines[Number(line) - 1] = value
  return lines.join('\n')
}

const failure = (table: string): string => {
  try {
    readLossTable(table, names)
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  return 'read'
}

describe('a pasted loss table', () => {
  it('gives shares in the order of the sources, and losses', () => {
    const { mixtures, lossNames, losses } = readLossTable(text(), names)
    expect(mixtures.length).toBe(8)
    ;[0.3, 0.5, 0.2].forEach((share, i) => expect(mixtures[2][i]).toBeCloseTo(share, 12))
    expect(lossNames).toEqual(['loss', 'other loss'])
    expect(losses[2]).toEqual([2, 2.5])
  })

  it('may be percentages, with tabs or semicolons, Windows lines, empty lines and quotes', () => {
    const header = 'web;"books, old";code;"the ""real"" loss"'
    const rows = Array.from({ length: 8 }, (_, i) => `30; ${60 - i} ;${10 + i};"1.5e-1"`)
    const table = `\uFEFF${[header, ...rows].join('\r\n')}\r\n\r\n`
    const { mixtures, lossNames, losses } = readLossTable(table, names)
    ;[0.3, 0.6, 0.1].forEach((share, i) => expect(mixtures[0][i]).toBeCloseTo(share, 12))
    expect(lossNames).toEqual(['the "real" loss'])
    expect(losses[7]).toEqual([0.15])
    expect(readLossTable(table.replaceAll(';', '\t'), names).mixtures).toEqual(mixtures)
  })

  it.each([
    [' \n ', 'It is empty.'],
    [text({}, 'web,"books, old",loss,code,x'), 'Line 1, column 3: no source is called "loss".'],
    [text({}, 'web,web,code,x,y'), 'Line 1, column 2: "web" is there twice.'],
    [text({}, 'web,code'), 'Line 1, column 3 has no name; a source is expected there.'],
    [text({}, 'web,code,"books, old"'), 'Line 1: there is no column with losses'],
    [text({}, 'web,code,"books, old",x,x'), 'Line 1, column 5: the loss "x" is there twice.'],
    [text({}, 'web,code,"books, old",x,'), 'Line 1, column 5 has no name.'],
    [text({}, 'web,code,"books, old,x,y'), 'Line 1: a quotation mark is not closed.'],
    [text({}, 'web,code,"books, old"s,x,y'), 'Line 1, column 3: there is text after the closing'],
    [text({ 4: '0.5,0.3,0.2,1' }), 'Line 4 has 4 columns, the header has 5.'],
    [text({ 4: '0.5,0.3,0.2,1,' }), 'Line 4, column 5 ("other loss") is empty.'],
    [
      text({ 5: '0.5,0.3,0.2,abc,1' }),
      'Line 5, column 4 ("loss") holds "abc", which is not a number.'
    ],
    [text({ 5: '0.5,0.3,0.2,NaN,1' }), 'Line 5, column 4 ("loss") holds "NaN"'],
    [text({ 5: '0.5,0.3,0.2,1e999,1' }), 'Line 5, column 4 ("loss") holds "1e999"'],
    [text({ 6: '0.5,0.3,0.1,1,1' }), 'Line 6: the shares add up to 0.9, not to 1 (or 100).'],
    [text({ 6: '1.2,-0.3,0.1,1,1' }), 'Line 6, column 2 ("web") holds the share -0.3.'],
    [text().split('\n').slice(0, 5).join('\n'), 'It holds 4 runs; at least 8 are needed']
  ])('is refused with a plain reason: %#', (table, message) => {
    expect(failure(table)).toContain(message)
  })
})
