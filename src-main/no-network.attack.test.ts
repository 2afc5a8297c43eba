// The app speaks to no network: only the local host's server, the renderer's socket to it and the model
// on this computer hold a connection, and no other file may name what makes one (rules L1, L6, E12).
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** What each file may name beyond types, and why. */
const allowed: Readonly<Record<string, string>> = {
  'src-main/hosts/node/local-server.ts': 'listens on 127.0.0.1 for the page (L1)',
  'src-main/core/traces/runner/local-endpoint.ts': 'asks a model on this computer, nobody else',
  'src-renderer/transport/socket-port.ts': 'the page to its own host',
  'src-renderer/views/settings/licences.ts': 'a file of the page itself'
}

const modules =
  'net|tls|dgram|dns|dns/promises|http|https|http2|quic|inspector|inspector/promises|undici|ws|axios|got|node-fetch|electron-updater|@electron/remote|socket\\.io[\\w-]*|bullmq|ioredis'
const imported = new RegExp(
  `(?:^|\\n)\\s*(?:import|export)\\s+(?!type\\b)[^'"]*?from\\s*['"](?:node:)?(${modules})['"]|(?:import|require)\\(\\s*['"](?:node:)?(${modules})['"]|getBuiltinModule\\(`,
  'g'
)
/** Globals that connect; `runs.fetch(...)` and functions of that name are something else. */
const globals =
  /(?<![\w.#$]|function )fetch\(\s*['"`]|\bnew\s+(?:WebSocket|EventSource|XMLHttpRequest|WebTransport|RTCPeerConnection)\b|\bnavigator\.sendBeacon\b|\bglobalThis\.fetch\b|\bwindow\.fetch\b|\bautoUpdater\b|\bnet\.(?:fetch|request)\(/g

/** What in a file's text makes connections. */
function connections(text: string): string[] {
  const found = [...text.matchAll(imported)]
    // A mixed import of types alone is one of types.
    .filter(([all]) => !/\{\s*(?:type\s+\w+\s*,?\s*)+\}/.test(all))
    .map(([, one, two]) => one ?? two ?? 'getBuiltinModule')
  return [...found, ...[...text.matchAll(globals)].map(([all]) => all.trim())]
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|vue|mjs)$/.test(entry.name))
    .filter(({ name }) => !/\.(?:test|test-support)\.ts$/.test(name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .map((path) => path.split(sep).join('/'))
}

describe('what makes connections', () => {
  it.each([
    ["import { connect } from 'node:net'", 'net'],
    ["import http from 'http'", 'http'],
    ["import { request, type IncomingMessage } from 'node:http'", 'http'],
    ["export { lookup } from 'node:dns/promises'", 'dns/promises'],
    ["const tls = await import('node:tls')", 'tls'],
    ["const net = require('net')", 'net'],
    ["import { WebSocketServer } from 'ws'", 'ws'],
    ["import remote from '@electron/remote'", '@electron/remote'],
    ["await fetch('https://example.org')", "fetch('"],
    ["new WebSocket('ws://a')", 'new WebSocket'],
    ['navigator.sendBeacon(a)', 'navigator.sendBeacon'],
    ["process.getBuiltinModule('net')", 'getBuiltinModule']
  ])('is seen in %s', (text, name) => {
    expect(connections(text)).toEqual([name])
  })

  it.each([
    "import type { Socket } from 'node:net'",
    "import { type IncomingMessage } from 'node:http'",
    "import type { WebSocket } from 'ws'",
    'const got = await fetch(rows, size)',
    'await runs.fetch(run)',
    "import { join } from 'node:path'"
  ])('is not seen in %s', (text) => {
    expect(connections(text)).toEqual([])
  })

  it('is in the allowed files alone', () => {
    const files = [...sources('src-main'), ...sources('src-renderer')]
    expect(files.length).toBeGreaterThan(500)
    const found = files.flatMap((path) => {
      const names = connections(readFileSync(join(root, path), 'utf8'))
      return names.length > 0 && !(path in allowed) ? [`${path}: ${names.join(', ')}`] : []
    })
    expect(found).toEqual([])
  })

  it('is still in them: the list holds no file that does not need it', () => {
    const needless = Object.keys(allowed).filter(
      (path) => connections(readFileSync(join(root, path), 'utf8')).length === 0
    )
    expect(needless).toEqual([])
  })
})

describe('packages', () => {
  it('hold no updater, no remote module and no client of servers', () => {
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8')
    ) as Record<string, Record<string, string>>
    const names = Object.keys({ ...dependencies, ...optionalDependencies })
    const clients = new RegExp(`^(?:${modules})$`)
    // The local host's server side of the socket.
    expect(names.filter((name) => clients.test(name))).toEqual(['ws'])
  })
})
