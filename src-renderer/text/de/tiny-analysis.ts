// German words of "What does it teach?": what a finished tiny set carries, in six panels.
import type { AnalysisEffort, AnalysisPanel } from '@api/dto/analysis.ts'
import type * as en from '../en/tiny-analysis.ts'
import { formatCount, formatNumber } from '../format.ts'
import type { Words } from '../language.ts'

interface PanelWords {
  /** The question, as a heading. */
  readonly title: string
  /** What is done, when choosing. */
  readonly text: string
  /** How to read what came out. */
  readonly how: readonly string[]
}

const panels: Readonly<Record<AnalysisPanel, PanelWords>> = {
  recognition: {
    title: 'Wird es erkannt?',
    text: 'Modellen, die aus echten Elementen gelernt haben, wird das Set gezeigt. Mit einer Karte, wie sie es sehen, und der Helligkeit seiner Bilder.',
    how: [
      'Ein Set, dessen Elemente richtig benannt werden, sieht aus wie seine Labels. Eines, bei dem das nicht so ist, kann trotzdem gut lehren, aber nur durch die Muster, die es trägt.',
      'Elemente des Sets, die auf der Karte zwischen echten Elementen ihres Labels liegen, sehen für das Modell aus wie diese. Die Karte zeigt die zwei Richtungen, in denen sich Elemente am stärksten unterscheiden; der Rest ist flachgedrückt.'
    ]
  },
  mixing: {
    title: 'Lassen sich echte Elemente hinzufügen?',
    text: 'Je Label kommen einige echte Elemente hinzu, dann immer mehr.',
    how: [
      'Wenn die Linie des Sets erst fällt, bevor sie steigt, schaden wenige echte Elemente: Lassen Sie das Set, wie es ist, oder fügen Sie viele hinzu.',
      'Wo beide Linien sich treffen, sind insgesamt gleich viele zufällige echte Elemente ebenso gut, und das Set spart nichts mehr.'
    ]
  },
  agreement: {
    title: 'Wem gleicht, wer daraus lernt?',
    text: 'Modelle, die aus dem Set gelernt haben, werden mit Modellen aus wenigen echten Elementen verglichen und mit Modellen, die aus allen gelernt haben, aber früh aufhören mussten.',
    how: [
      'Jeder Balken zählt Paare gleich genauer Modelle. Je weiter rechts, desto mehr Testelemente benennen die beiden gleich, ob richtig oder falsch.',
      'Die gestrichelte Linie ist, was zwei Modelle dieser Genauigkeit allein durch Zufall gemeinsam haben. Was rechts davon liegt, kommt daher, dass sie Ähnliches gelernt haben.'
    ]
  },
  learned: {
    title: 'Wann wird es gelernt?',
    text: 'Ein Modell lernt nur aus echten Elementen. Unterwegs wird es nach dem Set gefragt.',
    how: [
      'Ist das Set nach wenigen Schritten bekannt, enthält es, was ein Modell zuerst lernt: die großen, deutlichen Unterschiede zwischen Labels.',
      'Ein Set, das erst spät bekannt ist, enthält auch Feineres.'
    ]
  },
  curvature: {
    title: 'Wie viel ist noch zu lernen?',
    text: 'Wie scharf sich die Fehler auf dem Set krümmen, während ein Modell aus echten Elementen lernt.',
    how: [
      'Eine hohe Linie heißt, dass ein Lernschritt bei diesen Elementen noch viel ändert. Eine Linie nahe 0 heißt, dass aus ihnen nichts mehr zu lernen ist.',
      'Die Linien sind geglättet und grob: Achten Sie darauf, wo sie steigen und fallen, nicht auf einzelne Werte.'
    ]
  },
  influence: {
    title: 'Was bewirkt jedes Element?',
    text: 'Das Set wird neu gelernt, jedes Mal ohne ein anderes Element, um zu sehen, welche Testelemente schlechter werden.',
    how: [
      'Eine Zahl über 0 sagt, dass das Element hilft: Ohne es sind Modelle sich beim richtigen Label weniger sicher. Unter 0 steht es im Weg.',
      'Eine kräftige Diagonale im Diagramm heißt, dass Elemente ihr eigenes Label lehren. Felder daneben zeigen, welchen Labels ein Element außerdem hilft oder schadet.'
    ]
  }
}

const efforts: Readonly<Record<AnalysisEffort, { title: string; text: string }>> = {
  quick: {
    title: 'Schnell',
    text: 'Wenige, kurze Trainings: Richtungen, keine Nachkommastellen.'
  },
  standard: {
    title: 'Standard',
    text: 'Genug Wiederholungen, um den Diagrammen zu trauen.'
  },
  thorough: {
    title: 'Gründlich',
    text: 'Nahe an dem, was über solche Sets veröffentlicht wurde. Sehen Sie zuerst auf die Zeit; es kann angehalten werden.'
  }
}

/** "What does it teach?" of a tiny set. */
export const tinyAnalysis: Words<typeof en.tinyAnalysis> = {
  tab: 'Was lehrt es?',
  panels,

  form: {
    title: 'Was lehrt dieses Set?',
    text: 'Ein Mini-Set enthält einen kleinen Teil dessen, was in den Daten steckt. Hier wird untersucht, welchen: Kleine Modelle lernen aus dem Set, aus echten Elementen und aus beidem, und was sie richtig machen, wird verglichen. Das Set selbst bleibt, wie es ist.',
    again: 'Noch einmal untersuchen',
    againText:
      'Teile mit demselben Aufwand und Wiederholungscode bleiben, und neue kommen hinzu. Alles andere ersetzt den Bericht.',
    panels: 'Was untersucht wird',
    panelsHelp: 'Jeder Teil beantwortet eine Frage. Weniger Teile brauchen weniger Zeit.',
    needsPanel: 'Kreuzen Sie mindestens einen Teil an.',
    effort: 'Aufwand',
    efforts,
    time: (text) => `Dauert hier ${text}.`,
    timePending: 'Die Zeit wird gerade geschätzt.',
    timeUnknown: 'Die Zeit lässt sich nicht vorhersagen.',
    timeHelp: 'Die Zeiten sind Schätzungen aus einer kurzen Messung auf diesem Computer.',
    seed: 'Wiederholungscode',
    seedHelp: 'Derselbe Code ergibt wieder denselben Bericht.',
    start: 'Starten',
    cancel: 'Bericht lassen, wie er ist',
    readOnly:
      'Dieses Projekt ist nur zum Lesen geöffnet, deshalb kann nichts Neues untersucht werden.'
  },

  running: {
    title: 'Die Untersuchung läuft',
    text: 'Sie geht weiter, während Sie andere Seiten ansehen. Sie kann angehalten werden und geht weiter, nachdem die App geschlossen war.',
    cancel: 'Abbrechen',
    cancelTitle: 'Untersuchung abbrechen?',
    cancelText:
      'Was bisher ermittelt wurde, wird verworfen. Ein früherer Bericht bleibt. Um später weiterzumachen, halten Sie die Untersuchung nur an.',
    cancelYes: 'Untersuchung abbrechen',
    failed: 'Die Untersuchung konnte nicht beendet werden',
    interrupted: 'Die Untersuchung endete, als die App geschlossen wurde',
    interruptedText: 'Sie geht dort weiter, wo sie aufgehört hat.',
    cancelled: 'Die Untersuchung wurde abgebrochen. Nichts davon wurde behalten.',
    ready: 'Der Bericht ist fertig.',
    resume: 'Dort fortsetzen, wo sie aufgehört hat',
    drop: 'Verwerfen'
  },

  noLabels: 'Dieses Set lehrt keine Labels',
  noLabelsText:
    'Jeder Teil des Berichts fragt, wofür Modelle Elemente halten. Er braucht deshalb ein Set, das aus Daten mit Labels entstand.',
  loadFailed: 'Der Bericht konnte nicht gelesen werden',
  damaged: 'Der Bericht kann unten noch einmal erstellt werden.',

  report: {
    again: 'Noch einmal untersuchen',
    missing: (count) =>
      `${formatNumber(count)} von 6 Teilen ${count === 1 ? 'wurde' : 'wurden'} nicht untersucht.`,
    facts: (items, tests, network) =>
      `Elemente des Sets: ${items}, Testelemente: ${tests}, ${network}`,
    made: (effort, time, device) => `Aufwand „${effort}“, ${time} auf: ${device}`,
    code: (code) => `Wiederholungscode ${code}`,
    notes: 'Hinweise',
    contents: 'Teile des Berichts',
    how: 'Wie das zu lesen ist'
  },

  recognition: {
    judges: 'Modelle, die aus echten Elementen gelernt haben',
    column: {
      network: 'Modell',
      test: 'Richtig bei Testelementen',
      set: 'Benannt wie im Set',
      gap: 'Unterschied'
    },
    perLabel: 'Label für Label',
    perLabelHelp: 'Anteil der Elemente jedes Labels, die das Modell so benennt wie das Set.',
    label: 'Label',
    map: 'Wie das erste Modell das Set zwischen echten Elementen sieht',
    mapSubtitle: (set, real, share) =>
      `Elemente des Sets (${set}) über echten Testelementen (${real}). Die beiden Richtungen enthalten ${share} aller Unterschiede.`,
    mapSummary: (set, real, labels) =>
      `Eine Karte von Elementen des Sets (${set}) und echten Elementen (${real}) in ${labels} Labels. In der Tabelle stehen ihre Plätze.`,
    across: 'Erste Richtung',
    up: 'Zweite Richtung',
    setItem: 'Element des Sets',
    realItem: 'Echtes Element',
    kind: 'Art',
    point: (label, kind) => `${label}, ${kind}`,
    legend: 'Labels auf der Karte',
    brightness: 'Helligkeit der Bilder',
    brightnessSubtitle: 'Anteil aller Bildpunkte mit dieser Helligkeit; 0 = schwarz, 1 = weiß.',
    brightnessSummary: (outsideSet, outsideReal) =>
      `Helligkeit des Sets neben der von echten Elementen. Dunkler als Schwarz oder heller als Weiß: ${outsideSet} des Sets, ${outsideReal} der echten Elemente.`,
    brightnessAxis: 'Helligkeit',
    set: 'Mini-Set',
    real: 'Echte Elemente',
    outside: (share) =>
      `${share} der Bildpunkte des Sets sind dunkler als Schwarz oder heller als Weiß; das gibt es auf keinem Foto.`
  },

  mixing: {
    title: 'Genauigkeit, wenn echte Elemente hinzukommen',
    subtitle: (steps, repeats) =>
      `Anteil der Testelemente, bei denen ein Modell nach ${steps} Lernschritten richtig liegt. ${
        repeats === 1
          ? 'Eine Wiederholung.'
          : `Mittel aus ${formatNumber(repeats)} Wiederholungen; Striche: ±1 SD.`
      }`,
    across: 'Hinzugefügte echte Elemente je Label',
    set: 'Mini-Set und echte Elemente',
    random: 'Zufällige echte Elemente, insgesamt gleich viele',
    harmful: 'Füllen Sie dieses Set nicht mit wenigen echten Elementen auf',
    lowest: 'am tiefsten',
    better: 'ab hier besser',
    summary: (from, to, random) =>
      `Das Mini-Set kommt von ${from} ohne echte Elemente auf ${to} mit den meisten; zufällige Elemente enden bei ${random}.`
  },

  agreement: {
    title: 'Paare gleich genauer Modelle danach, wie weit sie übereinstimmen',
    subtitle: (students, accuracy) =>
      `${formatCount(students, 'Modell, das', 'Modelle, die')} aus dem Set gelernt ${students === 1 ? 'hat' : 'haben'}, richtig bei ${accuracy} der Testelemente.`,
    across: 'Gleich benannte Testelemente',
    pairs: 'Paare',
    early: 'Früh beendet',
    few: 'Wenige echte Elemente',
    chance: 'durch Zufall',
    bin: (from, to) => `${from} bis ${to}`,
    summary: (early, few, chance) =>
      `Mittlere Übereinstimmung mit früh beendeten Modellen ${early}, mit Modellen aus wenigen echten Elementen ${few}; durch Zufall ${chance}.`,
    noMatch: 'Kein Modell war so genau wie die des Sets, deshalb gibt es nichts zu vergleichen.',
    facts: 'Die beiden Gruppen',
    group: 'Gruppe',
    models: 'Modelle insgesamt',
    matched: 'Ebenso genaue Paare',
    accuracy: 'Ihre Genauigkeit',
    mean: 'Gleich benannt, Mittel',
    mode: 'Am häufigsten',
    none: '–'
  },

  learned: {
    title: 'Was ein Modell weiß, während es aus echten Elementen lernt',
    subtitle: (trainings) =>
      `Mittel aus ${formatCount(trainings, 'Training', 'Trainings')} mit echten Elementen; aus dem Set wurde nie gelernt.`,
    across: 'Lernschritte',
    set: 'Vom Set',
    test: 'Von den Testelementen',
    done: (step) => `bekannt bei ${step}`,
    summary: (set, test) => `Am Ende kennt das Modell ${set} des Sets und ${test} der Testelemente.`
  },

  curvature: {
    title: 'Wie scharf sich Fehler krümmen, während ein Modell aus echten Elementen lernt',
    subtitle: (signs, items) =>
      `Geschätzt in ${formatCount(signs, 'zufälligen Richtung', 'zufälligen Richtungen')}, auf dem Set und auf echten Elementen (${items}), geglättet.`,
    across: 'Lernschritte',
    set: 'Auf dem Set',
    real: 'Auf echten Elementen',
    peak: (step) => `am höchsten bei ${step}`,
    summary: (value, step, left) =>
      `Die Linie des Sets ist mit ${value} nach ${step} Schritten am höchsten; am Ende sind davon ${left} übrig.`
  },

  influence: {
    title: 'Welchen Labels die Elemente jedes Labels helfen',
    subtitle:
      'Zeilen: Elemente des Sets; Spalten: Testelemente. Über 0 hilft, unter 0 schadet; Mittel aller Paare.',
    summary: (share) =>
      `Bei ${share} der Labels helfen ihre Elemente dem eigenen Label am meisten.`,
    from: 'Elemente von',
    cell: (from, to, value) => `Elemente von ${from} auf Testelemente von ${to}: ${value}`,
    items: 'Element für Element',
    looked: (looked, of) =>
      `${looked} von ${of} Elementen des Sets wurden der Reihe nach weggelassen.`,
    order: 'Reihenfolge',
    orders: {
      place: 'Wie im Set',
      own: 'Hilft dem eigenen Label am meisten',
      ownLeast: 'Hilft dem eigenen Label am wenigsten',
      others: 'Hilft anderen Labels am meisten'
    },
    name: (label, place) => `${label} ${place}`,
    own: 'Eigenes Label',
    others: 'Andere Labels',
    helps: 'Testelemente, denen es am meisten hilft',
    helpsNone: 'Es hilft keinem Testelement.',
    gone: 'Die Daten sind nicht mehr da, deshalb lassen sich diese Testelemente nicht zeigen.',
    help: (name, label, value) => `${name} (${label}): ${value}`
  }
}

/** Several tiny sets side by side. */
export const tinyCompare: Words<typeof en.tinyCompare> = {
  title: 'Mini-Sets vergleichen',
  failedTitle: 'Der Vergleich ist nicht gelungen',
  first: 'Erstes Set',
  other: (place) => `Set ${formatNumber(place)}`,
  add: 'Set hinzufügen',
  added: 'Set zum Hinzufügen',
  remove: (name) => `„${name}“ aus dem Vergleich nehmen`,
  one: 'Erstellen Sie ein zweites Mini-Set, um zu vergleichen.',
  twoKinds: 'Eine Auswahl und ein Mini-Set lassen sich nicht vergleichen',
  twoKindsText: 'Wählen Sie unter „Läufe“ zwei Auswahlen oder zwei Mini-Sets.',
  cautions: 'Vor dem Vergleichen',
  bars: (network) => `Richtig bei Testelementen, ${network}`,
  barsSubtitle: 'Mittel der Wiederholungen; Punkte: jede Wiederholung; Striche: ±1 SD.',
  barsRandom: (name) => `Zufall zu „${name}“`,
  figures: 'Zahlen nebeneinander',
  figure: {
    method: 'Erstellt mit',
    kind: 'Art',
    items: 'Elemente',
    size: 'Größe',
    accuracy: 'Richtig bei Testelementen',
    network: 'Prüfmodell',
    random: 'Gleich viele zufällige Elemente',
    against: 'Gegenüber Zufall',
    other: 'Mit einer anderen Art von Modell, gegenüber Zufall',
    equal: 'Zufällige Elemente gleicher Größe',
    all: 'Alle Daten',
    tests: 'Testelemente',
    repeats: 'Wiederholungen',
    time: 'Zeit'
  },
  differences: 'Einstellungen, die sich unterscheiden',
  noDifferences: 'Alle haben dieselben Einstellungen.'
}
