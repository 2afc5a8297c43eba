// The page follows the language of the settings, once it is certain, and loses no plan over it.
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { Settings } from '@api/dto/settings.ts'
import { AppError } from '@api/errors.ts'
import { useConnection } from '../stores/connection.ts'
import { useDraft } from '../stores/draft.ts'
import { useTinyDraft } from '../stores/distil-draft.ts'
import { deferred, draftOf, fakeClient, reviewOf } from '../stores/run-fixtures.test-support.ts'
import { useSettings } from '../stores/settings.ts'
import { useLanguage } from './use-language.ts'

let stored: Settings
let gate: ReturnType<typeof deferred<boolean>> | undefined
let saved: string[]
let scope: EffectScope
const loadAgain = vi.fn(() => void saved.push('loaded again'))

beforeEach(async () => {
  localStorage.clear()
  setActivePinia(createPinia())
  stored = Settings.parse({})
  gate = undefined
  saved = []
  const client = fakeClient({
    'app.settings': () => stored,
    'app.setSettings': async (change) => {
      if (gate !== undefined && !(await gate.promise)) throw new AppError('disk-full')
      stored = Settings.parse({ ...stored, ...change })
      return stored
    },
    'drafts.defaults': () => draftOf(),
    'drafts.save': ({ draft }) => {
      saved.push(draft.name ?? '')
      return { id: 'a' }
    },
    'runs.review': () => reviewOf()
  })
  await useConnection().start(client)
  scope = effectScope()
  scope.run(() => useLanguage(loadAgain))
})
afterEach(() => {
  scope.stop()
  loadAgain.mockClear()
})

describe('the page', () => {
  it('stays while the settings are not known, and where they say what it speaks', async () => {
    const settings = useSettings()
    await flushPromises()
    await settings.load()
    await settings.change({ theme: 'dark', language: 'en' })
    await flushPromises()
    expect(loadAgain).not.toHaveBeenCalled()
  })

  it('is loaded again where the settings say otherwise', async () => {
    stored = Settings.parse({ language: 'de' })
    await useSettings().load()
    await flushPromises()
    expect(loadAgain).toHaveBeenCalledOnce()
  })

  it('waits until the change was taken', async () => {
    const settings = useSettings()
    await settings.load()
    gate = deferred()
    const change = settings.change({ language: 'de' })
    await flushPromises()
    expect(loadAgain).not.toHaveBeenCalled()
    gate.resolve(true)
    await change
    await flushPromises()
    expect(loadAgain).toHaveBeenCalledOnce()
  })

  it('stays where the change was refused', async () => {
    const settings = useSettings()
    await settings.load()
    gate = deferred()
    const change = settings.change({ language: 'de' })
    gate.resolve(false)
    await expect(change).rejects.toThrow(AppError)
    await flushPromises()
    expect(loadAgain).not.toHaveBeenCalled()
    expect(localStorage.length).toBe(0)
  })

  it('follows a change made elsewhere, once it is heard of', async () => {
    await useSettings().load()
    stored = Settings.parse({ language: 'de' })
    await useSettings().load()
    await flushPromises()
    expect(loadAgain).toHaveBeenCalledOnce()
  })

  it('saves plans first', async () => {
    const settings = useSettings()
    await settings.load()
    const draft = useDraft()
    await draft.startNew('d')
    draft.change({ name: 'Half a plan' })
    expect(useTinyDraft().saveState).toBe('untouched')
    await settings.change({ language: 'de' })
    await flushPromises()
    expect(saved).toEqual(['Half a plan', 'loaded again'])
  })
})
