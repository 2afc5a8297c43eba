// One selection method on a feature file, a process of its own so that its most memory is its own:
// runs it through the product's compute task and prints one JSON line.
//   node bench/selection/method-child.ts METHOD FEATURES.npy ROWS CLASSES BUDGET [PARAMS]
import { createHash } from 'node:crypto'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { openNpy } from '../../src-main/core/features/npy.ts'
import type { TargetTask } from '../../src-main/core/methods/method.ts'
import { selectionMethods } from '../../src-main/core/methods/registry.ts'
import { createSelectTask } from '../../src-main/core/selection/select-task.ts'

const [id, path, rowsText, classesText, budgetText, params = '{}'] = process.argv.slice(2)
const rows = Number(rowsText)
const classes = Number(classesText)
const { device } = await openDevice('native')
const labels = Int32Array.from({ length: rows }, (_, row) => row % classes)

/** Three tasks of 20 examples a class, taken from the file's first rows. */
async function tasks(): Promise<TargetTask[]> {
  const source = await openNpy(path)
  try {
    return await Promise.all(
      [0, 1, 2].map(async (task) => {
        const wanted = Uint32Array.from({ length: 20 * classes }, (_, i) => task * 1000 + i)
        return {
          name: `Task ${task + 1}`,
          importance: 'normal' as const,
          parts: [
            {
              name: 'examples',
              features: await source.readRows(wanted),
              labels: Int32Array.from(wanted, (row) => row % classes)
            }
          ]
        }
      })
    )
  } finally {
    await source.close()
  }
}

const method = selectionMethods.find((one) => one.id === id)
const run = createSelectTask(selectionMethods).run(
  {
    method: id,
    params: JSON.parse(params) as Record<string, unknown>,
    featuresPath: path,
    rows: Uint32Array.from({ length: rows }, (_, row) => row),
    labels,
    classNames: Array.from({ length: classes }, (_, label) => `class ${label}`),
    tasks: method?.inputs.tasks === true ? await tasks() : [],
    textsPath: undefined,
    sources: undefined,
    gradients: [],
    given: undefined,
    givenBy: undefined,
    budget: Number(budgetText),
    seed: 0,
    device: 'native',
    resume: undefined
  },
  {
    signal: new AbortController().signal,
    device: () => Promise.resolve(device),
    transfer: () => undefined
  }
)
const start = performance.now()
let step = await run.next()
while (step.done !== true) step = await run.next()
const { selection } = step.value
console.log(
  JSON.stringify({
    method: id,
    seconds: (performance.now() - start) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
    got: selection.got,
    summary: selection.summary,
    picks: createHash('sha256')
      .update(selection.order.slice(0, selection.got))
      .digest('hex')
      .slice(0, 16)
  })
)
