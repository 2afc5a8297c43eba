// Printing a report in the local host (security rules F7 and L10), with a program of our own standing
// in for the browser: it says how it was started and writes what it is told to.
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findPrinter } from './chromium.ts'
import { printArguments, printedBytesMost, printReport } from './print-report.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-print-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const valueOf = (args: readonly string[], name: string): string =>
  args.find((text) => text.startsWith(`--${name}=`))?.slice(name.length + 3) ?? ''

/** A browser that keeps its arguments and the page, and prints `printed`; undefined prints nothing. */
async function standIn(printed: string | undefined): Promise<string> {
  const path = join(folder, 'browser')
  const lines = [
    "const { mkdirSync, readFileSync, writeFileSync } = require('node:fs')",
    'const args = process.argv.slice(2)',
    "const valueOf = (name) => args.find((text) => text.startsWith(name + '=')).slice(name.length + 1)",
    "mkdirSync(valueOf('--user-data-dir'), { recursive: true })",
    "writeFileSync(valueOf('--user-data-dir') + '/History', 'visited')",
    `writeFileSync(${JSON.stringify(join(folder, 'seen'))}, JSON.stringify({ args, html: readFileSync(new URL(args.at(-1)), 'utf8') }))`,
    ...(printed === undefined
      ? []
      : [`writeFileSync(valueOf('--print-to-pdf'), ${JSON.stringify(printed)})`])
  ]
  await writeFile(path, `#!${process.execPath}\n${lines.join('\n')}\n`, { mode: 0o700 })
  return path
}
async function seen(): Promise<{ readonly args: readonly string[]; readonly html: string }> {
  // As the stand-in wrote it.
  return JSON.parse(await readFile(join(folder, 'seen'), 'utf8')) as {
    args: string[]
    html: string
  }
}

describe('printing a report', () => {
  it('gives the browser the page and returns what it printed', async () => {
    const head = '<head><title>Report</title>'
    const pdf = await printReport(await standIn('%PDF-1.4 pages'), `${head}</head><p>Report</p>`)
    expect(Buffer.from(pdf).toString()).toBe('%PDF-1.4 pages')
    const size = '<style>@page{size:A4}</style>'
    expect((await seen()).html).toBe(`${head}${size}</head><p>Report</p>`)
  })

  it('L10: leaves neither page nor profile behind, whether it prints or not', async () => {
    await printReport(await standIn('%PDF-1.4'), '<p>a</p>')
    const first = await seen()
    await expect(printReport(await standIn(undefined), '<p>b</p>')).rejects.toThrow()
    const second = await seen()
    for (const { args } of [first, second]) {
      expect(existsSync(valueOf(args, 'user-data-dir'))).toBe(false)
      expect(existsSync(dirname(fileURLToPath(args.at(-1) ?? '')))).toBe(false)
    }
    expect(valueOf(first.args, 'user-data-dir')).not.toBe(valueOf(second.args, 'user-data-dir'))
  })

  it('F7: no name that resolves, no extension; the sandbox stays on', () => {
    const args = printArguments('file:///a/report.html', '/a/report.pdf', '/a/profile')
    expect(args).toContain('--host-resolver-rules=MAP * ~NOTFOUND')
    expect(args).toContain('--disable-extensions')
    expect(args.join(' ')).not.toMatch(
      /no-sandbox|remote-debugging|disable-web-security|allow-file-access/
    )
    expect(args.at(-1)).toBe('file:///a/report.html')
  })

  it('refuses what is no PDF, a page that is too large, and a browser that is gone', async () => {
    await expect(printReport(await standIn('<html>'), '<p>a</p>')).rejects.toThrow('no PDF')
    const large = 'a'.repeat(printedBytesMost + 1)
    await expect(printReport(await standIn('%PDF-1.4'), large)).rejects.toThrow('too large')
    await expect(printReport(join(folder, 'gone'), '<p>a</p>')).rejects.toThrow()
  })

  it('needs no display, and is not there for root', async () => {
    await writeFile(join(folder, 'chromium'), '', { mode: 0o755 })
    expect(findPrinter('linux', { PATH: folder }, false)).toBe(join(folder, 'chromium'))
    expect(findPrinter('linux', { PATH: folder }, true)).toBeUndefined()
  })
})
