// The wizard for tiny sets, step by step over a fake backend.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useTinyDraft } from '../../stores/distil-draft.ts'
import {
  tinyAnswers,
  tinyDraftOf,
  tinyReviewOf
} from '../../stores/distil-fixtures.test-support.ts'
import type { TinyStep } from '../../stores/distil-steps.ts'
import { datasetOf, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { choose } from '../../text/choose.ts'
import { common } from '../../text/common.ts'
import { tiny } from '../../text/distil.ts'
import { clickOn, startApp, type TestApp } from '../../views/view.test-support.ts'
import TinyWizard from './TinyWizard.vue'

let app: TestApp
let wrapper: VueWrapper
beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => {
  wrapper.unmount()
  document.body.innerHTML = ''
  vi.useRealTimers()
})

async function settle(): Promise<void> {
  await flushPromises()
  await vi.runAllTimersAsync()
  await flushPromises()
}
async function begun(step: TinyStep = 'data', answers: Answers = {}): Promise<void> {
  app = await startApp(tinyAnswers(answers))
  await settle()
  wrapper = app.show(TinyWizard)
  await settle()
  useTinyDraft().goTo(step)
  await settle()
}
const button = (name: string) => wrapper.findAll('button').find((one) => one.text() === name)
const draft = () => useTinyDraft().draft
const radio = (value: string) => wrapper.get(`input[type="radio"][value="${value}"]`)
async function press(name: string): Promise<void> {
  await clickOn(button(name)?.element)
  await settle()
}

describe('the wizard', () => {
  it('can be finished with Next and Start alone', async () => {
    await begun()
    const headings: string[] = []
    for (let step = 0; step < 5; step += 1) {
      headings.push(wrapper.get('h1').text())
      await press(common.next)
    }
    headings.push(wrapper.get('h1').text())
    expect(headings).toEqual(Object.values(tiny.headings))
    await press(choose.start)
    // Without a name it gets the one that was shown for it.
    const name = tinyReviewOf().suggestedName
    expect(app.inputs('distil.start')).toEqual([{ ...tinyDraftOf(), name }])
    expect(app.router.currentRoute.value).toMatchObject({ name: 'run', params: { run: 't9' } })
  })

  it('says on the right what will come of it', async () => {
    await begun()
    const outlook = wrapper.get('.outlook').text()
    expect(outlook).toContain('in the place of 7,000')
    expect(outlook).toContain('350×')
    expect(outlook).toContain('28 × 28')
  })

  it('does not start while a message blocks it, and leads there', async () => {
    await begun('review', {
      'distil.review': () =>
        tinyReviewOf({
          messages: [
            {
              code: 'T1',
              severity: 'error',
              step: 'data',
              text: 'Group “other” has 6 items; at least 20 are needed to learn from.',
              actions: [{ label: 'Leave it out', patch: { leaveOut: ['other'] } }]
            }
          ]
        })
    })
    expect(button(choose.start)?.attributes('disabled')).toBeDefined()
    await press(choose.goThere(tiny.steps.data))
    expect(useTinyDraft().step).toBe('data')
    await press('Leave it out')
    expect(draft()?.leaveOut).toEqual(['other'])
  })

  it('leads to choosing real items when a message says so', async () => {
    await begun('size', {
      'distil.review': () =>
        tinyReviewOf({
          messages: [
            {
              code: 'T5',
              severity: 'caution',
              step: 'size',
              text: 'That is nearly half your data.',
              actions: [{ label: 'Choose real items', open: 'choose' }]
            }
          ]
        })
    })
    await press('Choose real items')
    expect(app.router.currentRoute.value.fullPath).toBe('/choose?dataset=d1')
  })

  it('says so when there is no data', async () => {
    await begun('data', { 'datasets.list': () => ({ datasets: [] }) })
    expect(wrapper.get('h1').text()).toBe(tiny.noDataTitle)
  })

  it('prefers labelled pictures over newer data without labels', async () => {
    await begun('data', {
      'datasets.list': () => ({
        datasets: [datasetOf(), datasetOf({ id: 'd2', classes: [], createdAt: 9 })]
      })
    })
    expect(app.inputs('distil.defaults')).toEqual([{ dataset: 'd1' }])
  })
})

describe('data', () => {
  it('leaves labels out', async () => {
    await begun('data')
    const box = wrapper
      .findAll('label')
      .find((one) => one.text().startsWith('shoe'))
      ?.find('input')
    await box?.setValue(true)
    expect(draft()?.leaveOut).toEqual(['shoe'])
  })
})

describe('kind', () => {
  it('shows what each kind is for, and why one is not possible', async () => {
    await begun('kind')
    for (const { goodFor, notFor } of Object.values(tiny.kind.kinds)) {
      expect(wrapper.text()).toContain(goodFor)
      expect(wrapper.text()).toContain(notFor)
    }
    expect(wrapper.text()).toContain(tiny.kind.notPhotos)
    expect(radio('mixed').attributes('disabled')).toBeDefined()
    expect(wrapper.text()).toContain('Needs pictures of 64 points.')
  })

  it('takes the way recommended for the kind, and another one below', async () => {
    await begun('kind')
    await radio('made').setValue()
    await settle()
    expect(draft()).toMatchObject({ kind: 'made', method: { id: 'matching', params: {} } })
    expect(wrapper.text()).toContain(tiny.kind.graphicsCard)
    await radio('memories').setValue()
    expect(draft()?.method).toEqual({ id: 'memories', params: {} })
    await radio('real').setValue()
    expect(draft()).toMatchObject({ kind: 'real', method: { id: 'soft-labels' } })
  })

  it('shows items of the data in the cards', async () => {
    const rows = [3, 4, 5, 6]
    await begun('kind', {
      'datasets.items': ({ filter }) => ({
        items: rows.map((row) => ({
          row: filter?.labels?.[0] === 'boot' ? row : row + 10,
          key: `k${row}`,
          name: 'x',
          label: 'boot',
          split: 'train',
          isAside: false,
          duplicateOf: null,
          text: null,
          width: null,
          height: null,
          hasPicture: true,
          tags: [],
          hasNote: false,
          givenLabel: null
        })),
        similarity01: null,
        total: 4
      }),
      'datasets.thumbnails': ({ rows: asked }) => ({
        thumbnails: asked.map((row) => ({ row, mime: 'image/png', bytes: new Uint8Array([1]) }))
      })
    })
    const sketches = wrapper.findAll('.sketch')
    expect(sketches.map((one) => one.findAll('img').length)).toEqual([2, 8, 8])
    const layers = sketches[1]?.findAll('.cell:first-child img') ?? []
    // One, a half, a third, a quarter: the mean of four.
    expect(layers.map((one) => Number((one.element as HTMLElement).style.opacity))).toEqual([
      1,
      1 / 2,
      1 / 3,
      1 / 4
    ])
  })
})

describe('size', () => {
  it('links items for each label, in total and as a file', async () => {
    await begun('size')
    await press('50')
    expect(draft()?.perClass).toBe(50)
    expect(wrapper.text()).toContain('7,000 → 100, 70× smaller')
    const total = wrapper.findAll('.field').find((one) => one.text().startsWith(tiny.size.total))
    const input = total?.get('input')
    await input?.setValue('10')
    await input?.trigger('blur')
    await settle()
    expect(draft()?.perClass).toBe(5)
  })
})

describe('effort', () => {
  it('gives the time of each effort and takes one', async () => {
    await begun('effort')
    expect(wrapper.text()).toContain('Takes about 1 to 2 min here.')
    expect(wrapper.text()).toContain('Takes about 2 to 3 h here.')
    await radio('quick').setValue()
    expect(draft()?.effort).toBe('quick')
  })

  it('sets the labels, the shares kept, the picture size and the width', async () => {
    await begun('effort')
    const select = (label: string) =>
      wrapper
        .findAll('.field')
        .find((one) => one.text().startsWith(label))
        ?.get('select')
    const choose5 = async (label: string, text: string): Promise<void> => {
      const list = select(label)
      const at = list?.findAll('option').findIndex((option) => option.text() === text) ?? -1
      await list?.setValue(list.findAll('option')[at]?.attributes('value'))
    }
    await choose5(tiny.effort.keep, tiny.effort.keepSome(5))
    expect(draft()?.labels).toEqual({ kind: 'soft', keep: 5 })
    await radio('hard').setValue()
    expect(draft()?.labels).toEqual({ kind: 'hard' })
    await radio('soft').setValue()
    expect(draft()?.labels).toEqual({ kind: 'soft', keep: null })
    await choose5(tiny.effort.side, '32 × 32')
    expect(draft()?.side).toBe(32)
    await choose5(tiny.effort.side, tiny.effort.sideOwn)
    expect(draft()?.side).toBeNull()
    await choose5(tiny.effort.width, '64')
    expect(draft()?.width).toBe(64)
  })

  it('shows the settings of the method with what the effort recommends', async () => {
    await begun('effort', {
      'distil.review': () =>
        tinyReviewOf({ settings: { method: 'soft-labels', defaults: { passes: 30 } } })
    })
    const field = wrapper.findAll('.field').find((one) => one.text().startsWith('Passes'))
    expect(field?.text()).toContain(`${common.recommended}: 30`)
    expect((field?.get('input').element as HTMLInputElement).value).toBe('30')
    await field?.get('input').setValue('12')
    expect(draft()?.method.params).toMatchObject({ passes: 12 })
  })
})

describe('check', () => {
  it('switches the comparisons, and all of it', async () => {
    await begun('check')
    const toggle = async (label: string): Promise<void> =>
      wrapper
        .findAll('[role="switch"]')
        .find(
          (one) =>
            document.getElementById(one.attributes('aria-labelledby') ?? '')?.textContent === label
        )
        ?.trigger('click')
    expect(wrapper.text()).toContain(tiny.check.baseline)
    await toggle(tiny.check.equalBytes)
    await toggle(tiny.check.all)
    await toggle(tiny.check.otherNetwork)
    expect(draft()?.check).toMatchObject({ equalBytes: false, all: false, otherNetwork: false })
    await toggle(tiny.check.on)
    expect(draft()?.check.isOn).toBe(false)
    expect(wrapper.text()).toContain(tiny.check.off)
  })
})

describe('review', () => {
  it('has the sentence, the name, what it takes and the command', async () => {
    await begun('review')
    expect(wrapper.text()).toContain('Make 10 items for each label, 20 in the place of 7,000')
    expect(wrapper.text()).toContain('winnow distil --plan plan.json')
    expect(wrapper.text()).toContain('A probe.')
    const phrase = wrapper.findAll('a.phrase').find((one) => one.text() === 'standard effort')
    await clickOn(phrase?.element)
    expect(useTinyDraft().step).toBe('effort')
  })
})
