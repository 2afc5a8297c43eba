// Whole checks of small datasets with planted problems: everything planted is found, nothing else is
// made of it, actions do what they say and can be taken back, and a stopped check ends the same.
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Finding, FindingKind, HealthReport } from '../../api/dto/health.ts'
import { createRandom } from '../compute/random.ts'
import { actOnFinding } from './act.ts'
import {
  createHealthFixture,
  movedPicture,
  randomPicture,
  randomTexts,
  type HealthFixture,
  type TestItem
} from './health.test-support.ts'

let fixture: HealthFixture
beforeEach(async () => {
  fixture = await createHealthFixture()
})
afterEach(() => fixture.dispose())

function of(report: HealthReport, kind: FindingKind): Finding {
  const finding = report.findings.find((it) => it.kind === kind)
  if (finding === undefined) throw new Error(`no finding ${kind}`)
  return finding
}

const rowsOf = (kind: FindingKind): number[] =>
  fixture
    .items('d', kind)
    .map((it) => it.item.row)
    .sort((a, b) => a - b)

const act = (
  kind: FindingKind,
  action: Parameters<typeof actOnFinding>[3],
  only: readonly number[] | null = null
) => {
  const record = fixture.store.datasets.get('d')
  if (record === undefined) throw new Error('no dataset')
  const deps = {
    store: fixture.store,
    columns: (id: string) => fixture.browse.columns(id),
    apply: fixture.edits.apply.bind(fixture.edits)
  }
  return actOnFinding(deps, record, kind, action, only)
}

/** A token as GitHub makes them, or with a checksum that is off. */
function madeUpToken(off: number): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  const body = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5'
  let value = crc32(body) + off
  let sum = ''
  for (let i = 0; i < 6; i++) {
    sum = digits[value % 62] + sum
    value = Math.floor(value / 62)
  }
  return `ghp_${body}${sum}`
}

describe('texts', () => {
  const texts = randomTexts(60, 30, 1)
  const changed = texts[3].split(' ').with(10, 'piano').join(' ')
  const german =
    'Der Hund und die Katze sind in dem Haus, und sie haben nicht mehr viel Zeit, aber das ist auch noch nicht alles, was wir von ihnen wissen.'
  const planted: TestItem[] = [
    { text: texts[0] },
    { text: changed },
    { text: 'the end' },
    { text: german },
    { text: `${texts[5]} write to anna.berger@firma-berger.de or call +49 30 1234567` },
    { text: `${randomTexts(1, 20, 7)[0]} token ${madeUpToken(0)} was left here` },
    { text: `${randomTexts(1, 20, 8)[0]} token ${madeUpToken(1)} was left here` },
    { text: 'buy now and save. '.repeat(40) }
  ]
  const items: TestItem[] = [...texts.map((text) => ({ text })), ...planted]

  it('finds every planted problem and nothing more', async () => {
    await fixture.add(
      'd',
      'text',
      items.map((item, i) => ({ ...item, features: [1, i / 100] }))
    )
    await fixture.check('d')
    expect(rowsOf('exact-duplicates')).toEqual([0, 60])
    expect(rowsOf('near-duplicates')).toEqual([3, 61])
    expect(rowsOf('empty-texts')).toEqual([62])
    expect(rowsOf('mixed-languages')).toEqual([63])
    expect(rowsOf('personal-data')).toEqual([64])
    expect(rowsOf('secrets')).toEqual([65])
    expect(rowsOf('repeated-texts')).toEqual([67])
    const report = await fixture.report('d')
    expect(of(report, 'long-texts').severity).toBe('fine')
    expect(of(report, 'mixed-languages').sentence).toContain('mostly English')
    expect(report.notRun.map((it) => it.title)).toContain('Labels')
    const [mail] = fixture.items('d', 'personal-data')
    expect(mail.why).toContain('an e-mail address and a phone number')
    expect(mail.why).not.toContain('anna')
    expect(mail.why).not.toContain('1234567')
  })

  it('keeps the best of each group, and undo brings everything back', async () => {
    await fixture.add('d', 'text', items)
    await fixture.check('d')
    const before = of(await fixture.report('d'), 'near-duplicates')
    expect(before.actions[0]).toMatchObject({ id: 'keep-largest', isRecommended: true })
    const { changed: count, step } = await act('near-duplicates', 'keep-largest')
    expect(count).toBe(1)
    expect(step?.sentence).toContain('near-duplicates')
    const after = await fixture.report('d')
    expect(of(after, 'near-duplicates')).toMatchObject({ count: 0, found: 2, severity: 'fine' })
    expect(after.isStale).toBe(true)
    await fixture.edits.stepTo('d', 0)
    const back = await fixture.report('d')
    expect(of(back, 'near-duplicates')).toMatchObject({ count: 2, groups: 1 })
    expect(back.isStale).toBe(false)
  })

  it('acts on some rows only; tags do not make a check stale', async () => {
    await fixture.add('d', 'text', items)
    await fixture.check('d')
    expect((await act('exact-duplicates', 'tag', [60])).changed).toBe(1)
    expect(fixture.store.items.tagsOf('d', [0, 60])).toEqual([[], ['check: exact duplicates']])
    expect((await fixture.report('d')).isStale).toBe(false)
    expect((await act('exact-duplicates', 'keep-first', [0])).changed).toBe(0)
    expect((await act('exact-duplicates', 'keep-first')).changed).toBe(1)
  })

  it('a check stopped at any checkpoint ends with the same findings', async () => {
    await fixture.add('d', 'text', items)
    await fixture.check('d')
    const whole = fixture.store.health.findings('d')
    for (const stop of [1, 2, 3]) {
      expect(await fixture.check('d', stop)).toBeUndefined()
      await fixture.check('d')
      expect(fixture.store.health.findings('d')).toEqual(whole)
    }
  })

  it('what was set aside before takes no part', async () => {
    await fixture.add('d', 'text', items)
    await fixture.edits.apply({
      dataset: 'd',
      scope: { kind: 'rows', rows: [60, 62] },
      change: { kind: 'aside', aside: true },
      because: null
    })
    await fixture.check('d')
    expect(rowsOf('exact-duplicates')).toEqual([])
    expect(rowsOf('empty-texts')).toEqual([])
    expect((await fixture.report('d')).isStale).toBe(false)
  })

  it('a dismissed finding stays dismissed after the next check', async () => {
    await fixture.add('d', 'text', items)
    await fixture.check('d')
    fixture.store.health.dismiss('d', 'personal-data', true)
    await fixture.check('d')
    expect(of(await fixture.report('d'), 'personal-data').isDismissed).toBe(true)
  })
})

describe('labels and splits', () => {
  /** Two clouds of points; `wrong` of them carry the other label. */
  function clouds(wrong: ReadonlySet<number>): TestItem[] {
    const random = createRandom(5)
    return Array.from({ length: 200 }, (_, i) => {
      const side = i % 2
      const features = Array.from(
        { length: 4 },
        (_, j) => (j === side ? 4 : 0) + 0.5 * random.normal()
      )
      return {
        features,
        label: wrong.has(i) ? 1 - side : side,
        split: i < 150 ? 'train' : 'test',
        values: { n: i, patient: `p${Math.floor(i / 10)}` }
      } satisfies TestItem
    })
  }
  const wrong = new Set([4, 17, 80, 121, 160])
  const numbers = { name: 'n', type: 'number', role: 'number' } as const
  const column = { confidence01: 1, distinct: null, missing: 0, examples: [] }

  it('finds planted wrong labels; accepting the suggestions settles them', async () => {
    await fixture.add('d', 'table', clouds(wrong))
    await fixture.check('d')
    expect(rowsOf('wrong-labels')).toEqual([...wrong].sort((a, b) => a - b))
    const [first] = fixture.items('d', 'wrong-labels')
    expect(first.suggestedLabel).not.toBe(first.item.label)
    expect(first.why).toMatch(/^Seen as “class \d” with [\d.]+ %, given “class \d” with /)
    expect((await act('wrong-labels', 'accept-suggestions')).changed).toBe(5)
    expect(of(await fixture.report('d'), 'wrong-labels')).toMatchObject({ count: 0, found: 5 })
    await fixture.edits.stepTo('d', 0)
    expect(of(await fixture.report('d'), 'wrong-labels').count).toBe(5)
  })

  it('copies with different labels, across the split, and groups on both sides', async () => {
    const items = clouds(new Set())
    items.push({ ...items[0], split: 'test', label: 1 }, { ...items[2], split: 'test' })
    items.push({ ...items[2], split: 'train' })
    await fixture.add('d', 'table', items, {
      columns: [
        { ...column, ...numbers },
        { ...column, name: 'patient', type: 'category', role: 'group' }
      ]
    })
    await fixture.check('d')
    expect(rowsOf('conflicting-labels')).toEqual([0, 200])
    expect(rowsOf('split-leakage')).toEqual([0, 2, 200, 201, 202])
    const report = await fixture.report('d')
    expect(of(report, 'split-leakage').actions[0]).toMatchObject({ id: 'set-aside-all' })
    expect(of(report, 'group-leakage').sentence).toContain('“patient”')
    expect(of(report, 'group-leakage').groups).toBe(1)
    // The training side goes: rows 0, 2 and 202.
    expect((await act('split-leakage', 'set-aside-all')).changed).toBe(3)
    expect(of(await fixture.report('d'), 'split-leakage').count).toBe(0)
    await fixture.edits.stepTo('d', 0)
    expect((await act('split-leakage', 'move-to-train')).changed).toBe(2)
    expect(of(await fixture.report('d'), 'split-leakage').count).toBe(0)
  })

  it('missing and rare labels, and the balance', async () => {
    const items = clouds(new Set())
    items.push(
      ...clouds(new Set())
        .slice(0, 3)
        .map((item, i) => ({ ...item, label: 2, values: { n: 900 + i } }))
    )
    items.push({ ...items[0], label: -1, values: { n: 1000 } })
    await fixture.add('d', 'table', items)
    await fixture.check('d')
    expect(rowsOf('missing-labels')).toEqual([203])
    expect(rowsOf('rare-labels')).toEqual([200, 201, 202])
    const report = await fixture.report('d')
    expect(of(report, 'class-balance').sentence).toBe(
      'Of 3 labels, “class 0” is the most frequent with 100 items and “class 2” the rarest with 3.'
    )
    expect(report.classes).toEqual([
      { name: 'class 0', train: 75, test: 25, none: 0 },
      { name: 'class 1', train: 75, test: 25, none: 0 },
      { name: 'class 2', train: 3, test: 0, none: 0 }
    ])
  })

  it('an item far from all others is an odd one out; rows equal up to rounding are found', async () => {
    const items = clouds(new Set())
    items.push({ features: [-30, 40, 60, -20], label: 0, values: { n: 1 } })
    const copy = Array.from(items[7].features ?? [], (value) => value + 0.0004)
    items.push({ ...items[7], features: copy, values: { n: -1 } })
    await fixture.add('d', 'table', items)
    await fixture.check('d')
    expect(fixture.items('d', 'outliers')[0].item.row).toBe(200)
    expect(rowsOf('near-duplicates')).toEqual([7, 201])
  })
})

describe('pictures', () => {
  function pictures(): TestItem[] {
    const random = createRandom(3)
    return Array.from({ length: 80 }, () => ({ pixels: randomPicture(random) }))
  }

  it('finds planted copies and broken, dark, bright, tiny and oddly shaped pictures', async () => {
    const random = createRandom(9)
    const items = pictures()
    const brighter = items[4].pixels?.map((value) => Math.min(255, Math.round(value * 1.15)))
    const planted: TestItem[] = [
      { pixels: items[1].pixels ?? new Uint8Array(0) },
      { pixels: movedPicture(items[2].pixels ?? new Uint8Array(0), 2, -1) },
      { pixels: brighter ?? new Uint8Array(0) },
      {},
      { pixels: new Uint8Array(1024).map(() => 3 + random.below(6)) },
      { pixels: new Uint8Array(1024).map(() => 240 + random.below(6)) },
      { pixels: randomPicture(random, 10) },
      { pixels: randomPicture(random), width: 3200, height: 32 }
    ]
    await fixture.add('d', 'images', [...items, ...planted])
    await fixture.check('d')
    expect(rowsOf('exact-duplicates')).toEqual([1, 80])
    expect(rowsOf('near-duplicates')).toEqual([2, 4, 81, 82])
    expect(rowsOf('unreadable-pictures')).toEqual([83])
    expect(rowsOf('dark-pictures')).toEqual([84])
    expect(rowsOf('bright-pictures')).toEqual([85])
    expect(rowsOf('tiny-pictures')).toEqual([86])
    expect(rowsOf('odd-shapes')).toContain(87)
  })

  it('a check of pictures stopped at any checkpoint ends with the same findings', async () => {
    const items = pictures().map((item, i) => ({ ...item, label: i % 2 }))
    await fixture.add('d', 'images', [
      ...items,
      { pixels: movedPicture(items[2].pixels ?? new Uint8Array(0), 1, 1) }
    ])
    await fixture.check('d')
    const whole = fixture.store.health.findings('d')
    for (const stop of [1, 2, 3, 4]) {
      expect(await fixture.check('d', stop)).toBeUndefined()
      await fixture.check('d')
      expect(fixture.store.health.findings('d')).toEqual(whole)
    }
  })

  it('naturally dark data is not flagged wholesale, blurred pictures among sharp ones are', async () => {
    const random = createRandom(4)
    const sharp = Array.from({ length: 60 }, () =>
      randomPicture(random).map((value) => Math.round(value / 8) + random.below(30))
    )
    const soft = sharp[0].map((_, i) => 30 + Math.round(22 * Math.sin((i % 32) / 5)))
    await fixture.add(
      'd',
      'images',
      [...sharp, soft].map((pixels) => ({ pixels }))
    )
    await fixture.check('d')
    const report = await fixture.report('d')
    expect(of(report, 'dark-pictures').count).toBe(0)
    expect(rowsOf('blurry-pictures')).toEqual([60])
  })
})
