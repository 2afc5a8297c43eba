// The fixed choices behind a similarity map, and how its files and revisions are named.
import type { MapStage } from '../../api/dto/maps.ts'
import { sha256Hex } from '../files/hashes.ts'

/** Finished fingerprints a map is made from. */
export interface MapFeatures {
  /** .npy file, one row per item. */
  readonly path: string
  readonly key: string
  readonly rows: number
  readonly columns: number
  readonly extractor: string
}

/** Raise when the same fingerprints would give another map: older files are then made again. */
const mapVersion = 1

/** Repeat code of every random choice of a map. */
export const mapSeed = 20180209

/** Sets up to this size are laid out whole; larger ones by as many landmarks. */
export const landmarksMax = 12_000

/** Near items per item in the graph (UMAP's usual number). */
export const nearCount = 15

/** Landmarks an item that is none of them is placed between. */
export const linkCount = 5

/**
 * How likeness of two rows is measured: fingerprints by direction (cosine), standardised columns of
 * a table by distance, where the length of a row means something.
 */
export type Likeness = 'direction' | 'distance'

/** The likeness that fits an extractor's rows. */
export function likenessOf(extractor: string): Likeness {
  return extractor === 'numeric-standard' ? 'distance' : 'direction'
}

/** Passes over the graph; fewer for larger ones (McInnes et al. 2018 use 500 and 200). */
export function passesFor(points: number): number {
  return points <= 4000 ? 400 : 200
}

/** Name of a map's file: everything its points depend on, hashed. */
export function mapKey(contentHash: string, featuresKey: string): string {
  return sha256Hex(JSON.stringify(['map', mapVersion, mapSeed, contentHash, featuresKey])).slice(
    0,
    32
  )
}

/** Names one state of a map's points. */
export function mapRevision(key: string, stage: MapStage, pass: number): string {
  return sha256Hex(JSON.stringify([key, stage, pass])).slice(0, 24)
}
