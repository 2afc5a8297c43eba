import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { MethodInfo } from '../../api/dto/methods.ts'
import { createRandom } from '../compute/random.ts'
import { openTestDevice } from '../compute/wasm.test-support.ts'
import { distillationMethods } from './distillation/registry.ts'
import { defineMethod, type Selection } from './method.ts'
import { findSelectionMethod, methodInfos, selectionMethods } from './registry.ts'
import { makeCase } from './selection/icons/icons.test-support.ts'
import icons from './selection/icons/method.ts'
import random from './selection/random/method.ts'
import stratified from './selection/stratified-random/method.ts'

async function run(
  method: typeof random | typeof stratified,
  seed: number,
  rows = 400,
  budget = 37
): Promise<{ selection: Selection; labels: Int32Array }> {
  const { inputs } = makeCase(2, { rows, columns: 3, classes: 5, tasks: 1, budget })
  const context = {
    random: createRandom(seed),
    seed,
    signal: new AbortController().signal,
    device: await openTestDevice(),
    resume: undefined
  }
  const steps = method.run(context, inputs, {})
  let step = await steps.next()
  while (step.done !== true) step = await steps.next()
  return { selection: step.value, labels: inputs.labels }
}

describe('registry', () => {
  it('lists every method once, as the screens need it', () => {
    const infos = methodInfos()
    for (const info of infos) expect(MethodInfo.parse(info)).toEqual(info)
    expect(new Set(infos.map(({ id }) => id)).size).toBe(infos.length)
    expect(infos.map(({ id, group }) => [id, group])).toEqual(
      expect.arrayContaining([
        ['icons', 'examples'],
        ['gtp', 'variety'],
        ['early-learning', 'difficulty'],
        ['random', 'chance']
      ])
    )
    // Every folder is a method that people can choose.
    const folders = readdirSync(join(import.meta.dirname, 'selection'))
    const chosen = infos.filter(({ family }) => family === 'selection')
    expect(chosen.map(({ id }) => id).sort()).toEqual(folders.sort())
    const made = infos.filter(({ group }) => group === 'tiny-set')
    expect(made.map(({ id }) => id)).toEqual(distillationMethods.map(({ id }) => id))
    expect(made.every(({ family }) => family === 'distillation')).toBe(true)
    for (const { id } of made)
      expect(existsSync(join(import.meta.dirname, 'distillation', id, 'method.ts'))).toBe(true)
    expect(JSON.parse(JSON.stringify(infos))).toEqual(infos)
    expect(findSelectionMethod('icons')).toBe(selectionMethods[0])
    expect(findSelectionMethod('__proto__')).toBeUndefined()
    expect(infos[0].defaults).toMatchObject({
      combine: 'vote',
      tieRule: 'random',
      subTasks: 'auto',
      balance: 'auto'
    })
  })

  it('refuses a declaration with a parameter nobody can understand', () => {
    const params = z.object({ count: z.int().default(3) })
    // Only the declaration is looked at; the cast spares a second method written for this test.
    const bad = { ...icons, params } as never
    expect(() => defineMethod(bad)).toThrow('parameter "count" has no title')
  })
})

describe.each([
  ['random', random],
  ['stratified-random', stratified]
] as const)('%s', (_, method) => {
  it('is a seeded total order', async () => {
    const first = await run(method, 1)
    expect((await run(method, 1)).selection.order).toEqual(first.selection.order)
    expect((await run(method, 2)).selection.order).not.toEqual(first.selection.order)
    expect(new Set(first.selection.order).size).toBe(400)
    expect(first.selection.got).toBe(37)
  })

  it('chooses every row about equally often', async () => {
    const times = new Uint32Array(40)
    for (let seed = 0; seed < 300; seed++) {
      const { selection } = await run(method, seed, 40, 10)
      for (const row of selection.order.subarray(0, 10)) times[row]++
    }
    // 75 expected, sd about 7.5; rounding of small strata shifts a label by up to 40 %.
    for (const count of times) expect(count).toBeGreaterThan(30)
    for (const count of times) expect(count).toBeLessThan(125)
  })
})

it('stratified random keeps the share of every label up to one', async () => {
  const { selection, labels } = await run(stratified, 5)
  for (let label = 0; label < 5; label++) {
    const all = labels.filter((own) => own === label).length
    const kept = [...selection.order.subarray(0, 37)].filter((row) => labels[row] === label).length
    expect(Math.abs(kept - (37 * all) / 400)).toBeLessThan(1)
  }
})
