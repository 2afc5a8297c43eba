// German words of runs: the list, the page of a run under way, its result, export, comparison.
import type * as en from '../en/runs.ts'
import { formatCount, formatNumber } from '../format.ts'
import type { Words } from '../language.ts'

/** The list of runs. */
export const runs: Words<typeof en.runs> = {
  title: 'Läufe',
  unfinished: 'Unfertig',
  stopped: (title, percent) =>
    `„${title}“ blieb bei ${percent} stehen, als die App geschlossen wurde.`,
  failed: (title, percent) => `„${title}“ ist bei ${percent} fehlgeschlagen.`,
  continue: 'Fortsetzen',
  seeDone: 'Fertiges ansehen',
  discard: 'Verwerfen',
  discarded: (title) => `„${title}“ wurde verworfen.`,
  emptyTitle: 'Noch keine Läufe',
  emptyText: 'Ein Lauf trifft eine kleinere Auswahl und prüft sie. Sein Ergebnis bleibt hier.',
  choose: 'Besten Teil auswählen',
  failedTitle: 'Die Liste der Läufe konnte nicht geladen werden',
  table: 'Läufe',
  column: {
    pick: 'Vergleichen',
    name: 'Name',
    state: 'Zustand',
    data: 'Daten',
    method: 'Verfahren',
    kept: 'Behalten',
    verdict: 'Urteil',
    when: 'Begonnen'
  },
  pick: (name) => `„${name}“ vergleichen`,
  compare: 'Zwei Läufe vergleichen',
  compareOne: 'Zum Vergleichen braucht es einen zweiten Lauf.',
  compareNow: (count) =>
    count < 2
      ? `Noch ${2 - count} ankreuzen`
      : count === 2
        ? 'Die beiden vergleichen'
        : `Die ${count} vergleichen`,
  open: 'Öffnen',
  rename: 'Umbenennen',
  remove: 'Entfernen',
  moveUp: 'In der Warteschlange nach vorn',
  moveDown: 'In der Warteschlange nach hinten',
  renameTitle: 'Lauf umbenennen',
  name: 'Name',
  removeTitle: (name) => `„${name}“ entfernen?`,
  removeText:
    'Der Lauf, sein Ergebnis und sein Protokoll werden entfernt. Daten und exportierte Ordner bleiben.',
  removed: (name) => `„${name}“ wurde entfernt.`,
  kept: (got, asked) => `${got} von ${asked}`,
  verdictShort: {
    helped: 'Auswählen hat geholfen',
    'no-difference': 'Kein klarer Unterschied',
    worse: 'Zufall war besser',
    'not-checked': 'Nicht geprüft'
  },
  tinyHelped: 'Besser als Zufall',
  kinds: { select: 'Auswahl', distil: 'Mini-Trainingsset' },
  more: (name) => `Weitere Aktionen für „${name}“`
}

/** The page of one run. */
export const run: Words<typeof en.run> = {
  phase: (index, count) => `${index} von ${count}`,
  counts: (done, total, unit) => `${done} von ${total} ${unit}`,
  countOnly: (done, unit) => `${done} ${unit}`,
  waiting: (position) =>
    position <= 1
      ? 'Als Nächster an der Reihe. Er beginnt, wenn der Vorgang vor ihm fertig ist.'
      : `Nummer ${position} in der Warteschlange.`,
  left: (text) => `noch ${text}`,
  noEta: 'Die restliche Zeit erscheint, sobald sie sich sagen lässt.',
  phases: 'Abschnitte',
  phaseStates: { done: 'fertig', now: 'jetzt', todo: 'kommt noch' },
  log: 'Protokoll',
  logEmpty: 'Noch wurde nichts geschrieben.',
  logFailed: 'Das Protokoll konnte nicht gelesen werden',
  pause: 'Anhalten',
  pausing: 'Hält an',
  continue: 'Fortsetzen',
  cancel: 'Abbrechen',
  cancelTitle: (name) => `„${name}“ abbrechen?`,
  cancelText:
    'Der Lauf hält an der nächsten sicheren Stelle an, in etwa 2 s. Was bis dahin fertig ist, kann behalten und später fortgesetzt werden.',
  cancelKeep: 'Anhalten und Fertiges behalten',
  cancelDiscard: 'Anhalten und verwerfen',
  cancelNot: 'Weiterlaufen lassen',
  seconds: (text) => `bisher ${text} Arbeit`,
  device: 'Rechnet auf',
  startedAt: 'Begonnen',
  finishedAt: 'Beendet',
  notFoundTitle: 'Dieser Lauf ist nicht im Projekt',
  notFoundText: 'Vielleicht wurde er entfernt.',
  backToRuns: 'Zurück zu den Läufen',
  resultReady: 'Das Ergebnis ist da',
  openResult: 'Ergebnis öffnen',
  openDataset: 'Datensatz öffnen',
  cancelledTitle: 'Dieser Lauf wurde abgebrochen',
  cancelledText: 'Nichts wurde behalten. Der Plan kann neu gemacht werden.',
  cancelledKept: 'Was bis dahin fertig war, ist behalten.',
  interruptedTitle: 'Dieser Lauf blieb stehen, als die App geschlossen wurde',
  interruptedText:
    'Er geht dort weiter, wo er stehen blieb, und das Ergebnis ist dasselbe wie ohne Pause.',
  pausedText:
    'Angehalten. Der Lauf kann jederzeit weitergehen, auch nachdem die App geschlossen war.',
  failedTitle: 'Dieser Lauf ist fehlgeschlagen',
  what: 'Was geschehen ist',
  why: 'Warum',
  now: 'Was jetzt zu tun ist',
  details: 'Details',
  whyUnknown: 'Der Grund steht im Protokoll unten.',
  tryAgain: 'Fortsetzen, wo er stehen blieb',
  planAgain: 'Neu planen',
  copyDetails: 'Details kopieren',
  copied: 'Die Details sind kopiert.',
  notes: 'Hinweise',
  progress: (name) => `Fortschritt von „${name}“`,
  hintFor: {
    'out-of-memory':
      'Behalten Sie weniger Elemente, grenzen Sie die Daten ein, oder schließen Sie andere Programme.',
    'disk-full': 'Schaffen Sie Platz auf dem Datenträger, und setzen Sie dann fort.',
    'file-not-readable':
      'Legen Sie die Originaldateien dorthin zurück, wo sie waren, und setzen Sie dann fort.'
  }
}

/** The result page. */
export const result: Words<typeof en.result> = {
  failedTitle: 'Das Ergebnis konnte nicht geladen werden',
  notFinished: 'Dieser Lauf hat noch kein Ergebnis',
  goToRun: 'Zum Lauf',
  export: 'Exportieren',
  exportItems: (count) => `${count} Elemente exportieren`,
  report: 'Bericht',
  rename: 'Umbenennen',
  compare: 'Mit einem anderen Lauf vergleichen',
  again: 'Mit denselben Angaben neu auswählen',
  more: 'Weitere Aktionen',
  verdict: 'Urteil',
  verdictNumber: 'Punkte gegenüber Zufall',
  notChecked: 'Nicht geprüft',
  notCheckedText:
    'Die Prüfung war aus oder nicht möglich; ob das Auswählen geholfen hat, ist nicht bekannt.',
  kept: 'behalten',
  of: (candidates) => `von ${candidates}, die zur Auswahl standen`,
  by: (method, dataset) => `${method} · ${dataset}`,
  took: (text) => `dauerte ${text}`,
  range: (low, high) => `95-%-Bereich ${low} bis ${high}`,
  tabs: {
    chosen: 'Ausgewählt',
    left: 'Weggelassen',
    cut: 'An der Grenze',
    coverage: 'Abdeckung',
    classes: 'Labels',
    check: 'Prüfung',
    votes: 'Stimmen',
    found: 'Befunde',
    measures: 'Kennzahlen',
    settings: 'Einstellungen & Wiederholungscode',
    log: 'Protokoll'
  },
  tabsLabel: 'Teile des Ergebnisses',
  label: 'Label',
  allLabels: 'Alle Labels',
  votes: 'Stimmen',
  anyVotes: 'Beliebig viele',
  voteCount: (votes) => formatCount(votes, 'Stimme', 'Stimmen'),
  reason: 'Grund',
  allReasons: 'Alle Gründe',
  reasonCount: (text, count) => `${text} (${count})`,
  shown: (count) => `${count} Elemente`,
  nothing: 'Nichts passt',
  nothingText: (all) => `0 von ${all} passen.`,
  why: 'Warum',
  noneLeft: 'Nichts wurde weggelassen.',
  noVotes: 'Dieses Verfahren stimmt nicht ab',
  noVotesText: 'Stimmen gehören zu Verfahren, die auf mehrere Zielaufgaben zielen.',
  tie: 'Durch die Gleichstandsregel entschieden',
  tieRules: {
    random: 'durch das Los, mit dem Wiederholungscode',
    variety: 'die, die für die meisten anderen stehen',
    'mean-rank': 'nach dem mittleren Platz',
    'least-covered-task': 'für die Aufgabe mit den wenigsten',
    none: 'nach der Reihenfolge der Elemente'
  },
  tieText: (share, rule) =>
    `${share} der ausgewählten Elemente hatten so viele Stimmen wie weggelassene. Die Gleichstandsregel entschied: ${rule}.`,
  advice: 'Rat',
  tasks: 'Was jede Aufgabe erhalten hat',
  taskColumn: {
    name: 'Aufgabe',
    examples: 'Beispiele',
    voted: 'Gestimmt für',
    got: 'Davon ausgewählt',
    share: 'Anteil'
  },
  constant: 'ohne Meinung',
  measuresTitle: 'Kennzahlen der Auswahl',
  measureColumn: { name: 'Kennzahl', value: 'Wert', meaning: 'Was sie bedeutet' },
  noMeasures: 'Es wurden keine Kennzahlen ermittelt.',
  settingsTitle: 'Alles, um es noch einmal zu machen',
  settingsHelp:
    'Dieselben Daten, Einstellungen und derselbe Wiederholungscode ergeben dieselben Elemente.',
  asked: 'Was verlangt war',
  provenance: 'Wie es entstand',
  command: 'Als Befehl',
  copyCommand: 'Als Befehl kopieren',
  commandCopied: 'Der Befehl ist kopiert.',
  copySettings: 'Alle Einstellungen kopieren',
  settingsCopied: 'Die Einstellungen sind kopiert.',
  tableCopied: 'Die Zahlen sind kopiert. Sie können in eine Tabellenkalkulation eingefügt werden.',
  notes: 'Hinweise',
  reportSave: 'Bericht speichern',
  reportPrint: 'Bericht als PDF, zum Drucken',
  reportPrinted: 'Das PDF ist gespeichert. Zum Drucken öffnen Sie es.',
  setting: {
    data: 'Daten',
    scope: 'Welcher Teil',
    goal: 'Ziel',
    budget: 'Wie viel',
    tasks: 'Zielaufgaben',
    method: 'Verfahren',
    list: 'Liste',
    seed: 'Wiederholungscode',
    repeats: 'Fast-Duplikate',
    mustKeep: 'Immer behalten',
    mustDrop: 'Nie behalten',
    limits: 'Grenzen je Label',
    protect: 'Testelemente geschützt',
    group: 'Zusammengehalten nach',
    check: 'Prüfung',
    alsoTried: 'Auch versucht'
  },
  methodSetting: (title) => `Verfahren: ${title}`,
  settingText: {
    allItems: 'Alle Elemente',
    filter: (labels, search) =>
      [
        labels.length === 0 ? '' : `Labels ${labels.join(', ')}`,
        search === '' ? '' : `enthält „${search}“`
      ]
        .filter((part) => part !== '')
        .join('; ') || 'Alle Elemente',
    fromLabels: (perTask) => `eine je Label, mit je ${formatNumber(perTask)} Beispielen`,
    fromColumn: (column, perTask) =>
      `eine je Wert von „${column}“, mit je ${formatNumber(perTask)} Beispielen`,
    repeats: (percent) => `je eines ab ${percent} Ähnlichkeit`,
    repeatsOff: 'alle behalten',
    check: (repeats, models) =>
      `${formatCount(repeats, 'Wiederholung', 'Wiederholungen')}, ${models}`,
    checkOff: 'aus',
    list: (title, count) => `„${title}“, ${formatCount(count, 'Element', 'Elemente')}`,
    listed: (count) => (count === 0 ? 'keine' : formatCount(count, 'Element', 'Elemente'))
  }
}

/** The export dialog. */
export const exporting: Words<typeof en.exporting> = {
  titles: {
    select: 'Ausgewählte Elemente exportieren',
    distil: 'Mini-Trainingsset exportieren'
  },
  place: 'Ort',
  placeNone: 'Noch kein Ordner gewählt',
  choosePlace: 'Ordner wählen',
  changePlace: 'Anderen Ordner wählen',
  name: 'Name des neuen Ordners',
  layout: 'Was darin ist',
  size: 'Größe',
  free: 'Freier Platz',
  freeUnknown: 'Nicht bekannt',
  conflict: 'Wenn es einen Ordner mit diesem Namen gibt',
  conflicts: {
    'new-name': 'Neuen Namen verwenden',
    replace: 'Ersetzen',
    stop: 'Anhalten und es sagen'
  },
  nameTaken: 'Einen Ordner mit diesem Namen gibt es schon.',
  tooLarge: (needed, free) =>
    `Dafür werden ${needed} gebraucht; frei sind ${free}. Wählen Sie einen anderen Ordner.`,
  also: 'Außerdem schreiben',
  alsoHelp:
    'Die Liste als Tabelle, die Lies-mich-Datei, der Bericht und die Datenkarte sind immer dabei.',
  layouts: {
    parquet: {
      title: 'Parquet-Tabelle',
      text: 'items.parquet, für Python, R und Datenbanken'
    },
    records: { title: 'Originalzeilen', text: 'Wie sie kamen, in einer Datei für das Training' },
    openai: { title: 'OpenAI-Nachrichten', text: 'Ein Gespräch je Zeile' },
    sharegpt: { title: 'ShareGPT', text: 'Beiträge von „human“ und „gpt“' },
    alpaca: { title: 'Alpaca', text: 'Anweisung, Eingabe und Ausgabe' },
    'hf-folder': { title: 'Hugging-Face-Ordner', text: 'metadata.csv neben den Bildern' },
    arrays: { title: 'NumPy-Zahlen', text: 'Elemente und Labels in einer .npz-Datei' },
    rows: { title: 'Zeilennummern', text: 'Gezählt ab 0, je Zeile eine' },
    epochs: {
      title: 'Eine Liste je Trainingsdurchgang',
      text: 'Wie dieses Verfahren sie zieht'
    },
    npy: {
      title: 'Einzelne NumPy-Dateien',
      text: 'Je eine .npy-Datei für Elemente, Labels und Ziele'
    },
    safetensors: {
      title: 'Safetensors',
      text: 'Elemente und Labels in einer Datei für die meisten Programme'
    }
  },
  layoutSize: (text, bytes) => `${text}; etwa ${bytes}`,
  indent: 'Originalzeilen mit einer Angabe je Zeile',
  reportPdf: 'Bericht auch als PDF',
  reportPrint:
    'Um den Bericht als PDF zu speichern, öffnen Sie report.html in einem Browser und wählen Drucken, dann „Als PDF speichern“.',
  leftOut: 'Auch die weggelassenen Elemente aufführen, mit Gründen',
  spreadsheet: 'Sicher für Tabellenkalkulationen',
  spreadsheetHelp:
    'Setzt ein Zeichen vor Zellen, die eine Tabellenkalkulation als Formel ausführen würde.',
  licence: 'Lizenz der Daten (freiwillig)',
  licenceHelp: 'Steht in der Datenkarte, wie Sie sie schreiben.',
  start: (count) => `${count} Elemente exportieren`,
  running: 'Wird exportiert',
  doneTitle: 'Exportiert',
  done: (items, bytes, dir) => `${items} Elemente, ${bytes}, in ${dir}`,
  show: 'Im Ordner anzeigen',
  verify: 'Nachprüfen',
  verified: 'Jede Datei ist so, wie sie geschrieben wurde.',
  missing: 'Fehlt',
  changed: 'Geändert',
  extra: 'Nicht Teil des Exports',
  more: (count) => `und ${count} weitere`,
  another: 'Noch einmal exportieren',
  failedTitle: 'Der Export ist fehlgeschlagen',
  earlier: 'Frühere Exporte',
  gone: 'nicht mehr vorhanden',
  planFailed: 'Der Export konnte nicht geplant werden'
}

/** The comparison page. */
export const compare: Words<typeof en.compare> = {
  title: 'Zwei Läufe vergleichen',
  failedTitle: 'Der Vergleich ist nicht gelungen',
  shared: 'In beiden',
  onlyFirst: (name) => `Nur in „${name}“`,
  onlySecond: (name) => `Nur in „${name}“`,
  overlap: 'Gemeinsam',
  overlapText: (share, chance) =>
    `${share} aller Elemente in einer der beiden Auswahlen sind in beiden; durch Zufall wären es ${chance}.`,
  chance: 'durch Zufall',
  accuracy: 'Genauigkeit',
  notTested: 'Nicht geprüft',
  differences: 'Verschiedene Einstellungen',
  noDifferences: 'Beide Läufe haben dieselben Einstellungen.',
  setting: 'Einstellung',
  classes: 'Labels',
  otherData:
    'Die Läufe haben verschiedene Daten verwendet, daher können ihre Elemente nicht verglichen werden.',
  same: 'Wählen Sie zwei verschiedene Läufe.',
  kept: (got, candidates) => `${got} von ${candidates}`,
  open: (name) => `„${name}“ öffnen`,
  figures: 'Zahlen nebeneinander',
  figureColumn: 'Zahl',
  figure: {
    kept: 'Behalten',
    candidates: 'Zur Auswahl',
    verdict: 'Urteil',
    chosen: 'Richtig bei Testelementen, Auswahl',
    random: 'Richtig bei Testelementen, Zufall',
    all: 'Richtig bei Testelementen, alle Daten',
    againstRandom: 'Gegenüber Zufall',
    againstStratified: 'Gegenüber Zufall mit gleicher Labelmischung',
    testItems: 'Testelemente',
    repeats: 'Wiederholungen',
    ties: 'Durch die Gleichstandsregel entschieden',
    time: 'Zeit'
  },
  noFigure: '–',
  spread: (mean, spread) => `${mean} ± ${spread}`,
  range: (mean, low, high) => `${mean} (${low} bis ${high})`,
  orderSame: (items, value) =>
    `Beide Läufe bringen die ${items} gemeinsamen Elemente in fast dieselbe Reihenfolge (Übereinstimmung ${value}; 1 = gleich, 0 = ohne Zusammenhang).`,
  orderSomewhat: (items, value) =>
    `Die Reihenfolgen der ${items} gemeinsamen Elemente stimmen etwas überein (Übereinstimmung ${value}; 1 = gleich, 0 = ohne Zusammenhang).`,
  orderUnrelated: (items, value) =>
    `Die Reihenfolgen der ${items} gemeinsamen Elemente haben nichts miteinander zu tun (Übereinstimmung ${value}; 1 = gleich, 0 = ohne Zusammenhang).`,
  orderReverse: (items, value) =>
    `Was der eine Lauf nach vorn stellt, stellt der andere eher nach hinten (${items} gemeinsame Elemente, Übereinstimmung ${value}).`,
  otherTest:
    'Die beiden Läufe wurden mit verschieden vielen Elementen geprüft; ihre Zahlen sind nur ungefähr vergleichbar.'
}
