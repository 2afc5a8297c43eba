// What each screen is called in the top bar and in the title of the window.
import * as de from './de/routes.ts'
import * as en from './en/routes.ts'
import { inLanguage } from './language.ts'

export const { routeTitles } = inLanguage(en, { de })

/** The title of a route; undefined for one that has none. */
export function routeTitle(name: unknown): string | undefined {
  return (routeTitles as Readonly<Record<string, string>>)[String(name)]
}
