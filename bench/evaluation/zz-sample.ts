import { join } from 'node:path'
import { prepareSamples, sampleTasks } from '../../src-main/core/datasets/samples.ts'
import { createBenchProject } from './bench-project.ts'
const p = await createBenchProject(2)
try {
  const ids: Record<string, string> = {}
  for (const s of await prepareSamples('/work/main/resources', join(p.folder, 'samples')))
    ids[s.name] = await p.importData(s.path, s.name, s.purpose)
  const sets = sampleTasks.map((t) => ({ ...t, dataset: ids['Fashion examples'] }))
  for (const percent of [5, 10, 20])
    for (const params of [{}, { combine: 'round-robin' }]) {
      const t = performance.now()
      const r = await p.select({
        dataset: ids['Fashion pictures'],
        goal: 'train-images',
        tasks: { kind: 'sets', sets },
        budget: { kind: 'percent', percent },
        rules: {},
        method: { id: 'icons', params },
        check: {},
        seed: 0
      })
      console.log(
        percent,
        JSON.stringify(params),
        ((performance.now() - t) / 1000).toFixed(0) + ' s',
        r.candidates,
        r.got,
        r.check?.verdict,
        r.check?.cautions.join(' '),
        'strat',
        JSON.stringify(r.check?.differenceToStratified),
        JSON.stringify(r.check?.perRepeat),
        JSON.stringify(r.classes.map((c) => c.chosen)),
        JSON.stringify(r.leftOutReasons),
        JSON.stringify(r.measures.map((m) => [m.name, m.value, m.meaning])),
        r.notes.join('|'),
        r.votes?.advice,
        r.provenance.sentence
      )
    }
} finally {
  await p.dispose()
}
