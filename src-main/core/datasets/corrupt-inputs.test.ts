// Files as they come in real life, one of each kind (product.md 9, item 12): every one is listed or
// refused with words that say what is wrong and where, and where something can be done, what.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../api/errors.ts'
import { rawZip } from '../files/testing/raw-zip.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import { previewSource } from './preview.ts'
import { csvRows } from './readers/csv-rows.ts'
import { checkPicture } from './readers/image-header.ts'
import { jsonlRows } from './readers/jsonl-rows.ts'
import { rowLength } from './readers/raw-row.ts'
import type { TextPiece } from './readers/text-decode.ts'
import { optionsOf, pngOf, readAll, writeTree } from './testing/fixtures.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())
const at = (name: string): string => join(folder.path, name)

async function written(name: string, content: string | Buffer): Promise<string> {
  await writeFile(at(name), content)
  return at(name)
}

/** The refusal of a source, the same in its preview and in its import. */
async function refusal(path: string): Promise<AppError> {
  const errors = await Promise.all(
    [readAll(path), previewSource(path, optionsOf())].map((work) =>
      work.then(
        () => undefined,
        (error: unknown) => error
      )
    )
  )
  const [first, second] = errors
  if (!(first instanceof AppError) || !(second instanceof AppError))
    throw new Error(`not refused: ${String(first)}, ${String(second)}`)
  expect([first.code, first.message]).toEqual([second.code, second.message])
  return first
}

describe('pictures', () => {
  const wide = sharp({
    create: {
      ...{ width: 64, height: 64, channels: 3, background: 'red' },
      noise: { type: 'gaussian', mean: 120, sigma: 40 }
    }
  })

  it('cut off in the header or in the middle, and empty ones, are listed by name', async () => {
    const [png, jpeg, webp] = await Promise.all([
      wide.clone().png().toBuffer(),
      wide
        .clone()
        .withExif({ IFD0: { Artist: 'a' } })
        .jpeg()
        .toBuffer(),
      wide.clone().webp().toBuffer()
    ])
    await writeTree(at('set'), {
      'cat/whole.png': await pngOf(1),
      'cat/half.png': png.subarray(0, png.length >> 1),
      'cat/half.jpg': jpeg.subarray(0, jpeg.length >> 1),
      'dog/half.webp': webp.subarray(0, webp.length >> 1),
      'dog/head.png': png.subarray(0, 20),
      'dog/empty.png': '',
      'dog/whole.jpg': jpeg,
      'dog/whole.webp': webp
    })
    const { items, problems } = await readAll(at('set'))
    expect(items.map(({ name }) => name)).toEqual(['whole.png', 'whole.jpg', 'whole.webp'])
    const cut = 'The picture is damaged or cut off.'
    expect(problems).toEqual([
      { where: 'cat/half.jpg', reason: cut },
      { where: 'cat/half.png', reason: cut },
      { where: 'dog/empty.png', reason: 'The file is empty.' },
      { where: 'dog/half.webp', reason: cut },
      { where: 'dog/head.png', reason: cut }
    ])
    expect((await previewSource(at('set'), optionsOf())).problems).toEqual(
      expect.arrayContaining([{ where: 'cat/half.png', reason: cut }])
    )
  })

  it('cut off anywhere are known for it, whole ones never are', async () => {
    const files = await Promise.all([
      wide.clone().png().toBuffer(),
      wide.clone().png({ palette: true }).toBuffer(),
      wide.clone().jpeg().toBuffer(),
      wide.clone().jpeg({ progressive: true }).toBuffer(),
      wide.clone().webp().toBuffer(),
      wide.clone().webp({ lossless: true }).toBuffer()
    ])
    for (const bytes of files) {
      expect(await checkPicture(bytes)).toMatchObject({ isPicture: true })
      // What cameras and programs put behind the picture does no harm.
      const longer = Buffer.concat([bytes, Buffer.from('more \xff\xda bytes', 'latin1')])
      expect(await checkPicture(longer)).toMatchObject({ isPicture: true })
      for (const share of [0.2, 0.5, 0.9, 0.99])
        expect(
          await checkPicture(bytes.subarray(0, Math.floor(bytes.length * share)))
        ).toMatchObject({ isPicture: false, reason: 'The picture is damaged or cut off.' })
    }
  })
})

it('a zip bomb is refused whole, by the name of its entry, with what to do', async () => {
  const bomb = Buffer.concat([await pngOf(1), Buffer.alloc(6_000_000)])
  const zip = rawZip([
    { name: 'cat/a.png', data: await pngOf(2) },
    { name: 'cat/b.png', data: bomb, method: 8 }
  ])
  const error = await refusal(await written('bomb.zip', zip))
  expect(error.code).toBe('archive-unsafe')
  expect(error.message).toContain('“cat/b.png”')
  expect(error.hint).toMatch(/Make the archive again .* or choose the unpacked folder/)
})

describe('a line of two gigabytes', () => {
  const piece = 'a'.repeat(1 << 20)
  const pieces = 2048

  /** Two gigabytes without a line end, made as they are taken; `taken` says how far anyone read. */
  function endless(start: string): { source: AsyncGenerator<TextPiece>; taken(): number } {
    let count = 0
    async function* source(): AsyncGenerator<TextPiece> {
      for (; count < pieces; count++) {
        const text = count === 0 ? start + piece : piece
        yield {
          ...{ text, bytesRead: (count + 1) * piece.length },
          ...{ isLast: count === pieces - 1, hasBadBytes: false }
        }
      }
    }
    return { source: source(), taken: () => count }
  }

  it.each([
    ['in a table', 'text,label\n'],
    ['in a quotation that never ends', 'text,label\n"']
  ])('%s is given up after 16 MB', async (_where, start) => {
    const { source, taken } = endless(start)
    const reading = (async () => {
      for await (const { rows } of csvRows(source, { delimiter: ',', newline: '\n' }))
        expect(rows.length).toBeLessThan(3)
    })()
    await expect(reading).rejects.toMatchObject({
      code: 'file-damaged',
      message: 'Row 2 is longer than 16 MB, so the file was not read further.',
      hint: 'A quotation mark that is never closed is the usual reason.'
    })
    // What was read and not more: memory is bounded by it.
    expect(taken()).toBeLessThanOrEqual(rowLength / piece.length + 1)
  })

  it('in JSON Lines is given up after 16 MB', async () => {
    const { source, taken } = endless('{"text": "a"}\n{"text": "')
    const reading = (async () => {
      for await (const { rows } of jsonlRows(source, new Map(), true))
        expect(rows.length).toBeLessThan(2)
    })()
    await expect(reading).rejects.toMatchObject({
      code: 'file-damaged',
      message: 'Line 2 is longer than 16 MB, so the file was not read further.'
    })
    expect(taken()).toBeLessThanOrEqual(rowLength / piece.length + 1)
  })

  it('on the disk is told before anything is created', async () => {
    const path = await written('long.csv', `text,label\na,b\n"${'x'.repeat(rowLength + 2e6)}`)
    const error = await readAll(path).then(
      () => undefined,
      (reason: unknown) => reason
    )
    expect(error).toMatchObject({
      code: 'file-damaged',
      hint: 'A quotation mark that is never closed is the usual reason.'
    })
  })
})

describe('texts', () => {
  it('in two encodings: the odd row is listed by its number, the others are right', async () => {
    const mixed = Buffer.concat([
      Buffer.from('text,label\nschön,a\nfein,b\n'),
      Buffer.from('gr\xfcn,a\n', 'latin1'),
      Buffer.from('blau,b\n')
    ])
    const { items, problems } = await readAll(await written('mixed.csv', mixed))
    expect(items.map(({ values, text }) => text ?? values['text'])).toEqual([
      'schön',
      'fein',
      'blau'
    ])
    expect(problems).toEqual([
      { where: 'Row 4', reason: 'The row holds bytes that do not fit the rest of the file.' }
    ])
  })

  it('in an old encoding: read right, and the encoding is said so that it can be changed', async () => {
    const path = await written('old.csv', Buffer.from('text,label\nsch\xf6n,a\nfein,b\n', 'latin1'))
    const preview = await previewSource(path, optionsOf())
    expect(preview.sentence).toContain('written in Windows-1252 (Western European)')
    expect(preview.options.encoding).toBe('windows-1252')
    expect(preview.problems).toEqual([])
  })

  it.each([
    ['a byte order mark', '\ufefftext,label\n"a\nb",x\nc,y\n'],
    ['line ends of Windows', 'text,label\r\n"a\r\nb",x\r\nc,y\r\n'],
    ['both', '\ufefftext,label\r\n"a\r\nb",x\r\nc,y\r\n'],
    ['line ends of old Macs', 'text,label\r"a\rb",x\rc,y\r']
  ])('with %s are the same table', async (_what, text) => {
    const { plan, items, problems } = await readAll(await written('t.csv', text))
    expect(plan.columns.map(({ name }) => name)).toEqual(['text', 'label'])
    expect(plan.classNames).toEqual(['x', 'y'])
    expect(problems).toEqual([])
    expect(items.map((item) => item.text?.replaceAll(/\r\n?/g, '\n'))).toEqual(['a\nb', 'c'])
  })

  it('with a byte order mark in UTF-16 are the same table, too', async () => {
    const text = '\ufefftext,label\r\nä,x\r\nc,y\r\n'
    const { items, problems } = await readAll(
      await written('t.csv', Buffer.from(text, 'utf16le').swap16())
    )
    expect([items.map((item) => item.text), problems]).toEqual([['ä', 'c'], []])
  })
})

it.each([
  ['empty.csv', ''],
  ['empty.jsonl', ''],
  ['empty.zip', '']
])('%s is refused by its name', async (name, content) => {
  const error = await refusal(await written(name, content))
  expect([error.code, error.message]).toEqual(['nothing-to-import', `“${name}” is empty.`])
})

it('a folder with nothing in it is refused', async () => {
  await writeTree(at('empty'), { 'a/.DS_Store': '' })
  const error: unknown = await readAll(at('empty')).catch((reason: unknown) => reason)
  expect(error).toMatchObject({
    code: 'nothing-to-import',
    message: 'There are no pictures here.'
  })
})

describe('ids that come twice', () => {
  const expected = (column: string, count: string, first: string): string =>
    `${count} the same “${column}” as an earlier row, such as “${first}”. A list of ids will mean all of them; choose another column as the id if there is one.`

  it.each([
    ['in a table', 'id,text,label\nn1,one,a\nn1,two,b\nn2,three,a\nn2,four,b\nn3,five,a\n', 'n1'],
    [
      'in JSON Lines',
      ['n1', 'n2', 'n2', 'n3', 'n2'].map((id, i) => `{"id":"${id}","text":"t ${i}"}`).join('\n'),
      'n2'
    ]
  ])(
    '%s are said with an example, in the preview and with the import',
    async (_where, text, id) => {
      const path = await written('ids', text)
      const note = expected('id', '2 rows have', id)
      const { plan, items, problems } = await readAll(path)
      expect(plan.notes).toEqual([note])
      expect((await previewSource(path, optionsOf())).notes).toEqual([note])
      // Nothing is left out for it.
      expect([items.length, problems]).toEqual([5, []])
    }
  )

  it('are not said of ids that differ, nor of columns that are no ids', async () => {
    for (const text of [
      'id,text\n1,a\n2,b\n3,c\n',
      'text,label\na,x\na,x\nb,y\n',
      'id,text\n,a\n,b\n1,c\n'
    ])
      expect((await readAll(await written('fine.csv', text))).plan.notes).toEqual([])
  })
})
