// Refuses every permission, every device and every address outside the app. Electron grants all
// permissions by default (security rule E6), and this app never uses the network.
import type { Session, WebContents } from 'electron'
import { bundleOrigin, bundleUrl } from './protocol.ts'

/** Parts of a session that are locked. */
export type LockedSession = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setBluetoothPairingHandler'
  | 'webRequest'
  | 'on'
>

/** Whether the page may load `url`; `devUrl` is the development server, in development only. */
export function isLocalAddress(url: string, devUrl: string | undefined): boolean {
  if (url.startsWith(bundleUrl) || url.startsWith(`blob:${bundleUrl}`)) return true
  if (devUrl === undefined) return false
  const { origin, host } = new URL(devUrl)
  return (
    url.startsWith(`${origin}/`) ||
    url.startsWith(`blob:${origin}/`) ||
    url.startsWith(`ws://${host}/`) ||
    url.startsWith('devtools://')
  )
}

/** Denies all permissions, devices, foreign requests and foreign downloads of a session. */
export function denyPermissions(session: LockedSession, devUrl: string | undefined): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }))
  session.on('select-hid-device', (event, _details, answer) => {
    event.preventDefault()
    answer(null)
  })
  session.on('select-serial-port', (event, _ports, _contents, answer) => {
    event.preventDefault()
    answer('')
  })
  session.on('select-usb-device', (event, _details, answer) => {
    event.preventDefault()
    answer()
  })
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !isLocalAddress(details.url, devUrl) })
  )
  // Charts are saved as downloads the page made itself; nothing else is downloaded.
  session.on('will-download', (event, item) => {
    const own = devUrl === undefined ? bundleOrigin : new URL(devUrl).origin
    if (!item.getURL().startsWith(`blob:${own}/`)) event.preventDefault()
  })
}

/** What is asked of each contents and not of the session: Bluetooth, and direct connections. */
export function denyContents(
  contents: Pick<WebContents, 'on' | 'setWebRTCIPHandlingPolicy'>
): void {
  // Peer connections go past onBeforeRequest and past connect-src.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.on('select-bluetooth-device', (event, _devices, answer) => {
    event.preventDefault()
    answer('')
  })
}
