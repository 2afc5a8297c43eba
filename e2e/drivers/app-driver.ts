// What a spec may do with a host. Specs import only this; each host has its driver.
import type { Page } from '@playwright/test'

export interface RunningApp {
  readonly page: Page
  /** Folder everything of this app was written into. */
  readonly home: string
  /** Ends the app as a crash would: no chance to write anything. */
  kill(): Promise<void>
  /** Ends the app properly. */
  close(): Promise<void>
  /** Policy violations and page errors seen so far; a spec fails on any. */
  readonly violations: readonly string[]
}

export interface LaunchOptions {
  /** Use this folder again, to reopen what a killed app left. */
  readonly home?: string
  readonly colorScheme?: 'light' | 'dark'
  readonly viewport?: { readonly width: number; readonly height: number }
}

export interface AppDriver {
  launch(options?: LaunchOptions): Promise<RunningApp>
}
