// Makes the pictures of the user guide from those the end-to-end tests took: small files with few
// colours in docs/pictures. Run after `npm run test:e2e` (or the three specs that take them).
// Usage: npm run docs:pictures
import { existsSync } from 'node:fs'
import { mkdir, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import sharp from 'sharp'

const root = join(import.meta.dirname, '..')
const taken = join(root, 'test-results', 'pictures')
const shown = join(root, 'docs', 'pictures')

if (!existsSync(taken)) {
  console.error(
    'There are no pictures yet. Run: npm run test:e2e -- main-job next-next-start tiny-set'
  )
  process.exit(3)
}
await mkdir(shown, { recursive: true })
let total = 0
for (const file of (await readdir(taken)).filter((name) => name.endsWith('.png')).sort()) {
  const path = join(shown, file)
  // A window has few colours; with 128 of them nobody sees a difference, and the file is a third.
  await sharp(join(taken, file)).png({ palette: true, colours: 128, effort: 10 }).toFile(path)
  const { size } = await stat(path)
  total += size
  console.log(`${basename(path, '.png').padEnd(16)} ${(size / 1000).toFixed(0)} KB`)
}
console.log(`${(total / 1e6).toFixed(2)} MB in docs/pictures`)
