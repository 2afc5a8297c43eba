// Fingerprints a second of texts and of pictures: the native device with one and two cores beside
// WebAssembly, each in a process of its own, taking turns; and how far their rows differ. Every turn
// has new texts, as a dataset has.
// Usage: node bench/compute/features.ts [--rounds 5] [--texts 128] [--pictures 1000]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { markdown, median, startContender, type Answer, type Contender } from './contender.ts'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    texts: { type: 'string', default: '128' },
    pictures: { type: 'string', default: '1000' }
  }
})
const rounds = Number(options.rounds)
/** Rows have numbers around 0.05 (texts) and 1 (pictures); they may differ by this much. */
const tolerance = 1e-4

const kinds = ['texts', 'pictures'] as const
type Kind = (typeof kinds)[number]

interface Result {
  readonly contender: Contender
  readonly file: string
  readonly answers: Record<Kind, Answer[]>
  fit: Answer
}

const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-'))

async function start(id: string, cores: number): Promise<Result | undefined> {
  const contender = await startContender(
    id === 'wasm' ? 'wasm' : `native, ${cores}`,
    process.execPath,
    [join(import.meta.dirname, 'features-child.ts'), folder, id, String(cores)]
  )
  if (contender === undefined) return undefined
  return { contender, file: `${id}-${cores}`, answers: { texts: [], pictures: [] }, fit: {} }
}

const figure = (answers: readonly Answer[], name: string): number =>
  median(answers.map((answer) => Number(answer[name])))

/** Largest difference of two files of 32-bit floats. */
function difference(a: string, b: string): number {
  const read = (name: string): Float32Array =>
    new Float32Array(new Uint8Array(readFileSync(join(folder, name))).buffer)
  const [left, right] = [read(a), read(b)]
  if (left.length !== right.length) return Infinity
  return left.reduce((most, value, i) => Math.max(most, Math.abs(value - right[i])), 0)
}

function show(kind: Kind, results: readonly Result[]): void {
  const rows = results.map(({ contender, answers }) => {
    const of = answers[kind]
    return [
      contender.name,
      figure(of, 'perSecond').toFixed(0),
      figure(of, 'cpuMs').toFixed(2),
      figure(of, 'graphs').toFixed(0),
      JSON.stringify(of.at(-1)?.['fallbacks']),
      `${Number(of.at(-1)?.['peakMb']).toFixed(0)} MB`
    ]
  })
  const head = [
    '',
    'per second',
    'processor ms each',
    'compiled a turn',
    'fallbacks',
    'peak memory'
  ]
  console.log(`\n### ${kind}\n\n${markdown([head, ...rows])}\n`)
  for (const { contender, answers } of results)
    console.log(
      `${kind}, ${contender.name}: ${figure(answers[kind], 'perSecond').toFixed(0)} per second`
    )
  const wasm = results.find(({ contender }) => contender.name === 'wasm')
  for (const result of results)
    if (wasm !== undefined && result !== wasm) {
      const times =
        figure(result.answers[kind], 'perSecond') / figure(wasm.answers[kind], 'perSecond')
      console.log(`speed, ${kind}: ${result.contender.name} / wasm: ${times.toFixed(2)} times`)
    }
}

try {
  const started = [await start('wasm', 1), await start('native', 1), await start('native', 2)]
  const results = started.filter((one) => one !== undefined)
  console.log(
    `Fingerprints of ${options.texts} texts and ${options.pictures} pictures of 28 x 28; medians of ${rounds} turns.\n` +
      `Texts are one to four sentences of ${String(results[0]?.contender.hello['texts'])}.`
  )
  for (let turn = 0; turn < rounds; turn++)
    for (const { contender, answers } of results) {
      answers.texts.push(await contender.ask(`texts ${turn} ${options.texts}`))
      answers.pictures.push(await contender.ask(`pictures ${options.pictures}`))
    }
  for (const result of results) {
    result.fit = await result.contender.ask('fit')
    await result.contender.ask('save')
  }
  for (const kind of kinds) show(kind, results)
  console.log()
  for (const { contender, fit } of results)
    console.log(
      `learning from 1,000 pictures, ${contender.name}: ${Number(fit['seconds']).toFixed(2)} s`
    )
  const [first, ...others] = results
  for (const kind of kinds)
    for (const { contender, file } of others) {
      const worst = difference(`${kind}-${first.file}`, `${kind}-${file}`)
      console.log(
        `${kind}: ${contender.name} differs from ${first.contender.name} by ${worst.toExponential(1)} at most`
      )
      if (!(worst <= tolerance)) process.exitCode = 1
    }
  for (const { contender } of results) await contender.stop()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
