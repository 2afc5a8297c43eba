// Commands about projects and data: new, import, check, features.
import { basename, dirname, resolve } from 'node:path'
import type { ImportOptions } from '../../../api/dto/datasets.ts'
import { readArguments, readColumnMap } from './arguments.ts'
import { exitCodeOfEnd, exitCodes, UsageError } from './output.ts'
import { datasetNamed, type Session } from './session.ts'

/** `winnow new P.winnow` */
export async function newCommand(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, {}, 1)
  const [path] = parsed.positionals
  if (path === undefined)
    throw new UsageError('Name the project folder, for example Flowers.winnow.')
  const name = basename(resolve(path)).replace(/\.winnow$/i, '')
  const place = await session.grant(dirname(resolve(path)))
  const project = await session.client.call('projects.create', { name, place })
  session.output.say(`Made the project ${project.name} in ${project.place}.`)
  session.output.result({ project: project.name, place: project.place })
  return exitCodes.ok
}

const kinds = ['images', 'table', 'text', 'arrays'] as const

const importOptionTable = {
  into: { type: 'string' },
  as: { type: 'string' },
  map: { type: 'string' },
  name: { type: 'string' },
  copy: { type: 'boolean' },
  examples: { type: 'boolean' },
  'test-fraction': { type: 'string' },
  seed: { type: 'string' }
} as const

/** `winnow import PATH --into P.winnow` */
export async function importCommand(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, importOptionTable, 1)
  const [path] = parsed.positionals
  if (path === undefined) throw new UsageError('Name the file or folder to import.')
  const options = importOptions(parsed)
  await session.open(parsed.required('into'))
  const grant = await session.grant(path)
  const preview = await session.client.call('datasets.preview', { grant, options })
  session.output.say(preview.sentence)
  const began = performance.now()
  const { job, dataset } = await session.client.call('datasets.import', {
    grant,
    name: parsed.text('name') ?? preview.suggestedName,
    options,
    purpose: parsed.flag('examples') ? 'examples' : 'pool'
  })
  const finished = await session.finish(job)
  const summary = await session.client.call('datasets.get', { dataset })
  const seconds = Number(((performance.now() - began) / 1000).toFixed(2))
  session.output.say(
    `Imported ${summary.items.toLocaleString('en')} items as “${summary.name}” in ${seconds} s; ${summary.skipped.toLocaleString('en')} skipped, ${summary.exactDuplicates.toLocaleString('en')} exact copies, ${summary.classes.length} groups.`
  )
  session.output.result({
    dataset: summary.name,
    items: summary.items,
    skipped: summary.skipped,
    classes: summary.classes.length,
    seconds
  })
  return summary.skipped > 0 ? exitCodes.notes : exitCodeOfEnd(finished)
}

function importOptions(parsed: ReturnType<typeof readArguments>): Partial<ImportOptions> {
  const as = parsed.text('as')
  const kind = kinds.find((known) => known === as)
  if (as !== undefined && kind === undefined) {
    throw new UsageError(`--as must be one of ${kinds.join(', ')}, not "${as}".`)
  }
  const fraction = parsed.share('test-fraction')
  return {
    as: kind ?? null,
    roles: readColumnMap(parsed.text('map')),
    storage: parsed.flag('copy') ? 'copy' : 'link',
    ...(fraction === undefined
      ? {}
      : {
          split: {
            kind: 'holdout' as const,
            testFraction01: fraction,
            seed: parsed.integer('seed', 0)
          }
        })
  }
}

/** `winnow check --project P.winnow [--dataset NAME]`: is the project sound, what is in the data. */
export async function checkCommand(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, { project: { type: 'string' }, dataset: { type: 'string' } })
  await session.open(parsed.required('project'))
  const sound = await session.client.call('projects.check', {})
  const { datasets } = await session.client.call('datasets.list', {})
  const wanted = parsed.text('dataset')
  const shown =
    wanted === undefined ? datasets : datasets.filter((dataset) => dataset.name === wanted)
  if (wanted !== undefined && shown.length === 0) await datasetNamed(session, wanted)
  session.output.say(sound.ok ? 'The project file is sound.' : sound.findings.join('\n'))
  const rows = shown.map((dataset) => ({
    dataset: dataset.name,
    kind: dataset.kind,
    items: dataset.items,
    skipped: dataset.skipped,
    exactDuplicates: dataset.exactDuplicates,
    missingLabels: dataset.missingLabels,
    setAside: dataset.setAside,
    train: dataset.train,
    test: dataset.test,
    classes: dataset.classes.length,
    isReachable: dataset.isReachable
  }))
  for (const row of rows) {
    session.output.say(
      `${row.dataset}: ${row.items} items (${row.train} train, ${row.test} test), ${row.classes} groups, ${row.skipped} skipped, ${row.exactDuplicates} exact copies, ${row.missingLabels} without a label${row.isReachable ? '' : ', the originals are not where they were'}`
    )
  }
  session.output.result({ ok: sound.ok, findings: sound.findings, datasets: rows })
  const isClean = sound.ok && rows.every((row) => row.isReachable && row.skipped === 0)
  return isClean ? exitCodes.ok : exitCodes.notes
}

/** `winnow features --project P.winnow --dataset NAME` */
export async function featuresCommand(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, { project: { type: 'string' }, dataset: { type: 'string' } })
  await session.open(parsed.required('project'))
  const dataset = await datasetNamed(session, parsed.text('dataset'))
  const began = performance.now()
  const { job } = await session.client.call('datasets.prepare', { dataset })
  const finished = await session.finish(job)
  const { name } = await session.client.call('datasets.get', { dataset })
  const seconds = Number(((performance.now() - began) / 1000).toFixed(2))
  session.output.say(
    `Similarity fingerprints are ready (${seconds} s, ${finished.device ?? 'from the cache'}).`
  )
  session.output.result({ dataset: name, seconds, device: finished.device, notes: finished.notes })
  return exitCodeOfEnd(finished)
}
