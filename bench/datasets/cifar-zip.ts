// Reading a zip of real pictures (CIFAR-10 as 60,000 JPEG files in class folders) beside `unzip`
// followed by Python's PIL decoding the same files. The peer's two steps do what an import does:
// get at every file, and look at every picture. Takes turns, medians of some runs.
//   node bench/datasets/cifar-zip.ts --zip cifar10-jpeg.zip [--runs 3]
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runMeasured } from './measured-run.ts'

const { values: options } = parseArgs({
  options: {
    zip: { type: 'string', default: process.env['WINNOW_CIFAR10_ZIP'] ?? '' },
    runs: { type: 'string', default: '3' }
  }
})
const python = process.env['PYTHON'] ?? '/usr/bin/python3'

// Decodes every picture below a folder and reads its bytes' SHA-256, as an import does.
const peer = `
import hashlib, os, sys
from PIL import Image
n = 0
for folder, _, names in sorted(os.walk(sys.argv[1])):
    for name in sorted(names):
        if not name.endswith('.jpg'):
            continue
        path = os.path.join(folder, name)
        with open(path, 'rb') as file:
            hashlib.sha256(file.read()).digest()
        Image.open(path).convert('RGB').load()
        n += 1
print(n)
`

function seconds(command: string, args: readonly string[]): Promise<number> {
  const start = performance.now()
  const child = spawn(command, [...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  return new Promise((settle, fail) => {
    child.on('error', fail)
    child.on('close', (code) =>
      code === 0
        ? settle((performance.now() - start) / 1000)
        : fail(new Error(`${command} ended with ${code}`))
    )
  })
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

if (!existsSync(options.zip)) {
  console.log('It needs the zip: --zip PATH or WINNOW_CIFAR10_ZIP.')
} else {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-cifar-'))
  try {
    const ours: number[] = []
    const theirs: number[] = []
    let items = 0
    let memory = 0
    for (let run = 0; run < Number(options.runs); run++) {
      const project = join(folder, `Run ${run}.winnow`)
      const home = join(folder, 'home')
      await runMeasured(['new', project], home)
      const made = await runMeasured(['import', options.zip, '--into', project, '--json'], home)
      const result = JSON.parse(made.out.trim().split('\n').at(-1) ?? '{}') as { items?: number }
      items = result.items ?? 0
      ours.push(made.seconds)
      memory = Math.max(memory, made.megabytes)
      const unpacked = join(folder, `unpacked ${run}`)
      const unzip = await seconds('unzip', ['-q', options.zip, '-d', unpacked])
      theirs.push(unzip + (await seconds(python, ['-c', peer, unpacked])))
      await rm(unpacked, { recursive: true, force: true })
      await rm(project, { recursive: true, force: true })
    }
    const [we, they] = [median(ours), median(theirs)]
    console.log(
      `Winnow: ${items} pictures in ${we.toFixed(1)} s, ${(items / we).toFixed(0)} files/s`
    )
    console.log(`unzip and PIL: ${they.toFixed(1)} s, ${(items / they).toFixed(0)} files/s`)
    console.log(`Winnow / unzip and PIL: ${(we / they).toFixed(2)} times the time`)
    console.log(`peak memory: ${memory.toFixed(0)} MB`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
