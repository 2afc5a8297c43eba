// Settings: on screen at once, kept in the order they were asked for, put back when refused.
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Settings } from '@api/dto/settings.ts'
import { Settings as SettingsSchema } from '@api/dto/settings.ts'
import { AppError } from '@api/errors.ts'
import { useConnection } from './connection.ts'
import { deferred, fakeClient, type Deferred } from './run-fixtures.test-support.ts'
import { useSettings } from './settings.ts'

const usual = SettingsSchema.parse({})
let stored: Settings
let waiting: { readonly patch: Partial<Settings>; readonly gate: Deferred<boolean> }[]
beforeEach(async () => {
  setActivePinia(createPinia())
  stored = usual
  waiting = []
  await useConnection().start(
    fakeClient({
      'app.settings': () => stored,
      'app.setSettings': async (change) => {
        // Only what was named is in a change.
        const patch = Object.fromEntries(
          Object.entries(change).filter(([, value]) => value !== undefined)
        )
        const gate = deferred<boolean>()
        waiting.push({ patch, gate })
        if (!(await gate.promise)) throw new AppError('disk-full')
        stored = { ...stored, ...patch }
        return stored
      }
    })
  )
})
async function answer(isGood = true): Promise<void> {
  waiting.shift()?.gate.resolve(isGood)
  await flushPromises()
}

describe('changing a setting', () => {
  it('shows it at once and sends exactly that', async () => {
    const settings = useSettings()
    const change = settings.change({ theme: 'dark' })
    expect(settings.settings.theme).toBe('dark')
    await flushPromises()
    expect(waiting.map(({ patch }) => patch)).toEqual([{ theme: 'dark' }])
    await answer()
    const undo = await change
    const undone = undo()
    await flushPromises()
    expect(waiting.map(({ patch }) => patch)).toEqual([{ theme: 'system' }])
    await answer()
    await undone
    expect(settings.settings).toEqual(usual)
  })

  it('shows the last of several changes all the time, and stores it last', async () => {
    const settings = useSettings()
    const changes = [120, 130, 140].map((textSize) => settings.change({ textSize }))
    const seen: number[] = []
    for (let count = 0; count < 3; count++) {
      await flushPromises()
      expect(waiting).toHaveLength(1)
      await answer()
      seen.push(settings.settings.textSize)
    }
    await Promise.all(changes)
    expect(seen).toEqual([140, 140, 140])
    expect(stored.textSize).toBe(140)
  })

  it('puts the old value back when it was refused', async () => {
    const settings = useSettings()
    const change = settings.change({ backupsKept: 9 })
    await flushPromises()
    const refusal = expect(change).rejects.toThrow()
    await answer(false)
    await refusal
    expect(settings.settings).toEqual(usual)
  })

  it('leaves a later change alone when an earlier one was refused', async () => {
    const settings = useSettings()
    const first = settings.change({ theme: 'dark' })
    const second = settings.change({ textSize: 150 })
    const refusal = expect(first).rejects.toThrow()
    await flushPromises()
    await answer(false)
    await refusal
    expect(settings.settings).toMatchObject({ theme: 'system', textSize: 150 })
    await answer()
    await second
    expect(settings.settings).toMatchObject({ theme: 'system', textSize: 150 })
  })

  it('is not taken back by a reading that began before it', async () => {
    const settings = useSettings()
    const change = settings.change({ theme: 'light' })
    await settings.load()
    expect(settings.settings.theme).toBe('light')
    await flushPromises()
    await answer()
    await change
    expect(settings.settings.theme).toBe('light')
  })
})
