// German words of recipes: settings kept under a name, and what of them does not fit other data.
import type * as en from '../en/recipes.ts'
import type { Words } from '../language.ts'

/** Recipes. */
export const recipes: Words<typeof en.recipes> = {
  title: 'Mit einem Rezept beginnen',
  text: 'Ein Rezept ist der Plan eines Laufs unter einem Namen. Es kann für dieselben oder für andere Daten wieder verwendet werden.',
  open: 'Mit einem Rezept beginnen',
  none: 'Noch keine Rezepte',
  noneText:
    'Speichern Sie einen Plan in seinem letzten Schritt als Rezept, oder lesen Sie eines aus einer Datei.',
  failed: 'Die Rezepte konnten nicht gelesen werden',
  read: 'Aus einer Datei lesen',
  wasRead: (name) => `„${name}“ wurde gelesen.`,
  data: 'Verwenden für',
  list: 'Rezepte',
  madeOn: (data) => `erstellt mit ${data}`,
  use: 'Verwenden',
  useNamed: (name) => `„${name}“ verwenden`,
  saveFile: (name) => `„${name}“ als Datei speichern`,
  remove: (name) => `„${name}“ entfernen`,
  removed: (name) => `„${name}“ wurde entfernt.`,
  fitTitle: (name, data) => `„${name}“ für ${data}`,
  fits: 'Alles davon passt zu diesen Daten.',
  misfits: 'Einiges davon passt nicht zu diesen Daten:',
  goOn: 'Zum Plan',
  back: 'Zurück zu den Rezepten',
  otherKind: 'Es wurde für eine andere Art von Daten erstellt.',
  noData: 'Fügen Sie zuerst Daten hinzu: Ein Rezept braucht etwas zum Auswählen.',
  save: 'Als Rezept speichern',
  saveText:
    'Es behält alles, was verlangt war, auch die Listen der Elemente, die immer oder nie behalten werden.',
  saveTinyText: 'Es behält alles, was verlangt war, für diese oder andere Daten.',
  name: 'Name des Rezepts',
  replaces: 'Ein Rezept dieses Namens wird ersetzt.',
  saveNow: 'Speichern',
  saved: (name) => `„${name}“ ist als Rezept gespeichert.`
}
