// German words of number files computed elsewhere and joined to a dataset.
import type * as en from '../en/matrices.ts'
import type { Words } from '../language.ts'

/** Joined number files. */
export const matrices: Words<typeof en.matrices> = {
  title: 'Anderswo berechnet',
  text: 'Ähnlichkeitsmerkmale oder Lernrichtungen, die ein anderes Programm für diese Elemente berechnet hat: eine Zeile je Element, in derselben Reihenfolge.',
  join: 'Datei anfügen',
  emptyTitle: 'Nichts angefügt',
  emptyText:
    'Elemente werden anhand der Ähnlichkeitsmerkmale von Winnow verglichen. Eine Datei mit eigenen kann angefügt werden.',
  failedTitle: 'Die Liste konnte nicht geladen werden',
  list: 'Angefügte Dateien',
  uses: { fingerprints: 'Ähnlichkeitsmerkmale', gradients: 'Lernrichtungen' },
  ofTask: (use, task) => `${use} für „${task}“`,
  size: (rows, columns, type, bytes) => `${rows} × ${columns}, ${type}, ${bytes}`,
  linked: 'am Ort gelesen',
  copied: 'ins Projekt kopiert',
  lostTitle: 'Nicht mehr an seinem Ort',
  lostText:
    'Die Datei fehlt oder hat sich seitdem geändert. Legen Sie sie zurück, oder entfernen Sie sie und fügen sie neu an.',
  inUse: 'Elemente werden hiermit verglichen',
  useThis: 'Elemente hiermit vergleichen',
  useOwn: 'Die von Winnow verwenden',
  ownInUse: 'Elemente werden anhand der Ähnlichkeitsmerkmale von Winnow verglichen.',
  nowThis: (name) => `Elemente werden jetzt anhand von „${name}“ verglichen.`,
  nowOwn: 'Elemente werden jetzt anhand der Ähnlichkeitsmerkmale von Winnow verglichen.',
  removeTitle: (name) => `„${name}“ entfernen?`,
  removeLinked: 'Die Zahlen verlassen das Projekt. Die Datei selbst bleibt, wo sie ist.',
  removeCopied: (bytes) =>
    `Die Kopie im Projekt (${bytes}) wird gelöscht. Die Datei, aus der sie entstand, bleibt unberührt.`,
  removeInUse: 'Danach werden Elemente anhand der Ähnlichkeitsmerkmale von Winnow verglichen.',
  removed: (name) => `„${name}“ wurde entfernt.`,
  working: 'Wird angefügt',
  cancelled: 'Das Anfügen wurde abgebrochen. Es wurde nichts geändert.',
  dialog: {
    title: 'Anderswo berechnete Datei anfügen',
    text: 'NPY, NPZ, safetensors, oder eine PT-Datei, die nur Zahlen enthält. Nichts darin wird ausgeführt.',
    pick: 'Datei wählen',
    pickOther: 'Andere Datei wählen',
    reading: 'Die Datei wird angesehen',
    failed: 'Das konnte nicht gelesen werden',
    which: 'Welche Zahlen',
    none: 'Nichts in dieser Datei passt zu diesem Datensatz.',
    shape: (shape, type, bytes) => `${shape}, ${type}, ${bytes}`,
    whole: 'Die ganze Datei',
    name: 'Name',
    nameMissing: 'Geben Sie einen Namen an.',
    use: 'Was die Zahlen sind',
    fingerprintsText: 'Ähnliche Elemente haben ähnliche Zeilen.',
    gradientsText:
      'Wie jedes Element ein Modell für eine Aufgabe ändern würde. Trainingsprogramme nennen sie Gradienten.',
    task: 'Aufgabe, zu der sie gehören',
    taskHelp: 'Eine Datei je Aufgabe, um auszuwählen, was dieser Aufgabe hilft.',
    taskMissing: 'Geben Sie an, zu welcher Aufgabe sie gehören.',
    storage: 'Wo die Datei bleibt',
    link: 'An ihrem Ort lesen',
    linkText: 'Kein weiterer Platz. Die Datei muss an ihrem Ort bleiben.',
    copy: 'Ins Projekt kopieren',
    copyText: (bytes) => `Braucht ${bytes} mehr.`,
    start: (rows) => `${rows} anfügen`,
    started: (name) => `„${name}“ wird angefügt.`
  }
}
