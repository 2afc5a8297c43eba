// Which files of the production packages are shipped, in installers and in the portable bundle
// alike: one list, as patterns for electron-builder and as a question for everything else.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** A system and a processor that something is packed for, in Node's words. */
export interface Target {
  readonly platform: 'linux' | 'darwin' | 'win32'
  readonly arch: string
}

/** The machine this runs on. */
export function thisTarget(): Target {
  const { platform, arch } = process
  if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32')
    throw new Error(`Winnow is not packed for ${platform}.`)
  return { platform, arch }
}

/** Something of packages that stays behind; every field that is given must fit. */
interface LeftOut {
  readonly why: string
  /** A package (or a scope of them) it is limited to. */
  readonly of?: string
  /** Folders of this name anywhere inside a package, with all that is in them. */
  readonly folders?: readonly string[]
  /** Folders or files by their path from the package. */
  readonly paths?: readonly string[]
  /** Endings of file names. */
  readonly endings?: readonly string[]
}

/** What no target needs. */
const leftOut: readonly LeftOut[] = [
  { why: 'for debuggers', endings: ['.map'] },
  { why: 'types and sources of types', endings: ['.ts', '.mts', '.cts'] },
  { why: 'types alone', of: '@types', folders: [''] },
  { why: 'tests and their results', folders: ['coverage', '__tests__'] },
  { why: 'tests of TensorFlow', of: '@tensorflow', endings: ['_test.js'] },
  {
    why: 'builds for pages; Node loads the plain one',
    of: '@tensorflow',
    endings: ['.min.js', '.es2017.js', '.fesm.js', '.fesm.min.js', '.es2017.min.js']
  },
  {
    why: 'for another kind of page, and a second copy of WebAssembly',
    of: '@tensorflow',
    folders: ['miniprogram', 'wasm-out']
  },
  { why: 'the whole library in one file; parts are loaded', of: 'echarts', paths: ['dist'] },
  { why: 'the whole library in one file; parts are loaded', of: 'zrender', paths: ['dist'] },
  { why: 'pages for its own tests', of: 'papaparse', paths: ['tests', 'player'] },
  {
    why: 'only what was compiled of it is loaded',
    of: 'better-sqlite3',
    paths: ['src', 'deps', 'binding.gyp']
  },
  { why: 'compiling is never done', of: 'sharp', paths: ['src', 'install'] },
  { why: 'its install script', of: 'onnxruntime-node', paths: ['script'] },
  {
    why: 'its installers of browsers, and pages of its tools',
    of: 'playwright-core',
    paths: ['bin', 'lib/vite']
  }
]

/** Where ONNX Runtime has a folder for each system, and in it one for each processor. */
export const onnxBinaries = 'node_modules/onnxruntime-node/bin/napi-v6'
const sqliteBinaries = 'node_modules/better-sqlite3/prebuilds'

/** The same, as exclusions of electron-builder's. */
export function leftOutPatterns(): string[] {
  const patterns = leftOut.flatMap(({ of, folders, paths, endings }) => {
    const home = of === undefined ? 'node_modules/**' : `node_modules/${of}`
    return [
      ...(folders ?? []).map((name) => `!${home}/${name === '' ? '' : `**/${name}/`}**`),
      ...(paths ?? []).flatMap((path) => [`!${home}/${path}`, `!${home}/${path}/**`]),
      ...(endings ?? []).map((end) => `!${of === undefined ? home : `${home}/**`}/*${end}`)
    ]
  })
  // Settings of tools for whoever works on a package.
  return [...patterns, '!node_modules/**/.*', '!node_modules/**/.*/**']
}

/**
 * What is prebuilt for other machines, as exclusions of electron-builder's; `${arch}` is its own
 * placeholder. Linux means glibc: neither Electron nor the Node that is shipped runs on another.
 */
export function otherTargetPatterns(platform: Target['platform']): string[] {
  return [
    `!${sqliteBinaries}/!(${platform}-\${arch}).node`,
    `!${onnxBinaries}/!(${platform})/**`,
    `!${onnxBinaries}/*/!(\${arch})/**`,
    // The same library under its full version; the one that is loaded is libonnxruntime.1.dylib.
    `!${onnxBinaries}/*/*/libonnxruntime.*.*.*.dylib`,
    // Under Microsoft's own terms, and loaded only for a provider the app does not use (ADR 0013).
    `!${onnxBinaries}/*/*/DirectML.dll`
  ]
}

/** Whether a file below node_modules, by its path from the repository with "/", is for `target`. */
export function isShipped(path: string, target: Target): boolean {
  const isHidden = path.includes('/.')
  return !isHidden && !isForOther(path, target) && !leftOut.some((rule) => fits(rule, path))
}

function isForOther(path: string, { platform, arch }: Target): boolean {
  if (path.startsWith(`${sqliteBinaries}/`))
    return path !== `${sqliteBinaries}/${platform}-${arch}.node`
  if (!path.startsWith(`${onnxBinaries}/`)) return false
  const isOther = !path.startsWith(`${onnxBinaries}/${platform}/${arch}/`)
  return isOther || /\/(libonnxruntime\.\d+\.\d+\.\d+\.dylib|DirectML\.dll)$/.test(path)
}

function fits({ of, folders, paths, endings }: LeftOut, path: string): boolean {
  const home = of === undefined ? 'node_modules/' : `node_modules/${of}/`
  if (!path.startsWith(home)) return false
  const rest = path.slice(home.length)
  return (
    (folders ?? []).some((name) => name === '' || `/${rest}`.includes(`/${name}/`)) ||
    (paths ?? []).some((one) => rest === one || rest.startsWith(`${one}/`)) ||
    (endings ?? []).some((end) => rest.endsWith(end))
  )
}

/** Every file of the package in `folder` (from the repository, with "/"), packages in it left out. */
export function packageFiles(root: string, folder: string): string[] {
  const found: string[] = []
  const walk = (place: string): void => {
    for (const entry of readdirSync(join(root, place), { withFileTypes: true })) {
      const path = `${place}/${entry.name}`
      if (entry.isDirectory()) {
        if (entry.name !== 'node_modules') walk(path)
      } else if (entry.isFile()) found.push(path)
    }
  }
  walk(folder)
  return found.sort()
}
