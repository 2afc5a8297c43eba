// Tables of text: separators, quotes, line ends and encodings in any order, and tables written by a
// small writer of its own that must come back as they were.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Random } from '../../src-main/core/compute/random.ts'
import { readAll } from '../../src-main/core/datasets/testing/fixtures.ts'
import { oddText, once, oneOf, pieces } from '../mutate.ts'
import { Broken, type FuzzTarget } from '../target.ts'
import { sourceTarget, type Files } from './source-target.ts'

const parts = [
  ...['"', '""', ',', ';', '\t', '|', '\n', '\r\n', '\r', 'a', 'text', 'label', 'split', 'test'],
  ...[
    '1,5',
    '1.5',
    '007',
    ' ',
    '\ufffd',
    'é',
    '\u0000',
    '{',
    '}',
    ':',
    '[',
    ']',
    '\\',
    'true',
    '#'
  ],
  ...['-', '1e9', '=cmd', '\ufeff', "'", '2026-01-02', 'id,text,label\n', '1,"a b",x\n', '\u2028']
]

function encoded(random: Random, text: string): Buffer {
  switch (random.below(8)) {
    case 0:
      return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
    case 1:
      return Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()])
    case 2:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])
    case 3:
      return Buffer.from(text, 'latin1')
    // Two encodings in one file.
    case 4:
      return Buffer.concat([Buffer.from(text), Buffer.from(`${text}é`, 'latin1')])
    case 5:
      return Buffer.from(text, 'utf16le')
    default:
      return Buffer.from(text)
  }
}

function table(random: Random): Files {
  const separator = oneOf(random, [',', ';', '\t', '|'])
  const end = oneOf(random, ['\n', '\r\n', '\r'])
  const columns = 1 + random.below(once(random, 30) ? 200 : 6)
  const cell = (): string => {
    const text = once(random, 4)
      ? oddText(random)
      : oneOf(random, ['a', 'b', '1', '2.5', '3,5', 'yes'])
    if (once(random, 20)) return `"${text}`
    return /["\n\r,;\t|]/.test(text) || once(random, 5) ? `"${text.replaceAll('"', '""')}"` : text
  }
  const names = Array.from({ length: columns }, (_, i) =>
    once(random, 8) ? 'text' : oneOf(random, [`c${i}`, 'label', 'id', 'split', 'text', ''])
  )
  const rows = Array.from({ length: random.below(40) }, () =>
    Array.from({ length: once(random, 15) ? random.below(9) : columns }, cell).join(separator)
  )
  return { x: encoded(random, [names.join(separator), ...rows].join(end)) }
}

const readers = sourceTarget({
  name: 'tables',
  about: 'CSV and TSV of any form and encoding; what a writer wrote comes back',
  shortCases: 150,
  mayBePacked: true,
  words: parts,
  seeds: () =>
    Promise.resolve([
      { x: 'id,text,label\n1,"one, two",a\n2,"say ""hi""\nthere",b\n3,three,a\n' },
      { x: 'a;b;c\n1,5;x;2026-01-02\n2,5;y;2026-01-03\n' },
      { x: 'text\tlabel\tsplit\nhello\tx\ttrain\nworld\ty\ttest\n' },
      { x: '1,2,3\n4,5,6\n7,8,9\n' },
      { x: Buffer.from('\ufefftext,label\nä,ö\nü,ß\n', 'utf16le') }
    ]),
  makers: [table, (random) => ({ x: encoded(random, pieces(random, parts, 80)) })]
})

async function roundTrip(random: Random, path: string): Promise<string> {
  const separator = oneOf(random, [',', ';', '\t', '|'])
  const end = oneOf(random, ['\n', '\r\n'])
  const texts = ['x', 'ü', '"', ',', ';', '\n', '\r\n', '\t', ' ', '|', '7', '\u2028', '🙂', "'"]
  const rows = Array.from({ length: 1 + random.below(20) }, () => ({
    text: `a${pieces(random, texts, 8)}b`,
    label: oneOf(random, ['one', 'two', 'three'])
  }))
  const quote = (text: string): string =>
    once(random, 3) || /["\r\n]/.test(text) || text.includes(separator)
      ? `"${text.replaceAll('"', '""')}"`
      : text
  const lines = rows.map(({ text, label }) => `${quote(text)}${separator}${label}`)
  const written = [`text${separator}label`, ...lines].join(end) + (once(random, 2) ? end : '')
  await writeFile(path, written)
  const read = await readAll(path, {
    roles: { text: 'text', label: 'label' },
    delimiter: separator,
    hasHeader: true,
    encoding: 'utf-8'
  })
  const back = read.items.map(({ text, label }) => ({ text, label: read.plan.classNames[label] }))
  if (read.problems.length > 0 || JSON.stringify(back) !== JSON.stringify(rows))
    throw new Broken('a table did not come back as it was written', { input: written })
  return 'came back'
}

/** Tables of text. */
export const tablesTarget: FuzzTarget = {
  ...readers,
  async open(folder) {
    const open = await readers.open(folder)
    return {
      run: (random) =>
        once(random, 6) ? roundTrip(random, join(folder, 'written')) : open.run(random),
      close: () => open.close()
    }
  }
}
