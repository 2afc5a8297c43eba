// Expanding through the contract of a whole app, with its threads: a model is trained, a label expanded,
// one picture refused by hand, the rest measured and exported. Every answer is checked by its schema.
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { noFilter } from '../../api/dto/browse.ts'
import { ImportOptions } from '../../api/dto/datasets.ts'
import { ExpandPlan } from '../../api/dto/expand.ts'
import type { Client } from '../../api/rpc.ts'
import { writeIdxPair } from '../datasets/write-idx.ts'
import { smallPictures } from '../networks/picture-sample.test-support.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import type { App } from './create-app.ts'
import { serveApp, type ServedApp } from './served-app.test-support.ts'

let folder: ReturnType<typeof temporaryFolder>
let app: App
let client: Client
let grant: ServedApp['grant']
let finished: ServedApp['ended']
let dataset = ''

beforeEach(async () => {
  folder = temporaryFolder()
  vi.stubEnv('WINNOW_HOME', join(folder.path, 'home'))
  ;({ app, client, grant, ended: finished } = await serveApp())
  await client.call('projects.create', { name: 'Few', place: await grant(folder.path) })
  const sources = join(folder.path, 'sources')
  await mkdir(sources)
  const { train, trainPixels } = smallPictures(4, { train: 60, side: 8 })
  const images = { count: train.count, height: 8, width: 8, pixels: trainPixels }
  await writeIdxPair(sources, 'train', images, Uint8Array.from(train.labels))
  const started = await client.call('datasets.import', {
    grant: await grant(sources),
    name: 'shapes',
    options: ImportOptions.parse({}),
    purpose: 'pool'
  })
  dataset = started.dataset
  await finished(started.job)
})
afterEach(async () => {
  await app.dispose()
  vi.unstubAllEnvs()
  folder.remove()
})

it('a label is expanded, looked at, measured and exported', async () => {
  const { models: before } = await client.call('expand.models', {})
  expect(before.map(({ id }) => id)).toEqual(['shipped'])
  const own = { dataset, name: 'Shapes', steps: 12, side: 8, seed: 3 } as const
  const trainEstimate = await client.call('expand.trainEstimate', own)
  expect(trainEstimate).toMatchObject({ pictures: 240, problem: null })
  expect(trainEstimate.seconds?.low).toBeGreaterThan(0)
  const { job: model } = await client.call('expand.train', own)
  expect(await finished(model)).toMatchObject({ error: null, state: 'finished' })
  const { models } = await client.call('expand.models', {})
  expect(models[1]).toMatchObject({ id: model, name: 'Shapes', side: 8, steps: 12, pictures: 240 })

  const { classes } = await client.call('datasets.get', { dataset })
  const [{ name }] = classes
  const plan = ExpandPlan.parse({
    ...{ dataset, model, most: 14, make: 12, seed: 5 },
    filter: { ...noFilter, labels: [name] }
  })
  const estimate = await client.call('expand.estimate', plan)
  expect(estimate).toMatchObject({
    ...{ found: 60, sources: 14, problem: null },
    labels: [{ name, count: 14 }]
  })
  expect(estimate.cautions.join(' ')).toMatch(/fewer than 20/)
  expect(await client.call('expand.estimate', { ...plan, most: 5 })).toMatchObject({
    problem:
      '5 pictures are chosen; at least 10 are needed, as new pictures lie between two of them.'
  })
  await expect(client.call('expand.start', { ...plan, model: 'none' })).rejects.toMatchObject({
    code: 'run-not-found'
  })

  const { job } = await client.call('expand.start', plan)
  await expect(client.call('expand.result', { job })).rejects.toMatchObject({
    code: 'run-not-finished'
  })
  expect(await finished(job)).toMatchObject({ error: null })
  const result = await client.call('expand.result', { job })
  expect(result).toMatchObject({ plan, steps: 100, top: 500, isReviewed: false, measure: null })
  expect(result.candidates).toHaveLength(12)
  expect(result.reconstruction).toBeLessThan(0.1)
  expect(result.helperAccuracy01).toBeGreaterThan(0.25)
  for (const each of result.candidates) {
    expect(each.label).toBe(name)
    expect(each.parents.map((parent) => result.sources[parent].label)).toEqual([name, name])
    expect(each.isAccepted).toBe(each.reasons.length === 0)
  }
  const pixels = await client.call('expand.pixels', { job })
  expect(pixels.sources).toHaveLength(14 * 64)
  expect(pixels.made).toHaveLength(12 * 64)
  const { runs } = await client.call('expand.runs', {})
  const passed = result.candidates.filter(({ isAccepted }) => isAccepted).length
  expect(runs).toMatchObject([{ job, make: 12, passed }])

  // A person accepts five, whatever the gates said.
  const accepted = [0, 2, 3, 5, 7]
  await client.call('expand.decide', { job, accepted })
  await expect(client.call('expand.decide', { job, accepted: [12] })).rejects.toMatchObject({
    code: 'invalid-input'
  })
  const reviewed = await client.call('expand.result', { job })
  expect(reviewed.isReviewed).toBe(true)
  expect(reviewed.candidates.flatMap((each) => (each.isAccepted ? [each.at] : []))).toEqual(
    accepted
  )

  const measuring = await client.call('expand.measure', { job, seed: 1, steps: 6 })
  expect(await finished(measuring.job)).toMatchObject({ error: null })
  const { measure } = await client.call('expand.result', { job })
  expect(measure).toMatchObject({
    repeats: 5,
    made: 5,
    real: 56,
    labels: classes.map((c) => c.name)
  })
  expect(measure?.arms.map(({ arm }) => arm)).toEqual(['real', 'made', 'moved', 'blended'])
  expect(measure?.sentence.includes('improves')).toBe(measure?.verdict === 'better')

  const exported = await client.call('expand.export', {
    ...{ job, grant: await grant(folder.path), name: 'bars and more', ratio: 0.25 }
  })
  expect(exported).toEqual({ folder: 'bars and more', real: 14, made: 3, leftOut: 2 })
  const place = join(folder.path, 'bars and more')
  const manifest = JSON.parse(await readFile(join(place, 'manifest.json'), 'utf8')) as {
    synthetic: boolean
    provenance: { made: { parents: unknown[]; weight: number; noiseLevel: number; seed: number }[] }
  }
  expect(manifest.synthetic).toBe(true)
  expect(manifest.provenance.made).toHaveLength(3)
  expect(manifest.provenance.made[0]).toMatchObject({ noiseLevel: 500 })
  expect(manifest.provenance.made[0].parents).toHaveLength(2)
  const table = (await readFile(join(place, 'pictures.csv'), 'utf8')).trim().split('\r\n')
  expect(table).toHaveLength(18)
  expect(table.filter((line) => line.includes(',true,'))).toHaveLength(3)
  expect(await readdir(join(place, 'pictures', name))).toHaveLength(17)
}, 600_000)
