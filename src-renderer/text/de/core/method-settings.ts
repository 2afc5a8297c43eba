// German for sentences of the core about the settings of methods: names, choices, units, help.
// A help that explains choices calls them what they are called here; a test holds that.
// Keys are the English sentences themselves; see ../core.ts.

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  // Names of settings.
  'How tasks decide together': 'Wie Aufgaben gemeinsam entscheiden',
  'Between items with equal votes': 'Bei gleich vielen Stimmen',
  'Parts of a task': 'Teile einer Aufgabe',
  'Mix of labels': 'Mischung der Labels',
  'Items each task votes for': 'Wofür jede Aufgabe stimmt',
  'Items for the warm-up': 'Elemente zum Aufwärmen',
  'Warm-up passes': 'Durchgänge zum Aufwärmen',
  'Learning steps': 'Lernschritte',
  'Weights of the checkpoints': 'Gewichte der Zwischenstände',
  'How many': 'Wie viele',
  'Parts for the automatic size': 'Teile für die automatische Größe',
  'In the last round': 'In der letzten Runde',
  Smoothing: 'Glättung',
  'Softness of the matching': 'Weichheit der Zuordnung',
  'Numbers per item when projected': 'Zahlen je Element nach dem Verkürzen',
  'Long and short texts': 'Lange und kurze Texte',
  'Room for chance': 'Raum für Zufall',
  'Allowance for words not seen': 'Zuschlag für nicht gesehene Wörter',
  'Words not seen': 'Nicht gesehene Wörter',
  'Fewest words': 'Mindestzahl von Wörtern',
  'Places per example task': 'Plätze je Zielaufgabe',
  'Least score': 'Kleinster Wert',
  'Random items per trusted item': 'Zufällige Elemente je geprüftem Element',
  'Helper models': 'Hilfsmodelle',
  Damping: 'Dämpfung',
  'Items measured for the correction': 'Elemente für die Korrektur',
  Correction: 'Korrektur',
  'Holding back the helper model': 'Hilfsmodell zurückhalten',
  'Memory for comparing all pairs': 'Speicher für den Vergleich aller Paare',
  'Weight of variety': 'Gewicht der Vielfalt',
  'Weight of typical items': 'Gewicht typischer Elemente',
  'Weight of hard items': 'Gewicht schwieriger Elemente',
  'Weight of items like my examples': 'Gewicht von Elementen wie meine Beispiele',
  'Hardest that do not count': 'Schwierigste, die nicht zählen',
  'What to stand in for': 'Wofür die Auswahl steht',
  'Choose label by label': 'Label für Label auswählen',
  'Items whose label looks wrong': 'Elemente, deren Label falsch aussieht',
  Parts: 'Teile',
  'Items each part proposes': 'Vorschläge je Teil',
  Rounds: 'Runden',
  'Spread of the weights': 'Verteilung der Gewichte',
  'Strong and weak items': 'Starke und schwache Elemente',
  'Compare items by': 'Elemente vergleichen nach',
  'First item': 'Erstes Element',
  Layers: 'Schichten',
  'Inside a group of alike items': 'In einer Gruppe ähnlicher Elemente',
  Evenness: 'Gleichmäßigkeit',
  'Groups of alike items': 'Gruppen ähnlicher Elemente',
  'Repeats from': 'Wiederholt ab',
  'Alike from': 'Gleich ab',
  'Which repeat stays': 'Was von Wiederholtem bleibt',
  'When more are left than you keep': 'Wenn mehr übrig ist, als Sie behalten',
  'Fill up with repeats': 'Mit Wiederholtem auffüllen',
  'Part to keep': 'Teil, der behalten wird',
  'Leave out first': 'Zuerst weglassen',
  Passes: 'Durchgänge',
  'Memory of earlier opinions': 'Gedächtnis früherer Meinungen',
  'Weight of earlier opinions': 'Gewicht früherer Meinungen',
  'Training plan': 'Trainingsplan',
  'Skipped by lot': 'Durch das Los ausgelassen',
  'Groups of alike loss': 'Gruppen mit ähnlichem Fehler',
  'Width of the window': 'Breite des Fensters',
  Repeats: 'Wiederholungen',
  'Mixtures to try': 'Mischungen zum Ausprobieren',
  'Items per helper model': 'Elemente je Hilfsmodell',
  'Passes over the items': 'Durchgänge durch die Elemente',
  'Simulated mixtures': 'Nachgerechnete Mischungen',
  'Aim at': 'Ausrichten auf',
  'Loss table': 'Tabelle mit Fehlern',
  'Steps in all': 'Schritte im Ganzen',
  'Last phase': 'Letzte Phase',
  Dose: 'Dosis',
  'Largest change': 'Größte Änderung',
  'Sweeps per round': 'Rundgänge je Runde',
  'Steps in focus': 'Schritte im Mittelpunkt',
  'Steps per round': 'Schritte je Runde',
  Strength: 'Stärke',
  'Memory of earlier rounds': 'Gedächtnis früherer Runden',
  'Strength of an edge': 'Stärke einer Verbindung',
  'Repeats of the graph': 'Wiederholungen des Netzes der Quellen',
  'Steps per pair': 'Schritte je Paar',
  'Evaluations looked back on': 'Berücksichtigte letzte Messungen',
  'Training passes': 'Durchgänge des Trainings',
  'Draw again': 'Erneut ziehen',
  'Which items': 'Welche Elemente',
  'Which tenth': 'Welches Zehntel',
  'Passes of a helper model': 'Durchgänge eines Hilfsmodells',
  'Step size of a helper model': 'Schrittweite eines Hilfsmodells',
  'Momentum of a helper model': 'Schwung eines Hilfsmodells',
  'Change pictures for the helper model': 'Bilder für das Hilfsmodell ändern',
  'Moments tried': 'Ausprobierte Zeitpunkte',
  'Moments averaged': 'Gemittelte Zeitpunkte',
  'Temperatures tried': 'Ausprobierte Temperaturen',
  'Try a mixture with plain labels': 'Mischung mit einfachen Labels versuchen',
  'Step sizes tried': 'Ausprobierte Schrittweiten',
  Finalists: 'Endrunde',
  'Students for each trial': 'Lernende Modelle je Versuch',
  'Passes of a student': 'Durchgänge eines lernenden Modells',
  'Change pictures for students': 'Bilder für lernende Modelle ändern',
  'Largest shares kept': 'Größte behaltene Anteile',
  'What becomes of the smaller shares': 'Was aus den kleineren Anteilen wird',
  'Measure what in the labels teaches': 'Messen, was an den Labels lehrt',
  'Measure items against knowledge': 'Elemente gegen Wissen messen',
  'Weights of a helper model tried': 'Ausprobierte Gewichte eines Hilfsmodells',
  'Moments of the helper model tried': 'Ausprobierte Zeitpunkte des Hilfsmodells',
  'Temperature of the helper model': 'Temperatur des Hilfsmodells',
  'Tiles beside each other': 'Kacheln nebeneinander',
  'Pictures looked at': 'Angesehene Bilder',
  'Parts of each picture': 'Teile jedes Bildes',
  'Smallest part': 'Kleinster Teil',
  'Helper models with batch norm': 'Hilfsmodelle mit Batch-Norm',
  'Steps for a change': 'Schritte für eine Änderung',
  'Step size for a change': 'Schrittweite für eine Änderung',
  'Weight of averages and spreads': 'Gewicht von Durchschnitten und Streuungen',
  Steps: 'Schritte',
  'Compared through': 'Verglichen durch',
  'Weight of being recognised': 'Gewicht des Erkanntwerdens',
  'Passes over your data for each helper': 'Durchgänge durch Ihre Daten je Hilfsmodell',
  'Real items per class': 'Echte Elemente je Label',
  'Items begin as': 'Elemente beginnen als',
  'Random changes while comparing': 'Zufällige Änderungen beim Vergleichen',
  'Tiles along each side': 'Kacheln je Seite',
  'Compare with mirror images too': 'Auch mit Spiegelbildern vergleichen',
  'Stored as': 'Gespeichert als',
  'Sharpness of attention': 'Schärfe der Aufmerksamkeit',
  'Weight of the last layer': 'Gewicht der letzten Schicht',
  'Steps with one network': 'Schritte mit einem Netz',
  'Lessons between steps': 'Lektionen zwischen den Schritten',
  'Lessons from': 'Lektionen aus',
  'How learning is compared': 'Wie das Lernen verglichen wird',
  'Real items in a step': 'Echte Elemente je Schritt',
  Networks: 'Netze',
  'Steps of a network': 'Schritte eines Netzes',
  'Smoothness (lambda)': 'Glattheit (Lambda)',
  'Learn the labels too': 'Auch die Labels lernen',
  'Learn the targets too': 'Auch die Ziele lernen',
  'Items chosen': 'Ausgewählte Elemente',
  'Real items the labels are solved for': 'Echte Elemente, für die Labels berechnet werden',
  'Reach of an item': 'Reichweite eines Elements',
  'Quick steps first': 'Zuerst schnelle Schritte',
  'Steps through whole trainings': 'Schritte durch ganze Trainings',
  'Shared pictures': 'Gemeinsame Bilder',
  'Shared pictures are smaller by': 'Gemeinsame Bilder sind kleiner um',
  'Share pictures between items': 'Bilder zwischen Elementen teilen',
  'Begins as': 'Beginnt als',
  'Steps of a training': 'Schritte eines Trainings',
  'Steps looked back': 'Schritte zurück',
  'Networks kept in training': 'Netze im Training',
  'Items per class in each training step': 'Elemente je Label in jedem Trainingsschritt',
  'Real items per class in each test': 'Echte Elemente je Label in jeder Prüfung',
  'How the memory follows': 'Wie der Speicher folgt',
  'Labels come in stages': 'Labels kommen in Stufen',
  'Step size of the networks': 'Schrittweite der Netze',
  'Lessons from made items': 'Lektionen aus erzeugten Elementen',
  'Made items in each lesson': 'Erzeugte Elemente je Lektion',
  'Distance to the goal': 'Abstand zum Ziel',
  'Latest start': 'Spätester Beginn',
  'Passes of helper models': 'Durchgänge der Hilfsmodelle',
  'Steadiness of helper models': 'Stetigkeit der Hilfsmodelle',
  'Looking back': 'Zurückblicken',
  Averaging: 'Mittelung',
  'Step size of lessons, to begin with': 'Schrittweite der Lektionen am Anfang',
  'How items follow': 'Wie Elemente folgen',
  'Steps of drawing real items first': 'Zuerst Schritte mit Zeichnen echter Elemente',
  'Kinds of item in each class': 'Arten von Elementen je Label',
  'Numbers of each item': 'Zahlen je Element',
  'Groups of classes': 'Gruppen von Labels',
  'Made items per class': 'Erzeugte Elemente je Label',
  'Items of a pass': 'Elemente eines Durchgangs',
  'One stored number takes': 'Eine gespeicherte Zahl braucht',
  'Passes of a check model': 'Durchgänge eines Prüfmodells',
  'Steps of each picture': 'Schritte je Bild',
  'Pictures begin as': 'Bilder beginnen als',
  'Weight of looking like your data': 'Gewicht der Ähnlichkeit mit Ihren Daten',
  'Push of the helper model': 'Schub des Hilfsmodells',
  'From whole pictures to parts': 'Von ganzen Bildern zu Teilen',
  'Step sizes tried for check models': 'Ausprobierte Schrittweiten für Prüfmodelle',
  'Check models for each trial': 'Prüfmodelle je Versuch',
  'Which pairs': 'Welche Paare',
  'Common space': 'Gemeinsamer Raum',
  'Hidden units of a student': 'Verborgene Einheiten eines lernenden Modells',
  Temperature: 'Temperatur',
  'Lessons from made pairs': 'Lektionen aus erzeugten Paaren',
  'Made pairs in each lesson': 'Erzeugte Paare je Lektion',
  Helpers: 'Hilfsmodelle',
  'Passes of helpers': 'Durchgänge der Hilfsmodelle',
  'Step size of helpers': 'Schrittweite der Hilfsmodelle',
  Mixing: 'Mischen',
  'What belongs together': 'Was zusammengehört',
  'Detail of what belongs together': 'Genauigkeit der Zugehörigkeit',
  'Pairs to begin with': 'Paare am Anfang',

  // Choices, as methods call them, after a word that keeps them from other uses of theirs; units.
  'choice: absolute': 'Beträge',
  'choice: adam': 'Adam',
  'choice: all-items': 'Alle Elemente',
  'choice: as-data': 'Wie die Daten',
  'choice: as-they-are': 'Wie sie sind',
  'choice: auto': 'Automatisch',
  'choice: automatic': 'Automatisch',
  'choice: averages': 'Durchschnitte',
  'choice: below-mean': 'Unter dem Mittel',
  'choice: budget': 'Wie verlangt',
  'choice: bytes': 'Bytes',
  'choice: central': 'Zentral',
  'choice: closer': 'Näher',
  'choice: constant': 'Gleichbleibend',
  'choice: cosine': 'Winkel',
  'choice: count': 'Mitzählen',
  'choice: difficulty': 'Schwierigkeit',
  'choice: direction': 'Richtung',
  'choice: do-not-copy': 'Nicht nachahmen',
  'choice: drop': 'Weglassen',
  'choice: easiest': 'Leichteste',
  'choice: ek-fac': 'EK-FAC',
  'choice: equal': 'Gleich stark',
  'choice: even': 'Gleichmäßig',
  'choice: exact': 'Genau',
  'choice: examples': 'Beispiele',
  'choice: falling': 'Kleiner werdend',
  'choice: far': 'Fern',
  'choice: free': 'Frei',
  'choice: half': 'Halb',
  'choice: hard': 'Schwierig',
  'choice: hardest': 'Schwierigste',
  'choice: helper': 'Hilfsmodell',
  'choice: herding': 'Herding',
  'choice: importance': 'Wichtigkeit',
  'choice: items': 'Elemente',
  'choice: labels': 'Labels',
  'choice: k-center': 'k-Center',
  'choice: k-means': 'k-Means',
  'choice: keep': 'Beibehalten',
  'choice: layers': 'Schichten',
  'choice: learned': 'Gelernt',
  'choice: least-covered-task': 'Am wenigsten bedachte Aufgabe',
  'choice: lot': 'Los',
  'choice: made': 'Erzeugt',
  'choice: max': 'Höchstwert',
  'choice: mean': 'Mittel',
  'choice: mean-rank': 'Mittlerer Platz',
  'choice: middle': 'Mitte',
  'choice: most-visited': 'Am meisten besucht',
  'choice: near': 'Nah',
  'choice: noise': 'Rauschen',
  'choice: none': 'Keine',
  'choice: norm': 'Norm',
  'choice: numbers': 'Zahlen',
  'choice: off': 'Aus',
  'choice: own': 'Eigener Text',
  'choice: per-word': 'Je Wort',
  'choice: pixels': 'Bildpunkte',
  'choice: plain': 'Schlicht',
  'choice: position': 'Lage',
  'choice: published': 'Wie veröffentlicht',
  'choice: raise': 'Strenger werden',
  'choice: random': 'Zufall',
  'choice: rank': 'Platz',
  'choice: real': 'Echt',
  'choice: root': 'Wurzel',
  'choice: round-robin': 'Reihum',
  'choice: sgd': 'SGD',
  'choice: size': 'Größe',
  'choice: spread': 'Verteilen',
  'choice: squares': 'Quadrate',
  'choice: together': 'Zusammen',
  'choice: total': 'Gesamt',
  'choice: trained': 'Trainiert',
  'choice: try-soft': 'Reichere versuchen',
  'choice: typical': 'Typisch',
  'choice: unsuspicious': 'Unverdächtig',
  'choice: usual': 'Üblich',
  'choice: variety': 'Vielfalt',
  'choice: vote': 'Abstimmung',
  'choice: whole-cosine': 'Winkel im Ganzen',
  'choice: window': 'Fenster',
  'choice: with': 'Mit Zurücklegen',
  'choice: with-mirror': 'Mit Spiegeln',
  'choice: without': 'Ohne Zurücklegen',
  words: 'Wörter',

  // Help.
  'vote: items wanted by most tasks come first (ICONS). round-robin: tasks take turns, for tasks that want different things. mean, max, rank and norm join the scores directly.':
    'Abstimmung: Was die meisten Aufgaben wollen, kommt zuerst (ICONS). Reihum: Die Aufgaben sind der Reihe nach dran, für Aufgaben, die Verschiedenes wollen. Mittel, Höchstwert, Platz und Norm verrechnen die Werte direkt.',
  'random: by lot with the repeat code, as in the paper. variety: take those that stand for most others. mean-rank: by average place. least-covered-task: help the task with the fewest.':
    'Zufall: durch das Los mit dem Wiederholungscode, wie veröffentlicht. Vielfalt: die, die für die meisten anderen stehen. Mittlerer Platz: nach dem durchschnittlichen Platz. Am wenigsten bedachte Aufgabe: Es wird der Aufgabe geholfen, die am wenigsten hat.',
  'labels: the examples of each label are a part of their own, and an item counts by the part it fits best. none: a task is the average of all its examples, or of those of each of its parts where it has some. auto: labels, but none with learning directions made elsewhere.':
    'Labels: Die Beispiele jedes Labels sind ein eigener Teil, und ein Element zählt nach dem Teil, zu dem es am besten passt. Keine: Eine Aufgabe ist der Durchschnitt aller ihrer Beispiele, oder der Beispiele jedes ihrer Teile, wo sie welche hat. Automatisch: Labels, aber keine bei Lernrichtungen, die anderswo berechnet wurden.',
  'labels: every label with examples keeps its share, and each task votes within the labels it has examples of. none: votes alone decide, so whole labels may lose out (the paper). auto: labels, but none with learning directions made elsewhere. Applies to votes only.':
    'Labels: Jedes Label mit Beispielen behält seinen Anteil, und jede Aufgabe stimmt innerhalb der Labels ab, für die sie Beispiele hat. Keine: Nur die Stimmen entscheiden, sodass ganze Labels leer ausgehen können (wie veröffentlicht). Automatisch: Labels, aber keine bei Lernrichtungen, die anderswo berechnet wurden. Gilt nur für Abstimmungen.',
  'Each task votes for this share of the items. 0 = automatic: the share you keep (the paper), and at least 65 % where the mix of labels is kept.':
    'Jede Aufgabe stimmt für diesen Anteil der Elemente. 0 = automatisch: der Anteil, den Sie behalten (wie veröffentlicht), und mindestens 65 %, wo die Mischung der Labels erhalten bleibt.',
  'Share of the items the helper model learns from before items are compared; at least 200 items and 20 per label.':
    'Anteil der Elemente, aus denen das Hilfsmodell lernt, bevor Elemente verglichen werden; mindestens 200 Elemente und 20 je Label.',
  'Passes over the warm-up items. Few are better: a finished model has little to ask.':
    'Durchgänge durch die Elemente zum Aufwärmen. Wenige sind besser: Ein fertiges Modell hat kaum noch Fragen.',
  'max: an item counts by the example task it helps most. mean: by what it does for all of them, so harm to one task counts against it. Important tasks count more in both.':
    'Höchstwert: Ein Element zählt nach der Zielaufgabe, der es am meisten hilft. Mittel: nach dem, was es für alle tut; schadet es einer Aufgabe, so zählt das dagegen. Wichtige Aufgaben zählen in beiden mehr.',
  'labels: the examples of each label are a part of their own, and an item counts by the part it helps most. none: a task is the average of all its examples. auto: labels with the app’s own helper model, none with learning directions made elsewhere.':
    'Labels: Die Beispiele jedes Labels sind ein eigener Teil, und ein Element zählt nach dem Teil, dem es am meisten hilft. Keine: Eine Aufgabe ist der Durchschnitt aller ihrer Beispiele. Automatisch: Labels beim Hilfsmodell der App, keine bei Lernrichtungen, die anderswo berechnet wurden.',
  'labels: every label with examples keeps its share of the places. none: the best items win, whatever their label; a few labels then usually take nearly everything. auto: labels with the app’s own helper model, none with learning directions made elsewhere.':
    'Labels: Jedes Label mit Beispielen behält seinen Anteil der Plätze. Keine: Die besten Elemente gewinnen, gleich mit welchem Label; meist nehmen dann wenige Labels fast alles. Automatisch: Labels beim Hilfsmodell der App, keine bei Lernrichtungen, die anderswo berechnet wurden.',
  'plain: the direction an item pulls in is its gradient. adam: it is the step the optimiser Adam would take from where it is (the paper), some ten times slower.':
    'Schlicht: die Richtung, in die ein Element zieht. Adam: der Schritt, den das Lernverfahren Adam von dort aus gehen würde (wie veröffentlicht), etwa zehnmal langsamer.',
  'Passes over the warm-up items.': 'Durchgänge durch die Elemente zum Aufwärmen.',
  'Only with learning directions made elsewhere: one number for each checkpoint, with commas between, in the order they are listed. Usually the learning rates. Empty = all count alike.':
    'Nur bei Lernrichtungen, die anderswo berechnet wurden: eine Zahl je Zwischenstand, mit Kommas dazwischen, in der Reihenfolge der Liste. Meist die Lernraten. Leer = alle zählen gleich.',
  'budget: as many as you asked for. automatic: neighbours are added until they come no closer to examples that were held back; at most as many as you asked for.':
    'Wie verlangt: so viele, wie Sie möchten. Automatisch: Nachbarn kommen dazu, bis sie zurückgehaltenen Beispielen nicht mehr näher kommen; höchstens so viele, wie Sie möchten.',
  'The examples are split into so many parts, and each in turn finds its own size.':
    'In so viele Teile werden die Beispiele geteilt, und jeder findet der Reihe nach seine eigene Größe.',
  "When not all neighbours of the last round fit: published takes those that are hardest to match, as the authors' code does, which keeps more variety. closer takes those that bring the chosen items nearest to the examples.":
    'Wenn nicht alle Nachbarn der letzten Runde Platz haben: „Wie veröffentlicht“ nimmt die, die am schwersten zuzuordnen sind, wie es die Verfasser tun; so bleibt mehr Vielfalt. „Näher“ nimmt die, die die Auswahl den Beispielen am nächsten bringen.',
  'Directions in which the data varies less than this share of the average count less. Small values let rare details decide; use more when there are few items.':
    'Richtungen, in denen sich die Daten weniger unterscheiden als dieser Anteil des Durchschnitts, zählen weniger. Bei kleinen Werten entscheiden seltene Einzelheiten; nehmen Sie mehr, wenn es wenige Elemente sind.',
  'How exactly items and examples are matched: smaller is more exact, and slower.':
    'Wie genau Elemente und Beispiele einander zugeordnet werden: kleiner ist genauer und langsamer.',
  'Only with learning directions made elsewhere: where the rows of all checkpoints together are longer, they are first projected at random to so many numbers. Fewer are faster and less exact.':
    'Nur bei Lernrichtungen, die anderswo berechnet wurden: Wo die Zeilen aller Zwischenstände zusammen länger sind, werden sie zuerst zufällig auf so viele Zahlen verkürzt. Weniger sind schneller und ungenauer.',
  'per-word: a text counts by its average word, so long and short ones have the same chance. total: all its words are added up (the paper), so length decides much. root: in between.':
    'Je Wort: Ein Text zählt nach seinem durchschnittlichen Wort, also haben lange und kurze die gleiche Aussicht. Gesamt: Alle Wörter werden addiert (wie veröffentlicht), also entscheidet die Länge viel. Wurzel: dazwischen.',
  '1: texts are drawn by lot, likelier the more they are like the examples (the paper). 0: the most alike are kept, always. Higher: more is left to the lot.':
    '1: Texte werden durch das Los gezogen, eher die, die den Beispielen ähneln (wie veröffentlicht). 0: Immer werden die ähnlichsten behalten. Höher: Mehr bleibt dem Los überlassen.',
  'Added to the count of every word, so that a word is not held against a text only because the few examples do not hold it. 0 = none (the paper): for thousands of examples.':
    'Wird jedem Wort dazugezählt, damit ein Wort nicht nur deshalb gegen einen Text spricht, weil es in den wenigen Beispielen fehlt. 0 = nichts (wie veröffentlicht): für Tausende von Beispielen.',
  'as-data: the allowance follows the data, so all words the examples do not hold speak against a text alike. even: the same for every word (the paper); rare words then speak for a text.':
    'Wie die Daten: Der Zuschlag richtet sich nach den Daten, also sprechen alle Wörter, die in den Beispielen fehlen, gleich stark gegen einen Text. Gleichmäßig: für jedes Wort gleich viel (wie veröffentlicht); seltene Wörter sprechen dann für einen Text.',
  'Texts with fewer words and punctuation marks are never kept, even if fewer than asked for remain. The paper drops texts under 100, which suits web pages and not questions or chats.':
    'Texte mit weniger Wörtern und Satzzeichen werden nie behalten, auch wenn dann weniger bleiben als verlangt. Veröffentlicht ist eine Grenze von 100; das passt für Webseiten, nicht für Fragen oder Chats.',
  'importance: by the importance you gave each task. size: by how many words its examples hold (the paper), times its importance.':
    'Wichtigkeit: nach der Wichtigkeit, die Sie jeder Aufgabe gegeben haben. Größe: danach, wie viele Wörter ihre Beispiele haben (wie veröffentlicht), mal ihre Wichtigkeit.',
  'Items below this score (0 to 1) are never kept, even if fewer than asked for remain. 0 = the best ones are kept, whatever their score.':
    'Elemente unter diesem Wert (0 bis 1) werden nie behalten, auch wenn dann weniger bleiben als verlangt. 0 = die besten werden behalten, gleich mit welchem Wert.',
  'So many random items of the data stand against each trusted item when the helper model learns; at least 200 in all.':
    'So viele zufällige Elemente der Daten stehen jedem geprüften gegenüber, wenn das Hilfsmodell lernt; mindestens 200 im Ganzen.',
  'Each leaves out another part of the items and judges only that part, so that no item is judged by a model that has seen it.':
    'Jedes lässt einen anderen Teil der Elemente aus und beurteilt nur diesen; so wird kein Element von einem Modell beurteilt, das es gesehen hat.',
  'labels: every label keeps its share, and items compete within their label. none: all items compete together, so whole labels may lose out.':
    'Labels: Jedes Label behält seinen Anteil, und Elemente konkurrieren innerhalb ihres Labels. Keine: Alle Elemente konkurrieren miteinander, sodass ganze Labels leer ausgehen können.',
  'labels: the examples of each label are a part of their own, and an item counts by the part it helps most. none: a task is the average of all its examples. auto: none.':
    'Labels: Die Beispiele jedes Labels sind ein eigener Teil, und ein Element zählt nach dem Teil, dem es am meisten hilft. Keine: Eine Aufgabe ist der Durchschnitt aller ihrer Beispiele. Automatisch: keine.',
  'Each learns in an order (and, below 100 %, from a sample) of its own, and their answers are averaged. Time grows with their number.':
    'Jedes lernt in einer eigenen Reihenfolge (und unter 100 % aus einer eigenen Stichprobe), und ihre Antworten werden gemittelt. Die Zeit wächst mit ihrer Zahl.',
  "Keeps rare directions from deciding everything, in units of the average one. 0 is the paper's and fits many times more items than numbers; it is raised by itself where the items cannot be told apart without.":
    'Hindert seltene Richtungen daran, alles zu entscheiden, gemessen an der durchschnittlichen. 0 ist veröffentlicht und passt, wo es vielmal mehr Elemente als Zahlen gibt; der Wert steigt von selbst, wo Elemente sonst nicht zu unterscheiden sind.',
  'Where labels x columns exceed 4,000, gradients are first projected at random to so many numbers, and so are learning directions made elsewhere of more than 4,000 numbers. Fewer are faster and less exact.':
    'Wo Labels mal Spalten mehr als 4.000 ergeben, werden Lernrichtungen zuerst zufällig auf so viele Zahlen verkürzt, ebenso anderswo berechnete mit mehr als 4.000 Zahlen. Weniger sind schneller und ungenauer.',
  'What the helper model can learn from several items is counted once: this is measured on so many items, drawn by lot where there are more.':
    'Was das Hilfsmodell aus mehreren Elementen lernen kann, zählt nur einmal: Gemessen wird das an so vielen Elementen, durch das Los, wo es mehr sind.',
  'labels: the examples of each label are a part of their own, and an item counts by the part it helps most. none: a task is the average of all its examples.':
    'Labels: Die Beispiele jedes Labels sind ein eigener Teil, und ein Element zählt nach dem Teil, dem es am meisten hilft. Keine: Eine Aufgabe ist der Durchschnitt aller ihrer Beispiele.',
  'labels: every label with examples keeps its share of the places. none: the best items win, whatever their label; a few labels then usually take nearly everything.':
    'Labels: Jedes Label mit Beispielen behält seinen Anteil der Plätze. Keine: Die besten Elemente gewinnen, gleich mit welchem Label; meist nehmen dann wenige Labels fast alles.',
  'exact: what items have in common is corrected for in full. ek-fac: in a shorter form for many labels and columns, close to it and much faster. auto: exact up to 4,000 numbers (labels x columns).':
    'Genau: Was Elemente gemeinsam haben, wird ganz herausgerechnet. EK-FAC: in einer kürzeren Form für viele Labels und Spalten, fast so genau und viel schneller. Automatisch: genau bis 4.000 Zahlen (Labels mal Spalten).',
  'Keeps rare directions from deciding everything, in units of the average one. 0 forecasts most exactly what leaving one item out would do; more is steadier where labels are wrong.':
    'Hindert seltene Richtungen daran, alles zu entscheiden, gemessen an der durchschnittlichen. 0 sagt am genauesten voraus, was das Weglassen eines Elements bewirkt; mehr ist stetiger, wo Labels falsch sind.',
  'Weight decay the helper model is trained with. 0 = automatic: 0.25 divided by the root of the number of items it learns from.':
    'Wie stark die Gewichte des Hilfsmodells beim Training klein gehalten werden. 0 = automatisch: 0,25 geteilt durch die Wurzel aus der Zahl der Elemente, aus denen es lernt.',
  'keep: every label keeps its share of the items, and items compete within their label. free: all items compete together. Without labels there is no difference.':
    'Beibehalten: Jedes Label behält seinen Anteil der Elemente, und Elemente konkurrieren innerhalb ihres Labels. Frei: Alle Elemente konkurrieren miteinander. Ohne Labels gibt es keinen Unterschied.',
  'Up to this much memory every item is compared with every other one: 600 MB is enough for 12,247 items (of one label, where the mix is kept), 1600 MB for 20,000. Larger sets are compared within groups of alike items.':
    'Bis zu so viel Speicher wird jedes Element mit jedem anderen verglichen: 600 MB reichen für 12.247 Elemente (eines Labels, wo die Mischung erhalten bleibt), 1600 MB für 20.000. Mehr werden innerhalb von Gruppen ähnlicher Elemente verglichen.',
  'How much it counts that every item has a similar one among the kept. 0 = not at all.':
    'Wie viel es zählt, dass jedes Element ein ähnliches unter den behaltenen hat. 0 = gar nicht.',
  'How much it counts that an item has many others like it. 0 = not at all.':
    'Wie viel es zählt, dass ein Element viele ähnliche hat. 0 = gar nicht.',
  'How much it counts that helper models find an item hard. Needs labels. Hard items are often wrongly labelled.':
    'Wie viel es zählt, dass Hilfsmodelle ein Element schwierig finden. Braucht Labels. Schwierige Elemente haben oft ein falsches Label.',
  'How much it counts that an item is similar to your example items; within a label, to those with that label. Without examples it is ignored.':
    'Wie viel es zählt, dass ein Element Ihren Beispielen ähnelt; innerhalb eines Labels denen mit diesem Label. Ohne Beispiele wird es nicht beachtet.',
  'This share of the items at the hard end gets nothing for being hard: many of them carry a wrong label.':
    'Dieser Anteil der Elemente am schwierigen Ende bekommt nichts dafür, schwierig zu sein: Viele davon haben ein falsches Label.',
  'Up to this much memory every item is compared with every other one for variety: 600 MB is enough for 12,247 items (of one label, where the mix is kept). Larger sets are compared within groups of alike items.':
    'Bis zu so viel Speicher wird für die Vielfalt jedes Element mit jedem anderen verglichen: 600 MB reichen für 12.247 Elemente (eines Labels, wo die Mischung erhalten bleibt). Mehr werden innerhalb von Gruppen ähnlicher Elemente verglichen.',
  'all-items: the chosen items should teach what all items teach. examples: they should teach what your example items ask for. auto: examples where there are any, else all items.':
    'Alle Elemente: Die Auswahl soll lehren, was alle Elemente lehren. Beispiele: Sie soll lehren, was Ihre Beispiele verlangen. Automatisch: Beispiele, wo es welche gibt, sonst alle Elemente.',
  'together: one choice over all items. labels: each label on its own, with places in proportion. auto: label by label where each label has five places or more and all items are the goal; together with learning directions made elsewhere.':
    'Zusammen: eine Auswahl über alle Elemente. Labels: jedes Label für sich, mit Plätzen nach seinem Anteil. Automatisch: Label für Label, wo jedes Label mindestens fünf Plätze hat und es um alle Elemente geht; zusammen bei Lernrichtungen, die anderswo berechnet wurden.',
  'do-not-copy: items whose label a second helper model speaks clearly against are not chosen while there are others, and the chosen items need not stand in for them. count: they count like all others. Without labels, and with learning directions made elsewhere, all items count.':
    'Nicht nachahmen: Elemente, gegen deren Label ein zweites Hilfsmodell klar spricht, werden nicht ausgewählt, solange es andere gibt, und die Auswahl muss nicht für sie stehen. Mitzählen: Sie zählen wie alle anderen. Ohne Labels, und bei Lernrichtungen, die anderswo berechnet wurden, zählen alle Elemente.',
  'Deals the items into so many parts and chooses in each, which needs less memory. 0 = automatic: as many as are needed to fill the places.':
    'Teilt die Elemente in so viele Teile und wählt in jedem aus; das braucht weniger Speicher. 0 = automatisch: so viele, wie nötig sind, um die Plätze zu füllen.',
  'With parts, each proposes this many times its places, and a last choice is made among all proposals. 1 = no last choice.':
    'Gibt es Teile, so schlägt jeder so viele Male seine Plätze vor, und aus allen Vorschlägen wird ein letztes Mal ausgewählt. 1 = keine letzte Auswahl.',
  'A choice is improved in so many rounds at most; it ends earlier when nothing improves.':
    'In höchstens so vielen Runden wird eine Auswahl verbessert; sie endet früher, wenn nichts besser wird.',
  'Above 0, weights are spread more evenly over the chosen items, at the price of a worse match. In units of the average squared gradient.':
    'Über 0 werden Gewichte gleichmäßiger auf die ausgewählten Elemente verteilt; dafür passt die Auswahl schlechter. Gemessen am durchschnittlichen Quadrat der Lernrichtungen.',
  'as-they-are: items the helper model gets wrong pull harder, which is needed to match an average. equal: all items pull alike, for data where long texts would outweigh short ones.':
    'Wie sie sind: Elemente, die das Hilfsmodell falsch benennt, ziehen stärker; das ist nötig, um einen Durchschnitt zu treffen. Gleich stark: Alle Elemente ziehen gleich, für Daten, in denen lange Texte kurze überwiegen würden.',
  'Passes over the warm-up items. Items are compared at the end of each, so more passes take longer.':
    'Durchgänge durch die Elemente zum Aufwärmen. Am Ende jedes Durchgangs werden Elemente verglichen, also dauern mehr länger.',
  'direction: by the angle between their fingerprints, which suits most fingerprints. position: by plain distance, as in the paper.':
    'Richtung: nach dem Winkel zwischen ihren Merkmalen, was für die meisten Merkmale passt. Lage: nach dem gewöhnlichen Abstand, wie veröffentlicht.',
  'How much being like many items counts against being like kept ones. 0 = automatic: twice the share you keep, so that both balance at the end. 1 = the usual form: with a small share it keeps only the most typical items.':
    'Wie viel Ähnlichkeit mit vielen zählt, gegen Ähnlichkeit mit schon behaltenen. 0 = automatisch: das Doppelte des Anteils, den Sie behalten, sodass am Ende beides gleich viel zählt. 1 = die übliche Form: Bei kleinem Anteil behält sie nur die typischsten Elemente.',
  'direction: by the angle between their fingerprints, which suits most fingerprints. position: by plain distance, which suits numbers whose size matters.':
    'Richtung: nach dem Winkel zwischen ihren Merkmalen, was für die meisten Merkmale passt. Lage: nach dem gewöhnlichen Abstand, was für Zahlen passt, deren Größe wichtig ist.',
  'typical: the item nearest to the middle. lot: one drawn with the repeat code.':
    'Typisch: das Element, das der Mitte am nächsten ist. Los: eines, das mit dem Wiederholungscode gezogen wird.',
  'The items of each label are parted into this many layers, from typical to particular; the same share is drawn from each.':
    'In so viele Schichten werden die Elemente jedes Labels geteilt, von typisch bis besonders; aus jeder wird der gleiche Anteil gezogen.',
  'How much being like many items counts against being like items of the same layer. 1 = the usual form.':
    'Wie viel Ähnlichkeit mit vielen zählt, gegen Ähnlichkeit mit Elementen derselben Schicht. 1 = die übliche Form.',
  'lot: draw by lot. hard: keep those farthest from the middle (the paper; it also keeps wrong labels). typical: keep those nearest to it.':
    'Los: durch das Los ziehen. Schwierig: die behalten, die am weitesten von der Mitte sind (wie veröffentlicht; das behält auch falsche Labels). Typisch: die behalten, die ihr am nächsten sind.',
  'How evenly groups of alike items share the places. Small values give more to wide groups far from others; large ones give all the same number. 0.5 as in the paper’s code.':
    'Wie gleichmäßig sich Gruppen ähnlicher Elemente die Plätze teilen. Kleine Werte geben breiten Gruppen fern von anderen mehr; große geben allen gleich viele. 0,5 wie bei den Verfassern.',
  'How many groups are made (of each label, where the mix is kept). 0 = automatic: one per 50 items, at most 100.':
    'Wie viele Gruppen gebildet werden (je Label, wo die Mischung erhalten bleibt). 0 = automatisch: eine je 50 Elemente, höchstens 100.',
  'Before anything else, items at least this much like another one are put last, so that repeats do not make groups of their own. 100 leaves out only what is the same.':
    'Vor allem anderen kommen Elemente ans Ende, die einem anderen mindestens so ähnlich sind; so bildet Wiederholtes keine eigenen Gruppen. 100 lässt nur weg, was gleich ist.',
  'An item is a repeat when it is at least this much like an item before it. 95 leaves out what is nearly the same; lower values leave out more.':
    'Ein Element ist eine Wiederholung, wenn es einem davor mindestens so ähnlich ist. 95 lässt weg, was fast gleich ist; kleinere Werte lassen mehr weg.',
  'far: the one farthest from the middle of its group of alike items (as in later use of the method). near: the one nearest to the middle.':
    'Fern: das am weitesten von der Mitte seiner Gruppe ähnlicher Elemente (wie bei späteren Anwendungen des Verfahrens). Nah: das der Mitte nächste.',
  'lot: draw among them by lot. raise: go on leaving out the most alike ones until the number fits, which keeps rare items.':
    'Los: durch das Los unter ihnen ziehen. Strenger werden: weiter die ähnlichsten weglassen, bis die Zahl passt; so bleiben seltene Elemente.',
  'When fewer are left than you asked for, the least alike repeats fill the number up. Off: you get fewer.':
    'Wenn weniger übrig sind, als Sie möchten, füllen die am wenigsten ähnlichen Wiederholungen auf. Aus: Sie bekommen weniger.',
  'Items are compared within this many groups. 0 = automatic: one per 1,000 items, at most 256.':
    'In so vielen Gruppen werden Elemente verglichen. 0 = automatisch: eine je 1.000 Elemente, höchstens 256.',
  'hardest: items the helper models find hardest. easiest: those they find easiest. middle: those in between. unsuspicious: items whose label fits, by lot; the others come last.':
    'Schwierigste: Elemente, die die Hilfsmodelle am schwierigsten finden. Leichteste: die, die sie am leichtesten finden. Mitte: die dazwischen. Unverdächtig: Elemente, deren Label passt, durch das Los; die anderen kommen zuletzt.',
  'This share of the items at the extreme end is set aside before any is kept: the very hardest often carry a wrong label. Does not apply to the middle.':
    'Dieser Anteil der Elemente am äußersten Ende wird weggelassen, bevor etwas behalten wird: Die allerschwierigsten haben oft ein falsches Label. Gilt nicht für die Mitte.',
  'Each learns from its own draw of the items, and their opinions are averaged. More are steadier.':
    'Jedes lernt aus einer eigenen Ziehung der Elemente, und ihre Meinungen werden gemittelt. Mehr sind stetiger.',
  'Passes over the items for each helper model. Models agree on the clean labels first.':
    'Durchgänge durch die Elemente je Hilfsmodell. Modelle stimmen zuerst bei den richtigen Labels überein.',
  "Share of an item's remembered opinion that stays at every pass. The authors use 0.7, and 0.9 with many labels.":
    'Anteil der gemerkten Meinung über ein Element, der bei jedem Durchgang bleibt. Die Verfasser verwenden 0,7, und 0,9 bei vielen Labels.',
  'How strongly a model holds on to what it learned first. 0 = plain training. The authors use 3, and 7 with many labels.':
    'Wie stark ein Modell an dem festhält, was es zuerst gelernt hat. 0 = gewöhnliches Training. Die Verfasser verwenden 3, und 7 bei vielen Labels.',
  'hardest: items the helper models find hardest. easiest: those they find easiest. middle: those in between.':
    'Schwierigste: Elemente, die die Hilfsmodelle am schwierigsten finden. Leichteste: die, die sie am leichtesten finden. Mitte: die dazwischen.',
  'Passes over the items for each helper model. Few are better: later all items look easy.':
    'Durchgänge durch die Elemente je Hilfsmodell. Wenige sind besser: Später sehen alle Elemente leicht aus.',
  'Passes over the items for each helper model. Forgetting needs several of them.':
    'Durchgänge durch die Elemente je Hilfsmodell. Zum Vergessen braucht es mehrere.',
  'window: each pass visits items of alike loss, from easy to hard and round again (SeTa). below-mean: each pass skips some items with a small loss, and those left count more (InfoBatch).':
    'Fenster: Jeder Durchgang besucht Elemente mit ähnlichem Fehler, von leicht bis schwierig und wieder von vorn (SeTa). Unter dem Mittel: Jeder Durchgang überspringt einige Elemente mit kleinem Fehler, und die übrigen davon zählen mehr (InfoBatch).',
  'middle: items of middling average loss. most-visited: those the plan came to most often. hardest and easiest: the largest and the smallest average loss.':
    'Mitte: Elemente mit mittlerem durchschnittlichem Fehler. Am meisten besucht: die, zu denen der Plan am häufigsten kam. Schwierigste und Leichteste: der größte und der kleinste durchschnittliche Fehler.',
  'Passes over the items for each helper model; the last eighth draws by lot alone.':
    'Durchgänge durch die Elemente je Hilfsmodell; im letzten Achtel entscheidet allein das Los.',
  'Share of the items (below-mean: of those with a small loss) that a pass leaves out by lot.':
    'Anteil der Elemente (bei „Unter dem Mittel“: derer mit kleinem Fehler), den ein Durchgang durch das Los auslässt.',
  'Items are sorted into so many groups by their loss. For the window only.':
    'In so viele Gruppen werden Elemente nach ihrem Fehler sortiert. Nur für das Fenster.',
  'Share of the groups that a pass visits. For the window only.':
    'Anteil der Gruppen, die ein Durchgang besucht. Nur für das Fenster.',
  'Each sets other items aside for testing and trains three helper models: by the plan, with all items, and by lot with as few steps.':
    'Jede hält andere Elemente für die Prüfung zurück und trainiert drei Hilfsmodelle: nach dem Plan, mit allen Elementen, und durch das Los mit ebenso wenigen Schritten.',
  'Helper models, each trained on another mixture of the sources. More give a steadier fit and take longer; the paper used 512.':
    'Hilfsmodelle, jedes mit einer anderen Mischung der Quellen trainiert. Mehr ergeben stetigere Werte und dauern länger; veröffentlicht sind 512.',
  'So many items, mixed from the sources, each helper model learns from.':
    'Aus so vielen Elementen, gemischt aus den Quellen, lernt jedes Hilfsmodell.',
  'How often each helper model goes through its items.':
    'Wie oft jedes Hilfsmodell durch seine Elemente geht.',
  'So many mixtures are judged by the fit alone; the average of the best 128 gives the shares. The paper used 100,000.':
    'So viele Mischungen werden nur berechnet beurteilt; der Durchschnitt der besten 128 ergibt die Anteile. Veröffentlicht sind 100.000.',
  'Name of one source, example task or loss column whose loss is to fall. Empty = all of them together: example tasks by their importance, sources and loss columns equally.':
    'Name einer Quelle, Zielaufgabe oder Fehlerspalte, deren Fehler sinken soll. Leer = alle zusammen: Zielaufgaben nach ihrer Wichtigkeit, Quellen und Fehlerspalten gleich.',
  'Losses from training runs of your own, as CSV with a header: first one column per source with its share, then one or more columns with losses. It replaces the helper models. Empty = helper models are trained here.':
    'Fehler aus eigenen Trainings, als CSV mit Kopfzeile: zuerst je Quelle eine Spalte mit ihrem Anteil, dann eine oder mehrere Spalten mit Fehlern. Die Tabelle ersetzt die Hilfsmodelle. Leer = Hilfsmodelle werden hier trainiert.',
  'Name of one source, or of one example task where you use them, whose loss is to fall. Empty = all of them: example tasks by their importance, sources equally.':
    'Name einer Quelle, oder einer Zielaufgabe, wo Sie welche verwenden, deren Fehler sinken soll. Leer = alle: Zielaufgaben nach ihrer Wichtigkeit, Quellen gleich.',
  'Everything is done so often with new lots; a gain must show beyond the spread.':
    'Alles wird so oft mit neuen Losen wiederholt; ein Gewinn muss größer sein als die Streuung.',
  'Steps of 32 items a helper model learns for.':
    'Schritte mit je 32 Elementen, in denen ein Hilfsmodell lernt.',
  'Part of the steps in which one source gets more. The paper found 10 to 20 % to be best.':
    'Teil der Schritte, in dem eine Quelle mehr bekommt. Nach der Veröffentlichung sind 10 bis 20 % am besten.',
  'In the last phase this part comes from the one source, the rest by size.':
    'In der letzten Phase kommt dieser Teil aus der einen Quelle, der Rest nach Größe.',
  'The source with the largest effect gets this many times its weight (or that part of it, when it harms); the others less.':
    'Die Quelle mit der größten Wirkung bekommt so viele Male ihr Gewicht (oder diesen Teil davon, wenn sie schadet); die anderen weniger.',
  'The mixture is changed so often while the helper model learns.':
    'So oft wird die Mischung geändert, während das Hilfsmodell lernt.',
  'In every round each source comes into focus so often (lp_rounds).':
    'So oft rückt in jeder Runde jede Quelle in den Mittelpunkt (lp_rounds).',
  'Steps of 32 items a source stays in focus (lp_steps).':
    'Schritte mit je 32 Elementen, die eine Quelle im Mittelpunkt bleibt (lp_steps).',
  'Steps of 32 items with the new mixture, after the sweeps.':
    'Schritte mit je 32 Elementen mit der neuen Mischung, nach den Rundgängen.',
  'How strongly the mixture follows what helps.': 'Wie stark die Mischung dem folgt, was hilft.',
  '0: every round changes the mixture of the round before. Above 0: what helps is averaged over the rounds with this share for the past, and the mixture starts from equal shares each time. The published scripts use 0.1.':
    '0: Jede Runde ändert die Mischung der Runde davor. Über 0: Was hilft, wird über die Runden gemittelt, mit diesem Anteil für das Frühere, und die Mischung beginnt jedes Mal bei gleichen Anteilen. Die veröffentlichten Läufe verwenden 0,1.',
  'half: every edge counts 0.5, as published. learned: as much as the loss falls further, as a share. With example tasks edges are always learned.':
    'Halb: Jede Verbindung zählt 0,5, wie veröffentlicht. Gelernt: so viel, wie der Fehler weiter sinkt, als Anteil. Mit Zielaufgaben werden Verbindungen immer gelernt.',
  'Every pair of sources is tried so often; an edge must show beyond the spread.':
    'So oft wird jedes Paar von Quellen ausprobiert; eine Verbindung muss größer sein als die Streuung.',
  'Each helper model of the graph learns for so many steps of 32 items.':
    'So viele Schritte mit je 32 Elementen lernt jedes Hilfsmodell des Netzes der Quellen.',
  'Steps of 32 items between two changes.':
    'Schritte mit je 32 Elementen zwischen zwei Änderungen.',
  'How strongly the mixture follows the losses. The paper used 0.5 and 0.2 for different data.':
    'Wie stark die Mischung den Fehlern folgt. Veröffentlicht sind 0,5 und 0,2 für verschiedene Daten.',
  'The losses of so many last evaluations count.': 'So viele letzte Messungen des Fehlers zählen.',
  'For how many passes a list is drawn. The first list is the chosen set; the others are kept with the result for export.':
    'Für wie viele Durchgänge eine Liste gezogen wird. Die erste Liste ist die Auswahl; die anderen werden beim Ergebnis für den Export behalten.',
  'without: no item comes twice before all have come once. with: every pass draws anew among all items.':
    'Ohne Zurücklegen: Kein Element kommt zweimal, bevor alle einmal dran waren. Mit Zurücklegen: Jeder Durchgang zieht neu aus allen Elementen.',
  'random: by lot. typical: nearest to the average of their label. herding: so that their average is that of the label. k-center: far from each other. k-means: one from each group. layers: a share of every layer from typical to particular. difficulty: from one tenth of the items, sorted by how hard the helper model finds them.':
    'Zufall: durch das Los. Typisch: dem Durchschnitt ihres Labels am nächsten. Herding: sodass ihr Durchschnitt der des Labels ist. k-Center: weit voneinander. k-Means: eines aus jeder Gruppe. Schichten: ein Anteil jeder Schicht von typisch bis besonders. Schwierigkeit: aus einem Zehntel der Elemente, sortiert danach, wie schwierig das Hilfsmodell sie findet.',
  'helper: by what the trained helper model sees in them. items: by their own pixels or numbers. Not used for random and difficulty.':
    'Hilfsmodell: nach dem, was das trainierte Hilfsmodell in ihnen sieht. Elemente: nach ihren eigenen Bildpunkten oder Zahlen. Nicht bei Zufall und Schwierigkeit.',
  'With "difficulty": 0 = the easiest tenth of each label, 9 = the hardest.':
    'Bei „Schwierigkeit“: 0 = das leichteste Zehntel jedes Labels, 9 = das schwierigste.',
  'How many are trained; what they say about an item is averaged.':
    'Wie viele trainiert werden; was sie über ein Element sagen, wird gemittelt.',
  'How often it goes through all training items. Its labels are taken from the moment that teaches best, which is often before the end.':
    'Wie oft es durch alle Trainingselemente geht. Seine Labels stammen von dem Zeitpunkt, der am besten lehrt; oft liegt er vor dem Ende.',
  'Smaller steps give a finer choice of early moments.':
    'Kleinere Schritte lassen frühe Zeitpunkte feiner wählen.',
  'How much of its last step it repeats. The paper has 0, which learns more slowly.':
    'Wie viel von seinem letzten Schritt es wiederholt. Veröffentlicht ist 0, was langsamer lernt.',
  'Shifts, turns and colours drawn anew for every pass. Better at the end, slower.':
    'Verschiebungen, Drehungen und Farben, für jeden Durchgang neu gezogen. Am Ende besser, aber langsamer.',
  'From how many moments of the helper model labels are tried, spread over its training.':
    'Von wie vielen Zeitpunkten des Hilfsmodells Labels ausprobiert werden, verteilt über sein Training.',
  'Labels are the average of the chosen moment and those just before it, which evens out chance. Only moments past half of the chosen one count. 1 = the chosen one alone.':
    'Labels sind der Durchschnitt des gewählten Zeitpunkts und derer kurz davor; das gleicht Zufälle aus. Nur Zeitpunkte nach der Hälfte des gewählten zählen. 1 = nur der gewählte.',
  'Each evens the labels out more. 1 = as the helper model gives them; 10 = the grid of the paper, up to five times as even.':
    'Jede gleicht die Labels stärker aus. 1 = wie das Hilfsmodell sie gibt; 10 = die veröffentlichten Stufen, bis fünfmal so gleichmäßig.',
  'Also tries three quarters, a half and a quarter of the helper model beside the plain label.':
    'Probiert auch drei Viertel, die Hälfte und ein Viertel des Hilfsmodells neben dem einfachen Label aus.',
  'For students on richer and on plain labels alike.':
    'Für lernende Modelle mit reicheren und mit einfachen Labels gleichermaßen.',
  'How many of the labels tried in short trainings go on to full ones.':
    'Wie viele der in kurzen Trainings ausprobierten Labels in ganze Trainings kommen.',
  'More make the choice surer, and take longer in proportion.':
    'Mehr machen die Wahl sicherer und dauern entsprechend länger.',
  'How often a student goes through the tiny set. The paper has 3000.':
    'Wie oft ein lernendes Modell durch das Mini-Set geht. Veröffentlicht sind 3000.',
  'Shifts, turns and colours drawn anew for every pass. Labels stay as they are.':
    'Verschiebungen, Drehungen und Farben, für jeden Durchgang neu gezogen. Labels bleiben, wie sie sind.',
  'For each item. 0 = all. Fewer take less room and lose some of the label.':
    'Je Element. 0 = alle. Weniger brauchen weniger Platz und verlieren etwas vom Label.',
  'spread: together they are spread evenly over the other labels. drop: they are lost, and nothing is scaled up.':
    'Verteilen: Zusammen werden sie gleichmäßig auf die anderen Labels verteilt. Weglassen: Sie gehen verloren, und nichts wird dafür größer.',
  'Trains students on changed labels: only the largest shares, ranks exchanged, a label never shown, and all but the largest share shuffled. Takes about as long as the search again.':
    'Trainiert lernende Modelle mit veränderten Labels: nur die größten Anteile, vertauschte Plätze, ein nie gezeigtes Label, und alles außer dem größten Anteil gemischt. Dauert etwa noch einmal so lange wie die Suche.',
  'Accuracy for several numbers of items and moments of the helper model. Takes several times as long.':
    'Genauigkeit für mehrere Anzahlen von Elementen und Zeitpunkte des Hilfsmodells. Dauert mehrmals so lange.',
  'random: by lot. typical: nearest to the average of their label. herding: so that their average is that of the label. k-center: far from each other. k-means: one from each group. layers: a share of every layer from typical to particular.':
    'Zufall: durch das Los. Typisch: dem Durchschnitt ihres Labels am nächsten. Herding: sodass ihr Durchschnitt der des Labels ist. k-Center: weit voneinander. k-Means: eines aus jeder Gruppe. Schichten: ein Anteil jeder Schicht von typisch bis besonders.',
  'For students; the best on validation items is taken.':
    'Für lernende Modelle; die beste bei zurückgehaltenen Elementen wird genommen.',
  'How often a student goes through the tiny set.':
    'Wie oft ein lernendes Modell durch das Mini-Set geht.',
  'Shifts, turns and colours drawn anew for every pass.':
    'Verschiebungen, Drehungen und Farben, für jeden Durchgang neu gezogen.',
  'Only where a helper model is kept with the set: its part of each label beside the plain one. 1, then three quarters, a half, a quarter.':
    'Nur wo ein Hilfsmodell mit dem Set behalten wird: sein Teil jedes Labels neben dem einfachen. 1, dann drei Viertel, die Hälfte, ein Viertel.',
  'Its end, half of its training, a quarter ... Few items may learn more from an early one.':
    'Sein Ende, die Hälfte seines Trainings, ein Viertel … Wenige Elemente lernen vielleicht mehr von einem frühen.',
  'The higher, the more even its shares are.': 'Je höher, desto gleichmäßiger sind seine Anteile.',
  'How often it goes through all training items.': 'Wie oft es durch alle Trainingselemente geht.',
  '2 = four parts in each picture, 1 = one part, brought to full size.':
    '2 = vier Teile in jedem Bild, 1 = ein Teil, auf ganze Größe gebracht.',
  'Of each label, by lot.': 'Von jedem Label, durch das Los.',
  'Drawn at random; the one that the helper model names most surely is kept.':
    'Zufällig gezogen; der, den das Hilfsmodell am sichersten benennt, wird behalten.',
  'Share of the picture that a part has at least.':
    'Anteil des Bildes, den ein Teil mindestens hat.',
  'How many are trained; what they say is averaged.':
    'Wie viele trainiert werden; was sie sagen, wird gemittelt.',
  'How often it goes through all training pictures.': 'Wie oft es durch alle Trainingsbilder geht.',
  'For students, with each kind of label.': 'Für lernende Modelle, mit jeder Art von Label.',
  'Each makes a change of its own for every row of items.':
    'Jedes macht für jede Reihe von Elementen eine eigene Änderung.',
  'Their memory of averages and spreads of the data then guides the changes, too. Students stay as they are.':
    'Auch ihr Gedächtnis für Durchschnitte und Streuungen der Daten leitet dann die Änderungen. Lernende Modelle bleiben, wie sie sind.',
  'How often a change is improved.': 'Wie oft eine Änderung verbessert wird.',
  'In units of the spread of the pictures.': 'Gemessen an der Streuung der Bilder.',
  'Beside naming the items rightly. Only with batch norm.':
    'Neben dem richtigen Benennen der Elemente. Nur mit Batch-Norm.',
  'How often a student goes through the items.':
    'Wie oft ein lernendes Modell durch die Elemente geht.',
  'Each step compares through a new network. The first hundred give most of the gain; the paper takes 20,000.':
    'Jeder Schritt vergleicht durch ein neues Netz. Die ersten hundert bringen das meiste; veröffentlicht sind 20.000.',
  'random: networks that have learned nothing, as published. trained: helper models trained on your data, which needs a step size of its own and was worse than random ones where we measured it. pixels: the pictures themselves, which makes blurred averages.':
    'Zufall: Netze, die nichts gelernt haben, wie veröffentlicht. Trainiert: Hilfsmodelle, die mit Ihren Daten trainiert sind; das braucht eine eigene Schrittweite und war in unseren Messungen schlechter als Zufall. Bildpunkte: die Bilder selbst, was unscharfe Durchschnitte ergibt.',
  "Only with trained networks: made items are also pulled towards what such a network calls by the right name. 0 leaves it out; 2.5 is TGDD's for 1 and 10 per class.":
    'Nur mit trainierten Netzen: Erzeugte Elemente werden auch zu dem gezogen, was ein solches Netz richtig benennt. 0 lässt es weg; 2,5 ist der Wert von TGDD für 1 und 10 je Label.',
  'Only with trained networks: how many are trained.':
    'Nur mit trainierten Netzen: wie viele trainiert werden.',
  'Only with trained networks: how long each is trained.':
    'Nur mit trainierten Netzen: wie lange jedes trainiert wird.',
  'How many real items of each class are drawn for every comparison. More are steadier and slower.':
    'Wie viele echte Elemente jedes Labels für jeden Vergleich gezogen werden. Mehr sind stetiger und langsamer.',
  'real: real items drawn by lot. averages: averages of alike real items. noise: random numbers, which takes longest to become anything.':
    'Echt: echte Elemente, durch das Los gezogen. Durchschnitte: Durchschnitte ähnlicher echter Elemente. Rauschen: zufällige Zahlen, aus denen am langsamsten etwas wird.',
  'Real and made pictures are moved, turned, cut and recoloured in the same random way before they are compared, and check models then train with such changes too: better, but slower. usual: without mirroring for grey pictures. with-mirror: mirrored as well, wrong for letters and digits.':
    'Echte und erzeugte Bilder werden vor dem Vergleich auf dieselbe zufällige Weise verschoben, gedreht, beschnitten und umgefärbt, und Prüfmodelle trainieren dann auch mit solchen Änderungen: besser, aber langsamer. Üblich: ohne Spiegeln bei grauen Bildern. Mit Spiegeln: auch gespiegelt, falsch für Buchstaben und Ziffern.',
  '2 cuts every stored picture into 2 x 2 small ones that are enlarged for training: four times the items in the same space, each less sharp. 1 leaves pictures whole.':
    '2 teilt jedes gespeicherte Bild in 2 x 2 kleine, die zum Trainieren vergrößert werden: viermal so viele Elemente auf demselben Platz, jedes weniger scharf. 1 lässt Bilder ganz.',
  'Every made picture counts together with its left-right mirror, so that it need not draw both sides. Only for things that look the same from both sides: wrong for letters and digits, and for shoes that all point one way. Try it before you rely on it.':
    'Jedes erzeugte Bild zählt zusammen mit seinem Spiegelbild, sodass es nicht beide Seiten zeichnen muss. Nur für Dinge, die von beiden Seiten gleich aussehen: falsch für Buchstaben und Ziffern und für Schuhe, die alle in eine Richtung zeigen. Probieren Sie es aus, bevor Sie sich darauf verlassen.',
  'bytes: real pictures with 256 brightnesses, as small as your own. numbers: free values, four times as large, which no picture viewer shows rightly; about 2 points better with 1 per class.':
    'Bytes: echte Bilder mit 256 Helligkeiten, so klein wie Ihre eigenen. Zahlen: freie Werte, viermal so groß, die kein Bildprogramm richtig zeigt; mit 1 je Label etwa 2 Punkte besser.',
  'How far items move in each step: 1 is the published size. Smaller when the live curve jumps, larger when it hardly falls.':
    'Wie weit sich Elemente in jedem Schritt bewegen: 1 ist veröffentlicht. Kleiner, wenn die laufende Kurve springt, größer, wenn sie kaum sinkt.',
  'Each step compares through a new network. The paper takes 8,000.':
    'Jeder Schritt vergleicht durch ein neues Netz. Veröffentlicht sind 8.000.',
  "The power that activations are raised to before they are summed: larger looks at the strongest places only. The paper says 4, the authors' code uses 1, which did better where we measured it.":
    'Die Potenz, in die Antworten des Netzes erhoben werden, bevor sie addiert werden: Größere sehen nur auf die stärksten Stellen. Im Aufsatz steht 4, die Verfasser rechnen mit 1, was in unseren Messungen besser war.',
  'How much the averages of the last layer count beside attention. Published: 0.01.':
    'Wie viel die Durchschnitte der letzten Schicht neben der Aufmerksamkeit zählen. Veröffentlicht: 0,01.',
  'Comparisons in all. The paper takes 1,000 for 1 per class and 10,000 for 10.':
    'Vergleiche im Ganzen. Veröffentlicht sind 1.000 für 1 je Label und 10.000 für 10.',
  'After so many comparisons a new network begins. 0 takes the published number for your items per class: 1 for 1, 10 for 10, 50 for 50.':
    'Nach so vielen Vergleichen beginnt ein neues Netz. 0 nimmt die veröffentlichte Zahl für Ihre Elemente je Label: 1 bei 1, 10 bei 10, 50 bei 50.',
  'How often the network learns from all made items between two comparisons. 0 takes the published number: 50 for 10 per class, 10 for 50.':
    'Wie oft das Netz zwischen zwei Vergleichen aus allen erzeugten Elementen lernt. 0 nimmt die veröffentlichte Zahl: 50 bei 10 je Label, 10 bei 50.',
  'made: the made items, as published first. real: your data, as IDC does.':
    'Erzeugt: die erzeugten Elemente, wie zuerst veröffentlicht. Echt: Ihre Daten, wie IDC es macht.',
  "cosine: the direction for each part of the network. whole-cosine: one direction. squares, absolute: plain differences, IDC's choice for colour and for grey pictures, meant for real lessons.":
    'Winkel: die Richtung für jeden Teil des Netzes. Winkel im Ganzen: eine Richtung. Quadrate, Beträge: gewöhnliche Unterschiede, von IDC für farbige und für graue Bilder gewählt, gedacht für echte Lektionen.',
  'Each step moves all items and labels a little. The paper takes 500,000 on a graphics card.':
    'Jeder Schritt bewegt alle Elemente und Labels ein wenig. Veröffentlicht sind 500.000 auf einer Grafikkarte.',
  'How many real items are named in each step. More are steadier and slower.':
    'Wie viele echte Elemente in jedem Schritt benannt werden. Mehr sind stetiger und langsamer.',
  'How far items and labels move in a step (Adam).':
    'Wie weit sich Elemente und Labels in einem Schritt bewegen (Adam).',
  'How many small networks take turns. The paper has 10.':
    'Wie viele kleine Netze sich abwechseln. Veröffentlicht sind 10.',
  'A network that has learned from the set for so many steps is replaced by a new one.':
    'Ein Netz, das so viele Schritte aus dem Set gelernt hat, wird durch ein neues ersetzt.',
  'How little a single item may bend the last layer, as a share of the average kernel value.':
    'Wie wenig ein einzelnes Element die letzte Schicht verbiegen darf, als Anteil des durchschnittlichen Kernwerts.',
  'Each item then gets a number for every class. Off: items only, with plain labels.':
    'Jedes Element bekommt dann eine Zahl für jedes Label. Aus: nur Elemente, mit einfachen Labels.',
  'Each step moves all items and targets a little. The paper takes 160,000 on a graphics card.':
    'Jeder Schritt bewegt alle Elemente und Ziele ein wenig. Veröffentlicht sind 160.000 auf einer Grafikkarte.',
  'How many real items are foretold in each step. More are steadier and slower.':
    'Wie viele echte Elemente in jedem Schritt vorhergesagt werden. Mehr sind stetiger und langsamer.',
  'How far items and targets move in the first step (Adam); it falls to nothing.':
    'Wie weit sich Elemente und Ziele im ersten Schritt bewegen (Adam); die Weite sinkt bis auf nichts.',
  'Off: each item keeps the fingerprint of the real item that it began as.':
    'Aus: Jedes Element behält die Merkmale des echten Elements, als das es begann.',
  'central: the most typical real items of each group. random: real items by lot.':
    'Zentral: die typischsten echten Elemente jeder Gruppe. Zufall: echte Elemente durch das Los.',
  'random: by lot. typical, herding, k-center, k-means, layers: as the methods for choosing items do, within each class.':
    'Zufall: durch das Los. Typisch, Herding, k-Center, k-Means, Schichten: wie die Verfahren zum Auswählen, innerhalb jedes Labels.',
  'At most so many training items, by lot. More are slower and a little better.':
    'Höchstens so viele Trainingselemente, durch das Los. Mehr sind langsamer und etwas besser.',
  'How little a single item may bend the model, as a share of the average kernel value. Larger is smoother and safer with wrong labels.':
    'Wie wenig ein einzelnes Element das Modell verbiegen darf, als Anteil des durchschnittlichen Kernwerts. Größer ist glatter und bei falschen Labels sicherer.',
  'How far the influence of an item goes, as a multiple of the median squared distance between your items.':
    'Wie weit der Einfluss eines Elements reicht, als Vielfaches des mittleren quadrierten Abstands zwischen Ihren Elementen.',
  'Each step moves all items and labels a little, by how a batch of real items is named.':
    'Jeder Schritt bewegt alle Elemente und Labels ein wenig, danach, wie ein Teil der echten Elemente benannt wird.',
  'How far pixels and labels move in a step (Adam).':
    'Wie weit sich Bildpunkte und Labels in einem Schritt bewegen (Adam).',
  'Each item then says for every class how much it speaks for or against it. Off: items only, with plain labels.':
    'Jedes Element sagt dann für jedes Label, wie sehr es dafür oder dagegen spricht. Aus: nur Elemente, mit einfachen Labels.',
  'Improvements that look at the last layer of a network only: a tenth of the work each, and without a graphics card more gain for the time. 0 begins with whole trainings, as published.':
    'Verbesserungen, die nur auf die letzte Schicht eines Netzes sehen: je ein Zehntel der Arbeit, und ohne Grafikkarte mehr Gewinn für die Zeit. 0 beginnt mit ganzen Trainings, wie veröffentlicht.',
  'Improvements that look back through whole trainings, after the quick ones. The paper takes up to 500,000, and nothing else.':
    'Verbesserungen, die durch ganze Trainings zurückblicken, nach den schnellen. Veröffentlicht sind bis zu 500.000, und nichts anderes.',
  'All items are mixed from so many. Fewer leave room for more items. 0 chooses for the space you ask for.':
    'Aus so vielen werden alle Elemente gemischt. Weniger lassen Platz für mehr Elemente. 0 wählt nach dem gewünschten Platz.',
  '2 stores them at half the height and width. 1 keeps their size. 0 chooses: 2 for pictures of 14 pixels and more.':
    '2 speichert sie mit halber Höhe und Breite. 1 behält ihre Größe. 0 wählt: 2 bei Bildern ab 14 Bildpunkten.',
  'Off: every item is stored by itself, so there are only as many as you ask for. For comparison.':
    'Aus: Jedes Element wird für sich gespeichert, es gibt also nur so viele, wie Sie verlangen. Zum Vergleich.',
  'averages, real: the main directions of your data, with the addresses of averages of alike items, or of items drawn by lot. noise: random numbers, as published; takes far longer.':
    'Durchschnitte, Echt: die Hauptrichtungen Ihrer Daten, mit den Adressen von Durchschnitten ähnlicher Elemente oder von Elementen durch das Los. Rauschen: zufällige Zahlen, wie veröffentlicht; dauert viel länger.',
  'How long networks learn from the memory, at most, before new ones begin. The paper: 150 smaller ones.':
    'Wie lange Netze höchstens aus dem Speicher lernen, bevor neue beginnen. Veröffentlicht: 150 kleinere.',
  'How many of the last steps of a training the memory is improved by. More see further and take longer. 0 looks back to the beginning, as published.':
    'Nach wie vielen der letzten Schritte eines Trainings der Speicher verbessert wird. Mehr sehen weiter und dauern länger. 0 blickt bis zum Anfang zurück, wie veröffentlicht.',
  'So many networks of different ages take turns, each going on from where it was. 0 begins a new one in every step, as published; with a window, it ends at a random place.':
    'So viele Netze verschiedenen Alters wechseln sich ab, und jedes macht weiter, wo es war. 0 beginnt in jedem Schritt ein neues, wie veröffentlicht; mit einem Fenster endet es an einer zufälligen Stelle.',
  'The paper takes 32.': 'Veröffentlicht sind 32.',
  'What a trained network is tested with, before the memory is improved.':
    'Womit ein trainiertes Netz geprüft wird, bevor der Speicher verbessert wird.',
  'adam: each number at its own pace, far sooner there. sgd: as published.':
    'Adam: jede Zahl in ihrem eigenen Tempo, viel früher am Ziel. SGD: wie veröffentlicht.',
  'Of the memory. 1 is the usual size; smaller when the live curve jumps.':
    'Des Speichers. 1 ist üblich; kleiner, wenn die laufende Kurve springt.',
  '1: all labels at once. More: labels come in so many groups, one after the other, and what is kept of a group is made from its own data alone. The result then says how much is still known after each stage, beside real items of the same size.':
    '1: alle Labels auf einmal. Mehr: Labels kommen in so vielen Gruppen, eine nach der anderen, und was von einer Gruppe behalten wird, entsteht allein aus ihren eigenen Daten. Das Ergebnis sagt dann, wie viel nach jeder Stufe noch gewusst wird, neben echten Elementen gleicher Größe.',
  'How fast networks learn from the memory. The paper: 0.01, over 150 steps.':
    'Wie schnell Netze aus dem Speicher lernen. Veröffentlicht: 0,01, über 150 Schritte.',
  'Comparisons in all. The paper takes 5,000.': 'Vergleiche im Ganzen. Veröffentlicht sind 5.000.',
  'Steps in which a network learns from the made items in each comparison. The paper: 20 to 80.':
    'Schritte, in denen ein Netz bei jedem Vergleich aus den erzeugten Elementen lernt. Veröffentlicht: 20 bis 80.',
  'All of them where there are fewer.': 'Alle, wo es weniger sind.',
  'After the lessons the network should be where a helper model was so many kept moments later.':
    'Nach den Lektionen soll das Netz dort sein, wo ein Hilfsmodell so viele behaltene Zeitpunkte später war.',
  'How far into the training of a helper model a comparison may begin, as a share of it. 0 chooses by items per class: early for few, later for many, moving on in the run (after DATM).':
    'Wie spät im Training eines Hilfsmodells ein Vergleich beginnen darf, als Anteil davon. 0 wählt nach Elementen je Label: früh bei wenigen, später bei vielen, im Lauf fortschreitend (nach DATM).',
  'Networks trained on your data, whose way is followed. The paper: 100.':
    'Netze, die mit Ihren Daten trainiert sind und deren Weg gefolgt wird. Veröffentlicht: 100.',
  'How long they are trained. The paper: 50 passes over the data.':
    'Wie lange sie trainiert werden. Veröffentlicht: 50 Durchgänge durch die Daten.',
  'Trains helper models so that small errors matter less (FTD), which takes twice as long. 0 trains them plainly.':
    'Trainiert Hilfsmodelle so, dass kleine Fehler weniger ausmachen (FTD); das dauert doppelt so lange. 0 trainiert sie wie gewöhnlich.',
  'exact: through all lessons. constant: each lesson by itself (TESLA), with the memory of one lesson however many there are; not quite the same direction.':
    'Genau: durch alle Lektionen. Gleichbleibend: jede Lektion für sich (TESLA), mit dem Speicher einer Lektion, wie viele es auch sind; nicht ganz dieselbe Richtung.',
  'plain: one class for each item. learned: shares of all classes, begun as a helper model has them and learned with the items (DATM).':
    'Schlicht: ein Label je Element. Gelernt: Anteile aller Labels, die wie bei einem Hilfsmodell beginnen und mit den Elementen gelernt werden (DATM).',
  'The result is a running average of the items over the last steps (FTD): 0.99 goes over some hundred. 0 takes the last ones.':
    'Das Ergebnis ist ein laufender Durchschnitt der Elemente über die letzten Schritte (FTD): 0,99 geht über etwa hundert. 0 nimmt die letzten.',
  'How far a network moves in each lesson. It is learned with the items.':
    'Wie weit sich ein Netz in jeder Lektion bewegt. Das wird mit den Elementen gelernt.',
  'adam: each number at its own pace. sgd: as published.':
    'Adam: jede Zahl in ihrem eigenen Tempo. SGD: wie veröffentlicht.',
  'How far items move in each step: 1 is the usual size.':
    'Wie weit sich Elemente in jedem Schritt bewegen: 1 ist üblich.',
  'Each step compares fresh made items with real ones. The paper takes 10,000.':
    'Jeder Schritt vergleicht frisch erzeugte Elemente mit echten. Veröffentlicht sind 10.000.',
  'Before anything is compared, the decoder learns to draw real items from a few numbers each. 0 starts from noise as the paper does, which takes many times as many steps.':
    'Bevor etwas verglichen wird, lernt das Zeichenprogramm, echte Elemente aus je wenigen Zahlen zu zeichnen. 0 beginnt mit Rauschen wie veröffentlicht; das braucht vielmal so viele Schritte.',
  'A class is kept as this many clouds of similar items. 0 = as in the paper: as many as items asked for, 10 at most.':
    'Ein Label wird als so viele Wolken ähnlicher Elemente behalten. 0 = wie veröffentlicht: so viele wie verlangte Elemente, höchstens 10.',
  'What the decoder draws an item from. 0 = fitted to the room asked for. More numbers leave less room for the decoder.':
    'Woraus das Zeichenprogramm ein Element zeichnet. 0 = passend zum gewünschten Platz. Mehr Zahlen lassen weniger Platz für das Zeichenprogramm.',
  'Classes are split into this many groups, each with a decoder of its own and its share of the room, and put together at the end. For hundreds of classes; 1 = all together.':
    'In so viele Gruppen werden Labels geteilt, jede mit eigenem Zeichenprogramm und ihrem Anteil am Platz, und am Ende zusammengefügt. Für Hunderte von Labels; 1 = alle zusammen.',
  'random: networks that have learned nothing, a new one in each step. trained: helper models trained on your data, as in the paper.':
    'Zufall: Netze, die nichts gelernt haben, in jedem Schritt ein neues. Trainiert: Hilfsmodelle, die mit Ihren Daten trainiert sind, wie veröffentlicht.',
  'plain: one class for each item. try-soft: what a helper model says early in its training, where check models learn more from it on items kept apart; takes its room out of the same budget.':
    'Schlicht: ein Label je Element. Reichere versuchen: was ein Hilfsmodell früh in seinem Training sagt, wo Prüfmodelle bei zurückgehaltenen Elementen daraus mehr lernen; sein Platz zählt zum gewünschten Platz.',
  'Only with trained views or richer labels: how many are trained.':
    'Nur mit trainierten Netzen oder reicheren Labels: wie viele trainiert werden.',
  'Only with trained views or richer labels: how often each goes through your data.':
    'Nur mit trainierten Netzen oder reicheren Labels: wie oft jedes durch Ihre Daten geht.',
  'How many are drawn for every comparison. More are steadier and slower.':
    'Wie viele für jeden Vergleich gezeichnet werden. Mehr sind stetiger und langsamer.',
  'Smaller when the live curve jumps, larger when it hardly falls.':
    'Kleiner, wenn die laufende Kurve springt, größer, wenn sie kaum sinkt.',
  'Items of each class that check models see in one pass, fresh ones every time. They take no room.':
    'Elemente jedes Labels, die Prüfmodelle in einem Durchgang sehen, jedes Mal frische. Sie brauchen keinen Platz.',
  'bytes: one byte like a pixel, rounded to 255 steps. half: two bytes. numbers: four bytes, exact. Fewer bytes leave room for a larger decoder.':
    'Bytes: ein Byte wie bei einem Bildpunkt, auf 255 Stufen gerundet. Halb: zwei Bytes. Zahlen: vier Bytes, genau. Weniger Bytes lassen Platz für ein größeres Zeichenprogramm.',
  'How often a check model goes through the set, with fresh items each time.':
    'Wie oft ein Prüfmodell durch das Set geht, jedes Mal mit frischen Elementen.',
  'The paper takes 1,000 for small pictures and 4,000 for large ones.':
    'Veröffentlicht sind 1.000 für kleine Bilder und 4.000 für große.',
  'noise: random numbers, as in SRe2L. real: real pictures drawn by lot, as in DWA; closer to your data after few steps.':
    'Rauschen: zufällige Zahlen, wie bei SRe2L. Echt: echte Bilder durch das Los, wie bei DWA; schon nach wenigen Schritten näher an Ihren Daten.',
  'Each batch of pictures is made with one of them, or with two drawn by lot where there are more (CV-DD).':
    'Jeder Schub von Bildern entsteht mit einem davon, oder mit zwei ausgelosten, wo es mehr sind (CV-DD).',
  'How much the averages and spreads inside the helper model count beside naming the picture rightly. SRe2L has 0.01 for small pictures.':
    'Wie viel die Durchschnitte und Streuungen im Hilfsmodell neben dem richtigen Benennen des Bildes zählen. SRe2L hat 0,01 für kleine Bilder.',
  'Before each batch its weights are moved this far away from what they know about the real pictures (DWA: 0.015), so that batches differ. 0 = off.':
    'Vor jedem Schub werden seine Gewichte so weit von dem wegbewegt, was sie über die echten Bilder wissen (DWA: 0,015), sodass sich die Schübe unterscheiden. 0 = aus.',
  'falling: the helper model first sees whole pictures and then smaller and smaller parts (CDA). For large pictures.':
    'Kleiner werdend: Das Hilfsmodell sieht zuerst ganze Bilder und dann immer kleinere Teile (CDA). Für große Bilder.',
  'SRe2L has 0.25 from noise; real pictures need smaller steps.':
    'SRe2L hat 0,25 bei Rauschen; echte Bilder brauchen kleinere Schritte.',
  'With each kind of label.': 'Mit jeder Art von Label.',
  'More make the choice of labels surer, and take longer in proportion.':
    'Mehr machen die Wahl der Labels sicherer und dauern entsprechend länger.',
  'How often a check model goes through the tiny set.':
    'Wie oft ein Prüfmodell durch das Mini-Set geht.',
  'random: by lot. k-center: far from each other. herding: so that their average is that of all.':
    'Zufall: durch das Los. k-Center: weit voneinander. Herding: sodass ihr Durchschnitt der aller ist.',
  'Numbers of a picture, or of a text, after the students have brought both together.':
    'Zahlen eines Bildes oder eines Textes, nachdem die lernenden Modelle beides zusammengebracht haben.',
  '0 for students that are one matrix for pictures and one for texts.':
    '0 für lernende Modelle, die aus je einer Zahlentafel für Bilder und für Texte bestehen.',
  'How sharply the right text is told from the others while students learn; smaller is sharper.':
    'Wie scharf der richtige Text von den anderen unterschieden wird, während Modelle lernen; kleiner ist schärfer.',
  'Comparisons in all. The paper takes some thousand.':
    'Vergleiche im Ganzen. Veröffentlicht sind einige tausend.',
  'Steps in which a student learns from the made pairs in each comparison.':
    'Schritte, in denen ein lernendes Modell bei jedem Vergleich aus den erzeugten Paaren lernt.',
  'After the lessons a student should be where a helper was so many passes later.':
    'Nach den Lektionen soll ein lernendes Modell dort sein, wo ein Hilfsmodell so viele Durchgänge später war.',
  'How far into the training of a helper a comparison may begin, as a share of it.':
    'Wie spät im Training eines Hilfsmodells ein Vergleich beginnen darf, als Anteil davon.',
  'Students trained on all your pairs, whose way is followed. The paper: 20.':
    'Modelle, die mit allen Ihren Paaren trainiert sind und deren Weg gefolgt wird. Veröffentlicht: 20.',
  'How long they are trained.': 'Wie lange sie trainiert werden.',
  'They learn without momentum, so that lessons can follow them.':
    'Sie lernen ohne Schwung, damit Lektionen ihnen folgen können.',
  'constant: each lesson by itself (TESLA), as RepBlend does. exact: through all lessons, which takes longer.':
    'Gleichbleibend: jede Lektion für sich (TESLA), wie bei RepBlend. Genau: durch alle Lektionen, was länger dauert.',
  'Blends pairs with each other within a lesson (RepBlend), so that not all pictures or all texts become alike. 0 is off; 1 draws every share of the blend equally often.':
    'Mischt Paare innerhalb einer Lektion miteinander (RepBlend), damit nicht alle Bilder oder alle Texte ähnlich werden. 0 ist aus; 1 zieht jeden Mischungsanteil gleich oft.',
  'own: a picture belongs to its own text alone. learned: how much each belongs to every other is learned with the pairs.':
    'Eigener Text: Ein Bild gehört nur zu seinem eigenen Text. Gelernt: Wie sehr jedes zu jedem anderen gehört, wird mit den Paaren gelernt.',
  'Numbers for each picture and each text that this is made of, where it is learned.':
    'Zahlen für jedes Bild und jeden Text, aus denen das entsteht, wo es gelernt wird.',
  'Real pairs: by lot, far from each other (k-center), or with the average of all (herding).':
    'Echte Paare: durch das Los, weit voneinander (k-Center), oder mit dem Durchschnitt aller (Herding).',
  'The result is a running average of the pairs over the last steps. 0 takes the last ones.':
    'Das Ergebnis ist ein laufender Durchschnitt der Paare über die letzten Schritte. 0 nimmt die letzten.',
  'How far a student moves in each lesson. It is learned with the pairs.':
    'Wie weit sich ein lernendes Modell in jeder Lektion bewegt. Das wird mit den Paaren gelernt.',
  'How far pairs move in each step: 1 is the usual size.':
    'Wie weit sich Paare in jedem Schritt bewegen: 1 ist üblich.'
}

/** Sentences with names and figures in them. */
export const forms: readonly (readonly [string, string])[] = []
