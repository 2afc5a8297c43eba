// A page that sees the files of one folder and nothing else, driven by commands of the Chrome DevTools
// Protocol. Hosts that have windows of their own supply it.

/** One open page. All calls reject once it is closed. */
export interface SealedPage {
  /** Loads a file of the folder ("miniwob/tabs.html"); resolves when it has loaded. */
  open(path: string): Promise<void>
  /** A command of the protocol, to this page alone. */
  send(method: string, params?: Readonly<Record<string, unknown>>): Promise<unknown>
  close(): Promise<void>
}

/** Opens an empty page over a folder given by its absolute path. */
export type OpenSealedPage = (root: string) => Promise<SealedPage>
