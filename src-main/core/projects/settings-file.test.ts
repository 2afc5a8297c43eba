// Settings as a file: what is written comes back, and a file that is not right changes nothing.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Settings, type SettingsChange } from '../../api/dto/settings.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import { readSettingsFile, settingsText } from './settings-file.ts'

let folder: ReturnType<typeof temporaryFolder>
let path = ''
beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder.path, 'settings.json')
})
afterEach(() => folder.remove())

const changed: SettingsChange = { theme: 'dark', textSize: 130, reviewKeys: { next: 'k' } }
const fileOf = (settings: object, more: object = {}): string =>
  JSON.stringify({ kind: 'winnow-settings', version: 1, settings, ...more })

it('comes back as it was written, without what belongs to one computer', async () => {
  const settings = Settings.parse({ ...changed })
  writeFileSync(path, settingsText(settings))
  const { reviewModel, ...others } = settings
  expect(reviewModel).toBeNull()
  expect(await readSettingsFile(path)).toEqual({ settings: others, unknown: [] })
})

it('names what this version does not know, and a model of another computer', async () => {
  writeFileSync(path, fileOf({ theme: 'dark', warpSpeed: 9, reviewModel: { port: 1 } }))
  expect(await readSettingsFile(path)).toEqual({
    settings: { theme: 'dark' },
    unknown: ['warpSpeed', 'reviewModel']
  })
})

it('is refused whole when one value cannot be set, and says which', async () => {
  writeFileSync(path, fileOf({ theme: 'dark', textSize: 4000, cores: 'some' }))
  await expect(readSettingsFile(path)).rejects.toMatchObject({
    code: 'invalid-input',
    hint: expect.stringMatching(/textSize, cores/) as string
  })
})

it.each([
  ['words', 'hello'],
  ['a list', '[]'],
  ['another file of ours', JSON.stringify({ format: 1, goal: 'x' })],
  ['a later form', fileOf({}, { version: 2 })],
  ['its prototype', '{"__proto__":{"kind":"winnow-settings"}}']
])('that is %s is not recognised', async (_what, text) => {
  writeFileSync(path, text)
  await expect(readSettingsFile(path)).rejects.toMatchObject({ code: 'file-not-recognised' })
})

it('that is not there, or far too large, is refused', async () => {
  await expect(readSettingsFile(path)).rejects.toMatchObject({ code: 'file-not-readable' })
  writeFileSync(path, ' '.repeat(300_000))
  await expect(readSettingsFile(path)).rejects.toMatchObject({ code: 'too-large' })
})
