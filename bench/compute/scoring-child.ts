// Winnow's side of the scoring benchmark, a process of its own: scores the matrix once for every
// line on standard input and answers with one JSON line. "save SCORES NORMS" also writes what came
// out. Usage: node scoring-child.ts MATRIX.npy DIRECTIONS CORES
import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { openBlockEngine } from '../../src-main/core/compute/blocks/block-engine.ts'
import { scoreRows } from '../../src-main/core/compute/blocks/score-rows.ts'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { openNpy } from '../../src-main/core/features/npy.ts'

const [path, directionsPath, cores] = process.argv.slice(2)
const values = new Float32Array(new Uint8Array(readFileSync(directionsPath)).buffer)
const { device } = await openDevice('native')
const engine = openBlockEngine(device, Number(cores))
const signal = new AbortController().signal

async function score() {
  const source = await openNpy(path)
  const count = values.length / source.columns
  const scores = new Float32Array(count * source.rows)
  const norms = new Float32Array(source.rows)
  for await (const block of scoreRows(source, { values, count }, { engine, signal })) {
    norms.set(block.norms, block.first)
    for (let m = 0; m < count; m++) {
      const part = block.scores.subarray(m * block.count, (m + 1) * block.count)
      scores.set(part, m * source.rows + block.first)
    }
  }
  await source.close()
  return { scores, norms }
}

await score()
console.log(JSON.stringify({ about: `Winnow, ${engine.name}` }))
for await (const line of createInterface({ input: process.stdin })) {
  const [word, ...paths] = line.split(' ')
  const start = performance.now()
  const { scores, norms } = await score()
  const ms = performance.now() - start
  if (word === 'save') {
    writeFileSync(paths[0], new Uint8Array(scores.buffer))
    writeFileSync(paths[1], new Uint8Array(norms.buffer))
  }
  console.log(JSON.stringify({ ms, peakMb: process.resourceUsage().maxRSS / 1024 }))
}
