// Records in files of other programs: workbooks, Parquet, Arrow, JSON, conversations, dataset folders.
import type { Random } from '../../src-main/core/compute/random.ts'
import {
  arrowBytes,
  arrowOf,
  arrowTable,
  labelledPictures,
  parquetOf,
  smallRows,
  workbookOf
} from '../../src-main/core/datasets/testing/record-fixtures.ts'
import { pngOf } from '../../src-main/core/datasets/testing/fixtures.ts'
import { rawZip } from '../../src-main/core/files/testing/raw-zip.ts'
import {
  anyValue,
  changeValue,
  damage,
  oddNumber,
  oddText,
  once,
  oneOf,
  pieces,
  type Value
} from '../mutate.ts'
import type { FuzzTarget } from '../target.ts'
import { sourceTarget, type Files } from './source-target.ts'

const rows = smallRows(14)

const xml = [
  ...['<row r="1">', '</row>', '<c r="A1" t="s">', '<c r="B1">', '<c t="inlineStr">', '</c>'],
  ...['<v>1</v>', '<v>', '</v>', '<is><t>', '</t></is>', '<t xml:space="preserve"> a</t>', '&amp;'],
  ...['&#0;', '&#x110000;', '&lol;', '<!--', '-->', '<![CDATA[', ']]>', '<?xml?>', '<', '>', '/>'],
  ...['<mergeCell ref="A1:B2"/>', 't="d"', 't="e"', 't="b"', 's="999"', 'r="ZZZ9999999"', 'r=""'],
  ...['<f>1+1</f>', '44197', '1e999', 'text', '"', "'", ' ', '\u0000', '<row r="4294967295"/>']
]
const sheetStart = '<worksheet><sheetData>'
const sheetEnd = '</sheetData></worksheet>'

function workbook(random: Random): Files {
  const sheet = sheetStart + pieces(random, xml, 60) + (once(random, 5) ? '' : sheetEnd)
  const shared = `<sst>${pieces(random, ['<si><t>a</t></si>', '<si>', '<r><t>x</t></r>', '</si>'], 10)}</sst>`
  const styles = `<styleSheet><numFmts>${pieces(random, ['<numFmt numFmtId="164" formatCode="yyyy-mm-dd"/>', '<numFmt numFmtId="-1" formatCode="[h]"/>'], 3)}</numFmts><cellXfs>${pieces(random, ['<xf numFmtId="14"/>', '<xf numFmtId="164"/>', '<xf/>'], 5)}</cellXfs></styleSheet>`
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': oneOf(random, [
      '<workbook><workbookPr date1904="1"/><sheets><sheet name="S" r:id="a"/><sheet name="T" r:id="b"/></sheets></workbook>',
      '<workbook><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
      '<workbook><sheets><sheet r:id="a"/><sheet name="" r:id=""/></sheets></workbook>'
    ]),
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="a" Type="x/worksheet" Target="${oneOf(random, ['one.xml', '/xl/one.xml', '../xl/one.xml', 'nothing.xml', '../../etc/passwd'])}"/><Relationship Id="b" Type="x/worksheet" Target="two.xml"/></Relationships>`,
    'xl/one.xml': sheet,
    'xl/two.xml': sheetStart + pieces(random, xml, 20) + sheetEnd,
    'xl/sharedStrings.xml': shared,
    'xl/styles.xml': styles
  }
  for (const name of Object.keys(parts)) if (once(random, 20)) Reflect.deleteProperty(parts, name)
  const entries = Object.entries(parts).map(([name, text]) => ({
    name,
    data: once(random, 12) ? damage(random, Buffer.from(text)) : text,
    method: once(random, 3) ? (0 as const) : (8 as const),
    ...(once(random, 40) ? { claimedSize: oddNumber(random) } : {})
  }))
  return { x: rawZip(entries) }
}

const fields = [
  ...['messages', 'conversations', 'from', 'value', 'role', 'content', 'instruction', 'input'],
  ...[
    'output',
    'history',
    'system',
    'image',
    'images',
    'tool_calls',
    'tool_call_id',
    'text',
    'label'
  ],
  ...[
    'id',
    'split',
    'human',
    'gpt',
    'user',
    'assistant',
    'tool',
    '<image>',
    'type',
    'image_url',
    'url'
  ]
]

const chats: readonly Value[] = [
  { messages: [turn('user', 'Hello'), turn('assistant', 'Hi.')], id: '1' },
  { messages: [turn('system', 'Be kind'), turn('user', [{ type: 'text', text: 'a' }])] },
  {
    messages: [
      turn('user', 'Sum?'),
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'add', arguments: '{"a":1}' } }]
      },
      { role: 'tool', tool_call_id: 'c', content: '2' }
    ]
  },
  { conversations: [said('human', 'Look <image>'), said('gpt', 'A cat')], image: 'a.png' },
  {
    conversations: [said('human', '<image><image>'), said('gpt', 'Two')],
    image: ['a.png', 'b.png']
  },
  { instruction: 'Add', input: '1 2', output: '3', history: [['a', 'b']] }
]

function turn(role: string, content: Value): Value {
  return { role, content }
}
function said(from: string, value: Value): Value {
  return { from, value }
}

function listOf(random: Random, seeds: readonly Value[]): Value[] {
  return Array.from({ length: 1 + random.below(12) }, () => {
    const seed = oneOf(random, seeds)
    return once(random, 3) ? changeValue(random, seed, fields) : seed
  })
}

function written(random: Random, list: readonly Value[]): string {
  switch (random.below(6)) {
    case 0:
      return JSON.stringify(list)
    case 1:
      return JSON.stringify(list, undefined, 1)
    case 2:
      return JSON.stringify({ [oneOf(random, ['data', 'rows', 'x'])]: list, n: 1 })
    case 3:
      return list.map((value) => JSON.stringify(value)).join('\r\n')
    default:
      return `${list.map((value) => JSON.stringify(value)).join('\n')}\n`
  }
}

const jsonPieces = [
  ...['{', '}', '[', ']', ',', ':', '"a"', '"', '\\', '\\u', '\\ud800', '1', '-', '1e999', 'true'],
  ...['null', 'nul', ' ', '\n', '"messages"', '"text"', '\ufeff', '//', 'NaN', "'", '\u0000', 'é']
]

const plainRows: readonly Value[] = rows.map((row) => ({ ...row, tags: [...row.tags] }))

/** JSON and JSON Lines. */
export const jsonTarget: FuzzTarget = sourceTarget({
  name: 'json',
  about: 'JSON and JSON Lines of any values, nesting and damage',
  shortCases: 100,
  mayBePacked: true,
  words: jsonPieces,
  seeds: () =>
    Promise.resolve([
      { x: JSON.stringify(rows, undefined, 1) },
      { x: JSON.stringify({ data: rows, n: 1 }) },
      { x: rows.map((row) => JSON.stringify(row)).join('\n') }
    ]),
  makers: [
    (random) => ({ x: written(random, listOf(random, plainRows)) }),
    (random) => ({
      x: written(
        random,
        Array.from({ length: random.below(6) }, () => anyValue(random, fields, 4))
      )
    }),
    (random) => ({ x: pieces(random, jsonPieces, 60) }),
    (random) => ({ x: oneOf(random, ['[', '{"a":', '[{"a":']).repeat(random.below(3000)) })
  ]
})

/** Conversations. */
export const chatsTarget: FuzzTarget = sourceTarget({
  name: 'chats',
  about: 'Conversations of four shapes, mixed, with wrong fields, with pictures that are not there',
  shortCases: 80,
  mayBePacked: true,
  words: fields,
  seeds: () => Promise.resolve(chats.map((chat) => ({ x: written1(chat) }))),
  makers: [
    (random) => ({ x: written(random, listOf(random, chats)) }),
    (random) => ({ x: written(random, listOf(random, [oneOf(random, chats)])) })
  ]
})

function written1(value: Value): string {
  return Array.from({ length: 4 }, () => JSON.stringify(value)).join('\n')
}

/** Workbooks. */
export const workbooksTarget: FuzzTarget = sourceTarget({
  name: 'workbooks',
  about: 'Excel workbooks: parts in any form, lies in the archive, damage',
  shortCases: 60,
  words: xml,
  seeds: async () => [{ x: await workbookOf(rows) }],
  makers: [workbook, workbook]
})

/** Parquet. */
export const parquetTarget: FuzzTarget = sourceTarget({
  name: 'parquet',
  about: 'Parquet: damage to footers, page headers, levels and values',
  shortCases: 120,
  words: ['PAR1', 'PARE', Buffer.from([0x15, 0x02]), Buffer.from([0x19, 0xfc])],
  seeds: async () => [
    { x: parquetOf(rows) },
    { x: parquetOf(smallRows(3), 100) },
    { x: parquetOf(smallRows(60), 10) }
  ],
  makers: [
    // The footer's length made to fit after damage inside it.
    (random) => {
      const bytes = parquetOf(smallRows(1 + random.below(20)), 1 + random.below(9))
      const length = bytes.readUInt32LE(bytes.length - 8)
      const start = bytes.length - 8 - length
      const footer = damage(random, bytes.subarray(start, -8))
      const end = Buffer.alloc(8)
      end.writeUInt32LE(footer.length)
      end.write('PAR1', 4)
      return { x: Buffer.concat([bytes.subarray(0, start), footer, end]) }
    }
  ]
})

async function hfFolder(): Promise<Files> {
  const pictures = await Promise.all([1, 2, 3, 4].map((tint) => pngOf(tint)))
  const table = arrowTable(
    labelledPictures(['cat', 'dog']),
    pictures.map((bytes, i) => ({
      image: { bytes, path: i === 0 ? null : `p${i}.png` },
      label: i % 2
    }))
  )
  return {
    'dataset_info.json': JSON.stringify({
      features: {
        image: { _type: 'Image' },
        label: { names: ['cat', 'dog'], _type: 'ClassLabel' }
      },
      splits: { train: { num_examples: 4 } }
    }),
    'state.json': JSON.stringify({
      _data_files: [{ filename: 'data-00000-of-00001.arrow' }],
      _split: 'train'
    }),
    'data-00000-of-00001.arrow': arrowBytes(table)
  }
}

/** Arrow files and dataset folders. */
export const arrowTarget: FuzzTarget = sourceTarget({
  name: 'arrow',
  about: 'Arrow streams and files, folders of the datasets library with their descriptions',
  shortCases: 100,
  words: ['ARROW1', Buffer.from([255, 255, 255, 255])],
  seeds: async () => [
    { x: arrowOf(rows) },
    { x: arrowOf(rows, 'file') },
    await hfFolder(),
    { 'dataset_dict.json': '{"splits": ["train"]}', ...below('train', await hfFolder()) },
    { 'data/train-00000-of-00001.parquet': parquetOf(rows), 'README.md': '# x' }
  ],
  makers: [
    async (random) => {
      const files: Record<string, string | Uint8Array> = { ...(await hfFolder()) }
      for (const name of ['dataset_info.json', 'state.json'])
        files[name] = JSON.stringify(
          changeValue(random, JSON.parse(String(files[name])) as Value, [
            ...['features', 'names', '_type', 'ClassLabel', 'Image', '_data_files', 'filename'],
            oddText(random)
          ])
        )
      return files
    }
  ]
})

function below(folder: string, files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content])
  )
}
