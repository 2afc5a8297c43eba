// Adding data: the preview follows the options, old answers never win, undivided data gets test
// items, names are checked, and only the last button makes anything.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportOptions, ImportPreview } from '@api/dto/datasets.ts'
import { ImportOptions as ImportOptionsSchema } from '@api/dto/datasets.ts'
import { AppError, errorMessages } from '@api/errors.ts'
import {
  datasetOf,
  deferred,
  type Answers,
  type Deferred
} from '../../stores/run-fixtures.test-support.ts'
import { useToasts } from '../../stores/toasts.ts'
import { addData as words, drop, kindsOfData } from '../../text/add-data.ts'
import { common } from '../../text/common.ts'
import { data } from '../../text/data.ts'
import { useAdding } from '../../stores/adding.ts'
import { formatPercent } from '../../text/format.ts'
import { clickOn, projectOf, startApp, type TestApp } from '../view.test-support.ts'
import AddDataView from './AddDataView.vue'
import { nextName } from './adding-words.ts'
import { restMs } from './use-preview.ts'

const recommended = ImportOptionsSchema.parse({})
function previewOf(part: Partial<ImportPreview> = {}): ImportPreview {
  return {
    format: 'csv',
    kind: 'text',
    sentence: 'Looks like a CSV table.',
    suggestedName: 'reviews',
    shape: null,
    sheets: [],
    arrays: [],
    notes: [],
    copyBytes: 5_000_000,
    columns: [
      {
        name: 'text',
        type: 'text',
        role: 'text',
        confidence01: 0.9,
        distinct: null,
        missing: 0,
        examples: ['fine']
      },
      {
        name: 'stars',
        type: 'category',
        role: 'label',
        confidence01: 0.6,
        distinct: 5,
        missing: 0,
        examples: ['5', '1']
      }
    ],
    items: [],
    itemsEstimate: 1200,
    isComplete: true,
    classes: [],
    splits: [],
    sizeBytes: 4000,
    problems: [],
    options: recommended,
    ...part
  }
}
const labelled = { classes: [{ name: '5', count: 700 }] }
const divided = {
  splits: [
    { name: 'train', count: 1000 },
    { name: 'test', count: 200 }
  ]
}

let app: TestApp
let wrapper: VueWrapper
let picked: string
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  wrapper.unmount()
  vi.useRealTimers()
})
async function show(answers: Answers, project = projectOf()): Promise<void> {
  picked = 'g1'
  app = await startApp(
    {
      'files.pick': ({ kind }) => ({
        grants: [
          {
            id: picked,
            name: 'reviews.csv',
            place: `~/${picked}`,
            kind: kind === 'folder' ? 'folder' : 'file'
          }
        ]
      }),
      'datasets.import': () => ({ job: 'j1', dataset: 'd9' }),
      ...answers
    },
    project
  )
  wrapper = app.show(AddDataView)
  await flushPromises()
}
/** Lets options rest until they are read. */
async function rest(): Promise<void> {
  vi.advanceTimersByTime(restMs)
  await flushPromises()
}
const button = (text: string): HTMLButtonElement => {
  const found = wrapper.findAll('button').find((candidate) => candidate.text().startsWith(text))
  if (found === undefined) throw new Error(`no button “${text}” in ${wrapper.text()}`)
  return found.element
}
async function click(text: string): Promise<void> {
  await clickOn(button(text))
}
const asked = (): ImportOptions[] =>
  app
    .inputs('datasets.preview')
    .map((input) => ImportOptionsSchema.parse((input as { options: unknown }).options))
const imported = (): Record<string, unknown>[] =>
  app.inputs('datasets.import') as Record<string, unknown>[]
const nameField = (): HTMLInputElement =>
  wrapper.get<HTMLInputElement>('footer input[type="text"]').element
/** The select with a name of its own, or in the field of that name. */
function select(name: string): ReturnType<VueWrapper['get']> {
  const found = wrapper.findAll('select').find((candidate) => {
    const own = candidate.attributes('aria-label')
    const id = candidate.attributes('id')
    return own === name || (id !== undefined && wrapper.find(`label[for="${id}"]`).text() === name)
  })
  if (found === undefined) throw new Error(`no select “${name}”`)
  return found
}
async function choose(name: string, label: string): Promise<void> {
  const field = select(name)
  const option = field.findAll('option').find((candidate) => candidate.text().startsWith(label))
  if (option === undefined) throw new Error(`no choice “${label}” in ${field.text()}`)
  await field.setValue(option.attributes('value'))
}

describe('before anything is chosen', () => {
  it('nothing is asked, and everything that can be added is explained', async () => {
    await show({})
    expect(app.inputs('datasets.preview')).toEqual([])
    expect(wrapper.find('footer').exists()).toBe(false)
    for (const kind of Object.values(kindsOfData)) expect(wrapper.text()).toContain(kind.title)
    expect(wrapper.text()).toContain(words.dropTitle)
  })

  it('Esc leaves the screen, but not from within a field', async () => {
    await show({ 'datasets.preview': () => previewOf(divided) })
    await click(words.chooseFile)
    await wrapper.get('footer input').trigger('keydown', { key: 'Escape' })
    await flushPromises()
    expect(app.router.currentRoute.value.name).toBe('home')
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
    await flushPromises()
    expect(app.router.currentRoute.value.name).toBe('data')
  })
})

describe('reading', () => {
  it('shows what was recognised and suggests a name', async () => {
    await show({ 'datasets.preview': () => previewOf() })
    await click(words.chooseFile)
    expect(wrapper.text()).toContain('Looks like a CSV table.')
    expect(nameField().value).toBe('reviews')
    expect(button(words.start('1,200 items')).disabled).toBe(false)
    expect(wrapper.get('footer').text()).toContain('Adds 1,200 items as “reviews”, read where')
  })

  it('reads again once options rest, with all of them', async () => {
    await show({ 'datasets.preview': () => previewOf(divided) })
    await click(words.chooseFile)
    await choose(words.delimiter, 'Tab')
    await choose(words.delimiter, 'Semicolon')
    expect(asked()).toHaveLength(1)
    expect(button(words.start('1,200 items')).disabled).toBe(true)
    await rest()
    await choose(words.roleOf('stars'), data.roles.keep)
    await rest()
    expect(asked()).toEqual([
      recommended,
      { ...recommended, delimiter: ';' },
      { ...recommended, delimiter: ';', roles: { stars: 'keep' } }
    ])
    expect(button(words.start('1,200 items')).disabled).toBe(false)
  })

  it('reads nothing again for where it goes and how it is divided', async () => {
    await show({ 'datasets.preview': () => previewOf(divided) })
    await click(words.chooseFile)
    await wrapper.get('input[type="radio"][value="copy"]').setValue(true)
    await wrapper.get('input[type="radio"][value="none"]').setValue(true)
    await rest()
    expect(asked()).toEqual([recommended])
    expect(wrapper.get('footer').text()).toContain('copied into the project (5 MB)')
  })

  it('forgets what was said of the columns when other columns may come', async () => {
    await show({ 'datasets.preview': () => previewOf(divided) })
    await click(words.chooseFile)
    for (const [name, label] of [
      [words.as, 'Texts'],
      [words.delimiter, 'Tab'],
      [words.encoding, 'Windows']
    ] as const) {
      await choose(words.roleOf('stars'), data.roles.keep)
      await rest()
      expect(asked().at(-1)?.roles).toEqual({ stars: 'keep' })
      await choose(name, label)
      await rest()
      expect(asked().at(-1)?.roles).toEqual({})
    }
  })

  it('offers sheets, and numbers for items and labels, only where there are some', async () => {
    const array = (name: string): ImportPreview['arrays'][number] => ({
      name,
      shape: [100, 28],
      dtype: 'float32'
    })
    await show({
      'datasets.preview': ({ grant }) =>
        grant === 'g1'
          ? previewOf({ ...divided, format: 'xlsx', sheets: ['2025', '2026'] })
          : previewOf({ ...divided, format: 'npz', arrays: [array('x'), array('y')], columns: [] })
    })
    await click(words.chooseFile)
    await choose(words.sheet, '2026')
    await rest()
    expect(asked().at(-1)?.sheet).toBe('2026')
    expect(() => select(words.array)).toThrow('no select')
    picked = 'g2'
    await click(words.chooseFile)
    await choose(words.array, 'y: 100 × 28, float32')
    await choose(words.labelArray, 'x')
    await rest()
    expect(asked().at(-1)).toMatchObject({ sheet: null, array: 'y', labelArray: 'x' })
    expect(() => select(words.sheet)).toThrow('no select')
  })

  it('never lets a slower answer to older options replace a newer one', async () => {
    const answers: Deferred<ImportPreview>[] = []
    await show({
      'datasets.preview': () => {
        const answer = deferred<ImportPreview>()
        answers.push(answer)
        return answer.promise
      }
    })
    await click(words.chooseFile)
    answers[0]?.resolve(previewOf({ ...divided, sentence: 'First.' }))
    await flushPromises()
    await choose(words.delimiter, 'Tab')
    await rest()
    expect(wrapper.text()).toContain('First.')
    expect(wrapper.text()).toContain(words.readingAgain)
    await choose(words.delimiter, 'Bar')
    await rest()
    expect(answers).toHaveLength(3)
    answers[2]?.resolve(previewOf({ ...divided, sentence: 'Newest.' }))
    await flushPromises()
    answers[1]?.reject(new AppError('file-damaged'))
    await flushPromises()
    expect(wrapper.text()).toContain('Newest.')
    expect(wrapper.find('[role="alert"]').exists()).toBe(false)
    expect(wrapper.text()).not.toContain(words.readingAgain)
  })

  it('keeps what was read when a change fails, and takes the change back', async () => {
    await show({
      'datasets.preview': ({ options }) => {
        if (options.delimiter === '\t') throw new AppError('file-damaged')
        return previewOf(divided)
      }
    })
    await click(words.chooseFile)
    await choose(words.delimiter, 'Tab')
    await rest()
    const alert = wrapper.get('[role="alert"]')
    expect(alert.text()).toContain(words.changeFailed)
    expect(alert.text()).toContain(errorMessages['file-damaged'])
    expect(wrapper.text()).toContain('Looks like a CSV table.')
    expect(button(words.start('1,200 items')).disabled).toBe(true)
    await click(words.takeBack)
    expect(wrapper.find('[role="alert"]').exists()).toBe(false)
    expect(button(words.start('1,200 items')).disabled).toBe(false)
    expect(useAdding().options.delimiter).toBeNull()
  })

  it('says why it could not be read, and starts clean with the next file', async () => {
    const next = deferred<ImportPreview>()
    await show({
      'datasets.preview': ({ grant }) => {
        if (grant === 'g1') throw new AppError('file-not-recognised')
        return next.promise
      }
    })
    await click(words.chooseFile)
    expect(wrapper.get('[role="alert"]').text()).toContain(errorMessages['file-not-recognised'])
    expect(wrapper.find('footer').exists()).toBe(false)
    picked = 'g2'
    await click(words.chooseFile)
    expect(wrapper.find('[role="alert"]').exists()).toBe(false)
    next.resolve(previewOf({ suggestedName: 'other' }))
    await flushPromises()
    expect(nameField().value).toBe('other')
    expect(asked().at(-1)).toEqual(recommended)
  })

  it('changes nothing when the choice of a file was called off', async () => {
    await show({ 'files.pick': () => ({ grants: [] }) })
    await click(words.chooseFolder)
    expect(app.inputs('datasets.preview')).toEqual([])
    expect(wrapper.text()).toContain(words.dropTitle)
  })

  it('goes on where it was when the screen is left and shown again', async () => {
    await show({ 'datasets.preview': () => previewOf(divided) })
    await click(words.chooseFile)
    await choose(words.roleOf('stars'), data.roles.keep)
    await wrapper.get('footer input[type="text"]').setValue('Mine')
    wrapper.unmount()
    wrapper = app.show(AddDataView)
    await flushPromises()
    expect(asked().at(-1)?.roles).toEqual({ stars: 'keep' })
    expect(nameField().value).toBe('Mine')
    expect(wrapper.text()).toContain(words.guessed(data.roles.label))
  })
})

describe('what was found', () => {
  it('is said in full: shape, notes, labels, what was left out', async () => {
    await show({
      'datasets.preview': () =>
        previewOf({
          ...divided,
          ...labelled,
          format: 'jsonl',
          isComplete: false,
          shape: { name: 'openai', matching: 998, of: 1000 },
          notes: ['Two dates were read as text.'],
          problems: [
            { where: 'Line 7', reason: 'It has no messages.' },
            { where: 'Line 9', reason: 'It is empty.' }
          ]
        })
    })
    await click(words.chooseFile)
    const text = wrapper.text()
    expect(text).toContain(words.shapes.openai)
    expect(text).toContain(words.problemsSoFar('2 files or rows'))
    expect(text).toContain('Two dates were read as text.')
    expect(text).toContain('about 1,200')
    expect(wrapper.get('details').attributes('open')).toBeDefined()
    expect(text).toContain('Line 7')
    expect(wrapper.get('footer').text()).toContain('2 files or rows left out.')
  })

  it('is a table with what each column is taken for, what is left out aside', async () => {
    const [text, stars] = previewOf().columns
    await show({
      'datasets.preview': () =>
        previewOf({
          ...divided,
          columns: [
            { ...text, name: 'a', role: 'ignore' },
            { ...stars, name: 'b', role: 'keep' },
            { ...stars, name: 'c' }
          ] as ImportPreview['columns'],
          items: [
            {
              name: 'Row 2',
              label: '5',
              split: null,
              text: 'fine',
              thumbnail: null,
              values: { a: '1', b: '2', c: '5' }
            }
          ]
        })
    })
    await click(words.chooseFile)
    const heads = wrapper.findAll('.items thead th').map((head) => head.text())
    expect(heads).toEqual([words.row, `c${data.roles.label}`, `b${data.roles.keep}`])
    expect(wrapper.findAll('.items td').map((cell) => cell.text())).toEqual(['5', '2'])
  })
})

describe('columns', () => {
  it('mark the best guess and how sure it is, and restore it', async () => {
    await show({ 'datasets.preview': () => previewOf(divided) })
    await click(words.chooseFile)
    expect(wrapper.text()).toContain(words.sureness(words.sure.high, formatPercent(0.9, 0)))
    await choose(words.roleOf('stars'), data.roles.group)
    await rest()
    expect(wrapper.text()).toContain(words.guessed(data.roles.label))
    expect(
      select(words.roleOf('stars'))
        .findAll('option')
        .filter((option) => option.text().endsWith(common.recommended))
        .map((option) => option.text())
    ).toEqual([`${data.roles.label} – ${common.recommended}`])
    await click(common.restoreRecommended)
    await rest()
    expect(asked().at(-1)?.roles).toEqual({})
    expect(wrapper.text()).not.toContain(words.guessed(data.roles.label))
  })

  it('let only one be the label: the one named last', async () => {
    await show({ 'datasets.preview': () => previewOf(divided) })
    await click(words.chooseFile)
    await choose(words.roleOf('stars'), data.roles.label)
    await choose(words.roleOf('text'), data.roles.label)
    await rest()
    expect(asked().at(-1)?.roles).toEqual({ text: 'label' })
  })

  it('are found by name where there are very many', async () => {
    const [column] = previewOf().columns
    const columns = Array.from({ length: 60 }, (_, i) => ({ ...column, name: `c${i}` }))
    await show({
      'datasets.preview': () =>
        previewOf({ ...divided, columns: columns as ImportPreview['columns'] })
    })
    await click(words.chooseFile)
    expect(wrapper.findAll('.column select')).toHaveLength(24)
    await click(words.moreColumns('36'))
    expect(wrapper.findAll('.column select')).toHaveLength(60)
    await wrapper.get('input[type="search"]').setValue('c59')
    expect(wrapper.findAll('.column select')).toHaveLength(1)
    await wrapper.get('input[type="search"]').setValue('nowhere')
    expect(wrapper.text()).toContain(words.noColumn)
  })
})

describe('train and test', () => {
  const holdout = { kind: 'holdout', testFraction01: 0.2, seed: 0 }
  const splitOf = (): unknown => useAdding().options.split
  it('holds some items back where labelled data is not divided', async () => {
    await show({ 'datasets.preview': () => previewOf(labelled) })
    await click(words.chooseFile)
    expect(splitOf()).toEqual(holdout)
  })

  it('does so too once a column turns out to be the label', async () => {
    const [text, stars] = previewOf().columns
    const asKept = { columns: [text, { ...stars, role: 'keep' }] as ImportPreview['columns'] }
    await show({
      'datasets.preview': ({ options }) =>
        previewOf(options.roles?.['stars'] === 'label' ? labelled : asKept)
    })
    await click(words.chooseFile)
    expect(splitOf()).toEqual({ kind: 'existing' })
    await choose(words.roleOf('stars'), data.roles.label)
    await rest()
    expect(splitOf()).toEqual(holdout)
  })

  it('keeps a division that was found', async () => {
    await show({ 'datasets.preview': () => previewOf({ ...labelled, ...divided }) })
    await click(words.chooseFile)
    expect(splitOf()).toEqual({ kind: 'existing' })
  })

  it('leaves "no test items" alone once it was said', async () => {
    await show({ 'datasets.preview': () => previewOf(labelled) })
    await click(words.chooseFile)
    await wrapper.get('input[type="radio"][value="none"]').setValue(true)
    await choose(words.delimiter, 'Tab')
    await rest()
    expect(splitOf()).toEqual({ kind: 'none' })
  })

  it('cannot use a division that is not there, and takes the share asked for', async () => {
    await show({ 'datasets.preview': () => previewOf(labelled) })
    await click(words.chooseFile)
    expect(
      wrapper.get('input[type="radio"][value="existing"]').attributes('disabled')
    ).toBeDefined()
    await wrapper.get('input[type="range"]').setValue('35')
    expect(splitOf()).toEqual({ ...holdout, testFraction01: 0.35 })
  })
})

describe('adding', () => {
  it('refuses a name that is taken or missing', async () => {
    await show({
      'datasets.preview': () => previewOf(divided),
      'datasets.list': () => ({ datasets: [datasetOf({ name: 'reviews' })] })
    })
    await click(words.chooseFile)
    expect(wrapper.get('footer [role="alert"]').text()).toContain(words.nameTaken)
    expect(button(words.start('1,200 items')).disabled).toBe(true)
    const field = wrapper.get('footer input[type="text"]')
    await field.setValue('   ')
    expect(wrapper.get('footer [role="alert"]').text()).toContain(words.nameMissing)
    await field.trigger('keydown', { key: 'Enter' })
    expect(imported()).toEqual([])
    await field.setValue('reviews 2')
    expect(button(words.start('1,200 items')).disabled).toBe(false)
  })

  it('adds with everything that was said, and goes to the list', async () => {
    await show({ 'datasets.preview': () => previewOf(divided) })
    await click(words.chooseFile)
    await wrapper.get('input[type="radio"][value="copy"]').setValue(true)
    const examples = wrapper.findAll('label').find((label) => label.text() === words.purpose)
    await examples?.get('input').setValue(true)
    await wrapper.get('footer input[type="text"]').setValue('  Reviews ')
    expect(wrapper.get('footer').text()).toContain(words.will.examples)
    await click(words.start('1,200 items'))
    expect(imported()).toEqual([
      {
        grant: 'g1',
        name: 'Reviews',
        options: { ...recommended, storage: 'copy' },
        purpose: 'examples',
        addTo: null
      }
    ])
    expect(app.router.currentRoute.value.name).toBe('data')
    expect(useToasts().toasts.at(-1)?.text).toBe(words.started('Reviews'))
    expect(useAdding().grant).toBeUndefined()
  })

  it('makes the next version of a dataset of the same kind, under a name of its own', async () => {
    await show({
      'datasets.preview': () => previewOf(divided),
      'datasets.list': () => ({
        datasets: [
          datasetOf({ id: 'a', name: 'Photos', kind: 'images' }),
          datasetOf({ id: 'b', name: 'Old', kind: 'text', isLatest: false }),
          datasetOf({ id: 'c', name: 'Mails', kind: 'text', version: 2, items: 7 })
        ]
      })
    })
    await click(words.chooseFile)
    await wrapper.get('input[type="radio"][value="add"]').setValue(true)
    expect(
      select(words.goalPick)
        .findAll('option')
        .map((option) => option.text())
    ).toEqual([words.goalChoice('Mails', '7 items', 2)])
    expect(nameField().value).toBe('Mails (version 3)')
    expect(wrapper.get('footer').text()).toContain('Adds 1,200 items to “Mails” as version 3')
    await click(words.start('1,200 items'))
    expect(imported()[0]).toMatchObject({ addTo: 'c', name: 'Mails (version 3)', purpose: 'pool' })
  })

  it('says why nothing can be added to where no dataset of the kind is there', async () => {
    await show({
      'datasets.preview': () => previewOf(divided),
      'datasets.list': () => ({ datasets: [datasetOf({ kind: 'images' })] })
    })
    await click(words.chooseFile)
    expect(wrapper.get('input[type="radio"][value="add"]').attributes('disabled')).toBeDefined()
    expect(wrapper.text()).toContain(words.goalNone)
  })

  it('adds once, however often it is asked to', async () => {
    const slow = deferred<{ job: string; dataset: string }>()
    await show({
      'datasets.preview': () => previewOf(divided),
      'datasets.import': () => slow.promise
    })
    await click(words.chooseFile)
    const field = wrapper.get('footer input[type="text"]')
    await field.trigger('keydown', { key: 'Enter' })
    await field.trigger('keydown', { key: 'Enter' })
    slow.resolve({ job: 'j', dataset: 'd' })
    await flushPromises()
    expect(imported()).toHaveLength(1)
  })

  it('stays where it is when adding was refused', async () => {
    await show({
      'datasets.preview': () => previewOf({ ...divided, isComplete: false }),
      'datasets.import': () => {
        throw new AppError('disk-full')
      }
    })
    await click(words.chooseFile)
    await click(words.startAbout('1,200 items'))
    expect(app.router.currentRoute.value.name).toBe('home')
    expect(useToasts().toasts.at(-1)).toMatchObject({ severity: 'error' })
    expect(button(words.startAbout('1,200 items')).disabled).toBe(false)
  })

  it('adds nothing to a project that is only read, and nothing that holds no items', async () => {
    await show({ 'datasets.preview': () => previewOf(divided) }, projectOf({ isReadOnly: true }))
    await click(words.chooseFile)
    expect(button(words.start('1,200 items')).disabled).toBe(true)
    await wrapper.get('footer input[type="text"]').trigger('keydown', { key: 'Enter' })
    expect(imported()).toEqual([])
    wrapper.unmount()
    await show({ 'datasets.preview': () => previewOf({ ...divided, itemsEstimate: 0 }) })
    await click(words.chooseFile)
    expect(button(words.start('0 items')).disabled).toBe(true)
  })

  it('keeps what was dropped as a copy and says what was left out', async () => {
    await show({ 'datasets.preview': () => previewOf(divided) })
    useAdding().choose({ id: 'g7', name: 'Mails', place: 'Mails', kind: 'folder' }, { hidden: 2 })
    await flushPromises()
    expect(wrapper.text()).toContain(drop.copiedNote)
    expect(wrapper.text()).toContain(drop.hiddenNote('2 files'))
    expect(wrapper.find('input[value="link"]').exists()).toBe(false)
    await click(words.start('1,200 items'))
    expect(imported()[0]).toMatchObject({ grant: 'g7', options: { storage: 'copy' } })
  })
})

it('names the next version after the first free number', () => {
  const names = ['Mails', 'Mails (version 3)']
  expect(nextName(datasetOf({ name: 'Mails', version: 1 }), names)).toBe('Mails (version 2)')
  expect(nextName(datasetOf({ name: 'Mails (version 2)', version: 2 }), names)).toBe(
    'Mails (version 4)'
  )
  expect(nextName(datasetOf({ name: 'x'.repeat(80), version: 1 }), [])).toHaveLength(80)
})
