// Security rules E3 and E4: only the known files of the built page, with the page's policy.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Protocol } from 'electron'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readStaticFiles, type StaticFile } from '../worker/static-files.ts'
import { answerRequest, privilegedScheme, serveBundle } from './protocol.ts'

let folder: string
let files: ReadonlyMap<string, StaticFile>
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-bundle-'))
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.js'), 'secret')
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'renderer', 'assets', 'index.js'), 'export {}')
  files = readStaticFiles(join(folder, 'renderer'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const get = (url: string, method = 'GET'): Response => answerRequest(files, { url, method })

describe('known files', () => {
  it.each([
    ['app://bundle/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://bundle/index.html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://bundle/assets/index.js', 'text/javascript; charset=utf-8', 'export {}'],
    ['app://bundle/assets/index.js#part', 'text/javascript; charset=utf-8', 'export {}']
  ])('%s', async (url, type, text) => {
    const response = get(url)
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe(type)
    expect(await response.text()).toBe(text)
  })

  it('has no body by HEAD', async () => {
    const response = get('app://bundle/', 'HEAD')
    expect([response.status, await response.text()]).toEqual([200, ''])
  })
})

describe('everything else', () => {
  it.each([
    'app://bundle/../secret.js',
    'app://bundle/..%2fsecret.js',
    'app://bundle/%2e%2e/secret.js',
    'app://bundle/%2e%2e%2fsecret.js',
    'app://bundle/..%5csecret.js',
    'app://bundle/..\\secret.js',
    'app://bundle/assets/../../secret.js',
    'app://bundle/assets/%2e%2e/index.html',
    'app://bundle//index.html',
    'app://bundle/index.html%00',
    'app://bundle/index.html%00.js',
    'app://bundle/INDEX.HTML',
    'app://bundle/index.html?x=1',
    'app://bundle/?x=1',
    'app://bundle/assets',
    'app://bundle/assets/',
    'app://bundle/__proto__',
    'app://bundle/constructor',
    'app://bundle/%69ndex.html',
    'app://bundle',
    'app://BUNDLE/index.html',
    'app://other/index.html',
    'app://bundle.example.org/index.html',
    'app://bundle@other/index.html',
    'app://bundle:80/index.html',
    'app:/index.html',
    'file:///etc/passwd',
    'https://bundle/index.html',
    ''
  ])('%s is not found', async (url) => {
    const response = get(url)
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('Not found')
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'get', 'TRACE', ''])(
    'method %j is refused',
    (method) => expect(get('app://bundle/', method).status).toBe(405)
  )

  it('never serves what is not in the Map, whatever the path', () => {
    const bodies = new Set([...files.keys()])
    fc.assert(
      fc.property(fc.webPath(), fc.string(), (path, tail) => {
        const address = `/${path}${tail}`
        const known = bodies.has(address.split('#', 1)[0] ?? '')
        expect(get(`app://bundle${address}`).status).toBe(known ? 200 : 404)
      })
    )
  })
})

describe('headers', () => {
  it.each(['app://bundle/', 'app://bundle/nothing'])('of %s hold the policy', (url) => {
    const { headers } = get(url)
    const policy = headers.get('Content-Security-Policy') ?? ''
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'"
    ]) {
      expect(policy.split('; ')).toContain(part)
    }
    expect(policy).not.toMatch(/unsafe-|https?:|ws:|\*|data:/)
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin')
    expect([...headers.keys()]).not.toContain('access-control-allow-origin')
  })
})

describe('scheme', () => {
  it('has the privileges of a site and no more', () => {
    expect(privilegedScheme).toEqual({
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true }
    })
  })

  it('is served by one handler', async () => {
    const handlers = new Map<string, Parameters<Protocol['handle']>[1]>()
    serveBundle({ handle: (scheme, handler) => void handlers.set(scheme, handler) }, files)
    expect([...handlers.keys()]).toEqual(['app'])
    const request = { url: 'app://bundle/secret.js', method: 'GET' } as Parameters<
      Parameters<Protocol['handle']>[1]
    >[0]
    expect((await handlers.get('app')!(request)).status).toBe(404)
  })
})
