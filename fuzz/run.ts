// `npm run fuzz -- [--target NAME] [--minutes N | --cases N] [--seed S] [--jobs N]`: the campaign. Each
// target runs in a process of its own; one that crashes or stops moving is noted with its case and
// started again behind it. Results lie in fuzz-results/. `--target list` says what there is;
// `--no-network` runs whole jobs with every attempt to reach a network counted instead.
import { spawn, type ChildProcess } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { setPriority, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { ChildLine, ChildOrder } from './child.ts'
import { targets } from './list.ts'

const kept = resolve(import.meta.dirname, '..', 'fuzz-results')
/** How long a case may stand still before its process is ended: loads of other programs included. */
const standstillMs = 60_000

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    minutes: { type: 'string' },
    cases: { type: 'string' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '1' },
    'no-network': { type: 'boolean' }
  }
})

interface Summary {
  readonly target: string
  readonly seed: number
  cases: number
  seconds: number
  readonly outcomes: Record<string, number>
  readonly findings: Record<string, number>
  heapMb: number
  memoryMb: number
}

function whole(name: 'minutes' | 'cases' | 'seed' | 'jobs'): number | undefined {
  const text = values[name]
  if (text === undefined) return undefined
  const number = Number(text)
  if (!(number >= 0)) throw new Error(`--${name} must be a number, not "${text}".`)
  return number
}

async function runTarget(
  name: string,
  seed: number,
  cases: number,
  minutes: number
): Promise<Summary> {
  const until = Date.now() + minutes * 60_000
  const summary: Summary = {
    ...{ target: name, seed, cases: 0, seconds: 0, outcomes: {}, findings: {} },
    ...{ heapMb: 0, memoryMb: 0 }
  }
  for (let from = 0; from < cases && Date.now() < until;) {
    const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
    const scratch = mkdtempSync(join(base, `winnow-fuzz-${name}-`))
    const place = join(scratch, 'case')
    const order: ChildOrder = {
      ...{ target: name, seed, from, cases: cases - from, until },
      ...{ scratch: place, kept }
    }
    rmSync(join(kept, `${name}.log`), { force: true })
    const { ended, output } = await watch(order)
    const lines = readLog(name)
    take(summary, lines)
    const at = lastCase(name)
    if (ended !== undefined) {
      const signature = `${ended} @ case ${at}`
      summary.findings[signature] = 1
      const folder = join(kept, `${name}-${seed}-${at}`)
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'finding.txt'), `${ended}\n\n${output}\n`)
      if (existsSync(place)) cpSync(place, join(folder, 'case'), { recursive: true })
      summary.cases += at - from + 1 - counted(lines)
      console.log(`  ${name}: ${signature}`)
    }
    rmSync(scratch, { recursive: true, force: true })
    if (ended === undefined) break
    from = at + 1
  }
  return summary
}

/** Waits for a process; why it ended when that was not its own wish. */
async function watch(
  order: ChildOrder
): Promise<{ readonly ended: string | undefined; readonly output: string }> {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      ...['--expose-gc', '--max-old-space-size=1536'],
      ...[join(import.meta.dirname, 'child.ts'), JSON.stringify(order)]
    ],
    // Nothing of the person's own settings is read or changed.
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, WINNOW_HOME: join(order.scratch, '..', 'home') }
    }
  )
  let output = ''
  child.stderr?.on('data', (bytes: Buffer) => (output = (output + bytes.toString()).slice(-20_000)))
  let last = -1
  let since = Date.now()
  let isStuck = false
  const timer = setInterval(() => {
    const at = lastCase(order.target)
    if (at !== last) {
      last = at
      since = Date.now()
    } else if (Date.now() - since > standstillMs && last >= 0) {
      isStuck = true
      child.kill('SIGKILL')
    }
  }, 500)
  const [code, signal] = await new Promise<[number | null, string | null]>((settle, fail) => {
    child.once('error', fail)
    child.once('close', (status, by) => settle([status, by]))
  })
  clearInterval(timer)
  if (isStuck) return { ended: `stood still for ${standstillMs / 1000} s`, output }
  if (code === 0) return { ended: undefined, output }
  return { ended: `the process ended with ${signal ?? code}`, output }
}

function lastCase(target: string): number {
  try {
    return Number(readFileSync(join(kept, `${target}.at`), 'utf8').trim() || '-1')
  } catch {
    return -1
  }
}

function readLog(target: string): ChildLine[] {
  const path = join(kept, `${target}.log`)
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ChildLine)
}

function counted(lines: readonly ChildLine[]): number {
  return lines.findLast((line) => line.kind === 'progress')?.cases ?? 0
}

function take(summary: Summary, lines: readonly ChildLine[]): void {
  const last = lines.findLast((line) => line.kind === 'progress')
  for (const line of lines)
    if (line.kind === 'finding')
      summary.findings[line.signature] = (summary.findings[line.signature] ?? 0) + 1
  if (last === undefined) return
  summary.cases += last.cases
  summary.seconds += last.seconds
  summary.heapMb = last.heapMb
  summary.memoryMb = Math.max(summary.memoryMb, last.memoryMb)
  for (const [outcome, count] of Object.entries(last.outcomes))
    summary.outcomes[outcome] = (summary.outcomes[outcome] ?? 0) + count
}

function tell(summary: Summary): void {
  const { target, cases, seconds, outcomes, findings } = summary
  const rate = seconds > 0 ? Math.round(cases / seconds) : 0
  console.log(
    `${target.padEnd(14)}${String(cases).padStart(9)} cases${seconds.toFixed(0).padStart(6)} s ${String(rate).padStart(7)}/s  heap ${summary.heapMb} MB`
  )
  const common = Object.entries(outcomes).sort((a, b) => b[1] - a[1])
  for (const [outcome, count] of common.slice(0, 12)) console.log(`    ${count}  ${outcome}`)
  for (const [signature, count] of Object.entries(findings))
    console.log(`  ! ${count}  ${signature}`)
}

async function main(): Promise<number> {
  if (values['no-network'] === true) return (await import('./no-network.ts')).runWithoutNetwork()
  const names = values.target ?? []
  if (names.includes('list')) {
    for (const [name, load] of targets) console.log(`${name.padEnd(14)}${(await load()).about}`)
    return 0
  }
  const wanted = [...targets.keys()].filter((name) => names.length === 0 || names.includes(name))
  if (wanted.length < new Set(names).size) {
    console.error(`Targets are ${[...targets.keys()].join(', ')}.`)
    return 3
  }
  const cases = whole('cases') ?? Infinity
  const minutes = whole('minutes') ?? (cases === Infinity ? 1 : 24 * 60)
  const seed = whole('seed') ?? 1
  mkdirSync(kept, { recursive: true })
  // Whoever works on this machine comes first.
  setPriority(10)
  const waiting = [...wanted]
  let broken = 0
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      // JSON has no Infinity.
      const summary = await runTarget(next, seed, Math.min(cases, 1e15), minutes)
      broken += Object.keys(summary.findings).length
      tell(summary)
      const path = join(kept, `${next}-${seed}.json`)
      writeFileSync(path, `${JSON.stringify(summary, undefined, 2)}\n`)
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, whole('jobs') ?? 1) }, work))
  console.log(`\nKept in ${kept}${broken > 0 ? `; ${broken} kinds of findings` : ''}`)
  return broken > 0 ? 1 : 0
}

process.exitCode = await main()
