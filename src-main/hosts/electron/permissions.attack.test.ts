// Security rule E6: every permission and device is refused, and nothing outside the app is loaded.
import type { WebContents, WebFrameMain } from 'electron'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeContents, FakeSession, preventable } from './electron-fakes.test-support.ts'
import { denyContents, denyPermissions, isLocalAddress } from './permissions.ts'

let session: FakeSession
beforeEach(() => {
  session = new FakeSession()
  denyPermissions(session.asLocked(), undefined)
})
const contents = {} as WebContents
const frame = {} as WebFrameMain

describe('permissions', () => {
  it.each([
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'openExternal',
    'fileSystem',
    'usb',
    'local-network-access',
    'unknown'
  ] as const)('refuses %s when asked and when checked', (permission) => {
    const answers: boolean[] = []
    const details = { requestingUrl: 'app://bundle/', isMainFrame: true }
    session.handlers.setPermissionRequestHandler?.(
      contents,
      permission,
      (isGranted) => answers.push(isGranted),
      details
    )
    expect(answers).toEqual([false])
    expect(
      session.handlers.setPermissionCheckHandler?.(contents, permission, 'app://bundle', details)
    ).toBe(false)
  })

  it('refuses devices, screens and pairing', () => {
    const device = { deviceType: 'hid', origin: 'app://bundle', device: {} } as never
    expect(session.handlers.setDevicePermissionHandler?.(device)).toBe(false)
    const streams: unknown[] = []
    session.handlers.setDisplayMediaRequestHandler?.(
      {
        frame,
        securityOrigin: 'app://bundle',
        videoRequested: true,
        audioRequested: true,
        userGesture: true
      },
      (answer) => streams.push(answer)
    )
    expect(streams).toEqual([null])
    const pairings: unknown[] = []
    session.handlers.setBluetoothPairingHandler?.(
      { deviceId: '1', pairingKind: 'confirm', frame },
      (answer) => pairings.push(answer)
    )
    expect(pairings).toEqual([{ confirmed: false }])
  })

  it.each(['select-hid-device', 'select-usb-device'])('answers %s with nothing', (name) => {
    const answers: unknown[] = []
    const event = preventable({})
    session.emit(name, event, { deviceList: [{}] }, (id?: unknown) => answers.push(id))
    expect(event.isPrevented).toBe(true)
    expect(answers.map((answer) => answer ?? 'none')).toEqual(['none'])
  })

  it('answers serial ports and Bluetooth with nothing', () => {
    const answers: unknown[] = []
    const event = preventable({})
    session.emit('select-serial-port', event, [{ portId: '1' }], contents, (id: unknown) =>
      answers.push(id)
    )
    const other = new FakeContents()
    denyContents(other)
    const bluetooth = preventable({})
    other.emit('select-bluetooth-device', bluetooth, [{ deviceId: '1' }], (id: unknown) =>
      answers.push(id)
    )
    expect([event.isPrevented, bluetooth.isPrevented]).toEqual([true, true])
    expect(answers).toEqual(['', ''])
  })

  it('leaves no way around by peer connections', () => {
    const other = new FakeContents()
    denyContents(other)
    expect(other.webRtcPolicy).toBe('disable_non_proxied_udp')
  })
})

describe('requests', () => {
  const isCancelled = (url: string): boolean => {
    const answers: { cancel?: boolean }[] = []
    session.beforeRequest?.({ url }, (answer) => answers.push(answer))
    return answers[0]?.cancel ?? false
  }

  it.each(['app://bundle/', 'app://bundle/assets/index.js', 'blob:app://bundle/1-2'])(
    'lets %s through',
    (url) => expect(isCancelled(url)).toBe(false)
  )

  it.each([
    'https://example.org/',
    'http://127.0.0.1:5173/',
    'http://localhost/',
    'ws://127.0.0.1:9222/devtools',
    'file:///etc/passwd',
    'app://bundle.example.org/',
    'app://bundle@example.org/',
    'app://other/',
    'APP://BUNDLE/',
    'blob:https://example.org/1',
    'data:text/html,x',
    'devtools://devtools/bundled/inspector.html',
    'chrome://gpu',
    'ftp://app://bundle/'
  ])('cancels %s', (url) => expect(isCancelled(url)).toBe(true))

  it('lets the development server through in development alone', () => {
    const dev = 'http://localhost:5173/'
    expect(isLocalAddress('http://localhost:5173/src/main.ts', dev)).toBe(true)
    expect(isLocalAddress('ws://localhost:5173/?token=x', dev)).toBe(true)
    expect(isLocalAddress('http://localhost:51730/', dev)).toBe(false)
    expect(isLocalAddress('http://localhost:5173.example.org/', dev)).toBe(false)
    expect(isLocalAddress('https://example.org/', dev)).toBe(false)
  })
})

describe('downloads', () => {
  it.each([
    ['blob:app://bundle/1-2', false],
    ['https://example.org/a.exe', true],
    ['blob:https://example.org/1', true],
    ['blob:app://bundle.example.org/1', true],
    ['app://bundle/index.html', true],
    ['data:text/plain,x', true]
  ])('%s is prevented: %s', (url, isPrevented) => {
    const event = preventable({})
    session.emit('will-download', event, { getURL: () => url }, contents)
    expect(event.isPrevented).toBe(isPrevented)
  })
})
