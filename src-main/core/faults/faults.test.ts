// What happens to a project when something outside of the app goes wrong: a short, seeded part of the
// campaign that `npm run bench -- faults` runs at length (docs/reliability.md).
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { JobKindName } from '../../api/dto/jobs.ts'
import { stageKinds } from './fault-work.test-support.ts'
import { noDisks } from './faults.test-support.ts'
import { prepareGround, type Ground } from './ground.test-support.ts'
import { killDuring } from './kill-row.test-support.ts'
import * as rows from './rows.test-support.ts'

// The quick ones of each sort; kill-resume and distil-kill cover the long ones.
const stages = [
  'import chat',
  'import photos',
  'import-traces',
  'derive-traces',
  'trace-export',
  'trace-send'
]

let folder = ''
let ground: Ground
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-faults-'))
  ground = await prepareGround(folder, stages)
}, 600_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

it('every kind of job has a stage, or is named here', () => {
  // Made by no job of their own: a check of a folder is a call, the sample is imports.
  const none: readonly JobKindName[] = ['verify', 'sample']
  // Tested beside their code: expanding a set measures as it makes, a correction is tried in a browser.
  const later: readonly JobKindName[] = ['measure-expand', 'try-correction']
  const without = JobKindName.options.filter((kind) => !stageKinds.has(kind))
  expect([...none, ...later]).toEqual(expect.arrayContaining(without))
})

describe('kill -9', () => {
  it.each([
    ['derive-traces', 0.2],
    ['trace-export', 0.5],
    ['trace-send', 0.6]
  ])(
    'during %s leaves what goes on to the same end',
    async (stage, share01) => {
      await killDuring(ground, stage, share01)
    },
    400_000
  )
})

const disks = noDisks === undefined ? describe : describe.skip
if (noDisks !== undefined) console.info(`Faults of disks are not tried here: ${noDisks}.`)

disks('a disk', () => {
  it('that is full refuses a new project, which can be made later', async () => {
    expect(await rows.diskFullWhileMaking(ground, 60_000)).toBe('disk-full')
  }, 400_000)

  it.each(['import chat', 'import-traces', 'trace-export'])(
    'that is full stops %s, which goes on when there is room',
    async (stage) => {
      expect(await rows.diskFullDuring(ground, stage, 0)).toBe('disk-full')
    },
    400_000
  )

  it('that is full stops a backup and costs none of the older ones', async () => {
    expect(await rows.diskFullDuringBackup(ground, 20_000)).toBe('disk-full')
  }, 400_000)

  it('that is taken away is told of', async () => {
    expect(await rows.takenAway(ground, 'import-traces', 'disk')).toBe('project-not-found')
  }, 400_000)

  it('whose folder is taken away is told of', async () => {
    expect(await rows.takenAway(ground, 'import-traces', 'folder')).toBe('project-not-found')
  }, 400_000)

  it('that nobody may write to shows everything and begins nothing', async () => {
    expect(await rows.readOnly(ground, 'import-traces')).toBe('project-read-only')
  }, 400_000)
})

describe('a project file', () => {
  it.each([
    { kind: 'header' },
    { kind: 'empty' },
    { kind: 'gone' },
    { kind: 'page', at01: 0.02 },
    { kind: 'cut', at01: 0.5 }
  ] as const)(
    'with the damage $kind is refused, and a backup brings it back',
    async (damage) => {
      expect(await rows.brokenProject(ground, 'import-traces', damage)).toBe('project-damaged')
    },
    400_000
  )

  it('with one byte changed, or a strange log, is refused or opens: nothing else', async () => {
    await rows.brokenProject(ground, 'import-traces', { kind: 'byte', at01: 0.7 })
    await rows.brokenProject(ground, 'import-traces', { kind: 'log', at01: 0.5 })
  }, 400_000)
})

describe('compute threads', () => {
  it('without memory fail their job, not the app', async () => {
    const fate = { megabytes: 12 }
    expect(await rows.threadsFailDuring(ground, 'import-traces', fate)).toBe('out-of-memory')
  }, 400_000)

  it('that die fail their job, which goes on in others', async () => {
    const fate = { messages: 3 }
    expect(await rows.threadsFailDuring(ground, 'import-traces', fate)).toBe('worker-crashed')
  }, 400_000)
})

describe('a clock', () => {
  it.each([-3, 3])(
    'that jumps by %i days changes no result and no time taken',
    async (days) => {
      await rows.clockJumpsDuring(ground, 'import-traces', 30, days * 86_400_000)
    },
    400_000
  )
})
