// Time for fingerprints is counted where a run has to make them, once for each dataset.
import { expect, it } from 'vitest'
import type { SelectFeatures } from '../selection/ready-features.ts'
import type { DatasetRecord } from '../store/records.ts'
import { fingerprintSeconds, longerBy } from './fingerprint-time.ts'

it('counts what is not there yet, for runs that need it, and measures once', async () => {
  let probes = 0
  let isThere = false
  const ready = { path: '', key: '', rows: 1, columns: 1, extractor: '', extractorVersion: 1 }
  const features: Pick<SelectFeatures, 'cached' | 'probe'> = {
    cached: () => Promise.resolve(isThere ? { ...ready, device: '' } : undefined),
    probe() {
      probes++
      return Promise.resolve({ secondsPerItem: 0.01, columns: 8, items: 48 })
    }
  }
  // Only these two are looked at.
  const dataset = { id: 'pictures', items: 500 } as DatasetRecord
  const likeness = { learns: 'representation' } as const
  expect(await fingerprintSeconds(features, dataset, {}, {})).toBe(0)
  expect(probes).toBe(0)
  expect(await fingerprintSeconds(features, dataset, {}, likeness)).toBeCloseTo(5, 9)
  expect(await fingerprintSeconds(features, dataset, { groups: 4 }, undefined)).toBeCloseTo(5, 9)
  expect(probes).toBe(1)
  isThere = true
  expect(await fingerprintSeconds(features, dataset, { groups: 4 }, likeness)).toBe(0)
  const longer = longerBy({ effort: 'quick', lowSeconds: 10, highSeconds: 30 } as const, 5)
  expect(longer).toEqual({ effort: 'quick', lowSeconds: 13, highSeconds: 39 })
})
