// `winnow traces run` through the whole app: pages played into a project and into a file, and refusals that
// come before anything is started.
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../../core/app/create-app.ts'
import { readTraces } from '../../../core/traces/formats/registry.ts'
import type { TraceRecord } from '../../../core/traces/model/trace.ts'
import { testBrowser } from '../../../core/traces/runner/pages.test-support.ts'
import { commandLinePlatform } from '../node-platform.ts'
import { createOutput } from './output.ts'
import { openSession, type Session } from './session.ts'
import { seedsOf, tracesRunCommand } from './traces-run-command.ts'

let folder = ''
let session: Session
let said = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-run-'))
  said = ''
  const platform = await commandLinePlatform()
  const home = { ...platform.paths, data: join(folder, 'data'), temp: join(folder, 'temp') }
  const app = await createApp({
    ...platform,
    paths: home,
    ...(testBrowser && { pageBrowser: testBrowser })
  })
  session = openSession(app, createOutput(true, { write: (text: string) => (said += text) }))
})
afterEach(async () => {
  await session.close()
  await rm(folder, { recursive: true, force: true })
})

const run = (line: string): Promise<number> => tracesRunCommand(session, line.split(' '))
const lastLine = (): unknown => JSON.parse(said.trim().split('\n').at(-1) ?? '')

describe('seeds', () => {
  it('are ranges and lists, each once', () => {
    expect(seedsOf('1000-1002')).toEqual([1000, 1001, 1002])
    expect(seedsOf('3, 1,3')).toEqual([3, 1])
    for (const text of ['', 'x', '5-1', '1-99999', '-3', '1.5'])
      expect(() => seedsOf(text)).toThrow()
  })
})

describe.skipIf(testBrowser === undefined)('refusals', () => {
  it.each([
    ['--tasks tabs --out x.jsonl --into P', 'either a file'],
    ['--tasks tabs', 'either a file'],
    ['--out x.jsonl', '--tasks is missing. There are autocomplete'],
    ['--tasks tabs --policy clever --out x.jsonl', 'is no policy'],
    ['--tasks tabs --policy model --out x.jsonl', 'needs --address and --model'],
    ['--tasks tabs --policy noisy --slip 2 --out x.jsonl', 'a share from 0 to 1']
  ])('%s', async (line, message) => {
    await expect(run(line)).rejects.toThrow(message)
  })

  it('of the app leave no file', async () => {
    const out = join(folder, 'x.jsonl')
    await expect(run(`--tasks nothing --out ${out}`)).rejects.toThrow('There is no page “nothing”')
    await expect(run(`--pages ${folder} --tasks tabs --out ${out}`)).rejects.toThrow(
      'no pages that can be played'
    )
    await expect(
      run(`--tasks tabs --policy model --address http://example.com/v1 --model m --out ${out}`)
    ).rejects.toThrow('is not on this computer')
    expect(await readdir(folder)).not.toContain('x.jsonl')
  })

  it('of the disk come after the browser, and end it', async () => {
    // A folder of that name is there: the file cannot take its place.
    const out = join(folder, 'x.jsonl')
    await mkdir(join(out, 'in it'), { recursive: true })
    await expect(run(`--tasks choice --seeds 1 --out ${out}`)).rejects.toThrow()
    expect(await readdir(folder)).toEqual(
      expect.not.arrayContaining([expect.stringContaining('.winnow-part-')])
    )
  })
})

describe.skipIf(testBrowser === undefined)('playing pages (needs a browser)', () => {
  it('into a file that is read back as the attempts it holds', async () => {
    const out = join(folder, 'attempts.jsonl')
    const line = `--tasks login,tabs --seeds 1000-1001 --policy noisy --seed 4 --trials 3 --labels --out ${out}`
    expect(await run(line)).toBe(0)
    expect(lastLine()).toMatchObject({ file: out, completion: [{ trials: 1, of: 4 }, {}, {}] })
    const records: TraceRecord[] = []
    for await (const each of readTraces(out)) if ('record' in each) records.push(each.record)
    const lines = (await readFile(out, 'utf8')).trim().split('\n')
    expect(records).toHaveLength(lines.length)
    expect(records.every(({ events }) => events.some(({ kind }) => kind === 'observation'))).toBe(
      true
    )
    // A failure that taught something is followed by an attempt that obeys it.
    const roles = records.map(({ events }) =>
      events.flatMap(({ name, data }) =>
        name === 'correction' && typeof data === 'object' && data !== null && 'role' in data
          ? [data.role]
          : []
      )
    )
    expect(roles.flat()).toContain('gives')
    records.forEach((record, i) => {
      if (roles[i].includes('gives') && records[i + 1]?.task.key === record.task.key)
        expect(roles[i + 1]).toContain('obeys')
    })
    expect(records.filter(({ outcome }) => outcome === 'pass')).not.toHaveLength(0)
  }, 120_000)

  it('into a project: the set is whole, with pictures, and says what reflection changed', async () => {
    const { client } = session
    const place = await session.grant(folder)
    await client.call('projects.create', { name: 'Played', place })
    const base = {
      pages: { kind: 'own' as const },
      tasks: ['choice'],
      seeds: [1000, 1001],
      policy: { kind: 'noisy' as const, slip: 1, seed: 3, corrector: 1 }
    }
    const plain = { steps: 20, perScreen: 10, trialSeconds: 60, labels: false, settleMs: 0 }
    const request = {
      ...base,
      ...plain,
      trials: 2,
      reflects: true,
      pictures: true,
      name: 'Choices'
    }
    const { job, set } = await client.call('runner.start', request)
    await session.finish(job)
    const { trials, total } = await client.call('runner.trials', { job, from: 0 })
    expect(trials).toHaveLength(total)
    expect(new Set(trials.map(({ seed }) => seed))).toEqual(new Set([1000, 1001]))
    const { sets } = await client.call('traces.sets', {})
    expect(sets).toMatchObject([{ set, name: 'Choices', traces: total, tasks: 2 }])
    await expect(client.call('runner.start', request)).rejects.toThrow('already there')
  }, 120_000)

  it('a stop gives everything up, and nothing is left to be seen', async () => {
    const { client } = session
    await client.call('projects.create', { name: 'Stopped', place: await session.grant(folder) })
    const { job } = await client.call('runner.start', {
      pages: { kind: 'own' },
      tasks: ['tabs'],
      seeds: Array.from({ length: 500 }, (_, i) => i),
      policy: { kind: 'random', seed: 0 },
      ...{ trials: 20, steps: 20, perScreen: 10, trialSeconds: 60, settleMs: 0 },
      ...{ reflects: false, labels: false, pictures: false, name: 'Long' }
    })
    const seen = async (): Promise<number> =>
      (await client.call('runner.trials', { job, from: 0 })).total
    await expect.poll(seen, { timeout: 60_000 }).toBeGreaterThan(0)
    await client.call('jobs.cancel', { id: job, keep: false })
    await expect(session.finish(job)).rejects.toMatchObject({ code: 'cancelled' })
    expect((await client.call('traces.sets', {})).sets).toEqual([])
  }, 120_000)
})
