// The exported program gives the items that MemoryCode.ask gives. Skipped where python3 or NumPy is
// missing.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRandom } from '../../../compute/random.ts'
import type { StoredArray } from '../distillation-method.ts'
import { memoryFiles } from './export-files.ts'
import { memoryCode, type Memory } from './memory.ts'
import type { MemoryPlan } from './budget.ts'

const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-ask-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const shape = { height: 7, width: 6, channels: 2 }
const small = [4, 3, 2]

function memoryOf(plan: MemoryPlan, classes: number, seed: number): Memory {
  const random = createRandom(seed)
  const numbers = (count: number): Float32Array =>
    Float32Array.from({ length: count }, () => random.normal())
  const size = small.reduce((product, side) => product * side, 1)
  return {
    bases: numbers(plan.bases * size),
    coefficients: numbers(classes * plan.slots * plan.bases)
  }
}

function stored(memory: Memory, plan: MemoryPlan, classes: number, suffix = ''): StoredArray[] {
  return [
    {
      name: `bases${suffix}`,
      part: 'items',
      shape: [plan.bases, ...small],
      values: memory.bases,
      bytesEach: 4
    },
    {
      name: `addresses${suffix}`,
      part: 'coefficients',
      shape: [classes, plan.slots, plan.bases],
      values: memory.coefficients,
      bytesEach: 4
    }
  ]
}

/** Writes arrays as an export names them, runs the program and returns what it made. */
async function asked(
  arrays: readonly StoredArray[],
  info: Record<string, unknown>,
  shares: readonly number[]
): Promise<{ readonly shape: number[]; readonly values: number[] }> {
  const [file] = memoryFiles({ stored: arrays, info }, shape)
  if (!('bytes' in file)) throw new Error('no program')
  await writeFile(join(folder, file.name), file.bytes)
  const names = arrays.map(({ name }) =>
    name === 'addresses' ? 'coefficients' : name.replace(' ', '-')
  )
  const contents = arrays.map(({ shape, values }) => [shape, Array.from(values)])
  const write = `import json, os, sys, numpy as np
os.makedirs('parts')
names, contents = json.load(sys.stdin)
for name, (shape, values) in zip(names, contents):
    np.save('parts/%s.npy' % name, np.array(values, np.float32).reshape(shape))`
  const given = { cwd: folder, input: JSON.stringify([names, contents]) }
  execFileSync('python3', ['-c', write], given)
  execFileSync('python3', [file.name, ...shares.map(String)], { cwd: folder })
  const read = `import json, numpy as np
x = np.load('asked.npy')
print(json.dumps({'shape': list(x.shape), 'values': x.astype(float).flatten().tolist()}))`
  return JSON.parse(execFileSync('python3', ['-c', read], { cwd: folder, encoding: 'utf8' })) as {
    shape: number[]
    values: number[]
  }
}

describe.skipIf(!hasNumpy)('the program in the exported folder', () => {
  test('makes the items of a mixture', async () => {
    const plan = { bases: 3, shrink: 2, slots: 5, numbers: 0 }
    const memory = memoryOf(plan, 3, 1)
    const shares = [0.25, 0, 0.75]
    const made = await asked(stored(memory, plan, 3), { bases: 3 }, shares)
    expect(made.shape).toEqual([5, 7, 6, 2])
    const ours = memoryCode(plan, shape, 3).ask(memory, shares)
    made.values.forEach((value, i) => expect(value).toBeCloseTo(ours[i], 4))
  })

  test('mixes labels of different stages', async () => {
    const plans = [5, 3].map((slots) => ({ bases: 3, shrink: 2, slots, numbers: 0 }))
    const memories = plans.map((plan, stage) => memoryOf(plan, 2, 10 + stage))
    const arrays = plans.flatMap((plan, stage) => stored(memories[stage], plan, 2, ` ${stage + 1}`))
    const stages = [
      [0, 2],
      [1, 3]
    ]
    const made = await asked(arrays, { stages }, [0, 0.5, 0.3, 0])
    expect(made.shape).toEqual([3, 7, 6, 2])
    const [one, two] = plans.map((plan, stage) =>
      memoryCode(plan, shape, 2).ask(
        memories[stage],
        [
          [0, 0.3],
          [0.5, 0]
        ][stage]
      )
    )
    made.values.forEach((value, i) => expect(value).toBeCloseTo(one[i] + two[i], 4))
  })
})

test('items that are stored as they are need no program', () => {
  const items: StoredArray = {
    name: 'items',
    part: 'items',
    shape: [4, 7, 6, 2],
    values: new Float32Array(4 * 84),
    bytesEach: 4
  }
  expect(memoryFiles({ stored: [items], info: { bases: 0 } }, shape)).toEqual([])
})
