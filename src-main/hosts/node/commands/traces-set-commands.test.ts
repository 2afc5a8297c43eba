// `winnow traces import|list|export|score` through the whole app, with reviews made in between: what
// was marked decides on what is exported, sent and suggested.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReviewAct, StepCorrection } from '../../../api/dto/trace-reviews.ts'
import { createApp } from '../../../core/app/create-app.ts'
import { validateSft } from '../../../core/traces/exports/validate-sft.ts'
import { readTraces } from '../../../core/traces/formats/registry.ts'
import { commandLinePlatform } from '../node-platform.ts'
import { verifyCommand } from './run-commands.ts'
import { createOutput, exitCodes } from './output.ts'
import { openSession, type Session } from './session.ts'
import { tracesCommand } from './traces-command.ts'

let folder = ''
let session: Session
let said = ''
const at = (name: string): string => join(folder, name)

/** An attempt at booking a seat: looks, books, says so. */
function attempt(task: string, trial: number, seat: number, outcome: string): string {
  const call = (id: string, name: string, args: object): object => ({
    role: 'assistant',
    content: null,
    tool_calls: [{ id, type: 'function', function: { name, arguments: JSON.stringify(args) } }]
  })
  return JSON.stringify({
    ...{ id: `${task}-${trial}`, task_id: task, trial, outcome },
    messages: [
      { role: 'user', content: `Book a seat on ${task}; I am mia@example.org` },
      call('a', 'get_seats', { flight: task }),
      { role: 'tool', tool_call_id: 'a', content: 'seats 1, 2, 3' },
      call('b', 'book_seat', { flight: task, seat }),
      { role: 'tool', tool_call_id: 'b', content: 'booked' },
      { role: 'assistant', content: 'Your seat is booked.' }
    ]
  })
}

async function run(line: string): Promise<{ code: number; result: Record<string, unknown> }> {
  said = ''
  const code = await tracesCommand(session, line.split(' '))
  // The last line of --json is the result, an object.
  const result = JSON.parse(said.trim().split('\n').at(-1) ?? '') as Record<string, unknown>
  return { code, result }
}

async function linesOf(...names: string[]): Promise<Record<string, unknown>[]> {
  const text = await readFile(at(join(...names)), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

let set = ''
/** Numbers of the attempts by their names. */
let traces = new Map<string, number>()

/** A finished review by the current person, outside any queue. */
async function review(name: string, acts: readonly ReviewAct[]): Promise<string> {
  const { client } = session
  const opened = await client.call('reviews.openTrace', { trace: traces.get(name) ?? 0 })
  for (const act of acts) await client.call('reviews.act', { review: opened.review, act })
  await client.call('reviews.setState', { review: opened.review, state: 'done' })
  return opened.review
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-traces-'))
  const lines = ['A', 'B', 'C', 'D'].flatMap((task) => [
    attempt(task, 0, 1, 'pass'),
    attempt(task, 1, 9, 'fail')
  ])
  await writeFile(at('bookings.jsonl'), `${lines.join('\n')}\n`)
  const platform = await commandLinePlatform()
  const paths = { ...platform.paths, data: at('data'), temp: at('temp') }
  session = openSession(
    await createApp({ ...platform, paths }),
    createOutput(true, { write: (text: string) => (said += text) })
  )
  await session.client.call('projects.create', { name: 'P', place: await session.grant(folder) })
  const imported = await run(`import ${at('bookings.jsonl')} --into ${at('P.winnow')} --json`)
  expect(imported).toMatchObject({
    code: 0,
    result: { set: 'bookings', traces: 8, tasks: 4, outcomes: { pass: 4, fail: 4 } }
  })
  const { sets } = await session.client.call('traces.sets', {})
  set = sets[0]?.set ?? ''
  const list = await session.client.call('traces.list', { set, filter: noFilter })
  traces = new Map(list.rows.map(({ name, trace }) => [name, trace]))
}, 60_000)
afterAll(async () => {
  await session.close()
  await rm(folder, { recursive: true, force: true })
})

const noFilter = {}
const project = (): string => `--in ${at('P.winnow')} --json`

describe('before anything is reviewed', () => {
  it('secrets were hidden, and the list says what is there', async () => {
    const { result } = await run(`list ${project()}`)
    expect(JSON.stringify(result)).toMatch(/"secrets":\[\{"kind":"e-mail address/)
    expect(result).toMatchObject({
      sets: [{ set: 'bookings', traces: 8, reviewed: 0, queues: [] }]
    })
  })

  it('nothing is exported and no folder is left', async () => {
    await expect(run(`export bookings ${project()} --to ${folder} --name Empty`)).rejects.toThrow(
      'No attempt was kept for training yet.'
    )
    expect((await readdir(folder)).filter((name) => name.includes('Empty'))).toEqual([])
    const dry = await run(`export bookings ${project()} --dry-run`)
    expect(dry).toMatchObject({ code: 3, result: { traces: 0, messages: [{ code: 'E1' }] } })
  })

  it.each([
    [`export bookings --in P --to x --files sft,foo`, '--files does not take this value'],
    [`export bookings --in P --to x --which some`, '--which does not take this value'],
    [`export bookings --in P --to x --max-tokens 3`, '--max-tokens does not take this value'],
    [`export bookings --in P`, '--to is missing'],
    [`import --into P`, 'Name the file or folder'],
    [`dance`, 'is not something traces can do'],
    [`--json`, 'Say what traces should do']
  ])('%s', async (line, message) => {
    await expect(run(line)).rejects.toThrow(message)
  })

  it('an unknown set or queue is named with those that are there', async () => {
    await expect(run(`score trains ${project()}`)).rejects.toThrow('holds "bookings"')
    await expect(run(`export ${project()} --to ${folder} --queue Q`)).rejects.toThrow(
      'has no queues'
    )
  })
})

describe('with reviews', () => {
  beforeAll(async () => {
    await session.client.call('reviews.reviewAs', { name: 'Mia' })
    await review('A-0', [
      { kind: 'verdict', verdict: 'pass' },
      { kind: 'keep', value: 'yes' }
    ])
    const correction: StepCorrection = {
      verb: 'book_seat',
      args: { flight: 'A', seat: 1 },
      thought: '',
      why: '',
      origin: 'human',
      verified: 'none'
    }
    await review('A-1', [
      { kind: 'verdict', verdict: 'fail' },
      { kind: 'first-wrong', step: 1 },
      { kind: 'correction', step: 1, correction },
      { kind: 'keep', value: 'yes' }
    ])
    await review('B-1', [
      { kind: 'verdict', verdict: 'fail' },
      { kind: 'first-wrong', step: 2 },
      { kind: 'keep', value: 'no' }
    ])
  })

  it('what was kept goes out, checked, verified and read in again', async () => {
    const files = 'sft,sharegpt,pairs,steps,answers,atif,report'
    const { code, result } = await run(
      `export bookings ${project()} --to ${folder} --name Out --files ${files}`
    )
    expect({ code, result }).toMatchObject({
      code: 0,
      result: { items: 2, sft: 2, weighted: 5, masked: 0, pairs: 2, steps: 6, notes: [] }
    })
    const lines = await linesOf('Out', 'sft.jsonl')
    expect(lines.flatMap((line) => validateSft(JSON.stringify(line)))).toEqual([])
    expect(lines.map(({ id, verdict, corrected }) => [id, verdict, corrected])).toEqual([
      ['A-0', 'pass', false],
      ['A-1', 'fail', true]
    ])
    const pairs = await linesOf('Out', 'pairs.jsonl')
    expect(pairs.map(({ meta }) => meta)).toMatchObject([
      { source: 'correction', step: 1 },
      { source: 'sibling', sibling: 'A-0', sibling_step: 1 }
    ])
    const back: [string, string, number][] = []
    for await (const read of readTraces(at('Out/atif.json')))
      if ('record' in read)
        back.push([read.record.id, read.record.outcome, read.record.events.length])
    expect(back).toEqual([
      ['A-0', 'pass', 6],
      ['A-1', 'fail', 6]
    ])
    const answers = (await readFile(at('Out/answers.csv'), 'utf8')).split('\r\n')
    expect(answers[2]).toContain('A-1,A,1,,,fail,,3,train,Mia,1,no,no,fail,2,,no,,yes')
    const report = await readFile(at('Out/report.html'), 'utf8')
    expect(report).toContain('2 attempts, 2 of them reviewed.')
    expect(report).not.toMatch(/<script|https?:/)
    expect(report).not.toContain('mia@example.org')
    said = ''
    expect(await verifyCommand(session, [at('Out')])).toBe(0)
    const verified = (): unknown => JSON.parse(said.trim().split('\n').at(-1) ?? '')
    expect(verified()).toMatchObject({ ok: true, conversations: { lines: 2, valid: 2 } })
    await writeFile(at('Out/sft.jsonl'), '{"messages":[]}\n')
    expect(await verifyCommand(session, [at('Out')])).toBe(exitCodes.failed)
    expect(verified()).toMatchObject({
      ok: false,
      changed: ['sft.jsonl'],
      conversations: {
        lines: 1,
        valid: 0,
        problems: ['sft.jsonl, line 1: It holds no list of messages.']
      }
    })
    await writeFile(at('Out/sft.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  })

  it('a name that is taken gets a number, is replaced, or stops the export', async () => {
    const again = (conflict: string) =>
      run(`export bookings ${project()} --to ${folder} --name Out --conflict ${conflict}`)
    expect((await again('new-name')).result['dir']).toBe(at('Out (2)'))
    await expect(again('stop')).rejects.toThrow()
    expect((await again('replace')).result['dir']).toBe(at('Out'))
    expect((await readdir(at('Out'))).sort()).toEqual([
      ...['answers.csv', 'manifest.json', 'report.html', 'sft.jsonl']
    ])
    const own = at('mine')
    await writeFile(own, 'my file')
    await expect(
      run(`export bookings ${project()} --to ${folder} --name mine --conflict replace`)
    ).rejects.toThrow('not an exported set')
    expect(await readFile(own, 'utf8')).toBe('my file')
  })

  it('the test part holds whole tasks', async () => {
    const { code } = await run(
      `export ${project()} --to ${folder} --name Parts --which all --test-share 0.5 --files sft,steps`
    )
    // Attempts nobody reviewed and that failed teach nothing, which is a note.
    expect(code).toBe(2)
    const tasks = async (name: string, field: string) =>
      new Set((await linesOf('Parts', name)).map((line) => line[field]))
    const [train, test] = [
      await tasks('steps.jsonl', 'task'),
      await tasks('steps-test.jsonl', 'task')
    ]
    expect([train.size, test.size, [...train].filter((task) => test.has(task)).length]).toEqual([
      2, 2, 0
    ])
    expect([...(await tasks('sft-test.jsonl', 'task_id'))].every((task) => test.has(task))).toBe(
      true
    )
    expect(await readFile(at('Parts/left-out.csv'), 'utf8')).toContain('D-1,D,1,Nothing in it')
  })

  it('sent attempts become a chat dataset with their facts as columns', async () => {
    const { client } = session
    const sent = await client.call('traces.send', { set, name: 'Kept attempts' })
    await session.finish(sent.job)
    const dataset = await client.call('datasets.get', { dataset: sent.dataset })
    expect(dataset).toMatchObject({
      name: 'Kept attempts',
      kind: 'text',
      items: 2,
      shape: 'openai'
    })
    expect(new Map(dataset.columns.map(({ name, role }) => [name, role]))).toEqual(
      new Map([
        ...([
          ['messages', 'chat'],
          ['tools', 'keep'],
          ['id', 'id'],
          ['task_id', 'group']
        ] as const),
        ...['trial', 'outcome', 'reward', 'verdict', 'first_mistake', 'corrected'].map(
          (name) => [name, 'keep'] as const
        )
      ])
    )
    await expect(client.call('traces.send', { set, name: 'Kept attempts' })).rejects.toThrow(
      'already in the project'
    )
  })

  it('suggestions come with the plain rule, and the score leaves out who saw them', async () => {
    const { client } = session
    const trace = traces.get('C-1') ?? 0
    const view = await client.call('traces.suggestion', { trace })
    expect(view).toMatchObject({
      suggestion: { step: 1, tier: 'writes', kind: 'wrong-arguments' },
      // Marks at the second and the third of three steps.
      positional: { step: 2, reason: expect.stringContaining('2 marks') as string }
    })
    const { result } = await run(`score bookings ${project()}`)
    expect(result).toMatchObject({
      marks: 2,
      rules: [{ rule: 'suggestions', spoke: 2, exact: 1, near: 2 }, {}, {}, {}, {}],
      gold: null
    })
    const opened = await client.call('reviews.openTrace', { trace })
    await client.call('traces.suggestion', { trace, review: opened.review })
    for (const act of [
      { kind: 'verdict', verdict: 'fail' },
      { kind: 'first-wrong', step: 1 }
    ] as const)
      await client.call('reviews.act', { review: opened.review, act })
    const done = await client.call('reviews.setState', { review: opened.review, state: 'done' })
    expect(done.sawSuggestions).toBe(true)
    expect((await run(`score bookings ${project()}`)).result['marks']).toBe(2)
  })

  it('a blind review sees no suggestion before it is done', async () => {
    const { client } = session
    const { queue } = await client.call('reviews.start', {
      ...{ set, name: 'Blind', template: 'finished', questions: [], filter: noFilter },
      ...{ count: 8, isBlind: true, secondLook01: 0, order: 'oldest', isBalanced: false }
    })
    const { review: id, trace } = await client.call('reviews.open', { queue, position: 0 })
    await expect(client.call('traces.suggestion', { trace, review: id })).rejects.toThrow('blind')
    await expect(client.call('traces.suggestion', { trace })).rejects.toThrow('blind')
    await client.call('reviews.act', { review: id, act: { kind: 'verdict', verdict: 'pass' } })
    await client.call('reviews.setState', { review: id, state: 'done' })
    const { positional } = await client.call('traces.suggestion', { trace, review: id })
    expect(positional).not.toBeNull()
  })

  it('attempts side by side name what differs', async () => {
    const [left, right] = [traces.get('A-1') ?? 0, traces.get('A-0') ?? 0]
    const compared = await session.client.call('traces.compare', { left, right })
    expect(compared).toMatchObject({
      left: { name: 'A-1' },
      right: { name: 'A-0' },
      firstDifference: 1,
      rows: [{ relation: 'same' }, { fields: [{ field: 'seat', left: 9, right: 1 }] }, {}]
    })
  })
})
