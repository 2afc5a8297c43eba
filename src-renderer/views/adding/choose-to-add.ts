// Choosing a file or folder on a screen that adds something.
import type { Grant } from '@api/dto/files.ts'
import { useDrops } from '../../stores/drops.ts'
import { useFiles } from '../../stores/files.ts'

/** Asks for a file or folder and hands it to `take`; nothing happens when none was chosen. */
export async function chooseToAdd(
  kind: 'file' | 'folder',
  take: (grant: Grant) => void
): Promise<void> {
  const drops = useDrops()
  const picked = await useFiles().pick({ purpose: 'import', kind })
  if (picked === undefined) return
  drops.problem = undefined
  take(picked)
}
