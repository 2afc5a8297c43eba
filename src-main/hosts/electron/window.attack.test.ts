// Security rule E1: the window's options, each by name, and none that opens a door.
import type { WebPreferences } from 'electron'
import { expect, it } from 'vitest'
import { windowOptions } from './window.ts'

const preferences = windowOptions('/app/out/preload/preload.cjs', false).webPreferences ?? {}

it.each([
  ['contextIsolation', true],
  ['sandbox', true],
  ['webSecurity', true],
  ['nodeIntegration', false],
  ['nodeIntegrationInWorker', false],
  ['nodeIntegrationInSubFrames', false],
  ['allowRunningInsecureContent', false],
  ['experimentalFeatures', false],
  ['webviewTag', false],
  ['plugins', false],
  ['navigateOnDragDrop', false],
  ['spellcheck', false],
  ['devTools', false]
] as const satisfies readonly (readonly [keyof WebPreferences, boolean])[])(
  'sets %s to %s by name',
  (name, value) => expect(preferences[name]).toBe(value)
)

it('sets nothing else but the preload script', () => {
  expect(Object.keys(preferences)).toHaveLength(14)
  expect(preferences.preload).toBe('/app/out/preload/preload.cjs')
  expect(preferences).not.toHaveProperty('enableBlinkFeatures')
  expect(preferences).not.toHaveProperty('additionalArguments')
})

it('differs in development by the developer tools alone', () => {
  const dev = windowOptions('/app/out/preload/preload.cjs', true).webPreferences
  expect(dev).toEqual({ ...preferences, devTools: true })
})
