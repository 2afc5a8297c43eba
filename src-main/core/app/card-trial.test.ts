// The mark that lies while cards are looked at, and who believes it.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openCardTrial } from './card-trial.ts'

let folder: string
let mark: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-cards-'))
  mark = join(folder, 'looking-at-cards')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('lies only while it is looked, also when looking fails', async () => {
  const trial = openCardTrial(folder)
  expect(trial.hasEndedTheApp).toBe(false)
  expect(await trial.during(() => Promise.resolve(existsSync(mark)))).toBe(true)
  await expect(trial.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(existsSync(mark)).toBe(false)
})

it('counts when its process died over it, and not while another one lives', async () => {
  const script = `
    import { openCardTrial } from ${JSON.stringify(join(import.meta.dirname, 'card-trial.ts'))}
    await openCardTrial(${JSON.stringify(folder)}).during(() => process.abort())`
  spawnSync(process.execPath, ['--input-type=module', '-e', script])
  expect(existsSync(mark)).toBe(true)
  expect(openCardTrial(folder).hasEndedTheApp).toBe(true)
  await writeFile(mark, String(process.ppid))
  expect(openCardTrial(folder).hasEndedTheApp).toBe(false)
  await writeFile(mark, 'nonsense')
  expect(openCardTrial(folder).hasEndedTheApp).toBe(true)
})

it('looks all the same where nothing can be written', async () => {
  const trial = openCardTrial(join(folder, 'missing'))
  expect(await trial.during(() => Promise.resolve(7))).toBe(7)
})
