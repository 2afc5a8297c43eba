// Any acts, then undo of all of them: nothing is marked. Redo of all: the same again. In memory, and
// in a project file that is opened anew in between.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  emptyReviewBody,
  ReviewAct,
  ReviewBody,
  type ReviewQuestion
} from '../../../api/dto/trace-reviews.ts'
import { withParts, type BodyPart } from '../../../api/review-acts.ts'
import { applyAct } from './apply-act.ts'
import { actWords } from './act-words.ts'
import { isEmptyBody } from './review-body.ts'
import { actOn, openOutside, redoIn, undoIn } from './review-work.ts'
import { createReviewFixture, type ReviewFixture } from './reviews.test-support.ts'

const question = (id: string, type: ReviewQuestion['type']): ReviewQuestion => {
  return { id, text: `Question ${id}`, type, choices: ['a', 'b'], isRequired: false, reasons: [] }
}
const questions = [question('yes', 'yes-no'), question('how', 'scale'), question('which', 'tags')]
const context = { steps: 6, questions, hidesSuggestions: false }

const step = fc.nat(5)
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values)
const of = (kind: string, model: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<ReviewAct> =>
  fc.record(model).map((values) => ReviewAct.parse({ kind, ...values }))
const named = fc.dictionary(fc.constantFrom('from', 'to'), fc.integer(), { noNullPrototype: true })
const tag = fc.constantFrom('slow', 'wrong tool', '__proto__', 'constructor')

const act: fc.Arbitrary<ReviewAct> = fc.oneof(
  of('verdict', { verdict: maybe(fc.constantFrom('pass', 'fail', 'partial', 'unsure')) }),
  of('first-wrong', { step: maybe(step) }),
  of('decisive', { step: maybe(step) }),
  of('none-wrong', { value: fc.boolean() }),
  of('confidence', { value: maybe(fc.integer({ min: 1, max: 3 })) }),
  of('keep', { value: maybe(fc.constantFrom('yes', 'no', 'unsure')) }),
  of('answer', {
    question: fc.constant('yes'),
    answer: maybe(fc.record({ value: fc.constantFrom('yes', 'no'), reasons: fc.constant(['x']) }))
  }),
  of('answer', {
    question: fc.constant('which'),
    answer: maybe(fc.record({ value: fc.subarray(['a', 'b']), reasons: fc.constant([]) }))
  }),
  of('mark', { step, mark: maybe(fc.constantFrom('good', 'bad', 'recovered')) }),
  of('correction', {
    step,
    correction: maybe(fc.record({ verb: fc.constant('book'), args: named }))
  }),
  of('tag', { tag, on: fc.boolean() }),
  of('step-tag', { step, tag, on: fc.boolean() }),
  of('note', { text: fc.string() }),
  of('step-note', { step, text: fc.string() }),
  of('flag', { value: fc.boolean() }),
  of('suggestion', { value: maybe(fc.constantFrom('accepted', 'dismissed')), step: maybe(step) })
)

it('undo of every act gives back the empty review, redo the same again', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      let body = emptyReviewBody
      const done: { act: ReviewAct; before: readonly BodyPart[] }[] = []
      for (const it of acts) {
        const applied = applyAct(body, it, context)
        if (applied.before.length > 0) done.push({ act: it, before: applied.before })
        else expect(applied.body).toEqual(body)
        body = applied.body
        expect(actWords(it, questions).length).toBeGreaterThan(3)
      }
      // What is stored can be read through the contract.
      expect(ReviewBody.parse(JSON.parse(JSON.stringify(body)))).toEqual(body)
      const last = body
      for (const { before } of [...done].reverse()) body = withParts(body, before)
      expect(body).toEqual(emptyReviewBody)
      expect(isEmptyBody(body)).toBe(true)
      for (const it of done) body = applyAct(body, it.act, context).body
      expect(body).toEqual(last)
    })
  )
})

let fixture: ReviewFixture
beforeAll(() => {
  fixture = createReviewFixture(Array.from({ length: 25 }, () => ({ steps: 6 })))
})
afterAll(() => fixture.dispose())

it('and so it is in a project file, opened anew before and after', () => {
  let next = 0
  const free = act.filter(({ kind }) => kind !== 'answer')
  fc.assert(
    fc.property(fc.array(free, { maxLength: 15 }), (acts) => {
      const { id } = openOutside(fixture.deps, 's', fixture.traces[next++], 'ann')
      for (const it of acts) actOn(fixture.deps, id, it)
      fixture.reopen()
      const read = () => fixture.store.reviews.review(id)
      const last = read()
      const count = last?.head ?? 0
      for (let i = 0; i < count; i++) undoIn(fixture.deps, id)
      expect(read()).toMatchObject({ head: 0, body: emptyReviewBody })
      fixture.reopen()
      for (let i = 0; i < count; i++) redoIn(fixture.deps, id)
      expect(read()?.body).toEqual(last?.body)
    }),
    { numRuns: 10, endOnFailure: true }
  )
})
