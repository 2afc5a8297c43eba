// German words of the check: its models, and its part of the result page.
import type * as en from '../en/check.ts'
import { formatCount } from '../format.ts'
import type { Words } from '../language.ts'

/** The check models, in the order of the wizard. */
export const checkModels: Words<typeof en.checkModels> = {
  linear: {
    title: 'Schnelles lineares',
    text: 'Zieht gerade Grenzen zwischen Labels, auf Grundlage der Ähnlichkeitsmerkmale. Ohne Zufall: Dasselbe Set erhält immer dieselbe Note.'
  },
  knn: {
    title: 'Ähnlichste Elemente (k-NN)',
    text: 'Gibt jedem Testelement das Label der Elemente, die ihm am ähnlichsten sind. Es lernt nichts und zeigt so, ob die richtigen Beispiele im Set sind.'
  },
  mlp: {
    title: 'Kleines Netz',
    text: 'Zieht gebogene Grenzen, auf Grundlage der Ähnlichkeitsmerkmale. Näher an einem größeren Modell; es lernt in jeder Wiederholung neu.'
  },
  convnet: {
    title: 'Bildernetz (ConvNet)',
    text: 'Lernt aus den Bildern selbst, nicht aus den Merkmalen, mit denen ausgewählt wurde. Die strengste Prüfung, und die langsamste.'
  }
}

/** The tab "Check" of a result. */
export const checkTab: Words<typeof en.checkTab> = {
  notTested: 'Dieses Ergebnis wurde nicht geprüft',
  notTestedText:
    'Wählen Sie noch einmal mit eingeschalteter Prüfung aus, um zu sehen, wie gut die Auswahl ist.',
  models: 'Was jedes Prüfmodell ergab',
  modelsHelp:
    'Alle haben aus denselben Sets gelernt und dieselben Testelemente benannt. Das Urteil kommt vom ersten; die anderen zeigen, wie weit es trägt.',
  oneModel:
    'Nur ein Prüfmodell wurde gefragt. Mit „Auch prüfen mit“ zeigt die Planung, ob der Gewinn auch für andere gilt.',
  model: 'Prüfmodell',
  verdictModel: (name) => `${name} (gibt das Urteil)`,
  chosen: 'Auswahl',
  random: 'Zufall',
  stratified: 'Zufall, gleiche Labelmischung',
  all: 'Alle Daten',
  difference: 'Auswahl − Zufall',
  range: '95-%-Bereich',
  toStratified: 'Auswahl − gleiche Labelmischung',
  finding: 'Befund',
  rangeText: (low, high) => `${low} bis ${high}`,
  kinds: {
    helped: 'besser',
    'no-difference': 'kein klarer Unterschied',
    worse: 'schlechter',
    'not-checked': 'nicht geprüft'
  },
  repeats: 'Jede Wiederholung',
  repeatsHelp: (name, repeats) =>
    `Anteil der Testelemente, die „${name}“ richtig benannt hat (${formatCount(repeats, 'Wiederholung', 'Wiederholungen')}). Zufallssets werden jedes Mal neu gezogen.`,
  repeat: 'Wiederholung',
  device: (name) => `Gerechnet auf: ${name}`,
  noCurve:
    'Es wurde keine Lernkurve erstellt. Die Planung erstellt eine, wenn sie unter „Prüfung“ eingeschaltet ist.'
}
