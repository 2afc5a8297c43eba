// German words of "Choose the best part of my data".
import type * as en from '../en/choose.ts'
import { formatCount, formatNumber } from '../format.ts'
import type { Words } from '../language.ts'

/** Wizard words. */
export const choose: Words<typeof en.choose> = {
  title: 'Den besten Teil meiner Daten auswählen',
  steps: {
    data: 'Daten',
    goal: 'Ziel',
    budget: 'Wie viel',
    rules: 'Regeln',
    method: 'Verfahren',
    check: 'Prüfung',
    review: 'Überblick'
  },
  headings: {
    data: 'Welche Daten?',
    goal: 'Wofür werden die Daten gebraucht?',
    budget: 'Wie viel soll behalten werden?',
    rules: 'Gibt es Regeln?',
    method: 'Wie soll ausgewählt werden?',
    check: 'Das Ergebnis prüfen?',
    review: 'Bereit zum Start'
  },
  intros: {
    data: 'Wählen Sie den Datensatz, aus dem ausgewählt wird. Ihre Dateien werden nie verändert.',
    goal: 'Das Ziel bestimmt, was ein gutes Element ist. Zielaufgaben zeigen es an Beispielen.',
    budget: 'Die Felder hängen zusammen: Ändern Sie eines, und die anderen folgen.',
    rules: 'Nichts davon ist nötig. Alles wird beim Ändern gleich geprüft.',
    method: 'Ein empfohlenes Verfahren für Ihre Daten und Ihr Ziel ist gewählt.',
    check: 'Dasselbe kleine Modell lernt aus der Auswahl, aus Zufallssets und aus allen Daten.',
    review: 'Lesen Sie es noch einmal. Jeder unterstrichene Teil führt zu seinem Schritt zurück.'
  },
  stepsLabel: 'Schritte',
  saveDraft: 'Als Entwurf speichern',
  start: 'Starten',
  queue: 'In die Warteschlange',
  queued: 'Der Lauf ist in der Warteschlange. Er beginnt, wenn die Läufe vor ihm fertig sind.',
  started: (name) => `„${name}“ hat begonnen.`,
  savedAs: {
    untouched: 'Noch nichts zu speichern',
    unsaved: 'Noch nicht gespeichert',
    saving: 'Wird gespeichert',
    saved: 'Entwurf gespeichert',
    failed: 'Der Entwurf konnte nicht gespeichert werden'
  },
  draftSaved: 'Der Entwurf ist gespeichert. Sie finden ihn unter „Start“.',
  restored: (step) => `„${step}“ ist wieder wie empfohlen.`,
  patched: (label) => `Erledigt: ${label}`,
  keys: 'Strg+Eingabe geht weiter, Alt+↓ und Alt+↑ wechseln den Schritt.',
  noDataTitle: 'Es gibt keine Daten zum Auswählen',
  noDataText:
    'Fügen Sie zuerst Daten hinzu, oder öffnen Sie das Beispielprojekt, um zu sehen, wie das Auswählen geht.',
  addData: 'Daten hinzufügen',
  useSample: 'Beispielprojekt verwenden',
  draftGone: 'Diesen Entwurf gibt es nicht mehr. Ein neuer wurde begonnen.',
  failedTitle: 'Der Plan konnte nicht berechnet werden',
  readOnly: 'Das Projekt ist nur zum Lesen geöffnet, daher kann nichts gestartet werden.',
  blocked: (step) => `Zuerst ist unter „${step}“ etwas zu klären.`,
  goThere: (step) => `Zu „${step}“`,

  get: {
    title: 'Was Sie erhalten',
    of: (candidates) => `von ${candidates}, die zur Auswahl stehen`,
    atMost: 'höchstens',
    about: 'etwa',
    items: 'Elemente',
    updating: 'Wird berechnet',
    classes: 'Labels',
    classesHelp: 'Gefüllt: wird behalten. Umriss: vorhanden.',
    moreClasses: (count) => `und ${formatNumber(count)} weitere Labels`,
    noClasses: 'Die Daten haben keine Labels.',
    size: 'Größe',
    tokens: 'Tokens',
    tests: 'Testelemente',
    tasks: 'Zielaufgaben',
    time: 'Zeit',
    timeUnknown: 'Noch nicht bekannt',
    warnings: 'Zu beachten',
    nothingWrong: 'Nichts braucht Aufmerksamkeit.',
    bar: (name, keep, available) => `${name}: ${keep} von ${available}`
  },

  data: {
    dataset: 'Datensatz',
    datasetHelp: 'Ein anderer Datensatz beginnt den Plan von vorn.',
    scope: 'Welcher Teil',
    all: 'Alle Elemente',
    allText: (count) => `${count} Elemente`,
    filter: 'Nur einige Elemente',
    filterText: 'Nach Label oder nach Wörtern im Namen oder im Text.',
    labels: 'Labels',
    labelsHelp: 'Ist keines angekreuzt, gelten alle.',
    search: 'Enthält die Wörter',
    searchHelp: 'Im Namen oder im Text.',
    matches: (count, all) => `${count} von ${all} Elementen passen.`,
    summary: 'Datenprüfung',
    items: 'Elemente',
    unreadable: 'Nicht lesbar',
    duplicates: 'Genaue Duplikate',
    missingLabels: 'Ohne Label',
    setAside: 'Beiseitegelegt',
    test: 'Testelemente',
    labelCount: 'Labels',
    none: 'Keine',
    importing: 'Dieser Datensatz wird noch hinzugefügt. Die Zahlen wachsen noch.'
  },

  goal: {
    label: 'Ziel',
    names: {
      'train-images': {
        title: 'Einen Bildsortierer trainieren',
        text: 'Ein Modell, das Bilder in Gruppen ordnet.'
      },
      'train-text': {
        title: 'Einen Textsortierer trainieren',
        text: 'Ein Modell, das Texte in Gruppen ordnet.'
      },
      'train-table': {
        title: 'Einen Tabellensortierer trainieren',
        text: 'Ein Modell, das Zeilen mit Zahlen in Gruppen ordnet.'
      },
      'teach-chat': { title: 'Ein Chatmodell lehren', text: 'Beispiele guter Antworten.' },
      'teach-vision-chat': {
        title: 'Ein Chatmodell für Bild und Text lehren',
        text: 'Fragen zu Bildern, mit Antworten.'
      },
      'label-first': {
        title: 'Entscheiden, was zuerst ein Label erhält',
        text: 'Die Elemente, deren Labels am meisten helfen würden.'
      },
      'remove-repeats': { title: 'Nur Wiederholtes entfernen', text: 'Je eines, sonst nichts.' }
    },
    tasks: 'Zielaufgaben',
    tasksHelp:
      'Jede Zielaufgabe ist eine Gruppe von Beispielen, die zeigt, wofür die Auswahl gut sein soll.',
    source: 'Woher die Beispiele kommen',
    fromLabels: 'Eine Aufgabe je Label',
    fromLabelsText:
      'Einige Elemente jedes Labels dienen als Beispiele und stehen nicht zur Auswahl.',
    fromColumn: 'Eine Aufgabe je Wert einer Spalte',
    fromColumnText: 'Zum Beispiel eine Aufgabe je Quelle oder je Thema.',
    fromColumnNone: 'Die Daten haben dafür keine Spalte.',
    fromSets: 'Aus eigenen Beispielen',
    fromSetsText: 'Wählen Sie Datensätze oder Labels, die zeigen, worum es Ihnen geht.',
    perTask: 'Beispiele je Aufgabe',
    perTaskUnit: 'Elemente',
    column: 'Spalte',
    set: (index) => `Zielaufgabe ${index}`,
    setName: 'Name',
    setDataset: 'Beispiele aus',
    setLabels: 'Mit den Labels',
    allLabels: 'Alle Labels',
    someLabels: (count) => formatCount(count, 'Label', 'Labels'),
    keys: (count) => formatCount(count, 'aufgeführtes Element', 'aufgeführte Elemente'),
    parts: (count) => formatCount(count, 'Teil', 'Teile'),
    importance: 'Wichtigkeit',
    importanceWords: { low: 'Gering', normal: 'Normal', high: 'Hoch' },
    addSet: 'Zielaufgabe hinzufügen',
    removeSet: (name) => `„${name}“ entfernen`,
    examples: (count) => `${count} Beispiele`,
    noExamples: 'Ohne Beispiele achtet die App stattdessen auf Vielfalt.',
    newSet: (index) => `Aufgabe ${index}`,
    mostSets: 'Bis zu 64 Aufgaben sind möglich.'
  },

  budget: {
    items: 'Elemente',
    percent: 'Anteil',
    megabytes: 'Größe',
    tokens: 'Tokens',
    hours: 'Zeit zum Labeln',
    slider: 'Anteil, der behalten wird',
    secondsPerItem: 'Zeit zum Labeln eines Elements',
    secondsHelp: 'Für die Zeit oben. 12 s sind üblich.',
    perItem: 's',
    recommendedText: '10 %, aber mindestens 20 je Label und nie unter 50 Elementen',
    preview: 'Was behalten wird, je Label',
    previewMost: 'Was höchstens behalten wird, je Label',
    previewHelp: 'Ein Umriss zeigt, was vorhanden ist.',
    asked: 'Das haben Sie verlangt; die anderen folgen.',
    smallest: 'Die App die kleinste Auswahl finden lassen',
    smallestHelp:
      'Sie versucht mehrere Größen und behält die kleinste, die noch gut genug ist. Dauert länger und braucht Labels.',
    keeps: 'Sie muss behalten',
    keepsHelp: 'Von der Genauigkeit, die alle Daten geben.',
    atMost: 'Und höchstens enthalten',
    atMostHelp: 'Von allen Elementen. Reicht das nicht, wird es Ihnen gesagt.'
  },

  budgetWords: {
    of: (asked, items) => `${asked} (${items})`,
    tokens: (count) => `${count} Tokens`,
    hours: (hours) => `${hours} h Labeln`,
    smallest: (share, most) =>
      `Kleinste Auswahl mit ${share} % der Genauigkeit, höchstens ${most} %`
  },

  rules: {
    mustKeep: 'Immer behalten',
    mustKeepHelp: 'Diese Elemente werden behalten, was auch immer das Verfahren sagt.',
    mustDrop: 'Nie behalten',
    mustDropHelp: 'Diese Elemente werden nie ausgewählt.',
    listed: (count) => `${count} Elemente`,
    listNone: 'Keine',
    edit: 'Liste bearbeiten',
    dialogTitle: (name) => `${name}: Liste von Elementen`,
    dialogText:
      'Ein Element je Zeile: sein Dateiname, sein Name oder sein Schlüssel aus items.csv.',
    file: 'Textdatei einlesen',
    fileTooLarge:
      'Die Datei ist größer als 50 MB. Teilen Sie sie, oder führen Sie weniger Elemente auf.',
    lines: 'Elemente, je Zeile eines',
    use: (count) => `${count} verwenden`,
    clear: 'Liste leeren',
    looking: (done, all) => `Angesehen: ${done} von ${all} Elementen`,
    found: (found, lines) => `${found} von ${lines} Zeilen wurden gefunden.`,
    notFound: (count) => `Nicht in diesem Datensatz: ${count}`,
    perClass: 'Grenzen je Label',
    perClassHelp:
      'Wie viele Elemente mindestens und höchstens, und welchen Anteil jedes Label an den behaltenen haben soll. Leer bleibt es bei der natürlichen Mischung.',
    min: 'Mindestens',
    max: 'Höchstens',
    share: 'Anteil',
    shareSum: (sum) => `Die Anteile ergeben zusammen ${sum} %.`,
    clearLimits: 'Alle Grenzen entfernen',
    limitOf: (name, side) => `${name}: ${side}`,
    moreRows: (count) =>
      `und ${count} weitere; geben Sie einen Teil eines Namens ein, um sie zu finden.`,
    findRow: 'Namen suchen',
    noRow: 'Kein Name enthält das.',
    source: 'Woher Elemente kommen',
    sourceHelp: 'Die Spalte, die es nennt, für Grenzen und für Verfahren, die nach Quellen gehen.',
    sourceNone: 'Ohne Belang',
    sourceNoColumn: 'Die Daten haben dafür keine Spalte.',
    perSource: 'Grenzen je Quelle',
    perSourceHelp: 'Wie viele Elemente mindestens und höchstens von jeder. Leer heißt ohne Grenze.',
    sourceName: 'Quelle',
    noSources: 'Die Spalte ist in allen Elementen leer, die zur Auswahl stehen.',
    available: 'Vorhanden',
    label: 'Label',
    noClasses: 'Die Daten haben keine Labels, also gibt es keine Grenzen zu setzen.',
    perClassShow: 'Grenzen setzen',
    repeats: 'Fast-Duplikate',
    repeatsOn: 'Je eines behalten',
    repeatsHelp:
      'Elemente, die mindestens so ähnlich sind, gelten als gleich. Genaue Duplikate werden immer nur einmal behalten.',
    similarity: 'Gleich ab',
    pairs: 'Echte Paare bei dieser Einstellung',
    pairsNone:
      'Ähnliche Paare werden gezeigt, sobald es Ähnlichkeitsmerkmale gibt. Sie entstehen im ersten Lauf, oder jetzt.',
    pairsMake: 'Jetzt berechnen',
    pairsMaking: 'Ähnlichkeitsmerkmale werden berechnet',
    pairsEmpty: 'Keine zwei Elemente sind so ähnlich.',
    pairsRemoved: (count) => `${count} Elemente würden als Fast-Duplikate weggelassen.`,
    alike: (percent) => `${percent} ähnlich`,
    countsAsSame: 'Gelten als gleich',
    staysBoth: 'Beide können bleiben',
    protect: 'Testelemente nie auswählen',
    protectHelp: (count) =>
      `Die Daten haben ${count} Testelemente. Daraus auszuwählen würde die Prüfung verderben.`,
    noTest:
      'Die Daten haben keine eigenen Testelemente; für die Prüfung werden einige zurückgehalten.',
    group: 'Zusammenhalten',
    groupHelp: 'Elemente mit demselben Wert werden gemeinsam behalten oder weggelassen.',
    groupNone: 'Nicht nötig',
    examples: 'Meine Beispiele nicht zur Auswahl stellen',
    examplesHelp: 'Sonst ist die Prüfung nicht unvoreingenommen.'
  },

  method: {
    recommended: 'Empfohlen',
    label: 'Verfahren',
    other: 'Andere Verfahren',
    all: (count) => `Alle ${count} Verfahren`,
    groups: [
      {
        group: 'examples',
        title: 'Nach Ihren Beispielen',
        text: 'Elemente, die bei den Zielaufgaben helfen, die Sie angegeben haben.'
      },
      {
        group: 'variety',
        title: 'Nach Vielfalt',
        text: 'Elemente, die zusammen für alle anderen stehen. Ohne Beispiele.'
      },
      {
        group: 'difficulty',
        title: 'Nach Schwierigkeit',
        text: 'Elemente, mit denen ein Modell kämpft, oder nie. Gut, um Daten anzusehen; als Trainingsset oft schlechter als eine Zufallsauswahl.'
      },
      {
        group: 'sources',
        title: 'Nach Quelle',
        text: 'Wie viel von jedem Ort genommen wird, von dem die Elemente kommen. Braucht eine Spalte, die ihn nennt.'
      },
      {
        group: 'list',
        title: 'Nach einer eigenen Liste',
        text: 'Elemente, die anderswo oder von Hand ausgewählt wurden: geprüft und exportiert wie jedes Ergebnis.'
      },
      {
        group: 'chance',
        title: 'Durch das Los',
        text: 'Der ehrliche Maßstab, und oft schwer zu übertreffen.'
      }
    ],
    ownList: 'Eine anderswo erstellte Liste verwenden',
    alsoTry: 'Auch versuchen und vergleichen',
    alsoTryHelp: 'Jedes Verfahren dauert in der Prüfung etwa noch einmal so lange.',
    baseline: 'Zufallsauswahl gleicher Größe',
    baselineText: 'Immer dabei, damit Sie sehen, ob das Auswählen geholfen hat.',
    more: 'Weitere Einstellungen',
    seed: 'Wiederholungscode',
    seedHelp: 'Derselbe Code ergibt wieder dasselbe Ergebnis.',
    settings: (name) => `Einstellungen von „${name}“`,
    noSettings: 'Dieses Verfahren hat keine Einstellungen.',
    directions: {
      title: 'Lernrichtungen',
      help: 'In welche Richtung jedes Element ein Modell ändern würde. Sie entscheiden, wie gut Elemente zu Ihren Beispielen passen.',
      own: 'Von einem Hilfsmodell',
      ownText: 'Winnow trainiert ein kleines mit den Labels dieser Daten. Sonst ist nichts nötig.',
      joined: 'Anderswo berechnet',
      joinedText:
        'Aus Dateien, die an diese Daten angefügt sind, zum Beispiel von einem großen Modell. Labels sind nicht nötig.',
      none: 'An diese Daten sind keine angefügt.',
      noneText:
        'Fügen Sie sie auf der Seite der Daten unter „Anderswo berechnet“ an; für die Daten mit Ihren Beispielen auch, unter demselben Namen.',
      toData: 'Zur Seite der Daten',
      files: 'Angefügte Dateien',
      filesHelp:
        'Mehrere Dateien einer Aufgabe oder eines Modells werden zusammen betrachtet. Beispiele brauchen dieselben.',
      weights: (names) => `Die Reihenfolge für Gewichte: ${names}.`,
      lost: (name) => `${name} (nicht an seinem Ort)`
    },
    whenToUse: 'Gut für',
    whenNotToUse: 'Nicht gut für',
    useRecommended: 'Empfohlenes Verfahren verwenden'
  },

  check: {
    on: 'Ergebnis prüfen',
    onHelp: 'Zeigt, ob das Auswählen geholfen hat, mit Testelementen, die in keinem der Sets sind.',
    repeats: 'Wiederholungen',
    repeatsHelp:
      'Mehr Wiederholungen machen den Bereich des Urteils enger. Mindestens 3 für ein klares Wort.',
    model: 'Prüfmodell',
    modelHelp: 'Es lernt aus jedem Set und wird dann geprüft. Das Urteil kommt von ihm.',
    modelTime: (text) => `Dauert ${text}.`,
    recommended: 'Empfohlen',
    needsPictures: 'Braucht Daten, deren Elemente Bilder sind.',
    also: 'Auch prüfen mit',
    alsoHelp:
      'Zeigt, ob ein Gewinn auch für andere Arten von Modellen gilt. Das Urteil bleibt beim Prüfmodell oben.',
    curve: 'Lernkurve',
    curveHelp:
      'Prüft mit dem schnellen linearen Modell auch ein Viertel, die Hälfte, doppelt und viermal so viele Elemente. Zeigt, ob weniger genügen.',
    tests: 'Testelemente',
    testsSplit: (count) => `Die ${count} Testelemente der Daten werden verwendet.`,
    testsHoldout: 'Zum Prüfen zurückgehalten',
    holdoutHelp:
      'Die Daten haben keine Testelemente, also wird ein Anteil zurückgehalten und nie ausgewählt.',
    off: 'Ohne Prüfung kann das Ergebnis nicht sagen, ob das Auswählen geholfen hat.',
    time: (text) => `Der ganze Lauf dauert ${text}.`
  },

  review: {
    sentence: 'In einem Satz',
    name: 'Name des Ergebnisses',
    estimate: 'Was es braucht',
    time: 'Zeit',
    memory: 'Arbeitsspeicher',
    disk: 'Datenträger',
    device: 'Rechnet auf',
    why: 'Woher das bekannt ist',
    noEstimate: 'Die Zeit ist noch nicht bekannt.',
    command: 'Als Befehl',
    commandHelp: 'Dieselbe Auswahl für ein Terminal oder ein Skript.',
    copyCommand: 'Als Befehl kopieren',
    commandCopied: 'Der Befehl ist kopiert.',
    commandFiles:
      'Der Befehl liest diese Dateien. Speichern Sie jede unter ihrem Namen in dem Ordner, in dem Sie ihn ausführen.',
    copyFile: (name) => `${name} kopieren`,
    fileCopied: (name) => `Der Inhalt von ${name} ist kopiert.`
  },

  phrase: {
    keep: 'Behalten werden',
    items: (keep, candidates) => `${keep} von ${candidates} Elementen`,
    fitting: (limit, keep, candidates) =>
      `so viele, wie in ${limit} passen, etwa ${keep} von ${candidates} Elementen`,
    labelled: (hours, keep, candidates) =>
      `so viele, wie eine Person in ${hours} h mit Labels versieht, ${keep} von ${candidates} Elementen`,
    smallest: (share, most, candidates) =>
      `die wenigsten Elemente, die ${share} % der Genauigkeit halten, höchstens ${most} von ${candidates}`,
    tokens: (count) => `${count} Tokens`,
    of: 'aus',
    to: ', Ziel:',
    goals: {
      'train-images': 'einen Bildsortierer trainieren',
      'train-text': 'einen Textsortierer trainieren',
      'train-table': 'einen Tabellensortierer trainieren',
      'teach-chat': 'ein Chatmodell lehren',
      'teach-vision-chat': 'ein Chatmodell für Bild und Text lehren',
      'label-first': 'entscheiden, was zuerst ein Label erhält',
      'remove-repeats': 'nur Wiederholtes entfernen'
    },
    chosenBy: ', ausgewählt mit',
    aimedAt: ', ausgerichtet auf',
    tasks: (count) => formatCount(count, 'Zielaufgabe', 'Zielaufgaben'),
    with: ', mit',
    rules: {
      repeats: 'je einem von Fast-Duplikaten',
      mustKeep: (count) => `${count} Elementen, die Sie behalten wollen`,
      mustDrop: (count) => `${count}, die nie behalten werden`,
      limits: (count) => `Grenzen für ${formatCount(count, 'Label', 'Labels')}`,
      shares: (count) => `Anteilen für ${formatCount(count, 'Label', 'Labels')}`,
      sources: (count) => `Grenzen für ${formatCount(count, 'Quelle', 'Quellen')}`,
      group: (column) => `Elementen mit gleichem Wert in „${column}“ zusammen`
    },
    and: 'und',
    then: '. Danach',
    test: (items, repeats) =>
      `wird das Ergebnis an ${items} Elementen geprüft, ${formatNumber(repeats)}-mal`,
    noTest: 'wird das Ergebnis nicht geprüft',
    against: ', neben gleich großen Zufallsauswahlen',
    alsoTry: ', und versucht wird auch',
    end: '.'
  }
}
