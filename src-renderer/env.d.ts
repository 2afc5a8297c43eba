// Lets TypeScript see single-file components and Vite's asset imports.
/// <reference types="vite/client" />

/** The method pages of docs/methods, read by the build (see build/help-pages.ts). */
declare module 'virtual:help-pages' {
  import type { MethodPage } from './views/help/page-blocks.ts'
  const pages: readonly MethodPage[]
  export default pages
}
