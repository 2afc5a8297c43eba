// The review screen as a person uses it: what is shown, keys, the correction form, what a blind
// review hides, and what is said when something cannot be saved.
import { DOMWrapper, enableAutoUnmount, flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ReviewAct } from '@api/dto/trace-reviews.ts'
import { RouterView } from 'vue-router'
import { AppError } from '@api/errors.ts'
import { giveSize } from '../../../components/layout.test-support.ts'
import type { Answers } from '../../../stores/run-fixtures.test-support.ts'
import {
  detailOf,
  reviewBackend,
  type ReviewBackend
} from '../../../stores/trace-review-fixtures.test-support.ts'
import { useTraceReview } from '../../../stores/trace-review.ts'
import { changeQuestions } from '../../../text/trace-plans.ts'
import { review as words } from '../../../text/trace-review.ts'
import { clickOn, startApp, type TestApp } from '../../view.test-support.ts'
import ReviewView from './ReviewView.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  giveSize(900, 2000)
  // Pages without layout cannot scroll to anything.
  Element.prototype.scrollIntoView = vi.fn()
})
afterEach(() => vi.restoreAllMocks())

let app: TestApp
let backend: ReviewBackend
async function open(made = reviewBackend(), answers: Answers = {}): Promise<VueWrapper> {
  backend = made
  app = await startApp({ ...made.answers, ...answers })
  app.router.addRoute({
    path: '/review/:queue/report',
    name: 'review-report',
    component: { template: '<i />' }
  })
  app.router.addRoute({ path: '/review/:queue', component: ReviewView, props: true })
  await app.router.push('/review/q')
  const screen = app.show(RouterView)
  await flushPromises()
  return screen
}
async function press(key: string, on: Element = document.body, ctrlKey = false): Promise<void> {
  await new DOMWrapper(on).trigger('keydown', { key, ctrlKey })
  await flushPromises()
}
const acts = (): ReviewAct[] => backend.acts.map(({ act }) => act)
const squeezed = (text: string | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim()
const inBody = (selector: string): Element | null => document.body.querySelector(selector)

describe('the review screen', () => {
  it('shows steps, events, the form, and its place in the queue', async () => {
    const screen = await open()
    expect(squeezed(screen.find('.progress').text())).toBe('1 of 3 · about 2 min left · saved')
    const steps = screen.findAll('[role="option"]')
    expect(steps).toHaveLength(4)
    expect(squeezed(steps[1]?.text())).toContain('cancel_booking')
    expect(steps[1]?.find('[aria-label="error"]').exists()).toBe(true)
    expect(steps[1]?.text()).toContain('1 finding')
    expect(steps[0]?.attributes('aria-selected')).toBe('true')
    expect(screen.find('[role="feed"]').text()).toContain('Cancel my booking, booking Q7.')
    expect(screen.find('[role="tree"]').exists()).toBe(true)
    expect(screen.text()).toContain('Was it polite?')
  })

  it('changes the questions of the queue, and stays where it is', async () => {
    const screen = await open()
    await app.router.push('/review/q?at=1')
    await flushPromises()
    await useTraceReview().openQueue('q', 1)
    await flushPromises()
    const before = app.inputs('reviews.open').length
    await screen.find(`button[aria-label="${words.questions}"]`).trigger('click')
    await flushPromises()
    const input = inBody('[role="dialog"] .text input')
    if (!(input instanceof HTMLInputElement)) throw new Error('no question')
    await new DOMWrapper(input).setValue('Was it brief?')
    await clickOn(
      [...document.querySelectorAll('[role="dialog"] button')].find(
        (button) => button.textContent?.trim() === changeQuestions.save
      )
    )
    expect(app.inputs('reviews.setQuestions')).toMatchObject([
      { queue: 'q', questions: [{ text: 'Was it brief?' }], askAgain: false }
    ])
    expect(app.inputs('reviews.open').slice(before)).toEqual([{ queue: 'q', position: 1 }])
    expect(screen.text()).toContain('Was it brief?')
  })

  it('has a visible button with its letter for every key that is one letter', async () => {
    const screen = await open()
    const shown = new Set(
      screen.findAll('[data-command]').map((button) => button.attributes('data-command'))
    )
    for (const command of ['pass', 'fail', 'partial', 'unsure', 'first-wrong', 'decisive'])
      expect(shown, command).toContain(command)
    for (const command of [
      'recovered',
      'good',
      'bad',
      'correct',
      'tag',
      'flag',
      'accept',
      'compare'
    ])
      expect(shown, command).toContain(command)
    for (const command of ['undo', 'redo', 'done', 'kinds', 'detail', 'error-next', 'finding-next'])
      expect(shown, command).toContain(command)
    expect(screen.find('[data-command="first-wrong"]').text()).toMatch(/w$/)
  })

  it('is reviewed with keys alone, to the end of the queue', async () => {
    await open()
    const review = useTraceReview()
    for (const [at, verdict] of [
      [0, '2'],
      [1, '1'],
      [2, '3']
    ] as const) {
      expect(review.position).toBe(at)
      await press('e')
      await press('w')
      await press(verdict)
      await press('Enter', document.body, true)
    }
    expect(acts().map(({ kind }) => kind)).toEqual([
      'first-wrong',
      'verdict',
      'first-wrong',
      'verdict',
      'first-wrong',
      'verdict'
    ])
    expect(app.router.currentRoute.value.path).toBe('/review/q/report')
  })

  it('rests single keys while a note is written, and keeps the note', async () => {
    const screen = await open()
    await press('m')
    const note = screen
      .findAll('textarea')
      .find((field) => field.attributes('aria-label') === 'Note')
    expect(document.activeElement).toBe(note?.element)
    await press('2', note?.element)
    await note?.setValue('Wrong booking')
    await press('Enter', note?.element, true)
    expect(acts()).toEqual([{ kind: 'note', text: 'Wrong booking' }])
    expect(screen.text()).toContain('A verdict is missing.')
    await press('Escape', note?.element)
    expect(document.activeElement).not.toBe(note?.element)
  })

  it('says what could not be saved and saves it when asked again', async () => {
    const screen = await open()
    backend.failWith = new AppError('disk-full', 'The disk is full.')
    await press('2')
    expect(screen.find('.saved').text()).toBe('Not saved')
    expect(screen.text()).toContain('Not saved: The disk is full. 1 change waits.')
    expect(screen.find('[data-command="fail"]').attributes('aria-pressed')).toBe('true')
    backend.failWith = undefined
    await clickOn(screen.findAll('button').find((button) => button.text() === 'Try again')?.element)
    expect(screen.find('.saved').text()).toBe('saved')
    expect(acts()).toEqual([{ kind: 'verdict', verdict: 'fail' }])
  })

  it('asks before it is left with changes that are not saved', async () => {
    await open()
    const review = useTraceReview()
    backend.failWith = new AppError('internal')
    await press('2')
    await press('l')
    expect(inBody('[role="dialog"]')?.textContent).toContain('1 change of this review')
    expect(review.position).toBe(0)
    const [stay] = [...document.body.querySelectorAll('[role="dialog"] button')].filter(
      (button) => button.textContent?.trim() === 'Stay'
    )
    await clickOn(stay)
    expect([review.position, review.saved]).toEqual([0, 'failed'])
  })
})

describe('correcting an action', () => {
  it('makes a form of its arguments and of other calls, and keeps what is filled in', async () => {
    const screen = await open()
    await press('j')
    await press('c')
    const form = screen.find('form.correction')
    expect(form.findAll('.name.mono').map((name) => name.text())).toEqual([
      'id',
      'refund',
      'notes',
      'isFree'
    ])
    await form.find('textarea[aria-label="id"]').setValue('Q7')
    await form.find('input[aria-label="refund"]').setValue('nothing')
    expect(form.text()).toContain('Write a number.')
    expect(form.find<HTMLButtonElement>('button[type="submit"]').element.disabled).toBe(true)
    await form.find('input[aria-label="refund"]').setValue('12,75')
    // "reason" is known from other calls; "isFree" goes.
    await form
      .findAll('.offered button')
      .find((one) => one.text() === 'reason')
      ?.trigger('click')
    await form.find('textarea[aria-label="reason"]').setValue('illness')
    await form.find('button[aria-label="Remove isFree"]').trigger('click')
    await form.trigger('submit')
    await flushPromises()
    expect(acts()).toEqual([
      {
        kind: 'correction',
        step: 1,
        correction: {
          verb: 'cancel_booking',
          args: { id: 'Q7', refund: 12.75, notes: ['late'], reason: 'illness' },
          thought: '',
          why: '',
          origin: 'human',
          verified: 'none'
        }
      }
    ])
    expect(screen.find('form.correction').exists()).toBe(false)
    expect(screen.findAll('[role="option"]')[1]?.text()).toContain('corrected')
  })

  it('lets it say something instead, and takes a correction back', async () => {
    const screen = await open()
    await press('$')
    await press('c')
    const form = screen.find('form.correction')
    const said = form.find('textarea')
    expect(said.element.value).toBe('Your booking is gone.')
    await said.setValue('I could not cancel it.')
    await form.trigger('submit')
    await flushPromises()
    expect(acts()[0]).toMatchObject({
      correction: { verb: 'say', args: { text: 'I could not cancel it.' } }
    })
    await press('c')
    await clickOn(
      screen.findAll('form.correction button').find((one) => one.text() === 'Remove the correction')
        ?.element
    )
    expect(acts()[1]).toEqual({ kind: 'correction', step: 3, correction: null })
  })
})

describe('the suggestion', () => {
  it('says how usual each step is, but only once it was asked for', async () => {
    const screen = await open()
    await press('j')
    expect(screen.text()).not.toContain('No successful attempt did this here.')
    await press('y')
    await flushPromises()
    expect(screen.text()).toContain(
      'No successful attempt did this here. It changed the share that succeeds from here by \u221230 points.'
    )
    expect(screen.text()).toContain('more plausible than a failed one 80 % of the time')
    await press('k')
    expect(screen.text()).toContain('What successful attempts most often did here.')
  })
})

describe('a blind review', () => {
  it('shows no names, outcomes, scores, findings or suggestions until it is done', async () => {
    const screen = await open(reviewBackend({ isBlind: true }))
    const secret = /secret-|other-agent|Passed|Failed|reward 0|finding|Suggestion|Solved attempts/
    expect(screen.text()).not.toMatch(secret)
    expect(screen.html()).not.toMatch(/secret-|Solved attempts/)
    expect(screen.text()).toContain('Blind')
    expect(screen.text()).toContain('The score is hidden until the review is done.')
    await useTraceReview().openTrace(9)
    await flushPromises()
    // Outside the queue nothing is blind.
    expect(screen.text()).toContain('secret-agent')
    expect(screen.text()).toContain('reward 0')
  })
})

describe('reading', () => {
  it('finds words, marks them, and says how many there are', async () => {
    const screen = await open()
    await press('/')
    const field = screen.find<HTMLInputElement>('input[type="search"]')
    expect(document.activeElement).toBe(field.element)
    await field.setValue('booking')
    await field.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(squeezed(screen.find('.place.label').text())).toBe('3 of 6')
    expect(screen.findAll('mark').length).toBeGreaterThan(5)
    expect(screen.find('[data-seq="3"] mark.current').exists()).toBe(true)
    await field.trigger('keydown', { key: 'Enter' })
    expect(squeezed(screen.find('.place.label').text())).toBe('4 of 6')
  })

  it('hides kinds, and says so when nothing is left', async () => {
    const screen = await open()
    const review = useTraceReview()
    await press('f')
    const boxes = [...document.body.querySelectorAll<HTMLInputElement>('.kinds-menu input')]
    expect(boxes).toHaveLength(7)
    for (const box of boxes) await clickOn(box)
    expect(review.events).toEqual([])
    expect(screen.text()).toContain('All kinds of events in this attempt are hidden.')
    expect(screen.text()).toContain('Kinds (7 hidden)')
  })

  it('shows what changed since the output before of the same tool', async () => {
    const screen = await open()
    await clickOn(screen.find('button[aria-label="Show what changed"]').element)
    await flushPromises()
    const changed = screen.find('[data-seq="7"]')
    expect(changed.find('.gone').text()).toContain('seat 4A')
    expect(changed.find('.added').text()).toContain('seat 4B')
    expect(screen.find('[data-seq="3"] .changes').exists()).toBe(false)
  })

  it('puts the best attempt beside this one with the arguments that differ', async () => {
    const screen = await open()
    await press('s')
    const pair = screen.findAll('.pair')[1]
    expect(pair?.classes()).toContain('first')
    expect(squeezed(pair?.text())).toContain('id')
    expect(pair?.find('.left').text()).toBe('Q8')
    expect(pair?.find('.right').text()).toBe('Q7')
    await press('Escape')
    expect(screen.find('.pair').exists()).toBe(false)
  })

  it('warns about a log that is cut off, and about one without any decision', async () => {
    const screen = await open(
      reviewBackend({}, { steps: [], warnings: ['This log is cut off at step 212.'] })
    )
    expect(screen.text()).toContain('This log is cut off at step 212.')
    expect(screen.text()).toContain('The agent decided nothing in this log.')
    await press('w')
    expect(acts()).toEqual([])
  })

  it('says that an attempt was removed and goes on to the next', async () => {
    const screen = await open(reviewBackend(), {
      'traces.get': ({ trace }) => {
        if (trace === 1) throw new AppError('item-not-found', 'This attempt was removed.')
        return detailOf(trace)
      }
    })
    expect(screen.text()).toContain('This attempt was removed.')
    await clickOn(screen.findAll('button').find((one) => one.text() === 'Next attempt')?.element)
    expect(useTraceReview().position).toBe(1)
    expect(screen.find('[role="feed"]').exists()).toBe(true)
  })
})

describe('questions, tags and keys', () => {
  it('takes answers with reasons', async () => {
    const screen = await open()
    const question = screen.find('[data-place="questions"]')
    await clickOn(question.findAll('button').find((one) => one.text() === 'No')?.element)
    await clickOn(question.findAll('button').find((one) => one.text() === 'Rude')?.element)
    expect(acts()).toEqual([
      { kind: 'answer', question: 'q1', answer: { value: 'no', reasons: [] } },
      { kind: 'answer', question: 'q1', answer: { value: 'no', reasons: ['Rude'] } }
    ])
  })

  it('tags the attempt and the step by keys', async () => {
    await open()
    await press('t')
    // The focus is on the way out of the dialog at first.
    await press('2', document.activeElement ?? document.body)
    await clickOn(
      [...document.body.querySelectorAll('[role="dialog"] button')].find(
        (one) => one.textContent?.trim() === 'step 1'
      )
    )
    await press('3', document.activeElement ?? document.body)
    expect(acts()).toEqual([
      { kind: 'tag', tag: 'Wrong value', on: true },
      { kind: 'step-tag', step: 0, tag: 'Rude', on: true }
    ])
  })

  it('gives a command another key and keeps it with the settings', async () => {
    const changes: unknown[] = []
    await open(reviewBackend(), {
      'app.setSettings': (patch) => {
        changes.push(patch)
        throw new AppError('internal')
      }
    })
    await press('?')
    const button = [...document.body.querySelectorAll('[role="dialog"] button')].find((one) =>
      one.getAttribute('aria-label')?.startsWith('Good step')
    )
    await clickOn(button)
    await press('q', button)
    expect(changes).toEqual([{ reviewKeys: { good: 'q' } }])
  })
})
