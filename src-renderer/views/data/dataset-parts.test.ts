// The parts of a dataset page: its labels and the list of what could not be read.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { AppError } from '@api/errors.ts'
import { saveBlob } from '../../charts/save-blob.ts'
import { datasetOf, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { useToasts } from '../../stores/toasts.ts'
import { problemsFile } from '../../text/add-data.ts'
import { common } from '../../text/common.ts'
import { dataset as words } from '../../text/data.ts'
import { clickOn, startApp, type TestApp } from '../view.test-support.ts'
import DatasetLabels from './DatasetLabels.vue'
import DatasetProblems from './DatasetProblems.vue'

vi.mock('../../charts/save-blob.ts', async (original) => ({
  ...(await original<object>()),
  saveBlob: vi.fn()
}))

let app: TestApp
let wrapper: VueWrapper
afterEach(() => {
  wrapper.unmount()
  vi.restoreAllMocks()
})
const buttonOf = (text: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find((button) => button.textContent?.trim() === text)
async function click(text: string): Promise<void> {
  const button = buttonOf(text)
  if (button === undefined) throw new Error(`no button “${text}” in ${document.body.textContent}`)
  await clickOn(button)
}
describe('DatasetLabels', () => {
  it('says which label leads and gives exact shares', async () => {
    app = await startApp()
    wrapper = app.show(DatasetLabels, { summary: datasetOf() })
    expect(wrapper.text()).toContain(words.biggest('boot', '60.0 %'))
    expect(wrapper.findAll('tbody tr').map((row) => row.text())).toEqual([
      expect.stringContaining('60.0 %'),
      expect.stringContaining('40.0 %')
    ])
  })

  it('says what it means that there are none', async () => {
    app = await startApp()
    wrapper = app.show(DatasetLabels, { summary: datasetOf({ classes: [] }) })
    expect(wrapper.text()).toContain(words.noClassesText)
  })
})

describe('DatasetProblems', () => {
  const list = Array.from({ length: 5 }, (_, index) => ({
    where: `row ${Math.floor(index / 2)}`,
    reason: `reason ${index}`
  }))
  const paged: Answers = {
    'datasets.problems': ({ page }) => {
      const from = Number(page.cursor ?? 0)
      return {
        problems: list.slice(from, from + 2),
        next: from + 2 < list.length ? String(from + 2) : null,
        total: list.length
      }
    }
  }
  async function show(answers: Answers = paged): Promise<void> {
    app = await startApp(answers)
    wrapper = app.show(DatasetProblems, { summary: datasetOf({ skipped: 5 }) })
    await flushPromises()
  }
  const shown = (): number => wrapper.findAll('tbody tr').length

  it('shows one page after the other, also two problems of one row', async () => {
    await show()
    expect(shown()).toBe(2)
    await click(common.showMore)
    await click(common.showMore)
    expect(shown()).toBe(5)
    expect(buttonOf(common.showMore)).toBeUndefined()
  })

  it('saves the whole list, whatever is shown of it', async () => {
    await show({ ...paged, 'datasets.problemsCsv': () => ({ csv: 'where,reason\r\nrow 0,x' }) })
    await click(problemsFile.save)
    const [blob, name] = vi.mocked(saveBlob).mock.calls.at(-1) ?? []
    expect(name).toBe('shoes-not-readable.csv')
    expect(await blob?.text()).toBe('where,reason\r\nrow 0,x')
    expect(shown()).toBe(2)
  })

  it('is not blank when the list could not be loaded', async () => {
    let isBroken = true
    await show({
      'datasets.problems': (input) => {
        if (isBroken) throw new AppError('project-damaged')
        return paged['datasets.problems']?.(input) ?? { problems: [], next: null, total: 0 }
      }
    })
    expect(wrapper.get('[role="alert"]').text()).toContain(words.problemsFailed)
    isBroken = false
    await click(common.tryAgain)
    expect(shown()).toBe(2)
  })

  it('keeps what it lists when the next page fails', async () => {
    let isBroken = false
    await show({
      'datasets.problems': (input) => {
        if (isBroken) throw new AppError('project-damaged')
        return paged['datasets.problems']?.(input) ?? { problems: [], next: null, total: 0 }
      }
    })
    isBroken = true
    await click(common.showMore)
    expect(shown()).toBe(2)
    expect(useToasts().toasts.at(-1)).toMatchObject({ severity: 'error' })
    isBroken = false
    await click(common.showMore)
    expect(shown()).toBe(4)
  })

  it('asks for nothing where everything could be read', async () => {
    app = await startApp(paged)
    wrapper = app.show(DatasetProblems, { summary: datasetOf() })
    await nextTick()
    expect(wrapper.text()).toContain(words.problemsNone)
  })
})
