// What a language model on this computer says of an attempt, when a reviewer asks it: the exact
// question, the exact answer, and what can be made of it.
import { z } from '../zod.ts'
import { ReviewId, StepCorrection } from './trace-reviews.ts'
import { TraceId } from './trace-sets.ts'

/** A model on this computer, behind an OpenAI-compatible server. */
export const LocalModel = z.strictObject({
  /** "http://127.0.0.1:8080/v1"; addresses elsewhere are refused. */
  address: z.string().min(1).max(300),
  model: z.string().min(1).max(200),
  /** Most characters of a question: what is too long is shortened, and said to be. */
  maxChars: z.int().min(4000).max(100_000).default(24_000)
})
export type LocalModel = z.infer<typeof LocalModel>

/** A question to a model about one attempt. */
export const ModelQuestion = z.strictObject({
  trace: TraceId,
  /** Notes in this review that an answer was shown. */
  review: ReviewId.nullable().default(null),
  model: LocalModel,
  /** False shows the question, and an answer that is kept, and sends nothing. */
  isSent: z.boolean()
})
export type ModelQuestion = z.infer<typeof ModelQuestion>

/** What an answer says, or why it says nothing that can be used. */
export const ModelReading = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('step'),
    /** 0-based. */
    step: z.int(),
    reason: z.string(),
    confidence: z.enum(['low', 'medium', 'high']),
    /** What it should have done there; null where that cannot be used. */
    correction: StepCorrection.nullable(),
    /** Why there is no correction, in a sentence; null when there is one. */
    noCorrection: z.string().nullable()
  }),
  z.strictObject({ kind: z.literal('none'), reason: z.string() }),
  z.strictObject({ kind: z.literal('refused'), why: z.string() })
])
export type ModelReading = z.infer<typeof ModelReading>

/** A question, its answer where there is one, and how often the model was right so far. */
export const ModelAdvice = z.strictObject({
  /** Exactly what the model is told. */
  prompt: z.array(z.strictObject({ role: z.enum(['system', 'user']), content: z.string() })),
  /** What of the attempt is not in it, in sentences. */
  leftOut: z.array(z.string()),
  answer: z
    .strictObject({
      /** Exactly what it said. */
      text: z.string(),
      reading: ModelReading,
      /** It was asked before; nothing was sent this time. */
      isKept: z.boolean(),
      /** Milliseconds since 1970, and how long it took. */
      at: z.number(),
      ms: z.number()
    })
    .nullable(),
  /** First mistakes that people marked in this set without any suggestion, and how often it named them. */
  soFar: z.strictObject({ marks: z.int(), exact: z.int(), near: z.int() })
})
export type ModelAdvice = z.infer<typeof ModelAdvice>
