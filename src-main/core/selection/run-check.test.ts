// The check of a job with several models: pictures decoded once, units stored by key, and the same
// numbers after a stop. The networks train a few steps only here; how they learn is tested beside them.
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SelectionResult } from '../../api/dto/runs.ts'
import { createRandom } from '../compute/random.ts'
import type { CheckModelCode } from '../evaluation/models/check-model.ts'
import { checkModels, whyNotModel } from './check-models.ts'
import { readState } from './select-state.ts'
import {
  clouds,
  createFixture,
  draftFor,
  runJob,
  type Fixture,
  type RunOptions
} from './selection-fixture.ts'

vi.mock(import('../evaluation/models/convnet.ts'), async (original) => {
  const real = await original()
  const { enableGradients } = await import('../compute/devices/gradients.ts')
  const { finishTraining } = await import('../evaluation/models/train-network.ts')
  const convnetModel: typeof real.convnetModel = {
    async score(inputs, { tf }, signal) {
      await enableGradients()
      const recipe = { ...real.convnetRecipe, steps: 4, batch: 16 }
      return finishTraining(real.startConvnet(tf, inputs, recipe), signal)
    }
  }
  return { ...real, convnetModel }
})
vi.mock(import('../evaluation/models/mlp.ts'), async (original) => {
  const real = await original()
  const { enableGradients } = await import('../compute/devices/gradients.ts')
  const { finishTraining } = await import('../evaluation/models/train-network.ts')
  const mlpModel: CheckModelCode<Parameters<typeof real.startMlp>[1]> = {
    async score(inputs, { tf }, signal) {
      await enableGradients()
      return finishTraining(real.startMlp(tf, inputs, { ...real.mlpRecipe, steps: 60 }), signal)
    }
  }
  return { ...real, mlpModel }
})

let fixture: Fixture
beforeEach(async () => {
  fixture = await createFixture()
})
afterEach(() => fixture.dispose())

/** The fixture with its work done on the processor's fast device. */
function fast(): Fixture {
  const { pool } = fixture
  return {
    ...fixture,
    pool: {
      ...pool,
      // Only inputs with a device are sent here; the rest of them stays as it is.
      run: (task, input, options) =>
        pool.run(task, { ...input, device: 'native' } as typeof input, options)
    }
  }
}

const options = { items: 200, classes: 3, columns: 6, seed: 4, distance: 1.5 }

async function resultOf(
  draft: ReturnType<typeof draftFor>,
  run: RunOptions
): Promise<SelectionResult> {
  const outcome = await runJob(fast(), draft, run)
  if (outcome.error !== undefined) throw outcome.error
  // What the job stored is its result by schema.
  return fixture.store.runs.get(run.id)?.result as unknown as SelectionResult
}

describe('a check with several models', () => {
  const check = { repeats: 2, model: 'knn', alsoModels: ['linear', 'mlp', 'convnet'], curve: true }
  const draftOf = () => draftFor('pool', { check, method: { id: 'k-center' } })

  it('gives every model and the curve, and the same numbers after a stop', async () => {
    await fixture.addDataset('pool', clouds(options))
    const whole = await resultOf(draftOf(), { id: 'whole' })
    const { check: found } = whole
    expect(found?.models.map(({ model }) => model)).toEqual(['knn', 'linear', 'mlp'])
    expect(found?.cautions.join(' ')).toContain('needs data whose items are pictures')
    expect(found?.acrossModels).not.toBeNull()
    expect(found?.chosen).toEqual(found?.models[0]?.chosen)
    expect(found?.curve?.arms.random).toHaveLength(found?.curve?.sizes.length ?? -1)

    // Stopped in the middle of the check, some units stored.
    const halted = await runJob(fast(), draftOf(), { id: 'halted', stopAfter: 12 })
    expect(halted.result).toBeUndefined()
    const again = await resultOf(draftOf(), { id: 'halted' })
    expect(again.check).toEqual(found)
  })
})

describe('a check with pictures', () => {
  /** Bars that lie or stand; the fingerprints are clouds as elsewhere. */
  async function addPictures(count: number): Promise<void> {
    const folder = join(fixture.folder, 'pictures')
    await mkdir(folder)
    const random = createRandom(3)
    const items = clouds({ ...options, items: count, classes: 2 })
    for (const [row, { label }] of items.entries()) {
      const pixels = Uint8Array.from({ length: 64 }, () => random.below(60))
      for (let i = 0; i < 8; i++) pixels[label === 0 ? 24 + i : i * 8 + 3] = 230
      const raw = { width: 8, height: 8, channels: 1 } as const
      await writeFile(join(folder, String(row)), await sharp(pixels, { raw }).png().toBuffer())
    }
    await fixture.addDataset('pool', items, {
      kind: 'images',
      format: 'image-folder',
      sourcePath: folder
    })
  }

  it('decodes them once, trains on pixels, and removes them', async () => {
    await addPictures(80)
    const draft = draftFor('pool', {
      goal: 'train-images',
      method: { id: 'random' },
      check: { repeats: 2, model: 'convnet' }
    })
    const halted = await runJob(fast(), draft, { id: 'run', stopAfter: 8 })
    expect(halted.result).toBeUndefined()
    const folder = join(fixture.folder, 'runs', 'run')
    expect(await readdir(folder)).toContain('check-pictures')
    const result = await resultOf(draft, { id: 'run' })
    expect(await readdir(folder)).not.toContain('check-pictures')
    expect(result.check?.models).toMatchObject([{ model: 'convnet' }])
    const { units } = readState(fixture.store.jobs.checkpoint('run'))
    expect(Object.keys(units).sort()).toEqual(
      ['all', 'chosen', 'random', 'stratified'].flatMap((arm) => [
        `convnet:${arm}/0`,
        `convnet:${arm}/1`
      ])
    )
    // Some of what the bars look like was learned: guessing is right in half of the cases.
    expect(result.check?.all.mean).toBeGreaterThan(0.6)
    expect((await resultOf(draft, { id: 'other' })).check).toEqual(result.check)
  })
})

describe('check models', () => {
  it('are those asked for, each once, that the data allows', () => {
    const all = { model: 'knn', alsoModels: ['knn', 'convnet'] } as const
    expect(checkModels({ ...all, alsoModels: [...all.alsoModels] }, true)).toEqual([
      'knn',
      'convnet'
    ])
    expect(checkModels({ ...all, alsoModels: [...all.alsoModels] }, false)).toEqual(['knn'])
    expect(checkModels({ model: 'convnet', alsoModels: [] }, false)).toEqual(['linear'])
    expect(whyNotModel('mlp', false)).toBeUndefined()
  })
})
