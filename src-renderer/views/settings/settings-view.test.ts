// The settings page: each control sends exactly its own change and offers the way back.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ComputerInfo, Settings } from '@api/dto/settings.ts'
import { Settings as SettingsSchema } from '@api/dto/settings.ts'
import { AppError, errorMessages } from '@api/errors.ts'
import { copyText } from '../../components/copy-text.ts'
import { jobOf, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { settingsPlace, useJournal } from '../../stores/journal.ts'
import { useSettings } from '../../stores/settings.ts'
import { useToasts } from '../../stores/toasts.ts'
import { settingsText as words } from '../../text/settings.ts'
import { clickOn, hostOf, startApp, type TestApp } from '../view.test-support.ts'
import { forgetLicences, type Licences } from './licences.ts'
import SettingsView from './SettingsView.vue'

vi.mock('../../components/copy-text.ts', () => ({ copyText: vi.fn(() => true) }))
const list: Licences = {
  parts: [
    {
      name: 'Winnow',
      version: '0.1.0',
      licence: 'Apache-2.0',
      kind: 'app',
      home: 'both',
      texts: [0]
    },
    { name: 'tables', version: '2.0.0', licence: 'MIT', kind: 'code', home: 'local', texts: [1] },
    {
      name: 'windows',
      version: '3.0.0',
      licence: 'MIT',
      kind: 'program',
      home: 'desktop',
      texts: [1]
    }
  ],
  texts: ['Apache License, Version 2.0', 'Permission is hereby granted, free of charge']
}
const getList = vi.fn(() => Promise.resolve(Response.json(list)))
vi.stubGlobal('fetch', getList)

const usual = SettingsSchema.parse({})
const minute = 60_000
const device: ComputerInfo['devices'][number] = {
  id: 'wasm',
  name: 'Processor',
  isAvailable: true,
  reason: null,
  note: null,
  isGraphics: false,
  isReference: false,
  speed: {
    gflops: 310.4,
    gflopsOneCore: 6.25,
    trainingSteps: null,
    cannotTrain: 'cannot train pictures',
    bytes: 4000,
    cores: 7,
    measuredAt: Date.now() - 5 * minute
  },
  holding: { bytes: 42e6, tensors: 3, graphs: 1, compiled: 1, fallbacks: {} }
}
const computer: ComputerInfo = {
  devices: [
    device,
    {
      ...device,
      id: 'gpu',
      name: 'Graphics card',
      isAvailable: false,
      reason: 'None found.',
      isGraphics: true,
      speed: null,
      holding: null
    }
  ],
  active: 'wasm',
  pinned: null,
  line: '',
  fallback: null,
  cores: 8,
  workers: 7,
  activity: { running: 2, waiting: 3, coresInUse: 6, threads: 4 },
  processor: 'A processor',
  memoryBytes: 16e9,
  freeMemoryBytes: 8e9,
  appMemoryBytes: 1e9
}
let app: TestApp
let page: VueWrapper
/** The part that was asked for. */
let wrapper: ReturnType<VueWrapper['get']>
let stored: Settings
afterEach(() => page.unmount())
async function show(part: string, answers: Answers = {}): Promise<void> {
  stored = usual
  app = await startApp({
    'app.settings': () => stored,
    'app.setSettings': (patch) => (stored = SettingsSchema.parse({ ...stored, ...patch })),
    'app.computer': () => computer,
    'projects.backup': () => ({ place: '~/backups/1', sizeBytes: 1 }),
    'projects.caches': () => ({ caches: [] }),
    'projects.restorePoints': () => ({ name: 'Shoes', points: [] }),
    'distil.storage': () => ({ bytes: 0, clearableBytes: 0, limitBytes: 4e9 }),
    ...answers
  })
  await useSettings().load()
  await app.router.push({ name: 'settings', query: { part } })
  page = app.show(SettingsView)
  await flushPromises()
  wrapper = page.get(`[data-part="${part}"]`)
}
const changes = (): unknown[] => app.inputs('app.setSettings')
const lastToast = (): ReturnType<typeof useToasts>['toasts'][number] | undefined =>
  useToasts().toasts.at(-1)
async function undoLast(): Promise<void> {
  await useToasts().act(lastToast()?.id ?? 0)
  await flushPromises()
}
const radio = (value: string): ReturnType<VueWrapper['get']> =>
  wrapper.get(`input[type="radio"][value="${value}"]`)
/** What every control on the page shows. */
const shown = (): unknown[] =>
  wrapper
    .findAll<HTMLInputElement>('input, select, [role="switch"]')
    .map(({ element }) => [element.value, element.checked, element.getAttribute('aria-checked')])
async function enter(index: number, text: string): Promise<void> {
  const field = wrapper.findAll('[role="spinbutton"]')[index]
  await field?.trigger('focus')
  for (let end = 1; end <= text.length; end++) await field?.setValue(text.slice(0, end))
  await field?.trigger('blur')
  await flushPromises()
}

const controls: readonly {
  readonly name: string
  readonly part: string
  readonly act: () => Promise<unknown>
  readonly patch: Partial<Settings>
}[] = [
  {
    name: 'theme',
    part: 'appearance',
    act: () => radio('dark').setValue(true),
    patch: { theme: 'dark' }
  },
  {
    name: 'text size',
    part: 'appearance',
    act: () => wrapper.get('input[type="range"]').setValue('130'),
    patch: { textSize: 130 }
  },
  {
    name: 'movement',
    part: 'appearance',
    act: () => radio('reduced').setValue(true),
    patch: { motion: 'reduced' }
  },
  {
    name: 'names at the left',
    part: 'appearance',
    act: () => wrapper.get('[role="switch"]').trigger('click'),
    patch: { navLabels: false }
  },
  {
    name: 'cores',
    part: 'computer',
    act: () => radio('quiet').setValue(true),
    patch: { cores: 'quiet' }
  },
  {
    name: 'device',
    part: 'computer',
    act: () => wrapper.get('select').setValue('1'),
    patch: { device: 'wasm' }
  },
  {
    name: 'ask before setting aside',
    part: 'safety',
    act: () => enter(0, '2500'),
    patch: { confirmSetAsideOver: 2500 }
  },
  {
    name: 'hiding secrets',
    part: 'safety',
    act: () => wrapper.get('[role="switch"]').trigger('click'),
    patch: { hideSecrets: false }
  },
  {
    name: 'the log',
    part: 'privacy',
    act: () => wrapper.get('select').setValue('0'),
    patch: { logLevel: 'error' }
  },
  { name: 'backups kept', part: 'storage', act: () => enter(0, '12'), patch: { backupsKept: 12 } }
]

describe.each(controls)('the control for $name', ({ part, act, patch }) => {
  const back = Object.fromEntries(
    Object.keys(patch).map((key) => [key, usual[key as keyof Settings]])
  )

  it('sends exactly its own change, once, and takes it back on request', async () => {
    await show(part)
    await act()
    await flushPromises()
    expect(changes()).toEqual([patch])
    expect(stored).toEqual({ ...usual, ...patch })
    await undoLast()
    expect(changes()).toEqual([patch, back])
    expect(useSettings().settings).toEqual(usual)
  })

  it('is noted in the list of all changes, and done again from there', async () => {
    await show(part)
    await act()
    await flushPromises()
    const [entry, ...more] = useJournal().entries
    expect([entry?.place, more]).toEqual([settingsPlace, []])
    await useJournal().undo(entry?.line ?? '')
    await useJournal().redo(entry?.line ?? '')
    expect(changes()).toEqual([patch, back, patch])
    expect(useSettings().settings).toEqual({ ...usual, ...patch })
  })

  it('goes back to the old value when the change was refused, and says why', async () => {
    await show(part, {
      'app.setSettings': () => {
        throw new AppError('disk-full')
      }
    })
    const before = shown()
    await act()
    await flushPromises()
    expect(useSettings().settings).toEqual(usual)
    expect(lastToast()).toMatchObject({ severity: 'error', actionLabel: undefined })
    expect(lastToast()?.text).toContain(errorMessages['disk-full'].slice(0, 10))
    expect(shown()).toEqual(before)
  })
})

describe('settings', () => {
  it('go back to before the first of several changes of one control, with one message', async () => {
    await show('appearance')
    for (const size of ['110', '120', '130']) {
      await wrapper.get('input[type="range"]').setValue(size)
      await flushPromises()
    }
    expect(useToasts().toasts).toHaveLength(1)
    await undoLast()
    expect(stored.textSize).toBe(100)
  })

  it('keep a message for each control', async () => {
    await show('appearance')
    await radio('dark').setValue(true)
    await flushPromises()
    await radio('reduced').setValue(true)
    await flushPromises()
    expect(useToasts().toasts.map((toast) => toast.text)).toEqual([
      words.changed(words.theme),
      words.changed(words.motion)
    ])
    const [first] = useToasts().toasts
    await useToasts().act(first?.id ?? 0)
    await flushPromises()
    expect(stored).toMatchObject({ theme: 'system', motion: 'reduced' })
  })

  it('start anew after a change was taken back', async () => {
    await show('appearance')
    await radio('dark').setValue(true)
    await flushPromises()
    await undoLast()
    await radio('light').setValue(true)
    await flushPromises()
    await undoLast()
    expect(stored.theme).toBe('system')
  })

  it('send no halves and no values out of range', async () => {
    await show('storage')
    await enter(0, '7.6')
    await enter(0, '99')
    wrapper = page.get('[data-part="safety"]')
    await enter(0, '0')
    expect(changes()).toEqual([{ backupsKept: 8 }, { backupsKept: 50 }, { confirmSetAsideOver: 1 }])
  })
})

describe('helper models', () => {
  it('say what they take and are cleared, but for those in use', async () => {
    let bytes = 3e9
    await show('storage', {
      'distil.storage': () => ({ bytes, clearableBytes: bytes - 1e9, limitBytes: 4e9 }),
      'distil.clearHelpers': () => ({ freedBytes: bytes - (bytes = 1e9) })
    })
    const button = () => wrapper.findAll('button').find((one) => one.text() === words.helpersClear)
    expect(wrapper.text()).toContain(words.helpersTake('3 GB', '4 GB'))
    await clickOn(button()?.element)
    expect(lastToast()?.text).toBe(words.helpersCleared('2 GB'))
    expect(wrapper.text()).toContain(words.helpersTake('1 GB', '4 GB'))
    expect(button()?.attributes('disabled')).toBeDefined()
  })
  it('ask for nothing without a project', async () => {
    await show('storage', { 'projects.current': () => ({ project: null }) })
    expect(app.inputs('distil.storage')).toEqual([])
    expect(wrapper.text()).toContain(words.noProject)
  })
})

describe('what can be made again', () => {
  const clear = (what: 'thumbnails' | 'fingerprints'): Element | undefined =>
    wrapper
      .findAll('button')
      .find((one) => one.attributes('aria-label') === words.clearCache(words.caches[what]))?.element

  it('says what it takes and is cleared', async () => {
    let bytes = 3e6
    await show('storage', {
      'projects.caches': () => ({
        caches: [
          { id: 'thumbnails', files: bytes === 0 ? 0 : 12, bytes },
          { id: 'fingerprints', files: 1, bytes: 2e6 }
        ]
      }),
      'projects.clearCache': () => ({ freedBytes: bytes - (bytes = 0) })
    })
    expect(wrapper.text()).toContain(words.cacheTakes('3 MB', 12))
    expect(wrapper.text()).toContain(words.cacheTakes('2 MB', 1))
    await clickOn(clear('thumbnails'))
    expect(app.inputs('projects.clearCache')).toEqual([{ cache: 'thumbnails' }])
    expect(lastToast()?.text).toBe(words.helpersCleared('3 MB'))
    expect(wrapper.text()).toContain(words.cacheTakes('0', 0))
    expect(clear('thumbnails')?.hasAttribute('disabled')).toBe(true)
  })

  it('is left alone while a job runs', async () => {
    await show('storage', {
      'projects.caches': () => ({ caches: [{ id: 'fingerprints', files: 1, bytes: 2e6 }] }),
      'jobs.list': () => ({ jobs: [jobOf({ state: 'running' })] })
    })
    expect(wrapper.text()).toContain(words.cacheBusy('2 MB'))
    expect(clear('fingerprints')?.hasAttribute('disabled')).toBe(true)
  })
})

describe('keeping the computer awake', () => {
  it('is a choice in the desktop app', async () => {
    await show('computer', { 'app.hello': () => hostOf({ host: 'desktop' }) })
    await wrapper.get('[role="switch"]').trigger('click')
    await flushPromises()
    expect(changes()).toEqual([{ keepAwake: false }])
  })
  it('says in a browser window that it cannot be done there', async () => {
    await show('computer')
    expect(wrapper.get('[role="switch"]').attributes('disabled')).toBeDefined()
    expect(wrapper.text()).toContain(words.keepAwakeOff)
  })
})

describe('all settings at once', () => {
  const button = (name: string, root: ParentNode = document): Element | undefined =>
    [...root.querySelectorAll('button')].find((one) => one.textContent?.trim() === name)

  it('go back to what the app comes with, and forth again', async () => {
    await show('advanced')
    await useSettings().change({ theme: 'dark', cores: 'all', backupsKept: 9 })
    const before = stored
    await clickOn(button(words.reset))
    expect(stored).toEqual(usual)
    await undoLast()
    expect(stored).toEqual(before)
  })

  it('come from a file after it was said what changes and what is left out', async () => {
    await show('advanced', {
      'files.pick': () => ({ grants: [{ id: 'g1', kind: 'file', name: 's.json', place: '~' }] }),
      'app.readSettings': () => ({
        settings: { theme: 'dark', textSize: 100, backupsKept: 7 },
        unknown: ['warpSpeed']
      })
    })
    await clickOn(button(words.readSettings))
    const dialog = document.querySelector<HTMLElement>('[role="dialog"]')
    expect([...(dialog?.querySelectorAll('li') ?? [])].map((one) => one.textContent)).toEqual([
      words.names.theme,
      words.names.backupsKept
    ])
    expect(dialog?.textContent).toContain(words.settingsUnknown('warpSpeed'))
    expect(changes()).toEqual([])
    await clickOn(button(words.settingsApply, dialog ?? document))
    // Everything in one change: all of it or nothing.
    expect(changes()).toEqual([{ theme: 'dark', backupsKept: 7 }])
    await undoLast()
    expect(stored).toEqual(usual)
  })

  it('are left as they are by a file that is refused', async () => {
    await show('advanced', {
      'files.pick': () => ({ grants: [{ id: 'g1', kind: 'file', name: 's.json', place: '~' }] }),
      'app.readSettings': () => {
        throw new AppError('invalid-input', 'No.', { hint: 'Not possible: theme.' })
      }
    })
    await clickOn(button(words.readSettings))
    expect(lastToast()?.text).toContain('Not possible: theme.')
    expect(changes()).toEqual([])
  })

  it('have a name in words each', () => {
    const own = ['reviewModel']
    expect(Object.keys(words.names).sort()).toEqual(
      Object.keys(usual)
        .filter((name) => !own.includes(name))
        .sort()
    )
  })
})

describe('the computer', () => {
  const cells = (): string[][] =>
    wrapper.findAll('tbody tr').map((row) => row.findAll('td').map((cell) => cell.text()))

  it('tells what it has, how fast it is, and why something cannot be used', async () => {
    await show('computer')
    expect(cells()).toEqual([
      [
        'Processor',
        `${words.deviceActive}, cannot train pictures`,
        '6.3',
        '310',
        '–',
        '42 MB',
        '5 minutes ago'
      ],
      ['Graphics card', `${words.deviceOff}: None found.`, '–', '–', '–', '–', '–']
    ])
    expect(
      wrapper.findAll('option').map((option) => option.attributes('disabled') !== undefined)
    ).toEqual([false, false, true])
    expect(app.inputs('app.computer')).toEqual([{ calibrate: false }])
  })

  it('tells what is done at this moment, and with what', async () => {
    await show('computer')
    const text = wrapper.text()
    expect(text).toContain(words.runs(2, 6, 3, undefined))
    expect(text).toContain(words.coresOf(7, 8))
    expect(text).toContain(words.atOnceOf(7, 4))
    expect(text).toContain(words.memoryOf('16 GB', '8 GB', '1 GB'))
    expect(words.runs(1, 1, 0, 'Map')).toBe('Map: 1 at work on 1 core')
    expect(words.runs(2, 4, 1, undefined)).toBe('2 at work on 4 cores and 1 waiting')
    expect(words.coresOf(8, 8)).toBe('8, all of them used')
  })

  it('measures by itself what never was, and keeps why a card is not taken', async () => {
    const card = { ...device, id: 'card', name: 'Card', speed: null, note: 'Not faster.' }
    const before = { ...computer, devices: [device, card] }
    await show('computer', {
      'app.computer': ({ calibrate }) =>
        calibrate ? { ...before, devices: [device, { ...card, speed: device.speed }] } : before
    })
    expect(app.inputs('app.computer')).toEqual([
      { calibrate: false },
      { calibrate: true, onlyMissing: true }
    ])
    expect(cells()[1]?.slice(0, 4)).toEqual([
      'Card',
      `${words.deviceReady}, cannot train pictures. Not faster.`,
      '6.3',
      '310'
    ])
  })

  it('measures again when asked', async () => {
    await show('computer')
    const measure = wrapper.findAll('button').find((button) => button.text() === words.measure)
    await measure?.trigger('click')
    await flushPromises()
    expect(app.inputs('app.computer').at(-1)).toEqual({ calibrate: true, onlyMissing: false })
  })

  it('does not measure while something runs, and says why', async () => {
    const one = { ...device, speed: null }
    await show('computer', {
      'app.computer': () => ({ ...computer, devices: [one] }),
      'jobs.list': () => ({ jobs: [jobOf({ state: 'running' })] })
    })
    expect(app.inputs('app.computer')).toEqual([{ calibrate: false }])
    expect(cells()[0]?.slice(2, 5)).toEqual([
      words.notMeasured,
      words.notMeasured,
      words.notMeasured
    ])
    const measure = wrapper.findAll('button').find((button) => button.text() === words.measure)
    expect(measure?.attributes('disabled')).toBeDefined()
    expect(wrapper.text()).toContain(words.measureLater)
  })

  it('says when the chosen device could not be used', async () => {
    await show('computer', {
      'app.computer': () => ({ ...computer, fallback: 'The graphics card is gone.' })
    })
    expect(wrapper.text()).toContain('The graphics card is gone.')
  })
})

describe('safety, privacy and about', () => {
  it('makes a backup and says where', async () => {
    await show('storage')
    const button = wrapper
      .findAll('button')
      .find((candidate) => candidate.text() === words.backupNow)
    await button?.trigger('click')
    await flushPromises()
    expect(lastToast()?.text).toContain('~/backups/1')
  })

  it('shows the report before anything is copied', async () => {
    await show('privacy', { 'app.diagnostics': () => ({ text: 'Versions and devices' }) })
    expect(wrapper.text()).toContain('~/.winnow')
    const prepare = wrapper
      .findAll('button')
      .find((candidate) => candidate.text() === words.copyDiagnostics)
    await prepare?.trigger('click')
    await expect
      .poll(() => document.querySelector('[role="dialog"]')?.textContent)
      .toContain('Versions and devices')
    expect(copyText).not.toHaveBeenCalled()
    const copy = [...document.querySelectorAll<HTMLElement>('[role="dialog"] button')].find(
      (candidate) => candidate.textContent?.trim() === words.diagnosticsCopy
    )
    await clickOn(copy)
    expect(copyText).toHaveBeenCalledExactlyOnceWith('Versions and devices')
  })

  const names = (): string[] => wrapper.findAll('tbody tr').map((row) => row.get('td').text())

  it('lists the parts that this form of the app comes with, and finds words in their texts', async () => {
    await show('about')
    expect(wrapper.text()).toContain('0.1.0')
    await vi.waitFor(() => expect(names()).toEqual(['Winnow', 'tables']))
    expect(wrapper.text()).toContain(words.licencesFound(2, 2))
    const search = wrapper.get<HTMLInputElement>('input[type="search"]')
    await search.setValue('hereby GRANTED')
    expect(names()).toEqual(['tables'])
    expect(wrapper.text()).toContain(words.licencesFound(1, 2))
    await search.setValue('windows')
    expect(names()).toEqual([])
    expect(wrapper.text()).toContain(words.licencesNone('windows'))
  })

  it('shows the whole text of a licence, and copies it', async () => {
    await show('about')
    await vi.waitFor(() => expect(names()).toHaveLength(2))
    await wrapper.get('tbody tr').trigger('click')
    const dialog = (): HTMLElement | null => document.querySelector('[role="dialog"]')
    await expect.poll(() => dialog()?.textContent).toContain('Apache License, Version 2.0')
    vi.mocked(copyText).mockClear()
    const copy = [...(dialog()?.querySelectorAll<HTMLElement>('button') ?? [])].find(
      (button) => button.textContent?.trim() === words.licenceCopy
    )
    await clickOn(copy)
    expect(copyText).toHaveBeenCalledExactlyOnceWith('Apache License, Version 2.0')
  })

  it('says when the list cannot be read, and tries again when asked', async () => {
    forgetLicences()
    getList.mockResolvedValueOnce(new Response('', { status: 404 }))
    await show('about')
    await vi.waitFor(() => expect(wrapper.text()).toContain(words.licencesMissing))
    const again = wrapper.findAll('button').find((one) => one.text() === words.licencesAgain)
    await clickOn(again?.element)
    await vi.waitFor(() => expect(names()).toEqual(['Winnow', 'tables']))
  })
})
