// What a model is told of an attempt and what is made of its answers: long logs, hostile answers, kept
// lines, agreement with people.
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { event } from '../formats/trace-format.ts'
import { call, traceOf } from '../traces.test-support.ts'
import { readModelAnswer } from './model-answer.ts'
import { keepAnswer, keptAnswer, namedSteps, type ModelEntry } from './model-log.ts'
import { attemptQuestion } from './model-question.ts'
import { agreement } from './model-question-task.ts'
import { modelRules } from './score-task.ts'

const tools = [{ verb: 'a', arguments: ['x'] }]
const contentOf = (question: ReturnType<typeof attemptQuestion>): string =>
  question.messages.map(({ content }) => content).join('\n')

describe('the question', () => {
  it('tells the whole of a short attempt, and no score, note or correction of its log', () => {
    const trace = traceOf([
      ...call('a', { x: 1 }, 'fine'),
      event('state', 'For the next attempt: at step 1, b instead of a.', {}),
      event('info', 'secret-note', {}),
      event('score', 'reward-zero', {})
    ])
    const question = attemptQuestion(trace, tools, 8000)
    const said = contentOf(question)
    expect(question).toMatchObject({ leftOut: [], gap: null })
    for (const part of ['Step 1', 'Call: a {"x":1}', 'Result: fine', 'a(x)'])
      expect(said).toContain(part)
    for (const hidden of ['instead of a', 'secret-note', 'reward-zero'])
      expect(said).not.toContain(hidden)
  })

  it('shortens long texts first, says so, and keeps both ends', () => {
    const long = `begin${'x'.repeat(9000)}end`
    const question = attemptQuestion(traceOf(call('a', {}, long)), tools, 6000)
    expect(question.gap).toBeNull()
    expect(question.leftOut).toEqual([expect.stringContaining('1 text is shortened')])
    expect(contentOf(question)).toMatch(/begin\w+\n\.\.\.\n\w+end/)
    expect(contentOf(question)).toContain(question.leftOut[0])
  })

  it.each([4000, 8000, 30_000])(
    'keeps within %i characters and names the steps left out',
    (most) => {
      const steps = Array.from({ length: 900 }, (_, i) => call('a', { i }, `r${i} `.repeat(60)))
      const question = attemptQuestion(traceOf(steps.flat()), tools, most)
      expect(contentOf(question).length).toBeLessThanOrEqual(most)
      const { gap, leftOut } = question
      if (gap === null) throw new Error('nothing was left out')
      expect(leftOut[0]).toBe(`Steps ${gap.from + 1} to ${gap.to + 1} are left out.`)
      const told = [...contentOf(question).matchAll(/^Step (\d+)$/gm)].map(([, n]) => Number(n) - 1)
      const expected = Array.from({ length: 900 }, (_, i) => i).filter(
        (i) => i < gap.from || i > gap.to
      )
      expect(told).toEqual(expected)
      expect(told.length).toBeGreaterThan(2)
    }
  )
})

describe('an answer', () => {
  const context = { steps: 5, tools: new Set(['a']), gap: { from: 2, to: 3 } }
  const read = (value: unknown) => readModelAnswer(JSON.stringify(value), context)

  it('is a step with a correction', () => {
    expect(
      read({ step: 2, tool: 'a', arguments: { x: 1 }, reason: 'No.', confidence: 'high' })
    ).toEqual({
      ...{ kind: 'step', step: 1, reason: 'No.', confidence: 'high', noCorrection: null },
      correction: {
        ...{ verb: 'a', args: { x: 1 }, thought: '', why: 'No.' },
        ...{ origin: 'model', verified: 'none' }
      }
    })
    expect(readModelAnswer('```json\n{"step": 0, "reason": "All right."}\n```', context)).toEqual({
      kind: 'none',
      reason: 'All right.'
    })
  })

  it.each<[string, string]>([
    ['nothing', '  '],
    ['words', 'Step 2, I think'],
    ['a list', '[1]'],
    ['a step that is none', '{"step": "two"}'],
    ['half a step', '{"step": 1.5}'],
    ['a step before the first', '{"step": -1}'],
    ['a step after the last', '{"step": 6}'],
    ['a step it was not told about', '{"step": 3}'],
    ['a number beyond all', '{"step": 1e400}'],
    ['a deep nest', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['a fence without an end', `\`\`\`${' '.repeat(500_000)}x`],
    ['a fence round nothing', `\`\`\`${' '.repeat(500_000)}\`\`\``]
  ])('of %s is refused in a sentence', (_, text) => {
    expect(readModelAnswer(text, context)).toMatchObject({
      kind: 'refused',
      why: expect.stringMatching(/\.$/) as string
    })
  })

  it.each<[string, string]>([
    ['another tool', '{"step": 1, "tool": "rm", "arguments": {}}'],
    ['no tool', '{"step": 1}'],
    ['a list of arguments', '{"step": 1, "tool": "a", "arguments": [1]}'],
    ['a key that is none', '{"step": 1, "tool": "a", "arguments": {"__proto__": {"x": 1}}}'],
    [
      'deep arguments',
      `{"step": 1, "tool": "a", "arguments": {"x": ${'['.repeat(90)}${']'.repeat(90)}}}`
    ],
    ['huge arguments', `{"step": 1, "tool": "a", "arguments": {"x": "${'y'.repeat(30_000)}"}}`],
    ['words without words', '{"step": 1, "tool": "say", "arguments": {"text": 5}}']
  ])('with %s keeps its step and has no correction', (_, text) => {
    expect(readModelAnswer(text, context)).toMatchObject({
      ...{ kind: 'step', step: 0, correction: null, confidence: 'low' },
      noCorrection: expect.stringMatching(/\.$/) as string
    })
  })

  it('has its reason without signs that steer how it is drawn, and bounded', () => {
    const said = read({ step: 1, reason: `a\u202Eb\u0007${'c'.repeat(5000)}` })
    if (said.kind !== 'step') throw new Error('it is a step')
    expect(said.reason).toMatch(/^a b c+…$/)
    expect(said.reason.length).toBeLessThanOrEqual(2001)
  })
})

describe('kept answers', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'winnow-model-log-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const entry = (over: Partial<ModelEntry>): ModelEntry => ({
    ...{ key: 'k', set: 's', trace: 1, model: 'm', step: 2, prompt: [], params: {} },
    ...{ answer: 'A', at: 1, ms: 1, ...over }
  })

  it('are found by their question, past a line that a crash cut off', async () => {
    const path = join(folder, 'one.jsonl')
    const here = { set: 's', trace: 1 }
    expect(await keptAnswer(path, 'k', here)).toBeUndefined()
    await keepAnswer(path, entry({}))
    await appendFile(path, '{"key":"k","set":"s","tra')
    await Promise.all([
      keepAnswer(path, entry({ key: 'k2', trace: 2, step: null })),
      keepAnswer(path, entry({ key: 'k3', set: 'other', trace: 3 }))
    ])
    expect((await keptAnswer(path, 'k', here))?.answer).toBe('A')
    expect((await keptAnswer(path, 'k3', here))?.set).toBe('other')
    await keepAnswer(path, entry({ trace: 9, answer: 'B' }))
    expect((await keptAnswer(path, 'k', { set: 's', trace: 9 }))?.answer).toBe('B')
    expect((await keptAnswer(path, 'k', { set: 's', trace: 5 }))?.answer).toBe('A')
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(6)
    expect(await namedSteps(path, 's')).toEqual(
      new Map([
        [
          'm',
          new Map([
            [1, 2],
            [2, null],
            [9, 2]
          ])
        ]
      ])
    )
  })

  it('are counted against marks, beside the rules on the same attempts', () => {
    const mark = (trace: number, step: number) => ({ trace, step, steps: 4 })
    const named = new Map([
      [1, 2],
      [2, 0],
      [3, null]
    ])
    const marks = [mark(1, 2), mark(2, 1), mark(3, 3), mark(4, 3)]
    expect(agreement(marks, named)).toEqual({ marks: 2, exact: 1, near: 2 })
    expect(agreement(marks, undefined)).toEqual({ marks: 0, exact: 0, near: 0 })
    const guess = { suggestions: 2, tier: undefined, error: undefined, usualPlace: undefined }
    const rows = modelRules(
      marks.map((each) => ({ ...each, ...guess })),
      new Map([['m', named]])
    )
    expect(rows.map(({ rule, spoke, exact, near }) => [rule, spoke, exact, near])).toEqual([
      ['model', 2, 1, 2],
      ['beside-model', 2, 1, 2],
      ['beside-model', 0, 0, 0],
      ['beside-model', 2, 0, 1]
    ])
    expect(modelRules([], new Map([['m', named]]))).toEqual([])
  })
})
