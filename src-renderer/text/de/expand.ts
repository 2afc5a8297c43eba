// German words of expanding a small set: choosing pictures, settings, looking through what was made.
import type { ExpandArm, ExpandReason, ExpandRule } from '@api/dto/expand.ts'
import type * as en from '../en/expand.ts'
import { formatAboutRange, formatCount, formatNumber, formatPercent } from '../format.ts'
import type { Words } from '../language.ts'

const rules: Readonly<Record<ExpandRule, { readonly label: string; readonly help: string }>> = {
  'between-two': {
    label: 'Zwischen zwei Bildern',
    help: 'Jedes neue Bild liegt zwischen zweien mit demselben Label. Die sicherste Wahl.'
  },
  'towards-chance': {
    label: 'Von einem Bild weg',
    help: 'Jedes neue Bild beginnt bei einem von Ihren und entfernt sich zufällig davon.'
  },
  directions: {
    label: 'Entlang der Unterschiede',
    help: 'Mischt, worin sich Ihre Bilder unterscheiden. Zeigt oft etwas anderes.'
  },
  'one-spread': {
    label: 'Um den Durchschnitt',
    help: 'Entfernt sich in alle Richtungen gleich vom Durchschnitt. Zeigt meist etwas anderes.'
  }
}
const reasons: Readonly<Record<ExpandReason, string>> = {
  'off-class': 'Sieht nach einem anderen Label aus',
  copy: 'Fast eine Kopie',
  'off-model': 'Das Modell verliert es unterwegs',
  duplicate: 'Gleicht einem anderen neuen Bild'
}
const arms: Readonly<Record<ExpandArm, string>> = {
  real: 'Nur echte Bilder',
  made: 'Mit den gemachten Bildern',
  moved: 'Mit Spiegeln und Schieben',
  blended: 'Mit überblendeten Bildern'
}
const points = (value: number): string =>
  `${value > 0 ? '+' : value < 0 ? '\u2212' : ''}${formatNumber(Math.abs(value), 1)}`
const pictures = (count: number): string => formatCount(count, 'Bild', 'Bilder')

/** See text/en/expand.ts. */
export const expand: Words<typeof en.expand> = {
  title: 'Kleines Set erweitern',
  intro:
    'Macht Zwischenformen von wenigen Bildern. Was keines von ihnen zeigt, kann auch hier nicht entstehen, und oft hilft es nicht: Messen Sie, bevor Sie sie verwenden.',
  fromHere: 'Erweitern',
  readOnly:
    'Dieses Projekt ist nur zum Lesen offen; es kann nichts gemacht oder entschieden werden.',
  steps: { pictures: '1. Bilder wählen', settings: '2. Einstellungen' },
  dataset: 'Datensatz',
  noDatasets: 'In diesem Projekt gibt es noch keine Bilder',
  noDatasetsText:
    'Fügen Sie zuerst einen Ordner mit Bildern hinzu und wählen Sie dann ein kleines Label.',
  addData: 'Daten hinzufügen',
  label: 'Label',
  allLabels: 'Alle Labels',
  fromSelection: 'Verwendet werden die Bilder, die Sie ausgewählt haben.',
  fromFilter: 'Verwendet werden die Bilder, die zu Ihrem Filter passen.',
  forgetSelection: 'Stattdessen ein Label wählen',
  most: 'Bilder zu Beginn, höchstens',
  mostHelp: '10 bis 200. Mehr geben mehr Vielfalt und dauern länger.',
  rule: 'Wie neue Bilder entstehen',
  ruleOf: (rule) => rules[rule].label,
  ruleHelp: (rule) => rules[rule].help,
  make: 'Zu machende Bilder',
  repeat: 'Wiederholungscode',
  repeatHelp: 'Derselbe Code macht dieselben Bilder noch einmal.',
  model: 'Bildmodell',
  modelHelp: 'Wie Bilder für das Modell aussehen. Es muss Ihre nicht kennen und ändert sich nicht.',
  modelOwn: (file, side, channels) =>
    `Aus der Datei ${file}, für ${channels === 1 ? 'graue' : 'farbige'} Bilder mit ${formatNumber(side)} × ${formatNumber(side)} Pixeln.`,
  modelAbout: (about, count) => `Gelernt aus ${formatCount(count, 'Bild', 'Bildern')}: ${about}.`,
  modelCurve: (first, last) => `Fehler beim Lernen: zuerst ${first}, am Ende ${last}.`,
  trainOwn: 'Aus meinen Bildern lernen',
  trainOwnHelp:
    'Dauert auf einem Prozessor lange. Für Bilder, die das andere Modell nicht zeigen kann.',
  trainColour: 'Bilder',
  trainColours: { grey: 'Grau', colour: 'Farbig' },
  trainSide: 'Größe',
  trainSideOf: (side) => `${formatNumber(side)} × ${formatNumber(side)} Pixel`,
  trainSteps: 'Schritte',
  trainStepsHelp: 'Mehr Schritte ergeben ein besseres Modell. 3.000 sind ein guter Anfang.',
  ownFile: 'Eigene Modelldatei verwenden',
  ownFileHelp:
    'Eine Datei (.onnx) mit einem Modell, das Rauschen in kleinen Bildern sieht, einem Diffusionsmodell. Sie wird geprüft und an Ihren Bildern ausprobiert, bevor sie übernommen wird.',
  ownFailed: 'Dieses Modell konnte nicht verwendet werden',
  ownReading: 'Das Modell wird an Ihren Bildern ausprobiert',
  ownError: (error) =>
    `So weit liegt es daneben, wenn es Rauschen in Ihren Bildern sieht: ${formatPercent(error, 0)} (0 % ist genau, 100 % sieht nichts).`,
  ownDoubt:
    'Es sieht kaum Rauschen in Ihren Bildern. Vergleichen Sie die Einstellungen unten mit den Angaben derer, die es gemacht haben.',
  ownFound:
    'Diese Einstellungen passen am besten. Ändern Sie sie, wenn zum Modell etwas anderes angegeben ist.',
  ownSchedule: 'Wie das Rauschen wächst',
  ownSchedules: {
    linear: 'Gleichmäßig (üblich)',
    'scaled-linear': 'Anfangs langsam',
    cosine: 'An beiden Enden langsam'
  },
  ownSteps: 'Schritte, mit denen es gelernt hat',
  ownRange: 'Zahlen eines Pixels',
  ownRanges: { centred: '\u22121 bis 1 (üblich)', shares: '0 bis 1' },
  ownTold: 'Wie es den Schritt erfährt',
  ownTolds: { number: 'Als Nummer (üblich)', share: 'Als Anteil von allen' },
  ownSide: 'Größe der Bilder',
  ownApply: 'Diese Einstellungen ausprobieren',
  ownRemove: 'Dieses Modell entfernen',
  ownRemoved: 'Das Modell wurde aus dem Projekt entfernt.',
  trainName: (dataset) => `Modell von ${dataset}`,
  trainTime: (count, low, high) => `${pictures(count)}, ${formatAboutRange(low, high)}.`,
  trainStart: 'Lernen beginnen',
  trainStarted: 'Das Lernen hat begonnen. Es läuft weiter, während Sie arbeiten.',
  counts: (sources, found) =>
    sources === found
      ? `${pictures(sources)} zu Beginn.`
      : `${formatNumber(sources)} von ${formatCount(found, 'Bild', 'Bildern')} zu Beginn.`,
  time: (low, high) => `Es dauert ${formatAboutRange(low, high)}.`,
  noTime: 'Wie lange es dauert, ist nicht bekannt, solange etwas anderes läuft.',
  timing: 'Die Dauer wird ermittelt',
  start: 'Bilder machen',
  startFailed: 'Es konnte nicht begonnen werden',
  underWay: 'In Arbeit',
  stop: 'Abbrechen',
  past: 'Früher gemacht',
  none: 'Noch wurde nichts gemacht.',
  passed: (passed, made) =>
    `${formatNumber(passed)} von ${formatCount(made, 'Bild', 'Bildern')} bestanden`,
  open: 'Durchsehen',
  remove: 'Entfernen',
  removed: 'Entfernt',
  stopped: 'Es wurde abgebrochen, und nichts wurde behalten.',
  stoppedWith: (count) =>
    `Es wurde abgebrochen. ${pictures(count)} ${count === 1 ? 'war' : 'waren'} fertig und ${count === 1 ? 'bleibt' : 'bleiben'} erhalten, ungeprüft.`,
  pause: 'Anhalten',
  goOn: 'Fortsetzen',
  endHere: 'Diese behalten und abschließen',
  endHereHelp:
    'Macht die begonnenen fertig und keine weiteren, prüft die vorhandenen und zeigt das Ergebnis.',
  ending: 'Es werden keine weiteren gemacht. Die vorhandenen werden geprüft.',
  lookSoFar: 'Vorhandene ansehen',
  soFar: (count, make) =>
    `Bisher ${formatNumber(count)} von ${formatCount(make, 'Bild', 'Bildern')} gemacht`,
  soFarHelp:
    'Neben jedem neuen Bild stehen die, zwischen denen es liegt. Noch ist nichts geprüft: Kopien und andere Labels können darunter sein.',
  soFarNone: 'Noch ist kein Bild fertig.',
  soFarOver: 'Es endete ohne Ergebnis.',
  madeOf: 'Gemacht aus',
  soFarPicture: (place, label) => `Neues Bild ${formatNumber(place)}, ${label}, nicht geprüft`,
  homeText:
    'Zwischenformen von 10 bis 200 Bildern, jede neben den echten geprüft, und ob es hilft, damit zu lernen.',
  homeAction: 'Erweitern',
  homeNoPictures: 'Fügen Sie zuerst Bilder hinzu.',
  tooFewSelected: 'Wählen Sie mindestens 10 Bilder aus, um sie zu erweitern.',
  failedToLoad: 'Es konnte nicht gelesen werden',
  back: 'Anderes Set erweitern',
  review: 'Neue Bilder durchsehen',
  reviewHelp:
    'Pfeiltasten bewegen, A nimmt an, R lehnt ab, U nimmt die letzte Entscheidung zurück. Neben jedem neuen Bild steht das ähnlichste echte.',
  made: 'Gemacht',
  nearest: 'Ähnlichstes echtes',
  noneMade: 'Es wurde kein Bild gemacht.',
  accepted: (count, all) => `${formatNumber(count)} von ${formatNumber(all)} angenommen`,
  isAccepted: 'Angenommen',
  isRefused: 'Abgelehnt',
  accept: 'Annehmen',
  refuse: 'Ablehnen',
  acceptPassed: 'Alle bestandenen annehmen',
  undo: 'Rückgängig',
  undone: 'Zurückgenommen',
  reason: (reason) => reasons[reason],
  candidate: (place, label, isAccepted) =>
    `Neues Bild ${formatNumber(place)}, ${label}, ${isAccepted ? 'angenommen' : 'abgelehnt'}`,
  distance: (ratio) => `${formatPercent(ratio, 0)} des üblichen Abstands`,
  share: (share01) => `Label zu ${formatPercent(share01, 0)} sicher`,
  weight: (weight) => `${formatPercent(weight, 0)} des Wegs`,
  readouts: 'Wie neu und wie vielfältig',
  newness: 'Neu neben echten',
  newnessHelp: '100 % ist so neu wie ein echtes Bild, 0 % ist eine Kopie.',
  variety: 'Vielfalt neben echten',
  features: 'Abstand der Merkmale, und der von echten',
  featuresHelp:
    'Klein heißt ähnlich. Eine Kopie hat den kleinsten; lesen Sie ihn also zusammen damit, wie neu die Bilder sind.',
  unknown: 'Nicht bekannt',
  checks: (reconstruction, bound) =>
    `Ihre Bilder weichen nach Hin- und Rückweg um ${reconstruction} ab, erlaubt sind 0,10. Ein neues darf um ${bound} abweichen.`,
  helper: (accuracy) =>
    `Der Helfer, der Bilder benennt, liegt bei ${formatPercent(accuracy, 0)} der echten richtig, die er nicht kennt.`,
  noHelper:
    'Für einen Helfer gibt es zu wenige Bilder mit Label; neue werden mit der Mitte ihres Labels verglichen.',
  warning:
    'Viele neue Bilder sehen nach einem anderen Label aus. Diese Art, sie zu machen, führt dazu.',
  measureTitle: 'Hilft es, mit ihnen zu lernen?',
  measureHelp:
    'Lernt dasselbe kleine Modell mit und ohne die angenommenen Bilder, gleich lange und fünfmal, und prüft es an zurückgehaltenen echten Bildern.',
  measure: 'Messen',
  measureAgain: 'Noch einmal messen',
  measuring: 'Wird gemessen',
  measureFailed: 'Es konnte nicht gemessen werden',
  notMeasured: 'Noch nicht gemessen. Nichts spricht dafür, dass diese Bilder helfen.',
  arm: (arm) => arms[arm],
  columns: { arm: 'Gelernt aus', right: 'Richtig benannt', ahead: 'Voraus, in Punkten' },
  range: (mean, low, high) => `${points(mean)} (${points(low)} bis ${points(high)})`,
  facts: (real, made, test) =>
    `${formatNumber(real)} echte und ${formatNumber(made)} gemachte Bilder, geprüft an ${formatCount(test, 'echten Bild', 'echten Bildern')}. Die Bereiche umfassen 95 %.`,
  export: 'Als Ordner speichern',
  exportHelp:
    'Alle echten Bilder und die angenommenen, höchstens ein gemachtes je echtem, mit einer Liste, welches welches ist.',
  exportName: 'Name des neuen Ordners',
  exportDone: (real, made) =>
    `${formatCount(real, 'echtes Bild', 'echte Bilder')} und ${formatCount(made, 'gemachtes Bild', 'gemachte Bilder')} gespeichert.`,
  exportLeft: (count) =>
    `${formatCount(count, 'angenommenes Bild', 'angenommene Bilder')} nicht gespeichert, damit die Hälfte echt bleibt.`,
  defaultName: (label) => `${label} erweitert`
}
