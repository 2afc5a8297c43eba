// A process that reviews until it is killed: says after each act what it has done. Started by the
// test of kill -9 with the path of a project file and the id of a review.
import { openStore } from '../../store/open-store.ts'
import { actOn } from './review-work.ts'

const [path, review] = process.argv.slice(2)
const store = openStore(path)
const deps = { store, now: () => Date.now(), newId: () => 'none' }
for (let step = 0; step < 10_000; step++) {
  actOn(deps, review, { kind: 'mark', step: step % 12, mark: step % 24 < 12 ? 'bad' : 'good' })
  process.stdout.write(`${step + 1}\n`)
}
