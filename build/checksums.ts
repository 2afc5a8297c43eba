// Writes the SHA-256 of everything in dist/ that people download, in the form of sha256sum:
// dist/SHA256SUMS-linux-x64 and so on, one for each system that packs a release.
import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { thisTarget } from './shipped-files.ts'

/** Endings of what is downloaded; the rest of dist/ is what installers are made of. */
const downloaded = /\.(tar\.gz|zip|exe|dmg|AppImage|deb)$/

/** Writes the list into `folder` and returns its lines. */
export async function writeChecksums(folder: string): Promise<readonly string[]> {
  const lines: string[] = []
  for (const name of readdirSync(folder).sort()) {
    if (!downloaded.test(name)) continue
    const hash = createHash('sha256')
    await pipeline(createReadStream(join(folder, name)), hash)
    lines.push(`${hash.digest('hex')}  ${name}`)
  }
  if (lines.length === 0) throw new Error(`There is nothing to download in ${folder}.`)
  const { platform, arch } = thisTarget()
  writeFileSync(join(folder, `SHA256SUMS-${platform}-${arch}`), `${lines.join('\n')}\n`)
  return lines
}

if (import.meta.main) {
  const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '..', 'dist'))
  console.log((await writeChecksums(folder)).join('\n'))
}
