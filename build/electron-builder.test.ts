// The packaging configuration: accepted by electron-builder's own schema, fuses as security rule
// E11 wants them, and no list that would take the repository along.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import config from './electron-builder.ts'
import { cudaPackage, packagesLeftOut, readPackages } from './production-packages.ts'

const root = join(import.meta.dirname, '..')
const schema = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('app-builder-lib/scheme.json'), 'utf8')
) as Record<string, unknown>
const isValid = new Ajv({ strict: false, allowUnionTypes: true }).compile(schema)
const filesOf = (platform: 'win' | 'mac' | 'linux'): unknown => config[platform]?.files

describe('the configuration', () => {
  it("fits electron-builder's schema", () => {
    expect(isValid(config), JSON.stringify(isValid.errors)).toBe(true)
  })

  it('is really held against it', () => {
    expect(isValid({ ...config, electronFuse: {} })).toBe(false)
    expect(isValid({ ...config, asar: 'yes' })).toBe(false)
  })

  it('sets the fuses', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false
    })
    expect(config.disableAsarIntegrity ?? false).toBe(false)
    expect(config.asar).toBe(true)
  })

  it('never publishes and never compiles', () => {
    expect(config.publish).toBeNull()
    expect([config.npmRebuild, config.nodeGypRebuild]).toEqual([false, false])
  })

  it('makes NSIS, dmg, AppImage and deb', () => {
    expect([config.win?.target, config.mac?.target, config.linux?.target]).toEqual([
      ['nsis'],
      ['dmg'],
      ['AppImage', 'deb']
    ])
    expect(config.fileAssociations).toMatchObject([{ ext: 'winnow' }])
  })

  it.each(['win', 'mac', 'linux'] as const)('names a file in every list of %s', (platform) => {
    // Exclusions alone mean "everything else" to electron-builder: sources, .git and all.
    const lists = (filesOf(platform) as { filter: string[] }[]).map(({ filter }) => filter)
    expect(lists).toHaveLength(1)
    for (const list of lists) expect(list.some((pattern) => !pattern.startsWith('!'))).toBe(true)
  })

  it('unpacks natives and WebAssembly that are there', () => {
    const patterns = (config.asarUnpack as string[]).filter((path) => !path.includes(cudaPackage))
    expect(patterns).toHaveLength(4)
    for (const pattern of patterns) {
      expect(globSync(pattern, { cwd: root }), pattern).not.toEqual([])
    }
  })

  it('names files that exist', () => {
    for (const path of [config.win?.icon, config.mac?.icon, config.linux?.icon]) {
      expect(existsSync(join(root, String(path))), String(path)).toBe(true)
    }
    expect(existsSync(join(root, String(config.mac?.entitlements)))).toBe(true)
    expect(existsSync(join(root, 'resources', 'samples'))).toBe(true)
  })
})

describe('packages left out', () => {
  const left = packagesLeftOut(root, false)
  const kept = ['better-sqlite3', 'sharp', 'zod', 'echarts', '@tensorflow/tfjs-core', 'yauzl']
  const ofNative = ['onnxruntime-node', 'onnxruntime-common', '@bufbuild/protobuf']

  it('are those of the window, of the CUDA device and of installing', () => {
    const wanted = ['vue', 'pinia', 'reka-ui', cudaPackage, 'adm-zip', 'global-agent', 'globalthis']
    for (const name of wanted) expect(left).toContain(name)
  })

  it('hold nothing the main side needs', () => {
    // semver is needed by sharp, and by what installs onnxruntime-node.
    const deeper = ['detect-libc', 'zrender', 'seedrandom', 'pend', 'semver']
    for (const name of [...kept, ...ofNative, ...deeper]) expect(left).not.toContain(name)
  })

  it('keep what CUDA needs when it is taken along', () => {
    const withCuda = packagesLeftOut(root, true)
    expect(withCuda).not.toContain(cudaPackage)
    expect(withCuda.length).toBeLessThan(left.length)
    // It unpacks its library with a version of its own.
    expect(withCuda).not.toContain('adm-zip')
  })

  it('are all in the lock file', () => {
    const folders = Object.keys(readPackages(root).lock)
    const isThere = (name: string): boolean =>
      folders.some((folder) => folder.endsWith(`node_modules/${name}`))
    expect(left.filter((name) => !isThere(name))).toEqual([])
  })
})
