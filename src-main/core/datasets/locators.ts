// Locators of items that came from a source added to an earlier version: the number of the source
// (1, 2 ...), a unit separator, the locator inside it. File names hold no control characters
// (security rule F3), so a locator of the first source can never look like one.

const separator = '\u001f'

/** The locator of an item of added source `number` (1-based). */
export function addedLocator(number: number, locator: string): string {
  return `${number}${separator}${locator}`
}

/** Which source a locator belongs to (0 = the first one), and the locator inside it. */
export function splitLocator(stored: string): {
  readonly source: number
  readonly locator: string
} {
  const [head, ...rest] = stored.split(separator)
  return rest.length > 0 && /^[1-9]\d{0,5}$/.test(head)
    ? { source: Number(head), locator: rest.join(separator) }
    : { source: 0, locator: stored }
}
