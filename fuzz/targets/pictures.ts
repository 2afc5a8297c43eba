// Pictures, archives and annotated pictures.
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import type { Random } from '../../src-main/core/compute/random.ts'
import { pngOf } from '../../src-main/core/datasets/testing/fixtures.ts'
import { checkPicture, pixelLimit } from '../../src-main/core/datasets/readers/image-header.ts'
import { rawZip, type RawZipEntry } from '../../src-main/core/files/testing/raw-zip.ts'
import { openZip } from '../../src-main/core/files/zip-reader.ts'
import {
  changeValue,
  damage,
  noise,
  oddNumber,
  oddText,
  once,
  oneOf,
  pieces,
  type Value
} from '../mutate.ts'
import { readSource } from '../read-source.ts'
import { answerOf, Broken, requirePlain, type FuzzTarget } from '../target.ts'
import { sourceTarget, type Files } from './source-target.ts'

const png = await pngOf(3, 8, 6)
const picture = sharp(png)
const formats: readonly Buffer[] = [
  png,
  await picture
    .clone()
    .jpeg()
    .withExif({ IFD0: { Orientation: '6' } })
    .toBuffer(),
  await picture.clone().gif().toBuffer(),
  await picture.clone().webp().toBuffer(),
  await picture.clone().tiff().toBuffer(),
  await picture.clone().avif({ effort: 0 }).toBuffer(),
  await picture.clone().greyscale().png({ palette: true }).toBuffer()
]

/** A PNG of changed parts whose checksums are right again. */
function changedPng(random: Random): Buffer {
  const parts: Buffer[] = [png.subarray(0, 8)]
  for (let at = 8; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at)
    const type = png.subarray(at + 4, at + 8)
    let data: Buffer = Buffer.from(png.subarray(at + 8, at + 8 + length))
    if (once(random, 2)) data = damage(random, data)
    if (type.toString() === 'IHDR' && once(random, 2) && data.length >= 8)
      data.writeUInt32BE(oddNumber(random), oneOf(random, [0, 4]))
    const head = Buffer.alloc(8)
    head.writeUInt32BE(once(random, 30) ? oddNumber(random) : data.length)
    type.copy(head, 4)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(Buffer.concat([type, data])))
    for (let i = once(random, 10) ? 3 : 1; i > 0; i--) parts.push(head, data, sum)
    at += 12 + length
  }
  return Buffer.concat(parts)
}

function anyPicture(random: Random): Buffer {
  if (once(random, 3)) return changedPng(random)
  return once(random, 4) ? oneOf(random, formats) : damage(random, oneOf(random, formats))
}

const names = [
  ...['cat/a.png', 'dog/b.jpg', 'train/cat/c.webp', 'test/cat/d.gif', 'x.tif', '.DS_Store'],
  ...['__MACOSX/cat/._a.png', 'Thumbs.db', 'cat/A.PNG', 'a/b/c/d/e/f.png', 'cat/é.avif']
]

async function looked(bytes: Buffer): Promise<string> {
  const found = await checkPicture(bytes)
  if (!found.isPicture) {
    requirePlain(found.reason, 'reason')
    return 'no picture'
  }
  if (!(found.width > 0 && found.height > 0 && found.width * found.height <= pixelLimit))
    throw new Broken(`a picture of ${found.width} x ${found.height}`, { input: bytes })
  return 'picture'
}

const pictureFolders = sourceTarget({
  name: 'pictures',
  about: 'Headers of seven picture formats, alone and in folders with parts and classes',
  shortCases: 80,
  seeds: () =>
    Promise.resolve([
      Object.fromEntries(names.map((name, i) => [name, formats[i % formats.length] ?? png]))
    ]),
  makers: [
    (random) =>
      Object.fromEntries(
        Array.from({ length: 1 + random.below(5) }, () => [
          oneOf(random, names),
          anyPicture(random)
        ])
      )
  ]
})

/** Picture files. */
export const picturesTarget: FuzzTarget = {
  ...pictureFolders,
  async open(folder) {
    const open = await pictureFolders.open(folder)
    return {
      run: (random) =>
        once(random, 4) ? open.run(random) : answerOf(() => looked(anyPicture(random))),
      close: () => open.close()
    }
  }
}

function anyEntry(random: Random): RawZipEntry {
  const name = once(random, 3)
    ? oneOf(random, [
        ...['../x', '/x', 'a\\b', 'C:x', 'a/../b', '', 'x'.repeat(300)],
        oddText(random).slice(0, 5000)
      ])
    : oneOf(random, names)
  return {
    name: once(random, 20) ? noise(random, 20) : name,
    data: once(random, 3)
      ? anyPicture(random)
      : once(random, 10)
        ? Buffer.alloc(random.below(300_000))
        : noise(random, 100),
    method: oneOf(random, [0, 8, 8, 93]),
    ...(once(random, 8) ? { mode: oneOf(random, [0o120777, 0o060644, 0o010644, 0o040755]) } : {}),
    ...(once(random, 10) ? { claimedSize: oddNumber(random) } : {}),
    ...(once(random, 20) ? { claimedCrc: oddNumber(random) } : {}),
    ...(once(random, 20) ? { flags: oneOf(random, [0, 1, 0x801, 8, 0x2000, 0xffff]) } : {})
  }
}

async function readZip(path: string): Promise<string> {
  const archive = await openZip(path)
  try {
    for (const entry of archive.entries) {
      if (/^\/|\\|(^|\/)\.\.(\/|$)|^[A-Za-z]:/.test(entry.name) || entry.name.includes('\0'))
        throw new Broken(`an unsafe name: ${JSON.stringify(entry.name)}`)
      if (entry.isFolder) continue
      const bytes = await archive.read(entry, 1 << 20)
      if (bytes.length > 1 << 20) throw new Broken('more than was asked for')
    }
    return 'zip read'
  } finally {
    await archive.close()
  }
}

const zipSeed = rawZip(formats.map((data, i) => ({ name: names[i] ?? 'x.png', data, method: 8 })))

/** Zip archives. */
export const zipsTarget: FuzzTarget = sourceTarget({
  name: 'zips',
  about: 'Zip archives: names, modes, sizes and checksums that lie, bombs, cut directories',
  shortCases: 120,
  words: ['PK\x03\x04', 'PK\x01\x02', 'PK\x05\x06', 'PK\x06\x06', 'PK\x06\x07', '../', '/'],
  seeds: () => Promise.resolve([{ x: zipSeed }]),
  makers: [
    (random) => ({
      x: rawZip(
        Array.from({ length: random.below(6) }, () => anyEntry(random)),
        once(random, 20) ? random.below(70_000) & 0xffff : undefined
      )
    })
  ],
  read: (path, random) =>
    once(random, 3) ? readSource(path, random) : answerOf(() => readZip(path))
})

const coco: Value = {
  images: [
    { id: 1, file_name: 'a.png', width: 8, height: 6 },
    { id: 2, file_name: 'b.png', width: 8, height: 6 }
  ],
  annotations: [
    { id: 1, image_id: 1, category_id: 1, bbox: [1, 2, 3, 4], area: 12, iscrowd: 0 },
    { id: 2, image_id: 2, category_id: 2, bbox: [0, 0, 8, 6] }
  ],
  categories: [
    { id: 1, name: 'cat' },
    { id: 2, name: 'dog' }
  ]
}
const vocPieces = [
  ...['<annotation>', '</annotation>', '<filename>a.png</filename>', '<size>', '</size>'],
  ...['<width>8</width>', '<height>6</height>', '<object>', '</object>', '<name>cat</name>'],
  ...['<bndbox>', '</bndbox>', '<xmin>1</xmin>', '<ymin>1e9</ymin>', '<xmax>-4</xmax>', '&lt;'],
  ...[
    '<ymax>5</ymax>',
    '<!DOCTYPE x [<!ENTITY a "b">]>',
    '&a;',
    '<!--',
    '-->',
    '<',
    '\u0000',
    '<a b='
  ]
]
const voc = `<annotation><filename>a.png</filename><size><width>8</width><height>6</height></size><object><name>cat</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>4</xmax><ymax>5</ymax></bndbox></object></annotation>`
const yoloPieces = ['0', '1', ' ', '\n', '0.5', '-1', '1e9', 'NaN', '0 0.5 0.5 1 1\n', 'cat', '\t']
const yamlPieces = [
  ...[
    'names:',
    ' ',
    '\n',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '0: ',
    'cat',
    "'",
    '"',
    '#',
    '&a',
    '*a',
    '!!',
    'nc: 2'
  ]
]

function annotated(random: Random): Files {
  const pictures = { 'a.png': anyOrGood(random), 'b.png': png }
  switch (random.below(3)) {
    case 0:
      return { ...pictures, 'labels.json': JSON.stringify(changeValue(random, coco)) }
    case 1:
      return { ...pictures, 'a.xml': pieces(random, vocPieces, 30), 'b.xml': voc }
    default:
      return {
        'images/a.png': pictures['a.png'],
        'images/b.png': png,
        'labels/a.txt': pieces(random, yoloPieces, 12),
        'labels/b.txt': '0 0.5 0.5 1 1\n',
        'data.yaml': `names: ${pieces(random, yamlPieces, 12)}`
      }
  }
}

function anyOrGood(random: Random): Buffer {
  return once(random, 4) ? anyPicture(random) : png
}

/** COCO, YOLO and VOC. */
export const annotationsTarget: FuzzTarget = sourceTarget({
  name: 'annotations',
  about: 'Annotated pictures: COCO, YOLO and VOC with wrong types, places and texts',
  shortCases: 80,
  words: [...vocPieces, ...yoloPieces, ...yamlPieces],
  seeds: () =>
    Promise.resolve([
      { 'a.png': png, 'b.png': png, 'labels.json': JSON.stringify(coco) },
      { 'a.png': png, 'a.xml': voc },
      {
        'images/a.png': png,
        'labels/a.txt': '0 0.5 0.5 1 1\n1 0.2 0.2 0.1 0.1\n',
        'data.yaml': 'names: [cat, dog]\nnc: 2\n'
      }
    ]),
  makers: [annotated]
})
