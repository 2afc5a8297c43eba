// Checks of the portable bundle: what is in it, that it is made the same twice, its sizes, and
// that it runs where nothing else is. Each returns what is wrong, in plain sentences.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { chromium } from 'playwright-core'
import { browserPlaces } from '../../src-main/core/platform/browsers.ts'
import type { Licences } from '../../src-renderer/views/settings/licences.ts'
import { licenceProblems } from '../licences/permissive.ts'
import { packagesLeftOut, takesCuda } from '../production-packages.ts'
import { thisTarget, type Target } from '../shipped-files.ts'
import { packedAtSeconds } from './archive.ts'
import type { BarePlace } from './bare-place.ts'
import { bundleEntries } from './bundle-files.ts'
import type { MadeBundle } from './make-bundle.ts'
import { tarOf } from './tar.ts'

/** Files whose presence means that something was not left out. */
const unwanted = /\.map$|\.test\.|_test\.js$|\.[cm]?ts$|\/\.|\/__tests__\//
const natives = /\.(node|dll|dylib|exe)$|\.so(\.|$)|\/runtime\/node$/

/** Wrong files of the bundle, natives for other machines first of all. */
export async function contentProblems(
  root: string,
  { entries, name }: MadeBundle
): Promise<readonly string[]> {
  const problems: string[] = []
  const left = new Set(packagesLeftOut(root, takesCuda))
  for (const { path, source } of entries) {
    const inside = path.slice(name.length + 1)
    const nameIn = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(inside)?.[1]
    if (!path.startsWith(`${name}/`)) problems.push(`${path} is not in the bundle's folder`)
    if (unwanted.test(`/${inside}`)) problems.push(`${path} must not be in the bundle`)
    // The local host plays pages in a browser of its own; the desktop app has one.
    if (nameIn !== undefined && left.has(nameIn) && nameIn !== 'playwright-core')
      problems.push(`${nameIn} must not be in the bundle`)
    if (source === undefined || !natives.test(path)) continue
    const kind = await machineOf(source)
    const own = `${thisTarget().platform} ${thisTarget().arch}`
    if (kind !== own) problems.push(`${path} is for ${kind ?? 'an unknown machine'}`)
  }
  const list = entries.find(({ path }) => path.endsWith('/out/renderer/licences.json'))
  if (list?.source === undefined) problems.push('the list of licences is missing')
  else {
    // Written by our own build.
    const { parts } = JSON.parse(readFileSync(list.source, 'utf8')) as Licences
    const named = new Set(parts.map((part) => part.name))
    const shipped = entries.flatMap(
      ({ path }) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1] ?? []
    )
    problems.push(...licenceProblems(parts))
    for (const one of new Set(shipped))
      if (!named.has(one)) problems.push(`${one} is shipped and not in the list of licences`)
  }
  return problems
}

/** The system and processor of a program or library, by its first bytes. */
export async function machineOf(path: string): Promise<string | undefined> {
  const file = await open(path)
  try {
    const head = Buffer.alloc(4096)
    await file.read(head, 0, head.length, 0)
    if (head.readUInt32BE(0) === 0x7f454c46) {
      const arch = { 0x3e: 'x64', 0xb7: 'arm64' }[head.readUInt16LE(18)]
      return arch && `linux ${arch}`
    }
    if (head.readUInt32LE(0) === 0xfeedfacf) {
      const arch = { 0x01000007: 'x64', 0x0100000c: 'arm64' }[head.readUInt32LE(4)]
      return arch && `darwin ${arch}`
    }
    if (head.toString('latin1', 0, 2) === 'MZ') {
      const at = head.readUInt32LE(0x3c)
      const arch = { 0x8664: 'x64', 0xaa64: 'arm64' }[
        at + 6 <= head.length ? head.readUInt16LE(at + 4) : 0
      ]
      return arch && `win32 ${arch}`
    }
    return undefined
  } finally {
    await file.close()
  }
}

/** Whether the bundle, collected a second time, has the same bytes; tar only, see archive.test.ts. */
export async function repeatProblems(root: string, made: MadeBundle): Promise<readonly string[]> {
  if (!made.path.endsWith('.gz')) return []
  const digest = async (pieces: AsyncIterable<Buffer>): Promise<string> => {
    const hash = createHash('sha256')
    for await (const piece of pieces) hash.update(piece)
    return hash.digest('hex')
  }
  const first = await digest(createReadStream(made.path).pipe(createGunzip()))
  const entries = await bundleEntries(root, thisTarget())
  const second = await digest(tarOf(entries, packedAtSeconds))
  return first === second ? [] : ['the same files, packed again, gave other bytes']
}

/** What is wrong with the unpacked bundle: files that are missing, more, or not what the sums say. */
export function unpackedProblems(place: BarePlace, made: MadeBundle): readonly string[] {
  const found = new Set(filesOf(place.bundle))
  const wanted = made.entries
    .map(({ path }) => path.slice(made.name.length + 1))
    .filter((path) => path !== '' && !path.endsWith('/'))
  const sums = readFileSync(join(place.bundle, 'SHA256SUMS'), 'utf8').trim().split('\n')
  const wrong = sums.filter((line) => {
    const [digest = '', path = ''] = line.split(/ {2}(.*)/)
    const bytes = readFileSync(join(place.bundle, path))
    return createHash('sha256').update(bytes).digest('hex') !== digest
  })
  return [
    ...wanted.filter((path) => !found.has(path)).map((path) => `${path} was not unpacked`),
    ...(found.size === wanted.length ? [] : [`${found.size} files instead of ${wanted.length}`]),
    ...(sums.length === wanted.length - 1 ? [] : ['SHA256SUMS does not name every file']),
    ...wrong.map((line) => `another file than SHA256SUMS says: ${line}`)
  ]
}

function filesOf(folder: string): string[] {
  return globSync('**', { cwd: folder })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll(sep, '/'))
}

/** The short commands: version, help, licences, and a mistake. */
export function shortProblems(place: BarePlace, version: string): readonly string[] {
  const expect = (args: string[], status: number, words: string): string[] => {
    const ended = place.run(args)
    const isRight = ended.status === status && ended.stdout.includes(words)
    return isRight
      ? []
      : [`"winnow ${args.join(' ')}" ended with ${ended.status}: ${ended.stdout}${ended.stderr}`]
  }
  return [
    ...expect(['--version'], 0, `Winnow ${version} (Node ${process.versions.node}, `),
    ...expect(['help'], 0, 'winnow select --project'),
    ...expect(['licences'], 0, 'better-sqlite3'),
    ...expect(['licences', 'libvips'], 0, 'GNU LESSER GENERAL PUBLIC LICENSE'),
    ...expect(['chose'], 3, '')
  ]
}

/** Runs the main job from the read-only folder: the result must be in the user's own. */
export function demoProblems(place: BarePlace): readonly string[] {
  const ended = place.run(['demo'])
  // A project keeps manifests as well, of what it has made.
  const results = globSync('Winnow/Demo/*/manifest.json', { cwd: place.home })
  const problems = ended.status === 0 ? [] : [`the demo ended with ${ended.status}`]
  for (const words of ['Verdict:', 'Verified:', 'Open the app with: winnow'])
    if (!ended.stdout.includes(words)) problems.push(`the demo does not say "${words}"`)
  if (results.length !== 1) problems.push(`${results.length} exports in the user's folder`)
  if (problems.length > 0) problems.push(`${ended.stdout}\n${ended.stderr}`)
  return [...problems, ...touchedProblems(place)]
}

/** Files of the bundle that were written since it was unpacked. */
function touchedProblems(place: BarePlace): readonly string[] {
  return filesOf(place.bundle)
    .filter(
      (path) => Math.abs(statSync(join(place.bundle, path)).mtimeMs / 1000 - packedAtSeconds) > 2
    )
    .map((path) => `${path} was written in the bundle's own folder`)
}

/** Serves the app and looks at its page in a Chromium, if there is one here. */
export async function servedProblems(place: BarePlace): Promise<readonly string[]> {
  const host = place.start(['--headless'])
  const ended = once(host, 'exit')
  try {
    let address: string | undefined
    if (host.stdout === null) return ['the host has no output']
    for await (const line of createInterface({ input: host.stdout })) {
      address = /^Winnow is at (http:\S+)$/.exec(line)?.[1]
      if (address !== undefined) break
    }
    if (address === undefined) return ['the local host ended without printing its address']
    const browser = browserPath()
    if (browser === undefined) return ['there is no Chromium here to look at the page with']
    const problems = await lookAt(address, browser)
    host.kill('SIGTERM')
    const [status] = (await ended) as [number | null]
    return status === 0 ? problems : [...problems, `the host ended with ${status}`]
  } finally {
    host.kill('SIGKILL')
  }
}

/** A Chromium of this machine, or Playwright's own download. */
function browserPath(): string | undefined {
  const given = process.env['WINNOW_CHROMIUM']
  const places = [
    ...(given === undefined ? [] : [given]),
    ...browserPlaces(process.platform, process.env),
    chromium.executablePath()
  ]
  return places.find((path) => existsSync(path))
}

/** How long the page may take to show what it is asked for: a machine may be busy. */
const patienceMs = 300_000

async function lookAt(address: string, executablePath: string): Promise<readonly string[]> {
  const problems: string[] = []
  // Chromium does not sandbox itself for root; tests in containers run as root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath, args })
  try {
    const page = await browser.newPage()
    page.on('pageerror', (error) => problems.push(`the page failed: ${error.message}`))
    await page.goto(address)
    // It names the device that the app, not the page, found: the connection works as well.
    await page.getByRole('button', { name: /^Running on/ }).waitFor({ timeout: patienceMs })
    const list = (await page.evaluate(
      "fetch('/licences.json').then((got) => got.json())"
    )) as Licences
    if (!list.parts.some(({ name }) => name === 'Node.js'))
      problems.push('the page does not get the list of licences')
  } finally {
    await browser.close()
  }
  return problems
}

/** Without an argument the app opens in a browser: one that only notes what it was asked for. */
export function windowProblems(place: BarePlace, { platform }: Target): readonly string[] {
  if (platform !== 'linux') return []
  const folder = place.addBrowser('#!/bin/sh\nprintf "%s\\n" "$@" > "$HOME/window"\n')
  const ended = place.run([], { PATH: folder, DISPLAY: ':0' })
  const noted = join(place.home, 'window')
  const asked = existsSync(noted) ? readFileSync(noted, 'utf8') : ''
  const isRoot = process.getuid?.() === 0 && !place.description.includes('without rights')
  if (isRoot) return []
  return /^--app=http:\/\/127\.0\.0\.1:\d+\/#/m.test(asked) && ended.status === 0
    ? []
    : [`no window was opened (${ended.status}): ${asked}${ended.stdout}${ended.stderr}`]
}
