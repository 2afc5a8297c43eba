// German words of the frame: navigation, top bar, status line, connection pages, keyboard sheet.
import type * as en from '../en/shell.ts'
import type { Words } from '../language.ts'
import { quotable } from '../quotes.ts'

/** Frame words. */
export const shell: Words<typeof en.shell> = {
  skip: 'Zum Inhalt springen',
  navigation: 'Bereiche',
  sections: {
    home: 'Start',
    data: 'Daten',
    choose: 'Auswählen',
    tiny: 'Mini-Sets',
    traces: 'Verläufe',
    runs: 'Läufe',
    settings: 'Optionen'
  },
  noProject: 'Kein Projekt geöffnet',
  saved: 'Gespeichert',
  readOnly: 'Nur lesend',
  projectMenu: 'Projekt',
  openAnother: 'Anderes Projekt öffnen',
  backUp: 'Jetzt sichern',
  checkProject: 'Projektdatei prüfen',
  showFolder: 'Projektordner anzeigen',
  closeProject: 'Projekt schließen',
  backedUp: (place) => `Eine Sicherung wurde erstellt: ${place}`,
  checkedFine: 'Die Projektdatei ist in Ordnung.',
  checkedBad: (findings) => `Die Projektdatei hat Fehler: ${findings.join(' ')}`,
  breadcrumb: 'Sie sind hier',
  jobs: 'Vorgänge',
  jobsRunning: (count) => (count === 1 ? '1 Vorgang läuft' : `${count} Vorgänge laufen`),
  jobsIdle: 'Keine Vorgänge',
  jobsEmpty: 'Es läuft nichts. Importe, Läufe und Exporte erscheinen hier.',
  jobsEarlier: 'Früher',
  jobCancel: 'Abbrechen',
  jobPause: 'Anhalten',
  jobContinue: 'Fortsetzen',
  jobDiscard: 'Verwerfen',
  jobWaiting: (position) => `Nummer ${position} in der Warteschlange`,
  cancelTitle: (title) => `„${title}“ abbrechen?`,
  cancelText:
    'Der Vorgang hält an der nächsten sicheren Stelle an, in etwa 2 s. Was bis dahin fertig ist, kann behalten und später fortgesetzt werden.',
  cancelKeep: 'Anhalten und Fertiges behalten',
  cancelDiscard: 'Anhalten und verwerfen',
  cancelNot: 'Weiterlaufen lassen',
  cancelled: (title) => `„${title}“ wird angehalten.`,
  device: (name) => `Rechnet auf: ${name}`,
  deviceUnknown: 'Der Computer wird geprüft',
  version: (version) => `Version ${version}`,
  items: (count) => `${count} in diesem Projekt`,
  diskUsed: (size) => `Projekt belegt ${size}`,
  offline: 'Alles bleibt auf diesem Computer',
  help: 'Hilfe (F1)',
  keys: 'Tastatur (?)',
  titleWith: (title, project) => `${title} – ${project}`,
  titleProgress: (percent, project) => `${percent} – ${project}`,
  hasEnded: (title) => `„${quotable(title)}“ ist fertig.`,
  hasFailed: (title) => `„${quotable(title)}“ ist fehlgeschlagen.`,
  showEnded: 'Anzeigen',
  titleEnded: (title, project) => `Fertig: ${title} – ${project}`,
  lostTitle: 'Die App wurde beendet',
  lostText:
    'Dieses Fenster hat die Verbindung zur App verloren. Fertige Arbeit ist gespeichert, und ein unfertiger Lauf kann nach dem nächsten Start der App fortgesetzt werden.',
  restarting: 'Der Rechenteil wurde beendet. Er wird neu gestartet.',
  restarted: (runs) =>
    runs === 0
      ? 'Der Rechenteil wurde beendet und neu gestartet. Nichts ging verloren.'
      : `Der Rechenteil wurde beendet und neu gestartet. ${runs === 1 ? '1 Lauf kann' : `${runs} Läufe können`} fortgesetzt werden.`,
  restartedShow: 'Zeigen',
  elsewhereTitle: 'Winnow ist in einem anderen Fenster geöffnet',
  elsewhereText:
    'An einem Projekt kann nur ein Fenster zugleich arbeiten. Machen Sie dort weiter, oder holen Sie es hierher.',
  useHere: 'Hier verwenden',
  mismatchTitle: 'Dieses Fenster gehört zu einer anderen Version',
  mismatchText:
    'Die App wurde aktualisiert, während dieses Fenster offen war. Laden Sie das Fenster neu, um weiterzumachen.',
  reload: 'Fenster neu laden',
  failedTitle: 'Die App konnte nicht gestartet werden',
  connecting: 'Wird gestartet',
  errorTitle: 'Auf dieser Seite ist ein Fehler aufgetreten',
  detailsCopied: 'Die Details sind kopiert.',
  keysTitle: 'Tastatur',
  keyGroups: {
    everywhere: 'Überall',
    dataset: 'In einem Datensatz',
    gallery: 'In einer Galerie',
    table: 'In einer Tabelle',
    map: 'Auf der Karte',
    wizard: 'Beim Planen',
    adding: 'Beim Hinzufügen'
  },
  keysHere: 'Die Tasten, die auf dieser Seite gelten.',
  keysOwn: 'Diese Seite hat eigene Tasten für Buchstaben und Ziffern: ? zeigt sie an.',
  keysOnButtons: 'Die Tasten zum Entscheiden stehen auf den Schaltflächen dieser Seite. Außerdem:',
  keyThen: 'dann',
  readOnlyBand: (reason) => `Dieses Projekt ist nur zum Lesen geöffnet. ${reason}`
}

/** The keyboard sheet. */
export const keyHelp: Words<typeof en.keyHelp> = {
  everywhere: [
    { keys: ['g', 'h'], how: 'then', text: 'Zu „Start“', needs: 'project' },
    { keys: ['g', 'd'], how: 'then', text: 'Zu „Daten“', needs: 'project' },
    { keys: ['g', 'c'], how: 'then', text: 'Zu „Auswählen“', needs: 'project' },
    { keys: ['g', 't'], how: 'then', text: 'Zu „Mini-Sets“', needs: 'project' },
    { keys: ['g', 'a'], how: 'then', text: 'Zu „Verläufe“', needs: 'project' },
    { keys: ['g', 'r'], how: 'then', text: 'Zu „Läufe“', needs: 'project' },
    { keys: ['g', 's'], how: 'then', text: 'Zu „Optionen“' },
    { keys: ['g', 'j'], how: 'then', text: 'Vorgänge anzeigen', needs: 'project' },
    {
      keys: ['g', 'u'],
      how: 'then',
      text: 'Alle Änderungen anzeigen, um sie zurückzunehmen',
      needs: 'project'
    },
    { keys: ['Alt', '←'], how: 'together', text: 'Zurück' },
    { keys: ['Alt', '→'], how: 'together', text: 'Vorwärts' },
    { keys: ['/'], how: 'any', text: 'Zum Suchfeld der Seite', needs: 'search' },
    { keys: ['Strg', 'Z'], how: 'together', text: 'Zurücknehmen, was die letzte Meldung anbietet' },
    { keys: ['F1'], how: 'any', text: 'Hilfe zu dieser Seite' },
    { keys: ['?'], how: 'any', text: 'Diese Übersicht' },
    { keys: ['Esc'], how: 'any', text: 'Oberste Ebene schließen' }
  ],
  dataset: [
    { keys: ['Strg', 'Z'], how: 'together', text: 'Letzte Änderung der Daten zurücknehmen' },
    { keys: ['Strg', 'Umschalt', 'Z'], how: 'together', text: 'Noch einmal ausführen' }
  ],
  gallery: [
    { keys: ['←', '→', '↑', '↓'], how: 'any', text: 'Von Element zu Element' },
    { keys: ['Leertaste'], how: 'any', text: 'Genauer ansehen' },
    { keys: ['Eingabe'], how: 'any', text: 'Element öffnen' },
    { keys: ['X'], how: 'any', text: 'Markieren; mit Umschalt bis hierher' },
    { keys: ['Umschalt', '↓'], how: 'together', text: 'Beim Bewegen markieren' },
    { keys: ['Strg', 'A'], how: 'together', text: 'Alle passenden markieren' },
    { keys: ['Bild ↓', 'Pos1', 'Ende'], how: 'any', text: 'Weit springen' }
  ],
  table: [
    { keys: ['←', '→', '↑', '↓'], how: 'any', text: 'Von Zelle zu Zelle' },
    { keys: ['Pos1', 'Ende'], how: 'any', text: 'Zur ersten oder letzten Zelle der Zeile' },
    { keys: ['Strg', 'C'], how: 'together', text: 'Tabelle kopieren' }
  ],
  map: [
    { keys: ['←', '→', '↑', '↓'], how: 'any', text: 'Von Punkt zu Punkt' },
    { keys: ['Umschalt', '→'], how: 'together', text: 'Karte verschieben' },
    { keys: ['+', '-', '0'], how: 'any', text: 'Näher, weiter weg, ganz' },
    {
      keys: ['L'],
      how: 'any',
      text: 'Rahmen zum Markieren aufziehen; Pfeile ändern ihn, Eingabe übernimmt ihn'
    }
  ],
  wizard: [
    { keys: ['Strg', 'Eingabe'], how: 'together', text: 'Nächster Schritt; im letzten: starten' },
    { keys: ['Alt', '↓'], how: 'together', text: 'Nächster Schritt' },
    { keys: ['Alt', '↑'], how: 'together', text: 'Voriger Schritt' }
  ],
  adding: [{ keys: ['Esc'], how: 'any', text: 'Verlassen; was gewählt wurde, bleibt' }]
}
