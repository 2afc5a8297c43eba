// COCO, YOLO and Pascal VOC datasets: items with boxes, labels, parts and problems; the same from
// folders, zips and picked files; pictures that can be shown afterwards.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openItemSource } from '../../item-source.ts'
import { previewSource } from '../../preview.ts'
import { recognise } from '../../recognise.ts'
import { optionsOf, pngOf, readAll, writeTree } from '../../testing/fixtures.ts'
import { temporaryFolder } from '../../../store/store.test-support.ts'
import { zipOf } from '../arrays/arrays.test-support.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

type Tree = Record<string, Buffer | string>

async function cocoTree(): Promise<Tree> {
  const labels = {
    info: { year: 2020 },
    images: [
      { id: 1, file_name: 'a.png', width: 8, height: 6 },
      { id: 2, file_name: 'b.png', width: 8, height: 6 },
      { id: 3, file_name: 'gone.png', width: 8, height: 6 },
      { id: 4, file_name: 'c.png', width: 8, height: 6 }
    ],
    annotations: [
      { id: 10, image_id: 1, category_id: 18, bbox: [2, 3, 4, 3], segmentation: [[1, 2, 3, 4]] },
      { id: 11, image_id: 2, category_id: 18, bbox: [0, 0, 1, 1] },
      { id: 12, image_id: 2, category_id: 17, bbox: [4, 0, 40, 6] },
      { id: 13, image_id: 2, category_id: 17, bbox: [0, 0, 2, 2] },
      { id: 14, image_id: 99, category_id: 17, bbox: [0, 0, 2, 2] },
      { id: 15, image_id: 1, category_id: 17, bbox: 'none' }
    ],
    categories: [
      { id: 17, name: 'cat' },
      { id: 18, name: 'dog' }
    ]
  }
  return {
    'annotations/instances_val2017.json': JSON.stringify(labels),
    'val2017/a.png': await pngOf(1),
    'val2017/b.png': await pngOf(2),
    'val2017/c.png': await pngOf(3),
    'val2017/extra.png': await pngOf(4),
    'elsewhere/mask.png': await pngOf(5)
  }
}

describe('COCO', () => {
  it('pictures, boxes, labels, columns and problems', async () => {
    await writeTree(folder.path, await cocoTree())
    const { plan, items, problems } = await readAll(folder.path)
    expect(plan).toMatchObject({
      format: 'coco',
      kind: 'images',
      classNames: ['cat', 'dog'],
      total: 4
    })
    expect(plan.notes).toEqual([
      '1 picture has boxes of several kinds; the most frequent one is the label.',
      '2 pictures have no boxes and no label.'
    ])
    expect(
      items.map(({ name, label, values }) => [name, plan.classNames[label] ?? '', values])
    ).toEqual([
      ['a.png', 'dog', { Categories: ['dog'], Boxes: 1 }],
      ['b.png', 'cat', { Categories: ['cat', 'dog'], Boxes: 3 }],
      ['c.png', '', { Categories: [], Boxes: 0 }],
      ['extra.png', '', { Categories: [], Boxes: 0 }]
    ])
    expect(items[0].boxes).toEqual([
      { label: 'dog', x01: 0.25, y01: 0.5, width01: 0.5, height01: 0.5 }
    ])
    // Boxes are cut at the edges of the picture.
    expect(items[1].boxes?.[1]).toEqual({
      label: 'cat',
      x01: 0.5,
      y01: 0,
      width01: 0.5,
      height01: 1
    })
    expect(problems.map(({ where }) => where)).toEqual([
      'gone.png',
      'Picture 99',
      'instances_val2017.json, element 10'
    ])
  })

  it('a picked label file, a zip and the item source', async () => {
    const tree = await cocoTree()
    const flat: Tree = { 'labels.json': tree['annotations/instances_val2017.json'] }
    for (const name of ['a', 'b', 'c', 'gone'])
      flat[`images/${name}.png`] = await pngOf(name.length)
    await writeTree(folder.path, flat)
    const picked = join(folder.path, 'labels.json')
    const read = await readAll(picked)
    expect(read.items.map(({ locator }) => locator)).toEqual([
      'images/a.png',
      'images/b.png',
      'images/c.png',
      'images/gone.png'
    ])
    const found = await recognise(picked, optionsOf())
    expect(found.isFile).toBe(false)
    expect((await found.filesToCopy(optionsOf())).names).toContain('labels.json')
    const zip = join(folder.path, 'set.zip')
    const bytes = Object.fromEntries(
      Object.entries(flat).map(([name, content]) => [name, Buffer.from(content)])
    )
    await writeFile(zip, await zipOf(bytes, true))
    const zipped = await readAll(zip)
    expect(zipped.plan.format).toBe('coco')
    expect(zipped.items).toEqual(read.items)
    for (const path of [picked, zip]) {
      const source = await openItemSource({ kind: 'images', format: 'coco', path, storage: 'link' })
      expect((await source.readImageBytes('images/b.png')).mime).toBe('image/png')
      await source.close()
    }
  })

  it('parts come from folders with a label file each', async () => {
    const one = (name: string): string =>
      JSON.stringify({
        images: [{ id: 0, file_name: name }],
        annotations: [{ image_id: 0, category_id: 1, bbox: [0, 0, 4, 3] }],
        categories: [{ id: 1, name: 'x' }]
      })
    await writeTree(folder.path, {
      'train/_annotations.coco.json': one('1.png'),
      'train/1.png': await pngOf(1),
      'valid/_annotations.coco.json': one('2.png'),
      'valid/2.png': await pngOf(2),
      'test/_annotations.coco.json': one('3.png'),
      'test/3.png': await pngOf(3)
    })
    const { items } = await readAll(folder.path)
    expect(items.map(({ locator, split }) => [locator, split])).toEqual([
      ['test/3.png', 'test'],
      ['train/1.png', 'train'],
      ['valid/2.png', 'none']
    ])
    // No size is given, so that the picture's own counts.
    expect(items[0].boxes).toEqual([{ label: 'x', x01: 0, y01: 0, width01: 0.5, height01: 0.5 }])
  })

  it('labels without pictures, and cut-off labels, are refused', async () => {
    const tree = await cocoTree()
    const text = String(tree['annotations/instances_val2017.json'])
    await writeTree(join(folder.path, 'bare'), { 'labels.json': text })
    await expect(readAll(join(folder.path, 'bare'))).rejects.toThrow(/no pictures beside them/)
    await writeTree(join(folder.path, 'cut'), {
      'labels.json': text.slice(0, 300),
      'a.png': await pngOf(1)
    })
    await expect(readAll(join(folder.path, 'cut'))).rejects.toMatchObject({ code: 'file-damaged' })
  })

  it('the preview says what was found', async () => {
    await writeTree(folder.path, await cocoTree())
    const preview = await previewSource(folder.path, optionsOf())
    expect(preview).toMatchObject({
      format: 'coco',
      sentence: 'Looks like pictures with COCO labels: 4 boxes of 2 kinds.',
      itemsEstimate: 4,
      classes: [
        { name: 'cat', count: 1 },
        { name: 'dog', count: 1 }
      ]
    })
    expect(preview.items[1].values).toEqual({ Categories: 'dog, cat', Boxes: '3' })
    expect(preview.items[0].thumbnail).not.toBeNull()
  })
})

describe('YOLO', () => {
  async function yoloTree(): Promise<Tree> {
    return {
      'data.yaml':
        'train: ../train/images # here\nval: ../valid/images\nnc: 2\nnames: ["traffic light", \'bus, red\']\n',
      'train/images/a.png': await pngOf(1),
      'train/images/b.png': await pngOf(2),
      'train/labels/a.txt': '1 0.5 0.5 0.5 0.5\n0 0.1 0.1 0.1 0.1\nnonsense\n1 0.2 0.2 0.2 0.2\n',
      'train/labels/gone.txt': '0 0.5 0.5 1 1\n',
      'valid/images/c.png': await pngOf(3),
      'valid/labels/c.txt': '0 0.1 0.2 0.5 0.2 0.5 0.8 0.1 0.8\n'
    }
  }

  it('boxes and outlines, names, parts, and what does not fit', async () => {
    await writeTree(folder.path, await yoloTree())
    const { plan, items, problems } = await readAll(folder.path)
    expect(plan).toMatchObject({ format: 'yolo', classNames: ['bus, red', 'traffic light'] })
    expect(
      items.map(({ name, label, split }) => [name, plan.classNames[label] ?? '', split])
    ).toEqual([
      ['a.png', 'bus, red', 'train'],
      ['b.png', '', 'train'],
      ['c.png', 'traffic light', 'test']
    ])
    expect(items[0].boxes?.[0]).toEqual({
      label: 'bus, red',
      x01: 0.25,
      y01: 0.25,
      width01: 0.5,
      height01: 0.5
    })
    const [outline] = items[2].boxes ?? []
    expect(
      [outline.x01, outline.y01, outline.width01, outline.height01].map(
        (v) => Math.round(v * 1e6) / 1e6
      )
    ).toEqual([0.1, 0.2, 0.4, 0.6])
    expect(problems).toEqual([
      { where: 'train/labels/a.txt', reason: 'Line 3 is not a box.' },
      { where: 'train/labels/gone.txt', reason: 'There is no picture for this label file.' }
    ])
  })

  it('folders by kind first, names as a mapping over lines, all in a zip', async () => {
    const files = {
      'set/data.yml': Buffer.from(
        'names:\n  0: person\n  1: "bike" # two wheels\nroboflow:\n  x: 1\n'
      ),
      'set/images/train/a.jpg.png': await pngOf(1),
      'set/labels/train/a.jpg.txt': Buffer.from('1 0.5 0.5 1 1'),
      'set/images/val/b.png': await pngOf(2),
      'set/labels/val/b.txt': Buffer.from('7 0.5 0.5 1 1')
    }
    const zip = join(folder.path, 'set.zip')
    await writeFile(zip, await zipOf(files))
    const { plan, items } = await readAll(zip)
    expect(plan.classNames).toEqual(['7', 'bike'])
    expect(items.map(({ split }) => split)).toEqual(['train', 'test'])
  })

  it('a folder of pictures with some texts in it is no YOLO dataset', async () => {
    await writeTree(folder.path, {
      'cats/a.png': await pngOf(1),
      'dogs/b.png': await pngOf(2),
      'cats/notes.txt': 'hello there'
    })
    expect((await readAll(folder.path)).plan.format).toBe('image-folder')
  })
})

describe('Pascal VOC', () => {
  const label = (
    name: string,
    objects: string,
    size = '<size><width>8</width><height>6</height></size>'
  ): string =>
    `<?xml version="1.0"?><annotation><filename>${name}</filename>${size}${objects}</annotation>`
  const object = (name: string, box: readonly number[]): string =>
    `<object><name>${name}</name><part><name>head</name></part><bndbox><xmin>${box[0]}</xmin><ymin>${box[1]}</ymin><xmax>${box[2]}</xmax><ymax>${box[3]}</ymax></bndbox></object>`

  it('boxes, parts from ImageSets, masks left out', async () => {
    const root = 'VOCdevkit/VOC2012'
    await writeTree(folder.path, {
      [`${root}/Annotations/1.xml`]: label('1.png', object('dog &amp; cat', [2, 0, 6, 3])),
      [`${root}/Annotations/2.xml`]: label(
        '2.png',
        object('car', [0, 0, 4, 6]) + object('car', [4, 0, 8, 6]),
        ''
      ),
      [`${root}/Annotations/9.xml`]: label('9.png', object('car', [0, 0, 4, 6])),
      [`${root}/Annotations/bad.xml`]: 'no xml',
      [`${root}/JPEGImages/1.png`]: await pngOf(1),
      [`${root}/JPEGImages/2.png`]: await pngOf(2),
      [`${root}/JPEGImages/3.png`]: await pngOf(3),
      [`${root}/SegmentationClass/1.png`]: await pngOf(4),
      [`${root}/ImageSets/Main/train.txt`]: '1\n3\n',
      [`${root}/ImageSets/Main/val.txt`]: '2 1\n',
      [`${root}/ImageSets/Main/car_val.txt`]: '1 1\n'
    })
    const { plan, items, problems } = await readAll(folder.path)
    expect(plan).toMatchObject({ format: 'voc', classNames: ['car', 'dog & cat'], total: 3 })
    expect(items.map(({ name, label: given, split }) => [name, given, split])).toEqual([
      ['1.png', 1, 'train'],
      ['2.png', 0, 'test'],
      ['3.png', -1, 'train']
    ])
    expect(items[0].boxes).toEqual([
      { label: 'dog & cat', x01: 0.25, y01: 0, width01: 0.5, height01: 0.5 }
    ])
    expect(items[1].boxes).toHaveLength(2)
    expect(problems.map(({ where }) => where.split('/').at(-1)).sort()).toEqual([
      '9.xml',
      'bad.xml'
    ])
  })

  it('an import goes on in the middle with the same items', async () => {
    const tree: Tree = {}
    for (let i = 0; i < 300; i++) {
      tree[`Annotations/${i}.xml`] = label(`${i}.png`, object(`kind ${i % 2}`, [0, 0, 4, 3]))
      tree[`JPEGImages/${i}.png`] = await pngOf(i)
    }
    await writeTree(folder.path, tree)
    const whole = await readAll(folder.path)
    const rest = await readAll(
      folder.path,
      {},
      { plan: whole.plan, position: whole.batches[0].position }
    )
    expect(rest.items).toEqual(whole.batches[1].items)
    expect(rest.items.length).toBeGreaterThan(0)
  })
})
