// Choices of single steps over a fake backend: groups and pairs in the place of labels, what labels
// say, helper models from files, the strict test, and what is kept of a plan.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { defineComponent, h, type Component } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { HelperFile } from '@api/dto/distil.ts'
import { AppError } from '@api/errors.ts'
import { useDatasets } from '../../stores/datasets.ts'
import { useTinyDraft } from '../../stores/distil-draft.ts'
import { tinyAnswers, tinyReviewOf } from '../../stores/distil-fixtures.test-support.ts'
import { useMethods } from '../../stores/methods.ts'
import { datasetOf, type Answers } from '../../stores/run-fixtures.test-support.ts'
import { choose } from '../../text/choose.ts'
import { tiny } from '../../text/distil.ts'
import { recipes as recipeWords } from '../../text/recipes.ts'
import { clickOn, startApp, type TestApp } from '../../views/view.test-support.ts'
import { secondsAtSide } from './number-options.ts'
import StepCheck from './StepCheck.vue'
import StepData from './StepData.vue'
import StepEffort from './StepEffort.vue'
import StepReview from './StepReview.vue'
import StepSize from './StepSize.vue'
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
/** Shows one step of a plan that follows its changes. */
async function show(step: Component, answers: Answers = {}): Promise<void> {
  app = await startApp(tinyAnswers({ 'distil.helpers': () => ({ helpers: [] }), ...answers }))
  await Promise.all([useDatasets().load(), useMethods().load()])
  const draft = useTinyDraft()
  await draft.startNew('d1')
  wrapper = app.show(
    defineComponent(() => () => (draft.draft === undefined ? null : h(step, { plan: draft.draft })))
  )
  await settle()
}
const plan = () => useTinyDraft().draft
const radio = (value: string) => wrapper.get(`input[type="radio"][value="${value}"]`)
const toggle = (label: string) =>
  wrapper.findAll('button[role="switch"]').find((one) => {
    const id = one.attributes('aria-labelledby') ?? ''
    return document.getElementById(id)?.textContent === label
  })
async function press(name: string): Promise<void> {
  const found = [...document.querySelectorAll('button')].findLast(
    (one) => one.textContent?.trim() === name
  )
  await clickOn(found)
  await settle()
}

describe('data without labels', () => {
  const selfSupervised = { kind: 'made' as const, method: 'self-supervised', why: 'No labels.' }
  const answers: Answers = {
    'datasets.list': () => ({ datasets: [datasetOf({ classes: [] })] }),
    'distil.review': (draft) =>
      tinyReviewOf({
        ...(draft.groups !== undefined && { recommended: selfSupervised }),
        pairs: 900
      })
  }

  it('is grouped by likeness, with the way that is recommended for groups', async () => {
    await show(StepData, answers)
    expect(wrapper.text()).toContain(tiny.data.noLabels)
    await clickOn(toggle(tiny.data.groupsOn)?.element)
    await settle()
    expect(plan()).toMatchObject({
      groups: 10,
      kind: 'made',
      method: { id: 'self-supervised', params: {} }
    })
    await clickOn(toggle(tiny.data.groupsOn)?.element)
    await settle()
    expect(plan()?.groups).toBeUndefined()
    expect(plan()?.method.id).toBe('soft-labels')
  })

  it('can be pairs of pictures and texts, and comes back from them', async () => {
    await show(StepData, answers)
    await clickOn(toggle(tiny.data.pairs)?.element)
    await settle()
    expect(plan()).toMatchObject({
      pairs: true,
      kind: 'made',
      method: { id: 'pair-matching', params: {} },
      perClass: 100
    })
    expect(toggle(tiny.data.groupsOn)).toBeUndefined()
    await clickOn(toggle(tiny.data.pairs)?.element)
    expect(plan()).toMatchObject({ kind: 'real', method: { id: 'soft-labels' }, perClass: 10 })
    expect(plan()?.pairs).toBeUndefined()
  })

  it('says pairs and groups where it would say labels', async () => {
    await show(StepSize)
    expect(wrapper.text()).toContain(tiny.size.perLabel)
    useTinyDraft().change({ pairs: true })
    await settle()
    expect(wrapper.text()).toContain(tiny.size.pairs)
    expect(wrapper.text()).not.toContain(tiny.size.total)
    useTinyDraft().change({ pairs: undefined, groups: 4 })
    await settle()
    expect(wrapper.text()).toContain(tiny.size.perGroup)
  })
})

describe('labels', () => {
  it('are shares, names, asked for anew, or stored for changed pictures', async () => {
    await show(StepEffort)
    await radio('teacher').setValue()
    expect(plan()?.labels).toEqual({ kind: 'teacher' })
    await radio('views').setValue()
    await settle()
    expect(plan()?.labels).toEqual({ kind: 'views', passes: 50, keepOneOf: 1 })
    const parts = wrapper
      .findAll('select')
      .find((one) => one.text().includes(tiny.effort.keepOneIn(5)))
    await parts?.setValue('2')
    expect(plan()?.labels).toEqual({ kind: 'views', passes: 50, keepOneOf: 5 })
    await radio('soft').setValue()
    expect(plan()?.labels).toEqual({ kind: 'soft', keep: null })
  })

  it('of changed pictures need pictures', async () => {
    await show(StepEffort, {
      'datasets.list': () => ({ datasets: [datasetOf({ kind: 'table' })] })
    })
    expect(radio('views').attributes('disabled')).toBeDefined()
    expect(wrapper.text()).toContain(tiny.effort.picturesOnly)
  })
})

describe('picture sizes that are too large', () => {
  it('stay visible, greyed, with the time they would take', async () => {
    await show(StepEffort)
    const options = wrapper.findAll('option').filter((one) => one.text().includes('224'))
    expect(options).toHaveLength(1)
    expect(options[0]?.attributes('disabled')).toBeDefined()
    // 64 times as many points as pictures of 28: 400 to 700 s become 7 to 12.5 h.
    expect(options[0]?.text()).toContain(tiny.effort.sideTooSlow('about 7 to 12 h'))
    expect(secondsAtSide(400, 28, 224)).toBe(25_600)
  })
})

describe('a helper model of the analyst’s own', () => {
  const file = 'a'.repeat(64)
  const model: HelperFile = {
    file,
    name: 'mine.onnx',
    bytes: 5e6,
    data: 'pictures',
    input: { height: 224, width: 224, channels: 3, layout: 'NCHW' },
    outputs: 10
  }
  const grant = { id: 'g1', kind: 'file' as const, name: 'mine.onnx', place: '~/mine.onnx' }
  const picking: Answers = { 'files.pick': () => ({ grants: [grant] }) }

  it('is chosen, described, and brought its own size of pictures', async () => {
    await show(StepEffort, { ...picking, 'distil.addHelper': () => model })
    await radio('file').setValue()
    expect(plan()?.helper).toBeUndefined()
    await press(tiny.effort.helperPick)
    expect(app.inputs('distil.addHelper')).toEqual([{ grant: 'g1' }])
    expect(plan()?.helper).toEqual({ kind: 'file', file, name: 'mine.onnx', values: 'imagenet' })
    expect(wrapper.text()).toContain('mine.onnx')
    expect(wrapper.text()).toContain(tiny.effort.helperPictures('224 × 224', 3))
    expect(wrapper.text()).toContain(tiny.effort.helperOutputs(10))
    expect(wrapper.text()).toContain(tiny.effort.helperSize('224 × 224', '28 × 28'))
    await press(tiny.effort.helperResize)
    expect(wrapper.text()).toContain(tiny.effort.helperResized('224 × 224'))
    const values = wrapper
      .findAll('select')
      .find((one) => one.text().includes(tiny.effort.helperValue.bytes))
    await values?.setValue('2')
    expect(plan()?.helper).toMatchObject({ values: 'bytes' })
    await radio('train').setValue()
    expect(plan()?.helper).toBeUndefined()
    expect(useTinyDraft().isStepRecommended('effort')).toBe(true)
  })

  it('that cannot be read is refused in words, and another one can be chosen', async () => {
    let isRight = false
    await show(StepEffort, {
      ...picking,
      'distil.addHelper': () => {
        if (!isRight) throw new AppError('file-not-recognised', '“mine.onnx” has no picture input.')
        return model
      }
    })
    await radio('file').setValue()
    await press(tiny.effort.helperPick)
    expect(wrapper.text()).toContain('“mine.onnx” has no picture input.')
    expect(plan()?.helper).toBeUndefined()
    isRight = true
    await press(tiny.effort.helperOther)
    expect(plan()?.helper).toMatchObject({ kind: 'file' })
    expect(wrapper.text()).not.toContain('has no picture input')
  })

  it('is not offered where the method takes none', async () => {
    await show(StepEffort, {
      'distil.review': () => {
        const review = tinyReviewOf()
        const methods = review.methods.map((one) => ({
          ...one,
          whyNoOwnHelper: 'It needs no helper model.'
        }))
        return { ...review, methods }
      }
    })
    expect(radio('file').attributes('disabled')).toBeDefined()
    expect(wrapper.text()).toContain('It needs no helper model.')
  })
})

describe('the strict test', () => {
  it('is asked for with a switch that says what it costs', async () => {
    await show(StepCheck)
    expect(wrapper.text()).toContain(tiny.check.augmentationsHelp)
    await clickOn(toggle(tiny.check.augmentations)?.element)
    expect(plan()?.check.augmentations).toBe(true)
    await clickOn(toggle(tiny.check.augmentations)?.element)
    expect(useTinyDraft().isStepRecommended('check')).toBe(true)
  })
})

describe('a finished plan', () => {
  it('is kept as a recipe', async () => {
    await show(StepReview, {
      'recipes.list': () => ({ recipes: [] }),
      'recipes.saveTiny': ({ name }) => ({
        id: 'r1',
        name,
        savedAt: 1,
        makes: 'tiny',
        dataName: 'Shoes',
        kind: 'images',
        sentence: 'Make.'
      })
    })
    await press(recipeWords.save)
    await press(recipeWords.saveNow)
    expect(app.inputs('recipes.saveTiny')).toEqual([
      { name: '10 for each label of Shoes', draft: plan() }
    ])
  })

  it('goes into the queue, and the list of runs is shown', async () => {
    app = await startApp(tinyAnswers({ 'distil.helpers': () => ({ helpers: [] }) }))
    await settle()
    wrapper = app.show(TinyWizard)
    await settle()
    useTinyDraft().goTo('review')
    await settle()
    await press(choose.queue)
    expect(app.inputs('distil.start')).toHaveLength(1)
    expect(app.router.currentRoute.value.name).toBe('runs')
  })
})
