// What a host and its backend thread say to each other, besides the ports it hands over.
import type { MessagePort } from 'node:worker_threads'
import type { GivenReadings } from '../../core/platform/computer-readings.ts'
import type { NativePickRequest, Platform, PlatformPaths } from '../../core/platform/platform.ts'
import type { PageCall } from './sealed-page-calls.ts'
import type { WorkMessage } from './work-watch.ts'

/** Plain facts a host decides on; given to the thread when it starts. */
export interface BackendData {
  readonly host: Platform['host']
  readonly appVersion: string
  readonly paths: PlatformPaths
  readonly picker: Platform['picker']
  readonly roots: readonly string[]
  readonly cores: number
  readonly canReveal: boolean
  /** Whether the host can print a page to PDF. */
  readonly canPrint?: boolean
  /** Whether the host plays pages in windows of its own. */
  readonly canPlayPages?: boolean
  /** Check replies against the contract as well: development and tests. */
  readonly checkOutputs: boolean
  /** Set when an earlier thread of this run of the app died: how often, and why the last one did. */
  readonly restart?: { readonly count: number; readonly reason: string }
  /** Free memory and disk as a test wants them; what is absent is read from the computer. */
  readonly readings?: GivenReadings
}

export type ToBackend =
  | { readonly type: 'connect'; readonly port: MessagePort }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'busy'; readonly id: number }
  | { readonly type: 'open'; readonly id: number; readonly path: string }
  /** Leads the page to a job, as a click on its notification asks. */
  | { readonly type: 'show'; readonly job: string }
  | { readonly type: 'stop' }

export type FromBackend =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'busy'; readonly id: number; readonly isBusy: boolean }
  | { readonly type: 'opened'; readonly id: number; readonly isOpen: boolean }
  | { readonly type: 'pick'; readonly id: number; readonly request: NativePickRequest }
  | { readonly type: 'print'; readonly id: number; readonly html: string }
  | { readonly type: 'page'; readonly id: number; readonly call: PageCall }
  | { readonly type: 'reveal'; readonly path: string }
  /** Folder of the project that is open now; null when none is. */
  | { readonly type: 'project'; readonly path: string | null }
  | { readonly type: 'keep-awake'; readonly isOn: boolean }
  | WorkMessage
  | { readonly type: 'stopped' }
