// The `winnow` command: one process, the same core and records as the windows, no port opened.
// `winnow serve` hands over to the local host.
import { mkdir } from 'node:fs/promises'
import { AppError } from '../../api/errors.ts'
import { licencesCommand, versionCommand } from './commands/about-commands.ts'
import {
  checkCommand,
  featuresCommand,
  importCommand,
  newCommand
} from './commands/data-commands.ts'
import { distilCommand } from './commands/distil-command.ts'
import { demoCommand, demoFolder } from './commands/demo-command.ts'
import { takeDevice } from './commands/device-option.ts'
import { devicesCommand } from './commands/devices-command.ts'
import { createOutput, exitCodeOf, exitCodes, UsageError, type Output } from './commands/output.ts'
import { recipeCommand } from './commands/recipe-command.ts'
import {
  exportCommand,
  methodsCommand,
  runsCommand,
  selectCommand,
  verifyCommand
} from './commands/run-commands.ts'
import { openSession, type Session } from './commands/session.ts'
import { tracesCommand } from './commands/traces-command.ts'
import { commandLinePlatform } from './node-platform.ts'

type Command = (session: Session, args: readonly string[]) => Promise<number>

/** A command; one that computes takes --device. */
interface CommandEntry {
  readonly run: Command
  readonly usage: string
  readonly computes?: true
}

const commands = new Map<string, CommandEntry>([
  ['new', { run: newCommand, usage: 'new P.winnow' }],
  [
    'import',
    {
      run: importCommand,
      usage:
        'import PATH --into P.winnow [--as images|table|text|arrays] [--map label=COLUMN,text=COLUMN] [--name NAME] [--copy] [--examples] [--test-fraction 0.2]'
    }
  ],
  ['check', { run: checkCommand, usage: 'check --project P.winnow [--dataset NAME]' }],
  ['methods', { run: methodsCommand, usage: 'methods' }],
  [
    'features',
    {
      run: featuresCommand,
      usage: 'features --project P.winnow --dataset NAME [--device ID]',
      computes: true
    }
  ],
  [
    'select',
    {
      run: selectCommand,
      usage:
        'select --project P.winnow --dataset NAME --method icons --budget 500|10%|2GB|500000tokens|8h|smallest:98% [--rules FILE] [--plan FILE] [--goal GOAL] [--tasks FILE|--task-column COLUMN [--per-task 20]|--per-label 20] [--list FILE [--list-order as-listed|last-first]] [--recipe NAME|FILE] [--seed 0] [--check] [--repeats 5] [--set NAME=VALUE] [--keep-near-duplicates] [--device ID] [--dry-run]',
      computes: true
    }
  ],
  [
    'distil',
    {
      run: distilCommand,
      usage:
        'distil --project P.winnow --dataset NAME [--recipe NAME|FILE] [--plan FILE] [--method ID] [--per-class 10] [--effort quick|standard|thorough] [--helper FILE.onnx [--helper-values shares|bytes|imagenet|as-students]] [--seed 0] [--name NAME] [--set NAME=VALUE] [--device ID] [--dry-run]',
      computes: true
    }
  ],
  [
    'export',
    {
      run: exportCommand,
      usage:
        'export RUN --project P.winnow --to DIR [--layout parquet|records|openai|sharegpt|alpaca|hf-folder|arrays|rows|epochs|npy|safetensors] [--indent] [--conflict stop|new-name|replace]'
    }
  ],
  ['verify', { run: verifyCommand, usage: 'verify DIR' }],
  [
    'runs',
    {
      run: runsCommand,
      usage: 'runs list|show|resume|cancel --project P.winnow [RUN] [--device ID]',
      computes: true
    }
  ],
  [
    'recipe',
    {
      run: recipeCommand,
      usage:
        'recipe list|save|run --project P.winnow [NAME|FILE] [--run RUN] [--to FILE] [--dataset NAME] [--dry-run] [--device ID]',
      computes: true
    }
  ],
  ['devices', { run: devicesCommand, usage: 'devices [--measure] [--device ID]', computes: true }],
  [
    'traces',
    {
      run: tracesCommand,
      usage: [
        'traces suggest FILE [--effect TOOL=read|write|talk|think|end] [--volatile NAME,NAME]',
        'traces import PATH --into P.winnow [--name NAME] [--keep-secrets]',
        'traces list --in P.winnow',
        'traces export [SET] --in P.winnow --to DIR [--queue NAME] [--which kept|reviewed|all] [--files sft,sharegpt,pairs,steps,answers,atif,report] [--name NAME] [--wrong mask|drop] [--scope from-first|wrong-steps] [--no-corrections] [--no-recovered] [--max-tokens 8000] [--test-share 0.2] [--seed 0] [--conflict new-name|replace|stop] [--dry-run]',
        'traces score [SET] --in P.winnow',
        'traces run --pages own|DIR --tasks a,b --policy scripted|noisy|random|model --out FILE.jsonl|--into P.winnow [--seeds 1000-1024] [--trials 3] [--steps 20] [--seed 0] [--slip 0.35] [--corrector 1|off] [--no-reflection] [--labels] [--pictures] [--address http://127.0.0.1:8080/v1 --model NAME] [--name NAME]',
        'traces rooms DIR --into P.winnow [--name NAME] [--import-only] | --in P.winnow [--set NAME]  [--train A,B] [--test C,D] [--effort quick|usual|thorough] [--runs 3] [--seed 1] [--walks 200] [--hint 3] [--without-messages] [--csv FILE]'
      ].join('\n  winnow ')
    }
  ],
  ['demo', { run: demoCommand, usage: 'demo [--to DIR] [--device ID]', computes: true }]
])

/** Commands about Winnow itself: answered at once, without the product. */
const plainCommands = new Map<
  string,
  { readonly run: (output: Output, args: readonly string[]) => number; readonly usage: string }
>([
  ['licences', { run: licencesCommand, usage: 'licences [WORDS]' }],
  ['version', { run: versionCommand, usage: 'version' }],
  ['--version', { run: versionCommand, usage: '--version' }]
])

function usageText(): string {
  const lines = [...commands.values()].map((command) => `  winnow ${command.usage}`)
  return [
    'Choose, test and export the part of a dataset worth keeping, or a tiny training set made of it.',
    '',
    ...lines,
    '  winnow serve [P.winnow] [--root DIR] [--headless]   the app in a browser window',
    '  winnow licences [WORDS]   what comes with Winnow, and under which licences',
    '  winnow --version',
    '',
    'Every command takes --json: one object per line, the last being the result.',
    'Exit codes: 0 ok, 2 finished with notes, 3 invalid input, 4 cancelled, 5 failed.'
  ].join('\n')
}

/** Opens what a command works on, with the device it asked for. */
type OpenApp = (device: ReturnType<typeof takeDevice>['device'], output: Output) => Promise<Session>

const openApp: OpenApp = async (device, output) => {
  // The whole product loads here, so that help and typing mistakes are answered at once.
  const { createApp } = await import('../../core/app/create-app.ts')
  return openSession(await createApp(await commandLinePlatform(), device), output)
}

/** Runs one command line (without `node winnow`) and returns the exit code. */
export async function runCommandLine(
  args: readonly string[],
  stream: { write(text: string): unknown; readonly isTTY?: boolean } = process.stdout,
  open: OpenApp = openApp
): Promise<number> {
  const [name, ...rest] = args
  const output = createOutput(rest.includes('--json'), stream)
  if (name === undefined || name === 'help' || name === '--help' || rest.includes('--help')) {
    const known = name === undefined ? undefined : (commands.get(name) ?? plainCommands.get(name))
    stream.write(`${known ? `winnow ${known.usage}` : usageText()}\n`)
    return name === undefined ? exitCodes.invalid : exitCodes.ok
  }
  const plain = plainCommands.get(name)
  if (plain) {
    try {
      return plain.run(output, rest)
    } catch (error) {
      return report(error, plain.usage, output)
    }
  }
  const command = commands.get(name)
  if (!command) {
    const message = `"${name}" is not a command.`
    if (output.isJson) output.event({ error: { code: 'invalid-input', message, hint: null } })
    process.stderr.write(`${message}\n${usageText()}\n`)
    return exitCodes.invalid
  }
  let session: Session | undefined
  try {
    const { device, others } = command.computes ? takeDevice(rest) : { device: {}, others: rest }
    if (name === 'demo') await mkdir(demoFolder(rest), { recursive: true })
    session = await open(device, output)
    return await command.run(session, others)
  } catch (error) {
    return report(error, command.usage, output)
  } finally {
    await session?.close()
  }
}

/** Says what went wrong: with --json as the last object, and in words on the error stream. */
function report(error: unknown, usage: string, output: Output): number {
  const refusal =
    error instanceof UsageError
      ? { code: 'invalid-input' as const, message: error.message, hint: undefined }
      : error instanceof AppError
        ? error
        : new AppError('internal', undefined, { cause: error })
  const { code, message, hint } = refusal
  output.event({ error: { code, message, hint: hint ?? null } })
  if (error instanceof UsageError) process.stderr.write(`${message}\nUsage: winnow ${usage}\n`)
  else process.stderr.write(`${message}${hint ? ` ${hint}` : ''} [${code}]\n`)
  // A bug: what it was helps whoever reports it; a refusal is complete without.
  if (refusal !== error && !(error instanceof UsageError))
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`
    )
  return exitCodeOf(code)
}

if (import.meta.main) {
  // `winnow ... | head` closes our output early; that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(exitCodes.ok)
  })
  if (process.argv[2] === 'serve') {
    process.argv.splice(2, 1)
    await import('./main.ts')
  } else {
    process.exitCode = await runCommandLine(process.argv.slice(2))
  }
}
