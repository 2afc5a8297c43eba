// Property tests draw the same cases in every run, so that a failure belongs to the change that
// made it. `FC_SEED=random npm run test:unit` looks for new ones; a number repeats a run.
import fc from 'fast-check'

const asked = process.env['FC_SEED']
if (asked !== 'random')
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked ?? 20_261_121) })
