// The result page of a tiny set over a fake backend.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import type { DistilResult } from '@api/dto/distil.ts'
import {
  tinyAnswers,
  tinyItemOf,
  tinyResultOf,
  tinyRunOf
} from '../../stores/distil-fixtures.test-support.ts'
import { jobOf, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { startApp, type TestApp } from '../view.test-support.ts'
import TinyResultView from './TinyResultView.vue'

/** Items of the set: 35 of each of two labels. */
export const allItems = Array.from({ length: 70 }, (_, index) => tinyItemOf(index))

/** Answers of a backend that has this result. */
export function resultAnswers(result: DistilResult, answers: Answers = {}): Answers {
  return tinyAnswers({
    'runs.list': () => ({
      runs: [
        tinyRunOf({ hasResult: true, job: jobOf({ id: 't1', kind: 'distil', state: 'finished' }) })
      ]
    }),
    'distil.result': () => result,
    'distil.items': ({ label, first, limit }) => {
      const found = allItems.filter((item) => label === null || item.label === label)
      return {
        items: found.slice(first ?? 0, (first ?? 0) + (limit ?? 60)),
        total: found.length
      }
    },
    'distil.picture': ({ index }) => ({ png: new Uint8Array([index]) }),
    'datasets.thumbnails': ({ rows }) => ({
      thumbnails: rows.map((row) => ({ row, mime: 'image/png', bytes: new Uint8Array([1]) }))
    }),
    'jobs.log': () => ({ lines: [], next: 0 }),
    'exports.list': () => ({ exports: [] }),
    ...answers
  })
}

/** Shows the page of a result. */
export async function showResult(
  part: Partial<DistilResult> = {},
  answers: Answers = {}
): Promise<{ app: TestApp; wrapper: VueWrapper }> {
  const app = await startApp(resultAnswers(tinyResultOf(part), answers))
  const wrapper = app.show(TinyResultView, { run: 't1' })
  await flushPromises()
  await flushPromises()
  return { app, wrapper }
}
