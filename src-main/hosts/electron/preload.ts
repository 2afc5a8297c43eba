// The bridge into the page: one object with one function. It asks the host for a port and passes
// it on to the page; it exposes no IPC, no process and no paths (security rule E2).
import { contextBridge, ipcRenderer } from 'electron'

/** The window of the isolated world; this file is the only one here that runs in a page. */
const page = globalThis as unknown as {
  readonly location: { readonly origin: string }
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void
}

ipcRenderer.on('winnow:port', (event) => {
  const [port] = event.ports
  if (port) page.postMessage('winnow-port', page.location.origin, [port])
})

contextBridge.exposeInMainWorld('bridge', {
  connect: (): void => {
    ipcRenderer.send('winnow:connect')
  }
})
