// Reading large sources: a CSV file with 1,000,000 rows and a zip with 60,000 pictures, imported by
// the command line. Prints seconds and the most memory the process held (Linux only).
//   node bench/datasets/import.ts [--rows 1000000] [--pictures 60000]
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished, pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import yazl from 'yazl'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { runMeasured } from './measured-run.ts'

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    pictures: { type: 'string', default: '60000' }
  }
})
const folder = await mkdtemp(join(tmpdir(), 'winnow-import-'))
const home = join(folder, 'home')

async function writeTable(path: string, rows: number): Promise<void> {
  const out = createWriteStream(path)
  const random = createRandom(1)
  out.write('id,kind,words,length,weight\n')
  for (let row = 0; row < rows; row++) {
    const line = `${row},kind ${row % 20},a short text about thing ${random.below(1e6)},${random.below(1000)},${(random.below(10_000) / 10_000).toFixed(4)}\n`
    if (!out.write(line)) await once(out, 'drain')
  }
  out.end()
  await finished(out)
}

async function writeZip(path: string, pictures: number): Promise<void> {
  const random = createRandom(2)
  const zip = new yazl.ZipFile()
  for (let i = 0; i < pictures; i++) {
    const pixels = Buffer.from(Uint8Array.from({ length: 1024 * 3 }, () => random.below(256)))
    const raw = { width: 32, height: 32, channels: 3 } as const
    const png = await sharp(pixels, { raw }).png({ compressionLevel: 1 }).toBuffer()
    zip.addBuffer(png, `class ${i % 10}/${i}.png`, { compress: false })
  }
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
}

try {
  const project = join(folder, 'Large.winnow')
  await runMeasured(['new', project], home)
  const table = join(folder, 'table.csv')
  await writeTable(table, Number(options.rows))
  const zip = join(folder, 'pictures.zip')
  await writeZip(zip, Number(options.pictures))
  for (const [what, path] of [
    [`CSV, ${Number(options.rows).toLocaleString('en')} rows`, table],
    [`zip, ${Number(options.pictures).toLocaleString('en')} pictures of 32 x 32`, zip]
  ] as const) {
    const { seconds, megabytes, out } = await runMeasured(
      ['import', path, '--into', project, '--json'],
      home
    )
    const result = JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as { items?: number }
    console.log(
      `${what}: ${result.items?.toLocaleString('en')} items in ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB at most`
    )
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
