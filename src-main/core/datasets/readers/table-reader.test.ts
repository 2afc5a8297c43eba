// CSV, TSV and JSON Lines as people really have them: encodings, delimiters, quotes, headers and
// rows that do not fit.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportOptions } from '../../../api/dto/datasets.ts'
import { ImportPreview } from '../../../api/dto/datasets.ts'
import { previewSource } from '../preview.ts'
import { optionsOf, readAll, type ReadResult } from '../testing/fixtures.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-table-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(content: string | Buffer): Promise<string> {
  const path = join(folder, 'data.bin')
  await writeFile(path, content)
  return path
}
const read = async (
  content: string | Buffer,
  options: Partial<ImportOptions> = {}
): Promise<ReadResult> => readAll(await write(content), options)
const texts = (result: ReadResult): (string | undefined)[] => result.items.map((item) => item.text)
const labels = (result: ReadResult): (string | null)[] =>
  result.items.map((item) => result.plan.classNames[item.label] ?? null)
const roles = (result: ReadResult): string[] =>
  result.plan.columns.map((column) => `${column.name}:${column.role}`)

describe('text and encodings', () => {
  const umlauts = 'text,label\nschöne Grüße aus Köln,a\nüber die Brücke,b\n'
  it.each<[string, Buffer, ImportOptions['encoding']]>([
    ['UTF-8', Buffer.from(umlauts), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${umlauts}`), 'utf-8'],
    ['UTF-16 LE', Buffer.from(`\uFEFF${umlauts}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 BE', Buffer.from(`\uFEFF${umlauts}`, 'utf16le').swap16(), 'utf-16be'],
    ['Windows-1252', Buffer.from(umlauts, 'latin1'), 'windows-1252']
  ])('reads %s', async (_name, bytes, encoding) => {
    const result = await read(bytes)
    expect(texts(result)).toEqual(['schöne Grüße aus Köln', 'über die Brücke'])
    expect(roles(result)).toEqual(['text:text', 'label:label'])
    const preview = await previewSource(join(folder, 'data.bin'), optionsOf())
    expect(preview.options.encoding).toBe(encoding)
    if (encoding === 'windows-1252') expect(preview.sentence).toContain('Windows-1252')
  })

  it('finds the encoding from one letter far into the file', async () => {
    const start = `text,label\n${'plain words only,a\n'.repeat(20_000)}`
    const late = await read(Buffer.from(`${start}ein schöner Satz,b\n`, 'latin1'))
    expect(texts(late).at(-1)).toBe('ein schöner Satz')
    const utf = await read(Buffer.from(`${start}ein schöner Satz,b\n`))
    expect(texts(utf).at(-1)).toBe('ein schöner Satz')
    const preview = await previewSource(join(folder, 'data.bin'), optionsOf())
    expect(ImportPreview.parse(preview).itemsEstimate).toBe(20_001)
  })

  it('lists rows with bytes of another encoding', async () => {
    const result = await read(
      Buffer.concat([
        Buffer.from('text,label\nschön und gut,a\n'),
        Buffer.from('nicht schön hier,a\n', 'latin1'),
        Buffer.from('wieder gut so,b\n')
      ])
    )
    expect(texts(result)).toEqual(['schön und gut', 'wieder gut so'])
    expect(result.problems).toEqual([
      { where: 'Row 3', reason: 'The row holds bytes that do not fit the rest of the file.' }
    ])
    const kept = await read('text,label\nan earlier mishap \uFFFD stays,a\nä fine row,b\n')
    expect(kept.items.length).toBe(2)
  })

  it('reads packed files', async () => {
    const result = await read(gzipSync('text\tlabel\nfirst row here\ta\nsecond row here\tb\n'))
    expect(result.plan.format).toBe('tsv')
    expect(result.items.length).toBe(2)
  })
})

describe('shapes', () => {
  it('reads quoted newlines, delimiters and quotes, with either line end', async () => {
    const rows = [
      'text,label',
      '"one, two\nthree ""four""",a',
      'plain text here,b',
      '"x y z" ,a',
      ''
    ]
    for (const end of ['\n', '\r\n']) {
      const result = await read(rows.join(end))
      expect(texts(result)[0]).toBe('one, two\nthree "four"')
      expect(labels(result)).toEqual(['a', 'b', 'a'])
      expect(result.problems).toEqual([])
    }
    expect((await read('text,label\rold mac row,a\ranother mac row,b\r')).items.length).toBe(2)
  })

  it.each([
    [';', 'csv'],
    ['\t', 'tsv'],
    ['|', 'csv'],
    [',', 'csv']
  ])('finds the delimiter %j', async (delimiter, format) => {
    const rows = ['text', 'label', 'n'].join(delimiter)
    const body = Array.from({ length: 20 }, (_, i) =>
      [`some words in row ${i}`, i % 2 === 0 ? 'x' : 'y', `${i}`].join(delimiter)
    )
    const result = await read([rows, ...body].join('\n'))
    expect(result.plan).toMatchObject({ format, kind: 'text', classNames: ['x', 'y'] })
  })

  it('reads decimal commas', async () => {
    const body = Array.from(
      { length: 12 },
      (_, i) => `${i},5;${1000 + i},25;${i % 2 === 0 ? 'ja' : 'nein'}`
    )
    const result = await read(['breite;hoehe;klasse', ...body].join('\n'), {
      roles: { klasse: 'label' }
    })
    expect(result.plan.kind).toBe('table')
    expect(result.items[3].values).toEqual({ breite: 3.5, hoehe: 1003.25 })
    expect(labels(result)[3]).toBe('nein')
  })

  it('names columns visibly and tells whether there is a header', async () => {
    const twice = await read('text,,text,label\na b c,1,d e f,x\ng h i,2,j k l,y\n')
    expect(twice.plan.columns.map((column) => column.name)).toEqual([
      'text',
      'Column 2',
      'text (2)',
      'label'
    ])
    const none = await read(
      Array.from({ length: 30 }, (_, i) => `${i}.5,${i * 2},${i % 3}`).join('\n')
    )
    expect(none.items.length).toBe(30)
    expect(none.plan.columns.map((column) => column.name)).toEqual([
      'Column 1',
      'Column 2',
      'Column 3'
    ])
    expect(none.plan).toMatchObject({
      kind: 'table',
      labelColumn: 'Column 3',
      classNames: ['0', '1', '2']
    })
    const lines = await read('the first line of text\nthe second line of text\n')
    expect(texts(lines)).toEqual(['the first line of text', 'the second line of text'])
  })

  it('cannot be tricked by names of object properties', async () => {
    const result = await read(
      '__proto__,constructor,toString,text\n1,2,3,some text here\n4,5,6,more text here\n'
    )
    expect(Object.keys(result.items[0].values).sort()).toEqual(['constructor', 'proto', 'toString'])
    const json = await read(
      '{"__proto__": {"x": 1}, "text": "some text here"}\n{"text": "more text here"}\n'
    )
    expect(Object.getPrototypeOf(json.items[0].values)).toBe(Object.prototype)
    expect(json.items.length).toBe(2)
  })

  it('lists rows that do not fit and reads the others', async () => {
    const result = await read(
      `text,label\nfine one here,a\ntoo,many,values\nfine two here,b,,\n,a\nshort row\n"never closed,a\nlost,b\n`
    )
    expect(texts(result)).toEqual(['fine one here', 'fine two here', 'short row'])
    expect(result.problems.map((problem) => problem.where)).toEqual(['Row 3', 'Row 5', 'Row 7'])
    expect(result.problems[2].reason).toContain('never closed')
    expect(result.items[2].label).toBe(-1)
  })

  it('makes no label of rows that are left out', async () => {
    const result = await read('kind,note\na,first note of all\nbroken\nb,second note of all\n', {
      roles: { kind: 'label', note: 'text' }
    })
    expect(result.plan.classNames).toEqual(['a', 'b'])
    expect(labels(result)).toEqual(['a', 'b'])
    expect(result.problems).toHaveLength(1)
  })

  it('takes its columns from the analyst', async () => {
    const content = 'a,b,c\nfirst text here,x,1\nsecond text here,y,2\n'
    const result = await read(content, { roles: { a: 'keep', b: 'text', c: 'label' } })
    expect(texts(result)).toEqual(['x', 'y'])
    expect(labels(result)).toEqual(['1', '2'])
    await expect(read(content, { roles: { z: 'label' } })).rejects.toMatchObject({
      code: 'column-not-found'
    })
    await expect(read(content, { as: 'images' })).rejects.toMatchObject({
      code: 'file-not-recognised'
    })
    await expect(read('a,b\nx,\ny,\n', { roles: { a: 'label' } })).rejects.toMatchObject({
      code: 'nothing-to-import'
    })
  })

  it('makes an existing split, and none of one part alone', async () => {
    const result = await read(
      'text,label,split\nwords one here,a,train\nwords two here,a,TEST\nwords three here,b,val\n'
    )
    expect(result.items.map((item) => item.split)).toEqual(['train', 'test', 'none'])
    const valid = await read('text,label,split\nwords one here,a,train\nwords three here,b,val\n')
    expect(valid.items.map((item) => item.split)).toEqual(['train', 'test'])
    const alone = await read('text,label,split\nwords one here,a,test\nwords three here,b,test\n')
    expect(alone.items.map((item) => item.split)).toEqual(['none', 'none'])
  })

  it('keeps ids out of the identity, and leading zeros in ids', async () => {
    const result = await read(
      'id,text,label,code\n7,same words here,a,007\n7,same words here,b,007\n8,other words here,a,008\n'
    )
    const [first, second, third] = result.items.map((item) =>
      Buffer.from(item.fingerprint).toString('hex')
    )
    expect(first).toBe(second)
    expect(third).not.toBe(first)
    expect(result.items[0].values).toEqual({ code: '007' })
  })
})

describe('JSON Lines', () => {
  it('reads objects, keeps other fields and lists bad lines', async () => {
    const deep = `{"text":${'['.repeat(70)}${']'.repeat(70)}}`
    const lines = [
      '{"text": "hello there world", "label": "a", "n": 1.5, "tags": ["x"]}',
      'not json',
      '[1]',
      deep,
      '',
      '{"text": "good bye world", "label": true, "extra": null}',
      '{"label": "a"}'
    ]
    const result = await read(lines.join('\r\n'), { roles: { label: 'label', text: 'text' } })
    expect(result.plan).toMatchObject({ format: 'jsonl', kind: 'text', classNames: ['a', 'true'] })
    expect(texts(result)).toEqual(['hello there world', 'good bye world'])
    expect(result.items[0].values).toEqual({ n: 1.5, tags: ['x'] })
    expect(result.problems.map((problem) => [problem.where, problem.reason])).toEqual([
      ['Row 2', 'The line is not valid JSON.'],
      ['Row 3', 'The line is not a JSON object.'],
      ['Row 4', 'The line is nested more than 64 levels deep.'],
      ['Row 7', 'The row has no text.']
    ])
  })

  it('reads a JSON list', async () => {
    const result = await read('[\n {"text": "a"},\n {"text": "b"}\n]')
    expect(result.plan.format).toBe('json')
    expect(texts(result)).toEqual(['a', 'b'])
  })
})

describe('hostile files', () => {
  it('skips a huge cell and stops at a huge row', async () => {
    const result = await read(`text,label\n"${'x'.repeat(1_100_000)}",a\nfine row here,b\n`)
    expect(result.items.length).toBe(1)
    expect(result.problems[0].reason).toBe('A cell is larger than 1 MB.')
    const endless = `text,label\nfine row here,a\n"${'x '.repeat(9 * 2 ** 20)}`
    await expect(read(endless)).rejects.toMatchObject({ code: 'file-damaged' })
  })

  it('skips rows of too many columns', async () => {
    const result = await read(`text,label\n${'a,'.repeat(10_001)}\nfine row here,b\n`)
    expect(result.problems[0].reason).toContain('more than 10000 cells')
  })

  it.each<[string, string | Buffer, string]>([
    ['an empty file', '', 'nothing-to-import'],
    ['blank lines', '\n\n \n', 'nothing-to-import'],
    ['a header alone', 'text,label\n', 'nothing-to-import'],
    [
      'binary data',
      Buffer.from(Array.from({ length: 999 }, (_, i) => i & 255)),
      'file-not-recognised'
    ],
    [
      'a cut .gz',
      gzipSync('text,label\n' + 'some words,a\n'.repeat(3000)).subarray(0, 60),
      'file-damaged'
    ]
  ])('refuses %s plainly', async (_what, content, code) => {
    await expect(read(content)).rejects.toMatchObject({ code })
  })
})

it('previews a large file by its first part, and a small one exactly', async () => {
  const many = await write(
    `text,label\n${'the same words again,a\nother words again,b\n'.repeat(200_000)}`
  )
  const preview = ImportPreview.parse(await previewSource(many, optionsOf()))
  expect(preview.isComplete).toBe(false)
  expect(Math.abs(preview.itemsEstimate - 400_000)).toBeLessThan(8000)
  const few = await previewSource(
    await write('text;label\nsome words here;a\nx;y;z\n'),
    optionsOf()
  )
  expect(few).toMatchObject({
    isComplete: true,
    itemsEstimate: 1,
    sentence: 'Looks like a CSV table with a header, separated by semicolons.'
  })
  expect(few.problems.length).toBe(1)
})
