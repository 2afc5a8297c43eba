// Which keys work on the screen as it stands: found by what is on it, so that the sheet never lists a
// key that does nothing.
import { keyHelp, shell, type KeyHelp } from '../../text/shell.ts'

/** A part of the sheet. */
export type KeyGroup = keyof typeof keyHelp

/** What has to be on the screen for the keys of a part to work. */
export const groupMarks: Readonly<Record<Exclude<KeyGroup, 'everywhere' | 'dataset'>, string>> = {
  gallery: 'main .gallery [role="grid"]',
  table: 'main table[role="grid"]',
  map: 'main .map [role="application"]',
  wizard: 'main .wizard',
  adding: 'main .add'
}

/** Screens whose letters and numbers are their own. */
const ownKeys = ['review', 'attempt']
/** Keys that such screens leave to the app. */
const always = ['F1', 'Alt', 'Esc']

/** One part of the sheet as it is shown. */
export interface ShownKeys {
  readonly id: KeyGroup
  readonly title: string
  readonly rows: readonly KeyHelp[]
}

/** True when the screen has a sheet of its own. */
export function hasOwnKeys(screen: string): boolean {
  return ownKeys.includes(screen)
}

/** The keys of a screen. */
export function keysNow(
  screen: string,
  hasProject: boolean,
  root: ParentNode = document
): ShownKeys[] {
  const has = (mark: string): boolean => root.querySelector(mark) !== null
  const isOwn = hasOwnKeys(screen)
  const works = (row: KeyHelp): boolean => {
    if (isOwn) return always.includes(row.keys[0] ?? '')
    if (row.needs === 'project') return hasProject
    return row.needs !== 'search' || has('main input[type="search"]')
  }
  const ids: KeyGroup[] = ['everywhere']
  if (!isOwn) {
    if (screen === 'dataset') ids.push('dataset')
    for (const [id, mark] of Object.entries(groupMarks)) if (has(mark)) ids.push(id as KeyGroup) // keys of the object above
  }
  return ids.map((id) => ({ id, title: shell.keyGroups[id], rows: keyHelp[id].filter(works) }))
}
