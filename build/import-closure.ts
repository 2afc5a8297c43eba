// Follows imports from entry files through everything they reach, in sources and in built output
// alike. Packages are named, not entered.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import ts from 'typescript'

/** One import as written; `specifier` is undefined when it is computed at run time. */
export interface ImportSite {
  readonly specifier: string | undefined
  readonly text: string
}

/** What entries reach. */
export interface ImportClosure {
  /** Absolute paths of our own files. */
  readonly files: ReadonlySet<string>
  /** Package names with the files that import them; Node's own modules are left out. */
  readonly packages: ReadonlyMap<string, ReadonlySet<string>>
  /** Imports whose target is computed, with their file. */
  readonly computed: readonly { readonly file: string; readonly text: string }[]
  /** Relative imports that lead nowhere. */
  readonly missing: readonly { readonly file: string; readonly specifier: string }[]
}

/**
 * Imports of one file: static, re-exports, `import()`, `require()` and `require.resolve()`.
 * Imports of types count, so that not even a type comes from where nothing may come from.
 */
export function importsOf(path: string, text: string): readonly ImportSite[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false)
  const found: ImportSite[] = []
  const take = (node: ts.Node | undefined): void => {
    if (node === undefined) return
    const isText = ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)
    found.push({ specifier: isText ? node.text : undefined, text: node.getText(file) })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) take(node.moduleSpecifier)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      take(node.argument.literal)
    else if (ts.isCallExpression(node) && isImporting(node, file)) take(node.arguments[0])
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function isImporting(call: ts.CallExpression, file: ts.SourceFile): boolean {
  if (call.expression.kind === ts.SyntaxKind.ImportKeyword) return true
  const callee = call.expression.getText(file)
  return /^(require|.*[rR]equire\w*(\(import\.meta\.url\))?\.resolve)$/.test(callee)
}

/** Name of the package a bare specifier belongs to, such as "@scope/name" or "name". */
export function packageOf(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}

/** Everything `entries` reach. Throws when an entry itself does not exist. */
export function importClosure(entries: readonly string[]): ImportClosure {
  const files = new Set<string>()
  const packages = new Map<string, Set<string>>()
  const computed: { file: string; text: string }[] = []
  const missing: { file: string; specifier: string }[] = []
  const waiting = entries.map((entry) => resolve(entry))
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue
    files.add(file)
    for (const { specifier, text } of importsOf(file, readFileSync(file, 'utf8'))) {
      if (specifier === undefined) computed.push({ file, text })
      else if (specifier.startsWith('.')) {
        const target = fileOf(join(dirname(file), specifier))
        if (target === undefined) missing.push({ file, specifier })
        else if (/\.[cm]?[jt]s$/.test(target)) waiting.push(target)
      } else if (!isBuiltin(specifier)) {
        const name = packageOf(specifier)
        packages.set(name, (packages.get(name) ?? new Set()).add(file))
      }
    }
  }
  return { files, packages, computed, missing }
}

function fileOf(path: string): string | undefined {
  const plain = path.replace(/\?.*$/, '')
  return existsSync(plain) && statSync(plain).isFile() ? plain : undefined
}
