// Parts of the review screen without a page around them: the form of a correction, changes between
// texts, long texts, pictures, and what the list of steps draws.
import fc from 'fast-check'
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { TooltipProvider } from 'reka-ui'
import { h, shallowRef, type VNode } from 'vue'
import type { JsonValue } from '@api/dto/common.ts'
import { stepOf } from '../../../stores/trace-review-fixtures.test-support.ts'
import { emptyReviewBody } from '@api/dto/trace-reviews.ts'
import { correction } from '../../../text/trace-review.ts'
import CorrectionFields from './CorrectionFields.vue'
import {
  callForm,
  emptyValue,
  entryLike,
  fromForm,
  isComplete,
  newField,
  numberOf,
  toForm,
  type FormField
} from './correction-form.ts'
import { pictureType } from './picture-bytes.ts'
import { bracketsOf, durationShares, mapMarks } from './step-rows.ts'
import { blocksOf, firstLines, lineCount } from './text-blocks.ts'
import { changesBetween } from './text-changes.ts'

const json: fc.Arbitrary<JsonValue> = fc
  .jsonValue({ maxDepth: 3, noUnicodeString: true })
  // Names with blanks round them are trimmed, and JSON has no −0.
  .map((value) => JSON.parse(JSON.stringify(value, trimmed).replaceAll('-0,', '0,')) as JsonValue) // a JSON value stays one
function trimmed(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).filter(
      ([name]) => name.trim() === name && name !== '' && name !== '__proto__'
    )
  )
}

describe('the form of a correction', () => {
  it('says what it was made from', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(fromForm(toForm(value))).toEqual(value)
      })
    )
  })

  it('offers arguments that other calls of the tool have, of their kind, and leaves them out', () => {
    const form = callForm({ id: 'Q7' }, ['id', 'reason'], [{ seats: [1], reason: 4 }])
    expect(form.fields.map(({ name, isOffered, value }) => [name, isOffered, value.kind])).toEqual([
      ['id', false, 'text'],
      ['reason', true, 'number'],
      ['seats', true, 'list']
    ])
    expect(fromForm(form)).toEqual({ id: 'Q7' })
    for (const field of form.fields) field.isOffered = false
    expect(isComplete(form)).toBe(false)
  })

  it('reads numbers as people write them, and says when one is none', () => {
    expect(['12', ' 2,5 ', '-3e2', '', 'ten', '1.2.3'].map(numberOf)).toEqual([
      12,
      2.5,
      -300,
      undefined,
      undefined,
      undefined
    ])
    const form = toForm({ price: 5, deep: [{ n: 1 }] })
    expect(isComplete(form)).toBe(true)
    const deep = form.fields[1]?.value.entries[0]?.fields[0]
    if (deep !== undefined) deep.value = { ...deep.value, text: 'x' }
    expect(isComplete(form)).toBe(false)
  })

  it('adds entries like those a list has, and leaves out fields without a name', () => {
    const list = toForm([{ name: 'Ann', age: 3 }])
    expect(fromForm(entryLike(list))).toEqual({ name: '', age: 0 })
    expect(fromForm(entryLike(emptyValue('list')))).toBe('')
    const group = { ...emptyValue('group'), fields: [newField('  ', emptyValue('text'))] }
    expect(fromForm(group)).toEqual({})
  })

  it('takes arguments that are no group as they are', () => {
    expect(fromForm(callForm(['a', 1], ['id']))).toEqual(['a', 1])
    expect(callForm(null, ['id']).fields.map(({ name }) => name)).toEqual(['id'])
  })
})

describe('fields of a correction', () => {
  it('reach into groups in lists in groups', async () => {
    const form = shallowRef(toForm({ order: { seats: [{ row: 4, place: { side: 'left' } }] } }))
    const show = (): VNode =>
      h(TooltipProvider, () =>
        h(CorrectionFields, {
          modelValue: form.value.fields,
          'onUpdate:modelValue': (fields: FormField[]) => (form.value = { ...form.value, fields })
        })
      )
    const wrapper = mount({ render: show })
    await wrapper.find('textarea[aria-label="side"]').setValue('right')
    await wrapper.find('input[aria-label="row"]').setValue('7')
    expect(fromForm(form.value)).toEqual({
      order: { seats: [{ row: 7, place: { side: 'right' } }] }
    })
    const removals = wrapper.findAll('button').map((button) => button.attributes('aria-label'))
    const at = removals.indexOf(correction.removeField('place'))
    await wrapper.findAll('button')[at]?.trigger('click')
    expect(fromForm(form.value)).toEqual({ order: { seats: [{ row: 7 }] } })
    wrapper.unmount()
  })
})

describe('changes between texts', () => {
  it('show what came and went, and fold what is equal', () => {
    const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'seat 4A', 'end'].join('\n')
    const after = before.replace('4A', '4B')
    expect(changesBetween(before, after)?.map(({ kind, lines }) => [kind, lines])).toEqual([
      ['folded', 6],
      ['same', 2],
      ['gone', 1],
      ['added', 1],
      ['same', 1]
    ])
    expect(changesBetween(before, before)).toEqual([])
  })

  it('stand for every line of both texts', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 })
      .map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = changesBetween(before, after)
        if (parts === undefined || parts.length === 0) return
        const count = (...kinds: string[]): number =>
          parts
            .filter(({ kind }) => kinds.includes(kind))
            .reduce((sum, { lines }) => sum + lines, 0)
        const size = (one: string): number => (one === '' ? 0 : one.split('\n').length)
        expect(count('same', 'folded', 'gone')).toBe(size(before))
        expect(count('same', 'folded', 'added')).toBe(size(after))
      })
    )
  })
})

describe('long texts', () => {
  it('are cut into blocks that give the text again', () => {
    const text = Array.from({ length: 9000 }, (_, at) => `line ${at}`).join('\n')
    const blocks = blocksOf(text)
    expect(blocks.length).toBeGreaterThan(2)
    expect(blocks.join('\n')).toBe(text)
    expect(blocksOf('short')).toEqual(['short'])
    expect(blocksOf('z'.repeat(70_000)).join('')).toHaveLength(70_000)
  })

  it('have as many lines as they have', () => {
    expect([lineCount(''), lineCount('a\nb\n')]).toEqual([1, 3])
    expect([firstLines('a\nb\nc', 2), firstLines('a\nb', 5), firstLines('a\nb', 0)]).toEqual([
      'a\nb',
      'a\nb',
      ''
    ])
  })
})

describe('pictures', () => {
  it('are what their bytes say, and never drawings with scripts', () => {
    const text = (words: string): Uint8Array => new TextEncoder().encode(words)
    expect(pictureType(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1))).toBe(
      'image/png'
    )
    expect(pictureType(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg')
    expect(pictureType(text('RIFF0000WEBPVP8 '))).toBe('image/webp')
    expect(pictureType(text('<svg onload="alert(1)"/>'))).toBeUndefined()
    expect(pictureType(new Uint8Array())).toBeUndefined()
  })
})

describe('the list of steps', () => {
  const steps = [
    stepOf(0, { durationMs: 400 }),
    stepOf(1, { repeats: 3, durationMs: 100 }),
    stepOf(2, { repeats: 2, status: 'error', durationMs: null }),
    stepOf(3, { effect: 'write' }),
    stepOf(4)
  ]

  it('brackets equal calls once', () => {
    expect([...bracketsOf(steps)]).toEqual([
      [1, 'start'],
      [2, 'middle'],
      [3, 'end']
    ])
  })

  it('draws durations against the longest', () => {
    const shares = durationShares(steps)
    expect([shares.get(3), shares.has(2)]).toEqual([1, false])
    expect(shares.get(1)).toBeCloseTo(Math.sqrt(0.1))
  })

  it('puts errors, changes and marks on the map, each place once', () => {
    const body = { ...emptyReviewBody, firstWrong: 4, marks: { 0: 'good' as const } }
    const marks = mapMarks(steps, body).map(({ what, step }) => [what, step])
    expect(marks).toEqual([
      ['error', 2],
      ['write', 3],
      ['mark', 0],
      ['mark', 4]
    ])
    const many = Array.from({ length: 6700 }, (_, at) => stepOf(at, { status: 'error' }))
    expect(mapMarks(many, emptyReviewBody).length).toBeLessThanOrEqual(240)
  })
})
