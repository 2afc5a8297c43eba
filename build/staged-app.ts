// Checks of a packed app: what is in it, what is not, its fuses, and that it runs from there.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, cpSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { extractAll, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { packageOf } from './import-closure.ts'
import { packagesLeftOut, takesCuda } from './production-packages.ts'
import type { StagedApp } from './stage-app.ts'

const root = join(import.meta.dirname, '..')

/** Everything that may lie at the top of the archive. */
const topLevel: ReadonlySet<string> = new Set(['LICENSE', 'node_modules', 'out', 'package.json'])
/** Files whose presence means that something was not left out. */
const unwanted =
  /\.map$|\.test\.|_test\.js$|\.tsx?$|\/\.git|\/node_modules\/(electron|typescript|vite|vitest|playwright[\w-]*|eslint|vue|@vue|reka-ui)\//

/** Wrong entries of the archive. */
export function archiveProblems(app: StagedApp): readonly string[] {
  const entries = listPackage(app.archive, { isPack: false }).map((path) =>
    path.replaceAll('\\', '/')
  )
  const problems = entries
    .filter((path) => !topLevel.has(path.split('/')[1] ?? '') || unwanted.test(path))
    .map((path) => `${path} must not be in the archive`)
  const packed = new Set(
    entries.map((path) => packageOf(path.split('/node_modules/').at(-1) ?? ''))
  )
  for (const name of packagesLeftOut(root, takesCuda)) {
    if (packed.has(name)) problems.push(`${name} must not be in the archive`)
  }
  const wanted = ['/out/main/electron.js', '/out/preload/preload.cjs', '/out/renderer/index.html']
  for (const path of wanted) {
    if (!entries.includes(path)) problems.push(`${path} is missing from the archive`)
  }
  return problems
}

/** Folder of ONNX Runtime's binaries; each system and processor has one below it. */
const onnxBinaries = 'node_modules/onnxruntime-node/bin/napi-v6'

/** Natives and samples that are not real files beside the archive. */
export function unpackedProblems(app: StagedApp): readonly string[] {
  const { platform, arch } = process
  // npm installs sharp's library for the system it runs on.
  const sharp = join('node_modules', '@img', `sharp-${platform}-${arch}`, 'package.json')
  const wasm = join('node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist')
  const wanted = [
    join(app.unpacked, 'node_modules', 'better-sqlite3', 'prebuilds', `linux-${arch}.node`),
    join(app.unpacked, wasm, 'tfjs-backend-wasm-simd.wasm'),
    join(app.unpacked, sharp),
    join(app.unpacked, onnxBinaries, platform, arch, 'onnxruntime_binding.node'),
    join(app.resources, 'samples', 'definitions')
  ]
  return wanted.filter((path) => !existsSync(path)).map((path) => `${path} is missing`)
}

/**
 * What is wrong with ONNX Runtime as it was packed: it must be there for this system alone, each
 * file outside the archive, and load from there with no library but those beside it.
 */
export function onnxProblems(app: StagedApp): readonly string[] {
  const { platform, arch } = process
  const own = `/${onnxBinaries}/${platform}/${arch}/`
  const entries = listPackage(app.archive, { isPack: true }).map((line) => {
    // "pack   : /path" or "unpack : /path"
    const [kind = '', path = ''] = line.split(/\s*: /)
    return { isPacked: kind === 'pack', path: path.replaceAll('\\', '/') }
  })
  const files = entries.filter(({ path }) =>
    /\/(napi-v6\/.+\.(node|dll|dylib|so\.\d+))$/.test(path)
  )
  const problems = files.flatMap(({ isPacked, path }) => [
    ...(path.startsWith(own) ? [] : [`${path} is for another system`]),
    ...(isPacked ? [`${path} is inside the archive, where no system can load it`] : [])
  ])
  if (entries.some(({ path }) => path.includes('/onnxruntime-node/script/'))) {
    problems.push('the install script of onnxruntime-node was packed')
  }
  const binding = join(app.unpacked, onnxBinaries, platform, arch, 'onnxruntime_binding.node')
  const code = 'console.log(JSON.stringify(require(process.argv[1]).listSupportedBackends()))'
  const run = spawnSync(process.execPath, ['-e', code, binding], {
    encoding: 'utf8',
    // A library of the same name elsewhere on this machine must not stand in.
    env: { ...process.env, LD_LIBRARY_PATH: '', DYLD_LIBRARY_PATH: '' }
  })
  if (run.status !== 0 || !/"cpu"/.test(run.stdout)) {
    problems.push(`ONNX Runtime does not load from the unpacked files: ${run.stderr || run.stdout}`)
  }
  return problems
}

/** Fuses that are not as rule E11 wants them. */
export async function fuseProblems(app: StagedApp): Promise<readonly string[]> {
  const wanted: readonly (readonly [FuseV1Options, FuseState])[] = [
    [FuseV1Options.RunAsNode, FuseState.DISABLE],
    [FuseV1Options.EnableCookieEncryption, FuseState.ENABLE],
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseState.DISABLE],
    [FuseV1Options.EnableNodeCliInspectArguments, FuseState.DISABLE],
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseState.ENABLE],
    [FuseV1Options.OnlyLoadAppFromAsar, FuseState.ENABLE],
    [FuseV1Options.GrantFileProtocolExtraPrivileges, FuseState.DISABLE],
    [FuseV1Options.WasmTrapHandlers, FuseState.ENABLE]
  ]
  const wire = await getCurrentFuseWire(app.executable)
  return wanted
    .filter(([fuse, state]) => wire[fuse] !== state)
    .map(([fuse]) => `the fuse ${FuseV1Options[fuse]} is not set as it should be`)
}

/** Unpacks the archive into `folder`, as plain Node cannot read inside it. */
export function unpackStaged(app: StagedApp, folder: string): void {
  mkdirSync(folder, { recursive: true })
  extractAll(app.archive, folder)
  cpSync(app.resources, join(folder, 'resources'), { recursive: true })
}

/** Runs what was packed, natives included: a project, pictures into it, the devices. */
export function commandProblems(folder: string, home: string, picture: string): readonly string[] {
  const pictures = join(home, 'pictures', 'kind')
  mkdirSync(pictures, { recursive: true })
  copyFileSync(picture, join(pictures, 'one.png'))
  const project = join(home, 'Packed.winnow')
  const steps = [
    ['new', project],
    ['import', join(home, 'pictures'), '--into', project, '--as', 'images'],
    ['devices']
  ]
  const problems: string[] = []
  for (const step of steps) {
    const run = spawnSync(process.execPath, [join(folder, 'out', 'main', 'cli.js'), ...step], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, WINNOW_HOME: home }
    })
    // 2 is "finished with notes": a set of one picture has some.
    if (run.status !== 0 && run.status !== 2) {
      problems.push(`"winnow ${step[0]}" ended with ${run.status}: ${run.stderr || run.stdout}`)
    }
    if (step[0] !== 'devices') continue
    for (const device of ['✓ native', '✓ wasm']) {
      if (!run.stdout.includes(device))
        problems.push(`"winnow devices" does not find "${device}": ${run.stdout}`)
    }
  }
  return problems
}

/** Starts the local host of what was packed and loads its page. */
export async function pageProblems(folder: string, home: string): Promise<readonly string[]> {
  const host = spawn(process.execPath, [join(folder, 'out', 'main', 'node.js'), '--headless'], {
    cwd: folder,
    env: { ...process.env, WINNOW_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const ended = once(host, 'exit')
  try {
    let address: string | undefined
    for await (const line of createInterface({ input: host.stdout })) {
      address = /(http:\S+)/.exec(line)?.[1]
      if (address !== undefined) break
    }
    if (address === undefined) return ['the local host ended without printing its address']
    const page = await fetch(new URL('/', address))
    const text = await page.text()
    const policy = page.headers.get('Content-Security-Policy') ?? ''
    const script = /<script[^>]+src="([^"]+)"/.exec(text)?.[1]
    const code = script === undefined ? undefined : await fetch(new URL(script, address))
    return [
      ...(page.ok && text.includes('<div id="app"') ? [] : ['the page was not served']),
      ...(policy.includes("default-src 'none'") ? [] : ['the page has no content policy']),
      ...(code?.ok ? [] : ["the page's script was not served"])
    ]
  } finally {
    host.kill('SIGTERM')
    await ended
  }
}
