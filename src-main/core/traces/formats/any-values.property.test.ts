// Values that look like logs and hold anything: every format reads them or gives a reason.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../api/dto/common.ts'
import { AppError } from '../../../api/errors.ts'
import { describeFields } from '../mapping/describe-fields.ts'
import { mappedFormat } from '../mapping/mapped-format.ts'
import { proposeMapping } from '../mapping/propose-mapping.ts'
import { deriveTrace, plainRules } from '../model/derive-steps.ts'
import { hideSecrets } from '../secrets/hide-secrets.ts'
import { allOf } from '../traces.test-support.ts'
import { readTraces, readValues, traceFormats } from './registry.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'traces-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Values that look like logs at first sight, with anything in their fields. */
const names = [
  ...[
    'messages',
    'role',
    'content',
    'tool_calls',
    'function',
    'name',
    'arguments',
    'traj',
    'info',
    'task_id'
  ],
  ...[
    'history',
    'mistake_step',
    'source',
    'action',
    'observation',
    'trajectory',
    'eval',
    'version',
    'samples'
  ],
  ...[
    'id',
    'epoch',
    'events',
    'scores',
    'schema_version',
    'steps',
    'resourceSpans',
    'traceId',
    'spanId'
  ],
  ...[
    'attributes',
    'run_type',
    'trace_id',
    'inputs',
    'outputs',
    'observations',
    'type',
    'startTime'
  ],
  ...[
    'taskName',
    'utterance',
    'states',
    'dom',
    'obs',
    'step',
    'conversations',
    'from',
    'value',
    'model_usage'
  ],
  ...[
    'reward',
    'metadata',
    'usage',
    'attachments',
    'input',
    'output',
    'args',
    'extras',
    'children',
    'test_result'
  ]
]
const words = [
  'user',
  'assistant',
  'tool',
  'GENERATION',
  'TOOL',
  'llm',
  'ATIF-v1.4',
  'human',
  'model',
  'click',
  '{"a":'
]
const anyLog = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'log' },
    fc.oneof(
      fc.constantFrom<JsonValue>(null, true, 0, -1, 1.5, 2 ** 53, ...words),
      fc.string({ maxLength: 5 })
    ),
    fc.array(tie('value'), { maxLength: 3, depthIdentifier: 'log' }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 7, depthIdentifier: 'log' })
  )
})).value

describe('wrong types anywhere', () => {
  it('no format fails: it reads a value or gives a reason', () => {
    fc.assert(
      fc.property(anyLog, (value) => {
        for (const format of traceFormats) {
          if (!format.recognises(value)) continue
          const found =
            'start' in format ? collected(format, value) : format.read(value, { number: 0 })
          if (typeof found === 'string') continue
          for (const record of found) {
            deriveTrace(record, plainRules)
            hideSecrets(record)
          }
        }
      }),
      { numRuns: 150 }
    )
  })

  it('no format fails on a value it was not asked about', () => {
    fc.assert(
      fc.property(anyLog, (value) => {
        for (const format of traceFormats) {
          const found =
            'start' in format ? collected(format, value) : format.read(value, { number: 0 })
          expect(typeof found === 'string' || Array.isArray(found)).toBe(true)
        }
      }),
      { numRuns: 100 }
    )
  })

  it('fields are described, and a proposed mapping reads or gives reasons', () => {
    fc.assert(
      fc.property(fc.array(anyLog, { maxLength: 4 }), (values) => {
        const mapping = proposeMapping(describeFields(values))
        if (mapping === null) return
        const format = mappedFormat(mapping)
        for (const value of values)
          if ('start' in format) collected(format, value)
          else format.read(value, { number: 0 })
      }),
      { numRuns: 60 }
    )
  })

  it('files of them are read to their end', async () => {
    const path = join(folder, 'any.jsonl')
    await fc.assert(
      fc.asyncProperty(fc.array(anyLog, { minLength: 1, maxLength: 4 }), async (values) => {
        await writeFile(path, values.map((value) => JSON.stringify(value)).join('\n'))
        try {
          await allOf(readTraces(path))
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
        await allOf(readValues(path))
      }),
      { numRuns: 25 }
    )
  })
})

function collected(
  format: Extract<(typeof traceFormats)[number], { start: unknown }>,
  value: JsonValue
): ReturnType<ReturnType<typeof format.start>['end']> {
  const collector = format.start()
  collector.add(value)
  return collector.end()
}
