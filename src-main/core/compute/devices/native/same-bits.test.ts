// The processor gives the same bits in every process and thread with as many cores, also while other
// devices compute beside it. With another number of cores the runtime cuts some products into other
// sums, so that the last bit of a number may differ.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import type { Trained } from './small-training.test-support.ts'

const program = join(import.meta.dirname, 'small-training.test-support.ts')

function inThread(cores: number): Promise<Trained> {
  return new Promise((settle, fail) => {
    const worker = new Worker(program, { workerData: { cores } })
    worker.once('message', (answer: Trained) => {
      settle(answer)
      void worker.terminate()
    })
    worker.once('error', fail)
  })
}

async function inProcess(cores: number): Promise<Trained> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, String(cores)])
  return JSON.parse(stdout) as Trained // written by the program above
}

test('training gives the same bits in several threads at once and in a process of its own', async () => {
  const counts = [1, 2, 3]
  const atOnce = await Promise.all([...counts, ...counts.slice(0, 2)].map(inThread))
  for (const [at, cores] of counts.entries()) {
    expect(atOnce[at].digest).toMatch(/^[0-9a-f]{64}$/)
    const others = atOnce.slice(at + 3, at + 4)
    for (const again of [...others, await inProcess(cores)])
      expect(again, `${cores} cores`).toEqual(atOnce[at])
    atOnce[at].losses.forEach((loss, i) =>
      expect(loss, `${cores} cores, step ${i}`).toBeCloseTo(atOnce[0].losses[i], 5)
    )
  }
}, 60_000)
