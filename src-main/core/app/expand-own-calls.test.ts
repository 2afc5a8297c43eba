// Expanding colour pictures out of a zip file through the contract of a whole app: a colour model is
// trained, pictures are looked at while they are made, it is ended early, and the same is done once
// more with the model as a file that another program might have written.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { noFilter } from '../../api/dto/browse.ts'
import { ImportOptions } from '../../api/dto/datasets.ts'
import { ExpandPlan, type ExpandSoFar } from '../../api/dto/expand.ts'
import type { Job } from '../../api/dto/jobs.ts'
import type { Client } from '../../api/rpc.ts'
import { encodeModel } from '../compute/devices/native/onnx-model.ts'
import { encodePng } from '../distillation/grid-picture.ts'
import { rawZip } from '../files/testing/raw-zip.ts'
import { smallPictures } from '../networks/picture-sample.test-support.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import { usualSettings } from '../synthesis/own-model/try-own-model.ts'
import { unetOnnx } from '../synthesis/own-model/unet-onnx.test-support.ts'
import { openModel } from '../synthesis/picture-model.ts'
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
  await client.call('projects.create', { name: 'Colours', place: await grant(folder.path) })
  const { train, trainPixels, classNames } = smallPictures(4, { train: 60, side: 8, channels: 3 })
  const pictures = await Promise.all(
    Array.from(train.labels, async (label, at) => ({
      name: `${classNames[label]}/${String(at).padStart(3, '0')}.png`,
      data: Buffer.from(await encodePng(trainPixels.slice(at * 192, (at + 1) * 192), 8, 8, 3))
    }))
  )
  const path = join(folder.path, 'shapes.zip')
  await writeFile(path, rawZip(pictures))
  const started = await client.call('datasets.import', {
    grant: await grant(path),
    name: 'shapes',
    options: ImportOptions.parse({}),
    purpose: 'pool'
  })
  dataset = started.dataset
  expect(await finished(started.job)).toMatchObject({ error: null })
})
afterEach(async () => {
  await app.dispose()
  vi.unstubAllEnvs()
  folder.remove()
})

it('colour pictures of a zip file, with a model trained here and the same one from a file', async () => {
  const own = { dataset, name: 'Colours', steps: 15, side: 8, channels: 3, seed: 3 } as const
  const { job: model } = await client.call('expand.train', own)
  expect(await finished(model)).toMatchObject({ error: null, state: 'finished' })
  const { models } = await client.call('expand.models', {})
  expect(models[1]).toMatchObject({ id: model, side: 8, channels: 3, pictures: 240, own: null })

  const plan = ExpandPlan.parse({
    ...{ dataset, model, most: 10, make: 60, seed: 5 },
    filter: { ...noFilter, labels: ['bar'] }
  })
  const { job } = await client.call('expand.start', plan)
  const seen: Promise<ExpandSoFar>[] = []
  const ended: Promise<unknown>[] = []
  const look = ({ phase }: Job): void => {
    if (phase?.index !== 3 || phase.done === 0 || seen.length > 0) return
    seen.push(client.call('expand.soFar', { job }))
    ended.push(client.call('expand.end', { job }))
  }
  expect(await finished(job, look)).toMatchObject({ error: null, state: 'finished-with-notes' })
  const [soFar] = await Promise.all(seen)
  await Promise.all(ended)
  expect(soFar).toMatchObject({ dataset: 'shapes', make: 60, side: 8, channels: 3 })
  expect(soFar.sources).toHaveLength(10)
  expect(soFar.pictures.length).toBeGreaterThanOrEqual(16)
  for (const { label, parents } of soFar.pictures) {
    expect(label).toBe('bar')
    expect(parents).toHaveLength(2)
  }
  const result = await client.call('expand.result', { job })
  const made = result.candidates.length
  expect(made).toBeGreaterThanOrEqual(soFar.pictures.length)
  expect(made).toBeLessThan(60)
  const { made: pixels } = await client.call('expand.pixels', { job })
  expect(pixels).toHaveLength(made * 192)
  // What was shown while they were made is what was kept.
  expect(pixels.slice(0, soFar.madePixels.length)).toEqual(soFar.madePixels)

  // The same weights as a file, told what it is as its makers would.
  const place = join(folder.path, 'elsewhere')
  await mkdir(place)
  const path = join(place, 'mine.onnx')
  const runs = join(folder.path, 'Colours.winnow', 'runs')
  await writeFile(path, unetOnnx(await openModel(join(runs, model, 'model.safetensors'))))
  const settings = usualSettings(null)
  const from = { grant: await grant(path) }
  const added = await client.call('expand.addModel', { from, dataset, settings })
  expect(added).toMatchObject({ name: 'mine.onnx', side: 8, channels: 3, own: { settings } })
  expect(added.own?.error).toBeLessThan(0.9)
  const again = await client.call('expand.addModel', {
    from: { model: added.id },
    dataset,
    settings: { ...settings, range: 'shares' }
  })
  expect(again.id).not.toBe(added.id)
  expect(again.own?.sha256).toBe(added.own?.sha256)
  await client.call('expand.removeModel', { model: again.id })
  expect((await client.call('expand.models', {})).models.map(({ id }) => id)).toEqual([
    'shipped',
    model,
    added.id
  ])

  const second = await client.call('expand.start', { ...plan, model: added.id, make: made })
  expect(await finished(second.job)).toMatchObject({ error: null })
  const theirs = await client.call('expand.result', { job: second.job })
  expect(theirs.model).toEqual(added)
  expect(theirs.reconstruction).toBeCloseTo(result.reconstruction, 3)
  expect(theirs.candidates.map(({ parents }) => parents)).toEqual(
    result.candidates.map(({ parents }) => parents)
  )
  const other = await client.call('expand.pixels', { job: second.job })
  const apart = other.made.map((value, at) => Math.abs(value - pixels[at]))
  expect(Math.max(...apart)).toBeLessThanOrEqual(2)

  await client.call('expand.decide', { job: second.job, accepted: [0, 1] })
  await client.call('expand.export', {
    ...{ job: second.job, grant: await grant(folder.path), name: 'with mine' }
  })
  const text = await readFile(join(folder.path, 'with mine', 'manifest.json'), 'utf8')
  const manifest = JSON.parse(text) as { readonly settings: unknown }
  expect(manifest.settings).toMatchObject({
    model: 'mine.onnx',
    modelFile: { sha256: added.own?.sha256, schedule: 'linear', steps: 1000 }
  })

  // Stopped while more are made: what is finished stays, unchecked.
  const third = await client.call('expand.start', { ...plan, model: added.id, make: 200 })
  const stops: Promise<unknown>[] = []
  const stop = ({ phase }: Job): void => {
    if (phase?.index !== 3 || phase.done === 0 || stops.length > 0) return
    stops.push(client.call('jobs.cancel', { id: third.job, keep: true }))
  }
  expect(await finished(third.job, stop)).toMatchObject({ state: 'cancelled' })
  await Promise.all(stops)
  const kept = await client.call('expand.soFar', { job: third.job })
  expect(kept.pictures.length).toBeGreaterThanOrEqual(16)
  expect(kept.madePixels).toHaveLength(kept.pictures.length * 192)
  const { runs: known } = await client.call('expand.runs', {})
  expect(known[0]).toMatchObject({ job: third.job, passed: null, made: kept.pictures.length })
  await client.call('jobs.discard', { id: third.job })
  await expect(client.call('expand.soFar', { job: third.job })).rejects.toMatchObject({
    code: 'run-not-found'
  })

  // A model that sees some noise but loses pictures on the way: nothing is made with it.
  await writeFile(path, roughModel())
  const rough = await client.call('expand.addModel', { from, dataset, settings })
  const fourth = await client.call('expand.start', { ...plan, model: rough.id })
  const failed = await finished(fourth.job)
  expect(failed).toMatchObject({ state: 'failed', error: { code: 'method-not-possible' } })
  expect(failed.error?.message).toMatch(/cannot show these pictures.* off by \d/)
  expect((await client.call('expand.soFar', { job: fourth.job })).pictures).toEqual([])
  await expect(client.call('expand.removeModel', { model: 'shipped' })).rejects.toMatchObject({
    code: 'run-not-found'
  })
  await client.call('expand.removeModel', { model: rough.id })

  // A file that is none leaves nothing behind.
  await writeFile(path, 'no model')
  await expect(
    client.call('expand.addModel', { from, dataset, settings: null })
  ).rejects.toMatchObject({ code: 'file-not-recognised' })
  await client.call('expand.removeModel', { model: added.id })
  expect(await readdir(join(folder.path, 'Colours.winnow', 'models'))).toEqual([])
  await expect(client.call('expand.end', { job: second.job })).rejects.toMatchObject({
    code: 'invalid-input'
  })
}, 600_000)

/** Says that the picture itself is noise, and more than that at every fine edge of its numbers. */
function roughModel(): Uint8Array {
  const number = (name: string, value: number) => ({
    ...{ name, type: 'float32' as const, shape: [] },
    bytes: new Uint8Array(Float32Array.of(value).buffer)
  })
  const shape = [-1, 3, 8, 8]
  return encodeModel({
    nodes: [
      { op: 'Mul', inputs: ['sample', 'often'], outputs: ['fast'] },
      { op: 'Sin', inputs: ['fast'], outputs: ['wave'] },
      { op: 'Mul', inputs: ['wave', 'much'], outputs: ['rough'] },
      { op: 'Add', inputs: ['sample', 'rough'], outputs: ['noise'] }
    ],
    constants: [number('often', 30), number('much', 0.6)],
    inputs: [
      { name: 'sample', type: 'float32', shape },
      { name: 'timestep', type: 'int64', shape: [-1] }
    ],
    outputs: [{ name: 'noise', type: 'float32', shape }]
  })
}
