// Near-duplicate pictures (re-encoded, shifted, cropped, brightened) planted among the pictures of a
// zip, or of Fashion-MNIST when no zip is named: precision and recall of the product's whole check,
// run as the app runs it.
//   node bench/health/near-duplicates.ts [--zip cifar10-jpeg.zip] [--pictures 12000] [--each 400]
//     [--seeds 1] [--sheet others.png]
// Real pictures hold near-duplicates of their own. They are counted apart ("other pairs"), and
// --sheet draws them side by side, so that a person can judge them.
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { newJobId } from '../../src-main/core/jobs/engine.ts'
import { hasFashionMnist } from '../features/fashion-mnist.ts'
import { createBenchProject } from '../evaluation/bench-project.ts'
import {
  copyKinds,
  fashionPictures,
  plantCopies,
  zipPictures,
  type PlantedPictures
} from './planted-pictures.ts'

const { values: options } = parseArgs({
  options: {
    zip: { type: 'string', default: process.env['WINNOW_CIFAR10_ZIP'] ?? '' },
    pictures: { type: 'string', default: '12000' },
    each: { type: 'string', default: '400' },
    seeds: { type: 'string', default: '1' },
    sheet: { type: 'string', default: '' }
  }
})
const hasZip = options.zip !== '' && existsSync(options.zip)
if (!hasZip && !hasFashionMnist) {
  console.log(
    'Skipped: name a zip of 32 x 32 pictures with --zip or WINNOW_CIFAR10_ZIP, or install dataset-fashion-mnist.'
  )
  process.exit(0)
}
const count = Number(options.pictures)

interface Pair {
  readonly kept: number
  readonly row: number
}

/** Imports the pictures, checks them, and returns each member of a group with its kept one. */
async function check(planted: PlantedPictures): Promise<{
  readonly pairs: readonly Pair[]
  readonly groupOf: ReadonlyMap<number, number>
  readonly seconds: number
  readonly cut: string
}> {
  const project = await createBenchProject(2)
  try {
    const folder = join(project.folder, 'pictures')
    await mkdir(folder)
    for (const [i, bytes] of planted.files.entries())
      await writeFile(join(folder, `${String(i).padStart(6, '0')}.jpg`), bytes)
    const dataset = await project.importData(folder, 'Planted', 'pool')
    const { engine, project: opened } = project.area
    const start = performance.now()
    const id = newJobId()
    engine.submit({ id, kind: 'health', title: 'Check', dataset, params: { dataset } })
    const job = await engine.wait(id)
    if (job.error !== null) throw new Error(job.error.message)
    const seconds = (performance.now() - start) / 1000
    const finding = opened.store.health.finding(dataset, 'near-duplicates')
    if (finding === undefined) throw new Error('no near-duplicates finding')
    // Files were named by their number, and a folder is read in the order of the names.
    const pairs: Pair[] = []
    const groupOf = new Map<number, number>()
    let kept = 0
    finding.rows.forEach((row, i) => {
      groupOf.set(row, finding.groups[i])
      if (finding.best[i] === 1) kept = row
      else pairs.push({ kept, row })
    })
    return { pairs, groupOf, seconds, cut: JSON.stringify(finding.spec).slice(0, 90) }
  } finally {
    await project.dispose()
  }
}

/** Draws pairs side by side, ten to a line. */
async function drawSheet(
  path: string,
  planted: PlantedPictures,
  pairs: readonly Pair[]
): Promise<void> {
  const shown = pairs.slice(0, 200)
  const parts = await Promise.all(
    shown.flatMap(({ kept, row }, i) =>
      [kept, row].map(async (picture, side) => ({
        input: await sharp(planted.files[picture])
          .resize(48, 48, { kernel: 'nearest' })
          .png()
          .toBuffer(),
        left: (i % 10) * 104 + 48 * side,
        top: Math.floor(i / 10) * 52
      }))
    )
  )
  const height = Math.max(1, Math.ceil(shown.length / 10)) * 52
  await sharp({ create: { width: 1040, height, channels: 3, background: '#ffffff' } })
    .composite(parts)
    .png()
    .toFile(path)
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

for (let seed = 1; seed <= Number(options.seeds); seed++) {
  const originals = hasZip
    ? await zipPictures(options.zip, count, seed)
    : await fashionPictures(count)
  const planted = await plantCopies(originals, Number(options.each), seed)
  const { pairs, groupOf, seconds, cut } = await check(planted)
  const family = (row: number): number =>
    row < planted.originals ? row : planted.copies[row - planted.originals].of
  const right = pairs.filter(({ kept, row }) => family(kept) === family(row))
  const other = pairs.filter(({ kept, row }) => family(kept) !== family(row))
  // A copy beside a stranger, or beside the stranger's own likenesses, shows a false match; two
  // originals beside each other are the data's own near-duplicates or false matches.
  console.log(
    `seed ${seed}: ${planted.files.length} pictures, ${planted.copies.length} copies planted, ${seconds.toFixed(1)} s, ${cut}`
  )
  for (const kind of copyKinds) {
    const copies = planted.copies.flatMap((copy, i) =>
      copy.kind === kind ? [{ row: planted.originals + i, of: copy.of }] : []
    )
    const found = copies.filter(
      ({ row, of }) => groupOf.get(row) !== undefined && groupOf.get(row) === groupOf.get(of)
    )
    console.log(`${kind}, seed ${seed}: recall ${percent(found.length / copies.length)}`)
  }
  console.log(
    `pairs, seed ${seed}: ${right.length} planted, ${other.length} other; planted among all ${percent(right.length / Math.max(1, pairs.length))}`
  )
  if (options.sheet !== '') await drawSheet(options.sheet, planted, other)
}
