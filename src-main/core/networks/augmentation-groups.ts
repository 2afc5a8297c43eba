// Which kind of change each group of augmentations is.
import type { AugmentationGroup, StageKind } from './siamese-augmentation.ts'

const kinds: Readonly<Record<AugmentationGroup, StageKind>> = {
  colour: 'colour',
  crop: 'move',
  cutout: 'mask',
  flip: 'move',
  scale: 'move',
  rotate: 'move'
}

/** The kind of change that a group makes. */
export function kindOf(group: AugmentationGroup): StageKind {
  return kinds[group]
}
