// What is begun and kept in the page alone is carried over when the page is loaded again: a review
// being planned, and a source chosen to be added. Drafts of runs are saved in the project instead.
import { z } from '@api/zod.ts'
import { ImportOptions } from '@api/dto/datasets.ts'
import { Grant } from '@api/dto/files.ts'
import { QueuePlan } from '@api/dto/trace-reviews.ts'
import { useAdding } from '../stores/adding.ts'
import { useProject } from '../stores/project.ts'
import { planStepOrder, useTracePlan } from '../stores/trace-plan.ts'

const storedAs = 'winnow.begun'

const Begun = z.strictObject({
  /** The project it belongs to. */
  project: z.string(),
  review: z
    .strictObject({
      plan: QueuePlan,
      recommended: QueuePlan.optional(),
      step: z.enum(planStepOrder),
      visited: z.array(z.enum(planStepOrder))
    })
    .optional(),
  adding: z
    .strictObject({
      grant: Grant,
      dropped: z.strictObject({ hidden: z.number() }).optional(),
      options: ImportOptions,
      name: z.string(),
      isExamples: z.boolean(),
      addTo: z.string().nullable()
    })
    .optional()
})

/** Puts away what is begun, for the page that comes next in this window. */
export function putAway(): void {
  const project = useProject().current?.place
  if (project === undefined) return
  const { plan, recommended, step, visited } = useTracePlan()
  const { grant, dropped, options, name, isExamples, addTo } = useAdding()
  const begun: z.infer<typeof Begun> = {
    project,
    ...(plan === undefined
      ? {}
      : { review: { plan, ...(recommended ? { recommended } : {}), step, visited: [...visited] } }),
    ...(grant === undefined
      ? {}
      : {
          adding: { grant, ...(dropped ? { dropped } : {}), options, name, isExamples, addTo }
        })
  }
  try {
    sessionStorage.setItem(storedAs, JSON.stringify(begun))
  } catch {
    // A browser may keep nothing; then it has to be begun again.
  }
}

function takeOut(): unknown {
  try {
    const text = sessionStorage.getItem(storedAs)
    sessionStorage.removeItem(storedAs)
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

/** Brings back, once, what the page before put away, if its project is open. */
export function bringBack(): void {
  const { data: begun } = Begun.safeParse(takeOut())
  if (begun === undefined || begun.project !== useProject().current?.place) return
  const { review, adding } = begun
  if (review !== undefined) {
    const store = useTracePlan()
    store.plan = review.plan
    store.recommended = review.recommended
    store.step = review.step
    store.visited = new Set(review.visited)
  }
  if (adding !== undefined) {
    const store = useAdding()
    store.choose(adding.grant, adding.dropped)
    store.options = adding.options
    store.name = adding.name
    store.isExamples = adding.isExamples
    store.addTo = adding.addTo
  }
}
