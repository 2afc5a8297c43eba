// Runs the command line as a process of its own and watches the most memory it holds (Linux only).
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

const cli = resolve(import.meta.dirname, '../../src-main/hosts/node/cli.ts')

export interface MeasuredRun {
  readonly seconds: number
  /** Most resident memory, MB; 0 where it cannot be read. */
  readonly megabytes: number
  readonly out: string
}

/** Runs `winnow PARTS` with its own home. Fails when it ends with anything but 0 or 2 (notes). */
export function runMeasured(parts: readonly string[], home: string): Promise<MeasuredRun> {
  const child = spawn(process.execPath, [cli, ...parts], {
    env: { ...process.env, WINNOW_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let out = ''
  let megabytes = 0
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()))
  const watch = setInterval(() => {
    void readFile(`/proc/${child.pid}/status`, 'utf8').then(
      (text) => {
        const peak = /VmHWM:\s+(\d+) kB/.exec(text)?.[1]
        if (peak !== undefined) megabytes = Number(peak) / 1024
      },
      () => undefined
    )
  }, 50)
  const start = performance.now()
  return new Promise((settle, fail) => {
    child.on('error', fail)
    child.on('close', (code) => {
      clearInterval(watch)
      if (code !== 0 && code !== 2) fail(new Error(`${parts[0]} ended with ${code}`))
      else settle({ seconds: (performance.now() - start) / 1000, megabytes, out })
    })
  })
}
