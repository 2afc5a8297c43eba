// Other questions for a review that has begun: what is sent, when it may be sent, and what happens
// when it does not work.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { ReviewQuestion } from '@api/dto/trace-reviews.ts'
import { AppError } from '@api/errors.ts'
import type { Answers } from '../../stores/run-fixtures.test-support.ts'
import { changeQuestions as words, planReview } from '../../text/trace-plans.ts'
import { traces } from '../../text/traces.ts'
import { clickOn, type TestApp } from '../view.test-support.ts'
import TracesView from './TracesView.vue'
import { queueOf, queuePlanOf, startTraceApp } from './traces.test-support.ts'

let app: TestApp
let wrapper: VueWrapper | undefined
afterEach(() => wrapper?.unmount())

const polite: ReviewQuestion = {
  id: 'q1',
  text: 'Was it polite?',
  type: 'yes-no',
  choices: [],
  isRequired: true,
  reasons: []
}
const plan = queuePlanOf({ questions: [polite] })
const page = (): string => document.body.textContent ?? ''
const buttonOf = (text: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find((button) =>
    [button.textContent?.trim(), button.getAttribute('aria-label')].includes(text)
  )
const save = (): HTMLButtonElement | undefined => buttonOf(words.save)
async function write(at: number, text: string): Promise<void> {
  const input = document.querySelectorAll<HTMLInputElement>('[role="dialog"] .text input')[at]
  if (input === undefined) throw new Error(`no question ${at + 1}`)
  input.value = text
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await flushPromises()
}

/** Opens the dialog from the menu of the queue. */
async function show(answers: Answers = {}): Promise<void> {
  app = await startTraceApp({
    'reviews.queues': () => ({ queues: [queueOf(plan, { done: 3 })] }),
    'reviews.setQuestions': (input) => {
      const questions = input.questions.map((one) => ReviewQuestion.parse(one))
      return queueOf({ ...plan, questions }, { done: 3 })
    },
    ...answers
  })
  wrapper = app.show(TracesView)
  await flushPromises()
  await openMenu()
}
async function openMenu(): Promise<void> {
  const menu = buttonOf(traces.moreOf(plan.name))
  menu?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  await flushPromises()
  await clickOn(
    [...document.querySelectorAll('[role="menuitem"]')].find((item) =>
      item.textContent?.includes(traces.changeQuestions)
    )
  )
}

describe('changing the questions of a review', () => {
  it('sends them from now on, trimmed, and shows them when it is opened again', async () => {
    await show()
    // Nothing is changed yet.
    expect(save()?.disabled).toBe(true)
    await write(0, 'Was it friendly? ')
    await clickOn(save())
    expect(app.inputs('reviews.setQuestions')).toEqual([
      { queue: 'q1', questions: [{ ...polite, text: 'Was it friendly?' }], askAgain: false }
    ])
    expect(document.querySelector('[role="dialog"]')).toBeNull()
    await openMenu()
    const input = document.querySelector<HTMLInputElement>('[role="dialog"] .text input')
    expect(input?.value).toBe('Was it friendly?')
  })

  it('asks again for those already done when that is chosen', async () => {
    await show()
    await clickOn(buttonOf(planReview.addQuestion))
    // A question without words cannot be asked.
    expect(save()?.disabled).toBe(true)
    await write(1, 'Was it brief?')
    const again = [...document.querySelectorAll('[role="radiogroup"] label')].find((label) =>
      label.textContent?.includes(words.options.again.title)
    )
    await clickOn(again?.querySelector('input'))
    await clickOn(save())
    expect(app.inputs('reviews.setQuestions')).toMatchObject([
      { questions: [polite, { id: 'q2', text: 'Was it brief?' }], askAgain: true }
    ])
  })

  it('says why it did not work, and keeps what was written', async () => {
    await show({
      'reviews.setQuestions': () => {
        throw new AppError('project-read-only')
      }
    })
    await write(0, 'Was it friendly?')
    await clickOn(save())
    expect(page()).toContain(words.failed)
    const input = document.querySelector<HTMLInputElement>('[role="dialog"] .text input')
    expect(input?.value).toBe('Was it friendly?')
    expect(save()?.disabled).toBe(false)
  })
})
