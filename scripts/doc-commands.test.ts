// Commands that documents tell people to type are real: scripts and files that are there, and
// command lines that the command's own reader accepts. What the README shows is run by the tests of
// the command line and by the packaging smoke test.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { benchmarks } from '../bench/list.ts'
import { AppError } from '../src-main/api/errors.ts'
import { runCommandLine } from '../src-main/hosts/node/cli.ts'
import type { Session } from '../src-main/hosts/node/commands/session.ts'
import { commandsIn, spelledOut } from './doc-commands.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
const documents = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: root })]
const commands = documents.flatMap((document) =>
  commandsIn(read(document)).map((command) => ({ ...command, document }))
)

/** Commands that are not checked here, each with the reason. */
const exceptions: readonly { readonly command: RegExp; readonly reason: string }[] = [
  {
    command: /^(\.\/)?winnow( serve\b.*| --headless| \S+\.winnow)?$/,
    reason: 'opens or serves the app: run by the packaging smoke test and every end-to-end test'
  },
  {
    command: /^winnow licences/,
    reason: 'reads what the build has written: run by the packaging smoke test'
  },
  { command: /^(sha256sum|tar|cd) /, reason: "the system's own tools" }
]

/** Everything a command can do with its project is refused, so that nothing but reading it happens. */
const reached: Session = new Proxy({} as Session, {
  get: (_target, name) =>
    // Waiting for a session asks whether it is a promise.
    name === 'then'
      ? undefined
      : name === 'output'
        ? { isJson: false, say: stop, event: stop, result: stop, progress: stop }
        : name === 'close'
          ? () => Promise.resolve()
          : name === 'client'
            ? { call: stop, stream: stop }
            : stop
})
function stop(): never {
  throw new AppError('cancelled')
}

/** What is wrong with a `winnow` command line, by the command's own reader; empty when nothing is. */
async function refusal(args: readonly string[]): Promise<string> {
  let said = ''
  const quiet = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text)
    return true
  })
  try {
    const silent = { write: () => true }
    const status = await runCommandLine(args, silent, () => Promise.resolve(reached))
    // 4: it was understood and stopped at its first step. 0: help and the like.
    return status === 4 || status === 0 ? '' : said
  } finally {
    quiet.mockRestore()
  }
}

/** What the reader of a command says that it knows, and of which it wants to know more. */
const wantsMore = /^(Name the|Say what|The (file|folder|path)|--[\w-]+ is missing|\S+ is missing)/

/** What is wrong with a command of a document. */
async function problem(words: readonly string[]): Promise<string> {
  const start = words.findIndex((word) => !/^[A-Z_][A-Z0-9_]*=/.test(word))
  const [program = '', ...args] = words.slice(start)
  if (program.endsWith('winnow')) return refusal(args)
  if (program === 'npx' && args[0] === 'winnow') return refusal(args.slice(1))
  if (program === 'npx') return ofTool(args)
  if (program === 'node') return ofFile(args)
  if (program === 'npm') return ofNpm(args)
  return `${program} is not a program that is known here`
}

async function ofNpm(args: readonly string[]): Promise<string> {
  const [verb = '', ...rest] = args
  if (verb === 'ci') return rest.length === 0 ? '' : 'npm ci takes nothing more'
  const name = verb === 'run' ? (rest.shift() ?? '') : verb
  if (!(name in scripts)) return `package.json has no script "${name}"`
  if (rest.length === 0) return ''
  if (rest.shift() !== '--') return 'arguments for a script come after --'
  if (name === 'winnow') return refusal(rest)
  const [first = ''] = rest
  if (name === 'bench') {
    const found = benchmarks.find((one) => one.name === first || one.name.startsWith(`${first}-`))
    if (found === undefined) return first === 'list' ? '' : `there is no benchmark "${first}"`
    return unknownSwitch(join('bench', found.script), rest)
  }
  if (name === 'golden') {
    const folder = join(root, 'src-main/core/methods/selection', first)
    return existsSync(join(folder, 'golden.test-support.ts')) ? '' : `${first} has no golden case`
  }
  const file = scripts[name]?.split(' ').find((word) => /\.(mjs|ts)$/.test(word)) ?? ''
  if (file.endsWith('.ts')) return unknownSwitch(file, rest)
  const places = file.endsWith('bootstrap.mjs') ? [file, 'src-main/hosts/node/main.ts'] : [file]
  const isKnown = (word: string): boolean =>
    places.some(
      (place) =>
        read(place).includes(`'${word.replace(/^--/, '')}'`) || read(place).includes(`'${word}'`)
    )
  return rest
    .filter((word) => !isKnown(word))
    .map((word) => `${file} does not know ${word}`)
    .join()
}

/** A program that npx runs: it is installed, and the files it is given are there. */
function ofTool([tool = '', ...args]: readonly string[]): string {
  if (!existsSync(join(root, 'node_modules', '.bin', tool))) return `${tool} is not installed`
  const missing = args.filter((word) => word.includes('/') && !isThere(word))
  return missing.map((word) => `${word} is not there`).join()
}

/** A test may be named by the beginning of its path. */
const isThere = (path: string): boolean =>
  existsSync(join(root, path)) || globSync(`${path}*`, { cwd: root }).length > 0

function ofFile([file = '', ...args]: readonly string[]): string {
  if (!/\.(ts|mjs)$/.test(file) || !existsSync(join(root, file))) return `${file} is not there`
  return unknownSwitch(file, args)
}

/** Switches that occur nowhere in a program of ours, nor in what it shares with its neighbours. */
function unknownSwitch(file: string, args: readonly string[]): string {
  const folder = file.slice(0, file.lastIndexOf('/'))
  const sources = [file, ...globSync(`${folder}/*.ts`, { cwd: root })].map(read).join('\n')
  return args
    .filter((word) => word.startsWith('--') && word !== '--')
    .map((word) => word.slice(2).replace(/=.*/, ''))
    .filter((name) => !new RegExp(`['"\`(](--)?${name}['"\`:= ]|\\b${name}: \\{`).test(sources))
    .map((name) => `${file} does not know --${name}`)
    .join()
}

describe('the commands of the documents', () => {
  it('are found', () => {
    expect(documents.length).toBeGreaterThan(50)
    expect(commands.length).toBeGreaterThan(80)
    for (const document of [
      'README.md',
      'CONTRIBUTING.md',
      'docs/user-guide.md',
      'docs/packaging.md'
    ])
      expect(commands.some((command) => command.document === document)).toBe(true)
  })

  it('are all real', async () => {
    const wrong: string[] = []
    for (const { document, line, text, isInSentence } of commands) {
      if (exceptions.some(({ command }) => command.test(text))) continue
      for (const words of spelledOut(text)) {
        const found = await problem(words)
        if (isInSentence && wantsMore.test(found)) continue
        if (found !== '')
          wrong.push(`${document}:${line} ${words.join(' ')}: ${found.split('\n')[0] ?? ''}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('need every exception that is made', () => {
    for (const { command } of exceptions)
      expect(
        commands.some(({ text }) => command.test(text)),
        String(command)
      ).toBe(true)
  })

  it('name two commands that set up, one of them the test, and CI runs that one', () => {
    const block = commandsIn(read('README.md')).slice(0, 2)
    expect(block.map(({ text }) => text)).toEqual(['npm run demo', 'npm test'])
    expect(read('.ci/run').trim().endsWith('exec npm test')).toBe(true)
  })
})

describe('what is checked', () => {
  it.each([
    ['npm run nothing', /no script/],
    ['npm run bench -- nothing', /no benchmark/],
    ['npm run bench -- fashion --loudly', /does not know --loudly/],
    ['npm run pack -- --louder', /does not know --louder/],
    ['npm test loudly', /after --/],
    ['node scripts/nothing.ts', /not there/],
    ['npx nothing', /not installed/],
    ['npx vitest run src-main/nothing', /not there/],
    ['winnow chose', /not a command/],
    ['winnow new', /Name the project/],
    ['winnow select --project P.winnow --loud', /Unknown option/],
    ['winnow import x --into P.winnow --as movies', /--as must be/],
    ['winnow runs list one two --project P.winnow', /one word too many/],
    ['winnow traces shout', /not something traces can do/]
  ])('refuses "%s"', async (text, words) => {
    expect(await problem(text.split(' '))).toMatch(words)
  })

  it('finds commands in blocks and in text, and no others', () => {
    const text = [
      'Type `npm test` or `NAME=1 npx winnow help`, not `--json` and not `npmrc`.',
      '```',
      'npm run demo   # with a note',
      'src-main/api   the contract',
      '```',
      '```sh',
      'A=1 cp a \\',
      '  b',
      '```',
      '```json',
      'npm',
      '```',
      '| `winnow runs list\\|show` | does |'
    ].join('\n')
    expect(commandsIn(text)).toEqual([
      { line: 1, text: 'npm test', isInSentence: true },
      { line: 1, text: 'NAME=1 npx winnow help', isInSentence: true },
      { line: 3, text: 'npm run demo', isInSentence: false },
      { line: 7, text: 'A=1 cp a b', isInSentence: false },
      { line: 13, text: 'winnow runs list|show', isInSentence: false }
    ])
  })

  it('spells written forms out', () => {
    expect(spelledOut('w --a A|--b B x').map((words) => words.join(' '))).toEqual([
      'w --a A x',
      'w --b B x'
    ])
    expect(
      spelledOut('w x|y (--a A | --b) [--c "d e"] f,...').map((words) => words.join(' '))
    ).toEqual(['w x --a A --c d e f', 'w y --b --c d e f', 'w x --a A f'])
  })
})
