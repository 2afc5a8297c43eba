// Prints a report to PDF in a hidden window that knows nothing but this one page: its own session in
// memory, no scripts, no preload, and no address that answers besides the page (security rules E1,
// E3, E6 and F7).
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  PrintToPDFOptions,
  Session
} from 'electron'
import { denyPermissions, type LockedSession } from './permissions.ts'
import { bundleUrl, scheme } from './protocol.ts'

/** Address of the page, which answers in the hidden window only. */
export const reportUrl = `${bundleUrl}report.html`

/** Largest page that is printed: 48 small pictures and the charts take a few MB. */
export const printedBytesMost = 64 * 1024 * 1024

/** What the page itself may do; the same as the policy it carries. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const pdf: PrintToPDFOptions = {
  printBackground: true,
  pageSize: 'A4',
  // The page sets its own margins, so that it prints alike from a browser.
  preferCSSPageSize: true,
  generateTaggedPDF: true
}

/** The parts of Electron that printing needs. */
export interface PrintHost {
  readonly Window: new (options: BrowserWindowConstructorOptions) => Pick<
    BrowserWindow,
    'loadURL' | 'destroy'
  > & {
    readonly webContents: Pick<BrowserWindow['webContents'], 'printToPDF'>
  }
  /** A session that is kept nowhere; a fresh one for each report. */
  newSession(): LockedSession & Pick<Session, 'protocol'>
}

/** Options of the hidden window. */
export function printWindowOptions(session: Session): BrowserWindowConstructorOptions {
  return {
    show: false,
    webPreferences: {
      session,
      javascript: false,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      plugins: false,
      spellcheck: false,
      devTools: false
    }
  }
}

/** The PDF of a page of ours. Rejects when it is too large or cannot be loaded or printed. */
export async function printReport(host: PrintHost, html: string): Promise<Uint8Array> {
  if (Buffer.byteLength(html) > printedBytesMost)
    throw new Error('the report is too large to print')
  const session = host.newSession()
  denyPermissions(session, undefined)
  session.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: url !== reportUrl && !url.startsWith('data:image/') })
  )
  session.protocol.handle(scheme, (request) => answerPage(html, request))
  // The real session, of which the type names the locked parts only.
  const window = new host.Window(printWindowOptions(session as Session))
  try {
    await window.loadURL(reportUrl)
    return new Uint8Array(await window.webContents.printToPDF(pdf))
  } finally {
    window.destroy()
  }
}

function answerPage(html: string, { url, method }: { url: string; method: string }): Response {
  if (url !== reportUrl || method !== 'GET') return new Response('Not found', { status: 404 })
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff'
  }
  return new Response(html, { status: 200, headers })
}
