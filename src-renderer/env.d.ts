// Lets TypeScript see single-file components and Vite's asset imports.
/// <reference types="vite/client" />

/** Parts that come with the app, filled in by the build (see build/bundled-parts.ts). */
declare const __BUNDLED_PARTS__: readonly {
  readonly name: string
  readonly version: string
  readonly licence: string
}[]
