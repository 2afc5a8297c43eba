// German for sentences of the core about single items: why each was kept or left out.
// Keys are the English sentences themselves; see ../core.ts.

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  // One general sentence for each reason, where items are counted by it.
  'Had as many votes as items that were kept, but there was not room for all of them.':
    'Hatte so viele Stimmen wie behaltene Elemente, aber es war nicht für alle Platz.',
  'No example task asked for it.': 'Keine Zielaufgabe hat danach verlangt.',
  'Fewer example tasks asked for it than were needed.':
    'Weniger Zielaufgaben haben danach verlangt, als nötig waren.',
  'Every example task took items that fit it better.':
    'Jede Zielaufgabe nahm Elemente, die besser zu ihr passen.',
  'The example tasks together put it further down.':
    'Die Zielaufgaben zusammen setzen es weiter nach hinten.',
  'Its numbers could not be read, so it could not be judged.':
    'Seine Zahlen konnten nicht gelesen werden, also war es nicht zu beurteilen.',
  'The helper model is already certain about it, so it has nothing to teach.':
    'Das Hilfsmodell ist sich bei ihm schon sicher; es lehrt nichts Neues.',
  'It was not drawn.': 'Es wurde nicht gezogen.',
  'Its similarity fingerprint could not be compared.':
    'Seine Ähnlichkeitsmerkmale konnten nicht verglichen werden.',
  'A kept item already stands for it.': 'Ein behaltenes Element steht schon dafür.',
  'It is unlike the kept items and would have stood for too few others.':
    'Es ist den behaltenen Elementen unähnlich und hätte für zu wenige andere gestanden.',
  'Few items are like it, and other kinds had more to stand for.':
    'Wenige Elemente ähneln ihm, und andere Arten hatten für mehr zu stehen.',
  'It lies close to a kept item; others lay farther away.':
    'Es liegt nahe an einem behaltenen Element; andere lagen weiter weg.',
  'A kept item is the same.': 'Ein behaltenes Element ist gleich.',
  'There was no place for items of its kind.': 'Für Elemente seiner Art gab es keinen Platz.',
  'Other items brought the average of the kept ones closer to the average of all.':
    'Andere Elemente brachten den Durchschnitt der behaltenen näher an den aller.',
  'Others were more typical or less like the kept ones.':
    'Andere waren typischer oder den behaltenen unähnlicher.',
  'It was not drawn from its layer.': 'Es wurde aus seiner Schicht nicht gezogen.',
  'Its group of alike items was full.': 'Seine Gruppe ähnlicher Elemente war voll.',
  'It is nearly the same as another item.': 'Es ist fast gleich wie ein anderes Element.',
  'It is no repeat, but it was not drawn.': 'Es ist keine Wiederholung, wurde aber nicht gezogen.',
  'It was left out to reach the number: it is more like another item than those kept.':
    'Es wurde weggelassen, um die Zahl zu erreichen: Es ist einem anderen Element ähnlicher als die behaltenen.',
  'What it teaches is already covered by the chosen items.':
    'Was es lehrt, lehren die ausgewählten Elemente schon.',
  'It would pull the helper model away from the goal.':
    'Es würde das Hilfsmodell vom Ziel wegziehen.',
  'It would add a little, but the chosen items came closer without it.':
    'Es würde ein wenig beitragen, aber ohne es kam die Auswahl näher heran.',
  'Other items help the examples more.': 'Andere Elemente helfen den Beispielen mehr.',
  'It does nothing for the examples or works against them.':
    'Es bewirkt nichts für die Beispiele oder wirkt ihnen entgegen.',
  'No example has its label.': 'Kein Beispiel hat sein Label.',
  'It has no label, so it could not be judged.':
    'Es hat kein Label, also war es nicht zu beurteilen.',
  'It is not among the hardest items.': 'Es gehört nicht zu den schwierigsten Elementen.',
  'It is not among the easiest items.': 'Es gehört nicht zu den leichtesten Elementen.',
  'It is harder or easier than the middle part that was kept.':
    'Es ist schwieriger oder leichter als der mittlere Teil, der behalten wurde.',
  'It is among the extreme items that were set aside first.':
    'Es gehört zu den äußersten Elementen, die zuerst weggelassen wurden.',
  'Helper models do not agree with its label.': 'Hilfsmodelle stimmen seinem Label nicht zu.',
  'It is less like the trusted items than those kept.':
    'Es ähnelt den geprüften Elementen weniger als die behaltenen.',
  'It is below the least score you asked for.':
    'Es liegt unter dem kleinsten Wert, den Sie verlangt haben.',
  'No example has it among its nearest items.':
    'Bei keinem Beispiel gehört es zu den nächsten Elementen.',
  'The last round had no room for all its items.':
    'In der letzten Runde war nicht für alle Elemente Platz.',
  'Nearer items filled the places.': 'Nähere Elemente füllten die Plätze.',
  'The examples did not need so many items.': 'So viele Elemente brauchten die Beispiele nicht.',
  'It was not drawn among the items of its source.':
    'Es wurde unter den Elementen seiner Quelle nicht gezogen.',
  'Its source gives nothing to the set.': 'Seine Quelle gibt nichts zur Auswahl.',
  'It was drawn for a later training pass.':
    'Es wurde für einen späteren Durchgang des Trainings gezogen.',
  'The training plan came to others as often or more often.':
    'Der Trainingsplan kam zu anderen ebenso oft oder öfter.',
  'Other items did more for your aims together.':
    'Andere Elemente taten mehr für Ihre Ziele zusammen.',
  'It holds no words.': 'Es enthält keine Wörter.',
  'It has fewer words than you asked for.': 'Es hat weniger Wörter, als Sie verlangt haben.',
  'Its words are less like the examples than those of most items.':
    'Seine Wörter ähneln den Beispielen weniger als die der meisten Elemente.',
  'The words of other items are more like the examples.':
    'Die Wörter anderer Elemente ähneln den Beispielen mehr.',
  'There was no room left, although the method would have kept it.':
    'Es war kein Platz mehr, obwohl das Verfahren es behalten hätte.',
  'You took it out by hand.': 'Sie haben es von Hand herausgenommen.',
  'It is not on the list.': 'Es steht nicht auf der Liste.',
  'It is on the list, but past the number of items to keep.':
    'Es steht auf der Liste, aber hinter der Zahl der zu behaltenden Elemente.',

  // Rules.
  'Not in the part of the data this run looked at.':
    'Nicht in dem Teil der Daten, den dieser Lauf angesehen hat.',
  'Set aside.': 'Beiseitegelegt.',
  'Left out because you asked for it.': 'Weggelassen, weil Sie es so möchten.',
  'Kept for testing.': 'Für die Prüfung zurückgehalten.',
  'The same as a test item, so it was left out to keep the test fair.':
    'Gleich wie ein Testelement; weggelassen, damit die Prüfung unvoreingenommen bleibt.',
  'Used as an example item.': 'Als Beispiel verwendet.',
  'Its group did not fit into what was left of the budget.':
    'Seine Gruppe passte nicht mehr ganz hinein.',
  'Its place was needed to reach a minimum or a share you asked for.':
    'Sein Platz wurde gebraucht, um eine Mindestzahl oder einen Anteil zu erreichen.',
  'Kept because you asked for it.': 'Behalten, weil Sie es so möchten.',
  'Kept together with the rest of its group.': 'Zusammen mit dem Rest seiner Gruppe behalten.',
  'Kept because another label had too few items for its share.':
    'Behalten, weil ein anderes Label zu wenige Elemente für seinen Anteil hatte.',
  'It was too large for the room that was left; smaller items took it.':
    'Es war zu groß für den Platz, der noch da war; kleinere Elemente haben ihn bekommen.',
  'Exactly the same as another item.': 'Genau gleich wie ein anderes Element.',
  'Nearly the same as another item.': 'Fast gleich wie ein anderes Element.',
  'The budget for the class was already full.': 'Die Plätze für sein Label waren schon voll.',
  'Kept to reach the minimum of the class.':
    'Behalten, um die Mindestzahl seines Labels zu erreichen.',
  'The most for where it comes from was already reached.':
    'Die Höchstzahl für seine Quelle war schon erreicht.',
  'Kept to reach the minimum of where it comes from.':
    'Behalten, um die Mindestzahl seiner Quelle zu erreichen.',
  'Its label already had its share of the kept items.':
    'Sein Label hatte seinen Anteil der behaltenen Elemente schon.',
  'Kept to reach the share asked for its label.':
    'Behalten, um den verlangten Anteil seines Labels zu erreichen.',

  // Why something could not be judged; parts of the sentences below.
  'its numbers could not be read': 'seine Zahlen nicht gelesen werden konnten',
  'its similarity fingerprint holds nothing but zeros':
    'seine Ähnlichkeitsmerkmale nur aus Nullen bestehen',
  'its learning direction holds nothing but zeros': 'seine Lernrichtung nur aus Nullen besteht',
  'its learning directions hold nothing but zeros': 'seine Lernrichtungen nur aus Nullen bestehen',
  'its learning directions are all zeros or could not be read':
    'seine Lernrichtungen nur aus Nullen bestehen oder nicht gelesen werden konnten',
  'the helper model is already certain about it': 'das Hilfsmodell sich bei ihm schon sicher ist',
  'it has no label': 'es kein Label hat',
  'it has no label, so nothing tells how hard it is':
    'es kein Label hat und sich nicht sagen lässt, wie schwierig es ist',
  'it has no label and so no loss': 'es kein Label und damit keinen Fehler hat',
  'its label looks wrong': 'sein Label falsch aussieht',
  'its label is doubtful': 'sein Label zweifelhaft ist',
  'it holds no words': 'es keine Wörter enthält',

  // By lot, by list, by source.
  'Kept because it was drawn by lot.': 'Behalten, weil es durch das Los gezogen wurde.',
  'Left out: it was not drawn.': 'Weggelassen: Es wurde nicht gezogen.',
  'Kept because it was drawn by lot for the first pass.':
    'Behalten, weil es für den ersten Durchgang gezogen wurde.',
  'Kept because you added it by hand.': 'Behalten, weil Sie es von Hand hinzugefügt haben.',
  'Left out because you took it out by hand.':
    'Weggelassen, weil Sie es von Hand herausgenommen haben.',

  'your list': 'auf Ihrer Liste',

  // Votes.
  'items that add more variety came first': 'wer mehr Vielfalt bringt, kam zuerst',
  'the places went by lot': 'das Los entschied',
  'items with a better average place came first':
    'wer im Durchschnitt weiter vorn steht, kam zuerst',
  'items for tasks with fewer chosen items came first':
    'zuerst kamen Aufgaben, für die erst wenig ausgewählt war',
  'no example task asked for it': 'keine Zielaufgabe hat danach verlangt',
  'Kept to fill the budget: no example task asked for it.':
    'Behalten, um die Plätze zu füllen: Keine Zielaufgabe hat danach verlangt.',
  'Left out: no example task asked for it.': 'Weggelassen: Keine Zielaufgabe hat danach verlangt.',
  'Left out: every example task took items that fit it better.':
    'Weggelassen: Jede Zielaufgabe nahm Elemente, die besser zu ihr passen.',
  'Kept to fill the budget.': 'Behalten, um die Plätze zu füllen.',

  // Aims, likeness, averages.
  variety: 'für die Vielfalt behalten',
  'being typical': 'behalten, weil es typisch ist',
  'being hard': 'behalten, weil es schwierig ist',
  'being like your examples': 'behalten, weil es Ihren Beispielen ähnelt',
  'Left out: other items did more for your aims together.':
    'Weggelassen: Andere Elemente taten mehr für Ihre Ziele zusammen.',
  'Kept for all your aims together.': 'Für alle Ihre Ziele zusammen behalten.',
  'Kept to fill the number you asked for.': 'Behalten, um die gewünschte Zahl zu erreichen.',
  'Kept because nothing kept before was close enough to it; it stands only for itself.':
    'Behalten, weil nichts Behaltenes nahe genug daran war; es steht nur für sich selbst.',
  'Left out: it is no repeat, but more were left than you keep, and it was not drawn.':
    'Weggelassen: Es ist keine Wiederholung, aber es war mehr übrig, als Sie behalten, und es wurde nicht gezogen.',

  'nothing before it in its group of alike items':
    'in seiner Gruppe ähnlicher Elemente steht nichts davor',

  // What the items teach.
  'Left out: a helper model speaks clearly against its label.':
    'Weggelassen: Ein Hilfsmodell spricht klar gegen sein Label.',
  'your example items': 'Ihre Beispiele',
  'all items': 'alle Elemente',
  'about the average': 'etwa der Durchschnitt',
  'under 1 % of the average': 'unter 1 % des Durchschnitts',
  'the example tasks together': 'den Zielaufgaben zusammen',
  'the one place': 'den einen Platz',

  // Difficulty and loss.
  'hardest part': 'schwierigsten Teil',
  'easiest part': 'leichtesten Teil',
  'middle part': 'mittleren Teil',
  'its average loss is in the middle': 'sein durchschnittlicher Fehler liegt in der Mitte',
  'the training plan came to it often': 'der Trainingsplan kam oft zu ihm',
  'its average loss is among the largest': 'sein durchschnittlicher Fehler gehört zu den größten',
  'its average loss is among the smallest':
    'sein durchschnittlicher Fehler gehört zu den kleinsten',
  'its average loss is larger or smaller than the middle part that was kept':
    'sein durchschnittlicher Fehler ist größer oder kleiner als im behaltenen mittleren Teil',
  'the training plan came to others as often or more often':
    'der Trainingsplan kam zu anderen ebenso oft oder öfter',
  'others have a larger average loss': 'andere haben einen größeren durchschnittlichen Fehler',
  'others have a smaller average loss': 'andere haben einen kleineren durchschnittlichen Fehler',
  'never right after any pass': 'nach keinem Durchgang richtig',

  // Examples.
  'the nearest item': 'das nächste Element',
  'it was among those that stand for what is hardest to match':
    'es gehörte zu denen, die für das am schwersten Zuzuordnende stehen',
  'it was among those that match the examples best':
    'es gehörte zu denen, die am besten zu den Beispielen passen'
}

type Form = readonly [english: string, german: string]

/** Where items compete within their label, its name stands at `~`. */
const rivals: readonly Form[] = [
  ['', ''],
  [' labelled "{label}"', ' mit dem Label „{label}“'],
  [' without a label', ' ohne Label']
]
const withRivals = (forms: readonly Form[]): readonly Form[] =>
  forms.flatMap(([english, german]) =>
    rivals.map(([among, unter]): Form => [
      english.replaceAll('~', among),
      german.replaceAll('~', unter)
    ])
  )

/** Sentences with names and figures in them. */
export const forms: readonly Form[] = [
  // Rules.
  ['Exactly the same as {name}, which was kept.', 'Genau gleich wie {name}; das wurde behalten.'],
  [
    'Exactly the same as {name}, which stood for both.',
    'Genau gleich wie {name}; das stand für beide.'
  ],
  [
    'Nearly the same as {name}, which was kept ({#share} % alike).',
    'Fast gleich wie {name}; das wurde behalten (zu {#share} % ähnlich).'
  ],
  [
    'Nearly the same as {name}, which stood for both ({#share} % alike).',
    'Fast gleich wie {name}; das stand für beide (zu {#share} % ähnlich).'
  ],
  ['The budget for “{label}” was already full.', 'Die Plätze für „{label}“ waren schon voll.'],
  [
    'Kept to reach the minimum of {#least} for “{label}”.',
    'Behalten, um die Mindestzahl {#least} für „{label}“ zu erreichen.'
  ],
  [
    'The most for “{source}” was already reached.',
    'Die Höchstzahl für „{source}“ war schon erreicht.'
  ],
  [
    '“{label}” already had its share of the kept items.',
    '„{label}“ hatte seinen Anteil der behaltenen Elemente schon.'
  ],
  [
    'Kept to reach the share asked for “{label}”.',
    'Behalten, um den verlangten Anteil von „{label}“ zu erreichen.'
  ],
  [
    'Kept because there was still room for it: the method put it in place {#place} of {#all}.',
    'Behalten, weil noch Platz war: Das Verfahren setzte es auf Platz {#place} von {#all}.'
  ],
  [
    'Left out for want of room, although the method put it in place {#place} of {#all}.',
    'Weggelassen, weil kein Platz war, obwohl das Verfahren es auf Platz {#place} von {#all} setzte.'
  ],

  // What could not be judged.
  [
    'Kept to fill the number you asked for, although {@why}.',
    'Behalten, um die gewünschte Zahl zu erreichen, obwohl {@why}.'
  ],
  [
    'Kept to fill the budget, although {@why}, so no task could judge it.',
    'Behalten, um die Plätze zu füllen, obwohl {@why} und keine Aufgabe es beurteilen konnte.'
  ],
  [
    'Kept to fill the [budget|places], although {@why}.',
    'Behalten, um die Plätze zu füllen, obwohl {@why}.'
  ],
  [
    'Left out: {@why}, so it could not be compared.',
    'Weggelassen, weil {@why} und es nicht verglichen werden konnte.'
  ],
  [
    'Left out: {@why}, so no task could judge it.',
    'Weggelassen, weil {@why} und keine Aufgabe es beurteilen konnte.'
  ],
  [
    'Left out: {@why}, so it has nothing to teach.',
    'Weggelassen, weil {@why} und es nichts Neues lehrt.'
  ],
  ['Left out: it holds no words.', 'Weggelassen, weil es keine Wörter enthält.'],
  [
    'Left out: its numbers could not be read.',
    'Weggelassen, weil seine Zahlen nicht gelesen werden konnten.'
  ],
  [
    'Left out: it has no label, so nothing tells how hard it is.',
    'Weggelassen, weil es kein Label hat und sich nicht sagen lässt, wie schwierig es ist.'
  ],
  [
    'Left out: it has no label and so no loss.',
    'Weggelassen, weil es kein Label und damit keinen Fehler hat.'
  ],
  [
    'Left out: its learning directions are all zeros or could not be read.',
    'Weggelassen, weil seine Lernrichtungen nur aus Nullen bestehen oder nicht gelesen werden konnten.'
  ],

  // By lot, by list, by source.
  ['Kept because it is on {@list}.', 'Behalten, weil es {@list} steht.'],
  ['Left out: it is not on {@list}.', 'Weggelassen, weil es nicht {@list} steht.'],
  [
    'Left out: it is on {@list}, but past the number of items to keep.',
    'Weggelassen: Es steht {@list}, aber hinter der Zahl der zu behaltenden Elemente.'
  ],
  ['the list “{title}”', 'auf der Liste „{title}“'],
  [
    'Kept because it was drawn by lot among items without a label.',
    'Behalten, weil es unter denen ohne Label durch das Los gezogen wurde.'
  ],
  [
    'Kept because it was drawn by lot among "{label}".',
    'Behalten, weil es unter denen mit dem Label „{label}“ durch das Los gezogen wurde.'
  ],
  [
    'Left out: it was not drawn; the places for items without a label were filled by others.',
    'Weggelassen: Es wurde nicht gezogen; die Plätze für Elemente ohne Label bekamen andere.'
  ],
  [
    'Left out: it was not drawn; the places for "{label}" were filled by others.',
    'Weggelassen: Es wurde nicht gezogen; die Plätze für „{label}“ bekamen andere.'
  ],
  [
    'Not in the first list: it was drawn for pass {#pass} of {#passes}.',
    'Nicht in der ersten Liste: Es wurde für Durchgang {#pass} von {#passes} gezogen.'
  ],
  [
    'Left out: it was not drawn for any of the {#passes} passes.',
    'Weggelassen: Es wurde für keinen der {#passes} Durchgänge gezogen.'
  ],
  [
    'Kept: "{source}" gives {#share} % of the set, which is all it has.',
    'Behalten: „{source}“ gibt {#share} % der Auswahl; das ist alles, was die Quelle hat.'
  ],
  [
    'Kept: "{source}" gives {#share} % of the set, drawn by lot within it.',
    'Behalten: „{source}“ gibt {#share} % der Auswahl, durch das Los gezogen.'
  ],
  [
    'Left out: "{source}" gives nothing to the set.',
    'Weggelassen: „{source}“ gibt nichts zur Auswahl.'
  ],
  [
    'Left out: "{source}" gives {#share} % of the set, drawn by lot within it, and this item was not drawn.',
    'Weggelassen: „{source}“ gibt {#share} % der Auswahl, durch das Los gezogen, und dieses Element wurde nicht gezogen.'
  ],

  // Votes.
  [
    'It resembles {task} most (rank {#rank} of {#all}).',
    'Am meisten ähnelt es {task} (Platz {#rank} von {#all}).'
  ],
  [
    'Kept when it was the turn of the example task {task}.',
    'Behalten, als die Zielaufgabe {task} an der Reihe war.'
  ],
  [
    'Kept because the example tasks together put it in place {#place} of {#all}.',
    'Behalten, weil die Zielaufgaben zusammen es auf Platz {#place} von {#all} setzen.'
  ],
  [
    'Left out: the example tasks together put it in place {#place} of {#all}.',
    'Weggelassen: Die Zielaufgaben zusammen setzen es auf Platz {#place} von {#all}.'
  ],
  [
    'Kept because 1 of {#all} example tasks asked for it: {task}.',
    'Behalten, weil 1 von {#all} Zielaufgaben danach verlangt hat: {task}.'
  ],
  [
    'Kept because {#votes} of {#all} example tasks asked for it: {tasks} and {#more} more.',
    'Behalten, weil {#votes} von {#all} Zielaufgaben danach verlangt haben: {tasks} und {#more} weitere.'
  ],
  [
    'Kept because {#votes} of {#all} example tasks asked for it: {tasks} and {last}.',
    'Behalten, weil {#votes} von {#all} Zielaufgaben danach verlangt haben: {tasks} und {last}.'
  ],
  [
    'Kept because {#votes} of {#all} example tasks asked for it: {tasks}.',
    'Behalten, weil {#votes} von {#all} Zielaufgaben danach verlangt haben: {tasks}.'
  ],
  ...withRivals([
    [
      'There was room for {#room} of the {#tied} items~ with as many votes; {@rule}.',
      'Platz war für {#room} von {#tied} Elementen~ mit ebenso vielen Stimmen; {@rule}.'
    ],
    [
      'Left out: no example task asked for it; there was room for {#room} of the {#tied} items~ with as many votes, and {@rule}.',
      'Weggelassen: Keine Zielaufgabe hat danach verlangt; Platz war für {#room} von {#tied} Elementen~ mit ebenso vielen Stimmen, und {@rule}.'
    ],
    [
      'Left out: 1 of {#all} example tasks asked for it: {task}; there was room for {#room} of the {#tied} items~ with as many votes, and {@rule}.',
      'Weggelassen: 1 von {#all} Zielaufgaben hat danach verlangt: {task}; Platz war für {#room} von {#tied} Elementen~ mit ebenso vielen Stimmen, und {@rule}.'
    ],
    [
      'Left out: {#votes} of {#all} example tasks asked for it: {tasks} and {#more} more; there was room for {#room} of the {#tied} items~ with as many votes, and {@rule}.',
      'Weggelassen: {#votes} von {#all} Zielaufgaben haben danach verlangt: {tasks} und {#more} weitere; Platz war für {#room} von {#tied} Elementen~ mit ebenso vielen Stimmen, und {@rule}.'
    ],
    [
      'Left out: {#votes} of {#all} example tasks asked for it: {tasks} and {last}; there was room for {#room} of the {#tied} items~ with as many votes, and {@rule}.',
      'Weggelassen: {#votes} von {#all} Zielaufgaben haben danach verlangt: {tasks} und {last}; Platz war für {#room} von {#tied} Elementen~ mit ebenso vielen Stimmen, und {@rule}.'
    ]
  ]),
  [
    'Left out: 1 of {#all} example tasks asked for it: {task}; {#level} were needed.',
    'Weggelassen: 1 von {#all} Zielaufgaben hat danach verlangt: {task}; {#level} waren nötig.'
  ],
  [
    'Left out: {#votes} of {#all} example tasks asked for it: {tasks} and {#more} more; {#level} were needed.',
    'Weggelassen: {#votes} von {#all} Zielaufgaben haben danach verlangt: {tasks} und {#more} weitere; {#level} waren nötig.'
  ],
  [
    'Left out: {#votes} of {#all} example tasks asked for it: {tasks} and {last}; {#level} were needed.',
    'Weggelassen: {#votes} von {#all} Zielaufgaben haben danach verlangt: {tasks} und {last}; {#level} waren nötig.'
  ],
  [
    'Left out: 1 of {#all} example tasks asked for it: {task}; with their importance that makes {#points} points, and {#level} were needed.',
    'Weggelassen: 1 von {#all} Zielaufgaben hat danach verlangt: {task}; mit ihrer Wichtigkeit sind das {#points} Punkte, und {#level} waren nötig.'
  ],
  [
    'Left out: {#votes} of {#all} example tasks asked for it: {tasks} and {#more} more; with their importance that makes {#points} points, and {#level} were needed.',
    'Weggelassen: {#votes} von {#all} Zielaufgaben haben danach verlangt: {tasks} und {#more} weitere; mit ihrer Wichtigkeit sind das {#points} Punkte, und {#level} waren nötig.'
  ],
  [
    'Left out: {#votes} of {#all} example tasks asked for it: {tasks} and {last}; with their importance that makes {#points} points, and {#level} were needed.',
    'Weggelassen: {#votes} von {#all} Zielaufgaben haben danach verlangt: {tasks} und {last}; mit ihrer Wichtigkeit sind das {#points} Punkte, und {#level} waren nötig.'
  ],

  // Helping examples.
  ['the example task {task}', 'der Zielaufgabe {task}'],
  ['the {#places} places', 'die {#places} Plätze'],
  ['{#size} of at most {#most}', '{#size} von höchstens {#most}'],
  ['{#times} times the usual amount', '{#times}-mal so viel wie üblich'],
  ...withRivals([
    [
      'Kept because learning from it helps {@task} ({@strength}; place {#place} of {#all} [item|items]~).',
      'Behalten, weil das Lernen daraus {@task} hilft ({@strength}; Platz {#place} von {#all}~).'
    ],
    [
      'Kept to fill the budget: learning from it does nothing for {@task} or works against it (place {#place} of {#all} [item|items]~).',
      'Behalten, um die Plätze zu füllen: Das Lernen daraus bewirkt bei {@task} nichts oder Gegenteiliges (Platz {#place} von {#all}~).'
    ],
    [
      'Left out: learning from it helps {@task} ({@strength}; place {#place} of {#all} [item|items]~), and others help more: they took {@places}.',
      'Weggelassen: Das Lernen daraus hilft {@task} ({@strength}; Platz {#place} von {#all}~), aber andere helfen mehr und bekamen {@places}.'
    ],
    [
      'Left out: learning from it does nothing for {@task} or works against it (place {#place} of {#all} [item|items]~).',
      'Weggelassen: Das Lernen daraus bewirkt bei {@task} nichts oder Gegenteiliges (Platz {#place} von {#all}~).'
    ]
  ]),
  [
    'Left out: no example has its label "{label}".',
    'Weggelassen: Kein Beispiel hat sein Label „{label}“.'
  ],

  // Aims, likeness, averages.
  ['Kept mostly for {@aim}.', 'Vor allem {@aim}.'],
  ...withRivals([
    ['It stands for {#items} items~.', 'Es steht für {#items} Elemente~.'],
    ['It stands for 1 item~.', 'Es steht für 1 Element~.'],
    [
      'The nearest kept item~ is {#share} % alike.',
      'Das nächste behaltene Element~ ist zu {#share} % ähnlich.'
    ],
    ['Places among {#all} [item|items]~: {*places}.', 'Plätze unter {#all} Elementen~: {*places}.'],
    [
      'Kept because it stands for {#items} [item|items]~ that no other kept item is nearer to.',
      'Behalten, weil es für Elemente~ steht, denen kein anderes behaltenes näher ist ({#items}).'
    ],
    [
      'Left out: few items~ are like it, and other kinds had more items to stand for.',
      'Weggelassen: Wenige Elemente~ ähneln ihm, und andere Arten hatten für mehr zu stehen.'
    ],
    [
      'Not needed: a kept item~ already stands for it ({#share} % alike).',
      'Nicht nötig: Ein behaltenes Element~ steht schon dafür (zu {#share} % ähnlich).'
    ],
    [
      'Left out: it is unlike the kept items~, and it would have stood for too few others.',
      'Weggelassen: Es ist den behaltenen Elementen~ unähnlich und hätte für zu wenige andere gestanden.'
    ],
    ['Left out: no items~ were asked for.', 'Weggelassen: Elemente~ waren nicht verlangt.'],
    [
      'Kept for being like many items and unlike those kept before: average likeness {#typical} to all items~, {#overlap} to the kept ones.',
      'Behalten, weil es vielen Elementen ähnelt und den schon behaltenen nicht: durchschnittliche Ähnlichkeit {#typical} mit allen Elementen~, {#overlap} mit den behaltenen.'
    ],
    [
      'Left out: others were more typical or less like the kept ones: average likeness {#typical} to all items~, {#overlap} to the kept ones.',
      'Weggelassen: Andere waren typischer oder den behaltenen unähnlicher: durchschnittliche Ähnlichkeit {#typical} mit allen Elementen~, {#overlap} mit den behaltenen.'
    ],
    [
      'Kept because, of the items it was compared with, it brought the average of the kept ones~ closest to the average of all of them ({#gap} apart after it).',
      'Behalten, weil es unter den verglichenen Elementen den Durchschnitt der behaltenen~ am nächsten an den aller brachte (danach {#gap} Abstand).'
    ],
    [
      'Left out: other items~ brought the average of the kept ones closer to the average of all; this one lies {#distance} away from it.',
      'Weggelassen: Andere Elemente~ brachten den Durchschnitt der behaltenen näher an den aller; dieses liegt {#distance} davon entfernt.'
    ],
    [
      'Kept as the item the choice~ started from.',
      'Behalten als das Element, mit dem die Auswahl~ begann.'
    ],
    ['Left out: there was no place~ for it.', 'Weggelassen: Dafür war~ kein Platz.'],
    [
      'Left out: too few items~ were asked for to compare it.',
      'Weggelassen: Zum Vergleichen waren zu wenige Elemente~ verlangt.'
    ],
    ['Not needed: a kept item~ is the same.', 'Nicht nötig: Ein behaltenes Element~ ist gleich.'],
    [
      'Not needed: it lies at a distance of {#far} from a kept item~; others lay farther away.',
      'Nicht nötig: Es liegt {#far} von einem behaltenen Element~ entfernt; andere lagen weiter weg.'
    ],
    [
      'Kept because it is unlike anything chosen before it~ (distance {#far}).',
      'Behalten, weil es allem zuvor Ausgewählten~ unähnlich ist (Abstand {#far}).'
    ],
    [
      'Kept to fill the number you asked for: it is the same as a kept item~.',
      'Behalten, um die gewünschte Zahl zu erreichen: Es ist gleich wie ein behaltenes Element~.'
    ],
    [
      'Kept because it was drawn by lot from layer {#layer} of {#layers} of the items~ (1 = most typical).',
      'Behalten, weil es durch das Los aus Schicht {#layer} von {#layers} der Elemente~ gezogen wurde (1 = am typischsten).'
    ],
    [
      'Left out: it was not drawn from layer {#layer} of {#layers} of the items~ (1 = most typical).',
      'Weggelassen: Es wurde nicht aus Schicht {#layer} von {#layers} der Elemente~ gezogen (1 = am typischsten).'
    ],
    [
      'Kept: its group of {#items} [item|items] alike~ keeps {#kept} ({@how}), and it is among them.',
      'Behalten: Aus seiner Gruppe ähnlicher Elemente~ (im Ganzen {#items}) werden {#kept} behalten ({@how}), und es gehört dazu.'
    ],
    [
      'Left out: its group of {#items} [item|items] alike~ keeps {#kept} ({@how}), and it is not among them.',
      'Weggelassen: Aus seiner Gruppe ähnlicher Elemente~ (im Ganzen {#items}) werden {#kept} behalten ({@how}), und es gehört nicht dazu.'
    ]
  ]),
  ['typical {#place}', 'typisch {#place}'],
  ['hard {#place}', 'schwierig {#place}'],
  ['like your examples {#place}', 'wie Ihre Beispiele {#place}'],
  ['drawn by lot', 'durch das Los gezogen'],
  ['those farthest from its middle', 'die am weitesten von ihrer Mitte'],
  ['those nearest to its middle', 'die ihrer Mitte am nächsten'],
  [
    'Kept to fill the number you asked for, although it is {#share} % like another item.',
    'Behalten, um die gewünschte Zahl zu erreichen, obwohl es einem anderen Element zu {#share} % ähnelt.'
  ],
  [
    'Left out as a repeat: it is {#share} % like another item, and repeats count from {#least} %.',
    'Als Wiederholung weggelassen: Es ähnelt einem anderen Element zu {#share} %, und als Wiederholung gilt es ab {#least} %.'
  ],
  ['Kept as no repeat: {@likeness}.', 'Als keine Wiederholung behalten: {@likeness}.'],
  [
    'Left out to reach the number: {@likeness}, more than for those kept.',
    'Weggelassen, um die Zahl zu erreichen: {@likeness}, mehr als bei den behaltenen.'
  ],
  [
    'the item before it that is most like it is {#share} % alike',
    'das ähnlichste Element davor ist zu {#share} % ähnlich'
  ],

  // What the items teach.
  ['{#times} times the average', '{#times}-mal der Durchschnitt'],
  ['{#share} % of the average', '{#share} % des Durchschnitts'],
  [
    'Kept because the chosen items together stand in for {@goal}; its weight in that is {@weight}.',
    'Behalten, weil die ausgewählten Elemente zusammen für {@goal} stehen; sein Gewicht dabei ist {@weight}.'
  ],
  [
    'Kept to fill the places: {#items} items were all that was found to stand in for {@goal}, and this one adds variety.',
    'Behalten, um die Plätze zu füllen: Mehr als {#items} Elemente, die für {@goal} stehen, wurden nicht gefunden, und dieses bringt Vielfalt.'
  ],
  [
    'Left out: it would pull [the helper model|the model] away from what {@goal} teach (place {#place} of {#all} by how closely it alone points to what {@same} teach).',
    'Weggelassen: Es würde das Modell von dem wegziehen, was {@goal} lehren (Platz {#place} von {#all} danach, wie nah es allein an das kommt, was {@same} lehren).'
  ],
  [
    'Left out: what it teaches is already covered by the chosen items (place {#place} of {#all} by how closely it alone points to what {@goal} teach).',
    'Weggelassen: Was es lehrt, lehren die ausgewählten Elemente schon (Platz {#place} von {#all} danach, wie nah es allein an das kommt, was {@goal} lehren).'
  ],
  [
    'Left out: it would still add a little, but the chosen items together came closer without it (place {#place} of {#all} by how closely it alone points to what {@goal} teach).',
    'Weggelassen: Es würde noch ein wenig beitragen, aber ohne es kam die Auswahl näher heran (Platz {#place} von {#all} danach, wie nah es allein an das kommt, was {@goal} lehren).'
  ],

  // Difficulty and loss.
  ...withRivals([
    [
      'Kept from the {@part}: place {#place} of {#all} items~, hardest first.',
      'Aus dem {@part} behalten: Platz {#place} von {#all}~, die schwierigsten zuerst.'
    ],
    [
      'Left out: not in the {@part}: place {#place} of {#all} items~, hardest first.',
      'Weggelassen: nicht im {@part}, sondern Platz {#place} von {#all}~, die schwierigsten zuerst.'
    ],
    [
      '[Kept to fill the budget, although|Left out:] among the [hardest|easiest|middle] {#share} % that were set aside first: place {#place} of {#all} items~, hardest first.',
      'Es gehört zu den äußersten {#share} %, die zuerst weggelassen wurden: Platz {#place} von {#all}~, die schwierigsten zuerst.'
    ],
    [
      '[Kept to fill the budget, although|Left out:] among the [most-visited|hardest|easiest|middle] {#share} % that were set aside first: loss {#loss} on average (place {#place} of {#all} items~, hardest first), {#visits} % of the passes visit it.',
      'Es gehört zu den äußersten {#share} %, die zuerst weggelassen wurden: durchschnittlicher Fehler {#loss} (Platz {#place} von {#all}~, die schwierigsten zuerst), {#visits} % der Durchgänge besuchen es.'
    ],
    [
      'Kept because {@why}: loss {#loss} on average (place {#place} of {#all} items~, hardest first), {#visits} % of the passes visit it.',
      'Behalten, denn {@why}: durchschnittlicher Fehler {#loss} (Platz {#place} von {#all}~, die schwierigsten zuerst), {#visits} % der Durchgänge besuchen es.'
    ],
    [
      'Left out: {@why}: loss {#loss} on average (place {#place} of {#all} items~, hardest first), {#visits} % of the passes visit it.',
      'Weggelassen, denn {@why}: durchschnittlicher Fehler {#loss} (Platz {#place} von {#all}~, die schwierigsten zuerst), {#visits} % der Durchgänge besuchen es.'
    ]
  ]),
  [
    'Helper models gave its label in {#right} of {#runs} [try|tries]; together they say "{guess}" ({@measured}).',
    'Hilfsmodelle gaben sein Label in {#right} von {#runs} Versuchen; zusammen sagen sie „{guess}“ ({@measured}).'
  ],
  [
    'Helper models gave its label in {#right} of {#runs} [try|tries] ({@measured}).',
    'Hilfsmodelle gaben sein Label in {#right} von {#runs} Versuchen ({@measured}).'
  ],
  ['error {#error} on a scale from 0 to 1.41', 'Fehler {#error} auf einer Skala von 0 bis 1,41'],
  ['pull {pull}', 'Zug {pull}'],
  ['label ahead by {points} points of 100', 'Label um {points} von 100 Punkten vorn'],
  ['label behind by {points} points of 100', 'Label um {points} von 100 Punkten zurück'],
  [
    'its label is ahead by {#points} points of 100',
    'sein Label liegt um {#points} von 100 Punkten vorn'
  ],
  [
    'its label is behind by {#points} points of 100',
    'sein Label liegt um {#points} von 100 Punkten zurück'
  ],
  [
    '{#events} forgetting events per try; never right counts as {#passes}',
    'je Versuch {#events}-mal vergessen; nie richtig zählt als {#passes}'
  ],
  [
    'Finished helper models gave its label in {#right} of {#runs} repeats; together they say "{guess}".',
    'Fertige Hilfsmodelle gaben sein Label in {#right} von {#runs} Wiederholungen; zusammen sagen sie „{guess}“.'
  ],
  [
    'Finished helper models gave its label in {#right} of {#runs} repeats.',
    'Fertige Hilfsmodelle gaben sein Label in {#right} von {#runs} Wiederholungen.'
  ],
  [
    'Kept by lot among items whose label fits.',
    'Durch das Los behalten, unter Elementen mit passendem Label.'
  ],
  ['Left out: its label is doubtful.', 'Weggelassen: Sein Label ist zweifelhaft.'],
  [
    'Left out: its label fits, but it was not drawn.',
    'Weggelassen: Sein Label passt, aber es wurde nicht gezogen.'
  ],

  // Words and examples.
  [
    'Left out: its words are less like "{task}" than those of most items (place {#place} of {#all}).',
    'Weggelassen: Seine Wörter ähneln „{task}“ weniger als die der meisten Elemente (Platz {#place} von {#all}).'
  ],
  [
    'Left out: the words of other items are more like "{task}", although it has {words} (place {#place} of {#all}).',
    'Weggelassen: Die Wörter anderer Elemente ähneln „{task}“ mehr, obwohl es {words} hat (Platz {#place} von {#all}).'
  ],
  [
    'Left out: the words of other items are more like "{task}" (place {#place} of {#all}).',
    'Weggelassen: Die Wörter anderer Elemente ähneln „{task}“ mehr (Platz {#place} von {#all}).'
  ],
  [
    'Kept because it was drawn by lot; its words are no more like "{task}" than those of most items.',
    'Behalten, weil es durch das Los gezogen wurde; seine Wörter ähneln „{task}“ nicht mehr als die der meisten Elemente.'
  ],
  [
    'Kept because its words are like "{task}": {words} (place {#place} of {#all}).',
    'Behalten, weil seine Wörter „{task}“ ähneln: {words} (Platz {#place} von {#all}).'
  ],
  [
    'Kept because its words are like "{task}" (place {#place} of {#all}).',
    'Behalten, weil seine Wörter „{task}“ ähneln (Platz {#place} von {#all}).'
  ],
  [
    'Left out: it has {#words} [word or mark|words and marks]; you asked for {#least} at least.',
    'Weggelassen: Wörter und Zeichen: {#words}; Sie möchten mindestens {#least}.'
  ],
  ['the {#nth}[st|nd|rd|th] nearest item', 'das {#nth}.-nächste Element'],
  [
    'Its nearest example belongs to {task} ({#share} % alike).',
    'Sein nächstes Beispiel gehört zu {task} (zu {#share} % ähnlich).'
  ],
  [
    'Kept to fill the budget: other items are nearer to every example.',
    'Behalten, um die Plätze zu füllen: Jedem Beispiel sind andere Elemente näher.'
  ],
  [
    'Kept because it is {@nearest} to one of your examples.',
    'Behalten, weil es {@nearest} zu einem Ihrer Beispiele ist.'
  ],
  [
    'Only {#taken} of {#all} such items fitted; {@why}.',
    'Nur {#taken} von {#all} solchen Elementen hatten Platz; {@why}.'
  ],
  [
    'Left out: every example has at least {#depth} nearer items.',
    'Weggelassen: Jedes Beispiel hat mindestens {#depth} nähere Elemente.'
  ],
  [
    'Left out: it is {@nearest} to one of your examples, but only {#taken} of {#all} such items fitted.',
    'Weggelassen: Es ist {@nearest} zu einem Ihrer Beispiele, aber nur {#taken} von {#all} solchen Elementen hatten Platz.'
  ],
  [
    'Left out: it is {@nearest} to one of your examples, but so many were not needed.',
    'Weggelassen: Es ist {@nearest} zu einem Ihrer Beispiele, aber so viele waren nicht nötig.'
  ],
  [
    'Left out: it is only {@nearest} to any of your examples, and nearer ones filled the places.',
    'Weggelassen: Es ist nur {@nearest} zu einem Ihrer Beispiele, und nähere füllten die Plätze.'
  ],
  [
    'Kept because the helper model finds it {#score} like your trusted items (0 to 1, place {#place} of {#all}).',
    'Behalten, weil das Hilfsmodell es zu {#score} Ihren geprüften Elementen ähnlich findet (0 bis 1, Platz {#place} von {#all}).'
  ],
  [
    'Left out: the helper model finds it {#score} like your trusted items (0 to 1, place {#place} of {#all}); you asked for {#least} at least.',
    'Weggelassen: Das Hilfsmodell findet es zu {#score} Ihren geprüften Elementen ähnlich (0 bis 1, Platz {#place} von {#all}); Sie möchten mindestens {#least}.'
  ],
  [
    'Left out: the helper model finds it {#score} like your trusted items (0 to 1, place {#place} of {#all}); the lowest score that was kept is {#cut}.',
    'Weggelassen: Das Hilfsmodell findet es zu {#score} Ihren geprüften Elementen ähnlich (0 bis 1, Platz {#place} von {#all}); der kleinste behaltene Wert ist {#cut}.'
  ]
]
