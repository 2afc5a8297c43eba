// Every verb of the contract against a whole app with its threads and a real project: any parameters,
// near-valid ones most of all. Every call is answered with its form or refused with a code; the project
// stays sound, and opens again.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { createPortPair } from '../../src-main/api/port-pair.ts'
import { contract } from '../../src-main/api/contract.ts'
import { AppError } from '../../src-main/api/errors.ts'
import { createClient, serve, type Client } from '../../src-main/api/rpc.ts'
import { createApp, type App } from '../../src-main/core/app/create-app.ts'
import type { Random } from '../../src-main/core/compute/random.ts'
import { pngOf, writeTree } from '../../src-main/core/datasets/testing/fixtures.ts'
import { smallRows } from '../../src-main/core/datasets/testing/record-fixtures.ts'
import { commandLinePlatform } from '../../src-main/hosts/node/node-platform.ts'
import { anyValue, changeValue, oddText, once, oneOf, type Value } from '../mutate.ts'
import { valueOf, type Known } from '../schema-values.ts'
import { Broken, requirePlain, type FuzzTarget } from '../target.ts'

type Name = keyof typeof contract
const names = Object.keys(contract) as Name[]
const schemas = new Map<Name, unknown>(
  names.map((name) => [
    name,
    z.toJSONSchema(contract[name].input, { unrepresentable: 'any', io: 'input' })
  ])
)
/** Verbs that change what everyone else works with; called, but not at every turn. */
const rare = new Set<Name>([
  ...(['projects.close', 'projects.create', 'projects.openSample', 'projects.open'] as const),
  ...(['datasets.remove', 'traces.remove', 'projects.backup', 'app.setSettings'] as const),
  ...(['runner.start', 'runner.toFile', 'app.computer', 'distil.addHelper'] as const)
])
/** Calls after which everything that runs is ended and the project looked at. */
const round = 150
/** Longest that a call may take to be answered; jobs and other calls work meanwhile. */
const callMs = 45_000

/** The whole app. */
export const contractTarget: FuzzTarget = {
  name: 'contract',
  about: 'Every verb with arbitrary and near-valid parameters against a real app in a project',
  limitMs: 2 * callMs,
  shortCases: 160,
  async open(folder) {
    process.env['WINNOW_HOME'] = join(folder, 'home')
    const files = join(folder, 'files')
    await mkdir(files, { recursive: true })
    const bugs: unknown[] = []
    const start = async (): Promise<{ app: App; client: Client }> => {
      const app = await createApp(await commandLinePlatform())
      const [server, page] = createPortPair()
      serve(server, app.handlers, {
        checkOutputs: true,
        onError: (error, _id, name) => void bugs.push({ name, error }),
        newLogId: app.newLogId
      })
      return { app, client: createClient(page) }
    }
    let { app, client } = await start()

    const known = {
      dataset: [] as string[],
      run: [] as string[],
      job: [] as string[],
      set: [] as string[],
      trace: [] as number[],
      queue: [] as string[],
      review: [] as Value[],
      recipe: [] as string[],
      draft: [] as string[],
      grant: [] as string[]
    }
    const grant = async (name: string): Promise<string> =>
      (await app.grantPath(join(folder, name))).id

    async function newProject(name: string): Promise<void> {
      await client.call('projects.create', { name, place: await grant('files') })
    }

    await writeSources(files)
    await newProject('Fuzz')
    let project = join(files, 'Fuzz.winnow')
    const options = {}
    for (const name of ['table.csv', 'pictures', 'chats.jsonl']) {
      const { job } = await client.call('datasets.import', {
        ...{ grant: await grant(`files/${name}`), name, options }
      })
      await jobEnds(client, job)
    }
    const traces = await client.call('traces.import', {
      grants: [await grant('files/traces.json.gz')],
      name: 'Traces',
      options: { hideSecrets: true, mapping: null },
      addTo: null
    })
    await jobEnds(client, traces.job)

    /** What is there now, for parameters that name something. */
    async function look(): Promise<void> {
      known.grant = await Promise.all(
        ['files', 'files/table.csv', 'files/pictures', 'files/chats.jsonl', 'files/list.txt'].map(
          grant
        )
      )
      const current = await client.call('projects.current', {})
      if (current.project === null) return
      const { datasets } = await client.call('datasets.list', {})
      known.dataset = datasets.map(({ id }) => id)
      const { jobs } = await client.call('jobs.list', {})
      known.job = jobs.map(({ id }) => id)
      known.run = (await client.call('runs.list', {})).runs.map(({ job }) => job.id)
      const { sets } = await client.call('traces.sets', {})
      known.set = sets.map(({ set }) => set)
      known.queue = (await client.call('reviews.queues', {})).queues.map(({ queue }) => queue)
      known.recipe = (await client.call('recipes.list', {})).recipes.map(({ id }) => id)
      known.draft = (await client.call('drafts.list', {})).drafts.map(({ id }) => id)
      known.trace = Array.from({ length: 6 }, (_, i) => i + 1)
      known.review = [1, 2, 3]
    }

    const lists: Readonly<Record<string, readonly (keyof typeof known)[]>> = {
      ...{
        dataset: ['dataset'],
        run: ['run'],
        first: ['run'],
        second: ['run'],
        set: ['set', 'dataset']
      },
      ...{
        trace: ['trace'],
        left: ['trace'],
        right: ['trace'],
        queue: ['queue'],
        review: ['review']
      },
      ...{
        recipe: ['recipe'],
        grant: ['grant'],
        grants: ['grant'],
        place: ['grant'],
        to: ['grant']
      },
      ...{ parent: ['grant'], job: ['job', 'run'], export: ['job'], addTo: ['dataset', 'set'] },
      ...{ id: ['job', 'run', 'recipe', 'draft'], runs: ['run'], matrix: ['dataset'] }
    }
    const pick: Known = (field, random) => {
      const from = lists[field]
      if (from === undefined) return undefined
      const list = known[oneOf(random, from)]
      if (list.length === 0) return undefined
      const value = oneOf(random, list) as Value
      return field === 'grants' || field === 'runs' ? [value] : value
    }

    /** Ends everything that runs and looks at the project. */
    async function settle(random: Random): Promise<void> {
      const current = await client.call('projects.current', {})
      if (current.project !== null) {
        const { jobs } = await client.call('jobs.list', {})
        for (const { id, finishedAt } of jobs)
          if (finishedAt === null)
            await client.call('jobs.cancel', { id, keep: false }).catch(() => undefined)
        for (const { id, finishedAt } of jobs) if (finishedAt === null) await jobEnds(client, id)
        await requireSound(client)
      }
      if (once(random, 3)) {
        // A whole new start, as after closing the app.
        client.close()
        await app.dispose()
        ;({ app, client } = await start())
      } else await client.call('projects.close', {})
      if (once(random, 6)) {
        project = join(files, `Fuzz-${random.uint32()}.winnow`)
        await newProject(project.slice(files.length + 1, -'.winnow'.length))
        const { job } = await client.call('datasets.import', {
          ...{ grant: await grant('files/table.csv'), name: 'table', options }
        })
        await jobEnds(client, job)
      } else await client.call('projects.open', { grant: (await app.grantPath(project)).id })
      await requireSound(client)
      await look()
    }

    await look()
    let count = 0
    return {
      async run(random) {
        if (++count % round === 0) await settle(random)
        let name = oneOf(random, names)
        if (rare.has(name) && !once(random, 15)) name = oneOf(random, names)
        if (rare.has(name) && !once(random, 5)) return 'rare'
        const input = parameters(random, name, pick)
        const outcome = await called(client, name, input)
        if (name === 'projects.close' || name.startsWith('projects.')) {
          const { project: open } = await client.call('projects.current', {})
          if (open === null)
            await client.call('projects.open', { grant: (await app.grantPath(project)).id })
          await look()
        } else if (outcome === 'done' && once(random, 8)) await look()
        const bug = bugs.splice(0)[0] as { name: string; error: unknown } | undefined
        if (bug !== undefined)
          throw new Broken(`a bug in ${bug.name}: ${String(bug.error)}`, {
            cause: bug.error,
            input: JSON.stringify({ name, input })
          })
        return `${name.split('.')[0]} ${outcome}`
      },
      async close() {
        client.close()
        await app.dispose()
        await rm(folder, { recursive: true, force: true })
      }
    }
  }
}

function parameters(random: Random, name: Name, pick: Known): unknown {
  if (once(random, 12)) return anyValue(random)
  const made = valueOf(random, schemas.get(name), pick)
  // Bytes and row numbers travel as typed arrays, which a schema of JSON cannot say.
  if (typeof made === 'object' && made !== null && !Array.isArray(made)) {
    const change: Record<string, unknown> = { ...made }
    if (name === 'files.dropChunk') change['bytes'] = new Uint8Array(random.below(50))
    if (name === 'datasets.keepSet')
      change['rows'] = Uint32Array.from({ length: random.below(6) }, () =>
        once(random, 4) ? random.uint32() : random.below(20)
      )
    // Measuring every device takes minutes of the whole machine; it has tests of its own.
    if (name === 'app.computer') change['calibrate'] = false
    // No browser is started and no address asked: the checks before that are what is called.
    if (name.startsWith('runner.')) change['tasks'] = [oddText(random)]
    return once(random, 3) ? { ...change, [oddText(random)]: anyValue(random) } : change
  }
  return once(random, 2) ? changeValue(random, made) : made
}

async function called(client: Client, name: Name, input: unknown): Promise<string> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(
      () => fail(new Broken(`${name} was not answered`, { input: JSON.stringify(input) })),
      callMs
    )
  })
  try {
    await Promise.race([asked(client, name, input), late])
    return 'done'
  } catch (error) {
    if (error instanceof Broken) throw error
    const shown = JSON.stringify({ name, input })?.slice(0, 20_000)
    if (!(error instanceof AppError))
      throw new Broken(`${name}: no named error: ${String(error)}`, { cause: error, input: shown })
    requirePlain(error.message, `${name}, ${error.code}`, error)
    // "internal" is looked at by the caller, who has the error itself.
    return error.code
  } finally {
    clearTimeout(timer)
  }
}

function asked(client: Client, name: Name, input: unknown): Promise<unknown> {
  if (contract[name].kind === 'call')
    return client.call(name as 'jobs.get', input as { id: string })
  return new Promise<void>((settle, fail) => {
    const stop = client.stream(
      name as 'projects.watch',
      input as Record<string, never>,
      () => end(),
      (error) => (error === undefined ? settle() : fail(error))
    )
    const timer = setTimeout(() => end(), 50)
    function end(): void {
      clearTimeout(timer)
      stop()
      settle()
    }
  })
}

async function jobEnds(client: Client, id: string): Promise<void> {
  for (let i = 0; i < 6000; i++) {
    const job = await client.call('jobs.get', { id }).catch(() => undefined)
    if (job === undefined || job.finishedAt !== null || job.state === 'paused') return
    await new Promise((settle) => setTimeout(settle, 10))
  }
  throw new Broken(`the job ${id} does not end`)
}

async function requireSound(client: Client): Promise<void> {
  const { ok, findings } = await client.call('projects.check', {})
  if (!ok) throw new Broken(`the project is not sound: ${findings.join(' ')}`)
}

async function writeSources(files: string): Promise<void> {
  const rows = smallRows(40)
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const lines = rows.map(({ text, label, n }) => `${quoted(text)},${quoted(label)},${n}`)
  await writeTree(files, {
    'table.csv': ['text,label,n', ...lines].join('\n'),
    'list.txt': 'row 1\nrow 2\n',
    'chats.jsonl': rows
      .slice(0, 12)
      .map(({ text }) =>
        JSON.stringify({
          messages: [
            { role: 'user', content: text },
            { role: 'assistant', content: 'ok' }
          ]
        })
      )
      .join('\n')
  })
  for (let i = 0; i < 12; i++)
    await writeTree(files, {
      [`pictures/${i % 2 === 0 ? 'cat' : 'dog'}/${i}.png`]: await pngOf(i * 9)
    })
  const excerpt = new URL(
    '../../src-main/core/traces/fixtures/tau-bench/airline-excerpt.json.gz',
    import.meta.url
  )
  await writeFile(join(files, 'traces.json.gz'), await readFile(fileURLToPath(excerpt)))
}
