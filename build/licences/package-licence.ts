// The licence of one installed package: what its package.json says, and every text it brings.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFiles } from '../shipped-files.ts'
import { supplementOf } from './supplements.ts'
import { tidy } from './parts.ts'

/** What a package says about itself. */
export interface PackageLicence {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly texts: readonly string[]
}

/** Names of files that hold a licence or what goes with one, wherever they lie in a package. */
const textName =
  /^(licen[cs]es?|copying|notice|copyright(notice)?|third-?party-?notices)([.-][\w.-]+)?$|\.LICENSE$/i
/** Code that happens to be called so. */
const codeName = /\.(js|cjs|mjs|ts|json|html|map)$/i

/** The licence of the package in `folder`, from the repository. */
export function packageLicence(root: string, folder: string): PackageLicence {
  // npm's own format, written by whoever published the package.
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    name: string
    version: string
    license?: string | { readonly type?: string }
  }
  const said = typeof manifest.license === 'object' ? manifest.license.type : manifest.license
  const own = packageFiles(root, folder).filter((path) => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    return textName.test(name) && !codeName.test(name)
  })
  // Some say "licenses" and put one file for each part into a folder of that name.
  const texts = own.map((path) => tidy(readFileSync(join(root, path), 'utf8')))
  const readme = join(root, folder, 'README.md')
  const extra = supplementOf(root, manifest.name, manifest.version, () =>
    existsSync(readme) ? readFileSync(readme, 'utf8') : ''
  )
  return {
    name: manifest.name,
    version: manifest.version,
    licence: (said ?? '').replace(/^\((.*)\)$/, '$1'),
    texts: [...new Set([...texts, ...extra.map(tidy)])].filter((text) => text !== '')
  }
}
