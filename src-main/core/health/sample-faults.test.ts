// The faults planted in the sample project are found by the health check: a tenth of its pictures,
// planted in the same shares with the same code, with the stand-in fingerprints of these tests.
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HealthReport } from '../../api/dto/health.ts'
import { plantPool, type PlantedFacts } from '../datasets/plant-pool.ts'
import { loadIdxPair, partSample, sampleSeed, takeRows } from '../datasets/samples.ts'
import { createHealthFixture, type HealthFixture } from './health.test-support.ts'

const resources = resolve(import.meta.dirname, '..', '..', '..', 'resources')
const rows = 600
let fixture: HealthFixture
let report: HealthReport
let facts: PlantedFacts
let counts: number[]

beforeAll(async () => {
  fixture = await createHealthFixture()
  const folder = join(resources, 'samples', 'fashion')
  const whole = await loadIdxPair(
    join(folder, 't10k-images-idx3-ubyte.gz'),
    join(folder, 't10k-labels-idx1-ubyte.gz')
  )
  const { clean } = partSample(whole, sampleSeed)
  const part = takeRows(
    clean,
    Array.from({ length: rows }, (_, row) => row)
  )
  const pool = plantPool({
    ...part,
    seed: sampleSeed,
    wrongLabels01: 0.2,
    nearDuplicates01: 0.15,
    otherSource01: 0.15
  })
  facts = pool.facts
  counts = Array.from(
    { length: 10 },
    (_, label) => part.labels.filter((one) => one === label).length
  )
  const each = pool.images.width * pool.images.height
  await fixture.add(
    'd',
    'images',
    Array.from({ length: rows }, (_, row) => ({
      pixels: pool.images.pixels.slice(row * each, (row + 1) * each),
      label: pool.labels[row],
      split: 'train' as const
    }))
  )
  await fixture.check('d')
  report = await fixture.report('d')
})
afterAll(() => fixture.dispose())

const found = (kind: Parameters<HealthFixture['items']>[1]): Set<number> =>
  new Set(fixture.items('d', kind).map(({ item }) => item.row))
const share = (wanted: readonly number[], rowsFound: ReadonlySet<number>): number =>
  wanted.filter((row) => rowsFound.has(row)).length / wanted.length

describe('the faults of the sample', () => {
  it('are repeats: most planted copies are found, with the picture they were made of', () => {
    const near = found('near-duplicates')
    const planted = facts.nearDuplicates.map(({ row }) => row)
    expect(share(planted, near)).toBeGreaterThan(0.7)
    const pairs = new Set(facts.nearDuplicates.flatMap(({ row, of }) => [row, of]))
    expect(share([...near], pairs)).toBeGreaterThan(0.8)
  })

  it('are wrong labels: most are found, and little else is called wrong', () => {
    const wrong = found('wrong-labels')
    const planted = facts.wrongLabels.map(({ row }) => row)
    expect(share(planted, wrong)).toBeGreaterThan(0.7)
    // Pictures from elsewhere lie under labels drawn by lot: theirs are wrong as well.
    expect(share([...wrong], new Set([...planted, ...facts.otherSource]))).toBeGreaterThan(0.75)
  })

  it('are pictures from elsewhere: odd ones out, or under a label they do not fit', () => {
    const odd = found('outliers')
    expect(odd.size).toBeGreaterThan(0)
    expect(share([...odd], new Set(facts.otherSource))).toBeGreaterThan(0.8)
    const either = new Set([...odd, ...found('wrong-labels')])
    expect(share(facts.otherSource, either)).toBeGreaterThan(0.4)
  })

  it('are an imbalance: the most frequent label has nearly twice the items of the rarest', () => {
    expect(Math.max(...counts) / Math.min(...counts)).toBeGreaterThan(1.5)
    const balance = report.findings.find(({ kind }) => kind === 'class-balance')
    expect(balance?.sentence).toMatch(/is the most frequent with \d+ items .* the rarest with \d+/)
  })
})
