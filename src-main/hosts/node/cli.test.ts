// The command line as people and scripts use it: real processes, one project for the whole file.
// Every process dies at once if it opens a port or a connection (security rule L12).
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../core/compute/random.ts'
import { writeIdxPair } from '../../core/datasets/write-idx.ts'

const entry = join(import.meta.dirname, 'cli.ts')
const noPorts = pathToFileURL(join(import.meta.dirname, 'no-ports.test-support.ts')).href

type Value = Record<string, unknown>
interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
  /** The objects of --json, one per line. */
  readonly objects: readonly Value[]
  /** The last of them. */
  readonly result: Value
}

let folder = ''
/** Commands that ran under the guard, and what the guard saw. */
const guarded = new Set<string>()
const network: string[] = []
const at = (name: string): string => join(folder, name)

/** Runs the command line; `onLine` sees its output lines and may kill it. */
function winnow(
  args: readonly string[],
  onLine: (line: string, kill: (signal: NodeJS.Signals) => void) => void = () => undefined
): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', noPorts, entry, ...args], {
    cwd: folder,
    env: {
      ...process.env,
      WINNOW_HOME: at('home'),
      // Serving needs no built page then.
      ELECTRON_RENDERER_URL: 'http://127.0.0.1:9',
      // Every process reads the same sources; compiling them once halves the time of this file.
      NODE_COMPILE_CACHE: at('compiled')
    },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let stdout = ''
  let stderr = ''
  let seen = 0
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()))
  child.stdout.on('data', (bytes: Buffer) => {
    stdout += bytes.toString()
    const lines = stdout.split('\n').slice(0, -1)
    for (const line of lines.slice(seen)) onLine(line, (signal) => void child.kill(signal))
    seen = lines.length
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => {
      guarded.add(args[0] ?? '')
      if (stderr.includes('NETWORK:') || status === 99) network.push(args.join(' '))
      const objects = args.includes('--json')
        ? stdout
            .split('\n')
            .filter((line) => line !== '' && status !== null)
            .map((line) => JSON.parse(line) as Value)
        : []
      resolve({ status, stdout, stderr, objects, result: objects.at(-1) ?? {} })
    })
  })
}

/** Several at once, for commands that end before they open the project. */
function each(commands: readonly string[]): Promise<Ended[]> {
  return Promise.all(commands.map((command) => winnow(command.split(' '))))
}

const keys = (value: unknown): string[] => Object.keys(value as Value).sort()
const errorCode = (ended: Ended): unknown => (ended.result['error'] as Value | undefined)?.['code']
const share = { mean: expect.any(Number) as number, sd: expect.any(Number) as number }

async function writeSources(): Promise<void> {
  const random = createRandom(1)
  const lines = Array.from({ length: 600 }, (_, row) => {
    const numbers = Array.from({ length: 4 }, (_, column) =>
      (random.normal() + (column === row % 3 ? 1.5 : 0)).toFixed(3)
    )
    return [...numbers, `group ${row % 3}`, row % 2 === 0 ? 'even' : 'odd'].join(',')
  })
  lines.splice(10, 0, '1,2,3,4,group 1,even,too,many,cells')
  await writeFile(at('numbers.csv'), `a,b,c,d,kind,topic\n${lines.join('\n')}\n`)
  const words = Array.from({ length: 30 }, (_, row) =>
    JSON.stringify({ body: `A short text about thing ${row}.`, about: row % 2 ? 'odd' : 'even' })
  )
  await writeFile(at('texts.jsonl'), words.join('\n'))
  const pixels = Uint8Array.from({ length: 40 * 784 }, () => random.below(256))
  const labels = Uint8Array.from({ length: 40 }, (_, row) => row % 4)
  await mkdir(at('pictures'))
  await writeIdxPair(at('pictures'), 'train', { count: 40, height: 28, width: 28, pixels }, labels)
  await mkdir(at('plain'))
}

/** Import and selection that most of the tests look at. */
let imported: Ended
let selected: Ended
const run = (): string => String(selected.result['run'])
const select = 'select --project P.winnow --dataset Numbers --method icons --json'.split(' ')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-cli-'))
  await writeSources()
  const made = await winnow(['new', 'P.winnow', '--json'])
  expect([made.status, made.stderr]).toEqual([0, ''])
  expect(made.result).toEqual({ project: 'P', place: expect.stringMatching(/P\.winnow$/) })
  imported = await winnow(
    'import numbers.csv --into P.winnow --name Numbers --map label=kind --test-fraction 0.25 --json'.split(
      ' '
    )
  )
  selected = await winnow([...select, '--budget', '20%', '--check', '--repeats', '3'])
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('what was typed', () => {
  it('help and mistakes: 0 for help, 3 with a plain sentence for everything else', async () => {
    const [help, one, nothing, unknown, flag, surplus] = await each([
      'help',
      'select --help',
      '--json',
      'chose --json',
      'methods --loud --json',
      'verify one two --json'
    ])
    expect([help?.status, one?.status]).toEqual([0, 0])
    for (const name of 'new import check methods features select distil export verify runs devices serve'.split(
      ' '
    ))
      expect(help?.stdout).toContain(`winnow ${name}`)
    expect(one?.stdout).toMatch(/^winnow select --project/)
    expect([nothing?.status, unknown?.status, flag?.status, surplus?.status]).toEqual([3, 3, 3, 3])
    expect(unknown?.result).toEqual({
      error: { code: 'invalid-input', message: '"chose" is not a command.', hint: null }
    })
    expect(flag?.stderr).toMatch(/^Unknown option '--loud'\.\nUsage: winnow methods\n$/)
    expect(surplus?.stderr).toContain('"two" is one word too many.')
  })

  it('values that cannot be meant are named before anything is opened', async () => {
    const wrong: [string, RegExp][] = [
      ['new', /Name the project folder/],
      ['import numbers.csv', /--into is missing/],
      ['import numbers.csv --into P.winnow --as movies', /--as must be one of images, table/],
      ['import numbers.csv --into P.winnow --map colour=kind', /--map wants role=COLUMN/],
      ['verify', /Name the exported folder/]
    ]
    const ended = await each(wrong.map(([command]) => command))
    ended.forEach(({ status, stderr, stdout }, index) => {
      expect(status, wrong[index]?.[0]).toBe(3)
      expect(stderr).toMatch(wrong[index]?.[1] ?? /never/)
      expect(stderr).not.toMatch(/^\s+at /m)
      expect(stdout).toBe('')
    })
  })
})

describe('data', () => {
  it('import: the fields scripts rely on, 2 because a row was skipped', () => {
    expect(imported.result).toEqual({
      dataset: 'Numbers',
      items: 600,
      skipped: 1,
      classes: 3,
      seconds: expect.any(Number)
    })
    expect(imported.status).toBe(2)
    const events = imported.objects.slice(0, -1)
    expect(events.every((value) => value['event'] === 'progress')).toBe(true)
  })

  it('import: an image and label pair, and JSON lines with mapped columns', async () => {
    const pictures = await winnow(
      'import pictures --into P.winnow --as images --name Pictures --examples --json'.split(' ')
    )
    expect([pictures.status, pictures.result['items'], pictures.result['classes']]).toEqual([
      0, 40, 4
    ])
    const texts = await winnow(
      'import texts.jsonl --into P.winnow --map text=body,label=about --json'.split(' ')
    )
    expect(texts.result).toMatchObject({ dataset: 'texts', items: 30, skipped: 0, classes: 2 })
  })

  it('import: what cannot be imported is refused with 3 and a code', async () => {
    const cases: [string, unknown][] = [
      ['import nothing.csv --into P.winnow --json', 'file-not-readable'],
      ['import numbers.csv --into plain --json', 'project-not-winnow'],
      [
        'import plain --into P.winnow --json',
        expect.stringMatching(/^(nothing-to-import|file-not-recognised)$/)
      ],
      ['import numbers.csv --into P.winnow --name Numbers --json', 'dataset-name-taken'],
      ['import numbers.csv --into P.winnow --map label=colour --json', 'column-not-found']
    ]
    for (const [command, code] of cases) {
      const ended = await winnow(command.split(' '))
      expect(errorCode(ended), command).toEqual(code)
      expect(ended.status, command).toBe(3)
    }
  })

  it('check: says that the project is sound and what is in it', async () => {
    const all = await winnow('check --project P.winnow --dataset Numbers --json'.split(' '))
    expect(all.status).toBe(2)
    expect(all.result).toMatchObject({
      ok: true,
      findings: [],
      datasets: [{ dataset: 'Numbers', items: 600, train: 450, test: 150, skipped: 1, classes: 3 }]
    })
    const missing = await winnow('check --project P.winnow --dataset Nothing'.split(' '))
    expect(missing.status).toBe(3)
    expect(missing.stderr).toContain('There is no dataset "Nothing". The project holds "')
  })

  it('features: names the dataset and the device, and is cached the second time', async () => {
    const command = 'features --project P.winnow --dataset Pictures --json'.split(' ')
    const first = await winnow(command)
    expect([first.status, keys(first.result)]).toEqual([
      0,
      ['dataset', 'device', 'notes', 'seconds']
    ])
    expect(first.result['dataset']).toBe('Pictures')
    expect((await winnow(command)).status).toBe(0)
  })

  it('--device: for one command, said in the result; an unknown one is refused', async () => {
    const command = 'features --project P.winnow --dataset texts --json --device wasm'.split(' ')
    const made = await winnow(command)
    expect(made.status).toBe(0)
    expect(made.result['device']).toMatch(/^processor \(WebAssembly SIMD\)/)
    const [pinned, unknown, none, twice] = await each([
      'devices --device=cpu --json',
      'devices --device quantum --json',
      'features --project P.winnow --device',
      'devices --device cpu --device wasm'
    ])
    expect(pinned?.result).toMatchObject({ active: 'cpu', pinned: 'cpu', fallback: null })
    expect([unknown?.status, none?.status, twice?.status]).toEqual([3, 3, 3])
    expect(unknown?.stderr).toMatch(/^"quantum" is not a device\. Known devices: auto, cuda \(/)
    expect(none?.stderr).toContain('--device wants the id of a device')
    expect(twice?.stderr).toContain('--device was given twice.')
  })

  it('traces: where failed attempts first went wrong, with the score against known steps', async () => {
    const file = join(
      import.meta.dirname,
      '../../core/traces/fixtures/tau-bench/airline-excerpt.json.gz'
    )
    const [found, corrected, wrong] = await Promise.all([
      winnow(['traces', 'suggest', file, '--json']),
      winnow(['traces', 'suggest', file, '--effect', 'book_reservation=read', '--json']),
      winnow(['traces', 'suggest', file, '--effect', 'book_reservation=harmless'])
    ])
    expect(found.status).toBe(0)
    expect(found.result).toMatchObject({ traces: 200, tasks: 50, mixedTasks: 26 })
    expect(found.result['score']).toMatchObject({ labelled: 56, suggestions: 55, prefixTree: 27 })
    const tools = corrected.result['tools'] as Value[]
    expect(tools.find(({ verb }) => verb === 'book_reservation')).toMatchObject({
      effect: 'read',
      isGuess: false
    })
    expect(wrong.status).toBe(3)
    expect(wrong.stderr).toMatch(/an effect is one of read, write/)
  }, 60_000)

  it('methods and devices: what there is to choose from', async () => {
    const [methods, devices] = await Promise.all([
      winnow(['methods', '--json']),
      winnow(['devices', '--json'])
    ])
    const ids = (methods.result['methods'] as Value[]).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(['icons', 'random', 'stratified-random']))
    const found = devices.result['devices'] as Value[]
    const wasm = found.find(({ id }) => id === 'wasm')
    expect(wasm).toMatchObject({ isAvailable: true, reason: null })
    expect(wasm?.['speed']).toMatchObject({
      gflops: expect.any(Number),
      gflopsOneCore: expect.any(Number),
      trainingSteps: null,
      cannotTrain: 'cannot train convolutional networks',
      measuredAt: expect.any(Number)
    })
    for (const name of 'active pinned fallback cores workers activity memoryBytes line'.split(' '))
      expect(devices.result).toHaveProperty(name)
    expect([methods.status, devices.status]).toEqual([0, 0])
  })
})

describe('select', () => {
  it('gives the fields scripts rely on, the check included', () => {
    expect([0, 2]).toContain(selected.status)
    const { result } = selected
    expect(keys(result)).toEqual(
      ['advice', 'asked', 'check', 'got', 'method', 'run', 'seconds', 'tieShare'].sort()
    )
    expect(result).toMatchObject({
      run: expect.stringMatching(/^[\w-]{8,}$/),
      method: 'icons',
      seconds: expect.any(Number)
    })
    expect(result['got']).toBe(result['asked'])
    expect(result['tieShare']).toBeGreaterThanOrEqual(0)
    expect(result['tieShare']).toBeLessThanOrEqual(1)
    const check = result['check'] as Value
    expect(keys(check)).toEqual(
      'all chosen difference differenceToStratified random stratified verdict'.split(' ')
    )
    for (const arm of ['chosen', 'random', 'stratified', 'all']) expect(check[arm]).toEqual(share)
    expect(keys(check['difference'])).toEqual(['high', 'low', 'mean'])
    expect(check['verdict']).toMatch(/random/)
    expect(selected.objects.find((value) => value['event'] === 'started')?.['run']).toBe(run())
  })

  it('--task-column makes one task per value; a count is kept exactly; words for people', async () => {
    const ended = await winnow([
      ...select.filter((word) => word !== '--json'),
      ...'--budget 40 --task-column topic'.split(' ')
    ])
    expect([0, 2]).toContain(ended.status)
    expect(ended.stdout).toMatch(/kept 40 of [\d,]+ \(asked for 40\)/)
    const label = await winnow([...select, '--budget', '40', '--task-column', 'kind'])
    expect([label.result['got'], label.result['check']]).toEqual([40, null])
  })

  it('--tasks takes a file of example sets', async () => {
    await writeFile(
      at('tasks.json'),
      JSON.stringify([
        { name: 'First', labels: ['group 0', 'group 1'] },
        { name: 'Second', dataset: 'Numbers', labels: ['group 1', 'group 2'], importance: 'high' }
      ])
    )
    const ended = await winnow([...select, '--budget', '10%', '--tasks', 'tasks.json', '--dry-run'])
    expect(keys(ended.result)).toEqual(['estimate', 'keep', 'messages'])
    await writeFile(at('wrong.json'), '[{"name": ""}]')
    await writeFile(at('broken.json'), '{')
    for (const [file, words] of [
      ['wrong.json', 'is not right'],
      ['broken.json', 'is not JSON'],
      ['none.json', 'could not be read']
    ] as const) {
      const refused = await winnow([...select, '--budget', '10%', '--tasks', file])
      expect([refused.status, refused.stderr.includes(words)], file).toEqual([3, true])
    }
  })

  it('what cannot be chosen is refused with 3', async () => {
    const wrong: [string, RegExp][] = [
      ['--budget lots', /--budget must be a number of items/],
      ['--budget 10% --task-column colour', /There is no column "colour".*"topic"/],
      [
        '--budget 10% --task-column topic --tasks tasks.json',
        /Use only one of --tasks and --task-column/
      ],
      ['--budget 10% --set combine', /--set wants NAME=VALUE/],
      ['--budget 10% --method magic', /no method with this name/]
    ]
    for (const [more, words] of wrong) {
      const ended = await winnow([...select, ...more.split(' ')])
      expect(ended.status, more).toBe(3)
      expect(ended.stderr, more).toMatch(words)
      expect(ended.result['error'], more).toBeDefined()
    }
  })
})

describe('export and verify', () => {
  it('export: the fields scripts rely on; a folder that is there is never written into', async () => {
    const command = ['export', run(), '--project', 'P.winnow', '--to', 'out', '--json']
    const ended = await winnow(command)
    expect(ended.status).toBe(0)
    expect(keys(ended.result)).toEqual(['bytes', 'dir', 'items', 'manifest'])
    expect(ended.result['items']).toBe(selected.result['got'])
    expect(ended.result['dir']).toBe(at('out'))
    expect(ended.result['manifest']).toBe(join(at('out'), 'manifest.json'))
    const files = await readdir(at('out'))
    expect(files).toEqual(
      expect.arrayContaining([
        'README.txt',
        'items.csv',
        'items.jsonl',
        'manifest.json',
        'report.html'
      ])
    )
    const rows = (await readFile(join(at('out'), 'items.jsonl'), 'utf8')).trim().split('\n')
    expect(rows).toHaveLength(Number(selected.result['got']))
    const again = await winnow(command)
    expect([again.status, errorCode(again)]).toEqual([3, 'destination-exists'])
    const renamed = await winnow([...command, '--conflict', 'new-name'])
    expect([renamed.status, renamed.result['dir'] === at('out')]).toEqual([0, false])
    const unknown = await winnow([
      'export',
      'nothing',
      '--project',
      'P.winnow',
      '--to',
      'x',
      '--json'
    ])
    expect([unknown.status, errorCode(unknown)]).toEqual([3, 'run-not-found'])
  })

  it('export: layouts, and a list that comes back as a selection of the same items', async () => {
    const drawn = await winnow([
      ...'select --project P.winnow --dataset Numbers --method repeated-random --json'.split(' '),
      ...['--budget', '5%', '--set', 'epochs=3']
    ])
    const made = await winnow([
      ...['export', String(drawn.result['run']), '--project', 'P.winnow', '--to', 'passes'],
      ...['--layout', 'epochs', '--layout', 'rows', '--layout', 'parquet', '--json']
    ])
    expect([made.status, made.stderr]).toEqual([0, ''])
    const rowsIn = (path: string): Promise<string> => readFile(at(`passes/${path}`), 'utf8')
    const rows = (await rowsIn('training/rows.txt')).trim().split('\n')
    expect((await rowsIn('epochs/epoch-001.txt')).trim().split('\n').sort()).toEqual(rows.sort())
    expect((await rowsIn('epochs/epochs.csv')).trim().split('\n')).toHaveLength(1 + 3 * rows.length)
    const wrong = await winnow(`export ${run()} --project P.winnow --to no --layout xml`.split(' '))
    expect([wrong.status, wrong.stderr]).toEqual([3, expect.stringContaining('--layout must be')])
    const given = await winnow([
      ...'select --project P.winnow --dataset Numbers --list passes/items.csv'.split(' '),
      ...['--keep-near-duplicates', '--json']
    ])
    expect(given.result).toMatchObject({ method: 'given-list', got: rows.length })
  })

  it('verify: 0 when all is as exported; 5, naming the files, when it is not', async () => {
    const sound = await winnow(['verify', 'out', '--json'])
    expect(sound.objects).toEqual([{ ok: true, missing: [], changed: [], extra: [] }])
    expect(sound.status).toBe(0)
    const csv = join(at('out'), 'items.csv')
    const text = await readFile(csv)
    text[text.length - 2] = (text.at(-2) ?? 0) ^ 1
    await writeFile(csv, text)
    await rm(join(at('out'), 'items.jsonl'))
    await writeFile(join(at('out'), 'more.txt'), 'x')
    const harmed = await winnow(['verify', 'out', '--json'])
    expect(harmed.result).toEqual({
      ok: false,
      missing: ['items.jsonl'],
      changed: ['items.csv'],
      extra: ['more.txt']
    })
    expect(harmed.status).toBe(5)
    const words = await winnow(['verify', 'out'])
    expect(words.stdout).toMatch(
      /missing: items\.jsonl\n.*changed: items\.csv\n.*extra: more\.txt/s
    )
    const none = await winnow(['verify', 'plain', '--json'])
    expect([none.status, errorCode(none)]).toEqual([3, 'not-an-export'])
  })

  it('the manifest holds the true SHA-256 of every file', async () => {
    const manifest = JSON.parse(await readFile(join(at('out'), 'manifest.json'), 'utf8')) as {
      files: { path: string; sha256: string }[]
    }
    const report = manifest.files.find(({ path }) => path === 'report.html')
    const bytes = await readFile(join(at('out'), 'report.html'))
    expect(report?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  })
})

/** State of a run in the project's list. */
async function listed(id: string): Promise<unknown> {
  const { result } = await winnow('runs list --project P.winnow --json'.split(' '))
  const found = (result['runs'] as { job: Value }[]).find(({ job }) => job['id'] === id)
  return found?.job['state']
}

describe('runs', () => {
  const onRun = (verb: string, id: string): Promise<Ended> =>
    winnow(['runs', verb, id, '--project', 'P.winnow', '--json'])

  /** Starts a long selection and sends it a signal in the middle. */
  async function disturbed(signal: NodeJS.Signals): Promise<{ ended: Ended; id: string }> {
    let id = ''
    let isSent = false
    const ended = await winnow(
      [...select, '--budget', '30%', '--check', '--repeats', '20', '--seed', '9'],
      (line, kill) => {
        const value = JSON.parse(line) as Value
        if (value['event'] === 'started') id = String(value['run'])
        if (value['event'] !== 'progress' || isSent || !String(value['phase']).startsWith('Test'))
          return
        isSent = true
        kill(signal)
      }
    )
    expect(isSent).toBe(true)
    return { ended, id }
  }

  it('list and show know a finished run', async () => {
    expect(await listed(run())).toMatch(/^finished/)
    const shown = await onRun('show', run())
    expect(shown.status).toBe(0)
    expect(shown.result).toMatchObject({
      run: run(),
      got: selected.result['got'],
      check: { verdict: (selected.result['check'] as Value)['verdict'] }
    })
    const resumed = await onRun('resume', run())
    expect([resumed.status, errorCode(resumed)]).toEqual([3, 'run-not-resumable'])
    const unknown = await onRun('show', 'nothing')
    expect([unknown.status, errorCode(unknown)]).toEqual([3, 'run-not-found'])
    expect((await onRun('explode', run())).status).toBe(3)
  })

  it('Ctrl+C cancels: exit code 4, and the run is listed as cancelled', async () => {
    const { ended, id } = await disturbed('SIGINT')
    expect([ended.status, errorCode(ended)]).toEqual([4, 'cancelled'])
    expect(await listed(id)).toBe('cancelled')
  })

  it('a killed command leaves an interrupted run; resume ends it, cancel ends another', async () => {
    const first = await disturbed('SIGKILL')
    expect(first.ended.status).toBeNull()
    expect(await listed(first.id)).toBe('interrupted')
    const resumed = await onRun('resume', first.id)
    expect([0, 2]).toContain(resumed.status)
    expect(resumed.result).toMatchObject({ run: first.id, method: 'icons' })
    expect(keys(resumed.result)).toEqual(keys(selected.result))
    const second = await disturbed('SIGKILL')
    const cancelled = await onRun('cancel', second.id)
    expect([cancelled.status, cancelled.result['state']]).toEqual([0, 'cancelled'])
  })
})

describe('tiny training sets', () => {
  const distil = 'distil --project P.winnow --dataset Numbers --plan plan.json'.split(' ')
  beforeAll(() =>
    writeFile(
      at('plan.json'),
      JSON.stringify({ effort: 'quick', width: 8, check: { repeats: 2, equalBytes: false } })
    )
  )

  it('distil: a dry run says what it would be; a mistake is 3', async () => {
    const dry = await winnow([...distil, '--per-class', '3', '--dry-run', '--json'])
    expect([dry.status, dry.stderr]).toEqual([0, ''])
    expect(dry.result).toMatchObject({
      items: 9,
      draft: { perClass: 3, effort: 'quick', width: 8 }
    })
    const wrong = await winnow([...distil, '--effort', 'huge'])
    expect([wrong.status, wrong.stderr]).toEqual([
      3,
      expect.stringContaining('--effort must be one of quick')
    ])
  })

  it('distil, then runs show, export and verify', async () => {
    const made = await winnow([...distil, '--per-class', '2', '--method', 'real-items', '--json'])
    expect([0, 2]).toContain(made.status)
    expect(made.stderr).toBe('')
    const id = String(made.result['run'])
    expect(made.result).toMatchObject({
      method: 'real-items',
      kind: 'real',
      decodedItems: 6,
      check: { verdict: expect.any(String) as string }
    })
    const shown = await winnow(['runs', 'show', id, '--project', 'P.winnow', '--json'])
    expect([shown.status, shown.result['run']]).toEqual([0, id])
    const out = await winnow([...`export ${id} --project P.winnow --to tiny --json`.split(' ')])
    expect([out.status, out.stderr, out.result['items']]).toEqual([0, '', 6])
    expect(await readdir(at('tiny'))).toEqual(
      expect.arrayContaining(['README.txt', 'items.csv', 'labels.csv', 'train.npz', 'train.py'])
    )
    const sound = await winnow(['verify', 'tiny', '--json'])
    expect([sound.status, sound.result['ok']]).toEqual([0, true])
    const saved = await winnow(
      `recipe save Small --run ${id} --to small.json --project P.winnow --json`.split(' ')
    )
    expect([saved.status, saved.stderr]).toEqual([0, ''])
  }, 90_000)

  it('distil --recipe FILE is the run it was saved from', async () => {
    const dry = await winnow(
      'distil --project P.winnow --dataset Numbers --recipe small.json --dry-run --json'.split(' ')
    )
    expect([dry.status, dry.stderr]).toEqual([0, ''])
    expect(dry.result).toMatchObject({
      items: 6,
      draft: { method: { id: 'real-items' }, perClass: 2, effort: 'quick', width: 8 }
    })
    const helper = await winnow([...distil, '--helper', 'plan.json', '--dry-run', '--json'])
    expect([helper.status, errorCode(helper)]).toEqual([3, 'file-not-recognised'])
  }, 60_000)

  it('Ctrl+C cancels distil with 4; a killed one is resumed to its end', async () => {
    const disturbed = async (signal: NodeJS.Signals): Promise<{ ended: Ended; id: string }> => {
      let id = ''
      let isSent = false
      const ended = await winnow([...distil, '--per-class', '2', '--json'], (line, kill) => {
        const value = JSON.parse(line) as Value
        if (value['event'] === 'started') id = String(value['run'])
        if (value['event'] !== 'progress' || isSent || value['phase'] !== 'Making the set') return
        isSent = true
        kill(signal)
      })
      expect(isSent).toBe(true)
      return { ended, id }
    }
    const stopped = await disturbed('SIGINT')
    expect([stopped.ended.status, errorCode(stopped.ended)]).toEqual([4, 'cancelled'])
    expect(await listed(stopped.id)).toBe('cancelled')
    const killed = await disturbed('SIGKILL')
    expect(await listed(killed.id)).toBe('interrupted')
    const resumed = await winnow(`runs resume ${killed.id} --project P.winnow --json`.split(' '))
    expect([0, 2]).toContain(resumed.status)
    expect(resumed.result).toMatchObject({ run: killed.id, decodedItems: 6 })
  }, 120_000)
})

describe('the network', () => {
  it('L12: none of the commands above opened a port or a connection', () => {
    expect(network).toEqual([])
    for (const name of 'new import check features methods devices select distil export verify runs'.split(
      ' '
    ))
      expect(guarded).toContain(name)
  })

  it('L12: the guard would have seen it: serve, which does open a port, dies of it', async () => {
    const served = await winnow(['serve', '--headless', '--root', folder])
    expect([served.status, served.stderr]).toEqual([99, 'NETWORK: listen\n'])
  })
})
