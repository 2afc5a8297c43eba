// Traces of Playwright: small logs in the shape that version 7 documents.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../api/dto/common.ts'
import { rawZip } from '../../../files/testing/raw-zip.ts'
import { deriveTrace, plainRules } from '../../model/derive-steps.ts'
import type { TraceRecord } from '../../model/trace.ts'
import { allOf } from '../../traces.test-support.ts'
import { readTraces, type ReadTrace } from '../registry.ts'

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

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])

/** A page with a button, as a snapshot; the second names nodes of the first. */
const pageOf = (name: string, html: JsonValue): JsonValue => ({
  type: 'frame-snapshot',
  snapshot: {
    callId: name.split('@').slice(1).join('@'),
    snapshotName: name,
    pageId: 'page@1',
    frameId: 'frame@1',
    frameUrl: 'http://shop.test/cart',
    isMainFrame: true,
    html,
    viewport: { width: 800, height: 600 },
    timestamp: 1,
    resourceOverrides: []
  }
})

const playwrightLog: readonly JsonValue[] = [
  {
    version: 7,
    type: 'context-options',
    origin: 'library',
    browserName: 'chromium',
    wallTime: 1_700_000_000_000,
    monotonicTime: 1000,
    title: 'buy a cup',
    options: {}
  },
  {
    type: 'before',
    callId: 'call@1',
    startTime: 1010,
    apiName: 'page.goto',
    class: 'Frame',
    method: 'goto',
    params: { url: 'http://shop.test/cart', timeout: 0 },
    pageId: 'page@1'
  },
  { type: 'after', callId: 'call@1', endTime: 1100, afterSnapshot: 'after@call@1' },
  pageOf('after@call@1', [
    'HTML',
    { lang: 'en' },
    ['HEAD', {}, ['TITLE', {}, 'Shop'], ['SCRIPT', {}, 'alert(1)']],
    [
      'BODY',
      { onload: 'evil()' },
      ['H1', {}, 'Your <cart>'],
      ['A', { href: 'javascript:evil()', title: '"x"' }, 'more'],
      ['INPUT', { __playwright_value_: 'two' }]
    ]
  ]),
  {
    type: 'screencast-frame',
    pageId: 'page@1',
    sha1: 'p-1.jpeg',
    width: 8,
    height: 6,
    timestamp: 1090
  },
  {
    type: 'before',
    callId: 'call@2',
    startTime: 1200,
    apiName: 'locator.click',
    class: 'Frame',
    method: 'click',
    params: { selector: 'text=Pay', timeout: 30000 }
  },
  { type: 'log', callId: 'call@2', time: 1210, message: 'waiting for text=Pay' },
  { type: 'console', time: 1220, messageType: 'error', text: 'no such image', location: {} },
  {
    type: 'after',
    callId: 'call@2',
    endTime: 1300,
    error: { name: 'TimeoutError', message: 'Timeout 30000ms exceeded.' },
    afterSnapshot: 'after@call@2'
  },
  // The head and the heading are those of the page before: nodes are counted children first.
  pageOf('after@call@2', ['HTML', {}, ['BODY', {}, [[1, 5]], 'Sorry']])
]

describe('Playwright', () => {
  it('calls with ends, pages without programs, and pictures', async () => {
    const found = await read(
      rawZip([
        { name: 'trace.trace', data: lines(...playwrightLog), method: 8 },
        { name: 'trace.network', data: '' },
        { name: 'resources/p-1.jpeg', data: jpeg }
      ])
    )
    expect(found.map((each) => 'problem' in each)).toEqual([false])
    const [record] = recordsOf(found)
    expect(record).toMatchObject({
      id: 'buy a cup',
      task: { key: 'buy a cup', goal: 'buy a cup' },
      outcome: 'unknown',
      facts: { family: 'chromium', startedAt: 1_700_000_000_010, durationMs: 290 }
    })
    expect(record.events.map(({ kind, name, isError }) => [kind, name, isError])).toEqual([
      ['tool-call', 'page.goto', false],
      ['tool-result', 'page.goto', false],
      ['observation', null, false],
      ['tool-call', 'locator.click', false],
      ['info', null, false],
      ['tool-result', 'locator.click', true],
      ['observation', null, false]
    ])
    const [, , first, , , failed, second] = record.events
    expect(first.text).toBe('http://shop.test/cart\nYour <cart>\nmore\ninput two')
    expect(first.attachments?.map(({ mime }) => mime)).toEqual(['image/jpeg', 'text/html'])
    expect(Buffer.from(first.attachments?.[0].bytes ?? []).equals(jpeg)).toBe(true)
    expect(Buffer.from(first.attachments?.[1].bytes ?? []).toString()).toBe(
      '<!doctype html><html lang="en"><head><title>Shop</title></head><body>' +
        '<h1>Your &lt;cart&gt;</h1><a title="&quot;x&quot;">more</a><input value="two"></body></html>'
    )
    expect(failed.text).toBe('Timeout 30000ms exceeded.\nwaiting for text=Pay')
    expect(second.text).toBe('http://shop.test/cart\nYour <cart>\nSorry')
    const { steps } = deriveTrace(record, plainRules)
    expect(steps.map(({ actions }) => actions.map(({ status }) => status))).toEqual([
      ['ok'],
      ['error']
    ])
    expect(steps[0].after).not.toBe(steps[1].after)
  })

  it('pictures of newer logs, which name their place in the archive', async () => {
    const newer = playwrightLog.map((entry) => {
      const { sha1, ...rest } = Object(entry) as { sha1?: string }
      return sha1 === undefined ? entry : { ...rest, file: 'screencast/page@1-1090.jpeg' }
    })
    const [record] = recordsOf(
      await read(
        rawZip([
          { name: 'trace.trace', data: lines(...newer) },
          { name: 'trace.network', data: '' },
          { name: 'screencast/page@1-1090.jpeg', data: jpeg }
        ])
      )
    )
    const [, , first] = record.events
    expect(first.attachments?.map(({ mime }) => mime)).toEqual(['image/jpeg', 'text/html'])
    expect(Buffer.from(first.attachments?.[0].bytes ?? []).equals(jpeg)).toBe(true)
  })

  it('a run of the test runner passes or fails; its steps stand for the calls they carry out once', async () => {
    const runner = (error: boolean): string =>
      lines(
        {
          version: 7,
          type: 'context-options',
          origin: 'testRunner',
          browserName: '',
          wallTime: 5e12,
          monotonicTime: 0,
          title: 'a.spec.ts › buys'
        },
        {
          type: 'before',
          callId: 'hook@1',
          class: 'Test',
          method: 'hook',
          apiName: 'Before Hooks',
          params: {},
          startTime: 1
        },
        {
          type: 'before',
          callId: 'pw@1',
          class: 'Test',
          method: 'pw:api',
          apiName: 'page.goto',
          params: {},
          startTime: 2,
          parentId: 'hook@1'
        },
        { type: 'after', callId: 'pw@1', endTime: 3 },
        ...(error ? [{ type: 'error', message: 'expected 2, got 1' }] : [])
      )
    const library = lines(
      {
        version: 7,
        type: 'context-options',
        origin: 'library',
        browserName: 'webkit',
        wallTime: 5e12,
        monotonicTime: 0
      },
      {
        type: 'before',
        callId: 'call@1',
        stepId: 'pw@1',
        startTime: 2,
        apiName: 'page.goto',
        class: 'Frame',
        method: 'goto',
        params: { url: 'a' }
      },
      { type: 'after', callId: 'call@1', endTime: 3, result: { response: 'ok' } }
    )
    for (const error of [true, false]) {
      const [record] = recordsOf(
        await read(
          rawZip([
            { name: 'test.trace', data: runner(error) },
            { name: '0-trace.trace', data: library },
            { name: '0-trace.network', data: '' }
          ])
        )
      )
      expect(record.outcome).toBe(error ? 'fail' : 'pass')
      expect(record.endReason).toBe(error ? 'expected 2, got 1' : null)
      expect(record.events.filter(({ kind }) => kind === 'tool-call')).toMatchObject([
        { name: 'page.goto', data: { url: 'a' } }
      ])
    }
  })

  it('references without end and broken lines do no harm', async () => {
    // Every page names the whole of the one before twice.
    const bomb = Array.from({ length: 60 }, (_, i) =>
      pageOf(
        `after@call@${i}`,
        i === 0
          ? ['P', {}, 'x'.repeat(1000)]
          : ['P', {}, [[1, i === 1 ? 1 : 0]], [[1, i === 1 ? 1 : 0]]]
      )
    )
    const found = await read(
      rawZip([
        {
          name: 'trace.trace',
          data: `${lines(
            ...bomb,
            { type: 'before', callId: 'call@59', startTime: 1, apiName: 'a', params: {} },
            { type: 'after', callId: 'call@59', endTime: 2, afterSnapshot: 'after@call@59' }
          )}\n{"type": "before", "callId`
        },
        { name: 'resources/x', data: 'x' }
      ])
    )
    const [record] = recordsOf(found)
    expect(record.warnings).toHaveLength(1)
    const size = record.events
      .flatMap(({ attachments = [] }) => attachments)
      .reduce((sum, { bytes }) => sum + bytes.length, 0)
    expect(size).toBeLessThan(4 * 2 ** 20)
  })
})
