// The command line: any words, options and values, near-valid ones most of all. Every line ends with one
// of the five exit codes and words for people; what comes in on the input changes nothing.
import { spawn } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Random } from '../../src-main/core/compute/random.ts'
import { runCommandLine } from '../../src-main/hosts/node/cli.ts'
import { noise, oddText, once, oneOf } from '../mutate.ts'
import { Broken, requirePlain, type FuzzTarget } from '../target.ts'

const commands = [
  ...['new', 'import', 'check', 'methods', 'features', 'select', 'distil', 'export', 'verify'],
  ...['runs', 'recipe', 'devices', 'traces', 'help', '--help', 'Select', '']
]
const words = [
  ...['list', 'show', 'resume', 'cancel', 'save', 'run', 'suggest', 'import', 'export', 'score'],
  ...['P.winnow', 'Q.winnow', 'table.csv', 'broken.csv', 'nothing.csv', 'out', '.', 'list.txt', 'x']
]
const options = [
  ...['--project', '--into', '--in', '--dataset', '--name', '--to', '--as', '--map', '--copy'],
  ...['--examples', '--test-fraction', '--method', '--budget', '--rules', '--plan', '--goal'],
  ...[
    '--tasks',
    '--task-column',
    '--per-task',
    '--per-label',
    '--list',
    '--list-order',
    '--recipe'
  ],
  ...['--seed', '--check', '--repeats', '--set', '--keep-near-duplicates', '--device', '--dry-run'],
  ...[
    '--per-class',
    '--effort',
    '--helper',
    '--layout',
    '--conflict',
    '--indent',
    '--json',
    '--help'
  ],
  ...['--effect', '--volatile', '--keep-secrets', '--queue', '--which', '--files', '--scope'],
  ...['--max-tokens', '--test-share', '--', '-x', '--nothing', '--toString', '--__proto__=1', '-']
]
const given = [
  ...['table', 'icons', 'P.winnow', '10%', '5', 'smallest:98%', '0', '-1', '1e9', '0.2', '1.5', ''],
  ...[
    'label=label,text=text',
    'label',
    'text',
    'quick',
    'as-listed',
    'plan.json',
    'table.csv',
    'plain'
  ],
  ...['NaN', '2GB', '8h', '500tokens', 'cuda', 'auto', 'parquet', 'stop', 'kept', 'a=b', 'out']
]
const exits = new Set([0, 2, 3, 4, 5])
/** Hours of work with valid arguments; their arguments are tried in dry runs. */
const long = new Set(['select', 'distil', 'recipe'])

function commandLine(random: Random): string[] {
  const command = once(random, 20) ? oddText(random) : oneOf(random, commands)
  const args = [command]
  for (let i = random.below(7); i > 0; i--) {
    if (once(random, 4)) args.push(once(random, 6) ? oddText(random) : oneOf(random, words))
    else {
      const option = oneOf(random, options)
      const value = once(random, 8) ? oddText(random) : oneOf(random, given)
      if (once(random, 6)) args.push(`${option}=${value}`)
      else args.push(option, ...(once(random, 5) ? [] : [value]))
    }
  }
  // What most commands need, so that they get past the first check.
  if (once(random, 2)) args.push('--project', 'P.winnow', '--dataset', 'table')
  if (command === 'import' && once(random, 2)) args.splice(1, 0, 'table.csv', '--into', 'P.winnow')
  if (long.has(command)) args.push('--dry-run')
  return args.map((arg) => arg.replaceAll('\u0000', ''))
}

/** Playing pages starts a browser; it has tests of its own. */
function startsBrowser(args: readonly string[]): boolean {
  return args[0] === 'traces' && args.includes('run')
}

/** The command line. */
export const commandLineTarget: FuzzTarget = {
  name: 'command-line',
  about: 'The command line with any arguments and any input: five exit codes, words for people',
  limitMs: 90_000,
  shortCases: 40,
  async open(folder) {
    process.env['WINNOW_HOME'] = join(folder, 'home')
    const place = join(folder, 'work')
    await mkdir(place, { recursive: true })
    const rows = Array.from(
      { length: 30 },
      (_, i) => `words of row ${i},${i % 2 === 0 ? 'a' : 'b'}`
    )
    await writeFile(join(place, 'table.csv'), ['text,label', ...rows].join('\n'))
    await writeFile(join(place, 'broken.csv'), '\u0000\u0001')
    await writeFile(join(place, 'list.txt'), 'row 1\n')
    await writeFile(join(place, 'plan.json'), '{"goal": 1}')
    const before = process.cwd()
    // Threads of a test runner may not change the folder; names are then put in front.
    let isThere = true
    try {
      process.chdir(place)
    } catch {
      isThere = false
    }
    const located = (arg: string): string =>
      isThere || !/^(?:[PQ]\.winnow|[a-z]+\.(?:csv|txt|json)|out)$/.test(arg)
        ? arg
        : join(place, arg)

    async function run(
      args: readonly string[]
    ): Promise<{ status: number; told: string; said: string }> {
      let told = ''
      let said = ''
      const write = process.stderr.write.bind(process.stderr)
      process.stderr.write = (text: string | Uint8Array): boolean => {
        told += String(text)
        return true
      }
      try {
        const status = await runCommandLine(args.map(located), {
          write: (text) => (said += text) !== ''
        })
        return { status, told, said }
      } finally {
        process.stderr.write = write
      }
    }

    await run(['new', 'P.winnow'])
    await run(['import', 'table.csv', '--into', 'P.winnow', '--name', 'table'])
    let count = 0

    function judge(
      args: readonly string[],
      status: number | null,
      told: string,
      said: string
    ): string {
      const input = JSON.stringify(args)
      if (status === null || !exits.has(status))
        throw new Broken(`exit code ${String(status)}: ${told.slice(0, 300)}`, { input })
      if (status === 5 || /\n\s+at |\[internal\]/.test(told))
        throw new Broken(`failed: ${told.slice(0, 600)}`, { input })
      if (status === 3) {
        const [line = ''] = told.split('\n')
        if (line === '' && said === '' && args.length > 0 && args[0] !== '')
          throw new Broken('refused without a word', { input })
        // The person's own words stand in quotes and may be anything.
        const words = line.replaceAll(/"[^"]*"|“[^”]*”|\[[a-z-]+\]$/g, '“”').trim()
        if (words !== '' && !/^\W*$/.test(words) && !line.includes('\ud800'))
          requirePlain(`${words}.`, 'refusal')
      }
      return `exit ${status}`
    }

    return {
      async run(random) {
        const args = commandLine(random)
        if (startsBrowser(args)) return 'left out'
        // As a process with something on its input; costly, so seldom.
        if (++count % 250 === 0) {
          const { status, told } = await spawned(args.map(located), place, noise(random, 2000))
          return `process ${judge(args, status, told, told)}`
        }
        const { status, told, said } = await run(args)
        return judge(args, status, told, said)
      },
      async close() {
        if (isThere) process.chdir(before)
        await rm(folder, { recursive: true, force: true })
      }
    }
  }
}

function spawned(
  args: readonly string[],
  cwd: string,
  input: Buffer
): Promise<{ status: number | null; told: string }> {
  const entry = join(import.meta.dirname, '..', '..', 'src-main', 'hosts', 'node', 'cli.ts')
  const child = spawn(process.execPath, [entry, ...args], {
    cwd,
    stdio: ['pipe', 'ignore', 'pipe']
  })
  let told = ''
  child.stderr.on('data', (bytes: Buffer) => (told += bytes.toString()))
  // Nobody reads it: the pipe may be gone before it is written.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  return new Promise((settle, fail) => {
    child.on('error', fail)
    child.on('close', (status) => settle({ status, told }))
  })
}
