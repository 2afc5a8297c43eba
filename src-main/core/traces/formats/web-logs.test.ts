// Logs of agents in browsers: small values in the shape that each tool documents.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../api/dto/common.ts'
import { rawZip } from '../../files/testing/raw-zip.ts'
import { deriveTrace, plainRules } from '../model/derive-steps.ts'
import type { TraceRecord } from '../model/trace.ts'
import { allOf } from '../traces.test-support.ts'
import { readTraces, type ReadTrace } from './registry.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'traces-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function read(bytes: string | Uint8Array, name = 'log'): Promise<ReadTrace[]> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return allOf(readTraces(path))
}

function recordsOf(found: readonly ReadTrace[]): TraceRecord[] {
  return found.flatMap((each) => ('record' in each ? [each.record] : []))
}

const lines = (...values: readonly JsonValue[]): string =>
  values.map((value) => JSON.stringify(value)).join('\n')

describe('BrowserGym', () => {
  const step = (n: number, more: Record<string, JsonValue>): JsonValue => ({
    step: n,
    obs: {
      goal: 'Click the tab.',
      url: 'http://x.test/',
      axtree_txt: `page ${n}`,
      last_action_error: n === 1 ? 'TimeoutError: no' : ''
    },
    reward: 0,
    raw_reward: 0,
    terminated: false,
    truncated: false,
    action: null,
    agent_info: { think: 'Hm.' },
    stats: {},
    profiling: { env_start: 1_700_000_000 + n, agent_start: 1_700_000_000.5 + n },
    task_info: null,
    ...more
  })

  it('a step a line; actions are taken apart and not run', async () => {
    const found = await read(
      lines(
        step(0, { action: "click('a51')" }),
        step(1, { action: "fill('b', 'it\\'s', True)" }),
        step(2, { reward: 1, terminated: true })
      )
    )
    const [record] = recordsOf(found)
    expect(record).toMatchObject({
      task: { goal: 'Click the tab.' },
      outcome: 'pass',
      reward: 1,
      warnings: [],
      facts: { startedAt: 1_700_000_000_500, durationMs: 2000 }
    })
    expect(record.events.filter(({ kind }) => kind === 'tool-call')).toMatchObject([
      { name: 'click', data: { target: 'a51' } },
      { name: 'fill', data: { target: 'b', arguments: "'it\\'s', True" } }
    ])
    const { steps } = deriveTrace(record, plainRules)
    expect(steps[0].actions).toMatchObject([{ status: 'error', result: 'TimeoutError: no' }])
  })

  it('steps from 0 again are another attempt; a last step alone says so', async () => {
    const one = [step(0, { action: 'noop()' }), step(1, { truncated: true })]
    const found = recordsOf(await read(lines(...one, ...one)))
    expect(
      found.map(({ id, trial, outcome, endReason }) => [id, trial, outcome, endReason])
    ).toEqual([
      ['0', 0, 'fail', 'step limit'],
      ['1', 1, 'fail', 'step limit']
    ])
    const [last] = recordsOf(await read(lines(step(4, { action: 'noop()' }))))
    expect(last.warnings[0]).toMatch(/begins in the middle of the run/)
    expect(last.outcome).toBe('unknown')
  })

  it('a summary alone is no trace', async () => {
    const found = await read(lines({ n_steps: 3, cum_reward: 1, err_msg: null }))
    expect(found).toEqual([
      {
        where: 'Line 1',
        problem: 'It is the summary of a run without its steps. Add a file with the steps.'
      }
    ])
  })

  it('an archive of pickle files says so', async () => {
    const zip = rawZip([
      { name: 'run/step_0.pkl.gz', data: 'x' },
      { name: 'run/step_1.pkl.gz', data: 'x' }
    ])
    await expect(read(zip)).rejects.toMatchObject({
      message: expect.stringMatching(/step_0.* pickle file.*1 more/s) as unknown
    })
  })

  it.each(['step_0.pkl.gz', 'exp_args.pkl', 'log'])(
    'pickle files are never opened: %s',
    async (name) => {
      const bytes = Buffer.from([0x80, 4, 0x95, 1, 0, 0, 0])
      await expect(read(bytes, name)).rejects.toMatchObject({
        code: 'file-not-recognised',
        message: expect.stringContaining('Python pickle file') as unknown,
        hint: expect.stringContaining('as JSON') as unknown
      })
    }
  )
})

describe('MiniWoB++ demonstrations', () => {
  const dom = (text: string, isTarget = false): JsonValue => ({
    tag: 'BODY',
    children: [
      {
        tag: 'BUTTON',
        id: 'subbtn',
        classes: 'big',
        text,
        ...(isTarget ? { recordingTarget: true } : {})
      },
      { tag: 'INPUT_text', value: 'ab' }
    ]
  })
  const demo: JsonValue = {
    taskName: 'click-button',
    utterance: 'Click "OK".',
    reward: 0.8,
    rawReward: 1,
    states: [
      { time: 0, action: null, dom: dom('OK') },
      { time: 900, action: { type: 'mousedown', x: 5, y: 6, timing: 1 }, dom: dom('OK', true) },
      { time: 950, action: { type: 'click', x: 5, y: 6, timing: 1 }, dom: dom('OK', true) },
      { time: 960, action: { type: 'click', x: 5, y: 6, timing: 3 }, dom: dom('Done') }
    ]
  }

  it('acts once, with the page before and after, packed with gzip', async () => {
    const [record] = recordsOf(await read(gzipSync(JSON.stringify(demo)), 'demo.json.gz'))
    expect(record).toMatchObject({
      task: { key: 'click-button: Click "OK".', goal: 'Click "OK".' },
      outcome: 'pass',
      reward: 1,
      facts: { family: 'click-button', durationMs: 960 }
    })
    expect(record.events.map(({ kind, text, data }) => [kind, text, data])).toEqual([
      ['user', 'Click "OK".', null],
      ['observation', 'button id="subbtn" class="big" OK\ninput_text value="ab"', null],
      ['tool-call', '', { target: 'button id="subbtn" class="big" OK', x: 5, y: 6 }],
      ['observation', 'button id="subbtn" class="big" Done\ninput_text value="ab"', null]
    ])
  })
})
