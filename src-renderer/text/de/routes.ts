// German: what each screen is called in the top bar and in the title of the window.
import type * as en from '../en/routes.ts'
import type { Words } from '../language.ts'

/** By the name of its route. */
export const routeTitles: Words<typeof en.routeTitles> = {
  'first-run': 'Start',
  home: 'Start',
  data: 'Daten',
  'add-data': 'Daten hinzufügen',
  dataset: 'Datensatz',
  groups: 'Was zusammengehört',
  finding: 'Durchsicht',
  choose: 'Auswählen',
  tiny: 'Mini-Set',
  expand: 'Kleines Set erweitern',
  'expand-result': 'Neue Bilder',
  traces: 'Verläufe',
  'add-traces': 'Verläufe hinzufügen',
  'trace-runner': 'Agenten laufen lassen',
  'trace-rooms': 'Den Weg finden',
  'rooms-result': 'Wie der Weg gefunden wurde',
  'trace-set': 'Sammlung',
  'plan-review': 'Durchsicht planen',
  attempt: 'Versuch',
  'trace-graph': 'Karte der Wege',
  review: 'Durchsicht',
  'review-report': 'Bericht der Durchsicht',
  runs: 'Läufe',
  run: 'Lauf',
  result: 'Ergebnis',
  compare: 'Vergleich',
  settings: 'Optionen'
}
