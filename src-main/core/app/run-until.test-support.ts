// A process of its own that works in the app, tells what it does line by line, and may be killed.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** What a process told before it ended. */
export interface Ended<Report> {
  readonly reports: readonly Report[]
  readonly wasKilled: boolean
}

/**
 * Runs a script to its end, or to its violent death once `isTime` says so. Rejects when it fails.
 * @param folder holds the app's home and compiled sources
 * @param args the script and what it is given
 */
export function runUntil<Report>(
  folder: string,
  args: readonly string[],
  isTime: (seen: Report) => boolean = () => false
): Promise<Ended<Report>> {
  const child = spawn(process.execPath, [...args], {
    env: {
      ...process.env,
      WINNOW_HOME: join(folder, 'home'),
      // Every process reads the same sources; compiling them once halves the time of a file of tests.
      NODE_COMPILE_CACHE: join(folder, 'compiled')
    },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const reports: Report[] = []
  let complaint = ''
  child.stderr.on('data', (bytes: Buffer) => (complaint += bytes.toString()))
  createInterface({ input: child.stdout }).on('line', (line) => {
    const seen = JSON.parse(line) as Report
    reports.push(seen)
    if (isTime(seen)) child.kill('SIGKILL')
  })
  return new Promise((settle, fail) => {
    child.on('error', fail)
    child.on('close', (code, signal) => {
      const wasKilled = signal === 'SIGKILL'
      if (code === 0 || wasKilled) settle({ reports, wasKilled })
      else fail(new Error(`the process ended with ${code ?? signal}: ${complaint}`))
    })
  })
}
