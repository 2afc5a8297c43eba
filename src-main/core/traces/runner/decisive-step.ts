// The decisive step of a failed attempt, found by trying: the attempt is replayed up to a step and an
// expert goes on from there. The first step after which the expert fails decided it.
import { parseAction, type PageAction } from '../reflection/actions.ts'
import type { PlayedPage } from '../reflection/solve-options.ts'
import { summarise } from '../reflection/summaries.ts'
import type { Expert } from './experts.ts'
import type { DecisiveLabel } from './trial-record.ts'

/** Actions an expert gets to bring an attempt to its end. */
const mostExpertSteps = 40

/** True when an expert that goes on after `prefix` still reaches the goal. */
export async function canBeSaved(
  page: PlayedPage,
  expert: Expert,
  seed: number,
  prefix: readonly PageAction[]
): Promise<boolean> {
  const goal = await page.reset(seed)
  const past: string[] = []
  let screen = await page.observe()
  const act = async (action: PageAction): Promise<'goes-on' | 'solved' | 'lost'> => {
    past.push(summarise(screen, action))
    if (!(await page.act(action))) return 'lost'
    const { isDone, reward } = await page.meta()
    if (isDone) return reward > 0 ? 'solved' : 'lost'
    screen = await page.observe()
    return 'goes-on'
  }
  for (const action of prefix) {
    const state = await act(action)
    if (state !== 'goes-on') return state === 'solved'
  }
  for (let done = 0; done < mostExpertSteps; done++) {
    const [line] = expert({ goal, leaves: screen.leaves, past, banned: new Set() })
    const action = line === undefined ? undefined : parseAction(line)
    if (action === undefined) return false
    const state = await act(action)
    if (state !== 'goes-on') return state === 'solved'
  }
  return false
}

/**
 * The decisive step, by halving: once an attempt cannot be saved it stays so. Null when the expert
 * cannot do the task at all, or could still save the whole attempt (it merely ended too early).
 */
export async function findDecisiveStep(
  page: PlayedPage,
  expert: Expert,
  seed: number,
  actions: readonly PageAction[]
): Promise<DecisiveLabel | null> {
  if (!(await canBeSaved(page, expert, seed, []))) return null
  if (await canBeSaved(page, expert, seed, actions)) return null
  let saved = 0
  let lost = actions.length
  while (lost - saved > 1) {
    const middle = (saved + lost) >> 1
    if (await canBeSaved(page, expert, seed, actions.slice(0, middle))) saved = middle
    else lost = middle
  }
  return {
    step: lost - 1,
    reason: 'Before this step an expert still reaches the goal; after it, no more.'
  }
}
