// Planning a review: the sentence a plan makes, what keeps it from starting, and the queue it starts.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { QueuePlan, Reviewer } from '@api/dto/trace-reviews.ts'
import { QueuePlan as QueuePlanSchema } from '@api/dto/trace-reviews.ts'
import type { Answers } from '../../stores/run-fixtures.test-support.ts'
import { useTracePlan } from '../../stores/trace-plan.ts'
import { common } from '../../text/common.ts'
import { planReview as words } from '../../text/trace-plans.ts'
import { clickOn, type TestApp } from '../../views/view.test-support.ts'
import {
  queueOf,
  queuePlanOf,
  queuePreviewOf,
  startTraceApp
} from '../../views/traces/traces.test-support.ts'
import { sentenceText } from '../sentence.ts'
import ReviewWizard from './ReviewWizard.vue'
import { blockedStep, isStepRecommended, recommendedParts } from './plan-checks.ts'
import { planPhrases } from './plan-sentence.ts'
import {
  emptyQuestion,
  linesOf,
  questionsOf,
  templateOrder,
  tidyQuestions
} from './review-templates.ts'

describe('the sentence of a plan', () => {
  it('says what is recommended', () => {
    const plan = queuePlanOf({ questions: questionsOf('finished') })
    const facts = { plan, preview: queuePreviewOf(), setName: 'Airline', isFiltered: false }
    expect(sentenceText(planPhrases(facts))).toBe(
      'Review 200 of the 200 attempts in “Airline”, the most informative first, with 20 % drawn at ' +
        'random, balanced by outcome and tool, to judge whether they finished the task with ' +
        '2 questions. Names and suggestions are shown, 20 attempts come up a second time. It takes about 3 h.'
    )
  })

  it('says what was chosen otherwise', () => {
    const plan = queuePlanOf({
      template: 'safe',
      order: 'random',
      isBalanced: false,
      isBlind: true,
      secondLook01: 0,
      reviewers: 2
    })
    const preview = queuePreviewOf({ count: 50, matching: 80, secondLooks: 0, seconds: 600 })
    expect(sentenceText(planPhrases({ plan, preview, setName: 'Airline', isFiltered: true }))).toBe(
      'Review 50 of the 80 attempts that match your filter, in random order, to judge whether they ' +
        'are safe. Names and suggestions stay hidden, nothing comes up twice, each is read by 2 people. ' +
        'It takes about 10 min.'
    )
  })
})

describe('questions', () => {
  it('of every template can be sent as they are', () => {
    for (const template of templateOrder.filter((one) => one !== 'custom')) {
      const plan = queuePlanOf({ template, questions: questionsOf(template) })
      expect(QueuePlanSchema.safeParse(plan).error).toBeUndefined()
      expect(plan.questions.some(({ isRequired }) => isRequired)).toBe(true)
    }
  })

  it('written by hand have ids of their own and keep only what belongs to them', () => {
    const first = emptyQuestion([])
    const others = [first, { ...first, id: 'q2' }]
    expect(emptyQuestion(others).id).toBe('q3')
    expect(emptyQuestion([{ ...first, id: 'q2' }]).id).toBe('q3')
    const odd = { ...first, type: 'note' as const, text: ' Why? ', choices: ['a'], reasons: ['b'] }
    expect(tidyQuestions([odd])).toEqual([{ ...odd, text: 'Why?', choices: [], reasons: [] }])
    expect(linesOf(' a \n\nb\na\n')).toEqual(['a', 'b'])
  })
})

describe('a plan', () => {
  const question = { ...emptyQuestion([]), text: 'Which?', type: 'tags' as const }
  it('is blocked where something is missing, first things first', () => {
    const preview = queuePreviewOf()
    expect(blockedStep(queuePlanOf({ questions: [question] }), preview, 'Ann')).toBe('judge')
    const full = { ...question, choices: ['a', 'b'] }
    expect(blockedStep(queuePlanOf({ questions: [full] }), preview, 'Ann')).toBeUndefined()
    expect(blockedStep(queuePlanOf(), queuePreviewOf({ count: 0 }), 'Ann')).toBe('order')
    expect(blockedStep(queuePlanOf(), preview, '  ')).toBe('start')
    expect(blockedStep(queuePlanOf({ name: '' }), preview, 'Ann')).toBe('start')
  })

  it('goes back to what is recommended one step at a time', () => {
    const recommended = queuePlanOf()
    const changed = queuePlanOf({ order: 'random', isBlind: true })
    expect(isStepRecommended(changed, recommended, 'order')).toBe(false)
    const back = { ...changed, ...recommendedParts(recommended, 'order') }
    expect(isStepRecommended(back, recommended, 'order')).toBe(true)
    expect(back.isBlind).toBe(true)
  })
})

describe('the wizard', () => {
  let app: TestApp
  let wrapper: VueWrapper
  afterEach(() => wrapper.unmount())
  const buttonOf = (text: string): HTMLButtonElement | undefined =>
    [...document.querySelectorAll('button')].find((button) => button.textContent?.trim() === text)
  const ann: Reviewer = { id: 'r1', name: 'Ann', isModel: false, isCurrent: true, reviews: 0 }
  async function show(answers: Answers = {}): Promise<void> {
    app = await startTraceApp({
      'reviews.reviewers': () => ({ reviewers: [ann] }),
      'reviews.plan': () => queuePreviewOf(),
      'reviews.start': (plan) => queueOf(QueuePlanSchema.parse(plan)),
      'reviews.reviewAs': ({ name }) => ({ reviewers: [{ ...ann, name }] }),
      ...answers
    })
    await app.router.push('/traces/s1/review')
    wrapper = app.show(ReviewWizard, { set: 's1' })
    await flushPromises()
  }

  it('starts with Next, Next, Next, Start', async () => {
    await show()
    for (let step = 0; step < 3; step++) await clickOn(buttonOf(common.next))
    await clickOn(buttonOf(words.start))
    const plan = app.inputs('reviews.start')[0] as QueuePlan // its input
    expect(plan).toMatchObject({
      set: 's1',
      name: words.suggestedName('Airline'),
      template: 'finished',
      order: 'informative',
      count: 200,
      randomShare01: 0.2,
      isBalanced: true,
      isBlind: false,
      secondLook01: 0.1
    })
    expect(app.inputs('reviews.reviewAs')).toEqual([])
    expect(app.router.currentRoute.value.fullPath).toBe('/review/q1')
    expect(useTracePlan().plan).toBeUndefined()
  })

  it('asks for a name where nobody has reviewed yet, and reviews in that name', async () => {
    await show({ 'reviews.reviewers': () => ({ reviewers: [] }) })
    useTracePlan().goTo('start')
    await flushPromises()
    expect(buttonOf(words.start)?.disabled).toBe(true)
    expect(wrapper.text()).toContain(words.reviewerMissing)
    const field = wrapper.findAll('input').find((input) => input.element.maxLength === 60)
    await field?.setValue('Ben')
    await clickOn(buttonOf(words.start))
    expect(app.inputs('reviews.reviewAs')).toEqual([{ name: 'Ben' }])
    expect(app.inputs('reviews.start')).toHaveLength(1)
  })

  it('shows what the app says about the plan, and does not start on an error', async () => {
    const text = 'Only 12 attempts match, but you asked for 200.'
    await show({
      'reviews.plan': () => queuePreviewOf({ messages: [{ code: 'C1', severity: 'error', text }] })
    })
    useTracePlan().goTo('start')
    await flushPromises()
    expect(wrapper.text()).toContain(text)
    expect(wrapper.text()).toContain(words.blocked(words.steps.order))
    expect(buttonOf(words.start)?.disabled).toBe(true)
  })

  it('puts a step back to what is recommended', async () => {
    await show()
    useTracePlan().goTo('order')
    useTracePlan().change({ order: 'oldest' })
    await flushPromises()
    await clickOn(buttonOf(common.restoreRecommended))
    expect(useTracePlan().plan?.order).toBe('informative')
  })
})
