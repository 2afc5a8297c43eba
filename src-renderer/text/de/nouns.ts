// German: things that screens count, one and many of them.
import type * as en from '../en/nouns.ts'
import type { Words } from '../language.ts'

/** One and many. */
export const nouns: Words<typeof en.nouns> = {
  attempt: ['Versuch', 'Versuche'],
  change: ['Änderung', 'Änderungen'],
  conversation: ['Gespräch', 'Gespräche'],
  correction: ['Korrektur', 'Korrekturen'],
  entry: ['Eintrag', 'Einträge'],
  failedAttempt: ['gescheiterter Versuch', 'gescheiterte Versuche'],
  failure: ['Scheitern', 'Mal Scheitern'],
  file: ['Datei', 'Dateien'],
  fileOrAttempt: ['Datei oder Versuch', 'Dateien oder Versuche'],
  fileOrRow: ['Datei oder Zeile', 'Dateien oder Zeilen'],
  item: ['Element', 'Elemente'],
  label: ['Label', 'Labels'],
  pass: ['Gelingen', 'Mal Gelingen'],
  question: ['Frage', 'Fragen'],
  review: ['Durchsicht', 'Durchsichten'],
  row: ['Zeile', 'Zeilen'],
  step: ['Schritt', 'Schritte'],
  task: ['Aufgabe', 'Aufgaben']
}
