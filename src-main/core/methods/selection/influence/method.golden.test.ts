import { checkGolden } from '../../head-gradients/golden-checks.test-support.ts'
import { goldenRecipes, makeGolden } from './golden.test-support.ts'

// Written by `npm run golden -- influence`; a change of numbers bumps the method's version.
checkGolden(import.meta.dirname, goldenRecipes, makeGolden)
