// German words of "Make a tiny training set": its wizard, its run under way, and its result.
import type {
  DistilArm,
  DistilEffort,
  DistilKind,
  DistilMeasure,
  HelperValues
} from '@api/dto/distil.ts'
import type { TinyStep } from '../../stores/distil-steps.ts'
import type * as en from '../en/distil.ts'
import { formatCount, formatNumber } from '../format.ts'
import type { Words } from '../language.ts'

const elements = (count: number): string => formatCount(count, 'Element', 'Elemente')
/** As in "mit 12 Elementen". */
const withElements = (count: number): string => formatCount(count, 'Element', 'Elementen')
const repetitions = (count: number): string => formatCount(count, 'Wiederholung', 'Wiederholungen')

const steps: Readonly<Record<TinyStep, string>> = {
  data: 'Daten',
  kind: 'Art',
  size: 'Größe',
  effort: 'Aufwand',
  check: 'Prüfung',
  review: 'Überblick'
}
const headings: Readonly<Record<TinyStep, string>> = {
  data: 'Welche Daten?',
  kind: 'Woraus soll das Set bestehen?',
  size: 'Wie viele Elemente je Label?',
  effort: 'Wie viel Arbeit soll hineinfließen?',
  check: 'Das Ergebnis prüfen?',
  review: 'Bereit zum Start'
}
const intros: Readonly<Record<TinyStep, string>> = {
  data: 'Ein Mini-Trainingsset steht für ein großes ein. Es braucht Labels: mindestens zwei, mit je mindestens 20 Elementen. Daten ohne Labels lassen sich nach Ähnlichkeit gruppieren.',
  kind: 'Die empfohlene Art passt zu Ihren Daten. Testelemente werden nie dafür verwendet.',
  size: 'Die Felder hängen zusammen: Ändern Sie eines, und die anderen folgen.',
  effort:
    'Mehr Arbeit macht ein besseres Set, bis zu einem Punkt. Die Zeiten gelten für diesen Computer.',
  check:
    'Dasselbe Prüfmodell lernt aus dem Mini-Set und aus den Sets, mit denen es verglichen wird, jeweils mehrmals.',
  review: 'Lesen Sie es noch einmal. Jeder unterstrichene Teil führt zu seinem Schritt zurück.'
}
const kinds: Readonly<
  Record<DistilKind, { title: string; text: string; goodFor: string; notFor: string }>
> = {
  real: {
    title: 'Echte Elemente mit reicheren Labels',
    text: 'Elemente von Ihnen, jedes mit dem Anteil, den ein Hilfsmodell jedem Label gibt.',
    goodFor:
      'den sichersten Anfang; funktioniert mit jedem späteren Modell, bei Bildern, Texten und Tabellen',
    notFor: 'die allerkleinsten Sets, in denen erzeugte Bilder mehr enthalten können'
  },
  made: {
    title: 'Vom Computer erzeugte Elemente',
    text: 'Neue Elemente, so erzeugt, dass ein Modell aus wenigen lernt, was es sonst aus vielen lernen würde.',
    goodFor: 'die kleinsten Sets; schnelles Ausprobieren einer Art von Modell',
    notFor: 'andere Arten von Modellen ohne Prüfung; alles, was als Foto gezeigt wird'
  },
  mixed: {
    title: 'Gemischte Elemente',
    text: 'Echte Elemente, die verändert oder zusammengesetzt wurden, mehrere an der Stelle von einem.',
    goodFor: 'größere Sets aus Bildern; behält mehr von dem, was echt ist',
    notFor: 'Tabellen und Texte'
  }
}
const efforts: Readonly<Record<DistilEffort, { title: string; text: string }>> = {
  quick: { title: 'Schnell', text: 'Ein erster Eindruck, mit kleinen Hilfsmodellen.' },
  standard: { title: 'Standard', text: 'Was die meisten Sets brauchen.' },
  thorough: {
    title: 'Gründlich',
    text: 'Für ein Ergebnis, das bleiben soll. Sehen Sie zuerst auf die Zeit; der Lauf kann angehalten werden.'
  }
}

/** The sets that check models learn from. */
export const armNames: Words<typeof en.armNames> = {
  'distilled-soft': 'Mini-Set, reichere Labels',
  'distilled-hard': 'Mini-Set, einfache Labels',
  'random-soft': 'Zufall, reichere Labels',
  'random-hard': 'Zufall, einfache Labels',
  'chosen-hard': 'Ausgewählte echte Elemente',
  'equal-bytes': 'Zufall, gleiche Dateigröße',
  all: 'Alle Daten'
}

/** Where no labels are taught there is one set and one draw of random items. */
const unlabelledNames: Readonly<Record<DistilArm, string>> = {
  'distilled-soft': 'Mini-Set',
  'distilled-hard': 'Mini-Set',
  'random-soft': 'Zufällige Elemente',
  'random-hard': 'Zufällige Elemente',
  'chosen-hard': 'Ausgewählte echte Elemente',
  'equal-bytes': 'Zufall, gleiche Dateigröße',
  all: 'Alle Daten'
}

/** What a set of a check is called; the measure is absent where students name labels. */
export function armName(arm: DistilArm, measure: DistilMeasure | undefined): string {
  return (measure === undefined || measure === 'accuracy' ? armNames : unlabelledNames)[arm]
}

/** The wizard. */
export const tiny: Words<typeof en.tiny> = {
  title: 'Ein Mini-Trainingsset erstellen',
  steps,
  headings,
  sizeHeadings: { pairs: 'Wie viele Paare?', groups: 'Wie viele Elemente je Gruppe?' },
  intros,
  noDataTitle: 'Es gibt keine Daten für ein Mini-Set',
  noDataText:
    'Fügen Sie zuerst Daten mit Labels hinzu, oder öffnen Sie das Beispielprojekt, um zu sehen, wie es geht.',

  get: {
    title: 'Was Sie erhalten',
    items: 'Elemente',
    of: (train) => `anstelle von ${train}`,
    shrink: 'Verkleinerung',
    shrinkText: (times) => `${times}×`,
    perLabel: 'Je Label',
    perGroup: 'Je Gruppe',
    pairs: 'Paare',
    labels: 'Labels',
    groups: 'Gruppen nach Ähnlichkeit',
    size: 'Dateigröße',
    side: 'Bildgröße',
    sideText: (side) => `${side} × ${side}`,
    learn: 'Gelernt aus',
    choices: 'Zum Entscheiden',
    tests: 'Testelemente',
    kind: 'Art',
    time: 'Zeit'
  },

  data: {
    leaveOut: 'Labels, die nicht teilnehmen',
    leaveOutHelp:
      'Kreuzen Sie Labels an, die wegbleiben sollen: solche mit wenigen Elementen, oder „Sonstiges“.',
    pairs: 'Ein Set aus Paaren von Bild und Text erstellen',
    pairsHelp: (items) =>
      `Mit beidem: ${items}. Ein solches Set lehrt, welcher Text zu einem Bild gehört; auf Labels wird nicht geachtet.`,
    noLabels: 'Diese Daten haben keine Labels',
    noLabelsText:
      'Winnow kann sie nach Ähnlichkeit gruppieren. Ein Mini-Set daraus lehrt ein Modell, was einander ähnlich ist, und kann zeigen, was in den Daten steckt; Namen lehrt es nicht.',
    groupsTitle: 'Gruppen nach Ähnlichkeit',
    groupsOn: 'Elemente nach Ähnlichkeit gruppieren',
    groupsInstead: 'Nicht auf die Labels achten; Elemente nach Ähnlichkeit gruppieren',
    groupsHelp: 'Gruppen entstehen aus Ähnlichkeitsmerkmalen, ganz ohne Namen.',
    groups: 'Gruppen',
    groupsCount:
      'Für jede davon werden Elemente erzeugt oder genommen. Jede Gruppe braucht mindestens 20 Elemente.'
  },

  kind: {
    label: 'Art des Sets',
    kinds,
    recommended: 'Empfohlen',
    goodFor: 'Gut für',
    notFor: 'Nicht gut für',
    size: (size) => `etwa ${size}`,
    notPhotos: 'Vom Computer erzeugte Elemente sind keine echten Fotos',
    notPhotosText:
      'Sie sind Muster, aus denen ein Modell lernt. Jedes ist gekennzeichnet, in der App und in allem, was exportiert wird.',
    sketch: {
      real: 'Elemente von Ihnen, wie sie sind',
      made: 'So etwa sieht es aus: Elemente eines Labels übereinandergelegt',
      mixed: 'Vier Elemente von Ihnen an der Stelle von einem'
    } satisfies Record<DistilKind, string>,
    more: 'Weitere Einstellungen',
    method: 'Wie das Set erstellt wird',
    methodHelp: 'Das empfohlene Verfahren passt zur Art, zur Größe und zu diesen Daten.',
    graphicsCard: 'Langsam ohne Grafikkarte',
    noMethod: 'Für diese Art gibt es kein anderes Verfahren.'
  },

  size: {
    stops: 'Elemente je Label',
    stopsHelp: 'Weniger Elemente bedeuten eine kleinere Datei und meist etwas weniger Genauigkeit.',
    perLabel: 'Je Label',
    perGroup: 'Je Gruppe',
    pairs: 'Paare',
    pairsUnit: 'Paare',
    total: 'Insgesamt',
    fileSize: 'Dateigröße',
    unit: 'Elemente',
    shrink: (train, items, times) => `${train} → ${items}, ${times}× kleiner`,
    bars: 'Woraus bei jedem Label gelernt werden kann'
  },

  effort: {
    label: 'Aufwand',
    efforts,
    time: (text) => `Dauert hier ${text}.`,
    timeUnknown: 'Die Zeit wird gerade geschätzt.',
    side: 'Bildgröße',
    sideHelp: 'Kleinere Bilder sind schneller. Große werden passend verkleinert.',
    sideOwn: 'Wie sie sind, höchstens 64 × 64',
    sideOf: (side) => `${side} × ${side}`,
    sideTooSlow: (text) => `zu langsam auf diesem Computer: ${text}`,
    sideTooLarge: (text) => `zu groß für Mini-Sets: ${text}`,
    labels: 'Labels im Set',
    soft: 'Reichere Labels',
    softText:
      'Jedes Element trägt einen Anteil für jedes Label, wie das Hilfsmodell es sieht. Sagt mehr mit denselben Elementen.',
    hard: 'Einfache Labels',
    hardText: 'Ein Label je Element, für Programme, die keine Anteile lesen können.',
    teacher: 'Das Hilfsmodell wieder fragen',
    teacherText:
      'Das Hilfsmodell wird mit dem Set gespeichert. Während ein Modell lernt, sagt es, was es in jedem veränderten Bild sieht, wo das besser lehrt. Das Set wird um das Hilfsmodell größer.',
    views: 'Reichere Labels für veränderte Bilder',
    viewsText:
      'Was das Hilfsmodell zu gedrehten und verschobenen Kopien jedes Elements sagt, gespeichert. Lehrt mehr als ein Label je Element und braucht am meisten Platz.',
    picturesOnly: 'Nur Bilder werden verändert, während ein Modell aus ihnen lernt.',
    passes: 'Durchgänge, für die Labels gespeichert werden',
    passesHelp: 'Ein Modell, das länger lernt, fängt wieder mit dem ersten an.',
    keepOneOf: 'Teile dieser Labels, die behalten werden',
    keepOneOfHelp: 'Weniger Teile brauchen weniger Platz; die anderen bleiben durch das Los weg.',
    keepEvery: 'Alle',
    keepOneIn: (count) => `Einer von ${formatNumber(count)}`,
    keep: 'Anteile, die je Element behalten werden',
    keepHelp: 'Weniger Anteile brauchen weniger Platz, wo es viele Labels gibt.',
    keepAll: 'Alle',
    keepSome: (count) => `Die ${formatNumber(count)} größten`,
    helper: 'Hilfsmodell',
    helperHelp:
      'Es sagt, wonach ein Element sonst noch aussieht; daher kommen die reicheren Labels.',
    helperTrain: 'Hier eines trainieren',
    helperTrainText:
      'Ein kleines Modell, das aus Ihren Elementen lernt, bevor das Set erstellt wird.',
    helperFile: 'Eigenes Modell verwenden',
    helperFileText:
      'Ein Modell, das diese Labels nennt, aus einer .onnx-Datei. Es bleibt auf diesem Computer.',
    helperPick: 'Datei wählen',
    helperOther: 'Andere Datei wählen',
    helperKept: 'Modelle in diesem Projekt',
    helperValues: 'Zahlen, die es für einen Bildpunkt erwartet',
    helperValuesHelp:
      'Wie in dem Programm, mit dem es trainiert wurde. Mit falschen Zahlen nennt es falsche Labels.',
    helperValue: {
      imagenet: 'Angepasst nach Mittel und Streuung von ImageNet',
      shares: 'Von 0 bis 1',
      bytes: 'Von 0 bis 255',
      'as-students': 'Angepasst wie für die Prüfmodelle'
    } satisfies Record<HelperValues, string>,
    helperFacts: { file: 'Datei', size: 'Größe', takes: 'Nimmt', gives: 'Gibt' },
    helperPictures: (size, channels) =>
      `Bilder: ${size}, ${channels === 1 ? 'grau' : channels === 3 ? 'farbig' : formatCount(channels, 'Ebene', 'Ebenen')}`,
    helperAnySize: 'jede Größe',
    helperRows: (columns) => `Zeilen aus ${formatCount(columns, 'Zahl', 'Zahlen')}`,
    helperOutputs: (count) => `${formatCount(count, 'Zahl', 'Zahlen')}, eine je Label`,
    helperOutputsUnknown: 'die Datei sagt nicht, wie viele Zahlen',
    helperSize: (theirs, own) =>
      `Die Datei des Hilfsmodells erwartet Bilder mit ${theirs}, Ihre haben ${own}.`,
    helperResize: 'Größe automatisch anpassen',
    helperResized: (theirs) => `Nur für das Hilfsmodell werden Ihre Bilder auf ${theirs} gebracht.`,
    helperFailed: 'Diese Datei kann kein Hilfsmodell sein',
    more: 'Weitere Einstellungen',
    width: 'Breite des Hilfsmodells und der Prüfmodelle',
    widthHelp: 'Breitere lernen mehr und brauchen länger.',
    widthAuto: 'Wie beim Aufwand vorgesehen',
    widthOf: (width) => formatNumber(width),
    seed: 'Wiederholungscode',
    seedHelp: 'Derselbe Code ergibt wieder dasselbe Set.',
    settings: (name) => `Einstellungen von „${name}“`
  },

  check: {
    on: 'Ergebnis prüfen',
    onHelp:
      'Zeigt, wie viele Testelemente ein Modell richtig benennt, das aus dem Mini-Set gelernt hat.',
    off: 'Ohne Prüfung kann die Ergebnisseite nicht sagen, wie gut das Set ist.',
    repeats: 'Wiederholungen',
    repeatsHelp: 'Prüfmodelle je Set. Mindestens 3 für ein klares Wort.',
    baseline: 'Gleich viele zufällige echte Elemente',
    baselineText: 'Immer dabei, damit zu sehen ist, ob das Erstellen geholfen hat.',
    equalBytes: 'Zufällige echte Elemente gleicher Größe auf dem Datenträger',
    equalBytesHelp:
      'So viele echte Elemente, wie im selben Platz unterkommen, denn auch reichere Labels brauchen Platz.',
    chosen: 'Gleich viele ausgewählte echte Elemente',
    chosenHelp:
      'Die typischsten Bilder oder Zeilen jedes Labels. Sie auszuwählen dauert Sekunden, also sollte das Mini-Set besser sein.',
    all: 'Alle Daten',
    allHelp: 'Das Höchste, was zu erreichen ist. Braucht von allen Sets am längsten.',
    otherNetwork: 'Auch mit einer anderen Art von Modell prüfen',
    otherNetworkHelp: 'Mini-Sets taugen oft nur für das Modell, mit dem sie erstellt wurden.',
    augmentations: 'Auch ohne die Hilfe veränderter Kopien prüfen',
    augmentationsHelp:
      'Zeigt, wie viel vom Ergebnis daher kommt, dass Bilder beim Lernen gedreht und verschoben werden. Trainiert etwa doppelt so viele Prüfmodelle.'
  },

  review: {
    commandHelp: 'Dasselbe Set für ein Terminal oder ein Skript.'
  },

  // "Ein Set mit 10 Elementen je Label, 100 anstelle von 5.000, aus Schuhe, als echte Elemente …,
  // mit Aufwand „Standard“ und reicheren Labels. Danach wird das Set 3-mal an 1.000 Testelementen geprüft."
  phrase: {
    make: 'Ein Set mit',
    perLabel: (count) => `${withElements(count)} je Label`,
    pairs: (count) => formatCount(count, 'Paar', 'Paaren'),
    perGroup: (count, groups) =>
      `${withElements(count)} für jede von ${formatCount(groups, 'Gruppe', 'Gruppen')} nach Ähnlichkeit`,
    instead: (items, train) => `, ${items} anstelle von ${train}`,
    from: ', aus',
    as: ', als',
    kinds: {
      real: 'echte Elemente mit reicheren Labels',
      made: 'vom Computer erzeugte Elemente',
      mixed: 'gemischte Elemente'
    },
    by: ', erstellt mit',
    with: ', mit',
    efforts: {
      quick: 'Aufwand „Schnell“',
      standard: 'Aufwand „Standard“',
      thorough: 'Aufwand „Gründlich“'
    } satisfies Record<DistilEffort, string>,
    and: 'und',
    hard: 'einfachen Labels',
    soft: 'reicheren Labels',
    noLabels: 'Ähnlichkeit anstelle von Labels',
    pairLabels: 'ohne Labels',
    softTop: (count) => `den ${count} größten Anteilen reicherer Labels`,
    teacher: 'Labels eines Hilfsmodells, das wieder gefragt wird',
    views: (passes) => `reicheren Labels für ${passes} Durchgänge veränderter Bilder`,
    ownHelper: (name) => `von Ihrem Hilfsmodell „${name}“`,
    leftOut: (count) => `${formatCount(count, 'Label', 'Labels')} weggelassen`,
    then: '. Danach',
    test: (items, repeats) =>
      `wird das Set ${formatNumber(repeats)}-mal an ${items} Testelementen geprüft`,
    against: ', neben gleich vielen zufälligen Elementen',
    equalBytes: ', zufälligen Elementen gleicher Größe',
    chosen: ', ausgewählten echten Elementen',
    all: ', allen Daten',
    other: ', auch mit einer anderen Art von Modell',
    noTest: 'wird das Set nicht geprüft',
    end: '.'
  }
}

/** The run under way. */
export const tinyRun: Words<typeof en.tinyRun> = {
  pictures: 'Das Set, wie es jetzt ist',
  picturesOf: (lines, areGroups) =>
    lines === 1
      ? `Eine Zeile für ${areGroups ? 'eine Gruppe' : 'ein Label'}`
      : `Je eine Zeile für ${formatNumber(lines)} ${areGroups ? 'Gruppen' : 'Labels'}`,
  alt: (items, lines, areGroups) =>
    `${elements(items)} in ${formatCount(lines, 'Zeile', 'Zeilen')}, je ${areGroups ? 'Gruppe' : 'Label'} eine Zeile.`,
  first: 'Noch keine Bilder',
  firstIn: (text) => `Bis zu den ersten Bildern dauert es ${text}.`,
  firstSoon: 'Erste Bilder sind zu sehen, sobald der erste Teil des Sets erstellt ist.',
  noPictures: 'Diese Elemente sind keine Bilder; ihre Genauigkeit steht daneben.',
  previewFailed: 'Das Set, wie es jetzt ist, konnte nicht angezeigt werden',
  stopEarly: 'Vorzeitig beenden und das bisher Beste behalten',
  stopEarlyWait: 'Möglich, sobald ein erstes Set da ist.',
  stopTitle: 'Das Erstellen beenden?',
  stopText:
    'Das bisher beste Set wird behalten und geprüft, als wäre es zu Ende erstellt. Mehr Arbeit lässt sich später nicht hinzufügen.',
  stopNow: 'Beenden und das Beste behalten',
  stopping: 'Wird beendet. Das bisher beste Set wird als Nächstes geprüft.',
  curve: 'Wie gut das Set ist, während es entsteht',
  curveSubtitle:
    'Was ein Prüfmodell bei den Elementen für Entscheidungen erreicht. Gestrichelt: mit gleich vielen zufälligen Elementen.',
  curveEmpty: 'Die Kurve beginnt mit dem ersten Set.',
  curveSummary: (from, to, random) =>
    `Das Mini-Set kam von ${from} auf ${to}; zufällige Elemente liegen bei ${random}.`,
  curveAcross: 'Getane Arbeit',
  curveSet: 'Mini-Set',
  curveRandom: 'Zufällige Elemente'
}

const bars = (repeats: number): string =>
  `Balken: Mittel aus ${repetitions(repeats)}; Punkte: jede Wiederholung; Striche: ±1 SD.`

/** What a result gives reason to try instead. */
export const tinyAdvice: Words<typeof en.tinyAdvice> = {
  helper: (share) =>
    `Das Hilfsmodell liegt bei Ihren Elementen für Entscheidungen nur zu ${share} richtig. Reichere Labels von ihm lehren vielleicht Fehler.`,
  trainLonger: 'Länger trainieren',
  trainHere: 'Hier eines trainieren',
  usePlain: 'Einfache Labels verwenden',
  version: (own, last) =>
    `Dieser Lauf entstand mit Version ${own} der Daten; aktuell ist Version ${last}.`,
  again: (version) => `Mit Version ${version} wiederholen`,
  keep: 'Behalten',
  plain:
    'Verlangt waren reichere Labels, aber dieses Verfahren gibt einfache; die Elemente haben deshalb je ein Label.'
}

/** The result page. */
export const tinyResult: Words<typeof en.tinyResult> = {
  by: (method, dataset) => `${method} · ${dataset}`,
  exportItems: (count) =>
    count === '1' ? '1 Element exportieren' : `${count} Elemente exportieren`,
  again: 'Mit diesen Einstellungen noch einmal erstellen',
  notCheckedText:
    'Die Prüfung war aus oder nicht möglich, deshalb ist nicht bekannt, wie gut das Set ist.',
  items: 'Elemente',
  instead: (train) => `anstelle von ${train}`,
  sizeAndTime: (size, time) => `${size}, dauerte ${time}`,
  decoded: (count) => `ergeben entfaltet ${count} Elemente`,
  other: (range) => `Mit einer anderen Art von Modell: ${range}.`,
  range: (points, low, high) => `${points} Punkte gegenüber Zufall (${low} bis ${high})`,
  made: 'Vom Computer erzeugt',
  madeShort: 'Erzeugt',
  real: 'Echtes Element',
  mixed: 'Aus echten Elementen gemacht',
  mixedShort: 'Verändert',
  warning: 'Bevor Sie es verwenden',
  warnings: [
    'Nicht zum Testen von Modellen: Ein Modell, das mit dem getestet wird, womit es entstand, sieht immer gut aus.',
    'Es kann noch verraten, was in den Ausgangsdaten steht. Behandeln Sie es wie diese.',
    'Lizenz und Einwilligung der Ausgangsdaten gelten auch für dieses Set.'
  ],
  tabs: {
    items: 'Elemente',
    labels: 'Labels',
    check: 'Prüfung',
    storage: 'Speicherplatz',
    found: 'Befunde',
    settings: 'Einstellungen & Wiederholungscode',
    log: 'Protokoll'
  },
  chart: {
    title: (name, points) => `„${name}“ ist um ${points} besser als Zufall`,
    worse: (name, points) => `Zufall ist um ${points} besser als „${name}“`,
    same: 'Kein klarer Unterschied zwischen dem Mini-Set und zufälligen Elementen',
    otherTitle: (network) => `Dieselben Sets mit ${network}`,
    subtitle: {
      accuracy: (tests, repeats, network) =>
        `Anteil richtiger Antworten bei ${formatCount(tests, 'Testelement', 'Testelementen')}, mit ${network}. ${bars(repeats)}`,
      explained: (tests, repeats, network) =>
        `Wie viel von dem, was ${formatCount(tests, 'ungesehenes Element', 'ungesehene Elemente')} unterscheidet, ${network} vorhersagt. ${bars(repeats)}`,
      recall: (tests, repeats, network) =>
        `Wie oft bei ${formatCount(tests, 'ungesehenen Bild', 'ungesehenen Bildern')} der eigene Text gefunden wird, mit ${network}. ${bars(repeats)}`
    } satisfies Record<DistilMeasure, (tests: number, repeats: number, network: string) => string>
  },
  item: {
    region: 'Elemente des Sets',
    name: (index, label) => `${label} ${index}`,
    allLabels: 'Alle Labels',
    label: 'Label',
    shares: 'Was sein Label sagt',
    plain: 'Ein einfaches Label.',
    bar: (name, share) => `${name}: ${share}`,
    missing: 'Für dieses Element gibt es keine Anteile, deshalb gilt sein einfaches Label.',
    nearest: 'Echte Elemente, die ihm am ähnlichsten sind',
    nearestNone: 'Es wurde mit keinen echten Elementen verglichen.',
    isReal: (name) => `Das ist Ihr Element „${name}“.`,
    alike: (percent) => `zu ${percent} ähnlich`,
    empty: 'Nichts wurde behalten',
    values:
      'Zeilen aus Zahlen haben kein Bild. Gezeigt werden ihre Labels und die echten Elemente, die ihnen am ähnlichsten sind.'
  },
  labels: {
    none: 'Einfache Labels',
    noneText: 'Jedes Element dieses Sets hat ein Label und keine Anteile.',
    shares: 'Wie sicher die Labels sind',
    sharesHelp:
      'Der Anteil des ersten Labels in jedem Element, über die angesehenen Elemente. Anteile weit unter 100 % sagen einem Modell, wonach ein Element sonst noch aussieht.',
    column: {
      label: 'Label',
      items: 'Elemente',
      top: 'Anteil des größten',
      second: 'Am häufigsten an zweiter Stelle'
    },
    helper: 'Das Hilfsmodell beim Lernen',
    helperHelp:
      'Die Labels stammen aus dem Durchgang, in dem sie am besten lehren, ermittelt an den Elementen für Entscheidungen. Oft ist das, bevor das Hilfsmodell am besten ist.',
    accuracy: 'Richtig bei Elementen für Entscheidungen',
    sureness: 'Wie breit seine Anteile verteilt sind',
    surenessHelp: '0 = es nennt nur ein Label. Je mehr, desto mehr sagt es über die anderen.',
    pass: 'Durchgang',
    chosen: (pass) => `Labels aus Durchgang ${pass}`,
    summary: (name, from, to) => `${name}: von ${from} bis ${to}.`,
    noHelper: 'Für dieses Set war kein Hilfsmodell nötig.',
    slide: 'Das Hilfsmodell auf seinem Weg ansehen',
    slideHelp:
      'Anfangs verteilt es seine Anteile breit; später liegt es öfter richtig und sagt sonst weniger.',
    passOf: (pass) => `Durchgang ${pass}`,
    asIf: 'So, als nennte es',
    labelsNamed: (count) => `${count} Labels gleich oft`,
    isChosen: 'Die Labels des Sets stammen aus diesem Durchgang.',
    isEarlier: 'Früher als der Durchgang, aus dem die Labels stammen.',
    isLater: 'Später als der Durchgang, aus dem die Labels stammen.',
    toChosen: 'Zum Durchgang der Labels'
  },
  check: {
    table: 'Jedes Set mit jeder Art von Modell',
    tableHelp:
      'Jedes Mal dieselben Testelemente. Die Schrittweite wurde an anderen Elementen gewählt.',
    tableHelpKernel:
      'Jedes Mal dieselben Testelemente. Dieses Set ist für Modelle, die Elemente vergleichen; sie haben keine Schrittweite.',
    measure: {
      accuracy: 'Richtig bei Testelementen',
      explained: 'Vorhergesagt bei Testelementen',
      recall: 'Eigener Text gefunden'
    } satisfies Record<DistilMeasure, string>,
    measureHelp: {
      accuracy: '',
      explained:
        'Wie viel von dem, was ungesehene Elemente unterscheidet, ein Modell vorhersagt, das aus dem Set gelernt hat.',
      recall: 'Wie oft der eigene Text eines ungesehenen Bildes unter vielen gefunden wird.'
    } satisfies Record<DistilMeasure, string>,
    column: {
      set: 'Gelernt aus',
      network: 'Prüfmodell',
      items: 'Elemente',
      bytes: 'Größe',
      repeats: 'Jede Wiederholung',
      rate: 'Schrittweite'
    },
    counts: (arm) =>
      `Das Urteil gilt für: ${arm}. Das war bei den Elementen für Entscheidungen besser.`,
    differences: 'Gegenüber gleich vielen zufälligen Elementen',
    difference: 'Unterschied',
    low: 'Von',
    high: 'Bis',
    thisNetwork: (network) => `Mit ${network}`,
    otherNetwork: 'Mit einer anderen Art von Modell',
    scores: 'Zwei strenge Wertungen',
    scoresHelp:
      'Von 0 bis 100 %: wie weit das Set auf dem Weg von zufälligen Elementen zu allen Daten kommt.',
    labelScore: 'Ohne die Hilfe reicherer Labels',
    labelScoreHelp:
      'Zufällige Elemente bekommen dieselben reicheren Labels, sodass nur die Elemente zählen.',
    changeScore: 'Ohne die Hilfe veränderter Kopien',
    changeScoreHelp:
      'Prüfmodelle lernen aus den Elementen, wie sie sind, nicht aus gedrehten oder verschobenen Kopien.',
    notMeasured: 'Nicht gemessen',
    device: (name) => `Gerechnet auf: ${name}`
  },
  storage: {
    title: 'Was das Set an Platz belegt',
    help: 'Alles, was es braucht, um wieder damit zu trainieren, Labels eingeschlossen.',
    column: { name: 'Teil', numbers: 'Zahlen', bytes: 'Größe', share: 'Anteil' },
    total: 'Zusammen',
    equal: (count) => `So viele echte Elemente je Label bräuchten gleich viel Platz: ${count}.`,
    decoded: (items, decoded) =>
      `Gespeichert sind ${items} Elemente; beim Verwenden entfalten sie sich zu ${decoded}.`
  },
  frontier: {
    title: 'Welcher Durchgang des Hilfsmodells am besten lehrt',
    always: (pass) => `${pass} des Hilfsmodells lehrt bei jeder Größe am besten`,
    later: (first, few, last, many) =>
      `Durchgang ${first} des Hilfsmodells lehrt am besten bei ${few} je Label, Durchgang ${last} bei ${many}`,
    subtitle:
      'Anteil der Elemente für Entscheidungen, bei denen Modelle richtig liegen. Dünne Linien: je ein Durchgang des Hilfsmodells; dicke Linie: der beste von allen.',
    across: 'Elemente je Label',
    best: 'Bester Durchgang',
    pass: (pass) => `Durchgang ${pass}`,
    point: (pass, items, share) => `${pass}, ${items} je Label: ${share}.`
  },
  found: {
    none: 'Dieses Verfahren hat sonst nichts gemessen.'
  },
  curve: 'Wie gut das Set war, während es entstand',
  setting: {
    kind: 'Art',
    method: 'Erstellt mit',
    perLabel: 'Elemente je Label',
    effort: 'Aufwand',
    labels: 'Labels im Set',
    helper: 'Hilfsmodell',
    groups: 'Gruppen nach Ähnlichkeit',
    pairs: 'Paare von Bild und Text',
    side: 'Bildgröße',
    width: 'Breite',
    leftOut: 'Weggelassene Labels',
    check: 'Prüfung'
  },
  settingText: {
    own: 'wie sie sind',
    auto: 'wie beim Aufwand vorgesehen',
    softAll: 'reichere, alle Anteile',
    softTop: (count) => `reichere, die ${count} größten Anteile`,
    teacher: 'reichere, das Hilfsmodell wird wieder gefragt',
    views: (passes, oneOf) =>
      `reichere, für ${passes} Durchgänge veränderter Bilder${oneOf === 1 ? '' : `, einer von ${formatNumber(oneOf)} Teilen`}`,
    hard: 'einfache',
    trainedHere: 'hier trainiert',
    check: (repeats) => repetitions(repeats),
    checkParts: {
      equalBytes: 'zufällige Elemente gleicher Größe',
      chosen: 'ausgewählte echte Elemente',
      all: 'alle Daten',
      otherNetwork: 'eine andere Art von Modell',
      augmentations: 'ohne veränderte Kopien'
    },
    checkOff: 'aus',
    values: (text) => text
  }
}
