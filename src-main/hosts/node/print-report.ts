// Prints a report to PDF with the installed browser, without a window: a profile of its own that is
// removed afterwards, no extensions, and no name that resolves to an address (security rules F7 and
// L10). The page forbids scripts and connections by its own policy; the switch that turns scripts off
// would take printing along.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

/** Largest page that is printed, as in the desktop app. */
export const printedBytesMost = 64 * 1024 * 1024
/** The desktop app prints on this size as well; from a browser a person prints on any. */
const paper = '<style>@page{size:A4}</style></head>'
/** A report takes a second or two; a browser that hangs is ended. */
const patienceMs = 60_000

/** Arguments of the browser that prints `page` (an address) into `pdf` (a path). */
export function printArguments(page: string, pdf: string, profile: string): string[] {
  return [
    '--headless',
    `--user-data-dir=${profile}`,
    `--print-to-pdf=${pdf}`,
    // The page has its own page numbers.
    '--no-pdf-header-footer',
    '--generate-pdf-document-outline',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--no-first-run',
    '--disable-extensions',
    '--disable-gpu',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update',
    page
  ]
}

/** The PDF of a page of ours. Rejects when it is too large or the browser does not print it. */
export async function printReport(
  browser: string,
  html: string,
  patience = patienceMs
): Promise<Uint8Array> {
  if (Buffer.byteLength(html) > printedBytesMost)
    throw new Error('the report is too large to print')
  const folder = await mkdtemp(join(tmpdir(), 'winnow-print-'))
  try {
    const page = join(folder, 'report.html')
    const pdf = join(folder, 'report.pdf')
    // What came from data is escaped, so this is the head's own end.
    await writeFile(page, html.replace('</head>', paper), { mode: 0o600 })
    const args = printArguments(pathToFileURL(page).href, pdf, join(folder, 'profile'))
    await promisify(execFile)(browser, args, { timeout: patience, killSignal: 'SIGKILL' })
    const bytes = await readFile(pdf)
    if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-') throw new Error('this is no PDF')
    return new Uint8Array(bytes)
  } finally {
    // The browser's helpers may still write for a moment.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  }
}
