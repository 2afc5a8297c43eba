// A sample project made by an earlier version is offered what it lacks; what was removed on purpose,
// and projects that are no samples, are left alone.
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { sampleNames, sampleTraces } from '../datasets/samples.ts'
import { createProject, type OpenedProject } from '../projects/projects.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import { fillSampleProject, sampleGaps, type ProjectArea } from './project-area.ts'

const resources = resolve(import.meta.dirname, '..', '..', '..', 'resources')
let folder: ReturnType<typeof temporaryFolder>
let project: OpenedProject
let submitted: { kind: string; params: unknown }[]
let area: ProjectArea

async function make(isSample: boolean): Promise<void> {
  project = await createProject(folder.path, 'Sample', 1, isSample)
  const engine = { submit: (job: { kind: string; params: unknown }) => submitted.push(job) }
  // The parts of an area that filling it uses.
  area = { project, engine } as never
}
beforeEach(() => {
  folder = temporaryFolder()
  submitted = []
})
afterEach(() => {
  project.close()
  folder.remove()
})

it('a project of an earlier version lacks the traces, and gets them alone', async () => {
  await make(true)
  expect(sampleGaps(area)).toEqual([sampleTraces.name])
  await fillSampleProject(area, resources, sampleGaps(area))
  expect(submitted.map(({ kind }) => kind)).toEqual(['import-traces'])
  expect(submitted[0]?.params).toMatchObject({
    name: sampleTraces.name,
    picked: [{ path: join(resources, sampleTraces.file) }]
  })
  expect(sampleGaps(area)).toEqual([])
})

it('a new sample lacks nothing, whatever is removed of it later', async () => {
  await make(true)
  await fillSampleProject(area, resources)
  const names = submitted.map(({ params }) => (params as { readonly name: string }).name)
  expect(names.sort()).toEqual([...Object.values(sampleNames), sampleTraces.name].sort())
  // Nothing was read here, as if it had been read and removed.
  expect(sampleGaps(area)).toEqual([])
})

it('other projects lack nothing', async () => {
  await make(false)
  expect(sampleGaps(area)).toEqual([])
})
