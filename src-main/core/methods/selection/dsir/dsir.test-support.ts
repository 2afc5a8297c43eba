// Texts of made-up topics, and a runner, for the tests of DSIR.
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import type {
  MethodCheckpoint,
  MethodProgress,
  Selection,
  SelectionInputs,
  TargetTask,
  TextSource
} from '../../method.ts'
import { memorySource } from '../icons/icons.test-support.ts'
import { runDsir } from './method.ts'
import { dsirParams } from './params.ts'

/** Words of each topic, and words that all texts use. */
const topics = [
  ['invoice', 'refund', 'payment', 'card', 'charge', 'account', 'bill'],
  ['football', 'goal', 'match', 'team', 'score', 'league', 'player'],
  ['flour', 'butter', 'oven', 'sugar', 'bake', 'dough', 'egg'],
  ['engine', 'wheel', 'brake', 'road', 'fuel', 'driver', 'gear']
]
const common = ['the', 'a', 'my', 'is', 'was', 'and', 'to', 'of', 'please', 'today', '.', ',']

/** A text of `words` words about a topic. */
export function textAbout(topic: number, words: number, seed: number): string {
  const random = createRandom(seed)
  const own = topics[topic]
  return Array.from({ length: words }, () =>
    random.uniform() < 0.4 ? own[random.below(own.length)] : common[random.below(common.length)]
  ).join(' ')
}

/** Texts in memory, handed out in blocks. */
export function textSource(texts: readonly string[], blockRows = 64): TextSource {
  return {
    rows: texts.length,
    async *blocks() {
      for (let first = 0; first < texts.length; first += blockRows) {
        // As a file does: the next block comes in a later turn of the event loop.
        await new Promise((resume) => setImmediate(resume))
        yield { first, texts: texts.slice(first, first + blockRows) }
      }
    }
  }
}

/** A task whose examples are these texts. */
export function taskOf(
  name: string,
  texts: readonly string[],
  importance: TargetTask['importance'] = 'normal'
): TargetTask {
  const labels = new Int32Array(texts.length).fill(-1)
  return {
    name,
    importance,
    parts: [{ name, features: new Float32Array(texts.length), labels, texts }]
  }
}

/** Inputs of texts and tasks; ids are 10, 12, 14 ... */
export function inputsOf(
  texts: readonly string[],
  tasks: readonly TargetTask[],
  budget: number,
  blockRows?: number
): SelectionInputs {
  return {
    features: memorySource(new Float32Array(texts.length), 1),
    labels: new Int32Array(texts.length).fill(-1),
    classNames: [],
    tasks,
    budget,
    rowIds: Uint32Array.from(texts, (_, i) => 10 + 2 * i),
    texts: textSource(texts, blockRows)
  }
}

/** `rows` texts, topics in turn, of 3 to 40 words; the topic of row i is i modulo 4. */
export function mixedTexts(rows: number, seed: number): string[] {
  const random = createRandom(seed)
  return Array.from({ length: rows }, (_, i) =>
    textAbout(i % 4, 3 + random.below(38), random.uint32())
  )
}

/** Examples of one topic. */
export function examplesOf(topic: number, count: number, seed = 77): string[] {
  return Array.from({ length: count }, (_, i) => textAbout(topic, 20, seed + 1000 * topic + i))
}

export interface RunOptions {
  readonly seed?: number
  readonly signal?: AbortSignal
  readonly resume?: MethodCheckpoint
  readonly checkpointRows?: number
}

/** Runs DSIR to its end. The device is never used. */
export async function runCase(
  inputs: SelectionInputs,
  params: Readonly<Record<string, unknown>> = {},
  { seed = 0, signal = new AbortController().signal, resume, checkpointRows }: RunOptions = {}
): Promise<{ readonly selection: Selection; readonly steps: readonly MethodProgress[] }> {
  const device = undefined as unknown as Device // DSIR computes without tensors
  const random = createRandom(seed).fork('dsir')
  const context = { random, seed, signal, device, resume }
  const run = runDsir(context, inputs, dsirParams.parse(params), checkpointRows)
  const steps: MethodProgress[] = []
  let step = await run.next()
  while (step.done !== true) {
    steps.push(step.value)
    step = await run.next()
  }
  return { selection: step.value, steps }
}
