// Files that are cut off, broken or hostile: what is whole is kept, everything else has a plain reason.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../api/dto/common.ts'
import { AppError } from '../../../api/errors.ts'
import { rawZip } from '../../files/testing/raw-zip.ts'
import { closeCut } from './close-cut.ts'
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

const conversation = (turns: number): JsonValue => ({
  id: 'c',
  reward: 1,
  messages: Array.from({ length: turns }, (_, i) =>
    i % 2 === 0
      ? { role: 'user', content: `question ${i} with "quotes", {brackets] and \\ slashes` }
      : { role: 'assistant', content: `answer ${i}` }
  )
})

describe('cut-off files', () => {
  it.each([
    ['one object', 0],
    ['one object over many lines', 1],
    ['lines', 0],
    ['a list', 0],
    ['a packed object', 0]
  ])('%s: the events that are there are kept, with a warning', async (form, indent) => {
    const whole = JSON.stringify(conversation(11), null, indent)
    const [before, name] =
      form === 'lines'
        ? [`${whole}\n`, 'log']
        : form === 'a list'
          ? [`[${whole},`, 'log']
          : ['', 'log']
    const cut = before + whole.slice(0, whole.indexOf('answer 7') + 3)
    const packed = gzipSync(Buffer.from(whole + ' '.repeat(10)), { level: 0 })
    const found =
      form === 'a packed object'
        ? await read(packed.subarray(0, packed.indexOf('answer 7') + 3), 'log.json.gz')
        : await read(cut, name)
    const records = found.flatMap((each) => ('record' in each ? [each.record] : []))
    const last = records[records.length - 1]
    expect(records).toHaveLength(before === '' ? 1 : 2)
    expect(last.events.map(({ text }) => text)).toEqual(
      Array.from({ length: 7 }, (_, i) =>
        i % 2 === 0 ? `question ${i} with "quotes", {brackets] and \\ slashes` : `answer ${i}`
      )
    )
    // The reward stands before the messages here; where it comes after them it is lost.
    expect(last).toMatchObject({
      outcome: 'pass',
      warnings: ['This trace is cut off at step 3 (the file ends early).']
    })
  })

  it('texts are closed where something whole ends, at any place', () => {
    const text = JSON.stringify({ a: 1, list: [{ x: [1, 2, { y: 'z"]' }] }, 'b'], c: null })
    for (let end = 0; end < text.length; end++) {
      const closed = closeCut(text.slice(0, end))
      if (closed !== undefined) expect(() => void JSON.parse(closed)).not.toThrow()
    }
    expect(closeCut('{"a": [1, 2], "b": [{"c": 1, "d": 2}, {"c": 3, "d"')).toBe(
      '{"a": [1, 2], "b": [{"c": 1, "d": 2}]}'
    )
    expect(closeCut('{"a": 1]')).toBeUndefined()
    expect(closeCut('{"a"')).toBeUndefined()
    expect(closeCut('')).toBeUndefined()
  })

  it('a broken first line does not take the others with it', async () => {
    const good = JSON.stringify(conversation(2))
    const found = await read(`{"messages": [{"ro\n${good}\n${good}\n`)
    expect(found.map((each) => ('problem' in each ? each.problem : each.record.id))).toEqual([
      'It is not valid JSON.',
      'c',
      'c (2)'
    ])
  })
})

describe('repeats', () => {
  it('ids and attempts of a file are different', async () => {
    const attempt = (id: string, trial?: number): JsonValue => ({
      id,
      task_id: 't',
      ...(trial === undefined ? {} : { trial }),
      messages: [{ role: 'user', content: 'x' }]
    })
    const found = await read(
      [attempt('a', 1), attempt('a'), attempt('a (2)'), attempt('a', 1), attempt('b')]
        .map((each) => JSON.stringify(each))
        .join('\n')
    )
    expect(
      found.flatMap((each) => ('record' in each ? [[each.record.id, each.record.trial]] : []))
    ).toEqual([
      ['a', 1],
      ['a (2)', 0],
      ['a (2) (2)', 2],
      ['a (3)', 3],
      ['b', 4]
    ])
  })

  it('of two equal keys the last one counts', async () => {
    const [only] = await read(
      '{"messages": [], "messages": [{"role": "user", "content": "a", "content": "b"}]}'
    )
    expect('record' in only && only.record.events[0].text).toBe('b')
  })
})

describe('hostile files', () => {
  it.each([
    ['lists', '['],
    ['objects', '{"messages":'],
    ['arguments', '{"a":']
  ])('a hundred thousand levels of %s', async (form, open) => {
    const deep = open.repeat(100_000) + '1' + (open === '[' ? ']' : '}').repeat(100_000)
    const text =
      form === 'arguments'
        ? JSON.stringify({
            messages: [
              { role: 'user', content: 'x' },
              {
                role: 'assistant',
                tool_calls: [{ id: 'a', function: { name: 'f', arguments: deep } }]
              }
            ]
          })
        : deep
    if (form === 'arguments') {
      const [only] = await read(text)
      expect('record' in only && only.record.warnings).toEqual([
        'The arguments of a call of f are not valid JSON.'
      ])
    } else await expect(read(text)).rejects.toMatchObject({ code: 'file-not-recognised' })
  })

  it('a zip that unpacks to thousands of times its size', async () => {
    const zeros = Buffer.alloc(16 * 2 ** 20, 0x20)
    for (const method of [8, 93] as const) {
      const bytes = rawZip([{ name: 'samples/a_epoch_1.json', data: zeros, method }])
      await expect(read(bytes)).rejects.toMatchObject({ code: 'archive-unsafe' })
      await expect(
        read(rawZip([{ name: 'trace.trace', data: zeros, method }, { name: 'trace.network' }]))
      ).rejects.toMatchObject({ code: 'archive-unsafe' })
    }
    await expect(read(gzipSync(zeros), 'log.json.gz')).rejects.toMatchObject({
      code: 'archive-unsafe'
    })
  })

  it('damaged entries are named and the others read', async () => {
    const good = JSON.stringify(conversation(2))
    const found = await read(
      rawZip([
        { name: 'a.json', data: good, method: 93, claimedCrc: 1 },
        { name: 'b.json', data: good },
        { name: 'c.json', data: '{"messages": [' },
        { name: '__MACOSX/._b.json', data: 'x' },
        { name: 'picture.png', data: 'x' }
      ])
    )
    expect(found.filter((each) => 'record' in each).length).toBeGreaterThanOrEqual(1)
    expect(found.flatMap((each) => ('problem' in each ? [each.where] : []))).toEqual([
      'a.json',
      'c.json, Line 1'
    ])
  })

  it.each([
    ['nothing', ''],
    ['white space', ' \n\n'],
    ['no JSON', 'hello\nworld\n'],
    ['zeros', '\0'.repeat(5000)],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x0a])],
    ['other JSON', '{"a": 1}\n{"a": 2}\n'],
    ['an empty list', '[]'],
    ['numbers', '[1, 2, 3]'],
    ['an empty archive', rawZip([])],
    ['half an archive', rawZip([{ name: 'a.json', data: '{}' }]).subarray(0, 30)]
  ])('%s is refused in a sentence', async (_what, bytes) => {
    const error = await read(bytes).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ message: expect.stringMatching(/[.]$/) as unknown })
  })

  it('NUL characters, lone surrogates and names of every object come through', async () => {
    const text =
      '{"messages": [{"role": "user", "content": "a\\u0000b\\ud800", "__proto__": {"x": 1}, "constructor": 5}], "__proto__": {"messages": 7}, "hasOwnProperty": 1}'
    const [only] = await read(text)
    expect('record' in only && only.record.events[0].text).toBe('a\0b\ud800')
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })
})
