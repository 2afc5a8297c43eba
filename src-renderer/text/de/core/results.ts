// German for sentences of the core about results of choosing: measures and what they mean, findings
// of methods, notes of runs, comparisons of runs, coverage, maps, and the plan in one sentence.
// Keys are the English sentences themselves; see ../core.ts.

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  // Measures.
  'Near-repeats inside': 'Fast Wiederholtes in der Auswahl',
  'Mean distance to the nearest chosen item': 'Mittlerer Abstand zum nächsten ausgewählten Element',
  'Largest distance to the nearest chosen item':
    'Größter Abstand zum nächsten ausgewählten Element',
  'Decided by the tie rule': 'Durch die Gleichstandsregel entschieden',
  'Share of the kept items that were equal with left-out ones until the tie rule decided.':
    'Anteil der behaltenen Elemente, die mit weggelassenen gleichauf waren, bis die Gleichstandsregel entschied.',
  'Shared with a random set': 'Mit einer Zufallsauswahl gemeinsam',
  'Distance from what the tasks ask for': 'Abstand von dem, was die Aufgaben verlangen',
  'Relative error of the chosen items’ pull on the model; 0 = exactly what the tasks ask for.':
    'Abweichung des Zugs der ausgewählten Elemente am Modell; 0 = genau, was die Aufgaben verlangen.',
  'Measured on a seeded sample.': 'An einer wiederholbaren Stichprobe gemessen.',

  // One number of each method, and what it means.
  'In one number': 'In einer Zahl',
  'Share of the items whose label most helper models do not give':
    'Anteil der Elemente, deren Label die meisten Hilfsmodelle nicht geben',
  'Share of the chosen items that help an example task to be learned':
    'Anteil der ausgewählten Elemente, die helfen, eine Zielaufgabe zu lernen',
  'Loss of the helper model at the end; lower is better':
    'Fehler des Hilfsmodells am Ende; kleiner ist besser',
  'Part of what each aim alone could gain over a choice by lot, on average by weight (1 = all of it)':
    'Teil dessen, was jedes Ziel allein gegenüber dem Los gewinnen könnte, im gewichteten Durchschnitt (1 = alles)',
  'Share drawn from every layer, up to rounding':
    'Aus jeder Schicht gezogener Anteil, bis auf Rundung',
  'Groups of alike items that the places were shared among':
    'Gruppen ähnlicher Elemente, die sich die Plätze teilen',
  'How much closer the words of the kept texts are to the examples than those of all texts (KL reduction in nats; 0 = no closer)':
    'Wie viel näher die Wörter der behaltenen Texte den Beispielen sind als die aller Texte (KL-Abnahme in Nats; 0 = nicht näher)',
  'How alike an item is to the kept one nearest to it, on average (1 = the same)':
    'Wie ähnlich ein Element im Durchschnitt dem nächsten behaltenen ist (1 = gleich)',
  'Items of the list that are kept': 'Elemente der Liste, die behalten werden',
  'How alike the kept items of a label are, on average (0 = not at all, 1 = the same)':
    'Wie ähnlich sich die behaltenen Elemente eines Labels im Durchschnitt sind (0 = gar nicht, 1 = gleich)',
  'Distance between the average of the kept items and the average of all (0 = the same)':
    'Abstand zwischen dem Durchschnitt der behaltenen Elemente und dem aller (0 = gleich)',
  'Share of their choices that two example tasks have in common, on average':
    'Anteil, den zwei Zielaufgaben bei dem, wofür sie stimmen, im Durchschnitt gemeinsam haben',
  'Distance of the item that is farthest from every kept one':
    'Abstand des Elements, das von jedem behaltenen am weitesten weg ist',
  'How far the loss fell at most by a late dose of one source (0 = nothing clear)':
    'Wie weit der Fehler durch eine späte Dosis einer Quelle höchstens sank (0 = nichts Klares)',
  'Share of the training steps that the plan saved':
    'Anteil der Trainingsschritte, die der Plan erspart hat',
  'Chance of every item to be kept': 'Aussicht jedes Elements, behalten zu werden',
  'How well the fit orders mixtures it has not seen by their loss (1 = perfectly, 0 = by chance)':
    'Wie gut die Berechnung nicht gesehene Mischungen nach ihrem Fehler ordnet (1 = vollkommen, 0 = zufällig)',
  'Share of the items that occur in one of the lists':
    'Anteil der Elemente, die auf einer der Listen stehen',
  'Share of the items that are repeats': 'Anteil der Elemente, die Wiederholungen sind',
  'Share of the set that every source was asked for':
    'Anteil der Auswahl, der von jeder Quelle verlangt war',
  'Share kept of every source, up to rounding': 'Behaltener Anteil jeder Quelle, bis auf Rundung',
  'Share kept of every label, up to rounding': 'Behaltener Anteil jedes Labels, bis auf Rundung',
  'Mean distance between the chosen items and the examples (0 = the same, 1.4 = unrelated)':
    'Mittlerer Abstand zwischen der Auswahl und den Beispielen (0 = gleich, 1,4 = ohne Bezug)',
  'How well trusted items can be told from the rest (0.5 = not at all, 1 = always)':
    'Wie gut geprüfte Elemente vom Rest zu unterscheiden sind (0,5 = gar nicht, 1 = immer)',

  // Findings of methods.
  'Small models that were trained to see how hard each item is.':
    'Kleine Modelle, trainiert, um zu sehen, wie schwierig jedes Element ist.',
  'Labels in doubt': 'Zweifelhafte Labels',
  'Items whose label most helper models do not give.':
    'Elemente, deren Label die meisten Hilfsmodelle nicht geben.',
  'Places filled by what the items teach': 'Plätze für das, was die Elemente lehren',
  'Each of these items brought the chosen set closer to what all items teach.':
    'Jedes dieser Elemente brachte die Auswahl näher an das, was alle Elemente lehren.',
  'Places filled by variety': 'Plätze für Vielfalt',
  'Nothing more was left to come closer to; the rest was filled openly.':
    'Näher kam nichts mehr; der Rest wurde mit Vielfalt gefüllt.',
  'What is left over, with weights': 'Was fehlt, mit Gewichten',
  'Share of what the items teach that the chosen ones miss; 0 = nothing.':
    'Anteil dessen, was die Elemente lehren und der Auswahl fehlt; 0 = nichts.',
  'What is left over, all counting the same': 'Was fehlt, wenn alle gleich zählen',
  'The same when every chosen item counts once, as in ordinary training.':
    'Dasselbe, wenn jedes ausgewählte Element einmal zählt wie beim gewöhnlichen Training.',
  'Size found by the method': 'Vom Verfahren gefundene Größe',
  'Items that the examples need, as the method works it out.':
    'Elemente, die die Beispiele nach der Berechnung des Verfahrens brauchen.',
  'Distance to the examples': 'Abstand zu den Beispielen',
  'Mean distance between chosen items and examples; 0 = the same, 1.4 = unrelated.':
    'Mittlerer Abstand zwischen Auswahl und Beispielen; 0 = gleich, 1,4 = ohne Bezug.',
  'The same for a random set': 'Dasselbe für eine Zufallsauswahl',
  'To compare with: a random set of the same size.':
    'Zum Vergleich: eine Zufallsauswahl gleicher Größe.',
  'How well trusted items are told apart': 'Wie gut geprüfte Elemente zu unterscheiden sind',
  '1 = always, 0.5 = no better than by chance; on trusted items it had not seen.':
    '1 = immer, 0,5 = nicht besser als Zufall; an geprüften Elementen, die es nicht gesehen hatte.',
  'Lowest score kept': 'Kleinster behaltener Wert',
  'How much like the trusted items the least one kept is, 0 to 1.':
    'Wie sehr das letzte behaltene Element den geprüften ähnelt, 0 bis 1.',
  'Items that repeat nothing': 'Elemente, die nichts wiederholen',
  'One item stands for each group of repeats.':
    'Für jede Gruppe von Wiederholungen steht ein Element.',
  'Repeats inside the groups': 'Wiederholungen in den Gruppen',
  'They came after all other items.': 'Sie kamen nach allen anderen Elementen.',
  'Lists drawn': 'Gezogene Listen',
  'One for each training pass; the first is shown as the chosen set.':
    'Eine je Durchgang des Trainings; die erste ist als Auswahl zu sehen.',
  'Passes until every item was seen': 'Durchgänge, bis jedes Element dran war',
  'When no list holds an item of an earlier one.':
    'Wenn keine Liste ein Element einer früheren enthält.',
  'Mixtures tried': 'Ausprobierte Mischungen',
  'Small models were trained on each, to learn what the shares of the sources do.':
    'Mit jeder wurden kleine Modelle trainiert, um zu lernen, was die Anteile der Quellen bewirken.',
  'How well untried mixtures are foretold':
    'Wie gut nicht ausprobierte Mischungen vorhergesagt werden',
  '1 = their order is foretold perfectly, 0 = not at all.':
    '1 = ihre Reihenfolge wird vollkommen vorhergesagt, 0 = gar nicht.',
  'Items of the list that can be chosen': 'Elemente der Liste, die ausgewählt werden können',
  'What could not be chosen is named in the notes.':
    'Was nicht ausgewählt werden konnte, steht in den Hinweisen.',

  // Notes of runs.
  'The result was not tested, as asked.': 'Das Ergebnis wurde wie gewünscht nicht geprüft.',
  'The result was not tested: there are no labelled test items.':
    'Das Ergebnis wurde nicht geprüft: Es gibt keine Testelemente mit Label.',
  'The result was not tested: that needs at least two classes with labels.':
    'Das Ergebnis wurde nicht geprüft: Dafür braucht es mindestens zwei Labels.',
  'The test was stopped before it ended.': 'Die Prüfung wurde vor ihrem Ende angehalten.',
  'Nothing was left to choose.': 'Zum Auswählen blieb nichts.',
  'No smaller size was worth a try.': 'Eine kleinere Größe lohnte keinen Versuch.',
  'That many were kept.': 'So viele wurden behalten.',
  'Allow more items, or ask for less.': 'Lassen Sie mehr Elemente zu, oder verlangen Sie weniger.',
  'the number to keep or the other rules left no room for more':
    'die Zahl der zu behaltenden oder die anderen Regeln ließen keinen Platz für mehr',
  'there are no more that can be chosen': 'mehr stehen nicht zur Auswahl',
  'The mix of labels could not be kept: items of two labels or more, and a label for every example item, are needed.':
    'Die Mischung der Labels konnte nicht erhalten bleiben: Es braucht Elemente mit mindestens zwei Labels und ein Label für jedes Beispiel.',
  'There is only one label, so no item is harder than another; the order is by lot.':
    'Es gibt nur ein Label, also ist kein Element schwieriger als ein anderes; über die Reihenfolge entscheidet das Los.',
  'There are too many labels to keep a part for each: every task is the average of its examples.':
    'Es sind zu viele Labels für je einen eigenen Teil: Jede Aufgabe ist der Durchschnitt ihrer Beispiele.',
  'Set "Mix of labels" to "labels" to keep the mix.':
    'Stellen Sie „Mischung der Labels“ auf „Labels“, damit die Mischung erhalten bleibt.',
  'There are no example items, so the weight of items like them was not used.':
    'Es gibt keine Beispiele, also wurde das Gewicht für Elemente wie diese nicht verwendet.',
  'There are not two different labels, so the weight of hard items was not used.':
    'Es gibt keine zwei verschiedenen Labels, also wurde das Gewicht für schwierige Elemente nicht verwendet.',
  'There were not enough items that are no repeats: the least alike repeats filled the number up.':
    'Ohne Wiederholungen waren es zu wenige Elemente: Die am wenigsten ähnlichen Wiederholungen haben aufgefüllt.',
  'There were more items than fit a comparison of all pairs, so items were compared within groups of alike ones.':
    'Für den Vergleich aller Paare waren es zu viele Elemente; verglichen wurde innerhalb von Gruppen ähnlicher.',
  'There is only one example task, so there is nothing to agree on: the result is its own best list.':
    'Es gibt nur eine Zielaufgabe, also nichts abzustimmen: Das Ergebnis ist ihre eigene beste Liste.',
  'Add example tasks, or use Stratified random.':
    'Fügen Sie Zielaufgaben hinzu, oder nehmen Sie „Zufall, gleiche Labelmischung“.',
  'Every example task asks for labels of its own, so there is nothing to agree on: votes only sort out items that do not fit their label.':
    'Jede Zielaufgabe verlangt eigene Labels, also gibt es nichts abzustimmen: Stimmen sortieren nur aus, was nicht zu seinem Label passt.',
  'If the data is clean, use Stratified random, or one task at a time (round-robin).':
    'Sind die Daten sauber, so nehmen Sie „Zufall, gleiche Labelmischung“ oder die Aufgaben reihum.',
  'Votes are the wrong idea here.': 'Stimmen sind hier der falsche Weg.',
  'Use Stratified random, or one task at a time (round-robin).':
    'Nehmen Sie „Zufall, gleiche Labelmischung“ oder die Aufgaben reihum.',
  'Whether labels look wrong could not be told, so all items count.':
    'Ob Labels falsch aussehen, ließ sich nicht sagen; alle Elemente zählen.',
  'There are many labels and columns, so the shorter form of the correction (EK-FAC) was used.':
    'Es sind viele Labels und Spalten; verwendet wurde die kürzere Form der Korrektur (EK-FAC).',
  'No source made a clear difference, so every source keeps its share by size.':
    'Keine Quelle machte einen klaren Unterschied; jede behält ihren Anteil nach Größe.',
  'The plan saves steps while a model is trained on all items.':
    'Der Plan spart Schritte, während ein Modell mit allen Elementen trainiert wird.',
  'What is kept here is a fixed part, for which the published results do not speak: compare it with Random.':
    'Was hier behalten wird, ist ein fester Teil, über den die veröffentlichten Ergebnisse nichts sagen: Vergleichen Sie mit „Zufall“.',
  'There were too few items to set some aside, so the plan could not be tested.':
    'Es waren zu wenige Elemente, um welche zurückzuhalten; der Plan konnte nicht geprüft werden.',
  'A wider window or the plan "below-mean" skips less.':
    'Ein breiteres Fenster oder der Plan „Unter dem Mittel“ lässt weniger aus.',
  'Keeping less than 30 % by loss alone was far worse than a choice by lot in our measurements.':
    'Weniger als 30 % allein nach dem Fehler zu behalten war in unseren Messungen viel schlechter als das Los.',
  'The loss was the same for all mixtures, so the shares say nothing.':
    'Der Fehler war bei allen Mischungen gleich; die Anteile sagen nichts.',
  'Set the learning-rate schedule for the shorter training.':
    'Stellen Sie den Verlauf der Lernrate auf das kürzere Training ein.',
  'No source was found to help another, so the shares follow the losses alone.':
    'Keine Quelle hilft einer anderen; die Anteile folgen allein den Fehlern.',
  'Every source was found to help every other, so the graph does not tell them apart.':
    'Jede Quelle hilft jeder anderen; das Netz der Quellen unterscheidet sie nicht.',
  'There is only one source.': 'Es gibt nur eine Quelle.',
  'Every source keeps the share it has.': 'Jede Quelle behält ihren Anteil.',
  'Prefer "Sources by size".': 'Besser ist „Quellen nach Größe“.',
  'Prefer "Same from every source".': 'Besser ist „Gleich viel aus jeder Quelle“.',
  'The search for the size ended before the distance rose, so more may be of use.':
    'Die Suche nach der Größe endete, bevor der Abstand stieg; mehr könnte nützen.',
  'A single example cannot suggest a size, so as many as asked for were kept.':
    'Ein einziges Beispiel kann keine Größe nahelegen; behalten wurden so viele wie verlangt.',
  'Files hold no forecasts of a model, so the weight for what a model already knows was left out; gradients of the loss hold it already.':
    'Dateien enthalten keine Vorhersagen eines Modells; das Gewicht für das, was ein Modell schon weiß, entfiel. In den Lernrichtungen steckt es schon.',
  'There are few items for rows of so many numbers, so the forecast is unsteady.':
    'Für Zeilen mit so vielen Zahlen sind es wenige Elemente; die Vorhersage schwankt.',
  'More items or more damping would help.': 'Mehr Elemente oder mehr Dämpfung würden helfen.',
  'There are few labelled items for so many labels and columns, so the forecast is unsteady.':
    'Für so viele Labels und Spalten sind es wenige Elemente mit Label; die Vorhersage schwankt.',
  'More items, fewer columns or more damping would help.':
    'Mehr Elemente, weniger Spalten oder mehr Dämpfung würden helfen.',
  'With a single trusted item the scores could not be tested on items not seen before.':
    'Mit einem einzigen geprüften Element ließen sich die Werte nicht an nicht gesehenen Elementen prüfen.',
  'Trusted items can hardly be told from the rest, so the order is close to a choice by lot.':
    'Geprüfte Elemente sind vom Rest kaum zu unterscheiden; die Reihenfolge ist fast wie durch das Los.',

  // Comparisons of runs.
  'The two runs chose from different data, so their items cannot be compared.':
    'Die beiden Läufe haben aus verschiedenen Daten ausgewählt; ihre Elemente sind nicht vergleichbar.',

  // Maps.
  'A first overview: items further apart differ more along the two directions in which this data differs most.':
    'Ein erster Überblick: Je weiter Elemente auseinanderliegen, desto mehr unterscheiden sie sich in den zwei Richtungen, in denen diese Daten am verschiedensten sind.',
  'Items close together are alike; how far apart the groups lie means little.':
    'Was nahe beieinander liegt, ist ähnlich; wie weit Gruppen auseinanderliegen, sagt wenig.',
  'The map places items that are alike close together.':
    'Die Karte legt ähnliche Elemente nahe zusammen.',
  'a few seconds': 'einige Sekunden',

  // Words within these sentences.
  'one of each near-duplicate': 'je eines von Fast-Duplikaten',
  'The result is not tested.': 'Das Ergebnis wird nicht geprüft.',
  // Exports.
  'One folder per group, pictures as they are': 'Ein Ordner je Gruppe, Bilder unverändert',
  'One table and one JSON list': 'Eine Tabelle und eine JSON-Liste',
  'What is there under this name is not an exported set, so it is not replaced.':
    'Was dort unter diesem Namen liegt, ist keine exportierte Auswahl und wird nicht ersetzt.',
  'This window cannot make a PDF itself.': 'Dieses Fenster kann selbst kein PDF erstellen.',
  'Open report.html in a browser and print it there to a PDF file.':
    'Öffnen Sie report.html in einem Browser, und drucken Sie es dort als PDF-Datei.',
  'The manifest.json is too large to read.': 'Die Datei manifest.json ist zu groß zum Lesen.',
  'The manifest.json of this folder cannot be read.':
    'Die Datei manifest.json dieses Ordners kann nicht gelesen werden.',
  'Export the set again to get a sound folder.': 'Exportieren Sie die Auswahl noch einmal.',
  'The data holds no conversations.': 'Die Daten enthalten keine Gespräche.',
  'The items are no pictures.': 'Die Elemente sind keine Bilder.',
  'The method draws one list only.': 'Das Verfahren zieht nur eine Liste.',
  'The original records already have this form.': 'Die Originalzeilen haben diese Form schon.',
  'The pictures are not all of one size.': 'Die Bilder haben nicht alle die gleiche Größe.',
  'The pictures take more than 4 GB as arrays.':
    'Die Bilder brauchen als Zahlentafeln mehr als 4 GB.',
  'This layout is not possible.': 'Diese Form ist nicht möglich.',
  'It is for tiny training sets.': 'Sie ist für Mini-Trainingssets.',
  'This layout is for tiny training sets.': 'Diese Form ist für Mini-Trainingssets.',
  'Export without the arrays, or add the data again.':
    'Exportieren Sie ohne Zahlentafeln, oder fügen Sie die Daten noch einmal hinzu.'
}

type Form = readonly [english: string, german: string]

/** Sentences with names and figures in them. */
export const forms: readonly Form[] = [
  // Measures.
  [
    'Chosen items with another chosen item more than 95 % alike; a random set has {#share} %.',
    'Ausgewählte Elemente, denen ein anderes ausgewähltes zu mehr als 95 % ähnelt; eine Zufallsauswahl hat {#share} %.'
  ],
  [
    '0 = every item of the data has a twin among the chosen; a random set has {#distance}.',
    '0 = jedes Element der Daten hat ein gleiches in der Auswahl; eine Zufallsauswahl hat {#distance}.'
  ],
  [
    'How far the least covered item is; a random set has {#distance}.',
    'Wie weit das am schlechtesten abgedeckte Element weg ist; eine Zufallsauswahl hat {#distance}.'
  ],
  [
    'Chosen items that a random set of the same size also holds; by chance {#share} %.',
    'Ausgewählte Elemente, die auch in einer Zufallsauswahl gleicher Größe sind; durch Zufall {#share} %.'
  ],
  [
    'How much of what [all items|the example items] teach the chosen items stand in for, with their weights',
    'Wie viel von dem, was gelehrt werden soll, die Auswahl mit ihren Gewichten lehrt'
  ],
  [
    'Share of the training steps that the plan saved; right on items set aside: {#planned} % by the plan, {#all} % with all steps, {#lot} % by lot with as few',
    'Anteil der Trainingsschritte, die der Plan erspart hat; richtig bei zurückgehaltenen Elementen: {#planned} % nach dem Plan, {#all} % mit allen Schritten, {#lot} % durch das Los mit ebenso wenigen'
  ],

  // Notes of runs.
  [
    '{#asked} items were asked for; {#got} could be kept.',
    '{#asked} Elemente waren verlangt; {#got} konnten behalten werden.'
  ],
  [
    'Only {#got} items could be kept; {#asked} items were asked for.',
    'Nur {#got} Elemente konnten behalten werden; verlangt waren {#asked}.'
  ],
  [
    'Only 1 item could be kept; {#asked} items were asked for.',
    'Nur 1 Element konnte behalten werden; verlangt waren {#asked}.'
  ],
  [
    'The {#items} kept [item takes|items take] {@spent} of the {@asked} asked for.',
    'Behalten: {#items}, im Ganzen {@spent} von den gewünschten {@asked}.'
  ],
  ['{#tokens} tokens', '{#tokens} Tokens'],
  [
    '{#more} more limits could not be met.',
    '{#more} weitere Grenzen konnten nicht eingehalten werden.'
  ],
  [
    'Of ‘{name}’, {#got} were kept where at least {#wanted} were asked for: {@why}.',
    'Von „{name}“ wurden {#got} behalten, wo mindestens {#wanted} verlangt waren: {@why}.'
  ],
  [
    'Of ‘{name}’, {#got} were kept where its share would be {#wanted}: {@why}.',
    'Von „{name}“ wurden {#got} behalten, wo {#wanted} sein Anteil wären: {@why}.'
  ],
  [
    '{#left} of the {#all} items on the list could not be kept: {*reasons}.',
    '{#left} von {#all} Elementen der Liste konnten nicht behalten werden: {*reasons}.'
  ],
  ...(
    [
      [
        '[are|is] not in the part of the data this run looked at',
        'nicht im angesehenen Teil der Daten'
      ],
      ['[are|is] set aside', 'beiseitegelegt'],
      ['[are|is] on the list Must drop', 'auf der Liste „Nie behalten“'],
      ['[are|is] kept for testing', 'für die Prüfung zurückgehalten'],
      ['[are the same as test items|is the same as a test item]', 'gleich wie Testelemente'],
      ['[are used as example items|is used as an example item]', 'als Beispiel verwendet'],
      [
        '[are exactly the same as other items|is exactly the same as another item]',
        'genau gleich wie andere'
      ],
      [
        '[are nearly the same as other items|is nearly the same as another item]',
        'fast gleich wie andere'
      ],
      [
        '[come from where the most was|comes from where the most was] already reached',
        'aus einer Quelle, deren Höchstzahl erreicht war'
      ],
      [
        '[belong to labels that already had their share|belongs to a label that already had its share]',
        'mit einem Label, das seinen Anteil schon hatte'
      ],
      ['[are|is] too large for the room that was left', 'zu groß für den übrigen Platz'],
      [
        '[belong to labels that were full|belongs to a label that was full]',
        'mit einem Label, das voll war'
      ],
      [
        '[belong to groups that did not fit as a whole|belongs to a group that did not fit as a whole]',
        'in einer Gruppe, die nicht ganz hineinpasste'
      ],
      ['[are|is] not in this data', 'nicht in diesen Daten'],
      ['[are|is] past the number of items to keep', 'hinter der Zahl der zu behaltenden']
    ] as const
  ).map(([english, german]): Form => [`{#count} ${english}`, `{#count} ${german}`]),
  ...(
    [
      ['held numbers that could not be read', 'mit Zahlen, die nicht gelesen werden konnten'],
      ['had numbers that could not be read', 'mit Zahlen, die nicht gelesen werden konnten'],
      ['had a similarity fingerprint of zeros', 'mit Ähnlichkeitsmerkmalen aus Nullen'],
      ['had no label', 'ohne Label'],
      ['held no words', 'ohne Wörter'],
      [
        'gave the helper model no direction to learn',
        'die dem Hilfsmodell keine Lernrichtung gaben'
      ],
      ['had learning directions of nothing but zeros', 'mit Lernrichtungen nur aus Nullen'],
      [
        'had learning directions of nothing but zeros, or of numbers that could not be read,',
        'mit Lernrichtungen nur aus Nullen oder aus nicht lesbaren Zahlen'
      ]
    ] as const
  ).map(([english, german]): Form => [
    `{#items} [item|items] ${english} and came last.`,
    `Zuletzt kamen Elemente ${german}: {#items}.`
  ]),
  [
    '{#items} [item|items] without a label were treated as one label.',
    'Elemente ohne Label wurden wie ein eigenes Label behandelt: {#items}.'
  ],
  [
    '{#items} [item|items] had fewer than {#least} words and could not be kept.',
    'Elemente mit weniger als {#least} Wörtern konnten nicht behalten werden: {#items}.'
  ],
  [
    '{#items} [item|items] without a source were treated as one source, "{source}".',
    'Elemente ohne Quelle wurden wie eine eigene Quelle „{source}“ behandelt: {#items}.'
  ],
  [
    '{#items} example [item|items] with numbers that could not be read did not count.',
    'Beispiele mit nicht lesbaren Zahlen zählten nicht: {#items}.'
  ],
  [
    '{#items} example [item|items] without a label or with unreadable numbers did not count.',
    'Beispiele ohne Label oder mit nicht lesbaren Zahlen zählten nicht: {#items}.'
  ],
  [
    '{#items} [item|items] of the chosen do nothing for the examples or work against them: there were not enough others.',
    'Ausgewählte Elemente, die für die Beispiele nichts oder Gegenteiliges bewirken: {#items}. Andere gab es nicht genug.'
  ],
  [
    "{#items} [item|items] had no label; the helper model's best guess stood in for it.",
    'Elemente ohne Label: {#items}. Dafür stand, was das Hilfsmodell am ehesten sagt.'
  ],
  [
    '{#items} [item|items] are repeats and came after all others.',
    'Wiederholungen kamen nach allen anderen: {#items}.'
  ],
  [
    '{#items} [item|items] of {#all} are repeats.',
    'Wiederholungen: {#items} von {#all} Elementen.'
  ],
  [
    '{#items} [item|items] are no repeats; the number you asked for was filled up with the least alike repeats.',
    'Keine Wiederholungen sind {#items}; aufgefüllt wurde mit den am wenigsten ähnlichen Wiederholungen.'
  ],
  [
    'Only {#items} [item|items] are no repeats, so fewer were kept than you asked for.',
    'Nur {#items} sind keine Wiederholungen; behalten wurde weniger, als Sie möchten.'
  ],
  [
    'The label of {#items} [item|items] looks wrong; they were not copied and came after the others.',
    'Elemente, deren Label falsch aussieht: {#items}. Sie wurden nicht nachgeahmt und kamen nach den anderen.'
  ],
  [
    'There are not two different labels, so {#groups} groups of similar items stood in for labels.',
    'Es gibt keine zwei verschiedenen Labels; an ihrer Stelle standen {#groups} Gruppen ähnlicher Elemente.'
  ],
  ['The scores explain those groups.', 'Die Werte erklären diese Gruppen.'],
  [
    'Keeping less than 30 % from the {@end} end was far worse than a choice by lot in our measurements.',
    'Weniger als 30 % vom Ende „{@end}“ zu behalten war in unseren Messungen viel schlechter als das Los.'
  ],
  ['hardest', 'Schwierigste'],
  ['easiest', 'Leichteste'],
  [
    'Use it to look at the data, and check the result against Random.',
    'Verwenden Sie es, um die Daten anzusehen, und vergleichen Sie das Ergebnis mit „Zufall“.'
  ],
  [
    'Learning directions made elsewhere were compared: {names}.',
    'Verglichen wurden anderswo berechnete Lernrichtungen: {names}.'
  ],
  [
    'The example task "{task}" has no usable example, so it did not [count|vote].',
    'Die Zielaufgabe „{task}“ hat kein brauchbares Beispiel und zählte daher nicht.'
  ],
  [
    'The example task "{task}" scores all items the same, so it voted for all of them.',
    'Die Zielaufgabe „{task}“ bewertet alle Elemente gleich und stimmte daher für alle.'
  ],
  [
    '[Tasks counted|Votes were weighted] by importance: {list}.',
    'Aufgaben zählten nach ihrer Wichtigkeit: {list}.'
  ],
  [
    'The list of the best left {#labels} labels with hardly any of their items.',
    'Die Liste der besten ließ von {#labels} Labels kaum Elemente übrig.'
  ],
  [
    'The list of the best left {names} with hardly any of their items.',
    'Die Liste der besten ließ von {names} kaum Elemente übrig.'
  ],
  [
    'Votes alone left {#labels} labels with hardly any of their items.',
    'Die Stimmen allein ließen von {#labels} Labels kaum Elemente übrig.'
  ],
  [
    'Votes alone left {names} with hardly any of their items.',
    'Die Stimmen allein ließen von {names} kaum Elemente übrig.'
  ],
  [
    'The example tasks hardly want the same items: they share {#share} % of their choices, and {#chance} % would be chance.',
    'Die Zielaufgaben wollen kaum dieselben Elemente: Gemeinsam haben sie {#share} %, durch Zufall wären es {#chance} %.'
  ],
  [
    'Of what each aim alone could gain over a choice by lot, the set has: {*parts}.',
    'Von dem, was jedes Ziel allein gegenüber dem Los gewinnen könnte, hat die Auswahl: {*parts}.'
  ],
  ['variety {#share} %', 'Vielfalt {#share} %'],
  ['typical items {#share} %', 'typische Elemente {#share} %'],
  ['hard items {#share} %', 'schwierige Elemente {#share} %'],
  ['items like your examples {#share} %', 'Elemente wie Ihre Beispiele {#share} %'],
  [
    'There were more than {#most} items to compare at once, so they were dealt by lot into parts[, and each part was layered by itself|; what was kept before counts in every part|; the average was carried on from part to part].',
    'Auf einmal lassen sich {#most} Elemente vergleichen; es waren mehr, also wurden sie durch das Los in Teile geteilt.'
  ],
  [
    'There were more items than fit a comparison of all pairs, so the picks were made from {#items} items drawn by lot, and stand for all.',
    'Für den Vergleich aller Paare waren es zu viele Elemente; ausgewählt wurde aus {#items} durch das Los gezogenen, die für alle stehen.'
  ],
  [
    'The examples of "{task}" hold no words, so nothing was kept for it.',
    'Die Beispiele von „{task}“ enthalten keine Wörter; dafür wurde nichts behalten.'
  ],
  [
    'The examples of "{task}" hold only {#words} words; some hundreds say more.',
    'Die Beispiele von „{task}“ enthalten nur {#words} Wörter; einige hundert sagen mehr.'
  ],
  [
    'The words of what was kept for "{task}" are no closer to its examples than those of items drawn by lot.',
    'Die Wörter des für „{task}“ Behaltenen sind den Beispielen nicht näher als die von Elementen durch das Los.'
  ],
  [
    'The list has {#items} items that can be chosen; the first {#kept} are kept.',
    'Von der Liste stehen {#items} Elemente zur Auswahl; die ersten {#kept} werden behalten.'
  ],
  [
    'Asked for {#asked} items; the joint choice gave {#joint} items, because more would not come closer.',
    'Verlangt waren {#asked} Elemente; die gemeinsame Auswahl ergab {#joint}, weil mehr nicht näher käme.'
  ],
  [
    'The other {#items} items were chosen for variety and carry no weight.',
    'Die übrigen {#items} Elemente wurden für die Vielfalt ausgewählt und haben kein Gewicht.'
  ],
  [
    'One choice over all items can fill at most {#most} places, so the {#items} items were chosen in {#steps} separate steps[, label by label|].',
    'Eine Auswahl über alle Elemente füllt höchstens {#most} Plätze; die {#items} Elemente wurden daher in {#steps} Schritten ausgewählt.'
  ],
  [
    'The {#items} items were chosen in {#steps} separate steps[, label by label|].',
    'Die {#items} Elemente wurden in {#steps} getrennten Schritten ausgewählt.'
  ],
  [
    'The damping was raised to {#damping}: without it the items could not be told apart.',
    'Die Dämpfung wurde auf {#damping} erhöht: Ohne sie wären die Elemente nicht zu unterscheiden.'
  ],
  [
    'The helper model learned from {#items} items drawn by lot; the others are judged as if added to them.',
    'Das Hilfsmodell lernte aus {#items} durch das Los gezogenen Elementen; die anderen werden beurteilt, als kämen sie dazu.'
  ],
  [
    'More of it at the end lowered the loss: {sources}.',
    'Mehr davon am Ende senkte den Fehler: {sources}.'
  ],
  [
    'More of it at the end raised the loss: {sources}.',
    'Mehr davon am Ende erhöhte den Fehler: {sources}.'
  ],
  [
    'On this data the plan costs accuracy: {#planned} % right instead of {#all} %.',
    'Bei diesen Daten kostet der Plan Genauigkeit: {#planned} % richtig statt {#all} %.'
  ],
  [
    'Visiting as many items by lot did as well or better: {#lot} % right, {#planned} % by the plan.',
    'Ebenso viele Elemente durch das Los waren gleich gut oder besser: {#lot} % richtig, {#planned} % nach dem Plan.'
  ],
  [
    'The fit foretells the loss of mixtures it has not seen poorly ({#quality}; 1 = perfectly), so the shares are little better than a guess.',
    'Den Fehler nicht gesehener Mischungen sagt die Berechnung schlecht vorher ({#quality}; 1 = vollkommen); die Anteile sind kaum besser als geraten.'
  ],
  [
    '{#tried} mixtures are few for {#sources} sources; a steady fit needs about {#need}.',
    '{#tried} Mischungen sind wenig für {#sources} Quellen; stetige Werte brauchen etwa {#need}.'
  ],
  [
    'This is a way to train, not one fixed set: {#lists} lists were drawn, and the first is shown as the chosen set.',
    'Das ist eine Art zu trainieren, keine feste Auswahl: {#lists} Listen wurden gezogen, und die erste ist als Auswahl zu sehen.'
  ],
  [
    '{#found} of {#most} possible edges were found: learning from one source helps another.',
    '{#found} von {#most} möglichen Verbindungen wurden gefunden: Aus einer Quelle zu lernen hilft bei einer anderen.'
  ],
  [
    '{sources}: all items were taken and still fewer than its share; the other sources gave the rest.',
    '{sources}: Alle Elemente wurden genommen und doch weniger als der Anteil; den Rest gaben die anderen Quellen.'
  ],
  [
    'Fresh helper models ({#models} each) have a loss of {#loss} with these shares: {@bySize} shares by size ({#size}), {@equal} equal shares ({#even}).',
    'Frische Hilfsmodelle (je {#models}) haben mit diesen Anteilen einen Fehler von {#loss}: {@bySize} Anteile nach Größe ({#size}), {@equal} gleiche Anteile ({#even}).'
  ],
  ['clearly lower than', 'klar kleiner als'],
  ['clearly higher than', 'klar größer als'],
  ['not clearly different from', 'nicht klar anders als'],
  [
    'Too few labelled items to be compared, so it keeps its share by size: {list}.',
    'Zu wenige Elemente mit Label zum Vergleichen; der Anteil bleibt der nach Größe: {list}.'
  ],
  [
    'Fewer than two sources have {#least} labelled items, so they could not be compared.',
    'Weniger als zwei Quellen haben {#least} Elemente mit Label; sie konnten nicht verglichen werden.'
  ],
  [
    'Helper models can compare at most {#most} sources; the data has {#all}.',
    'Hilfsmodelle können höchstens {#most} Quellen vergleichen; die Daten haben {#all}.'
  ],
  [
    'Rows of {#columns} numbers were projected at random to {#numbers}, so closeness is not exact.',
    'Zeilen mit {#columns} Zahlen wurden zufällig auf {#numbers} verkürzt; Nähe ist daher nicht ganz genau.'
  ],
  [
    'Wide rows were projected at random to {#numbers} numbers.',
    'Lange Zeilen wurden zufällig auf {#numbers} Zahlen verkürzt.'
  ],
  [
    'Gradients of {#columns} numbers were projected at random to {#numbers}.',
    'Lernrichtungen aus {#columns} Zahlen wurden zufällig auf {#numbers} verkürzt.'
  ],
  [
    'How they spread was measured on {#items} items drawn by lot.',
    'Wie sie streuen, wurde an {#items} durch das Los gezogenen Elementen gemessen.'
  ],
  [
    'The chosen items lie {#distance} from the examples on average, as many random ones {#random}.',
    'Die Auswahl liegt im Durchschnitt {#distance} von den Beispielen entfernt, ebenso viele zufällige {#random}.'
  ],
  [
    'The examples themselves suggest {#items} [item|items]; {#asked} [item|items] were asked for and kept.',
    'Die Beispiele selbst legen {#items} nahe; verlangt und behalten wurden {#asked}.'
  ],
  [
    'The examples themselves suggest {#items} [item|items].',
    'Die Beispiele selbst legen {#items} Elemente nahe.'
  ],
  [
    '{#used} of {#all} examples were used, drawn by lot.',
    '{#used} von {#all} Beispielen wurden verwendet, durch das Los gezogen.'
  ],
  [
    '{#items} [item|items] beyond the neighbours that were searched filled the budget.',
    'Über die gesuchten Nachbarn hinaus füllten {#items} die Plätze.'
  ],
  [
    'There are few items for [fingerprints|learning directions] of {#columns} numbers; if the neighbours look wrong, use more smoothing.',
    'Für Merkmale aus {#columns} Zahlen sind es wenige Elemente; wenn die Nachbarn nicht passen, glätten Sie mehr.'
  ],
  [
    'Only {#items} [item|items] reach the least score of {#least}; {#asked} [item|items] were asked for.',
    'Nur {#items} erreichen den kleinsten Wert {#least}; verlangt waren {#asked}.'
  ],
  [
    'There are only {#items} [item|items] to learn from; some dozens make a steadier filter.',
    'Zum Lernen sind es nur {#items}; einige Dutzend machen den Filter stetiger.'
  ],
  [
    'Even {#most} items keep only {#share} % of the accuracy (validation {#right} of {#all} %); {#asked} % was asked for.',
    'Auch {#most} Elemente behalten nur {#share} % der Genauigkeit (Probe {#right} von {#all} %); verlangt waren {#asked} %.'
  ],
  [
    'The smallest set found: {#items} items keep {#share} % of the accuracy (validation {#right} of {#all} %); {#failed} items were not enough.',
    'Die kleinste gefundene Auswahl: {#items} Elemente behalten {#share} % der Genauigkeit (Probe {#right} von {#all} %); {#failed} waren nicht genug.'
  ],
  [
    'The smallest set found: {#items} items keep {#share} % of the accuracy (validation {#right} of {#all} %); no smaller size was worth a try.',
    'Die kleinste gefundene Auswahl: {#items} Elemente behalten {#share} % der Genauigkeit (Probe {#right} von {#all} %); eine kleinere Größe lohnte keinen Versuch.'
  ],
  [
    'Sizes were tried as the first items of one choice, each on {#draws} draws of validation items that took no part in the training; test items were not used.',
    'Größen wurden als die ersten Elemente einer Auswahl ausprobiert, jede an {#draws} Ziehungen zurückgehaltener Elemente, die am Training nicht teilnahmen; Testelemente wurden nicht verwendet.'
  ],
  [
    '{#count} [picture|pictures] could not be read and [counts|count] as unlike anything.',
    'Bilder, die nicht gelesen werden konnten, gelten als unähnlich zu allem: {#count}.'
  ],
  [
    '{#count} [text holds no words and counts|texts hold no words and count] as unlike anything.',
    'Texte ohne Wörter gelten als unähnlich zu allem: {#count}.'
  ],
  [
    '{#count} [row has no numbers at all and counts|rows have no numbers at all and count] as average.',
    'Zeilen ganz ohne Zahlen gelten als durchschnittlich: {#count}.'
  ],
  [
    "{#count} missing [number was|numbers were] replaced by the column's mean.",
    'Fehlende Zahlen wurden durch den Durchschnitt der Spalte ersetzt: {#count}.'
  ],
  [
    '{#count} [row|rows] of the joined matrix [holds|hold] values that are no numbers; [its item counts|their items count] as unlike anything.',
    'Zeilen der angefügten Zahlentafel mit Werten, die keine Zahlen sind, gelten als unähnlich zu allem: {#count}.'
  ],

  // Comparisons of runs.
  ['{#count} items', '{#count} Elemente'],
  ['{#count} minutes', '{#count} Minuten'],
  ['{#count} minute', '{#count} Minute'],
  ['{#count} hours', '{#count} Stunden'],
  ['{#count} hour', '{#count} Stunde'],
  ['{@time} of labelling', '{@time} Beschriften'],
  [
    'the smallest set that keeps {#share} % of the accuracy',
    'die kleinste Auswahl, die {#share} % der Genauigkeit behält'
  ],
  ['at least {#least}', 'mindestens {#least}'],
  ['at most {#most}', 'höchstens {#most}'],
  [
    'The two sets share {#both} items ({#share} % of the smaller one).',
    'Die beiden Auswahlen haben {#both} Elemente gemeinsam ({#share} % der kleineren).'
  ],
  [
    'A model trained on them is right on {#first} % and {#second} % of their test items ({#gap} points).',
    'Ein damit trainiertes Modell liegt bei {#first} % und {#second} % ihrer Testelemente richtig ({#gap} Punkte).'
  ],

  // Coverage and maps.
  [
    '{#items} items that could be chosen, in {#regions} regions of alike items.',
    '{#items} Elemente zur Auswahl, in {#regions} Gebieten ähnlicher Elemente.'
  ],
  [
    '{#items} items that could be chosen, in {#regions} regions of alike items, found on a seeded sample of them.',
    '{#items} Elemente zur Auswahl, in {#regions} Gebieten ähnlicher Elemente, gefunden an einer wiederholbaren Stichprobe.'
  ],
  [
    '{#items} landmark items were laid out, and the others placed between their nearest ones.',
    '{#items} Elemente wurden als Wegmarken gelegt, die anderen zwischen die nächsten davon.'
  ],
  [
    'Making it takes {@time} on this computer.',
    'Sie zu erstellen dauert auf diesem Computer {@time}.'
  ],
  ['about {#seconds} s', 'etwa {#seconds} s'],
  ['about {#minutes} min', 'etwa {#minutes} min'],
  ['about {#hours} h', 'etwa {#hours} h'],

  // The plan in one sentence.
  [
    'Keep {@much} of {#all} items of {data} to {@goal}, chosen by {@method}, {*rules}.',
    'Behalten: {@much} von {#all} Elementen aus {data}. Ziel: {@goal}. Verfahren: {@method}. Außerdem: {*rules}.'
  ],
  [
    'Keep {@much} of {#all} items of {data} to {@goal}, chosen by {@method}.',
    'Behalten: {@much} von {#all} Elementen aus {data}. Ziel: {@goal}. Verfahren: {@method}.'
  ],
  ['as many as fit into {@size} (about {#keep})', 'so viele, wie in {@size} passen (etwa {#keep})'],
  [
    'as many as a person labels in {@time} ({#keep})',
    'so viele, wie eine Person in der Zeit beschriftet ({@time}: {#keep})'
  ],
  ['{@smallest} (at most {#most})', '{@smallest} (höchstens {#most})'],
  ['aimed at one target task', 'ausgerichtet auf eine Zielaufgabe'],
  ['aimed at {#tasks} target tasks', 'ausgerichtet auf {#tasks} Zielaufgaben'],
  ['{#items} kept because you asked', '{#items} wie gewünscht immer behalten'],
  ['{#items} left out because you asked', '{#items} wie gewünscht weggelassen'],
  ['limits for {#labels} [label|labels]', 'Grenzen für Labels: {#labels}'],
  ['limits for {#sources} [source|sources]', 'Grenzen für Quellen: {#sources}'],
  ['shares for {#labels} labels', 'Anteile für {#labels} Labels'],
  ['items of one “{column}” together', 'Elemente mit gleichem „{column}“ zusammen'],
  [
    'Then test the result on {#items} items, {#repeats} times, against random choices of the same size.',
    'Dann das Ergebnis an {#items} Elementen prüfen, {#repeats}-mal, gegen Zufallsauswahlen gleicher Größe.'
  ],
  [
    '{@goal}: keep {@much}, chosen by {@method}.',
    'Ziel: {@goal}. {@much} behalten, ausgewählt mit „{@method}“.'
  ],
  ['Best {@much} of {data}', 'Beste {@much} aus {data}'],
  [
    'Smallest set of {data} that keeps {#share} %',
    'Kleinste Auswahl aus {data}, die {#share} % behält'
  ],
  ['Map of “{name}”', 'Karte von „{name}“'],
  // Exports.
  [
    'You are about to export {#kept} of {#all} items (chosen set “{name}”, about {#size}).',
    'Exportiert werden {#kept} von {#all} Elementen (Auswahl „{name}“, etwa {#size}).'
  ],
  [
    'You are about to export {#kept} of {#all} items (chosen set “{name}”, about {#size} bytes).',
    'Exportiert werden {#kept} von {#all} Elementen (Auswahl „{name}“, etwa {#size} Bytes).'
  ],
  [
    'All {#files} files are exactly as they were exported.',
    'Alle {#files} Dateien sind genau so, wie sie exportiert wurden.'
  ],
  [
    'This folder differs from its manifest: {*parts}.',
    'Dieser Ordner stimmt mit seiner Aufstellung nicht überein: {*parts}.'
  ],
  ['{#count} missing', '{#count} fehlen'],
  ['{#count} changed', '{#count} geändert'],
  ['{#count} extra', '{#count} zusätzlich'],
  [
    '{#records} records were not found in the source as they were; they are written as they were when the data was added.',
    'Originalzeilen, die in der Quelle nicht mehr so stehen: {#records}. Geschrieben werden sie, wie sie beim Hinzufügen waren.'
  ]
]
