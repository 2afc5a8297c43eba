// A model beside the suggestion, and a correction that is tried, as a reviewer sees them: nothing is sent
// unasked, question and answer can be read, and what cannot be done says why.
import { enableAutoUnmount, flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RouterView } from 'vue-router'
import type { ModelAdvice } from '@api/dto/trace-model.ts'
import { Settings } from '@api/dto/settings.ts'
import { AppError } from '@api/errors.ts'
import { giveSize } from '../../../components/layout.test-support.ts'
import { useReviewModel } from '../../../stores/trace-review-model.ts'
import type { Answers } from '../../../stores/run-fixtures.test-support.ts'
import {
  reviewBackend,
  type ReviewBackend
} from '../../../stores/trace-review-fixtures.test-support.ts'
import { useSettings } from '../../../stores/settings.ts'
import { reviewModel as words, suggestion, tries } from '../../../text/trace-review.ts'
import { clickOn, startApp, type TestApp } from '../../view.test-support.ts'
import ReviewView from './ReviewView.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  giveSize(900, 2000)
  // Pages without layout cannot scroll to anything.
  Element.prototype.scrollIntoView = vi.fn()
})
afterEach(() => vi.restoreAllMocks())

const model = { address: 'http://127.0.0.1:8080/v1', model: 'small', maxChars: 24_000 }
const prompt: ModelAdvice['prompt'] = [
  { role: 'system', content: 'Rules <b>here</b>' },
  { role: 'user', content: 'The log' }
]
type Reading = NonNullable<ModelAdvice['answer']>['reading']
function adviceOf(reading: Reading | null, part: Partial<ModelAdvice> = {}): ModelAdvice {
  const answer =
    reading === null ? null : { text: 'as it came', reading, isKept: false, at: 1, ms: 2000 }
  return { prompt, leftOut: [], answer, soFar: { marks: 4, exact: 1, near: 3 }, ...part }
}
const step: Reading = {
  ...{ kind: 'step', step: 1, reason: 'Wrong booking.', confidence: 'low', noCorrection: null },
  correction: {
    ...{ verb: 'cancel_booking', args: { id: 'Q7' }, thought: '', why: 'Wrong booking.' },
    ...{ origin: 'model', verified: 'none' }
  }
}

let app: TestApp
let backend: ReviewBackend
let asked: { readonly isSent: boolean }[]
async function open(answers: Answers = {}, made = reviewBackend()): Promise<VueWrapper> {
  backend = made
  asked = []
  const settings = Settings.parse({ reviewModel: model })
  app = await startApp({ ...made.answers, 'app.settings': () => settings, ...answers })
  await useSettings().load()
  app.router.addRoute({ path: '/review/:queue', component: ReviewView, props: true })
  await app.router.push('/review/q')
  const screen = app.show(RouterView)
  await flushPromises()
  return screen
}
const asks = (answer: () => ModelAdvice | Promise<ModelAdvice>): Answers => ({
  'traces.askModel': (input) => {
    asked.push(input)
    return answer()
  }
})
const buttonIn = (screen: VueWrapper, label: string) =>
  screen.findAll('button').find((button) => button.text() === label)?.element
async function press(screen: VueWrapper, label: string): Promise<void> {
  const button = buttonIn(screen, label)
  expect(button, label).toBeDefined()
  await clickOn(button)
  await flushPromises()
}
const showSuggestion = (screen: VueWrapper): Promise<void> =>
  clickOn(screen.find('[data-command="accept"]').element).then(async () => {
    await flushPromises()
  })

describe('a model beside the suggestion', () => {
  it('comes after the suggestion made by rules, and sends nothing unasked', async () => {
    const screen = await open(asks(() => adviceOf(step)))
    expect(screen.text()).not.toContain(words.title)
    // Not even by other ways: nothing is asked before the rules have spoken.
    await useReviewModel().ask()
    expect(asked).toEqual([])
    await showSuggestion(screen)
    expect(screen.text()).toContain(words.title)
    expect(asked).toEqual([])
    await press(screen, words.ask('small'))
    expect(asked).toMatchObject([{ isSent: true, model }])
    for (const part of ['Wrong booking.', 'cancel_booking id: Q7', words.confidence.low])
      expect(screen.text()).toContain(part)
    expect(screen.text()).toContain(words.soFar(1, 3, 4))
    // The plain rules stay beside it.
    expect(screen.text()).toContain(suggestion.plain(3))
    await press(screen, words.takeStep)
    await press(screen, words.takeCorrection)
    expect(backend.acts.map(({ act }) => act)).toMatchObject([
      { kind: 'first-wrong', step: 1 },
      { kind: 'correction', step: 1, correction: { origin: 'model', args: { id: 'Q7' } } }
    ])
    expect(buttonIn(screen, words.stepTaken)?.disabled).toBe(true)
  })

  it('shows the question before it is sent, as plain text', async () => {
    const screen = await open(asks(() => adviceOf(null, { leftOut: ['Step 3 is left out.'] })))
    await showSuggestion(screen)
    await press(screen, words.look)
    expect(asked).toMatchObject([{ isSent: false }])
    const dialog = document.body.querySelector('[role="dialog"]')
    for (const part of ['Rules <b>here</b>', 'The log', 'Step 3 is left out.', words.notAsked])
      expect(dialog?.textContent).toContain(part)
    expect(dialog?.querySelector('b')).toBeNull()
  })

  it('shows why an answer cannot be used, and that nothing was found', async () => {
    let reading: Reading = { kind: 'refused', why: 'It names step 9.' }
    const screen = await open(asks(() => adviceOf(reading)))
    await showSuggestion(screen)
    await press(screen, words.ask('small'))
    expect(screen.text()).toContain('It names step 9.')
    expect(buttonIn(screen, words.takeStep)).toBeUndefined()
    reading = { kind: 'none', reason: 'All is well.' }
    await useReviewModel().ask()
    await flushPromises()
    expect(screen.text()).toContain('All is well.')
  })

  it('says what went wrong and what to do, and a stopped question says nothing', async () => {
    const problem = new AppError('invalid-input', 'The model server cannot be reached.', {
      hint: 'Start it.'
    })
    let fail: (error: AppError) => void = () => undefined
    const stops: unknown[] = []
    const screen = await open({
      ...asks(() => new Promise<ModelAdvice>((_, reject) => (fail = reject))),
      'traces.stopAsking': (input) => {
        stops.push(input)
        fail(new AppError('cancelled'))
        return {}
      }
    })
    await showSuggestion(screen)
    await press(screen, words.ask('small'))
    expect(screen.text()).toContain(words.asking('small'))
    const part = screen.find(`section[aria-label="${words.title}"]`)
    await part.find('[role="status"] button').trigger('click')
    await flushPromises()
    expect(stops).toHaveLength(1)
    expect(screen.text()).not.toContain(words.failed)
    await press(screen, words.ask('small'))
    fail(problem)
    await flushPromises()
    expect(screen.text()).toContain('The model server cannot be reached. Start it.')
  })

  it('is off until somebody sets one up', async () => {
    const changes: unknown[] = []
    const screen = await open({
      'app.settings': () => Settings.parse({}),
      'app.setSettings': (patch) => {
        changes.push(patch)
        return Settings.parse(patch)
      }
    })
    await showSuggestion(screen)
    expect(screen.text()).toContain(words.none)
    await press(screen, words.setUp)
    const dialog = document.body.querySelector('[role="dialog"]')
    expect(dialog?.querySelectorAll('input')).toHaveLength(0)
    await clickOn(dialog?.querySelector('[role="switch"]'))
    const [, name] = dialog?.querySelectorAll('input') ?? []
    if (name === undefined) throw new Error('there is no field for the name')
    name.value = 'small'
    name.dispatchEvent(new Event('input'))
    await flushPromises()
    await clickOn(
      [...(dialog?.querySelectorAll('button') ?? [])].find(
        (button) => button.textContent?.trim() === words.save
      )
    )
    await flushPromises()
    expect(changes).toEqual([{ reviewModel: model }])
    expect(buttonIn(screen, words.ask('small'))).toBeDefined()
  })
})

describe('a correction that is tried', () => {
  const corrected = async (answers: Answers): Promise<VueWrapper> => {
    const screen = await open({ ...asks(() => adviceOf(step)), ...answers })
    await showSuggestion(screen)
    await press(screen, words.ask('small'))
    await press(screen, words.takeCorrection)
    await press(screen, suggestion.go)
    const steps = screen.findAll('[role="option"]')
    await steps[1]?.trigger('click')
    await flushPromises()
    return screen
  }

  it('says why it cannot be', async () => {
    const problem = 'This one comes from elsewhere.'
    const screen = await corrected({
      'runner.canTry': () => ({ problem, needsFolder: false, players: [] })
    })
    expect(screen.text()).toContain(problem)
    expect(buttonIn(screen, tries.start)).toBeUndefined()
  })

  it('is played with what was kept, and a refusal is told', async () => {
    const calls: unknown[] = []
    const screen = await corrected({
      'runner.canTry': () => ({ problem: null, needsFolder: false, players: ['script', 'chance'] }),
      'runner.tryCorrection': (input) => {
        calls.push(input)
        throw new AppError('invalid-input', 'The correction is what the agent did.')
      }
    })
    await press(screen, tries.start)
    expect(calls).toMatchObject([
      { step: 1, player: 'script', pages: null, correction: { args: { id: 'Q7' } } }
    ])
    expect(screen.text()).toContain('The correction is what the agent did.')
    expect(buttonIn(screen, tries.start)?.disabled).toBe(false)
  })
})
