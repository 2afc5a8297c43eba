// What an installer takes of ONNX Runtime, for every system and processor it is made for: answered
// by electron-builder's own filter over the files that npm installed, which are those of all.
import { createHash } from 'node:crypto'
import { globSync, readFileSync, statSync, type Stats } from 'node:fs'
import { createRequire } from 'node:module'
import { join, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import config from './electron-builder.ts'
import { carriedFolders } from './production-packages.ts'
import { isShipped, packageFiles } from './shipped-files.ts'

const root = join(import.meta.dirname, '..')
const home = 'node_modules/onnxruntime-node'
const binaries = `${home}/bin/napi-v6`
const installed = globSync(`${home}/**`, { cwd: root })
  .map((path) => path.replaceAll(sep, '/'))
  .filter((path) => statSync(join(root, path)).isFile())

interface Matcher {
  createFilter(): (file: string, stat: Stats) => boolean
}
// electron-builder declares no types for these; the shapes are those of app-builder-lib 26.17.
const { getNodeModuleFileMatcher, getFileMatchers } = createRequire(import.meta.url)(
  'app-builder-lib/out/fileMatcher.js'
) as {
  getNodeModuleFileMatcher(
    from: string,
    to: string,
    expand: (text: string) => string,
    ofPlatform: unknown,
    packager: unknown
  ): Matcher
  getFileMatchers(config: unknown, name: string, to: string, options: unknown): Matcher[] | null
}

const expandFor = (arch: string) => (text: string) => text.replaceAll('${arch}', arch)

/** Paths of onnxruntime-node that electron-builder packs. */
function packed(platform: 'win' | 'mac' | 'linux', arch: string): readonly string[] {
  const packager = { config, debugLogger: { isEnabled: false } }
  const expand = expandFor(arch)
  const matcher = getNodeModuleFileMatcher(root, '/app', expand, config[platform], packager)
  const isPacked = matcher.createFilter()
  return installed.filter((path) => isPacked(join(root, path), statSync(join(root, path))))
}

const inBinaries = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => path.startsWith(binaries)).map((path) => path.slice(binaries.length + 1))

const windowsFiles = (arch: string): readonly string[] =>
  ['dxcompiler.dll', 'dxil.dll', 'onnxruntime.dll', 'onnxruntime_binding.node'].map(
    (name) => `win32/${arch}/${name}`
  )
/** The one library that is left out for its licence (ADR 0013). */
const closedFiles = ['win32/x64/DirectML.dll', 'win32/arm64/DirectML.dll']
const linuxFiles = (arch: string): readonly string[] =>
  ['libonnxruntime.so.1', 'onnxruntime_binding.node'].map((name) => `linux/${arch}/${name}`)
const macFiles = ['darwin/arm64/libonnxruntime.1.dylib', 'darwin/arm64/onnxruntime_binding.node']

describe('the binaries of ONNX Runtime', () => {
  it.each([
    { platform: 'win', arch: 'x64', wanted: windowsFiles('x64') },
    { platform: 'win', arch: 'arm64', wanted: windowsFiles('arm64') },
    { platform: 'linux', arch: 'x64', wanted: linuxFiles('x64') },
    { platform: 'linux', arch: 'arm64', wanted: linuxFiles('arm64') },
    { platform: 'mac', arch: 'arm64', wanted: macFiles },
    // There are none for Macs with Intel processors: the app runs there without this device.
    { platform: 'mac', arch: 'x64', wanted: [] }
  ] as const)('that are packed for $platform $arch', ({ platform, arch, wanted }) => {
    expect([...inBinaries(packed(platform, arch))].sort()).toEqual([...wanted].sort())
  })

  it('are all named above but for one that is there twice', () => {
    const listed = inBinaries(installed)
    for (const path of closedFiles) expect(listed).toContain(path)
    const named = [...windowsFiles('x64'), ...windowsFiles('arm64'), ...macFiles]
    const other = [...linuxFiles('x64'), ...linuxFiles('arm64')]
    const rest = listed.filter((path) => ![...named, ...other, ...closedFiles].includes(path))
    expect(rest).toEqual([expect.stringMatching(/^darwin\/arm64\/libonnxruntime\.\d+\.\d+\.\d+\./)])
    const hashOf = (path: string): string =>
      createHash('sha256')
        .update(readFileSync(join(root, binaries, path)))
        .digest('hex')
    expect(hashOf(rest[0])).toBe(hashOf(macFiles[0]))
    // The short name is the one the binding asks the system for.
    const binding = readFileSync(join(root, binaries, macFiles[1]), 'latin1')
    expect(binding).toContain('@rpath/libonnxruntime.1.dylib')
    expect(binding).not.toContain(rest[0].split('/').at(-1))
  })

  it('are unpacked, every one', () => {
    const options = {
      macroExpander: expandFor('x64'),
      customBuildOptions: {},
      globalOutDir: join(root, 'dist'),
      defaultSrc: root
    }
    const isUnpacked = getFileMatchers(config, 'asarUnpack', '/app', options)?.[0].createFilter()
    const files = installed.filter((path) => path.startsWith(binaries))
    expect(files.length).toBeGreaterThan(10)
    for (const path of files) {
      expect(isUnpacked?.(join(root, path), statSync(join(root, path))), path).toBe(true)
    }
  })
})

describe('the rest of onnxruntime-node', () => {
  it('is its code, without what only installs it', () => {
    const rest = packed('linux', 'x64').filter((path) => !path.startsWith(binaries))
    expect(rest).toContain(`${home}/dist/binding.js`)
    expect(rest).toContain(`${home}/package.json`)
    const unwanted = /\/(script|node_modules)\/|\.ts$|\.map$/
    const inside = rest.map((path) => path.slice(home.length))
    expect(inside.filter((path) => unwanted.test(path))).toEqual([])
  })
})

describe('the two answers to what is shipped', () => {
  // electron-builder's own placeholders stand for what is packed for, not for what packs.
  const names = { win: 'win32', mac: 'darwin', linux: 'linux' } as const
  const folders = carriedFolders(root, false)
  const files = folders.flatMap((folder) => packageFiles(root, folder))

  it.each([
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['mac', 'arm64'],
    ['win', 'x64']
  ] as const)('are the same for %s on %s', (platform, arch) => {
    const packager = { config, debugLogger: { isEnabled: false } }
    const matcher = getNodeModuleFileMatcher(
      root,
      '/app',
      expandFor(arch),
      config[platform],
      packager
    )
    const isPacked = matcher.createFilter()
    const byBuilder = files.filter((path) => isPacked(join(root, path), statSync(join(root, path))))
    const target = { platform: names[platform], arch }
    const byList = files.filter((path) => isShipped(path, target))
    expect(byList.length).toBeGreaterThan(1000)
    expect(byBuilder).toEqual(byList)
  })
})
