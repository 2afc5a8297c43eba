// The similarity map: one point per item, near each other when alike.
import { z } from '../zod.ts'

/** PCA comes at once; UMAP refines it. */
export const MapStage = z.enum(['none', 'pca', 'umap-partial', 'umap'])
export type MapStage = z.infer<typeof MapStage>

export const MapWord = z.strictObject({
  x: z.number(),
  y: z.number(),
  /** Two or three words: the label or the words most typical of the place. */
  text: z.string(),
  /** Items it speaks for: larger ones show first when zoomed out. */
  weight: z.number(),
  /** 0 shows always, higher numbers only when zoomed in. */
  level: z.int()
})
export type MapWord = z.infer<typeof MapWord>

export const MapPoints = z.strictObject({
  stage: MapStage,
  /** Changes whenever the points do; ask again only then. */
  revision: z.string(),
  /** One per item, in the dataset's order, -1..1; empty while stage is "none". */
  x: z.instanceof(Float32Array),
  y: z.instanceof(Float32Array),
  words: z.array(MapWord),
  /** "UMAP on 10,000 landmark items; the others are placed between their nearest ones." */
  sentence: z.string(),
  /** Job that is making or refining it. */
  job: z.string().nullable()
})
export type MapPoints = z.infer<typeof MapPoints>
