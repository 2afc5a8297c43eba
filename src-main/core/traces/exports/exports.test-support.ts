// Support for tests of exports: a review with nothing marked, and the options as they are offered.
import type { ReviewBody, StepCorrection } from '../../../api/dto/trace-reviews.ts'
import type { Trace } from '../model/trace.ts'
import type { SftOptions } from './step-judgement.ts'
import { ToolSchemas } from './tool-schemas.ts'

/** A review with what the test is about. */
export function reviewOf(change: Partial<ReviewBody> = {}): ReviewBody {
  return {
    verdict: null,
    firstWrong: null,
    decisive: null,
    noneWrong: false,
    confidence: null,
    keep: 'yes',
    answers: {},
    marks: {},
    corrections: {},
    tags: [],
    stepTags: {},
    note: '',
    stepNotes: {},
    isFlagged: false,
    suggestion: null,
    ...change
  }
}

/** A correction by a person. */
export function correctionOf(
  verb: string,
  args: StepCorrection['args'],
  change: Partial<StepCorrection> = {}
): StepCorrection {
  return { verb, args, thought: '', why: '', origin: 'human', verified: 'none', ...change }
}

/** The options as they are offered first. */
export const usual: SftOptions = {
  wrong: 'mask',
  scope: 'from-first',
  withCorrections: true,
  withRecovered: true,
  maxTokens: null
}

/** Tools of some attempts and of the corrections in their reviews. */
export function toolsOf(
  traces: readonly Trace[],
  reviews: readonly ReviewBody[] = []
): ToolSchemas {
  const tools = new ToolSchemas()
  for (const trace of traces) tools.add(trace)
  for (const { corrections } of reviews)
    for (const { verb, args } of Object.values(corrections)) tools.addCall(verb, args)
  return tools
}
