// What a host supplies to the core. The core never imports a host, so this is the whole seam:
// folders, the picker, the clock, the log, what is free, and how to start a thread.
import type { PickPurpose } from '../../api/dto/files.ts'
import type { BrowserChoice } from './browsers.ts'
import type { ComputerReadings } from './computer-readings.ts'
import type { OpenSealedPage } from './sealed-page.ts'

/** A started thread; messages are structured clones, as with a MessagePort. */
export interface WorkerHandle {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void
  onMessage(callback: (message: unknown) => void): void
  /** Called once when the thread ends; `error` is set when it ended by an error. */
  onExit(callback: (error: Error | undefined) => void): void
  /** Ends the thread at once. */
  terminate(): Promise<void>
}

export type LogLevel = 'debug' | 'info' | 'notice' | 'error'

/** Application log. Never receives data rows; paths outside the project are shortened (E16). */
export interface Logger {
  write(
    level: LogLevel,
    code: string,
    text: string,
    detail?: Readonly<Record<string, unknown>>
  ): void
  /** Chooses what is written from now on; absent where everything is. */
  setLevel?(level: 'error' | 'normal' | 'all'): void
  /** The newest warnings and errors without their words, oldest first. */
  recent?(): readonly { readonly time: string; readonly level: LogLevel; readonly code: string }[]
}

/** Folders a host decides on. All absolute. */
export interface PlatformPaths {
  /** Settings and the list of recent projects. */
  readonly data: string
  /** Where new projects go when no place is chosen. */
  readonly projects: string
  /** The app's own read-only files: samples, icons. */
  readonly resources: string
  /** Scratch folder, emptied at exit. */
  readonly temp: string
}

export interface NativePickRequest {
  readonly purpose: PickPurpose
  readonly kind: 'file' | 'folder' | 'any'
  readonly multiple: boolean
}

/** Everything the core needs from the outside. */
export interface Platform {
  readonly host: 'desktop' | 'local' | 'cli'
  readonly appVersion: string
  readonly paths: PlatformPaths
  readonly picker: 'native' | 'in-page' | 'none'
  /** Folders the in-page picker may show; empty with a native picker. */
  readonly roots: readonly string[]
  /** Native dialog; absent unless `picker` is "native". Returns absolute paths, [] when cancelled. */
  readonly pickNative?: (request: NativePickRequest) => Promise<readonly string[]>
  /** Shows a file or folder in the system's file manager; absent where there is none. */
  readonly reveal?: (path: string) => Promise<void>
  /** A page of ours, self-contained and without scripts, as PDF; absent where the host cannot print. */
  readonly printPdf?: (html: string) => Promise<Uint8Array>
  /** Milliseconds since 1970; falls and jumps when the computer's clock is set. */
  now(): number
  /**
   * Milliseconds that only grow, however the clock is set: for how long something took. `now` where
   * a host gives none.
   */
  readonly elapsedMs?: () => number
  readonly log: Logger
  /** Free memory and disk of the machine. */
  readonly readings: ComputerReadings
  /** Starts a compute thread (hosts/worker/compute). */
  createComputeWorker(): WorkerHandle
  /** Logical cores of the machine. */
  readonly cores: number
  /** The browser that pages are played in, in place of the one that is found; tests set it. */
  readonly pageBrowser?: BrowserChoice
  /** Plays pages in a window of the host's own, where it has one; no other browser is needed then. */
  readonly openSealedPage?: OpenSealedPage
  /** How often this run of the app had to start its engine again; absent = never. */
  readonly restarts?: number
  /** Keeps the machine awake while long jobs run; absent where the host cannot. */
  readonly keepAwake?: (isOn: boolean) => void
}
