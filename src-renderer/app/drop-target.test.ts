// The whole window as a target: the overlay comes and goes, what is dropped or pasted leads to the
// screen that adds data, and a drop that cannot be taken says why.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ProjectInfo } from '@api/dto/projects.ts'
import { useAdding } from '../stores/adding.ts'
import type { DropSource } from '../stores/dropped-files.ts'
import { useDrops } from '../stores/drops.ts'
import { fileEntry, folderEntry, transferOf } from '../stores/dropped-entries.test-support.ts'
import { useProject } from '../stores/project.ts'
import { deferred, jobOf, type Answers } from '../stores/run-fixtures.test-support.ts'
import { useToasts } from '../stores/toasts.ts'
import { drop as words } from '../text/add-data.ts'
import { recipes as recipeWords } from '../text/recipes.ts'
import { clickOn, projectOf, startApp, type TestApp } from '../views/view.test-support.ts'
import DroppedThing from './DroppedThing.vue'
import DropOverlay from './DropOverlay.vue'
import { useDropTarget, type DropTarget } from './use-drop-target.ts'

let app: TestApp
let wrapper: VueWrapper
let target: DropTarget
afterEach(() => wrapper.unmount())

const grant = { id: 'g1', kind: 'file', name: 'a.csv', place: 'a.csv' } as const
async function start(
  answers: Answers = {},
  project: ProjectInfo | null = projectOf()
): Promise<void> {
  app = await startApp(
    {
      'files.dropStart': () => ({ drop: 'x' }),
      'files.dropChunk': () => ({}),
      'files.dropEnd': ({ keep }) => ({ grant: keep ? grant : null }),
      ...answers
    },
    project
  )
  const frame = defineComponent(() => {
    target = useDropTarget()
    return () => [
      target.isOver.value ? h(DropOverlay) : h('p', { class: 'page' }),
      target.asked.value === undefined
        ? null
        : h(DroppedThing, {
            asked: target.asked.value,
            onAdd: (source: DropSource) => void target.takeAsData(source),
            onDone: () => (target.asked.value = undefined)
          })
    ]
  })
  wrapper = app.show(frame)
}
/** Sends a drag event as the browser does; true when the page took it on itself. */
function send(name: string, transfer: DataTransfer | null, from: Element = document.body): boolean {
  const event = new Event(name, { bubbles: true, cancelable: true })
  Object.assign(event, { dataTransfer: transfer, clipboardData: transfer, relatedTarget: null })
  from.dispatchEvent(event)
  return event.defaultPrevented
}
const csv = (): DataTransfer => transferOf([fileEntry('a.csv', 'abc')])
const lastToast = (): string | undefined => useToasts().toasts.at(-1)?.text
const place = (): unknown => app.router.currentRoute.value.name

describe('dragging files over the window', () => {
  it('shows what a drop will do, until they leave', async () => {
    await start()
    const transfer = csv()
    expect(send('dragover', transfer)).toBe(true)
    await flushPromises()
    expect(wrapper.text()).toContain(words.title)
    expect(transfer.dropEffect).toBe('copy')
    send('dragleave', csv())
    await flushPromises()
    expect(wrapper.text()).not.toContain(words.title)
  })

  it('is nothing for texts, and for pictures of the app itself', async () => {
    await start()
    expect(send('dragover', transferOf([]))).toBe(false)
    send('dragstart', csv())
    expect(send('dragover', csv())).toBe(false)
    expect(send('drop', csv())).toBe(false)
    send('dragend', csv())
    expect(send('dragover', csv())).toBe(true)
  })

  it('says that nothing can be added to a project that is only read', async () => {
    await start({}, projectOf({ isReadOnly: true }))
    const transfer = csv()
    send('dragover', transfer)
    await flushPromises()
    expect(wrapper.text()).toContain(words.readOnly)
    expect(transfer.dropEffect).toBe('none')
    expect(send('drop', csv())).toBe(true)
    await flushPromises()
    expect(app.inputs('files.dropStart')).toEqual([])
    expect(lastToast()).toBe(words.readOnly)
  })
})

describe('a drop', () => {
  it('leads to the screen that adds data', async () => {
    await start()
    expect(send('drop', csv())).toBe(true)
    await flushPromises()
    expect(place()).toBe('add-data')
    expect(useAdding().grant).toEqual(grant)
  })

  const dialog = (): HTMLElement | null => document.querySelector('[role="dialog"]')
  const press = (name: string): Promise<void> =>
    clickOn(
      [...(dialog()?.querySelectorAll('button') ?? [])].find(
        (button) => button.textContent?.trim() === name
      )
    )
  const old = (): DataTransfer => transferOf([folderEntry('Old.winnow', { 'project.sqlite': 'x' })])

  it('of a project opens it where it lies, after saying where and what stops', async () => {
    await start({
      'projects.findDropped': () => ({
        found: { grant: 'g7', name: 'Old', place: '~/Old.winnow', isOpen: false }
      }),
      'projects.open': () => projectOf({ name: 'Old' }),
      'jobs.list': () => ({ jobs: [jobOf({ state: 'running' })] })
    })
    send('drop', old())
    await flushPromises()
    expect(dialog()?.textContent).toContain('~/Old.winnow')
    expect(dialog()?.textContent).toContain(words.projectStops)
    expect(app.inputs('projects.findDropped')).toMatchObject([{ name: 'Old.winnow', sizeBytes: 1 }])
    expect(app.inputs('projects.open')).toEqual([])
    await press(words.openIt)
    expect(app.inputs('projects.open')).toEqual([{ grant: 'g7' }])
    expect(useProject().current?.name).toBe('Old')
    expect(dialog()).toBeNull()
    expect(app.inputs('files.dropStart')).toEqual([])
  })

  it('of a project nobody knows lets it be chosen', async () => {
    await start({
      'projects.findDropped': () => ({ found: null }),
      'files.pick': () => ({ grants: [{ ...grant, id: 'g8', kind: 'folder' }] }),
      'projects.open': () => projectOf({ name: 'Old' })
    })
    send('drop', old())
    await flushPromises()
    expect(dialog()?.textContent).toContain(words.projectUnknown)
    await press(words.chooseIt)
    expect(app.inputs('projects.open')).toEqual([{ grant: 'g8' }])
  })

  it('of a recipe keeps it and shows the recipes', async () => {
    await start({
      'recipes.readText': ({ name }) => ({
        ...{ id: 'r', name, savedAt: 1, makes: 'chosen' as const },
        ...{ dataName: null, kind: null, sentence: '' }
      }),
      'recipes.list': () => ({ recipes: [] })
    })
    const text = JSON.stringify({ format: 'winnow-recipe', version: 1 })
    send('drop', transferOf([fileEntry('mine.json', text)]))
    await flushPromises()
    expect(app.inputs('recipes.readText')).toEqual([{ name: 'mine.json', text }])
    expect(place()).toBe('home')
    expect(lastToast()).toBe(recipeWords.wasRead('mine.json'))
    // Another file of this kind is data.
    send('drop', transferOf([fileEntry('rows.json', '[{"format":"winnow-recipe"}]')]))
    await flushPromises()
    expect(place()).toBe('add-data')
  })

  it('of an exported set offers to check it, or to add it', async () => {
    const set = (): DataTransfer =>
      transferOf([
        folderEntry('Best', { 'manifest.json': '{"format":"winnow-export"}', 'a.csv': 'a' })
      ])
    await start({
      'exports.verify': () => ({
        ...{ ok: true, files: 1, missing: [], changed: [], extra: [] },
        sentence: 'All 1 files are exactly as they were exported.'
      })
    })
    send('drop', set())
    await flushPromises()
    expect(app.inputs('files.dropStart')).toEqual([])
    await press(words.checkIt)
    await vi.waitFor(() => expect(dialog()?.textContent).toContain('exactly as they were exported'))
    expect(app.inputs('exports.verify')).toEqual([{ grant: 'g1' }])
    await press(words.addIt)
    await vi.waitFor(() => expect(place()).toBe('add-data'))
    expect(useAdding().grant).toEqual(grant)
  })

  it('waits for a project to be made when none is open', async () => {
    await start({ 'projects.create': () => projectOf() }, null)
    send('drop', csv())
    await flushPromises()
    expect(target.needsProject.value).toBe(true)
    expect(app.inputs('files.dropStart')).toEqual([])
    await useProject().create('New', null)
    await target.goOn()
    expect(target.needsProject.value).toBe(false)
    expect(place()).toBe('add-data')
    expect(useAdding().grant).toEqual(grant)
  })

  it('during another one is refused', async () => {
    const slow = deferred<{ drop: string }>()
    await start({ 'files.dropStart': () => slow.promise })
    send('drop', csv())
    await flushPromises()
    send('drop', csv())
    await flushPromises()
    expect(lastToast()).toBe(words.busy)
    slow.resolve({ drop: 'x' })
    await flushPromises()
    expect(useDrops().isBusy).toBe(false)
    expect(app.inputs('files.dropStart')).toHaveLength(1)
  })

  it('that ends while another screen is shown says so there', async () => {
    const slow = deferred<{ drop: string }>()
    await start({ 'files.dropStart': () => slow.promise })
    send('drop', csv())
    await flushPromises()
    await app.router.push({ name: 'runs' })
    slow.resolve({ drop: 'x' })
    await flushPromises()
    expect(lastToast()).toBe(words.ready('a.csv'))
    await useToasts().act(useToasts().toasts.at(-1)?.id ?? -1)
    expect(place()).toBe('add-data')
  })
})

it('takes pasted files, but not what is pasted into a field', async () => {
  await start()
  const field = document.createElement('input')
  document.body.append(field)
  expect(send('paste', csv(), field)).toBe(false)
  expect(send('paste', transferOf([]))).toBe(false)
  field.remove()
  expect(send('paste', transferOf([], [new File(['x'], 'a.csv')]))).toBe(true)
  await flushPromises()
  expect(place()).toBe('add-data')
  expect(app.inputs('files.dropStart')).toHaveLength(1)
})
