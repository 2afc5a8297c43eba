// German words of lists of items made elsewhere.
import type * as en from '../en/lists.ts'
import type { Words } from '../language.ts'

/** A list made elsewhere, as the choice itself. */
export const lists: Words<typeof en.lists> = {
  label: 'Ihre Liste',
  help: 'Zeilennummern, Schlüssel oder Namen (je Zeile einer, oder eine Spalte einer Tabelle), die Originalzeilen in einer eigenen Datei, oder items.csv einer exportierten Auswahl.',
  none: 'Keine Liste gewählt',
  choose: 'Datei wählen',
  another: 'Andere Datei wählen',
  clear: 'Liste leeren',
  reading: 'Die Liste wird gelesen',
  failed: 'Diese Liste kann nicht verwendet werden',
  kept: (title, count) => `${title}: ${count} Elemente`,
  readAs: 'Die Einträge sind',
  readAsNames: {
    records: 'Die Originalzeilen',
    keys: 'Schlüssel von Elementen',
    names: 'Namen oder Kennungen von Elementen',
    'file-names': 'Dateinamen',
    rows: 'Zeilennummern, gezählt ab 0'
  },
  order: 'Reihenfolge',
  orderNames: {
    'as-listed': 'Wie aufgeführt: das erste ist das beste',
    'last-first': 'Von hinten: das letzte ist das beste'
  },
  orderHelp: 'Zählt, wenn weniger Elemente behalten werden, als die Liste nennt.',
  unknown: (count) => `${count} Einträge nennen kein Element`,
  unknownMore: (count) => `und ${count} weitere`,
  entry: (where, entry, reason) =>
    entry === '' ? `${where}: ${reason}` : `${where}, „${entry}“: ${reason}`
}
