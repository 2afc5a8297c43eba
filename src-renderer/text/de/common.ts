// German words used by components everywhere: buttons, states, empty and failed panels.
import type * as en from '../en/common.ts'
import type { Words } from '../language.ts'

/** Shared words. */
export const common: Words<typeof en.common> = {
  appName: 'Winnow',
  cancel: 'Abbrechen',
  close: 'Schließen',
  save: 'Speichern',
  rename: 'Umbenennen',
  remove: 'Entfernen',
  undo: 'Rückgängig',
  back: 'Zurück',
  next: 'Weiter',
  open: 'Öffnen',
  add: 'Hinzufügen',
  tryAgain: 'Erneut versuchen',
  controlKey: 'Strg',
  copyDetails: 'Details kopieren',
  copied: 'Kopiert',
  showMore: 'Mehr anzeigen',
  clear: 'Leeren',
  clearFilters: 'Filter aufheben',
  search: 'Suchen',
  loading: 'Wird geladen',
  recommended: 'Empfohlen',
  restoreRecommended: 'Empfehlung wiederherstellen',
  help: 'Hilfe',
  details: 'Details',
  increase: 'Erhöhen',
  decrease: 'Verringern',
  yes: 'Ja',
  no: 'Nein',
  none: 'Keine',
  notKnown: 'Nicht bekannt',
  selected: 'Markiert',
  select: (name) => `${name} markieren`,
  dismiss: 'Ausblenden',
  notifications: 'Meldungen',
  moreActions: 'Weitere Aktionen',
  tableCopied: 'Die Tabelle ist kopiert. Sie kann in eine Tabellenkalkulation eingefügt werden.',
  unexpected: 'Auf dieser Seite ist etwas schiefgegangen.',
  unexpectedHint:
    'Es ging nichts verloren. Versuchen Sie es erneut, oder kopieren Sie die Details für die Person, die sich um die App kümmert.',
  step: (index, count) => `Schritt ${index} von ${count}`,
  stepStates: {
    todo: 'nicht begonnen',
    done: 'fertig',
    attention: 'braucht Aufmerksamkeit',
    current: 'aktueller Schritt'
  }
}

/** Word for each job state. */
export const jobStateWords: Words<typeof en.jobStateWords> = {
  queued: 'Wartet',
  running: 'Läuft',
  pausing: 'Hält an',
  paused: 'Angehalten',
  finishing: 'Schließt ab',
  finished: 'Fertig',
  'finished-with-notes': 'Fertig mit Hinweisen',
  cancelled: 'Abgebrochen',
  failed: 'Fehlgeschlagen',
  interrupted: 'Vorzeitig beendet'
}

/** Words of the gallery and the quick look. */
export const gallery: Words<typeof en.gallery> = {
  region: 'Elemente',
  tileSize: 'Größe der Kacheln',
  small: 'Klein',
  medium: 'Mittel',
  large: 'Groß',
  quickLook: 'Vorschau',
  previous: 'Voriges Element',
  nextItem: 'Nächstes Element',
  noPicture: 'Kein Bild',
  noText: 'Kein Text',
  noLabel: 'Kein Label',
  setAside: 'Beiseitegelegt',
  duplicate: 'Duplikat',
  mustKeep: 'Immer behalten',
  goesIn: 'Kommt dazu',
  comesOut: 'Wird herausgenommen',
  emptyTitle: 'Hier ist nichts',
  emptyText: 'Es gibt keine Elemente, die angezeigt werden können.',
  failedTitle: 'Die Elemente konnten nicht geladen werden',
  item: (name, label) => (label === null ? name : `${name}, ${label}`),
  position: (index, total) => `Element ${index} von ${total}`
}
