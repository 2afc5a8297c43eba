// German words of adding data: dropping, choosing, what was recognised, where it goes.
import type * as en from '../en/add-data.ts'
import type { Words } from '../language.ts'

/** Files dropped on the window. */
export const drop: Words<typeof en.drop> = {
  title: 'Ablegen, um Daten hinzuzufügen',
  text: 'Dateien und Ordner jeder Art, die unter „Daten hinzufügen“ steht. Sie werden ins Projekt kopiert.',
  tracesTitle: 'Ablegen, um Verläufe hinzuzufügen',
  tracesText:
    'Protokolle von Agenten, als Dateien oder Ordner. Sie sehen, was darin ist, bevor etwas behalten wird.',
  noProject: 'Zuerst wird ein Projekt angelegt, dann sehen Sie, was in den Dateien ist.',
  readOnly: 'Das Projekt ist nur zum Lesen geöffnet, daher kann nichts hinzugefügt werden.',
  busy: 'Vorher abgelegte Dateien werden noch kopiert. Warten Sie darauf, oder brechen Sie es zuerst ab.',
  nothing:
    'Es wurde nichts abgelegt, was hinzugefügt werden kann. Versteckte Dateien werden weggelassen.',
  projectTitle: (name) => `Projekt „${name}“ öffnen`,
  projectPlace: (place) => `Es liegt hier: ${place}`,
  projectSearching: 'Es wird nachgesehen, wo es liegt',
  projectUnknown:
    'Ein Fenster kann nicht sehen, wo etwas liegt, das darauf abgelegt wird, und dieses Projekt war hier noch nicht geöffnet. Wählen Sie seinen Ordner einmal; später wird es gefunden.',
  projectOpen: 'Dieses Projekt ist schon geöffnet.',
  projectStops:
    'Es läuft etwas. Es wird angehalten, wenn ein anderes Projekt geöffnet wird, und kann fortgesetzt werden, wenn dieses wieder offen ist.',
  openIt: 'Öffnen',
  chooseIt: 'Ordner wählen …',
  setTitle: (name) => `„${name}“ ist ein exportierter Ordner`,
  setText:
    'Er kann Datei für Datei mit der Liste verglichen werden, mit der er exportiert wurde, oder als Daten hinzukommen.',
  checkIt: 'Nachprüfen',
  checkNeedsProject:
    'Öffnen Sie ein Projekt, um ihn nachzuprüfen: Seine Dateien werden dort gelesen.',
  checkReadOnly:
    'Das offene Projekt kann nur gelesen werden, daher lässt sich der Ordner darin nicht nachprüfen.',
  addIt: 'Als Daten hinzufügen',
  severalName: 'Abgelegte Dateien',
  looking: 'Das Abgelegte wird angesehen',
  found: (files) => `bisher ${files}`,
  askTitle: (name) => `„${name}“ ins Projekt kopieren?`,
  askText: (files, size) =>
    `Abgelegte Dateien werden kopiert: ${files}, ${size}. Sollen sie an ihrem Ort gelesen werden, wählen Sie stattdessen die Datei oder den Ordner mit der Schaltfläche.`,
  askCopy: (size) => `${size} kopieren`,
  copying: (name) => `„${name}“ wird ins Projekt kopiert`,
  amount: (files, all, size, allSize) => `${files} von ${all} · ${size} von ${allSize}`,
  cancelled: 'Das Kopieren wurde abgebrochen. Nichts davon wurde behalten.',
  failedTitle: 'Die abgelegten Dateien konnten nicht kopiert werden',
  failedHint:
    'Nichts davon wurde behalten. Legen Sie sie noch einmal ab, oder wählen Sie sie mit der Schaltfläche.',
  notReadable: (name) =>
    `„${name}“ konnte nicht gelesen werden. Die Datei wurde vielleicht verschoben, geändert oder gesperrt.`,
  tooMany: (files) => `Auf einmal abgelegt wurden mehr als ${files}.`,
  tooManyHint:
    'Wählen Sie den Ordner stattdessen mit der Schaltfläche: Er wird dann an seinem Ort gelesen.',
  ready: (name) => `„${name}“ ist kopiert und kann angesehen werden.`,
  show: 'Anzeigen',
  copiedNote:
    'Abgelegte Dateien werden ins Projekt kopiert. Die Originale werden nicht mehr gebraucht.',
  hiddenNote: (files) => `Weggelassen: ${files}, denn versteckte Dateien enthalten keine Daten.`
}

/** What can be added, one entry per kind, for the empty screen. */
export const kindsOfData: Words<typeof en.kindsOfData> = {
  pictures: {
    title: 'Bilder',
    text: 'Ein Ordner oder eine Zip-Datei. Die Ordner darin sind die Labels, und Training und Test werden unterschieden. COCO-, YOLO- und VOC-Labels werden auch gelesen.'
  },
  tables: {
    title: 'Tabellen',
    text: 'CSV, TSV, Excel oder Parquet. Trennzeichen, Zeichensatz und Kopfzeile werden erkannt.'
  },
  texts: {
    title: 'Texte',
    text: 'Ein Text je Zeile, oder Einträge einer beliebig langen Datei mit JSON oder JSON-Zeilen.'
  },
  chats: {
    title: 'Gespräche',
    text: 'OpenAI-Nachrichten, ShareGPT, Alpaca und LLaVA, mit Werkzeugaufrufen und Bildern.'
  },
  arrays: {
    title: 'Zahlendateien',
    text: 'IDX, NPY, NPZ und safetensors, mit Labels daneben oder darin.'
  },
  folders: {
    title: 'Hugging-Face-Ordner',
    text: 'Ein gespeicherter Datensatz, aus dem Zwischenspeicher oder als Parquet-Dateien.'
  }
}

/** Adding data. */
export const addData: Words<typeof en.addData> = {
  title: 'Daten hinzufügen',
  intro: 'Nichts wird angelegt, bevor Sie gesehen haben, was darin ist.',
  chooseFile: 'Datei wählen',
  chooseFolder: 'Ordner wählen',
  dropTitle: 'Dateien oder Ordner hier ablegen',
  dropText:
    'Überall im Fenster geht es. Oder wählen Sie sie: Dann werden sie an ihrem Ort gelesen.',
  whatTitle: 'Was hinzugefügt werden kann',
  whatText: 'Die App schaut in die Dateien hinein; Namen und Endungen sind nicht wichtig.',
  reading: 'Die Daten werden angesehen',
  readingAgain: 'Wird neu gelesen',
  previewFailed: 'Das konnte nicht gelesen werden',
  changeFailed: 'Mit dieser Änderung konnte es nicht gelesen werden',
  takeBack: 'Änderung zurücknehmen',
  startOver: 'Etwas anderes wählen',
  found: 'Was gefunden wurde',
  example: 'Erste Elemente',
  items: 'Elemente',
  itemsAbout: (count) => `etwa ${count}`,
  labels: 'Labels',
  noLabels: 'Keine gefunden',
  splits: 'Training und Test',
  noSplits: 'Nicht aufgeteilt',
  size: 'Größe',
  shapes: {
    sharegpt: 'ShareGPT-Gespräche',
    llava: 'LLaVA-Gespräche mit Bildern',
    alpaca: 'Alpaca-Anweisungen',
    openai: 'OpenAI-Nachrichten'
  },
  howRead: 'Wie gelesen werden soll',
  as: 'Lesen als',
  asAuto: 'Wie erkannt',
  asChoices: {
    images: 'Bilder',
    table: 'Zahlentabelle',
    text: 'Texte',
    arrays: 'Zahlendateien'
  },
  delimiter: 'Zwischen den Spalten',
  delimiters: { ',': 'Komma', ';': 'Semikolon', '\t': 'Tabulator', '|': 'Strich' },
  encoding: 'Zeichensatz',
  encodings: {
    'utf-8': 'UTF-8 (üblich)',
    'utf-16le': 'UTF-16 (little)',
    'utf-16be': 'UTF-16 (big)',
    'windows-1252': 'Windows westlich'
  },
  header: 'Die erste Zeile enthält die Spaltennamen',
  sheet: 'Blatt',
  array: 'Zahlen, die die Elemente enthalten',
  labelArray: 'Zahlen, die die Labels enthalten',
  noLabelArray: 'Keine',
  arrayChoice: (name, shape, type) =>
    name === '' ? `${shape}, ${type}` : `${name}: ${shape}, ${type}`,
  columns: 'Was jede Spalte ist',
  columnsHelp: 'Die beste Vermutung ist eingetragen. Ändern Sie sie, wo sie falsch ist.',
  roleOf: (column) => `Was „${column}“ ist`,
  guessed: (role) => `Empfohlen: ${role}`,
  sure: { high: 'sehr sicher', middle: 'recht sicher', low: 'eine Vermutung' },
  sureness: (words, percent) => `${words}, ${percent}`,
  exampleValues: (values) => `zum Beispiel ${values}`,
  missing: (count) => `${count} leer`,
  findColumn: 'Spalte suchen',
  moreColumns: (count) => `${count} weitere anzeigen`,
  noColumn: 'Keine Spalte hat das in ihrem Namen.',
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
  split: 'Training und Test',
  splitHelp:
    'Testelemente werden nie ausgewählt. Mit ihnen wird das Ergebnis unvoreingenommen geprüft.',
  splitExisting: 'Die Aufteilung in den Daten verwenden',
  splitExistingNone: 'Die Daten sind nicht aufgeteilt.',
  splitHoldout: 'Einige Elemente zum Testen zurückhalten',
  splitHoldoutText: 'Durch das Los bestimmt, von jedem Label der gleiche Anteil.',
  splitShare: 'Anteil zum Testen',
  splitNone: 'Keine Testelemente',
  splitNoneText:
    'Ein Ergebnis ist trotzdem möglich; für die Prüfung wird dann ein Anteil zurückgehalten.',
  storage: 'Wo die Originale bleiben',
  link: 'An ihrem Ort lesen',
  linkText: 'Kein weiterer Platz. Die Dateien müssen an ihrem Ort bleiben.',
  copy: 'Ins Projekt kopieren',
  copyText: (size) => `Braucht ${size} mehr. Dafür kann das Projekt als Ganzes umziehen.`,
  goal: 'Wohin die Daten kommen',
  goalNew: 'Ein neuer Datensatz',
  goalAdd: 'Eine neue Version eines Datensatzes',
  goalAddText: 'Seine Elemente kommen zuerst, dann diese. Die Version davor bleibt, wie sie ist.',
  goalNone: 'Das Projekt hat noch keinen Datensatz dieser Art.',
  goalPick: 'Hinzufügen zu',
  goalChoice: (name, items, version) => `${name} (${items}, Version ${version})`,
  name: 'Name des Datensatzes',
  nameMissing: 'Geben Sie dem Datensatz einen Namen.',
  nameTaken: 'Ein Datensatz mit diesem Namen ist schon im Projekt.',
  purpose: 'Das sind nur Beispiele',
  purposeHelp: 'Sie zeigen, worum es Ihnen geht. Selbst werden sie nie ausgewählt.',
  will: {
    make: (count, name) => `Hinzugefügt als „${name}“: ${count}`,
    extend: (count, name, version) => `Hinzugefügt zu „${name}“ als Version ${version}: ${count}`,
    examples: 'nur als Beispiele',
    link: 'an ihrem Ort gelesen',
    copy: (size) => `ins Projekt kopiert (${size})`,
    dropped: 'mit der abgelegten Kopie',
    skip: (count) => `weggelassen: ${count}`
  },
  start: (count) => `${count} hinzufügen`,
  startAbout: (count) => `Etwa ${count} hinzufügen`,
  startPlain: 'Hinzufügen',
  started: (name) => `„${name}“ wird hinzugefügt.`,
  problems: (count) => `Nicht lesbar: ${count}. Sie werden weggelassen und in einer Liste genannt.`,
  problemsSoFar: (count) =>
    `Im ersten Teil nicht lesbar: ${count}. Sie werden weggelassen und in einer Liste genannt.`,
  problemList: 'Liste anzeigen',
  where: 'Wo',
  why: 'Warum',
  classBars: 'Elemente je Label',
  moreClasses: (count) => `und ${count} weitere`,
  row: 'Zeile',
  readOnly: 'Das Projekt ist nur zum Lesen geöffnet, daher kann nichts hinzugefügt werden.'
}

/** The list of datasets: versions and what is being added. */
export const dataList: Words<typeof en.dataList> = {
  adding: 'Wird hinzugefügt',
  versions: (count) => `${count} ältere ${count === 1 ? 'Version' : 'Versionen'}`,
  showVersions: (name) => `Ältere Versionen von „${name}“ anzeigen`,
  hideVersions: (name) => `Ältere Versionen von „${name}“ ausblenden`,
  version: (number) => `Version ${number}`,
  cancelTitle: (title) => `„${title}“ anhalten?`,
  cancelText:
    'Was bis jetzt gelesen ist, kann als kleinerer Datensatz behalten oder verworfen werden.',
  cancelNot: 'Weitermachen',
  cancelKeep: 'Anhalten und behalten',
  cancelDiscard: 'Anhalten und verwerfen',
  dropHint: 'Oder legen Sie Dateien und Ordner irgendwo im Fenster ab.'
}

/** The list of what could not be read, as a file. */
export const problemsFile: Words<typeof en.problemsFile> = {
  save: 'Liste als CSV speichern',
  fileName: (name) => `${name} nicht lesbar`,
  saved: 'Die Liste wurde gespeichert.'
}
