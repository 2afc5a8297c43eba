// Which roles of columns only one column can have.
import type { ColumnRole } from '@api/dto/datasets.ts'

/** Roles that a second column takes over from the first. */
export const singleRoles: readonly ColumnRole[] = ['label', 'split', 'chat']
