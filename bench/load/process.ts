// What the system says about a process (Linux): memory, threads, open files by kind. The texts of
// /proc are taken apart by functions of their own, so that they can be tested anywhere.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** What `/proc/PID/status` says, in MB where it is memory. */
export interface ProcessStatus {
  readonly residentMb: number
  /** Most of it so far. */
  readonly mostResidentMb: number
  /** Memory of its own, without pages of files. */
  readonly ownMb: number
  readonly threads: number
}

/** Open files of a process by what they are. */
export interface OpenFiles {
  readonly all: number
  readonly sockets: number
  readonly pipes: number
  /** Files of disks; `deleted` counts those that have no name any more. */
  readonly files: number
  readonly deleted: number
  /** Timers, signals and the like of the event loops. */
  readonly others: number
}

/** Takes the text of `/proc/PID/status` apart. Throws when it is not one. */
export function parseStatus(text: string): ProcessStatus {
  const field = (name: string): number => {
    const value = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]
    if (value === undefined) throw new Error(`the status of the process has no ${name}`)
    return Number(value)
  }
  return {
    residentMb: field('VmRSS') / 1024,
    mostResidentMb: field('VmHWM') / 1024,
    ownMb: field('RssAnon') / 1024,
    threads: field('Threads')
  }
}

/** Counts the targets of `/proc/PID/fd/*` by kind. */
export function countFiles(targets: readonly string[]): OpenFiles {
  const count = (test: (target: string) => boolean): number => targets.filter(test).length
  const sockets = count((target) => target.startsWith('socket:'))
  const pipes = count((target) => target.startsWith('pipe:'))
  const files = count((target) => target.startsWith('/') && !target.startsWith('/dev/'))
  return {
    all: targets.length,
    sockets,
    pipes,
    files,
    deleted: count((target) => target.startsWith('/') && target.endsWith(' (deleted)')),
    others: targets.length - sockets - pipes - files
  }
}

/** Ticks of the processor a process has used, from the text of `/proc/PID/stat`. */
export function parseTicks(text: string): number {
  // The name stands in brackets and may hold anything, brackets too.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[11]) + Number(fields[12])
  if (!Number.isFinite(ticks)) throw new Error('the process has no times')
  return ticks
}

/** What the system says of a process now. */
export interface ProcessReading extends ProcessStatus {
  readonly files: OpenFiles
  /** Seconds of processor since it began. */
  readonly processorS: number
}

/** Linux counts processor time in hundredths of a second for programs. */
const ticksPerS = 100

/** Reads a process. Throws when it is gone. */
export function readProcess(pid: number): ProcessReading {
  const folder = `/proc/${pid}/fd`
  const targets = readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(`${folder}/${name}`)]
    } catch {
      // Closed since the folder was read.
      return []
    }
  })
  return {
    ...parseStatus(readFileSync(`/proc/${pid}/status`, 'utf8')),
    files: countFiles(targets),
    processorS: parseTicks(readFileSync(`/proc/${pid}/stat`, 'utf8')) / ticksPerS
  }
}

/** Resident memory of a process and all below it, such as a browser's, in MB; 0 when it is gone. */
export function treeMb(root: number): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8')
      parents.set(Number(name), Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      continue
    }
  }
  const isBelow = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === root || isBelow(parents.get(pid)))
  let megabytes = 0
  for (const pid of parents.keys()) {
    if (!isBelow(pid)) continue
    try {
      megabytes += proportionalMb(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))
    } catch {
      continue
    }
  }
  return megabytes
}

/** Memory of a process with shared pages divided among those that share them, MB. */
export function proportionalMb(rollup: string): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024
}
