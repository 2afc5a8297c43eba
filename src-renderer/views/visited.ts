// Which kinds of screens have been seen in this browser, for the first-steps list. Kept with the
// window, not with the project: it is about the person.

const key = 'winnow.visited'

function read(): string[] {
  const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

/** True once a screen of this name was shown. */
export function hasVisited(screen: string): boolean {
  return read().includes(screen)
}

/** Notes that a screen was shown. */
export function noteVisit(screen: string): void {
  const seen = read()
  if (!seen.includes(screen)) localStorage.setItem(key, JSON.stringify([...seen, screen]))
}
