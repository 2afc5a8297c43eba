// Programs that take turns in a benchmark: each is a process of its own that says hello with a JSON
// line when it is ready, and answers every line it is sent with one.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** What a contender answers: numbers and words by name. */
export type Answer = Readonly<Record<string, unknown>>

export interface Contender {
  readonly name: string
  /** What it said when it was ready. */
  readonly hello: Answer
  /** Sends a line and waits for the answer. Throws when the program has ended. */
  ask(line: string): Promise<Answer>
  /** Ends the program and waits for it. */
  stop(): Promise<void>
}

/** Python for the peers. */
export const python = process.env['PYTHON'] ?? '/usr/bin/python3'

/** Starts a contender; undefined, with a line that says why, when it cannot take part here. */
export async function startContender(
  name: string,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {}
): Promise<Contender | undefined> {
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env }
  })
  const ended = new Promise<void>((settle) => child.on('close', () => settle()))
  child.on('error', () => undefined)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const read = async (): Promise<Answer | undefined> => {
    const line = await lines.next()
    return line.done === true ? undefined : (JSON.parse(line.value) as Answer)
  }
  const hello = await read()
  if (hello === undefined || hello['error'] !== undefined) {
    console.log(`${name}: not here (${String(hello?.['error'] ?? 'it did not start')})`)
    return undefined
  }
  return {
    name,
    hello,
    async ask(line) {
      child.stdin.write(`${line}\n`)
      const answer = await read()
      if (answer === undefined) throw new Error(`${name} ended early`)
      return answer
    },
    stop() {
      child.stdin.end()
      return ended
    }
  }
}

/** A contender's side: says hello, then answers line by line until the input ends. */
export async function answerLines(
  hello: Answer,
  answer: (words: readonly string[]) => Answer | Promise<Answer>
): Promise<void> {
  console.log(JSON.stringify(hello))
  for await (const line of createInterface({ input: process.stdin }))
    console.log(JSON.stringify(await answer(line.split(' '))))
}

/** The middle value; of an even number the upper one. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]
}

/** Largest resident size of this process so far, MB. */
export function peakMb(): number {
  return process.resourceUsage().maxRSS / 1024
}

/** A table in Markdown; the first row is its head. */
export function markdown(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, i) => Math.max(3, ...rows.map((row) => row[i].length)))
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`
  const [head, ...body] = rows
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}
