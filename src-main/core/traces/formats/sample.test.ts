// The bundled sample of agent traces: what the sample project shows of it.
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { sampleTraces } from '../../datasets/samples.ts'
import { hideSecrets } from '../secrets/hide-secrets.ts'
import { allOf } from '../traces.test-support.ts'
import { readTraces } from './registry.ts'

const resources = resolve(import.meta.dirname, '..', '..', '..', '..', 'resources')

it('holds 40 attempts at 10 tasks, of which 7 were both solved and failed', async () => {
  const found = await allOf(readTraces(resolve(resources, sampleTraces.file)))
  const records = found.flatMap((each) => ('record' in each ? [each.record] : []))
  expect(found).toHaveLength(40)
  expect(records).toHaveLength(40)
  const tasks = [...Map.groupBy(records, ({ task }) => task.key).values()]
  expect(tasks.map((attempts) => attempts.length)).toEqual(Array.from({ length: 10 }, () => 4))
  const passed = tasks.map((own) => own.filter(({ outcome }) => outcome === 'pass').length)
  expect(passed.filter((count) => count > 0 && count < 4)).toHaveLength(7)
  expect(passed.reduce((sum, count) => sum + count, 0)).toBe(19)
  expect(records.every(({ gold, warnings }) => gold !== null && warnings.length === 0)).toBe(true)
})

it('shows no mail addresses once secrets are hidden, and keeps bookings', async () => {
  const found = await allOf(readTraces(resolve(resources, sampleTraces.file)))
  const shown = found.flatMap((each) => ('record' in each ? [hideSecrets(each.record)] : []))
  const text = JSON.stringify(shown.map(({ record }) => record))
  expect(text).not.toMatch(/[a-z0-9]@example\.com/)
  expect(text).toContain('reservation_id')
  expect(new Set(shown.flatMap(({ counts }) => counts.map(({ kind }) => kind)))).toEqual(
    new Set(['e-mail address'])
  )
})
