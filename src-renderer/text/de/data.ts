// German words of the data screens: list, adding, dataset page.
import type * as en from '../en/data.ts'
import type { Words } from '../language.ts'

/** Data words. */
export const data: Words<typeof en.data> = {
  title: 'Daten',
  add: 'Daten hinzufügen',
  emptyTitle: 'Noch keine Daten',
  emptyText:
    'Fügen Sie Bilder, Texte oder eine Tabelle hinzu, oder öffnen Sie das Beispielprojekt, um zu sehen, wie es geht.',
  openSample: 'Beispielprojekt öffnen',
  failedTitle: 'Die Liste der Datensätze konnte nicht geladen werden',
  tableLabel: 'Datensätze',
  column: {
    name: 'Name',
    kind: 'Art',
    items: 'Elemente',
    labels: 'Labels',
    size: 'Größe',
    added: 'Hinzugefügt',
    state: 'Zustand'
  },
  kinds: { images: 'Bilder', text: 'Texte', table: 'Tabelle' },
  formats: {
    'image-folder': 'Ordner mit Bildern',
    'image-zip': 'Zip-Datei mit Bildern',
    idx: 'IDX-Zahlendateien',
    csv: 'CSV-Tabelle',
    tsv: 'TSV-Tabelle',
    jsonl: 'JSON-Zeilen',
    json: 'JSON-Liste',
    parquet: 'Parquet-Tabelle',
    xlsx: 'Excel-Arbeitsmappe',
    arrow: 'Arrow-Tabelle',
    'hf-folder': 'Hugging-Face-Ordner',
    npy: 'NPY-Zahlen',
    npz: 'NPZ-Zahlen',
    safetensors: 'Safetensors-Zahlen',
    coco: 'Bilder mit COCO-Labels',
    yolo: 'Bilder mit YOLO-Labels',
    voc: 'Bilder mit VOC-Labels'
  },
  roles: {
    text: 'Das ist der Text',
    picture: 'Das ist das Bild',
    chat: 'Das ist das Gespräch',
    label: 'Das ist das Label',
    split: 'Sagt Training oder Test',
    group: 'Hält Elemente zusammen',
    id: 'Benennt das Element',
    number: 'Eine gemessene Zahl',
    keep: 'Behalten, wie es ist',
    ignore: 'Weglassen'
  },
  splitWords: { train: 'Training', test: 'Test', none: 'Nicht aufgeteilt' },
  examplesBadge: 'Beispiele',
  columnOf: { name: 'Name', content: 'Inhalt' },
  itemNumber: (number) => `Element ${number}`,
  fact: {
    label: 'Label',
    split: 'Teil',
    size: 'Bildgröße',
    state: 'Zustand',
    duplicateOf: 'Gleich wie',
    bytes: 'Dateigröße',
    fingerprint: 'Fingerabdruck'
  }
}

/** The dataset page. */
export const dataset: Words<typeof en.dataset> = {
  tabs: {
    items: 'Elemente',
    health: 'Zustand',
    labels: 'Labels',
    columns: 'Spalten',
    problems: 'Nicht lesbar',
    about: 'Über'
  },
  tabsLabel: 'Teile des Datensatzes',
  notFound: 'Dieser Datensatz ist nicht im Projekt',
  notFoundText: 'Vielleicht wurde er entfernt.',
  backToData: 'Zurück zu den Daten',
  choose: 'Besten Teil auswählen',
  tiny: 'Mini-Trainingsset erstellen',
  rename: 'Umbenennen',
  renameTitle: 'Datensatz umbenennen',
  remove: 'Aus dem Projekt entfernen',
  removeTitle: (name) => `„${name}“ entfernen?`,
  removeText: (items) =>
    `Der Datensatz (${items}) verlässt das Projekt. Ihre Originaldateien bleiben, wo sie sind.`,
  removeCopied: (size) =>
    `Die Kopie im Projekt (${size}) wird gelöscht. Die Dateien, aus denen sie entstand, bleiben unberührt.`,
  removed: (name) => `„${name}“ wurde entfernt.`,
  unreachableTitle: 'Die Originale sind nicht mehr an ihrem Ort',
  unreachableText: (place) =>
    `Legen Sie sie zurück nach ${place}, oder fügen Sie die Daten neu hinzu. Bis dahin fehlen vielleicht kleine Bilder.`,
  filters: 'Filter',
  hideFilters: 'Filter ausblenden',
  showFilters: 'Filter einblenden',
  search: 'Name oder Text suchen',
  asideChoices: { hide: 'Nicht angezeigt', show: 'Mit angezeigt', only: 'Nur diese' },
  view: 'Ansicht',
  confirmAside: (count) => `${count} beiseitelegen?`,
  confirmAsideText:
    'Neue Läufe lassen sie weg. Nichts wird gelöscht, und sie können jederzeit zurückgeholt werden.',
  classBars: 'Elemente je Label',
  classTable: 'Labels',
  classColumns: {
    name: 'Label',
    count: 'Elemente',
    share: 'Anteil',
    train: 'Training',
    test: 'Test'
  },
  noClasses: 'Keine Labels',
  noClassesText:
    'Diese Daten haben keine Spalte mit Labels. Nach Ähnlichkeit auswählen geht trotzdem.',
  biggest: (name, share) => `Das häufigste Label ist „${name}“ mit ${share} der Elemente.`,
  columnTable: 'Spalten',
  columnColumns: {
    name: 'Spalte',
    type: 'Enthält',
    role: 'Verwendet als',
    distinct: 'Verschiedene Werte',
    missing: 'Leer'
  },
  types: {
    text: 'Text',
    number: 'Zahl',
    category: 'Kategorie',
    'yes-no': 'Ja/Nein',
    date: 'Datum',
    picture: 'Bild',
    chat: 'Gespräch',
    list: 'Liste'
  },
  noColumns: 'Keine Spalten',
  noColumnsText: 'Bilddaten haben keine eigenen Spalten.',
  problemsNone: 'Alles konnte gelesen werden',
  problemsNoneText: 'Keine Datei oder Zeile wurde übersprungen.',
  problemsFailed: 'Die Liste konnte nicht geladen werden',
  problemsSome: (count) =>
    `Nicht lesbar und daher weggelassen: ${count}. Der Rest ist vollständig.`,
  about: {
    kind: 'Art',
    format: 'Gelesen aus',
    place: 'Ort',
    storage: 'Originale',
    storageLink: 'An ihrem Ort gelesen',
    storageCopy: 'Ins Projekt kopiert',
    size: 'Größe',
    added: 'Hinzugefügt',
    items: 'Elemente',
    train: 'Trainingselemente',
    test: 'Testelemente',
    duplicates: 'Genaue Duplikate',
    missingLabels: 'Ohne Label',
    skipped: 'Nicht lesbar',
    setAside: 'Beiseitegelegt',
    fingerprint: 'Fingerabdruck der Daten'
  }
}

/** Choosing a file or folder in the page. */
export const browser: Words<typeof en.browser> = {
  titles: {
    import: 'Daten wählen',
    project: 'Projekt wählen',
    'new-project-place': 'Ort des Projekts wählen',
    'export-place': 'Ort des Exports wählen',
    verify: 'Exportierten Ordner wählen'
  },
  places: 'Orte',
  entries: 'Dateien und Ordner',
  up: 'Eine Ebene nach oben',
  newFolderName: 'Name des neuen Ordners',
  create: 'Anlegen',
  useThis: 'Diesen Ordner verwenden',
  openProject: 'Dieses Projekt öffnen',
  choose: 'Wählen',
  empty: 'Dieser Ordner ist leer.',
  cut: 'Dieser Ordner enthält mehr, als angezeigt werden kann. Die Suche grenzt ein.',
  filter: 'In diesem Ordner suchen',
  failed: 'Dieser Ordner konnte nicht geöffnet werden',
  noRoots: 'Kein Ordner ist für die App freigegeben',
  noRootsText: 'Starten Sie die App mit dem Ordner, der Ihre Daten enthält: --root FOLDER.',
  project: 'Winnow-Projekt',
  columns: { name: 'Name', size: 'Größe', changed: 'Geändert' }
}
