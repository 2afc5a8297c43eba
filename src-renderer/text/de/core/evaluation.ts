// German for sentences of the core about checks of results: verdicts, cautions, measures.
// Keys are the English sentences themselves; see ../core.ts.

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  // Verdicts.
  'Rough estimate.': 'Grobe Schätzung.',
  'Do not use this set.': 'Verwenden Sie diese Auswahl nicht.',
  'Try another method or more items.': 'Versuchen Sie ein anderes Verfahren oder mehr Elemente.',
  'Test again with at least 3 repeats.': 'Prüfen Sie noch einmal mit mindestens 3 Wiederholungen.',
  'Use 3 or more.': 'Nehmen Sie 3 oder mehr.',
  'Use 200 or more.': 'Nehmen Sie 200 oder mehr.',
  'Not every check model sees the gain. It may not carry over to another kind of model.':
    'Nicht jedes Prüfmodell sieht den Gewinn. Er gilt vielleicht nicht für andere Arten von Modellen.',
  'Not every check model sees the loss. It may not carry over to another kind of model.':
    'Nicht jedes Prüfmodell sieht den Verlust. Er gilt vielleicht nicht für andere Arten von Modellen.',
  'Measured just now on this computer with this data’s fingerprints.':
    'Gerade auf diesem Computer gemessen, mit den Merkmalen dieser Daten.',
  // What other check models find.
  'the fast linear model': 'dem schnellen linearen Modell',
  'a small network': 'einem kleinen Netz',
  'a picture network': 'einem Bildnetz',
  'k-NN': 'k-NN',
  'One repeat cannot tell what the other check models find.':
    'Eine Wiederholung kann nicht sagen, was die anderen Prüfmodelle finden.',
  'The check models contradict each other: better than random with one, worse with another.':
    'Die Prüfmodelle widersprechen einander: mit einem besser als Zufall, mit einem anderen schlechter.',
  'What you train decides; test with a model like yours.':
    'Es kommt darauf an, was Sie trainieren; prüfen Sie mit einem ähnlichen Modell.',
  'Another check model sees a clear difference where this one sees none.':
    'Ein anderes Prüfmodell sieht einen klaren Unterschied, wo dieses keinen sieht.',
  'The verdict goes by the model picked beforehand.':
    'Das Urteil richtet sich nach dem vorher gewählten Modell.',

  // Cautions.
  'The picture network needs data whose items are pictures.':
    'Das Bildnetz braucht Daten, deren Elemente Bilder sind.',
  'Another check model was used instead.': 'Stattdessen wurde ein anderes Prüfmodell verwendet.',
  'Fast linear': 'Schnell, linear',
  'Most alike items (k-NN)': 'Ähnlichste Elemente (k-NN)',
  'Small network': 'Kleines Netz',
  'Picture network (ConvNet)': 'Bildnetz (ConvNet)'
}

/** Sentences with names and figures in them. */
export const forms: readonly (readonly [string, string])[] = [
  [
    'Measured just now on this computer with {#items} of your items.',
    'Gerade auf diesem Computer gemessen, mit {#items} Ihrer Elemente.'
  ],
  [
    'Choosing helped: {#mean} points ({#low} to {#high}).',
    'Das Auswählen hat geholfen: {#mean} Punkte ({#low} bis {#high}).'
  ],
  ['Random did better here ({#mean}).', 'Zufall war hier besser ({#mean}).'],
  [
    'No clear difference from random ({#mean}, {#low} to {#high}).',
    'Kein klarer Unterschied zum Zufall ({#mean}, {#low} bis {#high}).'
  ],
  [
    'One repeat cannot tell choosing from chance ({#mean}).',
    'Eine Wiederholung kann Auswählen und Zufall nicht unterscheiden ({#mean}).'
  ],
  ['All data: {#all} %.', 'Alle Daten: {#all} %.'],
  [
    'You keep {#kept} % of that with {#share} % of the items.',
    'Davon bleiben {#kept} % mit {#share} % der Elemente.'
  ],
  ['Rough estimate: only {#count} repeats.', 'Grobe Schätzung: nur {#count} Wiederholungen.'],
  ['Rough estimate: only {#count} repeat.', 'Grobe Schätzung: nur {#count} Wiederholung.'],
  ['Rough estimate: only {#count} test items.', 'Grobe Schätzung: nur {#count} Testelemente.'],
  [
    'A random choice with the same share of every class did about as well ({#mean}, {#low} to {#high}), so the gain may come from the class mix alone.',
    'Eine Zufallsauswahl mit gleichem Anteil jedes Labels war etwa so gut ({#mean}, {#low} bis {#high}); der Gewinn kommt vielleicht allein von der Labelmischung.'
  ],
  // What other check models find.
  [
    'One repeat with {@model} tells nothing ({#mean}).',
    'Eine Wiederholung mit {@model} sagt nichts ({#mean}).'
  ],
  [
    'Better than random with {@model} ({#mean}, {#low} to {#high}).',
    'Besser als Zufall mit {@model} ({#mean}, {#low} bis {#high}).'
  ],
  [
    'No clear difference from random with {@model} ({#mean}, {#low} to {#high}).',
    'Kein klarer Unterschied zum Zufall mit {@model} ({#mean}, {#low} bis {#high}).'
  ],
  [
    'Worse than random with {@model} ({#mean}, {#low} to {#high}).',
    'Schlechter als Zufall mit {@model} ({#mean}, {#low} bis {#high}).'
  ],
  // Cautions.
  [
    'Check models learned from at most {#items} items each, drawn at random.',
    'Prüfmodelle lernten aus höchstens je {#items} zufällig gezogenen Elementen.'
  ],
  [
    'The picture network learned from at most {#items} pictures of each set, drawn at random.',
    'Das Bildnetz lernte aus höchstens {#items} zufällig gezogenen Bildern jeder Auswahl.'
  ],
  [
    '{#items} chosen [item has|items have] no label and took no part in the test.',
    'Ausgewählte Elemente ohne Label nahmen an der Prüfung nicht teil: {#items}.'
  ],
  [
    '{#items} [picture|pictures] could not be read and took no part in the test with the picture network.',
    'Bilder, die nicht gelesen werden konnten, nahmen an der Prüfung mit dem Bildnetz nicht teil: {#items}.'
  ],

  // One sentence on several other check models.
  [
    'Also better than random with {*models}; {@rest}.',
    'Auch besser als Zufall mit {*models}; {@rest}.'
  ],
  ['Also better than random with {*models}.', 'Auch besser als Zufall mit {*models}.'],
  ['Better than random with {*models}; {@rest}.', 'Besser als Zufall mit {*models}; {@rest}.'],
  ['Better than random with {*models}.', 'Besser als Zufall mit {*models}.'],
  [
    'Also no clear difference with {@models}; {@rest}.',
    'Auch kein klarer Unterschied mit {@models}; {@rest}.'
  ],
  ['Also no clear difference with {@models}.', 'Auch kein klarer Unterschied mit {@models}.'],
  [
    'No clear difference with {@models}; {@rest}.',
    'Kein klarer Unterschied mit {@models}; {@rest}.'
  ],
  ['No clear difference with {@models}.', 'Kein klarer Unterschied mit {@models}.'],
  ['Also worse than random with {*models}.', 'Auch schlechter als Zufall mit {*models}.'],
  ['Worse than random with {*models}.', 'Schlechter als Zufall mit {*models}.'],
  [
    'also no clear difference with {@models}; {@rest}',
    'auch kein klarer Unterschied mit {@models}; {@rest}'
  ],
  ['also no clear difference with {@models}', 'auch kein klarer Unterschied mit {@models}'],
  ['no clear difference with {@models}; {@rest}', 'kein klarer Unterschied mit {@models}; {@rest}'],
  ['no clear difference with {@models}', 'kein klarer Unterschied mit {@models}'],
  ['also worse than random with {*models}', 'auch schlechter als Zufall mit {*models}'],
  ['worse than random with {*models}', 'schlechter als Zufall mit {*models}'],
  ['{@model} ({#mean})', '{@model} ({#mean})'],
  ['{@first} ({#mean}) and {@second} ({#more})', '{@first} ({#mean}) und {@second} ({#more})'],
  ['{@model} ({#mean}, {#low} to {#high})', '{@model} ({#mean}, {#low} bis {#high})'],
  [
    '{@first} ({#a}, {#b} to {#c}) and {@second} ({#d}, {#e} to {#f})',
    '{@first} ({#a}, {#b} bis {#c}) und {@second} ({#d}, {#e} bis {#f})'
  ]
]
