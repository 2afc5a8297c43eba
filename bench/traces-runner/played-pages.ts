// What the benchmarks of the runner share: a browser over Winnow's own pages, and attempts as traces.
import { resolve } from 'node:path'
import type { Trace } from '../../src-main/core/traces/model/trace.ts'
import { deriveTrace, plainRules } from '../../src-main/core/traces/model/derive-steps.ts'
import type { TrialResult } from '../../src-main/core/traces/reflection/solve-options.ts'
import { openChromium } from '../../src-main/core/traces/runner/chromium-session.ts'
import { createPageDriver, type PageDriver } from '../../src-main/core/traces/runner/page-driver.ts'
import { openPageFolder } from '../../src-main/core/traces/runner/page-folder.ts'
import { trialRecord, type DecisiveLabel } from '../../src-main/core/traces/runner/trial-record.ts'
import { browserPath } from './browser-path.ts'

/** Opens Winnow's own pages, or those of `folder`. */
export async function openPages(
  folder = resolve(import.meta.dirname, '../../resources/pages')
): Promise<PageDriver> {
  if (browserPath === undefined) throw new Error('there is no browser here')
  // Chromium has no sandbox for root; the pages are our own.
  const browser = { path: browserPath, isSandboxed: process.getuid?.() !== 0 }
  const session = await openChromium(await openPageFolder(folder), browser)
  return createPageDriver(session, { settleMs: 0 })
}

/** An attempt as a trace with its steps. */
export function traceOf(trial: TrialResult, decisive: DecisiveLabel | null = null): Trace {
  const facts = { agent: 'noisy', model: null, pictureOf: () => undefined, decisive }
  return deriveTrace(trialRecord(trial, facts), plainRules)
}

/** "0.0031", or "3e-7" where it is small. */
export function probability(p: number): string {
  return p < 0.001 ? p.toExponential(0) : p.toFixed(p < 0.1 ? 4 : 2)
}
