// A visit in a real window during the soak: the same page goes through the screens of an open project
// again and again; what it holds after each round shows whether screens let go of what they showed.
import type { Random } from '../../src-main/core/compute/random.ts'
import type { LoadHost } from './host.ts'
import type { LoadProject } from './project.ts'
import { openWindow, type PageReading } from './window.ts'

/** What a visit saw. */
export interface Visit {
  readonly rounds: readonly PageReading[]
  readonly troubles: readonly string[]
}

/** Opens a window, walks `rounds` times through the project's screens, gives the connection back. */
export async function visit(
  host: LoadHost,
  project: LoadProject,
  rounds: number,
  random: Random
): Promise<Visit> {
  await host.call('projects.open', { grant: await host.grant(project.folder) })
  const { runs } = await host.call('runs.list', {})
  const run = runs.find(({ kind, job }) => kind === 'select' && job.state.startsWith('finished'))
  const { rows } = await host.call('traces.list', {
    ...{ set: project.traces, filter: { outcomes: ['fail'] }, limit: 100 }
  })
  const window = await openWindow(host)
  const { page } = window
  const seen: PageReading[] = []
  try {
    await page.locator('main h1').first().waitFor()
    for (let round = 0; round < rounds; round++) {
      for (const dataset of [project.table, project.pictures]) {
        await window.goTo('/data')
        await page.getByRole('grid').first().waitFor()
        await window.goTo(`/data/${dataset}`)
        for (const display of ['Table', 'Gallery']) {
          await page.getByRole('button', { name: display, exact: true }).click()
          const list = page.getByRole('grid').last()
          await list.waitFor()
          await list.hover()
          for (let turn = 0; turn < 10; turn++) await page.mouse.wheel(0, 600)
        }
      }
      const trace = rows[random.below(rows.length)]?.trace
      const places = [
        '/',
        '/runs',
        ...(run === undefined ? [] : [`/runs/${run.job.id}`, `/runs/${run.job.id}/result`]),
        `/choose?dataset=${project.pictures}`,
        '/traces',
        `/traces/${project.traces}`,
        ...(trace === undefined ? [] : [`/traces/${project.traces}/attempt/${trace}`]),
        '/settings',
        '/'
      ]
      for (const place of places) {
        await window.goTo(place)
        await page.locator('main').first().waitFor()
        await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
      }
      seen.push(await window.read())
    }
    return { rounds: seen, troubles: [...window.troubles] }
  } finally {
    await window.close()
    await host.connect()
    await host.call('projects.close', {})
  }
}
