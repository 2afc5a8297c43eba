// Label files that lie or do not fit: the small readers of XML, YAML and box lines answer with
// nothing or something sensible, in bounded time, whatever they are given.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../../api/errors.ts'
import { pngOf, readAll, writeTree } from '../../testing/fixtures.ts'
import { temporaryFolder } from '../../../store/store.test-support.ts'
import { mainLabel, toShares } from './annotation-set.ts'
import { looksLikeCoco } from './coco.ts'
import { readVoc } from './voc.ts'
import { readXml, textOf } from './xml-elements.ts'
import { looksLikeYoloLabels } from './yolo.ts'
import { readClassNames } from './yolo-yaml.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

describe('XML', () => {
  it('never expands declared entities and never reads other files', () => {
    const laughs = `<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
      <a><b>&y;&f;&lt;&#65;&#x42;&#xD800;</b></a>`
    const read = readXml(laughs)
    expect(read === undefined ? undefined : textOf(read, 'b')).toBe('&y;&f;<AB&#xD800;')
  })

  it('comments, sections and wrong closing tags do not confuse it', () => {
    const read = readXml(
      '<a><!-- <b>no</b> --><b><![CDATA[<1>&amp;]]></b></c><d/><e x="1">2</e></a>'
    )
    expect(read?.children.map(({ name, text }) => [name, text])).toEqual([
      ['b', '<1>&amp;'],
      ['d', ''],
      ['e', '2']
    ])
  })

  it('too deep, too many and unfinished are refused', () => {
    expect(readXml('<a>'.repeat(1000))).toBeUndefined()
    expect(readXml(`<a>${'<b/>'.repeat(200_001)}</a>`)).toBeUndefined()
    expect(readXml('<a><b')).toBeUndefined()
    expect(readXml('')).toBeUndefined()
    expect(readVoc('<html></html>')).toHaveProperty('problem')
  })

  it('any text is read or refused', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      '<a>',
      '</a>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&amp;',
      '&#99;',
      '<!DOCTYPE',
      '[',
      'x',
      ' '
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        readXml(pieces.join(''))
      }),
      { numRuns: 500 }
    )
  })
})

describe('YAML', () => {
  it.each([
    ['names: [a, b]', ['a', 'b']],
    ['names: ["a, b", \'c\'] # comment', ['a, b', 'c']],
    ['names: [a,\n  b,\n  c]\nnc: 3', ['a', 'b', 'c']],
    ['names:\n- a\n- b # x\ntrain: y', ['a', 'b']],
    ["names: {0: a, 1: 'b'}", ['a', 'b']],
    ['\uFEFFnames:\r\n  0: a\r\n  1: b\r\n', ['a', 'b']]
  ])('%j', (text, expected) => {
    expect([...(readClassNames(text) ?? new Map()).values()]).toEqual(expected)
  })

  it('anchors, tags and nonsense are only text', () => {
    expect(readClassNames('names: &x !!python/object:os.system [a]')).toBeUndefined()
    expect(readClassNames('nothing: here')).toBeUndefined()
    fc.assert(
      fc.property(fc.string(), (text) => {
        readClassNames(`names: ${text}`)
        readClassNames(`names:\n${text}`)
      })
    )
  })
})

describe('boxes', () => {
  it('lines that are no boxes are told from those that are', () => {
    expect(looksLikeYoloLabels('0 0.5 0.5 1 1')).toBe(true)
    for (const text of [
      '',
      'cat 0.5 0.5 1 1',
      '0 0.5 0.5 1',
      '0 0.5 0.5 1 1e9',
      '0 0.5 0.5 1 NaN',
      '-1 0.5 0.5 1 1'
    ])
      expect(looksLikeYoloLabels(text), text).toBe(false)
  })

  it('always lie inside the picture', () => {
    const value = fc.double({ min: -1e9, max: 1e9 })
    fc.assert(
      fc.property(
        value,
        value,
        value,
        value,
        fc.nat(100),
        fc.nat(100),
        (x, y, width, height, w, h) => {
          const labels = {
            boxes: [{ category: 'a', x, y, width, height }],
            size: undefined,
            part: undefined
          }
          for (const box of toShares(labels, { width: w, height: h })) {
            expect(box.x01).toBeGreaterThanOrEqual(0)
            expect(box.y01).toBeGreaterThanOrEqual(0)
            expect(box.x01 + box.width01).toBeLessThanOrEqual(1 + 1e-12)
            expect(box.y01 + box.height01).toBeLessThanOrEqual(1 + 1e-12)
          }
        }
      )
    )
  })

  it('one label: most frequent, then larger, then first by name', () => {
    const box = (category: string, size: number): Parameters<typeof mainLabel>[0][number] => ({
      category,
      x: 0,
      y: 0,
      width: size,
      height: size
    })
    expect(mainLabel([])).toBeUndefined()
    expect(mainLabel([box('a', 9), box('b', 1), box('b', 1)])).toBe('b')
    expect(mainLabel([box('a', 1), box('b', 2)])).toBe('b')
    expect(mainLabel([box('b', 1), box('a', 1)])).toBe('a')
  })
})

describe('COCO files', () => {
  it('other JSON is not taken for one', () => {
    for (const text of [
      '{}',
      '[]',
      '{"images": ["a.png"]}',
      '{"images": [{"url": "x"}]}',
      '{"categories": [{"id": 1, "name": "x"}]}',
      'not json',
      '{"annotations": 3}'
    ])
      expect(looksLikeCoco(Buffer.from(text)), text).toBe(false)
  })

  it('names that lead out of the folder find nothing there', async () => {
    await writeFile(join(folder.path, 'secret.png'), await pngOf(9))
    const images = ['../secret.png', '/etc/passwd', 'C:\\secret.png', 'a.png'].map(
      (file_name, id) => ({ id, file_name })
    )
    await writeTree(join(folder.path, 'set'), {
      'l.json': JSON.stringify({ images, annotations: [], categories: [] }),
      'a.png': await pngOf(1)
    })
    const { items, problems } = await readAll(join(folder.path, 'set'))
    expect(items.map(({ locator }) => locator)).toEqual(['a.png'])
    expect(problems).toHaveLength(3)
  })

  it('cut and changed files are refused or read, never worse', async () => {
    const text = JSON.stringify({
      images: [{ id: 1, file_name: 'a.png', width: 8, height: 6 }],
      annotations: [{ image_id: 1, category_id: 1, bbox: [1, 2, 3, 4] }],
      categories: [{ id: 1, name: 'x' }]
    })
    const root = join(folder.path, 'set')
    await writeTree(root, { 'a.png': await pngOf(1) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
        fc.nat(),
        async (changes, cut) => {
          const bytes = Buffer.from(text)
          for (const [at, value] of changes) bytes[at % bytes.length] = value
          await writeFile(
            join(root, 'l.json'),
            bytes.subarray(0, bytes.length - (cut % 3 === 0 ? cut % bytes.length : 0))
          )
          const read = await readAll(root).catch((error: unknown) => error)
          expect(
            read instanceof AppError ||
              (typeof read === 'object' && read !== null && 'items' in read),
            String(read)
          ).toBe(true)
        }
      ),
      { numRuns: 100 }
    )
  })
})
