// The analyst's settings and what the computer can do. Changes apply at once and can be undone.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { OutputOf } from '@api/contract.ts'
import type { ComputerInfo, Settings } from '@api/dto/settings.ts'
import { Settings as SettingsSchema } from '@api/dto/settings.ts'
import { coreWords } from '../text/core-words.ts'
import { useConnection } from './connection.ts'

/** What is said of devices, in the language of the page. */
function inWords(computer: ComputerInfo): ComputerInfo {
  const said = (text: string | null): string | null => (text === null ? null : coreWords(text))
  return {
    ...computer,
    devices: computer.devices.map((device) => ({
      ...device,
      name: coreWords(device.name),
      reason: said(device.reason),
      note: said(device.note),
      speed:
        device.speed === null
          ? null
          : { ...device.speed, cannotTrain: said(device.speed.cannotTrain) }
    }))
  }
}

/** Settings of the app on this computer. */
export const useSettings = defineStore('settings', () => {
  const connection = useConnection()
  const settings = shallowRef<Settings>(SettingsSchema.parse({}))
  const isLoaded = ref(false)
  const computer = shallowRef<ComputerInfo>()
  const isMeasuring = ref(false)
  const activeDevice = computed(() =>
    computer.value?.devices.find((device) => device.id === computer.value?.active)
  )
  /** True while something here was never measured. */
  const hasUnmeasured = computed(
    () => computer.value?.devices.some((one) => one.isAvailable && one.speed === null) ?? false
  )
  const changing = ref(0)
  /** True while a change was not answered yet. */
  const isChanging = computed(() => changing.value > 0)
  let lastChange: Promise<unknown> = Promise.resolve()
  connection.on('settings', () => void load())
  connection.onRegain(load)
  /** Notes of each job so far: a new one may say that a device failed. */
  const notesOf = new Map<string, number>()
  connection.on('job', ({ job }) => {
    const before = notesOf.get(job.id) ?? 0
    notesOf.set(job.id, job.notes.length)
    // Nobody asked: what could not be loaded shows when somebody does.
    if (job.notes.length > before && computer.value !== undefined)
      loadComputer().catch(() => undefined)
  })

  async function load(): Promise<void> {
    const stored = await connection.call('app.settings', {})
    // The answer to a change under way is newer than this.
    if (changing.value === 0) settings.value = stored
    isLoaded.value = true
  }
  /** Changes some settings; returns what undoes it. The screen changes before the answer comes. */
  async function change(patch: Partial<Settings>): Promise<() => Promise<unknown>> {
    const before = settings.value
    const undoPatch = Object.fromEntries(
      Object.keys(patch).map((key) => [key, before[key as keyof Settings]]) // keys of a Settings patch
    )
    settings.value = { ...before, ...patch }
    changing.value += 1
    // One after the other, so that the last change asked for is the one that stays.
    const answer = lastChange.then(() => connection.call('app.setSettings', patch))
    lastChange = answer.catch(() => undefined)
    try {
      const stored = await answer
      if (changing.value === 1) settings.value = stored
    } catch (problem) {
      takeBack(patch, undoPatch)
      throw problem
    } finally {
      changing.value -= 1
    }
    if (patch.device !== undefined || patch.cores !== undefined) await loadComputer()
    return () => change(undoPatch)
  }
  /** Puts old values back where the refused ones still show, and leaves later changes alone. */
  function takeBack(refused: Partial<Settings>, old: Partial<Settings>): void {
    const now = settings.value
    const mine = Object.entries(old).filter(([key]) => {
      const name = key as keyof Settings // keys of a Settings patch
      return now[name] === refused[name]
    })
    settings.value = { ...now, ...Object.fromEntries(mine) }
  }
  async function loadComputer(): Promise<void> {
    computer.value = inWords(await connection.call('app.computer', { calibrate: false }))
  }
  /** Runs the one-second speed test on each device again, or on those that never had it. */
  async function measure(onlyMissing = false): Promise<void> {
    isMeasuring.value = true
    try {
      const answer = await connection.call('app.computer', { calibrate: true, onlyMissing })
      computer.value = inWords(answer)
    } finally {
      isMeasuring.value = false
    }
  }
  /** The settings as a file for another computer. */
  async function text(): Promise<string> {
    return (await connection.call('app.settingsText', {})).text
  }
  /** What a file of settings holds; nothing changes. */
  function read(grant: string): Promise<OutputOf<'app.readSettings'>> {
    return connection.call('app.readSettings', { grant })
  }
  /** Back to what the app comes with; returns what undoes it. */
  function reset(): Promise<() => Promise<unknown>> {
    return change(SettingsSchema.parse({}))
  }
  async function diagnostics(): Promise<string> {
    return (await connection.call('app.diagnostics', {})).text
  }
  return {
    settings,
    isLoaded,
    isChanging,
    computer,
    activeDevice,
    hasUnmeasured,
    isMeasuring,
    load,
    change,
    loadComputer,
    measure,
    text,
    read,
    reset,
    diagnostics
  }
})
