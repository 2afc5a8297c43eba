// The export dialog: layouts that are possible with their sizes, reasons for the others, what is sent,
// and how a PDF comes about.
import type { VueWrapper } from '@vue/test-utils'
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import type { ExportPlan } from '@api/dto/exports.ts'
import { jobOf, resultOf } from '../../stores/run-fixtures.test-support.ts'
import { exporting as words } from '../../text/runs.ts'
import { clickOn, startApp, type TestApp } from '../view.test-support.ts'
import ExportDialog from './ExportDialog.vue'

let wrapper: VueWrapper
afterEach(() => wrapper.unmount())

const planOf = (part: Partial<ExportPlan> = {}): ExportPlan => ({
  items: 10,
  totalItems: 100,
  sizeBytes: 1000,
  freeBytes: 50_000,
  suggestedName: 'Best',
  nameTaken: false,
  layout: 'One table and one JSON list',
  layouts: [
    { layout: 'parquet', isPossible: true, reason: null, sizeBytes: 2000 },
    { layout: 'records', isPossible: true, reason: null, sizeBytes: 4000 },
    { layout: 'alpaca', isPossible: true, reason: null, sizeBytes: 100_000 },
    { layout: 'arrays', isPossible: false, reason: 'The items are no pictures.', sizeBytes: 0 }
  ],
  canMakePdf: true,
  sentence: 'You are about to export 10 of 100 items.',
  ...part
})

async function begun(plan: ExportPlan): Promise<TestApp> {
  const app = await startApp({
    'exports.plan': () => plan,
    'exports.list': () => ({ exports: [] }),
    'files.pick': () => ({ grants: [{ id: 'g1', kind: 'folder', name: 'out', place: '~/out' }] }),
    'exports.start': () => ({ job: 'e1' }),
    'jobs.get': () => jobOf({ id: 'e1', kind: 'export' })
  })
  wrapper = app.show(ExportDialog, { result: resultOf(), open: true })
  await flushPromises()
  return app
}
const boxOf = (label: string): HTMLInputElement | undefined =>
  [...document.querySelectorAll('label')]
    .find((one) => one.textContent?.trim() === label)
    ?.querySelector('input') ?? undefined
const button = (text: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === text)

async function tick(label: string): Promise<void> {
  const box = boxOf(label)
  if (box === undefined) throw new Error(`no box ${label}`)
  box.checked = !box.checked
  box.dispatchEvent(new Event('change'))
  await flushPromises()
}

it('ticks what most want, adds up sizes, and says why the rest is not possible', async () => {
  await begun(planOf())
  expect(boxOf(words.layouts.parquet.title)?.checked).toBe(true)
  expect(boxOf(words.layouts.records.title)?.checked).toBe(true)
  expect(boxOf(words.layouts.alpaca.title)?.checked).toBe(false)
  expect(boxOf(words.layouts.arrays.title)?.disabled).toBe(true)
  expect(document.body.textContent).toContain('The items are no pictures.')
  expect(document.body.textContent).toContain('Size7 KB')
  await tick(words.layouts.alpaca.title)
  expect(document.body.textContent).toContain('Choose another folder.')
})

it('sends the layouts, their look and the PDF', async () => {
  const app = await begun(planOf())
  await clickOn(button(words.choosePlace))
  await tick(words.layouts.parquet.title)
  await tick(words.indent)
  await tick(words.reportPdf)
  await clickOn(button(words.start('10')))
  await vi.waitFor(() =>
    expect(app.inputs('exports.start')[0]).toMatchObject({
      layouts: ['records'],
      indentRecords: true,
      reportPdf: true
    })
  )
})

it('where nothing can be printed it says how to save a PDF', async () => {
  await begun(planOf({ canMakePdf: false }))
  expect(boxOf(words.reportPdf)).toBeUndefined()
  expect(document.body.textContent).toContain(words.reportPrint)
})
