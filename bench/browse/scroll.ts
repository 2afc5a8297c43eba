// How smooth a list of 1,000,000 rows scrolls in a real Chromium: the time between frames while the
// wheel turns, in table and gallery. Needs the built app (`npm run build`) and Chromium.
//   node bench/browse/scroll.ts [--rows 1000000]
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import { localDriver } from '../../e2e/drivers/local.ts'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { runMeasured } from '../datasets/measured-run.ts'
import { drawText, realSentences } from '../datasets/real-text.ts'

const { values: options } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } })
const home = await mkdtemp(join(tmpdir(), 'winnow-scroll-'))
const project = join(home, 'Large.winnow')

async function writeRows(path: string, rows: number): Promise<void> {
  const { sentences } = realSentences()
  const out = createWriteStream(path)
  const random = createRandom(3)
  for (let row = 0; row < rows; row++) {
    const text = drawText(sentences, random, 1 + random.below(3))
    const line = `${JSON.stringify({ text, label: `topic ${random.below(20)}` })}\n`
    if (!out.write(line)) await once(out, 'drain')
  }
  out.end()
  await finished(out)
}

/** What the functions below use of the page they run in. */
interface FramedPage {
  requestAnimationFrame(step: (now: number) => void): number
}

/** Milliseconds between the frames drawn while `work` goes on. */
async function framesDuring(page: Page, work: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const { requestAnimationFrame } = globalThis as unknown as FramedPage
    const state = { times: [] as number[], isOn: true }
    Object.assign(globalThis, { frameWatch: state })
    let last = performance.now()
    const step = (now: number): void => {
      state.times.push(now - last)
      last = now
      if (state.isOn) requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
  })
  await work()
  return page.evaluate(() => {
    const { frameWatch } = globalThis as unknown as {
      frameWatch: { times: number[]; isOn: boolean }
    }
    frameWatch.isOn = false
    return frameWatch.times.slice(1)
  })
}

function describe(what: string, frames: readonly number[]): void {
  const sorted = [...frames].sort((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  const late = frames.filter((time) => time > 50).length
  console.log(
    `${what}: ${frames.length} frames, median ${at(0.5).toFixed(1)} ms, 95 % ${at(0.95).toFixed(1)} ms, ` +
      `longest ${at(1).toFixed(0)} ms, ${((100 * late) / frames.length).toFixed(1)} % over 50 ms`
  )
}

try {
  const source = join(home, 'rows.jsonl')
  await writeRows(source, Number(options.rows))
  await runMeasured(['new', project], home)
  await runMeasured(['import', source, '--into', project, '--name', 'Rows'], home)
  const app = await localDriver.launch({ home, viewport: { width: 1600, height: 1000 } })
  const { page } = app
  try {
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await page.getByRole('dialog').getByText('Large').first().click()
    await page.getByRole('heading', { level: 1, name: 'Large' }).waitFor()
    await page.getByRole('link', { name: 'Data' }).click()
    await page.getByRole('gridcell', { name: /^Rows/ }).click()
    for (const display of ['Table', 'Gallery']) {
      await page.getByRole('button', { name: display, exact: true }).click()
      const list = page.getByRole('grid', { name: 'Rows' })
      await list.waitFor()
      const box = await list.boundingBox()
      if (box === null) throw new Error('the list is not on screen')
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
      const wheel = await framesDuring(page, async () => {
        for (let i = 0; i < 120; i++) await page.mouse.wheel(0, 240)
      })
      describe(`${display}, wheel`, wheel)
    }
  } finally {
    await app.close()
  }
} finally {
  await rm(home, { recursive: true, force: true })
}
