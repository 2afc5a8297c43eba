// German words of the items around the cut of a result.
import type * as en from '../en/cut.ts'
import type { Words } from '../language.ts'

/** The tab "Around the cut". */
export const cutWords: Words<typeof en.cutWords> = {
  help: 'Alle Elemente in der Reihenfolge dieses Ergebnisses, die besten zuerst. Verschieben Sie die Grenze, um zu sehen, ab wo sich Elemente nicht mehr lohnen.',
  slider: 'Elemente, die behalten werden',
  reading: (count, percent) => `${count} Elemente (${percent})`,
  before: 'Zuletzt behalten',
  after: 'Zuerst weggelassen',
  none: 'Keine',
  failed: 'Diese Elemente können nicht angezeigt werden',
  back: (count) => `Zurück zu ${count}`,
  use: (count) => `Stattdessen ${count} auswählen`,
  useHelp:
    'Öffnet die Planung mit denselben Angaben und dieser Zahl. Dieses Ergebnis bleibt, wie es ist.'
}
