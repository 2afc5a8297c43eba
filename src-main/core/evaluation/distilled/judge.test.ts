// Students as they judge a set: the same seed gives the same accuracy, more lessons a better one.
import { expect, it } from 'vitest'
import { openTestDevice } from '../../compute/wasm.test-support.ts'
import { createNetwork } from '../../networks/create-network.ts'
import { oneHotShares } from '../../networks/normalisation.ts'
import { smallPictures } from '../../networks/picture-sample.test-support.ts'
import { plainStudent } from '../../networks/student-recipe.ts'
import { allDataRecipe, judge, oppositeAugmentation, plainRecipe, someRows } from './judge.ts'
import { drawPerClass } from './random-items.ts'

const signal = new AbortController().signal

it('is the same for the same seed, and better with all items than with one of each label', async () => {
  const device = await openTestDevice()
  const { train, test, shape, classes } = smallPictures(3, { side: 8 })
  const network = createNetwork({ kind: 'mlp', width: 16, depth: 1, norm: 'none' }, shape, classes)
  const ask = (perClass: number, seed: number): Promise<number> => {
    const rows = drawPerClass(train.labels, classes, perClass, 1)
    const labels = Int32Array.from(rows, (row) => train.labels[row])
    const items = {
      values: train.read(rows),
      count: rows.length,
      targets: oneHotShares(labels, classes)
    }
    const recipe = allDataRecipe({ ...plainStudent, epochs: 20 }, rows.length)
    return judge(device, { items, recipe, network, seed, rows: test }, signal)
  }
  const few = await ask(1, 7)
  expect(await ask(1, 7)).toBe(few)
  expect(await ask(Infinity, 7)).toBeGreaterThan(few)
})

it('turns augmentation on and off, and soft losses into plain ones', () => {
  const changed = oppositeAugmentation(plainStudent)
  expect(changed.augment?.groups).not.toContain('flip')
  expect(oppositeAugmentation(changed).augment).toBeNull()
  expect(plainRecipe({ ...plainStudent, loss: 'kl', temperature: 4 })).toEqual(plainStudent)
})

it('reads some rows of a reader, in their order', () => {
  const { train } = smallPictures(1, { side: 8 })
  const part = someRows(train, Uint32Array.of(5, 2))
  expect(Array.from(part.labels)).toEqual([train.labels[5], train.labels[2]])
  expect(part.read(Uint32Array.of(1))).toEqual(train.read(Uint32Array.of(2)))
})

it('draws as many of each label, the larger draw holding the smaller one', () => {
  const labels = Int32Array.from({ length: 90 }, (_, i) => (i < 60 ? 0 : 1 + (i % 2)))
  const small = drawPerClass(labels, 3, 4, 9)
  const large = drawPerClass(labels, 3, 20, 9)
  expect(small).toHaveLength(12)
  // Labels 1 and 2 have 15 items each.
  expect(large).toHaveLength(50)
  expect([...small].every((row) => large.includes(row))).toBe(true)
  expect(drawPerClass(labels, 3, 4, 10)).not.toEqual(small)
})
