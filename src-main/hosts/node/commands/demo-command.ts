// `winnow demo`: the main job from bundled pictures to a checked, exported, verified subset.
import { accessSync, constants } from 'node:fs'
import { join, resolve } from 'node:path'
import { appFolder, nodePaths } from '../node-platform.ts'
import { readArguments } from './arguments.ts'
import { exitCodes } from './output.ts'
import { resultFields, showResult } from './run-draft.ts'
import type { Session } from './session.ts'

/**
 * Folder of the demo's export: the one asked for, else one in the current folder, or among the
 * projects where nothing can be written here, as on a read-only medium.
 */
export function demoFolder(
  args: readonly string[],
  projects: string = nodePaths(appFolder()).projects,
  current: string = process.cwd()
): string {
  const at = args.indexOf('--to')
  const asked = at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith('--to='))?.slice(5)
  if (asked !== undefined) return resolve(current, asked)
  try {
    accessSync(current, constants.W_OK)
    return join(current, '.winnow-demo')
  } catch {
    return join(projects, 'Demo')
  }
}

/** Runs the main job on the sample project and exports the result beside it. */
export async function demoCommand(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(args, { to: { type: 'string' }, seed: { type: 'string' } })
  const { client, output } = session
  const began = performance.now()
  const computer = await client.call('app.computer', { calibrate: false })
  output.say(computer.line)
  const project = await client.call('projects.openSample', {})
  output.say(`Sample project: ${project.place}`)
  const { jobs } = await client.call('jobs.list', {})
  for (const job of [...jobs].reverse()) {
    if (job.kind === 'import' || job.kind === 'sample') await session.finish(job.id)
  }
  const { datasets } = await client.call('datasets.list', {})
  for (const dataset of datasets) {
    output.say(
      `  ${dataset.name}: ${dataset.items.toLocaleString('en')} items, ${dataset.classes.length} groups`
    )
  }
  const pool = datasets.find((dataset) => dataset.purpose === 'pool' && dataset.kind === 'images')
  if (!pool) throw new Error('the sample project holds no pictures to choose from')
  const draft = await client.call('drafts.defaults', { dataset: pool.id })
  draft.seed = parsed.integer('seed', 0)
  const review = await client.call('runs.review', draft)
  output.say(`\n${review.sentence}`)
  for (const message of review.messages) output.say(`  ${message.text}`)
  const { run } = await client.call('runs.start', draft)
  await session.finish(run)
  const result = await client.call('runs.result', { run })
  showResult(session, result)
  const to = demoFolder(args)
  const { job } = await client.call('exports.start', {
    run,
    place: await session.grant(to),
    name: result.name,
    conflict: 'new-name'
  })
  await session.finish(job)
  const exported = await client.call('exports.result', { id: job })
  const verified = await client.call('exports.verify', { grant: await session.grant(exported.dir) })
  const seconds = Math.round((performance.now() - began) / 1000)
  output.say(`\nVerdict:   ${result.check?.verdict ?? 'not tested'}`)
  output.say(`Exported:  ${exported.dir}`)
  output.say(`Report:    ${join(exported.dir, 'report.html')}`)
  output.say(`Verified:  ${verified.sentence}`)
  output.say(`Took ${seconds} s. Open the app with: ${process.env['WINNOW_START'] ?? 'npm start'}`)
  output.result({ ...resultFields(result), export: exported, verify: verified, seconds })
  return verified.ok ? exitCodes.ok : exitCodes.failed
}
