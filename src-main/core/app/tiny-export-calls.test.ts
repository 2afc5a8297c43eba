// The calls about exports and reports for a run that made a tiny set: they fit the contract, and
// what is queued is what was asked.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { contract } from '../../api/contract.ts'
import type { DistilResult } from '../../api/dto/distil.ts'
import {
  addRows,
  createDistilFixture,
  type DistilFixture
} from '../distillation/distil.test-support.ts'
import { ExportParams } from '../reports/export-job.ts'
import {
  exportDeps,
  exportPlace,
  makeTiny,
  tinySets
} from '../reports/distilled/tiny-export.test-support.ts'
import type { AppState } from './app-state.ts'
import { createRunHandlers } from './run-handlers.ts'

let fixture: DistilFixture
let made: DistilResult
const submitted: { kind: string; title: string; run: string; params: unknown }[] = []
beforeAll(async () => {
  fixture = await createDistilFixture()
  await addRows(fixture)
  const change = { method: { id: 'real-items', params: {} }, check: { isOn: false } }
  made = await makeTiny(fixture, 'tiny', 'rows', change)
}, 60_000)
afterAll(() => fixture.dispose())

function handlers(
  printPdf?: (html: string) => Promise<Uint8Array>
): ReturnType<typeof createRunHandlers> {
  const refuse = (): never => {
    throw new Error('this run is no chosen set')
  }
  const area = {
    project: { store: fixture.store },
    selection: { result: refuse, review: refuse },
    distillation: tinySets(fixture),
    exportDeps: { ...exportDeps(fixture), printPdf },
    engine: {
      submit(job: (typeof submitted)[number]) {
        submitted.push(job)
        return { id: 'job' }
      }
    }
  }
  const place = exportPlace(fixture)
  // Only what these handlers ask of the app is there.
  return createRunHandlers({
    area: () => area,
    grants: { resolve: () => ({ path: place }) },
    platform: { now: () => 1_700_000_000_000 }
  } as unknown as AppState)
}

// Handlers get their connection's context as a second argument in the app; these need none.
const call = <T>(made: (input: never, ...rest: never[]) => T, input: unknown): T =>
  made(input as never)

it('the plan, the report and the start of an export know a tiny set', async () => {
  const { 'exports.plan': plan, 'runs.report': report, 'exports.start': start } = handlers()
  const planned = contract['exports.plan'].output.parse(
    await call(plan, { run: 'tiny', place: null, name: null })
  )
  expect(planned).toMatchObject({ items: made.decodedItems, totalItems: made.trainItems })
  const { html } = contract['runs.report'].output.parse(await call(report, { run: 'tiny' }))
  expect(html).toContain('<h2>What it takes</h2>')
  const request = contract['exports.start'].input.parse({
    run: 'tiny',
    place: 'g1',
    name: 'Tiny',
    layouts: ['arrays', 'safetensors']
  })
  expect(await call(start, request)).toEqual({ job: 'job' })
  expect(submitted).toMatchObject([{ kind: 'export', title: 'Exporting “Tiny”', run: 'tiny' }])
  const params = ExportParams.parse(submitted[0]?.params)
  expect(params).toMatchObject({
    place: exportPlace(fixture),
    layouts: ['arrays', 'safetensors'],
    asked: made.provenance['sentence']
  })
})

it('the report is printed as it is, and only where the host can print', async () => {
  const printed: string[] = []
  const print = (html: string): Promise<Uint8Array> => {
    printed.push(html)
    return Promise.resolve(new TextEncoder().encode('%PDF-1.7'))
  }
  const { 'runs.report': report, 'runs.reportPdf': reportPdf } = handlers(print)
  const { pdf } = contract['runs.reportPdf'].output.parse(await call(reportPdf, { run: 'tiny' }))
  expect(new TextDecoder().decode(pdf)).toBe('%PDF-1.7')
  const { html } = contract['runs.report'].output.parse(await call(report, { run: 'tiny' }))
  expect(printed).toEqual([html])

  const { 'runs.reportPdf': refused } = handlers()
  await expect(call(refused, { run: 'tiny' })).rejects.toMatchObject({
    code: 'invalid-input',
    hint: 'Open report.html in a browser and print it there to a PDF file.'
  })
})
