// Checks of out/ before it is packed: complete, resolvable by what an installer carries, and a
// preload script that stands alone. Each returns what is wrong, in plain sentences.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { cudaPackage, readPackages, windowPackages } from './production-packages.ts'
import { importClosure, importsOf } from './import-closure.ts'

/** Entries of the main side; Electron starts the first. */
export const mainEntries: readonly string[] = [
  'electron.js',
  'node.js',
  'cli.js',
  'backend.js',
  'compute.js'
]

/** Files without which the app cannot start. */
export function missingOutput(root: string): readonly string[] {
  const wanted = [
    ...mainEntries.map((name) => join('out', 'main', name)),
    join('out', 'preload', 'preload.cjs'),
    join('out', 'renderer', 'index.html')
  ]
  const missing = wanted.filter((path) => {
    const place = join(root, path)
    return !existsSync(place) || statSync(place).size === 0
  })
  return missing.map((path) => `${path} is missing: run "npm run build"`)
}

/** Imports of the main side that an installer could not resolve. */
export function unresolvedImports(root: string): readonly string[] {
  const entries = mainEntries.map((name) => join(root, 'out', 'main', name))
  const { packages, missing } = importClosure(entries)
  const { dependencies, optional } = readPackages(root)
  const problems = missing.map(
    ({ file, specifier }) => `${relative(root, file)} imports ${specifier}, which is not there`
  )
  for (const [name, importers] of packages) {
    // Electron's own module is part of its binary.
    if (name === 'electron' || name === cudaPackage) continue
    const by = relative(root, [...importers][0] ?? '')
    if (windowPackages.includes(name)) problems.push(`${name} is left out, but ${by} imports it`)
    else if (![...dependencies, ...optional].includes(name)) {
      problems.push(`${name} is no dependency, but ${by} imports it`)
    }
  }
  return problems
}

/** What keeps the preload script from running in a sandbox (security rule E2). */
export function preloadProblems(root: string): readonly string[] {
  const folder = join(root, 'out', 'preload')
  const files = readdirSync(folder)
  const problems =
    files.length === 1 ? [] : [`out/preload holds more than one file: ${files.join()}`]
  const path = join(folder, 'preload.cjs')
  const text = readFileSync(path, 'utf8')
  for (const { specifier } of importsOf(path, text)) {
    if (specifier !== 'electron') problems.push(`the preload script loads ${specifier ?? 'a file'}`)
  }
  if (/^\s*(import|export)\b/m.test(text)) problems.push('the preload script is no CommonJS')
  return problems
}
